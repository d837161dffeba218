"""From the work back to the lock page, or out: never a question, and no word is lost."""

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.backup_work import BackingUp
from alliance_desktop.ui import held
from alliance_desktop.ui.background import is_working
from alliance_desktop.ui.covering import clear_own_clipboard, close_all_above
from alliance_desktop.ui.guarded import Guarded
from alliance_desktop.ui.preedit import commit_preedit
from alliance_desktop.ui.work import Work
from alliance_desktop.wiring.last_backup import LastBackup
from alliance_desktop.wiring.opening import Opening
from alliance_desktop.wiring.parts import Parts
from alliance_desktop.wiring.replacing import Replacing
from alliance_desktop.wiring.restoring import is_good_news


class Leaving:
    """Locks and closes: cover, write, keep the place, close, and let a fresh process take over."""

    def __init__(self, parts: Parts, opening: Opening, replacing: Replacing) -> None:
        self._parts, self._opening, self._replacing = parts, opening, replacing
        self._last_backup = LastBackup()

    def lock(self, then: Callable[[], str] | None = None) -> None:
        """Cover, write, close, and let a fresh process take over: never a question.

        Words the disk does not take are held until it does, and the process with them. `then` is done once the vault
        is closed, and what it answers is said on the lock page.
        """
        parts = self._parts
        vault, work = parts.vault, parts.work
        if vault is None:
            self._lock_page()
            return
        in_order = False
        backup: BackingUp | None = None
        try:
            commit_preedit(self._at_hand())
            page = self._opening.unlock_page(vault.folder)
            self._replacing.hold(page)
            parts.window.lock_with(page)
            if work is not None:
                self._put_away(vault, work)
            # One that is restored comes with a backup of its own, made before.
            vault.history.write_owed_pages()
            backup = vault.backups.automatic() if then is None else None
            in_order = True
        finally:
            handover = self._replacing.handover(vault.folder, fault=not in_order)
            # Whatever went wrong in the program, the vault does not stay open behind an unlock page.
            self._replacing.close_in_time(handover, partial(self._let_go, vault))
            parts.window.drop_workspace()
            if work is not None:
                work.deleteLater()
            if not in_order:
                # The fault is to be reported before the process that met it goes.
                QTimer.singleShot(0, parts.window, partial(self._replacing.replace, handover))
        if then is not None:
            handover = msgspec.structs.replace(handover, said=then())
            parts.say(handover.said, urgent=not is_good_news(handover.said))
        if backup is None and is_working():
            # A backup to a slow stick is not to be cut off by a lock.
            self._replacing.replace_when_free(vault.folder, handover.said)
        elif backup is None:
            self._replacing.replace(handover)
        else:
            # The vault is closed already; the backup has its own hold on the pages and its own copy of the key.
            self._last_backup.write(backup, partial(self._replacing.replace_when_free, vault.folder))

    def close(self) -> None:
        """Write everything and let the vault go; the window stays where the disk does not take the words."""
        parts = self._parts
        if parts.vault is not None and not self._ended(parts.vault, parts.work):
            return
        if parts.vault is None and self._stay_for_held():
            return
        page = parts.window.page
        if isinstance(page, Guarded):
            page.leave()
        self._last_backup.wait()
        parts.drop_sample()

    def _lock_page(self) -> None:
        """With no vault open, take away what the page holds and the process with it: whoever was there has gone.

        A page that holds nothing stays, and so does one that belongs to no vault yet, without what was typed.
        """
        page = self._parts.window.page
        if not isinstance(page, Guarded) or not (page.holds_secret or self._replacing.waits_elsewhere):
            return
        folder = page.folder
        try:
            if folder is None:
                close_all_above(self._parts.window)
            else:
                self._opening.lock_at(folder)
        finally:
            page.leave()
            clear_own_clipboard()
        if folder is not None:
            self._replacing.replace_when_free(folder)

    def _put_away(self, vault: OpenVault, work: Work) -> None:
        """Write what is open and keep the place; what is not taken is held, also where a fault cut it short."""
        try:
            if not work.flush() and vault.free_reserve():
                work.flush()
        finally:
            # Only now does a card that was written for the first time have the entry to come back to.
            place = work.end()
            self._parts.held.keep(vault.folder, work.pages.unwritten(), place)
            work.pages.leave(place)

    def _let_go(self, vault: OpenVault) -> None:
        self._parts.vault = self._parts.work = None
        self._parts.forget_recovery()
        clear_own_clipboard()
        vault.close()

    def _ended(self, vault: OpenVault, work: Work | None) -> bool:
        """Close the vault and answer True; False where words are not on the disk, and the window stays."""
        parts, in_order = self._parts, False
        try:
            commit_preedit(self._at_hand())
            if work is not None and not (work.flush() or (vault.free_reserve() and work.flush())):
                self._stay_with(work)
                in_order = True
                return False
            if work is not None:
                work.pages.leave(work.end())
            vault.history.write_owed_pages()
            backup = vault.backups.automatic()
            self._let_go(vault)
            in_order = True
            if backup is not None:
                parts.window.hide()
                self._last_backup.write_now(backup)
        finally:
            if not in_order:
                self._lock_after_fault()
        return True

    def _lock_after_fault(self) -> None:
        """Lock instead of closing; words that could not be written are still held then."""
        try:
            self.lock()
        finally:
            self._stay_for_held()

    def _stay_with(self, work: Work) -> None:
        """Stay, say why, and bring the page with the unsaved words to the front."""
        window = self._parts.window
        window.stay()
        held.show_unwritten(work.workspace, work.pages)
        self._parts.say(held.NOT_CLOSED, held.NOT_CLOSED_NEXT)
        if window.is_hiding:
            window.paused.say_still_open()

    def _stay_for_held(self) -> bool:
        """Stay once where words would go with the window, say so, and answer whether it stays."""
        parts = self._parts
        said = getattr(getattr(parts.window.page, "notice", None), "sentence", "")
        stays = parts.held.waits() and said != held.NOT_YET_SAVED
        if stays:
            parts.say(held.NOT_YET_SAVED, held.NOT_YET_SAVED_NEXT)
            parts.window.stay()
        return stays

    def _at_hand(self) -> QWidget | None:
        return self._parts.window.focusWidget()
