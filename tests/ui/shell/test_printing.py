"""What is printed goes to a printer and nowhere else, and a printer that does not take it is told."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.errors import NoPrinterError, NotPrintedError
from alliance_desktop.ui.printing import dialog_for, is_file, paint_sheets, print_sheets

SHEET = b"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>"


def into(path: Path) -> QPrinter:
    """Return a printer that fails or not by the place of a file, as a printer does by its paper."""
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


@pytest.mark.qt_log_ignore("QPainter::")
def test_what_the_printer_does_not_take_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(NotPrintedError):
        paint_sheets(into(tmp_path / "absent" / "page.pdf"), [SHEET, SHEET])
    # The control: where it can go, it goes.
    paint_sheets(into(tmp_path / "page.pdf"), [SHEET, SHEET])
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(sys.platform != "linux", reason="Other systems show a dialog of their own")
def test_the_dialog_offers_no_file(qtbot: QtBot) -> None:
    window, printer = QWidget(), into(Path("page.pdf"))
    qtbot.addWidget(window)
    control = QPrintDialog(printer, window)
    control.show()
    assert any("PDF" in one for one in printers(control)), "the control: it is an entry of the toolkit"
    control.close()
    dialog = dialog_for(printer, window)
    dialog.show()
    assert not any("PDF" in one for one in printers(dialog))
    dialog.close()


@pytest.mark.skipif(bool(QPrinterInfo.availablePrinterNames()), reason="There is a printer here")
def test_without_a_printer_that_is_said_and_no_empty_dialog_opens(qtbot: QtBot) -> None:
    window, asked = QWidget(), list[object]()
    qtbot.addWidget(window)
    QTimer.singleShot(0, lambda: asked.extend(window.findChildren(QPrintDialog)))
    with pytest.raises(NoPrinterError) as told:
        print_sheets(window, [SHEET], "a4")
    assert (asked, window.findChildren(QPrintDialog)) == ([], [])
    assert "no printer was found" in str(told.value)


def test_a_printer_that_writes_a_file_is_none(qtbot: QtBot, tmp_path: Path) -> None:
    assert is_file(into(tmp_path / "page.pdf"))


def printers(dialog: QPrintDialog) -> list[str]:
    (shown,) = dialog.findChildren(QComboBox, "printers")
    return [shown.itemText(at) for at in range(shown.count())]
