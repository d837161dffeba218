"""A question of the counsellor's own being worded: its words, what kind it is, and who the answer is for."""

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QVBoxLayout, QWidget

from alliance_desktop.domain.form import Kind
from alliance_desktop.domain.own_form import KINDS, OwnQuestion
from alliance_desktop.services.own_forms import BeingAsked
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.parts import button, field, label, row, writes
from alliance_desktop.ui.theme import spaced

ADD, CHANGE = "Add a question", "Change the question"
RECORD = "Part of the record"
RECORD_LINE = "It belongs to the client's record, like what the shipped forms ask about them."
MINE = "Only for me"
MINE_LINE = "It lies apart with your own reflections, and is left out wherever only the record is printed."
CHOICES_LINE = "One answer on each line."
ANEW = (
    "Taking answers away, or changing the kind or who it is for, makes it a new question. What was answered before "
    "stays with the notes it was written in."
)


class OwnQuestionSection(QFrame):
    """Words a question; `edited` comes with each change, `done` when it is to be taken up, `left` when not."""

    edited = Signal()
    done = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("own_question")
        self.setProperty("surface", "card")
        self._being = BeingAsked()
        column = QVBoxLayout(self)
        spaced(column, (1.1, 0.9, 1.1, 0.9), 0.6)
        self._heading = label(ADD, "heading", "own_question_heading")
        self.label, self.help, self.options = TextBox(1, 4, breaks=False), TextBox(1, 4, breaks=False), TextBox(4, 12)
        self.kind = Combo()
        for kind, words in KINDS.items():
            self.kind.addItem(words, kind)
        self._options_field = field("Answers to choose from", self.options, "own_question_options", CHOICES_LINE)
        self._anew = label(ANEW, "muted", "own_question_anew")
        self.notice = Notice("own_question_notice")
        self._take = writes(button("&Add it", "own_question_take", "primary"))
        leave = button("Leave it out", "own_question_leave")
        column.addWidget(self._heading)
        column.addWidget(field("Question", self.label, "own_question_label"))
        help = "Optional: a word on how to answer."
        column.addWidget(field("Line beneath it", self.help, "own_question_help", help))
        column.addWidget(field("What kind of answer", self.kind, "own_question_kind", narrow=True))
        column.addWidget(self._options_field)
        column.addWidget(self._make_audience())
        column.addWidget(self._anew)
        column.addWidget(self.notice)
        column.addLayout(row(self._take, leave))
        for one in (self.label, self.help, self.options):
            one.changed.connect(self.edited)
        self.kind.currentIndexChanged.connect(self._turn_kind)
        self.audience.buttonClicked.connect(lambda _one: self.edited.emit())
        self._take.clicked.connect(self.done)
        leave.clicked.connect(self.left)

    @property
    def being(self) -> BeingAsked:
        """The question as it is worded just now."""
        typed = self.options.text()
        words = OwnQuestion(
            label=self.label.text(),
            help=self.help.text(),
            kind=Kind(self.kind.currentData()),
            options=tuple(typed.split("\n")),
            private=self.mine.isChecked(),
        )
        return msgspec.structs.replace(self._being, words=words, options=typed)

    def show_being(self, being: BeingAsked) -> None:
        """Show a question that is being worded, fresh or one that is there."""
        self._being = being
        self._heading.setText(CHANGE if being.key else ADD)
        self._take.setText("&Change it" if being.key else "&Add it")
        self._take.setAccessibleName(self._take.text().replace("&", ""))
        self._anew.setVisible(bool(being.key))
        self.label.fill(being.words.label)
        self.help.fill(being.words.help)
        self.options.fill(being.options)
        (self.mine if being.words.private else self.record).setChecked(True)
        self.kind.setCurrentIndex(max(0, self.kind.findData(being.words.kind)))
        self._turn_kind()
        self.notice.clear()

    def _make_audience(self) -> QWidget:
        held = QWidget()
        held.setObjectName("own_question_audience")
        held.setAccessibleName("Who the answer is for")
        column = QVBoxLayout(held)
        spaced(column, 0, 0.3)
        column.addWidget(label("Who the answer is for", "label"))
        self.audience = QButtonGroup(self)
        self.record, self.mine = QRadioButton(RECORD), QRadioButton(MINE)
        for one, name, line in ((self.record, "record", RECORD_LINE), (self.mine, "mine", MINE_LINE)):
            one.setObjectName(f"own_question_{name}")
            one.setAccessibleName(one.text())
            one.setAccessibleDescription(line)
            self.audience.addButton(one)
            column.addWidget(one)
            column.addWidget(label(line, "muted"))
        self.mine.setChecked(True)
        return held

    def _turn_kind(self) -> None:
        self._options_field.setVisible(self.kind.currentData() in {Kind.CHOICE, Kind.CHOICES})
        self.edited.emit()
