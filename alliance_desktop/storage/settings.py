"""Settings and other small things kept inside the vault, as plain data under a name."""

from typing import Any

from alliance_desktop.storage.database import Database
from alliance_desktop.storage.plain import decoded, encoded


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

    def put(self, key: str, value: Any) -> None:
        """Keep plain data (what JSON can say) under a name."""
        self._database.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (key, encoded(value)))

    def drop(self, key: str) -> None:
        """Keep nothing under a name any more."""
        self._database.run("DELETE FROM setting WHERE name = ?", (key,))
