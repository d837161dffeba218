"""Beside feedback: where something did not fit for them, a strain can be noted."""

from alliance_desktop.domain.answers import Answers, dated, ids_of, text_of
from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.companions.beside import Beside, under
from alliance_desktop.ui.companions.companion import Companion

ASKED = ("supported", "understood", "centred")
SAID_NO = "Something did not fit for them, and they said so. If it feels like a strain between you, it can be noted."


class FeedbackCompanion(Companion):
    """Offers the first card of a strain after a no; it makes none by itself."""

    def __init__(self, vault: OpenVault, client: ClientId | None) -> None:
        super().__init__()
        self.setObjectName("companion")
        self._vault = vault
        self._answers: Answers = {}
        self._offer = Beside("feedback_no")
        self.below = under(self._offer)
        self.hide()

    def follow(self, entry: Entry | None, answers: Answers) -> None:
        """Show the offer where one of the three answers is no."""
        self._answers = answers
        said_no = entry is not None and any("no" in ids_of(answers.get(key)) for key in ASKED)
        self._offer.say([SAID_NO] if said_no else [], [("strain", "Notice a strain", self._notice)])

    def _notice(self) -> None:
        """Begin the card with what they said, in their words."""
        said = [text_of(self._answers.get(key)).strip() for key in ASKED if "no" in ids_of(self._answers.get(key))]
        heard = "\n".join(one for one in said if one)
        begin: Answers = {"noticed_on": self._answers.get("given_on") or dated(self._vault.notebook.today())}
        self.new_asked.emit("rupture", "notice", begin | ({"seen_or_heard": heard} if heard else {}))
