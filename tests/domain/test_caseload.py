"""The sample caseload fits the forms: keys, options, shapes, dates, links, and statuses the cards speak for."""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from alliance_desktop.domain.answers import About
from alliance_desktop.domain.client import ClientState
from alliance_desktop.domain.entry import ClientId, Entry, EntryId
from alliance_desktop.domain.form import CHOOSING, Column, Form, Kind, Question
from alliance_desktop.domain.rupture import Status, is_open, suggested, was_offered
from alliance_desktop.domain.shown import ROLES, shown

REFERENCE = datetime.date(2026, 3, 5)
ENTRY_FIELDS = {"form", "card", "day", "answers", "arc", "turn", "at", "label", "finished", "addenda"}
TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")


def problems(form: Form, question: Question, answer: Any, labels: set[str]) -> Iterator[str]:
    """Yield what is wrong with one sample answer."""
    if question.kind in CHOOSING:
        yield from _choice_problems({one.id for one in form.options(question)}, question.kind, answer)
    elif question.kind is Kind.DATE:
        yield from _date_problems(answer)
    elif question.kind is Kind.ROWS:
        for row in answer:
            yield from _row_problems(question.columns, row)
    elif question.kind is Kind.LINK:
        if not (answer and set(answer) <= labels):
            yield "a link names labels of the same person"
    elif not FITS[question.kind](answer):
        yield f"this is no {question.kind}"
    if question.limit and len(answer) > question.limit:
        yield f"longer than {question.limit}"


def _says(answer: Any) -> bool:
    return isinstance(answer, str) and bool(answer.strip())


def _is_contacts(answer: Any) -> bool:
    return all(set(one) == {"name", "role"} and one["role"] in ROLES for one in answer)


FITS: dict[Kind, Callable[[Any], bool]] = {
    Kind.CONTACTS: _is_contacts,
    Kind.TICK: lambda answer: isinstance(answer, bool),
    Kind.TIME: lambda answer: bool(TIME.match(answer)),
    Kind.PERSON: lambda answer: False,
    Kind.LINE: lambda answer: _says(answer) and "\n" not in answer,
    Kind.PROSE: _says,
}


def _choice_problems(known: set[str], kind: Kind | str, answer: Any) -> Iterator[str]:
    if set(answer) != {"ids", "text"}:
        yield "a choice has ids and text"
        return
    if unknown := set(answer["ids"]) - known:
        yield f"unknown options {unknown}"
    if kind != Kind.CHOICES and len(answer["ids"]) > 1:
        yield "one choice only"


def _date_problems(answer: Any) -> Iterator[str]:
    if not (isinstance(answer, dict) and set(answer) <= {"day", "about"} and isinstance(answer.get("day"), int)):
        yield "a date is a day, perhaps with about"
    elif answer.get("about", "") not in set(About):
        yield "unknown about"


def _row_problems(columns: tuple[Column, ...], row: dict[str, Any]) -> Iterator[str]:
    by_key = {column.key: column for column in columns}
    for key, cell in row.items():
        if key not in by_key:
            yield f"no column {key}"
        elif by_key[key].kind == "choice":
            yield from _choice_problems({one.id for one in by_key[key].options}, Kind.CHOICE, cell)
        elif by_key[key].kind == "date":
            yield from _date_problems(cell)
        elif not isinstance(cell, bool if by_key[key].kind == "tick" else str):
            yield f"wrong cell in {key}"


def with_dates(value: Any) -> Any:
    if isinstance(value, dict):
        if "day" in value:
            on = REFERENCE + datetime.timedelta(days=value["day"])
            return {"on": on.isoformat(), "about": value.get("about", "")}
        return {key: with_dates(one) for key, one in value.items()}
    return [with_dates(one) for one in value] if isinstance(value, list) else value


def strain_entries(person: dict[str, Any], arc: str) -> list[Entry]:
    moment = datetime.datetime.combine(REFERENCE, datetime.time(), datetime.UTC)
    return [
        Entry(
            id=EntryId(number),
            client=ClientId(1),
            form=one["form"],
            form_version=1,
            card=one["card"],
            happened_on=REFERENCE + datetime.timedelta(days=one["day"]),
            created_at=moment,
            touched_at=moment,
            turn=one.get("turn", 1),
            answers=with_dates(one["answers"]),
        )
        for number, one in enumerate(person["entries"], 1)
        if one.get("arc") == arc
    ]


def arcs(people) -> list[tuple[dict[str, Any], str]]:
    return [
        (person, arc) for person in people for arc in dict.fromkeys(e["arc"] for e in person["entries"] if "arc" in e)
    ]


def person(people, code: str) -> dict[str, Any]:
    return next(one for one in people if one["client"]["code"] == code)


def test_eight_people_with_their_own_codes(people):
    assert len(people) == 8
    assert len({one["client"]["code"] for one in people}) == 8
    assert [one["client"]["called"] for one in people] == ["Tomás", "Dana", "Li", "Rowan", "نور", "Sam", "Grace", "Olu"]


def test_every_answer_fits_its_form(forms, people):
    wrong = []
    for one in people:
        labels = {entry["label"] for entry in one["entries"] if "label" in entry}
        cards = [("client", "details", one["client"])]
        cards += [(entry["form"], entry["card"], entry["answers"]) for entry in one["entries"]]
        for form_id, card_id, answers in cards:
            card = forms[form_id].card(card_id)
            for key, answer in answers.items():
                found = list(problems(forms[form_id], card.question(key), answer, labels))
                wrong += [(one["client"]["code"], card_id, key, problem) for problem in found]
    assert wrong == []


@pytest.mark.parametrize(
    ("card", "key", "answer"),
    [
        ("notice", "safety", {"ids": ["maybe"], "text": ""}),
        ("notice", "safety", {"ids": ["no"]}),
        ("notice", "safety", {"ids": ["yes", "no"], "text": ""}),
        ("notice", "noticed_on", {"on": "2026-03-05", "about": ""}),
        ("notice", "noticed_on", {"day": -1, "about": "roughly"}),
        ("notice", "name", "x" * 41),
        ("notice", "session", ["nowhere"]),
        ("notice", "already_spoke", "yes"),
        ("repair", "agreed", [{"what": "A", "whom": "B"}]),
        ("repair", "agreed", [{"what": "A", "state": {"ids": ["lost"], "text": ""}}]),
        ("repair", "others_to_know", [{"name": "A", "role": "wizard"}]),
        ("repair", "understood", " "),
    ],
)
def test_the_check_finds_a_wrong_answer(rupture_form, card, key, answer):
    question = rupture_form.card(card).question(key)
    assert list(problems(rupture_form, question, answer, {"here"}))


def test_entries_are_well_formed_and_in_order_of_writing(people):
    for one in people:
        assert all(set(entry) <= ENTRY_FIELDS for entry in one["entries"])
        assert all(entry.get("finished", True) is True for entry in one["entries"])
        assert all(entry.get("finished") for entry in one["entries"] if "addenda" in entry)
        written = [(entry["day"], entry.get("at", "17:00")) for entry in one["entries"]]
        assert written == sorted(written)
        assert all(TIME.match(at) and day <= 0 for day, at in written)
        for entry in one["entries"]:
            for addendum in entry.get("addenda", []):
                assert set(addendum) == {"day", "text", "private"}
                assert entry["day"] <= addendum["day"] <= 0


def test_the_day_of_an_entry_is_the_day_it_tells_of(forms, people):
    for one in people:
        for entry in one["entries"]:
            dated_by = forms[entry["form"]].card(entry["card"]).dated_by
            if dated_by in entry["answers"]:
                assert entry["answers"][dated_by]["day"] == entry["day"], (one["client"]["code"], entry["card"])


def test_every_strain_begins_with_notice_and_its_status(people):
    found = arcs(people)
    assert len(found) == 6
    for one, arc in found:
        cards = [entry for entry in one["entries"] if entry.get("arc") == arc]
        events = [event for event in one["status"] if event["arc"] == arc]
        assert cards[0]["card"] == "notice"
        assert (events[0]["status"], events[0]["day"]) == ("noticed", cards[0]["day"])
        assert [event["day"] for event in events] == sorted(event["day"] for event in events)
        assert all(Status(event["status"]) for event in events)
        assert {event["arc"] for event in one["status"]} <= {arc for _, arc in found}


def test_statuses_are_those_the_cards_speak_for(rupture_form, people):
    for one, arc in arcs(people):
        last = [event for event in one["status"] if event["arc"] == arc][-1]
        assert (
            suggested(strain_entries(one, arc), last["status"], last.get("turn", 1), lambda _: rupture_form) is None
        ), arc


def test_dana_is_told_in_full(rupture_form, people):
    dana = person(people, "D-34")
    cards = [entry["card"] for entry in dana["entries"] if entry.get("arc") == "blip"]
    assert set(cards) == {card.id for card in rupture_form.cards}
    assert [event["status"] for event in dana["status"]] == (
        ["noticed", "in_dialogue", "repair_agreed", "followed_up", "resolved"]
    )
    assert len({event["day"] for event in dana["status"][:3]}) == 1
    entries = {entry.card: entry for entry in strain_entries(dana, "blip")}
    for card in rupture_form.cards:
        assert card.is_enough(entries[card.id].answers), card.id
    close = rupture_form.card("close").question("outcome")
    assert shown(rupture_form, close, entries["close"].answers["outcome"]) == "Stronger than before"
    assert entries["repair"].answers["wording_seen"]["ids"] == ["changed"]


def test_tomas_declined_once_and_stays_in_view(people):
    tomas = person(people, "T-17")
    assert tomas["client"]["state"]["ids"] == [ClientState.REACHING_OUT]
    entries = strain_entries(tomas, "corridor")
    assert was_offered(entries, 1)
    declined = [one for one in entries if "preferred_not" in one.answers]
    assert [one.answers["preferred_not"]["ids"] for one in declined] == [["not_now"]]
    assert declined[0].answers["next_try_on"]["on"] > REFERENCE.isoformat()
    assert is_open(tomas["status"][-1]["status"])


def test_noor_writes_in_two_directions(people):
    noor = person(people, "N-28")
    assert noor["client"]["called"] == "نور"
    body = next(entry["answers"]["body"] for entry in noor["entries"] if entry.get("label") == "noor-talk")
    paragraphs = body.split("\n\n")
    assert [bool(re.match(r"[\u0600-\u06ff]", one)) for one in paragraphs] == [False, True, False, True, False]
    assert "16:30" in paragraphs[3]


def test_sam_missed_twice_and_was_excused_once(people):
    attendance = [entry["answers"]["attendance"]["ids"][0] for entry in person(people, "S-16")["entries"]]
    assert attendance == ["attended", "excused", "attended", "no_show", "late_cancel"]


def test_each_of_the_others_shows_its_own_end(people):
    ends = {one["client"]["code"]: one["status"][-1]["status"] for one in people if "status" in one}
    assert ends["G-45"] == "ended_unrepaired"
    assert ends["O-10"] == "not_a_strain"
    assert is_open(ends["L-15"])
    assert is_open(ends["N-28"])
    turns = {event.get("turn", 1) for event in person(people, "L-15")["status"]}
    assert turns == {1, 2}
    assert "status" not in person(people, "R-12")


def test_no_school_or_service_is_named(people):
    text = str(people)
    assert not re.search(r"\b[A-Z]\w+ (School|Academy|College|High|Primary|Clinic|Hospital|Centre|Center)\b", text)
