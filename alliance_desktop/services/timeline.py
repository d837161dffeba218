"""A client's timeline: in order at once, and told where somebody looks, a few entries at a time."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import overload

import msgspec

from alliance_desktop.domain import audience, timeline
from alliance_desktop.domain.entry import ClientId, Entry, EntryId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.form import Audience, Form
from alliance_desktop.domain.timeline import Row, Sift, Spot, Zoom
from alliance_desktop.services.forms import Forms
from alliance_desktop.storage.settings import timeline_key
from alliance_desktop.storage.store import Store

BATCH = 24
"""So many entries are read at a time: a few milliseconds."""

Found = Generator[int, None, list[int]]
"""Looks through rows, telling at each step of a few milliseconds how many; gives the places of those found."""


class View(msgspec.Struct, frozen=True, kw_only=True):
    """How a client's timeline is looked at; kept for each client, without any words that were looked for."""

    zoom: Zoom = Zoom.WEEK
    sift: Sift = Sift()


class Timeline(Sequence[Row]):
    """The rows of one client, oldest first. A row is read and told when it is asked for, and then kept.

    What the disk does not give is told as a row that says so, and so is everything once the vault is closed.
    """

    def __init__(self, store: Store, forms: Forms, client: ClientId, today: date) -> None:
        self._store, self._forms = store, forms
        cards, known = store.outlines.of_strains(client), store.outlines.plain(client)
        story = timeline.Story(
            entries=[*known, *cards],
            arcs=store.arcs.of_client(client),
            events=store.outlines.history(client),
            addenda=store.outlines.addenda(client, len(known)),
            taken=store.outlines.taken(client),
        )
        self.spots: Sequence[Spot] = timeline.spots(story, forms.known, today)
        self._told: dict[int, Row] = {}

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.spots)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        """Return the row at a place, or those of several."""
        if isinstance(place, slice):
            return self.rows(range(*place.indices(len(self))))
        at = range(len(self))[place]
        spot = self.spots[at]
        return spot.row if spot.row is not None else self.rows((at,))[0]

    def __iter__(self) -> Iterator[Row]:
        """Yield every row."""
        for places in _batches(range(len(self))):
            yield from self.rows(places)

    def rows(self, places: Sequence[int]) -> list[Row]:
        """Return the rows at some places."""
        self.tell(places)
        return [self.spots[at].row or self._told[at] for at in places]

    def is_told(self, place: int) -> bool:
        """Say whether nothing is to be read any more for a row."""
        return self.spots[place].row is not None or place in self._told

    def tell(self, places: Iterable[int]) -> None:
        """Read the words of rows, those of entries that are near each other in one look."""
        for some in _batches(at for at in places if not self.is_told(at)):
            self._tell_from(some, self._read(some))

    def _tell_from(self, places: Iterable[int], entries: dict[EntryId, Entry]) -> None:
        for at in places:
            known = self.spots[at].known
            entry = entries.get(known.id) if known is not None else None
            self._told[at] = timeline.told(self.spots[at], entry, self._forms.known)

    def whole(self, places: Iterable[int]) -> Iterator[tuple[Row, Entry | None, Form | None]]:
        """Yield the rows at some places, each with the entry that it tells and its form where there is one."""
        for some in _batches(places):
            entries = self._read(some)
            self._tell_from([at for at in some if not self.is_told(at)], entries)
            for at, row in zip(some, self.rows(some), strict=True):
                known = self.spots[at].known
                form = self._forms.known(known) if known is not None else None
                yield row, entries.get(known.id) if known is not None else None, form

    def telling(self, places: Iterable[int]) -> Iterator[None]:
        """Read the words of rows in steps of a few milliseconds each."""
        for some in _batches(places):
            if any(not self.is_told(at) for at in some):
                self.tell(some)
                yield

    def kinds(self) -> list[tuple[str, str]]:
        """Return the kinds that occur, lane by lane, each with its words."""
        lanes = list(timeline.Lane)
        found = {one.kind: one.lane for one in reversed(self.spots) if one.kind}
        titled = [(lanes.index(lane), self._forms.current(kind).title, kind) for kind, lane in found.items()]
        return [(kind, title) for _, title, kind in sorted(titled)]

    def sifted(self, sift: Sift) -> list[int]:
        """Return the places of the rows that are shown, as far as their columns tell; see `seen` for the rest."""
        if sift.shows_all:
            return list(range(len(self)))
        return [at for at, spot in enumerate(self.spots) if timeline.keeps(sift, spot)]

    def seen(self, places: Iterable[int]) -> dict[int, Row]:
        """Return those rows of which the client has seen something, told by nothing else than that."""
        seen: dict[int, Row] = {}
        for some in _batches(at for at in places if self._is_shared(self.spots[at])):
            entries = self._read(some)
            for at in some:
                row = self._seen_row(self.spots[at], entries)
                if row is not None:
                    seen[at] = row
        return seen

    def looking(self, typed: str, places: Sequence[int]) -> Found:
        """Look for words in rows, the newest first; every word is to occur, folded as names are."""
        found: list[int] = []
        looked = 0
        for some in _batches(reversed(places)):
            entries = self._read(some)
            self._tell_from([at for at in some if not self.is_told(at)], entries)
            found += [at for at in some if timeline.holds(self._hay(at, entries), typed)]
            looked += len(some)
            yield looked
        return found[::-1]

    def among(self, typed: str, rows: Mapping[int, Row]) -> list[int]:
        """Return the places of those rows whose own words hold every word typed."""
        return [at for at, row in rows.items() if timeline.holds(timeline.hay(self.spots[at], row, None, None), typed)]

    def _hay(self, at: int, entries: dict[EntryId, Entry]) -> str:
        spot = self.spots[at]
        entry = entries.get(spot.known.id) if spot.known is not None and not spot.words else None
        form = self._forms.known(entry) if entry is not None else None
        return timeline.hay(spot, self.rows((at,))[0], entry, form)

    def _is_shared(self, spot: Spot) -> bool:
        form = self._forms.known(spot.known) if spot.known is not None and not spot.words else None
        if form is None or form.drawer or spot.known is None:
            return False
        return any(one.audience is Audience.SHARE for one in form.card(spot.known.card).questions)

    def _seen_row(self, spot: Spot, entries: dict[EntryId, Entry]) -> Row | None:
        entry = entries.get(spot.known.id) if spot.known is not None else None
        form: Form | None = self._forms.known(entry) if entry is not None else None
        if entry is None or form is None:
            return None
        keys = audience.seen_keys(form.card(entry.card), entry.answers)
        if not keys:
            return None
        row = timeline.seen_row(entry, form, keys, entry.answers)
        return msgspec.structs.replace(row, point=spot.row.point if spot.row is not None else None)

    def _read(self, places: Iterable[int]) -> dict[EntryId, Entry]:
        """Return the entries of some places, as many as can be read."""
        ids = list(dict.fromkeys(known.id for at in places if (known := self.spots[at].known) is not None))
        if not ids or not self._store.is_open:
            return {}
        try:
            return self._store.outlines.whole(ids)
        except KnownError:
            # One that cannot be read must not take its neighbours along.
            return {} if len(ids) == 1 else _joined(self._read((at,)) for at in places)


def kept_view(store: Store, client: ClientId) -> View:
    """Return how a client's timeline was looked at last."""
    try:
        return msgspec.convert(store.settings.get(timeline_key(client)) or {}, View)
    except (msgspec.ValidationError, KnownError):
        return View()


def keep_view(store: Store, client: ClientId, view: View) -> None:
    """Keep how a client's timeline is looked at; not in a vault that is open for reading only."""
    if store.read_only or kept_view(store, client) == view:
        return
    with store.transaction():
        if view == View():
            store.settings.drop(timeline_key(client))
        else:
            store.settings.put(timeline_key(client), msgspec.to_builtins(view))


def _batches(places: Iterable[int]) -> Iterator[list[int]]:
    left = iter(places)
    while some := list(islice(left, BATCH)):
        yield some


def _joined(parts: Iterable[dict[EntryId, Entry]]) -> dict[EntryId, Entry]:
    return {id: one for part in parts for id, one in part.items()}
