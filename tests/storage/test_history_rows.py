"""Earlier versions in their two layers, and what happened to an entry: kept in order, dropped whole."""

import datetime

import pytest
from vault_cases import BEGAN, client, entry, entry_event, version

from alliance_desktop.domain.entry import Event
from alliance_desktop.storage.faults import StatementError

PRIVATE = frozenset({"own"})
BOTH = {"facts": "she was late 🌧", "own": "I was early"}


@pytest.fixture
def noted(store):
    """A vault with a client and two notes."""
    with store.transaction():
        store.clients.put(client(1))
        store.entries.put(entry(10, answers={"facts": "now"}), PRIVATE)
        store.entries.put(entry(11), PRIVATE)
    return store


def add(store, *versions):
    with store.transaction():
        for one in versions:
            store.histories.add(one, PRIVATE)


def layer(store, side):
    return store._database.rows(f"SELECT id, entry, answers FROM {side}_version ORDER BY id")


def test_versions_come_back_whole_oldest_first(noted):
    before = [version(30, answers=BOTH), version(31, after=5, form_version=2, answers={"own": "both of us"})]
    add(noted, before[1], version(40, entry=11, answers={"facts": "of another note"}), before[0])
    assert noted.histories.versions(10) == before
    assert noted.entries.get(10).answers == {"facts": "now"}
    assert noted.histories.versions(404) == []


def test_a_private_word_of_a_version_never_lies_in_the_record(noted):
    """Its own control: told that no key is private, the same words do lie there."""
    add(noted, version(30, answers=BOTH), version(31, answers={"own": "only mine"}))
    assert layer(noted, "record") == [(30, 10, '{"facts":"she was late 🌧"}')]
    assert [row[0] for row in layer(noted, "private")] == [30, 31]
    with noted.transaction():
        noted.histories.add(version(32, answers=BOTH), frozenset())
    assert "I was early" in str(layer(noted, "record"))


def test_the_newest_version_tells_when_the_last_was_kept(noted):
    assert noted.histories.last_at(10) is None
    add(noted, version(30, answers={"facts": "a"}), version(31, after=9, answers={"own": "b"}))
    add(noted, version(90, entry=11, after=60, answers={"facts": "c"}))
    assert noted.histories.last_at(10) == BEGAN + datetime.timedelta(minutes=9)


def test_what_said_nothing_leaves_no_row(noted):
    add(noted, version(30, answers={}))
    assert noted.histories.versions(10) == layer(noted, "record") == layer(noted, "private") == []


def test_dropped_versions_are_gone_from_both_layers_and_those_of_other_notes_stay(noted):
    add(noted, version(30, answers=BOTH), version(40, entry=11, answers=BOTH))
    with noted.transaction():
        noted.histories.drop(10)
    assert noted.histories.versions(10) == []
    assert [row[1] for side in ("record", "private") for row in layer(noted, side)] == [11, 11]


def test_events_are_kept_in_order_with_their_words(noted):
    told = [entry_event(1, why="wrong name"), entry_event(2, after=3, what=Event.PUT_BACK)]
    with noted.transaction():
        for one in (told[1], entry_event(3, entry=11, what=Event.REDACTED), told[0]):
            noted.histories.add_event(one)
    assert noted.histories.events(10) == told
    assert [one.what for one in noted.histories.events(11)] == [Event.REDACTED]


@pytest.mark.parametrize("table", ["record_version", "private_version", "entry_event"])
def test_nothing_is_kept_of_an_entry_that_is_not_there(noted, table):
    columns = "'2026-03-05', 'binned', ''" if table == "entry_event" else "'2026-03-05', 1, '{}'"
    with pytest.raises(StatementError), noted.transaction():
        noted._database.run(f"INSERT INTO {table} VALUES (1, 404, {columns})")


def test_no_version_has_the_id_of_something_else(noted):
    add(noted, version(700, answers={"own": "late"}))
    assert noted.newest_id == 700
    with noted.transaction():
        noted.histories.add_event(entry_event(900))
    assert noted.newest_id == 900
