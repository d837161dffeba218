"""The running program: it begins, obeys, keeps a report of its own faults, and ends."""

# What only an open vault, a lock or the end needs is imported where it is used: see `parts.py`.
import sys
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from alliance_desktop.domain.look import Appearance
from alliance_desktop.ui import first_picture
from alliance_desktop.ui.window import MainWindow
from alliance_desktop.wiring.ahead import Ahead
from alliance_desktop.wiring.opening import Opening
from alliance_desktop.wiring.parts import Parts
from alliance_desktop.wiring.world import World

if TYPE_CHECKING:
    from alliance_desktop.services.access import OpenVault
    from alliance_desktop.services.backup_work import Restored
    from alliance_desktop.services.process import Handover
    from alliance_desktop.ui.clipboard import OwnClipboard
    from alliance_desktop.ui.input_watch import InputWatch
    from alliance_desktop.ui.work import Work
    from alliance_desktop.wiring.leaving import Leaving
    from alliance_desktop.wiring.replacing import Replacing

FAULT = "Something in the program went wrong."
FAULT_NEXT = (
    "What you wrote is kept as you type; where a page says that it is not saved, copy its text first. "
    "A report without your words was put aside; close and start again."
)
FAULT_NEXT_LOCKED = "A report without your words was put aside. Try again, or close and start again."


class Program(QObject):
    """The running program: one window, at most one open vault."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.parts = Parts(world)
        self.opening = Opening(self.parts)
        self.opening.restore_asked = self._restore
        window = self.window
        window.command_asked.connect(self._obey)
        window.lock_asked.connect(self.lock)
        window.closing.connect(self._close)
        window.look.changed.connect(self._keep_look)
        self.ahead = Ahead(self.parts)
        self.ahead.first += (self.opening.claim_shown, self._see_input)
        # Before the window is on screen nobody can have done anything in it. Each by itself: none takes another away.
        for act in (self._follow_input, self._follow_system, self._follow_claim, lambda: self.clipboard):
            first_picture.after(act)

    @cached_property
    def clipboard(self) -> "OwnClipboard":
        """What keeps copies of the program's own words short."""
        from alliance_desktop.ui.clipboard import OwnClipboard

        return OwnClipboard(self)

    @cached_property
    def input(self) -> "InputWatch | None":
        """What sees all input of the program."""
        from alliance_desktop.ui.input_watch import InputWatch

        app = QApplication.instance()
        return InputWatch(app) if isinstance(app, QApplication) else None

    def _follow_input(self) -> None:
        if self.input is not None:
            self.window.watch(self.input)
            self.input.active.connect(self.parts.triggers.active)

    def _see_input(self) -> None:
        if self.input is not None:
            self.input.begin()

    def _follow_system(self) -> None:
        self.parts.triggers.lock_asked.connect(self.lock)

    def _follow_claim(self) -> None:
        from alliance_desktop.ui.second_start import activate

        if self.parts.claim is not None:
            self.parts.claim.knocked.connect(partial(activate, self.window))

    @cached_property
    def _replacing(self) -> "Replacing":
        from alliance_desktop.wiring.replacing import Replacing

        return Replacing(self.parts)

    @cached_property
    def leaving(self) -> "Leaving":
        """From the work back to the lock page, or out."""
        from alliance_desktop.wiring.leaving import Leaving

        return Leaving(self.parts, self.opening, self._replacing)

    @property
    def window(self) -> MainWindow:
        """The one window."""
        return self.parts.window

    @property
    def vault(self) -> "OpenVault | None":
        """The vault that is open; None when locked."""
        return self.parts.vault

    @property
    def work(self) -> "Work | None":
        """The work in the open vault; None when locked, or before anything of it is shown."""
        return self.parts.work

    def begin(self, folder: Path | None = None, *, demo: bool = False) -> bool:
        """Show the first page: the sample, the vault named, the one opened last, or the first run.

        False where another window has that vault and was brought to the front: then this start is to end.
        """
        known = folder or self.parts.machine.last_vault()
        self.parts.show_look(*self.parts.machine.look())
        if demo:
            self.opening.open_sample()
        elif known is not None:
            if not self.opening.begin_at(known):
                return False
        else:
            self.opening.show_first_run()
        self.ahead.begin()
        return True

    def take_over(self, handover: "Handover") -> None:
        """Show the lock page that the process before handed over, as it stood there."""
        self._replacing.take_over(handover)
        if not self.opening.begin_at(handover.vault):
            self.opening.show_unlock(handover.vault)
        self.ahead.begin()
        if handover.fault:
            self.parts.say(FAULT, FAULT_NEXT_LOCKED)
        elif handover.said:
            from alliance_desktop.wiring.restoring import is_good_news

            self.parts.say(handover.said, urgent=not is_good_news(handover.said))

    def listen(self) -> None:
        """Listen to the system from the first page on: what it says of sleep, its screen and its users locks."""
        self.ahead.first.append(lambda: self.parts.triggers.listen())

    def lock(self) -> None:
        """Cover, write, close: never a question."""
        self.leaving.lock()

    def report(self, kind: type[BaseException], _value: BaseException, trace: TracebackType | None) -> None:
        """Keep a report of a fault of the program, without words and values, and say so in the window.

        Ctrl+C is none: where `ui/signals.py` does not listen to it, it closes the window.
        """
        if issubclass(kind, KeyboardInterrupt):
            # In a turn of its own: the loop that is to end may not have begun.
            QTimer.singleShot(0, self._end)
            return
        self.parts.machine.report(kind, trace)
        # A program started without a terminal may have none.
        if sys.stderr is not None:
            sys.stderr.write(f"{FAULT} ({kind.__name__})\n")
        self.parts.say(FAULT, FAULT_NEXT if self.work is not None else FAULT_NEXT_LOCKED)

    def _restore(self, restored: "Restored") -> None:
        if self.vault is not None:
            self.leaving.lock(self.opening.restoring.after_lock(self.vault.folder, restored))

    def _end(self) -> None:
        if self.window.close():
            QApplication.quit()

    def _close(self) -> None:
        self.leaving.close()

    def _obey(self, command: str) -> None:
        if command == "blank_pages" or (command == "lost_sheet" and self.work is None):
            from alliance_desktop.services.paper import Sort
            from alliance_desktop.wiring.blank_pages import show_blank_pages

            show_blank_pages(self.parts, Sort.LOST_COMPUTER if command == "lost_sheet" else Sort.CLIENT_PAGE)
        elif self.work is not None:
            self.work.obey(command)

    def _keep_look(self, appearance: str, text_scale: int) -> None:
        self.parts.remember_look()
        if self.vault is not None and self.work is not None:
            from msgspec.structs import replace

            kept = replace(self.vault.settings.preferences(), appearance=Appearance(appearance), text_scale=text_scale)
            self.work.keep(kept)
            self.work.settings.show_preferences(kept)
