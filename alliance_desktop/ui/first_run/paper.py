"""The recovery sheet on paper, or in a file until it is printed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from alliance_desktop.services.access import sheet_of
from alliance_desktop.services.stamps import Now
from alliance_desktop.ui.first_run.needs import MadeVault
from alliance_desktop.ui.words import isolated

PRINTED = "Sent to the printer."
UNPROTECTED = "The file is not protected: print it, then delete it."
_PAPER = "a4"


class SheetPaper:
    """Prints and saves the recovery sheet of a vault; what it answers is said in the page, nothing where left off."""

    def __init__(
        self,
        parent: QWidget,
        now: Now,
        print_sheets: Callable[[QWidget, list[bytes], str], bool],
        ask_path: Callable[[QWidget, str], Path | None],
    ) -> None:
        self._parent, self._now = parent, now
        self._print_sheets, self._ask_path = print_sheets, ask_path

    def print(self, made: MadeVault) -> str:
        """Print the sheet."""
        from alliance_desktop.services.paper import recovery_page

        page = recovery_page(sheet_of(made.secrets), self._now, _PAPER)
        return PRINTED if self._print_sheets(self._parent, page.svgs(), _PAPER) else ""

    def save(self, made: MadeVault) -> str:
        """Save the sheet as a PDF and say where; a KnownError where the disk does not take it."""
        from alliance_desktop.services.paper import RECOVERY_FILE, recovery_page, save_page

        path = self._ask_path(self._parent, RECOVERY_FILE)
        if path is None:
            return ""
        save_page(recovery_page(sheet_of(made.secrets), self._now, _PAPER), path)
        return f"Saved as {isolated(path.name)} in {isolated(str(path.parent))}. {UNPROTECTED}"
