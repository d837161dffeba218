"""Files that are not protected: where they may lie, for their owner only, whole or not at all, no half left behind."""

import os
import re
from contextlib import suppress
from pathlib import Path

from alliance_desktop.domain.errors import (
    NotAnOrdinaryFileError,
    NotSavedToFileError,
    PageInsideVaultError,
    PageNamedAsNotesError,
)
from alliance_desktop.storage import disk
from alliance_desktop.storage.place import is_inside_vault, is_own_name

EXPORT, PAGE = "partial", "page"
_HALF = re.compile(rf"\.alliance-desktop\.[0-9a-f]{{16}}\.({EXPORT}|{PAGE})", re.ASCII)
_OLD = {EXPORT: 3600.0, PAGE: 60.0}
"""A half-made file that nobody wrote to for so many seconds is that of a killed run; a page is written at a stroke."""


def half_made(path: Path, kind: str) -> Path:
    """Return a new name beside a file, hidden, and known by `clean` should this run be killed."""
    return path.with_name(f".alliance-desktop.{os.urandom(8).hex()}.{kind}")


def clean(newest: Path) -> None:
    """Take away what killed runs left half-made beside a file that was just written: unprotected words."""
    with suppress(OSError):
        now = newest.stat().st_mtime
        for one in list(os.scandir(newest.absolute().parent)):
            ours = _HALF.fullmatch(one.name) if one.is_file(follow_symlinks=False) else None
            if ours and now - one.stat(follow_symlinks=False).st_mtime > _OLD[ours[1]]:
                os.unlink(one.path)


def can_be_named(path: Path) -> bool:
    """Say whether the system can have a file of this name at all."""
    try:
        return bool(path.name) and b"\0" not in os.fsencode(path)
    except ValueError:
        return False


def must_take_page(path: Path) -> None:
    """NotSavedToFileError where a page cannot be saved: in a vault, as a part of one, or in place of no plain file."""
    if not can_be_named(path):
        raise NotSavedToFileError
    if is_inside_vault(path.absolute().parent):
        raise PageInsideVaultError
    if is_own_name(path.name):
        raise PageNamedAsNotesError
    if os.path.lexists(path) and not os.path.isfile(path):
        raise NotAnOrdinaryFileError


def save_pdf(data: bytes, path: Path) -> None:
    """Write a PDF for its owner only, through a sibling file that replaces `path` once it is on the disk.

    What a link leads to stays as it is; the link is replaced. Raises what `must_take_page` does, and
    NotSavedToFileError where the place cannot be written; nothing is left behind then.
    """
    must_take_page(path)
    half = half_made(path, PAGE)
    try:
        disk.write_new(half, [data])
        clean(half)
        os.replace(half, path)
        disk.sync_folder(path.absolute().parent)
    except OSError:
        raise NotSavedToFileError from None
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
