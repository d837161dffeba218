"""The menu bar, made from the commands."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenuBar

from alliance_desktop.ui.commands import COMMANDS, MENUS, Needs, plain


class Menus(QObject):
    """The actions of all commands; `asked` carries the id of the command used, `left` comes as a menu closes."""

    asked = Signal(str)
    left = Signal()

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self.actions: dict[str, QAction] = {}
        menus = {name: bar.addMenu(name) for name in MENUS}
        for name, menu in menus.items():
            menu.setObjectName(f"menu_{plain(name).lower()}")
            menu.setAccessibleName(plain(name))
            menu.aboutToHide.connect(self.left)
        looks = QActionGroup(self)
        for one in COMMANDS:
            menu = menus[one.menu]
            if one.starts_group:
                menu.addSeparator()
            action = QAction(one.text, menu)
            action.setObjectName(one.id)
            if one.keys:
                action.setShortcut(QKeySequence(one.keys))
                action.setShortcutVisibleInContextMenu(True)
            if one.id.startswith("appearance_"):
                action.setCheckable(True)
                looks.addAction(action)
            if one.id in {"about", "quit", "settings"}:
                # macOS moves these by their words alone, which a translation would break.
                action.setMenuRole(_ROLES[one.id])
            action.triggered.connect(lambda checked=False, id=one.id: self.asked.emit(id))
            menu.addAction(action)
            self.actions[one.id] = action
        self.allow(frozenset())

    def allow(self, met: frozenset[Needs]) -> None:
        """Enable the commands whose needs are met, and only those; a disabled key does nothing."""
        for one in COMMANDS:
            self.actions[one.id].setEnabled(one.needs is Needs.NOTHING or one.needs in met)

    def allow_only(self, ids: frozenset[str]) -> None:
        """Enable these commands alone, while the work is covered."""
        for id, action in self.actions.items():
            action.setEnabled(id in ids)


_ROLES = {
    "about": QAction.MenuRole.AboutRole,
    "quit": QAction.MenuRole.QuitRole,
    "settings": QAction.MenuRole.PreferencesRole,
}
