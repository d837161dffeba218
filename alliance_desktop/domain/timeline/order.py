"""The order of a client's story, known from columns alone: what stands where, and which words are still to be read."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from alliance_desktop.domain import rupture
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.entry import Addendum, Arc, ArcId, Entry, EntryId, Outline, StatusEvent
from alliance_desktop.domain.form import Form
from alliance_desktop.domain.timeline import telling
from alliance_desktop.domain.timeline.arcs import with_arcs
from alliance_desktop.domain.timeline.row import Lane, Row, Spot, Symbol, lane_of

_Order = tuple[datetime.date, int, int, int]
"""A row's place: its day, the turn of its strain, opening before cards before the end, then as begun."""
_LAST_TURN = 1 << 30

FormOf = Callable[[Outline | Entry], Form | None]
"""The form an entry was written in; None where this program does not have it."""


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of one client that the timeline needs, in any order.

    A card of a strain comes with its answers, since the arcs need them; anything else may come as an `Outline`.
    `taken` are the supervisions to which something of this client was taken.
    """

    entries: Sequence[Outline | Entry]
    arcs: Sequence[Arc] = ()
    events: Sequence[StatusEvent] = ()
    addenda: Sequence[Addendum] = ()
    taken: Sequence[Outline] = ()


def spots(story: Story, form_of: FormOf, today: datetime.date) -> list[Spot]:
    """Return the story in order, oldest first; open strains come last, with how long they have been open.

    An entry whose form is not known here is a row that says so and leads nowhere.
    """
    cards = [one for one in story.entries if isinstance(one, Entry) and one.arc is not None]
    own = _by_arc(cards, story.events)
    names = {arc.id: telling.strain_name(own[arc.id].cards, arc.id) for arc in story.arcs}
    keyed = _of_entries(story.entries, form_of, names)
    keyed += _of_events(story.events, names)
    keyed += _of_addenda(story, form_of)
    keyed += [
        ((one.happened_on, 1, 1, one.sequence), _spot(telling.taken_row(one), "supervision", one))
        for one in story.taken
    ]
    keyed.sort(key=lambda pair: pair[0])
    drawn = with_arcs([spot for _, spot in keyed], cards)
    still = [arc for arc in story.arcs if rupture.is_open(arc.status)]
    now = [
        telling.open_row(arc, _opened_on(arc, own[arc.id]), names[arc.id], today, _ahead(arc, own[arc.id], form_of))
        for arc in still
    ]
    return drawn + with_arcs([_spot(row, rupture.FORM) for row in now], cards, still)


def rows(story: Story, form_of: FormOf, today: datetime.date) -> list[Row]:
    """Return every row of a story whose entries all come with their answers."""
    return [told(spot, spot.known, form_of) for spot in spots(story, form_of, today)]


def told(spot: Spot, entry: Outline | Entry | None, form_of: FormOf) -> Row:
    """Return the row of a spot, with the words of its entry; without them it says that they cannot be read."""
    if spot.row is not None:
        return spot.row
    known = entry if entry is not None else spot.known
    form = form_of(known) if known is not None else None
    if known is None or form is None:
        raise ValueError("a spot without a row has an entry, and its form is known")
    return telling.entry_row(known, form, known.answers if isinstance(known, Entry) else None)


def _spot(row: Row, kind: str, known: Outline | Entry | None = None) -> Spot:
    return Spot(row.on, row.lane, kind, known, row)


def _of_entries(
    entries: Sequence[Outline | Entry], form_of: FormOf, names: Mapping[ArcId, str]
) -> list[tuple[_Order, Spot]]:
    placed: dict[tuple[str, int, str], tuple[Form | None, Lane, str]] = {}
    keyed: list[tuple[_Order, Spot]] = []
    for one in entries:
        written_in = (one.form, one.form_version, one.card)
        found = placed.get(written_in)
        form, lane, kind = found if found is not None else placed.setdefault(written_in, _placed(form_of(one)))
        if form is not None and isinstance(one, Outline):
            keyed.append(((one.happened_on, 1, 1, one.sequence), Spot(one.happened_on, lane, kind, one)))
            continue
        spot = _told_now(one, form, lane, kind, names)
        if spot is not None:
            keyed.append(((one.happened_on, _turn(one), 1, one.sequence), spot))
    return keyed


def _turn(one: Outline | Entry) -> int:
    return one.turn if isinstance(one, Entry) else 1


def _told_now(
    one: Outline | Entry, form: Form | None, lane: Lane, kind: str, names: Mapping[ArcId, str]
) -> Spot | None:
    """Return the spot of what needs no words, or came with them; None for a card of a strain that says nothing."""
    if form is None:
        return _spot(telling.newer_row(one), "", one)
    if isinstance(one, Entry) and one.arc is not None:
        return _spot(telling.strain_row(one, form, names), kind, one) if telling.is_begun(one, form) else None
    return Spot(one.happened_on, lane, kind, one)


def _placed(form: Form | None) -> tuple[Form | None, Lane, str]:
    return (form, lane_of(form.section), telling.kind_of(form)) if form is not None else (None, Lane.OTHERS, "")


def _of_events(events: Sequence[StatusEvent], names: Mapping[ArcId, str]) -> list[tuple[_Order, Spot]]:
    keyed: list[tuple[_Order, Spot]] = []
    for event in rupture.standing(events):
        row = telling.event_row(event, names)
        if row is not None:
            first = row.symbol is Symbol.REOPENED
            keyed.append(((event.true_on, event.turn, 0 if first else 2, event.id), _spot(row, rupture.FORM)))
    return keyed


def _of_addenda(story: Story, form_of: FormOf) -> list[tuple[_Order, Spot]]:
    if not story.addenda:
        return []
    by_id: dict[EntryId, Outline | Entry] = {one.id: one for one in story.entries}
    keyed: list[tuple[_Order, Spot]] = []
    for addendum in story.addenda:
        known = by_id[addendum.entry]
        form = form_of(known)
        row = telling.addendum_row(addendum, known, form)
        words = addendum.text if row.text else ""
        spot = Spot(row.on, row.lane, telling.kind_of(form) if form is not None else "", known, row, words)
        keyed.append(((local(addendum.written_at).date(), _LAST_TURN, 0, addendum.id), spot))
    return keyed


class _Own(NamedTuple):
    """What there is of one strain."""

    cards: list[Entry]
    events: list[StatusEvent]


def _by_arc(cards: Sequence[Entry], events: Sequence[StatusEvent]) -> Mapping[ArcId | None, _Own]:
    found: defaultdict[ArcId | None, _Own] = defaultdict(lambda: _Own([], []))
    for card in cards:
        found[card.arc].cards.append(card)
    for event in events:
        found[event.arc].events.append(event)
    return found


def _ahead(arc: Arc, own: _Own, form_of: FormOf) -> str:
    """Return what the cards of a strain say that its status does not yet; those of an unknown form say nothing."""
    forms = {one.id: form for one in own.cards if (form := form_of(one)) is not None}
    mine = [one for one in own.cards if one.id in forms]
    mine.sort(key=lambda one: (one.happened_on, one.sequence, one.id))
    suggested = rupture.suggested(mine, arc.status, arc.turn, lambda one: forms[one.id], own.events)
    return rupture.ahead(suggested, arc.status)


def _opened_on(arc: Arc, own: _Own) -> datetime.date:
    turned = [one.true_on for one in rupture.standing(own.events) if one.turn == arc.turn]
    noticed = [one.happened_on for one in own.cards if one.card == "notice"]
    if arc.turn == 1 and noticed:
        return min(noticed)
    return turned[0] if turned else arc.created_at.date()
