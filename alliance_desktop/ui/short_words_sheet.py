"""Ctrl+J: the short words on a sheet over the text; the one that is chosen comes in at the cursor."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.client import folded
from alliance_desktop.services.snippets import Snippet
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.finder import Finder
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.words import isolated, spoken

NAME = "Insert short words"
NO_TEXT = "Put the cursor into a text first: that is where the words go."
NONE_YET = "There are no short words yet. “Short words…” in the settings keeps them."


class ShortWordsSheet(Finder):
    """Over the window like the finder; Esc gives the cursor back to the text."""

    def __init__(self, over: QWidget, snippets: Callable[[], Sequence[Snippet]]) -> None:
        super().__init__(over, list, list, lambda: [_found(one) for one in snippets()])
        self.setObjectName("short_words_sheet")
        self.setAccessibleName(NAME)
        self.search.setObjectName("short_words_sheet_field")
        self.search.setPlaceholderText("A short word, or some of what it stands for")
        self.search.setAccessibleName(NAME)
        self.view.setObjectName("short_words_sheet_rows")
        self.view.setAccessibleName("Short words")
        self.nothing.setObjectName("short_words_sheet_nothing")
        self.nothing.setText("No short word of that kind.")
        self._snippets = snippets
        self._into: TextBox | None = None
        self.other_chosen.connect(self._insert)

    def begin(self) -> str:
        """Appear over the text that has the cursor; return why not where it cannot."""
        into = self.window().focusWidget()
        if not isinstance(into, TextBox) or into.isReadOnly():
            return NO_TEXT
        if not self._snippets():
            return NONE_YET
        self._into = into
        self.open()
        return ""

    def _insert(self, key: object) -> None:
        into, self._into = self._into, None
        if isinstance(key, Snippet) and into is not None and into is self.window().focusWidget():
            into.insert_snippet(key.text)


def _found(one: Snippet) -> tuple[str, Row]:
    title, text = f";{isolated(one.trigger)}", " ".join(one.text.split())
    row = Row(key=one, title=title, under=(isolated(text),), spoken=spoken(f"{title}: {text}"))
    return folded(f"{one.trigger} {text}"), row
