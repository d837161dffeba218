"""What an executor may know: how clients are reached, when they are expected, what is open, and the wishes.

Every answer here is one that `audience.EXECUTOR` names; a concern is a marker with its next steps, never its words.
"""

import datetime
from collections.abc import Mapping, Sequence

import msgspec

from alliance_desktop.domain import dates, outreach
from alliance_desktop.domain.answers import Answer, date_of, ids_of, long_day, text_of
from alliance_desktop.domain.attention.safety import due_days
from alliance_desktop.domain.client import STATE_WORDS, Client, ClientState
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.form import Form
from alliance_desktop.domain.shown import shown
from alliance_desktop.domain.story import ClientStory, day, rows

WISHES, CARD = "executor_wishes", "wishes"
SAFEGUARDING = "safeguarding"
HURTING_DAYS = 92
"""So many days ahead a day that may hurt is told."""

_REACH = ("contact_ways", "contact_not", "contact_message", "contact_words", "language", "interpreter")
NO_CONTACT = "They asked not to be contacted. Let somebody else they know go to them, or leave it."

Told = tuple[str, str]
"""A question as it reads, and what was answered."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One next step of a safeguarding concern."""

    what: str
    by_whom: str
    on: str


class Concern(msgspec.Struct, frozen=True, kw_only=True):
    """That a safeguarding concern is on record, without a word of it: since when, what is next, when to look again."""

    since: str
    look_again: str = ""
    is_due: bool = False
    steps: tuple[Step, ...] = ()


class HardDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day that may hurt, as it comes next."""

    on: datetime.date
    said: str
    what: str


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One client, as an executor needs them; `next_on` is the day they are expected on, or were last."""

    name: str
    code: str
    state: str
    reach: tuple[Told, ...] = ()
    others: tuple[str, ...] = ()
    no_contact: str = ""
    next_on: datetime.date | None = None
    concerns: tuple[Concern, ...] = ()
    hard_days: tuple[HardDay, ...] = ()


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """All that an executor's page says. `ended` counts the clients whose work is over and of whom nothing is open."""

    today: datetime.date
    wishes: tuple[Told, ...] = ()
    people: tuple[Person, ...] = ()
    ended: int = 0
    sample: bool = False


def person(
    client: Client, whole: ClientStory | None, form: Form, keys: Mapping[str, frozenset[str]], today: datetime.date
) -> Person:
    """Return one client from their story; `form` is that of their details, `keys` what may be told of each form."""
    story = _only(whole, keys) if whole is not None else ClientStory(client=client)
    asked_to_stop = outreach.stop_of(whole, today) if whole is not None else None
    told = {key: one for key, one in client.answers.items() if key in keys["client"]}
    seen = msgspec.structs.replace(client, answers=told)
    return Person(
        name=seen.full_name.strip() or seen.called,
        code=seen.code if seen.code.strip() != (seen.full_name.strip() or seen.called) else "",
        state=STATE_WORDS[seen.state],
        reach=answered(form, form.cards[0].id, told, _REACH if _needs_interpreter(told) else _REACH[:-1]),
        no_contact=NO_CONTACT if asked_to_stop is not None and asked_to_stop.stands else "",
        next_on=_next_on(story),
        concerns=_concerns(story, today),
        hard_days=tuple(
            HardDay(on=one.on, said=one.said, what=one.what) for one in dates.hurting(story, today, HURTING_DAYS)
        ),
    )


def answered(form: Form, card: str, answers: Mapping[str, Answer], keys: Sequence[str]) -> tuple[Told, ...]:
    """Return the questions of some keys that say something, as they read, in the order of the keys."""
    asked = {one.key: one for one in form.card(card).questions}
    found = ((asked[key], answers.get(key)) for key in keys if key in asked)
    return tuple((one.label, words) for one, given in found if (words := shown(form, one, given)).strip())


def is_told(one: Person) -> bool:
    """Say whether somebody whose work has ended is told of all the same, because a concern waits to be looked at."""
    return one.state != STATE_WORDS[ClientState.CLOSED] or any(each.look_again for each in one.concerns)


def _needs_interpreter(told: Mapping[str, Answer]) -> bool:
    return ids_of(told.get("interpreter")) != ["not_needed"]


def _only(story: ClientStory, keys: Mapping[str, frozenset[str]]) -> ClientStory:
    """Return a story without every answer that an executor may not know."""
    kept = [
        msgspec.structs.replace(one, answers={key: one.answers[key] for key in one.answers.keys() & keys[one.form]})
        for one in story.entries
        if one.form in keys
    ]
    return ClientStory(client=story.client, entries=kept)


def _next_on(story: ClientStory) -> datetime.date | None:
    days = [on for one in story.of("session") if (on := day(one, "next_on")) is not None]
    return max(days, default=None)


def _concerns(story: ClientStory, today: datetime.date) -> tuple[Concern, ...]:
    due = dict(due_days(story))
    return tuple(_concern(one, due.get(one.id), today) for one in story.of(SAFEGUARDING, "concern"))


def _concern(entry: Entry, again: datetime.date | None, today: datetime.date) -> Concern:
    return Concern(
        since=long_day(entry.happened_on),
        look_again=long_day(again) if again is not None else "",
        is_due=again is not None and again <= today,
        steps=tuple(step for row in rows(entry, "next_steps") if (step := _step(row)) is not None),
    )


def _step(row: Mapping[str, Answer]) -> Step | None:
    on = date_of(row.get("on"))
    made = Step(
        what=text_of(row.get("what")).strip(),
        by_whom=text_of(row.get("by_whom")).strip(),
        on=long_day(on) if on is not None else "",
    )
    return made if made.what or made.by_whom or made.on else None
