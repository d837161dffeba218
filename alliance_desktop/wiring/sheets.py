"""The sheets that are printed where a key was just made or asked for: recovery, for an executor, and without a key."""

# What makes a page is imported once one is wanted: the first run is to be on screen at once.
from typing import TYPE_CHECKING

from alliance_desktop.ui.first_run.needs import MadeVault
from alliance_desktop.ui.first_run.paper import SheetPaper
from alliance_desktop.wiring.parts import Parts

if TYPE_CHECKING:
    from alliance_desktop.documents.pages import Page
    from alliance_desktop.services.access import Sheet


class Sheets:
    """Each sheet with the printer and the file dialog of the program."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        outside = (parts.print_sheets, parts.world.ask_path)
        self.recovery = SheetPaper(parts.window, self._recovery, "recovery-sheet.pdf", *outside)
        self.executor = SheetPaper(parts.window, self._executor, "sealed-sheet.pdf", *outside)
        self.lost = SheetPaper(parts.window, self._lost, "lost-sheet.pdf", *outside)

    def _recovery(self, made: MadeVault) -> "Page":
        from alliance_desktop.services.paper.recovery import recovery_page

        return recovery_page(_sheet(made), self._parts.world.now)

    def _executor(self, made: MadeVault) -> "Page":
        from alliance_desktop.services.paper.recovery import executor_page

        vault = self._parts.vault
        if vault is None:
            raise ValueError("the wishes stand in a vault that is open")
        return executor_page(vault, _sheet(made), self._parts.world.now)

    def _lost(self, _made: MadeVault) -> "Page":
        from alliance_desktop.services.paper.recovery import lost_page

        return lost_page(self._parts.world.now)


def _sheet(made: MadeVault) -> "Sheet":
    from alliance_desktop.services.access import Sheet

    return Sheet(made.groups, made.secrets.vault_id.hex())
