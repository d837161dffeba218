"""Days that lie so many days from others: the calendar has two ends, and no day may stop the work at either."""

import calendar
import datetime


def day_from(on: datetime.date, days: int) -> datetime.date | None:
    """Return the day so many days later, or earlier below 0; None where the calendar has none."""
    try:
        return on + datetime.timedelta(days=days)
    except OverflowError:
        return None


def day_within(on: datetime.date, days: int) -> datetime.date:
    """Return the day so many days later, or earlier below 0; the end of the calendar where there is none."""
    return day_from(on, days) or (datetime.date.max if days > 0 else datetime.date.min)


def in_order(
    first: datetime.date | None, last: datetime.date | None
) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the two ends of a period with the earlier one first; either may be open."""
    return (last, first) if first is not None and last is not None and last < first else (first, last)


def month_end(on: datetime.date) -> datetime.date:
    """Return the last day of the month that a day lies in."""
    return on.replace(day=calendar.monthrange(on.year, on.month)[1])
