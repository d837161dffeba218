"""Rights of the files: loose ones are tightened, missing ones are told and nothing is changed."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from vault_cases import PASSPHRASE, answer, seen

from alliance_desktop.storage import opening


def test_a_copy_with_loose_rights_is_tightened(folder):
    folder.chmod(0o755)
    for one in folder.iterdir():
        one.chmod(0o644)
    opening.open_store(folder, opening.find_secrets(folder, PASSPHRASE)).close()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {one.stat().st_mode & 0o777 for one in folder.iterdir()} == {0o600}


AS_ANOTHER_USER = """
import os, sys
from pathlib import Path
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.storage import opening, vault
from vault_cases import PASSPHRASE
folder = Path(sys.argv[1])
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    store = opening.open_store(folder, opening.find_secrets(folder, PASSPHRASE))
    print("opened" if not store.read_only else type(store.remarks[0]).__name__)
    store.close()
except KnownError as error:
    print(type(error).__name__)
"""


@pytest.fixture
def open_place(folder):
    """A copy of the vault where another user of the computer can get to."""
    if os.name != "posix":
        pytest.skip("rights are tried on POSIX only")
    around = Path(tempfile.mkdtemp())
    around.chmod(0o755)
    yield shutil.copytree(folder, around / "Notes.vault")
    for path in (around, around / "Notes.vault"):
        path.chmod(0o700)
    shutil.rmtree(around)


@pytest.mark.parametrize(
    ("folder_mode", "notes_mode", "keys_mode", "told"),
    [
        (0o777, 0o666, 0o666, "opened"),
        (0o555, 0o666, 0o666, "ReadOnlyFolderError"),
        (0o777, 0o444, 0o666, "ReadOnlyFolderError"),
        (0o555, 0o444, 0o444, "ReadOnlyFolderError"),
        (0o777, 0o000, 0o666, "UnreadableError"),
        (0o777, 0o666, 0o000, "UnreadableError"),
        (0o000, 0o666, 0o666, "UnreadableError"),
    ],
)
def test_rights_that_are_missing_are_told(open_place, folder_mode, notes_mode, keys_mode, told):
    (open_place / "notes.db").chmod(notes_mode)
    for name in ("keys.a", "keys.b"):
        (open_place / name).chmod(keys_mode)
    open_place.chmod(folder_mode)
    before = seen(open_place) if os.geteuid() == 0 else None
    assert answer(AS_ANOTHER_USER, open_place) == f"{told}\n"
    if before is not None and told != "opened":
        assert seen(open_place) == before
