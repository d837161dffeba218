"""What stands over a page before it is printed: which page it is, what can be done with it, and how it is looked at."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.fields.radios import Radios
from alliance_desktop.ui.header import Shortened
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.parts import button, label
from alliance_desktop.ui.preview_words import AS_PAPER, AS_TEXT, BEFORE, CHOICES, KEYS, SAFE_TO_TAKE
from alliance_desktop.ui.theme import em, spaced


class PreviewNotes(QWidget):
    """What is to be thought of before a page leaves: whether they can take it home, and where it goes."""

    def __init__(self) -> None:
        super().__init__()
        self.safe = label(SAFE_TO_TAKE, "muted", "preview_safe")
        self.before = label(BEFORE, "muted", "preview_before")
        column = QVBoxLayout(self)
        spaced(column, 0, 0.3)
        column.addWidget(self.safe)
        column.addWidget(self.before)

    def say_safe(self, words: str) -> None:
        """Say what to think of where the client takes the page home; nothing for any other page."""
        self.safe.setText(words)
        self.safe.setVisible(bool(words))


class PreviewBar(QWidget):
    """The list of pages, what is chosen in one line with the way to all choices, and the acts.

    Between them stands `still`, which says what is to be thought of before an act.
    `turned` says whether the page is to be seen as plain text.
    """

    turned = Signal(bool)

    def __init__(self, sort: Combo, still: Notice) -> None:
        super().__init__()
        self.setObjectName("preview_bar")
        self._still = still
        self.more = button(CHOICES, "preview_more")
        self.more.setCheckable(True)
        self.summary = Shortened("muted", "preview_summary", lines=2)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.summary.setSizePolicy(policy)
        sort.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.print = button("Print…", "preview_print", "primary")
        self.save = button("Save as PDF…", "preview_save")
        self.copy = button("Copy text", "preview_copy")
        for one in (self.print, self.save):
            one.setAccessibleDescription(BEFORE)
        self.as_paper, self.as_text = (
            _half(AS_PAPER, "preview_as_paper", "first"),
            _half(AS_TEXT, "preview_as_text", "last"),
        )
        self.as_paper.setAccessibleDescription(KEYS)
        self.as_paper.setChecked(True)
        both = Radios(self)
        for half in (self.as_paper, self.as_text):
            both.addButton(half)
        self.notes = PreviewNotes()
        self._column = column = QVBoxLayout(self)
        self._top = _across(Fit(most=0, sharing=True), sort, self.more, self.summary)
        pair = _across(Fit(most=0, in_a_row=True), self.as_paper, self.as_text, gap=0)
        self._acts = _across(Fit(most=0, in_a_row=True), self.print, self.save, self.copy, pair)
        for part in (self._top, still, self._acts, self.notes):
            column.addWidget(part)
        self.as_text.toggled.connect(self.turned)

    @property
    def is_text(self) -> bool:
        """Whether the page is to be seen as plain text."""
        return self.as_text.isChecked()

    def fit(self, *, tight: bool) -> None:
        """Take as little height as can be, or some more where there is room."""
        spaced(self._column, (1.0, 0.2, 1.0, 0.2) if tight else (1.0, 0.5, 1.0, 0.4), 0.25 if tight else 0.4)
        # Few words stand level with the button beside them.
        self.summary.setMinimumHeight(em(1.8))
        # Where only a part of the bar is in sight, Tab brings what is to be thought of into sight before the acts.
        policy = Qt.FocusPolicy
        self._still.setFocusPolicy(policy.TabFocus if tight else policy.NoFocus)

    def turn(self, to_text: bool) -> None:
        """Let the page be seen as plain text, or as on paper."""
        (self.as_text if to_text else self.as_paper).setChecked(True)

    def give_way(self, asks: bool) -> None:
        """Leave the room to a question before the page leaves, except what is to be thought of."""
        for one in (self._top, self._acts):
            one.setVisible(not asks)
        self.setVisible(not asks or not self._still.isHidden())

    def say_more(self, words: str) -> None:
        """Say what the button to the choices does just now."""
        self.more.setText(words)
        self.more.setAccessibleName(words)


def _half(words: str, name: str, side: str) -> QRadioButton:
    made = QRadioButton(words)
    made.setObjectName(name)
    made.setAccessibleName(words)
    made.setProperty("kind", "half")
    made.setProperty("side", side)
    return made


def _across(around: Fit, *widgets: QWidget, gap: float = 0.5) -> QWidget:
    held = QWidget()
    held.setLayout(around)
    spaced(around, 0, gap)
    for one in widgets:
        around.addWidget(one)
    return held
