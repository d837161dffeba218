"""From days, times and answers to what a column holds, and back."""

import datetime
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from alliance_desktop.domain.errors import VaultDamagedError

T = TypeVar("T")


def time_text(time: datetime.datetime) -> str:
    """Return a time as fixed-width text in UTC, so that text order is time order; ValueError without a time zone."""
    if time.tzinfo is None:
        raise ValueError("a stored time needs its zone")
    return time.astimezone(datetime.UTC).isoformat(timespec="microseconds")


def time_of(text: str) -> datetime.datetime:
    """Return a stored time, in UTC; VaultDamagedError where it is none."""
    return sound(lambda: datetime.datetime.fromisoformat(text))


def day_of(text: str) -> datetime.date:
    """Return a stored day; VaultDamagedError where it is none."""
    return sound(lambda: datetime.date.fromisoformat(text))


def encoded(value: Any) -> str:
    """Return plain data as JSON text."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return msgspec.json.encode(_mended(value)).decode()


def decoded(text: str | None) -> Any:
    """Return the plain data of JSON text, None for none; VaultDamagedError where it is not JSON."""
    return None if text is None else sound(lambda: msgspec.json.decode(text))


def read_as(decoder: "msgspec.json.Decoder[T]", text: str) -> T:
    """Return what a JSON text says as a decoder reads it; VaultDamagedError where it does not say that."""
    return sound(lambda: decoder.decode(text))


def whole_text(text: str) -> str:
    """Return a text that can be stored: half characters, which a broken paste leaves, become U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def sound(read: Callable[[], T]) -> T:
    """Return what is read. A row that says nonsense is joined from pages of different times: damage, and no bug."""
    try:
        return read()
    except (ValueError, KeyError, msgspec.DecodeError, RecursionError):
        pass
    # Raised after the handler, so that no stored text hangs on it.
    raise VaultDamagedError


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, dict):
        return {_mended(key): _mended(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_mended(one) for one in value]
    return value
