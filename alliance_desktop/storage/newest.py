"""The largest id of a vault, also of what was removed since: links that lead nowhere must not lead to a new entry."""

from alliance_desktop.domain.answers import is_id
from alliance_desktop.domain.errors import VaultDamagedError
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.settings import Settings

REMOVED = "newest id before a removal"
"""The setting with the largest id there was when something was removed for good."""
_TABLES = (
    *("client", "arc", "status_event", "entry", "record_addendum", "private_addendum"),
    *("record_version", "private_version", "entry_event", "put_off"),
)
_NEWEST = f"SELECT max(newest) FROM ({' UNION ALL '.join(f'SELECT max(id) AS newest FROM {one}' for one in _TABLES)})"


def newest(database: Database) -> int:
    """Return the largest id of anything that is there or was removed for good; 0 in a new vault."""
    return max(there(database), _removed(database))


def keep(database: Database, removed: int = 0) -> None:
    """Keep the largest id before something is removed for good, within its transaction.

    `removed` is an id of what was removed elsewhere, and is linked to here.
    """
    largest = max(newest(database), removed)
    if largest > _removed(database):
        Settings(database).put(REMOVED, largest)


def there(database: Database) -> int:
    """Return the largest id of anything that is there; 0 in a new vault."""
    row = database.row(_NEWEST)
    return int(row[0] or 0) if row else 0


def _removed(database: Database) -> int:
    try:
        found = Settings(database).get(REMOVED)
    except VaultDamagedError:
        # It guards what is rare; a vault is not to stay shut for it.
        return 0
    return found if is_id(found) else 0
