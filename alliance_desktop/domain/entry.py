"""What a counsellor writes: entries of forms, held together by arcs, with addenda and status events."""

import datetime
from enum import StrEnum
from typing import NewType

import msgspec

from alliance_desktop.domain.answers import About, Answers

ClientId = NewType("ClientId", int)
EntryId = NewType("EntryId", int)
ArcId = NewType("ArcId", int)


class State(StrEnum):
    """Whether an entry may still change."""

    DRAFT = "draft"
    FINISHED = "finished"


class Mark(StrEnum):
    """What the counsellor said of a card without answering it."""

    NONE = ""
    SKIPPED = "skipped"
    DOES_NOT_FIT = "does_not_fit"


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One saved card.

    `client` is None for what belongs to nobody but the counsellor, such as a contact or a supervision.
    `happened_on` is the counsellor's date (perhaps only about right), `created_at` and `touched_at`
    the machine's, in UTC. `turn` counts how often the arc was opened, from 1; `sequence` orders
    entries of the same day in the order they were begun.
    """

    id: EntryId
    client: ClientId | None
    form: str
    form_version: int
    card: str
    happened_on: datetime.date
    created_at: datetime.datetime
    touched_at: datetime.datetime
    about: About = About.EXACT
    arc: ArcId | None = None
    turn: int = 1
    sequence: int = 0
    state: State = State.DRAFT
    mark: Mark = Mark.NONE
    finished_at: datetime.datetime | None = None
    binned_at: datetime.datetime | None = None
    """When it was put into the bin; None for one that is not in it."""
    answers: Answers = {}


class Outline(msgspec.Struct, frozen=True, gc=False):
    """An entry of no strain without its words: what a long list needs of it until somebody looks."""

    id: EntryId
    form: str
    form_version: int
    card: str
    happened_on: datetime.date
    about: About = About.EXACT
    sequence: int = 0
    state: State = State.DRAFT


class Addendum(msgspec.Struct, frozen=True, kw_only=True):
    """A dated addition to a finished entry; the first text stays. `private` says which layer it is in."""

    id: int
    entry: EntryId
    written_at: datetime.datetime
    text: str
    private: bool = False


class StatusEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One change of an arc's status: from, to, when it was true, when it was entered, perhaps why.

    `undoes` names an earlier event that this one takes back: history is added to, never rewritten.
    """

    id: int
    arc: ArcId
    turn: int
    was: str
    became: str
    true_on: datetime.date
    entered_at: datetime.datetime
    why: str = ""
    undoes: int | None = None


class Arc(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Entries that belong together: one strain from notice to close, with all its turns.

    `offered` says that a conversation was offered and the client preferred not to talk.
    """

    id: ArcId
    client: ClientId
    form: str
    created_at: datetime.datetime
    status: str
    turn: int = 1
    offered: bool = False


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry said before: its answers as they stood at `written_at`, in the form's version of then."""

    id: int
    entry: EntryId
    written_at: datetime.datetime
    form_version: int
    answers: Answers = {}


class Event(StrEnum):
    """What can happen to an entry beside being written."""

    BINNED = "binned"
    PUT_BACK = "put_back"
    RESTORED = "restored"
    REDACTED = "redacted"


class EntryEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to an entry, when, and perhaps why."""

    id: int
    entry: EntryId
    at: datetime.datetime
    what: Event
    why: str = ""


class PutOff(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to a reminder: later (`until` a day), or not needed (`until` None, with the reason why).

    `rule` and `subject` (an entry or a strain) say which reminder it was; `client` whose, None for the counsellor's.
    """

    id: int
    client: ClientId | None
    rule: str
    subject: int
    at: datetime.datetime
    until: datetime.date | None = None
    why: str = ""
