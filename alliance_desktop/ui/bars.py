"""Bars inside a page: what happened, what can be done about it, and never a dialog."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.fields.glyphs import Glyph
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import spaced

Action = tuple[str, Callable[[], object]]


class Bar(QFrame):
    """A message with verbs to press and a button that closes it; pressing a verb closes it as well.

    The keyboard stays where it was. `closed` comes once, when the bar goes.
    """

    closed = Signal()

    def __init__(
        self, message: str, actions: Sequence[Action] = (), *, urgent: bool = False, name: str = "bar"
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("surface", "warning" if urgent else "bar")
        self.setAccessibleName(message)
        self.message, self.urgent = message, urgent
        column = QVBoxLayout(self)
        spaced(column, (0.8, 0.5, 0.8, 0.5), 0.3)
        words = label(message, "", f"{name}_message")
        close = button("Close", f"{name}_close", "link")
        close.setAccessibleDescription(message)
        close.clicked.connect(self.close_bar)
        line = row(Glyph("warning" if urgent else "tick"), words, close, stretch=False)
        line.setStretch(1, 1)
        column.addLayout(line)
        if not actions:
            return
        verbs = Fit(most=0, in_a_row=True)
        spaced(verbs, 0, 0.4)
        for number, (verb, run) in enumerate(actions, 1):
            made = button(verb, f"{name}_action_{number}")
            made.setAccessibleDescription(message)
            made.clicked.connect(lambda _=False, run=run: self._do(run))
            verbs.addWidget(made)
        column.addLayout(verbs)

    def say(self) -> None:
        """Say the message to a screen reader: at once when urgent, else when there is a pause."""
        announce(self, self.message, self.urgent)

    def close_bar(self) -> None:
        """Take the bar away; the keyboard goes back to where it was before."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.focusNextChild()
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc while the keyboard is in the bar."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _do(self, run: Callable[[], object]) -> None:
        self.close_bar()
        run()


class Bars(QWidget):
    """The place for bars at the top of a page, newest last; a bar of the same name takes the place of the older one."""

    def __init__(self, name: str = "bars") -> None:
        super().__init__()
        self.setObjectName(name)
        self._column = QVBoxLayout(self)
        spaced(self._column, 0, 0.4)
        self._shown: dict[str, Bar] = {}

    def show_bar(self, message: str, actions: Sequence[Action] = (), *, urgent: bool = False, name: str = "bar") -> Bar:
        """Show a message and say it; return its bar."""
        self.close_bar(name)
        bar = Bar(message, actions, urgent=urgent, name=name)
        self._shown[name] = bar
        bar.closed.connect(lambda: self._forget(name, bar))
        self._column.addWidget(bar)
        bar.say()
        return bar

    def show_error(self, error: KnownError, actions: Sequence[Action] = (), *, name: str = "error_bar") -> Bar:
        """Show a fault of the world with its next step, and say it at once."""
        return self.show_bar(str(error), actions, urgent=True, name=name)

    def close_bar(self, name: str) -> None:
        """Take the bar of that name away, if there is one."""
        if name in self._shown:
            self._shown[name].close_bar()

    def messages(self) -> list[str]:
        """Return what the bars say now, oldest first."""
        return [bar.message for bar in self._shown.values()]

    def _forget(self, name: str, bar: Bar) -> None:
        if self._shown.get(name) is bar:
            del self._shown[name]
