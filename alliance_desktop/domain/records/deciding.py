"""What was decided about each piece of a request, kept beside its answers; what changed since is undecided again."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.records.beside import BESIDE, DRAFTS, ENDED
from alliance_desktop.domain.records.blackout import Span, blacked_out, merged
from alliance_desktop.domain.records.errors import NoReasonError, NothingBlackedOutError
from alliance_desktop.domain.records.items import Group, Item


class Verdict(StrEnum):
    """What is to happen with a piece."""

    PRINT = "print"
    BLACK_OUT = "black_out"
    KEEP_APART = "keep_apart"
    LEAVE_OUT = "leave_out"


_OF_RECORD = (Verdict.PRINT, Verdict.BLACK_OUT, Verdict.LEAVE_OUT)
_APART = (Verdict.PRINT, Verdict.BLACK_OUT, Verdict.KEEP_APART, Verdict.LEAVE_OUT)


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was decided about a piece, why, and on which day; `mark` is a digest of the words it was decided about."""

    verdict: Verdict
    reason: str
    mark: str
    on: datetime.date
    spans: tuple[Span, ...] = ()


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A piece with the decision that holds for it, or None; `changed` says that one was made about other words."""

    item: Item
    decision: Decision | None = None
    changed: bool = False

    @property
    def waits(self) -> bool:
        """Whether it must still be decided; the record itself need not, unless it was and its words changed since."""
        return self.decision is None and (self.item.group is not Group.RECORD or self.changed)


def offered(group: Group) -> tuple[Verdict, ...]:
    """Return what can be decided about a piece of a group."""
    return _OF_RECORD if group in {Group.THIRD, Group.RECORD} else _APART


def decide(
    items: Sequence[Item], verdict: Verdict, reason: str, on: datetime.date, spans: Iterable[Span] = ()
) -> dict[str, Decision]:
    """Return a decision for each of some pieces, by their keys.

    NoReasonError without a reason, which only the record itself may be printed without; NothingBlackedOutError where
    words are to be blacked out and none are named. ValueError for what cannot be decided about a piece.
    """
    if any(verdict not in offered(one.group) for one in items):
        raise ValueError(f"{verdict} cannot be decided here")
    plain = verdict is Verdict.PRINT and all(one.group is Group.RECORD for one in items)
    if not reason.strip() and not plain:
        raise NoReasonError
    found: dict[str, Decision] = {}
    for one in items:
        held = merged(one.text, spans) if verdict is Verdict.BLACK_OUT else ()
        if verdict is Verdict.BLACK_OUT and not held:
            raise NothingBlackedOutError
        found[one.key] = Decision(verdict=verdict, reason=reason.strip(), mark=mark_of(one), on=on, spans=held)
    return found


def standing(items: Iterable[Item], decisions: Mapping[str, Decision]) -> list[Decided]:
    """Return each piece with the decision that holds for it; one about other words than it has now does not."""
    found = []
    for one in items:
        decision = decisions.get(one.key)
        holds = decision is not None and decision.mark == mark_of(one)
        found.append(
            Decided(item=one, decision=decision if holds else None, changed=decision is not None and not holds)
        )
    return found


def undecided(decided: Iterable[Decided]) -> dict[Group, int]:
    """Return how many pieces of each group still wait, in the order of the groups; groups without any are left out."""
    counts = dict.fromkeys(Group, 0)
    for one in decided:
        counts[one.item.group] += one.waits
    return {group: count for group, count in counts.items() if count}


def printed(one: Decided) -> Item | None:
    """Return a piece as it may be printed: without what is blacked out; None where it is held back or undecided.

    A table of which words are blacked out becomes lines, so that no cell keeps them.
    """
    if one.decision is None:
        return one.item if one.item.group is Group.RECORD and not one.changed else None
    if one.decision.verdict is Verdict.PRINT:
        return one.item
    if one.decision.verdict is not Verdict.BLACK_OUT:
        return None
    text = blacked_out(one.item.text, one.decision.spans)
    return msgspec.structs.replace(one.item, text=text, heads=(), rows=())


def ended_with(answers: Answers, items: Iterable[Item]) -> Answers:
    """Return the answers of a request that ends: with each piece it was about, without what was only begun."""
    others = {key: one for key, one in answers.items() if key != DRAFTS}
    return {**others, ENDED: {one.key: mark_of(one) for one in items}}


def since_ended(decided: Iterable[Decided], answers: Answers) -> tuple[list[Decided], int]:
    """Return pieces as they stand with a request that has ended, and how many it was about are gone.

    A piece that it was not about, or of which the words are others now, is changed, whatever its group.
    """
    kept = answers.get(ENDED)
    gone = {str(key): one for key, one in kept.items()} if isinstance(kept, dict) else {}
    found = []
    for one in decided:
        same = gone.pop(one.item.key, None) == mark_of(one.item)
        found.append(one if same else Decided(item=one.item, changed=True))
    return found, len(gone)


def is_marked(answers: Answers) -> bool:
    """Say whether a finished request keeps what it was about; before there were such marks, none did."""
    return isinstance(answers.get(ENDED), dict)


def decisions_of(answers: Answers) -> dict[str, Decision]:
    """Return the decisions kept beside answers; one that cannot be read was not made."""
    kept = answers.get(BESIDE)
    found: dict[str, Decision] = {}
    for key, one in kept.items() if isinstance(kept, dict) else ():
        try:
            found[str(key)] = msgspec.convert(one, Decision)
        except msgspec.ValidationError:
            continue
    return found


def with_decisions(answers: Answers, decisions: Mapping[str, Decision]) -> Answers:
    """Return answers with these decisions kept beside them."""
    return {**answers, BESIDE: msgspec.to_builtins(dict(decisions))}


def mark_of(item: Item) -> str:
    """Return the digest of a piece's words and group: what was decided about it holds while this is the same."""
    return hashlib.sha256(f"{item.group}\0{item.text}".encode()).hexdigest()
