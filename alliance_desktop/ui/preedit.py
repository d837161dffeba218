"""Words that an input method still holds are put into their field before the field goes."""

from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget


def commit_preedit(field: QWidget | None) -> None:
    """Let what is being composed in a field become its text."""
    QGuiApplication.inputMethod().commit()
    if not isinstance(field, QPlainTextEdit):
        return
    # WORKAROUND: not every input method answers `commit` (seen in Qt 6.11), and the words are in the field already.
    composed = field.textCursor().block().layout().preeditAreaText()
    if composed:
        event = QInputMethodEvent()
        event.setCommitString(composed)
        QApplication.sendEvent(field, event)
