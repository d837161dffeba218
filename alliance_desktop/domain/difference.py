"""What changed between two states of an entry, question by question, in words taken out and words added."""

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from alliance_desktop.domain.answers import Answer, Answers
from alliance_desktop.domain.entry import EntryId
from alliance_desktop.domain.form import Card, Form, Kind, Question
from alliance_desktop.domain.shown import shown

CONTEXT = 8
"""How many words around a change are shown."""

GAP = "…"
ONLY_SPACE = "Only spaces or line breaks changed."
_WORDY = frozenset({Kind.LINE, Kind.PROSE, Kind.ROWS, Kind.CONTACTS, Kind.CHOICES})
_MOST = 200_000
"""Two texts with more pairs of words than this are compared sentence by sentence, and words only within those."""
_TOKEN = re.compile(r"(\s*)([\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|[^\w\s]|$)")
_STOPS = frozenset(".!?…。！？")

Linked = Callable[[EntryId], str]
_Runs = Iterator[tuple["Mark", Sequence[str]]]


class Mark(StrEnum):
    """What happened to a piece of a text."""

    SAME = "same"
    OUT = "taken out"
    IN = "added"


class Piece(NamedTuple):
    """A run of words that share their fate."""

    mark: Mark
    text: str


class Change(NamedTuple):
    """What changed in the answer of one question, cut to the passages that changed."""

    label: str
    pieces: tuple[Piece, ...]

    @property
    def out(self) -> list[str]:
        """The passages that were taken out."""
        return self._passages(Mark.OUT)

    @property
    def added(self) -> list[str]:
        """The passages that were added."""
        return self._passages(Mark.IN)

    @property
    def spoken(self) -> str:
        """The change in a sentence that needs no marks to be understood."""
        told = (("Taken out", self.out), ("Added", self.added))
        parts = [f"{words}: {_stopped('; '.join(passages))}" for words, passages in told if passages]
        return f"{self.label}. {' '.join(parts) or ONLY_SPACE}"

    def _passages(self, mark: Mark) -> list[str]:
        return [text for one in self.pieces if one.mark is mark and (text := one.text.strip())]


class Said(NamedTuple):
    """A state of an entry: the form and card it was written in, and its answers."""

    form: Form
    card: Card
    answers: Answers


def changes(before: Said, after: Said, linked: Linked) -> list[Change]:
    """Return what changed from one state to another, in the order of the card; `linked` names an entry linked to."""
    found = []
    for question in _questions(before.card, after.card):
        was, now = (_told(one, question.key, linked) for one in (before, after))
        if was != now:
            found.append(Change(question.label, pieces(was, now, by_words=question.kind in _WORDY)))
    return found


def told(said: Said, linked: Linked) -> list[tuple[str, str]]:
    """Return all that a state of an entry says: each question with its answer in words."""
    asked = ((one.label, _told(said, one.key, linked)) for one in said.card.questions)
    return [(label, text) for label, text in asked if text]


def pieces(was: str, now: str, *, by_words: bool = True) -> tuple[Piece, ...]:
    """Return how one text became another; what stayed is cut to a few words around each change."""
    if not by_words or not was or not now:
        return tuple(piece for piece in (Piece(Mark.OUT, was), Piece(Mark.IN, now)) if piece.text)
    runs = _joined(_compared(_tokens(was), _tokens(now)))
    last = len(runs) - 1
    return tuple(
        Piece(mark, _cut(tokens, first=at == 0, last=at == last) if mark is Mark.SAME else "".join(tokens))
        for at, (mark, tokens) in enumerate(runs)
    )


def _stopped(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _questions(before: Card, after: Card) -> list[Question]:
    """Return the questions of both cards, those that only the earlier one had at the end."""
    known = {one.key for one in after.questions}
    return [*after.questions, *(one for one in before.questions if one.key not in known)]


def _told(said: Said, key: str, linked: Linked) -> str:
    question = next((one for one in said.card.questions if one.key == key), None)
    if question is None:
        return ""
    answer = said.answers.get(key)
    if question.kind is Kind.LINK:
        return "\n".join(linked(EntryId(one)) for one in _ids(answer))
    return shown(said.form, question, answer)


def _ids(answer: Answer) -> list[int]:
    return [one for one in answer if isinstance(one, int)] if isinstance(answer, list) else []


class _Token(NamedTuple):
    """A word or sign with the space before it; only the word counts when texts are compared."""

    space: str
    word: str


_Tokens = Sequence[_Token]


def _tokens(text: str) -> list[_Token]:
    return [_Token(*found) for found in _TOKEN.findall(text)]


def _compared(was: _Tokens, now: _Tokens) -> _Runs:
    """Yield runs of words in order; what both texts begin and end with is not compared at all."""
    shorter = min(len(was), len(now))
    start = next((at for at in range(shorter) if was[at].word != now[at].word), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if was[-1 - at].word != now[-1 - at].word), rest)
    yield from _same(was[:start], now[:start])
    yield from _inside(was[start : len(was) - end], now[start : len(now) - end])
    yield from _same(was[len(was) - end :], now[len(now) - end :])


def _inside(was: _Tokens, now: _Tokens) -> _Runs:
    """Yield runs of the words of two texts, of long ones only within the sentences that changed."""
    if len(was) * len(now) <= _MOST:
        yield from _by_words(was, now)
        return
    old, new = _sentences(was), _sentences(now)
    for kind, a, b, c, d in _opcodes([_words(one) for one in old], [_words(one) for one in new]):
        before, after = _flat(old[a:b]), _flat(new[c:d])
        if kind == "equal":
            yield from _same(before, after)
        elif len(before) * len(after) <= _MOST:
            yield from _by_words(before, after)
        else:
            yield from _changed(before, after)


def _by_words(was: _Tokens, now: _Tokens) -> _Runs:
    for kind, a, b, c, d in _opcodes(_words(was), _words(now)):
        yield from (_same if kind == "equal" else _changed)(was[a:b], now[c:d])


def _opcodes(was: Sequence[Hashable], now: Sequence[Hashable]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, was, now, autojunk=False).get_opcodes()


def _words(tokens: _Tokens) -> tuple[str, ...]:
    return tuple(one.word for one in tokens)


def _flat(sentences: Sequence[_Tokens]) -> list[_Token]:
    return [token for one in sentences for token in one]


def _sentences(tokens: _Tokens) -> list[list[_Token]]:
    """Return the words by sentences; a line break ends one too."""
    found: list[list[_Token]] = [[]]
    for token in tokens:
        ended = bool(found[-1]) and found[-1][-1].word in _STOPS and token.word not in _STOPS
        if found[-1] and (ended or "\n" in token.space):
            found.append([])
        found[-1].append(token)
    return found


def _same(was: _Tokens, now: _Tokens) -> _Runs:
    """Yield words that stayed, with the spaces before them that changed marked."""
    for before, after in zip(was, now, strict=True):
        if before.space == after.space:
            yield Mark.SAME, [before.space, before.word]
        else:
            yield Mark.OUT, [before.space]
            yield Mark.IN, [after.space]
            yield Mark.SAME, [before.word]


def _changed(was: _Tokens, now: _Tokens) -> _Runs:
    """Yield words taken out and words added; a space that stands before both stays."""
    out, added = (list(chain.from_iterable(one)) for one in (was, now))
    if out and added and out[0] == added[0]:
        yield Mark.SAME, [out.pop(0)]
        added.pop(0)
    yield Mark.OUT, out
    yield Mark.IN, added


def _joined(runs: _Runs) -> list[tuple[Mark, list[str]]]:
    """Return the runs without empty ones, neighbours of one fate joined; a lone space does not part two changes."""
    found: list[tuple[Mark, list[str]]] = []
    for mark, tokens in _bridged([(mark, kept) for mark, tokens in runs if (kept := [one for one in tokens if one])]):
        if not tokens:
            continue
        if found and found[-1][0] is mark:
            found[-1][1].extend(tokens)
        else:
            found.append((mark, list(tokens)))
    return found


def _bridged(runs: list[tuple[Mark, Sequence[str]]]) -> _Runs:
    """Yield the runs with a space between two changes counted to both, so that words are taken out as phrases."""
    out: list[str] = []
    added: list[str] = []
    for at, (mark, tokens) in enumerate(runs):
        if mark is Mark.OUT:
            out.extend(tokens)
        elif mark is Mark.IN:
            added.extend(tokens)
        elif not "".join(tokens).strip() and (out or added) and at + 1 < len(runs):
            out.extend(tokens)
            added.extend(tokens)
        else:
            yield Mark.OUT, out
            yield Mark.IN, added
            out, added = [], []
            yield Mark.SAME, tokens
    yield Mark.OUT, out
    yield Mark.IN, added


def _cut(tokens: Sequence[str], *, first: bool, last: bool) -> str:
    """Return what stayed between two changes, with only the words beside them where it is long."""
    keep = 2 * CONTEXT
    if len(tokens) <= 2 * keep + 1:
        return "".join(tokens)
    head = "" if first else "".join(tokens[:keep])
    tail = "" if last else "".join(tokens[-keep:])
    return " ".join(part for part in (head.rstrip(), GAP, tail.lstrip()) if part)
