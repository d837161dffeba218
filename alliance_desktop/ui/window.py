"""The one window: first run, unlock, the workspace or the paused page, under one menu bar."""

# What the first picture of it does not show is made once that is on screen, or when it is asked for first.
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from alliance_desktop.ui import first_picture
from alliance_desktop.ui.application import TITLE
from alliance_desktop.ui.guarded import Guarded
from alliance_desktop.ui.idle import Idle
from alliance_desktop.ui.later import Later
from alliance_desktop.ui.look import Look
from alliance_desktop.ui.menus import Menus
from alliance_desktop.ui.theme import em, spaced

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from alliance_desktop.ui.commands import Needs
    from alliance_desktop.ui.focus_ring import FocusRing
    from alliance_desktop.ui.help_page import Reading
    from alliance_desktop.ui.input_watch import InputWatch
    from alliance_desktop.ui.paused import Paused
    from alliance_desktop.ui.preview_page import PreviewPage
    from alliance_desktop.ui.soon_bar import SoonBar

HIDDEN_COMMANDS = frozenset({"hide", "lock"})
"""What can be done while the work is hidden; quitting is not among them, as its menu would take a stray Enter."""


class MainWindow(QMainWindow):
    """Shows one thing at a time and never says in its title whose notes they are.

    `command_asked` carries the id of a command the window does not do itself; `lock_asked` comes from the idle
    timer, the paused page and Ctrl+L; `closing` comes before the window goes, while everything is still there.
    `touched` comes with each sign of life, `page_shown` when another page stands in place of a workspace, `covered`
    once the work is hidden.
    """

    command_asked = Signal(str)
    lock_asked = Signal()
    closing = Signal()
    touched = Signal()
    page_shown = Signal()
    covered = Signal()

    def __init__(self, idle: Idle | None = None, paused: "Paused | None" = None, look: Look | None = None) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(TITLE)
        self.setAccessibleName(TITLE)
        self.idle = idle or Idle()
        self.look = look or Look()
        self._pause = Later(lambda: self._make_pause(paused))
        self.menus = Menus(self.menuBar())
        self._page: QWidget | None = None
        self._stays = False
        self._is_open = False
        self._workspace: QWidget | None = None
        self._met: frozenset[Needs] = frozenset()
        self._reading: tuple[QWidget, QWidget, QWidget | None] | None = None
        self._before_hiding: tuple[QWidget, QWidget | None] | None = None
        self._soon = Later(self._make_soon)
        self._stack = QStackedWidget()
        held = QWidget()
        column = self._column = QVBoxLayout(held)
        spaced(column, 0, 0)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(held)
        room = self.screen().availableGeometry()
        # The title bar stands above what is measured here.
        self.resize(min(em(68), room.width()), min(em(44), room.height() - em(2.5)))
        self._join()
        first_picture.after(self._complete)

    @property
    def paused(self) -> "Paused":
        """The page that covers the work while it is hidden."""
        return self._pause()

    @cached_property
    def ring(self) -> "FocusRing":
        """The ring around whatever has the keyboard."""
        from alliance_desktop.ui.focus_ring import FocusRing

        return FocusRing(self)

    @property
    def shown(self) -> QWidget:
        """What the window shows just now."""
        return self._stack.currentWidget() or self.paused

    @property
    def page(self) -> QWidget | None:
        """The page that stands in place of a workspace, also while it is hidden; None when there is none."""
        return self._page

    @property
    def workspace(self) -> QWidget | None:
        """The workspace of the open vault, also while it is hidden; None when locked."""
        return self._workspace

    @property
    def is_hiding(self) -> bool:
        """Whether the paused page covers the work."""
        return self._before_hiding is not None

    @property
    def is_reading(self) -> bool:
        """Whether a page of help lies over what is shown."""
        return self._reading is not None

    def show_page(self, page: QWidget, *, is_open: bool = False) -> None:
        """Show a first-run, unlock or other page in place of the one before, which is destroyed.

        `is_open` says that a vault is open behind the page: it is then locked after a while like any other.
        """
        self.stop_reading()
        before, self._page = self._page, page
        self._put(page)
        if before is not None and before is not page:
            self._stack.removeWidget(before)
            before.deleteLater()
        self._watch_over(is_open)
        self.allow(frozenset())
        if isinstance(page, Guarded):
            page.held_changed.connect(self._watch_page)
            self._watch_page()
        if not self.is_hiding:
            _begin(page)
        self.page_shown.emit()

    def show_workspace(self, workspace: QWidget) -> None:
        """Show the workspace of a vault that was just opened, and begin to watch for idleness."""
        self.stop_reading()
        self._workspace = workspace
        self._put(workspace)
        page, self._page = self._page, None
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()
        from alliance_desktop.ui.commands import Needs

        self._watch_over(True)
        self.allow(frozenset({Needs.VAULT, Needs.WRITING}))

    def lock_with(self, page: QWidget) -> None:
        """Cover everything with a page, at once and without a question; the workspace is still whole behind it."""
        from alliance_desktop.ui.covering import close_all_above

        self.idle.stop()
        self._stop_pause()
        self._before_hiding = None
        close_all_above(self)
        self.show_page(page)
        # Else the first picture has a scroll bar that is gone in the next.
        QCoreApplication.sendPostedEvents(None, QtCore.QEvent.Type.LayoutRequest.value)
        self._stack.repaint()

    def drop_workspace(self) -> None:
        """Destroy the workspace with all it shows; called once its drafts are written."""
        workspace, self._workspace = self._workspace, None
        if workspace is not None:
            self._stack.removeWidget(workspace)
            workspace.deleteLater()

    def allow(self, met: "frozenset[Needs]") -> None:
        """Enable the commands whose needs are met."""
        self._met = met
        self._enable()

    def hide_now(self) -> None:
        """Cover the work with the paused page within this turn of the event loop, whatever is open."""
        from alliance_desktop.ui.covering import close_all_above
        from alliance_desktop.ui.preedit import commit_preedit

        if self.is_hiding:
            return
        self.stop_reading()
        commit_preedit(self.focusWidget())
        self._before_hiding = (self.shown, self.focusWidget())
        close_all_above(self)
        self._calm()
        self.paused.show_usual()
        self._stack.setCurrentWidget(self.paused)
        self._enable()
        self.paused.back_button.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)
        self._stack.repaint()
        self.covered.emit()
        if self._is_open:
            self.paused.timer.start()

    def come_back(self) -> None:
        """Return from the paused page to the place where the cursor was."""
        if self._before_hiding is None:
            return
        covered, focused = self._before_hiding
        self._before_hiding = None
        self.paused.timer.stop()
        self._stack.setCurrentWidget(covered)
        self._enable()
        if focused is not None and isValid(focused) and covered.isAncestorOf(focused):
            focused.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)
        elif focused is None:
            _begin(covered)

    def watch(self, input: "InputWatch") -> None:
        """Let all input of the program count as life, and let F9 hide from everywhere."""
        input.active.connect(self.idle.active)
        input.active.connect(self.touched)
        input.hide_asked.connect(self._hide_or_return)
        input.lock_asked.connect(self.menus.actions["lock"].trigger)

    def closeEvent(self, event: "QCloseEvent") -> None:
        """Never ask; whoever listens to `closing` writes what is not yet written, or lets the window `stay`."""
        from alliance_desktop.ui.covering import close_all_above

        self._stays = False
        self.closing.emit()
        close_all_above(self)
        if self._stays:
            event.ignore()
            return
        event.accept()

    def stay(self) -> None:
        """Do not close after all, called while `closing` is heard: words would be lost."""
        self._stays = True

    def _put(self, widget: QWidget) -> None:
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        if self.is_hiding:
            # Whoever pressed F9 while a vault was opening finds it behind the paused page, not on the screen.
            self._before_hiding = (widget, None)
        else:
            self._stack.setCurrentWidget(widget)

    def _watch_over(self, is_open: bool) -> None:
        """Count towards the lock while a vault is open or a page holds a secret, and only then."""
        self._is_open = is_open
        if not is_open:
            self.idle.stop()
            self._stop_pause()
            return
        self.idle.start()
        if self.is_hiding:
            self.paused.timer.start()

    def _watch_page(self) -> None:
        """Watch over a page that holds a secret as over an open vault."""
        if isinstance(self._page, Guarded):
            self._watch_over(self._page.holds_secret)
            self._enable()

    def _enable(self) -> None:
        covering = HIDDEN_COMMANDS if self._is_open else frozenset({"hide"})
        if self.is_hiding:
            self.menus.allow_only(covering)
            return
        self.menus.allow(self._met, HIDDEN_COMMANDS if self._is_open else frozenset())

    def _join(self) -> None:
        self.idle.soon.connect(self._say_soon)
        self.idle.calm.connect(self._calm)
        self.idle.lock_asked.connect(self._calm)
        self.idle.lock_asked.connect(self.lock_asked)
        self.menus.asked.connect(self._command)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_covered)
        self.look.changed.connect(self._mark_look)

    def _complete(self) -> None:
        self._mark_look()
        # Only once the menu is gone can be seen whether another one follows it.
        self.menus.left.connect(self._back_to_paused, QtCore.Qt.ConnectionType.QueuedConnection)
        self.ring.follow()

    def _make_pause(self, given: "Paused | None") -> "Paused":
        from alliance_desktop.ui.paused import Paused

        made = given or Paused()
        self._stack.addWidget(made)
        made.back_asked.connect(self.come_back)
        made.lock_asked.connect(self.lock_asked)
        return made

    def _stop_pause(self) -> None:
        if self._pause.made is not None:
            self._pause.made.timer.stop()

    def _make_soon(self) -> "SoonBar":
        from alliance_desktop.ui.soon_bar import SoonBar

        made = SoonBar()
        self._column.insertWidget(0, made)
        return made

    def _say_soon(self) -> None:
        self._soon().say()

    def _calm(self) -> None:
        if self._soon.made is not None:
            self._soon.made.hide()

    def read(self, page: "Reading | PreviewPage") -> None:
        """Show a page of help over whatever is shown, until it is closed; commands close it as well."""
        if self.is_hiding:
            page.deleteLater()
            return
        self.stop_reading()
        self._reading = (page, self.shown, self.focusWidget())
        page.closed.connect(self.stop_reading)
        self._put(page)
        page.begin()

    def stop_reading(self) -> None:
        """Close the page of help, if one is open, and give the cursor back."""
        if self._reading is None:
            return
        page, under, focused = self._reading
        self._reading = None
        if self.shown is page:
            self._stack.setCurrentWidget(under)
            if focused is not None and under.isAncestorOf(focused):
                focused.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)
        self._stack.removeWidget(page)
        page.deleteLater()

    def _command(self, id: str) -> None:
        if self.is_hiding and id not in HIDDEN_COMMANDS:
            return
        own: dict[str, Callable[[], object]] = {
            "hide": self._hide_or_return,
            "lock": self.lock_asked.emit,
            "quit": self.close,
        }
        if id in own:
            own[id]()
        elif not self.look.obey(id) and not self._is_read(id):
            self.stop_reading()
            self.command_asked.emit(id)

    def _is_read(self, id: str) -> bool:
        """Show the page of help that a command stands for; answer whether it is one."""
        from alliance_desktop.ui.help_page import READINGS

        if id in READINGS:
            self.read(READINGS[id]())
        return id in READINGS

    def _hide_or_return(self) -> None:
        if self.is_hiding:
            self.come_back()
        else:
            self.hide_now()

    def _keep_covered(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Give no key to what is hidden: a page that asks for the cursor meanwhile gets it on the way back."""
        if self._before_hiding is None or now is None:
            return
        covered, _ = self._before_hiding
        if covered is now or covered.isAncestorOf(now):
            self._before_hiding = (covered, now)
            self.paused.back_button.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)

    def _back_to_paused(self) -> None:
        """Take the keyboard from the menu bar, which would open its menu again at the Enter that is to go on."""
        if self.is_hiding and QApplication.activePopupWidget() is None:
            self.paused.back_button.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)

    def _mark_look(self) -> None:
        for id, action in self.menus.actions.items():
            if id.startswith("appearance_"):
                action.setChecked(id == f"appearance_{self.look.appearance}")
        self.ring.update()


def _begin(page: QWidget) -> None:
    begin = getattr(page, "begin", None)
    if callable(begin):
        begin()
