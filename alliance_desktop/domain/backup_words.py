"""Backups in words: what one holds, what would change by restoring it, and when one is wanted elsewhere."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from alliance_desktop.domain.answers import said_day
from alliance_desktop.domain.clock import local

REMIND_AFTER = datetime.timedelta(days=7)
OLDER_KEYS = (
    "The keys were replaced after this backup was made. The restored vault opens with the passphrase and the recovery "
    "sheet of that day, and not with today's. Afterwards they can be replaced again, under Keys and recovery sheet."
)
SAME_DISK = "It is on the same disk as the vault, so it will not help when that disk or the computer is lost."
IN_MEMORY = "It is in the computer's memory, which forgets it when the computer is switched off."
DISK_UNKNOWN = (
    "Whether that is another disk than the vault's cannot be told, so it does not count as kept outside this computer."
)
WHEN = (
    "when you lock or close, if anything was saved since the last one and that is half an hour old, and after the "
    "passphrase or the recovery sheet was replaced"
)


class Tally(NamedTuple):
    """How much a vault or a backup holds."""

    clients: int
    notes: int
    newest_on: datetime.date | None = None


class Holding(NamedTuple):
    """The clients and notes of a vault or a backup, each by its id with what changes when it is written."""

    clients: dict[int, str]
    notes: dict[int, str]
    newest_on: datetime.date | None = None

    @property
    def tally(self) -> Tally:
        """How much it holds."""
        return Tally(len(self.clients), len(self.notes), self.newest_on)


class Difference(NamedTuple):
    """What restoring a backup would change: what is only in the vault, what is only in the backup."""

    backup: Tally
    vault: Tally
    only_here: Tally
    older: Tally
    only_there: Tally

    @property
    def is_none(self) -> bool:
        """Whether vault and backup hold the same."""
        return not (any((*self.only_here[:2], *self.older[:2], *self.only_there[:2])))


def said_time(at: datetime.datetime) -> str:
    """Return a moment as it is read where the counsellor is: "22 November 2026, 09:48"."""
    here = local(at)
    return f"{said_day(here.date())}, {here:%H:%M}"


def said_tally(tally: Tally) -> str:
    """Return how much: "12 clients, 340 notes"."""
    return f"{_counted(tally.clients, 'client')}, {_counted(tally.notes, 'note')}"


def told_difference(difference: Difference) -> list[str]:
    """Return what restoring a backup would change, a sentence each."""
    lines = [f"In the backup: {_with_day(difference.backup)}.", f"In the vault now: {_with_day(difference.vault)}."]
    if difference.is_none:
        return [*lines, "Vault and backup hold the same clients and notes."]
    if any(difference.only_here[:2]):
        lines.append(f"Not in the backup, so missing afterwards: {_some(difference.only_here)}.")
    if any(difference.older[:2]):
        lines.append(f"Changed since, so back as before: {_some(difference.older)}.")
    if any(difference.only_there[:2]):
        lines.append(f"Only in the backup, so coming back: {_some(difference.only_there)}.")
    return lines


def told_trial(tally: Tally, made_at: datetime.datetime | None, as_now: bool = False) -> str:
    """Return what came of restoring a backup on trial."""
    when = f"on {said_time(made_at)}" if made_at is not None else "when it was made"
    how = "all as in the vault" if as_now else f"all as they were {when}"
    return f"Restored on trial: {said_tally(tally)}, {how}."


def reminder(outside_at: datetime.datetime | None, since: datetime.datetime | None, now: datetime.datetime) -> str:
    """Return what to say about backups outside this computer; nothing while there is no need.

    `since` is from when there were notes to lose; None while there are none.
    """
    if since is None or now - (outside_at or since) < REMIND_AFTER:
        return ""
    if outside_at is None:
        return "There is no backup of this vault outside this computer yet."
    days = (now - outside_at).days
    return f"The newest backup outside this computer is {days} days old, of {said_day(local(outside_at).date())}."


def compared(here: Holding, there: Holding) -> Difference:
    """Return how the vault (`here`) and a backup (`there`) differ."""
    return Difference(
        backup=there.tally,
        vault=here.tally,
        only_here=Tally(len(here.clients.keys() - there.clients), len(here.notes.keys() - there.notes)),
        older=Tally(_changed(here.clients, there.clients), _changed(here.notes, there.notes)),
        only_there=Tally(len(there.clients.keys() - here.clients), len(there.notes.keys() - here.notes)),
    )


def _changed(here: dict[int, str], there: dict[int, str]) -> int:
    return sum(here[one] != there[one] for one in here.keys() & there)


def _with_day(tally: Tally) -> str:
    newest = f", the newest of {said_day(tally.newest_on)}" if tally.newest_on is not None else ""
    return said_tally(tally) + newest


def _some(tally: Tally) -> str:
    return " and ".join(_parts(tally))


def _parts(tally: Tally) -> Iterable[str]:
    if tally.clients:
        yield _counted(tally.clients, "client")
    if tally.notes:
        yield _counted(tally.notes, "note")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
