"""A bar inside the page that says what happened and what to do next; never a dialog."""

from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.ui.later import Later
from alliance_desktop.ui.parts import WRITES, button, label, row
from alliance_desktop.ui.theme import spaced


def announce(widget: QWidget, text: str, urgent: bool = False) -> None:
    """Let a screen reader say a text, politely unless it is urgent."""
    # Loaded when something is said: its long lists of names take some of the time until the first page is painted.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


class _Parts(NamedTuple):
    sentence: QLabel
    next_step: QLabel
    action: QPushButton
    close: QPushButton


class Notice(QFrame):
    """A bar with a sentence and a next step; hidden while there is nothing to say. `closed` comes with its Close."""

    pressed = Signal()
    closed = Signal()

    def __init__(
        self, name: str, action: str = "", *, closes: bool = False, brings: bool = True, writes: bool = False
    ) -> None:
        """Make one; `brings`: a page is scrolled to it when it says something, `writes`: its action writes."""
        super().__init__()
        self._action, self._closes, self._brings, self._writes = action, closes, brings, writes
        self._offered = True
        self._parts = Later(self._make_parts)
        self.setObjectName(name)
        self.setProperty("surface", "warning")
        self.hide()

    def make(self) -> None:
        """Make what is in it; most bars never say anything, and are made when they do."""
        self._parts()

    def _make_parts(self) -> "_Parts":
        name = self.objectName()
        made = _Parts(
            label("", "label", f"{name}_sentence"),
            label("", "", f"{name}_next_step"),
            button(self._action, f"{name}_action"),
            button("Close", f"{name}_close", "link"),
        )
        column = QVBoxLayout(self)
        spaced(column, (0.8, 0.6, 0.8, 0.6), 0.2)
        column.addWidget(made.sentence)
        column.addWidget(made.next_step)
        made.action.setProperty(WRITES, self._writes)
        if not (self._action and self._offered):
            made.action.hide()
        made.action.clicked.connect(self.pressed)
        if not self._closes:
            made.close.hide()
        made.close.clicked.connect(self.clear)
        made.close.clicked.connect(self.closed)
        column.addLayout(row(made.action, made.close))
        # What is made later is reached by Tab where it stands; Qt puts it only behind what has the keyboard itself.
        usual = self.property("focusPolicy")
        self.setProperty("focusPolicy", "TabFocus")
        QWidget.setTabOrder(self, made.action)
        QWidget.setTabOrder(made.action, made.close)
        self.setProperty("focusPolicy", usual)
        return made

    def show_error(self, error: KnownError) -> None:
        """Say a fault of the world and its next step, at once also to a screen reader."""
        self.say(error.sentence, error.next_step, urgent=True)

    def say(self, sentence: str, next_step: str = "", urgent: bool = False) -> None:
        """Show a sentence with, perhaps, the next step."""
        self.setProperty("surface", "warning" if urgent else "bar")
        self.style().unpolish(self)
        self.style().polish(self)
        parts = self._parts()
        parts.sentence.setText(sentence)
        parts.next_step.setText(next_step)
        parts.next_step.setVisible(bool(next_step))
        self.setAccessibleName(f"{sentence} {next_step}".strip())
        self.show()
        announce(self, self.accessibleName(), urgent)
        if self._brings:
            QTimer.singleShot(0, self, self._bring_into_view)

    def _bring_into_view(self) -> None:
        """Scroll the page to the bar once it is laid out, and to the field at hand where both find room."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is None or not self.isVisible():
            return
        at_hand = self.window().focusWidget()
        if at_hand is not None and around.isAncestorOf(at_hand):
            around.ensureWidgetVisible(at_hand)
        around.ensureWidgetVisible(self)

    def offer(self, offered: bool) -> None:
        """Show the bar's action, or take it away where it would not help."""
        self._offered = offered
        if self._parts.made is not None:
            self._parts.made.action.setVisible(offered and bool(self._action))

    def clear(self) -> None:
        """Take the bar away."""
        if self._parts.made is not None:
            self._parts.made.sentence.clear()
            self._parts.made.next_step.clear()
        self.hide()

    @property
    def sentence(self) -> str:
        """What the bar says, or nothing while it is away."""
        return self._parts().sentence.text() if not self.isHidden() else ""


def line(text: str, name: str) -> QLabel:
    """Return an empty-looking line that says what is wrong with a field once something is."""
    made = label(text, "warning", name)
    made.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
    if not text:
        made.hide()
    return made
