"""SQLite's record format: from the bytes of one row to its values, within strict bounds."""

import struct
from typing import TypeAlias

Value: TypeAlias = int | float | str | bytes | None

MOST_COLUMNS = 64
"""No table here has as many columns; a row that claims more is not read."""

_LONGEST_VARINT = 9
_WHOLE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_REAL, _ZERO, _ONE = 7, 8, 9
_FIRST_SIZED = 12


class BrokenPageError(Exception):
    """A page, chain or row that is not what SQLite writes; nothing of it is used. Never leaves the salvage."""


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the number that stands at a place, as SQLite's 64 bits with sign, and the place after it."""
    value = 0
    for place in range(at, at + _LONGEST_VARINT):
        if not 0 <= place < len(data):
            raise BrokenPageError("a number that is cut off")
        one = data[place]
        if place == at + _LONGEST_VARINT - 1:
            value = value << 8 | one
            return value - (1 << 64) if value >> 63 else value, place + 1
        value = value << 7 | one & 0x7F
        if one < 0x80:
            return value, place + 1
    raise AssertionError("a number ends at its ninth byte")


def values_of(record: bytes) -> tuple[Value, ...]:
    """Return the values of a row, all its bytes used; BrokenPageError for anything SQLite would not write."""
    head, at = varint(record, 0)
    if not at <= head <= len(record):
        raise BrokenPageError("a row's head that does not fit")
    kinds: list[int] = []
    while at < head:
        kind, at = varint(record, at)
        kinds.append(kind)
        if len(kinds) > MOST_COLUMNS:
            raise BrokenPageError("more columns than any table has")
    if at != head:
        raise BrokenPageError("a row's head that ends within a number")
    values: list[Value] = []
    for kind in kinds:
        end = at + _size(kind)
        if end > len(record):
            raise BrokenPageError("a value that is cut off")
        values.append(_value(kind, record[at:end]))
        at = end
    if at != len(record):
        raise BrokenPageError("bytes after the last value")
    return tuple(values)


def _size(kind: int) -> int:
    if kind in _WHOLE:
        return _WHOLE[kind]
    if kind in {0, _ZERO, _ONE}:
        return 0
    if kind == _REAL:
        return 8
    if kind < _FIRST_SIZED:
        raise BrokenPageError("a kind of value that there is not")
    return (kind - _FIRST_SIZED) // 2


def _value(kind: int, data: bytes) -> Value:
    if kind in _WHOLE:
        return int.from_bytes(data, "big", signed=True)
    if kind in {_ZERO, _ONE}:
        return kind - _ZERO
    if kind == _REAL:
        return float(struct.unpack(">d", data)[0])
    if kind == 0:
        return None
    if kind % 2 == 0:
        return data
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise BrokenPageError("a text that is none") from None
