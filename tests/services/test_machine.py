"""What is kept outside a vault: the folder opened last and where the program failed, and nothing of anyone."""

import datetime
import os
import stat
import sys
import threading
from pathlib import Path
from types import TracebackType

import pytest
from service_cases import every_byte

from alliance_desktop.domain.look import Appearance
from alliance_desktop.services.machine import Machine, state_folder
from alliance_desktop.services.seen import Seen

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")

CANARY = "kestrelwords"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "state"


@pytest.fixture
def machine(folder: Path) -> Machine:
    return Machine(folder)


def fault_with_words() -> tuple[type[BaseException], TracebackType | None]:
    """Fail the way a bug would: with what somebody typed in the message, in a local and in a note."""
    typed = {"body": CANARY}
    try:
        raise ValueError(f"cannot use {typed['body']}")
    except ValueError as fault:
        fault.add_note(CANARY)
        return type(fault), fault.__traceback__


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {}, "home/.local/state/alliance-desktop"),
        ("linux", {"XDG_STATE_HOME": "state"}, "state/alliance-desktop"),
        ("linux", {"XDG_STATE_HOME": ""}, "home/.local/state/alliance-desktop"),
        ("freebsd14", {}, "home/.local/state/alliance-desktop"),
        ("darwin", {"XDG_STATE_HOME": "state"}, "home/Library/Application Support/Alliance Desktop"),
        ("win32", {"LOCALAPPDATA": "local"}, "local/Alliance Desktop"),
        ("win32", {}, "home/AppData/Local/Alliance Desktop"),
    ],
)
def test_each_system_has_its_own_place(platform: str, environ: dict[str, str], expected: str) -> None:
    assert state_folder(platform, environ, Path("home")) == Path(expected)


def test_nothing_is_made_before_there_is_something_to_keep(machine: Machine, folder: Path) -> None:
    assert machine.last_vault() is None
    assert not folder.exists()


def test_the_last_vault_is_known_again(machine: Machine, folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "ünï Côdé نور.vault"
    place.mkdir()
    machine.keep_last_vault(place)
    assert Machine(folder).last_vault() == place


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there every name is a text")
def test_a_folder_whose_name_is_no_text_is_known_again(machine: Machine, folder: Path, tmp_path: Path) -> None:
    place = Path(os.fsdecode(os.fsencode(tmp_path) + b"/notes \xff.vault"))
    place.mkdir()
    machine.keep_last_vault(place)
    machine.keep_unproved(place)
    assert Machine(folder).last_vault() == place
    assert Machine(folder).unproved(place)


def test_the_look_is_known_again(machine: Machine, folder: Path) -> None:
    assert machine.look() == (Appearance.SYSTEM, 100)
    machine.keep_look("dark", 150)
    assert Machine(folder).look() == (Appearance.DARK, 150)


@pytest.mark.parametrize("content", ["", "dark", "dark 9000", "dim 150", "dark 150 more", "dark ١٥٠x", "\0 100"])
def test_an_odd_look_is_the_usual_one(machine: Machine, folder: Path, content: str) -> None:
    folder.mkdir(parents=True)
    (folder / "look").write_text(content, encoding="utf-8")
    assert machine.look() == (Appearance.SYSTEM, 100)


def test_a_vault_that_is_gone_is_not_offered(machine: Machine, tmp_path: Path) -> None:
    machine.keep_last_vault(tmp_path / "gone.vault")
    assert machine.last_vault() is None


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"relative", b"\0"], ids=["empty", "no text", "relative", "nul"])
def test_an_odd_file_is_no_fault(machine: Machine, folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / "vault").write_bytes(content)
    assert machine.last_vault() is None


@posix
def test_everything_is_for_its_owner_only(machine: Machine, folder: Path, tmp_path: Path) -> None:
    machine.keep_last_vault(tmp_path)
    machine.report(*fault_with_words())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {one.name: stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {
        "vault": 0o600,
        "last-fault": 0o600,
    }


def test_a_report_says_where_and_nothing_that_was_typed(machine: Machine, folder: Path) -> None:
    machine.report(*fault_with_words())
    told = (folder / "last-fault").read_text(encoding="utf-8")
    assert told.splitlines()[0] == "ValueError"
    assert "test_machine.py" in told
    assert "fault_with_words" in told
    assert CANARY.encode() not in every_byte(folder)
    assert str(Path(__file__).parent) not in told


def test_the_search_for_typed_words_can_fail(machine: Machine, folder: Path) -> None:
    """The control: Python's own report of the same fault holds the words."""
    import traceback

    kind, trace = fault_with_words()
    folder.mkdir(parents=True)
    (folder / "usual").write_text("".join(traceback.format_exception(kind, kind(CANARY), trace)), encoding="utf-8")
    assert CANARY.encode() in every_byte(folder)


def test_a_report_without_a_place_is_kept_too(machine: Machine, folder: Path) -> None:
    machine.report(KeyError, None)
    assert (folder / "last-fault").read_text(encoding="utf-8") == "KeyError\n"


def test_a_computer_that_keeps_nothing_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", encoding="utf-8")
    machine = Machine(tmp_path / "state")
    machine.keep_last_vault(tmp_path)
    assert machine.last_vault() is None


def test_what_was_seen_of_a_vault_is_remembered_without_its_id(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "state")
    at = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
    assert machine.seen(b"a" * 16) == Seen()
    machine.keep_seen(b"a" * 16, Seen(saves=41, saved_at=at, closed_well=False))
    assert machine.seen(b"a" * 16) == Seen(saves=41, saved_at=at, closed_well=False)
    assert machine.seen(b"b" * 16) == Seen()
    kept = list((tmp_path / "state").iterdir())
    assert len(kept) == 1
    assert (b"a" * 16).hex() not in kept[0].name + kept[0].read_text()
    kept[0].write_text('{"saves": "many"}')
    assert machine.seen(b"a" * 16) == Seen()


def test_two_threads_do_not_take_back_what_the_other_remembered(tmp_path: Path) -> None:
    machine, id = Machine(tmp_path / "state"), b"a" * 16
    at = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
    begun = threading.Event()

    def worker() -> None:
        for number in range(150):
            machine.change_seen(id, outside_at=at + datetime.timedelta(minutes=number))
            begun.set()

    thread = threading.Thread(target=worker)
    thread.start()
    begun.wait()
    reverted = 0
    for saves in range(1, 151):
        machine.change_seen(id, saves=saves)
        reverted += machine.seen(id).saves != saves
    thread.join()
    assert reverted == 0
    assert machine.seen(id).outside_at == at + datetime.timedelta(minutes=149)
    assert not list((tmp_path / "state").glob("*.part"))


def test_the_count_of_saves_goes_down_on_purpose_only(tmp_path: Path) -> None:
    machine, id = Machine(tmp_path / "state"), b"a" * 16
    at = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
    machine.change_seen(id, saves=41, saved_at=at)
    kept = machine.change_seen(id, saves=12, saved_at=None, closed_well=False)
    assert kept == machine.seen(id) == Seen(saves=41, saved_at=at, closed_well=False)
    assert machine.change_seen(id, goes_back=True, saves=12, saved_at=None).saves == 12


def in_the_way(path: Path, kind: str, precious: Path) -> None:
    """Put something else where a file of local state belongs."""
    if kind == "link":
        path.symlink_to(precious)
    elif kind == "hard link":
        os.link(precious, path)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        with path.open("wb") as file:
            file.truncate(20_000_000_000)


@posix
@pytest.mark.parametrize("kind", ["link", "hard link", "pipe", "folder", "huge"])
def test_what_lies_in_the_way_is_neither_read_nor_written_into(tmp_path: Path, kind: str) -> None:
    precious = tmp_path / "precious"
    precious.write_text(f"{tmp_path}\n")
    machine = Machine(tmp_path / "state")
    machine.keep_seen(b"a" * 16, Seen(saves=41))
    [kept] = machine.folder.iterdir()
    kept.unlink()
    for name in (kept.name, "vault", f"{kept.name}.part", f"{kept.name}.{os.getpid()}.part", "vault.part"):
        in_the_way(machine.folder / name, kind, precious)
    before = len(list(machine.folder.iterdir()))
    assert machine.seen(b"a" * 16) == Seen()
    assert machine.last_vault() == (tmp_path if kind == "hard link" else None)
    machine.keep_last_vault(tmp_path)
    machine.keep_seen(b"a" * 16, Seen(saves=42))
    assert precious.read_text() == f"{tmp_path}\n"
    assert len(list(machine.folder.iterdir())) == before, "nothing half is left"
    if kind != "folder":
        assert machine.seen(b"a" * 16) == Seen(saves=42)
        assert machine.last_vault() == tmp_path


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5_000,
        '{"saves": 1%s}' % ("0" * 400),
        '{"saves": -1}',
        '{"saves": 1, "saved_at": "0001-01-01T00:00:00+14:00"}',
        '{"saves": 1, "saved_at": "9999-12-31T23:59:59-14:00"}',
        '{"saves": 1, "saved_at": "2026-01-01T00:00:00"}',
    ],
)
def test_what_no_program_of_ours_wrote_is_not_taken(tmp_path: Path, text: str) -> None:
    machine = Machine(tmp_path / "state")
    machine.keep_seen(b"a" * 16, Seen(saves=41))
    [kept] = machine.folder.iterdir()
    kept.write_text(text)
    assert machine.seen(b"a" * 16) == Seen()


@posix
@pytest.mark.parametrize("name", ["ends in a space ", "two\rparts", "two\nparts", "ends in a line\n"])
def test_a_vault_s_odd_name_is_kept_to_the_letter(machine: Machine, tmp_path: Path, name: str) -> None:
    vault = tmp_path / name
    vault.mkdir()
    machine.keep_last_vault(vault)
    machine.keep_unproved(vault)
    assert machine.last_vault() == vault
    assert machine.unproved(vault)


@pytest.mark.parametrize("kept", [b"/" + b"x" * 300, b"/" + b"x/" * 3_000, b"/x\0y", b"/" + b"x" * 100_000])
def test_a_path_that_cannot_be_is_no_vault(machine: Machine, folder: Path, kept: bytes) -> None:
    machine.keep_proved()
    (folder / "vault").write_bytes(kept)
    assert machine.last_vault() is None
