"""The guards of tests/conftest.py bite: no network, no real home, no screen."""

import os
import pwd
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from vault_cases import cheap

from alliance_desktop.keys import keyfile
from alliance_desktop.keys.derivation import passphrase_key
from alliance_desktop.keys.memory import wipe
from alliance_desktop.services.machine import Machine
from alliance_desktop.storage import connecting, pins
from tests import quick


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


def test_folders_are_made_in_memory_only_where_there_is_such_a_place_with_room(tmp_path: Path) -> None:
    assert quick.quick_place(tmp_path, least=0) == tmp_path
    assert quick.quick_place(tmp_path, least=2**80) is None
    assert quick.quick_place(tmp_path / "nowhere") is None


def test_a_key_derived_once_is_the_one_of_its_passphrase_and_salt_and_can_be_wiped() -> None:
    first, other = cheap(), cheap()
    known = keyfile.passphrase_key("a lantern", first)
    assert known == passphrase_key("a lantern", first)
    assert keyfile.passphrase_key("a lanterm", first) == passphrase_key("a lanterm", first) != known
    assert keyfile.passphrase_key("a lantern", other) == passphrase_key("a lantern", other) != known
    wipe(known)
    assert keyfile.passphrase_key("a lantern", first) == passphrase_key("a lantern", first)


def test_a_vault_locks_no_memory_here_and_that_is_asked(tmp_path: Path) -> None:
    """So a test that had memory locked for all that follow would be found; the program's own pin is in test_pins."""
    assert "PRAGMA cipher_memory_security=OFF" in connecting.BEFORE_KEY
    (pin,) = [one for one in pins.PINS if one.name == "cipher_memory_security"]
    assert pin.holds("0")
    assert not pin.holds("1")
