"""What the acceptance tests stand on: a person at the window, a vault on disk, no screen."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from person import PASSPHRASE, Clock, Person, cheap
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from alliance_desktop.domain.look import Appearance
from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.storage import vault
from alliance_desktop.ui import application, theme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the screenless platform say what it cannot do; every other warning of Qt still fails a test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> Iterator[None]:
    application.prepare(qapp)
    for load in application.other_scripts():
        load()
    theme.apply(Appearance.LIGHT, 100)
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture(scope="session")
def made_vault(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An empty vault and the recovery key on its sheet, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("made") / "Notes.vault"
    secrets = vault.create(folder, PASSPHRASE, random=os.urandom, now=Clock().now, kdf=cheap())
    return folder, recovery_text(secrets.recovery)


@pytest.fixture
def home(tmp_path: Path, made_vault: tuple[Path, str]) -> Path:
    """A home folder with a vault in it."""
    place = tmp_path / "home"
    place.mkdir()
    shutil.copytree(made_vault[0], place / "Notes.vault")
    return place


@pytest.fixture
def sheet(made_vault: tuple[Path, str]) -> str:
    """The recovery key as the sheet of the vault says it."""
    return made_vault[1]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def locked(home: Path, clock: Clock) -> Iterator[Person]:
    """A person before the unlock page."""
    person = Person(home, clock).begin()
    yield person
    person.leave()


@pytest.fixture
def person(locked: Person) -> Person:
    """A person with an open, empty vault."""
    locked.unlock()
    return locked


@pytest.fixture(scope="session")
def danas_vault(tmp_path_factory: pytest.TempPathFactory, made_vault: tuple[Path, str], qapp: QApplication) -> Path:
    """A vault with one client, Dana, locked while her page was open; written once through the window."""
    application.prepare(qapp)
    home = tmp_path_factory.mktemp("dana")
    shutil.copytree(made_vault[0], home / "Notes.vault")
    person = Person(home).begin()
    person.unlock()
    person.add_client("D34", "Dana")
    person.leave()
    return home / "Notes.vault"


@pytest.fixture
def with_client(home: Path, clock: Clock, danas_vault: Path) -> Iterator[Person]:
    """A person with one client, Dana, whose page is open."""
    shutil.rmtree(home / "Notes.vault")
    shutil.copytree(danas_vault, home / "Notes.vault")
    person = Person(home, clock).begin()
    person.unlock()
    assert person.find("client_page").isVisible()
    yield person
    person.leave()


@pytest.fixture
def newcomer(tmp_path: Path, clock: Clock) -> Iterator[Person]:
    """A person whose home holds no vault yet."""
    home = tmp_path / "empty home"
    home.mkdir()
    person = Person(home, clock).begin()
    yield person
    person.leave()
