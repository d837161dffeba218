"""A backup takes the vault's place: from the work, which is locked for it, or from the page of a locked vault."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.backup_work import Restored
from alliance_desktop.services.backups import put_in_place
from alliance_desktop.services.locked_backups import LockedBackups
from alliance_desktop.ui.open_backup import OpenBackup
from alliance_desktop.wiring.parts import Parts

RESTORED = "The backup is restored."
DONE = f"{RESTORED} Unlock it as usual."
DONE_WITH_OLDER_KEYS = (
    f"{RESTORED} It opens with the passphrase and the recovery sheet of the day it was made, not with those that took "
    "their place."
)
KEPT = "The vault as it was before is kept beside it, as {name}."


def is_good_news(said: str) -> bool:
    """Say whether what a lock page says is that a backup was restored; anything else there is a fault."""
    return said.startswith(RESTORED)


class Restoring:
    """Shows the backups of a locked vault, and lets a restored one take a closed vault's place."""

    def __init__(self, parts: Parts, show_unlock: Callable[[Path], None]) -> None:
        self._parts, self._show_unlock = parts, show_unlock

    def show_backups(self, folder: Path) -> None:
        """Show the page that opens a backup of a locked vault."""
        page = OpenBackup(LockedBackups(folder, self._parts.world.now))
        page.closed.connect(lambda: self._show_unlock(folder))
        page.restored.connect(lambda restored: self._restored(folder, restored))
        self._parts.window.show_page(page)
        page.begin()

    def put(self, folder: Path, restored: Restored) -> str:
        """Let a restored vault take the place of one that is closed; return what to say of it."""
        try:
            aside = put_in_place(folder, restored, self._parts.world.now, self._parts.machine)
        except KnownError as fault:
            return str(fault)
        done = DONE_WITH_OLDER_KEYS if restored.older_keys else DONE
        return f"{done} {KEPT.format(name=aside.name)}" if aside.is_dir() else done

    def after_lock(self, folder: Path, restored: Restored) -> Callable[[], str]:
        """Return what a lock is to do once the vault is closed."""
        return partial(self.put, folder, restored)

    def _restored(self, folder: Path, restored: Restored) -> None:
        said = self.put(folder, restored)
        self._show_unlock(folder)
        self._parts.say(said, urgent=not is_good_news(said))
