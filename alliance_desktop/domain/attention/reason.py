"""A reason why somebody may need the counsellor next, with the plain rule that gave it."""

import datetime
from enum import StrEnum

import msgspec

from alliance_desktop.domain.attendance import met_after
from alliance_desktop.domain.client import ClientState
from alliance_desktop.domain.entry import ArcId, ClientId, Entry, EntryId
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.offer import Offer
from alliance_desktop.domain.outreach import Outreach, Stop
from alliance_desktop.domain.story import ClientStory, days_words


class Rule(StrEnum):
    """The plain rules, the most pressing first."""

    SAFEGUARDING = "safeguarding"
    STRAIN_UNTALKED = "strain_untalked"
    STRAIN_UNREFLECTED = "strain_unreflected"
    MISSED_TWICE = "missed_twice"
    CONCERN_WAITING = "concern_waiting"
    REQUEST_WAITING = "request_waiting"
    TRY_DUE = "try_due"
    HURTING_DATE = "hurting_date"
    REVIEW_DUE = "review_due"
    NOTHING_AGREED = "nothing_agreed"
    TEMPERATURE = "temperature"
    REFERRAL_WAITING = "referral_waiting"
    PROMISE_DUE = "promise_due"
    PAUSE_REVIEW = "pause_review"
    OLD_DRAFT = "old_draft"
    GOALS = "goals"
    FOUNDATION = "foundation"
    SECOND_LOOK = "second_look"
    DECISION_REVIEW = "decision_review"
    SUPERVISION = "supervision"


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why somebody is shown: in words that follow their name, with the rule in words and what may be done.

    `subject` is the entry or strain the rule fired for, `since` the fixed day it counts from, never today's.
    """

    rule: Rule
    client: ClientId | None
    subject: int
    since: datetime.date | None
    words: str
    why: str
    entry: EntryId | None = None
    arc: ArcId | None = None
    offers: tuple[Offer, ...] = ()

    @property
    def key(self) -> str:
        """What an answer to this reason is kept under: the same until something new happens."""
        return f"{self.rule}:{self.subject}:{self.since or ''}"


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """A client's story on one day, with what several rules ask of it."""

    story: ClientStory
    today: datetime.date
    numbers: Numbers
    outreach: Outreach | None = None
    stop: Stop | None = None
    pause: Entry | None = None
    quiet: datetime.date | None = None

    @property
    def client(self) -> ClientId:
        """Whom it is about."""
        return self.story.client.id

    @property
    def closed(self) -> bool:
        """Whether the work with them has ended."""
        return self.story.client.state is ClientState.CLOSED

    @property
    def stopped(self) -> bool:
        """Whether they asked for no more contact, and have not come since."""
        return self.stop is not None and self.stop.stands

    @property
    def hushed(self) -> bool:
        """Whether nothing may lead straight to them now: they asked for an end, or for space."""
        return self.stopped or self.quiet is not None

    def waited(self, since: datetime.date) -> int:
        """Return the days of waiting since a day."""
        return self.numbers.waited(since, self.today)

    def ago(self, since: datetime.date) -> str:
        """Return how many days ago a day was, with how many of those were days away."""
        away = self.numbers.away_between(since, self.today) if since < self.today else 0
        count = max((self.today - since).days, 0)
        told = f" ({days_words(away) if away < count else 'all'} of them away)" if away and count > 1 else ""
        return f"{days_words(count)}{told}"

    def told_since(self, since: datetime.date, what: str) -> str:
        """Return how long ago something was, as a sentence begins with it; on its own day without a count."""
        return f"{self.ago(since)} since {what}" if since < self.today else f"{what} today"

    def met_since(self, since: datetime.date) -> list[datetime.date]:
        """Return the days on which they came after a day."""
        return met_after(self.story, since, self.today)


def days_rule(what: str, days: int) -> str:
    """Return a rule of days in words."""
    return f"Shown when {what} for {days_words(days)}."
