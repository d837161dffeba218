"""Who needs me next: the plain rules asked of every client, and what the counsellor answered to them."""

import datetime
from collections.abc import Iterable, Iterator

import msgspec

from alliance_desktop.domain import agenda, attention, clock, collecting, outreach
from alliance_desktop.domain.attention import ClientStory, Reason, Rule
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.drafts import KEPT_UP
from alliance_desktop.domain.entry import ClientId, Entry, PutOff
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.story import by_date, day
from alliance_desktop.services.all_stories import AllStories
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.preferences import Settings
from alliance_desktop.services.stamps import Stamps
from alliance_desktop.storage.store import Store

MOST = 12
"""So many cards are shown at a time, never more."""

_AT_ONCE = 60
"""Of so many clients everything is read in a moment."""
_A_STEP = 12
"""Of so many the rules are asked in one step of a few milliseconds."""
_SESSION = "session"
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
        self._stories = AllStories(store, forms, stamps)
        self._asked: tuple[datetime.date, Numbers] | None = None
        self._reasons: dict[ClientId, tuple[ClientStory, list[Reason]]] = {}
        self._waiting: tuple[datetime.date, list[Entry]] | None = None
        self._items: dict[ClientId, tuple[ClientStory, list[agenda.Item]]] = {}

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
        with collecting.put_off():
            return self._cards(today)

    def _cards(self, today: datetime.date) -> list[ClientCard]:
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

    def is_slow(self) -> bool:
        """Say whether `cards` would take longer than a moment just now: there are many, and they are not read yet."""
        return self.doubt() is None and not self._stories.is_ready and len(self._store.clients.all()) > _AT_ONCE

    def getting_ready(self, today: datetime.date) -> Iterator[None]:
        """Do what `cards` and `caseload` wait for, in steps of a few milliseconds; what is written comes on top."""
        if self.doubt() is not None:
            return
        yield from self._stories.getting_ready()
        numbers, own, stories = self.numbers, self._own_entries(), self.stories()
        for at in range(0, len(stories), _A_STEP):
            some = stories[at : at + _A_STEP]
            for one in some:
                self._told(one, today, numbers)
            self._agenda(some, own, today)
            yield

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
        return _changed(reason)

    def caseload(self, today: datetime.date) -> list[CaseloadLine]:
        """Return every client with the next day of a session or of a gentle try."""
        numbers = self.numbers
        told = {one.client.id: _line(one, today, numbers) for one in self.stories()}
        return [told.get(one.id) or CaseloadLine(client=one) for one in self._store.clients.all()]

    def stories(self) -> list[ClientStory]:
        """Return what the rules need of each client with whom something may be going on; kept, and brought along."""
        return self._stories.all()

    def keep_some(self, most: int = 25) -> bool:
        """Keep in the vault what the next first look needs of some clients; say whether there is more to keep.

        Raises what a transaction raises; nothing is lost then.
        """
        return self._stories.keep_some(most)

    def forget(self) -> None:
        """Ask everything anew the next time."""
        self._stories.forget()
        self._reasons.clear()
        self._items.clear()

    def _agenda(self, stories: list[ClientStory], own: list[Entry], today: datetime.date) -> list[agenda.Item]:
        """Return what waits for supervision, of each client gathered anew on another day or after a write."""
        if self._waiting != (today, own):
            self._waiting = (today, own)
            self._items.clear()
        brought = agenda.brought(own, today)
        for one in stories:
            held = self._items.get(one.client.id)
            if held is None or held[0] is not one:
                self._items[one.client.id] = one, agenda.of_client(one, brought, today)
        return agenda.in_order(item for one in stories for item in self._items[one.client.id][1])

    def _told(self, story: ClientStory, today: datetime.date, numbers: Numbers) -> list[Reason]:
        """Return the reasons of a client, asked anew only for another day, other numbers, or after a write."""
        if self._asked != (today, numbers):
            self._asked = (today, numbers)
            self._reasons.clear()
        held = self._reasons.get(story.client.id)
        if held is None or held[0] is not story:
            held = self._reasons[story.client.id] = story, attention.reasons(story, today, numbers)
        return held[1]

    def _own_entries(self) -> list[Entry]:
        own = {one.id for one in self._forms.all() if one.about != "client" and (one.based_on or one.id) not in KEPT_UP}
        found = ((one, self._forms.kind(one)) for one in self._store.attention.of_nobody(own))
        return by_date(one if kind == one.form else msgspec.structs.replace(one, form=kind) for one, kind in found)

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
        return _changed(reason)


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
