"""What can be made ready any time waits beside a backup or a look through all notes, and never for good."""

import threading
from collections.abc import Callable, Iterator

import pytest
from person import Person
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.errors import VaultDamagedError
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui import looking_through
from alliance_desktop.ui.background import Background


@pytest.fixture
def quiet(with_client: Person) -> Person:
    """A person with a client and a note whose words are not put in yet, and nothing else going on."""
    work, vault = with_client.program.work, with_client.program.vault
    with_client.until(lambda: not work.looking.is_in_the_way())
    book = vault.notebook
    (client,) = book.clients()
    book.write(
        WriteCard(client=client.id, form="session", card="note", answers={"body": "A kite"}, entry=book.new_entry())
    )
    return with_client


def due(person: Person) -> int:
    return person.program.vault.search.count_due()


def kept(person: Person) -> int:
    return int(person.program.vault._store._database.rows("SELECT count(*) FROM kept_story")[0][0])


def begin(person: Person) -> None:
    """Let both begin at once, as they do after a pause."""
    work = person.program.work
    person.program.vault.attention.cards(person.program.vault.notebook.today())
    work.search._go_on()
    work.today._keep()


def ticks(person: Person, qtbot: QtBot) -> None:
    """Wait until they were both about to do something, more than once."""
    for timer in (person.program.work.search._steps, person.program.work.today._keeping):
        for _ in range(2):
            with qtbot.waitSignal(timer.timeout):
                pass


def is_made_ready(person: Person) -> None:
    """Wait until all is put in and kept."""
    person.until(lambda: due(person) == 0)
    person.until(lambda: kept(person) == 1)


def test_nothing_is_written_beside_work_in_a_thread(quiet: Person, qtbot: QtBot) -> None:
    store, may_end = quiet.program.vault._store, threading.Event()
    background = Background(may_end.wait)
    with qtbot.waitSignal(background.ended):
        background.start()
        writes = store.writes
        begin(quiet)
        try:
            ticks(quiet, qtbot)
            assert (store.writes, due(quiet) > 0, kept(quiet)) == (writes, True, 0)
        finally:
            may_end.set()
    is_made_ready(quiet)


def never() -> Iterator[None]:
    while True:
        yield


def failing(may_end: list[bool]) -> Iterator[None]:
    while not may_end:
        yield
    raise VaultDamagedError


@pytest.mark.parametrize("end", ["stopped", "failed", "too long"])
def test_nothing_is_written_beside_a_look_through_until_that_ends_in_any_way(
    quiet: Person, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    store, looking = quiet.program.vault._store, quiet.program.work.looking
    may_fail: list[bool] = []
    ends: dict[str, Callable[[], object]] = {
        "stopped": looking.stop,
        "failed": lambda: may_fail.append(True),
        "too long": lambda: monkeypatch.setattr(looking_through, "LONGEST_HOLD", 1),
    }
    looking.begin()
    looking._steps = failing(may_fail) if end == "failed" else never()
    writes = store.writes
    begin(quiet)
    ticks(quiet, qtbot)
    assert (store.writes, due(quiet) > 0, kept(quiet)) == (writes, True, 0)
    ends[end]()
    is_made_ready(quiet)
    looking.stop()
