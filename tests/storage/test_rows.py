"""What is put is what is got, in order, with the numbers of a client kept right."""

import datetime

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vault_cases import BEGAN, addendum, arc, client, entry, event, raw

from alliance_desktop.domain import rupture
from alliance_desktop.domain.answers import About
from alliance_desktop.domain.entry import Mark, State

DAY = datetime.timedelta(days=1)
changed = msgspec.structs.replace


@pytest.fixture
def with_client(store):
    with store.transaction():
        store.clients.put(client(1))
        store.clients.put(client(2))
    return store


def test_a_client_is_kept_whole(with_client):
    answers = {"code": "Ö1", "called": "Zoë 🌧", "born": {"on": "2010-01-01", "about": ""}}
    told = client(3, answers=answers, form_version=2)
    with with_client.transaction():
        with_client.clients.put(told)
    assert with_client.clients.get(3) == told
    assert [one.id for one in with_client.clients.all()] == [1, 2, 3]


def test_a_clients_details_are_written_anew_and_its_numbers_stay(with_client):
    with with_client.transaction():
        with_client.arcs.put(arc())
        with_client.entries.put(entry(), frozenset())
        with_client.clients.put(client(1, answers={"code": "new"}, last_on=None, open_strains=99))
    assert with_client.clients.get(1) == client(1, answers={"code": "new"}, last_on=BEGAN.date(), open_strains=1)


@pytest.mark.parametrize("room", ["clients", "arcs", "entries"])
def test_what_is_not_there_is_a_key_error(store, room):
    with pytest.raises(KeyError):
        getattr(store, room).get(404)


def test_an_entry_is_kept_whole(with_client):
    told = entry(
        arc=5,
        about=About.WEEK,
        turn=2,
        sequence=3,
        state=State.FINISHED,
        mark=Mark.SKIPPED,
        finished_at=BEGAN + DAY,
        touched_at=BEGAN + DAY / 2,
        answers={"facts": "she went quiet", "own": "I hurried", "when": {"on": "2026-03-05", "about": "about"}},
    )
    with with_client.transaction():
        with_client.arcs.put(arc())
        with_client.entries.put(told, frozenset({"own", "other"}))
    assert with_client.entries.get(10) == told


def test_record_and_private_reflection_lie_in_two_tables(with_client, folder, secrets):
    with with_client.transaction():
        with_client.entries.put(entry(answers={"facts": "RECORDWORD", "own": "PRIVATEWORD"}), frozenset({"own"}))
        with_client.entries.add_addendum(addendum(1, text="RECORDLATER"))
        with_client.entries.add_addendum(addendum(2, text="PRIVATELATER", private=True))
    with_client.close()
    connection = raw(folder, secrets)
    tables = [one[0] for one in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    where = {
        word: {one for one in tables if word in repr(connection.execute(f"SELECT * FROM {one}").fetchall())}
        for word in ("RECORDWORD", "PRIVATEWORD", "RECORDLATER", "PRIVATELATER")
    }
    connection.close()
    assert where == {
        "RECORDWORD": {"record_answer"},
        "PRIVATEWORD": {"private_answer"},
        "RECORDLATER": {"record_addendum"},
        "PRIVATELATER": {"private_addendum"},
    }


def test_an_answer_that_becomes_private_leaves_the_record(with_client, folder, secrets):
    with with_client.transaction():
        with_client.entries.put(entry(answers={"own": "MOVED"}), frozenset())
    with with_client.transaction():
        with_client.entries.put(entry(answers={"own": "MOVED"}), frozenset({"own"}))
    assert with_client.entries.get(10).answers == {"own": "MOVED"}
    with_client.close()
    connection = raw(folder, secrets)
    assert connection.execute("SELECT count(*) FROM record_answer").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM private_answer").fetchone() == (1,)
    connection.close()


def test_entries_come_by_date_then_as_begun(with_client):
    told = [
        entry(14, happened_on=BEGAN.date() - DAY, sequence=9),
        entry(12, sequence=1),
        entry(11, sequence=2),
        entry(13, sequence=2, arc=5),
        entry(10, happened_on=BEGAN.date() + DAY, arc=5),
    ]
    with with_client.transaction():
        with_client.arcs.put(arc())
        for one in reversed(told):
            with_client.entries.put(one, frozenset())
        with_client.entries.put(entry(20, client=2), frozenset())
    assert [one.id for one in with_client.entries.of_client(1)] == [14, 12, 11, 13, 10]
    assert [one.id for one in with_client.entries.of_arc(5)] == [13, 10]


def test_drafts_are_those_not_finished_last_touched_first(with_client):
    with with_client.transaction():
        with_client.entries.put(entry(10), frozenset())
        with_client.entries.put(entry(11, touched_at=BEGAN + DAY), frozenset())
        with_client.entries.put(entry(12, state=State.FINISHED, finished_at=BEGAN), frozenset())
    assert [one.id for one in with_client.entries.drafts()] == [11, 10]


def test_the_newest_day_follows_the_entries(with_client):
    def last_on(id):
        return with_client.clients.get(id).last_on

    assert last_on(1) is None
    with with_client.transaction():
        with_client.entries.put(entry(10), frozenset())
        with_client.entries.put(entry(11, happened_on=BEGAN.date() + DAY), frozenset())
    assert (last_on(1), last_on(2)) == (BEGAN.date() + DAY, None)
    with with_client.transaction():
        with_client.entries.put(entry(11, happened_on=BEGAN.date() - DAY), frozenset())
    assert last_on(1) == BEGAN.date()
    with with_client.transaction():
        with_client.entries.put(entry(10, client=2), frozenset())
    assert (last_on(1), last_on(2)) == (BEGAN.date() - DAY, BEGAN.date())


def test_open_strains_follow_the_statuses(with_client):
    for status in rupture.Status:
        with with_client.transaction():
            with_client.arcs.put(arc(5, status=status))
            with_client.arcs.put(arc(6, client=2))
            with_client.arcs.put(arc(7, form="outreach"))
        assert with_client.clients.get(1).open_strains == int(rupture.is_open(status))
        assert with_client.clients.get(2).open_strains == 1


def test_an_arc_is_kept_and_written_anew(with_client):
    told = arc(5, status="in_dialogue", turn=2, offered=True)
    with with_client.transaction():
        with_client.arcs.put(arc(5))
        with_client.arcs.put(arc(6, client=2, created_at=BEGAN - DAY))
        with_client.arcs.put(told)
    assert with_client.arcs.get(5) == told
    assert with_client.arcs.of_client(1) == [told]
    assert [one.id for one in with_client.arcs.all()] == [6, 5]


def test_history_comes_in_the_order_it_was_entered_also_by_a_clock_set_back(with_client):
    mended = event(2, was="noticed", became="resolved", after=2, why="“both said so”")
    set_back = event(3, after=1, became="")
    told = [event(1), mended, set_back]
    with with_client.transaction():
        with_client.arcs.put(arc())
        for one in reversed(told):
            with_client.arcs.add_event(one)
    assert with_client.arcs.events(5) == told


def test_a_change_taken_back_names_the_change(with_client):
    told = [event(1), event(2, after=1, became="resolved"), event(3, after=2, became="noticed", undoes=2)]
    with with_client.transaction():
        with_client.arcs.put(arc())
        for one in told:
            with_client.arcs.add_event(one)
    assert with_client.arcs.events(5) == told


def test_addenda_of_both_layers_come_in_the_order_written(with_client):
    with with_client.transaction():
        with_client.entries.put(entry(10), frozenset())
        with_client.entries.put(entry(11), frozenset())
        with_client.entries.put(entry(12, client=2), frozenset())
        told = [addendum(2, after=1, private=True), addendum(3, after=0), addendum(4, entry=11, after=2)]
        for one in [*told, addendum(9, entry=12)]:
            with_client.entries.add_addendum(one)
    assert with_client.entries.addenda(10) == told[:2]
    assert with_client.entries.addenda_of_client(1) == told


def test_settings_are_plain_data(store):
    place = {"client": 1 << 52, "field": "facts", "at": [1, 2.5, None, True]}
    with store.transaction():
        store.settings.put("place", {"old": 1})
        store.settings.put("place", place)
    assert store.settings.get("place") == place
    assert store.settings.get("nothing") is None


def test_times_of_any_zone_are_kept_as_the_same_moment(with_client):
    zone = datetime.timezone(datetime.timedelta(hours=-7))
    with with_client.transaction():
        with_client.entries.put(entry(touched_at=BEGAN.astimezone(zone)), frozenset())
        with pytest.raises(ValueError):
            with_client.entries.put(entry(11, touched_at=datetime.datetime(2026, 3, 5)), frozenset())
    kept = with_client.entries.get(10).touched_at
    assert kept == BEGAN
    assert kept.tzinfo is datetime.UTC


def test_a_note_of_half_a_million_characters_is_kept(with_client):
    text = "She went quiet. مرحبا 🌧 " * 22_000
    with with_client.transaction():
        with_client.entries.put(entry(answers={"facts": text}), frozenset())
    assert len(text) > 500_000
    assert with_client.entries.get(10).answers == {"facts": text}


def test_half_a_character_from_a_broken_paste_is_marked_and_the_rest_kept(with_client):
    with with_client.transaction():
        broken = {"facts": "a\ud83cb \ud83c\udf27", "rows": [{"x": "\udc00"}]}
        with_client.entries.put(entry(answers=broken), frozenset())
        with_client.entries.add_addendum(addendum(1, text="c\ud83c"))
    assert with_client.entries.get(10).answers == {"facts": "a\ufffdb 🌧", "rows": [{"x": "\ufffd"}]}
    assert with_client.entries.addenda(10)[0].text == "c\ufffd"


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ANSWER = st.recursive(
    st.booleans() | st.none() | WORDS | st.integers(-(2**53), 2**53),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=10,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(WORDS, ANSWER, max_size=5), st.data())
def test_any_answers_are_given_back(with_client, answers, data):
    private = frozenset(key for key in answers if data.draw(st.booleans()))
    with with_client.transaction():
        with_client.entries.put(entry(answers=answers), private)
    assert with_client.entries.get(10).answers == answers


def test_a_dropped_setting_is_gone(store):
    with store.transaction():
        store.settings.put("one", 1)
        store.settings.put("other", 2)
    with store.transaction():
        store.settings.drop("one")
        store.settings.drop("never there")
    assert (store.settings.get("one"), store.settings.get("other")) == (None, 2)
    assert store._database.rows("SELECT name FROM setting") == [("other",)]
    with pytest.raises(RuntimeError):
        store.settings.drop("other")


def test_the_first_cards_of_strains_are_found_at_once(with_client):
    store = with_client
    private = frozenset({"name"})
    with store.transaction():
        for id, whose in ((5, 1), (6, 2), (7, 1)):
            store.arcs.put(arc(id, whose))
        late = BEGAN.date() + DAY
        store.entries.put(entry(10, 1, arc=5, card="notice", happened_on=late, answers={"name": "blip"}), private)
        store.entries.put(entry(11, 2, arc=6, card="notice", answers={"name": "in the record"}), frozenset())
        store.entries.put(entry(12, 1, arc=7, card="notice"), private)
        store.entries.put(entry(13, 1, arc=7, card="repair", answers={"name": "not this one"}), private)
        store.entries.put(entry(14, 1, card="notice", answers={"name": "of no strain"}), private)
    found = [(one.arc, one.on, one.name) for one in store.entries.notices()]
    assert found == [(6, BEGAN.date(), "in the record"), (7, BEGAN.date(), ""), (5, late, "blip")]
    assert [one.arc for one in store.entries.notices(1)] == [7, 5]
