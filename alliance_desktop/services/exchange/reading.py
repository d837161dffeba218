"""A file of the exchange format read line by line: each proved to be plain JSON, and none read without end."""

import json
import math
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from alliance_desktop.domain.exchange.errors import BadLineError, FileReadError, NoFileError
from alliance_desktop.domain.exchange.lines import LONGEST, LONGEST_WRITTEN, Line
from alliance_desktop.domain.exchange.values import LineError

_OPENED = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_MARK = b"\xef\xbb\xbf"
_NOT_JSON = "it is not one JSON object"
_DEEPEST = 64
_TOO_DEEP = "it is nested too deeply"


class Numbered(NamedTuple):
    """One line as it stands: its number from 1, what it says, how many bytes it has, and the share that is read.

    `long` is the line itself where it is so long that it must be written as an export writes it.
    """

    number: int
    line: Line
    size: int
    share: float
    long: bytes = b""


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Give a file to read from; NoFileError for what is no file that can be read."""
    try:
        fd = os.open(path, _OPENED)
    except (OSError, ValueError):
        raise NoFileError from None
    # A pipe or a device has no end; what a system only shows as a file has no length.
    if not stat.S_ISREG(os.fstat(fd).st_mode) or not _has_length(fd):
        os.close(fd)
        raise NoFileError
    with os.fdopen(fd, "rb", buffering=1 << 18) as file:
        yield file


def _has_length(fd: int) -> bool:
    try:
        os.lseek(fd, 0, os.SEEK_END)
        return os.lseek(fd, 0, os.SEEK_SET) == 0
    except OSError:
        return False


def lines_of(file: BinaryIO) -> Iterator[Numbered]:
    """Yield the lines of a file; BadLineError for the first that is no plain JSON object, FileReadError."""
    whole = max(1, os.fstat(file.fileno()).st_size)
    number = done = 0
    while data := _next(file):
        number += 1
        done += len(data)
        ends = data.endswith(b"\n")
        bare = data.rstrip(b"\r\n") if ends else data
        try:
            line = _object_in(bare, first=number == 1, ends=ends)
        except LineError as fault:
            raise BadLineError(number, str(fault)) from None
        yield Numbered(number, line, len(data), min(1.0, done / whole), bare if len(bare) > LONGEST else b"")
    if not number:
        raise BadLineError(1, "the file is empty")


def _next(file: BinaryIO) -> bytes:
    try:
        return file.readline(LONGEST_WRITTEN + 3)
    except OSError:
        raise FileReadError from None


def _object_in(bare: bytes, *, first: bool, ends: bool) -> Line:
    if len(bare) > LONGEST_WRITTEN:
        raise LineError(f"it is longer than {LONGEST_WRITTEN:,} bytes")
    if first and bare.startswith(_MARK):
        raise LineError("it begins with a byte order mark; the file is to be UTF-8 without one")
    if not bare.strip():
        raise LineError("it is empty")
    if b"\0" in bare:
        raise LineError("it holds NUL, which no text has")
    return _loaded(_text(bare), whole=ends)


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise LineError("it is not UTF-8") from None


def _loaded(text: str, *, whole: bool) -> Line:
    try:
        made = _DECODER.decode(text)
    except RecursionError:
        raise LineError(_TOO_DEEP) from None
    except ValueError:
        raise LineError(_NOT_JSON if whole else "the file is cut in the middle of it") from None
    if not isinstance(made, dict):
        raise LineError(_NOT_JSON)
    if text.count("{") + text.count("[") > _DEEPEST and _is_deep(made):
        raise LineError(_TOO_DEEP)
    if "\\u" in text and not _is_text(made):
        raise LineError("it holds NUL, or half of a character")
    return made


def _is_deep(value: Any) -> bool:
    """Say whether objects stand so deep in each other that what walks through them later could not come back."""
    layer = [value]
    for _ in range(_DEEPEST):
        layer = [within for one in layer for within in _within(one) if isinstance(within, dict | list)]
        if not layer:
            return False
    return True


def _within(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _is_text(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= one <= "\udfff" for one in value)
    if isinstance(value, dict):
        return all(_is_text(key) and _is_text(one) for key, one in value.items())
    return all(map(_is_text, value)) if isinstance(value, list) else True


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise LineError("a key stands twice in one object")
    return made


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise LineError("a number is out of bounds")
    return number


def _constant(_text: str) -> float:
    raise LineError("a number is NaN or infinite")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_number, parse_constant=_constant)
