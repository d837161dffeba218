"""A fresh vault for each test, copied from one that is made once."""

import os
import shutil

import pytest
from salvage_cases import copied, fill, roots, rows
from search_cases import noted, put_in, write
from vault_cases import PASSPHRASE, cheap, clock

from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage import opening
from alliance_desktop.storage import vault as vaults


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "Once.vault"
    secrets = vaults.create(folder, PASSPHRASE, random=os.urandom, now=clock(), kdf=cheap())
    return folder, secrets


@pytest.fixture
def folder(made_once, tmp_path):
    """A vault's folder, closed; `PASSPHRASE` opens it."""
    return shutil.copytree(made_once[0], tmp_path / "Notes.vault")


@pytest.fixture
def secrets(made_once):
    own = made_once[1]
    return Secrets(bytes(own.recovery), bytes(own.vault_id), bytes(own.data_key), own.generation)


@pytest.fixture
def store(folder, secrets):
    opened = opening.open_store(folder, secrets)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def full_once(made_once, tmp_path_factory):
    """A vault with a caseload, what is in it, and where its trees begin."""
    folder = shutil.copytree(made_once[0], tmp_path_factory.mktemp("full") / "Full.vault")
    own = made_once[1]
    store = opening.open_store(folder, copied(own))
    fill(store)
    store.close()
    return folder, rows(folder, own), roots(folder, own)


@pytest.fixture
def full(full_once, tmp_path):
    return shutil.copytree(full_once[0], tmp_path / "Full.vault")


@pytest.fixture
def truth(full_once):
    return full_once[1]


@pytest.fixture
def trees(full_once):
    return full_once[2]


@pytest.fixture
def new(tmp_path):
    return tmp_path / "New.vault"


@pytest.fixture
def filled(store):
    """A vault with three notes whose words are all put in."""
    write(
        store,
        noted(10, "She went quiet about Nguyễn", "I was afraid", 0),
        noted(11, "We spoke of the Straße", "", 3),
        noted(12, "李小龙 and สมชาย came 👩‍👩‍👧", "quiet inside me", 2, form="contact"),
    )
    put_in(store)
    return store
