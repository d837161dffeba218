"""Where the reader was on a card, as plain data that can be kept over a lock."""

import msgspec
from PySide6.QtWidgets import QScrollArea, QWidget

from alliance_desktop.ui.fields.textbox import TextBox


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place on a card: the question, which of its widgets, cursor and selection in it, and how far things scrolled.

    `opened` lists the folds that were open. Scroll values are in the units of their own scroll bars.
    """

    key: str = ""
    stop: int = 0
    cursor: int = 0
    anchor: int = 0
    box_scroll: int = 0
    scroll: int = 0
    opened: tuple[str, ...] = ()


def in_box(box: TextBox, place: Place) -> None:
    """Put cursor, selection and scroll of a box back."""
    last = box.document().characterCount() - 1
    cursor = box.textCursor()
    cursor.setPosition(max(0, min(place.anchor, last)))
    cursor.setPosition(max(0, min(place.cursor, last)), cursor.MoveMode.KeepAnchor)
    box.setTextCursor(cursor)
    box.verticalScrollBar().setValue(place.box_scroll)


def scroll_area_of(widget: QWidget) -> QScrollArea | None:
    """Return the scroll area that a widget stands in, or none."""
    one = widget.parentWidget()
    while one is not None and not isinstance(one, QScrollArea):
        one = one.parentWidget()
    return one
