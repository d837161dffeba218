"""What is found where a vault should be, told apart before any key is derived; nothing is opened or changed."""

import os
import stat
from pathlib import Path

from alliance_desktop.domain.errors import (
    NoFolderError,
    NotAFolderError,
    NotAVaultError,
    NotesEmptyError,
    NotesMissingError,
    NotesNotAFileError,
    UnreadableError,
    UnusableNameError,
)
from alliance_desktop.domain.opening_errors import InsideVaultError, SideFileTooLargeError, SideNotAFileError
from alliance_desktop.storage import disk, keyfiles
from alliance_desktop.storage.beside import ENDING

NOTES = "notes.db"
_BESIDE = ("-wal", "-journal", "-shm")
_OWN_NAMES = frozenset({NOTES, *(f"{NOTES}{ending}" for ending in _BESIDE), *keyfiles.NAMES, keyfiles.PENDING})
_MOST_BESIDE = 64 << 20
_TIMES = 4
_MOST, _LONGEST_NAME, _LONGEST_PATH = 255, 230, 4000
_TOO_LONG = "This name is too long for a folder."
_SHORTER = "Choose a shorter one, or a place that is not so deep inside other folders."


def must_be_vault(folder: Path) -> Path:
    """Return the path of the notes in a vault's folder; for anything else, the KnownError that says what it is."""
    _must_be_folder(folder)
    notes = folder / NOTES
    try:
        found = notes.stat()
    except FileNotFoundError:
        found = None
    except OSError:
        raise UnreadableError from None
    if found is None:
        keys = any((folder / name).exists() for name in keyfiles.NAMES)
        raise NotesMissingError if keys else NotAVaultError
    if not stat.S_ISREG(found.st_mode):
        raise NotesNotAFileError
    if not disk.may_read(notes):
        raise UnreadableError
    if found.st_size == 0:
        raise NotesEmptyError
    _must_have_good_sides(notes, found.st_size)
    return notes


def must_be_nameable(folder: Path) -> None:
    """UnusableNameError for a folder that should not be made or that no system can make.

    A NUL in its path, half a character in its name, a name that is too long, or a place inside a vault.
    """
    try:
        folder.name.encode()
        path = os.fsencode(folder)
        usable = b"\0" not in path
    except UnicodeEncodeError:
        usable = False
    if not usable:
        raise UnusableNameError
    # While a folder is being made its name has some signs more.
    if len(os.fsencode(folder.name)) > _LONGEST_NAME or any(len(os.fsencode(one)) > _MOST for one in folder.parts):
        raise UnusableNameError(_TOO_LONG, _SHORTER)
    if len(path) > _LONGEST_PATH:
        raise UnusableNameError(_TOO_LONG, _SHORTER)
    if is_inside_vault(folder.parent):
        raise InsideVaultError


def may_be_written(notes: Path) -> bool:
    """Say whether the system lets this user save notes here."""
    return disk.may_write(notes.parent) and disk.may_write(notes)


def is_vault(folder: Path) -> bool:
    """Say whether a folder is a vault, be it damaged: with notes, and with a key file or the name of a vault.

    Notes alone make none: another program may have a file of this name.
    """
    keys = any(os.path.lexists(folder / name) for name in (*keyfiles.NAMES, keyfiles.PENDING))
    return os.path.lexists(folder / NOTES) and (keys or folder.suffix.casefold() == ENDING)


def is_inside_vault(folder: Path) -> bool:
    """Say whether a folder is a vault or lies in one, wherever links lead."""
    real = Path(os.path.realpath(folder))
    return any(is_vault(one) for one in (real, *real.parents))


def is_own_name(name: str) -> bool:
    """Say whether only a file of a vault may have a name: the notes, what lies beside them, a key file."""
    # Some systems take no notice of capitals, and some drop dots and spaces at the end.
    return name.casefold().rstrip(". ") in _OWN_NAMES


def _must_have_good_sides(notes: Path, size: int) -> None:
    """Refuse what SQLite would wait at, follow or read for ever; it opens these files by itself."""
    for ending in ("-wal", "-journal"):
        beside = notes.with_name(notes.name + ending)
        if disk.is_odd(beside):
            raise SideNotAFileError(beside.name)
    # A replaced recovery key writes every page once; a save writes few.
    if disk.size_of(notes.with_name(f"{notes.name}-wal")) > _TIMES * size + _MOST_BESIDE:
        raise SideFileTooLargeError


def _must_be_folder(folder: Path) -> None:
    try:
        found = folder.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        found = None
    except OSError:
        raise UnreadableError from None
    if found is None:
        raise NoFolderError
    if not stat.S_ISDIR(found.st_mode):
        raise NotAFolderError
    if not disk.may_read(folder):
        raise UnreadableError
