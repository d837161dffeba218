"""Saving what can be read of a damaged vault or backup into a new vault; nothing of the damaged one is touched."""

import datetime
from collections.abc import Callable
from pathlib import Path

from alliance_desktop.domain.errors import (
    KeysOfAnotherVaultError,
    NewerVersionError,
    OldKeyFileError,
    WrongRecoveryKeyError,
)
from alliance_desktop.domain.salvage_errors import NothingSavedError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.keyfile import FROM_RECOVERY, Secrets
from alliance_desktop.storage import schema
from alliance_desktop.storage.salvage.choosing import Chosen, choose, saves_of, whole_in_meta
from alliance_desktop.storage.salvage.mending import mend
from alliance_desktop.storage.salvage.report import Report, report_on
from alliance_desktop.storage.salvage.sides import Meaning, put_on_sides
from alliance_desktop.storage.salvage.source import Source, opened
from alliance_desktop.storage.salvage.writing import Random, write

_READ, _WRITTEN = 0.5, 1.0


def salvage(
    place: Path,
    secrets: Secrets,
    new_folder: Path,
    meaning: Meaning,
    *,
    now: Callable[[], datetime.datetime],
    random: Random,
    seen_saves: int = 0,
    watch: Watch | None = None,
) -> Report:
    """Write what can be read of a vault's folder or a backup's file into a new vault, and return what was saved.

    The new vault has the same vault id, passphrase and recovery key, and counts its saves on, so that its backups and
    what this computer has seen of it (`seen_saves`) stay true. Slow, for any thread.
    VaultInUseError while this process has it open; WrongRecoveryKeyError or KeysOfAnotherVaultError where the key fits
    no page; OldKeyFileError, NewerVersionError, NothingSavedError; VaultExistsError and faults of the disk at the new
    place; BackupStoppedError. In all of these nothing is left behind.
    """
    watch = watch or Watch()
    with opened(place) as source:
        own = source.fitting(secrets)
        least = max(seen_saves, source.saves)
        chosen = choose(source, own, least, watch.part(0.0, _READ))
        _must_be_ours(chosen, own)
        key_data = _key_file(source, own, chosen)
        damaged = source.folder
    sided = put_on_sides(chosen.found, meaning)
    mended = mend(chosen.found, meaning)
    if not any(mended.tables[name] for name in ("client", "entry", "arc")):
        raise NothingSavedError
    report = report_on(chosen, sided, mended, made_at=now(), has_key_file=bool(key_data))
    numbers = {
        "saves": max(least, saves_of(chosen.found) or 0),
        "key_gen": max(whole_in_meta(chosen.found, "key_gen") or source.newest_generation, own.generation),
    }
    write(new_folder, damaged, mended, report, own, key_data, numbers, random, watch.part(_READ, _WRITTEN))
    return report


def _must_be_ours(chosen: Chosen, secrets: Secrets) -> None:
    """Let nobody in with a key that fits nothing or is no longer valid, and nothing through that is not understood."""
    if chosen.found.bad_pages >= chosen.pages:
        raise WrongRecoveryKeyError if secrets.generation == FROM_RECOVERY else KeysOfAnotherVaultError
    newer = (whole_in_meta(chosen.found, "format") or 0) > schema.FORMAT
    if newer or chosen.found.version > schema.SCHEMA_VERSION:
        raise NewerVersionError
    if FROM_RECOVERY < secrets.generation < (whole_in_meta(chosen.found, "key_gen") or 0):
        raise OldKeyFileError


def _key_file(source: Source, secrets: Secrets, chosen: Chosen) -> bytes:
    generation = whole_in_meta(chosen.found, "key_gen") or source.newest_generation
    return source.key_file(secrets, generation)
