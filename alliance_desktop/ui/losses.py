"""For the days nobody wants: a lost computer with its sheet and its record, and the wishes for an executor."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain import executor
from alliance_desktop.domain.entry import State
from alliance_desktop.services import lost_device
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.paper import Choice, Sort
from alliance_desktop.ui.backups_place import BackupsPlace
from alliance_desktop.ui.key_life.place import KEYS, KeysPlace
from alliance_desktop.ui.pages import Pages, read_choice
from alliance_desktop.ui.settings_place import KEY
from alliance_desktop.ui.workspace import Workspace

BEGUN = "A record is begun, with counts and dates and no name. Write down what you know; all of it is kept as you type."


class Losses(QObject):
    """Opens these pages from the menus, from the backups and from the keys."""

    def __init__(
        self, space: Workspace, vault: OpenVault, pages: Pages, keys: KeysPlace, backups: BackupsPlace
    ) -> None:
        super().__init__(space)
        self._space, self._vault, self._pages, self._keys = space, vault, pages, keys
        keys.wishes_asked.connect(self.open_wishes)
        keys.view_asked.connect(self._show_view)
        pages.let_tell(KEY, keys.place)
        pages.register(KEYS, self._open_keys)
        backups.lost_asked.connect(self.open_sheet)
        pages.shown.connect(self._unsay)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands do that belong here."""
        return {
            "key_life": self._keys.open,
            "change_passphrase": self._keys.to_passphrase,
            "executor_wishes": self.open_wishes,
            "emergency_card": lambda: self._open_paper(Sort.EMERGENCY_CARD),
            "lost_sheet": self.open_sheet,
            "lost_device": self.open_record,
        }

    def open_wishes(self) -> QWidget:
        """Open the wishes for an executor, which are kept up over time."""
        self._keys.leave()
        return self._pages.open_new(None, executor.WISHES, executor.CARD)

    def open_sheet(self) -> QWidget:
        """Open the preview of the sheet for the day the computer is lost."""
        return self._open_paper(Sort.LOST_COMPUTER)

    def open_record(self) -> QWidget | None:
        """Write the record of a lost device with its counts and open it; one that is not finished is opened again."""
        self._keys.leave()
        begun = [one for one in self._vault.notebook.of_form(lost_device.FORM) if one.state is State.DRAFT]
        if begun:
            return self._pages.open_entry(begun[-1].id)
        self._pages.part()
        book = self._vault.notebook
        entry = book.new_entry()
        told = lost_device.begun(self._vault)
        card = WriteCard(client=None, form=lost_device.FORM, card=lost_device.CARD, answers=told, entry=entry)
        self._space.changed.emit(book.write(card))
        page = self._pages.open_entry(entry)
        self._space.notice.say(BEGUN)
        return page

    def _open_paper(self, sort: Sort) -> QWidget:
        self._keys.leave()
        return self._pages.open_preview(None, choice=self._pages.usual_choice(sort))

    def _show_view(self, choice: Choice | None = None) -> None:
        self._keys.show_view(self._pages.preview_of(Sort.EXECUTOR_LIST, choice))

    def _open_keys(self, at: dict[str, Any]) -> None:
        """Open the keys again after a lock, and what an executor would see where that was looked at."""
        self._keys.open()
        view = at.get("view")
        if isinstance(view, dict):
            self._show_view(read_choice(view.get("choice")))
            self._keys.restore_view(view)

    def _unsay(self) -> None:
        """Take what was said of a record away with its page."""
        if self._space.notice.sentence == BEGUN:
            self._space.notice.clear()
