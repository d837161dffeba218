"""The ring around whatever has the keyboard: one for every control, always on top, never cut by a style."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenuBar, QScrollArea, QWidget
from shiboken6 import isValid

from alliance_desktop.ui.theme import colours, em

_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange})


class FocusRing(QWidget):
    """Draws a ring of 2 to 3 pixels (more with larger text) around the focused control of one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._window = window
        self._followed: list[QWidget] = []
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
        self.hide()

    def follow(self) -> None:
        """Stand around whatever has the keyboard just now: the ring came after it."""
        self._follow(None, QApplication.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the control when it, or anything around it, moves."""
        if event.type() in _MOVES:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = self._thick()
        painter.setPen(QPen(QColor(colours().focus), thick))
        half = (thick + 1) // 2
        round = em(0.4)
        painter.drawRoundedRect(self.rect().adjusted(half, half, -half, -half), round, round)
        painter.end()

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        for one in self._followed:
            if isValid(one):
                one.removeEventFilter(self)
        self._followed = []
        # An open menu marks its own item; a ring around the whole bar would only be louder.
        if new is None or isinstance(new, QMenuBar) or new is self._window or new.window() is not self._window.window():
            self.hide()
            return
        around: QWidget | None = new
        while around is not None and around is not self._window:
            self._followed.append(around)
            around.installEventFilter(self)
            around = around.parentWidget()
        self._place()

    def _place(self) -> None:
        control = self._followed[0] if self._followed else None
        if control is None or not isValid(control) or not control.isVisible():
            self.hide()
            return
        gap = self._thick() + max(1, em(0.06))
        around = QRect(control.mapTo(self._window, QPoint(0, 0)), control.size()).adjusted(-gap, -gap, gap, gap)
        around = around.intersected(self._window.rect())
        for one in self._followed[1:]:
            port = one.viewport() if isinstance(one, QAbstractScrollArea) else None
            if port is not None and isinstance(one, QScrollArea):
                around = around.intersected(QRect(port.mapTo(self._window, QPoint(0, 0)), port.size()))
        if around.isEmpty():
            self.hide()
            return
        self.setGeometry(around)
        inside = max(2, self._thick() + em(0.15))
        whole = self.rect()
        self.setMask(QRegion(whole).subtracted(QRegion(whole.adjusted(inside, inside, -inside, -inside))))
        self.show()
        self.raise_()

    def _thick(self) -> int:
        return max(2, em(0.12))
