"""A page that stands while no vault is open and may hold a secret all the same: typed, proved right, or just made."""

from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance


@runtime_checkable
class Guarded(Protocol):
    """Such a page. While it holds a secret the window counts towards the lock, and a lock leaves it."""

    @property
    def folder(self) -> Path | None:
        """The vault whose lock page a lock leads to; None where there is none yet, and the page stays."""

    @property
    def holds_secret(self) -> bool:
        """Whether something is typed, tried, offered or shown that a lock is to take away."""

    @property
    def held_changed(self) -> SignalInstance:
        """Comes when `holds_secret` may have changed."""

    def leave(self) -> None:
        """Forget every secret, and stop what is going on or let it end without telling anybody."""
