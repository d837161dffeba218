"""The list view of two-line rows, worked with arrows and Enter."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QSizePolicy

from alliance_desktop.ui.row_delegate import RowDelegate
from alliance_desktop.ui.row_model import Row, RowModel
from alliance_desktop.ui.theme import em

_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class RowView(QListView):
    """`chosen` carries the key of the row that was clicked or entered."""

    chosen = Signal(object)

    def __init__(self, name: str, spoken_name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken_name)
        self.rows = RowModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._choose)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows and keep the current one current where it is still there."""
        current = self.current_key()
        self.rows.set_rows(rows)
        at = self.rows.place_of(current) if current is not None else -1
        if at < 0 and rows:
            at = 0
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at))

    def current_key(self) -> Any:
        """Return the key of the current row, or None."""
        index = self.currentIndex()
        return self.rows.row(index.row()).key if index.isValid() else None

    def select(self, key: Any) -> None:
        """Make the row of a key the current one; where it is not shown, none is."""
        at = self.rows.place_of(key)
        if at < 0:
            self.setCurrentIndex(QModelIndex())
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at))
            self.scrollTo(self.rows.index(at))

    def enter(self) -> None:
        """Choose the current row."""
        self._choose(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses; the rest is the list's own."""
        if event.key() in _ENTERS:
            self.enter()
            return
        super().keyPressEvent(event)

    def drive_from(self, edit: QLineEdit) -> None:
        """Let arrows and Enter, pressed in a find field, work on this list."""
        edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the find field that belong to the list."""
        if isinstance(watched, QLineEdit) and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVES:
                self.keyPressEvent(event)
                return True
            if event.key() in _ENTERS:
                self.enter()
                return True
        return super().eventFilter(watched, event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.rows.row(index.row()).key)


class ShortRows(RowView):
    """A list as high as its rows, and scrolled where there are more than `most`."""

    def __init__(self, name: str, spoken_name: str, most: int = 6) -> None:
        super().__init__(name, spoken_name)
        self._most = most
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for as many rows as there are."""
        rows = min(max(self.rows.rowCount(), 1), self._most)
        return QSize(em(20), rows * max(self.sizeHintForRow(0), self.fontMetrics().height() * 3) + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the same height at any width."""
        return QSize(em(8), self.sizeHint().height())
