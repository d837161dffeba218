"""From the first page to the work: the first run, unlocking, the recovery sheet, the sample."""

# What stands behind the first page is imported where it is used: see `parts.py`.
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from alliance_desktop.storage.beside import may_be_restoring
from alliance_desktop.ui.unlock import Unlock
from alliance_desktop.wiring.parts import Parts

if TYPE_CHECKING:
    from alliance_desktop.keys.keyfile import Secrets
    from alliance_desktop.services.access import OpenVault
    from alliance_desktop.services.backup_work import Restored
    from alliance_desktop.services.executor_key import ExecutorKey
    from alliance_desktop.ui.second_start import Claimed
    from alliance_desktop.wiring.attempt import Then
    from alliance_desktop.wiring.making import Making
    from alliance_desktop.wiring.recovering import Recovering
    from alliance_desktop.wiring.rescuing import Rescuing
    from alliance_desktop.wiring.restoring import Restoring


class Opening:
    """Shows the pages that stand before the work, and begins the work once a vault is open."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._unclaimed: Path | None = None
        self.restore_asked: Callable[[Restored], None] = lambda _restored: None

    @cached_property
    def restoring(self) -> "Restoring":
        """From a backup to the vault's place."""
        from alliance_desktop.wiring.restoring import Restoring

        return Restoring(self._parts, self.show_unlock)

    @cached_property
    def rescuing(self) -> "Rescuing":
        """From a damaged vault to a new one."""
        from alliance_desktop.wiring.rescuing import Rescuing

        return Rescuing(self._parts, self.show_unlock, self.restoring.show_backups)

    @cached_property
    def _making(self) -> "Making":
        from alliance_desktop.wiring.making import Making

        return Making(self._parts, self.show_unlock, self.open_sample, self._opened)

    @cached_property
    def _recovering(self) -> "Recovering":
        from alliance_desktop.wiring.recovering import Recovering

        return Recovering(self._parts, self._opened)

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
        if self._is_free(folder) and not may_be_restoring(folder):
            # Claiming waits for the disk; the page does not, and is told soon should another start have been faster.
            self._unclaimed = folder
            self._parts.window.show_page(self.unlock_page(folder))
            return True
        from alliance_desktop.ui.second_start import Claimed

        claimed = self._claim(folder)
        if claimed is Claimed.BROUGHT_FORWARD:
            return False
        self._show_claimed(folder, claimed)
        return True

    def claim_shown(self) -> None:
        """Claim the vault whose page was shown before anything else."""
        folder, self._unclaimed = self._unclaimed, None
        page = self._parts.window.page
        if folder is not None and isinstance(page, Unlock) and page.folder == folder:
            self._tell_claimed(page, self._claim(folder))

    def open_sample(self) -> None:
        """Open a fresh sample caseload in a folder of its own, which goes with the program."""
        from alliance_desktop.resources import resource
        from alliance_desktop.storage import leftovers, sample_folder

        parts = self._parts
        parts.drop_sample()
        parts.sample_folder = sample_folder.make(parts.world.random(32))
        leftovers.clean_samples(parts.sample_folder.stat().st_mtime)
        text = resource("sample", "caseload.toml").read_text(encoding="utf-8")
        self._opened(parts.access.make_sample(parts.sample_folder / sample_folder.VAULT, text))

    def unlock_page(self, folder: Path) -> Unlock:
        """Return a fresh page that unlocks a vault."""
        parts = self._parts
        page = Unlock(folder, _unlock, _recover)
        page.unlocked.connect(lambda secrets: self._try(page, secrets, self._unlocked))
        page.recovered.connect(lambda found: self._by_paper(page, found))
        page.backup_asked.connect(lambda: self.restoring.show_backups(folder))
        page.other_asked.connect(lambda: self.show_first_run(back_to=folder))
        page.new_asked.connect(lambda: self.show_first_run(back_to=folder))
        # Few vaults do, and asking this one of it takes all that opening needs.
        if parts.machine.may_open_by_sheet() and parts.access.opens_by_sheet(folder):
            page.begin_with_sheet()
        if parts.sample_folder is not None and folder.is_relative_to(parts.sample_folder):
            from alliance_desktop.services import sample

            page.tell_passphrase(f"This is the sample caseload. Its passphrase is “{sample.PASSPHRASE}”.")
        return page

    def _try(self, page: Unlock, secrets: "Secrets", then: "Then") -> None:
        from alliance_desktop.wiring.attempt import Attempt

        Attempt(self._parts, page, secrets, then, self.rescuing.show).begin()

    def _by_paper(self, page: Unlock, found: "Secrets | ExecutorKey") -> None:
        from alliance_desktop.services.executor_key import ExecutorKey
        from alliance_desktop.wiring.executing import Executing

        if isinstance(found, ExecutorKey):
            Executing(self._parts).begin(page, found)
        else:
            self._try(page, found, self._recovered)

    def _unlocked(self, vault: "OpenVault", secrets: "Secrets") -> None:
        if self._parts.machine.unproved(vault.folder) and not vault.read_only:
            vault.close()
            self._making.resume(vault.folder, secrets)
            return
        secrets.forget()
        if vault.read_only or not self._recovering.resume(vault):
            self._opened(vault)

    def _recovered(self, vault: "OpenVault", secrets: "Secrets") -> None:
        """After the recovery sheet, ask for a new passphrase and a new sheet before anything is shown."""
        if vault.read_only:
            secrets.forget()
            self._opened(vault)
            return
        self._recovering.begin(vault, secrets)

    def _opened(self, vault: "OpenVault") -> None:
        """Show the workspace of a vault that was just opened."""
        from alliance_desktop.wiring.working import Working

        self._parts.vault = vault
        self._claim(vault.folder)
        Working(self._parts, self.restore_asked).begin(vault)

    def _show_claimed(self, folder: Path, claimed: "Claimed") -> None:
        from alliance_desktop.ui.second_start import Claimed

        # While another window has the vault, what lies beside it may be that window's work.
        if claimed is Claimed.OURS and may_be_restoring(folder):
            from alliance_desktop.services.backups import finish_swap

            finish_swap(folder)
        page = self.unlock_page(folder)
        self._parts.window.show_page(page)
        self._tell_claimed(page, claimed)

    def _tell_claimed(self, page: Unlock, claimed: "Claimed") -> None:
        from alliance_desktop.ui.second_start import IN_THE_WAY

        if claimed in IN_THE_WAY:
            page.notice.say(*IN_THE_WAY[claimed])

    def _is_free(self, folder: Path) -> bool:
        """Say, without claiming it, whether nothing tells of another window that has a vault."""
        parts = self._parts
        if parts.world.make_claim is None:
            return False
        return not parts.machine.knows_of_claims() or (parts.claim is not None and parts.claim.is_free(folder))

    def _claim(self, folder: Path) -> "Claimed":
        from alliance_desktop.ui.second_start import Claimed

        return self._parts.claim.take(folder) if self._parts.claim is not None else Claimed.OURS


def _unlock(folder: Path, passphrase: str) -> "Secrets":
    from alliance_desktop.services.unlocking import unlock

    return unlock(folder, passphrase)


def _recover(folder: Path, typed: str) -> "Secrets | ExecutorKey":
    from alliance_desktop.services.unlocking import by_paper

    return by_paper(folder, typed)
