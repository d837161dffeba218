"""A clock that moves when told to, and clients with valid defaults."""

import datetime

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ClientId

LONG = "a quiet lamp by the river"


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def client(id: int, called: str, state: str = "active", strains: int = 0, last: str | None = None) -> Client:
    """Return a client with valid defaults."""
    return Client(
        id=ClientId(id),
        created_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        answers={"code": f"C-{id:03}", "called": called, "state": chosen(state)},
        open_strains=strains,
        last_on=datetime.date.fromisoformat(last) if last else None,
    )
