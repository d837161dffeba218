"""A real vault for each test, copied from one that is made once, with the program's own forms."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from service_cases import CHEAP, PASSPHRASE, Clock

from alliance_desktop.domain.entry import ClientId
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import Forms, load_forms
from alliance_desktop.services.notebook import Notebook


@pytest.fixture(scope="session")
def forms() -> Forms:
    return load_forms(resource("forms"))


@pytest.fixture(scope="session")
def made_once(forms: Forms, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Secrets]:
    folder = tmp_path_factory.mktemp("made") / "Once.vault"
    return folder, Access(forms, Clock(), os.urandom, CHEAP).create(folder, PASSPHRASE)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def access(forms: Forms, clock: Clock) -> Access:
    return Access(forms, clock, os.urandom, CHEAP)


@pytest.fixture
def folder(made_once: tuple[Path, Secrets], tmp_path: Path) -> Path:
    """A vault's folder, closed; `PASSPHRASE` opens it."""
    return shutil.copytree(made_once[0], tmp_path / "Notes.vault")


@pytest.fixture
def secrets(made_once: tuple[Path, Secrets]) -> Secrets:
    own = made_once[1]
    return Secrets(bytes(own.recovery), bytes(own.vault_id), bytes(own.data_key), own.generation)


@pytest.fixture
def vault(access: Access, folder: Path, secrets: Secrets) -> Iterator[OpenVault]:
    opened = access.open(folder, secrets)
    yield opened
    opened.close()


@pytest.fixture
def notebook(vault: OpenVault) -> Notebook:
    return vault.notebook


@pytest.fixture
def client(notebook: Notebook) -> ClientId:
    id = notebook.add_client({"code": "D-34", "called": "Dana"}).client
    assert id is not None
    return id
