"""Beside a concern that somebody brought: an older strain first, and under it the answer they wait for."""

from alliance_desktop.domain.answers import Answers, date_of, dated, long_day
from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.companions.beside import Act, Beside, under
from alliance_desktop.ui.companions.outreach import StrainCompanion

WAITS = "It stays in view until the day of your answer is noted. A first answer may be: thank you, I am on it."


class ConcernCompanion(StrainCompanion):
    """Offers to note the answer, and to begin reaching out with what is known already."""

    def __init__(self, vault: OpenVault, client: ClientId | None) -> None:
        super().__init__(vault, client)
        self._next = Beside("concern_next")
        self.below = under(self._next)
        self._answers: Answers = {}

    def follow(self, entry: Entry | None, answers: Answers) -> None:
        """Show what waits, once the concern is written."""
        super().follow(entry, answers)
        self._answers = answers
        answered = date_of(answers.get("answered_on"))
        reach: Act = ("outreach", "Open outreach", self._reach_out)
        if entry is None:
            self._next.say(())
        elif answered is None:
            self._next.say([WAITS], [("answer", "Answered today", self._answer), reach])
        else:
            self._next.say([f"Answered on {long_day(answered)}."], [reach])

    def _answer(self) -> None:
        self.put_asked.emit("answered_on", dated(self.vault.notebook.today()))
        self.focus_asked.emit("told_back")

    def _reach_out(self) -> None:
        begin: Answers = {"told_by": self._answers["from_whom"]} if self._answers.get("from_whom") else {}
        self.put_asked.emit("outreach_opened", True)
        self.new_asked.emit("outreach", "plan", begin)
