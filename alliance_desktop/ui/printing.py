"""Sending sheets to a printer: vector outlines, a neutral job name, nothing to a printer before it is asked for."""

from PySide6.QtCore import QByteArray, QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.errors import NoPrinterError, NotPrintedError

JOB = "Document"
_FAILED = frozenset({QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted})


def print_sheets(parent: QWidget, svgs: list[bytes], paper: str) -> bool:
    """Do what `ask_and_print` does; NoPrinterError before anything is asked where there is no printer."""
    if not QPrinterInfo.availablePrinterNames():
        raise NoPrinterError
    return ask_and_print(parent, svgs, paper)


def ask_and_print(parent: QWidget, svgs: list[bytes], paper: str) -> bool:
    """Ask for a printer and print; False where the dialog was left without printing, also by a lock.

    NoPrinterError where a file was chosen, or no printer; NotPrintedError where the printer did not take it.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(JOB)
    printer.setCreator("")
    size = QPageSize.PageSizeId.Letter if paper == "letter" else QPageSize.PageSizeId.A4
    layout = QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    dialog = dialog_for(printer, parent)
    accepted = dialog.exec() == int(QPrintDialog.DialogCode.Accepted)
    dialog.deleteLater()
    if accepted:
        if is_file(printer):
            raise NoPrinterError
        paint_sheets(printer, svgs)
    return accepted


def dialog_for(printer: QPrinter, parent: QWidget) -> QPrintDialog:
    """Return the dialog that asks for a printer; it offers no file.

    The toolkit's own file would be for everybody to read, and would say what made it and when.
    """
    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("print_dialog")
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)
    return dialog


def is_file(printer: QPrinter) -> bool:
    """Say whether what is printed would become a file: one was named, or there is no printer."""
    return printer.outputFormat() != QPrinter.OutputFormat.NativeFormat or bool(printer.outputFileName())


def paint_sheets(printer: QPrinter, svgs: list[bytes]) -> None:
    """Draw each sheet on a page of its own, as large as the paper; NotPrintedError where the printer takes it not."""
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPrintedError
    taken = all(_painted(printer, painter, number, svg) for number, svg in enumerate(svgs))
    if not painter.end() or not taken or printer.printerState() in _FAILED:
        printer.abort()
        raise NotPrintedError


def _painted(printer: QPrinter, painter: QPainter, number: int, svg: bytes) -> bool:
    if number and not printer.newPage():
        return False
    whole = printer.paperRect(QPrinter.Unit.DevicePixel)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, whole.width(), whole.height()))
    return True
