"""Every way in which Qt or the system could carry words out of the program, the test that shuts it, and those tests
that are in no other place."""

import subprocess
import sys
from pathlib import Path

import pytest
from person import CTRL, Keys, Person
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.preview_words import SPOOLED
from alliance_desktop.ui.printing import JOB, ask_and_print

ROOT = Path(__file__).resolve().parents[2]
ROWS = {
    "file dialogs remember the folders visited": (
        "tests/ui/shell/test_window.py::test_choosing_a_folder_leaves_no_history",
        "tests/ui/shell/test_window.py::test_saving_a_file_leaves_no_history_either",
    ),
    "a printer is looked for before anybody prints": (
        "tests/end_to_end/test_leak_rows.py::test_no_printer_is_looked_for_before_somebody_prints",
        "tests/reliability/outside.py::listen",
    ),
    "the print queue keeps the page and its name": (
        "tests/end_to_end/test_leak_rows.py::test_the_printing_system_is_told_nothing_but_document",
        "tests/end_to_end/test_leak_rows.py::test_before_and_after_printing_it_is_said_that_the_page_goes_in_plain_text",
    ),
    "a PDF can be read by others and names its author": (
        "tests/services/test_saving.py::test_saved_file_is_for_its_owner_only",
        "tests/services/test_saving.py::test_file_name_holds_a_day_and_nothing_else",
        "tests/documents/test_paper.py::test_every_page_is_tagged_sized_and_silent_about_itself",
    ),
    "text boxes keep words, a passphrase stays in its field": (
        "tests/end_to_end/test_locking.py::test_nothing_holds_the_text_and_everything_comes_back",
        "tests/reliability/memory.py::look",
    ),
    "what is selected is published to every program": (
        "tests/ui/cards/test_text_box.py::test_selecting_publishes_nothing",
        "tests/ui/shell/test_clipboard.py::test_a_selection_is_taken_back_in_the_same_turn",
        "tests/reliability/screen.py::watch",
    ),
    "clipboard histories and clouds keep copies": (
        "tests/ui/shell/test_clipboard.py::test_a_copy_is_marked_and_gone_after_a_while",
        "tests/end_to_end/test_locking.py::test_the_search_can_fail",
    ),
    "pasted HTML asks for files and addresses": (
        "tests/end_to_end/test_leak_rows.py::test_pasted_html_asks_for_nothing",
        "tests/ui/cards/test_text_box.py::test_html_without_text_comes_as_its_words",
    ),
    "closing the process to others breaks file dialogs": ("tests/reliability/prying.py::pry",),
    "the text of an error carries words": (
        "tests/reliability/fault_words.py::force",
        "tests/services/test_machine.py::test_a_report_says_where_and_nothing_that_was_typed",
    ),
    "titles, lists of recent files and session managers tell names": (
        "tests/ui/shell/test_window.py::test_the_title_never_says_whose_notes",
        "tests/end_to_end/test_leak_rows.py::test_no_session_manager_is_told_the_command_line",
        "tests/ui/shell/test_second_start.py::test_the_claim_tells_nothing_of_the_vault",
        "tests/reliability/outside.py::look",
    ),
    "screenshots and recordings": (
        "tests/ui/shell/test_capture.py::test_each_window_is_left_out_as_it_opens",
        "tests/ui/shell/test_capture.py::test_where_it_cannot_be_done_the_settings_say_so",
    ),
    "screen readers hear the text": (
        "tests/end_to_end/test_leak_rows.py::test_a_screen_reader_is_never_shut_out",
        "tests/end_to_end/test_leak_rows.py::test_a_passphrase_is_not_spoken",
    ),
}


@pytest.mark.parametrize("row", ROWS)
def test_each_row_has_its_tests(row: str) -> None:
    for one in ROWS[row]:
        file, name = one.split("::")
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), one


def run(script: str) -> str:
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def test_no_printer_is_looked_for_before_somebody_prints() -> None:
    loaded = "; import sys; print('PySide6.QtPrintSupport' in sys.modules)"
    whole = "import alliance_desktop.__main__, alliance_desktop.wiring"
    assert run(whole + loaded) == "False"
    assert run("import alliance_desktop.ui.printing" + loaded) == "True", "the control: only printing itself loads it"


def test_the_printing_system_is_told_nothing_but_document(with_client: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtPrintSupport import QPrintDialog

    told: list[str] = []

    def look(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        told.extend([printer.docName(), printer.creator(), dialog.windowTitle()])
        return 0

    monkeypatch.setattr(QPrintDialog, "exec", look)
    with_client.window.setWindowFilePath("Dana")
    assert not ask_and_print(with_client.window, [b"<svg xmlns='http://www.w3.org/2000/svg'/>"], "a4")
    assert told[:2] == [JOB, ""] == ["Document", ""]
    assert "Dana" not in told[2]


def test_before_and_after_printing_it_is_said_that_the_page_goes_in_plain_text(with_client: Person) -> None:
    with_client.notice("the blip")
    with_client.key(Keys.Key_P, CTRL)
    assert "plain text" in with_client.said("preview_before"), "without a look at the choices"
    with_client.unfold_choices()
    with_client.press("preview_blank")
    assert "plain text" in with_client.said("preview_before")
    assert not with_client.printed
    with_client.press("preview_print")
    assert with_client.printed
    assert SPOOLED in with_client.seen()


HTML = "<p>heron<img src='file:///etc/hostname'><link href='http://192.0.2.1/x.css'><img src='http://192.0.2.1/x'></p>"


class Asked:
    """Notes what a text box wants to load."""

    asked: list[str]

    def loadResource(self, _kind: int, name: QUrl) -> None:
        self.asked.append(name.toString())


class OurBox(Asked, TextBox):
    """The box that everything is written in."""


class QtBox(Asked, QTextEdit):
    """The control: a box of Qt's own."""


def test_pasted_html_asks_for_nothing(qtbot: QtBot) -> None:
    pasted = QMimeData()
    pasted.setHtml(HTML)
    asked = []
    for box in (OurBox(), QtBox()):
        box.asked = []
        qtbot.addWidget(box)
        box.show()
        box.insertFromMimeData(pasted)
        box.grab()
        assert box.toPlainText().startswith("heron")
        asked.append(box.asked)
    assert asked[0] == []
    assert asked[1] != []


def test_no_session_manager_is_told_the_command_line() -> None:
    script = (
        "import os; os.environ['SESSION_MANAGER'] = 'local/somewhere:/tmp/.ICE-unix/1';"
        "from PySide6.QtCore import QCoreApplication, Qt; from alliance_desktop.ui.application import make_application;"
        "{};"
        "unnamed = 'SESSION_MANAGER' not in os.environ;"
        "print(unnamed or QCoreApplication.testAttribute(Qt.ApplicationAttribute.AA_DisableSessionManager))"
    )
    assert run(script.format("app = make_application(['alliance-desktop', '--vault', 'Dana'])")) == "True"
    assert run(script.format("pass")) == "False", "the control: Qt's own way"


def spoken(person: Person, name: str) -> str:
    return QAccessible.queryAccessibleInterface(person.find(name)).text(QAccessible.Text.Value)


def test_a_screen_reader_is_never_shut_out(with_client: Person) -> None:
    with_client.key(Keys.Key_N, CTRL)
    with_client.write("body", "heronsong")
    assert spoken(with_client, "body") == "heronsong"
    assert with_client.window.accessibleName() == "Alliance Desktop"


def test_a_passphrase_is_not_spoken(locked: Person) -> None:
    locked.box("unlock_passphrase")
    locked.type("heronsong")
    assert "heron" not in spoken(locked, "unlock_passphrase")
    locked.press("unlock_passphrase_show")
    assert spoken(locked, "unlock_passphrase") == "heronsong", "the control: once it is shown, it is heard as well"
