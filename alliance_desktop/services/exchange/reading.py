"""A file of the exchange format read line by line: each proved to be plain JSON, and none read without end."""

import io
import json
import math
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from alliance_desktop.domain.exchange.errors import BadLineError, NoFileError
from alliance_desktop.domain.exchange.lines import LONGEST, Line
from alliance_desktop.domain.exchange.values import LineError

_OPENED = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_MARK = b"\xef\xbb\xbf"
_NOT_JSON = "it is not one JSON object"
_DEEPEST = 64
_TOO_DEEP = "it is nested too deeply"


class Numbered(NamedTuple):
    """One line as it stands: its number from 1, what it says, how many bytes it has, and the share that is read."""

    number: int
    line: Line
    size: int
    share: float


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Give a file to read from; NoFileError for what is no file that can be read."""
    try:
        fd = os.open(path, _OPENED)
    except (OSError, ValueError):
        raise NoFileError from None
    # A pipe or a device has no end.
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise NoFileError
    with os.fdopen(fd, "rb", buffering=1 << 18) as file:
        yield file


def lines_of(file: BinaryIO) -> Iterator[Numbered]:
    """Yield the lines of a file; BadLineError for the first that is no plain JSON object."""
    whole = max(1, _size(file))
    number = done = 0
    while data := file.readline(LONGEST + 3):
        number += 1
        done += len(data)
        try:
            yield Numbered(number, _object_in(data, first=number == 1), len(data), done / whole)
        except LineError as fault:
            raise BadLineError(number, str(fault)) from None
    if not number:
        raise BadLineError(1, "the file is empty")


def _size(file: BinaryIO) -> int:
    at = file.tell()
    size = file.seek(0, io.SEEK_END)
    file.seek(at)
    return size


def _object_in(data: bytes, *, first: bool) -> Line:
    whole = data.endswith(b"\n")
    bare = data.rstrip(b"\r\n") if whole else data
    if len(bare) > LONGEST:
        raise LineError(f"it is longer than {LONGEST:,} bytes")
    if first and bare.startswith(_MARK):
        raise LineError("it begins with a byte order mark; the file is to be UTF-8 without one")
    if not bare.strip():
        raise LineError("it is empty")
    if b"\0" in bare:
        raise LineError("it holds NUL, which no text has")
    return _loaded(_text(bare), whole=whole)


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
