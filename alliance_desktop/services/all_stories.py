"""The stories of all clients with whom something may be going on, as the rules read them: kept, and brought along."""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping
from typing import TypeVar

import msgspec

from alliance_desktop import __version__
from alliance_desktop.domain import abridged, rupture
from alliance_desktop.domain.answers import ids_of
from alliance_desktop.domain.attendance import LOOKED_BACK
from alliance_desktop.domain.attention import Rule
from alliance_desktop.domain.client import Client, ClientState
from alliance_desktop.domain.days import day_within
from alliance_desktop.domain.drafts import KEPT_UP
from alliance_desktop.domain.entry import Arc, ArcId, ClientId, Entry, EntryId
from alliance_desktop.domain.story import ClientStory
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.stamps import Stamps
from alliance_desktop.storage.kept_stories import Found, Kept
from alliance_desktop.storage.store import Store

T = TypeVar("T", Entry, Arc)

_SESSION = "session"
_READ = frozenset(
    {
        *("closing", "concern", "decision", "foundation", "goal", "life_event", "meeting", "outreach"),
        *("records_request", "referral", "rupture", "safeguarding", "sharing_log"),
    }
)
"""The forms of which the rules read all entries; of the others they see what is due, or begun and not finished."""
_MANY, _DRAFTS = 200, 3
"""So many of the newest sessions of a client with whom something is going on, and of the longest drafts."""
_NOTED = "attendance.ids[0]"

_UNWATCHED = frozenset(
    {"rupture", "goal", "sharing_log", "decision", "life_event", "meeting", "contact_log", "records_request"}
)
"""Forms whose rules ask nothing about sessions."""
_LONG = 730
"""So long after a closing no second look is asked for any more, nor after a talk with others what was promised."""

_FEW = 20
"""So many clients are read one by one."""
_A_STEP, _SEEN = 40, 20
"""What is read in one step of a few milliseconds: of those who are still seen there is so many times more to read."""

_ALWAYS, _NEVER = datetime.date.max, ""


class AllStories:
    """Reads what the rules need of each client: from the row kept of them, and from the entries where there is none.

    Of those whose work has ended, only whom somebody is worried about, is referred, or waits for a second look.
    """

    def __init__(self, store: Store, forms: Forms, stamps: Stamps) -> None:
        self._store, self._forms, self._stamps = store, forms, stamps
        self._mark = 0
        self._today = datetime.date.min
        self._known: dict[ClientId, ClientStory] | None = None
        self._unkept: dict[ClientId, Kept] = {}
        self._asked: tuple[object, ...] = ()
        self._made_by = ""

    def all(self) -> list[ClientStory]:
        """Return the story of each; of one that was not written about since, the very same as before."""
        since = self._store.touched.since(self._mark)
        if since is None:
            return list(self._stories(self._store.clients.all()).values())
        mark, touched = since
        self._follow_forms()
        for id in touched:
            self._unkept.pop(id, None)
        today = self._stamps.today()
        if self._known is None or self._today != today:
            self._known = self._read_all(today)
        elif touched:
            anew = self._written(touched)
            self._known = {id: one for id, one in self._known.items() if id not in touched} | anew
        # Last: what could not be read is asked for again.
        self._mark, self._today = mark, today
        return list(self._known.values())

    @property
    def is_ready(self) -> bool:
        """Whether `all` reads nobody but those who were written about since."""
        return self._known is not None and self._today == self._stamps.today()

    def getting_ready(self) -> Generator[None, None, None]:
        """Read what `all` asks for, in steps of a few milliseconds; after a write in between, the rest anew."""
        while not self.is_ready:
            began, since = self._store.writes, self._store.touched.since(self._mark)
            if since is None:
                return
            mark, touched = since
            self._follow_forms()
            for id in touched:
                self._unkept.pop(id, None)
            today = self._stamps.today()
            known = yield from self._reading(today, began)
            if not self.is_ready and self._store.writes == began:
                self._known, self._mark, self._today = known, mark, today

    def forget(self) -> None:
        """Read everything anew when it is asked for the next time, and nothing of what is kept in the vault."""
        self._known, self._asked, self._made_by = None, (), ""
        self._unkept.clear()

    def keep_some(self, most: int) -> bool:
        """Keep in the vault what was read of some clients, for the next first look; say whether there is more.

        Raises what a transaction raises; then it is read again at the next first look, and nothing else is lost.
        """
        if self._known is None or self._store.read_only:
            return False
        self.all()
        some = dict(list(self._unkept.items())[:most])
        if some:
            self._store.kept_stories.keep(some, self._made_by)
            for id in some:
                del self._unkept[id]
        return bool(self._unkept)

    def _read_all(self, today: datetime.date) -> dict[ClientId, ClientStory]:
        found, unread = self._of_kept(self._store.kept_stories.read(today, self._made_by), today)
        return found | self._stories(unread)

    def _reading(self, today: datetime.date, began: int) -> Generator[None, None, dict[ClientId, ClientStory]]:
        """Do what `_read_all` does in steps, until something was written since `began`."""
        kept = yield from self._store.kept_stories.reading(today, self._made_by)
        found, unread = self._of_kept(kept, today)
        for some in _in_steps(unread):
            if self._store.writes != began:
                break
            found |= self._stories(some)
            yield
        return found

    def _of_kept(self, rows: Found, today: datetime.date) -> tuple[dict[ClientId, ClientStory], list[Client]]:
        """Return the stories of those of whom something is kept, and of whom nothing is."""
        clients = {one.id: one for one in self._store.clients.all()}
        known = rows[0] | self._unkept.keys()
        kept = rows[1] | {id: one for id, one in self._unkept.items() if one.until >= today.isoformat()}
        found = {id: _story(clients[id], one, today) for id, one in kept.items() if id in clients}
        return found, [one for id, one in clients.items() if id not in known]

    def _written(self, touched: set[ClientId]) -> dict[ClientId, ClientStory]:
        """Return the stories of those who were written about: of a few one by one, which is quicker."""
        clients = [one for one in self._store.clients.all() if one.id in touched]
        if len(clients) > _FEW:
            return self._stories(clients)
        return {id: story for one in clients for id, story in self._stories([one]).items()}

    def _stories(self, clients: list[Client]) -> dict[ClientId, ClientStory]:
        """Return the stories of those of some clients about whom the rules ask today, from their entries."""
        if not clients:
            return {}
        found, today = self._read(clients), self._stamps.today()
        self._unkept |= found
        return {
            one.id: _story(one, found[one.id], today) for one in clients if found[one.id].until >= today.isoformat()
        }

    def _read(self, clients: list[Client]) -> dict[ClientId, Kept]:
        until = self._until(clients)
        rows, going = self._store.attention, [one.id for one in clients if until[one.id]]
        arcs = rows.arcs(going)
        found = rows.of_forms(self._ids(_READ), going)
        promised = rows.due(self._ids({"contact_log"}), "next_on.on", "next_done", going)
        watched = {one.client for one in found + promised if one.form not in _UNWATCHED}
        watched |= {one.client for one in arcs if rupture.is_open(one.status)}
        watched |= {one.client for one in found if ids_of(one.answers.get("preferred_not"))}
        session = self._ids({_SESSION})
        found += rows.latest(session, going, 1)
        found += rows.latest(session, (one for one in going if one in watched), _MANY, _NOTED)
        found += rows.latest(session, (one for one in going if one not in watched), LOOKED_BACK, _NOTED)
        others = [one.id for one in self._forms.all() if (one.based_on or one.id) not in KEPT_UP | _READ]
        answered = self._drafts_answered()
        found += rows.drafts(others, going, _DRAFTS, answered)
        found += rows.drafts_among(answered, going)
        entries, due = self._by_client(found), self._by_client(promised)
        of_arcs, turned = _grouped(arcs), self._turned(arcs)
        return {
            id: Kept(
                until=day,
                entries=entries[id],
                promised=due[id],
                arcs=of_arcs[id],
                turned={one.id: turned[one.id] for one in of_arcs[id] if one.id in turned},
            )
            for id, day in until.items()
        }

    def _until(self, clients: list[Client]) -> dict[ClientId, str]:
        """Return the last day on which the rules ask about each of some clients, empty for never more."""
        rows, ended = self._store.attention, [one.id for one in clients if one.state is ClientState.CLOSED]
        days = {one.id: _ALWAYS for one in clients if one.state is not ClientState.CLOSED}
        closings = rows.unsettled(self._ids({"closing"}), "second_look_done", ended)
        days |= {id: day_within(on, _LONG) for id, on in closings.items()}
        days |= dict.fromkeys(rows.unsettled(self._ids({"safeguarding"}), "nothing", ended), _ALWAYS)
        days |= dict.fromkeys(rows.unsettled(self._ids({"concern", "referral"}), "answered_on.on", ended), _ALWAYS)
        days |= dict.fromkeys(rows.unsettled(self._ids({"records_request"}), "sent_on.on", ended), _ALWAYS)
        return {one.id: days[one.id].isoformat() if one.id in days else _NEVER for one in clients}

    def _ids(self, kinds: Iterable[str]) -> list[str]:
        return [id for kind in sorted(kinds) for id in self._forms.of_kind(kind)]

    def _drafts_answered(self) -> list[EntryId]:
        """Return the drafts that something was answered to; they must not stand in the way of others."""
        answers = self._store.put_offs.all()
        return sorted({EntryId(one.subject) for one in answers if one.rule.startswith(f"{Rule.OLD_DRAFT}:")})

    def _by_client(self, entries: Iterable[Entry]) -> defaultdict[ClientId | None, list[Entry]]:
        """Return each entry once, under the shipped form it is of and with what the rules read, by whose it is."""
        told = {one.id: abridged.abridged(self._as_shipped(one)) for one in entries}
        return _grouped(told.values())

    def _as_shipped(self, entry: Entry) -> Entry:
        kind = self._forms.kind(entry)
        return entry if kind == entry.form else msgspec.structs.replace(entry, form=kind)

    def _turned(self, arcs: Iterable[Arc]) -> Mapping[ArcId, datetime.date]:
        """Return the day on which each strain that was opened again was."""
        turns = {one.id: one.turn for one in arcs if one.turn > 1}
        if not turns:
            return {}
        standing = rupture.standing(self._store.attention.events(turns))
        return {one.arc: one.true_on for one in reversed(standing) if one.turn == turns[one.arc]}

    def _follow_forms(self) -> None:
        """Forget what was read with other forms: another form may make another thing of an entry."""
        asked = tuple(
            (one.id, one.version, one.based_on, *(card.id for card in one.cards)) for one in self._forms.all()
        )
        if asked == self._asked:
            return
        self.forget()
        self._asked = asked
        read = [(form, *sorted(keys)) for form, keys in sorted(abridged.READ.items())]
        parts = (__version__, sorted(asked), read, sorted(abridged.WHOLE), sorted(_READ), sorted(_UNWATCHED))
        numbers = (_MANY, _DRAFTS, _LONG, LOOKED_BACK, _NOTED, sorted(KEPT_UP))
        self._made_by = hashlib.blake2b(repr((parts, numbers)).encode(), digest_size=16).hexdigest()


def _in_steps(clients: Iterable[Client]) -> Iterator[list[Client]]:
    """Yield clients, in each step as many as are read in the time for one step."""
    some: list[Client] = []
    much = 0
    for one in clients:
        some.append(one)
        much += 1 if one.state is ClientState.CLOSED else _SEEN
        if much >= _A_STEP:
            yield some
            some, much = [], 0
    yield some


def _grouped(found: Iterable[T]) -> defaultdict[ClientId | None, list[T]]:
    made: defaultdict[ClientId | None, list[T]] = defaultdict(list)
    for one in found:
        made[one.client].append(one)
    return made


def _story(client: Client, kept: Kept, today: datetime.date) -> ClientStory:
    """Return a client's story of a day; what was promised long ago is not asked for any more."""
    since = day_within(today, -_LONG)
    held = {one.id for one in kept.entries}
    late = [one for one in kept.promised if one.happened_on >= since and one.id not in held]
    return ClientStory(client=client, entries=[*kept.entries, *late], arcs=kept.arcs, turned=kept.turned)
