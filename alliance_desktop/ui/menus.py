"""The menu bar: its four menus from the beginning, the actions in them made from the commands when first asked for."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6 import QtGui
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenuBar

from alliance_desktop.ui.menu_names import MENUS, plain

if TYPE_CHECKING:
    from alliance_desktop.ui.commands import Command, Needs


class Menus(QObject):
    """The actions of all commands; `asked` carries the id of the command used, `left` comes as a menu closes.

    The window asks for the actions once its first picture is on screen: nobody can have pressed a key before.
    """

    asked = Signal(str)
    left = Signal()

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self._met: frozenset[Needs] = frozenset()
        self._also: frozenset[str] = frozenset()
        self._alone: frozenset[str] | None = None
        self._is_filled = False
        self._menus = {name: bar.addMenu(name) for name in MENUS}
        for name, menu in self._menus.items():
            menu.setObjectName(f"menu_{plain(name).lower()}")
            menu.setAccessibleName(plain(name))
            menu.aboutToHide.connect(self.left)

    @cached_property
    def actions(self) -> "dict[str, QtGui.QAction]":
        """The action of each command, by its id."""
        from alliance_desktop.ui.commands import COMMANDS

        looks = QtGui.QActionGroup(self)
        made = {one.id: self._action(one, looks) for one in COMMANDS}
        self._is_filled = True
        self._enable(made)
        return made

    def allow(self, met: "frozenset[Needs]", also: frozenset[str] = frozenset()) -> None:
        """Enable the commands whose needs are met and those named, and only those; a disabled key does nothing."""
        self._met, self._also, self._alone = met, also, None
        if self._is_filled:
            self._enable(self.actions)

    def allow_only(self, ids: frozenset[str]) -> None:
        """Enable these commands alone, while the work is covered."""
        self._alone = ids
        if self._is_filled:
            self._enable(self.actions)

    def _enable(self, actions: "dict[str, QtGui.QAction]") -> None:
        from alliance_desktop.ui.commands import COMMANDS, Needs

        for one in COMMANDS:
            is_met = one.needs is Needs.NOTHING or one.needs in self._met or one.id in self._also
            actions[one.id].setEnabled(is_met if self._alone is None else one.id in self._alone)

    def _action(self, one: "Command", looks: "QtGui.QActionGroup") -> "QtGui.QAction":
        menu = self._menus[one.menu]
        if one.starts_group:
            menu.addSeparator()
        action = QtGui.QAction(one.text, menu)
        action.setObjectName(one.id)
        if one.keys:
            action.setShortcut(QtGui.QKeySequence(one.keys))
            action.setShortcutVisibleInContextMenu(True)
        if one.id.startswith("appearance_"):
            action.setCheckable(True)
            looks.addAction(action)
        # macOS moves these by their words alone, which a translation would break.
        roles = QtGui.QAction.MenuRole
        role = {"about": roles.AboutRole, "quit": roles.QuitRole, "settings": roles.PreferencesRole}.get(one.id)
        if role is not None:
            action.setMenuRole(role)
        action.triggered.connect(lambda checked=False, id=one.id: self.asked.emit(id))
        menu.addAction(action)
        return action
