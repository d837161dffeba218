"""The story that the self-test writes: a remark that stung, talked about at once, mended in the end.

Typed and clicked through the real widgets, in the order of that day: quick capture, the talk, the agreement,
the reflection at night, and how it turned out.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.timeline import Symbol
from alliance_desktop.resources import resource
from alliance_desktop.services.paper import Choice, Sort, Subject
from alliance_desktop.ui.client_page import ClientPage
from alliance_desktop.ui.details_page import DetailsPage
from alliance_desktop.ui.fields.choosing import ChoosingField, buttons_of
from alliance_desktop.ui.fields.sections import Fold
from alliance_desktop.ui.first_run.wizard import FirstRun
from alliance_desktop.ui.preview_page import PreviewPage
from alliance_desktop.ui.strain_page import StrainPage
from alliance_desktop.ui.unlock import Unlock
from alliance_desktop.ui.work import Work
from alliance_desktop.wiring import Program

PASSPHRASE = "seven herons by the quiet weir"
WRONG = "seven herons by the noisy weir"
CODE, CALLED = "Q-77", "Wilhelmina"
NAME = "Blipremark"
WORDS = {
    "seen_or_heard": "Averted eyes after quillfeather joke",
    "their_words": "“You made me feel like a footnotewoman.”",
    "owned": "I owned the snickerdoodle remark",
    "understood": "We both heard the thunderbramble in it",
    "know_better": "When goodbyes feel like lanternlight",
    "sign": "She says marzipanbell",
    "landed": "It landed as if she were disposablecup",
    "learned": "Praise put me on a pedestalstone",
}
AGREED = "Plan the ending togetherwise"
SECRET_WORDS = (CALLED, NAME, *(max(re.findall(r"\w+", words), key=len) for words in (*WORDS.values(), AGREED)))
PATIENCE_MS, LOOK_EVERY_MS = 60_000, 10

_W = TypeVar("_W", bound=QWidget)


class StoryError(Exception):
    """Something was not as it should be; the message names the step, not what was written."""


class Story:
    """The steps, in order; each returns what it found."""

    def __init__(self, program: Program, folder: Path) -> None:
        self._program, self._folder = program, folder
        self._window = program.window
        self._vault = folder / "Self-test.vault"

    def steps(self) -> Iterator[tuple[str, Callable[[], str]]]:
        """Yield the name and the act of every step."""
        yield "forms", self._forms
        yield "create a vault", self._create
        yield "add a client", self._add_client
        yield "notice", self._notice
        yield "talk", self._talk
        yield "agree", self._agree
        yield "reflect afterwards", self._reflect
        yield "close", self._close
        yield "timeline", self._timeline
        yield "lock", self._lock
        yield "refuse a wrong passphrase", self._refuse
        yield "unlock", self._unlock
        yield "the text is back", self._text_is_back
        yield "client page as PDF", lambda: self._pdf(Sort.CLIENT_PAGE)
        yield "repair plan as PDF", lambda: self._pdf(Sort.REPAIR_PLAN)
        yield "no word in any file", self._search

    def end(self) -> None:
        """Close the window, whatever happened."""
        self._window.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _forms(self) -> str:
        forms = self._program.parts.forms
        questions = sum(
            len(card.questions) for id in ("rupture", "session", "client") for card in forms.current(id).cards
        )
        return f"{len(list(resource('forms').glob('*.toml')))} files, {questions} questions"

    def _create(self) -> str:
        self._program.opening.show_first_run()
        self._window.show()
        page = self._shown(FirstRun)
        self._press("welcome_new", page)
        page.place.folder_field.set_folder(self._folder)
        self._retype(page.place.name_edit, self._vault.stem)
        page.place.go_on()
        for field in (page.secret.passphrase.first, page.secret.passphrase.again):
            type_words(field.edit, PASSPHRASE)
        page.secret.go_on()
        self._until(lambda: page.currentWidget() is page.sheet)
        page.sheet.go_on()
        for edit in page.proof.findChildren(QLineEdit):
            group = int(edit.objectName().rsplit("_", 1)[-1])
            shown = page.sheet.findChild(QLabel, f"sheet_group_{group}")
            type_words(edit, shown.text() if isinstance(shown, QLabel) else "")
        page.proof.go_on()
        self._need(page.currentWidget() is page.choices, "the typed groups were not accepted")
        page.choices.go_on()
        self._until(lambda: self._program.work is not None)
        return f"{sum(1 for _ in self._vault.iterdir())} files"

    def _add_client(self) -> str:
        self._work.obey("new_client")
        page = self._page(DetailsPage)
        self._type(page, "code", CODE)
        self._type(page, "called", CALLED)
        self._press("details_done", page)
        return self._page(ClientPage).client.code

    def _notice(self) -> str:
        self._work.obey("notice_strain")
        page = self._page(StrainPage)
        self._type(page, "name", NAME)
        self._choose(page, "signs_away", "w_body")
        self._open_folds(page)
        self._type(page, "seen_or_heard", WORDS["seen_or_heard"])
        page.flush()
        self._choose(page, "already_spoke", "")
        self._need(page.desk is not None and page.desk.card.id == "dialogue", "the talk did not open")
        return self._status(page)

    def _talk(self) -> str:
        page = self._page(StrainPage)
        self._type(page, "took_place_on", "today")
        self._type(page, "owned", WORDS["owned"])
        self._type(page, "their_words", WORDS["their_words"])
        self._choose(page, "how_known", "said")
        return self._accept(page, "In conversation")

    def _agree(self) -> str:
        page = self._page(StrainPage)
        page.open_number(3)
        self._type(page, "understood", WORDS["understood"])
        cell = page.desk.editor.fields["agreed"].stops()[0] if page.desk is not None else page
        type_words(cell, AGREED)
        self._type(page, "know_better", WORDS["know_better"])
        self._type(page, "sign", WORDS["sign"])
        self._choose(page, "wording_seen", "yes")
        return self._accept(page, "Repair agreed")

    def _reflect(self) -> str:
        page = self._page(StrainPage)
        page.open_number(1)
        self._choose(page, "my_part", "a_joke")
        self._type(page, "landed", WORDS["landed"])
        page.flush()
        self._need(self._status(page) == "Repair agreed", "reflecting moved the status back")
        return self._status(page)

    def _close(self) -> str:
        page = self._page(StrainPage)
        page.open_number(5)
        self._choose(page, "outcome", "stronger")
        self._type(page, "learned", WORDS["learned"])
        return self._accept(page, "Mended")

    def _timeline(self) -> str:
        self._work.obey("timeline")
        rows = self._page(ClientPage).timeline.rows_shown()
        depths = [row.point.depth for row in rows if row.point is not None]
        self._need(rows[-1].symbol is Symbol.ENDED and depths[-1] == -1, "the arc does not end higher")
        self._need(all(row.spoken for row in rows), "a row has no sentence")
        return f"{len(rows)} rows"

    def _lock(self) -> str:
        arc = self._program.vault.strains.all()[0].arc if self._program.vault is not None else None
        if arc is None:
            raise StoryError("no strain was kept")
        page = self._work.pages.open_strain(arc.client, arc.id, "acknowledge")
        if isinstance(page, StrainPage) and page.desk is not None:
            page.desk.editor.focus("landed")
        self._program.lock()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._need(self._program.vault is None, "the vault is still open")
        self._need(not self._window.findChildren(StrainPage), "a page is still there")
        return "covered and closed"

    def _refuse(self) -> str:
        page = self._shown(Unlock)
        type_words(page.passphrase.edit, WRONG)
        press_key(page.passphrase.edit, Qt.Key.Key_Return)
        self._until(lambda: bool(page.notice.sentence))
        page.passphrase.clear()
        return page.notice.sentence

    def _unlock(self) -> str:
        page = self._shown(Unlock)
        type_words(page.passphrase.edit, PASSPHRASE)
        press_key(page.passphrase.edit, Qt.Key.Key_Return)
        self._until(lambda: self._program.work is not None)
        return "open"

    def _text_is_back(self) -> str:
        page = self._page(StrainPage)
        self._need(page.desk is not None and page.desk.card.id == "acknowledge", "another card is open")
        checked = 0
        for key, words in WORDS.items():
            found = [entry for entry in self._entries() if entry.answers.get(key) == words]
            self._need(len(found) == 1, f"{key} is not as it was written")
            checked += 1
        return f"{checked} answers, at the same card"

    def _pdf(self, sort: Sort) -> str:
        page = self._page(StrainPage) if sort is Sort.CLIENT_PAGE else self._page(PreviewPage)
        subject = (
            page.choices.subject() if isinstance(page, PreviewPage) else Subject(client=page.client.id, arc=page.arc)
        )
        preview = self._work.pages.open_preview(subject.client, subject, Choice(sort=sort))
        self._need(isinstance(preview, PreviewPage) and bool(preview.sheets.pages), "no sheet is shown")
        self._press("preview_save", preview)
        made = sorted((self._folder / "pdf").iterdir())[-1]
        self._need(made.read_bytes().startswith(b"%PDF-"), "the file is no PDF")
        return f"{made.stat().st_size // 1024} KB, mode {made.stat().st_mode & 0o777:o}"

    def _search(self) -> str:
        """Search every file for the words; a plain file with one of them shows that the search would find it."""
        self._program.lock()
        control = self._folder / "control.txt"
        control.write_text(SECRET_WORDS[-1], encoding="utf-8")
        hits = self._files_with_words()
        control.unlink()
        self._need(hits == [control], "a word was found, or the control was not")
        return f"{len(SECRET_WORDS)} words, {sum(1 for _ in self._files())} files, 0 found"

    def _files_with_words(self) -> list[Path]:
        needles = [word.encode(code) for word in SECRET_WORDS for code in ("utf-8", "utf-16-le")]
        return [file for file in self._files() if any(needle in file.read_bytes() for needle in needles)]

    def _files(self) -> Iterator[Path]:
        yield from (one for one in self._folder.rglob("*") if one.is_file() and one.suffix != ".pdf")

    @property
    def _work(self) -> Work:
        work = self._program.work
        if work is None:
            raise StoryError("no vault is open")
        return work

    def _entries(self) -> list[Entry]:
        vault = self._program.vault
        client = self._work.pages.client
        return list(vault.notebook.entries(client)) if vault is not None and client is not None else []

    def _page(self, kind: type[_W]) -> _W:
        page = self._work.pages.page
        if not isinstance(page, kind):
            raise StoryError(f"{kind.__name__} is not open")
        return page

    def _shown(self, kind: type[_W]) -> _W:
        if not isinstance(self._window.shown, kind):
            raise StoryError(f"{kind.__name__} is not shown")
        return self._window.shown

    def _type(self, page: StrainPage | DetailsPage, key: str, words: str) -> None:
        editor = page.desk.editor if isinstance(page, StrainPage) and page.desk is not None else None
        fields = editor.fields if editor is not None else page.editor.fields if isinstance(page, DetailsPage) else {}
        boxes = [stop for stop in fields[key].stops() if stop.objectName() == key]
        boxes[0].setFocus()
        type_words(boxes[0], words)

    def _choose(self, page: StrainPage, key: str, id: str) -> None:
        if page.desk is None:
            raise StoryError("no card is open")
        field = page.desk.editor.fields[key]
        options = buttons_of(field) if isinstance(field, ChoosingField) else {}
        (options[id] if id else field.stops()[0]).setFocus()
        press_key(options[id] if id else field.stops()[0], Qt.Key.Key_Space)

    def _open_folds(self, page: StrainPage) -> None:
        for one in page.findChildren(Fold):
            if one.isVisible() and not one.is_open:
                press_key(one.button, Qt.Key.Key_Space)

    def _accept(self, page: StrainPage, words: str) -> str:
        self._need(page.flush(), "the card was not written")
        self._press("accept_suggestion", page)
        self._need(self._status(page) == words, f"the status is not “{words}”")
        return words

    def _status(self, page: StrainPage) -> str:
        return page.status.words

    def _press(self, name: str, inside: QWidget) -> None:
        found = inside.findChild(QPushButton, name)
        if found is None or not found.isEnabled():
            raise StoryError(f"the button {name} cannot be pressed")
        found.click()

    def _retype(self, edit: QLineEdit, words: str) -> None:
        edit.clear()
        type_words(edit, words)

    def _until(self, done: Callable[[], bool]) -> None:
        loop, look = QEventLoop(), QTimer()
        look.timeout.connect(lambda: loop.quit() if done() else None)
        look.start(LOOK_EVERY_MS)
        QTimer.singleShot(PATIENCE_MS, loop.quit)
        loop.exec()
        look.stop()
        self._need(done(), "it took too long")

    def _need(self, true: bool, otherwise: str) -> None:
        if not true:
            raise StoryError(otherwise)


def type_words(widget: QWidget, words: str) -> None:
    """Type words into a widget, a key event for each character, of any script."""
    for one in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, one)
            QApplication.sendEvent(widget, event)


def press_key(widget: QWidget, key: Qt.Key) -> None:
    """Press and let go of a key that stands for no letter."""
    text = " " if key is Qt.Key.Key_Space else ""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, int(key), Qt.KeyboardModifier.NoModifier, text))
