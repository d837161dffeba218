"""A frame that is scrolled downwards, and only where there is too little room for what it holds."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from alliance_desktop.ui.theme import em, spaced

NO_LIMIT = 16_777_215
"""Qt's own word for it."""


class Scrolled(QScrollArea):
    """Holds one part of a page, as wide as there is room for; it is no stop for Tab, which goes to what it holds."""

    def __init__(self, name: str, spoken: str = "", held: QWidget | None = None) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if held is not None:
            self.setWidget(held)


class ScrolledColumn(Scrolled):
    """A part that stands beside others: at least so wide that its bar covers nothing of what it holds."""

    _least: int | None = None

    def stand(self, least: int | None) -> None:
        """Be as wide as what it holds, and at least so wide; with None, as wide as there is room for."""
        self._least = least
        self.setMinimumWidth(0)
        self.setMaximumWidth(NO_LIMIT)
        self._follow()

    def sizeHint(self) -> QSize:
        """Return no height where it stands beside others, which say how high they all are."""
        hint = super().sizeHint()
        return hint if self._least is None else QSize(hint.width(), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what it holds when that needs more room, or less."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        held = self.widget()
        if self._least is not None and held is not None:
            needed = held.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
            self.setFixedWidth(max(self._least, needed))


def whole_of(page: QWidget, name: str) -> QWidget:
    """Return what holds all of a page and is scrolled where a window is too low for it, which then stays as it is."""
    held, around = QWidget(), QVBoxLayout(page)
    held.setProperty("surface", "clear")
    spaced(around, 0, 0)
    around.addWidget(Scrolled(name, held=held))
    return held


class Rest(QStackedWidget):
    """Pages of which one is seen, with the height that the others around leave, and at least so many line heights."""

    def __init__(self, least: float) -> None:
        super().__init__()
        self._least = least
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return the least: a page that is asked for more would be scrolled as a whole."""
        return QSize(super().sizeHint().width(), em(self._least))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return QSize(super().minimumSizeHint().width(), em(self._least))
