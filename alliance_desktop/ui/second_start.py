"""One window for each vault: a second start brings the first one forward instead of fighting over the files."""

import hashlib
import os
import time
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from alliance_desktop.services.machine import CLAIM, CLAIM_LOCK
from alliance_desktop.services.small_file import is_small_file, put_small, read_small

ANSWER_SECONDS = 2.0
_LOOK_SECONDS = 0.02
_LONGEST_TOKEN = 256


class Claimed(StrEnum):
    """What came of claiming a vault."""

    OURS = "ours"
    BROUGHT_FORWARD = "another window has it and came forward"
    IN_USE = "another window has it and does not answer"


IN_THE_WAY = {
    Claimed.BROUGHT_FORWARD: (
        "This vault is open in another window, which was brought to the front.",
        "Go on there, or lock that window first.",
    ),
    Claimed.IN_USE: (
        "This vault is in use by another window of this program, which does not answer.",
        "Close that window, or wait until it has ended, and then unlock here.",
    ),
}
"""What came of it in words, with the next step."""


class Claim(QObject):
    """This program's claim on one vault at a time, among the programs of the same user on this computer.

    It lies in the folder for local state and tells nothing of the vault. `knocked` comes when another start of the
    program asks for the window.
    """

    knocked = Signal()

    def __init__(self, folder: Path, seconds: float = ANSWER_SECONDS) -> None:
        super().__init__()
        self._folder, self._seconds = folder, seconds
        self._name = ""
        self._lock: QLockFile | None = None
        self._watch = QFileSystemWatcher(self)
        self._watch.directoryChanged.connect(self._look)

    def take(self, vault: Path) -> Claimed:
        """Claim a vault and let the one before go; where another window has it, that one is asked to come forward."""
        name = _name_of(vault)
        if name == self._name:
            return Claimed.OURS
        self.release()
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            # A computer that keeps nothing is no fault; the database's own lock still stands between two windows.
            return Claimed.OURS
        locking = self._folder / f"{name}{CLAIM_LOCK}"
        if not _is_lockable(locking):
            return Claimed.OURS
        lock = QLockFile(str(locking))
        lock.setStaleLockTime(0)
        if not _is_taken(lock):
            return Claimed.BROUGHT_FORWARD if self._knock(name) else Claimed.IN_USE
        self._name, self._lock = name, lock
        with suppress(OSError):
            self._knocking(name).unlink(missing_ok=True)
        self._watch.addPath(str(self._folder))
        return Claimed.OURS

    def is_free(self, vault: Path) -> bool:
        """Say, without claiming it, whether nothing tells of another window that has a vault."""
        return not os.path.lexists(self._folder / f"{_name_of(vault)}{CLAIM_LOCK}")

    def release(self) -> None:
        """Let the vault go, for another window or for the process that follows this one."""
        if self._lock is not None:
            self._watch.removePath(str(self._folder))
            self._lock.unlock()
        self._name, self._lock = "", None

    def _knock(self, name: str) -> bool:
        """Ask the window that has the vault to come forward; answer whether it did in time."""
        knocking = self._knocking(name)
        try:
            # Wayland lets a window come forward only with the token that the desktop gave to this start.
            put_small(knocking, os.fsencode(os.environ.get("XDG_ACTIVATION_TOKEN", ""))[:_LONGEST_TOKEN])
        except OSError:
            return False
        until = time.monotonic() + self._seconds
        while knocking.exists():
            if time.monotonic() > until:
                with suppress(OSError):
                    knocking.unlink(missing_ok=True)
                return False
            time.sleep(_LOOK_SECONDS)
        return True

    def _look(self) -> None:
        """See whether somebody knocks; taking the file away is the answer."""
        knocking = self._knocking(self._name)
        try:
            token = os.fsdecode(read_small(knocking, _LONGEST_TOKEN))
            knocking.unlink()
        except OSError:
            return
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token
        self.knocked.emit()

    def _knocking(self, name: str) -> Path:
        return self._folder / f"{name}.knock"


def _is_lockable(path: Path) -> bool:
    """Say whether Qt can be given this lock: it reads whatever lies there, also a pipe that never answers."""
    try:
        return is_small_file(path)
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _is_taken(lock: QLockFile) -> bool:
    """Take the lock; also one that this very process left when it was replaced without time to tidy up."""
    if lock.tryLock(0):
        return True
    if lock.error() is not QLockFile.LockError.LockFailedError:
        return True
    holder, _computer, _program = lock.getLockInfo()
    return holder == os.getpid() and lock.removeStaleLockFile() and lock.tryLock(0)


def _name_of(vault: Path) -> str:
    """Return the name of the files for a vault, which does not tell where it lies."""
    return f"{CLAIM}{hashlib.sha256(b'open here' + os.fsencode(os.path.realpath(vault))).hexdigest()[:32]}"


def activate(window: QWidget) -> None:
    """Bring the window to the front, for a second start of the program."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)
