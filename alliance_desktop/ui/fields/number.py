"""A whole number, typed in figures; other words are kept as they are and said to be none."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from alliance_desktop.domain.answers import Answer, text_of
from alliance_desktop.ui.fields.field import Asked, Field
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.fields.texts import watch
from alliance_desktop.ui.theme import em

MOST_IN_A_CELL = 999_999
_LONGEST = 9


def number_box() -> TextBox:
    """Return a box as wide as a number: not a spin box, which a turn of the wheel would change unseen."""
    made = TextBox(1, 2, breaks=False)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    made.setMaximumWidth(em(8))
    return made


def read_number(typed: str, most: int) -> int | None:
    """Return the whole number that was typed in figures of any script, or None where it is none from 0 to `most`."""
    text = typed.strip()
    if not text.isdecimal() or len(text) > _LONGEST or int(text) > most:
        return None
    return int(text)


def number_answer(typed: str, most: int) -> Answer:
    """Return what is stored: the number, what was typed in its place as {"text": …}, or None where nothing was."""
    number = read_number(typed, most)
    if number is not None:
        return number
    return {"text": typed} if typed.strip() else None


def number_words(answer: Answer) -> str:
    """Return what stands in the box for a stored number, or for what was typed in its place."""
    return str(answer) if isinstance(answer, int) and not isinstance(answer, bool) else text_of(answer)


def number_trouble(typed: str, most: int) -> str:
    """Return what to say of words that are no such number; an empty text where there is nothing to say."""
    if not typed.strip() or read_number(typed, most) is not None:
        return ""
    return f"This takes a whole number in figures, from 0 to {most}. What you typed is kept."


class NumberField(Field):
    """A whole number from 0 to the most that the question allows."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.box = number_box()
        self._named(self.box, self.question.key)
        if self.heading is not None:
            self.heading.setBuddy(self.box)
        self.body.addWidget(self.box)
        watch(self.box, self)
        self.box.changed.connect(lambda: self._judge(aloud=False))
        self.box.left.connect(lambda: self._judge(aloud=True))

    def description(self) -> str:
        """Return what a screen reader adds to the name, what is taken here included."""
        return f"{super().description()} A whole number, from 0 to {self.question.most}.".strip()

    def answer(self) -> Answer:
        """Return the number; words that are none are kept, and nothing typed is lost."""
        return number_answer(self.box.text(), self.question.most)

    def stops(self) -> list[QWidget]:
        """Return the box."""
        return [self.box]

    def set_read_only(self, on: bool) -> None:
        """Let the number only be read and copied."""
        self.box.set_read_only(on)

    def _show(self, answer: Answer) -> None:
        self.box.fill(number_words(answer))
        self._judge(aloud=False)

    def _judge(self, aloud: bool) -> None:
        self.say(number_trouble(self.box.text(), self.question.most), aloud=aloud)
