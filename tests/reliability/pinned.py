"""S2: with any one of the settings that keep notes safe changed, no vault is opened."""

from pathlib import Path
from unittest import mock

import msgspec
from vault_cases import cheap, clock

from alliance_desktop.domain.errors import KnownError, UnsafeSettingError
from alliance_desktop.storage import opening, pins, vault
from tests.reliability.frame import Control, Figures, Trial, most, tries

OTHERWISE = {
    "locking_mode": "normal",
    "journal_mode": "delete",
    "synchronous": "1",
    "temp_store": "1",
    "mmap_size": "1048576",
    "foreign_keys": "0",
    "secure_delete": "0",
    "trusted_schema": "1",
    "cell_size_check": "0",
    "recursive_triggers": "0",
    "busy_timeout": "5000",
}
ANSWERED = {
    "cipher_version": "SELECT '4.18.9 community'",
    "sqlite_version": "SELECT '3.51.2'",
    "cipher_page_size": "SELECT 8192",
    "cipher_use_hmac": "SELECT 0",
    "cipher_hmac_algorithm": "SELECT 'HMAC_SHA1'",
    "cipher_plaintext_header_size": "SELECT 32",
    "cipher_log_level": "SELECT 'ERROR'",
    "cipher_memory_security": "SELECT 0",
    "auto_vacuum": "SELECT 1",
    "load_extension": "SELECT 1",
}


def _changed(pin: pins.Pin, *, asked: bool) -> pins.Pin:
    """Return a setting made or answered otherwise; where nobody asks, any answer will do."""
    name = pin.name
    if name in OTHERWISE:
        other = msgspec.structs.replace(pin, setting=f"PRAGMA {name}={OTHERWISE[name]}")
    else:
        other = msgspec.structs.replace(pin, question=ANSWERED[name])
    return other if asked else msgspec.structs.replace(other, question="SELECT 1", holds=lambda _answer: True)


def _tried(_count: int, folder: Path, *, asked: bool) -> Figures:
    place = folder / "Notes.vault"
    secrets = vault.create(place, "quiet herons by the weir", random=bytes_of, now=clock(), kdf=cheap())
    figures = {"settings changed": 0, "opened all the same": 0, "refused for another reason": 0}
    for at, pin in enumerate(pins.PINS):
        others = (*pins.PINS[:at], _changed(pin, asked=asked), *pins.PINS[at + 1 :])
        figures["settings changed"] += 1
        with mock.patch.object(pins, "PINS", others):
            try:
                opening.open_store(place, secrets).close()
                figures["opened all the same"] += 1
            except UnsafeSettingError as told:
                figures["refused for another reason"] += told.setting != pin.name
            except KnownError:
                figures["refused for another reason"] += 1
    return figures


def bytes_of(count: int) -> bytes:
    return bytes(range(count))


TRIALS = (
    Trial(
        "S2",
        "the settings that keep notes safe, changed one by one",
        (tries("settings changed", 14), most("opened all the same", 0), most("refused for another reason", 0)),
        lambda count, folder: _tried(count, folder, asked=True),
        fast=14,
        full=14,
        controls=(
            Control(
                "nobody asks whether the setting was taken",
                lambda count, folder: _tried(count, folder, asked=False),
            ),
        ),
        memory_locked=True,
    ),
)
