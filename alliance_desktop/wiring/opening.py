"""From the first page to the work: the first run, unlocking, the recovery sheet, the sample."""

import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.resources import resource
from alliance_desktop.services import sample
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.backup_work import Restored
from alliance_desktop.services.backups import finish_swap
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.storage import leftovers, sample_folder
from alliance_desktop.ui import held
from alliance_desktop.ui.pages import Needed
from alliance_desktop.ui.second_start import Claimed
from alliance_desktop.ui.unlock import Unlock
from alliance_desktop.ui.work import Work
from alliance_desktop.wiring.attempt import Attempt, Then
from alliance_desktop.wiring.making import Making
from alliance_desktop.wiring.parts import Parts
from alliance_desktop.wiring.recovering import Recovering
from alliance_desktop.wiring.rescuing import Rescuing
from alliance_desktop.wiring.restoring import Restoring

_CLAIMED = {
    Claimed.BROUGHT_FORWARD: (
        "This vault is open in another window, which was brought to the front.",
        "Go on there, or lock that window first.",
    ),
    Claimed.IN_USE: (
        "This vault is in use by another window of this program, which does not answer.",
        "Close that window, or wait until it has ended, and then unlock here.",
    ),
}


class Opening:
    """Shows the pages that stand before the work, and begins the work once a vault is open."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._making = Making(parts, self.show_unlock, self.open_sample, self._opened)
        self._recovering = Recovering(parts, self._opened)
        self.restoring = Restoring(parts, self.show_unlock)
        self.rescuing = Rescuing(parts, self.show_unlock, self.restoring.show_backups)
        self.restore_asked: Callable[[Restored], None] = lambda _restored: None

    def show_first_run(self, back_to: Path | None = None) -> None:
        """Show the pages that make a vault, or open one that exists; `back_to` is the locked one to go back to."""
        self._making.show(back_to)

    def show_unlock(self, folder: Path) -> None:
        """Show the page that unlocks a vault; it says so where another window has that vault."""
        self._show_claimed(folder, self._claim(folder))

    def lock_at(self, folder: Path) -> None:
        """Cover whatever is shown with the page that unlocks a vault."""
        window = self._parts.window
        is_ours = isinstance(window.page, Unlock)
        page = self.unlock_page(folder)
        window.lock_with(page)
        # Another window that has it is not called forward by a lock.
        if not is_ours:
            self._tell_claimed(page, self._claim(folder))

    def begin_at(self, folder: Path) -> bool:
        """Show the page that unlocks a vault; False where another window has it and came forward instead."""
        claimed = self._claim(folder)
        if claimed is Claimed.BROUGHT_FORWARD:
            return False
        self._show_claimed(folder, claimed)
        return True

    def open_sample(self) -> None:
        """Open a fresh sample caseload in a folder of its own, which goes with the program."""
        parts = self._parts
        parts.drop_sample()
        parts.sample_folder = sample_folder.make(parts.world.random(32))
        leftovers.clean_samples(parts.sample_folder.stat().st_mtime)
        text = resource("sample", "caseload.toml").read_text(encoding="utf-8")
        self._opened(parts.access.make_sample(parts.sample_folder / sample_folder.VAULT, text))

    def unlock_page(self, folder: Path) -> Unlock:
        """Return a fresh page that unlocks a vault."""
        parts = self._parts
        page = Unlock(folder, parts.access.unlock, parts.access.recover)
        page.unlocked.connect(lambda secrets: self._try(page, secrets, self._unlocked))
        page.recovered.connect(lambda secrets: self._try(page, secrets, self._recovered))
        page.backup_asked.connect(lambda: self.restoring.show_backups(folder))
        page.other_asked.connect(lambda: self.show_first_run(back_to=folder))
        page.new_asked.connect(lambda: self.show_first_run(back_to=folder))
        if parts.access.opens_by_sheet(folder):
            page.begin_with_sheet()
        if parts.sample_folder is not None and folder.is_relative_to(parts.sample_folder):
            page.notice.say("This is the sample caseload.", f"Its passphrase is: {sample.PASSPHRASE}")
        return page

    def _try(self, page: Unlock, secrets: Secrets, then: Then) -> None:
        Attempt(self._parts, page, secrets, then, self.rescuing.show).begin()

    def _unlocked(self, vault: OpenVault, secrets: Secrets) -> None:
        if self._parts.machine.unproved(vault.folder) and not vault.read_only:
            vault.close()
            self._making.resume(vault.folder, secrets)
            return
        secrets.forget()
        if vault.read_only or not self._recovering.resume(vault):
            self._opened(vault)

    def _recovered(self, vault: OpenVault, secrets: Secrets) -> None:
        """After the recovery sheet, ask for a new passphrase and a new sheet before anything is shown."""
        if vault.read_only:
            secrets.forget()
            self._opened(vault)
            return
        self._recovering.begin(vault, secrets)

    def _opened(self, vault: OpenVault) -> None:
        """Show the workspace of a vault that was just opened, where the counsellor left it."""
        parts = self._parts
        parts.vault = vault
        parts.follow(vault.settings.preferences())
        self._claim(vault.folder)
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
            self._show_work(Work(parts.window, vault, needed, sources), waiting)
        if waiting:
            parts.say(held.STILL_HELD)
        if not vault.sample:
            parts.machine.keep_last_vault(vault.folder)

    def _show_work(self, work: Work, waiting: list[WriteCard]) -> None:
        parts = self._parts
        parts.work = work
        work.backups.restore_asked.connect(self.restore_asked)
        work.kept.connect(lambda _preferences: self._follow())
        parts.window.show_workspace(work.workspace)
        work.pages.take_up(waiting)
        work.begin()

    def _follow(self) -> None:
        """Let the window look and lock as the preferences say."""
        parts = self._parts
        if parts.vault is not None:
            parts.follow(parts.vault.settings.preferences())

    def _show_claimed(self, folder: Path, claimed: Claimed) -> None:
        # While another window has the vault, what lies beside it may be that window's work.
        if claimed is Claimed.OURS:
            finish_swap(folder)
        page = self.unlock_page(folder)
        self._parts.window.show_page(page)
        self._tell_claimed(page, claimed)

    def _tell_claimed(self, page: Unlock, claimed: Claimed) -> None:
        if claimed is not Claimed.OURS:
            page.notice.say(*_CLAIMED[claimed])

    def _claim(self, folder: Path) -> Claimed:
        return self._parts.claim.take(folder) if self._parts.claim is not None else Claimed.OURS
