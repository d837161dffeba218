"""The counsellor's own numbers: how many sessions, how much supervision, what became of strains, their own part."""

import datetime
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtGui import QShowEvent

from alliance_desktop.domain import tally_words
from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.periods import Span
from alliance_desktop.domain.tallies import Held, Step, Strain, Supervision
from alliance_desktop.services.figures import Figures, Told
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.figure_section import Section
from alliance_desktop.ui.notice import Notice, announce
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import field, label
from alliance_desktop.ui.period_choice import PeriodChoice

TITLE = "Your own numbers"
ABOUT = "Only you read this. It is counted from your notes while this page is open, and kept nowhere."
SPANS = (Span.RECENT, Span.MONTH, Span.SCHOOL_YEAR, Span.YEAR, Span.ALL, Span.OWN)
STEPS = {Step.WEEK: "Week by week", Step.MONTH: "Month by month", Step.YEAR: "Year by year"}
LONGER = "That would be too long a list. It is told {step}."
OWN_PART = "Your own part in strains"
OWN_ABOUT = "What you chose yourself, over all clients, in the order of the form. One answer can name several things."


class FiguresPage(Page):
    """Numbers of a period. Nothing is read before it is made, and nothing on it is about one client."""

    begins_at_top = True

    def __init__(self, figures: Figures, today: Callable[[], datetime.date]) -> None:
        super().__init__(TITLE, "figures_page", width=38.0)
        self._figures = figures
        self._stale = False
        self.notice = Notice("figures_notice")
        self.choice = PeriodChoice("figures", "Count the days of", SPANS, today)
        self.step = Combo((one, words) for one, words in STEPS.items())
        self._longer = label("", "muted", "figures_longer")
        self.sessions = Section("sessions", "Sessions", tally_words.HELD_KEYS.values())
        self.supervision = Section("supervision", "Supervision", ())
        self.strains = Section("strains", "Strains", tally_words.STRAIN_KEYS.values(), is_apart=True)
        self.own = [Section(f"own_{at}", words, ()) for at, words in enumerate(figures.questions())]
        self._lay_out()
        self.choice.edited.connect(self.refresh)
        self.step.currentIndexChanged.connect(self.refresh)
        for one in (self.choice.span, self.step):
            one.currentIndexChanged.connect(self._tell)
        self.refresh()

    def begin(self) -> None:
        """Put the keyboard where the period is chosen."""
        self.choice.span.setFocus()

    def refresh(self) -> None:
        """Count anew; where the notes cannot be read, that is said in the page."""
        self._stale = False
        self.notice.clear()
        try:
            self._show(self._figures.between(*self.choice.period, Step(self.step.chosen)))
        except KnownError as fault:
            self.notice.show_error(fault)

    def flush(self) -> bool:
        """Return True: nothing is written on this page."""
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data; no number is among it."""
        first, last = self.choice.period
        lists = self._lists()
        return {
            "page": "figures",
            "span": self.choice.span.chosen,
            "first": first.isoformat(),
            "last": last.isoformat(),
            "step": self.step.chosen,
            "list": next((at for at, one in enumerate(lists) if one.list is self.focusWidget()), -1),
            "lines": [one.list.currentIndex().row() for one in lists],
            "scroll": self.verticalScrollBar().value(),
        }

    def restore(self, place: dict[str, Any]) -> None:
        """Choose the period and the lines that were chosen."""
        own = place.get("span") == Span.OWN
        days = (_day(place.get("first")), _day(place.get("last"))) if own else (None, None)
        self.choice.choose(str(place.get("span") or ""), *days)
        self.step.choose(str(place.get("step") or ""))
        lists, lines, at = self._lists(), place.get("lines"), place.get("list")
        for one, line in zip(lists, lines if isinstance(lines, list) else [], strict=False):
            if isinstance(line, int):
                one.list.go_to(line)
        if isinstance(at, int) and 0 <= at < len(lists) and not lists[at].list.isHidden():
            lists[at].list.setFocus()
        else:
            self.begin()

    def concern(self, changed: Changed) -> None:
        """Count anew, once it is seen: everything that is written can count."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Count anew what was written meanwhile."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _lists(self) -> list[Section]:
        return [self.sessions, self.supervision, self.strains, *self.own]

    def _lay_out(self) -> None:
        for one in (
            label(ABOUT, "muted", "figures_about"),
            label(tally_words.NOT, "", "figures_not"),
            self.notice,
            self.choice,
            field("Show them", self.step, "figures_step", narrow=True),
            self._longer,
            self.sessions,
            self.supervision,
            self.strains,
            label(OWN_PART, "heading", "figures_own_heading"),
            label(OWN_ABOUT, "muted", "figures_own_about"),
            *self.own,
        ):
            self.column.addWidget(one)
        self.column.addStretch(1)

    def _show(self, told: Told) -> None:
        words = STEPS[told.step].lower()
        is_longer = told.step != self.step.chosen
        self._longer.setText(LONGER.format(step=words) if is_longer else "")
        self._longer.setVisible(is_longer)
        self.sessions.show_tally(told.sessions, tally_words.sessions, Held, words)
        self.supervision.show_tally(told.supervision, tally_words.supervision, (Supervision.MINUTES,), words)
        self.strains.show_tally(told.strains, tally_words.strains, Strain, words)
        for section, own in zip(self.own, told.own, strict=True):
            section.show_own(own)

    def _tell(self) -> None:
        """Let a screen reader say what there is in the days that were chosen."""
        if self.isVisible():
            said = (self.sessions, self.supervision, self.strains)
            announce(self, " ".join(f"{one.list.accessibleName()}: {one.together.text()}" for one in said))


def _day(said: object) -> datetime.date | None:
    with suppress(ValueError):
        return datetime.date.fromisoformat(said) if isinstance(said, str) else None
    return None
