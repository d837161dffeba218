"""The seals of all pages of a file: each looked at, or only those that a look at the structure leaves.

SQLCipher proves the seal of every page it reads, and `PRAGMA integrity_check` reads each page of every table and index,
what runs over from them, and the lists of free pages. Where it told nothing, these are left:

| page | why |
|---|---|
| a free one | its number alone is read |
| one beyond the end that the head tells | nothing leads to it |
| one that is all zeros | SQLCipher takes it for one that was never written, and reads zeros |

The page that the database locks by is never written, and so it has no seal.
"""

import os
import struct
from collections.abc import Iterator
from functools import partial
from itertools import chain

from alliance_desktop.storage import disk
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.salvage.pages import Pages
from alliance_desktop.storage.sealed_page import PAGE, SUM, USABLE

_SPARE = 16_384
"""Pages beyond the end of the database that are still looked at one by one."""
_CHUNK = 64 * PAGE
_LOCKED_BY = (1 << 30) // PAGE + 1
_NOTHING = bytes(SUM)
_FREE = struct.Struct(">II")
_FREE_AT = 32


class Seals:
    """The key of a file's seals, for as long as the file is looked through."""

    def __init__(self, data_key: bytes, vault_id: bytes) -> None:
        self._data_key, self._vault_id = data_key, vault_id

    def left_hold(self, database: Database) -> bool:
        """Say whether the pages are as they were written that a look at the structure leaves; False where in doubt.

        The database is read as its file is, without a side file.
        """
        size = os.fstat(database.reader).st_size
        told = database.row("PRAGMA page_count")
        pages = Pages(partial(_raw, database.reader), size // PAGE, self._data_key, self._vault_id)
        try:
            if size % PAGE or told is None or _has_empty(database.reader):
                return False
            beyond = range(int(told[0]) + 1, pages.count + 1)
            return all(pages.is_sealed(one) for one in chain(_free(pages), beyond))
        except OSError:
            return False


def all_hold(database: Database) -> bool:
    """Say whether every page of the file, without its side file, is as it was written; about 3 ms for a megabyte."""
    return is_as_long_as_told(database) and not database.rows("PRAGMA cipher_integrity_check")


def is_as_long_as_told(database: Database) -> bool:
    """Say whether the file ends where its head says; a stretched one would be read for minutes."""
    told = database.row("PRAGMA page_count")
    return told is None or os.fstat(database.reader).st_size <= (int(told[0]) + _SPARE) * PAGE


def _raw(reader: int, number: int) -> bytes:
    return disk.read_at(reader, PAGE, (number - 1) * PAGE)


def _has_empty(reader: int) -> bool:
    """Say whether the seal of any page is all zeros."""
    at = 0
    while chunk := disk.read_at(reader, _CHUNK, at):
        # One page of 256 ends with a zero by chance.
        if 0 in chunk[PAGE - 1 :: PAGE]:
            ends = range(PAGE, len(chunk) + 1, PAGE)
            empty = (at + end for end in ends if chunk[end - SUM : end] == _NOTHING)
            if any(end // PAGE != _LOCKED_BY for end in empty):
                return True
        at += len(chunk)
    return False


def _free(pages: Pages) -> Iterator[int]:
    """Yield the numbers of the free pages, those with the lists apart; and 0, which is none, where a list is wrong."""
    head = pages.plain(1)
    first, count = _FREE.unpack_from(head, _FREE_AT) if head else (0, 1)
    found = 0
    while first and found < count:
        page = pages.plain(first)
        if page is None:
            break
        first, listed = _FREE.unpack_from(page)
        numbers = struct.unpack_from(f">{listed}I", page, _FREE.size) if listed < USABLE // 4 - 1 else ()
        yield from numbers
        found += 1 + len(numbers)
    if found != count:
        yield 0
