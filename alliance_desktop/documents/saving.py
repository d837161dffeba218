"""Saving a PDF where the counsellor asked: readable by its owner only, and whole or not at all."""

import contextlib
import datetime
import os
import tempfile
from pathlib import Path

from alliance_desktop.domain.errors import NotSavedToFileError


def neutral_name(on: datetime.date, stem: str = "plan") -> str:
    """Return a file name that says nothing about anyone: plan-2026-03-10.pdf."""
    return f"{stem}-{on.isoformat()}.pdf"


def save_pdf(data: bytes, path: Path) -> None:
    """Write a PDF with mode 0600, through a sibling file that replaces `path` once it is on the disk.

    NotSavedToFileError where the place cannot be written; nothing is left behind then.
    """
    try:
        handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    except OSError:
        raise NotSavedToFileError from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise NotSavedToFileError from None
