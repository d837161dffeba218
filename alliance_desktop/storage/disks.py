"""Which disk a folder lies on: the whole one behind a partition, an encrypted volume or a file that is mounted.

On Linux the system tells. Elsewhere what can be told is little: on Windows another drive letter or a share, on macOS
another volume under /Volumes; partitions of one disk pass for two there.
"""

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

_MEMORY = frozenset({"tmpfs", "ramfs", "devtmpfs", "hugetlbfs"})
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "davfs"})
_NETWORK_FUSE = re.compile(r"fuse\.(sshfs|glusterfs|rclone|davfs2|s3fs|gvfsd-fuse|curlftpfs)")
_MEMORY_DISK = re.compile(r"(ram|zram)\d+")
_THIS_COMPUTER = re.compile(r"(//)?(localhost|127\.[\d.]+|\[::1\])[:/]", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([0-7]{3})")
_DEEPEST = 8
_NETWORK_DISK, _MEMORY_KIND = "another computer", "memory"


class Where(StrEnum):
    """Where a folder lies, seen from a vault: `UNKNOWN` where it cannot be told, and never to be taken for OUTSIDE."""

    SAME = "same"
    OUTSIDE = "outside"
    MEMORY = "memory"
    UNKNOWN = "unknown"


class System(NamedTuple):
    """What is asked: the platform, its table of mounts, its list of disks, and the number of a device file."""

    platform: str = sys.platform
    mounts: Path = Path("/proc/self/mountinfo")
    disks: Path = Path("/sys/dev/block")
    number_of: Callable[[str], str | None] = lambda path: _number_of(path)


class _Mount(NamedTuple):
    place: str
    number: str
    kind: str
    source: str


def told(vault: Path, folder: Path, system: System | None = None) -> Where:
    """Say where a folder lies, seen from a vault."""
    system = system or System()
    try:
        if system.platform == "linux":
            return _told_on_linux(os.path.realpath(vault), os.path.realpath(folder), system)
        return _told_elsewhere(vault, folder, system.platform)
    except OSError:
        return Where.UNKNOWN


def _told_on_linux(vault: str, folder: str, system: System) -> Where:
    mounts = list(_mounts(system.mounts))
    here, there = _disks(vault, mounts, system), _disks(folder, mounts, system)
    if _MEMORY_KIND in there:
        return Where.MEMORY
    if here & there:
        return Where.SAME
    if there == {_NETWORK_DISK} or (here and there):
        return Where.OUTSIDE
    return Where.UNKNOWN


def _told_elsewhere(vault: Path, folder: Path, platform: str) -> Where:
    if platform == "win32":
        here, there = (os.path.splitdrive(os.path.realpath(one))[0].casefold() for one in (vault, folder))
        return Where.SAME if here == there else Where.OUTSIDE
    if folder.stat().st_dev == vault.stat().st_dev:
        return Where.SAME
    is_volume = platform == "darwin" and os.path.realpath(folder).startswith("/Volumes/")
    return Where.OUTSIDE if is_volume else Where.UNKNOWN


def _mounts(table: Path) -> Iterator[_Mount]:
    for line in table.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        first, _, last = line.partition(" - ")
        fields, (kind, source) = first.split(" "), last.split(" ")[:2]
        yield _Mount(_plain(fields[4]), fields[2], kind, _plain(source))


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), text)


def _disks(path: str, mounts: list[_Mount], system: System, depth: int = 0) -> frozenset[str]:
    """Return the whole disks a path lies on, another computer or memory; nothing where that cannot be told."""
    # What is mounted last hides what was there before.
    fitting = [one for one in mounts if path == one.place or path.startswith(one.place.rstrip("/") + "/")]
    mount = max(enumerate(fitting), key=lambda one: (len(one[1].place), one[0]), default=(0, None))[1]
    if mount is None or depth > _DEEPEST:
        return frozenset()
    if mount.kind in _MEMORY:
        return frozenset({_MEMORY_KIND})
    if mount.kind in _NETWORK or _NETWORK_FUSE.fullmatch(mount.kind):
        return frozenset() if _THIS_COMPUTER.match(mount.source) else frozenset({_NETWORK_DISK})
    number = system.number_of(mount.source)
    if number is None and not mount.number.startswith("0:"):
        number = mount.number
    if number is not None:
        return _whole(number, mounts, system, depth)
    # A folder that is shown deciphered in another place lies where the folder itself lies.
    is_folder = mount.source.startswith("/") and mount.source != path and os.path.isdir(mount.source)
    return _disks(mount.source, mounts, system, depth + 1) if is_folder else frozenset()


def _whole(number: str, mounts: list[_Mount], system: System, depth: int) -> frozenset[str]:
    """Return the whole disks behind a block device, through partitions, volumes and files that are mounted."""
    device = Path(os.path.realpath(system.disks / number))
    if depth > _DEEPEST or not device.is_dir():
        return frozenset()
    if (device / "partition").exists():
        device = device.parent
    if _MEMORY_DISK.fullmatch(device.name):
        return frozenset({_MEMORY_KIND})
    below = sorted(device.glob("slaves/*/dev"))
    if below:
        found = [_whole(one.read_text(encoding="ascii").strip(), mounts, system, depth + 1) for one in below]
        return frozenset().union(*found) if all(found) else frozenset()
    backing = device / "loop" / "backing_file"
    if backing.exists():
        file = backing.read_text(encoding="utf-8", errors="surrogateescape").strip()
        return _disks(os.path.realpath(file), mounts, system, depth + 1)
    return frozenset({device.name})


def _number_of(path: str) -> str | None:
    """Return the number of a block device file; None for anything else."""
    with suppress(OSError, ValueError):
        found = os.stat(path)
        if stat.S_ISBLK(found.st_mode):
            return f"{os.major(found.st_rdev)}:{os.minor(found.st_rdev)}"
    return None
