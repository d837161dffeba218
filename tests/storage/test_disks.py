"""Which disk a folder lies on, with tables as Linux gives them; what only looks like another disk does not pass."""

import os
from pathlib import Path

import pytest

from alliance_desktop.storage import disks
from alliance_desktop.storage.disks import System, Where

MOUNTS = """\
1 0 259:2 / / rw - ext4 /dev/mapper/root rw
2 1 0:25 / /dev/shm rw - tmpfs tmpfs rw
3 1 0:30 / /run/user/1000 rw - tmpfs tmpfs rw
4 1 8:2 / /srv/other\\040part rw - ext4 /dev/sda2 rw
5 1 8:17 / /media/stick rw - vfat /dev/sdb1 rw
6 1 0:40 /@home /home rw - btrfs /dev/sda3 rw
7 1 0:41 /@data /data rw - btrfs /dev/sda3 rw
8 1 0:42 / /mnt/nas rw - cifs //nas/backups rw
9 1 0:43 / /mnt/self rw - nfs4 localhost:/srv rw
10 1 7:0 / /mnt/image rw - ext4 /dev/loop0 rw
11 1 252:0 / /mnt/squeezed rw - ext4 /dev/zram0 rw
12 1 0:44 / /mnt/pool rw - zfs pool/data rw
13 1 0:45 / /media/ntfs rw - fuseblk /dev/sdb2 rw
14 1 0:46 / /mnt/far rw - fuse.sshfs me@far:/ rw
15 1 9:0 / /mnt/mirror rw - ext4 /dev/md0 rw
16 5 0:47 / /media/stick/inner rw - tmpfs tmpfs rw
"""
NODES = {
    "/dev/mapper/root": "254:0",
    "/dev/sda2": "8:2",
    "/dev/sda3": "8:3",
    "/dev/sdb1": "8:17",
    "/dev/sdb2": "8:18",
    "/dev/loop0": "7:0",
    "/dev/zram0": "252:0",
    "/dev/md0": "9:0",
}


@pytest.fixture
def system(tmp_path: Path) -> System:
    """A computer whose root is an encrypted volume on the second partition of one disk, with a second disk and more."""
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS, encoding="ascii")
    devices, numbers = tmp_path / "devices", tmp_path / "numbers"
    numbers.mkdir()

    def add(number: str, place: str, slaves: tuple[str, ...] = (), file: str = "") -> None:
        folder = devices / place
        folder.mkdir(parents=True)
        (folder / "dev").write_text(f"{number}\n")
        if "/" in place:
            (folder / "partition").write_text("1\n")
        for one in slaves:
            (folder / "slaves" / Path(one).name).parent.mkdir(exist_ok=True)
            (folder / "slaves" / Path(one).name).symlink_to(devices / one)
        if file:
            (folder / "loop").mkdir()
            (folder / "loop" / "backing_file").write_text(f"{file}\n")
        (numbers / number).symlink_to(folder)

    for number, place in (("8:0", "sda"), ("8:1", "sda/sda1"), ("8:2", "sda/sda2"), ("8:3", "sda/sda3")):
        add(number, place)
    for number, place in (("8:16", "sdb"), ("8:17", "sdb/sdb1"), ("8:18", "sdb/sdb2"), ("252:0", "zram0")):
        add(number, place)
    add("254:0", "dm-0", ("sda/sda1",))
    add("9:0", "md0", ("sda/sda2", "sdb/sdb1"))
    add("7:0", "loop0", file="/home/me/disk.img")
    return System("linux", table, numbers, NODES.get)


@pytest.mark.parametrize(
    ("folder", "where"),
    [
        ("/home/me/Backups", Where.SAME),
        ("/srv/other part/x", Where.SAME),
        ("/data/subvolume", Where.SAME),
        ("/mnt/image/x", Where.SAME),
        ("/mnt/mirror", Where.SAME),
        ("/dev/shm/x", Where.MEMORY),
        ("/run/user/1000/x", Where.MEMORY),
        ("/mnt/squeezed", Where.MEMORY),
        ("/media/stick/inner/x", Where.MEMORY),
        ("/media/stick", Where.OUTSIDE),
        ("/media/stick2", Where.SAME),
        ("/media/ntfs/x", Where.OUTSIDE),
        ("/mnt/nas/me", Where.OUTSIDE),
        ("/mnt/far", Where.OUTSIDE),
        ("/mnt/self/x", Where.UNKNOWN),
        ("/mnt/pool/x", Where.UNKNOWN),
    ],
)
@pytest.mark.parametrize("vault", ["/srv/Notes.vault", "/home/me/Notes.vault"])
def test_only_another_whole_disk_or_computer_is_outside(system: System, vault: str, folder: str, where: Where) -> None:
    assert disks.told(Path(vault), Path(folder), system) is where


def test_where_nothing_can_be_told_nothing_is_outside(system: System, tmp_path: Path) -> None:
    assert disks.told(Path("/a"), Path("/media/stick"), system._replace(mounts=tmp_path / "none")) is Where.UNKNOWN
    (tmp_path / "empty").mkdir()
    blind = system._replace(disks=tmp_path / "empty")
    assert disks.told(Path("/a"), Path("/media/stick"), blind) is Where.UNKNOWN
    assert disks.told(Path("/a"), Path("/mnt/nas"), blind) is Where.OUTSIDE


def test_a_ring_of_devices_comes_to_an_end(system: System, tmp_path: Path) -> None:
    (tmp_path / "devices" / "loop0" / "loop" / "backing_file").write_text("/mnt/image/disk.img\n")
    assert disks.told(Path("/root"), Path("/mnt/image/x"), system) is Where.UNKNOWN


def test_other_systems_tell_what_they_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mac = System("darwin")
    assert disks.told(tmp_path, tmp_path, mac) is Where.SAME
    assert disks.told(tmp_path, Path("/proc"), mac) is Where.UNKNOWN
    monkeypatch.setattr(os.path, "realpath", str)
    monkeypatch.setattr(os.path, "splitdrive", lambda path: (str(path)[:2], str(path)[2:]))
    windows = System("win32")
    assert disks.told(Path("C:/Notes.vault"), Path("c:/Backups"), windows) is Where.SAME
    assert disks.told(Path("C:/Notes.vault"), Path("E:/"), windows) is Where.OUTSIDE


@pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="Linux alone has such a table")
def test_this_computer_itself(tmp_path: Path) -> None:
    assert disks.told(tmp_path, tmp_path) in {Where.SAME, Where.UNKNOWN, Where.MEMORY}
    assert disks.told(tmp_path, Path("/dev/shm")) is Where.MEMORY
