"""What the program is made of, and what is open in it just now."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from alliance_desktop.keys import passphrase
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import load_forms
from alliance_desktop.services.machine import Machine
from alliance_desktop.services.preferences import Preferences
from alliance_desktop.storage import sample_folder
from alliance_desktop.ui.capture import Capture
from alliance_desktop.ui.first_run.paper import SheetPaper
from alliance_desktop.ui.held import HeldWords
from alliance_desktop.ui.key_life.needs import KeyNeeds
from alliance_desktop.ui.new_passphrase import PassphraseRules
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.triggers import Triggers
from alliance_desktop.ui.window import MainWindow
from alliance_desktop.ui.work import Work
from alliance_desktop.wiring.world import World


class Parts:
    """One window, at most one open vault with the work in it, and what both are made with."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.machine = world.machine or Machine.of_this_computer()
        self.forms = load_forms(resource("forms"))
        self.access = Access(self.forms, world.now, world.random, world.kdf, self.machine)
        self.window = MainWindow(idle=world.idle, paused=world.paused)
        self.triggers = Triggers(self.window, world.slept)
        self.capture = Capture(world.block)
        self.claim = world.make_claim(self.machine.folder) if world.make_claim is not None else None
        self.vault: OpenVault | None = None
        self.work: Work | None = None
        self.recovered_by: Secrets | None = None
        self.sample_folder: Path | None = None
        self.held = HeldWords(lambda: self.vault)
        self.rules = PassphraseRules(
            passphrase.problems, passphrase.strength, partial(passphrase.suggest, world.random)
        )

    def say(self, sentence: str, next_step: str = "", *, urgent: bool = True) -> None:
        """Say something, mostly urgent, in the bar of whatever the window shows, or covers."""
        notice = self.work.workspace.notice if self.work is not None else getattr(self.window.page, "notice", None)
        if isinstance(notice, Notice):
            notice.say(sentence, next_step, urgent=urgent)

    def follow(self, kept: Preferences) -> None:
        """Let the window look, lock and show itself to other programs as the preferences say."""
        look = self.window.look
        if (kept.appearance, kept.text_scale) != (look.appearance, look.text_scale):
            look.show(str(kept.appearance), kept.text_scale)
        self.window.idle.set_minutes(kept.lock_minutes)
        self.triggers.locks_minimised = kept.lock_minimised
        self.capture.set_wanted(kept.out_of_captures)

    def print_sheets(self, parent: QWidget, svgs: list[bytes], paper: str) -> bool:
        """Print pages; False where the dialog was left."""
        if self.world.print_sheets is not None:
            return self.world.print_sheets(parent, svgs, paper)
        # Loading the printing library looks for printers; nothing does so before somebody wants to print.
        from alliance_desktop.ui.printing import print_sheets

        return print_sheets(parent, svgs, paper)

    def key_needs(self, folder: Path) -> KeyNeeds:
        """Return what the pages of the keys need for a vault."""
        paper = SheetPaper(self.window, self.world.now, self.print_sheets, self.world.ask_path)
        return KeyNeeds(self.rules, paper, self.world.random, folder)

    def forget_recovery(self) -> None:
        """Overwrite the key that came from a recovery sheet."""
        if self.recovered_by is not None:
            self.recovered_by.forget()
            self.recovered_by = None

    def drop_sample(self) -> None:
        """Take away the folder of the sample, which this program made for itself."""
        if self.sample_folder is not None and (self.vault is None or not self.vault.sample):
            sample_folder.remove(self.sample_folder)
            self.sample_folder = None
