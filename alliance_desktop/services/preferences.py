"""The counsellor's settings, kept inside the vault so that nothing about the work lies outside it."""

import math
from collections.abc import Iterable
from typing import Any

import msgspec

from alliance_desktop.documents.wording import languages
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.entry import EntryId
from alliance_desktop.domain.look import TEXT_SCALES, Appearance
from alliance_desktop.domain.numbers import Numbers, Period
from alliance_desktop.storage.store import Store

LOCK_MINUTES = (2, 60)

PAPERS = ("a4", "letter")

_DAYS = (1, 365)
NUMBER_BOUNDS = {
    "reflect_days": _DAYS,
    "talk_days": _DAYS,
    "agree_days": _DAYS,
    "draft_days": _DAYS,
    "goals_days": _DAYS,
    "hurting_days": (1, 60),
    "foundation_sessions": (1, 100),
    "no_answer_days": _DAYS,
    "second_look_days": _DAYS,
    "bin_days": (1, 365),
    "cold_by": (1, 4),
    "review_days": _DAYS,
    "agenda_days": _DAYS,
}
"""The least and the most of each number of the reminders."""

MOST_STEPS = 6
MOST_HOLIDAYS = 60

PREFERENCES = "preferences"
UNSENT = "unsent addendum "
"""How the names begin under which additions are kept while they are typed; the entry's id follows."""
PLACE = "place"
_LARGEST = 1 << 53
"""The largest whole number that every reader of JSON keeps exactly; ids and places stay below it."""
_DEEPEST = 8
_UNFIT = object()


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """All settings with their defaults; `lock_minutes` is 2 to 60, `text_scale` a percentage."""

    lock_minutes: int = 5
    lock_minimised: bool = False
    out_of_captures: bool = True
    """Whether screenshots and recordings leave the window out, where the system can do that."""
    appearance: Appearance = Appearance.SYSTEM
    text_scale: int = 100
    paper: str = "a4"
    large_print: bool = False
    language: str = "en-GB"
    who_to_turn_to: str = ""
    """Printed on the client page under "Who I can turn to"."""
    emergency_list: str = ""
    """Shown beside a safeguarding concern where somebody may be in danger: whom to tell, in which order."""
    attention: Numbers = Numbers()
    """The numbers of the reminders, with the counsellor's days away."""


class Settings:
    """Reads and keeps the preferences and the place where the counsellor was."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def preferences(self) -> Preferences:
        """Return the preferences; a value of the wrong kind falls back to the defaults, one out of bounds is mended."""
        try:
            return _within(msgspec.convert(self._store.settings.get(PREFERENCES) or {}, Preferences))
        except msgspec.ValidationError:
            return Preferences()

    def keep(self, preferences: Preferences) -> Changed:
        """Keep all preferences; those out of bounds are mended, such as minutes outside 2 to 60."""
        with self._store.transaction():
            self._store.settings.put(PREFERENCES, msgspec.to_builtins(_within(preferences)))
        return Changed(kinds=frozenset({Touched.SETTING}))

    def unsent(self, entry: EntryId) -> tuple[str, bool]:
        """Return the addendum being typed for an entry: its text and whether it is private."""
        kept = self._store.settings.get(unsent_key(entry))
        return (str(kept.get("text", "")), bool(kept.get("private"))) if isinstance(kept, dict) else ("", False)

    def keep_unsent(self, entry: EntryId, text: str, *, private: bool) -> None:
        """Keep an addendum that is being typed, so that a lock or a crash loses none of it; an empty one is dropped.

        Nothing is written where it is kept so already.
        """
        key = unsent_key(entry)
        wanted = {"text": text, "private": private} if text else None
        if self._store.settings.get(key) == wanted:
            return
        with self._store.transaction():
            if wanted is None:
                self._store.settings.drop(key)
            else:
                self._store.settings.put(key, wanted)

    def place(self) -> dict[str, Any]:
        """Return where the counsellor was when the vault was last used, as plain data; empty at first.

        Whatever was kept, names are texts and numbers are finite and within 2**53; what does not fit is left out.
        """
        kept = _plain(self._store.settings.get(PLACE), _DEEPEST)
        return kept if isinstance(kept, dict) else {}

    def keep_place(self, place: dict[str, Any]) -> None:
        """Keep where the counsellor is, as plain data; not in a vault that is open for reading only, or closed."""
        if self._store.read_only or not self._store.is_open:
            return
        with self._store.transaction():
            self._store.settings.put(PLACE, place)


def unsent_key(entry: EntryId) -> str:
    """Return the name under which an entry's addendum is kept while it is being typed."""
    return f"{UNSENT}{entry}"


def _within(asked: Preferences) -> Preferences:
    low, high = LOCK_MINUTES
    usual = Preferences()
    return msgspec.structs.replace(
        asked,
        lock_minutes=min(max(asked.lock_minutes, low), high),
        text_scale=min(TEXT_SCALES, key=lambda scale: abs(scale - asked.text_scale)),
        paper=asked.paper if asked.paper in PAPERS else usual.paper,
        language=asked.language if asked.language in languages() else usual.language,
        attention=_numbers_within(asked.attention),
    )


def _numbers_within(asked: Numbers) -> Numbers:
    """Return the numbers of the reminders within their bounds; a holiday given backwards is turned round."""
    mended = {key: _between(getattr(asked, key), *bounds) for key, bounds in NUMBER_BOUNDS.items()}
    steps = tuple(_between(one, *_DAYS) for one in asked.not_now_days[:MOST_STEPS])
    return msgspec.structs.replace(
        asked, **mended, not_now_days=steps or Numbers().not_now_days, away=_holidays(asked.away)
    )


def _holidays(asked: Iterable[Period]) -> tuple[Period, ...]:
    """Return holidays from first to last day, by date, each once; the newest where there are too many."""
    turned = sorted({(min(one), max(one)) for one in asked})
    return tuple(turned[-MOST_HOLIDAYS:])


def _between(number: int, low: int, high: int) -> int:
    return min(max(number, low), high)


def _plain(value: Any, depth: int) -> Any:
    """Return plain data without what does not fit, or `_UNFIT` where nothing of it does."""
    if isinstance(value, dict | list) and not depth:
        return _UNFIT
    if isinstance(value, dict):
        kept = {key: _plain(one, depth - 1) for key, one in value.items() if isinstance(key, str)}
        return {key: one for key, one in kept.items() if one is not _UNFIT}
    if isinstance(value, list):
        return [one for one in (_plain(part, depth - 1) for part in value) if one is not _UNFIT]
    if isinstance(value, int | float):
        return value if math.isfinite(value) and abs(value) <= _LARGEST else _UNFIT
    return value if value is None or isinstance(value, str) else _UNFIT
