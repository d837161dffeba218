"""What every test stands on: no screen, no network, no real home, and chance that can be repeated."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests import quick

# Read when Qt starts its application; every import of Qt comes after this line.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_HOMES = ("HOME", "USERPROFILE")
_FOLDERS = {
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": ".run",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
}


TOLD = "told"


class NetworkAskedError(AssertionError):
    """A test reached for the network. Not an OSError, so that no code takes it for a cable pulled out."""


def _no_network(event: str, _arguments: Any) -> None:
    # Python itself reports every socket, also those opened by libraries in C that go through its own module.
    if event.startswith("socket."):
        raise NetworkAskedError(f"{event}: this program has no network")


def home_in(folder: Path) -> dict[str, str]:
    """Return the environment of a home of its own in a folder, with its folders made."""
    found = {name: str(folder) for name in _HOMES}
    for name, below in _FOLDERS.items():
        place = folder / below
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        found[name] = str(place)
    return found


settings.register_profile("usual", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "usual")


def pytest_configure(config: pytest.Config) -> None:
    """Take the network and the real home away before anything is collected."""
    sys.addaudithook(_no_network)
    home = tempfile.mkdtemp(prefix="alliance-tests-")
    os.environ.update(home_in(Path(home)))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    place = quick.quick_place()
    if place is not None and config.option.basetemp is None:
        # Read by pytest when the first folder is asked for.
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(place))


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Keep a line for the end of the run: a figure is to be seen, not only held, whichever worker found it."""
    return lambda line: request.node.user_properties.append((TOLD, line))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what the tests told."""
    reports = [one for kind in terminalreporter.stats.values() for one in kind if getattr(one, "when", "") == "call"]
    lines = sorted(line for one in reports for name, line in one.user_properties if name == TOLD)
    if lines:
        terminalreporter.section("figures")
        for line in lines:
            terminalreporter.line(line)


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give each test an empty home of its own; `Path.home()`, Qt and every child process follow it."""
    folder = tmp_path_factory.mktemp("home")
    for name, value in home_in(folder).items():
        monkeypatch.setenv(name, value)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def _each_form_read_once() -> Iterator[None]:
    """Read a form file once for all programs of this process: a form cannot be changed, and its text stays the same."""
    from alliance_desktop.services import forms

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forms, "read_form", cache(forms.read_form))
        yield


@pytest.fixture(autouse=True, scope="session")
def _quick_vaults() -> Iterator[None]:
    """Let vaults lock no memory and derive no key twice; what that leaves untested here is tested where they say."""
    with pytest.MonkeyPatch.context() as patch:
        quick.lock_no_memory(patch.setattr)
        quick.derive_once(patch.setattr)
        yield
