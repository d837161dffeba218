"""The copy of a record: only what was decided is in it, what is blacked out is nowhere, the cover says the rest."""

import datetime
import re

import msgspec
import pytest
from paper_cases import DAY, NOON, everything_in, marked, reader, words_of_pdf

from alliance_desktop.documents.press import Paper, render
from alliance_desktop.documents.records_bundle import NOTHING_HELD, Cover, RecordsBundle, in_bundle, records_bundle
from alliance_desktop.documents.twin import twin
from alliance_desktop.domain.audience import BUNDLES, Document, allowed, bundle_of
from alliance_desktop.domain.entry import Addendum, ClientId, Entry, EntryId, State
from alliance_desktop.domain.form import Form, Kind
from alliance_desktop.domain.records.deciding import Decided, Verdict, decide, standing
from alliance_desktop.domain.records.items import BY_DATE, Group, Item, gather
from alliance_desktop.domain.records.request import FORM, Request, Scope
from alliance_desktop.resources import resource
from alliance_desktop.services.forms import load_forms

COVER = Cover(name="Dana Quill-Márquez", made="11 March 2026", asked="“All of it.”", law="United Kingdom")
ASKED = Request(received=DAY, asker="Dana Quill-Márquez", due=datetime.date(2026, 4, 10))
WORDLESS = {Kind.TICK, Kind.DATE, Kind.LINK, Kind.PERSON, Kind.NUMBER}


@pytest.fixture(scope="module")
def forms() -> list[Form]:
    all_forms = load_forms(resource("forms")).all()
    return [one for one in all_forms if one.about != "counsellor" and one.id not in {FORM, "client"}]


def _word(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return f"zq{letters[number // 26 % 26]}{letters[number % 26]}{letters[number // 676]}xk"


@pytest.fixture(scope="module")
def told(forms: list[Form]) -> tuple[list[Item], dict[str, tuple[str, Document | None]]]:
    """Every question of every form answered with its own marker word; each word's key, and the bundle it belongs to."""
    words: dict[str, tuple[str, Document | None]] = {}
    entries = []
    for number, (form, card) in enumerate((one, card) for one in forms for card in one.cards):
        answers = {}
        for question in card.questions:
            word = _word(len(words))
            words[word] = (f"{number + 1}:{question.key}", bundle_of(form, question))
            if question.kind not in WORDLESS:
                answers[question.key] = marked(form, question, word)
        entries.append(written(form, card.id, number + 1, answers))
    known = {one.id: one for one in forms}
    return gather(entries, lambda one: known[one.form], lambda _: [], Scope()), words


def written(form: Form, card: str, id: int, answers: dict[str, object]) -> Entry:
    return Entry(
        id=EntryId(id),
        client=ClientId(1),
        form=form.id,
        form_version=form.version,
        card=card,
        happened_on=DAY,
        created_at=NOON,
        touched_at=NOON,
        state=State.FINISHED,
        answers=dict(answers),
    )


def all_decided(items: list[Item], **verdicts: Verdict) -> list[Decided]:
    """Decide each group in one way; print where none is named."""
    made = {}
    for one in items:
        if one.group is not Group.RECORD or one.group in verdicts:
            made |= decide([one], verdicts.get(one.group, Verdict.PRINT), "Because.", DAY)
    return standing(items, made)


def inside(page: RecordsBundle, *, paper: Paper = "a4", large: bool = False) -> str:
    made = render(page, paper=paper, large=large)
    return everything_in(made.pdf()) + b"".join(made.svgs()).decode() + twin(page)


HELD = {
    Document.RECORDS_BUNDLE: {"third": Verdict.LEAVE_OUT, "private": Verdict.PRINT, "safety": Verdict.PRINT},
    Document.RECORDS_PRIVATE: {"third": Verdict.PRINT, "private": Verdict.KEEP_APART, "safety": Verdict.PRINT},
    Document.RECORDS_SAFETY: {"third": Verdict.PRINT, "private": Verdict.PRINT, "safety": Verdict.LEAVE_OUT},
}


@pytest.mark.parametrize("document", sorted(BUNDLES))
def test_a_bundle_holds_its_own_answers_and_no_other(
    told: tuple[list[Item], dict[str, tuple[str, Document | None]]], document: Document
) -> None:
    items, words = told
    keys = {one.key for one in items}
    found = inside(records_bundle(document, ASKED, all_decided(items), COVER))
    there = {word for word in words if word in found}
    assert there == {word for word, (key, whose) in words.items() if whose is document and key in keys}
    assert there, "the control: what belongs here is found by the same search"


@pytest.mark.parametrize(("paper", "large"), [("a4", False), ("a4", True), ("letter", False), ("letter", True)])
@pytest.mark.parametrize("document", sorted(BUNDLES))
def test_what_is_held_back_is_nowhere_in_it(
    told: tuple[list[Item], dict[str, tuple[str, Document | None]]], document: Document, paper: Paper, large: bool
) -> None:
    items, words = told
    held = {one.key for one in items if one.group in HELD[document] and HELD[document][one.group] is not Verdict.PRINT}
    page = records_bundle(document, ASKED, all_decided(items, **HELD[document]), COVER)
    found = inside(page, paper=paper, large=large)
    leaked = {key for word, (key, _) in words.items() if key in held and word in found}
    assert leaked == set()
    assert held, "the control: there is something to hold back"


def test_the_allow_list_puts_each_answer_into_one_bundle_at_most(forms: list[Form]) -> None:
    for form in forms:
        for question in (one for card in form.cards for one in card.questions):
            homes = [document for document in BUNDLES if allowed(document, form, question)]
            assert homes == [one for one in [bundle_of(form, question)] if one is not None]


NAMES = "Aaron Quill"


def piece(text: str, group: Group = Group.THIRD, key: str = "1:worries", **more: object) -> Item:
    heading = "4 March 2026 · Concern received"
    return msgspec.structs.replace(
        Item(key=key, group=group, heading=heading, label="What worries them?", text=text, section=BY_DATE), **more
    )


def blacked(*items: Item) -> list[Decided]:
    made = {}
    for one in items:
        at = one.text.index(NAMES)
        made |= decide([one], Verdict.BLACK_OUT, "He was not asked.", DAY, [(at, at + len(NAMES))])
    return standing(items, made)


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_blacked_out_words_are_absent_from_everything(paper: Paper, large: bool) -> None:
    row = piece(f"{NAMES} · uncle", key="2:there", heads=("Name", "Role"), rows=((NAMES, "uncle"),))
    item = piece(f"Her brother {NAMES} saw her cry.")
    page = records_bundle(Document.RECORDS_BUNDLE, ASKED, blacked(item, row), COVER)
    made = render(page, paper=paper, large=large)
    pdf = made.pdf()
    found = everything_in(pdf) + b"".join(made.svgs()).decode() + twin(page) + msgspec.json.encode(page).decode()
    for word in (NAMES, *NAMES.split(), "Aaron".encode("utf-16-be").hex().upper()):
        assert word not in found.replace(COVER.name, "").replace("Confidential – Dana Quill-Márquez", "")
    said = words_of_pdf(pdf)
    assert said.count("[blacked out]") == 2
    assert "saw her cry" in said
    assert "[blacked out] · uncle" in said


def test_the_search_for_blacked_out_words_can_fail() -> None:
    item = piece(f"Her brother {NAMES} saw her cry.")
    shown = standing([item], decide([item], Verdict.PRINT, "He agreed.", DAY))
    page = records_bundle(Document.RECORDS_BUNDLE, ASKED, shown, COVER)
    pdf = render(page).pdf()
    assert "Aaron" in words_of_pdf(pdf)
    assert "Aaron" in everything_in(pdf)
    assert "Aaron" in twin(page)


def test_the_cover_names_what_is_held_back_and_why() -> None:
    items = [
        piece("He worries."),
        piece("Mr Lee", key="1:from_whom"),
        piece("I was tired.", Group.PRIVATE, "2:for_me_only"),
        piece("He hit me.", Group.SAFETY, "3:exact_words"),
    ]
    made = decide([items[0]], Verdict.LEAVE_OUT, "Told in confidence.", DAY)
    made |= decide([items[1]], Verdict.PRINT, "Known anyway.", DAY)
    made |= decide([items[2]], Verdict.KEEP_APART, "Needs an authorisation.", DAY)
    made |= decide([items[3]], Verdict.PRINT, "Hers to see.", DAY)
    page = records_bundle(Document.RECORDS_BUNDLE, ASKED, standing(items, made), COVER)
    assert page.held == (
        ("4 March 2026 · Concern received – What worries them?", "Left out", "Told in confidence."),
        ("Private reflection: 1 answer", "Kept apart, not handed over here", "Needs an authorisation."),
        ("Safeguarding: 1 answer", "In a bundle of its own", "Hers to see."),
    )
    said = words_of_pdf(render(page).pdf())
    for words in ("Told in confidence.", "Needs an authorisation.", "Hers to see.", "Known anyway."):
        assert (words in said) == (words != "Known anyway.")
    assert "Mr Lee" in said


def test_a_copy_without_anything_says_so() -> None:
    page = records_bundle(Document.RECORDS_BUNDLE, ASKED, [], msgspec.structs.replace(COVER, unreadable=2))
    said = words_of_pdf(render(page).pdf())
    assert "Nothing is noted within what was asked for." in said
    assert NOTHING_HELD in said
    assert "2 notes were written by a newer program" in said
    assert "Private reflection and Safeguarding: nothing is noted" in said
    assert in_bundle(Document.RECORDS_PRIVATE, []) == []


def test_the_index_names_each_entry_with_its_sheet_and_all_is_tagged(forms: list[Form]) -> None:
    session = next(one for one in forms if one.id == "session")
    entries = [written(session, "note", id, {"body": f"Nothing much. {id} " * 60}) for id in range(1, 9)]
    entries = [msgspec.structs.replace(one, happened_on=DAY + datetime.timedelta(days=one.id)) for one in entries]
    items = gather(entries, lambda _: session, lambda _: [], Scope())
    page = records_bundle(Document.RECORDS_BUNDLE, ASKED, standing(items, {}), COVER)
    pdf = render(page).pdf()
    read = reader(pdf)
    sheets = {number: " ".join(one.extract_text().split()) for number, one in enumerate(read.pages, 1)}
    # So few entries have their index on the cover, and none of them begins there.
    index = sheets[1]
    assert "Index" in index
    for entry in entries:
        heading = f"{entry.happened_on.day} March 2026 · "
        told = re.search(re.escape(heading) + r"Session note[ .]*(\d+)", index)
        assert told, heading
        assert int(told[1]) > 1
        assert heading in sheets[int(told[1])]
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert f"Page 1 of {len(read.pages)}" in sheets[1]
    assert read.metadata.title == "Record"


def test_additions_stand_under_the_first_text_of_their_note(forms: list[Form]) -> None:
    session = next(one for one in forms if one.id == "session")
    note = written(session, "note", 1, {"body": "The first text."})
    added = Addendum(id=5, entry=EntryId(1), written_at=NOON, text="She called later.")
    items = gather([note], lambda _: session, lambda _: [added], Scope())
    page = records_bundle(Document.RECORDS_BUNDLE, ASKED, standing(items, {}), COVER)
    said = words_of_pdf(render(page).pdf())
    first, then = said.index("The first text."), said.index("Added on 10 March 2026")
    assert first < then < said.index("She called later.")
