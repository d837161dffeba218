"""What a card asks, keeps and calls enough, tried on the real forms."""

import datetime

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ClientId

DAY = datetime.date(2026, 3, 5)
NOW = datetime.datetime(2026, 3, 5, 9, 0, tzinfo=datetime.UTC)
NOBODY: frozenset[str] = frozenset()


def keys(questions) -> set[str]:
    return {one.key for one in questions}


def test_an_empty_notice_is_not_begun(rupture_form):
    notice = rupture_form.card("notice")
    assert not notice.is_begun({})
    assert not notice.is_enough({})
    assert notice.is_begun({"name": "The joke"})
    assert notice.is_enough({"noticed_on": dated(DAY)})


def test_half_of_the_reflection_is_begun_and_not_enough(rupture_form):
    card = rupture_form.card("acknowledge")
    half = {"my_part": chosen("a_joke")}
    assert card.is_begun(half)
    assert not card.is_enough(half)
    assert card.is_enough(half | {"landed": "As a door closing."})
    assert not card.is_enough(half | {"landed": "  \n"})


def test_words_alone_are_a_part_too(rupture_form):
    card = rupture_form.card("acknowledge")
    assert card.is_enough({"my_part": chosen(text="I looked at the clock."), "landed": "As hurry."})


def test_a_conversation_is_enough_with_their_words_or_their_no(rupture_form):
    card = rupture_form.card("dialogue")
    when = {"took_place_on": dated(DAY)}
    assert not card.is_enough(when)
    assert card.is_enough(when | {"their_words": "“It hurt.”"})
    assert card.is_enough(when | {"preferred_not": chosen("not_now")})
    assert not card.is_enough({"their_words": "“It hurt.”"})


def test_a_repair_is_enough_with_a_row_or_the_tick(rupture_form):
    card = rupture_form.card("repair")
    review = {"review_on": dated(DAY)}
    row = {"what": "Ask first", "who": "", "by": None, "state": chosen()}
    empty = {"what": "  ", "who": "", "by": None, "state": chosen()}
    assert card.is_enough(review | {"agreed": [row]})
    assert card.is_enough(review | {"leave_as_is": True})
    assert not card.is_enough(review | {"agreed": [empty]})
    assert not card.is_enough(review | {"leave_as_is": False})
    assert not card.is_enough({"agreed": [row]})


def test_switching_the_style_keeps_every_part(session_form):
    card = session_form.card("note")
    answers = {"style": chosen("soap"), "soap_told": "She slept."}
    assert "soap_told" in keys(card.shown_questions(answers, NOBODY))
    assert "body" not in keys(card.shown_questions(answers, NOBODY))
    answers["style"] = chosen("dap")
    assert "soap_told" not in keys(card.shown_questions(answers, NOBODY))


def test_without_a_style_the_note_is_free(session_form):
    shown = keys(session_form.card("note").shown_questions({}, NOBODY))
    assert "body" in shown
    assert not shown & {"soap_told", "dap_read", "birp_did", "tender_reason"}


def test_each_style_shows_its_own_four_parts(session_form):
    card = session_form.card("note")
    parts = {"soap": 4, "dap": 3, "birp": 4}
    for style, count in parts.items():
        shown = keys(card.shown_questions({"style": chosen(style)}, NOBODY))
        assert len([key for key in shown if key.startswith(f"{style}_")]) == count
        assert "body" not in shown


def test_a_tender_session_asks_why(session_form):
    card = session_form.card("note")
    assert "tender_reason" in keys(card.shown_questions({"tender": True}, NOBODY))
    assert "tender_reason" not in keys(card.shown_questions({"tender": False}, NOBODY))


def test_growing_up_is_asked_for_the_young_and_in_schools_only(rupture_form):
    card = rupture_form.card("acknowledge")
    people = {
        "a band": ({"age_band": chosen("14_15")}, True),
        "a birthday tomorrow": ({"born": dated(datetime.date(2008, 3, 6))}, True),
        "a birthday today": ({"born": dated(datetime.date(2008, 3, 5))}, False),
        "a school": ({"setting": chosen("school")}, True),
        "grown up": ({"age_band": chosen("35_49"), "setting": chosen("private")}, False),
        "nothing known": ({}, False),
    }
    for name, (answers, asked) in people.items():
        client = Client(id=ClientId(1), created_at=NOW, answers=answers)
        shown = keys(card.shown_questions({}, client.facts(DAY)))
        assert ("growing_up" in shown) is asked, name


def test_an_ending_without_repair_asks_for_its_four_texts(rupture_form):
    card = rupture_form.card("close")
    texts = {"tried_before_end", "door_left_open", "who_else", "how_it_ended"}
    for outcome in ("their_choice", "circumstances", "not_repaired"):
        assert texts <= keys(card.shown_questions({"outcome": chosen(outcome)}, NOBODY))
    for outcome in ("stronger", "moved_on", "not_a_strain"):
        assert not texts & keys(card.shown_questions({"outcome": chosen(outcome)}, NOBODY))
