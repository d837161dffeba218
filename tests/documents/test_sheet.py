"""The page of sections: what is on it in reading order, what is to be filled in, and its plain-text twin."""

import pytest
from paper_cases import reader, words_of_pdf

from alliance_desktop.documents.pages import Group, Item, Page, Section, Sheet
from alliance_desktop.documents.press import render, unprintable
from alliance_desktop.documents.twin import twin

WORDS = {"title": "Goals", "page": "Page {n} of {count}", "sample": "SAMPLE"}


def sheet(*items: Item, heading: str = "You said", **more: object) -> Sheet:
    return Sheet(words=WORDS, sections=(Section(heading=heading, groups=(Group(heading="", items=items),)),), **more)


FULL = sheet(
    Item(label="What you want", text="Sleep through the night\nand wake rested"),
    Item(label="How it is going", heads=("Date", "From 0 to 10"), rows=(("3 March", "4"), ("9 April", "7"))),
    Item(label="Was it heard?", ticks=("Yes", "Partly", "No"), ticked=frozenset({1})),
    head="For your eyes",
    facts=("M-12", "3 March to 9 April"),
    lead="What you told me, and what we changed.",
)


def test_it_is_read_in_the_order_in_which_it_is_seen() -> None:
    printed = words_of_pdf(render(FULL).pdf())
    told = ["Goals", "M-12", "What you told me", "You said", "What you want", "Sleep", "How it is going", "3 March",
            "9 April", "Was it heard?", "Yes", "Partly", "No", "Page 1 of 1"]  # fmt: skip
    place = 0
    for one in told:
        assert one in printed[place:], one
        place = printed.index(one, place) + len(one)


def test_the_twin_says_the_same_and_what_is_ticked() -> None:
    told = twin(FULL)
    assert told.startswith("Goals\nM-12 · 3 March to 9 April\nFor your eyes\n")
    assert "- Date: 9 April; From 0 to 10: 7" in told
    assert "[x] Partly" in told
    assert "[ ] Yes" in told
    assert "\n\n\n" not in told


def test_every_word_of_the_page_is_in_its_twin() -> None:
    printed = set(words_of_pdf(render(FULL).pdf()).split())
    said = set(twin(FULL).replace(":", " ").replace(";", " ").split())
    assert printed - said <= {"Page", "1", "of"}


@pytest.mark.parametrize("roomy", [False, True])
def test_lines_and_boxes_to_fill_in_are_never_parted_from_their_question(roomy: bool) -> None:
    items = [Item(label=f"Question {number}?", lines=3) for number in range(12)]
    pdf = render(sheet(*items, roomy=roomy)).pdf()
    for page in reader(pdf).pages:
        # A question at the very foot would have its lines on the next sheet.
        assert not page.extract_text().replace("Goals", "").split("Page")[0].rstrip().endswith("You said")
    assert "Question 11?" in words_of_pdf(pdf)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("long", [False, True])
def test_who_is_reached_how_stands_on_one_sheet_with_the_name(large: bool, long: bool) -> None:
    """A block of a few lines stays whole; one of more than a sheet goes on, or nothing could hold it."""
    lines = [f"way {number}" for number in range(80 if long else 8)]
    items = tuple(
        Item(label=f"Person {one}", text="\n".join(f"{line} of {one}." for line in lines)) for one in range(9)
    )
    pages = [" ".join(one.extract_text().split()) for one in reader(render(sheet(*items), large=large).pdf()).pages]
    assert len(pages) > 1
    for one in range(9):
        told = [f"Person {one}", *(f"{line} of {one}." for line in lines)]
        on = {number for words in told for number, page in enumerate(pages) if f"{words} " in page}
        assert (len(on) == 1) is not long


def test_lines_are_fewer_where_else_a_few_would_stand_alone_on_the_last_sheet() -> None:
    items = [Item(label=f"Question {number}?", lines=4) for number in range(6)]
    assert len(reader(render(sheet(*items)).pdf()).pages) == 1
    assert len(reader(render(sheet(*items, *items[:4])).pdf()).pages) == 2


def test_the_head_of_a_table_is_repeated_on_each_sheet() -> None:
    rows = tuple((f"agreed {number}", "me") for number in range(60))
    pages = reader(render(sheet(Item(label="Agreed", heads=("What", "Who does it"), rows=rows))).pdf()).pages
    assert len(pages) > 1
    assert all("Who does it" in page.extract_text() for page in pages)


def test_the_running_head_is_on_each_sheet_and_the_sample_is_marked() -> None:
    long = sheet(*(Item(label=f"Question {n}", text="words " * 60) for n in range(20)), head="Private", sample=True)
    pages = [one.extract_text() for one in reader(render(long).pdf()).pages]
    assert len(pages) > 1
    assert all("Private" in one and "SAMPLE" in one for one in pages)
    assert twin(long).startswith("SAMPLE\n")


def test_what_is_written_is_never_read_as_markup() -> None:
    words = '#panic("x") *bold* $x$ = not a heading [a](b) `c` \\u{41} <label>'
    printed = words_of_pdf(render(sheet(Item(label=words, text=words, ticks=(words,)))).pdf())
    assert printed.count('#panic("x") *bold* $x$') == 3


def test_characters_are_looked_for_in_every_part_of_a_page() -> None:
    lost = "\U0001fae9"
    item = Item(label="a", rows=((chr(0xE000),),), heads=("b",), ticks=(chr(0xE001),))
    page = sheet(item, facts=(chr(0xE002),), lead=chr(0xE003))
    assert {one.character for one in unprintable(page)} >= {chr(0xE000 + number) for number in range(4)}, lost


def test_a_page_without_a_twin_is_a_fault_of_the_program() -> None:
    class Other(Page, frozen=True, kw_only=True):
        template = "sheet.typ"

    with pytest.raises(TypeError):
        twin(Other())
