"""The counsellor's short words: a trigger typed as ;word becomes the text that is kept for it."""

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.client import folded
from alliance_desktop.domain.errors import SaveWaitingError
from alliance_desktop.domain.own_form_errors import ShortWordError
from alliance_desktop.storage.plain import whole_text
from alliance_desktop.storage.store import Store

SNIPPETS, DRAFT = "snippets", "draft snippet"
MOST_LETTERS, MOST_TEXT, MOST = 20, 10_000, 500
NO_TRIGGER = f"A short word is 1 to {MOST_LETTERS} letters or figures, without spaces or signs."
NO_TEXT = "There are no words yet that it stands for."
LONG_TEXT = f"A short word stands for at most {MOST_TEXT:,} letters."
TAKEN = "There is a short word “{trigger}” already."
MANY = f"At most {MOST} short words are kept."


class Snippet(NamedTuple):
    """One short word without its ";", and what it stands for."""

    trigger: str
    text: str


class HalfWord(NamedTuple):
    """A short word that is being written and not kept yet, and the trigger of the one it changes."""

    trigger: str
    text: str
    was: str = ""


class Snippets:
    """The short words of one open vault."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept = _read(store.settings.listed(SNIPPETS))

    def all(self) -> list[Snippet]:
        """Return the short words in the order of their letters."""
        return sorted(self._kept.values(), key=lambda one: (folded(one.trigger), one.trigger))

    def words(self) -> Mapping[str, str]:
        """Return what each short word stands for."""
        return {one.trigger: one.text for one in self._kept.values()}

    def keep(self, trigger: str, text: str, was: str = "") -> Changed:
        """Keep a short word, in place of the one that `was`, and let its draft go; ShortWordError if it cannot."""
        typed = unicodedata.normalize("NFC", whole_text(trigger))
        trigger, text = typed.strip().removeprefix(";"), whole_text(text)
        kept = {key: one for key, one in self._kept.items() if key != folded(was)}
        trouble = _trouble(trigger, text, kept)
        if trouble:
            raise ShortWordError(trouble)
        return self._write(kept | {folded(trigger): Snippet(trigger, text)}, done=True)

    def remove(self, trigger: str) -> Changed:
        """Let a short word go."""
        return self._write({key: one for key, one in self._kept.items() if key != folded(trigger)})

    def draft(self) -> HalfWord | None:
        """Return the short word that is being written, as it was left; None where there is none."""
        kept = self._store.settings.get(DRAFT)
        parts = [kept.get(one) for one in HalfWord._fields] if isinstance(kept, dict) else []
        texts = [one for one in parts if isinstance(one, str)]
        return HalfWord(*texts) if len(texts) == len(HalfWord._fields) else None

    def keep_draft(self, half: HalfWord | None) -> None:
        """Keep what is being written, so that nothing of it is lost, or let it go; read-only vaults keep none."""
        if self._store.read_only or half == self.draft():
            return
        with self._store.transaction():
            if half is None:
                self._store.settings.drop(DRAFT)
            else:
                self._store.settings.put(DRAFT, {key: whole_text(one) for key, one in half._asdict().items()})

    def _write(self, wanted: dict[str, Snippet], *, done: bool = False) -> Changed:
        rows = [{"trigger": one.trigger, "text": one.text} for one in wanted.values()]
        try:
            with self._store.transaction():
                self._store.settings.put_list(SNIPPETS, rows)
                if done:
                    self._store.settings.drop(DRAFT)
        except SaveWaitingError:
            self._kept = wanted
            raise
        self._kept = wanted
        return Changed(kinds=frozenset({Touched.SETTING}))


def _trouble(trigger: str, text: str, others: Mapping[str, Snippet]) -> str:
    """Return why a short word cannot be kept beside the others; an empty text where it can."""
    if not trigger.isalnum() or len(trigger) > MOST_LETTERS or not folded(trigger):
        return NO_TRIGGER
    if not text.strip():
        return NO_TEXT
    if len(text) > MOST_TEXT:
        return LONG_TEXT
    if folded(trigger) in others:
        return TAKEN.format(trigger=others[folded(trigger)].trigger)
    return MANY if len(others) >= MOST else ""


def _read(kept: object) -> dict[str, Snippet]:
    """Return the short words that were kept; what is none is passed by, and of two alike the first counts."""
    found: dict[str, Snippet] = {}
    for one in kept if isinstance(kept, list) else ():
        trigger, text = (one.get("trigger"), one.get("text")) if isinstance(one, dict) else (None, None)
        if isinstance(trigger, str) and isinstance(text, str) and not _trouble(trigger, text, found):
            found[folded(trigger)] = Snippet(trigger, text)
    return found
