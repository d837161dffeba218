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
from typing import Any, NamedTuple

import msgspec
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
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
from alliance_desktop.ui.application import load_other_scripts
from alliance_desktop.ui.file_dialog import choose_file
from alliance_desktop.ui.first_run.needs import FirstChoices, FirstRunNeeds, MadeVault
from alliance_desktop.ui.first_run.wizard import FirstRun
from alliance_desktop.ui.idle import Idle
from alliance_desktop.ui.input_watch import InputWatch
from alliance_desktop.ui.new_passphrase import PassphraseRules
from alliance_desktop.ui.pages import Needed
from alliance_desktop.ui.paused import Paused
from alliance_desktop.ui.preview_page import AskPath, PrintSheets
from alliance_desktop.ui.set_passphrase import SetPassphrase
from alliance_desktop.ui.unlock import Unlock
from alliance_desktop.ui.window import MainWindow
from alliance_desktop.ui.work import Work

FAULT = "Something in the program went wrong."
FAULT_NEXT = "What you wrote is kept as you type. A report without your words was put aside; close and start again."
STILL_HELD = "Some words could not be saved before the vault was locked. They are kept here and tried again."
NOT_YET_SAVED = "Some words could not be saved before the vault was locked."
NOT_YET_SAVED_NEXT = "Make room on the disk and unlock: they are then written. Closing once more lets them go."
RETRY_MS = 30_000


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


class _Held(NamedTuple):
    """What the disk did not take when a vault was locked: whose words, and where the counsellor was."""

    folder: Path
    cards: list[WriteCard]
    place: dict[str, Any]


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
        self._held: list[_Held] = []
        self._retry = QTimer(self, interval=RETRY_MS)
        self._retry.timeout.connect(self._write_held)
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

    def show_first_run(self, made: MadeVault | None = None) -> None:
        """Show the pages that make a vault, or open one that exists; of a vault already made, its recovery sheet."""
        needs = FirstRunNeeds(
            create=self._create,
            rules=self._rules,
            print_sheet=self._print_sheet,
            save_sheet=self._save_sheet,
            random=self._world.random,
            home=self._world.home if self._world.home is not None else usual_place(Path.home()),
        )
        page = FirstRun(needs)
        page.existing_chosen.connect(self.show_unlock)
        page.sample_asked.connect(self.open_sample)
        page.finished.connect(self._first_opened)
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
        if vault is None or work is None:
            return
        self.window.lock_with(self._unlock_page(vault.folder))
        work.pages.flush()
        # Only now does a card that was written for the first time have the entry to come back to.
        place = work.end()
        cards = work.pages.unwritten()
        if cards:
            self._held.append(_Held(vault.folder, cards, place))
        work.pages.leave(place)
        self.vault = self.work = None
        self.window.drop_workspace()
        work.deleteLater()
        _clear_own_clipboard()
        vault.close()

    def report(self, kind: type[BaseException], _value: BaseException, trace: TracebackType | None) -> None:
        """Keep a report of a fault of the program, without words and values, and say so in the window."""
        self._machine.report(kind, trace)
        sys.stderr.write(f"{FAULT} ({kind.__name__})\n")
        if self.work is not None:
            self.work.workspace.notice.say(FAULT, FAULT_NEXT, urgent=True)

    def _unlock_page(self, folder: Path) -> Unlock:
        page = Unlock(folder, self.access.unlock, self.access.recover)
        page.unlocked.connect(lambda secrets: self._unlocked(page, secrets))
        page.recovered.connect(lambda secrets: self._recovered(page, secrets))
        page.other_asked.connect(lambda: self.show_first_run())
        page.new_asked.connect(lambda: self.show_first_run())
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
        self.vault = vault
        seal = partial(self.access.seal_new, vault.folder, vault.key_generation, secrets)
        asking = SetPassphrase(self._rules, seal)
        asking.changed.connect(lambda sealed: self._set(asking, vault, sealed))
        self.window.show_page(asking)

    def _set(self, asking: SetPassphrase, vault: OpenVault, sealed: Sealed) -> None:
        try:
            vault.install(sealed)
        except KnownError as fault:
            asking.show_error(fault)
            return
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
        places = [one.place for one in self._held if one.folder == vault.folder]
        self._write_held()
        if places:
            # The place could not be kept either; the words are wanted where they were written.
            with suppress(KnownError):
                vault.settings.keep_place(places[-1])
        self.work = Work(self.window, vault, needed, sources)
        self.work.kept.connect(self._follow)
        self.window.show_workspace(self.work.workspace)
        self.work.begin()
        if any(one.folder == vault.folder for one in self._held):
            self.work.workspace.notice.say(STILL_HELD, urgent=True)
        if not vault.sample:
            self._machine.keep_last_vault(vault.folder)

    def _create(self, folder: Path, words: str) -> MadeVault:
        secrets = self.access.create(folder, words)
        # Should the program end before the sheet is proved, it goes on there at the next unlocking.
        self._machine.keep_last_vault(folder)
        self._machine.keep_unproved(folder)
        return MadeVault(folder, sheet_of(secrets).groups, secrets)

    def _first_opened(self, made: MadeVault, choices: FirstChoices) -> None:
        try:
            vault = self.access.open(made.folder, made.secrets)
            kept = vault.settings.preferences()
            vault.settings.keep(
                msgspec.structs.replace(kept, lock_minutes=choices.auto_lock_minutes, paper=choices.paper)
            )
        except KnownError:
            # The unlock page says by itself why a vault does not open.
            self.show_unlock(made.folder)
            return
        made.secrets.forget()
        self._machine.keep_proved()
        self._opened(vault)

    def _print_sheet(self, made: MadeVault) -> str:
        from alliance_desktop.services.paper import recovery_page

        page = recovery_page(sheet_of(made.secrets), self._world.now, "a4")
        return "Sent to the printer." if self._print(self.window, page.svgs(), "a4") else ""

    def _save_sheet(self, made: MadeVault) -> str:
        from alliance_desktop.services.paper import RECOVERY_FILE, recovery_page, save_page

        path = self._world.ask_path(self.window, RECOVERY_FILE)
        if path is None:
            return ""
        save_page(recovery_page(sheet_of(made.secrets), self._world.now, "a4"), path)
        return "Saved. The file is not protected: print it, then delete it."

    def _print(self, parent: QWidget, svgs: list[bytes], paper: str) -> bool:
        if self._world.print_sheets is not None:
            return self._world.print_sheets(parent, svgs, paper)
        # Loading the printing library looks for printers; nothing does so before somebody wants to print.
        from alliance_desktop.ui.printing import print_sheets

        return print_sheets(parent, svgs, paper)

    def _follow(self, preferences: object) -> None:
        vault = self.vault
        if vault is not None:
            kept = vault.settings.preferences()
            self.window.look.show(str(kept.appearance), kept.text_scale)
            self.window.idle.set_minutes(kept.lock_minutes)

    def _keep_look(self, appearance: str, text_scale: int) -> None:
        if self.vault is not None and self.work is not None:
            kept = msgspec.structs.replace(
                self.vault.settings.preferences(), appearance=Appearance(appearance), text_scale=text_scale
            )
            self.work.keep(kept)
            self.work.settings.show_preferences(kept)

    def _write_held(self) -> None:
        """Write the cards that a full disk did not take at the last lock."""
        if self.vault is None:
            return
        still = []
        for held in self._held:
            mine = held.folder == self.vault.folder
            cards = [card for card in held.cards if not (mine and self._is_taken(card))]
            if cards:
                still.append(held._replace(cards=cards))
        self._held = still
        if still:
            self._retry.start()
        else:
            self._retry.stop()

    def _is_taken(self, card: WriteCard) -> bool:
        try:
            if self.vault is not None:
                self.vault.notebook.write(card)
        except KnownError:
            return False
        return True

    def _obey(self, command: str) -> None:
        if self.work is not None:
            self.work.obey(command)

    def _close(self) -> None:
        """Write everything and let the vault go; stay where the disk does not take the words."""
        vault, work = self.vault, self.work
        if vault is None:
            self._keep_held()
            return
        if work is not None and not work.pages.flush():
            self.window.stay()
            return
        if work is not None:
            work.pages.leave(work.end())
        self.vault = self.work = None
        vault.close()
        _clear_own_clipboard()
        self._drop_sample()

    def _keep_held(self) -> None:
        """Stay once where words would go with the window, and say so on the unlock page."""
        page = self.window.shown
        if self._held and isinstance(page, Unlock) and page.notice.sentence != NOT_YET_SAVED:
            self.window.stay()
            page.notice.say(NOT_YET_SAVED, NOT_YET_SAVED_NEXT, urgent=True)

    def _drop_sample(self) -> None:
        """Take away the folder of the sample, which this program made for itself."""
        if self._sample_folder is not None and (self.vault is None or not self.vault.sample):
            shutil.rmtree(self._sample_folder, ignore_errors=True)
            self._sample_folder = None


def usual_place(home: Path) -> Path:
    """Return where a counsellor would look for notes: the folder for documents where there is one."""
    documents = home / "Documents"
    return documents if documents.is_dir() else home


def _clear_own_clipboard() -> None:
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
