"""The side note that F1 opens: at most sixty words and where the idea comes from."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from alliance_desktop.domain.form import Question
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import spaced

OWN = "Our own choice, to be reviewed by a counsellor"


class NotePanel(QFrame):
    """A panel beside the form; `sources` gives the name of each source code. It never takes the focus by itself."""

    closed = Signal()

    def __init__(self, sources: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.setObjectName("note_panel")
        self.setProperty("surface", "card")
        self._sources = dict(sources or {})
        column = QVBoxLayout(self)
        spaced(column, (1.0, 0.8, 1.0, 0.8), 0.5)
        self._title = label("", "label", "note_title")
        self._text = label("", "", "note_text")
        self._source = label("", "muted", "note_source")
        self._close = button("Close note", "note_close", "link")
        self._close.clicked.connect(self.close_note)
        for one in (self._title, self._text, self._source):
            column.addWidget(one)
        column.addLayout(row(self._close))
        column.addStretch(1)
        self.hide()

    def show_note(self, question: Question) -> None:
        """Show what is noted on a question, and say it to a screen reader."""
        self._title.setText(question.label)
        self._text.setText(question.note or question.help or "There is no note on this question.")
        self._source.setText(self._source_words(question.source))
        self._source.setVisible(bool(question.source))
        self.setAccessibleName(f"Note: {question.label}")
        self.show()
        announce(self, " ".join((question.label, self._text.text(), self._source.text())))

    def close_note(self) -> None:
        """Take the note away."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_note()
        else:
            super().keyPressEvent(event)

    def _source_words(self, codes: str) -> str:
        names = [OWN if one == "G" else self._sources.get(one, one) for one in codes.replace(",", " ").split()]
        return f"Source: {'; '.join(names)}." if names else ""
