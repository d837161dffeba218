"""What the program is made of, and what is open in it just now."""

# What only an open vault needs is imported where it is used: the first page is to be on screen at once. While the
# passphrase is typed and tried, `ahead.py` fetches it.
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from alliance_desktop.services.machine import Machine
from alliance_desktop.ui.window import MainWindow
from alliance_desktop.wiring.world import World

if TYPE_CHECKING:
    from alliance_desktop.keys.keyfile import Secrets
    from alliance_desktop.services.access import Access, OpenVault
    from alliance_desktop.services.forms import FormFiles, Forms
    from alliance_desktop.services.preferences import Preferences
    from alliance_desktop.ui.capture import Capture
    from alliance_desktop.ui.held import HeldWords
    from alliance_desktop.ui.key_life.needs import KeyNeeds
    from alliance_desktop.ui.new_passphrase import PassphraseRules
    from alliance_desktop.ui.second_start import Claim
    from alliance_desktop.ui.triggers import Triggers
    from alliance_desktop.ui.work import Work
    from alliance_desktop.ui.workspace import Workspace


class Parts:
    """One window, at most one open vault with the work in it, and what both are made with."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.machine = world.machine or Machine.of_this_computer()
        self.window = MainWindow(idle=world.idle, paused=world.paused)
        self.vault: OpenVault | None = None
        self.work: Work | None = None
        self._workspace: Workspace | None = None
        self.recovered_by: Secrets | None = None
        self.sample_folder: Path | None = None
        if world.block is not None:
            # It sees windows open: so it is there before the first does.
            self.capture.set_wanted(True)

    @cached_property
    def triggers(self) -> "Triggers":
        """What locks beside idleness."""
        from alliance_desktop.ui.triggers import Triggers

        return Triggers(self.window, self.world.slept)

    @cached_property
    def capture(self) -> "Capture":
        """What keeps the windows out of screenshots and recordings."""
        from alliance_desktop.ui.capture import Capture

        return Capture(self.world.block)

    @cached_property
    def claim(self) -> "Claim | None":
        """The claim on one vault at a time; None where any number of windows may have it."""
        return self.world.make_claim(self.machine.folder) if self.world.make_claim is not None else None

    @cached_property
    def held(self) -> "HeldWords":
        """Words that the disk did not take."""
        from alliance_desktop.ui.held import HeldWords

        return HeldWords(lambda: self.vault)

    @cached_property
    def form_files(self) -> "FormFiles":
        """The files of all forms, to be read a little at a time."""
        from alliance_desktop.resources import resource
        from alliance_desktop.services.forms import FormFiles

        return FormFiles(resource("forms"))

    @cached_property
    def forms(self) -> "Forms":
        """Every shipped version of every form."""
        return self.form_files.all()

    @cached_property
    def access(self) -> "Access":
        """The ways into a vault."""
        from alliance_desktop.services.access import Access

        return Access(self.forms, self.world.now, self.world.random, self.world.kdf, self.machine)

    @cached_property
    def rules(self) -> "PassphraseRules":
        """What is good enough as a passphrase."""
        from alliance_desktop.keys import passphrase
        from alliance_desktop.ui.new_passphrase import PassphraseRules

        suggest = partial(passphrase.suggest, self.world.random)
        return PassphraseRules(passphrase.problems, passphrase.strength, suggest)

    def make_workspace(self) -> None:
        """Make the workspace before there is a vault to work in, so that no unlocking waits for it."""
        from alliance_desktop.ui.workspace import Workspace

        self._workspace = self._workspace or Workspace()

    def take_workspace(self) -> "Workspace":
        """Return a workspace that nobody has used."""
        self.make_workspace()
        taken, self._workspace = self._workspace, None
        assert taken is not None
        return taken

    def say(self, sentence: str, next_step: str = "", *, urgent: bool = True) -> None:
        """Say something, mostly urgent, in the bar of whatever the window shows, or covers."""
        from alliance_desktop.ui.notice import Notice

        notice = self.work.workspace.notice if self.work is not None else getattr(self.window.page, "notice", None)
        if isinstance(notice, Notice):
            notice.say(sentence, next_step, urgent=urgent)

    def follow(self, kept: "Preferences") -> None:
        """Let the window look, lock and show itself to other programs as the preferences say."""
        self.show_look(kept.appearance, kept.text_scale)
        self.window.idle.set_minutes(kept.lock_minutes)
        self.triggers.locks_minimised = kept.lock_minimised
        self.capture.set_wanted(kept.out_of_captures)

    def show_look(self, appearance: str, text_scale: int) -> None:
        """Let the window look so, where it does not yet."""
        look = self.window.look
        if (appearance, text_scale) != (look.appearance, look.text_scale):
            look.show(str(appearance), text_scale)

    def remember_look(self) -> None:
        """Let the pages before a vault is open look so at the next start; the sample is nobody's own."""
        look = self.window.look
        if self.sample_folder is None:
            self.machine.keep_look(look.appearance, look.text_scale)

    def print_sheets(self, parent: QWidget, svgs: list[bytes], paper: str) -> bool:
        """Print pages; False where the dialog was left."""
        if self.world.print_sheets is not None:
            return self.world.print_sheets(parent, svgs, paper)
        # Loading the printing library looks for printers; nothing does so before somebody wants to print.
        from alliance_desktop.ui.printing import print_sheets

        return print_sheets(parent, svgs, paper)

    def key_needs(self, folder: Path) -> "KeyNeeds":
        """Return what the pages of the keys need for a vault."""
        from alliance_desktop.ui.key_life.needs import KeyNeeds
        from alliance_desktop.wiring.sheets import Sheets

        sheets = Sheets(self)
        kept = self.vault.settings.preferences() if self.vault is not None else None
        usual = kept.paper if kept is not None else "a4"
        return KeyNeeds(self.rules, sheets.recovery, self.world.random, folder, sheets.executor, usual)

    def forget_recovery(self) -> None:
        """Overwrite the key that came from a recovery sheet."""
        if self.recovered_by is not None:
            self.recovered_by.forget()
            self.recovered_by = None

    def drop_sample(self) -> None:
        """Take away the folder of the sample, which this program made for itself."""
        if self.sample_folder is not None and (self.vault is None or not self.vault.sample):
            from alliance_desktop.storage import sample_folder

            sample_folder.remove(self.sample_folder)
            self.sample_folder = None
