"""The rows that "who needs me next" asks for: the newest of the bulky, all of the small; never every session."""

from collections.abc import Iterable, Sequence

from alliance_desktop.domain import rupture
from alliance_desktop.domain.entry import Arc, ClientId, Entry
from alliance_desktop.storage.arcs import SELECT as ARCS
from alliance_desktop.storage.arcs import arc_of
from alliance_desktop.storage.bin import ARC_LIVES, LIVING
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.entries import SELECT as ENTRIES
from alliance_desktop.storage.entries import entry_of
from alliance_desktop.storage.plain import encoded

_ENDED = tuple(str(one) for one in rupture.Status if not rupture.is_open(one))
_OF = "entry.client IN (SELECT value FROM json_each(?))"
_LATEST = """
    SELECT latest.id FROM json_each(?) AS whose CROSS JOIN entry AS latest WHERE latest.id IN (
        SELECT entry.id FROM entry WHERE entry.client = whose.value AND entry.form IN ({forms})
        AND entry.id NOT IN (SELECT entry FROM binned)
        ORDER BY entry.happened_on DESC, entry.sequence DESC, entry.id DESC LIMIT ?)
"""


class AttentionRows:
    """Reads for the rules what they need of many clients at once, in a few questions however many there are."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def latest(self, forms: Iterable[str], clients: Iterable[ClientId], count: int) -> list[Entry]:
        """Return the newest entries of some forms, so many of each client."""
        wanted = tuple(forms)
        ids = _LATEST.format(forms=_marks(wanted))
        return self._entries(f"entry.id IN ({ids})", _ids(clients), *wanted, count)

    def of_forms(self, forms: Iterable[str], clients: Iterable[ClientId]) -> list[Entry]:
        """Return the entries of some forms that belong to some clients."""
        wanted = tuple(forms)
        return self._entries(f"entry.form IN ({_marks(wanted)}) AND {_OF}", *wanted, _ids(clients))

    def open_arcs(self) -> list[Arc]:
        """Return the strains without an end."""
        sql = f"{ARCS} WHERE form = ? AND status NOT IN ({_marks(_ENDED)}) AND {ARC_LIVES}"
        return [arc_of(row) for row in self._database.rows(sql, (rupture.FORM, *_ENDED))]

    def of_arcs(self, arcs: Iterable[Arc]) -> list[Entry]:
        """Return the cards of some strains."""
        return self._entries("entry.arc IN (SELECT value FROM json_each(?))", _ids(one.id for one in arcs))

    def drafts(self, forms: Iterable[str], clients: Iterable[ClientId]) -> list[Entry]:
        """Return the entries of some forms that are not finished, for each client the one that waits longest."""
        wanted = tuple(forms)
        longest = (
            "SELECT id FROM (SELECT id, client, min(touched_at) FROM entry "
            f"WHERE state = 'draft' AND form IN ({_marks(wanted)}) AND {LIVING} AND {_OF} GROUP BY client)"
        )
        return self._entries(f"entry.id IN ({longest})", *wanted, _ids(clients))

    def _entries(self, where: str, *values: str | int) -> list[Entry]:
        return [entry_of(row) for row in self._database.rows(f"{ENTRIES} WHERE {where} AND {LIVING}", values)]


def _ids(ids: Iterable[int]) -> str:
    return encoded(list(ids))


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
