"""Reaching out, as the pages ask for it: who is being reached out to, and what an answer leads to."""

import datetime
from collections.abc import Callable, Sequence

import msgspec

from alliance_desktop.domain import outreach, rupture, strains
from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import Client, ClientState
from alliance_desktop.domain.dates import Day, hurting
from alliance_desktop.domain.entry import Arc, ArcId, ClientId, Entry
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.outreach import Next, Outreach, Stage, plan_of, try_of
from alliance_desktop.domain.story import ClientStory, day, words
from alliance_desktop.services.notebook import Notebook, WriteCard
from alliance_desktop.services.stories import Stories

NO_REPAIR, REPAIR_AGREED = "No repair is noted.", "A repair is agreed and has not come to its end."
_MOST = 140


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """One client somebody reaches out to, with where it stands and the oldest concern that has no answer."""

    client: Client
    outreach: Outreach
    concern_since: datetime.date | None = None


class OldStrain(msgspec.Struct, frozen=True, kw_only=True):
    """A strain without an end: its short name, since when, what was seen or heard, and what is noted of a repair.

    `reflected` says whether the reflection on it was begun, or set aside.
    """

    arc: ArcId
    name: str
    since: datetime.date
    said: str
    noted: str
    reflected: bool = False


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside a card of reaching out: the client's state, the strains without an end, where it stands.

    `closed_on` is the day of the closing, where the case is closed and its page names one;
    `after` says what is suggested after the try that was asked about; None where it is not the newest one.
    """

    state: ClientState
    closed_on: datetime.date | None = None
    outreach: Outreach | None = None
    strains: tuple[OldStrain, ...] = ()
    concerns: tuple[Entry, ...] = ()
    near: tuple[Day, ...] = ()
    after: Next | None = None


class Outreaches:
    """Answers who is reached out to and what comes next. It reads; what it suggests, the counsellor decides."""

    def __init__(
        self,
        notebook: Notebook,
        stories: Stories,
        everyone: Callable[[], Sequence[ClientStory]],
        numbers: Callable[[], Numbers],
    ) -> None:
        """Make it; `everyone` returns the stories of all clients, read together, `numbers` those of the rules."""
        self._notebook, self._stories, self._everyone, self._numbers = notebook, stories, everyone, numbers

    def today(self) -> datetime.date:
        """Return the counsellor's day."""
        return self._notebook.today()

    def beside(self, client: ClientId, entry: Entry | None = None) -> "Beside":
        """Return all that stands beside a card of a client, and after a try that was written, from one look."""
        story, today, numbers = self._stories.for_outreach(client), self.today(), self._numbers()
        told = outreach.told(story, today, numbers)
        latest = told is not None and entry is not None and bool(told.tries) and told.tries[-1].entry == entry.id
        return Beside(
            state=story.client.state,
            closed_on=_closed_on(story),
            outreach=told,
            strains=tuple(self._open_strains(story)),
            concerns=tuple(outreach.unanswered(story)),
            near=tuple(hurting(story, today, numbers.hurting_days)),
            after=_after(story, entry, today, numbers) if latest and entry is not None else None,
        )

    def of_client(self, client: ClientId) -> Outreach | None:
        """Return where reaching out to one client stands; None where there is nothing of the kind."""
        return outreach.told(self._stories.for_outreach(client), self.today(), self._numbers())

    def all(self) -> list[Reached]:
        """Return everyone who is reached out to, whatever the state of the case, those due first.

        Who was reached is not among them, unless their state still says that you are reaching out.
        """
        today, numbers = self.today(), self._numbers()
        told = [(one, outreach.told(one, today, numbers)) for one in self._everyone()]
        found = [_reached(story, one) for story, one in told if one is not None and _is_on(story.client, one)]
        return sorted(found, key=_order)

    def concerns(self, client: ClientId) -> list[Entry]:
        """Return the concerns about a client that have no answer, the oldest first."""
        return outreach.unanswered(self._stories.for_outreach(client))

    def earlier_plans(self, client: ClientId) -> list[Entry]:
        """Return the plans of a client that are not the one kept up now, as after one was put back from the bin."""
        return outreach.earlier_plans(self._stories.of_client(client))

    def is_latest(self, entry: Entry) -> bool:
        """Say whether a try is the newest one of its client: only of that one it is said what comes next."""
        told = self.of_client(entry.client) if entry.client is not None else None
        return told is not None and bool(told.tries) and told.tries[-1].entry == entry.id

    def after(self, entry: Entry) -> Next:
        """Return what is suggested after a try that was written: a day, a way, a sentence, what else to do."""
        if entry.client is None:
            return Next()
        return _after(self._stories.for_outreach(entry.client), entry, self.today(), self._numbers())

    def old_strains(self, client: ClientId) -> list[OldStrain]:
        """Return the strains that stand between: open and older than what made you reach out, the oldest first."""
        story = self._stories.for_outreach(client)
        told = outreach.told(story, self.today(), self._numbers())
        wanted = told.old_strains if told is not None else ()
        return [one for one in self._open_strains(story) if one.arc in wanted]

    def open_strains(self, client: ClientId, before: datetime.date | None = None) -> list[OldStrain]:
        """Return the strains without an end, those noticed before a day where one is named, the oldest first."""
        found = self._open_strains(self._stories.for_outreach(client))
        return [one for one in found if before is None or one.since < before]

    def near_dates(self, client: ClientId) -> list[Day]:
        """Return the days that may hurt and are near, as many days ahead as the rules say."""
        return hurting(self._stories.for_outreach(client), self.today(), self._numbers().hurting_days)

    def set_state(self, client: ClientId, state: ClientState) -> Changed:
        """Put a client's state to another, and leave the rest of the details as they are."""
        return self._notebook.amend_client(client, with_state(self._notebook.client(client).answers, state))

    def pause(self, client: ClientId) -> Entry | None:
        """Return the pause that lasts, or None."""
        return outreach.pause_of(self._stories.for_outreach(client), self.today())

    def take_up(self, pause: Entry) -> Changed:
        """End a pause as of today; FinishedError for one that was finished and so only reads."""
        return self._write(pause, pause.answers | {"taken_up_on": dated(self.today())})

    def pause_again(self, pause: Entry) -> Changed:
        """Take the end of a pause back: it says again what it said before, which is what is given here."""
        return self._write(pause, pause.answers)

    def _open_strains(self, story: ClientStory) -> list[OldStrain]:
        """Return the strains without an end, the oldest first."""
        found = [_old(story, one, self._stories.ahead(one)) for one in story.open_arcs]
        return sorted(found, key=lambda one: one.since)

    def _write(self, entry: Entry, answers: Answers) -> Changed:
        card = WriteCard(client=entry.client, form=entry.form, card=entry.card, answers=answers, entry=entry.id)
        return self._notebook.write(card)


def with_state(answers: Answers, state: ClientState) -> Answers:
    """Return a client's details with another state."""
    return answers | {"state": chosen(str(state))}


def _after(story: ClientStory, entry: Entry, today: datetime.date, numbers: Numbers) -> Next:
    tries = [one for one in outreach.tries(story) if one.entry != entry.id]
    stop = outreach.stop_of(story, today)
    return outreach.after(try_of(entry), tries, plan_of(story), today, numbers, stop is not None and stop.stands)


def _closed_on(story: ClientStory) -> datetime.date | None:
    pages = story.of("closing") if story.client.state is ClientState.CLOSED else []
    return day(pages[-1], "closed_on") if pages else None


def _old(story: ClientStory, arc: Arc, further: rupture.Suggestion | None) -> OldStrain:
    said = [words(one, "seen_or_heard") for one in story.of_arc(arc, "notice")]
    return OldStrain(
        arc=arc.id,
        name=strains.name(story, arc),
        since=strains.since(story, arc),
        said=_short(next((one for one in said if one), "")),
        noted=_noted(arc, further),
        reflected=strains.is_reflected(story, arc),
    )


def _noted(arc: Arc, further: rupture.Suggestion | None) -> str:
    """Return what is noted of a repair: what is written down, also where the status does not say so yet."""
    ahead = rupture.ahead(further, arc.status)
    if further is not None and ahead and further.written != rupture.TALKED_ABOUT:
        return f"{ahead[:1].upper()}{ahead[1:]}."
    agreed = rupture.Status(arc.status) in {rupture.Status.REPAIR_AGREED, rupture.Status.FOLLOWED_UP}
    return REPAIR_AGREED if agreed else NO_REPAIR


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST else f"{line[:_MOST].rsplit(' ', 1)[0]} …"


def _is_on(client: Client, told: Outreach) -> bool:
    return told.stage is not Stage.REACHED or client.state is ClientState.REACHING_OUT


def _reached(story: ClientStory, told: Outreach) -> Reached:
    waiting = outreach.unanswered(story)
    return Reached(client=story.client, outreach=told, concern_since=waiting[0].happened_on if waiting else None)


def _order(one: Reached) -> tuple[datetime.date, str, int]:
    days = [day for day in (one.concern_since, one.outreach.due_on) if day is not None]
    return min(days, default=datetime.date.max), one.client.called, one.client.id
