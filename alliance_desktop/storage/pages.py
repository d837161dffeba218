"""Whether a key fits an encrypted file, told from its pages and without the database.

This tells a damaged file (some page fits) from another key (none does), and it is asked before the database is:
a database that is opened in vain still merges its side file when it is closed, and so changes what should be left.
"""

from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path

from alliance_desktop.storage import disk, side_file
from alliance_desktop.storage.sealed_page import PAGE, is_sealed, seal_key

_MOST_PAGES = 256


class Fit(Enum):
    """How a key fits: it opens the file, or only other pages than the first, or none."""

    OPENS = auto()
    DAMAGED = auto()
    NONE = auto()


def fit(path: Path, data_key: bytes, vault_id: bytes) -> Fit:
    """Say how a key fits a database file, its side file included.

    After an unclean stop the first page is judged that SQLite would read: while the notes are encrypted anew, the
    file can hold it under one key and the side file under another.
    To be called only when this process does not have the file open: closing it lets go of SQLite's lock.
    """
    key = seal_key(data_key, vault_id)
    try:
        sealed = (number for number, page in _pages(path) if is_sealed(page, number, key))
        lowest = next(sealed, 0)
        beside = [is_sealed(page, 1, key) for page in side_file.first_pages(path)]
        # To prove the side file takes time, so it is done only where it could change what the file says.
        if beside and (lowest or any(beside)) and not (lowest == 1 and all(beside)):
            saved = side_file.saved_first_page(path)
            if saved is not None:
                return Fit.OPENS if is_sealed(saved, 1, key) else Fit.NONE
    except OSError:
        return Fit.NONE
    if lowest == 1:
        return Fit.OPENS
    return Fit.DAMAGED if lowest else Fit.NONE


def first_page_fits(path: Path, reader: int, data_key: bytes, vault_id: bytes) -> bool:
    """Say whether the first page, as SQLite will read it, is sealed with a key; for a database that is open here.

    `reader` is an open descriptor of the file.
    """
    saved = side_file.saved_first_page(path)
    page = disk.read_at(reader, PAGE, 0) if saved is None else saved
    return is_sealed(page, 1, seal_key(data_key, vault_id))


def _pages(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield pages with their numbers, as far as they are asked for and at most 256."""
    with path.open("rb") as file:
        for number in range(1, _MOST_PAGES + 1):
            page = file.read(PAGE)
            if len(page) < PAGE:
                return
            yield number, page
