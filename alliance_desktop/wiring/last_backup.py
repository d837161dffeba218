"""The backup that a lock or the end of the program asks for, written once the vault is closed."""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QThreadPool

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.backup_work import BackingUp
from alliance_desktop.ui.background import Background


class LastBackup:
    """Writes one backup at a time; one that cannot be written is no news at a lock, the reminder tells of it."""

    def write(self, work: BackingUp, then: Callable[[], object]) -> None:
        """Write it beside the window, then go on in the window's thread, however it went."""
        background = Background(work)
        background.ended.connect(then)
        background.start()

    def write_now(self, work: BackingUp) -> None:
        """Write it here and now: the window is gone and the program about to end."""
        with suppress(KnownError):
            work()

    def wait(self) -> None:
        """Let what is being written come to its end."""
        QThreadPool.globalInstance().waitForDone()
