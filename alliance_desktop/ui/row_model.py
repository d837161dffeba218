"""A list of two-line rows: the model behind the caseload, the strains and the finder."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, overload

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from alliance_desktop.ui.words import spoken

ROW = int(Qt.ItemDataRole.UserRole) + 1
_TOP = QModelIndex()


class Row(NamedTuple):
    """One row: `under` holds the second line, longest wording first; `spoken` is a whole sentence."""

    key: Any
    title: str
    spoken: str
    aside: str = ""
    under: tuple[str, ...] = ()
    flag: str = ""
    quiet: bool = False


class LateRows(Sequence[Row]):
    """Rows of a long list, each told when it is asked for; the keys of all are known at once."""

    def __init__(self, keys: Sequence[Any], tell: Callable[[Any], Row]) -> None:
        self.keys = keys
        self._tell = tell

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        return LateRows(self.keys[at], self._tell) if isinstance(at, slice) else self._tell(self.keys[at])


class RowModel(QAbstractListModel):
    """Rows kept as a plain list; filtering puts another list in its place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, at: int) -> Row:
        """Return the row at a place, from 0."""
        return self._rows[at]

    def place_of(self, key: Any) -> int:
        """Return where the row of a key is, or -1."""
        keys = self._rows.keys if isinstance(self._rows, LateRows) else [one.key for one in self._rows]
        return keys.index(key) if key in keys else -1

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return a row's title, its spoken sentence, or the row itself."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row.spoken)
        return row if role == ROW else None
