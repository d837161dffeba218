"""The fixed words of a page in the languages it can be printed in."""

import datetime
import tomllib
from functools import cache

import msgspec

from alliance_desktop.domain.answers import About, Answer, about_of, date_of, ids_of, text_of
from alliance_desktop.domain.form import Column
from alliance_desktop.domain.shown import shown_cell
from alliance_desktop.resources import resource


class Wording(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of the client page in one language, and how that language writes a date."""

    title: str
    for_name: str
    happened: str
    agreed: str
    what: str
    who: str
    by: str
    leave: str
    so_far: str
    outcome: str
    know: str
    again: str
    again_hint: str
    review: str
    own_words: str
    turn_to: str
    page: str
    sample: str
    date: str
    about: str
    week: str
    month: str
    months: tuple[str, ...]
    states: dict[str, str]
    first_day: str = "1"

    def day(self, on: datetime.date, about: About = About.EXACT) -> str:
        """Return a day as this language writes it, with how sure it is."""
        name = self.months[on.month - 1]
        if about is About.MONTH:
            return self.month.format(month=name, year=on.year)
        number = self.first_day if on.day == 1 else str(on.day)
        written = self.date.format(day=number, month=name, year=on.year)
        if about is About.EXACT:
            return written
        return (self.week if about is About.WEEK else self.about).format(date=written)

    def date_answer(self, answer: Answer) -> str:
        """Return the answer of a date question, or an empty text."""
        on = date_of(answer)
        return self.day(on, about_of(answer)) if on else ""

    def cell(self, column: Column, answer: Answer) -> str:
        """Return one cell of a small table; a choice in this language where the words are known."""
        if column.kind == "date":
            return self.date_answer(answer)
        if column.kind == "choice":
            known = [self.states[one] for one in ids_of(answer) if one in self.states]
            return " – ".join([*known, *filter(None, [text_of(answer)])]) if known else shown_cell(column, answer)
        return shown_cell(column, answer)


@cache
def _all() -> dict[str, Wording]:
    data = tomllib.loads(resource("documents", "words.toml").read_text(encoding="utf-8"))
    return msgspec.convert(data, dict[str, Wording])


def languages() -> tuple[str, ...]:
    """Return the languages a client page can be printed in, as language tags."""
    return tuple(_all())


def wording(language: str) -> Wording:
    """Return the words of a language; KeyError where the page is not available in it."""
    return _all()[language]
