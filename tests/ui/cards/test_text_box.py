"""The box everything written goes through: scenarios 12, 14 and 15 of the design, and what must not leak."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QClipboard, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QTextCursor, QTextOption
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.ui.fields.textbox import TextBox

WORD_HTML = (
    '<html><body><p style="font-size:40pt;color:red">First</p><img src="file:///tmp/x.png"><p>Second</p></body></html>'
)
Put = Callable[[TextBox, str], None]
FAMILY = "👩\u200d👩\u200d👧 🙂 ❤️"


@pytest.fixture
def box(qtbot: QtBot) -> TextBox:
    made = TextBox()
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def _picture() -> QImage:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    return image


def _paste(box: TextBox, mime: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(mime)
    box.paste()


def test_word_pastes_its_words_once_with_their_line_breaks(box: TextBox) -> None:
    mime = QMimeData()
    mime.setText("First\r\nSecond\x0bsoft break\r\n")
    mime.setHtml(WORD_HTML)
    mime.setImageData(_picture())
    _paste(box, mime)
    assert box.text() == "First\nSecond\nsoft break\n"


def test_html_without_text_comes_as_its_words(box: TextBox) -> None:
    mime = QMimeData()
    mime.setHtml(WORD_HTML)
    _paste(box, mime)
    assert "First" in box.text()
    assert "Second" in box.text()
    assert "\ufffc" not in box.text()


def test_a_picture_alone_is_refused_aloud(box: TextBox, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setImageData(_picture())
    with qtbot.waitSignal(box.picture_refused):
        _paste(box, mime)
    assert box.text() == ""


def test_files_are_refused_whether_pasted_or_dropped(box: TextBox, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/home/someone/JaneDoe.docx")])
    mime.setText("/home/someone/JaneDoe.docx")
    with qtbot.waitSignal(box.file_refused):
        _paste(box, mime)
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), action, mime, left, none)
    QApplication.sendEvent(box.viewport(), enter)
    drop = QDropEvent(QPointF(5, 5), action, mime, left, none)
    QApplication.sendEvent(box.viewport(), drop)
    assert not enter.isAccepted()
    assert not box.acceptDrops()
    assert box.text() == ""


def test_a_plain_qt_box_would_have_taken_the_path(qtbot: QtBot) -> None:
    plain = QPlainTextEdit()
    qtbot.addWidget(plain)
    mime = QMimeData()
    mime.setText("/home/someone/JaneDoe.docx")
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), action, mime, left, none)
    QApplication.sendEvent(plain.viewport(), enter)
    QApplication.sendEvent(plain.viewport(), QDropEvent(QPointF(5, 5), action, mime, left, none))
    assert "JaneDoe" in plain.toPlainText()


def test_one_paragraph_turns_pasted_breaks_into_spaces_and_lets_enter_pass(qtbot: QtBot) -> None:
    line = TextBox(1, 4, breaks=False)
    qtbot.addWidget(line)
    line.show()
    mime = QMimeData()
    mime.setText("Anna\r\nBerta\nClara")
    _paste(line, mime)
    with qtbot.waitSignal(line.entered):
        QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert line.text() == "Anna Berta Clara"


@pytest.mark.parametrize(
    "text",
    [
        FAMILY,
        "שלום (2)\nHello\nمحمد أحمد ٢٠٢٦",
        "Elle a dit\u00a0: «\u00a0non\u00a0»",
        "สมชาย 李小龙 Nguyễn",
        "a\n\n b \n",
        "",
    ],
)
def test_any_script_comes_back_unchanged(box: TextBox, text: str) -> None:
    box.fill(text)
    assert box.text() == text
    box.replace("")
    box.insert(text)
    assert box.text() == text


def test_half_an_emoji_never_reaches_the_store(box: TextBox) -> None:
    box.fill("🙂 after")
    cursor = box.textCursor()
    cursor.setPosition(1, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    assert box.text().encode("utf-8").endswith(b" after")


def test_one_arrow_key_passes_a_whole_family(box: TextBox) -> None:
    box.fill(FAMILY)
    QTest.keyClick(box, Qt.Key.Key_Right)
    assert box.textCursor().position() == len("👩\u200d👩\u200d👧".encode("utf-16-le")) // 2


def test_each_paragraph_takes_its_own_side(box: TextBox) -> None:
    box.fill("Hello\nשלום")
    box.resize(400, 120)
    QApplication.processEvents()
    blocks = [box.document().findBlockByNumber(number) for number in (0, 1)]
    starts = [box.cursorRect(QTextCursor(block)).left() for block in blocks]
    assert starts[0] < 50
    assert starts[1] > 350


def test_tab_leaves_and_comes_back(qtbot: QtBot) -> None:
    held = QWidget()
    column = QVBoxLayout(held)
    before, box, after = QLineEdit(), TextBox(), QLineEdit()
    for one in (before, box, after):
        column.addWidget(one)
    area = QScrollArea()
    area.setWidget(held)
    qtbot.addWidget(area)
    with qtbot.waitActive(area):
        area.show()
        area.activateWindow()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Tab)
    qtbot.waitUntil(after.hasFocus)
    QTest.keyClick(after, Qt.Key.Key_Backtab)
    qtbot.waitUntil(box.hasFocus)
    assert box.text() == ""


def test_undo_survives_reading_and_starters(box: TextBox) -> None:
    QTest.keyClicks(box, "typed")
    box.text()
    box.insert(" inserted")
    box.undo()
    box.undo()
    assert box.text() == ""
    box.redo()
    assert box.text() == "typed"


def test_a_copy_is_plain_and_marked_for_clipboard_histories(box: TextBox) -> None:
    box.fill("words\nof mine")
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == "words\nof mine"
    assert not mime.hasHtml()
    assert bytes(mime.data("x-kde-passwordManagerHint").data()) == b"secret"


def test_cut_takes_out_and_a_locked_box_gives_but_never_takes(box: TextBox) -> None:
    box.fill("words")
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert box.text() == ""
    box.paste()
    assert box.text() == "words"
    box.set_read_only(True)
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(box, "more")
    assert box.text() == "words"
    assert box.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_selecting_publishes_nothing(box: TextBox) -> None:
    box.fill("private words")
    box.selectAll()
    # Qt asks this for the clipboard of every selection on X11, and for dragging.
    assert box.createMimeDataFromSelection() is None


def test_selecting_reaches_no_other_program_on_x11(box: TextBox, qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    if not clipboard.supportsSelection():
        pytest.skip("this platform has no primary selection")
    plain = QPlainTextEdit("control words")
    qtbot.addWidget(plain)
    plain.show()
    QTest.keyClick(plain, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text(QClipboard.Mode.Selection) == "control words"
    box.fill("private words")
    QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text(QClipboard.Mode.Selection) == ""
    clipboard.clear(QClipboard.Mode.Selection)
    QTest.mouseDClick(box.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    QTest.mouseRelease(box.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    assert box.textCursor().hasSelection()
    assert clipboard.text(QClipboard.Mode.Selection) == ""


def test_the_box_grows_with_its_words_and_stops(box: TextBox) -> None:
    three = box.sizeHint().height()
    for text in ("a\n" * 7 + "b", "مرحبا\n" * 4 + "سلام"):
        box.fill(text)
        box.resize(400, box.sizeHint().height())
        QApplication.processEvents()
        assert box.sizeHint().height() > three
        assert box.verticalScrollBar().maximum() == 0
    box.fill("a\n" * 500)
    QApplication.processEvents()
    assert box.sizeHint().height() < three * 6


def test_half_a_million_characters_are_read_quickly_and_only_once(box: TextBox, qtbot: QtBot) -> None:
    text = "word after word \n" * 18_000 + "long paragraph " * 13_400
    box.fill(text)
    assert len(text) > 500_000
    assert box.text() == text
    first = box.text()
    assert box.text() is first
    QTest.keyClick(box, Qt.Key.Key_A)
    assert len(box.text()) == len(text) + 1


@pytest.mark.parametrize("put", [TextBox.fill, TextBox.insert, TextBox.replace])
def test_letters_without_an_end_are_broken_anywhere_and_words_where_they_end(box: TextBox, put: Put) -> None:
    """Qt would look for the end of the word anew for each of its lines, for minutes."""
    anywhere = QTextOption.WrapMode.WrapAnywhere
    put(box, "It was said that day. " * 2000 + "小龙" * 20_000)
    assert box.document().defaultTextOption().wrapMode() != anywhere, "the control: long, with ends"
    put(box, f"before {'x' * 30_000} after")
    assert box.document().defaultTextOption().wrapMode() == anywhere
    assert f"before {'x' * 30_000} after" in box.text()
