"""Taking away, at once and without a question, what stands over the window or was copied out of it."""

from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QToolTip, QWidget

_MOST_POPUPS = 50


def close_all_above(window: QWidget) -> None:
    """Close every menu, popup, tooltip and dialog of the program; a dialog is answered as with Esc."""
    for _ in range(_MOST_POPUPS):
        popup = QApplication.activePopupWidget()
        if popup is None:
            break
        popup.close()
        popup.hide()
    QToolTip.hideText()
    for one in QApplication.topLevelWidgets():
        if one is window or not one.isVisible():
            continue
        if isinstance(one, QDialog):
            one.reject()
        elif isinstance(one, QMenu):
            one.close()
        one.hide()


def clear_own_clipboard() -> None:
    """Empty the clipboard and the selection where they hold words of this program."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
