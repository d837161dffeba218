"""Short answers: a day, a time, a yes, and who it is about."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from alliance_desktop.domain.answers import Answer, text_of
from alliance_desktop.ui.fields.daybox import DayBox
from alliance_desktop.ui.fields.field import Asked, Field
from alliance_desktop.ui.fields.options import OptionTick
from alliance_desktop.ui.fields.reading import read_time
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.fields.texts import watch
from alliance_desktop.ui.parts import label
from alliance_desktop.ui.theme import em


class DateField(Field):
    """A day; how sure it is can be said of every day but a day to come."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.day = DayBox(asked.context, unsure=self.question.default != "review", happened=_has_happened(asked))
        self.day.name(self.question.key, self.name, self.description())
        if self.heading is not None:
            self.heading.setBuddy(self.day.box)
        self.body.addWidget(self.day)
        self.day.edited.connect(self._mark_edited)

    def answer(self) -> Answer:
        """Return the day as it is stored."""
        return self.day.answer()

    def stops(self) -> list[QWidget]:
        """Return the parts of the day."""
        return self.day.stops()

    def set_read_only(self, on: bool) -> None:
        """Let the day only be read and copied."""
        self.day.set_read_only(on)

    def _show(self, answer: Answer) -> None:
        self.day.fill(answer)


def _has_happened(asked: Asked) -> bool:
    """Say whether a question asks for the day of something that has happened, not of something that is planned."""
    cards = (one for one in asked.form.cards if asked.question in one.questions)
    return asked.question.default == "today" or any(one.dated_by == asked.question.key for one in cards)


class TimeField(Field):
    """A time of the day, typed as people type times; words that are no time are kept as they are."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.box = TextBox(1, 2, breaks=False)
        self.box.setMaximumWidth(em(8))
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._named(self.box, self.question.key)
        if self.heading is not None:
            self.heading.setBuddy(self.box)
        self.body.addWidget(self.box)
        watch(self.box, self)
        self.box.left.connect(self._judge)

    def answer(self) -> Answer:
        """Return the time as "14:30", or the words as they stand."""
        typed = self.box.text().strip()
        return read_time(typed, self.asked.context.now()) or typed

    def stops(self) -> list[QWidget]:
        """Return the box."""
        return [self.box]

    def set_read_only(self, on: bool) -> None:
        """Let the time only be read and copied."""
        self.box.set_read_only(on)

    def _show(self, answer: Answer) -> None:
        self.box.fill(text_of(answer))
        self._judge()

    def _judge(self) -> None:
        typed = self.box.text().strip()
        unread = bool(typed) and read_time(typed, self.asked.context.now()) is None
        self.say(
            f"“{typed}” is not a time this program can read. It is kept; try 14:30." if unread else "", aloud=unread
        )


class TickField(Field):
    """One thing that is so, or is not."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked, headed=False)
        self.tick = OptionTick(self.name)
        self._named(self.tick, self.question.key)
        self.tick.toggled.connect(self._mark_chosen)
        self.body.addWidget(self.tick)

    def answer(self) -> Answer:
        """Return whether it is so."""
        return self.tick.isChecked()

    def stops(self) -> list[QWidget]:
        """Return the check box."""
        return [self.tick]

    def set_read_only(self, on: bool) -> None:
        """Show the tick without letting it change."""
        self.tick.locked = on

    def _show(self, answer: Answer) -> None:
        self.tick.setChecked(answer is True)


class PersonField(Field):
    """Who it is about: shown, never changed here."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        shown = label(asked.context.person, "", self.question.key)
        self.body.addWidget(shown)

    def answer(self) -> Answer:
        """Return nothing: it is the entry's own client."""
        return None

    def stops(self) -> list[QWidget]:
        """Return nothing: there is nothing to do here."""
        return []

    def set_read_only(self, on: bool) -> None:
        """Do nothing: it never changes."""

    def _show(self, answer: Answer) -> None:
        return
