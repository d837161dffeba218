"""From the unlock page of a damaged vault to a new one: what can be read is saved, then the new vault is unlocked."""

from collections.abc import Callable
from pathlib import Path

from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.rescue import DamagedVault, Rescue, has_key_file
from alliance_desktop.ui.rescue_page import RescuePage
from alliance_desktop.wiring.parts import Parts

NEW_VAULT = "This is the new vault, with what could be saved."
NEW_VAULT_NEXT = "It opens with the same passphrase as before, and with the same recovery sheet."
NEW_VAULT_BY_SHEET = "It opens with the same recovery sheet as before, and with no passphrase."

Show = Callable[[Path], None]


class Rescuing:
    """Shows the page that saves what can be read, with the key that was just proved right."""

    def __init__(self, parts: Parts, show_unlock: Show, show_backups: Show) -> None:
        self._parts, self._show_unlock, self._show_backups = parts, show_unlock, show_backups

    def show(self, folder: Path, secrets: Secrets) -> None:
        """Show the page for a damaged vault; the secrets are its own from now on, and forgotten when it goes."""
        parts = self._parts
        rescue = Rescue(parts.forms, parts.world.now, parts.world.random)
        seen = parts.machine.seen(secrets.vault_id)
        damaged = DamagedVault(rescue, folder, secrets, seen.saves)
        page = RescuePage(damaged)
        page.closed.connect(lambda: self._go(self._show_unlock, folder))
        page.backup_asked.connect(lambda: self._go(self._show_backups, folder))
        page.opened.connect(lambda new: self._open_new(new, by_sheet=seen.opens_by_sheet or not has_key_file(new)))
        page.destroyed.connect(damaged.forget)
        parts.window.show_page(page)

    def _go(self, show: Show, folder: Path) -> None:
        page = self._parts.window.page
        if isinstance(page, RescuePage):
            page.leave()
        show(folder)

    def _open_new(self, folder: Path, *, by_sheet: bool) -> None:
        self._go(self._show_unlock, folder)
        self._parts.machine.keep_last_vault(folder)
        self._parts.say(NEW_VAULT, NEW_VAULT_BY_SHEET if by_sheet else NEW_VAULT_NEXT, urgent=False)
