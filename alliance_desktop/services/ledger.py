"""The sharing ledger: that a private note was printed, saved as a file, shown or read aloud, to whom and why."""

import datetime
from collections.abc import Iterable, Sequence
from contextlib import suppress

import msgspec

from alliance_desktop.domain import disclosing
from alliance_desktop.domain.answers import Answers, chosen, dated, ids_of
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.disclosing import Showing
from alliance_desktop.domain.entry import ClientId, Entry, EntryId, State
from alliance_desktop.domain.errors import SaveWaitingError
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.owed import OwedPages
from alliance_desktop.services.stamps import Stamps
from alliance_desktop.storage.store import Store

_LIMIT = 120


class Ledger:
    """Keeps a line for each time a note left the counsellor's own eyes. A line is finished as it is written."""

    def __init__(self, store: Store, forms: Forms, stamps: Stamps, notebook: Notebook) -> None:
        self._store, self._forms, self._stamps, self._notebook = store, forms, stamps, notebook

    def note(
        self,
        client: ClientId | None,
        entries: Iterable[EntryId],
        *,
        to_whom: str,
        why: str,
        how: str,
        what: str,
        on: datetime.date | None = None,
        begun: bool = False,
    ) -> Changed:
        """Write a line and return what changed; `Changed.entry` is the line. Today counts where no day is named.

        With `begun` the line says that it is not confirmed yet, until `confirm`.

        `how` is one of the ways the form knows, such as "printed". ValueError without a person and a reason; faults of
        the disk are raised, and then nothing was written.
        """
        if not to_whom.strip() or not why.strip():
            raise ValueError("a line of the ledger needs a person and a reason")
        form = self._forms.current(disclosing.FORM)
        day, now = on or self._notebook.today(), self._stamps.now()
        answers: Answers = {
            "on": dated(day),
            disclosing.NOTES: list(dict.fromkeys(entries)),
            "what": what.strip()[:_LIMIT],
            "to_whom": to_whom.strip()[:_LIMIT],
            "why": why.strip(),
            "how": chosen(how, text=disclosing.BEGUN if begun else ""),
        }
        line = Entry(
            id=EntryId(self._stamps.new_id()),
            client=client,
            form=form.id,
            form_version=form.version,
            card=disclosing.CARD,
            happened_on=day,
            created_at=now,
            touched_at=now,
            finished_at=now,
            sequence=self._stamps.new_id(),
            state=State.FINISHED,
            answers=answers,
        )
        # What only waits to be merged is on disk already: the line is kept.
        with suppress(SaveWaitingError), self._store.transaction():
            self._notebook.calendar.keep()
            self._store.entries.put(line, *self._forms.sides(line))
        return _changed(line)

    def confirm(self, line: EntryId) -> Changed:
        """Let a line that said only that it was begun say that it came about; faults of the disk leave it as it is."""
        found = self._notebook.entry(line)
        answers = {**found.answers, "how": chosen(*ids_of(found.answers.get("how")))}
        with suppress(SaveWaitingError), self._store.transaction():
            confirmed = msgspec.structs.replace(found, answers=answers)
            self._store.entries.put(confirmed, *self._forms.sides(confirmed))
        return _changed(found)

    def take_back(self, line: EntryId) -> Changed:
        """Remove a line of something that was not shown after all, such as a print that was cancelled.

        ValueError for an entry that is no line of the ledger; faults of the disk are raised, and then it stays.
        """
        found = self._notebook.entry(line)
        if self._forms.kind(found) != disclosing.FORM:
            raise ValueError("this entry is no line of the ledger")
        pages = OwedPages(self._store)
        with suppress(SaveWaitingError), self._store.transaction():
            self._store.entries.remove(line)
            pages.owe()
        pages.write_if_small()
        return _changed(found)

    @property
    def is_open(self) -> bool:
        """Whether the vault is still open, which a printer's dialog may outlast."""
        return self._store.is_open

    def of(self, *entries: EntryId) -> list[Showing]:
        """Return when and to whom any of some notes were shown, oldest first."""
        return [disclosing.showing(one) for one in lines_about(self._notebook, *entries)]

    def is_private(self, entry: Entry) -> bool:
        """Say whether an entry holds private reflection; NewerEntryError where it was written by a newer program."""
        card = self._forms.of(entry).card(entry.card)
        return disclosing.is_private(card, entry, self._notebook.addenda(entry.id))


def begin_with(entries: Sequence[EntryId]) -> Answers:
    """Return what a line about notes that were shown on the screen begins with."""
    return {disclosing.NOTES: list(entries), "how": chosen("shown")}


def lines_about(notebook: Notebook, *entries: EntryId) -> list[Entry]:
    """Return the lines of the ledger about any of some notes, oldest first; those in the bin are left out."""
    linked = {one.id: one for entry in entries for one in notebook.links_to(entry) if is_line(notebook, one, entry)}
    return sorted(linked.values(), key=_by_date)


def is_line(notebook: Notebook, found: Entry, about: EntryId) -> bool:
    """Say whether an entry is a line of the ledger about a note."""
    return notebook.forms.kind(found) == disclosing.FORM and about in (found.answers.get(disclosing.NOTES) or ())


def _by_date(entry: Entry) -> tuple[datetime.date, int]:
    return entry.happened_on, entry.id


def _changed(line: Entry) -> Changed:
    return Changed(kinds=frozenset({Touched.ENTRY}), client=line.client, entry=line.id)
