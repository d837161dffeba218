"""The sample caseload goes in through the same services: eight people, statuses, links, nothing readable."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from service_cases import Clock, every_byte

from alliance_desktop.domain.answers import date_of
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import Entry, State
from alliance_desktop.domain.form import Kind
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import Forms
from alliance_desktop.storage import sample_folder

TEXT = resource("sample", "caseload.toml").read_text(encoding="utf-8")
PEOPLE: list[dict[str, Any]] = tomllib.loads(TEXT)["people"]
by_code = pytest.mark.parametrize("person", PEOPLE, ids=lambda one: str(one["client"]["code"]))


@pytest.fixture(scope="module")
def made(forms: Forms, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    import os

    from service_cases import CHEAP

    place = tmp_path_factory.mktemp("sample") / sample_folder.VAULT
    opened = Access(forms, Clock(), os.urandom, CHEAP).make_sample(place, TEXT)
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


def test_there_are_eight_people_and_the_vault_says_that_it_is_a_sample(made: OpenVault) -> None:
    assert made.sample
    assert len(made.notebook.clients()) == len(PEOPLE) == 8


@by_code
def test_every_entry_is_there_on_its_day(made: OpenVault, person: dict[str, Any]) -> None:
    today = Clock()().astimezone().date()
    entries = made.notebook.entries(client_of(made, person).id)
    assert len(entries) == len(person.get("entries", []))
    told = sorted(one["day"] for one in person["entries"])
    assert [
        (one.created_at.astimezone().date() - today).days for one in sorted(entries, key=lambda one: one.created_at)
    ] == told
    finished = sum(bool(one.get("finished")) for one in person["entries"])
    assert sum(one.state is State.FINISHED for one in entries) == finished


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
    today = Clock()().astimezone().date()
    kept = [
        [(one.became, (one.true_on - today).days, one.why, one.turn) for one in made.strains.history(strain.arc.id)]
        for strain in strains
    ]
    expected = [[(e["status"], e["day"], e["why"], e.get("turn", 1)) for e in events] for events in told.values()]
    assert sorted(kept) == sorted(expected)
    assert sorted(one.arc.status for one in strains) == sorted(events[-1]["status"] for events in told.values())


@by_code
def test_links_lead_to_entries_of_the_same_person(made: OpenVault, person: dict[str, Any]) -> None:
    own = {one.id for one in made.notebook.entries(client_of(made, person).id)}
    found = [id for entry in made.notebook.entries(client_of(made, person).id) for id in links(made, entry)]
    labels = {entry["label"] for entry in person["entries"] if "label" in entry}
    told = [one for entry in person["entries"] for answer in entry["answers"].values() for one in words_in(answer)]
    assert len(found) == sum(one in labels for one in told)
    assert set(found) <= own


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
        yield from words_in(entry["answers"])


def test_the_search_for_readable_words_can_fail(made: OpenVault, tmp_path: Path) -> None:
    (tmp_path / "beside").write_text(TEXT, encoding="utf-8")
    words = {word for answer in walk(PEOPLE[0]) for word in answer.split() if len(word) > 7}
    assert all(word.encode() in every_byte(tmp_path) for word in words)
