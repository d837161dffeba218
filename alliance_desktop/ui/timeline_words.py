"""What is said of a timeline that is narrowed down: to what, why nothing is left, and where a day lies beyond it."""

import datetime
from collections.abc import Iterable

import msgspec

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.timeline import Sift
from alliance_desktop.services.timeline import Timeline
from alliance_desktop.ui.words import isolated

EMPTY = "Nothing written yet. A session note or something you noticed begins the story."
NONE_FIT = "Nothing here fits all of that."
NONE_SEEN = "Nothing here is noted as seen by them: goals in their words, or agreed wording they have seen."
NO_STRAIN = "No strain is noted here."
NO_DAY = "Nothing is noted in these days."
_MOST_OF_A_DAY = 40
_STORY = "Nothing is noted", "the story begins", "the story ends"


def told_sift(sift: Sift, kinds: Iterable[tuple[str, str]], words: str = "") -> str:
    """Return what is left by a choice and by words looked for; nothing where all is shown."""
    whose = [
        dict(kinds).get(sift.kind, ""),
        "strains" if sift.strains else "",
        "what the client has seen" if sift.seen else "",
    ]
    which = [
        f"from {long_day(sift.first)}" if sift.first is not None else "",
        f"to {long_day(sift.last)}" if sift.last is not None else "",
        f"with {_quoted(words)}" if words else "",
    ]
    told, rest = (", ".join(one for one in some if one) for some in (whose, which))
    return f"{told}, {rest}" if told and rest else told or (f"lines {rest}" if rest else "")


def nothing_left(story: Timeline, sift: Sift, words: str, left: int) -> str:
    """Return why no line is shown; `left` is how many there are before the words are looked for."""
    if not len(story):
        return EMPTY
    if words and sift.shows_all:
        return f"No line has {_quoted(words)} in it."
    if words and left:
        fit = "1 line fits the rest, but it has no" if left == 1 else f"{left:,} lines fit the rest, but none has"
        return f"{fit} {_quoted(words)} in it."
    return next((why for alone, why in _alone(sift) if not _holds_any(story, alone)), NONE_FIT)


def beyond(on: datetime.date, first: datetime.date, last: datetime.date, *, narrowed: bool) -> str:
    """Return that a day lies before the first line with a day or after the last one; nothing where it does not."""
    if first <= on <= last:
        return ""
    which, begins, ends = ("No line that is shown is", "they begin", "they end") if narrowed else _STORY
    far, then = ("early", f"{begins} on {long_day(first)}") if on < first else ("late", f"{ends} on {long_day(last)}")
    return f"{which} as {far} as {long_day(on)}: {then}."


def no_day(typed: str) -> str:
    """Return that what was typed is no day; of very much only the beginning is said again."""
    begun = typed.strip()
    short = begun if len(begun) <= _MOST_OF_A_DAY else f"{begun[:_MOST_OF_A_DAY]}…"
    return f"{_quoted(short)} is not a day this program can read. Try 5 March 2026."


def _alone(sift: Sift) -> list[tuple[Sift, str]]:
    """Return each part of a choice by itself, with what is to be said where that part alone leaves nothing."""
    parts = [
        (Sift(seen=sift.seen), NONE_SEEN),
        (Sift(strains=sift.strains), NO_STRAIN),
        (msgspec.structs.replace(sift, kind="", strains=False, seen=False), NO_DAY),
    ]
    return [one for one in parts if not one[0].shows_all]


def _holds_any(story: Timeline, sift: Sift) -> bool:
    places = story.sifted(sift)
    return bool(story.seen(places) if sift.seen else places)


def _quoted(words: str) -> str:
    return f"“{isolated(words)}”"
