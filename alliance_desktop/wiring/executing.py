"""From an executor's key to the view for them: the vault is looked at once, closed, and only the page stays."""

from functools import partial

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from alliance_desktop.documents.executor_list import executor_list
from alliance_desktop.documents.pages import Sheet
from alliance_desktop.documents.press import Rendered, render
from alliance_desktop.documents.saving import neutral_name
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.look import TEXT_SCALES, Appearance
from alliance_desktop.services.executor import look
from alliance_desktop.services.executor_key import ExecutorKey
from alliance_desktop.services.paper import save_page
from alliance_desktop.services.preferences import Preferences
from alliance_desktop.ui.executor_page import ExecutorPage
from alliance_desktop.ui.look import Look
from alliance_desktop.ui.unlock import Unlock
from alliance_desktop.wiring.parts import Parts


class Executing:
    """Shows the executor's view in place of the lock page; nothing else of the program is reached from it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def begin(self, page: Unlock, key: ExecutorKey) -> None:
        """Look at the vault and show what an executor may see, or say on the lock page why not."""
        parts = self._parts
        try:
            seen = look(parts.access, page.folder, key)
        except KnownError as fault:
            page.show_error(fault)
            return
        sheet, kept = executor_list(seen.left), seen.preferences
        parts.follow(_for_another(kept, parts.window.look))
        view = ExecutorPage(page.folder, sheet, kept.paper, partial(self._print, sheet), partial(self._save, sheet))
        view.lock_asked.connect(parts.window.lock_asked)
        parts.window.show_page(view)

    def _print(self, sheet: Sheet, parent: QWidget, paper: str, large: bool) -> bool:
        return self._parts.print_sheets(parent, _rendered(sheet, paper, large).svgs(), paper)

    def _save(self, sheet: Sheet, parent: QWidget, paper: str, large: bool) -> bool:
        name = neutral_name(local(self._parts.world.now()).date(), "sheet")
        path = self._parts.world.ask_path(parent, name)
        if path is None:
            return False
        save_page(_rendered(sheet, paper, large), path)
        return True


def _for_another(kept: Preferences, shown: Look) -> Preferences:
    """Return the owner's preferences, but the look that whoever reads here chose on the lock page, where they did."""
    if (shown.appearance, shown.text_scale) == (Appearance.SYSTEM, TEXT_SCALES[0]):
        return kept
    return replace(kept, appearance=shown.appearance, text_scale=shown.text_scale)


def _rendered(sheet: Sheet, paper: str, large: bool) -> Rendered:
    return render(sheet, paper="letter" if paper == "letter" else "a4", large=large)
