"""A frame that is scrolled downwards, and only where there is too little room for what it holds."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


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
