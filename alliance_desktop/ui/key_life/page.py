"""What opens the vault and since when, and the acts that change it."""

import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.clock import local
from alliance_desktop.services.key_life import KeyLife, Standing
from alliance_desktop.ui.key_life import acts
from alliance_desktop.ui.key_life.acts import Act
from alliance_desktop.ui.key_life.needs import KeyNeeds
from alliance_desktop.ui.key_life.renewal import Renewal
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, label, row
from alliance_desktop.ui.preview_page import PreviewPage
from alliance_desktop.ui.theme import spaced

TITLE = "Keys and recovery sheet"
USED = "The recovery sheet was used to open this vault. Replace it when you have a moment."
NOBODY = "Nothing else opens it. Nobody, us included, can open it without one of these."
EXECUTOR_OPENS = "A page for an executor, and nothing else: the sheet for them"
NO_EXECUTOR = "No sheet for an executor was made from this vault yet."
MAY_BE_OUT = "A sheet with it may be out there, and opens their page."
EXECUTOR_VOID = "It opens nothing any more, since the recovery sheet was replaced. Make a new one, and destroy the old."
VOID_NOW = "The sheet for your executor opens nothing any more; make a new one."
USUAL = (acts.REPRINT, acts.REPLACE, acts.KNOWN, acts.SHEET_ONLY)
BY_SHEET = (acts.REPRINT, acts.REPLACE, acts.PASSPHRASE)


class KeysPage(QStackedWidget):
    """The page, or the act that was begun on it. `closed` asks for the settings, `change_asked` for the passphrase.

    `lock_asked` comes where the disk broke a change off, and `changed` when something else opens the vault now.
    """

    closed = Signal()
    change_asked = Signal()
    wishes_asked = Signal()
    view_asked = Signal()
    lock_asked = Signal()
    changed = Signal()

    def __init__(self, keys: KeyLife, needs: KeyNeeds) -> None:
        super().__init__()
        self.setObjectName("keys_page")
        self._keys, self._needs = keys, needs
        self._renewal: Renewal | None = None
        self._held: QWidget | None = None
        self.view: PreviewPage | None = None
        self.overview = Overview(keys.standing())
        self._take(self.overview)

    @property
    def is_idle(self) -> bool:
        """Whether no act is going on, so that leaving the page loses nothing."""
        return self._renewal is None

    def begin(self) -> None:
        """Put the cursor on the page."""
        if self._renewal is not None:
            self._renewal.begin()
        else:
            (self.view or self.overview).begin()

    def show_view(self, preview: PreviewPage) -> None:
        """Show what an executor would see, with a way back here."""
        held = QWidget()
        column = QVBoxLayout(held)
        spaced(column, 0, 0)
        back = button("&Back to the keys", "keys_view_back", "link")
        back.clicked.connect(self._end_view)
        preview.closed.connect(self._end_view)
        over = row(back)
        spaced(over, (1.0, 0.4, 1.0, 0), 0.5)
        column.addLayout(over)
        column.addWidget(preview, 1)
        self._held, self.view = held, preview
        self.addWidget(held)
        self.setCurrentWidget(held)
        preview.begin()

    def _end_view(self) -> None:
        """Go back from what an executor would see to the way there."""
        held, self._held, self.view = self._held, None, None
        if held is not None:
            self.setCurrentWidget(self.overview)
            self.overview.seen.setFocus(Qt.FocusReason.OtherFocusReason)
            self.removeWidget(held)
            held.deleteLater()

    def start(self, act: Act) -> None:
        """Begin an act."""
        self._end_view()
        if self._renewal is not None:
            return
        self._renewal = Renewal(act, self._keys, self._needs)
        self._renewal.left.connect(lambda: self._end(""))
        self._renewal.done.connect(lambda: self._end(act.done))
        self._renewal.lock_asked.connect(self.lock_asked)
        self.addWidget(self._renewal)
        self.setCurrentWidget(self._renewal)
        self._renewal.begin()

    def _end(self, said: str) -> None:
        """Show what opens the vault now, and say what was done."""
        renewal, self._renewal = self._renewal, None
        before, self.overview = self.overview, Overview(self._keys.standing())
        self._take(self.overview)
        for one in (before, renewal):
            if one is not None:
                self.removeWidget(one)
                one.deleteLater()
        self.overview.begin()
        if said:
            is_void = (
                renewal is not None and renewal.act.change.encrypts_anew and self._keys.standing().executor_is_void
            )
            self.overview.notice.say(said, VOID_NOW if is_void else "")
            self.changed.emit()

    def _take(self, overview: "Overview") -> None:
        overview.act_asked.connect(self.start)
        overview.closed.connect(self.closed)
        overview.change_asked.connect(self.change_asked)
        overview.wishes_asked.connect(self.wishes_asked)
        overview.view_asked.connect(self.view_asked)
        self.addWidget(overview)
        self.setCurrentWidget(overview)


class Overview(Page):
    """What opens the vault, and a card for each act."""

    act_asked = Signal(object)
    closed = Signal()
    change_asked = Signal()
    wishes_asked = Signal()
    view_asked = Signal()

    def __init__(self, standing: Standing) -> None:
        super().__init__(TITLE, "keys_overview")
        self.notice = Notice("keys_notice")
        self.column.addWidget(self.notice)
        self._opens(standing)
        for act in BY_SHEET if standing.opens_by_sheet else USUAL:
            self._offer(act)
        self._offer_executor(standing)
        self.close_button = button("&Back to the settings", "keys_close", "link")
        self.close_button.clicked.connect(self.closed)
        self.column.addLayout(row(self.close_button))
        self.column.addStretch(1)
        if standing.sheet_was_used:
            self.notice.say(USED)

    def begin(self) -> None:
        """Put the cursor on the first act."""
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the settings."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _opens(self, standing: Standing) -> None:
        column = self._card("What opens this vault")
        if not standing.opens_by_sheet:
            column.addWidget(label(f"The passphrase{_since(standing.passphrase_at)}.", "", "keys_passphrase"))
        only = "Only the recovery sheet" if standing.opens_by_sheet else "The recovery sheet"
        column.addWidget(label(f"{only}{_since(standing.sheet_at)}.", "", "keys_sheet"))
        if standing.executor_since is not None and not standing.executor_is_void:
            at = standing.executor_at or standing.executor_shown_at
            column.addWidget(label(f"{EXECUTOR_OPENS}{_since(at)}.", "", "keys_executor_opens"))
        column.addWidget(label(NOBODY, "muted"))
        if not standing.opens_by_sheet:
            change = button("&Change the passphrase", "keys_change", "link")
            change.clicked.connect(self.change_asked)
            column.addLayout(row(change))

    def _offer_executor(self, standing: Standing) -> None:
        column = self._offer(acts.EXECUTOR)
        column.addWidget(label(_executor_words(standing), "muted", "keys_executor_made"))
        if standing.executor_is_void:
            column.addWidget(label(EXECUTOR_VOID, "", "keys_executor_void"))
        wishes = button("&Write your wishes down", "keys_wishes", "link")
        wishes.clicked.connect(self.wishes_asked)
        self.seen = button("&Look at what they would see", "keys_executor_seen", "link")
        self.seen.clicked.connect(self.view_asked)
        column.addLayout(row(wishes, self.seen))

    def _offer(self, act: Act) -> QVBoxLayout:
        column = self._card(act.title)
        column.addWidget(label(act.short))
        made = button(act.button, f"keys_{act.change}")
        made.clicked.connect(lambda: self.act_asked.emit(act))
        column.addLayout(row(made))
        if not hasattr(self, "first"):
            self.first: QPushButton = made
        return column

    def _card(self, heading: str) -> QVBoxLayout:
        frame, column = card(0.5)
        column.addWidget(label(heading, "heading"))
        self.column.addWidget(frame)
        return column


def _executor_words(standing: Standing) -> str:
    """Return when a sheet for an executor was made, and whether its key was shown since without being checked."""
    made = f"Made{_on(standing.executor_at)}." if standing.executor_at is not None else ""
    if standing.executor_shown_at is None:
        return made or NO_EXECUTOR
    again = " again" if made else ""
    out = "" if standing.executor_is_void else f" {MAY_BE_OUT}"
    return f"{made} Its key was shown{again}{_on(standing.executor_shown_at)}, and not checked.{out}".strip()


def _since(at: datetime.datetime | None) -> str:
    return f", since {long_day(local(at).date())}" if at is not None else ""


def _on(at: datetime.datetime | None) -> str:
    return f" on {long_day(local(at).date())}" if at is not None else ""
