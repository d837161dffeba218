"""Words that stand over a part of a page are a heading for a screen reader too."""

import sys
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel
from shiboken6 import isValid

from alliance_desktop.ui import first_picture

KINDS = frozenset({"title", "heading"})
"""The kinds of words that stand over something."""

_VOICES = "alliance_desktop.ui.voices"


def heads(words: QLabel) -> None:
    """Let words be heard as a heading.

    What tells a reader is loaded after the first page is painted, if it is not there yet; from then on at once.
    """
    if _VOICES in sys.modules:
        _lend(words)
    else:
        first_picture.after(partial(_soon, words))


def _soon(words: QLabel) -> None:
    # The page may have been replaced before it was ever seen.
    if isValid(words):
        QTimer.singleShot(0, words, partial(_after_the_first_page, words))


def _after_the_first_page(words: QLabel) -> None:
    from PySide6.QtGui import QAccessible

    if QAccessible.isActive():
        # A reader that is here already was given Qt's own face of these words when they were shown.
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(QAccessible.queryAccessibleInterface(words)))
    _lend(words)


def _lend(words: QLabel) -> None:
    from alliance_desktop.ui.voices import HeadingVoice, lend

    lend(words, HeadingVoice(words))
