"""What waits for supervision, and how much supervision there was."""

import datetime
from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from alliance_desktop.domain import strains
from alliance_desktop.domain.client import ClientState
from alliance_desktop.domain.entry import Arc, ArcId, ClientId, Entry, EntryId
from alliance_desktop.domain.outreach import stop_of
from alliance_desktop.domain.rupture import Status
from alliance_desktop.domain.story import ClientStory, by_date, day, first_id, links

KINDS = ("individual", "group", "peer", "consultation", "other")


class ItemKind(StrEnum):
    """Why something is on the agenda, the most pressing first."""

    BEFORE = "before"
    STOPPED = "stopped"
    NEXT_TIME = "next_time"
    STRAIN = "strain"


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to bring. `entry` is what a supervision session links to; `brought_on` is when it last was brought."""

    kind: ItemKind
    client: ClientId
    since: datetime.date
    words: str
    entry: EntryId | None = None
    arc: ArcId | None = None
    brought_on: datetime.date | None = None


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """Supervision in a period: minutes and sessions of each kind, and how many sessions tell no minutes."""

    minutes: dict[str, int]
    sessions: dict[str, int]
    untold: int = 0

    @property
    def total(self) -> int:
        """All minutes."""
        return sum(self.minutes.values())


def items(stories: Iterable[ClientStory], own: Sequence[Entry], today: datetime.date) -> list[Item]:
    """Return what was ticked for supervision and not brought since, the tries that were stopped, the open strains.

    What was asked for before speaking comes first, then what waits longest; a strain that was brought before stays
    while it is open, after those never brought.
    """
    told = brought(own, today)
    return in_order(item for story in stories for item in of_client(story, told, today))


def in_order(found: Iterable[Item]) -> list[Item]:
    """Return items as `items` does, whoever gathered them."""
    order = list(ItemKind)
    return sorted(found, key=lambda one: (order.index(one.kind), one.brought_on is not None, one.since, one.client))


def brought(own: Sequence[Entry], today: datetime.date) -> dict[EntryId, datetime.date]:
    """Return the newest day on which each entry was brought."""
    held = [one for one in _sessions(own) if one.happened_on <= today]
    return {id: one.happened_on for one in held for id in links(one, "brought") + links(one, "feeds_back")}


def of_client(story: ClientStory, brought: dict[EntryId, datetime.date], today: datetime.date) -> list[Item]:
    """Return what is to be brought of one client, in no particular order."""
    found = [_of_strain(story, arc, brought) for arc in story.arcs]
    return [one for one in [_of_stop(story, brought, today), *found] if one is not None]


def waiting(items: Iterable[Item]) -> list[Item]:
    """Return the items somebody decided to bring: without the open strains that stand there by themselves."""
    return [one for one in items if one.kind is not ItemKind.STRAIN]


def hours(entries: Iterable[Entry], start: datetime.date, end: datetime.date) -> Hours:
    """Return how much supervision there was from one day to another, both included."""
    minutes, count, untold = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0), 0
    for one in _sessions(entries):
        if not start <= one.happened_on <= end:
            continue
        kind = first_id(one, "kind") if first_id(one, "kind") in KINDS else "other"
        told = one.answers.get("minutes")
        count[kind] += 1
        if isinstance(told, int) and not isinstance(told, bool):
            minutes[kind] += told
        else:
            untold += 1
    return Hours(minutes=minutes, sessions=count, untold=untold)


def _sessions(entries: Iterable[Entry]) -> list[Entry]:
    return by_date(one for one in entries if one.form == "supervision" and one.card == "session")


def _of_stop(story: ClientStory, brought: dict[EntryId, datetime.date], today: datetime.date) -> Item | None:
    stop = stop_of(story, today)
    told = brought.get(stop.entry) if stop is not None else None
    if stop is None or not stop.stands or (told is not None and told >= stop.on):
        return None
    return Item(
        kind=ItemKind.STOPPED,
        client=story.client.id,
        since=stop.on,
        words="They asked you to stop contacting them.",
        entry=stop.entry,
    )


def _of_strain(story: ClientStory, arc: Arc, brought: dict[EntryId, datetime.date]) -> Item | None:
    if arc.status == Status.NOT_A_STRAIN:
        return None
    cards = [one for one in story.of_arc(arc, "acknowledge") if first_id(one, "supervision")]
    asked = first_id(cards[-1], "supervision") if cards else "no"
    if asked in {ItemKind.BEFORE, ItemKind.NEXT_TIME}:
        last = _brought_on(story, arc, brought)
        if last is None or last < cards[-1].happened_on:
            told = "to bring before you speak with them" if asked == ItemKind.BEFORE else "to bring next time"
            on, card = cards[-1].happened_on, cards[-1].id
            return _item(story, arc, ItemKind(asked), on, f"“{strains.name(story, arc)}”: {told}", card, last)
    if arc not in story.open_arcs or story.client.state is ClientState.CLOSED:
        return None
    notice = next(iter(story.of_arc(arc)), None)
    since, card_id = strains.since(story, arc), notice.id if notice is not None else None
    words = f"“{strains.name(story, arc)}”: an open strain"
    return _item(story, arc, ItemKind.STRAIN, since, words, card_id, _brought_on(story, arc, brought))


def _item(
    story: ClientStory,
    arc: Arc,
    kind: ItemKind,
    since: datetime.date,
    words: str,
    entry: EntryId | None,
    last: datetime.date | None,
) -> Item:
    return Item(kind=kind, client=story.client.id, since=since, words=words, entry=entry, arc=arc.id, brought_on=last)


def _brought_on(story: ClientStory, arc: Arc, brought: dict[EntryId, datetime.date]) -> datetime.date | None:
    """Return the newest day any card of a strain was brought, by a supervision session or by its own closing card."""
    cards = story.of_turns(arc)
    days = [brought.get(one.id) for one in cards] + [day(one, "supervision_on") for one in cards]
    return max((one for one in days if one is not None), default=None)
