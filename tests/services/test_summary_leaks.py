"""Every question holds a marker word: on a summary are those that its list allows with what is ticked, and no other."""

import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from leak_cases import Marks, may_show, write_marks
from pypdf import PdfReader
from service_cases import CHEAP, PASSPHRASE, Clock
from summary_cases import everything, told

from alliance_desktop.documents.press import render
from alliance_desktop.documents.twin import twin
from alliance_desktop.domain.audience import SUMMARY_PARTS, Part
from alliance_desktop.domain.form import Kind
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.paper import KINDS, Sort
from alliance_desktop.services.summaries import Summaries

WORDLESS = frozenset({Kind.LINK, Kind.PERSON, Kind.DATE, Kind.TICK, Kind.NUMBER, Kind.TIME, Kind.CONTACTS})
"""Kinds whose answers show no words of the counsellor's; of people only the role is said."""
TICKS = [frozenset[Part](), *(frozenset({one}) for one in SUMMARY_PARTS), frozenset(SUMMARY_PARTS)]


@pytest.fixture(scope="module")
def marked(
    forms: Forms, made_once: tuple[Path, Secrets], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[OpenVault, Marks]]:
    folder = shutil.copytree(made_once[0], tmp_path_factory.mktemp("marked") / "Notes.vault")
    access = Access(forms, Clock(), os.urandom, CHEAP)
    vault = access.open(folder, access.unlock(folder, PASSPHRASE))
    yield vault, write_marks(vault)
    vault.close()


def summary(vault: OpenVault, parts: frozenset[Part]) -> str:
    assert everything(vault).items, "the strain with the marker words is on the agenda"
    return told(vault, *parts)


@pytest.mark.parametrize("parts", TICKS, ids=["none", *SUMMARY_PARTS, "all"])
def test_what_is_ticked_is_on_it_and_nothing_else(marked: tuple[OpenVault, Marks], parts: frozenset[Part]) -> None:
    vault, marks = marked
    text = summary(vault, parts)
    shown = {one.word for one in marks.all if one.word in text}
    allowed = set(may_show(KINDS[Sort.SUPERVISION_SUMMARY], marks, parts))
    wordless = {one.word for one in marks.all if one.question.kind in WORDLESS or one.question.key == "response"}
    # Of a try that was answered only the program's words are.
    # Of a session only the newest note is taken along, and a date of it is a day; all else that may be there is there.
    assert shown == allowed - wordless
    assert not [word for word in marks.added if word in text], "additions stay behind"
    assert "Zqcalled" not in text


def test_the_paper_says_what_the_text_says(marked: tuple[OpenVault, Marks]) -> None:
    vault, marks = marked
    check = Summaries(vault).check(everything(vault, *SUMMARY_PARTS))
    read = PdfReader(io.BytesIO(render(check.sheet()).pdf()))
    text = "\n".join(page.extract_text() for page in read.pages)
    shown = {one.word for one in marks.all if one.word in text}
    assert shown == {one.word for one in marks.all if one.word in twin(check.sheet())}
    assert shown
    assert "M-12" not in text + repr(read.metadata)
    assert read.metadata is not None
    assert read.metadata.title == "Sheet"


def test_the_search_itself_finds_what_should_not_be_there(marked: tuple[OpenVault, Marks]) -> None:
    vault, marks = marked
    text = summary(vault, frozenset(SUMMARY_PARTS))
    allowed = set(may_show(KINDS[Sort.SUPERVISION_SUMMARY], marks, frozenset()))
    assert {one.word for one in marks.all if one.word in text} - allowed, "more than the list allows without a tick"
