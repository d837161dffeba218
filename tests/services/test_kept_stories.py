"""What is kept for the rules says the same as everything there is, whatever was written, on whichever day."""

import datetime
import random
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from service_cases import NOTICE, Clock, card, day
from story_walk_cases import Walk

from alliance_desktop.domain import abridged, agenda, attention, outreach, rupture
from alliance_desktop.domain.attention import ClientStory, Rule
from alliance_desktop.domain.client import ClientState
from alliance_desktop.domain.days import day_within
from alliance_desktop.domain.entry import ClientId, Entry, EntryId
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.all_stories import _LONG
from alliance_desktop.services.forms import Forms
from alliance_desktop.storage import digest, kept_stories

Said = tuple[ClientId | None, str, str, Any]


def whole(vault: OpenVault) -> list[ClientStory]:
    """Return the story of each client from all that is written, read plainly and kept nowhere."""
    return [_whole(vault, one.id) for one in vault._store.clients._read("")]


def _whole(vault: OpenVault, client: ClientId) -> ClientStory:
    entries = [msgspec.structs.replace(one, form=vault.forms.kind(one)) for one in vault.notebook.entries(client)]
    arcs = vault._store.arcs.of_client(client)
    turned = {}
    for arc in (one for one in arcs if one.turn > 1):
        days = [one.true_on for one in rupture.standing(vault._store.arcs.events(arc.id)) if one.turn == arc.turn]
        turned |= {arc.id: days[0]} if days else {}
    return ClientStory(client=vault.notebook.client(client), entries=entries, arcs=arcs, turned=turned)


def _ended_long_ago(story: ClientStory, today: datetime.date) -> bool:
    """Say whether nothing but a closing of more than two years ago could still ask for something."""
    open_ends = [one for form in ("safeguarding", "concern", "referral") for one in story.of(form)]
    closings = [one.happened_on for one in story.of("closing")]
    ended = story.client.state is ClientState.CLOSED
    return ended and not open_ends and all(one < day_within(today, -_LONG) for one in closings)


def plainly(vault: OpenVault) -> list[Said]:
    """Return what the rules say of everything there is, without what was answered to."""
    today, numbers = vault.notebook.today(), vault.attention.numbers
    stories = [one for one in whole(vault) if not _ended_long_ago(one, today)]
    own = vault.attention._own_entries()
    found = [reason for one in stories for reason in attention.reasons(one, today, numbers)]
    # Of those whose work has ended only whom the rules go on about is read.
    live = [one for one in stories if one.client.id in {each.client.id for each in vault.attention.stories()}]
    found += attention.own_reasons(own, today, numbers, agenda.items(live, own, today))
    hidden = {(one.client, one.rule): one.until for one in vault._store.put_offs.all()}
    left = [
        one
        for one in found
        if (one.client, one.key) not in hidden
        or ((until := hidden[one.client, one.key]) is not None and until <= today)
    ]
    return sorted(((one.client, one.key, one.words, one.offers) for one in left), key=repr)


def quickly(vault: OpenVault) -> list[Said]:
    cards = vault.attention.cards(vault.notebook.today())
    said = ((one.client, one.key, one.words, one.offers) for each in cards for one in each.reasons)
    return sorted(said, key=repr)


def _some(vault: OpenVault, said: list[Said]) -> list[Said]:
    """Return what Today shows only some of: of many old drafts the longest, of talks of years ago none but drafts."""
    ids = (int(one[1].split(":")[1]) if one[1].startswith(Rule.PROMISE_DUE) else 0 for one in said)
    talks = (vault.notebook.entry(EntryId(id)) if id else None for id in ids)
    since = day_within(vault.notebook.today(), -_LONG)
    return [
        one
        for one, talk in zip(said, talks, strict=True)
        if one[1].startswith(Rule.OLD_DRAFT)
        or (talk is not None and talk.form == "contact_log" and talk.happened_on < since)
    ]


def compare(vault: OpenVault, done: list[str]) -> int:
    """Hold both ways against each other."""
    quick, plain = quickly(vault), plainly(vault)
    some, every = _some(vault, quick), _some(vault, plain)
    assert [one for one in quick if one not in some] == [one for one in plain if one not in every], done
    assert {one[:2] for one in some} <= {one[:2] for one in every}, done
    waiting = [{one[0] for one in each if one[1].startswith(Rule.OLD_DRAFT)} for each in (some, every)]
    assert waiting[0] == waiting[1], done
    _compare_tables(vault, done)
    return len(plain)


def _compare_tables(vault: OpenVault, done: list[str]) -> None:
    today, numbers = vault.notebook.today(), vault.attention.numbers
    kept = {one.client.id: one for one in vault.attention.stories()}
    for story in (one for one in whole(vault) if one.client.state is not ClientState.CLOSED):
        told = outreach.told(kept[story.client.id], today, numbers)
        assert told == outreach.told(story, today, numbers), done
    by_id = {one.client.id: one for one in vault.attention.caseload(today)}
    assert by_id.keys() == {one.id for one in vault._store.clients._read("")}
    assert vault.notebook.clients() == vault._store.clients._read("")


def walked(vault: OpenVault, clock: Clock, seed: int, steps: int) -> Iterator[list[str]]:
    """Walk, and stop after each step; what is kept in the vault is brought along, or read anew, by chance."""
    chance = random.Random(seed)
    walk = Walk(vault, clock, chance)
    done = [f"seed {seed}"]
    for _ in range(steps):
        done.append(walk.step())
        if chance.random() < 0.4:
            while vault.attention.keep_some(1):
                pass
            done.append("kept")
        if chance.random() < 0.3:
            vault.attention.forget()
            done.append("read anew")
        if chance.random() < 0.3:
            done.append(_read_ahead(vault, walk, chance))
        yield done


def _read_ahead(vault: OpenVault, walk: Walk, chance: random.Random) -> str:
    """Begin to read ahead, do something, and go on to the end or leave it."""
    vault.attention.forget()
    ahead = vault.attention.getting_ready(vault.notebook.today())
    for _ in range(chance.randrange(4)):
        next(ahead, None)
    did = walk.step()
    if chance.random() < 0.7:
        list(ahead)
    return f"read ahead, and in the middle: {did}"


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 32))
def test_the_quick_way_says_what_all_there_is_says(vault: OpenVault, clock: Clock, seed: int) -> None:
    for id in [one.id for one in vault.notebook.clients()]:
        with vault._store.transaction():
            vault._store.remove_client(id)
    for done in walked(vault, clock, seed, 15):
        compare(vault, done)


def test_the_walk_meets_the_rules_and_they_read_only_what_is_kept(vault: OpenVault, clock: Clock) -> None:
    """The control of the walk; and a rule that reads an answer names it in `abridged.READ`."""
    met: set[str] = set()
    read: dict[str, set[str]] = {}
    for seed in range(3):
        for _done in walked(vault, clock, seed, 40):
            met |= {one[1].split(":")[0] for one in quickly(vault)}
        for story in whole(vault):
            watched = [msgspec.structs.replace(one, answers=_Watched(one, read)) for one in story.entries]
            attention.reasons(msgspec.structs.replace(story, entries=watched), clock().date(), vault.attention.numbers)
    assert len(met) >= 8
    missing = {
        form: keys - abridged.READ.get(form, frozenset()) for form, keys in read.items() if form not in abridged.WHOLE
    }
    assert {form: keys - SAID_ONLY for form, keys in missing.items() if keys - SAID_ONLY} == {}
    assert sum(map(len, read.values())) > 25, "the control: what they read is seen"


SAID_ONLY = frozenset({"their_words", "no_next_because", "answer"})
"""Answers of which the rules ask only whether they say anything."""


class _Watched(dict[str, Any]):
    """Answers that note which of them is asked for."""

    def __init__(self, entry: Entry, read: dict[str, set[str]]) -> None:
        super().__init__(entry.answers)
        self._read = read.setdefault(entry.form, set())

    def get(self, key: str, default: Any = None) -> Any:
        self._read.add(key)
        return super().get(key, default)


@pytest.fixture
def kept(vault: OpenVault, client: ClientId) -> str:
    """What is kept of Dana, who has a strain, and of whom the rules have something to say."""
    vault.notebook.write(card(vault.notebook, client, "notice", NOTICE))
    assert quickly(vault) == plainly(vault)
    assert not vault.attention.keep_some()
    said = vault._store._database.row("SELECT said FROM kept_story")
    assert said is not None
    return str(said[0])


def later(vault: OpenVault, clock: Clock) -> None:
    clock.move(days=8)
    vault.attention.believe(vault.notebook.today())
    vault.attention.forget()


def test_what_is_kept_is_what_the_first_look_tells(vault: OpenVault, clock: Clock, kept: str) -> None:
    """The control of all the above: a row that said something else would be seen."""
    later(vault, clock)
    assert compare(vault, []) > 0
    rows, made_by = vault._store.kept_stories, vault.attention._stories._made_by
    _, found = rows.read(vault.notebook.today(), made_by)
    changed = {
        id: msgspec.structs.replace(one, arcs=[msgspec.structs.replace(arc, status="resolved") for arc in one.arcs])
        for id, one in found.items()
    }
    assert changed != found
    rows.keep(changed, made_by)
    vault.attention.forget()
    with pytest.raises(AssertionError):
        compare(vault, [])


def _rows(vault: OpenVault) -> list[tuple[Any, ...]]:
    return vault._store._database.rows("SELECT client, made_by, until, said FROM kept_story ORDER BY client")


def _put_back(vault: OpenVault, rows: list[tuple[Any, ...]]) -> None:
    """Put rows back past the sum of their marks, as an old page of the table would."""
    database = vault._store._database
    with database.transaction(counted=False):
        database.run("DELETE FROM kept_story")
        for row in rows:
            database.run("INSERT INTO kept_story VALUES (?, ?, ?, ?)", row)
    vault.attention.forget()


def _keep_all(vault: OpenVault) -> None:
    vault.attention.stories()
    while vault.attention.keep_some():
        pass


@pytest.mark.parametrize("anew", [False, True], ids=["of one whose row went", "of one whose row was made anew"])
def test_an_old_page_put_back_silences_nothing(vault: OpenVault, clock: Clock, client: ClientId, anew: bool) -> None:
    other = vault.notebook.add_client({"code": "N-1"}).client
    assert other is not None
    _keep_all(vault)
    old = _rows(vault)
    assert len(old) == 2
    vault.notebook.write(card(vault.notebook, client, "notice", NOTICE))
    if anew:
        _keep_all(vault)
    later(vault, clock)
    said = quickly(vault)
    assert client in {one[0] for one in said}
    _put_back(vault, old)
    assert quickly(vault) == said == plainly(vault)
    # What is not believed goes, and what is kept from then on is believed again.
    _keep_all(vault)
    rows = vault._store.kept_stories
    assert [one for one in old if one in _rows(vault)] == [one for one in old if one[0] == other]
    assert rows.read(vault.notebook.today(), vault.attention._stories._made_by)[0] == {client, other}
    vault.attention.forget()
    assert quickly(vault) == said


@pytest.mark.usefixtures("kept")
def test_a_row_that_cannot_be_read_takes_nothing_away(vault: OpenVault, clock: Clock) -> None:
    later(vault, clock)
    said = quickly(vault)
    database = vault._store._database
    with database.transaction(counted=False):
        database.run("UPDATE kept_story SET said = '['")
        marks = sum(kept_stories._mark(*row) for row in _rows(vault))
        database.run("UPDATE meta SET value = ? WHERE name = 'kept'", (marks,))
    vault.attention.forget()
    assert quickly(vault) == said != []
    _keep_all(vault)
    assert "[" not in {one[3] for one in _rows(vault)}
    vault.attention.forget()
    assert quickly(vault) == said


@pytest.mark.usefixtures("kept")
def test_what_is_kept_holds_on_its_last_day_and_no_longer(vault: OpenVault) -> None:
    rows, made_by, today = vault._store.kept_stories, vault.attention._stories._made_by, vault.notebook.today()
    known, found = rows.read(today, made_by)
    rows.keep({id: msgspec.structs.replace(one, until=today.isoformat()) for id, one in found.items()}, made_by)
    assert rows.read(today, made_by)[1].keys() == known
    assert rows.read(today + datetime.timedelta(days=1), made_by) == (known, {})


def test_without_its_trigger_a_write_would_leave_what_was_kept(vault: OpenVault, client: ClientId, kept: str) -> None:
    """The control: what is told of each row, and nothing else, takes what is kept along."""
    database = vault._store._database
    (arc,) = (one.arc.id for one in vault.strains.of_client(client))
    vault.strains.set_status(arc, rupture.Status.ACKNOWLEDGED, day())
    assert database.rows("SELECT 1 FROM kept_story") == []
    vault.attention.stories()
    vault.attention.keep_some()
    for name in ("followed_update_arc", "followed_update_client", "followed_insert_status_event"):
        database.prepare(f"DROP TRIGGER temp.{name}")
    vault.strains.set_status(arc, rupture.Status.IN_DIALOGUE, day())
    assert database.rows("SELECT 1 FROM kept_story") != []


def test_it_holds_few_words_and_goes_with_the_client(vault: OpenVault, client: ClientId, kept: str) -> None:
    assert "The corridor" in kept, "the control: a name that the agenda says is kept"
    assert str(NOTICE["seen_or_heard"]) not in kept
    with vault._store.transaction():
        vault._store.remove_client(client)
    assert vault._store._database.rows("SELECT 1 FROM kept_story") == []


def test_keeping_is_no_save_and_changes_nothing_that_counts(vault: OpenVault, client: ClientId, kept: str) -> None:
    store = vault._store
    vault.notebook.write(card(vault.notebook, client, "note", {"one_line": "A note"}))
    before = store.saves, store.digest, store.contents()
    vault.attention.stories()
    vault.attention.keep_some()
    assert store._database.row("SELECT count(*) FROM kept_story") == (1,)
    assert (store.saves, store.digest, store.contents()) == before
    assert digest.agrees(store._database)


@pytest.mark.usefixtures("kept")
def test_a_vault_open_to_read_tells_the_same_and_keeps_nothing(
    vault: OpenVault, access: Access, secrets: Secrets, clock: Clock
) -> None:
    later(vault, clock)
    said = quickly(vault)
    vault.close()
    reading = access.open(vault.folder, secrets, read_only=True)
    reading.attention.believe(reading.notebook.today())
    assert quickly(reading) == said != []
    assert not reading.attention.keep_some()
    reading.close()


@pytest.mark.usefixtures("kept")
def test_with_other_forms_nothing_that_was_kept_is_read(vault: OpenVault, forms: Forms) -> None:
    stories = vault.attention._stories
    made_by = stories._made_by
    today = vault.notebook.today()
    assert vault._store.kept_stories.read(today, made_by)[0]
    copy = msgspec.structs.replace(forms.current("session"), id="own_session", based_on="session")
    vault.forms.add(copy)
    vault.attention.stories()
    assert stories._made_by != made_by
    assert not vault._store.kept_stories.read(today, stories._made_by)[0]


def test_everybody_who_asks_hears_of_each_write(vault: OpenVault, client: ClientId) -> None:
    touched = vault._store.touched
    mark, _ = touched.since(0) or (0, set())
    for _ in range(2):
        vault.notebook.write(card(vault.notebook, client, "note", {"one_line": "A note"}))
        newer, whose = touched.since(mark) or (0, set())
        assert whose == {client}
        assert newer > mark
        assert touched.since(mark) == (newer, {client}), "to ask takes nothing from anybody"
        assert touched.since(newer) == (newer, set())
        mark = newer
    with vault._store.transaction():
        assert touched.since(mark) is None
