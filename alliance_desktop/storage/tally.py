"""What goes along with the writes of a connection, and what is remembered of them."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol


class Put(NamedTuple):
    """What a statement does that puts in one row: of each column where its value stands, and the kinds that stay.

    `read_back` asks for the row as it is kept.
    """

    table: str
    places: Sequence[int | None]
    kinds: Sequence[frozenset[type]]
    read_back: str


class Tally(Protocol):
    """What counts along with the rows that a transaction writes."""

    def begin(self) -> None:
        """Forget what was counted and not kept."""

    def alone(self, sql: str) -> Put | None:
        """Return what a statement does whose one row `put` is to be told; None of all others."""

    def put(self, put: Put, values: Sequence[Any], rowid: int) -> None:
        """Count a row that was put in."""

    def doubt(self) -> None:
        """Note that a statement failed, perhaps after some of its rows were counted."""

    def keep(self, *, counted: bool) -> None:
        """Write down what was counted, as the last of a transaction, and one save more where it is `counted`."""


class Recent:
    """Whose rows were written last, in memory only: of each a number, and a newer one with each write."""

    def __init__(self) -> None:
        self._newest: dict[int, int] = {}
        """By client, the last written about at the end."""
        self._number = 0

    def note(self, clients: Iterable[int]) -> None:
        """Note a write about some clients."""
        for client in clients:
            self._number += 1
            self._newest.pop(client, None)
            self._newest[client] = self._number

    def since(self, mark: int) -> tuple[int, set[int]]:
        """Return the mark of now, and who was written about since an earlier one."""
        found = set()
        for client, number in reversed(self._newest.items()):
            if number <= mark:
                break
            found.add(client)
        return max(self._number, mark), found
