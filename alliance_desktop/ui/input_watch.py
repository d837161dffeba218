"""Watches all input of the program: that somebody is there, and the keys that hide or lock everything."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
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
HIDE_KEY, LOCK_KEY = Qt.Key.Key_F9, Qt.Key.Key_L


class InputWatch(QObject):
    """Sees every event before its widget does, also in menus, popups and dialogs.

    A shortcut would not do for the hiding key: open menus and modal dialogs swallow it. So they do the key that locks,
    which is seen here while a menu or a list is open; `lock_asked` comes then.
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the input; the hiding key goes no further."""
        kind = event.type()
        if kind not in _SIGNS_OF_LIFE:
            return False
        self.active.emit()
        asked = self._asked(event) if kind in _KEYS and isinstance(event, QKeyEvent) else None
        if asked is None or not isinstance(event, QKeyEvent):
            return False
        event.accept()
        if kind == QEvent.Type.KeyPress and not event.isAutoRepeat():
            asked.emit()
        return True

    def _asked(self, event: QKeyEvent) -> SignalInstance | None:
        if event.key() == HIDE_KEY and not event.modifiers():
            return self.hide_asked
        locks = event.key() == LOCK_KEY and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return self.lock_asked if locks and QApplication.activePopupWidget() is not None else None
