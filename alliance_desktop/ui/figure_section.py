"""One part of the counsellor's own numbers: all in one sentence, what the bars mean, and the lines."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain import tally_words
from alliance_desktop.domain.tallies import Tally
from alliance_desktop.services.figures import Own
from alliance_desktop.ui.figure_bars import Legend
from alliance_desktop.ui.figure_list import Figure, FigureList
from alliance_desktop.ui.parts import label
from alliance_desktop.ui.theme import spaced

Telling = Callable[[Mapping[str, int]], str]


class Section(QWidget):
    """A heading, a sentence for the whole period, and a line for each part of it; bars only where there are enough."""

    def __init__(self, name: str, heading: str, keys: Iterable[str], *, is_apart: bool = False) -> None:
        super().__init__()
        self._heading = heading
        self.together = label("", "", f"figures_{name}_together")
        self.few = label(tally_words.TOO_FEW, "muted", f"figures_{name}_few")
        self.list = FigureList(f"figures_{name}", heading, is_apart=is_apart)
        self._legends = [Legend(words, at, f"figures_{name}_key_{at}") for at, words in enumerate(keys)]
        column = QVBoxLayout(self)
        spaced(column, 0, 0.4)
        column.addWidget(label(heading, "heading", f"figures_{name}_heading"))
        for one in (self.together, self.few, *self._legends, self.list):
            column.addWidget(one)

    def show_tally(self, tally: Tally, tell: Telling, bars: Iterable[str], step: str) -> None:
        """Show lines of time; `bars` are the kinds that are drawn."""
        kinds = list(bars)
        figures = [
            Figure(
                title=tally_words.days(one.slot),
                words=_noted(tell(one.counts), tally_words.away(one.slot)),
                spoken=tally_words.spoken(one, tell(one.counts)),
                counts=tuple(one.counts[kind] for kind in kinds),
            )
            for one in tally.lines
        ]
        said = tally_words.together(tally, tell(tally.total))
        self._show(figures if tally.size else [], said, is_few=tally.is_few, most=0)
        self.list.setAccessibleName(f"{self._heading}, {step}")

    def show_own(self, own: Own) -> None:
        """Show how often each option of a question was chosen; the longest bar stands for all answers."""
        pattern = own.pattern
        figures = [
            Figure(one, (told := tally_words.answers(pattern, one)), f"{one}: {told}.", (pattern.options[one][0],))
            for one in own.options
        ]
        said = tally_words.answered(pattern)
        self._show(figures, said, is_few=pattern.is_few, most=pattern.answers)

    def _show(self, figures: list[Figure], said: str, *, is_few: bool, most: int) -> None:
        self.together.setText(said)
        self.few.setVisible(is_few and bool(figures))
        for one in self._legends:
            one.setVisible(bool(figures) and not is_few)
        self.list.show_lines(figures, bars=not is_few, most=most)
        self.list.setVisible(bool(figures))


def _noted(told: str, away: str) -> str:
    return f"{told}; {away}" if away else told
