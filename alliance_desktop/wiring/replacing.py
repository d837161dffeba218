"""At the lock a fresh process takes the place of this one: the same page, at the same place, with nothing in memory."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QByteArray, Qt, QTimer

from alliance_desktop.domain.look import Appearance
from alliance_desktop.services.process import Deadline, Handover
from alliance_desktop.ui import held
from alliance_desktop.ui.background import is_working
from alliance_desktop.ui.curtain import Curtain, go_after_all, leave_standing
from alliance_desktop.ui.unlock import Unlock
from alliance_desktop.wiring.parts import Parts

_TYPING_MS = 3_000
SAMPLE_PREFIX = "alliance-sample-"
STILL_IN_MEMORY = "The notes are locked, but the program could not be started afresh."
STILL_IN_MEMORY_NEXT = "Close it and start it again, so that nothing of them is left in the computer's memory."


class Replacing:
    """Hands over to a fresh process, and takes over from the one before."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def handover(self, folder: Path, *, fault: bool = False) -> Handover:
        """Return what the fresh process needs to stand where this one stands, at the lock page of a vault."""
        window = self._parts.window
        return Handover(
            vault=folder.absolute(),
            sample=self._parts.sample_folder,
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

    def replace(self, handover: Handover) -> None:
        """Let a fresh process take over; not while words are held that only this one knows, which the page says."""
        parts = self._parts
        if parts.held.waits():
            parts.say(held.WAITING, held.WAITING_NEXT)
            return
        if parts.world.relaunch is None:
            return
        if parts.claim is not None:
            parts.claim.release()
        parts.world.relaunch(msgspec.structs.replace(handover, curtain=leave_standing(parts.window)))
        # The system refused; the notes are locked all the same.
        go_after_all()
        if parts.claim is not None:
            parts.claim.take(handover.vault)
        parts.say(STILL_IN_MEMORY, STILL_IN_MEMORY_NEXT)

    def replace_when_free(self, folder: Path, said: str = "") -> None:
        """Replace the process once nothing is written and nobody types a passphrase; not where one was taken."""
        page = self._parts.window.page
        if self._parts.vault is not None:
            return
        if is_working() or (isinstance(page, Unlock) and page.is_being_used):
            QTimer.singleShot(_TYPING_MS, self._parts.window, partial(self.replace_when_free, folder, said))
            return
        self.replace(msgspec.structs.replace(self.handover(folder), said=said))

    def take_over(self, handover: Handover) -> None:
        """Look and stand as the window of the process before."""
        parts = self._parts
        window = parts.window
        if handover.sample is not None and _is_sample(handover.sample):
            parts.sample_folder = handover.sample
        if handover.appearance in set(Appearance):
            window.look.show(handover.appearance, handover.text_scale)
        window.restoreGeometry(QByteArray.fromBase64(handover.geometry.encode("ascii", "replace")))
        # A window that locked behind other work does not come before it.
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not handover.active)
        Curtain(window, handover.curtain)
        if handover.minimised:
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMinimized)


def _is_sample(folder: Path) -> bool:
    """Say whether a folder is one this program makes for a sample; it is taken away at the end, so no other will do."""
    return folder.parent == Path(tempfile.gettempdir()) and folder.name.startswith(SAMPLE_PREFIX)
