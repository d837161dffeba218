"""What is not as it should be: a sentence, the next step, and nothing on disk changed."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from person import CTRL, PASSPHRASE, Keys, Person
from sqlcipher3 import dbapi2

from alliance_desktop.domain import errors
from alliance_desktop.domain.opening_errors import ReadOnlyFolderError
from alliance_desktop.storage import opening
from alliance_desktop.storage.schema import SCHEMA_VERSION


def seen(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder, by its name."""
    files = (one for one in sorted(folder.rglob("*")) if one.is_file())
    return {str(one.relative_to(folder)): hashlib.sha256(one.read_bytes()).hexdigest() for one in files}


def ruin_keys(folder: Path) -> None:
    for name in ("keys.a", "keys.b"):
        data = bytearray((folder / name).read_bytes())
        data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
        (folder / name).write_bytes(bytes(data))


def remove_keys(folder: Path) -> None:
    (folder / "keys.a").unlink()
    (folder / "keys.b").unlink()


def ruin_notes(folder: Path) -> None:
    data = bytearray((folder / "notes.db").read_bytes())
    data[200:-200] = os.urandom(len(data) - 400)
    (folder / "notes.db").write_bytes(bytes(data))


def empty_notes(folder: Path) -> None:
    (folder / "notes.db").write_bytes(b"")


def plain_notes(folder: Path) -> None:
    (folder / "notes.db").write_bytes(b"SQLite format 3\0" + bytes(4080))


def no_notes(folder: Path) -> None:
    (folder / "notes.db").unlink()


def newer_notes(folder: Path) -> None:
    """Write the notes as a later version of the program would have them."""
    secrets = opening.find_secrets(folder, PASSPHRASE)
    connection = dbapi2.connect(str(folder / "notes.db"), isolation_level=None)
    connection.execute(f"PRAGMA key=\"x'{secrets.data_key.hex()}{secrets.vault_id.hex()}'\"").fetchall()
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}").fetchall()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


RUINS: dict[str, tuple[Callable[[Path], None], type[errors.KnownError]]] = {
    "damaged key files": (ruin_keys, errors.KeyFileDamagedError),
    "missing key files": (remove_keys, errors.KeyFilesMissingError),
    "damaged database": (ruin_notes, errors.VaultDamagedError),
    "empty database": (empty_notes, errors.NotesEmptyError),
    "another kind of database": (plain_notes, errors.NotEncryptedError),
    "missing database": (no_notes, errors.NotesMissingError),
    "newer version": (newer_notes, errors.NewerVersionError),
}


@pytest.fixture(params=RUINS)
def ruined(request: pytest.FixtureRequest, home: Path) -> Iterator[tuple[Person, type[errors.KnownError]]]:
    ruin, error = RUINS[request.param]
    ruin(home / "Notes.vault")
    person = Person(home).begin()
    yield person, error
    person.leave()


def test_every_broken_vault_is_told_and_left_as_it_is(ruined: tuple[Person, type[errors.KnownError]]) -> None:
    person, error = ruined
    before = seen(person.folder)
    person.unlock(well=False)
    said = person.said("unlock_notice_sentence")
    whole = said + person.said("unlock_notice_next_step")
    told = error.sentence == said or (error is errors.VaultDamagedError and issubclass_of(said, error))
    assert told, whole
    assert person.said("unlock_notice_next_step")
    assert "Traceback" not in whole
    assert person.program.vault is None
    assert person.window.shown.objectName() == "unlock"
    assert seen(person.folder) == before, "nothing was changed"


def issubclass_of(said: str, error: type[errors.KnownError]) -> bool:
    """Say whether a sentence is one of those for a damaged database: by its extent the file may fit no key at all."""
    kinds = {error, *error.__subclasses__(), errors.KeysOfAnotherVaultError}
    return said in {one.sentence for one in kinds}


def open_other(person: Person, path: Path) -> None:
    """From the unlock page, ask for another vault and type where it is."""
    person.press("unlock_other")
    person.press("welcome_existing")
    person.write("existing_vault", str(path))
    person.press("existing_next")


def test_a_file_in_place_of_the_folder(locked: Person, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("not a vault")
    open_other(locked, letter)
    assert "not there" in locked.said("existing_notice_sentence") or "file" in locked.said("existing_notice_sentence")
    assert letter.read_text() == "not a vault"


def test_a_folder_that_is_no_vault(locked: Person, tmp_path: Path) -> None:
    folder = tmp_path / "holiday"
    folder.mkdir()
    (folder / "photo.jpg").write_bytes(b"a photo")
    open_other(locked, folder)
    locked.unlock(well=False)
    assert locked.said("unlock_notice_sentence") == errors.NotAVaultError.sentence
    assert "Choose the folder whose name ends in .vault" in locked.said("unlock_notice_next_step")
    assert seen(folder) == {"photo.jpg": hashlib.sha256(b"a photo").hexdigest()}


def test_a_new_vault_never_overwrites(locked: Person) -> None:
    before = seen(locked.folder)
    locked.press("unlock_new")
    locked.press("welcome_new")
    name = locked.box("vault_name")
    name.selectAll()
    locked.type("Notes")
    place = locked.box("vault_place")
    place.selectAll()
    locked.type(str(locked.home))
    locked.press("place_next")
    assert "already something of that name" in locked.said("place_notice_sentence")
    assert seen(locked.folder) == before


OTHER_PROGRAM = """
import sys
from pathlib import Path
from person import Person, wait_until
from alliance_desktop.ui.application import make_application
app = make_application(sys.argv[:1])
person = Person(Path(sys.argv[1])).begin()
person.unlock()
print("open", flush=True)
sys.stdin.readline()
"""


def test_a_vault_that_is_open_in_another_program(locked: Person) -> None:
    root, here = Path(__file__).resolve().parents[2], Path(__file__).parent
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root), str(here)]), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_PROGRAM, str(locked.home)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        locked.unlock(well=False)
        assert locked.said("unlock_notice_sentence") == errors.VaultInUseError.sentence
        assert locked.program.vault is None
        other.kill()
    locked.unlock()


def test_a_vault_that_is_open_in_this_program(with_client: Person) -> None:
    other = Person(with_client.home)
    try:
        other.begin()
        other.unlock(well=False)
        assert other.said("unlock_notice_sentence") == errors.VaultInUseError.sentence
    finally:
        other.leave()
    book = with_client.program.vault.notebook
    book.amend_client(book.clients()[0].id, {"code": "D34", "called": "Dana, still here"})
    assert book.clients()[0].called == "Dana, still here", "the first window goes on"


def test_a_folder_that_cannot_be_written(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rights do not bind the superuser, so there the system's own answer stands in for them."""
    folder = home / "Notes.vault"
    for one in (*folder.iterdir(), folder):
        one.chmod(0o500 if one.is_dir() else 0o400)
    if os.access(folder, os.W_OK):
        real = os.access
        monkeypatch.setattr(os, "access", lambda path, mode, **more: not mode & os.W_OK and real(path, mode, **more))
    before = seen(folder)
    person = Person(home)
    try:
        person.begin().unlock()
        assert person.said("reading_only_sentence") == ReadOnlyFolderError.sentence
        assert "Copy the folder" in person.said("reading_only_next_step")
        assert seen(folder) == before
    finally:
        person.leave()
        folder.chmod(0o700)


def test_one_damaged_key_file_is_no_trouble_and_is_made_anew(locked: Person) -> None:
    whole = (locked.folder / "keys.a").read_bytes()
    (locked.folder / "keys.a").write_bytes(b"ruined")
    locked.unlock()
    assert (locked.folder / "keys.a").read_bytes() == whole
    locked.key(Keys.Key_L, CTRL)
    shutil.copy(locked.folder / "keys.a", locked.folder / "keys.b")
    locked.unlock()
