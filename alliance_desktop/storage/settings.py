"""Settings and other small things kept inside the vault, as plain data under a name."""

from collections.abc import Sequence
from typing import Any

from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.errors import VaultDamagedError
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.plain import decoded, encoded


def timeline_key(client: ClientId) -> str:
    """Return the name under which it is kept how a client's timeline is looked at."""
    return f"timeline {client}"


class Settings:
    """Reads and writes plain data by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> Any | None:
        """Return what was put under a name, or None."""
        row = self._database.row("SELECT value FROM setting WHERE name = ?", (key,))
        return decoded(row[0]) if row else None

    def texts(self, prefix: str) -> dict[str, str]:
        """Return what was put under all names that begin so, as the JSON text it is kept as."""
        found = self._database.rows(
            "SELECT name, value FROM setting WHERE substr(name, 1, ?) = ?", (len(prefix), prefix)
        )
        return {str(name): str(value) for name, value in found}

    def listed(self, key: str) -> list[Any]:
        """Return the list that was put under a name; none where nothing was, or nothing that can be read."""
        try:
            found = self.get(key)
        except VaultDamagedError:
            return []
        return found if isinstance(found, list) else []

    def is_unreadable(self, key: str) -> bool:
        """Say whether something stands under a name that is no list, or cannot be read."""
        try:
            return not isinstance(self.get(key), list | None)
        except VaultDamagedError:
            return True

    def put_list(self, key: str, value: Sequence[Any]) -> None:
        """Keep a list under a name; what stood there and cannot be read is kept beside it as it was."""
        if self.is_unreadable(key):
            aside = f"unreadable {key}"
            self.put(aside, [*self.listed(aside), self.texts(key)[key]])
        self.put(key, value)

    def put(self, key: str, value: Any) -> None:
        """Keep plain data (what JSON can say) under a name."""
        self._database.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (key, encoded(value)))

    def drop(self, key: str) -> None:
        """Keep nothing under a name any more."""
        self._database.run("DELETE FROM setting WHERE name = ?", (key,))
