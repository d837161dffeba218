"""Links from one entry to others, shown by their titles."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import Answer
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.field import Asked, Field
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import spaced

_GONE = "A note that is not in this list"
_NONE = "There is nothing to link to yet."


class LinkField(Field):
    """The entries this one points to, and a list to add from; the list is asked anew from the context."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._choices = {one.id: one.title for one in asked.context.links(self.question)}
        self._linked: list[int] = []
        self._read_only = False
        self._removers: list[QPushButton] = []
        self._held = QVBoxLayout()
        spaced(self._held, 0, 0.2)
        self.body.addLayout(self._held)
        self.combo = Combo([("", "Choose a note"), *((str(id), title) for id, title in self._choices.items())], 16)
        self._named(self.combo, self.question.key)
        if self.heading is not None:
            self.heading.setBuddy(self.combo)
        self.add = button("Link it", f"{self.question.key}_add")
        self.add.setAccessibleDescription(self.name)
        self.add.clicked.connect(self._link)
        self._none = label(_NONE, "muted", f"{self.question.key}_none")
        self.body.addWidget(self._none)
        self.body.addLayout(row(self.combo, self.add))
        self._list()

    def answer(self) -> Answer:
        """Return the ids of the linked entries, in the order they were linked."""
        return list(self._linked)

    def stops(self) -> list[QWidget]:
        """Return the buttons of the linked entries, the list and the button that links."""
        return [*self._removers, self.combo, self.add]

    def set_read_only(self, on: bool) -> None:
        """Show the links without letting them change."""
        self._read_only = on
        self._list()

    def _show(self, answer: Answer) -> None:
        self._linked = [int(one) for one in answer] if isinstance(answer, list) else []
        self._list()

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
        self._removers = []
        for number, id in enumerate(self._linked, 1):
            self._held.addWidget(self._make_line(number, id))
        possible = bool(self._choices) and not self._read_only
        self.combo.setVisible(possible)
        self.add.setVisible(possible)
        self._none.setVisible(not self._choices and not self._linked)

    def _make_line(self, number: int, id: int) -> QWidget:
        title = self._choices.get(id, _GONE)
        remove = button("Unlink", f"{self.question.key}_unlink_{number}", "link")
        remove.setAccessibleName(f"Unlink: {title}")
        remove.setAccessibleDescription(self.name)
        if self._read_only:
            remove.hide()
        remove.clicked.connect(lambda: self._unlink(id))
        self._removers.append(remove)
        held = QWidget()
        line = row(label(title), remove, stretch=False)
        line.setStretch(0, 1)
        held.setLayout(line)
        return held
