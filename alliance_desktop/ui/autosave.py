"""Writes a card while it is being written: after a pause, and never much later while typing goes on."""

import datetime
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.fields.pasted import kept_out
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.save_state import DRAFT, NOT_FORESEEN, SAVING, SaveState, SaveWords, not_saved, saved


class Times(NamedTuple):
    """How long to wait, in milliseconds: after the last key, at most while typing, and after a failure.

    Of what is typed at most five seconds may be lost; the toolkit's timers may come a twentieth late.
    """

    pause: int = 2_000
    longest: int = 4_500
    retry: int = 30_000


TIMES = Times()
_QUIET = datetime.timedelta(minutes=1)


class Autosave(QObject):
    """Hands all answers of a card to `save` soon after each edit.

    `save` raises a KnownError when the world is in the way: the card then stays to be saved, the state says
    why, and it is tried again by itself. `clock` returns an aware UTC time. `state_changed` carries SaveWords,
    `typed` comes with each edit,
    `copied` when the text was put on the clipboard (so that it can be cleared in time).
    """

    state_changed = Signal(object)
    typed = Signal()
    copied = Signal()

    def __init__(
        self,
        editor: CardEditor,
        save: Callable[[Answers], None],
        clock: Callable[[], datetime.datetime],
        *,
        times: Times = TIMES,
        saved_at: datetime.datetime | None = None,
        say: Callable[[QWidget, str, bool], None] = announce,
    ) -> None:
        super().__init__(editor)
        self._editor, self._save, self._clock, self._say = editor, save, clock, say
        self.dirty = False
        self._stopped = False
        self.state: SaveWords = saved(saved_at, local(clock()).date()) if saved_at is not None else DRAFT
        self._failed: SaveWords | None = None
        self._said_at: datetime.datetime | None = None
        self._pause = QTimer(self, singleShot=True, interval=times.pause)
        self._longest = QTimer(self, singleShot=True, interval=times.longest)
        self._retry = QTimer(self, singleShot=True, interval=times.retry)
        for timer in (self._pause, self._longest, self._retry):
            timer.timeout.connect(self.flush)
        editor.edited.connect(self._mark_dirty)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def show_in(self, shown: SaveState) -> None:
        """Keep a widget saying the state, and do what its buttons ask."""
        shown.show_words(self.state)
        self.state_changed.connect(shown.show_words)
        shown.try_again.connect(self.try_again)
        shown.copy_text.connect(self.copy_text)

    def owe(self) -> None:
        """Take the card for edited: its words were typed before and are not written yet."""
        self._mark_dirty()

    def flush(self) -> bool:
        """Write now what is not yet written; return whether everything is."""
        self._stop()
        if not self.dirty:
            return True
        # What no error foresees goes on to the one hook for such things; until it is told otherwise, this is not saved.
        failed: SaveWords | None = NOT_FORESEEN
        try:
            self._save(self._editor.answers())
            failed = None
        except KnownError as error:
            failed = not_saved(error)
            return False
        finally:
            if failed is not None:
                self._fail(failed)
        self.dirty = False
        self._failed = None
        self._set(saved(self._clock()))
        self._say_saved()
        return True

    def try_again(self) -> None:
        """Write now because the reader asked; a failure is said once more."""
        self._failed = None
        self.flush()

    def copy_text(self) -> None:
        """Put the card's text on the clipboard, marked to be left out of histories."""
        QGuiApplication.clipboard().setMimeData(kept_out(self._editor.text()))
        self.copied.emit()
        self._say(self._editor, "Copied. Paste it somewhere safe, and mind that it is not protected there.", False)

    def stop(self) -> None:
        """Write nothing more by itself; what is unwritten stays so until `flush`."""
        self._stop()
        self._stopped = True
        self._editor.edited.disconnect(self._mark_dirty)

    def _mark_dirty(self) -> None:
        self.dirty = True
        self.typed.emit()
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()
        if self._failed is None and self.state is not SAVING:
            self._set(SAVING)

    def _stop(self) -> None:
        for timer in (self._pause, self._longest, self._retry):
            timer.stop()

    def _fail(self, words: SaveWords) -> None:
        self._retry.start()
        self._set(words)
        if words != self._failed:
            self._failed = words
            self._say(self._editor, f"{words.words}. {words.next_step}", True)

    def _say_saved(self) -> None:
        now = self._clock()
        if self._said_at is None or not datetime.timedelta(0) <= now - self._said_at < _QUIET:
            self._said_at = now
            self._say(self._editor, self.state.words, False)

    def _set(self, words: SaveWords) -> None:
        self.state = words
        self.state_changed.emit(words)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Write when the keyboard leaves the card, also for another program."""
        inside = new is not None and self._editor.isAncestorOf(new)
        if self.dirty and not self._stopped and not inside and old is not None and self._editor.isAncestorOf(old):
            self.flush()
