"""Watches all input of the program: that somebody is there, and the key that hides everything."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

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
HIDE_KEY = Qt.Key.Key_F9


class InputWatch(QObject):
    """Sees every event before its widget does, also in menus, popups and dialogs.

    A shortcut would not do for the hiding key: open menus and modal dialogs swallow it.
    """

    active = Signal()
    hide_asked = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the input; the hiding key goes no further."""
        kind = event.type()
        if kind not in _SIGNS_OF_LIFE:
            return False
        self.active.emit()
        if kind in _KEYS and isinstance(event, QKeyEvent) and event.key() == HIDE_KEY and not event.modifiers():
            event.accept()
            if kind == QEvent.Type.KeyPress and not event.isAutoRepeat():
                self.hide_asked.emit()
            return True
        return False
