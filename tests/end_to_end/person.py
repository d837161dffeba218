"""A counsellor at the window: finds things by name, presses keys and buttons, and looks at what is shown."""

import datetime
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QDeadlineTimer,
    QEvent,
    QEventLoop,
    QObject,
    QPoint,
    Qt,
    QTimer,
)
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from alliance_desktop.keys.derivation import LEAST_MEMORY_KIB, Kdf
from alliance_desktop.services.machine import Machine
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.idle import Idle
from alliance_desktop.ui.paused import Paused
from alliance_desktop.wiring import Program, World

PASSPHRASE = "seven quiet herons by the weir"
BEGAN = datetime.datetime(2026, 3, 10, 14, 3, tzinfo=datetime.UTC)
Keys = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
WORDY = (QLabel, QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox)


def cheap() -> Kdf:
    """Return the least cost a key file may have, and one pass."""
    return Kdf(salt=os.urandom(16), memory_kib=LEAST_MEMORY_KIB, passes=1)


class Clock:
    """The time of day and the seconds of the idle timer, moved on by the test; each look costs a millisecond."""

    def __init__(self, at: datetime.datetime = BEGAN) -> None:
        self.at = at
        self.idle = 1000.0

    def now(self) -> datetime.datetime:
        self.at += datetime.timedelta(milliseconds=1)
        return self.at

    def seconds(self) -> float:
        return self.idle

    def pass_by(self, **how_long: float) -> None:
        self.at += datetime.timedelta(**how_long)


class Doors(QObject):
    """Notes every window beside the program's own that appears, dialogs among them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.opened: list[str] = []
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        appears = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if appears and watched is not self._window:
            self.opened.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


class Person:
    """Works one program through its window. `printed` and `asked` tell what reached the printer and the file dialog."""

    def __init__(self, home: Path, clock: Clock | None = None, hidden_seconds: float = 60.0) -> None:
        self.home, self.clock = home, clock or Clock()
        self.printed: list[tuple[str, int]] = []
        self.asked: list[str] = []
        self.save_to: Path | None = None
        self._hidden_seconds = hidden_seconds
        self.program = self._program()

    @property
    def window(self) -> Any:
        return self.program.window

    @property
    def folder(self) -> Path:
        return self.home / "Notes.vault"

    def _program(self) -> Program:
        idle = Idle(seconds=self.clock.seconds)
        world = World(
            now=self.clock.now,
            machine=Machine(self.home / "state"),
            home=self.home,
            kdf=cheap(),
            idle=idle,
            paused=Paused(self._hidden_seconds),
            print_sheets=self._take_print,
            ask_path=self._ask_path,
            seconds=self.clock.seconds,
        )
        program = Program(world)
        program.window.resize(1280, 800)
        program.window.show()
        program.window.activateWindow()
        return program

    def _take_print(self, _parent: QWidget, svgs: list[bytes], paper: str) -> bool:
        self.printed.append((paper, len(svgs)))
        return True

    def _ask_path(self, _parent: QWidget, name: str) -> Path | None:
        self.asked.append(name)
        return self.save_to / name if self.save_to is not None else None

    def begin(self) -> "Person":
        """Start as the program does: unlock page or first run."""
        self.program.begin(self.folder if self.folder.exists() else None)
        self.until(lambda: QApplication.activeWindow() is self.window)
        return self

    def leave(self) -> None:
        """Close the window and let every widget of it go."""
        program = self.program
        program.window.close()
        if program.vault is not None:
            program.vault.close()
            program.parts.vault = program.parts.work = None
        for one in program.children():
            one.deleteLater()
        program.input.deleteLater()
        program.window.deleteLater()
        program.deleteLater()
        settle()

    def start_again(self) -> "Person":
        """Close the program in order and start it anew."""
        self.leave()
        self.program = self._program()
        return self.begin()

    def until(self, so: Callable[[], Any], seconds: float = 15.0) -> Any:
        """Let the window go on until something is so, and return it."""
        return wait_until(so, seconds)

    def unlock(self, passphrase: str = PASSPHRASE, *, well: bool = True) -> None:
        """Type a passphrase on the unlock page and wait for what comes of it."""
        self.box("unlock_passphrase").selectAll()
        self.type(passphrase)
        self.key(Keys.Key_Return)
        if well:
            self.until(lambda: self.program.work is not None)
        else:
            self.until(lambda: not self.window.shown.is_busy)

    def idle_fires(self, minutes: float = 6) -> None:
        """Nobody touches anything for a while, and the idle timer goes off."""
        self.clock.idle += minutes * 60
        self.window.idle.check()

    # -- finding ------------------------------------------------------------------------------------------------

    def find(self, name: str, kind: type = QWidget) -> Any:
        """Return the widget of that object name that can be seen just now."""
        found = self.maybe(name, kind)
        assert found is not None, f"no visible {name!r}; there are {sorted(self.names())}"
        return found

    def maybe(self, name: str, kind: type = QWidget) -> Any | None:
        """Return the widget of that object name if one can be seen."""
        return next((one for one in self.window.findChildren(kind, name) if one.isVisible()), None)

    def spoken(self, name: str) -> Any:
        """Return the widget of that accessible name that can be seen just now."""
        found = [one for one in self.window.findChildren(QWidget) if one.accessibleName() == name and one.isVisible()]
        assert found, f"nothing is called {name!r}"
        return found[0]

    def names(self) -> set[str]:
        """Return the names of everything that can be seen and worked."""
        widgets = self.window.findChildren(QWidget)
        return {one.objectName() for one in widgets if one.isVisible() and one.focusPolicy() and one.objectName()}

    def box(self, name: str) -> Any:
        """Put the keyboard into a field by a click and return it."""
        box = self.find(name)
        QTest.mouseClick(box.viewport() if isinstance(box, QPlainTextEdit) else box, Qt.MouseButton.LeftButton)
        assert box.hasFocus(), f"{name!r} did not take the keyboard"
        return box

    def seen(self) -> str:
        """Return every word the window shows just now, its menus and lists included."""
        return "\n".join(words_of(one) for one in visible_widgets(self.window))

    # -- doing --------------------------------------------------------------------------------------------------

    def press(self, name: str) -> None:
        """Click a button that can be seen and pressed."""
        one = self.find(name, QAbstractButton)
        assert one.isEnabled(), f"{name!r} is disabled"
        middle = one.rect().center()
        # A plain check box is pressed on its mark or its words, not on the empty room after them.
        at = middle if one.hitButton(middle) else QPoint(one.fontMetrics().height() // 2, middle.y())
        QTest.mouseClick(one, Qt.MouseButton.LeftButton, NONE, at)
        settle()

    def type(self, text: str) -> None:
        """Type at the keyboard; letters a plain keyboard lacks come as from an input method."""
        for plain, run in _runs(text):
            target = QApplication.focusWidget()
            assert target is not None, "nothing has the keyboard"
            if plain:
                for letter in run:
                    QTest.keyClick(target, Keys.Key_Return if letter == "\n" else letter)
            else:
                event = QInputMethodEvent()
                event.setCommitString(run)
                QApplication.sendEvent(target, event)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press one key where the keyboard is: in a popup, in the field that has it, or in the window."""
        target = QApplication.activePopupWidget() or QApplication.activeModalWidget() or QApplication.focusWidget()
        QTest.keyClick(target or self.window, key, modifiers)

    def tab_to(self, name: str, most: int = 60) -> None:
        """Press Tab until the widget of that name has the keyboard."""
        settle()
        for _ in range(most):
            focused = QApplication.focusWidget()
            if focused is not None and focused.objectName() == name:
                return
            self.key(Keys.Key_Tab)
        raise AssertionError(f"Tab does not reach {name!r}")

    def write(self, name: str, text: str) -> Any:
        """Click into a field, go to its end and type."""
        box = self.box(name)
        if isinstance(box, QPlainTextEdit):
            box.moveCursor(QTextCursor.MoveOperation.End)
        else:
            box.end(False)
        self.type(text)
        return box

    def paste_in(self, name: str, text: str) -> Any:
        """Put a long text into a field through the clipboard, as a paste."""
        box = self.box(name)
        QApplication.clipboard().setText(text)
        self.key(Keys.Key_V, CTRL)
        return box

    def choose(self, name: str, words: str) -> None:
        """Choose an entry of a list by what it says, with the keyboard."""
        combo = self.find(name, QComboBox)
        at = next(i for i in range(combo.count()) if words in combo.itemText(i))
        combo.setFocus()
        while combo.currentIndex() != at:
            self.key(Keys.Key_Down if combo.currentIndex() < at else Keys.Key_Up)

    def command(self, words: str) -> None:
        """Find a command with Ctrl+K and do it."""
        self.key(Keys.Key_K, CTRL)
        self.type(words)
        self.key(Keys.Key_Return)

    def unfold_choices(self) -> None:
        """Show what can be chosen for a page, which stands folded beside a sheet in a window of this size."""
        if (more := self.maybe("preview_more")) is not None and not more.isChecked():
            self.press("preview_more")

    # -- the usual work -----------------------------------------------------------------------------------------

    def add_client(self, code: str, called: str = "") -> None:
        """Add a client and go to their page."""
        self.command("New client")
        self.write("code", code)
        if called:
            self.write("called", called)
        self.press("details_done")
        assert self.find("client_page").isVisible()

    def notice(self, short_name: str = "") -> None:
        """Notice a strain with the client that is open."""
        self.key(Keys.Key_N, CTRL | SHIFT)
        if short_name:
            self.write("name", short_name)

    def card(self, number: int) -> None:
        """Go to a card of a strain by its number, with Alt and the key."""
        self.key(Keys(Keys.Key_0 + number), ALT)

    def flush(self) -> None:
        """Move the keyboard off the card, which writes it, as a person does who is done."""
        self.window.workspace.focus_list()
        assert self.said("save_state_words").startswith("Saved")

    def said(self, name: str) -> str:
        """Return what a label says."""
        return str(self.find(name, QLabel).text())

    def page(self) -> Any:
        """Return the page that is open."""
        return self.program.work.pages.page

    def pdf(self, folder: Path) -> bytes:
        """Save the page of the preview as a PDF and return it."""
        self.save_to = folder
        self.until(lambda: not self.find("preview_page").progress.is_busy)
        self.press("preview_save")
        if self.maybe("showing_mine") is not None:
            self.press("showing_mine")
        assert self.asked, "the program asked where to"
        return (folder / self.asked[-1]).read_bytes()


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    run, plain = "", True
    for letter in text:
        fits = letter.isascii()
        if run and fits is not plain:
            yield plain, run
            run = ""
        run, plain = run + letter, fits
    if run:
        yield plain, run


def wait_until(so: Callable[[], Any], seconds: float = 15.0) -> Any:
    """Let the event loop run until something is so; nothing sleeps."""
    beat, deadline = QTimer(interval=5), QDeadlineTimer(round(seconds * 1000))
    beat.start()
    while not (found := so()):
        assert not deadline.hasExpired(), "waited in vain"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return found


def settle() -> None:
    """Let everything happen that is due: events, and what is to be destroyed."""
    for _ in range(3):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def visible_widgets(window: QWidget) -> Iterator[QWidget]:
    """Yield every widget on screen: the window's own, and popups and dialogs over it."""
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            yield top
            yield from (one for one in top.findChildren(QWidget) if one.isVisible())


def words_of(widget: QWidget) -> str:
    """Return the words a widget holds, whether drawn, spoken or waiting in its model."""
    said = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
    if isinstance(widget, QComboBox):
        said += [widget.itemText(at) for at in range(widget.count())]
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        said.append(widget.toPlainText())
    elif isinstance(widget, WORDY):
        said.append(widget.text())
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        said.append(words_of_model(widget.model()))
    return "\n".join(one for one in said if one)


def words_of_model(model: QAbstractItemModel) -> str:
    """Return the words of every row of a list."""
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    cells = (model.index(row, 0) for row in range(model.rowCount()))
    return "\n".join(str(cell.data(role)) for cell in cells for role in roles if cell.data(role))


def boxes(window: QWidget) -> list[TextBox]:
    """Return the boxes for words that can be seen."""
    return [one for one in window.findChildren(TextBox) if one.isVisible()]
