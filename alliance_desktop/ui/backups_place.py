"""The place "Backups" in the workspace, and the calm bar that reminds of a backup outside the computer."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.locked_backups import LockedBackups
from alliance_desktop.ui.backup_list import AskBackup, choose_backup
from alliance_desktop.ui.backups_page import AWAY, BackupsPage
from alliance_desktop.ui.desk import Clock
from alliance_desktop.ui.later import Later
from alliance_desktop.ui.take_out_card import AskPath, TakeOutCard
from alliance_desktop.ui.workspace import Workspace

KEY = "backups"


class BackupsPlace(QObject):
    """`restore_asked` carries a Restored, which is to take the vault's place once that is closed.

    `lost_asked` asks for the sheet for the day the computer is lost.
    """

    restore_asked = Signal(object)
    lost_asked = Signal()

    def __init__(
        self,
        space: Workspace,
        vault: OpenVault,
        clock: Clock,
        ask_path: AskPath,
        ask: AskBackup = choose_backup,
    ) -> None:
        super().__init__(space)
        self._space, self._backups = space, vault.backups
        self._locked = LockedBackups(vault.folder, clock)
        self._bar = space.add_bar("backup_reminder", "Back up now")
        self._page = Later(lambda: self._with_take_out(BackupsPage(vault.backups, self._locked, Path.home(), ask)))
        self._take_out = Later(lambda: TakeOutCard(vault, clock, ask_path))
        space.add_place(KEY, None, self._page)
        self._bar.pressed.connect(self.back_up)
        space.place_chosen.connect(self._drop_bar)

    @property
    def page(self) -> BackupsPage:
        """The page, which is made when it is asked for first."""
        return self._page()

    @property
    def take_out(self) -> TakeOutCard:
        """The card on the page where everything is taken out."""
        return self._take_out()

    def remind(self) -> None:
        """Show the bar where the newest backup outside the computer is a week old."""
        said = self._backups.reminder()
        if said:
            self._bar.say(said, AWAY)

    def open(self) -> None:
        """Show the list of backups."""
        self._space.show_place(KEY)
        self.page.begin()

    def back_up(self) -> None:
        """Show where a backup can be made to any folder or stick."""
        self._space.show_place(KEY)
        self.page.begin_backing_up()

    def open_take_out(self) -> None:
        """Show where everything is taken out."""
        self._space.show_place(KEY)
        self.take_out.begin()
        self.take_out.told.emit(self.take_out)

    def leave(self) -> None:
        """Hear no more of what is going on: the vault is about to be closed. A backup under way goes on to its end.

        What is being taken out is stopped: nothing unprotected comes to lie anywhere after a lock.
        """
        if self._page.made is not None:
            self._page.made.progress.leave()
        if self._take_out.made is not None:
            self._take_out.made.leave()

    def _with_take_out(self, page: BackupsPage) -> BackupsPage:
        page.column.insertWidget(page.column.count() - 1, self.take_out)
        # Once the page is laid out with it.
        self.take_out.told.connect(lambda one: QTimer.singleShot(0, one, lambda: page.ensureWidgetVisible(one)))
        page.restore_asked.connect(self.restore_asked)
        page.lost_asked.connect(self.lost_asked)
        return page

    def _drop_bar(self, place: str) -> None:
        """Take the bar away where the place itself says the same."""
        if place == KEY:
            self._bar.clear()
