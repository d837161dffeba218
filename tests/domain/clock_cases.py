"""Moments at both ends of the calendar, and the places where no time of their own is left for them."""

import datetime
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

FIRST = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)
LAST = datetime.datetime(9999, 12, 31, 23, 59, tzinfo=datetime.UTC)
EDGES = [("America/New_York", FIRST), ("Pacific/Auckland", LAST)]


@contextmanager
def in_zone(zone: str) -> Iterator[None]:
    """Let this program be in another place for a while."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()
