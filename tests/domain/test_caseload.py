"""The sample caseload fits the forms: keys, options, shapes, dates, links, and statuses the cards speak for."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from caseload_cases import (
    REFERENCE,
    TIME,
    Told,
    arcs,
    last_answers,
    person,
    problems,
    strain_entries,
    with_dates,
    written,
)
from test_wording import AVOIDED, TONE, all_texts, bad_words

from alliance_desktop.domain.client import ClientState
from alliance_desktop.domain.form import Kind
from alliance_desktop.domain.outreach import AVENUES, DIRECT
from alliance_desktop.domain.rupture import Status, is_open, suggested, was_offered
from alliance_desktop.domain.shown import shown
from alliance_desktop.resources import resource

ENTRY_FIELDS = {
    *("form", "card", "day", "answers", "arc", "turn", "at", "label"),
    *("finished", "addenda", "revised", "binned"),
}


@pytest.fixture(scope="module")
def own() -> list[Told]:
    """What the counsellor keeps that belongs to no client."""
    text = resource("sample", "caseload.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["own"])


@pytest.fixture(scope="module")
def entries(people, own) -> list[Told]:
    """Every entry of the sample, as they were written."""
    return sorted([entry for one in people for entry in one["entries"]] + own, key=written)


def answered(entries: list[Told]) -> Iterator[tuple[Told, Told, set[str]]]:
    """Yield each entry, what it says, and the labels of all that was written before."""
    labels: set[str] = set()
    for entry in entries:
        for said in [entry["answers"], *(one["answers"] for one in entry.get("revised", []))]:
            yield entry, said, set(labels)
        labels.add(entry.get("label", ""))


def test_ten_people_with_their_own_codes(people):
    assert len({one["client"]["code"] for one in people}) == len(people) == 10
    eight = ["Tomás", "Dana", "Li", "Rowan", "نور", "Sam", "Grace", "Olu"]
    assert [one["client"]["called"] for one in people] == [*eight, "Ewa", "Jamal"]


def test_every_answer_fits_its_form(forms, people, entries):
    said = [("client", "details", one["client"], set()) for one in people]
    said += [(entry["form"], entry["card"], answers, labels) for entry, answers, labels in answered(entries)]
    wrong = [
        (form, card, key, problem)
        for form, card, answers, labels in said
        for key, answer in answers.items()
        for problem in problems(forms[form], forms[form].card(card).question(key), answer, labels)
    ]
    assert wrong == []


def test_links_lead_to_what_they_may_lead_to(forms, entries):
    of_label = {entry["label"]: entry["form"] for entry in entries if "label" in entry}
    found = [
        (question, [of_label[one] for one in said[question.key]])
        for entry, said, _ in answered(entries)
        for question in forms[entry["form"]].card(entry["card"]).questions
        if question.kind is Kind.LINK and question.key in said
    ]
    assert len(found) > 10
    assert [forms for question, forms in found if question.targets and not set(forms) <= set(question.targets)] == []
    assert {of_label[label] for label in contacts(entries)} == {"contact"}


def contacts(entries: list[Told]) -> set[str]:
    named = [one["contact"] for entry in entries for one in tables(entry["answers"]) if "contact" in one]
    return {one for one in named if isinstance(one, str)}


def tables(value: Any) -> Iterator[Told]:
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from tables(one)


def test_labels_are_given_once_and_are_no_other_word(people, entries):
    labels = [entry["label"] for entry in entries if "label" in entry]
    assert len(labels) == len(set(labels))
    ids = {id for entry in entries for one in tables(entry["answers"]) for id in one.get("ids", [])}
    assert ids.isdisjoint(labels)


def test_each_form_and_each_card_has_an_example(forms, people, entries):
    told = {(entry["form"], entry["card"]) for entry in entries} | {("client", "details")}
    assert told == {(form.id, card.id) for form in forms.values() for card in form.cards}


def test_each_form_shows_one_example_with_enough_on_it(forms, entries):
    enough = {
        (entry["form"], entry["card"])
        for entry in entries
        if forms[entry["form"]].card(entry["card"]).is_enough(with_dates(last_answers(entry)))
    }
    assert {(form.id, card.id) for form in forms.values() for card in form.cards} - enough == {("client", "details")}


def test_what_is_about_a_client_stands_with_a_client(forms, people, own):
    assert {forms[entry["form"]].about for entry in own} == {"counsellor"}
    assert {forms[entry["form"]].about for one in people for entry in one["entries"]} <= {"client", "either"}


def test_what_is_kept_up_over_time_is_there_once(forms, people):
    for one in people:
        living = [(e["form"], e["card"]) for e in one["entries"] if forms[e["form"]].card(e["card"]).living]
        assert len(living) == len(set(living)), one["client"]["code"]


def test_what_freezes_is_finished(forms, entries):
    frozen = [entry for entry in entries if forms[entry["form"]].card(entry["card"]).freezes]
    assert {entry["card"] for entry in frozen} == {"concern", "follow_up"}
    assert all(entry["finished"] for entry in frozen)


def test_given_rows_are_all_there(forms, entries):
    (agreements,) = [entry for entry in entries if entry["form"] == "foundation"]
    given = [one.id for one in forms["foundation"].card("agreements").question("agreements").presets]
    for said in (agreements["answers"], last_answers(agreements)):
        assert [row["preset"] for row in said["agreements"]] == given
    done = [row for row in last_answers(agreements)["agreements"] if "done_on" in row]
    assert len(given) / 3 < len(done) < len(given) * 2 / 3


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
        ("repair", "others_to_know", [{"name": " ", "role": "nurse"}]),
        ("repair", "others_to_know", [{"name": "A", "role": "nurse", "contact": "nowhere"}]),
        ("repair", "others_to_know", [{"name": "A", "role": "nurse", "reach": "here"}]),
        ("notice", "noticed_on", {"next": "02-29"}),
        ("notice", "noticed_on", {"day": True}),
        ("repair", "understood", " "),
    ],
)
def test_the_check_finds_a_wrong_answer(rupture_form, card, key, answer):
    question = rupture_form.card(card).question(key)
    assert list(problems(rupture_form, question, answer, {"here"}))


@pytest.mark.parametrize(
    ("form", "card", "key", "answer"),
    [
        ("supervision", "session", "minutes", "60"),
        ("supervision", "session", "minutes", True),
        ("supervision", "session", "minutes", 601),
        ("foundation", "agreements", "agreements", [{"preset": "nothing", "topic": "Nothing"}]),
        ("foundation", "agreements", "agreements", [{"preset": "room", "topic": "A room"}]),
        ("safeguarding", "concern", "told", [{"name": 1}]),
    ],
)
def test_the_check_finds_a_wrong_number_or_row(forms, form, card, key, answer):
    assert list(problems(forms[form], forms[form].card(card).question(key), answer, {"here"}))


def test_entries_are_well_formed_and_in_order_of_writing(people, own):
    for each in [*(one["entries"] for one in people), own]:
        assert [written(entry) for entry in each] == sorted(written(entry) for entry in each)
        for entry in each:
            assert set(entry) <= ENTRY_FIELDS
            assert entry.get("finished", True) is True


def test_what_is_done_with_an_entry_comes_after_it_and_before_today(entries):
    for entry in entries:
        addenda, revised = entry.get("addenda", []), entry.get("revised", [])
        later = [*revised, *addenda, *([entry["binned"]] if "binned" in entry else [])]
        times = [written(entry), *(written(one) for one in later)]
        assert times == sorted(times)
        assert all(TIME.match(at) and day < 0 for day, at in times)
        assert entry.get("finished") or not addenda
        assert all(set(one) == {"day", "text", "private"} for one in addenda)
        assert all(set(one) == {"day", "at", "answers"} for one in revised)


def test_one_entry_lies_in_the_bin_and_some_say_something_else_than_before(entries):
    (binned,) = [entry for entry in entries if "binned" in entry]
    assert "wrong file" in binned["answers"]["one_line"]
    assert {entry["form"] for entry in entries if "revised" in entry} == {"goal", "foundation", "outreach"}
    assert all(last_answers(entry) != entry["answers"] for entry in entries if "revised" in entry)


def test_the_day_of_an_entry_is_the_day_it_tells_of(forms, entries):
    found = [(entry, forms[entry["form"]].card(entry["card"]).dated_by) for entry in entries]
    dated = [(entry, entry["answers"][key]["day"]) for entry, key in found if key in entry["answers"]]
    # Somebody learns of a day in a life afterwards; all else is written on its own day.
    assert len(dated) > 80
    assert [entry["card"] for entry, day in dated if day != entry["day"]] == ["life_event"]


def test_every_strain_begins_with_notice_and_its_status(people):
    found = arcs(people)
    assert len(found) == 8
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


def test_what_was_heard_of_tomas_is_answered_and_another_door_is_next(people):
    said = {(one["form"], one["card"]): last_answers(one) for one in person(people, "T-17")["entries"]}
    concern, plan, tried = said["concern", "concern"], said["outreach", "plan"], said["outreach", "try"]
    assert concern["answered_on"] == concern["received_on"]
    assert said["contact_log", "talk"]["basis"]["ids"] == ["nothing_shared"]
    assert (tried["avenue"]["ids"], tried["response"]["ids"]) == (["text"], ["not_now"])
    assert plan["earlier_strain"] == ["tomas-notice"]
    assert plan["next_try_on"] == tried["next_on"] == {"day": 3}
    (how,) = plan["next_try_how"]["ids"]
    assert how in set(AVENUES) - DIRECT
    assert {one["what"].split()[0] for one in plan["hurting_dates"]} == {"The", "His", "Christmas,"}


def test_noor_writes_in_two_directions(people):
    noor = person(people, "N-28")
    assert noor["client"]["called"] == "نور"
    body = next(entry["answers"]["body"] for entry in noor["entries"] if entry.get("label") == "noor-talk")
    paragraphs = body.split("\n\n")
    assert [bool(re.match(r"[\u0600-\u06ff]", one)) for one in paragraphs] == [False, True, False, True, False]
    assert "16:30" in paragraphs[3]


def test_sam_missed_twice_and_was_excused_once(people):
    told = [one for one in person(people, "S-16")["entries"] if one["form"] == "session" and "binned" not in one]
    attendance = [entry["answers"]["attendance"]["ids"][0] for entry in told]
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


def test_no_school_or_service_is_named(people, own):
    text = str([people, own])
    assert not re.search(r"\b[A-Z]\w+ (School|Academy|College|High|Primary|Clinic|Hospital|Centre|Center)\b", text)
    assert not re.search(r"\d{3}[ -]?\d{3,}|\S@\S|www\.", text), "no number or address that somebody may have"


def test_the_own_texts_blame_and_label_nobody(own):
    found = [(text, bad) for text in all_texts(own) if (bad := bad_words(text, AVOIDED | TONE))]
    assert found == []
