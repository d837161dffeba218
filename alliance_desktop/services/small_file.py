"""Small files of local state: read and put in place without trusting whatever else may lie under their names."""

import errno
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

LONGEST = 16_384
"""How many bytes such a file has at most."""

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def is_small_file(path: Path, longest: int = LONGEST) -> bool:
    """Say whether a regular file of at most `longest` bytes lies there; no link is followed. OSError, also for none."""
    found = path.lstat()
    return stat.S_ISREG(found.st_mode) and found.st_size <= longest


def read_small(path: Path, longest: int = LONGEST) -> bytes:
    """Return what a small file holds; OSError where it cannot be read, is longer, or is a link, a pipe or a device."""
    # Opening a pipe or a device can already do something.
    if not is_small_file(path, longest):
        raise OSError(errno.EINVAL, "not a small file")
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a small file")
        return file.read(longest)


def put_small(path: Path, data: bytes) -> None:
    """Put a private file in place whole, instead of whatever has its name; OSError, and then nothing new is left.

    It is written under a name that nobody can have prepared, so no other file is ever written into.
    """
    handle, part = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(part, path)
    except OSError:
        with suppress(OSError):
            os.unlink(part)
        raise
