"""The only place that makes the vault, the services and the window, and joins them."""

import datetime
import os
import shutil
import sys
import tempfile
import tomllib
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.look import Appearance
from alliance_desktop.keys import passphrase
from alliance_desktop.keys.derivation import Kdf
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.resources import resource
from alliance_desktop.services import sample
from alliance_desktop.services.access import Access, OpenVault, Sealed, sheet_of
from alliance_desktop.services.forms import load_forms
from alliance_desktop.services.machine import Machine
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.stamps import Now, Random
from alliance_desktop.ui import held
from alliance_desktop.ui.application import load_other_scripts
from alliance_desktop.ui.covering import clear_own_clipboard
from alliance_desktop.ui.file_dialog import choose_file
from alliance_desktop.ui.first_run.needs import FirstChoices, FirstRunNeeds, MadeVault
from alliance_desktop.ui.first_run.paper import SheetPaper
from alliance_desktop.ui.first_run.wizard import FirstRun
from alliance_desktop.ui.idle import Idle
from alliance_desktop.ui.input_watch import InputWatch
from alliance_desktop.ui.new_passphrase import PassphraseRules
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.pages import Needed
from alliance_desktop.ui.paused import Paused
from alliance_desktop.ui.preedit import commit_preedit
from alliance_desktop.ui.preview_page import AskPath, PrintSheets
from alliance_desktop.ui.set_passphrase import SetPassphrase
from alliance_desktop.ui.unlock import Unlock
from alliance_desktop.ui.window import MainWindow
from alliance_desktop.ui.work import Work

FAULT = "Something in the program went wrong."
FAULT_NEXT = "What you wrote is kept as you type. A report without your words was put aside; close and start again."
FAULT_NEXT_LOCKED = "A report without your words was put aside. Try again, or close and start again."
CHOICES_NOT_KEPT = "Your two choices could not be saved. They can be made again under Settings."


class World(NamedTuple):
    """What the program takes from the world, so that a test can hand in its own."""

    now: Now = lambda: datetime.datetime.now(datetime.UTC)
    random: Random = os.urandom
    machine: Machine | None = None
    home: Path | None = None
    kdf: Kdf | None = None
    idle: Idle | None = None
    paused: Paused | None = None
    print_sheets: PrintSheets | None = None
    ask_path: AskPath = choose_file


class Program(QObject):
    """The running program: one window, at most one open vault."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._machine = world.machine or Machine.of_this_computer()
        self.forms = load_forms(resource("forms"))
        self.access = Access(self.forms, world.now, world.random, world.kdf)
        self.window = MainWindow(idle=world.idle, paused=world.paused)
        self.vault: OpenVault | None = None
        self.work: Work | None = None
        self._sample_folder: Path | None = None
        self._recovered_by: Secrets | None = None
        self._held = held.HeldWords(lambda: self.vault)
        self._rules = PassphraseRules(
            passphrase.problems, passphrase.strength, partial(passphrase.suggest, world.random)
        )
        self.window.command_asked.connect(self._obey)
        self.window.lock_asked.connect(self.lock)
        self.window.closing.connect(self._close)
        self.window.look.changed.connect(self._keep_look)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._input = InputWatch(app)
            self.window.watch(self._input)

    def begin(self, folder: Path | None = None, *, demo: bool = False) -> None:
        """Show the first page: the sample, the vault named, the one opened last, or the first run."""
        known = folder or self._machine.last_vault()
        if demo:
            self.open_sample()
        elif known is not None:
            self.show_unlock(known)
        else:
            self.show_first_run()
        QTimer.singleShot(0, self, load_other_scripts)

    def show_first_run(self, made: MadeVault | None = None, back_to: Path | None = None) -> None:
        """Show the pages that make a vault, or open one that exists.

        Of a vault already made it is its recovery sheet; `back_to` is the locked vault that one can go back to.
        """
        paper = SheetPaper(self.window, self._world.now, self._print, self._world.ask_path)
        needs = FirstRunNeeds(
            create=self._create,
            rules=self._rules,
            print_sheet=paper.print,
            save_sheet=paper.save,
            random=self._world.random,
            home=self._world.home if self._world.home is not None else usual_place(Path.home()),
        )
        page = FirstRun(needs)
        page.existing_chosen.connect(self.show_unlock)
        page.sample_asked.connect(self.open_sample)
        page.finished.connect(self._first_opened)
        if back_to is not None:
            page.welcome.offer_back()
            page.back_asked.connect(lambda: self.show_unlock(back_to))
        if made is not None:
            page.resume(made)
        self.window.show_page(page)

    def show_unlock(self, folder: Path) -> None:
        """Show the page that unlocks a vault."""
        self.window.show_page(self._unlock_page(folder))

    def open_sample(self) -> None:
        """Open a fresh sample caseload in a folder of its own, which goes with the program."""
        self._drop_sample()
        self._sample_folder = Path(tempfile.mkdtemp(prefix="alliance-sample-"))
        text = resource("sample", "caseload.toml").read_text(encoding="utf-8")
        self._opened(self.access.make_sample(self._sample_folder / sample.FOLDER, text))

    def lock(self) -> None:
        """Cover, write, close: never a question. Words the disk does not take are held until it does."""
        vault, work = self.vault, self.work
        if vault is None:
            return
        try:
            commit_preedit(self.window.focusWidget())
            self.window.lock_with(self._unlock_page(vault.folder))
            if work is not None:
                self._put_away(vault, work)
        finally:
            # Whatever went wrong in the program, the vault does not stay open behind an unlock page.
            self._let_go(vault)
            self.window.drop_workspace()
            if work is not None:
                work.deleteLater()

    def report(self, kind: type[BaseException], _value: BaseException, trace: TracebackType | None) -> None:
        """Keep a report of a fault of the program, without words and values, and say so in the window."""
        self._machine.report(kind, trace)
        # A program started without a terminal may have none.
        if sys.stderr is not None:
            sys.stderr.write(f"{FAULT} ({kind.__name__})\n")
        self._say(FAULT, FAULT_NEXT if self.work is not None else FAULT_NEXT_LOCKED)

    def _put_away(self, vault: OpenVault, work: Work) -> None:
        """Write what is open and keep the place; what is not taken is held, also where a fault cut it short."""
        try:
            work.pages.flush()
        finally:
            # Only now does a card that was written for the first time have the entry to come back to.
            place = work.end()
            self._held.keep(vault.folder, work.pages.unwritten(), place)
            work.pages.leave(place)

    def _let_go(self, vault: OpenVault) -> None:
        self.vault = self.work = None
        if self._recovered_by is not None:
            self._recovered_by.forget()
            self._recovered_by = None
        clear_own_clipboard()
        vault.close()

    def _unlock_page(self, folder: Path) -> Unlock:
        page = Unlock(folder, self.access.unlock, self.access.recover)
        page.unlocked.connect(lambda secrets: self._unlocked(page, secrets))
        page.recovered.connect(lambda secrets: self._recovered(page, secrets))
        page.other_asked.connect(lambda: self.show_first_run(back_to=folder))
        page.new_asked.connect(lambda: self.show_first_run(back_to=folder))
        if self._sample_folder is not None and folder.is_relative_to(self._sample_folder):
            page.notice.say("This is the sample caseload.", f"Its passphrase is: {sample.PASSPHRASE}")
        return page

    def _unlocked(self, page: Unlock, secrets: Secrets) -> None:
        try:
            vault = self.access.open(page.folder, secrets)
        except KnownError as fault:
            page.show_error(fault)
            return
        if self._machine.unproved(page.folder):
            vault.close()
            self.show_first_run(MadeVault(page.folder, sheet_of(secrets).groups, secrets))
            return
        secrets.forget()
        self._opened(vault)

    def _recovered(self, page: Unlock, secrets: Secrets) -> None:
        """After the recovery sheet, ask for a new passphrase before anything is shown."""
        try:
            vault = self.access.open(page.folder, secrets)
        except KnownError as fault:
            page.show_error(fault)
            return
        self.vault, self._recovered_by = vault, secrets
        seal = partial(self.access.seal_new, vault.folder, vault.key_generation, secrets)
        asking = SetPassphrase(self._rules, seal)
        asking.changed.connect(lambda sealed: self._set(asking, vault, sealed))
        self.window.idle.set_minutes(vault.settings.preferences().lock_minutes)
        self.window.show_page(asking, is_open=True)

    def _set(self, asking: SetPassphrase, vault: OpenVault, sealed: Sealed) -> None:
        if self.vault is not vault:
            # Locked while the passphrase was being sealed; the one before still holds.
            return
        try:
            vault.install(sealed)
        except KnownError as fault:
            asking.show_error(fault)
            return
        if self._recovered_by is not None:
            self._recovered_by.forget()
            self._recovered_by = None
        self._opened(vault)

    def _opened(self, vault: OpenVault) -> None:
        """Show the workspace of a vault that was just opened, where the counsellor left it."""
        self.vault = vault
        kept = vault.settings.preferences()
        self.window.look.show(str(kept.appearance), kept.text_scale)
        self.window.idle.set_minutes(kept.lock_minutes)
        needed = Needed(
            clock=self._world.now,
            rules=self._rules,
            change_passphrase=partial(self.access.seal_change, vault.folder),
            passphrase_changed=vault.install,
            print_sheets=self._print,
            ask_path=self._world.ask_path,
        )
        sources = tomllib.loads(resource("forms_sources.toml").read_text(encoding="utf-8"))
        place = self._held.place(vault.folder)
        try:
            self._held.write()
        finally:
            # Held words that meet a fault of the program do not stand between the vault and its owner.
            if place is not None:
                # The place could not be kept either; the words are wanted where they were written.
                with suppress(KnownError):
                    vault.settings.keep_place(place)
            waiting = self._held.take(vault.folder)
            self._show_work(Work(self.window, vault, needed, sources), waiting)
        if waiting:
            self._say(held.STILL_HELD)
        if not vault.sample:
            self._machine.keep_last_vault(vault.folder)

    def _show_work(self, work: Work, waiting: list[WriteCard]) -> None:
        self.work = work
        work.kept.connect(self._follow)
        self.window.show_workspace(work.workspace)
        work.pages.take_up(waiting)
        work.begin()

    def _say(self, sentence: str, next_step: str = "") -> None:
        """Say something urgent in the bar of whatever the window shows, or covers."""
        notice = self.work.workspace.notice if self.work is not None else getattr(self.window.page, "notice", None)
        if isinstance(notice, Notice):
            notice.say(sentence, next_step, urgent=True)

    def _create(self, folder: Path, words: str) -> MadeVault:
        secrets = self.access.create(folder, words)
        # Should the program end before the sheet is proved, it goes on there at the next unlocking.
        self._machine.keep_last_vault(folder)
        self._machine.keep_unproved(folder)
        return MadeVault(folder, sheet_of(secrets).groups, secrets)

    def _first_opened(self, made: MadeVault, choices: FirstChoices) -> None:
        try:
            vault = self.access.open(made.folder, made.secrets)
        except KnownError:
            # The unlock page says by itself why a vault does not open.
            self.show_unlock(made.folder)
            return
        made.secrets.forget()
        self._machine.keep_proved()
        unkept: KnownError | None = None
        try:
            kept = vault.settings.preferences()
            vault.settings.keep(
                msgspec.structs.replace(kept, lock_minutes=choices.auto_lock_minutes, paper=choices.paper)
            )
        except KnownError as fault:
            # Two small choices, which can be made again; the vault itself is good.
            unkept = fault
        self._opened(vault)
        if unkept is not None:
            self._say(CHOICES_NOT_KEPT, unkept.next_step)

    def _print(self, parent: QWidget, svgs: list[bytes], paper: str) -> bool:
        if self._world.print_sheets is not None:
            return self._world.print_sheets(parent, svgs, paper)
        # Loading the printing library looks for printers; nothing does so before somebody wants to print.
        from alliance_desktop.ui.printing import print_sheets

        return print_sheets(parent, svgs, paper)

    def _follow(self, preferences: object) -> None:
        if self.vault is not None:
            kept, look = self.vault.settings.preferences(), self.window.look
            if (kept.appearance, kept.text_scale) != (look.appearance, look.text_scale):
                look.show(str(kept.appearance), kept.text_scale)
            self.window.idle.set_minutes(kept.lock_minutes)

    def _keep_look(self, appearance: str, text_scale: int) -> None:
        if self.vault is not None and self.work is not None:
            kept = msgspec.structs.replace(
                self.vault.settings.preferences(), appearance=Appearance(appearance), text_scale=text_scale
            )
            self.work.keep(kept)
            self.work.settings.show_preferences(kept)

    def _obey(self, command: str) -> None:
        if self.work is not None:
            self.work.obey(command)

    def _close(self) -> None:
        """Write everything and let the vault go; stay where the disk does not take the words."""
        vault, work = self.vault, self.work
        if vault is not None and not self._ended(vault, work):
            return
        if vault is None and self._stay_for_held():
            return
        self._drop_sample()

    def _ended(self, vault: OpenVault, work: Work | None) -> bool:
        """Close the vault and answer True; False where words are not on the disk, and the window stays."""
        in_order = False
        try:
            commit_preedit(self.window.focusWidget())
            if work is not None and not work.pages.flush():
                self._stay_with(work)
                in_order = True
                return False
            if work is not None:
                work.pages.leave(work.end())
            self._let_go(vault)
            in_order = True
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
        self.window.stay()
        held.show_unwritten(work.workspace, work.pages)
        self._say(held.NOT_CLOSED, held.NOT_CLOSED_NEXT)
        if self.window.is_hiding:
            self.window.paused.say_still_open()

    def _stay_for_held(self) -> bool:
        """Stay once where words would go with the window, say so, and answer whether it stays."""
        said = getattr(getattr(self.window.page, "notice", None), "sentence", "")
        stays = self._held.waits() and said != held.NOT_YET_SAVED
        if stays:
            self._say(held.NOT_YET_SAVED, held.NOT_YET_SAVED_NEXT)
            self.window.stay()
        return stays

    def _drop_sample(self) -> None:
        """Take away the folder of the sample, which this program made for itself."""
        if self._sample_folder is not None and (self.vault is None or not self.vault.sample):
            shutil.rmtree(self._sample_folder, ignore_errors=True)
            self._sample_folder = None


def usual_place(home: Path) -> Path:
    """Return where a counsellor would look for notes: the folder for documents where there is one."""
    documents = home / "Documents"
    return documents if documents.is_dir() else home
