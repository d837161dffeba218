"""A vault with two notes, and a backup of it."""

import os
import shutil

import pytest
from offline_cases import Commands
from vault_cases import BEGAN, PASSPHRASE, cheap, client, clock, entry

from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.storage import opening
from alliance_desktop.storage import vault as vaults


@pytest.fixture
def command(tmp_path) -> Commands:
    return Commands(tmp_path / "state")


@pytest.fixture(scope="session")
def written_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("offline") / "Once.vault"
    secrets = vaults.create(folder, PASSPHRASE, random=os.urandom, now=clock(), kdf=cheap())
    sheet = recovery_text(secrets.recovery)
    store = opening.open_store(folder, secrets)
    for at in (0, 1):
        with store.transaction():
            if not at:
                store.clients.put(client(1, answers={"code": "D-34", "called": "Dana Whitfield"}))
            answers = {"body": "She went quiet. " * 400}
            store.entries.put(entry(10 + at, answers=answers, happened_on=BEGAN.date()), frozenset())
    store.close()
    return folder, secrets, sheet


@pytest.fixture
def folder(written_once, tmp_path):
    """A vault's folder, closed, with one client and two notes; `PASSPHRASE` opens it."""
    return shutil.copytree(written_once[0], tmp_path / "Notes.vault")


@pytest.fixture
def secrets(written_once):
    return written_once[1]


@pytest.fixture
def sheet(written_once):
    """The recovery key as it stands on paper."""
    return written_once[2]


@pytest.fixture
def backup(command, folder, tmp_path):
    """A backup of the vault, made by the command."""
    place = tmp_path / "stick"
    place.mkdir()
    assert command("backup", folder, place).code == 0
    [made] = place.iterdir()
    return made
