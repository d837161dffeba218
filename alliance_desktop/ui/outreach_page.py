"""Reaching out to one client: an older strain first, then where it stands, what comes next, and what was tried."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ClientId, Entry, EntryId, State
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.outreach import Outreach, Try
from alliance_desktop.domain.story import day, words
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.outreach_words import (
    NO_DAY,
    STOP_KEPT,
    answer_words,
    due_words,
    sentence,
    try_title,
    way_words,
)
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, label, writes
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.row_view import ShortRows
from alliance_desktop.ui.strain_first import StrainFirst
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

LOG, LOG_OTHER = "Log a try", "Through someone else…"
PAUSE, TAKE_UP = "Pause…", "Take up again"
NO_TRY = "No try is noted yet. One gentle try is a beginning."
ONE_CHANNEL = "Every try so far went the same way. Another way may be kinder."
EARLIER = "An earlier plan"
EARLIER_SAID = "It came back beside the newer plan, which is the one that counts. Days that may hurt count in both."
_ROWS_SHOWN = 8


class OutreachPage(Page):
    """Where reaching out to one client stands.

    It asks for pages as companions do: `open_asked` an entry, `card_asked` a strain and its card, `new_asked` a form,
    a card and the answers to begin with.
    """

    open_asked = Signal(object)
    card_asked = Signal(object, str)
    new_asked = Signal(str, str, object)
    changed = Signal(object)

    def __init__(self, vault: OpenVault, client: ClientId) -> None:
        super().__init__("Reaching out", "outreach_page")
        self._vault, self._id = vault, client
        self._pause: Entry | None = None
        self._concern: EntryId | None = None
        self._told: Outreach | None = None
        self.strain = StrainFirst("outreach_strain")
        self.notice = Notice("outreach_notice", "Undo", closes=True, writes=True)
        self._ended: Entry | None = None
        self._say: dict[str, QLabel] = {}
        self.tries = ShortRows("outreach_tries", "Tries", _ROWS_SHOWN)
        self.earlier = ShortRows("outreach_earlier", EARLIER, _ROWS_SHOWN)
        self._lay_out()
        self._join()
        self.refresh()

    @property
    def client(self) -> Client:
        """Whose page it is, as stored now."""
        return self._vault.notebook.client(self._id)

    def refresh(self) -> None:
        """Read everything anew."""
        service = self._vault.outreach
        told, today = service.of_client(self._id), service.today()
        self._told, self._pause = told, service.pause(self._id)
        self.strain.show_strains(service.old_strains(self._id))
        waiting = service.concerns(self._id)
        self._concern = waiting[0].id if waiting else None
        self._to_concern.setVisible(bool(waiting))
        since = long_day(waiting[0].happened_on) if waiting else ""
        self._put("concern", f"Somebody's concern of {since} waits for an answer." if waiting else "")
        self._put("state", told.state if told is not None else "Nobody is reaching out just now")
        self._put("due", sentence(due_words(told, today)) if told is not None else NO_DAY)
        self._put("way", way_words(told) if told is not None else "")
        self._put("channel", ONE_CHANNEL if told is not None and told.one_channel else "")
        asked = told.asked_for if told is not None else ""
        self._put("asked", f"What they asked for: {isolated(asked)}" if asked else "")
        self._show_stop(told)
        days = told.dates if told is not None else ()
        self._put("days", "\n".join(f"{one.said}: {isolated(one.what) or 'a day that may hurt'}" for one in days))
        self._days.setVisible(bool(days))
        self._show_pause()
        self._show_tries(told.tries if told is not None else ())
        plans = service.earlier_plans(self._id)
        self._earlier.setVisible(bool(plans))
        self.earlier.set_rows([_plan_row(one) for one in plans])
        self.earlier.updateGeometry()

    def concern(self, changed: Changed) -> None:
        """Read anew where this client was touched."""
        if changed.client == self._id:
            self.refresh()

    def flush(self) -> bool:
        """Return True: nothing is written on this page by typing."""
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data."""
        return {"page": "outreach", "client": self._id, "row": self.tries.current_key()}

    def restore(self, place: dict[str, Any]) -> None:
        """Choose the same try again."""
        self.tries.select(place.get("row"))

    def begin(self) -> None:
        """Put the keyboard where the next step is: on the strain that comes first, else on the try."""
        first = self.strain.findChild(QWidget, "outreach_strain_1_reflect") if self.strain.strains else None
        (first or self._log).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.column.addWidget(self.strain)
        self.column.addWidget(self.notice)
        frame, inside = card(0.4)
        for name, kind in (("state", "heading"), ("due", "label"), ("way", ""), ("channel", ""), ("asked", "")):
            inside.addWidget(self._label(name, kind))
        inside.addWidget(self._label("stop", ""))
        self.column.addWidget(frame)
        self._log = writes(button(LOG, "outreach_log", "primary"))
        self._plan = button("Plan", "outreach_plan")
        self._rest = writes(button(PAUSE, "outreach_pause"))
        self._session = writes(button("Session note", "outreach_session"))
        self._safety = writes(button("Safeguarding concern", "outreach_safety"))
        self._to_concern = button("Open the concern", "outreach_concern_open")
        held = QWidget()
        buttons = Fit(most=0)
        held.setLayout(buttons)
        spaced(buttons, 0, 0.5)
        for one in (self._log, self._plan, self._rest, self._session, self._safety):
            buttons.addWidget(one)
        self.column.addWidget(held)
        self.column.addWidget(self._label("concern", ""))
        self.column.addWidget(self._to_concern, 0, Qt.AlignmentFlag.AlignLeading)
        self._days, days = self._section("Days that may hurt")
        days.addWidget(self._label("days", ""))
        self._paused, pause = self._section("The pause")
        pause.addWidget(self._label("pause", ""))
        self._pause_open = button("Open the pause", "outreach_pause_open", "link")
        pause.addWidget(self._pause_open, 0, Qt.AlignmentFlag.AlignLeading)
        made = self._section("Tries")[1]
        made.addWidget(self._label("no_try", "muted"))
        made.addWidget(self.tries)
        self._earlier, plans = self._section(EARLIER)
        plans.addWidget(label(EARLIER_SAID, "muted", "outreach_earlier_words"))
        plans.addWidget(self.earlier)
        self.column.addStretch(1)

    def _join(self) -> None:
        self.strain.card_asked.connect(self.card_asked)
        self.tries.chosen.connect(self.open_asked)
        self.earlier.chosen.connect(self.open_asked)
        self._log.clicked.connect(lambda: self.new_asked.emit("outreach", "try", {}))
        self._plan.clicked.connect(lambda: self.new_asked.emit("outreach", "plan", {}))
        self._session.clicked.connect(lambda: self.new_asked.emit("session", "note", {}))
        self._safety.clicked.connect(lambda: self.new_asked.emit("safeguarding", "concern", {}))
        self._to_concern.clicked.connect(lambda: self.open_asked.emit(self._concern))
        self._pause_open.clicked.connect(self._open_pause)
        self._rest.clicked.connect(self._pause_or_take_up)
        self.notice.pressed.connect(self._undo)

    def _show_stop(self, told: Outreach | None) -> None:
        stopped = told is not None and told.stopped
        self._put("stop", STOP_KEPT if stopped else "")
        self._safety.setVisible(stopped)
        self._log.setText(LOG_OTHER if stopped else LOG)
        self._log.setAccessibleName(self._log.text())

    def _show_pause(self) -> None:
        pause = self._pause
        self._paused.setVisible(pause is not None)
        self._rest.setText(TAKE_UP if pause is not None else PAUSE)
        self._rest.setAccessibleName(self._rest.text())
        if pause is None:
            return
        review = day(pause, "review_on")
        who = ", ".join(isolated(one) for one in _names(pause, "keeps_an_eye"))
        told = (
            ("Why", words(pause, "reason")),
            ("The door that stays open", words(pause, "door_open")),
            ("Who keeps an eye", who),
            ("Look at it again on", long_day(review) if review is not None else "no day noted yet"),
        )
        self._put("pause", "\n".join(f"{name}: {isolated(said) or 'not noted yet'}" for name, said in told))

    def _show_tries(self, tries: tuple[Try, ...]) -> None:
        self._put("no_try", "" if tries else NO_TRY)
        self.tries.setVisible(bool(tries))
        self.tries.set_rows([_try_row(one) for one in reversed(tries)])
        self.tries.updateGeometry()

    def _open_pause(self) -> None:
        if self._pause is not None:
            self.open_asked.emit(self._pause.id)

    def _pause_or_take_up(self) -> None:
        pause = self._pause
        if pause is None:
            self.new_asked.emit("outreach", "pause", {})
        elif pause.state is State.FINISHED:
            # What was finished stays as it is; a try that is noted takes it up as well.
            self.new_asked.emit("outreach", "try", {})
        else:
            self._taken_up(pause)

    def _taken_up(self, pause: Entry) -> None:
        try:
            changed = self._vault.outreach.take_up(pause)
        except KnownError as fault:
            self.notice.show_error(fault)
            return
        self._ended = pause
        self.changed.emit(changed)
        self.refresh()
        self.notice.say("Taken up again, as of today.", "The pause stays in the notes.")

    def _undo(self) -> None:
        if self._ended is None:
            return
        try:
            changed = self._vault.outreach.pause_again(self._ended)
        except KnownError as fault:
            self.notice.show_error(fault)
            return
        self._ended = None
        self.notice.clear()
        self.changed.emit(changed)
        self.refresh()

    def _section(self, heading: str) -> tuple[QWidget, QVBoxLayout]:
        held = QWidget()
        column = QVBoxLayout(held)
        spaced(column, 0, 0.3)
        column.addWidget(label(heading, "heading"))
        self.column.addWidget(held)
        return held, column

    def _label(self, name: str, kind: str) -> QLabel:
        self._say[name] = label("", kind, f"outreach_{name}_words")
        return self._say[name]

    def _put(self, name: str, said: str) -> None:
        self._say[name].setText(said)
        self._say[name].setVisible(bool(said))


def _try_row(one: Try) -> Row:
    said = " · ".join(part for part in (answer_words(one), isolated(" ".join(one.offered.split()))) if part)
    words_of = f" In their words: {isolated(one.their_words)}" if one.their_words else ""
    return Row(
        key=one.entry,
        title=try_title(one),
        under=(said,),
        spoken=f"{try_title(one).replace(' · ', ', ')}: {answer_words(one).lower()}.{words_of}",
    )


def _plan_row(plan: Entry) -> Row:
    said = f"A plan begun on {long_day(plan.happened_on)}"
    why = " ".join(words(plan, "why").split())
    spoken_why = f" {isolated(why)}" if why else ""
    return Row(key=plan.id, title=said, under=(isolated(why),) if why else (), spoken=f"{said}.{spoken_why}")


def _names(entry: Entry, key: str) -> list[str]:
    answer = entry.answers.get(key)
    rows = answer if isinstance(answer, list) else []
    return [str(one["name"]) for one in rows if isinstance(one, dict) and one.get("name")]
