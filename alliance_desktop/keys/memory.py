"""Wiping secrets in place, as far as Python lets one."""

import ctypes
import sys
from functools import cache

_PROBE = "a probe of eight words that nobody else holds"


@cache
def can_wipe() -> bool:
    """Say whether strings and bytes of this Python lie where CPython keeps them, so that they can be wiped."""
    if sys.implementation.name != "cpython":
        return False
    text, data = _PROBE, _PROBE.encode()
    return (
        ctypes.string_at(id(text) + _text_offset(), len(text)) == data
        and ctypes.string_at(id(data) + _bytes_offset(), len(data)) == data
    )


def wipe(secret: str | bytes | bytearray) -> bool:
    """Overwrite a secret with zeros where it lies and say whether that was possible.

    Only for a value made at run time that nobody else holds: every reference to it sees the zeros.
    Texts beyond ASCII are left alone, and so are single characters, which Python shares.
    """
    if isinstance(secret, bytearray):
        secret[:] = bytes(len(secret))
        return True
    if len(secret) < 2 or not can_wipe():
        return False
    if isinstance(secret, str) and not secret.isascii():
        return False
    offset = _text_offset() if isinstance(secret, str) else _bytes_offset()
    ctypes.memset(id(secret) + offset, 0, len(secret))
    return True


def _text_offset() -> int:
    return sys.getsizeof("") - 1


def _bytes_offset() -> int:
    return sys.getsizeof(b"") - 1
