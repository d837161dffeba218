"""Scenario 22 for every page: each in each language, on both papers, in both sizes, with each optional part.

What its allow-list does not name is in no text, picture, metadata, file name or twin of it.
"""

import io
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from leak_cases import Marks, may_show, private_words, write_marks
from msgspec.structs import replace
from pypdf import PdfReader, PdfWriter
from pypdf.generic import IndirectObject, StreamObject
from service_cases import CHEAP, PASSPHRASE, Clock

from alliance_desktop.documents.pages import Page
from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.paper import KINDS, About, Choice, Kind, Paper, Sort, Subject
from alliance_desktop.services.preferences import Preferences

NAMED_ALWAYS = frozenset({Sort.SAFEGUARDING_RECORD})
"""Pages that carry the client's full name without a tick, as they must."""
ELSEWHERE = {
    Sort.SUPERVISION_SUMMARY: "tests/services/test_summaries.py: made of a text that somebody looked at first",
    Sort.RECORDS_BUNDLE: "tests/services/test_records_paper.py: made once each piece is decided",
    Sort.RECORDS_PRIVATE: "tests/services/test_records_paper.py: made once each piece is decided",
    Sort.RECORDS_SAFETY: "tests/services/test_records_paper.py: made once each piece is decided",
}
"""Pages that cannot be made without a person's own look at them, and where they are tested."""


@pytest.fixture(scope="module")
def marked(
    forms: Forms, made_once: tuple[Path, Secrets], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[OpenVault, Marks]]:
    folder = shutil.copytree(made_once[0], tmp_path_factory.mktemp("marked") / "Notes.vault")
    access = Access(forms, Clock(), os.urandom, CHEAP)
    vault = access.open(folder, access.unlock(folder, PASSPHRASE))
    marks = write_marks(vault)
    vault.settings.keep(Preferences(who_to_turn_to="zqturnxk", emergency_list="zqemergencyxk"))
    yield vault, marks
    vault.close()


def everything_in(pdf: bytes) -> str:
    """Return text, metadata, outline, structure and every other string of a PDF, unpacked."""
    read = PdfReader(io.BytesIO(pdf))
    parts = [page.extract_text() for page in read.pages]
    parts += [_unpacked(read, number) for number in range(1, int(read.trailer["/Size"]))]
    parts += [repr(read.metadata), pdf.decode("latin-1")]
    return "\n".join(parts)


def _unpacked(read: PdfReader, number: int) -> str:
    thing = IndirectObject(number, 0, read).get_object()
    data = thing.get_data().decode("latin-1") if isinstance(thing, StreamObject) else ""
    return repr(thing) + data


def subject_of(paper: Paper, kind: Kind, marks: Marks) -> Subject | None:
    """Return what the marked vault has for a page; None where it has nothing of the kind."""
    if kind.about is About.NOTHING:
        return Subject()
    for client in (marks.client, None):
        offered = paper.offered(kind.sort, client)
        if offered:
            return offered[0].subject
    return None


def ticks_of(kind: Kind) -> list[frozenset[Part]]:
    """Return no part, each part by itself, and all of them."""
    alone = [frozenset({part}) for part in kind.parts]
    return list(dict.fromkeys([frozenset(), *alone, frozenset(kind.parts)]))


def filled() -> list[Sort]:
    return [sort for sort, kind in KINDS.items() if kind.make is not None and sort not in ELSEWHERE]


@pytest.mark.parametrize("sort", filled())
def test_only_what_the_allow_list_names_is_on_a_page(marked: tuple[OpenVault, Marks], sort: Sort) -> None:
    """What the page's data holds is searched for each language and each part, and what comes of it in the PDF."""
    vault, marks = marked
    paper, kind = Paper(vault), KINDS[sort]
    subject = subject_of(paper, kind, marks)
    assert subject is not None, "the marked vault has something for every page"
    words = [one.word for one in marks.all] + list(marks.added)
    shown_at_all: set[str] = set()
    for parts, language in itertools.product(ticks_of(kind), kind.languages):
        choice = Choice(sort=sort, language=language, parts=parts)
        page = paper.page(subject, choice)
        may = set(may_show(kind, marks, parts)) | (set(marks.added) if may_add(kind, parts) else set())
        inside = paper.twin(page) + told(page) + paper.file_name(choice)
        found = {word for word in words if word in inside}
        assert found - may == set(), (sort, sorted(parts), [name_of(marks, one) for one in found - may])
        shown_at_all |= found & may
        named = Part.NAME in parts or sort in NAMED_ALWAYS or about_names(kind)
        assert named or "Zqcalled" not in inside, "no name without a tick"
    if kind.document is not None:
        assert shown_at_all, "control: the page holds what it may hold, and the search finds it"


@pytest.mark.parametrize("sort", filled())
def test_what_is_made_of_a_page_holds_no_more_than_its_data(marked: tuple[OpenVault, Marks], sort: Sort) -> None:
    """On both papers and in both sizes: text, pictures and everything inside the PDF."""
    vault, marks = marked
    paper, kind = Paper(vault), KINDS[sort]
    subject = subject_of(paper, kind, marks)
    assert subject is not None
    words = [one.word for one in marks.all] + list(marks.added)
    for size, large in itertools.product(("a4", "letter"), (False, True)):
        choice = Choice(sort=sort, paper=size, large=large, language=kind.languages[-1])
        page = paper.page(subject, choice)
        made = paper.rendered(page, choice)
        pdf = made.pdf()
        inside = everything_in(pdf) + b"".join(made.svgs()).decode()
        held = told(page)
        assert {word for word in words if word in inside and word not in held} == set()
        info = PdfReader(io.BytesIO(pdf)).metadata
        assert info is not None
        assert info.author is None
        assert info.title == page.title
        assert not any(name in str(info) for name in ("Zqcalled", "M-12", "Alliance"))


@pytest.mark.parametrize("sort", [sort for sort, kind in KINDS.items() if kind.blank is not None])
def test_a_blank_holds_nothing_of_anybody(marked: tuple[OpenVault, Marks], sort: Sort) -> None:
    vault, marks = marked
    paper, kind = Paper(vault), KINDS[sort]
    words = [one.word for one in marks.all] + [*marks.added, "Zqcalled", "M-12"]
    for language, style in itertools.product(kind.languages, [id for id, _ in kind.styles] or [""]):
        choice = Choice(sort=sort, blank=True, language=language, style=style, parts=frozenset(kind.parts))
        page = paper.page(Subject(client=marks.client), choice)
        inside = paper.twin(page) + told(page)
        assert [word for word in words if word in inside] == []
        assert paper.rendered(page, choice).pdf().startswith(b"%PDF")


@pytest.mark.parametrize("sort", [sort for sort, kind in KINDS.items() if kind.for_client])
def test_what_goes_to_a_client_never_holds_private_reflection(marked: tuple[OpenVault, Marks], sort: Sort) -> None:
    vault, marks = marked
    paper, kind = Paper(vault), KINDS[sort]
    subject = subject_of(paper, kind, marks)
    assert subject is not None
    for parts in ticks_of(kind):
        inside = told(paper.page(subject, Choice(sort=sort, parts=parts)))
        assert [word for word in private_words(marks) if word in inside] == []


def test_private_words_are_found_where_they_are(marked: tuple[OpenVault, Marks]) -> None:
    """Control: the counsellor's own plan holds them, in its data, its twin, its PDF and its pictures."""
    vault, marks = marked
    paper = Paper(vault)
    subject = subject_of(paper, KINDS[Sort.REPAIR_PLAN], marks)
    assert subject is not None
    choice = Choice(sort=Sort.REPAIR_PLAN)
    page = paper.page(subject, choice)
    made = paper.rendered(page, choice)
    for inside in (told(page), paper.twin(page), everything_in(made.pdf())):
        assert [word for word in private_words(marks) if word in inside]


def test_a_word_in_the_metadata_is_found(marked: tuple[OpenVault, Marks]) -> None:
    vault, _ = marked
    paper, choice = Paper(vault), Choice(blank=True)
    writer = PdfWriter(io.BytesIO(paper.rendered(paper.page(Subject(), choice), choice).pdf()))
    writer.add_metadata({"/Subject": "zqhiddenxk"})
    out = io.BytesIO()
    writer.write(out)
    assert "zqhiddenxk" in everything_in(out.getvalue())


def test_every_page_is_looked_at_here_or_where_it_says(marked: tuple[OpenVault, Marks]) -> None:
    vault, _ = marked
    for sort, where in ELSEWHERE.items():
        with pytest.raises((KnownError, ValueError)):
            Paper(vault).page(Subject(), Choice(sort=sort))
        assert where.startswith("tests/")
    assert {*filled(), *ELSEWHERE} == {
        sort for sort, kind in KINDS.items() if kind.make is not None or kind.about is About.CHECKED
    }


def may_add(kind: Kind, parts: frozenset[Part]) -> bool:
    """Say whether private additions print with the private part of a page: on the counsellor's own pages only."""
    return kind.sort is Sort.REPAIR_PLAN or Part.PRIVATE in parts


def about_names(kind: Kind) -> bool:
    """Say whether a page is a list of names for somebody who must reach people."""
    return kind.sort is Sort.EXECUTOR_LIST


def told(page: Page) -> str:
    """Return all that the data of a page says, but for its fixed words."""
    return str(replace(page, words={}))


def name_of(marks: Marks, word: str) -> str:
    return next((f"{one.form.id}.{one.question.key}" for one in marks.all if one.word == word), "an addition")
