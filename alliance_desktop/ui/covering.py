"""Taking away, at once and without a question, everything that stands over the window."""

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
