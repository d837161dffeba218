"""The work in a vault that was just opened, at the place where the counsellor left it."""

import tomllib
from collections.abc import Callable
from contextlib import suppress

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.resources import resource
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.backup_work import Restored
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui import held
from alliance_desktop.ui.pages import Needed
from alliance_desktop.ui.work import Work
from alliance_desktop.wiring.parts import Parts


class Working:
    """Makes the work and shows it; `restore_asked` gets the backup that is to take the vault's place."""

    def __init__(self, parts: Parts, restore_asked: Callable[[Restored], None]) -> None:
        self._parts, self._restore_asked = parts, restore_asked

    def begin(self, vault: OpenVault) -> None:
        """Show the workspace of a vault that was just opened, where the counsellor left it."""
        parts = self._parts
        parts.follow(vault.settings.preferences())
        parts.remember_look()
        needed = Needed(
            clock=parts.world.now,
            rules=parts.rules,
            change_passphrase=lambda present, new: vault.keys.work().passphrase(present, new),
            passphrase_changed=vault.install,
            print_sheets=parts.print_sheets,
            ask_path=parts.world.ask_path,
            keys=parts.key_needs(vault.folder),
            capture=parts.capture,
        )
        sources = tomllib.loads(resource("forms_sources.toml").read_text(encoding="utf-8"))
        place = parts.held.place(vault.folder)
        try:
            parts.held.write()
        finally:
            # Held words that meet a fault of the program do not stand between the vault and its owner.
            if place is not None:
                # The place could not be kept either; the words are wanted where they were written.
                with suppress(KnownError):
                    vault.settings.keep_place(place)
            waiting = parts.held.take(vault.folder)
            self._show_work(Work(parts.window, parts.take_workspace(), vault, needed, sources), waiting)
        if waiting:
            parts.say(held.STILL_HELD)
        if not vault.sample:
            parts.machine.keep_last_vault(vault.folder)

    def _show_work(self, work: Work, waiting: list[WriteCard]) -> None:
        parts = self._parts
        parts.work = work
        work.backups.restore_asked.connect(self._restore_asked)
        work.kept.connect(lambda _preferences: self._follow())
        parts.window.show_workspace(work.workspace)
        work.pages.take_up(waiting)
        work.begin()

    def _follow(self) -> None:
        """Let the window look and lock as the preferences say."""
        parts = self._parts
        if parts.vault is not None:
            parts.follow(parts.vault.settings.preferences())
            parts.remember_look()
