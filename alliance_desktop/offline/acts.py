"""What each command does: find the secrets, do the work, and say in plain words what came of it."""

import argparse
import os
from collections.abc import Callable
from typing import NamedTuple

from alliance_desktop.domain.answers import said_day
from alliance_desktop.domain.backup_errors import said_size
from alliance_desktop.domain.backup_words import Tally, said_tally
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.offline.exits import Exit
from alliance_desktop.offline.terminal import Given, Terminal, safely
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access
from alliance_desktop.services.backup_work import Restoring, holding_of
from alliance_desktop.services.exchange.taking_out import must_take_file
from alliance_desktop.services.exchange.words import SYNCED, came_words
from alliance_desktop.services.forms import load_forms
from alliance_desktop.services.locked_backups import TypedKey, secrets_of_backup
from alliance_desktop.services.machine import Machine
from alliance_desktop.services.places import is_synced, must_take_backups
from alliance_desktop.services.rescue import Rescue
from alliance_desktop.services.stamps import Now, Random
from alliance_desktop.services.verifying import Verifying, must_be_closed


class Means(NamedTuple):
    """What a command works with: a clock, chance, what the computer remembers, and a terminal."""

    now: Now
    random: Random
    machine: Machine
    terminal: Terminal


class Done(NamedTuple):
    """What came of a command: its lines for stdout, and the exit code."""

    lines: list[str]
    exit: Exit = Exit.WELL


class Acts:
    """The commands. Each raises a KnownError that says why it did not come about; then nothing new is left behind."""

    def __init__(self, means: Means, is_stopped: Callable[[], bool]) -> None:
        self._means = means
        self._forms = load_forms(resource("forms"))
        self._access = Access(self._forms, means.now, means.random, machine=means.machine)
        self._watch = Watch(lambda done: means.terminal.share(round(100 * done), 100), is_stopped)

    def do(self, asked: argparse.Namespace, given: Given) -> Done:
        """Do the command that was asked for, with the passphrase or recovery key that was given."""
        acts = {
            "verify": self._verify,
            "backup": self._back_up,
            "restore": self._restore,
            "salvage": self._salvage,
            "export": self._take_out,
            "import": self._bring_in,
        }
        secrets = self._secrets(asked, given)
        try:
            return acts[asked.command](asked, secrets)
        finally:
            secrets.forget()

    def _verify(self, asked: argparse.Namespace, secrets: Secrets) -> Done:
        self._step("Looking at every page and every row…")
        verifying = Verifying(self._means.machine, self._means.now)
        remark = None
        if os.path.isdir(asked.source):
            tally, what = verifying.vault(asked.source, secrets, self._watch), "vault"
            remark = verifying.remark(asked.source, secrets)
        else:
            tally, what = verifying.backup(asked.source, secrets, self._watch), "backup"
        told = [f"The {what} is in order: every page and every row is as it was written.", _holds(tally)]
        return Done([*told, *([str(remark)] if remark else [])])

    def _back_up(self, asked: argparse.Namespace, secrets: Secrets) -> Done:
        must_take_backups(asked.place)
        self._step("Opening the vault…")
        vault = self._access.open(asked.source, secrets)
        try:
            self._step("Writing the backup and reading it back…")
            written = vault.backups.to_place(asked.place)(self._watch)
        finally:
            vault.close()
        return Done([f"Backed up and checked: {safely(written.path)}", _holds(holding_of(written.contents).tally)])

    def _restore(self, asked: argparse.Namespace, secrets: Secrets) -> Done:
        self._step("Restoring, and looking at every page and every row…")
        restored = Restoring(asked.source, secrets.data_key, asked.place.absolute())(self._watch)
        return Done([f"Restored and checked: {safely(restored.folder)}", _holds(holding_of(restored.contents).tally)])

    def _salvage(self, asked: argparse.Namespace, secrets: Secrets) -> Done:
        rescue = Rescue(self._forms, self._means.now, self._means.random)
        must_be_closed(asked.source)
        seen = self._means.machine.seen(secrets.vault_id).saves
        self._step("Reading what can be read, and writing it into a new vault…")
        report = rescue.salvage(asked.source, secrets, asked.place.absolute(), self._watch, seen)
        lines = report.words()
        if not self._means.terminal.is_seen:
            # Redirected, the result becomes a file, and a file outside the vault names nobody.
            lines = [one for one in lines if not one.startswith("–") and not one.endswith(":")]
        return Done(
            [f"The new vault: {safely(asked.place.absolute())}", *lines], Exit.WELL if report.is_all else Exit.DAMAGED
        )

    def _take_out(self, asked: argparse.Namespace, secrets: Secrets) -> Done:
        must_take_file(asked.out)
        if is_synced(asked.out.absolute().parent):
            self._means.terminal.step(SYNCED)
        must_be_closed(asked.source)
        self._step("Opening the vault…")
        vault = self._access.open(asked.source, secrets, read_only=True)
        try:
            self._step("Writing everything out…")
            taken = vault.exchange().take_out(asked.out, self._watch)
        finally:
            vault.close()
        told = [
            f"Taken out: {safely(taken.path)}",
            _holds(taken.tally),
            f"It has {said_size(taken.size)} and is not encrypted.",
        ]
        return Done(told)

    def _bring_in(self, asked: argparse.Namespace, secrets: Secrets) -> Done:
        self._step("Opening the vault…")
        vault = self._access.open(asked.source, secrets)
        try:
            self._step("Reading the file, and writing it into the vault…")
            came = vault.exchange().bring_in(asked.file, vault.close, self._watch)
        finally:
            vault.close()
        return Done(came_words(came))

    def _secrets(self, asked: argparse.Namespace, given: Given) -> Secrets:
        self._step("Checking the recovery key…" if given.recovery else "Checking the passphrase…")
        backup = os.path.isfile(asked.source) or asked.command == "restore"
        if os.path.isdir(asked.source) or not backup or asked.command in {"export", "import"}:
            return (self._access.recover if given.recovery else self._access.unlock)(asked.source, given.text)
        return secrets_of_backup(asked.source, TypedKey(given.text, given.recovery))

    def _step(self, words: str) -> None:
        self._watch.silent().at(0.0)
        self._means.terminal.step(words)


def _holds(tally: Tally) -> str:
    newest = f", the newest of {said_day(tally.newest_on)}" if tally.newest_on is not None else ""
    return f"It holds {said_tally(tally)}{newest}."
