"""The bars over the work with one open vault: what its opening found, what is amiss, and what was found again."""

from typing import Any

from PySide6.QtCore import QObject

from alliance_desktop.domain.answers import said_day
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.entry import EntryId
from alliance_desktop.domain.errors import KnownError, VaultDamagedError
from alliance_desktop.domain.opening_errors import AlteredNotesError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.workspace import Workspace

TO_RESCUE = "&Lock, then save what can be read"


class WorkBars(QObject):
    """Says what concerns the whole vault; `alarm` leads to a lock, `clock` asks about the day of the computer."""

    def __init__(self, space: Workspace, vault: OpenVault) -> None:
        super().__init__(space)
        self._space, self._vault = space, vault
        self.alarm = space.add_bar("notes_alarm", TO_RESCUE)
        self.alarm.offer(False)
        self._stop = space.add_bar("stop_told")
        self.clock = space.add_bar("clock_doubt")

    def begin(self) -> None:
        """Say what was found as the vault was opened: a day that does not fit, and that it had not been closed."""
        doubt = self._vault.notebook.clock_doubt()
        if doubt is not None:
            self.clock.say(doubt.sentence, doubt.next_step)
        for one in self._vault.remarks[1 if self._vault.read_only else 0 :]:
            bar = self.alarm if isinstance(one, AlteredNotesError) else self._stop
            bar.say(one.sentence, one.next_step, urgent=bar is self.alarm)

    def sound_alarm(self, fault: KnownError) -> None:
        """Say what is amiss; a vault that is damaged is locked first, then what can be read of it is saved."""
        self.alarm.show_error(fault)
        self.alarm.offer(isinstance(fault, VaultDamagedError))

    def say_recovered(self, place: dict[str, Any]) -> None:
        """Say what was found again after the program ended without a lock."""
        at = place.get("at")
        entry = at.get("entry") if isinstance(at, dict) else None
        if not isinstance(entry, int):
            return
        try:
            touched = local(self._vault.notebook.entry(EntryId(entry)).touched_at)
        except KeyError:
            return
        today = touched.date() == self._vault.notebook.today()
        when = f"{touched:%H:%M}" if today else f"{said_day(touched.date())}, {touched:%H:%M}"
        self._space.notice.say(f"Recovered, {when}")
