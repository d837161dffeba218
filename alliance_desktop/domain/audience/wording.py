"""The agreed wording that a client has seen, as it stands now: their page prints nothing else."""

import hashlib
import json
from collections.abc import Sequence

from alliance_desktop.domain.answers import Answer, Answers, ids_of
from alliance_desktop.domain.entry import Entry, Mark
from alliance_desktop.domain.form import Audience, Card, is_answered
from alliance_desktop.domain.records.beside import BESIDE, without_reasons

_SEEN = "wording_seen"
_SEEN_IDS = frozenset({"yes", "changed"})
_SEEN_MARKS = "wording_seen_marks"
"""Beside the answers of a repair card: a digest of each shared answer as the client saw it."""


def latest_fitting(entries: Sequence[Entry], card: str, turn: int) -> Entry | None:
    """Return the latest entry of a card in one turn of an arc, or None; cards set aside do not count."""
    return next(reversed(fitting(entries, card, turn)), None)


def fitting(entries: Sequence[Entry], card: str, turn: int) -> list[Entry]:
    """Return the entries of a card in one turn of an arc, by date; cards set aside do not count."""
    ours = (one for one in entries if one.card == card and one.turn == turn and one.mark is Mark.NONE)
    return sorted(ours, key=lambda one: (one.happened_on, one.sequence, one.id))


def wording_ready(entries: Sequence[Entry], turn: int) -> bool:
    """Say whether the client has seen or changed the latest wording agreed in this turn (R10), as it is now.

    Wording that was changed since has not been seen, so that their page may not print.
    """
    repair = latest_fitting(entries, "repair", turn)
    if repair is None or not _is_seen(repair.answers):
        return False
    return _is_as_seen(repair.answers)


def wording_changed(entries: Sequence[Entry], turn: int) -> bool:
    """Say whether the client saw the latest wording agreed in this turn, and it was changed since."""
    repair = latest_fitting(entries, "repair", turn)
    return repair is not None and _is_seen(repair.answers) and not _is_as_seen(repair.answers)


def with_seen_wording(card: Card, answers: Answers, old: Answers) -> Answers:
    """Return answers with a mark of the wording that the client saw, for `wording_ready` to compare.

    The mark is made when "Client saw the wording?" is answered anew, and stays as long as that answer does; `old`
    are the answers before this write. A mark that came in `answers` counts for nothing.
    """
    kept = {key: one for key, one in answers.items() if key != _SEEN_MARKS}
    if not _is_seen(kept):
        return kept
    again = _mark_of(kept[_SEEN]) == _mark_of(old.get(_SEEN))
    if again and _SEEN_MARKS in old:
        return {**kept, _SEEN_MARKS: old[_SEEN_MARKS]}
    seen = old if again else kept
    shared = [one.key for one in card.questions if one.audience is Audience.SHARE]
    return {**kept, _SEEN_MARKS: {key: _mark_of(seen.get(key)) for key in shared}}


def seen_keys(card: Card, answers: Answers) -> frozenset[str]:
    """Return the keys of the agreed wording on a card that the client has seen as it stands now.

    Where the card asks whether they saw it, what they did not see, or what was changed since, is not among it.
    """
    shared = [one for one in card.questions if one.audience is Audience.SHARE]
    given = frozenset(one.key for one in shared if is_answered(one, answers.get(one.key)))
    if not any(one.key == _SEEN for one in card.questions):
        return given
    if not _is_seen(answers):
        return frozenset()
    marks = answers.get(_SEEN_MARKS)
    if not isinstance(marks, dict):
        return given
    return frozenset(key for key in given if marks.get(key, _mark_of(answers.get(key))) == _mark_of(answers.get(key)))


def without(answers: Answers, keys: frozenset[str]) -> Answers:
    """Return answers without those of some keys; the marks of their wording say of them that none was seen.

    Of what was decided for a records request only the reasons go.
    """
    if BESIDE in keys:
        return without(without_reasons(answers), keys - {BESIDE})
    kept = {key: one for key, one in answers.items() if key not in keys}
    if isinstance(kept.get(_SEEN_MARKS), dict):
        kept[_SEEN_MARKS] = {key: _mark_of(None) if key in keys else mark for key, mark in kept[_SEEN_MARKS].items()}
    return kept


def _is_as_seen(answers: Answers) -> bool:
    marks: dict[str, str] = answers.get(_SEEN_MARKS) or {}
    return all(_mark_of(answers.get(key)) == mark for key, mark in marks.items())


def _is_seen(answers: Answers) -> bool:
    return bool(_SEEN_IDS & set(ids_of(answers.get(_SEEN))))


def _mark_of(answer: Answer) -> str:
    """Return a digest of an answer in which nothing, an empty text and an unticked box are the same."""
    text = json.dumps(_told(answer), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _told(answer: Answer) -> Answer:
    if isinstance(answer, dict):
        return {key: told for key, one in answer.items() if (told := _told(one))} or None
    if isinstance(answer, list | tuple):
        return [told for one in answer if (told := _told(one))] or None
    return (answer.strip() if isinstance(answer, str) else answer) or None
