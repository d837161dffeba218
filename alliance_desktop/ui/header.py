"""The fixed line above the detail: whose page this is, whether it is saved, and that a sample is a sample."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from alliance_desktop.ui.parts import button, label
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated


class Header(QFrame):
    """Client name, code, a slot for the state of saving, Back when there is only one pane, and the sample's badge."""

    back_asked = Signal()

    def __init__(self, sample: bool) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setProperty("surface", "header")
        self._sample = sample
        self.back_button = button("&Back", "header_back")
        self.back_button.setAccessibleDescription("Back to the list")
        self.back_button.clicked.connect(self.back_asked)
        self.name = label("", "heading", "header_name")
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.code = label("", "muted", "header_code")
        self.code.setWordWrap(False)
        self.badge = label("SAMPLE", "badge", "header_sample")
        self.badge.setWordWrap(False)
        self.badge.setAccessibleDescription("Invented people; nothing here is real.")
        self.badge.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._state = QWidget()
        self._slot = QHBoxLayout(self._state)
        spaced(self._slot, 0, 0.4)
        self._across = across = QHBoxLayout(self)
        spaced(across, (0.9, 0.5, 0.9, 0.5), 0.7)
        across.addWidget(self.back_button)
        across.addWidget(self.name, 1)
        across.addWidget(self.code)
        across.addWidget(self._state)
        across.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)
        self.badge.setVisible(sample)
        self._can_go_back = False
        self.code.hide()
        self._state.hide()
        if not sample:
            # Showing a widget that has no parent yet would open it as a window of its own.
            self.hide()

    def show_client(self, name: str, code: str) -> None:
        """Say whose page this is; two empty texts for a page that belongs to nobody."""
        self.name.setText(isolated(name))
        self.code.setText(isolated(code) if code != name else "")
        self.code.setVisible(bool(self.code.text()))
        self._state.setVisible(bool(name))
        self._settle()

    def allow_back(self, allowed: bool) -> None:
        """Show Back, or take it away."""
        self._can_go_back = allowed
        self.back_button.setVisible(allowed)
        self._settle()

    def put_link(self, link: QWidget) -> None:
        """Put a way to another page before the state of saving."""
        self._across.insertWidget(self._across.indexOf(self.code) + 1, link)

    def put_state(self, widget: QWidget | None) -> None:
        """Put the state of saving into its place, or take it away; the widget is not destroyed."""
        while (held := self._slot.takeAt(0)) is not None:
            before = held.widget()
            if before is not None:
                before.hide()
                before.setParent(None)
        if widget is not None:
            self._slot.addWidget(widget)
            widget.show()

    def _settle(self) -> None:
        self.setVisible(bool(self.name.text()) or self._sample or self._can_go_back)
