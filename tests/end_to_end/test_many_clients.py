"""Scenario 10: 2,000 clients and 40,000 notes; how long it takes is told with the figures, and held to no time."""

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from person import BEGAN, PASSPHRASE, Clock, Person, cheap

from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access
from alliance_desktop.services.forms import load_forms
from tests.benchmarks.attention import CLIENTS, SMALL_SESSIONS, fill


@pytest.fixture
def school(tmp_path: Path) -> Person:
    clock = Clock(BEGAN)
    access = Access(load_forms(resource("forms")), clock.now, os.urandom, cheap())
    folder = tmp_path / "Notes.vault"
    fill(folder, access.create(folder, PASSPHRASE), lively=350, small=True)
    return Person(tmp_path, clock).begin()


def test_a_whole_career_is_listed_found_and_opened(school: Person, tell: Callable[[str], None]) -> None:
    person = school
    unlocking = took(lambda: person.unlock(PASSPHRASE))
    work = person.program.work
    notes = sum(len(work.pages._book.entries(one.id)) for one in work.pages._book.clients()[:20])
    assert notes == 20 * SMALL_SESSIONS
    work.obey("clients")
    work.clients.filter.setCurrentIndex(work.clients.filter.findData("everyone"))
    assert len(work.clients.shown()) == CLIENTS
    letters = []
    for typed in ("c", "cl", "client 1", "client 12", "client 123", "client 1234"):
        letters.append(took(lambda typed=typed: (work.clients.search.setText(typed), person.until(lambda: True))))
    assert [row.title.strip("\u2068\u2069") for row in work.clients.shown()] == ["Client 1234"]
    opened = []
    for number in (3, 77, 349, 1234, 1999):
        client = next(one for one in work.pages._book.clients() if one.called == f"Client {number}")
        opened.append(took(lambda id=client.id: (work.pages.open_client(id), person.until(lambda: True))))
        assert work.pages.page.timeline.model().rowCount() == SMALL_SESSIONS
    today = took(lambda: work.obey("today"))
    tell(
        f"scenario 10: unlocked and listed in {unlocking:.0f} ms, a letter {statistics.median(letters):.0f} ms, "
        f"at most {max(letters):.0f}, a client {statistics.median(opened):.0f} ms, at most {max(opened):.0f}, "
        f"Today {today:.0f} ms"
    )
    person.leave()


def took(act: Callable[[], object]) -> float:
    """Return how many milliseconds something takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000
