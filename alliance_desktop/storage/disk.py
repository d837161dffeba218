"""What the disk promises: files only their owner may read, and writes that survive a power cut.

The rules of each platform are here and nowhere else in this room.
"""

import errno
import os
import re
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from alliance_desktop.domain.errors import DiskFullError, KnownError, ReadOnlyError, SaveFailedError

_POSIX = os.name == "posix"
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_SYNCED_EVERY = 64
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def known(fault: OSError) -> KnownError:
    """Return a fault of the disk as the error to show, for a write that did not come about."""
    if fault.errno in _FULL:
        return DiskFullError()
    if fault.errno in _READ_ONLY:
        return ReadOnlyError()
    return SaveFailedError()


def make_folder(folder: Path) -> None:
    """Make a new folder that only its owner may enter; OSError where there is something."""
    folder.mkdir(mode=0o700)
    make_private(folder)


def make_file(path: Path) -> None:
    """Make a new empty file that only its owner may read; OSError where there is something."""
    os.close(os.open(path, _NEW, 0o600))
    make_private(path)


def make_private(path: Path) -> None:
    """Let nobody but the owner enter a folder or read a file; what a link to a file leads to is left alone.

    Where the disk has no such rights (exFAT, Windows' own rights) nothing changes.
    """
    is_folder = path.is_dir()
    mode = 0o700 if is_folder else 0o600
    try:
        found = path.stat() if is_folder else path.lstat()
        if not stat.S_ISLNK(found.st_mode) and stat.S_IMODE(found.st_mode) != mode:
            path.chmod(mode)
    except OSError:
        return


def may_write(path: Path) -> bool:
    """Say whether the system would let this user write there; True where only trying can tell."""
    return os.access(path, os.W_OK)


def may_read(path: Path) -> bool:
    """Say whether the system would let this user read a file or list a folder."""
    return os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0))


def read_small(path: Path, most: int) -> bytes | None:
    """Return the first `most` + 1 bytes of a file; None where there is no file or it cannot be read."""
    try:
        # A pipe or device in place of the file would wait for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with os.fdopen(os.open(path, _READING), "rb") as file:
            return file.read(most + 1) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
    except (OSError, ValueError):
        return None


def size_of(path: Path) -> int:
    """Return how large a file is, in bytes; 0 where there is none or it cannot be asked."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def is_odd(path: Path) -> bool:
    """Say whether a link, a folder, a pipe or a device lies where a file belongs; False for a file and for nothing."""
    try:
        return not stat.S_ISREG(path.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return True


def write_durably(path: Path, data: bytes) -> None:
    """Put a file in place whole or not at all, and return when it would survive a power cut; OSError.

    Between, it lies beside under the name with eight random digits and `.tmp` added. Nothing that lies there is
    written into, and what this program left there when it was stopped goes.
    """
    beside = path.with_name(f"{path.name}.{os.urandom(4).hex()}.tmp")
    fd = os.open(beside, _NEW, 0o600)
    done = False
    try:
        with os.fdopen(fd, "wb") as file:
            make_private(beside)
            file.write(data)
            file.flush()
            _sync(file.fileno())
        os.replace(beside, path)
        done = True
    finally:
        if not done:
            with suppress(OSError):
                beside.unlink()
    for left in left_beside(path):
        with suppress(OSError):
            left.unlink()
    sync_folder(path.parent)


def left_beside(path: Path) -> list[Path]:
    """Return what a program that was stopped while it wrote this file has left beside it; files alone."""
    wanted = re.compile(re.escape(path.name) + r"\.[0-9a-f]{8}\.tmp", re.ASCII)
    try:
        names = sorted(name for name in os.listdir(path.parent) if wanted.fullmatch(name))
    except OSError:
        return []
    return [one for one in map(path.with_name, names) if not is_odd(one)]


def open_new(path: Path) -> int:
    """Return a descriptor to write a new private file with; OSError where there is something, also a link."""
    return os.open(path, _NEW, 0o600)


def write_new(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a new private file and return when it would survive a power cut; OSError, also where there is something.

    The disk takes it bit by bit, so that whoever hands out the chunks is never far ahead of it.
    """
    make_file(path)
    with path.open("r+b") as file:
        for number, chunk in enumerate(chunks, 1):
            file.write(chunk)
            if number % _SYNCED_EVERY == 0:
                file.flush()
                sync_file(file.fileno())
        file.flush()
        sync_file(file.fileno())
        forget_cached(file.fileno())


def read_at(fd: int, size: int, place: int) -> bytes:
    """Return at most `size` bytes of an open file from a place on; by one thread at a time. OSError."""
    if _POSIX:
        return os.pread(fd, size, place)
    os.lseek(fd, place, os.SEEK_SET)
    return os.read(fd, size)


def write_at(fd: int, data: bytes, place: int) -> None:
    """Write all of the bytes into an open file at a place; by one thread at a time. OSError."""
    os.lseek(fd, place, os.SEEK_SET)
    left = memoryview(data)
    while left:
        left = left[os.write(fd, left) :]


def sync_file(fd: int) -> None:
    """Return when what was written into an open file would survive a power cut; OSError."""
    _sync(fd)


def forget_cached(fd: int) -> None:
    """Let the next reading of an open file come from the disk itself, where the system can do so."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is not None:
        advise(fd, 0, 0, os.POSIX_FADV_DONTNEED)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the system can (Windows keeps them by itself)."""
    if not _POSIX:
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        _sync(fd)
    finally:
        os.close(fd)


def _sync(fd: int) -> None:
    if sys.platform == "darwin":
        import fcntl

        # On macOS fsync does not reach the disk itself; this does.
        fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
        return
    os.fsync(fd)
