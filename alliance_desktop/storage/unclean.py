"""What a program that was stopped left behind, judged before anything is changed.

Until the side file of the last save is proved to belong to the notes and to be newer, nothing is merged: an old one
put beside newer notes would take them back, and the checks of the database would find nothing amiss.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

import msgspec

from alliance_desktop.domain.errors import KnownError, VaultDamagedError
from alliance_desktop.domain.opening_errors import (
    AlteredNotesError,
    DamagedAfterStopError,
    LeftOpenError,
    SideFileDamagedError,
    StaleSideFileError,
    StoppedError,
    StoppedWhileSavingError,
)
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage import disk, schema, seals, side_file, soundness
from alliance_desktop.storage.database import Database, open_to_read
from alliance_desktop.storage.faults import StatementError
from alliance_desktop.storage.side_file import Left
from alliance_desktop.storage.soundness import Amiss

_REMARKS: dict[Left, type[KnownError]] = {
    Left.NOTHING: LeftOpenError,
    Left.WHOLE: StoppedError,
    Left.CUT_SHORT: StoppedWhileSavingError,
    Left.DAMAGED: SideFileDamagedError,
}


class Finding(msgspec.Struct, frozen=True):
    """What was found: what to say once the vault is open, how many saves it then has, and what lies beside it."""

    remarks: tuple[KnownError, ...] = ()
    saves: int | None = None
    left: Left = Left.NOTHING

    @property
    def was_stopped(self) -> bool:
        """Whether the vault was looked through because it was not closed."""
        return bool(self.remarks)


class _View(msgspec.Struct, frozen=True):
    """The notes as they are alone, or with the side file merged."""

    saves: int
    as_saved: bool


def examined(notes: Path, secrets: Secrets, *, left_open: bool) -> Finding:
    """Look a vault through that was not closed; nothing is changed, and a vault that was closed is left in peace.

    StaleSideFileError where the side file is older than the notes or of another vault; DamagedAfterStopError where
    the notes are not in order with or without it. Takes about 20 ms for a megabyte.
    """
    left = side_file.left_beside(notes)
    if left is Left.NOTHING and not left_open:
        return Finding()
    alone = _view(notes, secrets, beside=False)
    view = alone
    if side_file.saved_pages(notes)[1]:
        view = _view(notes, secrets, beside=True)
        if _is_stale(view, alone):
            raise StaleSideFileError
    if view is None:
        raise DamagedAfterStopError
    remark = _REMARKS[left] if view.as_saved else AlteredNotesError
    return Finding((remark(),), view.saves, left)


def set_aside(notes: Path) -> None:
    """Keep a damaged side file under a name of its own before the database begins a new one; KnownError."""
    beside = notes.with_name(f"{notes.name}-wal")
    try:
        data = beside.read_bytes()
        aside = beside.with_name(f"{beside.name}.{hashlib.sha256(data).hexdigest()[:8]}.aside")
        if not aside.exists():
            disk.write_durably(aside, data)
    except OSError as fault:
        raise disk.known(fault) from None


def must_be_whole(database: Database) -> None:
    """Check the seal of every page of the file, once the side file is merged; DamagedAfterStopError."""
    if not seals.all_hold(database):
        raise DamagedAfterStopError


def _is_stale(merged: _View | None, alone: _View | None) -> bool:
    if alone is None or not alone.as_saved:
        return False
    return merged is None or not merged.as_saved or merged.saves < alone.saves


def _view(notes: Path, secrets: Secrets, *, beside: bool) -> _View | None:
    """Return what the notes are in one way of reading them; None where the database is not in order."""

    def opened() -> Database:
        return open_to_read(notes, secrets.data_key, secrets.vault_id, schema.SCHEMA_VERSION, beside=beside)

    try:
        database = opened()
    except VaultDamagedError:
        return None
    try:
        return _looked_through(database, opened)
    except (VaultDamagedError, StatementError):
        # Also a statement may be refused: a table that belongs there can be missing.
        return None
    finally:
        database.close()


def _looked_through(database: Database, again: Callable[[], Database]) -> _View | None:
    # Torn pages may still be mended by the side file; `must_be_whole` looks at the seals once it is merged.
    amiss = soundness.first_amiss(database, again, seals=None, words=False)
    saves = database.row("SELECT value FROM meta WHERE name = 'saves'")
    if saves is None or amiss not in {None, Amiss.DIGEST}:
        return None
    return _View(int(saves[0]), as_saved=amiss is None)
