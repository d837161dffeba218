"""How the parts of the preview share the window: the sheets have the most of it, the choices what is left."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from alliance_desktop.ui.preview_bar import PreviewBar, PreviewNotes
from alliance_desktop.ui.preview_choices import PreviewChoices
from alliance_desktop.ui.preview_words import (
    CHOICES,
    HIDE_CHOICES,
    NAMED,
    NAMED_IN_BRIEF,
    SAFE_IN_BRIEF,
    SAFE_TO_TAKE,
    SHOW_PAGE,
)
from alliance_desktop.ui.scrolled import Scrolled
from alliance_desktop.ui.theme import em, spaced

BESIDE_FROM, BOTH_FROM = 50.0, 39.0
"""From these widths on the choices always stand beside the sheets; or do so while they are asked for."""
SUMMARY_FROM = 26.0
"""From this width on there is room for what is chosen, in words."""
NOTES_FROM = 24.0
"""From this height on there is room for the notes over the sheets."""
COLUMN, LIST = 17.0, 20.0
"""How wide the choices beside the sheets are, and the list of pages at most."""
LEAST_HIGH = 5.0
"""So many line heights of the sheets are seen at least."""
_MOST = 16_777_215


class PreviewFrame(Scrolled):
    """The bar, what is said, and under them the choices and the page.

    There is one bar to scroll with: that of the page, or that of the choices where they need one. Only where a window
    has room for neither, the whole of it is scrolled. `tightened` says whether there is room for few lines only.
    """

    tightened = Signal(bool)

    def __init__(self, bar: PreviewBar, choices: PreviewChoices, said: tuple[QWidget, ...]) -> None:
        super().__init__("preview_scroll")
        self.bar, self.choices, self.body = bar, choices, QStackedWidget()
        self._notes = PreviewNotes()
        self._column = self._scrolled(choices)
        parts: tuple[QWidget, ...] = (self._column, self.body)
        for part in parts:
            # They take the room there is; asked how high they would be, they would ask for a bar to scroll with.
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._said = QWidget()
        saying = QVBoxLayout(self._said)
        spaced(saying, (1.0, 0.0, 1.0, 0.0), 0.4)
        for one in said:
            saying.addWidget(one)
        inner, whole = QWidget(), QVBoxLayout()
        inner.setLayout(whole)
        inner.setProperty("surface", "clear")
        spaced(whole, 0, 0)
        whole.addWidget(bar)
        whole.addWidget(self._said)
        across = QHBoxLayout()
        spaced(across, 0, 0)
        across.addWidget(self._column)
        across.addWidget(self.body, 1)
        whole.addLayout(across, 1)
        self.setWidget(inner)
        self._safe = ("", "")
        self._asks = False
        bar.more.toggled.connect(self.arrange)
        self.arrange()

    @property
    def is_instead(self) -> bool:
        """Whether the choices stand in the place of the page just now."""
        return self.bar.more.isChecked() and not self._has_room_for(BOTH_FROM)

    def show_page(self) -> None:
        """Take the choices out of the way of the page."""
        if self.is_instead:
            self.bar.more.setChecked(False)

    def ask(self, asks: bool) -> None:
        """Let a question before the page leaves have all the room."""
        self._asks = asks
        self.arrange()

    def say_safe(self, *, goes_home: bool, named: bool) -> None:
        """Say what to think of before the client takes the page home."""
        whole = f"{NAMED} {SAFE_TO_TAKE}" if named else SAFE_TO_TAKE
        brief = f"{NAMED_IN_BRIEF} {SAFE_IN_BRIEF}" if named else SAFE_IN_BRIEF
        self._safe = (whole, brief) if goes_home else ("", "")
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new room."""
        super().resizeEvent(event)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Share the room anew when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_asks"):
            self.arrange()

    def arrange(self) -> None:
        """Give each part the room that this window has for it."""
        beside, asked_for = self._has_room_for(BESIDE_FROM), self.bar.more.isChecked()
        chooses = beside or asked_for
        high = self.height() >= em(NOTES_FROM)
        self.bar.more.setVisible(not beside)
        self.bar.say_more(SHOW_PAGE if self.is_instead else HIDE_CHOICES if asked_for else CHOICES)
        self.bar.summary.setVisible(self._has_room_for(SUMMARY_FROM))
        self.choices.sort.setMaximumWidth(em(LIST))
        said = self._safe[1] if not high else ""
        self.bar.summary.say("" if chooses else " · ".join(filter(None, (said, *self.choices.told()))))
        for notes in (self.bar.notes, self._notes):
            notes.say_safe(self._safe[0])
        self.bar.notes.setVisible(not chooses and high and not self._asks)
        for one in (self._column, self.body):
            one.setMinimumHeight(em(LEAST_HIGH))
        self.bar.fit(tight=not high)
        self.tightened.emit(not high)
        self._column.setMaximumWidth(_MOST if self.is_instead else em(COLUMN))
        self._column.setMinimumWidth(0 if self.is_instead else em(COLUMN))
        self._column.setVisible(chooses and not self._asks)
        self.body.setVisible(self._asks or not self.is_instead)
        self.bar.give_way(self._asks)

    def _has_room_for(self, width: float) -> bool:
        return self.width() >= em(width)

    def _scrolled(self, choices: PreviewChoices) -> Scrolled:
        held = QWidget()
        held.setProperty("surface", "clear")
        column = QVBoxLayout(held)
        spaced(column, (1.0, 0.2, 0.6, 0.4), 0.5)
        column.addWidget(choices)
        column.addWidget(self._notes)
        column.addStretch(1)
        return Scrolled("preview_choosing", "Choices", held)
