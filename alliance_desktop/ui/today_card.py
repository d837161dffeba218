"""One card of "Who needs me next": the most pressing reason with what can be done, the others folded below."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QVBoxLayout, QWidget

from alliance_desktop.domain.attention import OFFER_WORDS, Offer, Reason
from alliance_desktop.services.attention import ClientCard
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.heading import heads
from alliance_desktop.ui.parts import button, label, row, writes
from alliance_desktop.ui.put_off import KNOWN, WHY, LaterRow, NotNeededRow
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated, spoken

WHY_HERE, HIDE_WHY = "Why is this here?", "Hide why"
OWN = "For yourself"
_READS = frozenset({Offer.OPEN, Offer.SUPERVISION})


class ReasonRow(QWidget):
    """One reason: its words, what can be done, later, not needed, and the rule in words on demand.

    `done_asked` carries the reason and an Offer, `later_asked` the reason and a day, `not_needed_asked` the
    reason and the words why.
    """

    done_asked = Signal(object, object)
    later_asked = Signal(object, object)
    not_needed_asked = Signal(object, str)

    def __init__(self, name: str, who: str, words: str, reason: Reason, context: Context) -> None:
        super().__init__()
        self.reason, self._name, self._who, self._context = reason, name, who, context
        self._later: LaterRow | None = None
        self._not_needed: NotNeededRow | None = None
        self.buttons: list[QPushButton] = []
        self.words = label(words, "", f"{name}_words")
        self._line = Fit(most=0)
        spaced(self._line, 0, 0.4)
        for place, offer in enumerate(reason.offers or (Offer.OPEN,)):
            self._add(OFFER_WORDS[offer], offer.value, partial(self._do, offer), first=place == 0)
            if offer not in _READS:
                writes(self.buttons[-1])
        writes(self._add("Later…", "later", self._open_later))
        writes(self._add("Not needed…", "not_needed", lambda: self._open_not_needed(WHY)))
        self._why_button = self._add(WHY_HERE, "why", self.turn_why, kind="link")
        self._why = label(reason.why, "muted", f"{name}_rule")
        self._why.hide()
        self._column = QVBoxLayout(self)
        spaced(self._column, 0, 0.4)
        self._column.addWidget(self.words)
        self._column.addLayout(self._line)
        self._column.addWidget(self._why)

    def begin(self) -> None:
        """Put the keyboard on what can be done."""
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def typed(self) -> str:
        """What is typed as a reason and not kept yet."""
        return self._not_needed.edit.text() if self._not_needed is not None else ""

    @property
    def is_typed_in(self) -> bool:
        """Whether the cursor stands in the line for a reason."""
        return self._not_needed is not None and self._not_needed.edit.hasFocus()

    def take_up(self, typed: str, *, begin: bool) -> None:
        """Show again what was typed as a reason; with the cursor in it, or leaving the keyboard where it is."""
        held = QApplication.focusWidget()
        self._open_not_needed(WHY)
        if self._not_needed is not None:
            self._not_needed.edit.setText(typed)
        if not begin and held is not None:
            held.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_why(self) -> None:
        """Show the rule in words, or take it away."""
        shown = self._why.isHidden()
        self._why.setVisible(shown)
        self._why_button.setText(HIDE_WHY if shown else WHY_HERE)
        self._why_button.setAccessibleName(f"{self._why_button.text()} {self._who}")
        self._why_button.setAccessibleDescription(self.reason.why if shown else "")

    def _add(
        self, words: str, key: str, act: Callable[[], object], *, first: bool = False, kind: str = ""
    ) -> QPushButton:
        made = button(words, f"{self._name}_{key}", kind)
        made.setAccessibleName(f"{words}: {self._who}" if kind != "link" else f"{words} {self._who}")
        made.setAccessibleDescription(spoken(self.words.text()) if first else "")
        made.clicked.connect(lambda _=False: act())
        self.buttons.append(made)
        self._line.addWidget(made)
        return made

    def _do(self, offer: Offer) -> None:
        if offer is Offer.KNOWN_REASON:
            self._open_not_needed(KNOWN)
        else:
            self.done_asked.emit(self.reason, offer)

    def _open_later(self) -> None:
        if self._later is None:
            self._later = LaterRow(f"{self._name}_later", self._who, self._context)
            self._later.chosen.connect(lambda day: self.later_asked.emit(self.reason, day))
            self._later.left.connect(lambda: self._close("later"))
            self._column.addWidget(self._later)
        self._show_only(self._later)
        self._later.begin()

    def _open_not_needed(self, words: str) -> None:
        if self._not_needed is None:
            self._not_needed = NotNeededRow(f"{self._name}_not_needed", self._who)
            self._not_needed.kept.connect(lambda why: self.not_needed_asked.emit(self.reason, why))
            self._not_needed.left.connect(lambda: self._close("not_needed"))
            self._column.addWidget(self._not_needed)
        self._show_only(self._not_needed)
        self._not_needed.begin(words)

    def _show_only(self, wanted: QWidget) -> None:
        for one in (self._later, self._not_needed):
            if one is not None:
                one.setVisible(one is wanted)

    def _close(self, key: str) -> None:
        for one in (self._later, self._not_needed):
            if one is not None:
                one.hide()
        named = f"{self._name}_{key}"
        next(one for one in self.buttons if one.objectName() == named).setFocus(Qt.FocusReason.OtherFocusReason)


class TodayCard(QFrame):
    """One client with their reasons, or the counsellor's own."""

    done_asked = Signal(object, object)
    later_asked = Signal(object, object)
    not_needed_asked = Signal(object, str)

    def __init__(self, number: int, card: ClientCard, context: Context) -> None:
        super().__init__()
        self.card = card
        name = f"today_{number}"
        self.setObjectName(name)
        self.setProperty("surface", "card")
        called = card.client.called if card.client is not None else OWN
        self._called = called
        self.rows: list[ReasonRow] = []
        column = QVBoxLayout(self)
        spaced(column, (1.1, 0.9, 1.1, 0.9), 0.6)
        for place, reason in enumerate(card.reasons):
            words = f"{isolated(called)} – {reason.words}" if place == 0 else _upper(reason.words)
            one = ReasonRow(f"{name}_{place + 1}", called, words, reason, context)
            one.done_asked.connect(self.done_asked)
            one.later_asked.connect(self.later_asked)
            one.not_needed_asked.connect(self.not_needed_asked)
            self.rows.append(one)
            column.addWidget(one)
        self.rows[0].words.setProperty("kind", "label")
        heads(self.rows[0].words)
        self.setAccessibleName(spoken(self.rows[0].words.text()))
        self.more = button("", f"{name}_more", "link")
        column.insertLayout(1, row(self.more))
        # Only now: shown before it has a place, it would be a window of its own.
        self.more.setVisible(len(card.reasons) > 1)
        self.more.clicked.connect(lambda: self.unfold(self.folded))
        self.unfold(False)

    @property
    def folded(self) -> bool:
        """Whether the other reasons are out of sight."""
        return all(one.isHidden() for one in self.rows[1:])

    def unfold(self, shown: bool) -> None:
        """Show the other reasons, or fold them."""
        for one in self.rows[1:]:
            one.setVisible(shown)
        count = len(self.card.reasons) - 1
        words = f"Fold what else there is for {self._whom()}" if shown else self._more_words(count)
        self.more.setText(words.replace("&", "&&"))
        self.more.setAccessibleName(spoken(words))

    def begin(self) -> None:
        """Put the keyboard on what can be done first."""
        self.rows[0].begin()

    def _more_words(self, count: int) -> str:
        return f"And {count} more for {self._whom()}"

    def _whom(self) -> str:
        return isolated(self._called) if self.card.client is not None else "yourself"


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
