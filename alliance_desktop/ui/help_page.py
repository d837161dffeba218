"""Help inside the window: what to do when, the keys, and what this program is and is not."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QPushButton

from alliance_desktop import __version__
from alliance_desktop.ui.commands import COMMANDS
from alliance_desktop.ui.menu_names import MENUS, plain
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, label, row
from alliance_desktop.ui.theme import spaced

HELP = (
    ("Between two sessions", "Ctrl+N opens a session note for the client you last opened. Nothing has to be filled in; "
     "everything is saved as you type."),
    ("When something felt off", "Ctrl+Shift+N notes a strain in four short answers. The rest of the path can wait, "
     "and its cards can be filled in any order."),
    ("At the end of the week", "Ctrl+1 opens Today: who needs you next, and which rule says so. Do it, put it off, or "
     "say why it is not needed. Nothing is decided for you."),
    ("When you look back", "Your own numbers, in the menu Go, tells sessions, supervision, strains and your own part "
     "in them week by week. It is for you alone and says nothing about how good the work was."),
    ("When somebody does not want to talk", "Outreach (Ctrl+4) keeps them in view with the next gentle try and what "
     "they asked for. A no closes nothing; “please stop” ends direct tries at once."),
    ("For everything else", "Ctrl+Shift+E lists all forms: goals, feedback, concerns, contacts, safeguarding, closing. "
     "Ctrl+K finds a client, a form, an unfinished note or a command; Ctrl+Shift+F, words in any note."),
    ("When you want the whole story", "Ctrl+T opens a client's timeline. Ctrl+Shift+W, M and A show it by weeks, "
     "by months, or all of it; Ctrl+G goes to a day, and Narrow down leaves out the rest. Enter opens one. "
     "Temperature, on the same page, shows how it felt after each session; Ctrl+Shift+T makes a table of it."),
    ("When something is to go on paper", "Ctrl+P shows it first: the page of what is open, or of the row you chose "
     "in the timeline. Choices… has its paper, its language and what else is on it. Plus and minus make the sheets "
     "larger and smaller, and 0 fits them; As plain text is there to be read aloud or copied."),
    ("When something is in the wrong file", "History… on a note shows what it said before. Put in the bin keeps it for "
     "30 days. Text can also be taken out for good, with its history."),
    ("When somebody comes in", "F9 covers everything at once, from anywhere. F9 again, or Enter, brings it back; "
     "after a minute the vault locks."),
    ("When you leave", "Ctrl+L locks. The vault also locks by itself, never asks, and keeps what you were typing."),
    ("When you forget your passphrase", "The recovery sheet opens the vault. Nobody else can."),
    ("Before this computer is lost", "Help, If this computer is lost prints a sheet with six steps, to be kept "
     "elsewhere, together with a backup on a stick."),
    ("When this computer is lost", "The vault cannot be read without your passphrase or the recovery sheet. "
     "Tell your employer or supervisor, and check what the law where you work asks of you. On the new computer, "
     "restore a backup; Help, Lost device then begins a record, with counts and dates only."),
    ("If you die or cannot go on", "Keys and recovery sheet makes a sheet for an executor, to be sealed. Its key opens "
     "your wishes, open risks, appointments and how each client is reached, and no notes."),
)  # fmt: skip

ABOUT = (
    "A private notebook for counsellors, about the working relationship: what strained it, what was said, what you "
    "agreed, and how it went on.",
    "It is not the Rupture Resolution Rating System (3RS) nor any other measure, and it gives no score, of a client "
    "or of a counsellor. It is not legal advice and does not replace supervision.",
    "Everything stays on this computer. The program has no account, uses no network and sends nothing to anybody.",
)
LICENCE = "Free software under the GNU General Public License, version 3 or later. It comes without any warranty."
FONT = "Set in Atkinson Hyperlegible by the Braille Institute, under the SIL Open Font License."


class Reading(Page):
    """A page to read, with one button that closes it; Esc does so too."""

    begins_at_top = True
    closed = Signal()

    def __init__(self, title: str, name: str) -> None:
        super().__init__(title, name)
        self.close_button: QPushButton = button("&Close", f"{name}_close")
        self.close_button.clicked.connect(self.closed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def end(self) -> None:
        """Put the button under all that was added."""
        self.column.addLayout(row(self.close_button))
        self.column.addStretch(1)
        self.setFocusProxy(self.close_button)

    def begin(self) -> None:
        """Put the keyboard on the page."""
        self.close_button.setFocus()


class HelpPage(Reading):
    """What to do when, in a few sentences; `close_button` says that it was read."""

    def __init__(self) -> None:
        super().__init__("Help", "help")
        for heading, words in HELP:
            frame, column = card(0.3)
            column.addWidget(label(heading, "heading"))
            column.addWidget(label(words))
            self.column.addWidget(frame)
        self.end()


class KeysPage(Reading):
    """Every command that has a key, menu by menu."""

    def __init__(self) -> None:
        super().__init__("Keyboard keys", "keys")
        native = QKeySequence.SequenceFormat.NativeText
        for menu in MENUS:
            frame, column = card(0.4)
            column.addWidget(label(plain(menu), "heading"))
            grid = QGridLayout()
            spaced(grid, 0, 0.35)
            grid.setColumnStretch(0, 1)
            for one in (one for one in COMMANDS if one.menu == menu and one.keys):
                at = grid.rowCount()
                grid.addWidget(label(plain(one.text)), at, 0)
                keys = label(QKeySequence(one.keys).toString(native), "label")
                keys.setWordWrap(False)
                grid.addWidget(keys, at, 1)
            column.addLayout(grid)
            self.column.addWidget(frame)
        self.end()


class AboutPage(Reading):
    """What this is, what it is not, which version, under which licence."""

    def __init__(self) -> None:
        super().__init__("Alliance Desktop", "about")
        self.column.addWidget(label(f"Version {__version__}", "muted", "about_version"))
        for words in ABOUT:
            self.column.addWidget(label(words))
        self.column.addWidget(label(LICENCE, "muted"))
        self.column.addWidget(label(FONT, "muted"))
        self.end()


READINGS: dict[str, Callable[[], Reading]] = {"help": HelpPage, "keys": KeysPage, "about": AboutPage}
