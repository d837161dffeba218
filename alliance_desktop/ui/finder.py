"""Ctrl+K: find anything, on a sheet inside the window."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from alliance_desktop.domain.client import Client, finding, folded, haystack
from alliance_desktop.ui.client_list import client_row, sorted_by_name
from alliance_desktop.ui.commands import ALSO, TAKES_AWAY
from alliance_desktop.ui.menu_names import plain
from alliance_desktop.ui.parts import label
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.row_view import RowView
from alliance_desktop.ui.theme import em, spaced

NAME = "Find a client, a note or a command"
_MOST = 50


class Finder(QFrame):
    """Over the window, never a window of its own; Esc gives the cursor back to where it was.

    It goes away as well before the keys of another command are obeyed.

    `clients`, `actions` and `others` answer what there is just now; `client_chosen` carries a ClientId, `other_chosen`
    the key of another row, a command is triggered.
    """

    client_chosen = Signal(object)
    other_chosen = Signal(object)
    closed = Signal()

    def __init__(
        self,
        over: QWidget,
        clients: Callable[[], Sequence[Client]],
        actions: Callable[[], Sequence[QAction]],
        others: Callable[[], Sequence[tuple[str, Row]]] = list,
    ) -> None:
        super().__init__(over)
        self.setObjectName("finder")
        self.setAccessibleName(NAME)
        self.setProperty("surface", "overlay")
        self._clients, self._actions, self._others = clients, actions, others
        self._found: list[tuple[str, Row]] = []
        self._before: QWidget | None = None
        self.search = QLineEdit()
        self.search.setObjectName("finder_field")
        self.search.setAccessibleName(NAME)
        self.search.setAcceptDrops(False)
        self.view = RowView("finder_rows", "Found")
        # Tab would leave the sheet for what lies under it; arrows from the field do all there is to do.
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.question = label("", "label", "finder_question")
        self.question.hide()
        self.nothing = label("Nothing of that name.", "muted", "finder_nothing")
        self._column = column = QVBoxLayout(self)
        spaced(column, 0.6, 0.4)
        column.addWidget(self.question)
        column.addWidget(self.search)
        column.addWidget(self.nothing)
        column.addWidget(self.view, 1)
        self.view.drive_from(self.search)
        self.search.textChanged.connect(self._refill)
        self.view.chosen.connect(self._chosen)
        over.installEventFilter(self)
        self.hide()

    def open(self, whose: str = "", marked: object = None, *, guesses: bool = True) -> None:
        """Appear, empty, with the cursor in the field.

        With clients alone where it is asked whose something is, and at first with the one who is `marked` chosen; with
        nobody chosen before somebody is named, where it is not to be guessed.
        """
        if self.isHidden():
            self._before = self.window().focusWidget()
        actions = self._actions()
        for one in actions:
            one.installEventFilter(self)
        clients = [(haystack(one), client_row(one)) for one in sorted_by_name(self._clients())]
        commands = [(_words_of(one), _command_row(one)) for one in actions if one.isEnabled()]
        self._found = clients if whose else [*clients, *commands, *self._others()]
        self.question.setText(whose)
        self.question.setVisible(bool(whose))
        self.search.setPlaceholderText("A client" if whose else "A client, a form, or what you want to do")
        self.search.setAccessibleDescription(whose)
        self.search.clear()
        self._refill()
        if whose and self.view.rows.place_of(marked) >= 0:
            self.view.select(marked)
        elif whose and not guesses:
            self.view.select(None)
        self._place()
        self.show()
        self.raise_()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_again(self, give_back: bool = True, *, answered: bool = False) -> None:
        """Go away, forget what was found, and give the cursor back; `closed` comes where nothing was `answered`."""
        if self.isHidden():
            return
        before = self._before
        self._before = None
        self._found = []
        self.search.clear()
        self.view.set_rows([])
        self.hide()
        # A command may have led to another page meanwhile, and taken along what had the cursor.
        if give_back and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        if give_back and not answered:
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; nothing reaches what lies under the sheet."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_again()
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Keep the cursor in the field while the sheet is open."""
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the window changes its size, and make room for a command whose keys were pressed."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        if event.type() == QEvent.Type.Shortcut:
            self.close_again()
        return False

    def _refill(self) -> None:
        typed = self.search.text()
        is_found = finding(typed)
        rows = sorted((row for hay, row in self._found if is_found(hay)), key=lambda row: _rank(row, typed))[:_MOST]
        self.view.set_rows(rows)
        if rows:
            self.view.setCurrentIndex(self.view.rows.index(0))
        self.nothing.setVisible(not rows)
        self.view.setVisible(bool(rows))
        self._place()

    def _chosen(self, key: object) -> None:
        # Whoever asked whose something is still waits for the client who is chosen now.
        self.close_again(answered=isinstance(key, int))
        if isinstance(key, QAction):
            key.trigger()
        elif isinstance(key, int):
            self.client_chosen.emit(key)
        else:
            self.other_chosen.emit(key)

    def _place(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        width = min(em(30), over.width() - em(1))
        most = min(em(27), over.height() - em(2))
        self.setGeometry((over.width() - width) // 2, em(1), width, min(self._height(most), most))

    def _height(self, most: int) -> int:
        """Return the height that shows whole rows, as many as there are or as fit."""
        margins, row = self.contentsMargins() + self._column.contentsMargins(), self.view.sizeHintForRow(0)
        field = margins.top() + margins.bottom() + self._column.spacing() + self.search.sizeHint().height()
        if not self.question.isHidden():
            wide = self.width() - margins.left() - margins.right()
            field += self.question.heightForWidth(wide) + self._column.spacing()
        if row <= 0:
            return field + self.nothing.sizeHint().height()
        fitting = max(1, (most - field) // row)
        return field + row * min(fitting, self.view.rows.rowCount())


def _words_of(action: QAction) -> str:
    """Return what a command is found by: its own words, and others that mean the same."""
    return folded(f"{plain(action.text())} {ALSO.get(action.objectName(), '')}")


def _rank(row: Row, typed: str) -> tuple[bool, int]:
    """Return where a row stands: what takes something away last unless it is typed whole; then the nearest words."""
    title, wanted = folded(row.title).strip(), folded(typed).strip()
    whole = title == wanted
    takes = isinstance(row.key, QAction) and row.key.objectName() in TAKES_AWAY
    return takes and not whole, 0 if whole else 1 if wanted and title.startswith(wanted) else 2


def _command_row(action: QAction) -> Row:
    words = plain(action.text())
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return Row(key=action, title=words, aside=keys, spoken=f"Command: {words}. {keys}".strip(), quiet=True)
