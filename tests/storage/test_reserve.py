"""Room is kept aside in a vault's folder, and given back for the last words."""

import os
import stat
import sys
from pathlib import Path

import pytest

from alliance_desktop.storage import reserve


def test_room_is_kept_and_given_back(tmp_path: Path) -> None:
    reserve.keep(tmp_path, os.urandom)
    kept = (tmp_path / reserve.NAME).stat()
    assert kept.st_size == reserve.SIZE
    if hasattr(kept, "st_blocks"):
        assert kept.st_blocks * 512 >= reserve.SIZE, "an empty promise keeps no room"
    assert reserve.free(tmp_path)
    assert not list(tmp_path.iterdir())
    assert not reserve.free(tmp_path)


def test_what_is_kept_already_is_left_alone(tmp_path: Path) -> None:
    reserve.keep(tmp_path, os.urandom)
    before = (tmp_path / reserve.NAME).read_bytes()
    reserve.keep(tmp_path, os.urandom)
    assert (tmp_path / reserve.NAME).read_bytes() == before


def test_nothing_is_taken_from_a_nearly_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": reserve.SIZE})
    monkeypatch.setattr(reserve.shutil, "disk_usage", lambda _folder: usage)
    reserve.keep(tmp_path, os.urandom)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_disk_that_refuses_half_way_is_left_clean(tmp_path: Path) -> None:
    pid = os.fork()
    if pid == 0:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
        reserve.keep(tmp_path, os.urandom)
        os._exit(len(list(tmp_path.iterdir())))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_it_is_its_owners_only(tmp_path: Path) -> None:
    reserve.keep(tmp_path, os.urandom)
    assert stat.S_IMODE((tmp_path / reserve.NAME).stat().st_mode) == 0o600
