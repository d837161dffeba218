"""In which order and under which headings the questions of a card stand; decided before any widget is made."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from alliance_desktop.domain.form import Audience, Card, Question

MORE = "More questions"


class Section(NamedTuple):
    """Questions under one heading; the heading may be empty."""

    heading: str
    questions: tuple[Question, ...]


class Run(NamedTuple):
    """Consecutive sections that are all for the counsellor alone, or all not."""

    private: bool
    sections: tuple[Section, ...]


class Part(NamedTuple):
    """A stretch of a card; one with a `fold` waits behind a button of that name."""

    fold: str
    runs: tuple[Run, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of this part, in reading order."""
        return tuple(one for run in self.runs for section in run.sections for one in section.questions)


def parts(card: Card) -> list[Part]:
    """Return the parts of a card: folded questions of a group fold in their place, all others at the end."""
    last = tuple(one for one in card.questions if one.folded and not one.group)
    here = (one for one in card.questions if not one.folded or one.group)
    made = [
        Part(fold, tuple(_runs(tuple(questions), headed=not fold)))
        for fold, questions in groupby(here, lambda one: one.group if one.folded else "")
    ]
    return [*made, Part(MORE, tuple(_runs(last, headed=False)))] if last else made


def _runs(questions: tuple[Question, ...], headed: bool) -> Iterator[Run]:
    heading = ""
    for private, run in groupby(questions, lambda one: one.audience is Audience.PRIV):
        sections = []
        for group, asked in _grouped(run):
            # A heading stands once, though private and shared questions take turns beneath it.
            shown = group if headed and group != heading else ""
            heading = group
            sections.append(Section(shown, asked))
        yield Run(private, tuple(sections))


def _grouped(questions: Iterable[Question]) -> Iterator[tuple[str, tuple[Question, ...]]]:
    for group, asked in groupby(questions, lambda one: one.group):
        yield group, tuple(asked)
