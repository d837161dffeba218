"""The place "Today": asks who needs the counsellor next, keeps what is answered, and goes where the work is."""

import datetime
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.attention import Offer, Reason, Rule
from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.days import day_from
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.errors import KnownError, of_act
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui import reading_order
from alliance_desktop.ui.caseload_page import CaseloadPage
from alliance_desktop.ui.desk import Clock
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.first_look import FirstLook
from alliance_desktop.ui.later import Later
from alliance_desktop.ui.pages import Pages
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.today_page import TodayPage
from alliance_desktop.ui.words import isolated
from alliance_desktop.ui.workspace import Workspace

KEY = "today"
_A_SECOND = datetime.timedelta(seconds=1)
_BESIDE_MS = 400
"""After so long, and between one part and the next, what was read is kept for the next first look."""


class TodayPlace(QObject):
    """Adds itself to the workspace; it is asked anew when it is looked at, after a change, and when the day turns.

    While it `waits`, it keeps nothing of what was read. `believed` comes where the computer's day was said to be right.
    """

    believed = Signal()

    def __init__(
        self, workspace: Workspace, vault: OpenVault, pages: Pages, clock: Clock, waits: Callable[[], bool]
    ) -> None:
        super().__init__(workspace)
        self._space, self._vault, self._pages, self._clock = workspace, vault, pages, clock
        self._waits = waits
        self._last: Reason | None = None
        self._failed = ""
        self._is_waiting = False
        self.context = Context(self._today, lambda: local(clock()).time())
        self._page, self._caseload = Later(self._make_page), Later(self._make_caseload)
        self._cards, self._stack = Later(self._lay_out_cards), Later(self._make_stack)
        workspace.add_place(KEY, None, self._stack)
        self._midnight = QTimer(self, singleShot=True)
        self._midnight.timeout.connect(self._look)
        self._keeping = QTimer(self, singleShot=True, interval=_BESIDE_MS)
        self._keeping.timeout.connect(self._keep)
        self._first = FirstLook(vault, self._today, self)
        self._first.ready.connect(self._gathered)
        self._first.failed.connect(self._not_gathered)
        workspace.place_chosen.connect(lambda _place: self._look())
        workspace.changed.connect(lambda _changed: self._look())

    @property
    def page(self) -> TodayPage:
        """The page of the cards, which is made when it is asked for first."""
        return self._page()

    @property
    def caseload(self) -> CaseloadPage:
        """The table of everybody, which is made when it is asked for first."""
        return self._caseload()

    def begin(self) -> None:
        """Read ahead, beside the work, what the first look waits for."""
        self._first.begin()

    def refresh(self) -> None:
        """Ask the rules anew and show what they say; where very much is to be read first, it comes when it is."""
        service, today = self._vault.attention, self._today()
        if self._caseload.made is not None and self._stack().currentWidget() is self.caseload:
            self.caseload.show_lines(service.caseload(today))
            return
        self._is_waiting = service.is_slow()
        if self._is_waiting:
            self.page.wait(today)
            self._first.begin()
            return
        doubt = service.doubt()
        self.page.show_cards(service.cards(today), today, doubt)
        self._wait_for_midnight()
        self._keeping.start()

    def leave(self) -> None:
        """Keep some of what was read: the vault is about to be closed."""
        self._first.stop()
        self._keep()
        self._keeping.stop()

    def open(self) -> None:
        """Show the cards, with the keyboard where something can be done."""
        self._stack().setCurrentWidget(self._cards())
        self._space.show_place(KEY)
        self.page.begin()

    def open_caseload(self) -> None:
        """Show everybody in one table, with the cursor where one types to find."""
        self._stack().setCurrentWidget(self.caseload)
        self._space.show_place(KEY)
        self.caseload.search.setFocus()

    def _make_stack(self) -> QStackedWidget:
        stack = QStackedWidget()
        stack.setObjectName("today")
        stack.addWidget(self._cards())
        return stack

    def _lay_out_cards(self) -> QWidget:
        # What was done is said above what scrolls: its Undo is in sight wherever on the page it was done.
        cards = QWidget()
        column = QVBoxLayout(cards)
        spaced(column, 0, 0.4)
        column.addWidget(self.page.done)
        column.addWidget(self.page, 1)
        reading_order.keep(cards)
        return cards

    def _make_page(self) -> TodayPage:
        page = TodayPage(self.context)
        page.done_asked.connect(lambda reason, offer: self._tried(lambda: self._do(reason, offer)))
        page.later_asked.connect(lambda reason, day: self._acted(lambda: self._later(reason, day)))
        page.not_needed_asked.connect(lambda reason, why: self._acted(lambda: self._not_needed(reason, why)))
        page.undo_asked.connect(lambda: self._acted(self._undo))
        page.believed.connect(lambda: self._acted(self._believe))
        page.believed.connect(self.believed)
        page.look_asked.connect(self._look)
        page.caseload_asked.connect(self.open_caseload)
        return page

    def _make_caseload(self) -> CaseloadPage:
        caseload = CaseloadPage()
        caseload.back_asked.connect(self.open)
        caseload.opened.connect(lambda id: self._tried(lambda: self._open_client(id)))
        self._stack().addWidget(caseload)
        return caseload

    def _open_client(self, id: ClientId) -> QWidget:
        self._space.show_place("clients")
        return self._pages.open_client(id)

    def _today(self) -> datetime.date:
        return local(self._clock()).date()

    def _look(self) -> None:
        if self._space.place == KEY:
            self._tried(self.refresh)

    def _gathered(self) -> None:
        self._keeping.start()
        if self._is_waiting:
            self._look()

    def _not_gathered(self, fault: KnownError | None) -> None:
        """Say a fault once, and wait: it is read again when something is written, or the page is gone to again."""
        self._is_waiting = False
        if self._page.made is not None:
            self.page.wait_no_more()
        if fault is not None:
            self._space.notice.show_error(fault)

    def _keep(self) -> None:
        """Keep a part of what was read. A disk that does not take it loses nothing, and is asked the next time."""
        if self._waits():
            self._keeping.start()
            return
        with suppress(KnownError):
            if self._vault.is_open and self._vault.attention.keep_some():
                self._keeping.start()

    def _wait_for_midnight(self) -> None:
        now = local(self._clock())
        day = day_from(now.date(), 1)
        if day is None:
            return
        tomorrow = datetime.datetime.combine(day, datetime.time(), now.tzinfo)
        self._midnight.start(max(round((tomorrow - now + _A_SECOND).total_seconds() * 1000), 1000))

    def _believe(self) -> None:
        self._vault.attention.believe(self._today())
        self._look()
        self.page.begin()

    def _later(self, reason: Reason, until: datetime.date) -> None:
        self._kept(reason, self._vault.attention.later(reason, until), f"shown again on {long_day(until)}.")

    def _not_needed(self, reason: Reason, why: str) -> None:
        self._kept(reason, self._vault.attention.not_needed(reason, why), "not shown again for this.")

    def _kept(self, reason: Reason, changed: Changed, said: str) -> None:
        self._last = reason
        who = isolated(self._vault.notebook.client(reason.client).called) if reason.client is not None else "For you"
        self._space.changed.emit(changed)
        self.page.done.say(f"{who}: {said}")

    def _undo(self) -> None:
        if self._last is not None:
            changed = self._vault.attention.undo(self._last)
            self._last = None
            self.page.done.clear()
            self._space.changed.emit(changed)
            self.page.begin()

    def _do(self, reason: Reason, offer: Offer) -> QWidget | None:
        """Go where the work is: a client's beside their list, the counsellor's own where supervision is."""
        self.page.done.clear()
        if reason.client is None:
            places = self._space.known_places()
            self._space.show_place("supervision" if "supervision" in places else "clients")
            return self._pages.open_entry(reason.entry) if reason.entry is not None else None
        if offer is Offer.SUPERVISION and "supervision" in self._space.known_places():
            self._space.show_place("supervision")
            return None
        self._space.show_place("clients")
        acts = self._acts(reason, reason.client)
        return acts.get(offer, acts[Offer.OPEN])()

    def _acts(self, reason: Reason, client: ClientId) -> dict[Offer, Callable[[], QWidget | None]]:
        """Return what each offer opens for a client."""
        pages, arc, entry = self._pages, reason.arc, reason.entry

        def opened() -> QWidget | None:
            if entry is not None and reason.rule is not Rule.TRY_DUE:
                return pages.open_entry(entry)
            return pages.open_arc(arc) if arc is not None else pages.open_client(client)

        def at_card(card: str) -> Callable[[], QWidget | None]:
            return (lambda: pages.open_arc(arc, card)) if arc is not None else opened

        def noted() -> QWidget:
            begin = {"where": {"ids": ["in_session"], "text": ""}, "session": [entry]} if entry is not None else {}
            return pages.open_strain(client, begin_with=begin)

        def followed() -> QWidget | None:
            if reason.rule is Rule.SAFEGUARDING and entry is not None:
                return pages.open_new(client, "safeguarding", "follow_up", {"concern": [entry]})
            return at_card("follow_up")()

        return {
            Offer.OPEN: opened,
            Offer.ANSWER: opened,
            Offer.REFLECT: at_card("acknowledge"),
            Offer.TALK: at_card("dialogue"),
            Offer.NOTE_STRAIN: noted,
            Offer.FOLLOW_UP: followed,
            Offer.REACH_OUT: lambda: pages.open_new(client, "outreach", "plan"),
            Offer.OTHER_PERSON: lambda: pages.open_new(client, "outreach", "plan"),
            Offer.LOG_TRY: lambda: pages.open_new(client, "outreach", "try"),
            Offer.SESSION: lambda: pages.open_session(client),
        }

    def _acted(self, act: Callable[[], object]) -> None:
        """Keep an answer; what is said where the disk did not take it goes away once it was taken."""
        notice = self._space.notice
        try:
            act()
        except KnownError as fault:
            told = of_act(fault)
            self._failed = told.sentence
            notice.show_error(told)
            return
        if self._failed and notice.sentence == self._failed:
            notice.clear()
        self._failed = ""

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            act()
        except KnownError as fault:
            self._space.notice.show_error(fault)
