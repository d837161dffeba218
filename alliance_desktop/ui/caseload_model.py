"""The table of the whole caseload: its columns, what a cell says, and by what it is sorted."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from alliance_desktop.domain.answers import short_day, text_of
from alliance_desktop.domain.client import STATE_WORDS, finding, haystack
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.services.attention import CaseloadLine
from alliance_desktop.ui.client_list import client_row, sorted_by_name
from alliance_desktop.ui.words import isolated, spoken

_TOP = QModelIndex()
_LAST = datetime.date.max
_SOME = 20


class Column(NamedTuple):
    """One column: its heading, what a cell says, and what it is sorted by."""

    words: str
    says: Callable[[CaseloadLine], str]
    order: Callable[[CaseloadLine], Any]


def _day(on: datetime.date | None) -> str:
    return short_day(on) if on is not None else ""


def _year(line: CaseloadLine) -> str:
    return text_of(line.client.answers.get("year_group")).strip()


def _next(line: CaseloadLine) -> str:
    return f"{_day(line.next_on)}, {line.next_is}" if line.next_on is not None else ""


def _strains(line: CaseloadLine) -> str:
    return str(line.client.open_strains) if line.client.open_strains else ""


COLUMNS = (
    Column("Name", lambda one: isolated(one.client.called), lambda one: 0),
    Column(
        "Code", lambda one: isolated(one.client.code), lambda one: (not one.client.code, one.client.code.casefold())
    ),
    Column("Year", _year, lambda one: (not _year(one), len(_year(one)), _year(one).casefold())),
    Column("State", lambda one: STATE_WORDS[one.client.state], lambda one: list(STATE_WORDS).index(one.client.state)),
    Column("Last contact", lambda one: _day(one.client.last_on), lambda one: one.client.last_on or datetime.date.min),
    Column("Next", _next, lambda one: one.next_on or _LAST),
    Column("Open strains", _strains, lambda one: -one.client.open_strains),
)
"""Sorted by the last contact, those longest not seen come first; by open strains, those with the most."""


class CaseloadModel(QAbstractTableModel):
    """Lines kept as a plain list; finding and sorting put another list in its place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._every: list[tuple[str, CaseloadLine]] = []
        self._shown: list[CaseloadLine] = []
        self._typed, self._column, self._turned = "", 0, False

    def set_lines(self, lines: Iterable[CaseloadLine]) -> None:
        """Show other lines, in the order and under the words chosen before."""
        held = {one.client.id: one for one in lines}
        by_name = sorted_by_name(one.client for one in held.values())
        self._every = [(haystack(one), held[one.id]) for one in by_name]
        self._arrange()

    def longest(self, column: int) -> list[str]:
        """Return the longest words of a column in letters, over all lines."""
        said = {COLUMNS[column].says(line) for _, line in self._every}
        return sorted(said, key=len)[-_SOME:]

    def find(self, typed: str) -> None:
        """Show those whose code or name holds every word typed."""
        self._typed = typed
        self._arrange()

    def order_by(self, column: int, turned: bool) -> None:
        """Sort by a column, those that are the same by name; `turned` is the other way round."""
        self._column, self._turned = column, turned
        self._arrange()

    def client(self, at: int) -> ClientId:
        """Return whose line is at a place, from 0."""
        return self._shown[at].client.id

    def place_of(self, client: ClientId) -> int:
        """Return where a client's line is, or -1."""
        return next((at for at, one in enumerate(self._shown) if one.client.id == client), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Return the heading of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return COLUMNS[section].words
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return what a cell says; spoken, the first one tells the whole line and the others name their column."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        line, column = self._shown[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.says(line)
        if role != Qt.ItemDataRole.AccessibleTextRole:
            return None
        if index.column() == 0:
            told = f" Next: {_next(line)}." if line.next_on is not None else ""
            return spoken(f"{client_row(line.client).spoken}{told}")
        return spoken(f"{column.words}: {column.says(line) or 'none'}")

    def _arrange(self) -> None:
        is_found = finding(self._typed)
        lines = [line for hay, line in self._every if is_found(hay)]
        lines.sort(key=COLUMNS[self._column].order)
        if self._turned:
            lines.reverse()
        self.beginResetModel()
        self._shown = lines
        self.endResetModel()
