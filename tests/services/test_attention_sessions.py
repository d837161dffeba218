"""The rules that look at sessions say the same over the few that are read for them as over a client's whole story."""

import datetime
import random
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from service_cases import Clock, day

from alliance_desktop.domain import attention
from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.attention import Rule
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.rupture import Status
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.preferences import Preferences
from alliance_desktop.services.stories import Stories

SESSIONS = 30
LOOKED_AT = (Rule.MISSED_TWICE, Rule.TEMPERATURE, Rule.FOUNDATION, Rule.STRAIN_UNTALKED)
LATEST = ("attended", "came_late", "no_show", "late_cancel", "excused", "")
"""What the newest sessions say of attendance; the last stands for a note that says nothing of it."""


def write(vault: OpenVault, client: ClientId, form: str, name: str, answers: Answers) -> EntryId:
    entry = vault.notebook.new_entry()
    vault.notebook.write(WriteCard(client=client, form=form, card=name, answers=answers, entry=entry))
    return entry


def session(vault: OpenVault, client: ClientId, on: datetime.date, attendance: str, felt: int = 0) -> None:
    answers: Answers = {"date": dated(on), "one_line": "A note"}
    answers |= {"attendance": chosen(attendance)} if attendance else {}
    answers |= {"temperature_client": chosen(str(felt))} if felt else {}
    vault.notebook.finish(write(vault, client, "session", "note", answers))


def agreed(vault: OpenVault, client: ClientId, on: datetime.date) -> None:
    rows: list[Any] = [{"topic": "Confidentiality", "done_on": dated(on)}]
    write(vault, client, "foundation", "agreements", {"agreements": rows})


def added(vault: OpenVault, code: str) -> ClientId:
    client = vault.notebook.add_client({"code": code, "state": chosen("active")}).client
    assert client is not None
    return client


def told(vault: OpenVault, after: int) -> list[tuple[ClientId | None, str, str]]:
    """Return what Today says of sessions, as it reads them."""
    vault.attention.believe(day(after))
    found = [one for card in vault.attention.cards(day(after)) for one in card.reasons]
    return sorted((one.client, one.key, one.words) for one in found if one.rule in LOOKED_AT)


def told_of_all(vault: OpenVault, after: int) -> list[tuple[ClientId | None, str, str]]:
    """Return what the rules say over everything there is."""
    read = Stories(vault.notebook, vault.strains, vault._store.attention).of_client
    stories = [read(one.id) for one in vault.notebook.clients()]
    found = [one for story in stories for one in attention.reasons(story, day(after), vault.attention.numbers)]
    return sorted((one.client, one.key, one.words) for one in found if one.rule in LOOKED_AT)


def days_and_numbers() -> Iterator[tuple[int, Numbers]]:
    for after in (0, 1, 9, 120):
        for numbers in (Numbers(), Numbers(foundation_sessions=1), Numbers(foundation_sessions=24, cold_by=1)):
            yield after, numbers


@pytest.mark.parametrize("seed", range(2))
def test_over_thirty_sessions_at_random_nothing_is_missed(vault: OpenVault, clock: Clock, seed: int) -> None:
    chance, seen = random.Random(seed), set()
    for number in range(4):
        client = added(vault, f"C-{number}")
        clock.move(minutes=1)
        if number % 2:
            agreed(vault, client, day(-7 * chance.choice((0, 1, 11, 12, 13, 25, 29))))
        for at in range(SESSIONS):
            felt = chance.choice((0, 0, 0, 1, 2, 4, 5))
            session(vault, client, day(-7 * at), chance.choice(LATEST), felt)
    for after, numbers in days_and_numbers():
        vault.settings.keep(Preferences(attention=numbers))
        expected = told_of_all(vault, after)
        assert told(vault, after) == expected
        seen |= {key.split(":")[0] for _, key, _ in expected}
    assert seen, "the control: there was something to see"


@pytest.mark.parametrize("silent", [0, 5, 6, 7, 20])
def test_notes_without_an_attendance_hide_no_sign_before_them(vault: OpenVault, client: ClientId, silent: int) -> None:
    """Two were missed, and then there were only notes that say nothing of who came."""
    for at in range(2):
        session(vault, client, day(-60 - 7 * at), "no_show")
    for at in range(silent):
        session(vault, client, day(-at), "")
    assert [key.split(":")[0] for _, key, _ in told(vault, 0)] == [Rule.MISSED_TWICE]
    assert told(vault, 0) == told_of_all(vault, 0)


@pytest.mark.parametrize(("after", "shown"), [(0, True), (5, True), (6, False), (7, False)])
def test_a_cold_number_is_a_sign_for_six_sessions(vault: OpenVault, client: ClientId, after: int, shown: bool) -> None:
    session(vault, client, day(-90), "attended", 1)
    for at in range(after):
        session(vault, client, day(-at), "attended")
    assert bool(told(vault, 0)) is shown
    assert told(vault, 0) == told_of_all(vault, 0)


@pytest.mark.parametrize(("came", "words"), [(11, ""), (12, "12 sessions since"), (13, "more than 12 sessions since")])
def test_first_agreements_after_twelve_sessions_however_many_were_missed(
    vault: OpenVault, client: ClientId, came: int, words: str
) -> None:
    agreed(vault, client, day(-400))
    for at in range(came):
        session(vault, client, day(-200 - at), "attended")
    for at in range(SESSIONS):
        session(vault, client, day(-at), "excused")
    found = [said for _, key, said in told(vault, 0) if key.startswith(Rule.FOUNDATION)]
    assert [said.startswith(words) for said in found] == [True] * bool(words)
    assert told(vault, 0) == told_of_all(vault, 0)


def test_who_came_long_after_please_stop_in_a_strain_that_ended_has_lifted_it(
    vault: OpenVault, client: ClientId
) -> None:
    book = vault.notebook
    notice: Answers = {"noticed_on": dated(day(-90)), "name": "The corridor"}
    made = WriteCard(client=client, form="rupture", card="notice", answers=notice, entry=book.new_entry())
    arc = book.write(made).arc
    assert arc is not None
    stop: Answers = {"took_place_on": dated(day(-80)), "preferred_not": chosen("please_stop")}
    book.write(msgspec.structs.replace(made, card="dialogue", answers=stop, entry=book.new_entry(), arc=arc))
    vault.strains.set_status(arc, Status.RESOLVED, day(-70))
    session(vault, client, day(-60), "attended")
    for at in range(SESSIONS):
        session(vault, client, day(-at), "no_show")
    assert [key.split(":")[0] for _, key, _ in told(vault, 0)] == [Rule.MISSED_TWICE]
    assert told(vault, 0) == told_of_all(vault, 0)
