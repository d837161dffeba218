"""Beside a safeguarding concern where someone may be in danger: the counsellor's own list of whom to tell."""

from PySide6.QtWidgets import QVBoxLayout

from alliance_desktop.domain.answers import Answers, ids_of
from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.companions.beside import Beside
from alliance_desktop.ui.companions.companion import Companion
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

HEADING = "Whom you tell"
NO_LIST = "You have written no list of your own yet. Follow your procedure; the list has its place in the settings."


class SafeguardingCompanion(Companion):
    """Shows the list while somebody is, or may be, in danger."""

    def __init__(self, vault: OpenVault, client: ClientId | None) -> None:
        super().__init__()
        self.setObjectName("companion")
        self._vault = vault
        self._list = Beside("emergency_list", HEADING, "warning")
        column = QVBoxLayout(self)
        spaced(column, (0, 0, 0, 0.8), 0)
        column.addWidget(self._list)

    def follow(self, entry: Entry | None, answers: Answers) -> None:
        """Show the list where the answer is yes or not sure."""
        pressing = bool({"yes", "not_sure"} & set(ids_of(answers.get("danger"))))
        lines = [one.strip() for one in self._vault.settings.preferences().emergency_list.splitlines()]
        self._list.say(([isolated(one) for one in lines if one] or [NO_LIST]) if pressing else [])
