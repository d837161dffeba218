"""Every page by the rules of PDF/UA-1, and sound as a file: of the sample's people and blank, in both sizes.

The rules are those of `outloud`, a checker made elsewhere; whether a file is sound is asked of qpdf, in `pikepdf`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import outloud
import pikepdf
import pytest

from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper import KINDS, Choice, Paper, Sort, Subject
from tests.paper_pictures import pages, sample

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


@pytest.mark.parametrize("sort", list(KINDS))
def test_every_page_can_be_read_aloud_and_is_sound(made: OpenVault, sort: Sort, tmp_path: Path) -> None:
    paper, looked_at = Paper(made), 0
    for name, subject, choice in pages(made):
        if choice.sort is not sort or choice.paper == "letter":
            continue
        page = paper.page(subject, choice)
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(paper.rendered(page, choice).pdf())
        assert faults_in(file, head_of(page)) == [], name
        with pikepdf.open(file) as pdf:
            assert pdf.check_pdf_syntax() == []
            assert pdf.Root.MarkInfo.Marked
        looked_at += 1
    assert looked_at, "the sample has something for every page"


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
