"""Supervision: what waits to be brought, in the order the counsellor likes, and how many hours there were."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from alliance_desktop.domain import agenda
from alliance_desktop.domain.agenda import Hours, Item
from alliance_desktop.domain.answers import Answer, Answers
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.client import Client, folded
from alliance_desktop.domain.entry import Arc, ClientId, Entry, EntryId, Version
from alliance_desktop.domain.story import ClientStory, links
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.storage.store import Store

FORM, SESSION, PREP = "supervision", "session", "prep"
BROUGHT = "brought"

AGENDA = "supervision agenda"
_READ = ("rupture", "outreach")
_CODES_LIMIT = 120


class Order(StrEnum):
    """How the agenda is sorted."""

    WAITING = "waiting"
    CODE = "code"
    OWN = "own"


class Kept(msgspec.Struct, frozen=True):
    """In which order the agenda stands, and its items where that is the counsellor's own."""

    order: Order = Order.WAITING
    keys: tuple[str, ...] = ()


class Supervision:
    """The agenda over all clients, and the counsellor's own supervision sessions."""

    def __init__(self, store: Store, forms: Forms, notebook: Notebook) -> None:
        self._store, self._forms, self._notebook = store, forms, notebook

    # -- the agenda -----------------------------------------------------------------------------------------------

    def agenda(self) -> list[Item]:
        """Return what waits for supervision, in the order that is kept; what is new comes last in an own order."""
        own = [self._as_shipped(one) for one in self._notebook.own_entries()]
        found = agenda.items(self._stories(), own, self._notebook.today())
        kept = self._kept()
        if kept.order is Order.CODE:
            called = {one.id: folded(one.code or one.called) for one in self._store.clients.all()}
            return sorted(found, key=lambda one: called.get(one.client, ""))
        if kept.order is Order.OWN:
            places = {key: at for at, key in enumerate(kept.keys)}
            return sorted(found, key=lambda one: places.get(key_of(one), len(places)))
        return found

    def order(self) -> Order:
        """Return how the agenda is sorted."""
        return self._kept().order

    def sort(self, order: Order) -> Changed:
        """Sort the agenda in another way; an own order that was made before is taken up again."""
        return self._keep(Kept(order, self._kept().keys))

    def move(self, item: Item, steps: int) -> Changed:
        """Move an item up (-1) or down (1); from then on the agenda is in the counsellor's own order."""
        keys = [key_of(one) for one in self.agenda()]
        if key_of(item) in keys:
            at = keys.index(key_of(item))
            keys.insert(min(max(at + steps, 0), len(keys) - 1), keys.pop(at))
        return self._keep(Kept(Order.OWN, tuple(keys)))

    def whose(self, item: Item) -> str:
        """Return the code of the client an item is about; what they are called where no code is noted."""
        client = self._notebook.client(item.client)
        return client.code.strip() or client.called

    # -- bringing -------------------------------------------------------------------------------------------------

    def to_bring(self, items: Iterable[Item]) -> Answers:
        """Return what a session begins with in which these items are brought: the links, and the clients' codes.

        An entry of a drawer of its own is never among the links.
        """
        chosen = list(items)
        entries = [one.entry for one in chosen if one.entry is not None and self.can_bring(one.entry)]
        clients = {one.client: self._notebook.client(one.client) for one in chosen}
        return {BROUGHT: list(dict.fromkeys(entries)), "clients": _codes(clients.values())}

    def can_bring(self, entry: EntryId) -> bool:
        """Say whether a session may link to an entry: one that lies in a drawer of its own stays there."""
        found = self._notebook.entry(entry)
        return found.binned_at is None and not self._lies_apart(found)

    def brought(self, session: EntryId) -> list[Entry]:
        """Return the entries that a session links to, in their order; what is gone or in the bin is left out."""
        found = (self._known(one) for one in links(self._notebook.entry(session), BROUGHT))
        return [one for one in found if one is not None and one.binned_at is None and not self._lies_apart(one)]

    def sessions(self) -> list[Entry]:
        """Return the supervision sessions, newest first."""
        return [one for one in reversed(self._notebook.of_form(FORM)) if one.card == SESSION]

    def preparations(self) -> list[Entry]:
        """Return the sheets to get ready with, newest first."""
        return [one for one in reversed(self._notebook.of_form(FORM)) if one.card == PREP]

    def hours(self, start: datetime.date, end: datetime.date) -> Hours:
        """Return the minutes and sessions of each kind from one day to another, whichever comes first; both count."""
        return agenda.hours(map(self._as_shipped, self._notebook.of_form(FORM)), min(start, end), max(start, end))

    def ever_said(self, *kinds: str) -> Iterator[Entry]:
        """Yield the entries of some forms, those in the bin as well, each also as it said before.

        Of what it said before, words that only began what it says now are left out.
        """
        ids = self._ids(*kinds)
        earlier: dict[EntryId, list[Version]] = {}
        for version in self._store.histories.of_forms(ids):
            earlier.setdefault(version.entry, []).append(version)
        for one in self._store.entries.ever_of_forms(ids):
            yield one
            for before in earlier.get(one.id, ()):
                answers = {key: told for key, told in before.answers.items() if not _begins(told, one.answers.get(key))}
                yield msgspec.structs.replace(one, form_version=before.form_version, answers=answers)

    # -- small parts ----------------------------------------------------------------------------------------------

    def _stories(self) -> list[ClientStory]:
        """Return of each client what the agenda reads: strains, tries, and sessions where contact was refused."""
        clients: Sequence[Client] = self._store.clients.all()
        ids, rows = [one.id for one in clients], self._store.attention
        entries = rows.of_forms(self._ids(*_READ), ids)
        tried = {one.client for one in entries if self._forms.kind(one) == "outreach"} - {None}
        entries += rows.of_forms(self._ids("session"), [id for id in ids if id in tried])
        written: dict[ClientId | None, list[Entry]] = {}
        for one in entries:
            written.setdefault(one.client, []).append(self._as_shipped(one))
        arcs: dict[ClientId, list[Arc]] = {}
        turned: dict[Any, datetime.date] = {}
        for arc in rows.arcs(ids):
            arcs.setdefault(arc.client, []).append(arc)
            if arc.turn > 1:
                again = [one.true_on for one in self._store.arcs.events(arc.id) if one.turn == arc.turn]
                turned |= {arc.id: again[0]} if again else {}
        return [
            ClientStory(client=one, entries=written.get(one.id, []), arcs=arcs.get(one.id, []), turned=turned)
            for one in clients
        ]

    def _ids(self, *kinds: str) -> list[str]:
        return [id for kind in kinds for id in self._forms.of_kind(kind)]

    def _as_shipped(self, entry: Entry) -> Entry:
        kind = self._forms.kind(entry)
        return entry if kind == entry.form else msgspec.structs.replace(entry, form=kind)

    def _lies_apart(self, entry: Entry) -> bool:
        form = self._forms.known(entry)
        return form is None or form.drawer or self._forms.current(self._forms.kind(entry)).drawer

    def _known(self, id: EntryId) -> Entry | None:
        try:
            return self._notebook.entry(id)
        except KeyError:
            return None

    def _kept(self) -> Kept:
        try:
            return msgspec.convert(self._store.settings.get(AGENDA) or {}, Kept)
        except msgspec.ValidationError:
            return Kept()

    def _keep(self, kept: Kept) -> Changed:
        with self._store.transaction():
            self._store.settings.put(AGENDA, msgspec.to_builtins(kept))
        return Changed(kinds=frozenset({Touched.SETTING}))


def _begins(before: Answer, now: Answer) -> bool:
    """Say whether a text was on its way to what stands there now."""
    return isinstance(before, str) and isinstance(now, str) and now.startswith(before)


def key_of(item: Item) -> str:
    """Return what an item stays known by, also when why it is on the agenda changes."""
    return f"strain {item.arc}" if item.arc is not None else f"entry {item.entry}"


def _codes(clients: Iterable[Client]) -> str:
    """Return the codes of clients for one line, as many as fit; names stay out of it."""
    told = ""
    for code in (one.code.strip() for one in clients if one.code.strip()):
        longer = f"{told}, {code}" if told else code
        if len(longer) > _CODES_LIMIT:
            return told
        told = longer
    return told
