"""The place "Settings": its page is made when it is gone to, as the vault and its keys are then."""

from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.preferences import Preferences
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.later import Later
from alliance_desktop.ui.pages import Needed
from alliance_desktop.ui.settings_page import SettingsPage
from alliance_desktop.ui.workspace import Workspace

KEY = "settings"


class SettingsPlace(QObject):
    """Adds itself to the workspace and keeps what is changed; `kept` carries the Preferences after each change.

    The other signals ask for pages that stand in this place.
    """

    kept = Signal(object)
    keys_asked = Signal()
    known_asked = Signal()
    own_forms_asked = Signal()
    short_words_asked = Signal()

    def __init__(self, space: Workspace, vault: OpenVault, needed: Needed, context: Context) -> None:
        super().__init__(space)
        self._vault, self._needed, self._context = vault, needed, context
        self._unkept: Preferences | None = None
        self._page = Later(self._make)
        space.add_place(KEY, None, self._page)

    @property
    def page(self) -> SettingsPage:
        """The page, which is made when it is asked for first."""
        return self._page()

    @property
    def made(self) -> SettingsPage | None:
        """The page, or None where it was not asked for yet."""
        return self._page.made

    def begin(self) -> None:
        """Put the keyboard where the page begins."""
        self.page.minutes.setFocus()

    def keep(self, preferences: Preferences) -> None:
        """Keep preferences in the vault; what the disk does not take is tried again by `flush`."""
        self._unkept = preferences
        self.flush()

    def flush(self) -> None:
        """Write what is not written yet, lines that are still being typed among it; faults of the disk."""
        lines = self.made.take_lines() if self.made is not None else {}
        if lines:
            self._unkept = msgspec.structs.replace(self._unkept or self._vault.settings.preferences(), **lines)
        if self._unkept is not None:
            self._vault.settings.keep(self._unkept)
            self._unkept = None

    def show_preferences(self, preferences: Preferences) -> None:
        """Show preferences that were changed elsewhere, where the page is there already."""
        if self.made is not None:
            self.made.show_preferences(preferences)

    def show_way(self) -> None:
        """Show how the vault is opened as it is now, where the page is there already."""
        if self.made is not None:
            self.made.show_way(by_sheet=self._vault.keys.standing().opens_by_sheet)

    def _make(self) -> SettingsPage:
        vault, needed = self._vault, self._needed
        now, by_sheet = self._unkept or vault.settings.preferences(), vault.keys.standing().opens_by_sheet
        page = SettingsPage(now, vault.folder, needed.rules, needed.change_passphrase, needed.capture)
        page.show_reminders(self._context)
        salvaged = vault.salvaged()
        if salvaged is not None:
            page.show_salvaged(long_day(salvaged.made_on), salvaged.words())
        page.show_way(by_sheet=by_sheet)
        page.show_form_troubles(vault.own_forms.troubles)
        page.kept.connect(self.kept)
        page.passphrase.sealed.connect(self._change_passphrase)
        page.keys_asked.connect(self.keys_asked)
        page.known_asked.connect(self.known_asked)
        page.own_forms_asked.connect(self.own_forms_asked)
        page.short_words_asked.connect(self.short_words_asked)
        return page

    def _change_passphrase(self, sealed: Any) -> None:
        try:
            self._needed.passphrase_changed(sealed)
        except KnownError as fault:
            self.page.passphrase.show_error(fault)
            return
        self.page.passphrase.show_changed()
