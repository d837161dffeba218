"""A new vault from rows: under the same vault id and recovery key, checked from end to end before it has its name."""

import datetime
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.backup_errors import BackupDamagedError
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.errors import KnownError, VaultExistsError
from alliance_desktop.domain.salvage_errors import SalvageRefusedError, not_made
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage import bin, disk, keyfiles, leftovers, links, schema, sheets
from alliance_desktop.storage.database import Database, open_database
from alliance_desktop.storage.examining import examine
from alliance_desktop.storage.place import NOTES, must_be_nameable
from alliance_desktop.storage.plain import decoded, encoded, time_text
from alliance_desktop.storage.salvage.mending import Mended, Named, whole
from alliance_desktop.storage.salvage.records import Value
from alliance_desktop.storage.salvage.report import Report
from alliance_desktop.storage.salvage.shapes import FOLLOWING, TABLES

REPORT = "salvage report"
"""The setting under which the report of a salvage is kept in the vault it made."""

_OWN = frozenset({"format", "saves", "digest", "kept"})

Random = Callable[[int], bytes]


def write(
    folder: Path,
    damaged: Path,
    mended: Mended,
    report: Report,
    secrets: Secrets,
    key_data: bytes,
    meta: dict[str, int],
    random: Random,
    watch: Watch,
) -> None:
    """Make a vault of rows; the folder appears only when it is whole, checked and on disk.

    `meta` are the numbers that do not come from the rows: the count of saves and the generation of the key file. The
    prints of replaced sheets come along from the folder `damaged`.
    VaultExistsError where something is already there; what the disk refuses as a KnownError, and nothing is left.
    """
    with _making(folder, random) as making:
        notes = making / NOTES
        disk.make_file(notes)
        _fill(notes, mended, report, secrets, meta, watch.part(0.0, 0.7))
        try:
            found = examine(notes, secrets.data_key, secrets.vault_id, watch.part(0.7, 1.0))
        except BackupDamagedError:
            raise SalvageRefusedError from None
        wanted = {name: len(rows) for name, rows in mended.tables.items() if name not in {"meta", "setting"}}
        if any(found.rows[name] != count for name, count in wanted.items()):
            raise SalvageRefusedError
        if key_data:
            keyfiles.put_both(making, key_data)
        sheets.carry(damaged, making)


@contextmanager
def _making(folder: Path, random: Random) -> Iterator[Path]:
    """Give a folder beside the one wanted, which takes its name at the end of the block, or is gone after a fault."""
    must_be_nameable(folder)
    if os.path.lexists(folder):
        raise VaultExistsError
    making = leftovers.making_of(folder, "making", random(4))
    done = False
    try:
        disk.make_folder(making)
        leftovers.clean_beside(folder, making.stat().st_mtime)
        yield making
        disk.sync_folder(making)
        if os.path.lexists(folder):
            raise VaultExistsError
        making.rename(folder)
        done = True
        disk.sync_folder(folder.parent)
    except OSError as fault:
        raise not_made(disk.known(fault)) from None
    except KnownError as fault:
        raise not_made(fault) from None
    finally:
        if not done:
            shutil.rmtree(making, ignore_errors=True)


def _fill(notes: Path, mended: Mended, report: Report, secrets: Secrets, meta: dict[str, int], watch: Watch) -> None:
    database = open_database(notes, secrets.data_key, secrets.vault_id, schema.SCHEMA_VERSION)
    try:
        schema.migrate(database)
        with database.transaction():
            # Rows may rest on later ones of their own table.
            database.run("PRAGMA defer_foreign_keys=1")
            _put_all(database, mended, watch)
            _follow(database, mended)
            database.run(
                "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
                (REPORT, encoded(msgspec.to_builtins(report))),
            )
            _put_meta(database, mended.tables["meta"].values(), meta, report.made_at)
    finally:
        database.close()


def _put_all(database: Database, mended: Mended, watch: Watch) -> None:
    rows = sum(len(of) for of in mended.tables.values())
    done = 0
    for name, shape in TABLES.items():
        if name == "meta" or name in FOLLOWING:
            continue
        put = f"INSERT INTO {name} ({', '.join(shape.columns)}) VALUES ({', '.join('?' * len(shape.columns))})"
        for key in sorted(mended.tables[name], key=lambda key: (isinstance(key, str), key)):
            database.run(put, [mended.tables[name][key][column] for column in shape.columns])
            done += 1
            watch.at(done / rows)


def _follow(database: Database, mended: Mended) -> None:
    """Make what follows from the rows: the links of the answers, each client's newest day and open strains."""
    for id in mended.tables["entry"]:
        answers: Answers = {}
        for side in ("record_answer", "private_answer"):
            row = mended.tables[side].get(id)
            answers |= decoded(str(row["answers"])) if row else {}
        links.keep(database, EntryId(whole(id)), answers)
    for id in mended.tables["client"]:
        bin.follow(database, ClientId(whole(id)))


def _put_meta(database: Database, rows: Iterable[Named], numbers: dict[str, int], made_at: datetime.datetime) -> None:
    kept: dict[str, Value] = {"sample": 0, "created_at": time_text(made_at)}
    kept |= {str(row["name"]): row["value"] for row in rows if row["name"] not in _OWN}
    kept |= numbers
    for name, value in kept.items():
        database.run("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))
