"""Walks a window and finds what a screen reader, a keyboard or a large text size would stumble over."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QScrollArea, QWidget

from alliance_desktop.ui.theme import em

# Parts that Qt makes itself and that are spoken as their owner.
_OWN_PARTS = ("qt_",)


def focusable(top: QWidget) -> Iterator[QWidget]:
    """Give every widget under a window that the Tab key can reach."""
    for one in (top, *top.findChildren(QWidget)):
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None and _counts(one, top):
            yield one


def nameless(top: QWidget) -> list[str]:
    """Return every widget a person can reach or press that has no accessible name, role or object name."""
    wrong = []
    pressable = [one for one in top.findChildren(QAbstractButton) if _counts(one, top)]
    for one in {*focusable(top), *pressable}:
        face = QAccessible.queryAccessibleInterface(one)
        name = face.text(QAccessible.Text.Name) if face else ""
        role = face.role() if face else QAccessible.Role.NoRole
        if isinstance(one, QComboBox) and not name.startswith(one.accessibleName() or "its caption"):
            wrong.append(f"{one.objectName()!r} is heard as its line alone: {name!r}")
        if not name.strip() or role in (QAccessible.Role.NoRole, QAccessible.Role.Client) or not one.objectName():
            wrong.append(f"{type(one).__name__} {one.objectName()!r} name={name!r} role={role}")
    return wrong


def cut(top: QWidget) -> list[str]:
    """Return every visible label or button that is smaller than what it has to say."""
    wrong = []
    for one in top.findChildren(QWidget):
        if not one.isVisibleTo(top) or not isinstance(one, QLabel | QAbstractButton) or not _counts(one, top):
            continue
        high = one.heightForWidth(one.width()) if one.hasHeightForWidth() else one.minimumSizeHint().height()
        wide = 0 if isinstance(one, QLabel) and one.wordWrap() else one.minimumSizeHint().width()
        if one.height() < high or one.width() < wide or _reaches_out(one, top):
            wrong.append(f"{one.objectName()} {one.text()!r} is {one.width()}x{one.height()}, needs {wide}x{high}")
    return wrong


def small(top: QWidget) -> list[str]:
    """Return every visible button that is smaller than 24 pixels, or one line of text, in a direction."""
    least = min(24, em(1.4))
    buttons = [one for one in top.findChildren(QAbstractButton) if one.isVisibleTo(top)]
    return [
        f"{one.objectName()} {one.width()}x{one.height()}"
        for one in buttons
        if not one.objectName().startswith(_OWN_PARTS) and min(one.width(), one.height()) < least
    ]


def _counts(one: QWidget, top: QWidget) -> bool:
    """Say whether a widget is met by a reader: not a part of Qt's own, nor put away, nor the list of a combo box."""
    return not one.objectName().startswith(_OWN_PARTS) and not one.isHidden() and one.window() is top.window()


def _reaches_out(one: QWidget, top: QWidget) -> bool:
    around = one.parentWidget()
    while around is not None and around is not top:
        if isinstance(around, QScrollArea):
            inside = around.widget()
            corner = one.mapTo(inside, one.rect().bottomRight())
            return corner.x() >= around.viewport().width()
        around = around.parentWidget()
    return False
