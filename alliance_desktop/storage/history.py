"""What an entry said before, in the two layers of its answers, and what happened to it."""

import datetime
from collections.abc import Iterable

import msgspec

from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.entry import EntryEvent, EntryId, Event, Version
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.plain import decoded, encoded, time_of, time_text, whole_text

LAYERS = ("record_version", "private_version")


class Histories:
    """Reads and writes earlier versions and events of entries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def versions(self, entry: EntryId) -> list[Version]:
        """Return what an entry said before, oldest first."""
        return self._found("entry = ?", entry)

    def of_forms(self, forms: Iterable[str]) -> list[Version]:
        """Return what the entries of some forms said before, oldest first."""
        wanted = sorted(set(forms))
        marks = ", ".join("?" * len(wanted))
        return self._found(f"entry IN (SELECT id FROM entry WHERE form IN ({marks}))", *wanted)

    def _found(self, which: str, *values: object) -> list[Version]:
        found: dict[int, Version] = {}
        for table in LAYERS:
            rows = self._database.rows(
                f"SELECT id, entry, written_at, form_version, answers FROM {table} WHERE {which} ORDER BY id", values
            )
            for id, entry, written_at, form_version, answers in rows:
                told: Answers = decoded(answers) or {}
                before = found.get(id)
                found[id] = (
                    msgspec.structs.replace(before, answers=before.answers | told)
                    if before is not None
                    else Version(
                        id=id,
                        entry=EntryId(entry),
                        written_at=time_of(written_at),
                        form_version=form_version,
                        answers=told,
                    )
                )
        return [found[id] for id in sorted(found)]

    def last_at(self, entry: EntryId) -> datetime.datetime | None:
        """Return when the newest version kept of an entry was written; None where none is kept."""
        asked = " UNION ALL ".join(f"SELECT id, written_at FROM {table} WHERE entry = ?" for table in LAYERS)
        row = self._database.row(f"{asked} ORDER BY id DESC LIMIT 1", (entry, entry))
        return time_of(row[1]) if row else None

    def add(self, version: Version, private_keys: frozenset[str]) -> None:
        """Keep what an entry said; answers under `private_keys` lie in the private layer, others in the record's."""
        private = {key: one for key, one in version.answers.items() if key in private_keys}
        record = {key: one for key, one in version.answers.items() if key not in private_keys}
        for table, answers in zip(LAYERS, (record, private), strict=True):
            if answers:
                self._database.run(
                    f"INSERT INTO {table} (id, entry, written_at, form_version, answers) VALUES (?, ?, ?, ?, ?)",
                    (version.id, version.entry, time_text(version.written_at), version.form_version, encoded(answers)),
                )

    def drop(self, entry: EntryId) -> None:
        """Remove everything that an entry said before."""
        for table in LAYERS:
            self._database.run(f"DELETE FROM {table} WHERE entry = ?", (entry,))

    def events(self, entry: EntryId) -> list[EntryEvent]:
        """Return what happened to an entry, oldest first."""
        rows = self._database.rows(
            "SELECT id, entry, at, what, why FROM entry_event WHERE entry = ? ORDER BY id", (entry,)
        )
        return [
            EntryEvent(id=id, entry=EntryId(of), at=time_of(at), what=Event(what), why=why)
            for id, of, at, what, why in rows
        ]

    def add_event(self, event: EntryEvent) -> None:
        """Note what happened to an entry; it is only ever added to."""
        self._database.run(
            "INSERT INTO entry_event (id, entry, at, what, why) VALUES (?, ?, ?, ?, ?)",
            (event.id, event.entry, time_text(event.at), str(event.what), whole_text(event.why)),
        )
