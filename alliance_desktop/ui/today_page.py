"""The page "Today": who needs me next, one card for each, never more than a few at a time."""

import datetime
from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.clock import Doubt
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.services.attention import MOST, ClientCard
from alliance_desktop.ui.empty import Empty
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.notice import Notice, announce
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import em, spaced
from alliance_desktop.ui.today_card import ReasonRow, TodayCard

HEADING = "Who needs me next"
NOBODY = "No one is waiting on you today."
GATHERING = "Your notes are read for this. It takes a moment."
WIDE = 38.0
_SAID_AFTER_MS = 500
"""What takes no longer is not told of."""
FIRST_AGAIN = "Back to the first"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class TodayPage(Page):
    """Shows cards and asks for what is pressed on them; it reads and writes nothing itself.

    `done_asked` carries a Reason and an Offer, `later_asked` a Reason and a day, `not_needed_asked` a Reason and why;
    `undo_asked` comes from the bar, `believed` where the computer's day was said to be right, `look_asked` to look
    again, `caseload_asked` for the table of everybody.
    """

    done_asked = Signal(object, object)
    later_asked = Signal(object, object)
    not_needed_asked = Signal(object, str)
    undo_asked = Signal()
    believed = Signal()
    look_asked = Signal()
    caseload_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(HEADING, "today_page", WIDE)
        self._context = context
        self._cards: Sequence[ClientCard] | None = None
        self._from = 0
        self.cards: list[TodayCard] = []
        self.day = label("", "muted", "today_day")
        self.caseload = button("&Whole caseload", "today_caseload", "link")
        self.done = Notice("today_done", "&Undo", closes=True, brings=False, writes=True)
        self.doubt = _DoubtCard()
        self.empty = Empty("today_empty", NOBODY)
        self.gathering = label(GATHERING, "muted", "today_gathering")
        self.gathering.hide()
        self._is_awaited = False
        self._gathers = QTimer(self, singleShot=True, interval=_SAID_AFTER_MS)
        self._gathers.timeout.connect(self._say_it_takes_long)
        self._list = QVBoxLayout()
        spaced(self._list, 0, 0.8)
        self.rest = button(FIRST_AGAIN, "today_rest", "link")
        self.column.addWidget(self.day)
        self.column.addWidget(self.doubt)
        self.column.addLayout(self._list)
        self.column.addLayout(row(self.rest))
        self.column.addWidget(self.gathering)
        self.column.addWidget(self.empty)
        self.column.addLayout(row(self.caseload))
        self.column.addStretch(1)
        self.rest.clicked.connect(self._turn)
        self.done.pressed.connect(self.undo_asked)
        self.doubt.yes.clicked.connect(self.believed)
        self.doubt.again.clicked.connect(self.look_asked)
        self.caseload.clicked.connect(self.caseload_asked)

    def wait(self, today: datetime.date) -> None:
        """Show the day alone, or what was shown before: the cards are being gathered, and come by themselves."""
        self._show_day(today, None)
        self.empty.hide()
        if self._cards is None:
            self._gathers.start()

    def wait_no_more(self) -> None:
        """Leave the page as it stands: the cards do not come."""
        self._gathers.stop()
        self.gathering.hide()

    def show_cards(self, cards: Sequence[ClientCard], today: datetime.date, doubt: Doubt | None) -> None:
        """Show cards, or the question about the computer's day; nothing is touched where all is shown already."""
        self._gathers.stop()
        self.gathering.hide()
        self._show_all(cards, today, doubt)
        if self._is_awaited and self.caseload.hasFocus():
            self.begin()
        self._is_awaited = False

    def _show_day(self, today: datetime.date, doubt: Doubt | None) -> None:
        self.day.setText(f"{WEEKDAYS[today.weekday()]} {long_day(today)}")
        self.doubt.ask(doubt)

    def _say_it_takes_long(self) -> None:
        self.gathering.show()
        announce(self, GATHERING)

    def _show_all(self, cards: Sequence[ClientCard], today: datetime.date, doubt: Doubt | None) -> None:
        self._show_day(today, doubt)
        self.empty.setVisible(doubt is None and not cards)
        if self._cards is not None and list(cards) == list(self._cards):
            return
        held, scrolled = self._place_of_keyboard(), self.verticalScrollBar().value()
        begun = {_key(one): (one.typed, one.is_typed_in) for one in self._rows() if one.typed}
        at_hand = self.window().focusWidget()
        if held is not None and at_hand is not None:
            # Taken away with the keyboard on it, a card would send it to the end of the page, and the page with it.
            at_hand.clearFocus()
        self._cards = list(cards)
        self._from = min(self._from, max(len(cards) - 1, 0) // MOST * MOST)
        self._fill()
        if held is not None:
            self._keyboard_to(held)
        for one in (each for each in self._rows() if _key(each) in begun):
            typed, begin = begun[_key(one)]
            one.take_up(typed, begin=begin)
        if held is not None:
            QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, lambda: self._scroll_to(scrolled)))

    def begin(self) -> None:
        """Put the keyboard where something can be done; on the first card, once the cards are there."""
        self._is_awaited = self._cards is None
        if not self.doubt.isHidden():
            self.doubt.yes.setFocus()
        else:
            self._keyboard_to(0)

    def _fill(self) -> None:
        for one in self.cards:
            self._list.removeWidget(one)
            one.hide()
            one.deleteLater()
        self.cards = []
        every = self._cards or []
        for number, told in enumerate(every[self._from : self._from + MOST], 1):
            made = TodayCard(number, told, self._context)
            made.done_asked.connect(self.done_asked)
            made.later_asked.connect(self.later_asked)
            made.not_needed_asked.connect(self.not_needed_asked)
            self.cards.append(made)
            self._list.addWidget(made)
        left = len(every) - self._from - MOST
        words = f"And {left} more" if left > 0 else FIRST_AGAIN
        self.rest.setText(words)
        self.rest.setAccessibleName(words)
        self.rest.setVisible(left > 0 or self._from > 0)

    def _rows(self) -> list[ReasonRow]:
        return [one for card in self.cards for one in card.rows]

    def _turn(self) -> None:
        """Show the next few in place of these, or the first again."""
        self._from = self._from + MOST if self._from + MOST < len(self._cards or []) else 0
        self._fill()
        self.verticalScrollBar().setValue(0)
        self._keyboard_to(0)

    def _place_of_keyboard(self) -> int | None:
        """Return which card has the keyboard, None where none of them has."""
        at_hand = self.window().focusWidget()
        places = (place for place, one in enumerate(self.cards) if at_hand is not None and one.isAncestorOf(at_hand))
        return next(places, None)

    def _scroll_to(self, place: int) -> None:
        """Scroll to where it was, and to what has the keyboard now where that is somewhere else."""
        self.verticalScrollBar().setValue(place)
        at_hand = self.window().focusWidget()
        if at_hand is not None and self.isAncestorOf(at_hand):
            self.ensureWidgetVisible(at_hand, em(1), em(2))

    def _keyboard_to(self, place: int) -> None:
        if self.cards:
            self.cards[min(place, len(self.cards) - 1)].begin()
        else:
            self.caseload.setFocus()


def _key(row: ReasonRow) -> tuple[ClientId | None, str]:
    """Return what a reason is known by from one showing to the next."""
    return row.reason.client, row.reason.key


class _DoubtCard(QFrame):
    """Asks whether the computer's day is right before anything is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("today_doubt")
        self.setProperty("surface", "card")
        self._asked = label("", "heading", "today_doubt_question")
        self._last = label("", "", "today_doubt_last")
        self.yes = button("&Yes, it is", "today_doubt_yes")
        self.no = button("&No", "today_doubt_no")
        self.again = button("&Look again", "today_doubt_again", "link")
        self._advice = label("", "", "today_doubt_advice")
        column = QVBoxLayout(self)
        spaced(column, (1.1, 0.9, 1.1, 0.9), 0.6)
        for one in (self._asked, self._last):
            column.addWidget(one)
        column.addLayout(row(self.yes, self.no))
        column.addWidget(self._advice)
        column.addLayout(row(self.again))
        self.no.clicked.connect(lambda: self._advise(True))
        self.hide()

    def ask(self, doubt: Doubt | None) -> None:
        """Ask about a day, or go away."""
        if doubt is not None:
            self._asked.setText(f"Is today really {long_day(doubt.today)}?")
            self._last.setText(f"These notes were last written on {long_day(doubt.last)}.")
            self._advice.setText(f"{doubt.next_step} Then look again.")
            self.setAccessibleName(f"{self._asked.text()} {self._last.text()}")
        self.setVisible(doubt is not None)
        self._advise(False)

    def _advise(self, shown: bool) -> None:
        self._advice.setVisible(shown)
        self.again.setVisible(shown)
        if shown:
            announce(self, self._advice.text())
            self.again.setFocus()
