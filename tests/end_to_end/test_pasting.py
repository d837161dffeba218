"""Scenario 15: what comes from Word, a picture, or a file dropped on the window."""

from collections.abc import Callable

import pytest
from person import CTRL, Keys, Person
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

WORDS = "Two lines from Word.\nThe second one."
HTML = (
    "<html xmlns:w='urn:schemas-microsoft-com:office:word'><body><p class=MsoNormal><span style='font-size:40pt;"
    "color:red'>Two lines from Word.</span></p><p class=MsoNormal>The second one.</p></body></html>"
)


def picture() -> QImage:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    return image


def paste(person: Person, fill: Callable[[QMimeData], object]) -> None:
    data = QMimeData()
    fill(data)
    QGuiApplication.clipboard().setMimeData(data)
    person.key(Keys.Key_V, CTRL)


def from_word(data: QMimeData) -> None:
    data.setImageData(picture())
    data.setHtml(HTML)
    data.setText(WORDS)


@pytest.fixture
def writing(with_client: Person) -> Person:
    """A person with the cursor in an empty session note."""
    with_client.key(Keys.Key_N, CTRL)
    with_client.box("body")
    return with_client


def test_word_text_comes_once_and_plain(writing: Person) -> None:
    paste(writing, from_word)
    box = writing.find("body")
    assert box.toPlainText() == WORDS
    assert box.textCursor().charFormat().fontPointSize() == 0
    assert box.textCursor().charFormat().foreground().style() == Qt.BrushStyle.NoBrush
    writing.key(Keys.Key_Z, CTRL)
    assert box.toPlainText() == ""


def test_line_breaks_become_spaces_in_a_single_line(writing: Person) -> None:
    writing.box("one_line")
    paste(writing, from_word)
    assert writing.find("one_line").toPlainText() == WORDS.replace("\n", " ")


def test_a_picture_alone_is_refused_in_words(writing: Person) -> None:
    writing.type("Before. ")
    paste(writing, lambda data: data.setImageData(picture()))
    assert writing.find("body").toPlainText() == "Before. "
    assert writing.said("body_notice") == "Pictures cannot be kept here."


def test_copied_files_are_refused_in_words(writing: Person) -> None:
    paste(writing, lambda data: data.setUrls([QUrl.fromLocalFile("/letters/Dana.docx")]))
    assert writing.find("body").toPlainText() == ""
    assert writing.said("body_notice") == "Files cannot be kept here."


def drop(widget: QWidget, data: QMimeData) -> None:
    """Drag something over a widget and let it go there, as the window system tells of it."""
    middle = widget.rect().center()
    left, copy, none = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(middle), copy, data, left, none)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDragMoveEvent(QPoint(middle), copy, data, left, none))
        QApplication.sendEvent(widget, QDropEvent(QPointF(middle), copy, data, left, none))


def writable(person: Person) -> list[QWidget]:
    fields = person.window.findChildren(QPlainTextEdit) + person.window.findChildren(QLineEdit)
    return [one for one in fields if one.isVisible()]


def words_in(field: QWidget) -> str:
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


def test_a_dropped_file_inserts_nothing_anywhere(writing: Person) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/letters/Dana.docx")])
    data.setText("file:///letters/Dana.docx")
    fields = writable(writing)
    before = [words_in(one) for one in fields]
    assert len(fields) > 3
    for field in fields:
        drop(field.viewport() if isinstance(field, QPlainTextEdit) else field, data)
        drop(field, data)
    assert [words_in(one) for one in fields] == before


def test_no_field_of_any_screen_takes_drops(writing: Person) -> None:
    """Settings, the finder and the unlock page as well."""
    for go in (lambda: writing.key(Keys.Key_3, CTRL), lambda: writing.key(Keys.Key_Comma, CTRL), _finder(writing)):
        go()
        assert not [one.objectName() for one in writable(writing) if one.acceptDrops()]
    writing.key(Keys.Key_Escape)
    writing.key(Keys.Key_L, CTRL)
    assert not [one.objectName() for one in writable(writing) if one.acceptDrops()]


def _finder(person: Person) -> Callable[[], None]:
    return lambda: person.key(Keys.Key_K, CTRL)


def test_the_drop_can_succeed() -> None:
    """A field of Qt as it comes takes the path, so the tests above could fail."""
    field = QLineEdit()
    data = QMimeData()
    data.setText("file:///letters/Dana.docx")
    drop(field, data)
    assert "Dana.docx" in field.text()
