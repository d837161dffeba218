"""Questions answered in words: a line, or as much as is wanted."""

from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.answers import Answer, text_of
from alliance_desktop.domain.form import Kind
from alliance_desktop.ui.fields.field import FILES, PICTURES, Asked, Field
from alliance_desktop.ui.fields.options import Starter
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.parts import label


class TextField(Field):
    """A box for words; a line holds one paragraph, prose as many as are wanted.

    Too long a line is said beneath and kept whole: words are never cut or refused.
    """

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        line = self.question.kind is Kind.LINE
        self.box = TextBox(1, 4, breaks=False) if line else TextBox()
        self._named(self.box, self.question.key)
        if self.heading is not None:
            self.heading.setBuddy(self.box)
        self.body.addWidget(self.box)
        self._starters = [self._make_starter(number, words) for number, words in enumerate(self.question.starters, 1)]
        watch(self.box, self)
        self.box.changed.connect(self._check)

    def answer(self) -> Answer:
        """Return the words as they were written."""
        return self.box.text()

    def stops(self) -> list[QWidget]:
        """Return the box and its starters."""
        return [self.box, *self._starters]

    def set_read_only(self, on: bool) -> None:
        """Let the words only be read and copied."""
        self.box.set_read_only(on)
        for one in self._starters:
            one.setVisible(not on)

    def _show(self, answer: Answer) -> None:
        self.box.fill(text_of(answer))

    def _make_starter(self, number: int, words: str) -> Starter:
        if number == 1:
            self.body.addWidget(label("Words you could start with", "muted"))
        made = Starter(words)
        made.setObjectName(f"{self.question.key}_starter_{number}")
        made.setAccessibleDescription(f"Puts these words into: {self.name}")
        made.clicked.connect(lambda: self._begin_with(words))
        self.body.addWidget(made)
        return made

    def _begin_with(self, words: str) -> None:
        self.box.insert_snippet(words)
        self.box.setFocus()

    def _check(self) -> None:
        limit = self.question.limit
        if limit:
            long = self.box.document().characterCount() - 1
            self.say(f"{long} characters; about {limit} are best here." if long > limit else "", aloud=False)


def watch(box: TextBox, field: Field) -> None:
    """Tell a field of each change in a box, and say beneath it what the box refused; it knows the short words."""
    box.snippets = field.asked.context.snippets
    box.changed.connect(field._mark_edited)
    box.picture_refused.connect(lambda: field.say(PICTURES))
    box.file_refused.connect(lambda: field.say(FILES))
    box.left.connect(lambda: field.say("") if field.notice.text() in {PICTURES, FILES} else None)
