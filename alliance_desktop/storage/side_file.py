"""What the side file of an unclean stop holds of page 1, judged as SQLite will when it next opens the database.

SQLite takes a page from the side file only up to the last whole transaction: frames whose salts and running sums are
right, closed by one that says how large the database is. Anything after that was never saved.
"""

import struct
from collections.abc import Iterator
from enum import Enum, auto
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from alliance_desktop.storage.sealed_page import PAGE

_HEAD = struct.Struct(">IIIIIIII")
_FRAME = struct.Struct(">IIIIII")
_MAGIC = 0x377F0682
_WHOLE = 0xFFFFFFFF

Sums = tuple[int, int]


class Left(Enum):
    """What a side file holds: nothing, whole saves, a save that was cut short at its end, or damage."""

    NOTHING = auto()
    WHOLE = auto()
    CUT_SHORT = auto()
    DAMAGED = auto()


def first_pages(path: Path) -> list[bytes]:
    """Return every page 1 that the side file beside a database carries, saved or not, quickly and unproved."""
    return [page for number, _, page, _ in _frames(path) if number == 1]


def saved_first_page(path: Path) -> bytes | None:
    """Return the page 1 that SQLite would take from the side file; None where it would take that of the file.

    Each frame is summed up, which takes about 0.1 ms.
    """
    return saved_pages(path)[0].get(1)


def saved_pages(path: Path) -> tuple[dict[int, bytes], int]:
    """Return the pages that SQLite would take from the side file, by number, and how many the database then has.

    Nothing and 0 where it would take none. Each frame is summed up, which takes about 0.1 ms.
    """
    saved: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    count = 0
    head = _head(path)
    if head is None:
        return saved, count
    order, sums = head
    for number, size, page, frame in _frames(path):
        sums = _summed(frame[:8] + page, sums, order)
        if sums != _FRAME.unpack(frame)[4:]:
            break
        waiting[number] = page
        if size:
            saved |= waiting
            waiting.clear()
            count = size
    return saved, count


def left_beside(path: Path) -> Left:
    """Say what the side file of a database holds, every frame of it summed up.

    A save cut short is what a stopped program leaves by itself: all frames are right, and the one that would close
    the save is not there. Anything else that SQLite would pass over is damage, and may have been a whole save.
    """
    try:
        size = path.with_name(f"{path.name}-wal").stat().st_size
    except OSError:
        size = 0
    if size < _HEAD.size:
        return Left.CUT_SHORT if size else Left.NOTHING
    head = _head(path)
    if head is None:
        return Left.DAMAGED
    order, sums = head
    right, closed = 0, True
    for _, count, page, frame in _frames(path):
        sums = _summed(frame[:8] + page, sums, order)
        if sums != _FRAME.unpack(frame)[4:]:
            break
        right, closed = right + 1, bool(count)
    beyond = size - _HEAD.size - right * (_FRAME.size + PAGE)
    if beyond >= _FRAME.size + PAGE:
        return Left.DAMAGED
    return Left.WHOLE if closed and not beyond else Left.CUT_SHORT


def _frames(path: Path) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Yield number, size after the transaction or 0, page and head of each frame that belongs to the side file."""
    with _opened(path) as file:
        head = file.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return
        salts = _HEAD.unpack(head)[4:6]
        while len(frame := file.read(_FRAME.size)) == _FRAME.size and len(page := file.read(PAGE)) == PAGE:
            number, size, *told = _FRAME.unpack(frame)
            if tuple(told[:2]) != salts:
                return
            yield number, size, page, frame


def _head(path: Path) -> tuple[str, Sums] | None:
    """Return the order of bytes in sums and the sums to begin with; None for a side file that SQLite ignores."""
    with _opened(path) as file:
        head = file.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    magic, _, page, *_ = _HEAD.unpack(head)
    if magic & ~1 != _MAGIC or page != PAGE:
        return None
    order = ">" if magic & 1 else "<"
    sums = _summed(head[:24], (0, 0), order)
    return (order, sums) if sums == _HEAD.unpack(head)[6:] else None


def _summed(data: bytes, sums: Sums, order: str) -> Sums:
    one, other = sums
    for first, second in struct.iter_unpack(f"{order}II", data):
        one = (one + first + other) & _WHOLE
        other = (other + second + one) & _WHOLE
    return one, other


def _opened(path: Path) -> BinaryIO:
    beside = path.with_name(f"{path.name}-wal")
    # What is no file would wait for ever or never end; whoever opens a vault is told of it before.
    # Opening and closing the side file lets go of no lock: SQLite's are on the database itself.
    return beside.open("rb") if beside.is_file() and not beside.is_symlink() else BytesIO()
