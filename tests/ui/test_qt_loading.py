"""Qt is loaded without compiling anything twice, and is the same Qt whatever became of what was kept."""

import importlib.util
import marshal
import os
import subprocess
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

ROOT = Path(__file__).resolve().parents[2]
MARKED = "shibokensupport/signature/lib/tool.py"
LOADING = """
import builtins, json, sys
compiled, plain = [], builtins.compile
sys.addaudithook(lambda event, told: event == "compile" and compiled.append(told[1]))
from alliance_desktop.ui import qt_loading
compiled.clear()
if "plainly" in sys.argv:
    import PySide6.QtCore
else:
    qt_loading.load_qt()
own = [str(one) for one in compiled if str(one).startswith(("shibokensupport", "signature_bootstrap"))]
from types import FunctionType
from PySide6.QtCore import QObject
made = {}
for name, module in sorted(sys.modules.items()):
    if name.startswith("shibokensupport"):
        for word, what in vars(module).items():
            if isinstance(what, FunctionType):
                code = what.__code__
                made[f"{name}.{word}"] = repr((code.co_code, code.co_flags, code.co_names, what.__annotations__))
try:
    QObject("no parent")
except TypeError as fault:
    said = str(fault)
marked = getattr(sys.modules["shibokensupport.signature.lib.tool"], "MARK", None)
print(json.dumps({
    "compiled": own, "made": made, "said": said, "marked": marked, "put_back": builtins.compile is plain,
}))
"""


class Loaded(msgspec.Struct, frozen=True):
    """What a process says of Qt after it loaded it."""

    compiled: list[str]
    made: Mapping[str, str]
    said: str
    marked: int | None
    put_back: bool


class Loading(msgspec.Struct, frozen=True):
    """Loads Qt in a process of its own, with a folder of its own for what Python compiles."""

    folder: Path

    @property
    def kept(self) -> Path:
        """Where what was compiled is kept."""
        return self.folder / str(ROOT / "alliance_desktop/ui")[1:] / f"qt_loading.{sys.implementation.cache_tag}.qt"

    def __call__(self, *words: str, options: tuple[str, ...] = ()) -> Loaded:
        """Load it, and return what it says."""
        environ = os.environ | {"PYTHONPYCACHEPREFIX": str(self.folder), "QT_QPA_PLATFORM": "offscreen"}
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, *options, "-c", LOADING, *words]
        done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, check=True, text=True)
        assert not done.stderr
        return msgspec.json.decode(done.stdout, type=Loaded)

    def change(self, source: bytes, code: bytes) -> None:
        """Add something to the source that is kept for one file, and to what it became."""
        magic = importlib.util.MAGIC_NUMBER
        held: dict[tuple[str, int], Any] = marshal.loads(self.kept.read_bytes()[len(magic) : -4])
        [(name, (old, _))] = [one for one in held.items() if one[0][0] == MARKED]
        held[name] = old + source, compile(old + code, MARKED, "exec", name[1])
        self.kept.write_bytes(summed(magic + marshal.dumps(held)))


def summed(head: bytes) -> bytes:
    """Return what is to be kept with its sum behind it."""
    return head + zlib.crc32(head).to_bytes(4, "big")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where Python keeps what it compiles: one for all, so that only what is looked at here is compiled again."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture
def load(folder: Path) -> Loading:
    """Load Qt as after a first start."""
    loading = Loading(folder)
    loading.kept.unlink(missing_ok=True)
    assert loading().compiled, "the control: the first start compiles"
    assert loading.kept.is_file()
    return loading


def test_a_second_start_compiles_nothing_and_has_the_same_qt(load: Loading) -> None:
    plainly, again = load("plainly"), load()
    assert len(plainly.compiled) > 10, "the control: as PySide does it"
    assert not again.compiled
    assert again.made == plainly.made
    assert len(again.made) > 50, "the control: something was compared"
    assert again.said == plainly.said
    assert "PySide6.QtCore.QObject" in again.said
    assert again.put_back


def test_what_is_kept_is_what_runs(load: Loading) -> None:
    """The control for all that follows: without it nobody would see whether it is read at all."""
    load.change(b"", b"\nMARK = 1\n")
    assert load().marked == 1


def test_nothing_kept_stands_for_another_source(load: Loading) -> None:
    load.change(b"\n# of another version\n", b"\nMARK = 1\n")
    again = load()
    assert again.marked is None
    assert again.compiled == [MARKED]
    assert not load().compiled, "and it is kept anew"


@pytest.mark.parametrize(
    "damage", ["cut", "turned", "empty", "of another Python", "a list", "a number", "without code", "nothing inside"]
)
def test_damaged_it_is_made_anew(load: Loading, damage: str) -> None:
    whole = load.kept.read_bytes()
    half = len(whole) // 2
    turned = whole[:half] + bytes([whole[half] ^ 1]) + whole[half + 1 :]
    magic = whole[:4]
    harmed = {
        "cut": whole[:half],
        "turned": turned,
        "empty": b"",
        "of another Python": summed(b"\0\0\r\n" + whole[4:-4]),
        "a list": summed(magic + marshal.dumps([1, 2])),
        "a number": summed(magic + marshal.dumps(7)),
        "without code": summed(magic + marshal.dumps({(MARKED, 0): (b"", "words")})),
        "nothing inside": summed(magic),
    }[damage]
    load.kept.write_bytes(harmed)
    assert len(load().compiled) > 10
    assert not load().compiled
    assert load.kept.read_bytes()[:4] == importlib.util.MAGIC_NUMBER


def test_where_it_cannot_be_kept_nothing_is_left_and_qt_is_loaded(load: Loading) -> None:
    load.kept.unlink()
    load.kept.mkdir()
    try:
        assert load().compiled
        assert not list(load.kept.parent.glob(f"{load.kept.name}.*"))
    finally:
        load.kept.rmdir()


def test_what_nobody_can_read_to_its_end_keeps_no_start_waiting(load: Loading) -> None:
    load.kept.unlink()
    os.mkfifo(load.kept)
    assert load().compiled
    assert load.kept.is_file(), "it is kept instead"


def test_where_python_keeps_nothing_compiled_this_is_not_kept_either(load: Loading) -> None:
    load.kept.unlink()
    assert load(options=("-B",)).compiled
    assert not load.kept.exists()
