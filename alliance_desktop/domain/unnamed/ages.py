"""Ages in typed text: a number of years becomes the band it lies in."""

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

_BANDS = ((18, "16 to 17"), (25, "18 to 24"), (35, "25 to 34"), (50, "35 to 49"), (65, "50 to 64"))
_YOUNG = ((11, "under 11"), (14, "11 to 13"), (16, "14 to 15"))
_OLDEST = 120
_COUNTED = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_SAID = "|".join(_COUNTED[5:])
_NUMBER = f"(?P<n>\\d{{1,3}}|{'|'.join(_COUNTED[1:])})"
_AGE = re.compile(
    f"(?<!\\w)(?=[\\dotfsen]){_NUMBER}(?=(?P<h>[\\s-])?(?:years?|yrs?)[\\s-]olds?\\b|\\s?y/?o\\b|\\s(?:años\\sde\\sedad|an[s]\\sd['’]âge)\\b)"
    "|(?:(?<=\\baged\\s)|(?<=\\bage\\s)|(?<=\\bage\\sof\\s)|(?<=\\bturned\\s)|(?<=\\bturns\\s)|(?<=\\bturning\\s)"
    "|(?<=\\bgirl,\\s)|(?<=\\bboy,\\s)|(?<=\\btiene\\s)|(?<=\\bâgée\\sde\\s)|(?<=\\bâgé\\sde\\s))"
    "(?P<m>\\d{1,3})\\b"
    f"|(?:(?<=\\baged\\s)|(?<=\\bage\\s)|(?<=\\bage\\sof\\s))(?P<w>{_SAID})\\b",
    re.IGNORECASE,
)


class Age(NamedTuple):
    """An age in a text: where it stands, and the words of its band."""

    start: int
    end: int
    band: str


def band(years: int) -> str:
    """Return the band that an age lies in, as the details of a client have it."""
    return next((words for below, words in (*_YOUNG, *_BANDS) if years < below), "65 or over")


def years_between(born: datetime.date, today: datetime.date) -> int:
    """Return how old somebody is."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def ages(text: str) -> Iterator[Age]:
    """Yield the ages in a text: "15 years old", "15-year-old", "aged 15", "aged fifteen"."""
    for one in _AGE.finditer(text):
        said = one["n"] or one["m"] or one["w"]
        years = int(said) if said.isdecimal() else _COUNTED.index(said.casefold())
        if years <= _OLDEST:
            words = band(years)
            yield Age(one.start(), one.end(), words.replace(" ", "-") if one["h"] == "-" else words)
