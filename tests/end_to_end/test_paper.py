"""Scenarios 13, 22 and 23: a very long note, what may never be on a client's page, wording the client has not seen."""

import io
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from person import CTRL, Keys, Person, settle
from pypdf import PdfReader
from pypdf.generic import IndirectObject, StreamObject
from PySide6.QtGui import QTextCursor
from scripts_cases import half_a_million, long_text

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.form import CHOOSING, Audience, Column, Form, Kind, Question
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui.preview_words import saved_words

DAY = {"on": "2026-03-17", "about": ""}
LANGUAGES, PAPERS = ("English (UK)", "English (US)", "Español", "Français"), ("A4", "US Letter")


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text().replace("\u200b", "") for page in PdfReader(io.BytesIO(pdf)).pages]


def everything_in(pdf: bytes) -> str:
    """Text, metadata and every string and stream of a PDF, unpacked."""
    read = PdfReader(io.BytesIO(pdf))
    things = [IndirectObject(number, 0, read).get_object() for number in range(1, int(read.trailer["/Size"]))]
    streams = [one.get_data().decode("latin-1") for one in things if isinstance(one, StreamObject)]
    return "\n".join([*pages_of(pdf), *map(repr, things), *streams, repr(read.metadata), pdf.decode("latin-1")])


# -- scenario 13 --------------------------------------------------------------------------------------------------


def test_half_a_million_characters(with_client: Person, tell: Callable[[str], None]) -> None:
    person = with_client
    person.notice("long")
    person.card(3)
    person.press("wording_seen_yes")
    text = half_a_million()
    assert len(text) == 500_000
    person.paste_in("understood", text)
    settle()
    box = person.find("understood")
    box.moveCursor(QTextCursor.MoveOperation.End)
    settle()
    keys = "the very last words"
    began = time.perf_counter()
    for letter in keys:
        person.type(letter)
        settle()
    each = (time.perf_counter() - began) * 1000 / len(keys)
    tell(f"500,000 characters: {each:.1f} ms a key at the end, laid out and painted")
    assert box.toPlainText() == text + keys
    person.flush()
    person.key(Keys.Key_L, CTRL)
    person.unlock()
    assert person.find("understood").toPlainText() == text + keys, "written whole"


def test_a_long_note_prints_to_its_last_page(with_client: Person, tmp_path: Path) -> None:
    person = with_client
    person.notice("long")
    person.card(3)
    person.press("wording_seen_yes")
    text = f"{long_text(200_000, 'a')}\n{long_text(299_980, 'b')} thelastword"
    person.paste_in("understood", text)
    person.key(Keys.Key_P, CTRL)
    person.find("preview_page")
    pages = pages_of(person.pdf(tmp_path))
    printed = " ".join(" ".join(pages).split())
    wanted = re.findall(r"\b[ab]\d{6}\b", text)
    found = set(re.findall(r"[ab]\d{6}", printed))
    missing = [word for word in wanted if word not in found]
    assert missing == []
    assert "thelastword" in printed
    assert all(f"{at} of {len(pages)}" in " ".join(page.split()) for at, page in enumerate(pages, 1))


# -- scenario 22 --------------------------------------------------------------------------------------------------


def marker(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return f"zq{letters[number // 26]}{letters[number % 26]}xk"


def marked(form: Form, question: Question, word: str) -> Any:
    """Return an answer of the question's kind that carries a marker word wherever words can be."""
    if question.kind in CHOOSING:
        return chosen(form.options(question)[0].id, text=word)
    if question.kind is Kind.CONTACTS:
        return [{"name": word, "role": "teacher"}]
    if question.kind is Kind.ROWS:
        return [{column.key: _cell(column, word) for column in question.columns}]
    if question.kind in {Kind.LINK, Kind.PERSON}:
        return []
    return {Kind.DATE: DAY, Kind.TICK: True}.get(question.kind, word)


def _cell(column: Column, word: str) -> Any:
    if column.kind == "choice":
        return chosen(column.options[0].id, text=word)
    return {"date": DAY, "tick": True}.get(column.kind, word)


@pytest.fixture
def everywhere_marked(with_client: Person) -> tuple[Person, dict[str, str], dict[str, str]]:
    """A vault where every question of every form holds its own marker; the words that may be shared, and the rest."""
    person = with_client
    book = person.program.vault.notebook
    client = book.clients()[0].id
    shared: dict[str, str] = {}
    hidden: dict[str, str] = {"client name": "Dana", "client code": "D34"}
    arc = None
    number = 0
    for id in ("client", "session", "rupture"):
        form = book.forms.current(id)
        for card in form.cards:
            answers = {}
            for question in card.questions:
                word = marker(number)
                number += 1
                answers[question.key] = marked(form, question, word)
                (shared if question.audience is Audience.SHARE else hidden)[f"{id} {question.key}"] = word
            if id == "client":
                answers |= {"code": "D34", "called": "Dana"}
                book.amend_client(client, answers)
                continue
            if card.id == "repair":
                answers["wording_seen"] = chosen("yes", text=hidden["rupture wording_seen"])
            entry = book.new_entry()
            changed = book.write(WriteCard(client=client, form=id, card=card.id, answers=answers, entry=entry, arc=arc))
            arc = changed.arc if id == "rupture" else None
            if id == "session":
                book.finish(entry)
                word = hidden["addendum"] = marker(number)
                number += 1
                book.amend(entry, word, private=True)
    person.start_again().unlock()
    return person, shared, hidden


def open_preview(person: Person) -> None:
    person.key(Keys.Key_3, CTRL)
    person.find("strain_rows").setFocus()
    person.key(Keys.Key_Return)
    person.key(Keys.Key_P, CTRL)
    person.find("preview_page")


def test_nothing_but_shared_words_on_the_client_page(
    everywhere_marked: tuple[Person, dict[str, str], dict[str, str]], tmp_path: Path
) -> None:
    person, shared, hidden = everywhere_marked
    open_preview(person)
    made = 0
    person.unfold_choices()
    for language in LANGUAGES:
        person.choose("preview_language", language)
        for paper in PAPERS:
            person.choose("preview_paper", paper)
            for _ in ("large", "normal"):
                person.press("preview_large")
                folder = tmp_path / str(made)
                folder.mkdir()
                pdf = person.pdf(folder)
                inside = everything_in(pdf) + person.asked[-1]
                leaked = {key for key, word in hidden.items() if word in inside}
                assert leaked == set(), f"{language} {paper}"
                printed = "".join(pages_of(pdf))
                assert {word for word in shared.values() if word in printed}, "the shared words are there"
                title = PdfReader(io.BytesIO(pdf)).metadata
                assert title is not None
                assert title.title == "Plan"
                assert (folder / person.asked[-1]).stat().st_mode & 0o777 == 0o600
                made += 1
    assert made == 16
    assert set(person.asked) == {"plan-2026-03-10.pdf"}
    assert person.said("preview_done_sentence") == saved_words(folder / "plan-2026-03-10.pdf")
    assert str(folder) in person.said("preview_done_sentence")


def test_the_leak_search_can_fail(
    everywhere_marked: tuple[Person, dict[str, str], dict[str, str]], tmp_path: Path
) -> None:
    """The counsellor's own plan, made by the same presses, holds private words and the search finds them."""
    person, _, hidden = everywhere_marked
    open_preview(person)
    person.choose("preview_sort", "My repair plan (private)")
    person.unfold_choices()
    person.press("preview_contacts")
    inside = everything_in(person.pdf(tmp_path))
    found = {key for key, word in hidden.items() if word in inside}
    assert {"rupture felt", "rupture their_words", "rupture learned", "rupture others_to_know"} <= found
    assert not {key for key in found if key.startswith(("session", "client"))}


# -- scenario 23 --------------------------------------------------------------------------------------------------


def test_unseen_wording_is_explained_and_not_printed(with_client: Person, tmp_path: Path) -> None:
    person = with_client
    person.notice("the blip")
    person.card(3)
    person.write("understood", "heronsong together")
    person.press("wording_seen_not_yet")
    person.key(Keys.Key_P, CTRL)
    assert "has not seen this wording yet" in person.said("preview_notice_sentence")
    assert person.said("preview_notice_next_step")
    assert not person.find("preview_print").isEnabled()
    assert not person.find("preview_save").isEnabled()
    person.key(Keys.Key_P, CTRL)
    person.page().print()
    person.page().save()
    assert person.printed == []
    assert person.asked == []
    assert "heronsong" not in person.seen()
    assert person.find("preview_notice_action").text() == "Show the blank page"
    person.press("preview_notice_action")
    assert person.find("preview_print").isEnabled()
    person.key(Keys.Key_P, CTRL)
    assert [paper for paper, _ in person.printed] == ["a4"]
    assert "heronsong" not in everything_in(person.pdf(tmp_path))
    person.unfold_choices()
    person.press("preview_blank")
    assert not person.find("preview_print").isEnabled(), "the filled page stays shut"


def test_once_the_client_has_seen_it_the_page_prints(with_client: Person, tmp_path: Path) -> None:
    person = with_client
    person.notice("the blip")
    person.card(3)
    person.write("understood", "heronsong together")
    person.press("wording_seen_changed")
    person.key(Keys.Key_P, CTRL)
    assert "heronsong" in everything_in(person.pdf(tmp_path))
    person.press("preview_print")
    assert person.printed
    assert person.said("preview_done_sentence") == "Sent to the printer."


CHANGED = "The wording has changed since they saw it."


def test_that_wording_was_changed_is_said_until_it_is_answered(with_client: Person) -> None:
    person = with_client
    person.notice("the blip")
    person.card(3)
    person.write("understood", "heronsong together")
    person.press("wording_seen_yes")
    person.flush()
    person.write("understood", " and apart")
    person.flush()
    assert person.said("strain_wording_sentence") == CHANGED
    assert person.find("strain_wording").accessibleName().startswith(CHANGED)
    person.key(Keys.Key_P, CTRL)
    assert "has changed since the client saw it" in person.said("preview_notice_sentence")
    person.press("preview_notice_action")
    person.key(Keys.Key_Escape)
    assert person.said("strain_wording_sentence") == CHANGED, "after a look at the page"
    person.key(Keys.Key_T, CTRL)
    assert person.maybe("strain_page") is None
    person.key(Keys.Key_3, CTRL)
    person.find("strain_rows").setFocus()
    person.key(Keys.Key_Return)
    assert person.said("strain_wording_sentence") == CHANGED, "after leaving"
    person.key(Keys.Key_L, CTRL)
    person.unlock()
    assert person.said("strain_wording_sentence") == CHANGED, "after a lock"
    person.start_again().unlock()
    assert person.said("strain_wording_sentence") == CHANGED, "after a new start"
    person.card(3)
    assert person.find("wording_seen_yes").isChecked()
    person.press("wording_seen_not_yet")
    person.press("wording_seen_yes")
    person.flush()
    assert person.maybe("strain_wording_sentence") is None
