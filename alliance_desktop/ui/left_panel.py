"""What is left to look at in a summary, and what was replaced: each can be decided by hand."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from alliance_desktop.domain.unnamed.by_hand import Hand
from alliance_desktop.domain.unnamed.remaining import Left, Remaining
from alliance_desktop.domain.unnamed.replacing import Piece, Why
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.notice import announce, line
from alliance_desktop.ui.parts import button, field, label
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.row_view import RowView
from alliance_desktop.ui.theme import em, spaced
from alliance_desktop.ui.words import counted, isolated

LEFT = "Left to look at"
ABOUT_LEFT = "What could still tell who is meant. Enter on a line brings it to the boxes below."
NOTHING_LEFT = (
    "Nothing stands out: no other capitals, numbers or addresses. Names that do not stand out stay in as well."
)
UNCASED = (
    "Some of it is in a script without capitals. Names we do not know cannot be listed there: "
    "read those lines yourself."
)
REPLACED = "Replaced on this page"
NOTHING_REPLACED = "Nothing was replaced: the program knows none of these names."
WORD, BECOMES = "This word", "Becomes"
NO_WORD, NO_INSTEAD = "Type the word first, or choose one above.", "Type what is to stand there instead."
ABOUT_HAND = "Kept for this page only. Your notes stay as they are."
KINDS = {
    Left.PART: "Part of a name we know",
    Left.UNSURE: "Was replaced, and may be an ordinary word",
    Left.SMALL: "Also a name we know, here with a small letter",
    Left.ALIKE: "A name we know, with an ending or in one word",
    Left.OTHER_CASE: "Replaced by hand, here with another first letter",
    Left.CAPITAL: "Capital letter in a sentence",
    Left.EMAIL: "E-mail address",
    Left.PHONE: "Phone number",
    Left.LINK: "Address on the net",
    Left.NUMBER: "Number",
    Left.OPENING: "Begins a sentence",
}
_STAYS = frozenset({Why.STAYS, Why.OURS})
_MOST_ROWS, _ROW = 6, 3.2
LIMIT = 120


class LeftPanel(QWidget):
    """Lists and boxes; `decided` carries a Hand, `undone` the words of one, `looked_at` a Remaining."""

    decided = Signal(object)
    undone = Signal(str)
    looked_at = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("left_panel")
        self._left: dict[tuple[Left, str], Remaining] = {}
        self._by_hand: set[str] = set()
        self._nothing = label(NOTHING_LEFT, "muted", "summary_nothing_left")
        self._about = label(ABOUT_LEFT, "muted", "summary_about_left")
        self._uncased = label(UNCASED, "warning", "summary_uncased")
        self.rows = RowView("summary_left", LEFT)
        self.word, self.instead = QLineEdit(), QLineEdit()
        for one in (self.word, self.instead):
            one.setMaxLength(LIMIT)
            one.setAcceptDrops(False)
        self._missing = line("", "summary_missing")
        self._replace = button("Replace it", "summary_replace")
        self._leave = button("Leave it as it is", "summary_leave")
        self.replaced = RowView("summary_replaced", REPLACED)
        self._none = label(NOTHING_REPLACED, "muted", "summary_nothing_replaced")
        self._undo = button("Put back what I wrote", "summary_undo")
        self._lay_out()
        self.rows.chosen.connect(self._take)
        self.rows.selectionModel().currentChanged.connect(lambda *_now: self._show_current())
        self._replace.clicked.connect(self._decide)
        self._leave.clicked.connect(self._keep)
        self._undo.clicked.connect(self._put_back)
        self.instead.returnPressed.connect(self._decide)
        for one in (self.word, self.instead):
            one.textEdited.connect(lambda _text: self._say(""))

    def show_left(self, left: Sequence[Remaining], *, uncased: bool) -> None:
        """Show what is left to look at."""
        self._left = {(one.kind, one.words): one for one in left}
        self.rows.set_rows([_left_row(one) for one in left])
        self._fill(self.rows, self._nothing, len(left))
        self._about.setVisible(bool(left))
        self._uncased.setVisible(uncased)

    def show_replaced(self, pieces: Sequence[Sequence[Piece]], hands: Sequence[Hand]) -> None:
        """Show what was replaced by what, how often, with what was decided by hand."""
        self._by_hand = {one.words for one in hands}
        found = Counter((one.text, one.instead, one.why) for parts in pieces for one in parts if one.why not in _STAYS)
        told = {one.words for one in hands}
        rows = [_replaced_row(text, instead, why, count) for (text, instead, why), count in found.items()]
        unseen = told - {text for text, _, _ in found}
        rows += [_replaced_row(one, "", Why.KEPT, 0) for one in sorted(unseen)]
        self.replaced.set_rows(rows)
        self._fill(self.replaced, self._none, len(rows))
        self._undo.setVisible(bool(rows))

    def clear(self) -> None:
        """Let go of all words."""
        self._left = {}
        self._by_hand = set()
        for view in (self.rows, self.replaced):
            view.set_rows([])
        for one in (self.word, self.instead):
            one.clear()

    def typed(self) -> tuple[str, str]:
        """Return what is typed in the boxes."""
        return self.word.text(), self.instead.text()

    def type(self, word: str, instead: str) -> None:
        """Put words back into the boxes."""
        self.word.setText(word[:LIMIT])
        self.instead.setText(instead[:LIMIT])

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        spaced(column, 0, 0.6)
        boxes = _flowing(
            field(WORD, self.word, "summary_word"), field(BECOMES, self.instead, "summary_instead"), columns=2
        )
        for one in (
            label(LEFT, "heading", "summary_left_heading"),
            self._nothing,
            self._about,
            self._uncased,
            self.rows,
            boxes,
            self._missing,
            _flowing(self._replace, self._leave),
            label(ABOUT_HAND, "muted", "summary_about_hand"),
            label(REPLACED, "heading", "summary_replaced_heading"),
            self._none,
            self.replaced,
            _flowing(self._undo),
        ):
            column.addWidget(one)

    def _fill(self, view: RowView, none: QWidget, count: int) -> None:
        view.setVisible(bool(count))
        none.setVisible(not count)
        _fit(view)

    def changeEvent(self, event: QEvent) -> None:
        """Keep so many lines in view when the size of text changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "replaced"):
            for view in (self.rows, self.replaced):
                _fit(view)

    def _current(self) -> Remaining | None:
        key: Any = self.rows.current_key()
        return self._left.get(key) if key is not None else None

    def _show_current(self) -> None:
        one = self._current()
        if one is not None and self.rows.hasFocus():
            self.looked_at.emit(one)

    def _take(self, key: Any) -> None:
        one = self._left.get(key)
        if one is not None:
            self.type(one.words, "")
            self.looked_at.emit(one)
            self.instead.setFocus()

    def _decide(self) -> None:
        word, instead = (one.strip() for one in self.typed())
        if not word or not instead:
            self._say(NO_INSTEAD if word else NO_WORD)
            (self.instead if word else self.word).setFocus()
            return
        self._done(Hand(word, instead))

    def _keep(self) -> None:
        word = self.word.text().strip()
        current = self._current()
        word = word or (current.words if current is not None else "")
        if not word:
            self._say(NO_WORD)
            self.word.setFocus()
            return
        self._done(Hand(word))

    def _done(self, hand: Hand) -> None:
        self.type("", "")
        self.decided.emit(hand)
        (self.rows if not self.rows.isHidden() else self.word).setFocus()
        told = f"{hand.words} becomes {hand.instead}" if hand.instead else f"{hand.words} stays as it is"
        announce(self, f"{told}. {counted(len(self._left), 'thing', 'things')} left to look at.")

    def _put_back(self) -> None:
        key: Any = self.replaced.current_key()
        if key is None:
            return
        if key in self._by_hand:
            self.undone.emit(key)
        else:
            self.decided.emit(Hand(key))
        self.replaced.setFocus()

    def _say(self, words: str) -> None:
        self._missing.setText(words)
        self._missing.setVisible(bool(words))
        if words:
            announce(self, words)


def _fit(view: RowView) -> None:
    view.setFixedHeight(em(_ROW) * min(max(view.rows.rowCount(), 1), _MOST_ROWS) + em(0.3))


def _left_row(one: Remaining) -> Row:
    words, times = " ".join(one.words.split()), counted(one.times, "time", "times")
    return Row(
        key=(one.kind, one.words),
        title=isolated(words),
        aside=times,
        under=(KINDS[one.kind],),
        spoken=f"{isolated(words)}, {times}. {KINDS[one.kind]}.",
    )


def _replaced_row(text: str, instead: str, why: Why, count: int) -> Row:
    words, times = " ".join(text.split()), counted(count, "time", "times")
    under = "Stays as it is, by hand" if why is Why.KEPT else f"becomes {isolated(instead)}"
    by_hand = ", by hand" if why is Why.HAND else ""
    return Row(
        key=text,
        title=isolated(words),
        aside=times,
        under=(f"{under}{by_hand}",),
        spoken=f"{isolated(words)}, {times}: {under}{by_hand}.",
    )


def _flowing(*widgets: QWidget, columns: int = 0) -> QWidget:
    held, around = QWidget(), Fit(most=columns)
    held.setLayout(around)
    spaced(around, 0, 0.5)
    for one in widgets:
        around.addWidget(one)
    return held
