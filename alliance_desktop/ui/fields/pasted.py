"""What may come in from the clipboard and what goes out to it: plain text, and marked as not to be kept."""

import re

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QTextDocumentFragment

_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffc]")
_KEEP_OUT = {
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"",
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "CanIncludeInClipboardHistory": bytes(4),
    "CanUploadToCloudClipboard": bytes(4),
    "Clipboard Viewer Ignore": b"1",
}


def plain_text(source: QMimeData) -> str:
    """Return the words of clipboard data, once, with "\\n" between lines; empty where it holds none."""
    text = source.text() if source.hasFormat("text/plain") else ""
    if not text and source.hasHtml():
        # A fragment, unlike a text widget, never asks for the pictures and files that HTML names.
        text = QTextDocumentFragment.fromHtml(source.html()).toPlainText()
    text = _CONTROLS.sub("", _BREAKS.sub("\n", text))
    return text if text.strip() else ""


def holds_picture(source: QMimeData) -> bool:
    """Say whether clipboard data holds a picture."""
    return source.hasImage() or "<img" in source.html().lower()


def holds_files(source: QMimeData) -> bool:
    """Say whether clipboard data stands for files of this computer, whose text would only be their path."""
    urls = source.urls()
    return bool(urls) and all(url.isLocalFile() for url in urls)


def kept_out(text: str) -> QMimeData:
    """Return text for the clipboard with the marks that ask clipboard histories and clouds not to keep it."""
    made = QMimeData()
    made.setText(text)
    for name, value in _KEEP_OUT.items():
        made.setData(name, QByteArray(value))
    return made


def is_kept_out(data: QMimeData) -> bool:
    """Say whether clipboard data carries all the marks of `kept_out`."""
    return all(data.hasFormat(name) for name in _KEEP_OUT)
