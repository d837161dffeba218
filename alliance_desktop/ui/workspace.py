"""Places, list and detail: three panes where there is room, then two, then one with Back."""

from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.ui.empty import Empty
from alliance_desktop.ui.header import Header
from alliance_desktop.ui.later import Later
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.parts import button
from alliance_desktop.ui.places import PLACES, Places
from alliance_desktop.ui.theme import em, spaced

THREE_FROM = 58
TWO_FROM = 40
PLACES_WIDTH, LIST_WIDTH, LIST_LEAST, LIST_MOST, STEP = 8.5, 19.5, 11.0, 30.0, 2.0


class _Place(NamedTuple):
    middle: Later[Any] | None
    empty: Later[Any]

    def make(self) -> None:
        """Have both made; faults of the world."""
        if self.middle is not None:
            self.middle()
        self.empty()


class _Shown(NamedTuple):
    detail: QWidget
    name: str
    code: str


class Workspace(QWidget):
    """The work with one open vault. It knows nothing of the vault, so that it can be made before there is one.

    `changed` carries a Changed: whoever wrote emits it, every view asks whether it is concerned. `place_chosen`
    carries the key of a place, also when it is chosen by a command; `leaving` comes before one is gone to. `escaped`
    comes with an Esc that no page took.
    """

    changed = Signal(object)
    place_chosen = Signal(str)
    leaving = Signal()
    detail_changed = Signal()
    to_client_asked = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("workspace")
        self._places: dict[str, _Place] = {}
        self._shown: dict[str, _Shown] = {}
        self._place = ""
        self._count = 0
        self._detail_in_front = False
        self._list_width = LIST_WIDTH
        self.places = Places()
        self.header = Header()
        self._middle = QStackedWidget()
        self._middle.setObjectName("middle")
        self._list_side = QWidget()
        self._list_column = QVBoxLayout(self._list_side)
        spaced(self._list_column, 0, 0)
        self._list_column.addWidget(self._middle, 1)
        self._details = QStackedWidget()
        self._details.setObjectName("details")
        self._detail_side = QWidget()
        column = QVBoxLayout(self._detail_side)
        spaced(column, 0, 0)
        self.notice = Notice("work_notice", closes=True)
        self._to_client = button("To the timeline", "to_timeline", "link")
        self._to_client.clicked.connect(self.to_client_asked)
        self.header.put_link(self._to_client)
        self.offer_client(False)
        self._detail_column = column
        column.addWidget(self.header)
        self._bars = QVBoxLayout()
        spaced(self._bars, 0, 0)
        column.addLayout(self._bars)
        column.addWidget(self.notice)
        column.addWidget(self._details, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        # A hairline to the eye; Qt makes the place to grab wider by itself at this width.
        self._splitter.setHandleWidth(1)
        for one in (self.places, self._list_side, self._detail_side):
            self._splitter.addWidget(one)
        self._splitter.setStretchFactor(2, 1)
        around = QVBoxLayout(self)
        spaced(around, 0, 0)
        around.addWidget(self._splitter)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._count_again)
        self.places.chosen.connect(self.show_place)
        self.header.back_asked.connect(self.go_back)

    @property
    def place(self) -> str:
        """The key of the place that is shown."""
        return self._place

    @property
    def panes(self) -> int:
        """How many panes there is room for: 3, 2 or 1."""
        return self._count

    @property
    def detail(self) -> QWidget | None:
        """What the detail shows just now."""
        return self._details.currentWidget()

    def known_places(self) -> tuple[str, ...]:
        """Return the keys of the places, as they stand in the window."""
        return tuple(key for key in PLACES if key in self._places)

    def is_list(self, key: str) -> bool:
        """Say whether a place has a list, and so room for a page beside it."""
        return self._places[key].middle is not None

    def offer_client(self, offered: bool) -> None:
        """Show the way to the client's timeline in the header, or take it away."""
        self._to_client.setVisible(offered)

    def add_bar(self, name: str, action: str = "", *, closes: bool = True) -> Notice:
        """Add a bar of its own over the detail, for what concerns the whole vault; it stays until it is closed."""
        bar = Notice(name, action, closes=closes)
        self._bars.addWidget(bar)
        return bar

    def put_note(self, note: QWidget) -> None:
        """Put the side note on a question under the detail."""
        self._detail_column.addWidget(note)

    def add_place(self, key: str, middle: Later[Any] | None, detail: Later[Any] | str) -> None:
        """Add one of `PLACES`: its list, or None, and the page or the words that stand while nothing is open.

        They are widgets that are made when the place is gone to first.
        """
        empty = Later(lambda: Empty(f"{key}_nothing_open", detail)) if isinstance(detail, str) else detail
        self._places[key] = _Place(middle, empty)
        self.places.add(key)

    def show_place(self, key: str) -> None:
        """Go to a place, and to what was open there; one that cannot be made says why, and all stays as it is."""
        place = self._places[key]
        try:
            place.make()
        except KnownError as fault:
            self.notice.show_error(fault)
            return
        self.leaving.emit()
        self._place = key
        self.places.mark(key)
        if place.middle is not None:
            _show_in(self._middle, place.middle())
        self._detail_in_front = place.middle is None
        self._show_detail_of_place()
        self.place_chosen.emit(key)

    def show_detail(self, detail: QWidget, name: str = "", code: str = "") -> None:
        """Show a page in the detail of this place; name and code say whose page it is and stay with it."""
        self._shown[self._place] = _Shown(detail, name, code)
        self._detail_in_front = True
        self._show_detail_of_place()

    def is_detail(self, detail: QWidget, name: str, code: str) -> bool:
        """Say whether a page is the detail of this place, named in this way."""
        return self._shown.get(self._place) == _Shown(detail, name, code)

    def drop_detail(self, detail: QWidget) -> None:
        """Take a page away and destroy it; where it was shown, the place's own words stand again."""
        self._shown = {key: one for key, one in self._shown.items() if one.detail is not detail}
        self._details.removeWidget(detail)
        detail.deleteLater()
        self._show_detail_of_place()

    def go_back(self) -> None:
        """With one pane, go from the detail back to the list."""
        if self._places[self._place].middle is None:
            first = next(key for key in self.known_places() if self.is_list(key))
            self.show_place(first)
        self._detail_in_front = False
        self._arrange()
        self.focus_list()

    def to_detail(self) -> None:
        """With one pane, go from the list to the page beside it."""
        self._detail_in_front = True
        self._arrange()

    def keyboard(self) -> tuple[QWidget | None, bool]:
        """Return what has the keyboard in the list or on the page, or None, and whether it is in the list."""
        focus = self.window().focusWidget()
        in_list = focus is not None and self._middle.isAncestorOf(focus)
        inside = in_list or (focus is not None and self._details.isAncestorOf(focus))
        return focus if inside else None, in_list

    def focus_list(self) -> None:
        """Put the keyboard into the list of this place; where it has no lines, on the place itself."""
        middle = self._places[self._place].middle
        if middle is None or middle().isHidden():
            return
        middle().setFocus(Qt.FocusReason.OtherFocusReason)
        focus = self.window().focusWidget()
        if focus is None or not focus.isVisible():
            self.places.focus_current()

    def next_pane(self) -> None:
        """Move the keyboard to the next pane: places, list, detail, and round again."""
        order = [one for one in (self.places, self._middle, self._details) if one.isVisible()]
        focused = self.focusWidget()
        at = next((i for i, one in enumerate(order) if focused is not None and one.isAncestorOf(focused)), -1)
        for step in range(1, len(order) + 1):
            if self._focus_pane(order[(at + step) % len(order)]):
                return

    def widen_list(self, steps: int) -> None:
        """Make the list wider (1) or narrower (-1); the mouse is not needed for it."""
        self._list_width = max(LIST_LEAST, min(LIST_MOST, self._list_width + steps * STEP))
        self._size_panes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use as many panes as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of an Esc that nothing on the page had a use for."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Count the panes again when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_again"):
            # Later: moving a widget while Qt walks the tree to tell of the new font crashes the program.
            self._again.start()

    def _count_again(self) -> None:
        self._count = 0
        self._arrange()

    def _show_detail_of_place(self) -> None:
        shown = self._shown.get(self._place)
        _show_in(self._details, shown.detail if shown else self._places[self._place].empty())
        self.header.show_client(shown.name if shown else "", shown.code if shown else "")
        self._arrange()
        self.detail_changed.emit()

    def _arrange(self) -> None:
        if not self._place:
            return
        width = self.width() / em()
        count = 3 if width >= THREE_FROM else 2 if width >= TWO_FROM else 1
        has_list = self._places[self._place].middle is not None
        if count != self._count:
            self._count = count
            self._move_places(upright=count == 3)
        alone = count == 1
        self._list_side.setVisible((has_list or count == 2) and not (alone and self._detail_in_front))
        self._middle.setVisible(has_list)
        self._detail_side.setVisible(not alone or self._detail_in_front)
        self.header.allow_back(alone and self._detail_in_front)
        self._size_panes()

    def _move_places(self, upright: bool) -> None:
        if upright:
            self._splitter.insertWidget(0, self.places)
        else:
            self._list_column.insertWidget(0, self.places)
        self.places.set_upright(upright)
        self.places.show()
        # A screen reader goes by how they lie on each other; the handles between them lie over all.
        handles = [self._splitter.handle(at) for at in range(self._splitter.count())]
        for one in (self.places, self._middle, self._list_side, self._detail_side, *handles):
            one.raise_()

    def _size_panes(self) -> None:
        middle = em(self._list_width)
        first = [em(PLACES_WIDTH)] if self._count == 3 else []
        if self._count == 2 and not self._middle.isVisibleTo(self):
            middle = em(PLACES_WIDTH)
        rest = max(1, self.width() - middle - sum(first))
        self._splitter.setSizes([*first, middle, rest])

    def _focus_pane(self, pane: QWidget) -> bool:
        if pane is self.places:
            self.places.focus_current()
            return True
        page = (pane.currentWidget() if isinstance(pane, QStackedWidget) else pane) or pane
        wanted = getattr(page, "landing", None) or page.focusProxy() or page.focusWidget() or _first_field(page)
        if wanted is None:
            return False
        wanted.setFocus(Qt.FocusReason.TabFocusReason)
        return True


def _show_in(stack: QStackedWidget, widget: QWidget) -> None:
    if stack.indexOf(widget) < 0:
        stack.addWidget(widget)
    stack.setCurrentWidget(widget)


def _first_field(page: QWidget) -> QWidget | None:
    fields = (one for one in (page, *page.findChildren(QWidget)) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return next((one for one in fields if one.isVisible() and one.isEnabled()), None)
