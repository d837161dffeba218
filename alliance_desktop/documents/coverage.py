"""Which characters a font file can show, read from its `cmap` table (OpenType 1.9, formats 4 and 12)."""

import struct
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

Spans = list[tuple[int, int]]
"""First and last code point of each run, both included."""

_UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}


class Coverage:
    """The code points of several fonts together."""

    def __init__(self, runs: Iterable[tuple[int, int]]) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        for first, last in sorted(runs):
            if self._lasts and first <= self._lasts[-1] + 1:
                self._lasts[-1] = max(last, self._lasts[-1])
            else:
                self._firsts.append(first)
                self._lasts.append(last)

    def __contains__(self, code: int) -> bool:
        """Say whether one of the fonts has a sign for a code point."""
        place = bisect_right(self._firsts, code) - 1
        return place >= 0 and code <= self._lasts[place]


def spans(path: Path, index: int = 0) -> Spans:
    """Return the code points that a font has a sign for; none for a file that is no readable font."""
    try:
        with path.open("rb") as file:
            return _read(file, index)
    except (OSError, struct.error):
        return []


def _read(file: BinaryIO, index: int) -> Spans:
    start = 0
    if file.read(4) == b"ttcf":
        file.seek(12 + 4 * index)
        (start,) = struct.unpack(">I", file.read(4))
    file.seek(start + 4)
    (count,) = struct.unpack(">H6x", file.read(8))
    for _ in range(count):
        tag, place, length = struct.unpack(">4s4xII", file.read(16))
        if tag == b"cmap":
            file.seek(place)
            return _spans(file.read(length))
    return []


def _spans(cmap: bytes) -> Spans:
    (count,) = struct.unpack_from(">2xH", cmap)
    found: Spans = []
    for number in range(count):
        platform, encoding, place = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        if (platform, encoding) in _UNICODE:
            (kind,) = struct.unpack_from(">H", cmap, place)
            if kind == 12:
                return _groups(cmap, place)
            if kind == 4:
                found = _segments(cmap, place)
    return found


def _groups(cmap: bytes, place: int) -> Spans:
    (count,) = struct.unpack_from(">I", cmap, place + 12)
    start = place + 16
    return [(first, last) for first, last, _ in struct.iter_unpack(">III", cmap[start : start + 12 * count])]


def _segments(cmap: bytes, place: int) -> Spans:
    (twice,) = struct.unpack_from(">H", cmap, place + 6)
    lasts = struct.unpack_from(f">{twice // 2}H", cmap, place + 14)
    firsts = struct.unpack_from(f">{twice // 2}H", cmap, place + 16 + twice)
    return [(first, last) for first, last in zip(firsts, lasts, strict=True) if first != 0xFFFF]
