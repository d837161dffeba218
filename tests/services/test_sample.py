"""The sample caseload goes in through the same services: people, statuses, links, and who is shown for which reason."""

import datetime
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from service_cases import CHEAP, Clock, every_byte

from alliance_desktop.domain import outreach
from alliance_desktop.domain.agenda import ItemKind
from alliance_desktop.domain.answers import date_of
from alliance_desktop.domain.attention import Rule
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import Entry, EntryId, State
from alliance_desktop.domain.form import Kind
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.attention import MOST
from alliance_desktop.services.forms import Forms
from alliance_desktop.storage import sample_folder

TEXT = resource("sample", "caseload.toml").read_text(encoding="utf-8")
TOLD = tomllib.loads(TEXT)
PEOPLE: list[dict[str, Any]] = TOLD["people"]
OWN: list[dict[str, Any]] = TOLD["own"]
TODAY = Clock()().astimezone().date()
by_code = pytest.mark.parametrize("person", PEOPLE, ids=lambda one: str(one["client"]["code"]))


def make(forms: Forms, folder: Path, clock: Clock) -> OpenVault:
    return Access(forms, clock, os.urandom, CHEAP).make_sample(folder / sample_folder.VAULT, TEXT)


@pytest.fixture(scope="module")
def made(forms: Forms, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    opened = make(forms, tmp_path_factory.mktemp("sample"), Clock())
    yield opened
    opened.close()


def client_of(made: OpenVault, person: dict[str, Any]) -> Client:
    (found,) = [one for one in made.notebook.clients() if one.code == person["client"]["code"]]
    return found


def words_in(answer: Any) -> Iterator[str]:
    """Yield every text of an answer, however deep."""
    if isinstance(answer, str):
        yield answer
    for one in answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ():
        yield from words_in(one)


def test_there_are_ten_people_and_the_vault_says_that_it_is_a_sample(made: OpenVault) -> None:
    assert made.sample
    assert len(made.notebook.clients()) == len(PEOPLE) == 10


@by_code
def test_every_entry_is_there_on_its_day(made: OpenVault, person: dict[str, Any]) -> None:
    same_days(made.notebook.entries(client_of(made, person).id), person["entries"])


def test_what_is_the_counsellors_own_is_there_on_its_day(made: OpenVault) -> None:
    same_days(made.notebook.own_entries(), OWN)


def same_days(entries: list[Entry], told: list[dict[str, Any]]) -> None:
    kept = [one for one in told if "binned" not in one]
    days = [(one.created_at.astimezone().date() - TODAY).days for one in entries]
    assert sorted(days) == sorted(one["day"] for one in kept)
    assert sum(one.state is State.FINISHED for one in entries) == sum(bool(one.get("finished")) for one in kept)


def test_all_was_written_in_the_order_of_time_and_nothing_today(made: OpenVault) -> None:
    entries = [one for client in made.notebook.clients() for one in made.notebook.entries(client.id)]
    entries += made.notebook.own_entries()
    in_order = sorted(entries, key=lambda one: one.id)
    assert [one.created_at for one in in_order] == sorted(one.created_at for one in entries)
    midnight = datetime.datetime.combine(TODAY, datetime.time()).astimezone()
    assert max(one.touched_at for one in entries) < midnight
    assert made.attention.doubt() is None


def test_what_was_written_anew_says_what_it_said_before(made: OpenVault) -> None:
    everything = [one for client in made.notebook.clients() for one in made.notebook.entries(client.id)]
    versions = {one.form: made.history.versions(one.id) for one in everything if made.history.versions(one.id)}
    told = {one["form"]: one["revised"] for person in PEOPLE for one in person["entries"] if "revised" in one}
    assert {form: len(found) for form, found in versions.items()} == {form: len(one) for form, one in told.items()}
    (goal,) = [one for one in everything if one.form == "goal" and made.history.versions(one.id)]
    answers = [*(one.answers for one in versions["goal"]), goal.answers]
    assert [len(one["ratings"]) for one in answers] == [1, 2, 3]


def test_what_was_written_in_the_wrong_file_lies_in_the_bin(made: OpenVault) -> None:
    (binned,) = made.history.binned()
    assert (binned.who, binned.entry.card) == ("Sam", "note")
    assert (TODAY - binned.put_on).days == 21
    assert made.history.purge() == 0


@by_code
def test_addenda_are_dated_and_in_their_layer(made: OpenVault, person: dict[str, Any]) -> None:
    told = [(one["text"], bool(one.get("private"))) for entry in person["entries"] for one in entry.get("addenda", [])]
    entries = made.notebook.entries(client_of(made, person).id)
    kept = [(one.text, one.private) for entry in entries for one in made.notebook.addenda(entry.id)]
    assert sorted(kept) == sorted(told)


@by_code
def test_each_strain_stands_where_the_file_says(made: OpenVault, person: dict[str, Any]) -> None:
    told: dict[str, list[dict[str, Any]]] = {}
    for one in person.get("status", []):
        told.setdefault(one["arc"], []).append(one)
    strains = made.strains.of_client(client_of(made, person).id)
    assert len(strains) == len(told)
    kept = [
        [(one.became, (one.true_on - TODAY).days, one.why, one.turn) for one in made.strains.history(strain.arc.id)]
        for strain in strains
    ]
    expected = [[(e["status"], e["day"], e["why"], e.get("turn", 1)) for e in events] for events in told.values()]
    assert sorted(kept) == sorted(expected)
    assert sorted(one.arc.status for one in strains) == sorted(events[-1]["status"] for events in told.values())


@by_code
def test_links_of_a_person_lead_to_the_same_person_or_to_the_counsellors_own(
    made: OpenVault, person: dict[str, Any]
) -> None:
    entries = made.notebook.entries(client_of(made, person).id)
    led = {made.notebook.entry(EntryId(id)).client for entry in entries for id in links(made, entry)}
    assert led <= {client_of(made, person).id, None}


def test_every_label_that_is_named_is_a_link(made: OpenVault) -> None:
    entries = [one for client in made.notebook.clients() for one in made.notebook.entries(client.id)]
    entries += made.notebook.own_entries()
    labels = {entry["label"] for entry in every_told() if "label" in entry}
    told = [one for entry in every_told() for answer in said(entry).values() for one in words_in(answer)]
    people = [one["contact"] for entry in entries for one in contacts(made, entry) if "contact" in one]
    found = [id for entry in entries for id in links(made, entry)] + people
    assert len(found) == sum(one in labels for one in told)
    known = {one.entry for one in made.contacts.people()}
    assert set(people) <= known
    assert len(known) == sum(one["form"] == "contact" for one in OWN)


def every_told() -> list[dict[str, Any]]:
    return OWN + [entry for person in PEOPLE for entry in person["entries"]]


def said(entry: dict[str, Any]) -> dict[str, Any]:
    """Return what an entry says in the end."""
    answers = dict(entry["answers"])
    for one in entry.get("revised", []):
        answers |= one["answers"]
    return answers


def contacts(made: OpenVault, entry: Entry) -> list[dict[str, Any]]:
    card = made.forms.of(entry).card(entry.card)
    asked = [one.key for one in card.questions if one.kind is Kind.CONTACTS]
    return [one for key in asked for one in entry.answers.get(key, [])]


def test_supervision_heard_of_several_people_and_something_waits(made: OpenVault) -> None:
    brought = [one for session in made.supervision.sessions() for one in made.supervision.brought(session.id)]
    heard_of = {made.notebook.who(one) for one in brought if one.client is not None}
    assert heard_of == {"Grace", "Dana", "نور", "Jamal", "Tomás"}
    asked = [one for one in made.supervision.agenda() if one.kind is not ItemKind.STRAIN]
    assert [made.supervision.whose(one) for one in asked] == ["L-15"]
    assert made.supervision.hours(TODAY - datetime.timedelta(days=90), TODAY).total == 200


def test_one_private_note_was_shown_and_the_line_about_it_is_kept(made: OpenVault) -> None:
    everything = [one for client in made.notebook.clients() for one in made.notebook.entries(client.id)]
    shown = [(entry, line) for entry in everything for line in made.ledger.of(entry.id)]
    assert [(entry.card, made.notebook.who(entry)) for entry, _ in shown] == [("acknowledge", "Dana")]
    assert made.ledger.is_private(shown[0][0])


REASONS: dict[str, list[Rule]] = {
    "Olu": [Rule.SAFEGUARDING],
    "Li": [Rule.STRAIN_UNTALKED, Rule.CONCERN_WAITING, Rule.TEMPERATURE],
    "Ewa": [Rule.STRAIN_UNREFLECTED, Rule.PAUSE_REVIEW],
    "Sam": [Rule.MISSED_TWICE, Rule.REFERRAL_WAITING, Rule.GOALS],
    "Grace": [Rule.REQUEST_WAITING, Rule.SECOND_LOOK],
    "Jamal": [Rule.TRY_DUE, Rule.REVIEW_DUE],
    "Tomás": [Rule.HURTING_DATE],
    "نور": [Rule.NOTHING_AGREED, Rule.DECISION_REVIEW],
    "Rowan": [Rule.PROMISE_DUE, Rule.FOUNDATION],
    "": [Rule.OLD_DRAFT, Rule.SUPERVISION],
}
"""Who is shown for what, the most pressing first; "" is the counsellor. Nobody needs to think of Dana today."""


def told_by(made: OpenVault, today: datetime.date) -> dict[str, list[Rule]]:
    cards = made.attention.cards(today)
    return {one.client.called if one.client else "": [each.rule for each in one.reasons] for one in cards}


def test_each_rule_shows_one_good_example(made: OpenVault) -> None:
    found = told_by(made, TODAY)
    assert found == REASONS
    assert list(found) == list(REASONS)
    assert sorted(rule for rules in found.values() for rule in rules) == sorted(Rule)
    assert len(found) <= MOST


def test_a_day_earlier_other_reasons_are_shown(made: OpenVault) -> None:
    assert told_by(made, TODAY - datetime.timedelta(days=1)) != REASONS


@pytest.mark.parametrize(
    "at",
    [
        datetime.datetime(2027, 1, 1, 6, 5, tzinfo=datetime.UTC),
        datetime.datetime(2028, 2, 29, 12, 0, tzinfo=datetime.UTC),
        datetime.datetime(2026, 9, 1, 20, 0, tzinfo=datetime.UTC),
        datetime.datetime(2026, 12, 24, 12, 0, tzinfo=datetime.UTC),
    ],
    ids=["new year", "leap day", "school year", "christmas"],
)
def test_the_same_people_are_shown_whenever_the_sample_is_made(
    forms: Forms, tmp_path: Path, at: datetime.datetime
) -> None:
    opened = make(forms, tmp_path, Clock(at))
    found = told_by(opened, opened.notebook.today())
    opened.close()
    assert {who: list(dict.fromkeys(rules)) for who, rules in found.items()} == REASONS


def test_tomas_stays_in_view_with_another_door_and_the_older_strain_first(made: OpenVault) -> None:
    (tomas,) = [one for one in made.notebook.clients() if one.called == "Tomás"]
    story = next(one for one in made.attention.stories() if one.client.id == tomas.id)
    told = outreach.told(story, TODAY, made.attention.numbers)
    assert told is not None
    assert told.stage is outreach.Stage.REACHING_OUT
    assert (told.due_on, told.avenue) == (TODAY + datetime.timedelta(days=3), "trusted_adult")
    assert [one.response for one in told.tries] == ["not_now"]
    assert told.old_strains == tuple(arc.id for arc in story.open_arcs)
    assert [(one.on - TODAY).days for one in told.dates][:1] == [5]


def links(made: OpenVault, entry: Entry) -> list[int]:
    card = made.forms.of(entry).card(entry.card)
    asked = [one.key for one in card.questions if one.kind is Kind.LINK]
    return [id for key in asked for id in entry.answers.get(key, [])]


def test_no_day_is_left_unreal(made: OpenVault) -> None:
    for client in made.notebook.clients():
        for entry in made.notebook.entries(client.id):
            days = [one for one in entry.answers.values() if isinstance(one, dict) and "about" in one]
            assert all(date_of(one) is not None for one in days)
            assert not any("day" in one for one in entry.answers.values() if isinstance(one, dict))


def test_nothing_of_it_lies_readable_in_the_vault(made: OpenVault) -> None:
    lying = every_byte(made.folder)
    words = {word for person in PEOPLE for answer in walk(person) for word in answer.split() if len(word) > 7}
    assert len(words) > 200
    assert {word for word in words if word.encode() in lying} == set()


def walk(person: dict[str, Any]) -> Iterator[str]:
    yield from words_in(person["client"])
    for entry in person["entries"]:
        yield from words_in(said(entry))


def test_the_search_for_readable_words_can_fail(made: OpenVault, tmp_path: Path) -> None:
    (tmp_path / "beside").write_text(TEXT, encoding="utf-8")
    words = {word for answer in walk(PEOPLE[0]) for word in answer.split() if len(word) > 7}
    assert all(word.encode() in every_byte(tmp_path) for word in words)
