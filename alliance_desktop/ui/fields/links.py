"""Links from one entry to others, shown by their titles."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import Answer
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.context import Linkable
from alliance_desktop.ui.fields.field import Asked, Field
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import spaced

GONE = "A note that is no longer there"
BINNED = "in the bin"
_NONE = "There is nothing to link to yet."


class LinkField(Field):
    """The entries this one points to, and a list to add from, which is asked for when it is come to.

    `opened_link` carries the id of an entry that is to be opened.
    """

    opened_link = Signal(object)

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._linked: list[int] = []
        self._read_only = False
        self._buttons: list[QPushButton] = []
        self._held = QVBoxLayout()
        spaced(self._held, 0, 0.2)
        self.body.addLayout(self._held)
        self.combo = AskedCombo("Choose a note")
        self.combo.asked.connect(self._fill_list)
        self._named(self.combo, self.question.key)
        if self.heading is not None:
            self.heading.setBuddy(self.combo)
        self.add = button("Link it", f"{self.question.key}_add")
        self.add.setAccessibleDescription(self.name)
        self.add.clicked.connect(self._link)
        self._none = label(_NONE, "muted", f"{self.question.key}_none")
        self._none.hide()
        self.body.addLayout(row(self.combo, self.add))
        self.body.addWidget(self._none)
        self._list()

    def answer(self) -> Answer:
        """Return the ids of the linked entries, in the order they were linked."""
        return list(self._linked)

    def stops(self) -> list[QWidget]:
        """Return the buttons of the linked entries, the list and the button that links."""
        return [*self._buttons, self.combo, self.add]

    def set_read_only(self, on: bool) -> None:
        """Show the links, which can still be opened, without letting them change."""
        self._read_only = on
        self._list()

    def _show(self, answer: Answer) -> None:
        self._linked = [one for one in answer if isinstance(one, int)] if isinstance(answer, list) else []
        self._list()

    def _fill_list(self) -> None:
        choices = self.asked.context.links(self.question)
        self.combo.add([(str(one.id), one.title) for one in choices])
        self._none.setVisible(not choices)
        if not choices:
            announce(self, _NONE)

    def _link(self) -> None:
        if self.combo.chosen and int(self.combo.chosen) not in self._linked:
            self._linked.append(int(self.combo.chosen))
            self._changed()
        self.combo.choose("")

    def _unlink(self, id: int) -> None:
        self._linked.remove(id)
        self._changed()
        self.combo.setFocus()

    def _changed(self) -> None:
        self._list()
        self._mark_edited()
        self.rearranged.emit()

    def _list(self) -> None:
        while (item := self._held.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._buttons = []
        for number, id in enumerate(self._linked, 1):
            self._held.addWidget(self._make_line(number, id))
        self.combo.setVisible(not self._read_only)
        self.add.setVisible(not self._read_only)

    def _make_line(self, number: int, id: int) -> QWidget:
        target = self.asked.context.linked(id)
        title = _title(target)
        unlink = self._make_button(f"unlink_{number}", "Unlink", title)
        unlink.clicked.connect(lambda: self._unlink(id))
        open = self._make_button(f"open_{number}", "Open", title)
        open.clicked.connect(lambda: self.opened_link.emit(id))
        self._buttons += [open, unlink]
        held = QWidget()
        line = row(label(title), open, unlink, stretch=False)
        line.setStretch(0, 1)
        held.setLayout(line)
        # Showing a widget that has no parent yet would open it as a window of its own.
        # Shown while it stands nowhere yet, a button would be a window of its own and take the keyboard.
        if self._read_only:
            unlink.hide()
        if target is None or target.binned:
            open.hide()
        return held

    def _make_button(self, name: str, words: str, title: str) -> QPushButton:
        made = button(words, f"{self.question.key}_{name}", "link")
        made.setAccessibleName(f"{words}: {title}")
        made.setAccessibleDescription(self.name)
        return made


class AskedCombo(Combo):
    """A list that is filled when it is first come to, as gathering what could stand in it takes a while."""

    asked = Signal()

    def __init__(self, first: str) -> None:
        super().__init__([("", first)], 16)
        self._asked = False

    def add(self, choices: list[tuple[str, str]]) -> None:
        """Add lines of (id, words)."""
        for id, words in choices:
            self.addItem(words, id)

    def choose(self, id: str) -> None:
        """Choose the line of that id; where there is none, the first."""
        self._ask()
        super().choose(id)

    def focusInEvent(self, e: QFocusEvent) -> None:
        """Be filled before the arrow keys turn its lines."""
        self._ask()
        super().focusInEvent(e)

    def showPopup(self) -> None:
        """Be filled before the lines are shown."""
        self._ask()
        super().showPopup()

    def _ask(self) -> None:
        if not self._asked:
            self._asked = True
            self.asked.emit()


def _title(target: Linkable | None) -> str:
    if target is None:
        return GONE
    return f"{target.title} – {BINNED}" if target.binned else target.title
