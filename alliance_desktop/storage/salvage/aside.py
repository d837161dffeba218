"""A copy of a damaged vault's whole folder beside it, before anything else is tried."""

import datetime
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from alliance_desktop.domain.salvage_errors import CopyAsideError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.storage import disk
from alliance_desktop.storage.backup_file import FOLDER, SUFFIX
from alliance_desktop.storage.beside import free_beside
from alliance_desktop.storage.database import let_go

_CHUNK = 1 << 16
_BLOCK = 4096


def free_place(place: Path, words: str, day: datetime.date) -> Path:
    """Return a free name beside a vault or a backup: "My notes (damaged, copied 2026-11-22).vault"."""
    beside = place.parent.parent if place.suffix == SUFFIX and place.parent.name == FOLDER else place
    return free_beside(beside, f"{words} {day.isoformat()}")


def copy_aside(folder: Path, copy: Path, watch: Watch | None = None) -> int:
    """Copy every file of a folder, side files and all, and return how many bytes could not be read.

    Those are zeros in the copy. The folder copied is only read. Slow, for any thread; not while the vault is open in
    this process. CopyAsideError, BackupStoppedError; then nothing is left of the copy.
    """
    watch = watch or Watch()
    done = False
    try:
        files = list(_files(folder))
        total = sum(size for _, size in files) or 1
        disk.make_folder(copy)
        at = lost = 0
        for path, size in files:
            target = copy / path.relative_to(folder)
            for missing in [one for one in (target.parent, *target.parent.parents) if not one.exists()][::-1]:
                disk.make_folder(missing)
            lost += _copied(path, target, watch, at, total)
            at += size
        disk.sync_folder(copy)
        disk.sync_folder(copy.parent)
        done = True
    except OSError:
        raise CopyAsideError from None
    finally:
        if not done:
            shutil.rmtree(copy, ignore_errors=True)
    return lost


def _files(folder: Path) -> Iterator[tuple[Path, int]]:
    """Yield the plain files of a folder and their sizes; links are left where they are, as they may lead anywhere."""
    for one in sorted(folder.rglob("*")):
        if one.is_file() and not one.is_symlink():
            yield one, one.stat().st_size


def _copied(path: Path, target: Path, watch: Watch, before: int, total: int) -> int:
    """Copy one file to the disk itself and return how many bytes could not be read."""
    lost = 0

    def parts() -> Iterator[bytes]:
        nonlocal lost
        at = 0
        size = os.fstat(source).st_size
        while at < size:
            part, unread = _read(source, at, min(_CHUNK, size - at))
            yield part
            lost += unread
            at += len(part)
            watch.at((before + at) / total)

    source = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        disk.write_new(target, parts())
    finally:
        let_go(source)
    shutil.copystat(path, target)
    disk.make_private(target)
    return lost


def _read(source: int, at: int, size: int) -> tuple[bytes, int]:
    """Return bytes of a file, block by block where the disk has bad places, which become zeros and are counted."""
    try:
        part = disk.read_at(source, size, at)
        if part:
            return part, 0
    except OSError:
        pass
    if size <= _BLOCK:
        return bytes(size), size
    halves = [_read(source, at + start, min(_BLOCK, size - start)) for start in range(0, size, _BLOCK)]
    return b"".join(part for part, _ in halves), sum(unread for _, unread in halves)
