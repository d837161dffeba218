"""What "Prove it" looks at is looked at truly: each finding turns when what it speaks of is not so."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from service_cases import CHEAP, PASSPHRASE, Clock, card

from alliance_desktop.domain.backup_errors import BackupNoRoomError, BackupStoppedError
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.hardening import Hardness
from alliance_desktop.services.machine import Machine
from alliance_desktop.services.proving import CANNOT_BE_USED, OLD_KEYS_ONLY, Finding, Look, Proof, State, fault
from alliance_desktop.services.searching import PIECE, Search, pieces, texts
from alliance_desktop.services.surroundings import Sockets, open_sockets

ROOT = Path(__file__).resolve().parents[2]
WORDS = "She went quiet when I looked at the clock, and so did I. "
CLOSED = Hardness(True, True, True)


@pytest.fixture
def access(forms, clock: Clock, tmp_path: Path) -> Access:
    return Access(forms, clock, os.urandom, CHEAP, Machine(tmp_path / "state"))


@pytest.fixture
def written(vault: OpenVault, client) -> OpenVault:
    """An open vault with a note in it."""
    vault.notebook.write(card(vault.notebook, client, "note", {"body": WORDS * 3}))
    return vault


def looked(one: Look) -> Finding:
    return one.tell(one.begin()(Watch()))


def look(vault: OpenVault, id: str) -> Finding:
    return looked(next(one for one in vault.proof.looks() if one.id == id))


def test_no_word_is_found_in_the_files_of_a_vault(written: OpenVault) -> None:
    work = written.backups.before_risk()
    assert work is not None
    work()
    found = look(written, "words")
    assert found.state is State.HOLDS
    files = [one for one in written.folder.rglob("*") if one.is_file()]
    assert f"looked for in {len(files)} files" in found.words
    assert found.words.count("none found") == 1
    assert "there it found all of them" in found.words


def test_a_word_left_readable_is_found_in_any_file(written: OpenVault) -> None:
    """The control: the same words in a file of the folder, whatever it is called and however it is written."""
    for name, data in (
        ("notes.txt", WORDS.encode()),
        ("backups/old.vbak", b"\0" * 131_072 * 2 + WORDS.encode() + b"\0" * 99),
        ("wide", WORDS.encode("utf-16-le")),
    ):
        path = written.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        found = look(written, "words")
        assert found.state is State.FAILS
        assert f"Readable words were found, in: {name}." in found.words
        assert "went quiet" not in found.words + found.details
        path.unlink()
    assert look(written, "words").state is State.HOLDS


def test_an_ordinary_database_is_found_though_it_says_nothing(written: OpenVault) -> None:
    (written.folder / "copy.db").write_bytes(b"SQLite format 3\0" + bytes(4080))
    assert look(written, "words").state is State.FAILS


def test_a_search_that_finds_nothing_anywhere_proves_nothing(
    written: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Search, "found", lambda _self, chunks: frozenset(b"" for one in chunks if not one))
    found = look(written, "words")
    assert found.state is State.UNKNOWN
    assert "proves nothing" in found.words


def test_an_empty_vault_has_nothing_to_look_for(vault: OpenVault) -> None:
    assert look(vault, "words").state is State.UNKNOWN


def test_the_vault_is_still_locked_for_others_after_the_search(written: OpenVault) -> None:
    from alliance_desktop.storage import presence

    look(written, "words")
    held = os.fork()
    if held == 0:
        # Only another process can ask: locks belong to a process as a whole.
        os._exit(0 if presence.is_held(written.folder / "notes.db") else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(held, 0)[1]) == 0


def test_only_what_was_typed_is_looked_for() -> None:
    answers = {
        "body": "one two",
        "signs": {"ids": ["w_minimal"], "text": "three"},
        "day": {"on": "2026-03-05", "about": "week"},
        "people": [{"name": "A. Lind", "role": "teacher"}],
        "tick": True,
    }
    assert list(texts(answers)) == ["one two", "three", "A. Lind"]


def test_pieces_are_long_enough_and_bounded() -> None:
    assert pieces(["short one"]) == frozenset()
    assert pieces(["went quiet, I"]) == {"went quiet, "}
    assert all(len(one.encode()) >= PIECE for one in pieces([WORDS, "אמרתי לה שאני מצטער", "她沉默了很久很久"]))
    assert len(pieces((f"word{one} and more of it" for one in range(10_000)), most=100)) == 100


@pytest.mark.parametrize("text", [WORDS, "אמרתי לה שאני מצטער", "她沉默了很久很久", "[]^-\\ [a-z]{12,} brackets"])
def test_text_is_found_across_the_edge_of_two_chunks(text: str) -> None:
    wanted = pieces([text])
    search = Search(wanted)
    for wide in ("utf-8", "utf-16-le"):
        data = os.urandom(5000) + text.encode(wide) + os.urandom(5000)
        for cut in range(4990, 5060, 7):
            assert search.found([data[:cut], data[cut:]])
    assert search.found([os.urandom(200_000)]) == frozenset()


def test_a_backup_is_restored_on_trial_and_remembered(written: OpenVault, clock: Clock, tmp_path: Path) -> None:
    assert look(written, "restore").state is State.UNKNOWN
    work = written.backups.before_risk()
    assert work is not None
    made = work()
    clock.move(days=1)
    found = look(written, "restore")
    assert found.state is State.HOLDS
    assert found.words.startswith("Restored on trial: 1 client, 1 note, all as in the vault.")
    assert written.backups.seen.tried_at == clock()
    with made.path.open("r+b") as file:
        file.seek(5 * 4096 + 100)
        file.write(bytes(50))
    [trial] = [one for one in written.proof.looks() if one.id == "restore"]
    with pytest.raises(KnownError) as damaged:
        trial.begin()(Watch())
    assert fault(damaged.value).state is State.FAILS


def test_backups_of_the_keys_before_are_not_said_to_be_none(written: OpenVault) -> None:
    work = written.backups.before_risk()
    assert work is not None
    work()
    replacement = written.keys.work().replacement(PASSPHRASE)
    written.keys.replace(replacement, new_passphrase=False)
    found = look(written, "restore")
    assert (found.state, found.details) == (State.UNKNOWN, "backups=1; whole=1; of the present keys=0")
    assert found.words == f"{OLD_KEYS_ONLY} A new one makes itself when you lock or close."


def test_a_newest_backup_that_is_cut_is_told(written: OpenVault, clock: Clock) -> None:
    first = written.backups.before_risk()
    assert first is not None
    first()
    clock.move(days=1)
    written.notebook.add_client({"code": "B1"})
    second = written.backups.before_risk()
    assert second is not None
    path = second().path
    path.write_bytes(path.read_bytes()[:-5])
    found = look(written, "restore")
    assert found.state is State.FAILS
    assert found.words.endswith(f"A newer backup there {CANNOT_BE_USED}.")
    for one in written.backups.listed():
        one.path.write_bytes(one.path.read_bytes()[:-5])
    none = look(written, "restore")
    assert none.state is State.FAILS
    assert none.words.startswith("No backup in the vault's own folder is whole.")


def test_the_last_whole_check_is_told_with_its_day(written: OpenVault, clock: Clock) -> None:
    assert look(written, "checked").state is State.UNKNOWN
    for _ in written.checking():
        pass
    found = look(written, "checked")
    assert found.state is State.HOLDS
    assert "on 5 March 2026" in found.words
    clock.move(days=30)
    assert look(written, "checked").state is State.UNKNOWN


def test_of_the_sample_nothing_is_remembered(access: Access, tmp_path: Path) -> None:
    sample = access.make_sample(tmp_path / "Sample.vault", resource("sample", "caseload.toml").read_text("utf-8"))
    found = look(sample, "checked")
    assert (found.state, "made anew each time" in found.words) == (State.UNKNOWN, True)
    sample.close()


def with_surroundings(vault: OpenVault, sockets: Sockets | None, hardness: Hardness = CLOSED) -> Proof:
    return Proof(vault._store, vault.backups, Clock(), lambda: sockets, lambda: hardness)


@pytest.mark.parametrize(
    ("sockets", "state", "said"),
    [
        (Sockets(0, 2, 0), State.HOLDS, "only 2 connections within this computer"),
        (Sockets(0, 1, 0), State.HOLDS, "only 1 connection within this computer"),
        (Sockets(1, 2, 0), State.FAILS, "1 connection that can reach other computers"),
        (Sockets(0, 2, 1), State.UNKNOWN, "1 of a kind"),
        (None, State.UNKNOWN, "does not let a program look"),
    ],
)
def test_connections_are_told_as_they_are(vault: OpenVault, sockets, state, said) -> None:
    [network] = [one for one in with_surroundings(vault, sockets).looks() if one.id == "network"]
    found = looked(network)
    assert found.state is state
    assert said in found.words


@pytest.mark.parametrize("hardness", [CLOSED, Hardness(True, False, False), Hardness(False, False, False)])
def test_what_does_not_hold_for_the_process_is_said(vault: OpenVault, hardness: Hardness) -> None:
    [process] = [one for one in with_surroundings(vault, None, hardness).looks() if one.id == "process"]
    found = looked(process)
    assert (found.state is State.HOLDS) == all(hardness)
    assert ("lets other programs of yours" in found.words) != hardness.no_reading
    assert ("may write its memory to disk" in found.words) != hardness.no_core_dump


@pytest.mark.parametrize(
    ("error", "state"),
    [(BackupStoppedError(), State.UNKNOWN), (BackupNoRoomError(2, 1), State.UNKNOWN), (KnownError("x"), State.FAILS)],
)
def test_a_look_that_did_not_come_about_is_no_proof(error: KnownError, state: State) -> None:
    assert fault(error).state is state


CONNECTIONS = """
import socket
from alliance_desktop.services.surroundings import open_sockets
print(*open_sockets())
with socket.socket() as waits, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as abroad:
    waits.bind(("127.0.0.1", 0))
    waits.listen()
    with socket.create_connection(waits.getsockname()):
        abroad.bind(("0.0.0.0", 0))
        pair = socket.socketpair()
        print(*open_sockets())
"""


def test_real_connections_are_counted_by_where_they_lead() -> None:
    """The control of the page's own answer: connections opened in a process are seen, each as what it is."""
    ran = subprocess.run([sys.executable, "-c", CONNECTIONS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n")[:2] == ["0 0 0", "1 4 0"]


def test_a_system_without_these_tables_tells_nothing(tmp_path: Path) -> None:
    assert open_sockets(tmp_path) is None
    shutil.copytree("/proc/self/net", tmp_path / "net", ignore=lambda _folder, names: {*names} - {"tcp"})
    (tmp_path / "self" / "fd").mkdir(parents=True)
    assert open_sockets(tmp_path) is None


def test_a_connection_over_ip_version_6_is_told_apart(tmp_path: Path) -> None:
    rows = {
        "1": ("00000000000000000000000001000000:1F90", "00000000000000000000000001000000:0035"),
        "2": ("0000000000000000FFFF00000100007F:1F90", "0000000000000000FFFF00000100007F:0035"),
        "3": ("B80D0120000000000000000001000000:1F90", "B80D0120000000000000000002000000:0035"),
        "4": ("00000000000000000000000000000000:1F90", "00000000000000000000000000000000:0000"),
    }
    (tmp_path / "net").mkdir()
    (tmp_path / "self" / "fd").mkdir(parents=True)
    lines = [f"0: {own} {other} 01 0:0 0:0 0 0 0 {inode}" for inode, (own, other) in rows.items()]
    (tmp_path / "net" / "tcp6").write_text("\n".join(["head", *lines]))
    (tmp_path / "net" / "unix").write_text("head\n0: 2 0 0 1 1 5 /a/name with: blanks\n")
    for inode in (*rows, "5", "6"):
        (tmp_path / "self" / "fd" / inode).symlink_to(f"socket:[{inode}]")
    assert open_sockets(tmp_path) == Sockets(abroad=2, here=3, unknown=1)


def test_the_whole_of_it_with_the_passphrase_in_no_finding(written: OpenVault) -> None:
    for one in written.proof.looks():
        found = looked(one)
        for secret in (PASSPHRASE, "Dana", "D-34", "quiet", str(written.folder)):
            assert secret not in found.details
