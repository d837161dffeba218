"""With any one of the settings changed, the vault is not opened."""

import msgspec
import pytest
from vault_cases import answer, raw, seen

from alliance_desktop.domain.errors import KnownError, UnsafeSettingError
from alliance_desktop.storage import connecting, opening, pins

SETTINGS = {
    "locking_mode": "PRAGMA locking_mode=normal",
    "journal_mode": "PRAGMA journal_mode=delete",
    "synchronous": "PRAGMA synchronous=1",
    "temp_store": "PRAGMA temp_store=1",
    "mmap_size": "PRAGMA mmap_size=1048576",
    "foreign_keys": "PRAGMA foreign_keys=0",
    "secure_delete": "PRAGMA secure_delete=0",
    "trusted_schema": "PRAGMA trusted_schema=1",
    "cell_size_check": "PRAGMA cell_size_check=0",
    "recursive_triggers": "PRAGMA recursive_triggers=0",
    "busy_timeout": "PRAGMA busy_timeout=5000",
}
FOR_THE_PROCESS = {
    "cipher_plaintext_header_size": "PRAGMA cipher_default_plaintext_header_size=32",
    "cipher_use_hmac": "PRAGMA cipher_default_use_hmac=OFF",
    "cipher_hmac_algorithm": "PRAGMA cipher_default_hmac_algorithm=HMAC_SHA1",
    "cipher_page_size": "PRAGMA cipher_default_page_size=8192",
    "cipher_log_level": "PRAGMA cipher_log_level=ERROR",
    "cipher_memory_security": None,
}
CREATE_WITH_A_CHANGE = """
import os, sys
from pathlib import Path
from alliance_desktop.domain.errors import UnsafeSettingError
from alliance_desktop.storage import connecting, opening, vault
from vault_cases import PASSPHRASE, cheap, clock
folder, change = Path(sys.argv[1]), sys.argv[2]
quiet, security = connecting.BEFORE_KEY
connecting.BEFORE_KEY = (quiet, security, change) if change != "None" else (quiet,)
try:
    vault.create(folder, PASSPHRASE, random=os.urandom, now=clock(), kdf=cheap())
    print("made")
except UnsafeSettingError as error:
    print(error.setting)
"""
OLDER = {"cipher_version": "SELECT '4.18.9 community'", "sqlite_version": "SELECT '3.51.2'"}
IN_ANOTHER_WAY = {"auto_vacuum", "load_extension"}


def refused(folder, secrets):
    before = seen(folder)
    with pytest.raises(KnownError) as caught:
        opening.open_store(folder, secrets)
    assert {name: one for name, one in seen(folder).items() if name != "notes.db"} == {
        name: one for name, one in before.items() if name != "notes.db"
    }
    return caught.value


def with_pin(monkeypatch, name, **changes):
    changed = tuple(msgspec.structs.replace(pin, **changes) if pin.name == name else pin for pin in pins.PINS)
    assert changed != pins.PINS
    monkeypatch.setattr(pins, "PINS", changed)


def test_every_pin_is_tried():
    tried = [*SETTINGS, *FOR_THE_PROCESS, *OLDER, *IN_ANOTHER_WAY]
    assert sorted(tried) == sorted(pin.name for pin in pins.PINS)


def test_with_all_pins_the_vault_opens(store):
    assert store.clients.all() == []


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_changed_is_refused(folder, secrets, monkeypatch, name):
    with_pin(monkeypatch, name, setting=SETTINGS[name])
    error = refused(folder, secrets)
    assert isinstance(error, UnsafeSettingError)
    assert error.setting == name


@pytest.mark.parametrize("name", FOR_THE_PROCESS)
def test_a_setting_of_the_whole_process_changed_is_refused(tmp_path, name):
    folder = tmp_path / "New.vault"
    assert answer(CREATE_WITH_A_CHANGE, folder, FOR_THE_PROCESS[name]) == f"{name}\n"
    assert list(tmp_path.iterdir()) == []


def test_without_a_change_a_vault_is_made(tmp_path):
    folder = tmp_path / "New.vault"
    assert answer(CREATE_WITH_A_CHANGE, folder, "PRAGMA cipher_log_level=NONE") == "made\n"


@pytest.mark.parametrize("name", OLDER)
def test_an_older_library_is_refused(folder, secrets, monkeypatch, name):
    with_pin(monkeypatch, name, question=OLDER[name])
    assert name in refused(folder, secrets).sentence


def test_extensions_let_in_are_refused(folder, secrets, monkeypatch):
    connected = connecting.connected

    def letting_in(path, mode):
        connection = connected(path, mode)
        connection.enable_load_extension(True)
        return connection

    monkeypatch.setattr(connecting, "connected", letting_in)
    assert "load_extension" in refused(folder, secrets).sentence


def test_a_database_that_shrinks_by_itself_is_refused(folder, secrets):
    connection = raw(folder, secrets)
    connection.execute("PRAGMA auto_vacuum=1").fetchall()
    connection.execute("VACUUM").fetchall()
    connection.close()
    assert "auto_vacuum" in refused(folder, secrets).sentence
