"""A part of the window that is made when it is asked for first, so that no unlocking waits for it."""

from collections.abc import Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Later(Generic[Made]):
    """Called, it gives the part, and makes it the first time; `made` is the part, or None before.

    Whoever only tidies, wipes or follows asks `made`, and makes nothing by it.
    """

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self.made: Made | None = None

    def __call__(self) -> Made:
        """Return the part."""
        if self.made is None:
            self.made = self._make()
        return self.made
