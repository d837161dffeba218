"""Every page by the rules of PDF/UA-1, and sound as a file: of the sample's people and blank, in both sizes.

The rules are those of `outloud`, a checker made elsewhere; whether a file is sound is asked of qpdf, in `pikepdf`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import outloud
import pikepdf
import pytest

from alliance_desktop.documents.pages import Page
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper import KINDS, Choice, Paper, Sort, Subject
from tests.paper_pictures import pages, sample, summaries, with_a_key

DECORATION = "TAG-002"
"""Words that are decoration: the running head from the second sheet on, which the first one has as words to read."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = sample(tmp_path_factory.mktemp("sample"))
    yield vault
    vault.close()


def faults_in(file: Path, head: str = "") -> list[str]:
    """Return what a page lacks by the rules, but for words that are decoration on purpose."""
    found = outloud.check(str(file)).findings
    return [
        f"{one.rule} {one.message}"
        for one in found
        if one.severity == "error" and not (one.rule == DECORATION and head and head in str(one.evidence))
    ]


def head_of(page: Any) -> str:
    return getattr(page, "head", "") or page.words.get("header", "") or page.words.get("head", "")


def all_made(vault: OpenVault) -> Iterator[tuple[str, Page, Choice]]:
    """Yield every page that the pictures are made of, but for those on Letter, which break no otherwise."""
    paper = Paper(vault)
    made_of = ((name, paper.page(subject, choice), choice) for name, subject, choice in pages(vault))
    yield from (one for one in (*made_of, *with_a_key(vault), *summaries(vault)) if one[2].paper != "letter")


@pytest.fixture(scope="module")
def everything(made: OpenVault) -> list[tuple[str, Page, Choice]]:
    return list(all_made(made))


@pytest.mark.parametrize("place", range(4))
def test_every_page_can_be_read_aloud_and_is_sound(
    made: OpenVault, everything: list[tuple[str, Page, Choice]], place: int, tmp_path: Path
) -> None:
    for name, page, choice in everything[place::4]:
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(Paper(made).rendered(page, choice).pdf())
        assert faults_in(file, head_of(page)) == [], name
        with pikepdf.open(file) as pdf:
            assert pdf.check_pdf_syntax() == []
            assert pdf.Root.MarkInfo.Marked


def test_the_sample_has_something_for_every_page(everything: list[tuple[str, Page, Choice]]) -> None:
    assert {choice.sort for _, _, choice in everything} >= set(KINDS)


def test_a_page_without_tags_is_found(made: OpenVault, tmp_path: Path) -> None:
    """Control: what the checker would say of the same page with its tags taken away."""
    choice = Choice(sort=Sort.CLIENT_PAGE, blank=True)
    paper = Paper(made)
    file = tmp_path / "page.pdf"
    file.write_bytes(paper.rendered(paper.page(Subject(), choice), choice).pdf())
    with pikepdf.open(file) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(tmp_path / "bare.pdf")
    assert faults_in(file) == []
    assert faults_in(tmp_path / "bare.pdf")
