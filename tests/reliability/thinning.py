"""R17: backups thinned over three years, with a clock that jumps, summer time, the year 2100 and 1970."""

import datetime
import random
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from alliance_desktop.domain.thinning import LEAST_GOOD, WHOLE, Made, kept
from tests.reliability.frame import Control, Figures, Trial, least, most, tries

START = datetime.datetime(2026, 1, 5, 8, 0, tzinfo=datetime.UTC)
LONDON = ZoneInfo("Europe/London")
BACK = {300: -56 * 365, 500: -30, 800: -2}
AHEAD = {200: 73 * 365, 650: 30}
WRONG_FOR = 4
"""On these days the clock is so many days wrong, for four days."""
Thin = Callable[[Sequence[Made], datetime.datetime], set[int]]


def _years(count: int, _folder: Path, thin: Thin) -> Figures:
    """Three years with a clock that is set back now and then, and three with one that runs ahead as well."""
    made, lost, fewest, _spans = _life(count, thin, BACK)
    _made, _lost, fewest_ahead, spans = _life(count, thin, BACK | AHEAD)
    return {
        "days": count,
        "backups made": made,
        "newest of a bucket lost": lost,
        "good ones short of three": max(0, LEAST_GOOD - min(fewest, fewest_ahead)),
        "days reached back": min(spans),
    }


def _life(count: int, thin: Thin, jumps: dict[int, int]) -> tuple[int, int, int, list[int]]:
    chance = random.Random(17)
    history: list[Made] = []
    here: list[Made] = []
    lost, fewest, spans = 0, LEAST_GOOD, [9999]
    for day in range(count):
        wrong = next((days for begun, days in jumps.items() if begun <= day < begun + WRONG_FOR), 0)
        for hour in sorted(chance.sample(range(10), chance.choice((0, 0, 1, 2, 4)))):
            # What a clock in London shows, summer time and all.
            at = START + datetime.timedelta(days=day, hours=hour)
            now = (at + datetime.timedelta(days=wrong)).astimezone(LONDON)
            one = Made(now, good=chance.random() > 0.02)
            history.append(one)
            here.append(one)
            stay = thin(here, now)
            here = [one for at, one in enumerate(here) if at in stay]
            if len(history) > 10:
                fewest = min(fewest, sum(one.good for one in here))
            if not wrong and len(history) % 5 == 0:
                lost += len(_missing(history, here, now))
        if day > 400 and not wrong:
            ages = [START + datetime.timedelta(days=day) - one.at for one in here]
            spans.append(max(age.days for age in ages if age.days < 2000))
    return len(history), lost, fewest, spans


def _missing(history: list[Made], here: list[Made], now: datetime.datetime) -> list[Made]:
    """Return what should be there by the table of the plan, told day by day and week by week from all ever made."""
    past = sorted({one.at for one in history if one.good and one.at <= now})
    there = {one.at for one in here}
    wanted = [at for at in past if now - at <= WHOLE]
    older = [at for at in past if now - at > WHOLE]
    days = sorted({_day(at) for at in older}, reverse=True)[:12]
    wanted += [max(at for at in older if _day(at) == day) for day in days]
    rest = [at for at in older if days and _day(at) < days[-1]]
    weeks = sorted({_week(at) for at in rest}, reverse=True)
    # The week that reaches into the days has its newest among those already.
    wanted += [max(at for at in rest if _week(at) == week) for week in weeks[1:9]]
    months = {(one.year, one.month) for one in rest}
    if weeks[10:]:
        for month in sorted(months, reverse=True)[4:9]:
            in_month = [at for at in rest if (at.year, at.month) == month]
            if not any((at.year, at.month) == month for at in there) and len(in_month) > 3:
                wanted.append(max(in_month))
    wanted += [one.at for one in history if one.at > now or not one.good]
    missing = set(wanted) - there
    return [one for one in history if one.at in missing]


@cache
def _day(at: datetime.datetime) -> datetime.date:
    return at.astimezone(datetime.UTC).date()


@cache
def _week(at: datetime.datetime) -> tuple[int, int]:
    return tuple(at.astimezone(datetime.UTC).isocalendar()[:2])


def _last_thirty(backups: Sequence[Made], _now: datetime.datetime) -> set[int]:
    """Keep the newest thirty, as a simple program does."""
    return set(range(len(backups))[-30:])


TRIALS = (
    Trial(
        "R17",
        "backups thinned over three years with a clock that jumps",
        (
            tries("days", 1095),
            most("newest of a bucket lost", 0),
            most("good ones short of three", 0),
            least("days reached back", 250),
        ),
        lambda count, folder: _years(count, folder, kept),
        fast=1095,
        full=1095,
        controls=(Control("the newest thirty are kept", lambda count, folder: _years(count, folder, _last_thirty)),),
    ),
)
