"""The fixed line above the detail: whose page this is, whether it is saved, and that a sample is a sample."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.heading import KINDS, heads
from alliance_desktop.ui.parts import button, label
from alliance_desktop.ui.theme import em, spaced
from alliance_desktop.ui.words import MOST_SHOWN, brief, isolated

_CODE_WIDTH = 9.0
_STATE_WIDTH = 7.0


class Shortened(QLabel):
    """A name without its end, or a code without its middle, where there is no room; `text` is always the whole."""

    def __init__(self, kind: str, name: str, lines: int = 1) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setObjectName(name)
        self.setWordWrap(lines > 1)
        self._lines, self._whole, self._seen = lines, "", ""
        if kind in KINDS:
            heads(self)

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
        wide = self.fontMetrics().horizontalAdvance(isolated(brief(self._whole))) + 2
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

    def is_whole_at(self, width: int) -> bool:
        """Say whether all of it is seen at that width."""
        return self._shortened(width) == self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out as much as must be, and no more."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._seen = self._shortened(self.width())
        self.setText(isolated(self._seen))
        self.setToolTip(brief(self._whole) if self._seen != self._whole else "")

    def _shortened(self, width: int) -> str:
        if self._lines == 1:
            return self.fontMetrics().elidedText(_without_middle(self._whole), Qt.TextElideMode.ElideMiddle, width)
        words = brief(self._whole)
        least, most = 0, len(words)
        while least < most:
            kept = (least + most + 1) // 2
            fits = self._has_room(_without_end(words, kept), width)
            least, most = (kept, most) if fits else (least, kept - 1)
        return _without_end(words, least)

    def _has_room(self, words: str, width: int) -> bool:
        taken = self._wrapped(words, width)
        return taken.width() <= width and taken.height() < (self._lines + 0.5) * self.fontMetrics().height()

    def _wrapped(self, words: str, width: int) -> QRect:
        room = QRect(0, 0, max(1, width), 1 << 14)
        return self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), isolated(words))


def _without_middle(words: str) -> str:
    half = MOST_SHOWN // 2
    return words if len(words) <= MOST_SHOWN else f"{words[:half]}…{words[-half:]}"


def _without_end(words: str, kept: int) -> str:
    return words if kept >= len(words) else f"{words[:kept].rstrip()}…"


class Header(QFrame):
    """Client name, code, a slot for the state of saving, Back when there is only one pane, and the sample's badge.

    A name that is not seen whole among the others stands on a line of its own under them. Where the others have no room
    beside each other, the ways to other pages and the state stand on a line of their own as well.
    """

    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setProperty("surface", "header")
        self._sample = False
        self.back_button = button("Back", "header_back")
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
        self._below = QVBoxLayout(self)
        spaced(self._below, (0.9, 0.5, 0.9, 0.5), 0.3)
        self._across = across = QHBoxLayout()
        spaced(across, 0, 0.7)
        self._below.addLayout(across)
        self._under = Fit(most=0, in_a_row=True)
        spaced(self._under, 0, 0.7)
        self._below.addLayout(self._under)
        self._links: list[QWidget] = []
        self._is_below = self._is_crowded = False
        self._gap = QWidget()
        self._gap.hide()
        across.addWidget(self.back_button)
        across.addWidget(self.name, 1)
        across.addWidget(self._gap, 1)
        across.addWidget(self.code)
        across.addWidget(self._state)
        across.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)
        self.badge.hide()
        self._can_go_back = False
        self.code.hide()
        self._state.hide()
        self.hide()

    def mark_sample(self) -> None:
        """Say from now on that this is a sample; once it stands in a window, or what will be part of one."""
        self._sample = True
        self.badge.show()
        self._settle()

    def show_client(self, name: str, code: str) -> None:
        """Say whose page this is; two empty texts for a page that belongs to nobody."""
        self.name.say(name)
        self.code.say(code if code != name else "")
        self.code.setVisible(bool(self.code.text()))
        self._state.setVisible(bool(name))
        self._settle()
        self._arrange()

    def allow_back(self, allowed: bool) -> None:
        """Show Back, or take it away."""
        self._can_go_back = allowed
        self.back_button.setVisible(allowed)
        self._settle()
        self._arrange()

    def put_link(self, link: QWidget) -> None:
        """Put a way to another page before the state of saving."""
        self._links.append(link)
        self._across.insertWidget(self._across.indexOf(self._state), link)

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
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the name where it is seen."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Make room where a part grows; one that shrinks moves nothing while somebody writes."""
        handled = super().event(event)
        if event.type() == QEvent.Type.FontChange or (
            event.type() == QEvent.Type.LayoutRequest
            and ((not self._is_below and self._is_squeezed()) or (not self._is_crowded and self._has_no_room()))
        ):
            self._arrange()
        return handled

    def minimumSizeHint(self) -> QSize:
        """Return the room of the narrowest arrangement."""
        kept = [one for one in (self.back_button, self.code, self.badge) if not one.isHidden()]
        first = sum(one.minimumSizeHint().width() + self._across.spacing() for one in kept)
        under = [one.minimumSizeHint().width() for one in (*self._links, self._state) if not one.isHidden()]
        margins = self._below.contentsMargins()
        wide = max([first, *under]) + margins.left() + margins.right()
        return QSize(wide, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        """Put each part where it has room."""
        crowded = self._has_no_room()
        if crowded is not self._is_crowded:
            self._is_crowded = crowded
            for one in (*self._links, self._state):
                if crowded:
                    self._across.removeWidget(one)
                    self._under.addWidget(one)
                else:
                    self._under.removeWidget(one)
                    self._across.insertWidget(self._across.indexOf(self.badge), one)
        self._arrange_name()

    def _arrange_name(self) -> None:
        """Put the name among the others, or under them."""
        below = self._is_squeezed()
        if below is self._is_below:
            return
        self._is_below = below
        self._gap.setVisible(below)
        if below:
            self._across.removeWidget(self.name)
            self._below.addWidget(self.name)
        else:
            self._below.removeWidget(self.name)
            self._across.insertWidget(self._across.indexOf(self._gap), self.name, 1)

    def _is_squeezed(self) -> bool:
        """Say whether the name would not be seen whole among the others."""
        beside = () if self._is_crowded else (*self._links, self._state)
        taken = self._taken(self.back_button, self.code, *beside, self.badge)
        return bool(self.name.text()) and not self.name.is_whole_at(self._inside() - taken)

    def _has_no_room(self) -> bool:
        """Say whether all but the name find no room beside each other."""
        return self._taken(self.back_button, self.code, *self._links, self._state, self.badge) > self._inside()

    def _inside(self) -> int:
        margins = self._below.contentsMargins()
        return self.width() - margins.left() - margins.right()

    def _taken(self, *parts: QWidget) -> int:
        """Return the width of some parts; the time of the last save is reckoned with before it is there."""
        shown = [one for one in parts if not one.isHidden()]
        least = {self._state: em(_STATE_WIDTH)}
        return sum(max(one.sizeHint().width(), least.get(one, 0)) + self._across.spacing() for one in shown)

    def _settle(self) -> None:
        self.setVisible(bool(self.name.text()) or self._sample or self._can_go_back)
