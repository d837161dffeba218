"""The guards of tests/conftest.py bite: no network, no real home, no screen."""

import os
import pwd
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from alliance_desktop.services.machine import Machine


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6, socket.AF_UNIX])
def test_a_socket_raises(family: socket.AddressFamily) -> None:
    with pytest.raises(AssertionError, match="no network"):
        socket.socket(family)


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(AssertionError, match="no network"):
        socket.getaddrinfo("localhost", 80)


def test_a_pulled_cable_is_not_what_the_code_sees() -> None:
    with pytest.raises(AssertionError) as fault:
        socket.create_connection(("127.0.0.1", 9))
    assert not isinstance(fault.value, OSError)


def test_without_the_guard_a_socket_opens() -> None:
    """The control: the same line in a Python of its own works, so the guard is what stops it here."""
    line = "import socket; socket.socket(socket.AF_INET).close()"
    assert subprocess.run([sys.executable, "-c", line], check=False).returncode == 0


def test_the_home_is_not_the_real_one(own_home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    real = Path(pwd.getpwuid(os.getuid()).pw_dir)
    assert Path.home() == own_home != real
    assert own_home.is_relative_to(tmp_path_factory.getbasetemp())
    child = subprocess.run(
        [sys.executable, "-c", "import pathlib; print(pathlib.Path.home())"], capture_output=True, text=True, check=True
    )
    assert Path(child.stdout.strip()) == own_home


def test_local_state_goes_into_the_tests_own_home(own_home: Path, tmp_path: Path) -> None:
    machine = Machine.of_this_computer()
    machine.keep_last_vault(tmp_path)
    assert machine.last_vault() == tmp_path
    assert [one.name for one in own_home.rglob("*") if one.is_file()] == ["vault"]


def test_no_screen_is_used() -> None:
    assert os.environ["QT_QPA_PLATFORM"]
