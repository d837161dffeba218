"""The counsellor's own plan and the recovery sheet."""

import msgspec
import pytest
from paper_cases import DAY, NOON, always, entry, reader, text_of_pdf, words_of_pdf

from alliance_desktop.documents.press import render
from alliance_desktop.documents.recovery_sheet import recovery_sheet
from alliance_desktop.documents.repair_plan import HEADER, SECTIONS, blank_repair_plan, repair_plan
from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.audience import ALLOWED, Document, Part
from alliance_desktop.domain.entry import Addendum, Entry
from alliance_desktop.domain.form import Form


def test_plan_tells_the_strain_in_its_seven_sections(form: Form, entries: list[Entry]) -> None:
    close = entry("close", {"outcome": chosen("stronger"), "learned": "To wait a breath."})
    changes = entry("repair", {"working_changes": chosen("pace")})
    text = words_of_pdf(render(repair_plan([*entries, changes, close], always(form), status="followed_up")).pdf())
    places = [text.index(heading) for heading, _ in SECTIONS]
    assert places == sorted(places)
    for words in ("The joke", "Followed up", "She went quiet", "Perhaps as not caring.", "It felt cold", "To wait a"):
        assert words in text


def test_every_sheet_warns_that_it_is_private(form: Form, entries: list[Entry]) -> None:
    for large in (False, True):
        pages = reader(render(repair_plan(entries, always(form), status="noticed"), large=large).pdf()).pages
        assert len(pages) >= 1
        assert all(HEADER in " ".join(page.extract_text().split()) for page in pages)


def test_every_allowed_question_has_a_place() -> None:
    """N9 is the plan's own name; all others stand in a section, and only once."""
    placed = [ref for _, refs in SECTIONS for ref in refs.split()]
    assert len(placed) == len(set(placed))
    wanted = {ref for _, ref in ALLOWED[Document.REPAIR_PLAN]} - {"N9"}
    assert wanted == set(placed) - {"R11"}


def test_later_additions_print_beside_the_first_text(form: Form, entries: list[Entry]) -> None:
    addition = Addendum(id=1, entry=entries[0].id, written_at=NOON, text="It was Tuesday, not Monday.")
    text = words_of_pdf(render(repair_plan(entries, always(form), status="noticed", addenda=[addition])).pdf())
    assert "She went quiet" in text
    assert "It was Tuesday, not Monday." in text
    assert "Added on 10 March 2026" in text


def test_name_needs_its_tick(form: Form, entries: list[Entry]) -> None:
    plain = repair_plan(entries, always(form), status="noticed", name="Mayabel")
    ticked = repair_plan(entries, always(form), status="noticed", name="Mayabel", parts=frozenset({Part.NAME}))
    assert "Mayabel" not in text_of_pdf(render(plain).pdf())
    assert "Mayabel" in text_of_pdf(render(ticked).pdf())


def test_no_stored_id_reaches_the_page(form: Form) -> None:
    noticed = entry("notice", {"signs_away": chosen("w_minimal"), "strength": chosen("3")})
    text = words_of_pdf(render(repair_plan([noticed], always(form), status="noticed")).pdf())
    assert "w_minimal" not in text
    assert "Very short answers or silence" in text


def test_blank_plan_needs_no_client(form: Form) -> None:
    text = words_of_pdf(render(blank_repair_plan(form)).pdf())
    assert all(heading in text for heading, _ in SECTIONS)


def talked(times: int) -> list[Entry]:
    """A strain that was talked about so many times."""
    said = {"opening": "No talking needed. I walk round the field anyway.", "i_named": "That it went too fast."}
    return [entry("dialogue", {**said, "took_place_on": dated(DAY), "i_owned": "The hurry."}) for _ in range(times)]


@pytest.mark.parametrize(("times", "sheets"), [(10, 2), (13, 2), (16, 3)])
def test_a_few_lines_stand_closer_rather_than_alone_on_a_third_sheet(
    form: Form, entries: list[Entry], times: int, sheets: int
) -> None:
    """Without that, the first two take three sheets; the third has far more to say than can stand closer."""
    page = repair_plan([*entries, *talked(times)], always(form), status="noticed")
    assert len(reader(render(page, paper="letter").pdf()).pages) == sheets


def test_the_last_large_sheet_to_fill_in_has_more_than_one_section(form: Form) -> None:
    """Each question has a line more there than in the usual size, where two sheets are full without it."""
    usual, large = (reader(render(blank_repair_plan(form), large=one).pdf()).pages for one in (False, True))
    assert (len(usual), len(large)) == (2, 3)
    last = large[-1].extract_text()
    assert [heading for heading, _ in SECTIONS if heading in last] == [heading for heading, _ in SECTIONS[-2:]]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_recovery_sheet_is_one_sheet_with_every_group(paper: str, large: bool) -> None:
    groups = ["7Q3K", "M8XW", "2ZJT", "R5VB", "9HCN", "4PGE", "K6DS", "Y1FA", "0T3M"]
    pdf = render(recovery_sheet(groups, vault="8f3a-21c0", on=DAY), paper=paper, large=large).pdf()
    assert len(reader(pdf).pages) == 1
    text = words_of_pdf(pdf)
    assert all(group in text for group in groups)
    assert "Nobody, us included, can open this without one of the two" in text
    assert "8f3a-21c0" in text
    assert "10 March 2026" in text


def test_every_turn_is_told_and_each_card_in_the_form_it_was_written_in(form: Form) -> None:
    entries = [
        entry("notice", {"name": "The joke", "seen_or_heard": "The first time."}),
        msgspec.structs.replace(entry("notice", {"seen_or_heard": "The second time."}, turn=2), form_version=2),
    ]
    notice = form.card("notice")
    asked = tuple(
        msgspec.structs.replace(one, label="Seen, in version 2") if one.key == "seen_or_heard" else one
        for one in notice.questions
    )
    later = msgspec.structs.replace(
        form, version=2, cards=(msgspec.structs.replace(notice, questions=asked), *form.cards[1:])
    )
    plan = repair_plan(entries, lambda one: later if one.form_version == 2 else form, status="noticed")
    assert plan.strain == "The joke"
    told = [(item.label, item.text) for group in plan.sections[0].groups for item in group.items]
    assert told == [("What did you see or hear?", "The first time."), ("Seen, in version 2", "The second time.")]
