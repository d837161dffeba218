"""Beside a request for records: the day that is suggested, what still waits, and the way to deciding it."""

from contextlib import suppress

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from alliance_desktop.domain.answers import Answers, date_of, dated, ids_of, long_day
from alliance_desktop.domain.entry import ClientId, Entry, EntryId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.records.items import Item
from alliance_desktop.domain.records.rules import suggested
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.records import Looked, Reading
from alliance_desktop.ui.background import Background
from alliance_desktop.ui.companions.beside import Act, Beside
from alliance_desktop.ui.companions.companion import Companion
from alliance_desktop.ui.records.words import (
    FINISH_AGAIN,
    FINISHED,
    GATHERING,
    LOOK_THERE,
    READY,
    YOUNG_FIRST,
    still_words,
    waiting_words,
)
from alliance_desktop.ui.theme import spaced

BY_WHEN, COPY = "By when", "What goes into the copy"
NO_LAW = "Choose the law you work under, below: then a day is suggested here, with where it comes from."
FIRST = "Once you have written who asks, you decide here what goes into the copy, piece by piece."


class RequestCompanion(Companion):
    """`decide_asked` carries the request whose pieces are to be decided, `rule_asked` it and the law of a rule."""

    decide_asked = Signal(object)
    rule_asked = Signal(object, str)

    def __init__(self, vault: OpenVault, client: ClientId | None) -> None:
        super().__init__()
        self.setObjectName("companion")
        self._vault, self._whose = vault, client
        self._entry: EntryId | None = None
        self._answers: Answers = {}
        self._work: Background | None = None
        self._reading: Reading | None = None
        self._when = Beside("request_when", BY_WHEN)
        self._copy = Beside("request_copy", COPY)
        column = QVBoxLayout(self)
        spaced(column, (0, 0, 0, 0.8), 0.6)
        column.addWidget(self._copy)
        column.addWidget(self._when)

    def follow(self, entry: Entry | None, answers: Answers) -> None:
        """Show the day that follows from the law and the day of receipt, and what waits."""
        self._entry, self._answers = (entry.id if entry is not None else None), answers
        self._say_when()
        self._say_what_waits()

    def before_finishing(self) -> tuple[str, str] | None:
        """Say where words that were blacked out still stand; what cannot be finished yet is refused by itself."""
        left: list[Item] = []
        with suppress(KnownError, KeyError):
            left = self._vault.records.to_look_at(self._entry) if self._entry is not None else []
        return (still_words(left), f"{LOOK_THERE} {FINISH_AGAIN}") if left else None

    def _say_when(self) -> None:
        chosen = ids_of(self._answers.get("law"))
        if not chosen:
            self._when.say([NO_LAW])
            return
        received = date_of(self._answers.get("received_on")) or self._vault.notebook.today()
        told = suggested(self._vault.records.rule(chosen[0]), received)
        acts: list[Act] = []
        due = told.due
        if due is not None and date_of(self._answers.get("due_on")) != due:
            acts.append(("put", f"Put in {long_day(due)}", lambda: self.put_asked.emit("due_on", dated(due))))
        if self._entry is not None:
            acts.append(("rule", "Change this rule…", lambda: self.rule_asked.emit(self._entry, chosen[0])))
        self._when.say(told.words, acts)

    def _say_what_waits(self) -> None:
        if self._entry is None:
            self._copy.say([FIRST])
            return
        acts: list[Act] = [("open", "Decide piece by piece", lambda: self.decide_asked.emit(self._entry))]
        try:
            if not self._is_known(self._entry):
                self._copy.say([GATHERING], acts)
                return
            looked = self._vault.records.look(self._entry)
        except (KnownError, KeyError):
            self._copy.say([])
            return
        lines = [YOUNG_FIRST] if looked.request.waits_for_young else []
        if looked.request.finished:
            lines = [FINISHED]
        elif looked.waiting:
            lines.append(waiting_words(looked.waiting))
        elif not lines:
            lines = [READY]
        self._copy.say(lines, acts)

    def _is_known(self, entry: EntryId) -> bool:
        """Say whether it is known what a request is about; where that takes long, it is told when it is."""
        if self._work is not None:
            return False
        records = self._vault.records
        if records.is_at_hand(entry):
            return True
        reading = records.read(entry)
        if not reading.is_large:
            records.take(reading, reading.looked())
            return True
        self._work = Background(reading.looked, only_reads=True)
        self._reading = reading
        self._work.done.connect(self._take)
        self._work.failed.connect(self._rest)
        self._work.start()
        return False

    def _take(self, looked: Looked) -> None:
        reading, self._reading, self._work = self._reading, None, None
        if reading is not None and self._vault.is_open:
            self._vault.records.take(reading, looked)
            self._say_what_waits()

    def _rest(self, _fault: KnownError) -> None:
        # It is tried again with the next write, and not at once.
        self._reading = self._work = None
        self._copy.say([])
