"""The path of a strain: its statuses and what the cards written so far suggest.

The program suggests, the counsellor accepts; a suggestion never moves a status back.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

import msgspec

from alliance_desktop.domain.answers import date_of, ids_of
from alliance_desktop.domain.entry import Entry, Mark, StatusEvent
from alliance_desktop.domain.form import Audience, Card, Form, is_answered

FORM = "rupture"


class Status(StrEnum):
    """Where a strain stands; none of these is a grade."""

    NOTICED = "noticed"
    ACKNOWLEDGED = "acknowledged"
    IN_DIALOGUE = "in_dialogue"
    REPAIR_AGREED = "repair_agreed"
    FOLLOWED_UP = "followed_up"
    RESOLVED = "resolved"
    ENDED_UNREPAIRED = "ended_unrepaired"
    NOT_A_STRAIN = "not_a_strain"


STATUS_WORDS: Mapping[Status, str] = {
    Status.NOTICED: "Noticed",
    Status.ACKNOWLEDGED: "Acknowledged",
    Status.IN_DIALOGUE: "In conversation",
    Status.REPAIR_AGREED: "Repair agreed",
    Status.FOLLOWED_UP: "Followed up",
    Status.RESOLVED: "Mended",
    Status.ENDED_UNREPAIRED: "Ended without repair",
    Status.NOT_A_STRAIN: "Looked again: not a strain",
}
OFFERED_WORDS = "Conversation offered"
TALKED_ABOUT = "talked about"
_LEFT_AS_IT_IS = "agreed to leave it as it is"
_WRITTEN_WORDS: Mapping[Status, str] = {
    Status.IN_DIALOGUE: TALKED_ABOUT,
    Status.REPAIR_AGREED: "a repair is written down",
    Status.FOLLOWED_UP: "a follow-up is written down",
    Status.RESOLVED: "how it turned out is written down",
    Status.ENDED_UNREPAIRED: "how it turned out is written down",
    Status.NOT_A_STRAIN: "how it turned out is written down",
}

ENDED = frozenset({Status.RESOLVED, Status.ENDED_UNREPAIRED, Status.NOT_A_STRAIN})
_PATH = (
    Status.NOTICED,
    Status.ACKNOWLEDGED,
    Status.IN_DIALOGUE,
    Status.REPAIR_AGREED,
    Status.FOLLOWED_UP,
)
_OUTCOMES = {
    "stronger": Status.RESOLVED,
    "as_before": Status.RESOLVED,
    "partly": Status.RESOLVED,
    "moved_on": Status.RESOLVED,
    "their_choice": Status.ENDED_UNREPAIRED,
    "circumstances": Status.ENDED_UNREPAIRED,
    "not_repaired": Status.ENDED_UNREPAIRED,
    "not_a_strain": Status.NOT_A_STRAIN,
}


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """A status the cards speak for, the day it became true, and the reason in words.

    `written` says in words what is written down and stands further on than the status, without anything private; empty
    where there is nothing of the kind, or where the counsellor set the status by hand after it was written.
    """

    status: Status
    on: datetime.date
    reason: str
    written: str = ""


def is_open(status: str) -> bool:
    """Say whether a strain of this status still waits for the client's verdict or a dated decision."""
    return status not in ENDED


def standing(events: Sequence[StatusEvent]) -> list[StatusEvent]:
    """Return the changes that still count: without those taken back, and without the takings back."""
    gone = {one.undoes for one in events if one.undoes is not None}
    return [one for one in events if one.undoes is None and one.id not in gone]


def was_offered(entries: Sequence[Entry], turn: int) -> bool:
    """Say whether the client preferred not to talk and has not given their view in this turn."""
    talks = [one for one in entries if one.card == "dialogue" and one.turn == turn]
    return any(ids_of(one.answers.get("preferred_not")) for one in talks) and not any(
        _says(one, "their_words") for one in talks
    )


def suggested(
    entries: Sequence[Entry],
    status: str,
    turn: int,
    form_of: Callable[[Entry], Form],
    events: Sequence[StatusEvent] = (),
) -> Suggestion | None:
    """Return the status that the entries of this turn speak for, if it is further on than `status`.

    Cards that were set aside say nothing. An end is suggested only by a card that was touched since the last of
    the `events` of this turn that still counts, so that a status set by hand is not countered for ever.
    """
    mine = [one for one in entries if one.turn == turn and one.mark is Mark.NONE]
    counting = [one for one in standing(events) if one.turn == turn]
    ended = _ending(mine, counting)
    if ended is not None:
        return ended if ended.status != status else None
    if not is_open(status):
        return None
    steps = [step for step in (_step(one, form_of(one).card(one.card), counting) for one in mine) if step is not None]
    here = _PATH.index(Status(status))
    further = sorted((one for one in steps if _place(one) > here), key=_place, reverse=True)
    if not further:
        return None
    return msgspec.structs.replace(further[0], written=next((one.written for one in further if one.written), ""))


def ahead(suggestion: Suggestion | None, status: str) -> str:
    """Return in words what is written down and stands further on than the status says, with that status.

    Empty where nothing is; a reflection says nothing about the two of them and is not told.
    """
    written = suggestion.written if suggestion is not None else ""
    return f"{written}; the status still says “{STATUS_WORDS[Status(status)]}”" if written else ""


def _ending(entries: Sequence[Entry], events: Sequence[StatusEvent]) -> Suggestion | None:
    for one in reversed(entries):
        ids = ids_of(one.answers.get("outcome")) if one.card == "close" else []
        if ids and ids[0] in _OUTCOMES and _is_newest(one, events):
            became = _OUTCOMES[ids[0]]
            reason, written = "You noted how it turned out.", _WRITTEN_WORDS[became]
            return Suggestion(status=became, on=one.happened_on, reason=reason, written=written)
    return None


def _is_newest(entry: Entry, events: Sequence[StatusEvent]) -> bool:
    """Say whether a card was touched since the last of these changes of status."""
    return all(event.entered_at <= entry.touched_at for event in events)


def _place(suggestion: Suggestion) -> int:
    return _PATH.index(suggestion.status)


def _step(entry: Entry, card: Card, events: Sequence[StatusEvent]) -> Suggestion | None:
    """Return the status that a card speaks for, with what is told of it; what the counsellor set since then wins."""
    step = _spoken_for(entry, card)
    if step is None or not _is_newest(entry, events):
        return step
    return msgspec.structs.replace(step, written=_written(entry, card, step.status))


def _written(entry: Entry, card: Card, status: Status) -> str:
    """Return what is told of a card; nothing of a follow-up that says only what is the counsellor's own."""
    if entry.card == "follow_up" and not _says_openly(entry, card):
        return ""
    said = {one.key for one in card.questions if is_answered(one, entry.answers.get(one.key))}
    if entry.card == "repair" and "leave_as_is" in said and "agreed" not in said:
        return _LEFT_AS_IT_IS
    return _WRITTEN_WORDS.get(status, "")


def _says_openly(entry: Entry, card: Card) -> bool:
    """Say whether anything but its day is answered that is not the counsellor's own, or about others."""
    kept = (one for one in card.questions if one.audience in {Audience.REC, Audience.SHARE})
    return any(one.key != card.dated_by and is_answered(one, entry.answers.get(one.key)) for one in kept)


def _spoken_for(entry: Entry, card: Card) -> Suggestion | None:
    answers = entry.answers
    on = entry.happened_on
    if entry.card == "acknowledge" and card.is_enough(answers):
        return Suggestion(status=Status.ACKNOWLEDGED, on=on, reason="Your part and how it may have landed are noted.")
    if entry.card == "dialogue" and _says(entry, "their_words"):
        on = date_of(answers.get("took_place_on")) or on
        return Suggestion(status=Status.IN_DIALOGUE, on=on, reason="Their view is noted.")
    if entry.card == "repair" and card.is_enough(answers):
        return Suggestion(
            status=Status.REPAIR_AGREED, on=on, reason="What you agreed and when you look at it again are noted."
        )
    if entry.card == "follow_up" and card.is_begun({key: one for key, one in answers.items() if key != card.dated_by}):
        return Suggestion(status=Status.FOLLOWED_UP, on=on, reason="How it went on is noted.")
    return None


def _says(entry: Entry, key: str) -> bool:
    answer = entry.answers.get(key)
    return isinstance(answer, str) and bool(answer.strip())
