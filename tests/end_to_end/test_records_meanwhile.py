"""While a large request is gone through beside the window: locks, stops, faults and a second request lose nothing."""

import datetime
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from records_window_cases import request_of, vault_of, with_request, write

from alliance_desktop.domain.answers import dated
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.records.deciding import Verdict
from alliance_desktop.domain.watch import Watch
from alliance_desktop.services import records as service
from alliance_desktop.services.paper import Subject
from alliance_desktop.ui.records.place import RecordsPlace

REAL = service.Reading.looked


@pytest.fixture
def asked(with_client: Person) -> Person:
    """A person with notes of every kind about Dana, on the page of her request."""
    return with_request(with_client)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Every request is a large one, and what goes through it in another thread waits at a gate, which is open."""
    held = threading.Event()
    held.set()

    def looked(reading: service.Reading, watch: Watch | None = None) -> service.Looked:
        if threading.current_thread() is not threading.main_thread():
            while not held.wait(0.01):
                (watch or Watch()).at(0.5)
        return REAL(reading, watch)

    monkeypatch.setattr(service.Reading, "looked", looked)
    monkeypatch.setattr(service, "LARGE", 0)
    yield held
    held.set()


def client_of(person: Person) -> ClientId:
    return vault_of(person).notebook.clients()[0].id


def wrote(person: Person) -> None:
    """Tell the pages that something of the client was written beside them."""
    person.program.work.workspace.changed.emit(Changed(kinds=frozenset({Touched.ENTRY}), client=client_of(person)))


def open_pieces(person: Person) -> Any:
    return person.window.findChild(RecordsPlace).open(request_of(person))


def test_what_is_typed_after_a_stop_is_not_put_back_by_a_lock(asked: Person, gate: threading.Event) -> None:
    gate.clear()
    vault_of(asked).records._held.clear()
    page = open_pieces(asked)
    assert page._looking.is_busy
    page.restore({"page": "records", "entry": request_of(asked), "which": "waits", "drafts": {}, "row": None})
    page._looking.stop()
    asked.until(lambda: not page._looking.is_busy)
    assert page.notice.sentence
    gate.set()
    page.concern(Changed(kinds=frozenset({Touched.ENTRY}), client=client_of(asked)))
    asked.until(lambda: page.pieces.rows.rowCount() > 0 and not page._looking.is_busy)
    assert not page.notice.sentence, "it is gone through after all"
    page.pieces.select(page.pieces.rows.row(1).key)
    page.piece.reason.setFocus()
    asked.type("Typed after the stop")
    page.flush()
    asked.key(Keys.Key_L, CTRL)
    asked.unlock()
    again = asked.page()
    asked.until(lambda: not again._looking.is_busy)
    again.flush()
    kept = vault_of(asked).records.drafts(vault_of(asked).notebook.entry(request_of(asked)))
    assert "Typed after the stop" in str(kept)


def test_two_requests_of_a_client_come_to_rest_side_by_side(asked: Person, gate: threading.Event) -> None:
    book = vault_of(asked).notebook
    first = request_of(asked)
    second = write(asked, "records_request", "request", **book.entry(first).answers)
    work = asked.program.work
    work.workspace.show_place("strains")
    pieces = asked.window.findChild(RecordsPlace).open(second)
    work.workspace.show_place("clients")
    work.pages.open_entry(first)
    write(asked, "session", "note", for_me_only="something new")
    wrote(asked)
    records = vault_of(asked).records
    asked.until(lambda: records.is_at_hand(first) and records.is_at_hand(second) and not pieces._looking.is_busy)
    settle()
    assert records.is_at_hand(first)
    assert records.is_at_hand(second)


def test_for_whom_it_is_is_asked_again_after_a_lock_with_all_that_was_typed(
    asked: Person, gate: threading.Event
) -> None:
    records, request = vault_of(asked).records, request_of(asked)
    for one in records.look(request).decided:
        if one.waits:
            records.decide(request, [one.item], Verdict.PRINT, "Hers to read.")
    preview = asked.program.work.pages.open_preview(client_of(asked), Subject(client=client_of(asked), entry=request))
    asked.until(lambda: not preview.progress.is_busy)
    preview.print()
    assert preview.is_asking
    preview.asking.whom.setText("Dana herself")
    preview.asking.why.setText("Asked in writing")
    gate.clear()
    asked.key(Keys.Key_L, CTRL)
    asked.unlock()
    preview = asked.page()
    assert preview.progress.is_busy, "control: it is gone through first"
    assert preview.place()["showing"], "and locked once more it would not be lost"
    gate.set()
    asked.until(lambda: preview.is_asking)
    assert (preview.asking.whom.text(), preview.asking.why.text()) == ("Dana herself", "Asked in writing")


@pytest.mark.parametrize("where", ["card", "pieces", "preview"])
def test_a_lock_meanwhile_is_no_fault(asked: Person, gate: threading.Event, where: str, qtbot: QtBot) -> None:
    gate.clear()
    vault_of(asked).records._held.clear()
    with qtbot.captureExceptions() as caught:
        if where == "pieces":
            open_pieces(asked)
        elif where == "preview":
            about = Subject(client=client_of(asked), entry=request_of(asked))
            asked.program.work.pages.open_preview(client_of(asked), about)
        else:
            asked.program.work.pages.open_entry(request_of(asked))
        vault = vault_of(asked)
        asked.key(Keys.Key_L, CTRL)
        gate.set()
        asked.until(lambda: asked.program.work is None and not vault.is_open)
        QApplication.processEvents()
        settle()
    assert caught == []


def test_a_fault_is_told_once_and_not_tried_again_at_once(
    asked: Person, gate: threading.Event, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked.program.work.pages.open_entry(request_of(asked))
    asked.until(lambda: vault_of(asked).records.is_at_hand(request_of(asked)))
    tried: list[int] = []

    def fails(_reading: service.Reading, _watch: Watch | None = None) -> service.Looked:
        tried.append(1)
        raise KeyError("a question that is not there")

    monkeypatch.setattr(service.Reading, "looked", fails)
    with qtbot.captureExceptions() as caught:
        write(asked, "session", "note", for_me_only="new")
        wrote(asked)
        asked.until(lambda: bool(caught))
        for _ in range(20):
            settle()
    assert (len(tried), len(caught)) == (1, 1)


def test_a_filter_that_was_cleared_stays_cleared_and_one_outlives_a_preview(asked: Person) -> None:
    work = asked.program.work
    for day, body in ((9, "We walked by the river."), (10, "Something about school.")):
        write(asked, "session", "note", body=body, date=dated(datetime.date(2026, 3, day)))
    work.obey("timeline")
    settle()
    asked.page().story.seek("river")
    asked.until(lambda: asked.page().story.view.model().rowCount() < 4)
    asked.find("timeline").setFocus()
    asked.key(Keys.Key_Return)
    settle()
    work.obey("print")
    settle()
    asked.key(Keys.Key_Escape)
    settle()
    work.obey("timeline")
    settle()
    assert asked.page().story.sought == "river", "also after a look at the page on paper"
    asked.page().story.show_all()
    work.pages.open_session(client_of(asked))
    work.obey("timeline")
    settle()
    assert asked.page().story.sought == ""
