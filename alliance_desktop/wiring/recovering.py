"""After the recovery sheet opened a vault: a new passphrase, a new sheet, and only then the work."""

from collections.abc import Callable

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.key_change import Change, Prepared
from alliance_desktop.services.key_work import Replacement, Sealed
from alliance_desktop.ui.key_life.acts import AFTER_SHEET
from alliance_desktop.ui.key_life.renewal import Renewal
from alliance_desktop.ui.set_passphrase import SetPassphrase
from alliance_desktop.wiring.parts import Parts


class Recovering:
    """Shows the pages between the sheet and the work; `opened` goes on with a vault once they are done or put off.

    Stopped anywhere, also by a lock or the end of the program, it goes on at the next unlocking: with the sheet
    until the new passphrase is set, and then with that.
    """

    def __init__(self, parts: Parts, opened: Callable[[OpenVault], None]) -> None:
        self._parts, self._opened = parts, opened

    def begin(self, vault: OpenVault, secrets: Secrets) -> None:
        """Go on after the sheet; where it is the usual way in, straight to the work."""
        if vault.keys.standing().opens_by_sheet:
            secrets.forget()
            self._opened(vault)
            return
        parts = self._parts
        parts.vault, parts.recovered_by = vault, secrets
        work = vault.keys.work()
        asking = SetPassphrase(parts.rules, lambda typed: work.after_sheet(secrets, typed))
        asking.sealed.connect(lambda made: self._set(asking, vault, made))
        asking.lock_asked.connect(parts.window.lock_asked)
        parts.follow(vault.settings.preferences())
        parts.window.show_page(asking, is_open=True)

    def resume(self, vault: OpenVault) -> bool:
        """Go on with the new sheet where that was stopped; False where there is nothing to go on with."""
        standing = vault.keys.standing()
        if vault.sample or not standing.sheet_was_used or standing.sheet_can_wait:
            return False
        self._parts.vault = vault
        self._parts.follow(vault.settings.preferences())
        self._ask_for_sheet(vault)
        return True

    def _set(self, asking: SetPassphrase, vault: OpenVault, made: tuple[Sealed, Replacement]) -> None:
        if self._parts.vault is not vault:
            # Locked while the passphrase was being sealed; the one before still holds.
            return
        sealed, replacement = made
        try:
            vault.keys.install(sealed)
        except KnownError as fault:
            asking.show_error(fault)
            return
        asking.passphrase.clear()
        self._parts.forget_recovery()
        vault.keys.note_sheet_used()
        self._ask_for_sheet(vault, Prepared(Change.REPLACE, replacement.new, replacement=replacement))

    def _ask_for_sheet(self, vault: OpenVault, prepared: Prepared | None = None) -> None:
        parts = self._parts
        page = Renewal(AFTER_SHEET, vault.keys, parts.key_needs(vault.folder), prepared)
        page.done.connect(lambda: self._opened(vault))
        page.left.connect(lambda: self._put_off(vault))
        page.lock_asked.connect(parts.window.lock_asked)
        parts.window.show_page(page, is_open=True)

    def _put_off(self, vault: OpenVault) -> None:
        vault.keys.put_off()
        self._opened(vault)
