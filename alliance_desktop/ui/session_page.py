"""A session note: a page like every other, with what is particular to a session."""

from PySide6.QtCore import Signal

from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.form import is_answered
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.preferences import Settings
from alliance_desktop.ui.companions.companion import Companion
from alliance_desktop.ui.desk import Clock, Sheet
from alliance_desktop.ui.entry_page import EntryPage
from alliance_desktop.ui.notice import Notice

SESSION_FORM = "session"
LANDED = "A tender session. Did you ask how it landed?"
LANDED_NEXT = "“How are you feeling after today?” can be noted under Temperature, or left."
FELT_OFF = "You noted that something felt off."
FELT_OFF_NEXT = "A minute is enough to keep what you noticed; it will be linked to this session."


class SessionPage(EntryPage):
    """One session note of one client; `strain_asked` carries the entry a strain was noticed in."""

    strain_asked = Signal(object)

    def __init__(
        self, notebook: Notebook, settings: Settings, sheet: Sheet, clock: Clock, companion: Companion | None = None
    ) -> None:
        super().__init__(notebook, settings, sheet, clock, companion)
        self.felt_off = Notice("felt_off_notice", "Notice a strain", writes=True)
        self.setObjectName("session_page")
        self._column.insertWidget(self._column.indexOf(self.desk) + 1, self.felt_off)
        self.felt_off.pressed.connect(self._ask_strain)

    def before_finishing(self) -> tuple[str, str] | None:
        """Ask once how a tender session landed, where that was not noted."""
        answers = self.desk.editor.answers()
        # A counsellor's own copy of the form may have left the question out.
        asked = next((one for one in self.card.questions if one.key == "temperature_client"), None)
        told = asked is None or is_answered(asked, answers.get(asked.key))
        owes = answers.get("tender") is True and not told
        return (LANDED, LANDED_NEXT) if owes else None

    def written(self, changed: Changed) -> None:
        """Offer to keep what felt off, as soon as that was noted."""
        felt_off = self.desk.editor.fields.get("felt_off")
        if felt_off is None or felt_off.answer() is not True:
            self.felt_off.clear()
        elif not self.felt_off.sentence:
            self.felt_off.say(FELT_OFF, FELT_OFF_NEXT)
        super().written(changed)

    def _ask_strain(self) -> None:
        if self.desk.flush() and self.desk.entry is not None:
            self.strain_asked.emit(self.desk.entry)
