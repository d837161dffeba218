"""The moments of a temperature chart, for the picture and for the table: both tell the same."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

from alliance_desktop.domain.temperature import Level, Moment
from alliance_desktop.ui.temperature_marks import Sign

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class Column(NamedTuple):
    """One column of the table: its heading, and which words of a moment it tells."""

    words: str
    tells: str


COLUMNS = (
    Column("Day", "said_on"),
    Column("Theirs", "theirs_words"),
    Column("Yours (private)", "mine_words"),
    Column("Attendance", "attendance"),
    Column("Strain", "strain"),
)


class ChartModel(QStringListModel):
    """One item for each moment; the spoken sentence is all it displays.

    Qt counts the items itself, as empty texts: it asks twice for each of them whenever it lays them out.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.moments: Sequence[Moment] = ()

    def show(self, moments: Sequence[Moment]) -> None:
        """Show these moments."""
        self.moments = moments
        self.setStringList([""] * len(moments))

    def levels(self, at: int, sign: Sign) -> tuple[Level, Level, Level]:
        """Return how one of the two lines stands before, at and after a moment."""
        around = (self.moments[one] if 0 <= one < len(self.moments) else None for one in (at - 1, at, at + 1))
        was, here, then = (
            Level() if one is None else one.theirs if sign is Sign.THEIRS else one.mine for one in around
        )
        return was, here, then

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let each be chosen, and none be written."""
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return what a moment says."""
        said = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        return self.moments[index.row()].spoken if said and index.row() < len(self.moments) else None


class TableModel(QAbstractTableModel):
    """The same moments as lines, oldest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.moments: Sequence[Moment] = ()

    def show(self, moments: Sequence[Moment]) -> None:
        """Show these moments."""
        self.beginResetModel()
        self.moments = moments
        self.endResetModel()

    def rowCount(self, parent: _Index = _TOP) -> int:
        """Return how many moments there are."""
        return 0 if parent.isValid() else len(self.moments)

    def columnCount(self, parent: _Index = _TOP) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Return the heading of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return COLUMNS[section].words
        return None

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return what a cell says; spoken, the first one tells the whole line and the others name their column."""
        if not index.isValid() or index.row() >= len(self.moments):
            return None
        moment, column = self.moments[index.row()], COLUMNS[index.column()]
        words = str(getattr(moment, column.tells))
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role != Qt.ItemDataRole.AccessibleTextRole:
            return None
        return moment.spoken if index.column() == 0 else f"{column.words}: {words or 'nothing'}"
