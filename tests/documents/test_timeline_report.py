"""A client's story on paper: oldest first, whole rows, arcs as on screen, and nothing on it that was not ticked."""

import datetime
import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import msgspec
import pytest
from paper_cases import NOON, everything_in, reader, signs, text_of_pdf, words_of_pdf
from timeline_cases import FORMS, arc, everything_marked, felt, mended, told, written

from alliance_desktop.documents.press import render
from alliance_desktop.documents.timeline_page import ARC_WORDS, MARK_WORDS, TimelineReport
from alliance_desktop.documents.timeline_report import Span, Told, private_entries, timeline_report
from alliance_desktop.documents.twin import twin
from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.audience import ALLOWED, PARTS, TIMELINE_PARTS, Document, Part
from alliance_desktop.domain.entry import Addendum
from alliance_desktop.domain.form import Audience, Form, Question
from alliance_desktop.domain.temperature import Moment
from alliance_desktop.domain.timeline import Symbol
from alliance_desktop.resources import resource

EVERY = PARTS[Document.TIMELINE_REPORT]
NONE: frozenset[Part] = frozenset()
MARGIN = 15 * 72 / 25.4
STRAIN_MARKS = {Symbol.STAGE, Symbol.ENDED, Symbol.LEFT, Symbol.REOPENED, Symbol.OPEN}


def page(parts: frozenset[Part] = NONE, name: str | None = "Zoë") -> TimelineReport:
    """The story of two strains with two sessions, one of them missed."""
    strains, arcs, events = mended()
    warm = {"temperature_client": chosen("5"), "temperature_mine": chosen("2")}
    entries = [
        written("session.note", 1, attendance=chosen("attended"), **warm),
        *strains,
        written("session.note", 8, attendance=chosen("no_show")),
        written("session.note", 15, attendance=chosen("came_late"), temperature_client=chosen("3")),
        written("goal.goal", 16, own_words="To sleep through the night"),
    ]
    return timeline_report(told(entries, arcs, events), felt(entries, arcs), code="T-17", name=name, parts=parts)


def told_on(made: TimelineReport, paper: str = "a4", large: bool = False) -> str:
    """All that leaves with a page: the PDF with everything in it, its pictures and its plain text."""
    rendered = render(made, paper="letter" if paper == "letter" else "a4", large=large)
    return everything_in(rendered.pdf()) + b"".join(rendered.svgs()).decode() + twin(made)


Marked = tuple[list[Told], list[Moment], dict[str, tuple[Form, Question]]]

# --- what may be on it ----------------------------------------------------------------


@pytest.fixture(scope="module")
def marked_story() -> Marked:
    entries, words = everything_marked()
    return told(entries, [arc(1)]), felt(entries), words


Search = Callable[..., set[str]]


@pytest.fixture(scope="module")
def found_on(marked_story: Marked) -> Search:
    """Gives the marks that leave with a page of some parts; each page is made once."""
    story, moments, words = marked_story

    @cache
    def found(parts: frozenset[Part], paper: str = "a4", large: bool = False) -> set[str]:
        inside = told_on(timeline_report(story, moments, code="T-17", parts=parts), paper, large)
        return words.keys() & set(re.findall("(?=(zq[a-z]{3}xk))", inside))

    return found


@pytest.mark.parametrize(("paper", "large"), [("a4", False), ("letter", True)])
def test_unticked_it_holds_agreed_wording_and_how_things_stand_alone(
    marked_story: Marked, found_on: Search, paper: str, large: bool
) -> None:
    words = marked_story[2]
    found = found_on(NONE, paper, large)
    asked = {(form.id, question.key) for form, question in map(words.__getitem__, found)}
    assert {("rupture", "understood"), ("rupture", "outcome"), ("goal", "own_words")} <= asked
    assert {form for form, _ in asked} == {"rupture", "goal"}
    kinds = {question.audience for _, question in map(words.__getitem__, found)}
    assert kinds <= {Audience.SHARE, Audience.REC}
    record = {question.ref for _, question in map(words.__getitem__, found) if question.audience is Audience.REC}
    assert record <= {"C1", "R5", "R6", "R9"}


@pytest.mark.parametrize(
    ("part", "audiences", "one"),
    [
        (Part.RECORD, {Audience.REC}, ("feedback", "change")),
        (Part.CONTACTS, {Audience.REC, Audience.THIRD}, ("contact_log", "contact")),
    ],
)
def test_each_part_adds_what_it_says(
    marked_story: Marked, found_on: Search, part: Part, audiences: set[Audience], one: tuple[str, str]
) -> None:
    words = marked_story[2]
    added = found_on(frozenset({part}), "a4", False) - found_on(NONE, "a4", False)
    assert {words[word][1].audience for word in added} <= audiences
    assert one in {(form.id, question.key) for form, question in map(words.__getitem__, added)}


def test_never_the_words_of_a_session_or_of_safeguarding(marked_story: Marked, found_on: Search) -> None:
    """Nor what is private reflection; the same search finds what is ticked, so that it can fail."""
    found = {(form.id, question.key) for form, question in map(marked_story[2].__getitem__, found_on(EVERY))}
    assert not {"session", "safeguarding", "supervision", "client", "disclosure"} & {form for form, _ in found}
    assert not {("rupture", "landed"), ("rupture", "name"), ("rupture", "seen_or_heard")} & found
    assert {("rupture", "their_words"), ("contact_log", "contact"), ("closing", "why")} <= found


def test_what_gives_a_reason_or_was_added_later_is_told_without_its_words() -> None:
    entries, arcs, events = mended()
    later = Addendum(id=1, entry=entries[2].id, written_at=NOON, text="zqlaterxk")
    made = timeline_report(told(entries, arcs, events, [later]), (), code="T-17", parts=EVERY)
    inside = told_on(made)
    assert "Addendum to" in inside
    assert "zqlaterxk" not in inside
    assert "zqwhyxk" not in inside
    assert "zqnamexk" not in inside
    assert "It stung." in inside, "the search finds what is there"


@pytest.mark.parametrize(
    ("what", "part"),
    [
        ("safeguarding.concern", Part.SAFEGUARDING),
        ("contact_log.talk", Part.CONTACTS),
    ],
)
def test_what_needs_its_part_is_no_row_without_it(what: str, part: Part) -> None:
    story = told([written(what, 2)])
    assert timeline_report(story, (), code="T-17", parts=EVERY - {part}).lines == ()
    assert len(timeline_report(story, (), code="T-17", parts=frozenset({part})).lines) == 1


def test_what_is_the_counsellors_own_is_no_row_whatever_is_ticked() -> None:
    """Another card of the same day is a row, so that the search can fail."""
    assert timeline_report(told([written("own_learning.learning", 2)]), (), code="T-17", parts=EVERY).lines == ()
    assert timeline_report(told([written("goal.goal", 2)]), (), code="T-17", parts=EVERY).lines != ()


def test_the_name_stands_there_only_where_it_is_ticked() -> None:
    assert "Zoë" not in told_on(page())
    assert page(frozenset({Part.NAME})).head[:2] == ("T-17", "Zoë")


def test_how_it_was_for_the_counsellor_is_a_part_of_its_own() -> None:
    without, with_it = page(EVERY - {Part.MY_TEMPERATURE}), page(frozenset({Part.MY_TEMPERATURE}))
    assert [one.mine.value for one in without.points if one.session] == [0, 0, 0]
    assert [one.mine.value for one in with_it.points if one.session] == [2, 0, 0]
    assert [one.theirs.value for one in with_it.points if one.session] == [5, 0, 3]
    assert "private reflection" in with_it.words["foot"]
    assert "private" not in page().words["foot"]


def test_the_entries_whose_private_reflection_is_shown_are_named() -> None:
    felt_so = [written("session.note", 2, temperature_mine=chosen("4"))]
    assert private_entries(felt(felt_so)) == [felt_so[0].id]


def test_what_a_newer_program_wrote_is_left_out_and_counted() -> None:
    newer = msgspec.structs.replace(written("session.note", 2), form_version=99)
    made = timeline_report(told([newer, written("session.note", 3)]), (), code="T-17")
    assert len(made.lines) == 1
    assert made.left_out == "1 entry was written by a newer version of this program and cannot be told here."
    assert made.left_out in words_of_pdf(render(made).pdf())


# --- how it is told -------------------------------------------------------------------


def test_rows_stand_oldest_first_with_day_kind_and_strain() -> None:
    lines = [(one.on, one.kind, one.about) for one in page().lines]
    assert lines[:4] == [
        ("1 Mar 2026", "Session", ""),
        ("3 Mar 2026", "Noticed", "strain 1"),
        ("4 Mar 2026", "Noticed", "strain 2"),
        ("5 Mar 2026", "Talked about", "strain 1"),
    ]
    assert lines[-1] == ("Now", "Open since 4 March 2026", "strain 2")
    assert [one.text for one in page().lines if one.kind == "Session"] == [
        "",
        "Missed, or cancelled late",
        "Late or cut short",
    ]


def test_a_conversation_that_was_offered_says_what_came_of_it_only_with_the_record() -> None:
    story = told([written("rupture.dialogue", 2, 1, preferred_not=chosen("not_now"))], [arc(1)])
    plain = timeline_report(story, (), code="T-17")
    assert plain.lines[0].kind == "Conversation offered"
    with_record = timeline_report(story, (), code="T-17", parts=frozenset({Part.RECORD}))
    assert with_record.lines[0].kind == "Conversation offered, they preferred not to"


def test_arcs_are_those_of_the_screen_side_by_side_and_each_shape_has_its_words() -> None:
    made = page()
    assert made.lanes == 2
    dips = [piece.dip for one in made.lines for piece in one.arcs if piece.lane == 0 and piece.mine]
    assert dips == [4, 2, 1, 1, -1]
    words = {one.words for one in made.arcs}
    assert words == {ARC_WORDS[shape][1] for shape in ("dips", "climbs", "higher", "waits")}


def test_an_arc_is_as_high_as_its_row_and_no_row_takes_a_sheet_for_it() -> None:
    made = page()
    whole = len(reader(render(made).pdf()).pages)
    lines = tuple(msgspec.structs.replace(one, arcs=()) for one in made.lines)
    assert whole == len(reader(render(msgspec.structs.replace(made, lines=lines)).pdf()).pages)


def test_every_mark_is_drawn_and_has_its_words() -> None:
    """Marks of strains are drawn as their arcs; all others are in the template and in the key."""
    source = resource("documents", "timeline.typ").read_text(encoding="utf-8")
    drawn = set(re.findall(r"^  (\w+): ", source.split("#let marks = (")[1].split("\n)")[0], re.M))
    assert drawn == {str(one) for one in Symbol if one not in STRAIN_MARKS}
    assert drawn == {str(one) for one in MARK_WORDS}


def test_the_page_tells_of_the_chosen_days_and_of_what_was_left_out() -> None:
    first, last = datetime.date(2026, 2, 1), datetime.date(2026, 2, 28)
    made = timeline_report((), (), Span(first, last, ("Only strains",)), code="T-17")
    assert made.head == ("T-17", "1 Feb 2026 to 28 Feb 2026")
    printed = words_of_pdf(render(made).pdf())
    assert "Only strains" in printed
    assert "Nothing is noted here." in printed
    assert "Confidential" in printed
    assert "Page 1 of 1" in printed


# --- the paper ------------------------------------------------------------------------


def long_story(number: int) -> TimelineReport:
    entries = [
        written(
            "goal.goal",
            1 + at % 28,
            own_words=f"begin{at:04d} to sleep through the night and wake up rested end{at:04d}",
        )
        for at in range(number)
    ]
    return timeline_report(told(entries), (), code="T-17")


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_two_hundred_rows_break_between_rows_and_repeat_their_heads(large: bool) -> None:
    texts = [" ".join(one.extract_text().split()) for one in reader(render(long_story(200), large=large).pdf()).pages]
    assert len(texts) >= 8
    assert all("What was noted" in one for one in texts)
    assert all(f"Page {at} of {len(texts)}" in one for at, one in enumerate(texts, 1))
    begun = [set(re.findall(r"begin(\d+)", one)) for one in texts]
    assert begun == [set(re.findall(r"end(\d+)", one)) for one in texts]
    assert sum(map(len, begun)) == 200


def test_a_long_temperature_is_drawn_in_strips_and_its_table_repeats_its_head() -> None:
    entries = [written("session.note", at, temperature_client=chosen(str(1 + at % 5))) for at in range(1, 71)]
    made = timeline_report((), felt(entries), code="T-17")
    pdf = render(made).pdf()
    texts = [" ".join(one.extract_text().split()) for one in reader(pdf).pages]
    assert sum("What else there was" in one for one in texts) >= 2
    assert pdf.count(b"/Alt") == 3 or everything_in(pdf).count("/Alt") == 3, "seventy sessions, thirty a strip"
    assert all(f"{at.on} {at.theirs.value}" in " ".join(texts) for at in made.points)


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_no_sign_stands_in_the_margin(paper: str, large: bool) -> None:
    wide = {"a4": 595.28, "letter": 612.0}[paper]
    strains, arcs, events = mended()
    entries = [
        *strains,
        written("goal.goal", 2, own_words="w" * 300),
        written("goal.goal", 3, own_words="מ" * 300),
        *(written("session.note", at, temperature_client=chosen("4")) for at in range(1, 29)),
    ]
    made = timeline_report(
        told(entries, arcs, events), felt(entries, arcs), code="Q" * 60, name="W" * 60, parts=frozenset(EVERY)
    )
    for picture in render(made, paper="letter" if paper == "letter" else "a4", large=large).svgs():
        for left, _, last in signs(picture):
            assert left >= MARGIN - 0.5
            assert last <= wide - MARGIN + 0.5


def test_the_window_and_the_printer_can_draw_all_of_it() -> None:
    """Qt draws no clipped shape, and nothing for a dash without length."""
    pictures = b"".join(render(page(EVERY)).svgs())
    assert b"stroke-dasharray" in pictures
    assert not re.search(rb"clip-?path|<mask|<filter|stroke-dasharray=\"0[ ,]", pictures, re.IGNORECASE)


def test_tables_heads_and_the_chart_are_tagged_and_the_chart_says_what_it_shows() -> None:
    pdf = render(page(EVERY)).pdf()
    inside = everything_in(pdf)
    assert all(re.search(rf"'/S': '/{role}'", inside) for role in ("Table", "TH", "TD", "Figure", "H1", "H2"))
    assert "How it felt after each session from 1 Mar 2026" in inside


def test_it_reads_from_the_title_to_the_numbers() -> None:
    words = words_of_pdf(render(page()).pdf())
    order = ["Timeline", "How to read it", "What was noted", "4 Mar 2026 Noticed", "Now", "How it felt", "The numbers"]
    places = [words.index(one) for one in order]
    assert all(one < after for one, after in pairwise(places))


def test_the_twin_says_the_same_in_the_same_order() -> None:
    made = page(frozenset({Part.MY_TEMPERATURE, Part.RECORD}))
    said = twin(made)
    assert said.startswith("Timeline\nT-17")
    assert "- 5 Mar 2026: Talked about, strain 1: It stung." in said
    assert "- Date: 1 Mar 2026; Theirs: 5; Mine: 2" in said
    assert "What else there was: Missed" in said
    printed = re.sub(r"\s", "", text_of_pdf(render(made).pdf()))
    for line in made.lines:
        assert line.on in said
        assert re.sub(r"\s", "", line.text) in printed


def test_the_forms_of_its_allow_list_are_there() -> None:
    """A code or key that no form has would let nothing through, and nobody would see it."""
    known = {
        (form.id, name)
        for form in FORMS.all()
        for card in form.cards
        for one in card.questions
        for name in (one.ref, one.key)
    }
    assert ALLOWED[Document.TIMELINE_REPORT].union(*TIMELINE_PARTS.values()) <= known
