"""Requests for records: what is blacked out, what a request is about, and what waits for a decision."""

import datetime

import msgspec
import pytest

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.entry import Addendum, Arc, ArcId, ClientId, Entry, EntryId, State, StatusEvent
from alliance_desktop.domain.form import Audience
from alliance_desktop.domain.records.beside import BESIDE, DRAFTS, ENDED, kept_beside, reasons_of, without_reasons
from alliance_desktop.domain.records.blackout import MARK, blacked_out, merged
from alliance_desktop.domain.records.deciding import (
    Verdict,
    decide,
    decisions_of,
    ended_with,
    offered,
    printed,
    since_ended,
    standing,
    undecided,
    with_decisions,
)
from alliance_desktop.domain.records.errors import NoReasonError, NothingBlackedOutError
from alliance_desktop.domain.records.items import Group, Item, Strand, gather, unreadable
from alliance_desktop.domain.records.request import Scope, read_request

TODAY = datetime.date(2026, 3, 5)
THEN = datetime.datetime(2026, 3, 5, 12, tzinfo=datetime.UTC)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


# ---------------------------------------------------------------- blacked out


@pytest.mark.parametrize(
    ("text", "spans", "left"),
    [
        ("Her brother Aaron shouted.", [(12, 17)], f"Her brother {MARK} shouted."),
        ("Her brother Aaron shouted.", [(11, 18)], f"Her brother {MARK} shouted."),
        ("Aaron and Bea", [(0, 5), (10, 13)], f"{MARK} and {MARK}"),
        ("Aaron  Bea left", [(0, 5), (7, 10)], f"{MARK} left"),
        ("Aaron", [(-3, 99)], MARK),
        ("Aaron", [(2, 4), (0, 3)], f"{MARK}n"),
        ("Aaron", [(3, 3), (4, 2)], "Aaron"),
        ("a 👩‍👩‍👧 b", [(2, 7)], f"a {MARK} b"),
        ("one\ntwo\nthree", [(0, 7)], f"{MARK}\nthree"),
        ("", [(0, 4)], ""),
    ],
)
def test_words_are_taken_out_and_one_mark_stands_there(text: str, spans: list[tuple[int, int]], left: str) -> None:
    assert blacked_out(text, spans) == left
    assert blacked_out(text, merged(text, spans)) == left


def test_the_mark_does_not_tell_how_long_the_words_were() -> None:
    assert blacked_out("Bo left.", [(0, 2)]) == blacked_out("Maximiliana left.", [(0, 11)])


# ---------------------------------------------------------------- what it is about


def entry(form: str, card: str, at: int = 1, **said: object) -> Entry:
    return Entry(
        id=EntryId(at),
        client=ClientId(1),
        form=form,
        form_version=1,
        card=card,
        happened_on=TODAY - datetime.timedelta(days=at),
        created_at=THEN,
        touched_at=THEN,
        state=State.FINISHED,
        answers=dict(said),
    )


CONCERN = entry("concern", "concern", 1, worries="Aaron is worried.", told_back="I am on it.", outreach_opened=True)
SESSION = entry("session", "note", 2, body="We talked.", for_me_only="I was tired.", felt_off=True)
SAFETY = entry("safeguarding", "concern", 3, exact_words="He hit me.")
ALL = [CONCERN, SESSION, SAFETY]


def gathered(forms, entries=ALL, scope=None, added=(), strands=(), details=None) -> list[Item]:
    return gather(
        entries,
        lambda one: forms.get(one.form),
        lambda id: [one for one in added if one.entry == id],
        scope or Scope(),
        strands=strands,
        details=details,
    )


def by_key(items: list[Item]) -> dict[str, Item]:
    return {one.key: one for one in items}


def test_each_answer_falls_into_its_group(forms) -> None:
    found = by_key(gathered(forms))
    assert {key: one.group for key, one in found.items()} == {
        "1:worries": Group.THIRD,
        "1:told_back": Group.RECORD,
        "1:outreach_opened": Group.RECORD,
        "2:body": Group.RECORD,
        "2:for_me_only": Group.PRIVATE,
        "2:felt_off": Group.PRIVATE,
        "3:exact_words": Group.SAFETY,
    }
    assert found["1:outreach_opened"].text == "Yes"
    assert found["1:worries"].heading == "4 March 2026 · Concern received"


def test_additions_go_with_their_note(forms) -> None:
    added = [
        Addendum(id=7, entry=EntryId(2), written_at=THEN, text="She called."),
        Addendum(id=8, entry=EntryId(2), written_at=THEN, text="I was cross.", private=True),
        Addendum(id=9, entry=EntryId(3), written_at=THEN, text="The lead knows."),
    ]
    found = by_key(gathered(forms, added=added))
    assert found["2+7"].group is Group.RECORD
    assert found["2+8"].group is Group.PRIVATE
    assert found["3+9"].group is Group.SAFETY
    assert found["2+7"].label == "Added on 5 March 2026"


def test_an_addition_to_words_of_others_is_decided_about_too(forms) -> None:
    added = [
        Addendum(id=7, entry=EntryId(1), written_at=THEN, text="Aaron rang again."),
        Addendum(id=8, entry=EntryId(1), written_at=THEN, text="I was cross.", private=True),
    ]
    found = by_key(gathered(forms, added=added))
    assert (found["1+7"].group, found["1+8"].group) == (Group.THIRD, Group.PRIVATE)
    scope = Scope(kinds=frozenset({"sessions"}))
    assert "1+7" not in by_key(gathered(forms, scope=scope, added=added)), "like the answers of its note"
    (card,) = forms["concern"].cards
    own = [one for one in card.questions if one.audience is not Audience.THIRD]
    only_own = msgspec.structs.replace(forms["concern"], cards=(msgspec.structs.replace(card, questions=tuple(own)),))
    found = by_key(gathered({**forms, "concern": only_own}, added=added))
    assert found["1+7"].group is Group.THIRD, "it stands among other people"
    found = by_key(gathered({**forms, "concern": msgspec.structs.replace(only_own, section="Record")}, added=added))
    assert found["1+7"].group is Group.RECORD


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028", "\u2029"])
def test_a_line_ends_in_one_way_in_every_piece(forms, ending: str) -> None:
    said = f"One.{ending}Two."
    note = entry("session", "note", 2, body=said)
    added = [Addendum(id=7, entry=EntryId(2), written_at=THEN, text=said)]
    arc = Arc(id=ArcId(5), client=ClientId(1), form="rupture", created_at=THEN, status="noticed")
    event = StatusEvent(id=1, arc=arc.id, turn=1, was="", became="noticed", true_on=TODAY, entered_at=THEN, why=said)
    details = forms["client"], {"what_helps": said}
    items = gathered(forms, [note], added=added, strands=[Strand(arc, [event])], details=details)
    written = {one.key: one.text for one in items if one.key != "strain 5"}
    assert written == dict.fromkeys(["client:what_helps", "2:body", "2+7", "why 1"], "One.\nTwo.")


def test_a_draft_says_that_it_is_one_and_a_table_keeps_its_rows(forms) -> None:
    draft = msgspec.structs.replace(SAFETY, state=State.DRAFT, answers={"told": [{"name": "Ms D", "role": "lead"}]})
    (told,) = gathered(forms, [draft])
    assert told.heading.endswith("· not finished")
    stays_open = msgspec.structs.replace(CONCERN, state=State.DRAFT)
    assert not any("not finished" in one.heading for one in gathered(forms, [stays_open]))
    assert told.rows == (("Ms D", "lead", "", "", ""),)
    assert "Ms D" in told.text


def test_the_scope_bounds_days_and_kinds_but_never_what_must_be_decided(forms) -> None:
    only_people = gathered(forms, scope=Scope(kinds=frozenset({"people"})))
    assert {one.key for one in only_people} == {
        "1:worries",
        "1:told_back",
        "1:outreach_opened",
        "2:for_me_only",
        "2:felt_off",
        "3:exact_words",
    }
    last = gathered(forms, scope=Scope(first=TODAY - datetime.timedelta(days=1)))
    assert {one.entry for one in last} == {1}
    assert gathered(forms, scope=Scope(last=day("2020-01-01"))) == []


def test_what_is_in_the_bin_or_of_a_newer_program_or_a_request_is_left_out(forms) -> None:
    binned = msgspec.structs.replace(CONCERN, binned_at=THEN)
    newer = msgspec.structs.replace(CONCERN, form="from_the_future")
    request = entry("records_request", "request", 4, identity="Known for years.")
    entries = [binned, newer, request]
    assert gathered(forms, entries) == []
    assert unreadable(entries, lambda one: forms.get(one.form), Scope()) == 1


def test_a_strain_tells_where_it_stood_and_its_reasons_are_private(forms) -> None:
    arc = Arc(id=ArcId(5), client=ClientId(1), form="rupture", created_at=THEN, status="acknowledged")
    events = [
        StatusEvent(id=1, arc=arc.id, turn=1, was="", became="noticed", true_on=TODAY, entered_at=THEN),
        StatusEvent(
            id=2, arc=arc.id, turn=1, was="noticed", became="acknowledged", true_on=TODAY, entered_at=THEN, why="Late."
        ),
    ]
    stood, why = gathered(forms, [], strands=[Strand(arc, events)])
    assert (stood.group, stood.text) == (Group.RECORD, "5 March 2026: Noticed\n5 March 2026: Acknowledged")
    assert (why.group, why.text) == (Group.PRIVATE, "Late.")


def test_details_are_part_of_the_record(forms) -> None:
    (told,) = gathered(forms, [], details=(forms["client"], {"code": "D-34"}))
    assert (told.key, told.group, told.text) == ("client:code", Group.RECORD, "D-34")
    assert gathered(forms, [], Scope(kinds=frozenset({"people"})), details=(forms["client"], {"code": "D-34"})) == []


# ---------------------------------------------------------------- deciding


def decided(forms, verdict: Verdict, key: str, spans=(), entries=ALL):
    items = gathered(forms, entries)
    made = decide([by_key(items)[key]], verdict, "Because.", TODAY, spans)
    return {one.item.key: one for one in standing(items, made)}


def test_nothing_is_decided_by_itself_and_each_group_is_counted(forms) -> None:
    waiting = standing(gathered(forms), {})
    assert undecided(waiting) == {Group.THIRD: 1, Group.PRIVATE: 2, Group.SAFETY: 1}
    assert {one.item.key for one in waiting if printed(one)} == {"1:told_back", "1:outreach_opened", "2:body"}


@pytest.mark.parametrize(
    ("verdict", "key", "left"),
    [
        (Verdict.PRINT, "1:worries", "Aaron is worried."),
        (Verdict.LEAVE_OUT, "1:worries", None),
        (Verdict.KEEP_APART, "2:for_me_only", None),
        (Verdict.KEEP_APART, "3:exact_words", None),
        (Verdict.PRINT, "3:exact_words", "He hit me."),
        (Verdict.LEAVE_OUT, "2:body", None),
    ],
)
def test_what_is_printed_follows_the_decision(forms, verdict: Verdict, key: str, left: str | None) -> None:
    one = decided(forms, verdict, key)[key]
    assert not one.waits
    shown = printed(one)
    assert (shown.text if shown else None) == left


def test_blacked_out_words_are_gone_also_from_a_table(forms) -> None:
    one = decided(forms, Verdict.BLACK_OUT, "1:worries", [(0, 5)])["1:worries"]
    shown = printed(one)
    assert shown is not None
    assert shown.text == f"{MARK} is worried."
    table = entry("safeguarding", "concern", 3, told=[{"name": "Ms Duarte", "role": "lead"}])
    held = decided(forms, Verdict.BLACK_OUT, "3:told", [(0, 9)], [table])["3:told"]
    shown = printed(held)
    assert shown is not None
    assert (shown.rows, shown.text) == ((), f"{MARK} · lead")


def test_words_that_changed_since_wait_again(forms) -> None:
    items = gathered(forms)
    made = decide(items, Verdict.PRINT, "Because.", TODAY)
    assert undecided(standing(items, made)) == {}
    later = msgspec.structs.replace(CONCERN, answers=CONCERN.answers | {"worries": "More.", "told_back": "Else."})
    again = standing(gathered(forms, [later, SESSION, SAFETY]), made)
    assert undecided(again) == {Group.THIRD: 1, Group.RECORD: 1}
    assert {one.item.key for one in again if one.changed} == {"1:worries", "1:told_back"}
    assert printed(by_decided(again)["1:told_back"]) is None


def by_decided(found):
    return {one.item.key: one for one in found}


def test_what_was_written_since_waits(forms) -> None:
    made = decide(gathered(forms), Verdict.PRINT, "Because.", TODAY)
    new = entry("session", "note", 9, for_me_only="New.")
    assert undecided(standing(gathered(forms, [*ALL, new]), made)) == {Group.PRIVATE: 1}


def test_what_ended_is_about_what_it_was_about(forms) -> None:
    items = gathered(forms)
    made = decide([one for one in items if one.group is not Group.RECORD], Verdict.PRINT, "Because.", TODAY)
    answers = ended_with({"identity": "Known.", DRAFTS: {"2:body": {"reason": "half"}}}, items)
    assert DRAFTS not in answers, "what was begun is no part of it"
    assert "Aaron" not in str(answers)
    assert since_ended(standing(items, made), answers) == (standing(items, made), 0)
    later = msgspec.structs.replace(SESSION, answers=SESSION.answers | {"body": "We fell out.", "next": "More."})
    again, gone = since_ended(standing(gathered(forms, [CONCERN, later]), made), answers)
    assert {one.item.key for one in again if one.waits} == {"2:body", "2:next"}
    assert [printed(by_decided(again)[key]) for key in ("2:body", "2:next")] == [None, None]
    assert gone == 1
    assert undecided(since_ended(standing(items, made), {})[0]) != {}, "what does not say what it was about is not sure"


def test_a_decision_needs_a_reason_and_black_words(forms) -> None:
    found = by_key(gathered(forms))
    for key in ("1:worries", "2:for_me_only", "3:exact_words"):
        with pytest.raises(NoReasonError):
            decide([found[key]], Verdict.PRINT, " ", TODAY)
    with pytest.raises(NoReasonError):
        decide([found["2:body"]], Verdict.LEAVE_OUT, "", TODAY)
    assert decide([found["2:body"]], Verdict.PRINT, "", TODAY)
    with pytest.raises(NothingBlackedOutError):
        decide([found["1:worries"]], Verdict.BLACK_OUT, "Because.", TODAY, [(3, 3)])


def test_what_others_said_is_never_kept_apart(forms) -> None:
    assert Verdict.KEEP_APART not in offered(Group.THIRD)
    assert Verdict.KEEP_APART in offered(Group.PRIVATE)
    with pytest.raises(ValueError, match="cannot be decided"):
        decide([by_key(gathered(forms))["1:worries"]], Verdict.KEEP_APART, "Because.", TODAY)


def test_decisions_are_kept_beside_answers_without_any_words_of_the_note(forms) -> None:
    made = decide([by_key(gathered(forms))["1:worries"]], Verdict.BLACK_OUT, "Hers.", TODAY, [(0, 5)])
    kept = with_decisions({"identity": "Known."}, made)
    assert decisions_of(kept) == made
    assert "Aaron" not in str(kept)
    assert decisions_of({BESIDE: {"1:worries": {"verdict": "burn"}}}) == {}
    assert decisions_of({BESIDE: "nonsense"}) == {}


def test_a_card_that_is_written_brings_no_decisions() -> None:
    old = {"identity": "A", BESIDE: {"a": 1}}
    assert kept_beside({"identity": "B", BESIDE: {"b": 2}}, old) == {"identity": "B", BESIDE: {"a": 1}}
    assert kept_beside({"identity": "B", BESIDE: {"b": 2}}, {}) == {"identity": "B"}
    assert kept_beside({"identity": "B"}, old) == {"identity": "B", BESIDE: {"a": 1}}
    begun = {DRAFTS: {"a": {"reason": "half"}}}
    assert kept_beside({"identity": "B", DRAFTS: {}}, begun) == {"identity": "B", **begun}
    assert kept_beside({"identity": "B"}, {"identity": "A"}) == {"identity": "B"}
    assert kept_beside({"identity": "B", ENDED: {"a": "1"}}, {}) == {"identity": "B"}


def test_reasons_go_and_decisions_stay() -> None:
    answers = {"identity": "A", BESIDE: {"a": {"reason": "Hers.", "verdict": "print"}}, DRAFTS: {"b": {"reason": "Ha"}}}
    assert reasons_of(answers) == ["Hers.", "Ha"]
    assert without_reasons(answers) == {"identity": "A", BESIDE: {"a": {"reason": "", "verdict": "print"}}}
    assert without_reasons({"identity": "A"}) == {"identity": "A"}
    assert reasons_of({BESIDE: "nonsense", DRAFTS: {"b": 3}}) == []


# ---------------------------------------------------------------- the request


@pytest.mark.parametrize(
    ("said", "waits"),
    [
        ({"asker": chosen("client")}, False),
        ({"asker": chosen("parent")}, True),
        ({"asker": chosen("parent"), "young_told": "All of it."}, True),
        ({"asker": chosen("parent"), "young_told": "All of it.", "young_wants": " "}, True),
        ({"asker": chosen("parent"), "young_told": "All of it.", "young_wants": "“Not the diary.”"}, False),
    ],
)
def test_a_parent_waits_until_the_young_person_was_heard(said: dict[str, object], waits: bool) -> None:
    assert read_request(entry("records_request", "request", 1, **said)).waits_for_young is waits


@pytest.mark.parametrize(
    ("said", "asker"),
    [
        ({}, ""),
        ({"asker": chosen("lawyer")}, "a lawyer or a court"),
        ({"asker": chosen("other", text="Her landlord")}, "Her landlord"),
        ({"asker": chosen("parent"), "asker_name": [{"name": "Ann Lee", "role": "parent"}]}, "Ann Lee"),
    ],
)
def test_who_asks_in_words(said: dict[str, object], asker: str) -> None:
    assert read_request(entry("records_request", "request", 1, **said)).asker == asker
