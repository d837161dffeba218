"""A long page is laid out while the window lives; it can be stopped, and only sheets that are seen are kept ready."""

import datetime
import io
from pathlib import Path

from person import CTRL, Keys, Person, settle
from pypdf import PdfReader

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.entry import ClientId, Entry, State
from alliance_desktop.ui.preview_words import STOPPED
from alliance_desktop.ui.sheets import READY, SheetView

NUMBER = 500


def _long_story(person: Person) -> ClientId:
    """Give the client that is open five hundred sessions."""
    vault, client = person.program.vault, person.page().client.id
    book = vault.notebook
    with vault._store.transaction():
        for number in range(NUMBER):
            on = datetime.date(2024, 1, 1) + datetime.timedelta(days=number)
            answers = {"attendance": chosen("attended"), "temperature_client": chosen("4"), "date": dated(on)}
            entry = Entry(
                id=book.new_entry(),
                client=client,
                form="session",
                form_version=1,
                card="note",
                happened_on=on,
                created_at=person.clock.now(),
                touched_at=person.clock.now(),
                sequence=number,
                state=State.FINISHED,
                answers=answers,
            )
            vault._store.entries.put(entry, frozenset())
    return client


def test_it_is_laid_out_beside_the_window_and_can_be_stopped(with_client: Person, tmp_path: Path) -> None:
    person = with_client
    _long_story(person)
    person.program.work.obey("timeline_paper")
    page = person.page()
    assert page.progress.isVisible()
    assert not person.find("preview_print").isEnabled()
    assert page.sheets.pages == []
    assert page.text.box.toPlainText() == "", "its words are made beside the window too"
    assert not person.find("preview_copy").isEnabled()
    person.press("preview_progress_stop")
    assert page.progress.is_busy, "Typst goes on to its end, and what it made is dropped"
    person.until(lambda: not page.progress.is_busy)
    assert page.notice.sentence == STOPPED[0]
    assert page.sheets.pages == []
    assert not person.find("preview_print").isEnabled()

    person.unfold_choices()
    person.press("preview_large")
    assert page.progress.is_busy
    person.press("preview_large")
    person.until(lambda: page.sheets.pages)
    assert not page.progress.is_busy
    assert not page.choice().large
    usual = len(page.sheets.pages)
    assert 15 < usual < 60, "what was chosen last is what is shown"
    assert page.text.box.toPlainText().count("Session") >= NUMBER
    assert person.find("preview_copy").isEnabled()
    for sheet in page.sheets.pages:
        sheet.grab()
    ready = [one for one in page.sheets.findChildren(SheetView) if one._renderer is not None]
    assert len(ready) == READY
    assert {one.height() for one in page.sheets.pages} == {page.sheets.pages[0].height()}
    person.press("preview_print")
    assert person.printed[-1][1] == usual
    assert len(PdfReader(io.BytesIO(person.pdf(tmp_path))).pages) == usual


def test_the_timeline_is_printed_from_where_it_is_seen(with_client: Person) -> None:
    person = with_client
    person.key(Keys.Key_N, CTRL)
    person.write("one_line", "A first, quiet hour.")
    person.program.work.obey("timeline_paper")
    assert person.page().choice().sort == "timeline_report"
    person.key(Keys.Key_Escape)
    settle()
    person.program.work.obey("timeline")
    settle()
    person.press("client_print_timeline")
    assert person.page().choice().sort == "timeline_report"
    person.key(Keys.Key_Escape)
    settle()
    person.page().timeline.setFocus()
    person.key(Keys.Key_P, CTRL)
    assert person.page().choice().sort == "timeline_report", "there is no plan yet"
