"""The first page: what this is, and three ways to begin."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, label, row
from alliance_desktop.ui.theme import spaced

INTRODUCTION = (
    "A private notebook for the working relationship with the people you see. "
    "Everything stays on this computer, encrypted. There is no account and no network."
)


class Welcome(QWidget):
    """Three ways to begin: a new vault, one that exists, or the sample caseload."""

    new_asked = Signal()
    existing_asked = Signal()
    sample_asked = Signal()
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("first_run_welcome")
        self.title = "Welcome to Alliance Desktop"
        page = Page(self.title, "welcome_page")
        page.column.addWidget(label(INTRODUCTION))
        self.new_button = button("&Create a vault", "welcome_new", "primary")
        self.existing_button = button("&Open a vault", "welcome_existing")
        self.sample_button = button("&Try the sample", "welcome_sample")
        ways = (
            ("Begin a new notebook", "Your notes live in one encrypted folder, called a vault.", self.new_button),
            ("Open a notebook you already have", "A folder whose name ends in .vault.", self.existing_button),
            (
                "Look around first",
                "Ten invented people in a vault of their own; nothing of it mixes with yours.",
                self.sample_button,
            ),
        )
        for heading, words, pressed in ways:
            frame, column = card(0.35)
            column.addWidget(label(heading, "heading"))
            column.addWidget(label(words, "muted"))
            column.addLayout(row(pressed))
            pressed.setAccessibleDescription(f"{heading}. {words}")
            page.column.addWidget(frame)
        self.back_button = button("&Back to my notebook", "welcome_back", "link")
        self.back_button.hide()
        page.column.addLayout(row(self.back_button))
        self.notice = Notice("welcome_notice")
        page.column.addWidget(self.notice)
        page.column.addStretch(1)
        around = QVBoxLayout(self)
        spaced(around, 0, 0)
        around.addWidget(page)
        self.new_button.clicked.connect(self.new_asked)
        self.existing_button.clicked.connect(self.existing_asked)
        self.sample_button.clicked.connect(self.sample_asked)
        self.back_button.clicked.connect(self.back_asked)

    def offer_back(self) -> None:
        """Offer the way back to the locked notebook this page was reached from."""
        self.back_button.show()

    def first_field(self) -> QWidget:
        """Return what has the cursor when the page appears."""
        return self.new_button
