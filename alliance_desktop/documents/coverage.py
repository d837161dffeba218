"""Which characters a font file can show, read from its `cmap` table (OpenType 1.9, formats 4 and 12)."""

import struct
from pathlib import Path
from typing import BinaryIO

Spans = list[tuple[int, int]]
"""First and last code point of each run, both included."""

_UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}


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
    triples = (struct.unpack_from(">III", cmap, place + 16 + 12 * one) for one in range(count))
    return [(first, last) for first, last, _ in triples]


def _segments(cmap: bytes, place: int) -> Spans:
    (twice,) = struct.unpack_from(">H", cmap, place + 6)
    lasts = struct.unpack_from(f">{twice // 2}H", cmap, place + 14)
    firsts = struct.unpack_from(f">{twice // 2}H", cmap, place + 16 + twice)
    return [(first, last) for first, last in zip(firsts, lasts, strict=True) if first != 0xFFFF]
