"""The counsellor's settings, kept inside the vault so that nothing about the work lies outside it."""

from typing import Any

import msgspec

from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.entry import EntryId
from alliance_desktop.domain.look import Appearance
from alliance_desktop.storage.store import Store

LOCK_MINUTES = (2, 60)

_SETTINGS = "preferences"
_PLACE = "place"
_UNSENT = "unsent addendum "


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """All settings with their defaults; `lock_minutes` is 2 to 60, `text_scale` a percentage."""

    lock_minutes: int = 5
    appearance: Appearance = Appearance.SYSTEM
    text_scale: int = 100
    paper: str = "a4"
    large_print: bool = False
    language: str = "en-GB"
    who_to_turn_to: str = ""
    """Printed on the client page under "Who I can turn to"."""


class Settings:
    """Reads and keeps the preferences and the place where the counsellor was."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def preferences(self) -> Preferences:
        """Return the preferences; a value that does not fit any more falls back to the defaults."""
        try:
            return msgspec.convert(self._store.settings.get(_SETTINGS) or {}, Preferences)
        except msgspec.ValidationError:
            return Preferences()

    def keep(self, preferences: Preferences) -> Changed:
        """Keep all preferences; minutes outside 2 to 60 are brought inside."""
        low, high = LOCK_MINUTES
        minutes = min(max(preferences.lock_minutes, low), high)
        kept = msgspec.structs.replace(preferences, lock_minutes=minutes)
        with self._store.transaction():
            self._store.settings.put(_SETTINGS, msgspec.to_builtins(kept))
        return Changed(kinds=frozenset({Touched.SETTING}))

    def unsent(self, entry: EntryId) -> tuple[str, bool]:
        """Return the addendum being typed for an entry: its text and whether it is private."""
        kept = self._store.settings.get(f"{_UNSENT}{entry}")
        return (str(kept.get("text", "")), bool(kept.get("private"))) if isinstance(kept, dict) else ("", False)

    def keep_unsent(self, entry: EntryId, text: str, *, private: bool) -> None:
        """Keep an addendum that is being typed, so that a lock or a crash loses none of it."""
        with self._store.transaction():
            self._store.settings.put(f"{_UNSENT}{entry}", {"text": text, "private": private} if text else None)

    def place(self) -> dict[str, Any]:
        """Return where the counsellor was when the vault was last used, as plain data; empty at first."""
        kept = self._store.settings.get(_PLACE)
        return kept if isinstance(kept, dict) else {}

    def keep_place(self, place: dict[str, Any]) -> None:
        """Keep where the counsellor is, as plain data."""
        with self._store.transaction():
            self._store.settings.put(_PLACE, place)
