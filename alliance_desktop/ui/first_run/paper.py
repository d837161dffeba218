"""A sheet of a vault on paper, or in a file until it is printed: the recovery sheet, or another that is made of it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from alliance_desktop.ui.first_run.needs import MadeVault, SheetLook
from alliance_desktop.ui.words import isolated

if TYPE_CHECKING:
    from alliance_desktop.documents.pages import Page
    from alliance_desktop.documents.press import Rendered

PRINTED = "Sent to the printer."
UNPROTECTED = "The file is not protected: print it, then delete it."


class SheetPaper:
    """Prints and saves one sheet of a vault; what it answers is said in the page, nothing where left off.

    `make` returns the page; `name` is the name of its file.
    """

    def __init__(
        self,
        parent: QWidget,
        make: "Callable[[MadeVault], Page]",
        name: str,
        print_sheets: Callable[[QWidget, list[bytes], str], bool],
        ask_path: Callable[[QWidget, str], Path | None],
    ) -> None:
        self._parent, self._make, self._name = parent, make, name
        self._print_sheets, self._ask_path = print_sheets, ask_path

    def print(self, made: MadeVault, look: SheetLook) -> str:
        """Print the sheet."""
        return PRINTED if self._print_sheets(self._parent, self._laid_out(made, look).svgs(), look.paper) else ""

    def save(self, made: MadeVault, look: SheetLook) -> str:
        """Save the sheet as a PDF and say where; a KnownError where the disk does not take it."""
        from alliance_desktop.services.paper import save_page

        path = self._ask_path(self._parent, self._name)
        if path is None:
            return ""
        save_page(self._laid_out(made, look), path)
        return f"Saved as {isolated(path.name)} in {isolated(str(path.parent))}. {UNPROTECTED}"

    def text(self, made: MadeVault) -> str:
        """Return the sheet as plain text, to be read aloud."""
        from alliance_desktop.documents.twin import twin

        return twin(self._make(made))

    def _laid_out(self, made: MadeVault, look: SheetLook) -> "Rendered":
        from alliance_desktop.documents.press import render

        return render(self._make(made), paper="letter" if look.paper == "letter" else "a4", large=look.large)
