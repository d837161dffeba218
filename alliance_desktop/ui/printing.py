"""Sending sheets to a printer: vector outlines, a neutral job name, nothing to a printer before it is asked for."""

from PySide6.QtCore import QByteArray, QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

JOB = "Document"


def print_sheets(parent: QWidget, svgs: list[bytes], paper: str) -> bool:
    """Ask for a printer and print; False where the dialog was left without printing, also by a lock."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(JOB)
    printer.setCreator("")
    size = QPageSize.PageSizeId.Letter if paper == "letter" else QPageSize.PageSizeId.A4
    layout = QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("print_dialog")
    accepted = dialog.exec() == int(QPrintDialog.DialogCode.Accepted)
    dialog.deleteLater()
    if accepted:
        paint_sheets(printer, svgs)
    return accepted


def paint_sheets(printer: QPrinter, svgs: list[bytes]) -> None:
    """Draw each sheet on a page of its own, as large as the paper."""
    painter = QPainter(printer)
    for number, svg in enumerate(svgs):
        if number:
            printer.newPage()
        renderer = QSvgRenderer(QByteArray(svg))
        whole = printer.paperRect(QPrinter.Unit.DevicePixel)
        renderer.render(painter, QRectF(0, 0, whole.width(), whole.height()))
    painter.end()
