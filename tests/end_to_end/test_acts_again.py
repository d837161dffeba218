"""An act that the disk did not take says so, and no longer once it was done."""

import resource
import signal
from collections.abc import Callable, Iterator

import pytest
from notes import FIRST, note
from person import Person, settle
from test_today import at_today, dana, missed

from alliance_desktop.domain.errors import NotDoneError

Full = Callable[[bool], None]


@pytest.fixture
def full() -> Iterator[Full]:
    """Fill the disk, or free it: to SQLite a limit on the size of files is a disk without room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def fill(on: bool) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096 if on else soft, hard))

    yield fill
    fill(False)
    signal.signal(signal.SIGXFSZ, before)


def told(person: Person) -> str:
    settle()
    return str(person.program.work.workspace.notice.sentence)


def test_an_answer_to_a_reminder_is_kept_at_the_second_try(with_client: Person, full: Full) -> None:
    person = with_client
    for days in (8, 1):
        missed(person, dana(person), days)
    at_today(person)
    person.press("today_1_1_not_needed")
    person.type("because")
    full(True)
    person.press("today_1_1_not_needed_keep")
    assert told(person) == NotDoneError.sentence
    full(False)
    person.press("today_1_1_not_needed_keep")
    assert told(person) == ""
    assert person.program.work.today.page.cards == []


def test_a_note_goes_into_the_bin_at_the_second_try(with_client: Person, full: Full) -> None:
    person = with_client
    note(person, FIRST)
    full(True)
    person.press("entry_bin")
    assert told(person) == NotDoneError.sentence
    full(False)
    person.press("entry_bin")
    assert told(person) == ""
    assert len(person.program.vault.history.binned()) == 1


def test_what_another_act_said_stays(with_client: Person) -> None:
    person = with_client
    note(person, FIRST)
    person.program.work.workspace.notice.say("Something else.")
    person.press("entry_bin")
    assert told(person) == "Something else."
