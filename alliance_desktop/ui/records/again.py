"""Where words that are blacked out still stand: said at once, and taken out here by one button, never by itself."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from alliance_desktop.domain.records.again import Still
from alliance_desktop.domain.records.items import Item
from alliance_desktop.ui.parts import button, label, row, writes
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import counted, isolated

ALL_HERE = "Black out all of them here"
_NAMED = 3
"""So many other pieces are named; of the rest it is said how many they are."""
_WORDS_NAMED = 6


class StillPanel(QFrame):
    """Says where the words of a piece that are blacked out stand besides; `all_here` asks to take them out here."""

    all_here = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("piece_still")
        self.setProperty("surface", "bar")
        self._here = label("", "label", "piece_still_here")
        self._others = label("", "", "piece_still_others")
        self._all = writes(button(ALL_HERE, "piece_black_all"))
        column = QVBoxLayout(self)
        spaced(column, (0.8, 0.6, 0.8, 0.6), 0.4)
        column.addWidget(self._here)
        column.addLayout(row(self._all))
        column.addWidget(self._others)
        self._all.clicked.connect(self.all_here)
        self.hide()

    @property
    def words(self) -> str:
        """What it says; nothing where nothing is left."""
        return " ".join(one.text() for one in (self._here, self._others) if one.text())

    def say(self, text: str, still: Still, *, open: bool) -> None:
        """Say what is left in a piece with such a text, and in others; `open` where it can be decided about."""
        here = here_words(text, still)
        self._here.setText(here)
        self._here.setVisible(bool(here))
        self._all.setVisible(bool(here) and open)
        others = others_words(still.others)
        self._others.setText(others)
        self._others.setVisible(bool(others))
        self.setVisible(bool(here or others))


def here_words(text: str, still: Still) -> str:
    """Return how often, and how, words that are blacked out still stand in the piece itself."""
    if not still.here:
        return ""
    found = Counter(" ".join(text[first:last].split()) for first, last in still.here)
    told = [isolated(said) if times == 1 else f"{isolated(said)} ({times} times)" for said, times in found.items()]
    more = len(told) - _WORDS_NAMED
    rest = f"; and {more} more" if more > 0 else ""
    times = counted(len(still.here), "time", "times")
    return f"The same words still stand in this piece, {times}: {'; '.join(told[:_WORDS_NAMED])}{rest}"


def others_words(items: Sequence[Item]) -> str:
    """Return in which other pieces of the copy words that are blacked out stand as well."""
    if not items:
        return ""
    where = counted(len(items), "other piece", "other pieces")
    return f"The same words stand in {where} of this copy: {places(items)}"


def places(items: Sequence[Item]) -> str:
    """Return which pieces they are: the first by name, the rest by number."""
    told = "; ".join(f"{isolated(one.label)} ({one.heading})" for one in items[:_NAMED])
    more = len(items) - _NAMED
    return f"{told}; and {more:,} more." if more > 0 else f"{told}."
