"""A closed vault looked at from end to end: every page's seal, the database's structure, every row. Nothing changes."""

import datetime
from collections.abc import Callable
from pathlib import Path

from alliance_desktop.domain.errors import VaultDamagedError, VaultInUseError
from alliance_desktop.domain.opening_errors import AlteredNotesError, OlderCopyError, WrongIndexError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage import presence, schema, side_file
from alliance_desktop.storage.contents import Contents
from alliance_desktop.storage.database import Database, is_open_here, open_to_read
from alliance_desktop.storage.faults import StatementError
from alliance_desktop.storage.opening import open_store
from alliance_desktop.storage.place import NOTES, must_be_vault
from alliance_desktop.storage.seals import Seals
from alliance_desktop.storage.side_file import Left
from alliance_desktop.storage.soundness import Amiss, contents_in_order

_DAMAGED = "The key is right, but a part of the file that holds the notes is damaged."
_NEXT = "Save what can be read into a new vault, or restore your newest backup. Nothing was changed."


def verify(
    folder: Path,
    secrets: Secrets,
    watch: Watch | None = None,
    *,
    seen_saves: int = 0,
    seen_at: datetime.datetime | None = None,
) -> Contents:
    """Return what a vault holds that is in order; slow, for any thread.

    VaultInUseError while any program of this computer has it open; what `opening.open_store` raises; VaultDamagedError
    where any page or row is not as it was written, AlteredNotesError where each is sealed rightly and they are not
    those that were saved last; only then OlderCopyError; and last WrongIndexError, where no note is concerned.
    """
    watch = watch or Watch()
    notes = must_be_vault(folder)
    must_be_closed(folder)
    # The opening knows every alarm; what it does not look at is looked at here.
    open_store(folder, secrets, read_only=True).close()
    watch.at(0.1)
    beside = bool(side_file.saved_pages(notes)[1])
    whole_file = side_file.left_beside(notes) is Left.NOTHING
    seals = Seals(secrets.data_key, secrets.vault_id) if whole_file else None

    def opened() -> Database:
        return open_to_read(notes, secrets.data_key, secrets.vault_id, schema.SCHEMA_VERSION, beside=beside)

    database = opened()
    try:
        found, index_holds = _in_order(database, opened, watch, seals=seals)
        # Damage is told before age: an older copy that is damaged as well is no copy to go on with.
        if found.saves < seen_saves:
            raise OlderCopyError(seen_saves - found.saves, seen_at)
        if not index_holds:
            raise WrongIndexError
        return found
    except StatementError:
        # A table that belongs there can be missing.
        fault = VaultDamagedError(_DAMAGED, _NEXT)
    finally:
        database.close()
    raise fault


def must_be_closed(folder: Path) -> None:
    """VaultInUseError while any program of this computer has the vault in this folder open."""
    notes = folder / NOTES
    if is_open_here(notes) or presence.is_held(notes):
        raise VaultInUseError


def _in_order(
    database: Database, again: Callable[[], Database], watch: Watch, *, seals: Seals | None
) -> tuple[Contents, bool]:
    """Return what is in order, and whether the index of the search is."""
    found = contents_in_order(database, again, watch, seals=seals)
    index_holds = found is not Amiss.WORDS
    if not index_holds:
        found = contents_in_order(database, again, watch.silent(), seals=seals, words=False)
    if found is Amiss.DIGEST:
        raise AlteredNotesError
    if isinstance(found, Amiss):
        raise VaultDamagedError(_DAMAGED, _NEXT)
    return found, index_holds
