"""Watches all input of the program: that somebody is there, the keys that hide or lock everything, and stray ones."""

import sys

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QInputEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
)

_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})
_SIGNS_OF_LIFE = _KEYS | {
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.InputMethod,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletPress,
}
_BY_HAND = (QInputEvent, QInputMethodEvent)
_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)
_HELD = (
    Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.MetaModifier
    | Qt.KeyboardModifier.GroupSwitchModifier
)
HIDE_KEY, LOCK_KEY = Qt.Key.Key_F9, Qt.Key.Key_L


class InputWatch(QObject):
    """Sees every event before its widget does, also in menus, popups and dialogs.

    A shortcut would not do for the hiding key: open menus and modal dialogs swallow it. So they do the key that locks,
    which is seen here while a menu or a list is open; `lock_asked` comes then.

    A letter with Alt that is no shortcut is kept from fields, which else would write it. On macOS, Alt writes letters.
    """

    active = Signal()
    hide_asked = Signal()
    lock_asked = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app

    def begin(self) -> None:
        """Watch from now on. With the first event PySide loads all its classes, so a window is to be painted before."""
        self._app.installEventFilter(self)
        # The widgets' classes it loads with the first event of a widget that Qt has made by itself: let it be this one.
        QScrollArea()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the input; the hiding key goes no further."""
        # Most events of a program are none of somebody's hand, and the class of an event is known sooner than its type.
        if not isinstance(event, _BY_HAND):
            return False
        kind = event.type()
        if kind not in _SIGNS_OF_LIFE:
            return False
        self.active.emit()
        if not isinstance(event, QKeyEvent) or kind not in _KEYS:
            return False
        asked = self._asked(event)
        if asked is None:
            return kind == QEvent.Type.KeyPress and isinstance(watched, _FIELDS) and is_stray(event)
        event.accept()
        if kind == QEvent.Type.KeyPress and not event.isAutoRepeat():
            asked.emit()
        return True

    def _asked(self, event: QKeyEvent) -> SignalInstance | None:
        if event.key() == HIDE_KEY and not event.modifiers():
            return self.hide_asked
        locks = event.key() == LOCK_KEY and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return self.lock_asked if locks and QApplication.activePopupWidget() is not None else None


def is_stray(event: QKeyEvent, platform: str = sys.platform) -> bool:
    """Say whether a key writes something although it is held with Alt alone; AltGr is not Alt, nor is it with Ctrl."""
    alone = event.modifiers() & _HELD == Qt.KeyboardModifier.AltModifier
    return platform != "darwin" and alone and event.text().isprintable() and bool(event.text())
