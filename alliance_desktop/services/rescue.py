"""Saving what can be read of a damaged vault into a new one, with a report of what was saved and what is missing."""

import datetime
import threading
from pathlib import Path

import msgspec

from alliance_desktop.domain.clock import local
from alliance_desktop.domain.form import Card
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services import rescue_words
from alliance_desktop.services.forms import Forms, private_keys
from alliance_desktop.services.stamps import Now, Random
from alliance_desktop.storage import keyfiles
from alliance_desktop.storage.salvage import aside, report, work
from alliance_desktop.storage.salvage.sides import Meaning, Place
from alliance_desktop.storage.salvage.writing import REPORT
from alliance_desktop.storage.store import Store

_CLIENT, _SESSION, _NOTE = "client", "session", "note"


class Report(msgspec.Struct, frozen=True):
    """What a salvage saved. It may name people: it is for the screen and the new vault, never for a file outside."""

    counted: report.Report
    forms: Forms
    folder: Path

    @property
    def is_all(self) -> bool:
        """Whether nothing is missing: every row agrees with the vault's own digest."""
        return rescue_words.is_all(self.counted)

    @property
    def made_on(self) -> datetime.date:
        """The day of the salvage."""
        return local(self.counted.made_at).date()

    def words(self) -> list[str]:
        """Return the report as plain sentences: first what was saved, then what is known to be missing."""
        return rescue_words.words(self.counted, self.forms)


def kept_report(store: Store, forms: Forms) -> Report | None:
    """Return the report that a salvage left in the vault it made; None for any other vault."""
    try:
        counted = msgspec.convert(store.settings.get(REPORT), report.Report)
    except msgspec.ValidationError:
        return None
    return Report(counted, forms, store.folder)


def has_key_file(folder: Path) -> bool:
    """Say whether a vault has a whole key file, so that a passphrase can open it and not the sheet alone."""
    return keyfiles.newest_generation(folder) > 0


class Rescue:
    """The way out of a damaged vault. Everything here is slow, for any thread, and only reads the damaged folder."""

    def __init__(self, forms: Forms, now: Now, random: Random) -> None:
        self._forms, self._now, self._random = forms, now, random

    def place_for_copy(self, folder: Path) -> Path:
        """Return a free name beside a damaged vault for a copy of all its files."""
        return aside.free_place(folder, "damaged, copied", local(self._now()).date())

    def place_for_new(self, place: Path) -> Path:
        """Return a free name for the new vault, beside a damaged one or beside the folder that holds a backup."""
        return aside.free_place(place, "recovered", local(self._now()).date())

    def copy_aside(self, folder: Path, copy: Path, watch: Watch | None = None) -> int:
        """Copy every file of a folder, side files and all; return how many bytes of it the disk did not give back.

        CopyAsideError, BackupStoppedError; then nothing is left of the copy.
        """
        return aside.copy_aside(folder, copy, watch)

    def salvage(
        self, place: Path, secrets: Secrets, new_folder: Path, watch: Watch | None = None, seen_saves: int = 0
    ) -> Report:
        """Write what can be read of a vault's folder, or of a backup's file, into a new vault.

        The new vault opens with the same sheet, and with the same passphrase where a key file is whole; it goes on with
        the same vault id. `seen_saves` is
        how many saves this computer saw. For what it raises see `storage.salvage.work.salvage`.
        """
        counted = work.salvage(
            place,
            secrets,
            new_folder,
            meaning_of(self._forms),
            now=self._now,
            random=self._random,
            seen_saves=seen_saves,
            watch=watch,
        )
        return Report(counted, self._forms, new_folder)


class Copied(msgspec.Struct, frozen=True):
    """Where a damaged folder was copied to, and how many bytes of it the disk did not give back."""

    folder: Path
    unread: int


class DamagedVault:
    """One damaged vault and what opens it, for a page that saves what can be read of it.

    `copy_aside` and `save` are slow, for any thread, one at a time; `forget` may come at any moment.
    """

    def __init__(self, rescue: Rescue, folder: Path, secrets: Secrets, seen_saves: int = 0) -> None:
        self.folder = folder
        self._rescue = rescue
        self._secrets = secrets
        self._seen_saves = seen_saves
        self._at_work = threading.Lock()
        self._forgotten = False

    def place_for_new(self) -> Path:
        """Return a free name for the new vault, beside the damaged one."""
        return self._rescue.place_for_new(self.folder)

    def copy_aside(self, watch: Watch) -> Copied:
        """Copy the whole folder beside itself under a free name; see `Rescue.copy_aside`."""
        copy = self._rescue.place_for_copy(self.folder)
        return Copied(copy, self._rescue.copy_aside(self.folder, copy, watch))

    def save(self, new_folder: Path, watch: Watch) -> Report:
        """Save what can be read into a new vault; see `Rescue.salvage`."""
        try:
            with self._at_work:
                watch.at(0.0)
                return self._rescue.salvage(self.folder, self._secrets, new_folder, watch, self._seen_saves)
        finally:
            # After the release, so that one of the two sees what the other did.
            if self._forgotten:
                self._secrets.forget()

    def forget(self) -> None:
        """Overwrite the key, at once or as soon as the work that needs it has stopped."""
        self._forgotten = True
        if self._at_work.acquire(blocking=False):
            self._secrets.forget()
            self._at_work.release()


def meaning_of(forms: Forms) -> Meaning:
    """Return what a salvage needs of the forms: who each answer is for, and which card asks what."""

    def is_private(form: str, version: int, card: str, key: str) -> bool | None:
        found = cards.get((form, version, card))
        if found is None or key not in {one.key for one in found.questions}:
            return None
        return key in private_keys(found)

    def card_of(keys: frozenset[str]) -> Place | None:
        asking = [place for place, one in cards.items() if keys and keys <= {asked.key for asked in one.questions}]
        kinds = {(form, card) for form, _, card in asking}
        return max(asking, key=lambda place: place[1]) if len(kinds) == 1 else None

    def card_in(form: str, keys: frozenset[str]) -> Place | None:
        asking = [
            place for place, one in cards.items() if place[0] == form and keys <= {asked.key for asked in one.questions}
        ]
        return max(asking, key=lambda place: place[1], default=None)

    cards: dict[Place, Card] = {
        (form.id, form.version, card.id): card for form in forms.all() if form.id != _CLIENT for card in form.cards
    }
    usual = (_SESSION, forms.current(_SESSION).version, _NOTE)
    return Meaning(is_private, card_of, usual, forms.current(_CLIENT).version, card_in)
