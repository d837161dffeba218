"""Words that the disk did not take, when their vault was locked or the window was to be closed."""

# The first page needs only the empty hands of this; what belongs to the work is not loaded for it.
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer

from alliance_desktop.domain.errors import KnownError

if TYPE_CHECKING:
    from alliance_desktop.services.access import OpenVault
    from alliance_desktop.services.notebook import WriteCard
    from alliance_desktop.ui.pages import Pages
    from alliance_desktop.ui.workspace import Workspace

STILL_HELD = "Some words could not be saved before the vault was locked. They are kept here and tried again."
NOT_YET_SAVED = "Some words could not be saved before the vault was locked."
NOT_YET_SAVED_NEXT = "Make room on the disk and unlock: they are then written. Closing once more lets them go."
WAITING = "The notebook is locked, but some words wait in this window: the disk did not take them."
WAITING_NEXT = "Make room on the disk and unlock: they are then written, and the next lock clears the memory."
NOT_CLOSED = "The window stays open: words on this page are not saved."
NOT_CLOSED_NEXT = "Make room on the disk and close again. To keep the words elsewhere first, copy them."
RETRY_MS = 30_000


class _Held(NamedTuple):
    """Whose words, which, and where the counsellor was."""

    folder: Path
    cards: "list[WriteCard]"
    place: dict[str, Any]


class HeldWords(QObject):
    """Holds cards until the disk takes them; `open_vault` answers the vault that is open, if one is."""

    def __init__(self, open_vault: "Callable[[], OpenVault | None]") -> None:
        super().__init__()
        self._open_vault = open_vault
        self._held: list[_Held] = []
        self._retry = QTimer(self, interval=RETRY_MS)
        self._retry.timeout.connect(self.write)

    def keep(self, folder: Path, cards: "list[WriteCard]", place: dict[str, Any]) -> None:
        """Hold the cards of a vault that is being locked, and where the counsellor was."""
        if cards:
            self._held.append(_Held(folder, list(cards), place))

    def waits(self, folder: Path | None = None) -> bool:
        """Say whether words of this vault, or of any, are still held."""
        return any(one.cards for one in self._held if folder is None or one.folder == folder)

    def take(self, folder: Path) -> "list[WriteCard]":
        """Give the words of a vault back, to go on in its pages; they are held here no more."""
        cards = [card for one in self._held if one.folder == folder for card in one.cards]
        self._held = [one for one in self._held if one.folder != folder]
        return cards

    def place(self, folder: Path) -> dict[str, Any] | None:
        """Return where the held words of a vault were written last."""
        places = [one.place for one in self._held if one.folder == folder]
        return places[-1] if places else None

    def write(self) -> None:
        """Write what belongs to the vault that is open; what the disk does not take is tried again by itself."""
        vault = self._open_vault()
        if vault is None:
            return
        self._retry.stop()
        for held in self._held:
            if held.folder != vault.folder:
                continue
            for card in list(held.cards):
                if _is_taken(vault, card):
                    held.cards.remove(card)
        self._held = [one for one in self._held if one.cards]
        if self._held:
            self._retry.start()


def show_unwritten(space: "Workspace", pages: "Pages") -> None:
    """Bring the place whose page holds words that the disk does not take to the front."""
    from alliance_desktop.ui.kept import Kept

    for place in (space.place, *space.known_places()):
        if place != space.place:
            space.show_place(place)
        if isinstance(pages.page, Kept) and not pages.page.flush():
            return


def _is_taken(vault: "OpenVault", card: "WriteCard") -> bool:
    try:
        vault.notebook.write(card)
    except KnownError:
        return False
    return True
