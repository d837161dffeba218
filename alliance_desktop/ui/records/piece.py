"""One piece of a request: its words, what is blacked out of them, and the decision with its reason."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QLabel, QRadioButton, QTextEdit, QVBoxLayout, QWidget

from alliance_desktop.domain.records.again import Still
from alliance_desktop.domain.records.blackout import Span, merged
from alliance_desktop.domain.records.deciding import Decided, Verdict, mark_of, offered
from alliance_desktop.domain.records.items import Group, Item
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.fields.radios import Radios
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.notice import Notice, announce
from alliance_desktop.ui.parts import WRITES, button, field, label, writes
from alliance_desktop.ui.records.again import StillPanel
from alliance_desktop.ui.records.words import (
    COVER_SAYS,
    DRAFT_CHANGED,
    SELECT,
    SELECT_FIRST,
    VERDICT_LINES,
    VERDICT_WORDS,
    decision_words,
    heading_of,
)
from alliance_desktop.ui.theme import colours, spaced
from alliance_desktop.ui.words import isolated, units

BLACK_OUT, SHOW_AGAIN = "Black out what is selected", "Show all words again"
KEEP, BACK = "Keep this decision", "Take the decision back"


class PieceSection(QFrame):
    """A piece being decided.

    `edited` comes with each change. `kept` carries the verdict, the reason and the spans; `kept_for_all` the verdict
    and the reason for all of its group that wait; `taken_back` comes when a decision is to be taken back. A draft
    carries the mark of the words it is about: what was blacked out of other words is let go, and that is said.
    `still` tells where words that are blacked out stand besides.
    """

    edited = Signal()
    kept = Signal(object, str, object)
    kept_for_all = Signal(object, str)
    taken_back = Signal()

    def __init__(self, still: Callable[[Item, tuple[Span, ...]], Still]) -> None:
        super().__init__()
        self._find_still = still
        self.setObjectName("records_piece")
        self.setProperty("surface", "card")
        self._one: Decided | None = None
        self._spans: tuple[Span, ...] = ()
        self._waiting = 0
        self._heading = label("", "heading", "piece_label")
        self._where = label("", "muted", "piece_where")
        self._thought = label("", "label", "piece_thought")
        self._state = label("", "", "piece_state")
        self.text = TextBox(2, 12)
        self._select = label(SELECT, "muted", "piece_select")
        self._black = writes(button(BLACK_OUT, "piece_black"))
        self._again = writes(button(SHOW_AGAIN, "piece_again"))
        self._blacked = label("", "", "piece_blacked")
        self._still = StillPanel()
        self.reason = TextBox(1, 4, breaks=False)
        self.notice = Notice("piece_notice")
        self._keep = writes(button(KEEP, "piece_keep", "primary"))
        self._all = writes(button("", "piece_keep_all"))
        self._back = writes(button(BACK, "piece_back"))
        self.verdicts: dict[Verdict, QRadioButton] = {}
        self._lines: dict[Verdict, QLabel] = {}
        self._choices = Radios(self)
        self._lay_out()
        self.text.set_read_only(True)
        self._black.clicked.connect(self._black_out)
        self._again.clicked.connect(self._show_again)
        self._still.all_here.connect(self._black_all)
        self._keep.clicked.connect(self._tell)
        self._all.clicked.connect(self._tell_all)
        self._back.clicked.connect(self.taken_back)
        self._choices.buttonClicked.connect(lambda _one: self.edited.emit())
        self.reason.changed.connect(self.edited)

    @property
    def one(self) -> Decided | None:
        """The piece that is shown, or None."""
        return self._one

    @property
    def verdict(self) -> Verdict | None:
        """What is chosen, or None."""
        return next((one for one, radio in self.verdicts.items() if radio.isChecked()), None)

    def draft(self) -> dict[str, Any] | None:
        """Return what was chosen and typed and is not kept yet, as plain data; None where nothing is."""
        typed = self._typed()
        if self._one is None or typed == self._usual():
            return None
        return {**typed, "mark": mark_of(self._one.item)}

    def show_piece(
        self, one: Decided, *, thought: str, waiting: int, open: bool, draft: dict[str, Any] | None = None
    ) -> None:
        """Show a piece with the first thought for it, and how many of its group wait; `draft` is not kept yet."""
        self._one, self._waiting = one, waiting
        self.notice.clear()
        self._heading.setText(isolated(one.item.label))
        self._where.setText(f"{heading_of(one.item.group)} · {one.item.heading}")
        self._thought.setText(f"A first thought: {thought}" if thought and one.waits else "")
        self._thought.setVisible(bool(self._thought.text()))
        self._state.setText(decision_words(one))
        self._state.setVisible(bool(self._state.text()))
        self.text.fill(one.item.text)
        self.text.setAccessibleName(f"{one.item.label}. {one.item.heading}")
        self._offer(offered(one.item.group), open=open)
        self._fill(self._usual() if draft is None else draft)
        if draft is not None and draft.get("mark") != mark_of(one.item):
            self._set_spans(())
            self.notice.say(*DRAFT_CHANGED)
        self._back.setVisible(open and one.decision is not None)
        words = f"Decide so for all {waiting} that wait"
        self._all.setText(words)
        self._all.setAccessibleName(words)
        # What others said is weighed one by one.
        together = one.item.group in {Group.PRIVATE, Group.SAFETY}
        self._all.setVisible(open and together and one.waits and waiting > 1)

    def wipe(self) -> None:
        """Let go of all words."""
        self._one = None
        for box in (self.text, self.reason):
            box.fill("")
        for words in (self._heading, self._where, self._state, self._blacked, self._thought):
            words.clear()
        self._still.say("", Still(), open=False)

    def begin(self) -> None:
        """Put the keyboard on what was chosen, or on the first choice."""
        chosen = self.verdict or next((one for one, radio in self.verdicts.items() if not radio.isHidden()), None)
        if chosen is not None:
            self.verdicts[chosen].setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        spaced(column, (1.1, 0.9, 1.1, 0.9), 0.5)
        for one in (self._heading, self._where, self._thought, self._state, self.text, self._select):
            column.addWidget(one)
        self.text.setObjectName("piece_text")
        column.addWidget(flowing(self._black, self._again))
        column.addWidget(self._blacked)
        column.addWidget(self._still)
        self._deciding = QWidget()
        deciding = QVBoxLayout(self._deciding)
        spaced(deciding, 0, 0.35)
        deciding.addWidget(label("What happens with it", "label"))
        for verdict in Verdict:
            radio = self.verdicts[verdict] = QRadioButton(VERDICT_WORDS[verdict])
            radio.setObjectName(f"piece_{verdict}")
            radio.setAccessibleName(VERDICT_WORDS[verdict])
            radio.setAccessibleDescription(VERDICT_LINES[verdict])
            radio.setProperty(WRITES, True)
            self._choices.addButton(radio)
            self._lines[verdict] = label(VERDICT_LINES[verdict], "muted")
            deciding.addWidget(radio)
            deciding.addWidget(self._lines[verdict])
        deciding.addWidget(field("Why?", self.reason, "piece_reason", COVER_SAYS))
        deciding.addWidget(self.notice)
        deciding.addWidget(flowing(self._keep, self._all, self._back))
        column.addWidget(self._deciding)

    def _offer(self, verdicts: tuple[Verdict, ...], *, open: bool) -> None:
        for one, radio in self.verdicts.items():
            radio.setVisible(one in verdicts)
            self._lines[one].setVisible(one in verdicts)
        self._deciding.setVisible(open)
        for part in (self._select, self._black):
            part.setVisible(open)

    def _typed(self) -> dict[str, Any]:
        verdict = self.verdict
        return {
            "verdict": str(verdict) if verdict is not None else "",
            "reason": self.reason.text(),
            "spans": [list(one) for one in self._spans],
        }

    def _usual(self) -> dict[str, Any]:
        decision = self._one.decision if self._one is not None else None
        if decision is None:
            return {"verdict": "", "reason": "", "spans": []}
        return {
            "verdict": str(decision.verdict),
            "reason": decision.reason,
            "spans": [list(one) for one in decision.spans],
        }

    def _fill(self, typed: dict[str, Any]) -> None:
        self._choices.setExclusive(False)
        for one, radio in self.verdicts.items():
            radio.setChecked(typed.get("verdict") == str(one) and not radio.isHidden())
        self._choices.setExclusive(True)
        self.reason.fill(str(typed.get("reason") or ""))
        self._set_spans(_spans(typed.get("spans")))

    def _set_spans(self, spans: tuple[Span, ...]) -> None:
        """Show words as blacked out: the counsellor still reads them, light on dark, and a line names them."""
        text = self._one.item.text if self._one is not None else ""
        self._spans = merged(text, spans)
        look = QTextCharFormat()
        look.setBackground(QColor(colours().text))
        look.setForeground(QColor(colours().surface))
        marked = []
        for first, last in self._spans:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(units(text, first))
            cursor.setPosition(units(text, last), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor, selection.format = cursor, look
            marked.append(selection)
        self.text.setExtraSelections(marked)
        told = "; ".join(isolated(" ".join(text[first:last].split())) for first, last in self._spans)
        self._blacked.setText(f"Blacked out: {told}" if told else "")
        self._blacked.setVisible(bool(told))
        self._again.setVisible(bool(told) and not self._black.isHidden())
        self._say_still()

    def _say_still(self) -> Still:
        """Say at once where words that are blacked out here still stand."""
        still = self._find_still(self._one.item, self._spans) if self._one is not None and self._spans else Still()
        text = self._one.item.text if self._one is not None else ""
        self._still.say(text, still, open=not self._black.isHidden())
        return still

    def _black_out(self) -> None:
        cursor = self.text.textCursor()
        if not cursor.hasSelection():
            self.notice.say(SELECT_FIRST)
            self.text.setFocus()
            return
        self.notice.clear()
        text = self._one.item.text if self._one is not None else ""
        chosen = (_characters(text, cursor.selectionStart()), _characters(text, cursor.selectionEnd()))
        cursor.clearSelection()
        self.text.setTextCursor(cursor)
        self._set_spans((*self._spans, chosen))
        self.verdicts[Verdict.BLACK_OUT].setChecked(True)
        self.edited.emit()
        announce(self, f"{self._blacked.text()} {self._still.words}".strip())

    def _black_all(self) -> None:
        """Black out the same words wherever they stand in this piece, and go on to what happens with it."""
        self._set_spans((*self._spans, *self._say_still().here))
        self.verdicts[Verdict.BLACK_OUT].setChecked(True)
        self.verdicts[Verdict.BLACK_OUT].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()
        announce(self, f"{self._blacked.text()} {self._still.words}".strip())

    def _show_again(self) -> None:
        self._set_spans(())
        self._black.setFocus()
        self.edited.emit()

    def _tell(self) -> None:
        verdict = self.verdict
        if verdict is None:
            self.notice.say("Choose first what happens with it.")
            self.begin()
            return
        self.kept.emit(verdict, self.reason.text(), self._spans)

    def _tell_all(self) -> None:
        verdict = self.verdict
        if verdict is None or verdict is Verdict.BLACK_OUT:
            self.notice.say("Choose first: print, keep apart, or leave out. Words are blacked out piece by piece.")
            self.begin()
            return
        self.kept_for_all.emit(verdict, self.reason.text())


def _characters(text: str, at: int) -> int:
    """Return a place as Qt counts it in characters."""
    return at if text.isascii() else len(text.encode("utf-16-le")[: 2 * at].decode("utf-16-le", "ignore"))


def _spans(data: object) -> tuple[Span, ...]:
    found = []
    for one in data if isinstance(data, list) else ():
        if isinstance(one, list) and len(one) == 2 and all(type(at) is int for at in one):
            found.append((one[0], one[1]))
    return tuple(found)


def flowing(*widgets: QWidget) -> QWidget:
    """Return widgets side by side that go on in the next line where there is little room."""
    held, around = QWidget(), Fit(most=0)
    held.setLayout(around)
    spaced(around, 0, 0.5)
    for one in widgets:
        around.addWidget(one)
    return held
