"""The process among others: what closing it reaches, and what a fresh one is handed over."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from alliance_desktop.services import process
from alliance_desktop.services.hardening import HANDOVER
from alliance_desktop.services.process import Deadline, Handover, own_command, take_handover

ROOT = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows starts a second process instead")
FULL = Handover(
    vault=Path("/a b/Ærø.vault"),
    sample=Path("/tmp/alliance-sample-x"),
    sample_mark="0a1b",
    geometry="AdnQ",
    minimised=True,
    active=False,
    appearance="dark",
    text_scale=150,
    fault=True,
    said="The backup was restored.",
    curtain=4194311,
    curtain_line=9,
)
HARDEN = "from alliance_desktop.services import hardening; print(*hardening.harden(), *hardening.harden())"
# What is opened in the old process must be closed in the new one, also where a library opened it without care.
REPLACE = """
import os, sys, threading
from pathlib import Path
from alliance_desktop.services import process
from alliance_desktop.services.hardening import HANDOVER
if HANDOVER in os.environ:
    taken = process.take_handover(os.environ)
    open_files = [one for one in os.listdir("/dev/fd") if int(one) > 2 and os.path.exists(f"/dev/fd/{one}")]
    print(os.getpid(), taken.vault, sys.argv[1:], HANDOVER in os.environ, len(open_files))
else:
    print(os.getpid(), flush=True)
    careless = os.open("/dev/null", os.O_RDONLY)
    os.set_inheritable(careless, True)
    command = [sys.executable, *sys.orig_argv[1:3]]
    act = lambda: process.relaunch(process.Handover(vault=Path("/a b/Notes.vault")), command)
    if sys.argv[1] == "hangs":
        with process.Deadline(act, seconds=0.05):
            threading.Event().wait()
    act()
"""


def run(script: str, *arguments: str, **environ: str) -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return ran.stdout.splitlines()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what holds differs by system")
def test_everything_holds_on_linux_and_a_second_time() -> None:
    assert run(HARDEN) == ["True True True True True True"]


@POSIX
@pytest.mark.parametrize("how", ["at once", "hangs"])
def test_a_fresh_process_takes_the_place_of_the_old_one(how: str) -> None:
    old, new = run(REPLACE, how, "--vault", "private")
    assert new == f"{old} /a b/Notes.vault [] False 0"


def test_a_command_that_is_gone_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(process, "_keep_files_here", lambda _but: None)
    process.relaunch(FULL, [str(tmp_path / "gone")])
    assert HANDOVER not in os.environ


def test_a_frozen_program_is_told_that_it_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, str] = {}
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(process, "_keep_files_here", lambda _but: None)
    monkeypatch.setattr(os, "execve", lambda _path, _command, environ: told.update(environ))
    process.relaunch(FULL, ["program"])
    assert told["PYINSTALLER_RESET_ENVIRONMENT"] == "1"
    assert take_handover(told) == FULL


@pytest.mark.parametrize(
    ("python", "argv", "command"),
    [
        (["python3", "-m", "alliance_desktop", "--demo"], ["/x/__main__.py", "--demo"], ["-m", "alliance_desktop"]),
        (["python3", "/bin/alliance-desktop"], ["/bin/alliance-desktop"], ["/bin/alliance-desktop"]),
        (["python3", "/bin/a", "--vault", "x y"], ["/bin/a", "--vault", "x y"], ["/bin/a"]),
        (["/opt/alliance-desktop", "--demo"], ["/opt/alliance-desktop", "--demo"], []),
    ],
)
def test_the_command_is_found_without_its_arguments(
    monkeypatch: pytest.MonkeyPatch, python: list[str], argv: list[str], command: list[str]
) -> None:
    monkeypatch.setattr(sys, "orig_argv", python)
    monkeypatch.setattr(sys, "argv", argv)
    assert own_command() == [sys.executable, *command]


def test_a_handover_is_taken_once_and_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: dict[str, str] = {}
    monkeypatch.setattr(process, "_keep_files_here", lambda _but: None)
    monkeypatch.setattr(os, "execve", lambda _path, _command, environ: handed.update(environ))
    process.relaunch(FULL, ["program"])
    assert set(json.loads(handed[HANDOVER])) == set(Handover.__struct_fields__), "nothing else is handed over"
    assert take_handover(handed) == FULL
    assert HANDOVER not in handed
    assert take_handover(handed) is None


@POSIX
def test_a_folder_that_is_no_text_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: dict[str, str] = {}
    monkeypatch.setattr(process, "_keep_files_here", lambda _but: None)
    monkeypatch.setattr(os, "execve", lambda _path, _command, environ: handed.update(environ))
    odd = Path(os.fsdecode(b"/notes \xff/n.vault"))
    process.relaunch(Handover(vault=odd, said=f"Kept as {odd.parent.name}."), ["program"])
    taken = take_handover(handed)
    assert taken is not None
    assert (taken.vault, taken.said) == (odd, "Kept as notes ?.")


# A zero byte in a folder, no folder, a nest without end, and numbers no window has.
ODD = [
    '{"vault": "L3gAeQ=="}',
    '{"vault": ""}',
    '{"vault": ' + "[" * 5_000,
    '{"vault": "L3g=", "x": ' + "[" * 100_000,
    '{"vault": "L3g=", "curtain": 1' + "0" * 400 + "}",
    '{"vault": "L3g=", "text_scale": -100}',
]
BAD_BYTE = os.fsdecode(b'{"vault": "YQ==", "said": "\xff"}')


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"vault": 1, "text_scale": "much"}', "null", '{"vault": "/no/base64"}', BAD_BYTE, *ODD],
)
def test_an_odd_handover_is_none(text: str) -> None:
    environ = {HANDOVER: text}
    assert take_handover(environ) is None
    assert environ == {}


def test_what_is_done_in_time_is_left_alone() -> None:
    late = threading.Event()
    with Deadline(late.set, seconds=30) as deadline:
        pass
    deadline._timer.join()
    assert not late.is_set()
    with Deadline(late.set, seconds=0.01):
        assert late.wait(30), "the control: what takes longer is not waited for"
