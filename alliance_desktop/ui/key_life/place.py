"""Where the page of the keys stands in the workspace: in the place of the settings, until one goes back to them."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from alliance_desktop.services.key_life import KeyLife
from alliance_desktop.ui.key_life.acts import EXECUTOR, KNOWN, Act
from alliance_desktop.ui.key_life.needs import KeyNeeds
from alliance_desktop.ui.key_life.page import KeysPage
from alliance_desktop.ui.preview_page import PreviewPage
from alliance_desktop.ui.settings_place import KEY, SettingsPlace
from alliance_desktop.ui.workspace import Workspace

KEYS = "keys"
"""What the page is called where the place of the counsellor is kept."""
OLDER = "This vault was restored from a backup, with the passphrase and the recovery sheet of its day."
EXECUTOR_VOID = "The recovery sheet was replaced, so the sheet for your executor opens nothing any more."
EXECUTOR_VOID_NEXT = "Make a new one, seal it, and destroy the old."
OLDER_NEXT = "They had been replaced since. If someone may know the old ones, replace them again."


class KeysPlace(QObject):
    """Opens the page of the keys and leaves it; `lock_asked` comes where the vault has to be opened anew.

    `wishes_asked` asks for the page of the wishes for an executor, `view_asked` for what they would see.
    """

    lock_asked = Signal()
    wishes_asked = Signal()
    view_asked = Signal()

    def __init__(self, workspace: Workspace, settings: SettingsPlace, keys: KeyLife, needs: KeyNeeds) -> None:
        super().__init__(workspace)
        self._space, self._settings, self._keys, self._needs = workspace, settings, keys, needs
        self.page: KeysPage | None = None
        self._bar = workspace.add_bar("older_keys", "Keys and recovery sheet")
        self._bar.pressed.connect(self.open)
        self._bar.closed.connect(keys.keep_older_keys)
        self._void = workspace.add_bar("executor_void", "Make a new one")
        self._void.pressed.connect(lambda: self.open(EXECUTOR))
        settings.keys_asked.connect(self.open)
        settings.known_asked.connect(lambda: self.open(KNOWN))
        self._tell_settings()

    def open(self, act: Act | None = None) -> None:
        """Show the page, or begin one act on it; one that is going on goes on."""
        self._space.show_place(KEY)
        if self.page is None:
            self.page = KeysPage(self._keys, self._needs)
            self.page.closed.connect(self._back)
            self.page.change_asked.connect(self.to_passphrase)
            self.page.wishes_asked.connect(self.wishes_asked)
            self.page.view_asked.connect(self.view_asked)
            self.page.changed.connect(self._tell_settings)
            self.page.lock_asked.connect(self.lock_asked)
        self._space.show_detail(self.page)
        if act is not None:
            self.page.start(act)
        else:
            self.page.begin()

    def show_view(self, preview: PreviewPage) -> None:
        """Show what an executor would see, in the place of the keys."""
        if self.page is not None and self.page.is_idle:
            self.page.show_view(preview)

    def restore_view(self, place: dict[str, Any]) -> None:
        """Look at it again as it was looked at before a lock."""
        if self.page is not None and self.page.view is not None:
            self.page.view.restore(place)

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is in the place of the settings; nothing in the middle of an act."""
        if self.page is None or not self.page.is_idle:
            return {}
        return {"page": KEYS} | ({"view": self.page.view.place()} if self.page.view is not None else {})

    def begin(self) -> None:
        """Put the keyboard where the page of the keys begins, or the settings where it does not stand there."""
        if self.page is not None:
            self.page.begin()
        else:
            self._settings.begin()

    def leave(self) -> None:
        """Take the page away, so that the settings stand there again; not in the middle of an act."""
        if self.page is None or not self.page.is_idle:
            return
        page, self.page = self.page, None
        self._space.drop_detail(page)

    def _back(self) -> None:
        self.leave()
        self._settings.begin()

    def to_passphrase(self) -> None:
        """Show where the passphrase is changed."""
        self.leave()
        self._space.show_place(KEY)
        self._settings.page.focus_passphrase()

    def _tell_settings(self) -> None:
        if not self._keys.are_older:
            self._bar.clear()
        elif not self._bar.sentence:
            self._bar.say(OLDER, OLDER_NEXT)
        if not self._keys.standing().executor_is_void:
            self._void.clear()
        elif not self._void.sentence:
            self._void.say(EXECUTOR_VOID, EXECUTOR_VOID_NEXT)
        self._settings.show_way()
