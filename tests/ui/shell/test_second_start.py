"""One window for each vault: who has it, who comes forward, and what a crash leaves behind."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from alliance_desktop.ui.second_start import Claim, Claimed

ANOTHER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from alliance_desktop.ui.second_start import Claim
app = QCoreApplication([])
claim = Claim(Path(sys.argv[1]), float(sys.argv[3]))
print(claim.take(Path(sys.argv[2])).name, flush=True)
if sys.argv[4:]:
    sys.stdin.readline()
"""


def another(state: Path, vault: Path, *more: str, seconds: float = 30) -> "subprocess.Popen[str]":
    """Start another program that claims the vault and says what came of it; with `stay` it keeps it."""
    return subprocess.Popen(
        [sys.executable, "-c", ANOTHER, str(state), str(vault), str(seconds), *more],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[3],
    )


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "Notes of Dana.vault"
    folder.mkdir()
    return folder


@pytest.fixture
def claim(state: Path, vault: Path, qapp: object) -> Iterator[Claim]:
    made = Claim(state, seconds=0)
    assert made.take(vault) is Claimed.OURS
    yield made
    made.release()


def test_a_second_start_brings_the_first_forward(qtbot: QtBot, claim: Claim, state: Path, vault: Path) -> None:
    with another(state, vault) as second:
        with qtbot.waitSignal(claim.knocked, timeout=20_000):
            pass
        assert second.communicate()[0] == "BROUGHT_FORWARD\n"
    assert [one.name for one in state.iterdir() if one.suffix == ".knock"] == []


def test_one_that_does_not_answer_is_told(claim: Claim, state: Path, vault: Path) -> None:
    with another(state, vault, seconds=0.05) as second:
        assert second.communicate()[0] == "IN_USE\n"
    assert [one.name for one in state.iterdir() if one.suffix == ".knock"] == [], "nobody is disturbed later"


def test_another_vault_is_free_and_so_is_one_let_go(claim: Claim, state: Path, vault: Path, tmp_path: Path) -> None:
    with another(state, tmp_path / "Other.vault") as second:
        assert second.communicate()[0] == "OURS\n"
    assert claim.take(vault) is Claimed.OURS, "asking again changes nothing"
    assert claim.take(tmp_path / "Other.vault") is Claimed.OURS
    with another(state, vault) as second:
        assert second.communicate()[0] == "OURS\n"
    claim.release()
    with another(state, tmp_path / "Other.vault") as second:
        assert second.communicate()[0] == "OURS\n"


def test_a_killed_window_leaves_nothing_in_the_way(state: Path, vault: Path, qapp: object) -> None:
    with another(state, vault, "stay") as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "OURS\n"
        mine = Claim(state, seconds=0)
        assert mine.take(vault) is Claimed.IN_USE
        first.kill()
    assert mine.take(vault) is Claimed.OURS


def test_a_process_replaced_in_a_hurry_takes_its_own_claim_again(claim: Claim, state: Path, vault: Path) -> None:
    lock = next(one for one in state.iterdir() if one.suffix == ".lock")
    left = lock.read_bytes()
    claim.release()
    lock.write_bytes(left)
    assert left.startswith(str(os.getpid()).encode()), "the file names this process, as after a replacement"
    assert Claim(state, seconds=0).take(vault) is Claimed.OURS


def test_the_lock_of_another_that_lives_is_never_taken_away(claim: Claim, state: Path, vault: Path) -> None:
    """Also where the file system forgot that it is locked, and only its words tell whose it is."""
    lock = next(one for one in state.iterdir() if one.suffix == ".lock")
    claim.release()
    with another(state, vault, "stay") as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "OURS\n"
        words = lock.read_bytes()
        lock.unlink()
        lock.write_bytes(words)
        assert Claim(state, seconds=0).take(vault) is Claimed.IN_USE
        first.kill()


def test_the_claim_tells_nothing_of_the_vault(claim: Claim, state: Path, vault: Path) -> None:
    for one in state.iterdir():
        assert "Dana" not in one.name
        assert b"Dana" not in one.read_bytes()
        assert b"vault" not in one.read_bytes()
    assert sys.platform == "win32" or not state.stat().st_mode & 0o077, "and only its owner may look"


def test_a_computer_that_keeps_nothing_is_no_fault(tmp_path: Path, vault: Path, qapp: object) -> None:
    (tmp_path / "file").write_text("in the way")
    assert Claim(tmp_path / "file" / "state", seconds=0).take(vault) is Claimed.OURS


def lying(claim_of: Path, ending: str, kind: str, precious: Path) -> None:
    """Put something in the way of the claim's file with this ending."""
    path = claim_of.with_suffix(ending)
    path.unlink(missing_ok=True)
    if kind == "link":
        path.symlink_to(precious)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        with path.open("wb") as file:
            file.truncate(20_000_000_000)


ODD = pytest.mark.parametrize("kind", ["link", "pipe", "folder", "huge"])
posix = pytest.mark.skipif(sys.platform == "win32", reason="no pipes and links there")


@posix
@ODD
def test_what_lies_where_one_knocks_is_not_written_into(claim: Claim, state: Path, vault: Path, kind: str) -> None:
    precious = state.parent / "precious"
    precious.write_text("mine")
    lying(next(state.glob("open-*.lock")), ".knock", kind, precious)
    with another(state, vault, seconds=0.05) as second:
        assert second.communicate(timeout=20)[0] == "IN_USE\n"
    assert precious.read_text() == "mine"


@posix
@ODD
def test_one_who_answers_stands_no_odd_knock(claim: Claim, state: Path, kind: str) -> None:
    precious = state.parent / "precious"
    precious.write_text("mine")
    lock = next(state.glob("open-*.lock"))
    lying(lock, ".knock", kind, precious)
    claim._look()
    assert precious.read_text() == "mine"
    assert os.path.lexists(lock.with_suffix(".knock")), "it is not ours to take away"


@posix
@ODD
def test_an_odd_lock_stops_no_window(claim: Claim, state: Path, vault: Path, kind: str) -> None:
    precious = state.parent / "precious"
    precious.write_text("mine")
    lock = next(state.glob("open-*.lock"))
    claim.release()
    lying(lock, ".lock", kind, precious)
    lying(lock, ".knock", kind, precious)
    with another(state, vault) as second:
        assert second.communicate(timeout=20)[0] == "OURS\n"
    assert precious.read_text() == "mine"


@posix
@pytest.mark.parametrize("name", ["loop", "x" * 300])
def test_a_path_that_leads_nowhere_is_claimed_all_the_same(state: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert Claim(state, seconds=0).take(tmp_path / name) is Claimed.OURS
