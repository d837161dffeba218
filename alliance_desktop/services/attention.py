"""Who needs me next: the plain rules asked of every client, and what the counsellor answered to them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from alliance_desktop.domain import agenda, attention, clock, outreach, rupture
from alliance_desktop.domain.answers import ids_of
from alliance_desktop.domain.attendance import LOOKED_BACK
from alliance_desktop.domain.attention import ClientStory, Reason, Rule
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.client import Client, ClientState
from alliance_desktop.domain.drafts import KEPT_UP
from alliance_desktop.domain.entry import Arc, ArcId, ClientId, Entry, EntryId, PutOff
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.story import day
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.preferences import Settings
from alliance_desktop.services.stamps import Stamps
from alliance_desktop.storage.store import Store

T = TypeVar("T", Entry, Arc)

MOST = 12
"""So many cards are shown at a time, never more."""

_SESSION = "session"
_READ = frozenset(
    {
        *("closing", "concern", "decision", "foundation", "goal", "life_event", "meeting", "outreach"),
        *("referral", "rupture", "safeguarding", "sharing_log"),
    }
)
"""The forms that the rules read whole; of the others they see what is due, or begun and not finished."""
_MANY, _DRAFTS = 200, 3
"""So many of the newest sessions of a client with whom something is going on, and of the longest drafts."""
_NOTED = "attendance.ids[0]"

_UNWATCHED = frozenset({"rupture", "goal", "sharing_log", "decision", "life_event", "meeting", "contact_log"})
"""Forms whose rules ask nothing about sessions."""
_LONG = datetime.timedelta(days=730)
"""So long after a closing no second look is asked for any more, nor after a talk with others what was promised."""

_PRESSING = {rule: place for place, rule in enumerate(Rule)}


class ClientCard(msgspec.Struct, frozen=True, kw_only=True):
    """One client with the reasons to think of them, the most pressing first; `client` is None for the counsellor."""

    client: Client | None
    reasons: tuple[Reason, ...]

    @property
    def first(self) -> Reason:
        """The most pressing reason."""
        return self.reasons[0]


class CaseloadLine(msgspec.Struct, frozen=True, kw_only=True):
    """One client in the table of the whole caseload; `next_on` is the next session or gentle try, `next_is` which."""

    client: Client
    next_on: datetime.date | None = None
    next_is: str = ""


class Attention:
    """Asks the rules, and keeps what was answered to them: later, or not needed and why."""

    def __init__(self, store: Store, forms: Forms, stamps: Stamps, notebook: Notebook, settings: Settings) -> None:
        self._store, self._forms, self._stamps = store, forms, stamps
        self._notebook, self._settings = notebook, settings
        self._known: dict[ClientId, ClientStory] | None = None
        self._reasons: dict[ClientId, list[Reason]] = {}
        self._asked: tuple[datetime.date, Numbers] | None = None
        self._waiting: tuple[datetime.date, list[Entry], list[agenda.Item]] | None = None
        self._answered: set[ClientId] = set()

    @property
    def numbers(self) -> Numbers:
        """The numbers of the rules, as the counsellor has set them."""
        return self._settings.preferences().attention

    def doubt(self) -> clock.Doubt | None:
        """Return what is odd about the computer's day; None where nothing is, or it was said that it is right."""
        return self._notebook.clock_doubt()

    def believe(self, today: datetime.date) -> None:
        """Take the computer's day for right, as the counsellor says; any other day is not asked about."""
        if today == self._notebook.today():
            self._notebook.calendar.believe()

    def cards(self, today: datetime.date) -> list[ClientCard]:
        """Return a card for each client somebody should think of, the most pressing first, and one of one's own.

        None at all while the computer's day is in doubt.
        """
        if self.doubt() is not None:
            return []
        hidden = _hidden(self._store.put_offs.all(), today)
        numbers = self.numbers
        stories = self.stories()
        found = [
            ClientCard(client=one.client, reasons=tuple(reasons))
            for one in stories
            if (reasons := _left(self._told(one, today, numbers), hidden))
        ]
        own = self._own_entries()
        mine = _left(attention.own_reasons(own, today, numbers, self._agenda(stories, own, today)), hidden)
        if mine:
            found.append(ClientCard(client=None, reasons=tuple(mine)))
        return sorted(found, key=_order)

    def later(self, reason: Reason, until: datetime.date) -> Changed:
        """Show a reason again from a day on."""
        return self._put_off(reason, until, "")

    def not_needed(self, reason: Reason, why: str) -> Changed:
        """Do not show a reason again, and remember why; ValueError without a why. Something new shows again."""
        if not why.strip():
            raise ValueError("a reason is needed")
        return self._put_off(reason, None, why.strip())

    def undo(self, reason: Reason) -> Changed:
        """Take back what was answered last to a reason."""
        mine = [one for one in self._store.put_offs.all() if (one.client, one.rule) == (reason.client, reason.key)]
        if mine:
            with self._store.transaction():
                self._store.put_offs.remove(mine[-1].id)
            self._read_again(reason)
        return _changed(reason)

    def caseload(self, today: datetime.date) -> list[CaseloadLine]:
        """Return every client with the next day of a session or of a gentle try."""
        numbers = self.numbers
        told = {one.client.id: _line(one, today, numbers) for one in self.stories()}
        return [told.get(one.id) or CaseloadLine(client=one) for one in self._store.clients.all()]

    def stories(self) -> list[ClientStory]:
        """Return what the rules need of each client with whom something may be going on; kept, and brought along.

        Of those whose work has ended, only whom somebody is worried about, is referred, or waits for a second look.
        """
        touched = self._store.attention.take_touched() | self._answered
        self._answered = set()
        if self._known is None:
            self._known = {one.client.id: one for one in self._read(self._going(self._store.clients.all()))}
        elif touched:
            self._waiting = None
            for id in touched:
                self._known.pop(id, None)
                self._reasons.pop(id, None)
            wanted = self._going(one for one in self._store.clients.all() if one.id in touched)
            self._known |= {one.client.id: one for one in self._read(wanted)}
        return list(self._known.values())

    def _read(self, clients: list[Client]) -> list[ClientStory]:
        rows, going = self._store.attention, [one.id for one in clients]
        arcs = rows.arcs(going)
        found = rows.of_forms(self._ids(_READ), going)
        found += rows.due(self._ids({"contact_log"}), "next_on.on", "next_done", going, self._long_ago())
        watched = {one.client for one in found if one.form not in _UNWATCHED}
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
        entries = _by_client(self._as_shipped({one.id: one for one in found}.values()))
        of_arcs, turned = _by_client(arcs), self._turned(arcs)
        return [
            ClientStory(client=one, entries=entries[one.id], arcs=of_arcs[one.id], turned=turned) for one in clients
        ]

    def _agenda(self, stories: list[ClientStory], own: list[Entry], today: datetime.date) -> list[agenda.Item]:
        """Return what waits for supervision, gathered anew only on another day or after a write."""
        if self._waiting is None or self._waiting[:2] != (today, own):
            self._waiting = (today, own, agenda.items(stories, own, today))
        return self._waiting[2]

    def _told(self, story: ClientStory, today: datetime.date, numbers: Numbers) -> list[Reason]:
        """Return the reasons of a client, asked anew only for another day, other numbers, or after a write."""
        if self._asked != (today, numbers):
            self._asked = (today, numbers)
            self._reasons.clear()
        id = story.client.id
        if id not in self._reasons:
            self._reasons[id] = attention.reasons(story, today, numbers)
        return self._reasons[id]

    def _long_ago(self) -> datetime.date:
        today = self._stamps.today()
        return today - _LONG if today - datetime.date.min > _LONG else datetime.date.min

    def _going(self, clients: Iterable[Client]) -> list[Client]:
        """Return those with whom something may be going on."""
        rows = self._store.attention
        after = {
            *rows.unsettled(self._ids({"safeguarding"}), "nothing"),
            *rows.unsettled(self._ids({"concern", "referral"}), "answered_on.on"),
            *rows.unsettled(self._ids({"closing"}), "second_look_done", self._long_ago()),
        }
        return [one for one in clients if one.state is not ClientState.CLOSED or one.id in after]

    def _ids(self, kinds: Iterable[str]) -> list[str]:
        return [id for kind in sorted(kinds) for id in self._forms.of_kind(kind)]

    def _drafts_answered(self) -> list[EntryId]:
        """Return the drafts that something was answered to; they must not stand in the way of others."""
        answers = self._store.put_offs.all()
        return sorted({EntryId(one.subject) for one in answers if one.rule.startswith(f"{Rule.OLD_DRAFT}:")})

    def _as_shipped(self, entries: Iterable[Entry]) -> list[Entry]:
        named = ((one, self._forms.kind(one)) for one in entries)
        return [one if kind == one.form else msgspec.structs.replace(one, form=kind) for one, kind in named]

    def _turned(self, arcs: Iterable[Arc]) -> Mapping[ArcId, datetime.date]:
        """Return the day on which each strain that was opened again was."""
        turns = {one.id: one.turn for one in arcs if one.turn > 1}
        if not turns:
            return {}
        standing = rupture.standing(self._store.attention.events(turns))
        return {one.arc: one.true_on for one in reversed(standing) if one.turn == turns[one.arc]}

    def _own_entries(self) -> list[Entry]:
        own = {one.id for one in self._forms.all() if one.about != "client" and (one.based_on or one.id) not in KEPT_UP}
        found = self._as_shipped(self._store.attention.of_nobody(own))
        return sorted(found, key=lambda one: (one.happened_on, one.sequence, one.id))

    def _put_off(self, reason: Reason, until: datetime.date | None, why: str) -> Changed:
        answer = PutOff(
            id=self._stamps.new_id(),
            client=reason.client,
            rule=reason.key,
            subject=reason.subject,
            at=self._stamps.now(),
            until=until,
            why=why,
        )
        with self._store.transaction():
            self._store.put_offs.add(answer)
        self._read_again(reason)
        return _changed(reason)

    def _read_again(self, reason: Reason) -> None:
        """Read a client's story anew when it is asked for: the drafts that were answered make room for others."""
        if reason.rule is Rule.OLD_DRAFT and reason.client is not None:
            self._answered.add(reason.client)


def _by_client(found: Iterable[T]) -> defaultdict[ClientId | None, list[T]]:
    made: defaultdict[ClientId | None, list[T]] = defaultdict(list)
    for one in found:
        made[one.client].append(one)
    return made


def _hidden(answers: Iterable[PutOff], today: datetime.date) -> set[tuple[ClientId | None, str]]:
    """Return the reasons not to be shown today; of several answers to one the newest counts."""
    newest = {(one.client, one.rule): one.until for one in answers}
    return {key for key, until in newest.items() if until is None or today < until}


def _left(reasons: Iterable[Reason], hidden: set[tuple[ClientId | None, str]]) -> list[Reason]:
    return [one for one in reasons if (one.client, one.key) not in hidden]


def _order(card: ClientCard) -> tuple[int, datetime.date, int]:
    first = card.first
    return _PRESSING[first.rule], first.since or datetime.date.max, first.subject


def _changed(reason: Reason) -> Changed:
    return Changed(kinds=frozenset({Touched.REMINDER}), client=reason.client, entry=reason.entry, arc=reason.arc)


def _line(story: ClientStory, today: datetime.date, numbers: Numbers) -> CaseloadLine:
    told = outreach.told(story, today, numbers)
    sessions = story.of(_SESSION)
    planned = day(sessions[-1], "next_on") if sessions else None
    days = [(planned, "session")] if planned is not None and planned >= today else []
    if told is not None and told.due_on is not None:
        days.append((told.due_on, "gentle try"))
    on, what = min(days, default=(None, ""))
    return CaseloadLine(client=story.client, next_on=on, next_is=what)
