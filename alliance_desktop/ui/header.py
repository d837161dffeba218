"""The fixed line above the detail: whose page this is, whether it is saved, and that a sample is a sample."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from alliance_desktop.ui.parts import button, label
from alliance_desktop.ui.theme import em, spaced
from alliance_desktop.ui.words import isolated

_CODE_WIDTH = 9.0


class Shortened(QLabel):
    """A name or a code that is left out in its middle where there is no room; `text` is always the whole."""

    def __init__(self, kind: str, name: str, lines: int = 1) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setObjectName(name)
        self.setWordWrap(lines > 1)
        self._lines, self._whole, self._seen = lines, "", ""

    def say(self, words: str) -> None:
        """Show words, and speak the whole of them."""
        self._whole = words
        self.setAccessibleName(words)
        self._fit()
        self.updateGeometry()

    def text(self) -> str:
        """Return the whole words, in their own direction."""
        return isolated(self._whole)

    @property
    def seen(self) -> str:
        """The words that are in sight."""
        return self._seen

    def sizeHint(self) -> QSize:
        """Return the room for all of it; a code never takes more than a good part of the line."""
        wide = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(wide if self._lines > 1 else min(wide, em(_CODE_WIDTH)), self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Return the room for the first letters and one line."""
        return QSize(min(em(3), self.sizeHint().width()), self.fontMetrics().height())

    def hasHeightForWidth(self) -> bool:
        """Say that a name may take a second line."""
        return self._lines > 1

    def heightForWidth(self, width: int) -> int:
        """Return the height at that width, at most that of its lines."""
        return self._wrapped(self._shortened(width), width).height() if self._lines > 1 else self.fontMetrics().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out as much as must be, and no more."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._seen = self._shortened(self.width())
        self.setText(isolated(self._seen))
        self.setToolTip(self._whole if self._seen != self._whole else "")

    def _shortened(self, width: int) -> str:
        if self._lines == 1:
            return self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, width)
        least, most = 0, len(self._whole)
        while least < most:
            kept = (least + most + 1) // 2
            fits = self._has_room(_without_middle(self._whole, kept), width)
            least, most = (kept, most) if fits else (least, kept - 1)
        return _without_middle(self._whole, least)

    def _has_room(self, words: str, width: int) -> bool:
        taken = self._wrapped(words, width)
        return taken.width() <= width and taken.height() < (self._lines + 0.5) * self.fontMetrics().height()

    def _wrapped(self, words: str, width: int) -> QRect:
        room = QRect(0, 0, max(1, width), 1 << 14)
        return self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), isolated(words))


def _without_middle(words: str, kept: int) -> str:
    if kept >= len(words):
        return words
    end = kept // 2
    return f"{words[: kept - end]}…{words[len(words) - end :]}"


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
        self.name = Shortened("heading", "header_name", lines=2)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.name.setSizePolicy(policy)
        self.code = Shortened("muted", "header_code")
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
        self.name.say(name)
        self.code.say(code if code != name else "")
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
