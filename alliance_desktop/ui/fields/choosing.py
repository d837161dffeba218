"""Questions answered by choosing: one, several, or a step of a scale, always in words."""

from collections.abc import Iterator
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import Answer, chosen, ids_of, text_of
from alliance_desktop.domain.form import Kind, Option
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.field import Asked, Field, Group
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.fields.options import OptionRadio, OptionTick, TakeBack
from alliance_desktop.ui.fields.radios import Radios
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.fields.texts import watch
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import spaced

MOST_RADIOS = 9
NOT_CHOSEN = "Not chosen"


class ChoosingField(Field):
    """What the ways of choosing share: the words beside the choice, and ids of older versions, kept as they are."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.options = asked.form.options(self.question)
        self._unknown: list[str] = []
        self.words: TextBox | None = None
        self._words_held: QWidget | None = None
        self._words_asked = False
        self._opener: QPushButton | None = None

    def answer(self) -> Answer:
        """Return the chosen ids in the order of the form, with the words beside them."""
        ids = [one.id for one in self.options if self._is_chosen(one.id)]
        return chosen(*ids, *self._unknown, text=self.words.text() if self.words else "")

    def _show(self, answer: Answer) -> None:
        known = {one.id for one in self.options}
        self._unknown = [one for one in ids_of(answer) if one not in known]
        self._choose([one for one in ids_of(answer) if one in known])
        if self.words is not None:
            self.words.fill(text_of(answer))
        self._reveal()

    def _is_chosen(self, id: str) -> bool:
        raise NotImplementedError

    def _choose(self, ids: list[str]) -> None:
        raise NotImplementedError

    def _make_words(self) -> None:
        """Add the box for words, out of the way until it is asked for or "Something else" is chosen."""
        other = self._other()
        if not self.question.text and other is None:
            return
        caption = self.question.text or (other.label if other else "")
        self.words = TextBox(1, 8)
        self._named(self.words, f"{self.question.key}_in_words", caption)
        self.words.setAccessibleDescription(f"{self.name} {self.description()}".strip())
        watch(self.words, self)
        self._words_held = QWidget()
        column = QVBoxLayout(self._words_held)
        spaced(column, 0, 0.2)
        above = label(caption.replace("&", "&&"), "muted")
        above.setBuddy(self.words)
        column.addWidget(above)
        column.addWidget(self.words)
        if self.question.text:
            self._opener = button(caption, f"{self.question.key}_open_words", "link")
            self._opener.setAccessibleName(f"{caption}: {self.name}")
            self._opener.clicked.connect(self._open_words)
            self.body.addLayout(row(self._opener))
        self.body.addWidget(self._words_held)
        self._reveal()

    def _open_words(self) -> None:
        self._words_asked = True
        self._reveal()
        self.rearranged.emit()
        if self.words is not None:
            self.words.setFocus()

    def _reveal(self) -> None:
        if self._words_held is None or self.words is None:
            return
        other = self._other()
        wanted = self._words_asked or not self.words.document().isEmpty()
        wanted = wanted or (other is not None and self._is_chosen(other.id))
        self._words_held.setVisible(wanted)
        if self._opener is not None:
            self._opener.setVisible(not wanted and not self.words.isReadOnly())

    def _other(self) -> Option | None:
        return next((one for one in self.options if one.id == "other" or one.id.endswith("_other")), None)

    def _changed(self) -> None:
        self._reveal()
        self._mark_chosen()

    def _lock_words(self, on: bool) -> None:
        if self.words is not None:
            self.words.set_read_only(on)
            self._reveal()

    def _words_stops(self) -> list[QWidget]:
        return [one for one in (self._opener, self.words) if one is not None]


class RadioField(ChoosingField):
    """One of a few, or a step of a scale, as radio buttons; "Clear" takes the choice back."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        group = Group(self.name, self.description())
        group.setObjectName(f"{self.question.key}_group")
        if self.heading is not None:
            self.heading.setBuddy(group)
        scale = self.question.kind is Kind.SCALE
        short = all(not one.line and len(one.label) < 24 for one in self.options)
        layout = Fit(most=1 if scale else 2, in_a_row=scale or short)
        spaced(layout, 0, 0.1)
        group.setLayout(layout)
        self._buttons = Radios(self)
        self.radios: dict[str, OptionRadio] = {}
        for one in self.options:
            self.radios[one.id] = self._make_radio(one)
            layout.addWidget(self.radios[one.id])
        self.clear = TakeBack("Clear")
        self.clear.setObjectName(f"{self.question.key}_clear")
        self.clear.setAccessibleName(f"Clear: {self.name}")
        self.clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clear.setAccessibleDescription("On the keyboard: Delete.")
        self.clear.clicked.connect(self._take_back)
        self.clear.hide()
        layout.addWidget(self.clear)
        self.body.addWidget(group)
        self._make_words()

    def stops(self) -> list[QWidget]:
        """Return the radio buttons and the box for words.

        "Clear" is for the mouse, and Delete for the keyboard: a space typed too early must not undo an answer.
        """
        return [*self.radios.values(), *self._words_stops()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the choice back on Delete, from any of its buttons."""
        chosen = self._buttons.checkedButton()
        takes = event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and chosen is not None
        if takes and not self.clear.isHidden() and any(one.hasFocus() for one in self.radios.values()):
            self._take_back()
            return
        super().keyPressEvent(event)

    def set_read_only(self, on: bool) -> None:
        """Show the choice without letting it change."""
        for one in self.radios.values():
            one.locked = on
        self.clear.setEnabled(not on)
        self.clear.keep_room(not on)
        self.clear.setVisible(not on and self._buttons.checkedButton() is not None)
        self._lock_words(on)

    def _make_radio(self, option: Option) -> OptionRadio:
        made = OptionRadio(option.label, option.line)
        made.setObjectName(f"{self.question.key}_{option.id}")
        if not self.radios:
            made.setAccessibleDescription(f"{option.line} {self.description()}".strip())
        self._buttons.addButton(made)
        made.toggled.connect(lambda on: self._toggled(on))
        return made

    def _toggled(self, on: bool) -> None:
        self.clear.setVisible(self._buttons.checkedButton() is not None)
        if on:
            self._changed()

    def _take_back(self) -> None:
        before = self._buttons.checkedButton()
        self._choose([])
        self.clear.hide()
        self._changed()
        if before is not None:
            before.setFocus()

    def _is_chosen(self, id: str) -> bool:
        return self.radios[id].isChecked()

    def _choose(self, ids: list[str]) -> None:
        # An exclusive group never lets its last choice go, so it is opened for a moment.
        self._buttons.setExclusive(False)
        for id, radio in self.radios.items():
            radio.setChecked(id in ids[:1])
        self._buttons.setExclusive(True)


class ComboField(ChoosingField):
    """One of many, as a list."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.combo = Combo([("", NOT_CHOSEN), *((one.id, one.label) for one in self.options)])
        self._named(self.combo, self.question.key)
        if self.heading is not None:
            self.heading.setBuddy(self.combo)
        self.combo.currentIndexChanged.connect(self._changed)
        self.body.addWidget(self.combo)
        self._make_words()

    def stops(self) -> list[QWidget]:
        """Return the list and the box for words."""
        return [self.combo, *self._words_stops()]

    def set_read_only(self, on: bool) -> None:
        """Show the choice without letting it change."""
        self.combo.setEnabled(not on)
        self._lock_words(on)

    def _is_chosen(self, id: str) -> bool:
        return self.combo.chosen == id

    def _choose(self, ids: list[str]) -> None:
        self.combo.choose(ids[0] if ids else "")


class TicksField(ChoosingField):
    """Any number of several, as check boxes under their group headings."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.ticks: dict[str, OptionTick] = {}
        outer = Group(self.name, self.description())
        outer.setObjectName(f"{self.question.key}_group")
        if self.heading is not None:
            self.heading.setBuddy(outer)
        column = QVBoxLayout(outer)
        spaced(column, 0, 0.4)
        intro = asked.form.pick_list(self.question.list).intro if self.question.list else ""
        if intro:
            column.addWidget(label(intro, "muted", f"{self.question.key}_intro"))
        for title, options in self._grouped():
            column.addWidget(self._make_group(title, options))
        self.body.addWidget(outer)
        self._make_words()

    def stops(self) -> list[QWidget]:
        """Return the check boxes and the box for words."""
        return [*self.ticks.values(), *self._words_stops()]

    def set_read_only(self, on: bool) -> None:
        """Show the choices without letting them change."""
        for one in self.ticks.values():
            one.locked = on
        self._lock_words(on)

    def _grouped(self) -> Iterator[tuple[str, list[Option]]]:
        for title, options in groupby(self.options, lambda one: one.group):
            yield title, list(options)

    def _make_group(self, title: str, options: list[Option]) -> QWidget:
        held = Group(title or self.name) if title else QWidget()
        column = QVBoxLayout(held)
        spaced(column, 0, 0.1)
        if title:
            column.addWidget(label(title))
        ticks = Fit()
        spaced(ticks, 0, 0.1)
        for one in options:
            ticks.addWidget(self._make_tick(one))
        column.addLayout(ticks)
        return held

    def _make_tick(self, option: Option) -> OptionTick:
        made = OptionTick(option.label, option.line)
        made.setObjectName(f"{self.question.key}_{option.id}")
        if not self.ticks:
            made.setAccessibleDescription(f"{option.line} {self.description()}".strip())
        made.toggled.connect(lambda on: self._toggled(option, on))
        self.ticks[option.id] = made
        return made

    def _toggled(self, option: Option, on: bool) -> None:
        if self._filling:
            return
        if on:
            self._filling = True
            for one in self.options:
                if one.id != option.id and (option.alone or one.alone):
                    self.ticks[one.id].setChecked(False)
            self._filling = False
        self._changed()

    def _is_chosen(self, id: str) -> bool:
        return self.ticks[id].isChecked()

    def _choose(self, ids: list[str]) -> None:
        for id, tick in self.ticks.items():
            tick.setChecked(id in ids)


def buttons_of(field: ChoosingField) -> dict[str, QAbstractButton]:
    """Return the buttons of a choice by option id; none where it is a list."""
    if isinstance(field, RadioField):
        return dict(field.radios)
    return dict(field.ticks) if isinstance(field, TicksField) else {}
