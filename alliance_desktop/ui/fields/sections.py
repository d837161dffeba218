"""Where fields stand on a card: under headings, in the frame that is for the counsellor alone, behind a fold."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alliance_desktop.domain.form import Question
from alliance_desktop.ui.fields.arrangement import Part, Run
from alliance_desktop.ui.fields.field import Field
from alliance_desktop.ui.fields.glyphs import Glyph
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import colours, em, spaced
from alliance_desktop.ui.words import counted

ONLY_FOR_ME = "Only for me"
BETWEEN = 1.1


def let_be_seen(widget: QWidget, on: bool) -> None:
    """Show or hide a widget of a card where it is not so yet: asked to show one, Qt lays out all that is in it."""
    if widget.isHidden() is on:
        widget.setVisible(on)


class Slot(QWidget):
    """The place of one question; empty while its field stands elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        spaced(self._column, 0, 0)

    def take(self, field: Field) -> None:
        """Put the field here and show it."""
        if field.parentWidget() is not self:
            self._column.addWidget(field)
            let_be_seen(field, True)
        let_be_seen(self, True)


class PrivateFrame(QWidget):
    """Questions for the counsellor alone: said in words, with a lock, beside a dotted line."""

    def __init__(self) -> None:
        super().__init__()
        # The room for the line is a gap beside an empty widget: unlike a margin, it changes sides with the script.
        across = QHBoxLayout(self)
        spaced(across, (0, 0.1, 0, 0.1), 1.0)
        across.addWidget(QWidget())
        outer = QVBoxLayout()
        spaced(outer, 0, 0.7)
        across.addLayout(outer, 1)
        self.head = QWidget()
        self.head.setLayout(row(Glyph("lock"), label(ONLY_FOR_ME, "muted"), gap=0.3))
        outer.addWidget(self.head)
        self.column = QVBoxLayout()
        spaced(self.column, 0, BETWEEN)
        outer.addLayout(self.column)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dotted line along the leading side."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = max(2, em(0.14))
        pen = QPen(QColor(colours().control), thick)
        pen.setDashPattern([1.0, 2.2])
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        across = float(self.width() - thick if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else thick)
        painter.drawLine(QPointF(across, thick), QPointF(across, self.height() - thick))
        painter.end()


class Fold(QWidget):
    """Questions behind a button that says in words whether they are shown; `turned` comes when that changes."""

    turned = Signal()

    def __init__(self, title: str, count: int, object_name: str) -> None:
        super().__init__()
        self._title, self._count = title, count
        column = QVBoxLayout(self)
        spaced(column, 0, 0.9)
        self.button = button("", object_name)
        self.button.clicked.connect(lambda: self.open(not self.is_open))
        column.addLayout(row(self.button))
        self.body = QWidget()
        self.column = QVBoxLayout(self.body)
        spaced(self.column, 0, BETWEEN)
        column.addWidget(self.body)
        self.open(False)

    def lay_open(self, on: bool) -> None:
        """Show the questions without the button, as on a page; or bring the button back, the questions shown."""
        if on or self.button.isHidden():
            self.open(True)
        self.button.setHidden(on)

    @property
    def is_open(self) -> bool:
        """Whether the questions are shown."""
        return not self.body.isHidden()

    def open(self, on: bool) -> None:
        """Show or hide the questions."""
        let_be_seen(self.body, on)
        what = counted(self._count, "question", "questions")
        self.button.setText(f"{self._title}: hide {what}" if on else f"{self._title}: show {what}")
        self.button.setAccessibleName(self.button.text())
        self.turned.emit()


class Stretch:
    """One part of a card as widgets, which hides whatever holds no question that is asked now."""

    def __init__(self, part: Part, number: int) -> None:
        self.fold = Fold(part.fold, len(part.questions), f"more_{number}") if part.fold else None
        self.slots: dict[str, Slot] = {}
        self._pieces: list[tuple[QWidget, tuple[str, ...]]] = []
        self._runs: list[QWidget] = []
        self.top: QWidget = self.fold if self.fold is not None else QWidget()
        column = self.fold.column if self.fold is not None else QVBoxLayout(self.top)
        if self.fold is None:
            spaced(column, 0, BETWEEN)
        self._pieces.append((self.top, tuple(one.key for one in part.questions)))
        for run in part.runs:
            column.addWidget(self._make_run(run))

    def asked_keys(self) -> list[str]:
        """Return the keys of the questions, in reading order."""
        return list(self.slots)

    def show_only(self, asked: Callable[[str], bool]) -> None:
        """Show what holds a question that is asked now, and nothing else."""
        for key, slot in self.slots.items():
            let_be_seen(slot, asked(key))
        before: QWidget | None = None
        for piece, keys in self._pieces:
            shown = any(asked(key) for key in keys)
            let_be_seen(piece, shown)
            if shown and piece in self._runs:
                # Where what stood between two private runs is hidden, the second goes on without a new heading.
                if isinstance(piece, PrivateFrame):
                    let_be_seen(piece.head, not isinstance(before, PrivateFrame))
                before = piece

    def _make_run(self, run: Run) -> QWidget:
        frame = PrivateFrame() if run.private else None
        held: QWidget = frame if frame is not None else QWidget()
        column = frame.column if frame is not None else QVBoxLayout(held)
        if frame is None:
            spaced(column, 0, BETWEEN)
        keys: list[str] = []
        for heading, questions in run.sections:
            inside = tuple(one.key for one in questions)
            keys += inside
            if heading:
                above = label(heading, "heading")
                column.addWidget(above)
                self._pieces.append((above, inside))
            for one in questions:
                column.addWidget(self._make_slot(one))
        self._pieces.append((held, tuple(keys)))
        self._runs.append(held)
        return held

    def _make_slot(self, question: Question) -> Slot:
        self.slots[question.key] = Slot()
        return self.slots[question.key]
