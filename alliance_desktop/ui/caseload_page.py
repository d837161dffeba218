"""The whole caseload as one table: type to find, sort by any column, Enter opens."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLineEdit, QTableView, QVBoxLayout

from alliance_desktop.domain.entry import ClientId
from alliance_desktop.services.attention import CaseloadLine
from alliance_desktop.ui.caseload_model import COLUMNS, CaseloadModel
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.landing import Landing
from alliance_desktop.ui.parts import button, field, label, row, tick
from alliance_desktop.ui.theme import em, spaced

NOBODY = "No one of that name or code."
_WIDEST = 14.0
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class CaseloadPage(Landing):
    """`opened` carries a ClientId; `back_asked` comes from the button that leads back to Today, and from Esc."""

    opened = Signal(object)
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("caseload_page")
        self.setAccessibleName("Whole caseload")
        self.search = QLineEdit()
        self.search.setAcceptDrops(False)
        self.order = Combo((str(at), one.words) for at, one in enumerate(COLUMNS))
        self.turned = tick("The &other way round", "caseload_turned")
        self.table = _Table()
        self.nobody = label(NOBODY, "muted", "caseload_nobody")
        self.back = button("&Back to Today", "caseload_back", "link")
        head = Fit(most=0)
        spaced(head, 0, 0.6)
        for one in (
            field("Fi&nd in the caseload", self.search, "caseload_find"),
            field("So&rt by", self.order, "caseload_order"),
            self.turned,
        ):
            head.addWidget(one)
        column = QVBoxLayout(self)
        spaced(column, (1.2, 1.0, 1.2, 1.0), 0.6)
        column.addWidget(label("Whole caseload", "title", "caseload_title"))
        column.addLayout(row(self.back))
        column.addLayout(head)
        column.addWidget(self.nobody)
        column.addWidget(self.table, 1)
        self.landing = self.search
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._find)
        self.order.currentIndexChanged.connect(self._sort)
        self.turned.toggled.connect(self._sort)
        self.table.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.table.chosen.connect(lambda at: self.opened.emit(self.table.lines.client(at)))
        self.back.clicked.connect(self.back_asked)
        self.nobody.hide()

    def show_lines(self, lines: Iterable[CaseloadLine]) -> None:
        """Show a caseload; whoever is current stays so."""
        current = self.current()
        self.table.lines.set_lines(lines)
        self.table.measure()
        self._settle(current)

    def current(self) -> ClientId | None:
        """Return whose line is current, None where there is none."""
        index = self.table.currentIndex()
        return self.table.lines.client(index.row()) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter, pressed in the find field, work on the table."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in _MOVES | _ENTERS:
            self.table.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _find(self, typed: str) -> None:
        current = self.current()
        self.table.lines.find(typed)
        self._settle(current)

    def _sort(self) -> None:
        current = self.current()
        self.table.lines.order_by(int(self.order.chosen), self.turned.isChecked())
        self._settle(current)

    def _sort_by(self, column: int) -> None:
        """Sort by the heading that was pressed; pressed again, the other way round."""
        if self.order.currentIndex() == column:
            self.turned.toggle()
        else:
            self.order.setCurrentIndex(column)

    def _settle(self, current: ClientId | None) -> None:
        lines = self.table.lines
        at = max(lines.place_of(current), 0) if current is not None else 0
        self.nobody.setVisible(lines.rowCount() == 0)
        if lines.rowCount():
            self.table.setCurrentIndex(lines.index(at, 0))


class _Table(QTableView):
    """`chosen` carries the place of the line that was entered or clicked twice."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("caseload_table")
        self.setAccessibleName("Whole caseload")
        self.lines = CaseloadModel(self)
        self.setModel(self.lines)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setSectionsClickable(True)
        self.measure()
        self.doubleClicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses; the rest is the table's own."""
        if event.key() in _ENTERS:
            self._choose(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "lines"):
            self.measure()

    def measure(self) -> None:
        """Give each line and column the room its words need, and a long name no more than a part of the table."""
        self.verticalHeader().setDefaultSectionSize(em(1.9))
        letters, heads = self.fontMetrics(), self.horizontalHeader()
        for at in range(len(COLUMNS)):
            # Qt's own way asks each cell for its size.
            wide = max((letters.horizontalAdvance(one) for one in self.lines.longest(at)), default=0)
            self.setColumnWidth(at, min(max(wide + em(0.6), heads.sectionSizeHint(at)) + em(0.8), em(_WIDEST)))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.row())
