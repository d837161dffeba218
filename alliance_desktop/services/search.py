"""Search across everything: what is found, where it stands, and putting the words of new notes in."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple, TypeVar

import msgspec

from alliance_desktop.domain.answers import said_day
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.entry import Addendum, ClientId, Entry, EntryId
from alliance_desktop.domain.errors import KnownError, VaultDamagedError
from alliance_desktop.domain.form import Form
from alliance_desktop.domain.search import cutting
from alliance_desktop.domain.search.asking import Asked, asked
from alliance_desktop.domain.search.fields import Field, fields
from alliance_desktop.domain.search.marking import Marker, Snippet, piece
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.notebook import CLIENT_FORM
from alliance_desktop.storage.search import BARRIER, Place, Subject, Told, Wanted
from alliance_desktop.storage.store import Store

T = TypeVar("T")

MOST = 50
"""So many are shown at once."""
A_STEP = 4
"""Of so many notes the words are put in at once, in a few milliseconds."""
BEFORE_A_SEARCH = 40
"""Of so many notes, where no more are waiting, the words are put in before a search looks; else of the newest few."""

MUCH = 500
"""After so many notes it is worth to merge the index, which makes a search about three times as quick."""

OWN = "Your own notes and contacts"
"""Whose an entry is that belongs to no client."""
IN_DRAWER = "Its words are kept apart and are not shown here. Open it to read them."
DETAILS = "Details"


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody looks for, and where."""

    typed: str
    private: bool = False
    inside: bool = False
    kinds: tuple[str, ...] = ()
    """Forms, "client" for the details of clients; all where there is none."""
    first: datetime.date | None = None
    last: datetime.date | None = None
    best_first: bool = False


class Hit(NamedTuple):
    """One entry, or the details of one client, in which all that was asked is found.

    `key` is the question, `addendum` the addendum in which the first word stands. `day` is the day in words; details
    of a client have none, as they are those of today.
    """

    subject: Subject
    client: ClientId | None
    who: str
    code: str
    on: datetime.date
    day: str
    kind: str
    where: str
    snippet: Snippet
    key: str
    addendum: int | None
    private: bool
    in_drawer: bool


class Found(NamedTuple):
    """What was found, by client: those of one client stand together, where its first one stands.

    `beyond` is to be asked for what comes next, None where nothing does. `covered` of `all` notes and clients can be
    found so far; both are 0 once all can. `widened_cut` where there were more words that begin so than can be
    asked for, `ranked_cut` where not all notes that match were ranked; `left_out` where more words were typed than are
    looked for.
    """

    hits: tuple[Hit, ...] = ()
    beyond: int | None = None
    covered: int = 0
    all: int = 0
    widened_cut: bool = False
    ranked_cut: bool = False
    too_short: bool = False
    left_out: bool = False


class KindOffered(NamedTuple):
    """One kind of note that can be looked for by itself."""

    id: str
    title: str


class Search:
    """Looks through one open vault."""

    def __init__(self, store: Store, forms: Forms) -> None:
        self._store, self._forms = store, forms
        self._rows = store.search
        self._fresh = 0
        self._merging = self._is_complete = False
        self._looks = store.search.looks()
        self._prints: Iterator[bool] = iter(())

    def kinds(self) -> list[KindOffered]:
        """Return the kinds that can be looked for by themselves, by their titles; copies of a form are of its kind."""
        shipped = {one.based_on or one.id for one in self._forms.all()}
        titles = {id: self._forms.current(id).title for id in shipped - {CLIENT_FORM}}
        offered = [KindOffered(id, title) for id, title in titles.items()]
        return [KindOffered(CLIENT_FORM, "Details of clients"), *sorted(offered, key=lambda one: one.title.casefold())]

    def count_due(self) -> int:
        """Return of how many notes and clients the words are still to be put in."""
        return self._rows.count_due()

    def put_in(self, most: int = A_STEP) -> bool:
        """Put in the words of some notes that were written since; say whether more are waiting. Faults of the disk."""
        due = self._rows.due(most)
        if due:
            told = self._readable(due)
            self._whole(lambda: self._rows.put(told))
            self._fresh += len(told)
        return len(due) == most or (not due and (self._looked() or self._missed()))

    def _looked(self) -> bool:
        """Once, when all is put in: take one look at the index, which is begun anew where it is wrong.

        Say whether there is more to do. It follows from the notes, so that this is no loss.
        """
        for holds in self._looks:
            if not holds:
                # Looked at again where the disk refuses.
                self._looks = self._rows.looks()
                self._rows.begin_anew()
                self._looks = iter(())
            return True
        return False

    def _missed(self) -> bool:
        """Once, when all is put in: say whether there are notes that a program without their form passed by."""
        if self._is_complete:
            return False
        self._is_complete = True
        return self._rows.take_missed((one.id, one.version) for one in self._forms.all())

    def tidy(self) -> bool:
        """After much was put in, merge a little of the index, and then count a few of its prints; say if there is more.

        Faults of the disk.
        """
        if self._fresh < MUCH and not self._merging:
            return next(self._prints, False)
        begin, self._fresh = not self._merging, 0
        self._merging = self._whole(lambda: self._rows.merge(begin=begin))
        if not self._merging:
            self._prints = self._rows.count_parts()
        return self._merging or next(self._prints, False)

    def find(self, sought: Sought, most: int = MOST, beyond: int | None = None) -> Found:
        """Return what is found, the newest or the best first; it waits for nothing, and says how much it covers."""
        what = asked(sought.typed, inside=sought.inside)
        if not what.terms:
            return Found(too_short=what.too_short)
        waiting = self._rows.count_due()
        # On a full disk older words are still found.
        with suppress(KnownError):
            if waiting:
                self.put_in(BEFORE_A_SEARCH if waiting <= BEFORE_A_SEARCH else A_STEP)
        look = self._rows.best if sought.best_first else self._rows.newest
        places = self._whole(lambda: look(self._wanted(what, sought), most, beyond))
        hits = self._hits(places.found, Marker(what), private=sought.private)
        due = self._rows.count_due()
        covered = self._rows.count_covered() if due else 0
        return Found(
            tuple(_by_client(hits, newest=not sought.best_first)),
            places.beyond,
            covered,
            covered + due,
            places.widened_cut,
            places.ranked_cut,
            left_out=what.left_out,
        )

    def spans(self, typed: str, text: str, *, inside: bool = False) -> list[tuple[int, int]]:
        """Return where what was typed stands in a text, from where most of it stands close."""
        return Marker(asked(typed, inside=inside)).spans(text)

    def _whole(self, act: Callable[[], T]) -> T:
        """Do something with the index; a damaged one is begun anew, which is no loss."""
        with suppress(VaultDamagedError):
            return act()
        self._rows.begin_anew()
        return act()

    def _readable(self, due: Sequence[Subject]) -> list[tuple[Subject, Told | None]]:
        """Return what is to be found of some subjects; a note that cannot be read keeps none of the others back."""
        with suppress(VaultDamagedError):
            return self._told(due)
        told: list[tuple[Subject, Told | None]] = []
        for one in due:
            mine: list[tuple[Subject, Told | None]] = [(one, None)]
            with suppress(VaultDamagedError):
                mine = self._told([one])
            told += mine
        return told

    def _wanted(self, what: Asked, sought: Sought) -> Wanted:
        kinds = [id for kind in sought.kinds for id in self._forms.of_kind(kind)]
        first, last = sought.first or datetime.date.min, sought.last or datetime.date.max
        return Wanted(what, sought.private, kinds, first, last)

    def _told(self, due: Sequence[Subject]) -> list[tuple[Subject, Told | None]]:
        entries, addenda = self._entries(due)
        told: list[tuple[Subject, Told | None]] = []
        for one in due:
            if one.entry is not None:
                entry = entries.get(one.entry)
                told.append((one, self._entry_told(entry, addenda.get(one.entry, [])) if entry is not None else None))
            else:
                told.append((one, self._client_told(one)))
        return told

    def _entry_told(self, entry: Entry, addenda: Iterable[Addendum]) -> Told | None:
        """Return what is to be found of an entry: of one in the bin, or of a newer program, nothing."""
        form = self._forms.known(entry)
        if form is None or entry.binned_at is not None:
            return None
        found = fields(form, form.card(entry.card), entry.answers, addenda)
        return _told(entry.happened_on, entry.form, found)

    def _client_told(self, subject: Subject) -> Told | None:
        client = self._client(subject.client)
        form = self._client_form(client) if client is not None else None
        if client is None or form is None:
            return None
        return _told(_day_of(client), CLIENT_FORM, _of_client(form, client))

    def _hits(self, places: Sequence[Place], marker: Marker, *, private: bool) -> Iterator[Hit]:
        entries, addenda = self._entries([one.subject for one in places])
        clients: dict[ClientId | None, Client | None] = {}
        for one in places:
            entry = entries.get(one.subject.entry) if one.subject.entry is not None else None
            whose = entry.client if entry is not None else one.subject.client
            if whose not in clients:
                clients[whose] = self._client(whose)
            client = clients[whose]
            form = self._forms.known(entry) if entry is not None else self._client_form(client)
            if form is None:
                continue
            if entry is not None:
                yield _of_entry(entry, form, client, addenda.get(entry.id, []), marker, private=private)
            elif client is not None:
                field, snippet = _first(_of_client(form, client), marker, private=private)
                yield _hit(one.subject, client, _day_of(client), DETAILS, field, snippet)._replace(day="")

    def _entries(self, subjects: Sequence[Subject]) -> tuple[dict[EntryId, Entry], dict[EntryId, list[Addendum]]]:
        ids = [one.entry for one in subjects if one.entry is not None]
        entries = {one.id: one for one in self._store.entries.among(ids)}
        addenda: dict[EntryId, list[Addendum]] = {}
        for one in self._store.entries.addenda_among(ids):
            addenda.setdefault(one.entry, []).append(one)
        return entries, addenda

    def _client(self, id: ClientId | None) -> Client | None:
        if id is None:
            return None
        with suppress(KeyError):
            return self._store.clients.get(id)
        return None

    def _client_form(self, client: Client | None) -> Form | None:
        """Return the form of a client's details; None where this program does not have it."""
        if client is None or client.form_version > self._forms.newest(CLIENT_FORM):
            return None
        return self._forms.get(CLIENT_FORM, client.form_version)


def _of_client(form: Form, client: Client) -> Iterator[Field]:
    return (field for card in form.cards for field in fields(form, card, client.answers))


def _day_of(client: Client) -> datetime.date:
    return local(client.created_at).date()


def _told(on: datetime.date, kind: str, found: Iterable[Field]) -> Told:
    sides: tuple[list[str], list[str]] = ([], [])
    for one in found:
        sides[one.private].extend((*cutting.words(one.text), BARRIER))
    return Told(on, kind, *sides)


def _of_entry(
    entry: Entry, form: Form, client: Client | None, addenda: Iterable[Addendum], marker: Marker, *, private: bool
) -> Hit:
    card = form.card(entry.card)
    field, snippet = _first(fields(form, card, entry.answers, addenda), marker, private=private)
    kind = "Session" if entry.form == "session" else card.title
    hit = _hit(Subject(entry=entry.id), client, entry.happened_on, kind, field, snippet)
    day = said_day(entry.happened_on, entry.about)
    if form.drawer:
        return hit._replace(day=day, where="", snippet=Snippet(IN_DRAWER), in_drawer=True)
    return hit._replace(day=day)


def _first(found: Iterable[Field], marker: Marker, *, private: bool) -> tuple[Field | None, Snippet]:
    """Return the first field in which most of what was asked stands close, and the piece of text around it."""
    best: tuple[int, Field | None, Snippet] = (0, None, Snippet(""))
    first = None
    for one in found:
        if one.private and not private:
            continue
        first = first or one
        told = marker.snippet(one.text)
        if told is not None and told[0] > best[0]:
            best = (told[0], one, told[1])
    if best[1] is None and first is not None:
        return first, piece(first.text)
    return best[1:]


def _hit(
    subject: Subject, client: Client | None, on: datetime.date, kind: str, field: Field | None, snippet: Snippet
) -> Hit:
    return Hit(
        subject,
        client.id if client is not None else None,
        client.called if client is not None else OWN,
        client.code if client is not None else "",
        on,
        said_day(on),
        kind,
        field.label if field is not None else "",
        snippet,
        field.key if field is not None else "",
        field.addendum if field is not None else None,
        field.private if field is not None else False,
        in_drawer=False,
    )


def _by_client(hits: Iterable[Hit], *, newest: bool) -> list[Hit]:
    """Return the hits with those of one client together; within a client the newest first, where that was asked."""
    groups: dict[ClientId | None, list[Hit]] = {}
    for one in hits:
        groups.setdefault(one.client, []).append(one)
    for group in groups.values():
        if newest:
            # What the client's details say stands first.
            group.sort(key=lambda one: (one.subject.entry is None, one.on, one.subject.entry or 0), reverse=True)
    return [one for group in groups.values() for one in group]
