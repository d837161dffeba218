"""What a screen reader is told of a part of a page, where Qt tells less than is seen."""

import itertools
from functools import partial

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QLabel, QWidget

from alliance_desktop.ui.words import spoken

_lent: dict[int, QAccessibleWidget] = {}
_numbers = itertools.count()


def lend(part: QWidget, voice: QAccessibleWidget) -> None:
    """Let a part be heard through a voice as long as it lives.

    Qt deletes the voice with the part. Python must not, as it would on letting go of the last it holds of it; so that
    is kept until Qt has.
    """
    number = next(_numbers)
    _lent[number] = voice
    QAccessible.registerAccessibleInterface(voice)
    part.destroyed.connect(partial(_let_go, number))


def _let_go(number: int, _part: object = None) -> None:
    _lent.pop(number, None)


class PictureVoice(QAccessibleWidget):
    """A part that is painted, such as a sheet of paper: a picture with the name of the part."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part, QAccessible.Role.Graphic)

    def text(self, t: QAccessible.Text) -> str:
        """Return the name of the part, or whatever else is asked for."""
        part = self.object()
        if t != QAccessible.Text.Name or not isinstance(part, QWidget):
            return super().text(t)
        return spoken(part.accessibleName())


class HeadingVoice(QAccessibleWidget):
    """Words over a part of a page, which a reader can go to from heading to heading."""

    def __init__(self, words: QLabel) -> None:
        super().__init__(words, QAccessible.Role.Heading)

    def role(self) -> QAccessible.Role:
        """Return that of a heading, while there are words."""
        words = self.object()
        has_words = isinstance(words, QLabel) and bool(words.accessibleName() or words.text())
        return QAccessible.Role.Heading if has_words else QAccessible.Role.StaticText

    def text(self, t: QAccessible.Text) -> str:
        """Return the words as their name, or whatever else is asked for."""
        words = self.object()
        if t != QAccessible.Text.Name or not isinstance(words, QLabel):
            return super().text(t)
        return spoken(words.accessibleName() or words.text())
