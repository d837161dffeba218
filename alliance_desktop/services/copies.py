"""Whether words that were taken out of one entry stand in others of the same client as well."""

from collections.abc import Iterable

from alliance_desktop.domain.entry import Entry
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.searching import texts
from alliance_desktop.storage.store import Store

SHORTEST = 12
"""Shorter texts stand in many notes by chance."""


def standing_elsewhere(store: Store, notebook: Notebook, of: Entry, taken: Iterable[str]) -> list[Entry]:
    """Return the other entries of a client that hold any of some texts: now, in an earlier version or an addition."""
    wanted = {folded for one in taken if len(folded := _folded(one)) >= SHORTEST}
    others = notebook.entries(of.client) if of.client is not None else notebook.own_entries()
    return [one for one in others if one.id != of.id and wanted and _holds(_said(store, one), wanted)]


def _said(store: Store, entry: Entry) -> Iterable[str]:
    yield from texts(entry.answers)
    for addendum in store.entries.addenda(entry.id):
        yield addendum.text
    for version in store.histories.versions(entry.id):
        yield from texts(version.answers)


def _holds(said: Iterable[str], wanted: set[str]) -> bool:
    return any(one in text for text in map(_folded, said) for one in wanted)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
