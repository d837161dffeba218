"""A copy of a vault in a new folder beside it, without the file of an unfinished save; the vault stays as it is."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from alliance_desktop.storage import disk, leftovers, presence, reserve
from alliance_desktop.storage.beside import free_beside
from alliance_desktop.storage.place import NOTES, must_be_vault

_CHUNK = 1 << 18
_LEFT_OUT = (f"{NOTES}-wal", f"{NOTES}-shm", f"{NOTES}-journal", presence.NAME, reserve.NAME)


def copy_without_side_file(folder: Path) -> Path:
    """Return the new folder, whole and on disk; killed at any moment, it is there whole or not at all.

    Backups stay with the vault itself. KnownError where there is no vault or the disk does not take the copy, and
    then nothing is left behind. Not for a vault that is open.
    """
    must_be_vault(folder)
    copy = free_beside(folder, "copy")
    making = leftovers.making_of(copy, "copying", os.urandom(4))
    done = False
    try:
        disk.make_folder(making)
        leftovers.clean_beside(copy, making.stat().st_mtime)
        for one in sorted(folder.iterdir()):
            if one.is_file() and one.name not in _LEFT_OUT and one.suffix != ".tmp":
                disk.write_new(making / one.name, _chunks(one))
        disk.sync_folder(making)
        os.rename(making, copy)
        disk.sync_folder(copy.parent)
        done = True
    except OSError as fault:
        raise disk.known(fault) from None
    finally:
        if not done:
            shutil.rmtree(making, ignore_errors=True)
    return copy


def _chunks(source: Path) -> Iterator[bytes]:
    with source.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
