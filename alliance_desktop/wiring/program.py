"""The running program: it begins, obeys, keeps a report of its own faults, and ends."""

import sys
from pathlib import Path
from types import TracebackType

import msgspec
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from alliance_desktop.domain.look import Appearance
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.application import load_other_scripts
from alliance_desktop.ui.input_watch import InputWatch
from alliance_desktop.ui.window import MainWindow
from alliance_desktop.ui.work import Work
from alliance_desktop.wiring.leaving import Leaving
from alliance_desktop.wiring.opening import Opening
from alliance_desktop.wiring.parts import Parts
from alliance_desktop.wiring.world import World

FAULT = "Something in the program went wrong."
FAULT_NEXT = "What you wrote is kept as you type. A report without your words was put aside; close and start again."
FAULT_NEXT_LOCKED = "A report without your words was put aside. Try again, or close and start again."


class Program(QObject):
    """The running program: one window, at most one open vault."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.parts = Parts(world)
        self.opening = Opening(self.parts)
        self.leaving = Leaving(self.parts, self.opening)
        window = self.window
        window.command_asked.connect(self._obey)
        window.lock_asked.connect(self.lock)
        window.closing.connect(self._close)
        window.look.changed.connect(self._keep_look)
        self.input: InputWatch | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.input = InputWatch(app)
            window.watch(self.input)

    @property
    def window(self) -> MainWindow:
        """The one window."""
        return self.parts.window

    @property
    def vault(self) -> OpenVault | None:
        """The vault that is open; None when locked."""
        return self.parts.vault

    @property
    def work(self) -> Work | None:
        """The work in the open vault; None when locked, or before anything of it is shown."""
        return self.parts.work

    def begin(self, folder: Path | None = None, *, demo: bool = False) -> None:
        """Show the first page: the sample, the vault named, the one opened last, or the first run."""
        known = folder or self.parts.machine.last_vault()
        if demo:
            self.opening.open_sample()
        elif known is not None:
            self.opening.show_unlock(known)
        else:
            self.opening.show_first_run()
        QTimer.singleShot(0, self, load_other_scripts)

    def lock(self) -> None:
        """Cover, write, close: never a question."""
        self.leaving.lock()

    def report(self, kind: type[BaseException], _value: BaseException, trace: TracebackType | None) -> None:
        """Keep a report of a fault of the program, without words and values, and say so in the window."""
        self.parts.machine.report(kind, trace)
        # A program started without a terminal may have none.
        if sys.stderr is not None:
            sys.stderr.write(f"{FAULT} ({kind.__name__})\n")
        self.parts.say(FAULT, FAULT_NEXT if self.work is not None else FAULT_NEXT_LOCKED)

    def _close(self) -> None:
        self.leaving.close()

    def _obey(self, command: str) -> None:
        if self.work is not None:
            self.work.obey(command)

    def _keep_look(self, appearance: str, text_scale: int) -> None:
        if self.vault is not None and self.work is not None:
            kept = msgspec.structs.replace(
                self.vault.settings.preferences(), appearance=Appearance(appearance), text_scale=text_scale
            )
            self.work.keep(kept)
            self.work.settings.show_preferences(kept)
