"""At the lock a fresh process takes the place of this one: the same page, at the same place, with nothing in memory."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QByteArray, Qt, QTimer

from alliance_desktop.domain.look import Appearance
from alliance_desktop.services.process import Deadline, Handover
from alliance_desktop.storage import sample_folder
from alliance_desktop.ui import held
from alliance_desktop.ui.background import is_working
from alliance_desktop.ui.curtain import Curtain, leave_standing
from alliance_desktop.ui.unlock import Unlock
from alliance_desktop.wiring.parts import Parts

_TYPING_MS = 3_000
_PATIENCE_MS = 5_000
STILL_IN_MEMORY = "The notes are locked, but the program could not be started afresh."
STILL_IN_MEMORY_NEXT = "Close it and start it again, so that nothing of them is left in the computer's memory."


class Replacing:
    """Hands over to a fresh process, and takes over from the one before."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._due: tuple[Path, str] | None = None
        self._again = QTimer(parts.window, singleShot=True, interval=_TYPING_MS)
        self._again.timeout.connect(self.look)
        parts.window.page_shown.connect(self._look_soon)

    @property
    def waits_elsewhere(self) -> bool:
        """Whether the process is still to be replaced, and the page it is to be replaced at is not shown."""
        return self._due is not None and not self._is_at(self._due[0])

    def handover(self, folder: Path, *, fault: bool = False) -> Handover:
        """Return what the fresh process needs to stand where this one stands, at the lock page of a vault."""
        window, sample = self._parts.window, self._parts.sample_folder
        return Handover(
            vault=folder.absolute(),
            sample=sample,
            sample_mark=sample_folder.mark_of(sample) if sample is not None else "",
            geometry=bytes(window.saveGeometry().toBase64().data()).decode("ascii"),
            minimised=window.isMinimized(),
            active=window.isActiveWindow(),
            appearance=str(window.look.appearance),
            text_scale=window.look.text_scale,
            fault=fault,
        )

    def close_in_time(self, handover: Handover, close: Callable[[], object]) -> None:
        """Close the vault; where that hangs, the process is replaced without waiting, which harms no note."""
        relaunch = self._parts.world.relaunch
        if relaunch is None or self._parts.held.waits():
            close()
            return
        with Deadline(partial(relaunch, handover)):
            close()

    def hold(self, page: Unlock) -> None:
        """Let a lock page take no words while the process is about to be replaced: they would go with it."""
        if self._parts.world.relaunch is None or self._parts.held.waits():
            return
        page.wait()
        # Whatever goes wrong on the way, nobody stays before a page that takes nothing.
        QTimer.singleShot(_PATIENCE_MS, page, page.be_ready)

    def replace(self, handover: Handover) -> None:
        """Let a fresh process take over; not while words are held that only this one knows, which the page says."""
        parts = self._parts
        self._due = None
        page = self._lock_page
        if parts.held.waits():
            if page is not None:
                page.be_ready()
            parts.say(held.WAITING, held.WAITING_NEXT)
            return
        if parts.world.relaunch is None:
            return
        if page is not None:
            # What the picture of it shows takes no words either.
            page.wait()
        if parts.claim is not None:
            parts.claim.release()
        try:
            number, line = leave_standing(parts.window)
            parts.world.relaunch(msgspec.structs.replace(handover, curtain=number, curtain_line=line))
        finally:
            # Here only where it did not come about; the notes are locked all the same.
            if page is not None:
                page.be_ready()
            if parts.claim is not None:
                parts.claim.take(handover.vault)
        parts.say(STILL_IN_MEMORY, STILL_IN_MEMORY_NEXT)

    def replace_when_free(self, folder: Path, said: str = "") -> None:
        """Replace the process once nothing is written and the lock page of a vault stands there unused."""
        self._due = (folder, said)
        self.look()

    def look(self) -> None:
        """Replace the process where that is due and disturbs nobody."""
        # Whoever opens the vault, makes another or looks for a backup is not disturbed; the way back looks again.
        page = self._lock_page
        if self._due is None or page is None or not self._is_at(self._due[0]):
            return
        folder, said = self._due
        if is_working() or self._parts.window.is_reading or page.holds_secret:
            page.be_ready()
            self._again.start()
        else:
            self.replace(msgspec.structs.replace(self.handover(folder), said=said))

    @property
    def _lock_page(self) -> Unlock | None:
        page = self._parts.window.page
        return page if isinstance(page, Unlock) else None

    def _is_at(self, folder: Path) -> bool:
        page = self._lock_page
        return page is not None and page.folder.absolute() == folder.absolute()

    def _look_soon(self) -> None:
        """Look once whoever comes back to a lock page has had the time to begin typing."""
        if self._due is not None:
            self._again.start()

    def take_over(self, handover: Handover) -> None:
        """Look and stand as the window of the process before."""
        parts = self._parts
        window = parts.window
        if handover.sample is not None and sample_folder.is_own(handover.sample, handover.sample_mark):
            parts.sample_folder = handover.sample
        if handover.appearance in set(Appearance):
            window.look.show(handover.appearance, handover.text_scale)
        window.restoreGeometry(QByteArray.fromBase64(handover.geometry.encode("ascii", "replace")))
        # A window that locked behind other work does not come before it.
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not handover.active)
        Curtain(window, handover.curtain, handover.curtain_line)
        if handover.minimised:
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMinimized)
