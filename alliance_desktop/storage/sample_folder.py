"""The passing folder of a sample: known again by a mark in it, since a name alone proves nothing."""

import os
import re
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from alliance_desktop.storage import disk

PREFIX, VAULT = "alliance-sample-", "Sample caseload.vault"
"""How the folder's name begins in the system's place for passing files, and the sample's own folder in it."""

_MARK = "made-by-alliance-desktop"
_LONGEST = 64


def make(token: bytes) -> Path:
    """Make a folder for a sample and leave the mark in it, 32 random bytes; OSError."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    disk.write_new(folder / _MARK, [token.hex().encode()])
    return folder


def mark_of(folder: Path) -> str:
    """Return the mark that this program left in a folder when it made it; empty where there is none."""
    mark = folder / _MARK
    try:
        found = mark.lstat()
        if not stat.S_ISDIR(folder.lstat().st_mode) or not stat.S_ISREG(found.st_mode) or found.st_size != _LONGEST:
            return ""
        text = mark.read_bytes().decode("ascii")
    except (OSError, ValueError):
        return ""
    return text if re.fullmatch(rf"[0-9a-f]{{{_LONGEST}}}", text, re.ASCII) else ""


def is_own(folder: Path, mark: str) -> bool:
    """Say whether a folder is the very one that this program made for a sample and left this mark in."""
    at_place = folder.parent == Path(tempfile.gettempdir()) and folder.name.startswith(PREFIX)
    return at_place and bool(mark) and mark_of(folder) == mark


def remove(folder: Path) -> None:
    """Take a sample and its mark away, and the folder where nothing else is in it; without a mark nothing."""
    if not mark_of(folder):
        return
    # It goes through no link.
    shutil.rmtree(folder / VAULT, ignore_errors=True)
    with suppress(OSError):
        os.unlink(folder / _MARK)
        folder.rmdir()
