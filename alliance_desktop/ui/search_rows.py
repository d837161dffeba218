"""What a search found as rows: a heading for each client, then where the words stand, with the words marked."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from alliance_desktop.domain.search.marking import Snippet
from alliance_desktop.services.search import Hit
from alliance_desktop.ui.words import isolated, spoken

ROW = int(Qt.ItemDataRole.UserRole) + 1
ONLY_ME = "Only for me"
_TOP = QModelIndex()


class SearchRow(NamedTuple):
    """A heading (without `hit`), or one hit: what it is, in which question, and a piece of its words."""

    title: str
    spoken: str
    aside: str = ""
    snippet: Snippet = Snippet("")
    flag: str = ""
    hit: Hit | None = None


def search_rows(hits: Iterable[Hit]) -> list[SearchRow]:
    """Return rows for what was found, those of one client under its name."""
    found = []
    for _, group in groupby(hits, key=lambda one: one.client):
        mine = list(group)
        found.append(SearchRow(isolated(mine[0].who), "", isolated(mine[0].code)))
        found += [_row(one) for one in mine]
    return found


def _row(hit: Hit) -> SearchRow:
    title = " · ".join(one for one in (hit.day, hit.kind) if one)
    flag = ONLY_ME if hit.private else ""
    parts = (hit.who, ", ".join(one for one in (hit.kind, hit.day) if one), flag, hit.where)
    said = ". ".join(part for part in parts if part)
    return SearchRow(title, spoken(f"{said}: {hit.snippet.text}"), hit.where, hit.snippet, flag, hit)


class SearchModel(QAbstractListModel):
    """The rows as a plain list; headings cannot be current."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[SearchRow] = []

    def set_rows(self, rows: Sequence[SearchRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, at: int) -> SearchRow:
        """Return the row at a place, from 0."""
        return self._rows[at]

    def place_of(self, hit: Hit | None) -> int:
        """Return where a hit of the same entry or client is, or -1."""
        wanted = hit.subject if hit is not None else None
        return next((at for at, one in enumerate(self._rows) if one.hit and one.hit.subject == wanted), -1)

    def first_from(self, at: int) -> int:
        """Return the place of the first hit from a place on, or -1."""
        return next((place for place in range(max(at, 0), len(self._rows)) if self._rows[place].hit), -1)

    def last_until(self, at: int) -> int:
        """Return the place of the last hit up to a place, or -1."""
        return next((place for place in range(at, -1, -1) if self._rows[place].hit), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let arrows pass over headings."""
        if not index.isValid() or self._rows[index.row()].hit is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return a row's title, its spoken sentence, or the row itself."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken or spoken(row.title)
        return row if role == ROW else None
