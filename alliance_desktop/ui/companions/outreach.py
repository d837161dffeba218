"""Beside an outreach plan and a try: an older strain first, and after an answer the calm next step."""

from PySide6.QtWidgets import QVBoxLayout

from alliance_desktop.domain.answers import Answers, dated, ids_of, long_day, text_of
from alliance_desktop.domain.client import STATE_WORDS, ClientState
from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.offer import Offer
from alliance_desktop.domain.outreach import AVENUE_WORDS, Next
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.outreach import Beside as Stands
from alliance_desktop.ui.companions.beside import Act, Beside, under
from alliance_desktop.ui.companions.companion import Companion
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.outreach_words import STOP_KEPT
from alliance_desktop.ui.strain_first import CARD_ONE, StrainFirst
from alliance_desktop.ui.theme import spaced

STAYS_OPEN = "Nothing is closed by this answer."
_BEGUN = frozenset({ClientState.ENQUIRY, ClientState.WAITING, ClientState.ACTIVE})


class StrainCompanion(Companion):
    """Shows what stands between the two of them before the card: strains without an end, the oldest first."""

    def __init__(self, vault: OpenVault, client: ClientId | None) -> None:
        super().__init__()
        self.setObjectName("companion")
        self.vault, self.whose = vault, client
        self.strain = StrainFirst("strain_first")
        self.column = QVBoxLayout(self)
        spaced(self.column, (0, 0, 0, 0.8), 0.6)
        self.column.addWidget(self.strain)
        self.strain.card_asked.connect(self.card_asked)

    def follow(self, entry: Entry | None, answers: Answers) -> None:
        """Show the strains."""
        self.look(entry)

    def look(self, entry: Entry | None) -> Stands | None:
        """Read once what stands beside the card, show the strains, and return it; None for nobody's card."""
        if self.whose is None:
            return None
        stands = self.vault.outreach.beside(self.whose, entry)
        self.strain.show_strains(stands.strains)
        return stands


class PlanCompanion(StrainCompanion):
    """Beside a plan: under it, the way to the first or next try."""

    def __init__(self, vault: OpenVault, client: ClientId | None) -> None:
        super().__init__(vault, client)
        self._next = Beside("plan_next")
        self.below = under(self._next)

    def follow(self, entry: Entry | None, answers: Answers) -> None:
        """Show the strains, and the way on once the plan is begun."""
        stands = self.look(entry)
        told = stands.outreach if stands is not None else None
        if entry is None or told is None:
            self._next.say(())
        elif told.stopped:
            act: Act = ("try", "Through someone else…", self._log)
            self._next.say([STOP_KEPT], [act])
        else:
            self._next.say(["When you have tried, a few words are enough."], [("try", "Log a try", self._log)])

    def _log(self) -> None:
        self.new_asked.emit("outreach", "try", {})


class TryCompanion(StrainCompanion):
    """Beside a try: over it what they asked for, and under it what follows from the answer. It only offers."""

    def __init__(self, vault: OpenVault, client: ClientId | None) -> None:
        super().__init__(vault, client)
        self._stop = Beside("try_stopped")
        self.column.addWidget(self._stop)
        self.fault = Notice("try_fault", closes=True)
        self.column.addWidget(self.fault)
        self.after = Beside("try_after")
        self.below = under(self.after)
        self._answers: Answers = {}

    def follow(self, entry: Entry | None, answers: Answers) -> None:
        """Show what follows from the answer that was written; of an older try nothing follows any more."""
        stands = self.look(entry)
        self._answers = answers
        told, step = (stands.outreach, stands.after) if stands is not None else (None, None)
        mine = told is not None and entry is not None and told.stopped_on == entry.happened_on
        self._stop.say([STOP_KEPT] if told is not None and told.stopped and not mine else [])
        answered = next(iter(ids_of(answers.get("response"))), "")
        if stands is None or step is None or not answered:
            self.after.say(())
            return
        self.after.say(
            [step.words, self._way(step), "" if answered == "yes" else STAYS_OPEN],
            [*self._day(step, answered), *self._offers(step), *self._state(stands.state, answered)],
        )

    def _way(self, step: Next) -> str:
        return f"A way to think of next: {AVENUE_WORDS[step.avenue]}." if step.avenue else ""

    def _day(self, step: Next, answered: str) -> list[Act]:
        if step.on is None or answered in {"please_stop", "yes"}:
            return []
        on, way = dated(step.on), AVENUE_WORDS.get(step.avenue, "")
        if self._answers.get("next_on") == on:
            return []
        with_way = f", {way}" if way and not text_of(self._answers.get("next_what")).strip() else ""
        return [("day", f"Next try on {long_day(step.on)}{with_way}", lambda: self._put(on, with_way[2:]))]

    def _put(self, on: Answers, way: str) -> None:
        if way:
            self.put_asked.emit("next_what", f"{way[:1].upper()}{way[1:]}")
        self.put_asked.emit("next_on", on)

    def _offers(self, step: Next) -> list[Act]:
        acts: dict[Offer, Act] = {
            Offer.SESSION: ("session", "Write the session note", lambda: self._new("session", "note")),
            Offer.OTHER_PERSON: ("person", "Think of another person", lambda: self._new("outreach", "plan")),
            Offer.REFLECT: ("reflect", "Reflect on your part", self._reflect),
            Offer.SUPERVISION: ("supervision", "Prepare it for supervision", lambda: self._new("supervision", "prep")),
        }
        return [acts[one] for one in step.offers if one in acts]

    def _state(self, state: ClientState, answered: str) -> list[Act]:
        if answered not in {"yes", "please_stop"} and state in _BEGUN:
            words = f"Put the state to “{STATE_WORDS[ClientState.REACHING_OUT]}”"
            return [("state", words, lambda: self._set(ClientState.REACHING_OUT))]
        if answered == "yes" and state is ClientState.REACHING_OUT:
            words = f"Put the state to “{STATE_WORDS[ClientState.ACTIVE]}”"
            return [("state", words, lambda: self._set(ClientState.ACTIVE))]
        return []

    def _set(self, state: ClientState) -> None:
        if self.whose is None:
            return
        try:
            self.changed.emit(self.vault.outreach.set_state(self.whose, state))
        except KnownError as fault:
            self.fault.show_error(fault)

    def _reflect(self) -> None:
        """Go to the reflection on the oldest open strain, or to a new one where none is noted."""
        if self.strain.strains:
            self.card_asked.emit(self.strain.strains[0].arc, CARD_ONE)
        else:
            self._new("rupture", "notice")

    def _new(self, form: str, card: str) -> None:
        self.new_asked.emit(form, card, {})
