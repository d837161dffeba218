"""Opening a vault: finding its secrets, telling what is amiss, and the open store.

The slow part (deriving a key) is apart from the opening, so that it can run beside the window.
"""

import datetime
import hmac
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from alliance_desktop.domain.errors import (
    DiskFullError,
    KeysOfAnotherVaultError,
    KnownError,
    NewerVersionError,
    NotEncryptedError,
    OldKeyFileError,
    SaveFailedError,
    VaultDamagedError,
    VaultInUseError,
    WrongPassphraseError,
    WrongRecoveryKeyError,
)
from alliance_desktop.domain.key_errors import (
    OldExecutorSheetError,
    OldSheetError,
    ReplacedKeysError,
    WrongExecutorKeyError,
)
from alliance_desktop.domain.opening_errors import (
    OlderCopyError,
    OpenedToReadError,
    OpenElsewhereError,
    OpenElsewhereToReadError,
    ReadOnlyFolderError,
    StrangeKeysError,
)
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.derivation import VAULT_ID_BYTES
from alliance_desktop.keys.executor import read_executor
from alliance_desktop.keys.keyfile import FROM_RECOVERY, Secrets
from alliance_desktop.keys.recovery import read_recovery
from alliance_desktop.storage import (
    backup,
    disk,
    keychoice,
    keyfiles,
    pages,
    presence,
    schema,
    sheets,
    side_file,
    unclean,
)
from alliance_desktop.storage.connecting import salt_of
from alliance_desktop.storage.database import Database, is_open_here, open_database, open_to_read
from alliance_desktop.storage.place import may_be_written, must_be_vault
from alliance_desktop.storage.presence import Presence
from alliance_desktop.storage.sealed_page import PLAIN_HEAD
from alliance_desktop.storage.side_file import Left
from alliance_desktop.storage.snapshot import Snapshot
from alliance_desktop.storage.store import Store
from alliance_desktop.storage.unclean import Finding

_RIGHT_SHEET = "The recovery key is right, but the file that holds the notes is damaged."


def find_secrets(folder: Path, passphrase: str, data_key: bytes | None = None) -> Secrets:
    """Return what a passphrase opens; takes the time and memory of one derivation, and may run beside the window.

    `data_key` is that of the vault where it is open here: only the key file that leads to it will do then.
    Says by a KnownError what is amiss: no vault here, no notes, damaged or newer key files, WrongPassphraseError,
    NotEnoughMemoryError. Nothing is changed.
    """
    notes = must_be_vault(folder)
    copies = keyfiles.whole_copies(folder)
    vault_id = salt_of(notes)
    mine = [one for one in copies if one.keyfile.vault == vault_id]
    if data_key is not None or is_open_here(notes):
        return keychoice.choose(mine or copies, passphrase, lambda one: _is_known(one, data_key))
    return keychoice.choose(mine or copies, passphrase, lambda one: _fit(notes, one))


def secrets_from_recovery(folder: Path, typed: str) -> Secrets:
    """Return what a recovery key stands for in this vault; the notes and the paper suffice, and no time is taken.

    MistypedRecoveryKeyError for a mistyped one. Whether it is this vault's is seen by `open_store`.
    """
    notes = must_be_vault(folder)
    recovery = read_recovery(typed)
    header = salt_of(notes).ljust(VAULT_ID_BYTES, b"\0")
    secrets = keyfile.secrets_of(recovery, header, FROM_RECOVERY)
    if is_open_here(notes) or _fit(notes, secrets) is not pages.Fit.NONE:
        return secrets
    # The head of the file may be damaged; the key files know the vault's id as well.
    for vault_id in keyfiles.vault_ids(folder):
        other = keyfile.secrets_of(recovery, vault_id, FROM_RECOVERY)
        if _fit(notes, other) is not pages.Fit.NONE:
            return other
    return secrets


def secrets_from_executor(folder: Path, typed: str) -> Secrets:
    """Return what an executor's key stands for in this vault; that of another one, or an older one, is known here.

    MistypedRecoveryKeyError for a mistyped one, OldExecutorSheetError, WrongExecutorKeyError.
    """
    notes = must_be_vault(folder)
    header = salt_of(notes).ljust(VAULT_ID_BYTES, b"\0")
    is_old = False
    for vault_id in dict.fromkeys([header, *keyfiles.vault_ids(folder)]):
        secrets = keyfile.secrets_of(read_executor(typed, vault_id), vault_id, FROM_RECOVERY)
        if is_open_here(notes) or _fit(notes, secrets) is not pages.Fit.NONE:
            return secrets
        is_old = is_old or sheets.was_replaced(folder, secrets.recovery, vault_id)
        secrets.forget()
    raise OldExecutorSheetError if is_old else WrongExecutorKeyError


def open_store(
    folder: Path,
    secrets: Secrets,
    *,
    read_only: bool = False,
    seen_saves: int = 0,
    seen_at: datetime.datetime | None = None,
    closed_well: bool = True,
    accept_older: bool = False,
    take_over: bool = False,
    here: Presence | None = None,
) -> Store:
    """Open a vault; for the thread that will use it. A missing or damaged copy of the key file is made anew.

    `read_only` reads and changes nothing; a folder that cannot be written is read so by itself. `seen_saves`,
    `seen_at` and `closed_well` are what this computer saw of the vault last; `accept_older` opens one that has fewer
    saves, `take_over` one that another computer says it has open. `here` is left in the folder while it is open.
    What was found on the way is in `Store.remarks`.

    Says by a KnownError what is amiss: VaultDamagedError and its kinds, WrongRecoveryKeyError,
    KeysOfAnotherVaultError, OldKeyFileError, VaultInUseError, NewerVersionError, OlderCopyError, OpenElsewhereError.
    Then nothing was changed.
    """
    notes = must_be_vault(folder)
    if is_open_here(notes):
        raise VaultInUseError
    header = salt_of(notes)
    _must_fit(notes, header, secrets)
    computer = presence.this_computer() if here is None else here.computer
    found = presence.found(folder)
    elsewhere = found if found is not None and found.computer != computer else None
    held = presence.is_held(notes)
    reading = _why_reading(notes, elsewhere is not None or held, read_only)
    if reading is None and held:
        raise VaultInUseError
    if reading is None and elsewhere is not None and not take_over:
        raise OpenElsewhereError(elsewhere.computer, elsewhere.since)
    left_open = not closed_well or (found is not None and elsewhere is None)
    finding = Finding() if held else unclean.examined(notes, secrets, left_open=left_open)
    terms = _Terms(folder, notes, secrets, header, 0 if accept_older else seen_saves, seen_at, finding, here)
    _must_be_newest(terms, finding.saves)
    if reading is not None:
        return _read(terms, reading)
    store = _opened(terms)
    if here is not None:
        presence.claim(folder, here)
        store.presence = here
    return store


def _why_reading(notes: Path, elsewhere: bool, read_only: bool) -> KnownError | None:
    """Return the remark of a vault that is opened for reading; None where it is opened to write."""
    if read_only:
        return OpenElsewhereToReadError() if elsewhere else OpenedToReadError()
    return None if may_be_written(notes) else ReadOnlyFolderError()


def _must_be_newest(terms: "_Terms", saves: int | None) -> None:
    if saves is not None and saves < terms.seen_saves:
        raise OlderCopyError(terms.seen_saves - saves, terms.seen_at)


def _read(terms: "_Terms", why: KnownError) -> Store:
    beside = terms.finding.left is not Left.NOTHING and bool(side_file.saved_pages(terms.notes)[1])
    secrets = terms.secrets
    opened = open_to_read(terms.notes, secrets.data_key, secrets.vault_id, schema.SCHEMA_VERSION, beside=beside)
    with ExitStack() as undoing:
        undoing.callback(opened.close)
        schema.stand_in(opened)
        store = _sorted_out(terms, opened)
        undoing.pop_all()
    store.remarks = (why, *terms.finding.remarks)
    return store


def _opened(terms: "_Terms") -> Store:
    folder, notes, secrets, finding = terms.folder, terms.notes, terms.secrets, terms.finding
    if finding.left is Left.DAMAGED:
        unclean.set_aside(notes)
    opened = open_database(notes, secrets.data_key, secrets.vault_id, schema.SCHEMA_VERSION)
    with ExitStack() as undoing:
        undoing.callback(opened.close)
        store = _sorted_out(terms, opened)
        if finding.was_stopped:
            # Before the side file is merged, pages that a power cut tore are no damage.
            store.settle()
            unclean.must_be_whole(opened)
        if schema.is_older(opened) and terms.here is not None:
            _back_up(store, terms.here.since)
        _bring_up(store, opened, secrets)
        _mend_header(opened, terms.header, secrets)
        undoing.pop_all()
    strange = keyfiles.strange(folder, secrets.vault_id)
    store.remarks = (*([StrangeKeysError(strange)] if strange else []), *finding.remarks)
    for path in (folder, notes, *(folder / name for name in keyfiles.NAMES)):
        disk.make_private(path)
    return store


def _must_fit(notes: Path, header: bytes, secrets: Secrets) -> None:
    """Tell a damaged file from a wrong key: a key is right if any page of the file was sealed with it."""
    fit = _fit(notes, secrets)
    if fit is pages.Fit.OPENS:
        return
    if header == PLAIN_HEAD:
        raise NotEncryptedError
    by_sheet = secrets.generation == FROM_RECOVERY
    if fit is pages.Fit.NONE and sheets.was_replaced(notes.parent, secrets.recovery, secrets.vault_id):
        raise OldSheetError if by_sheet else ReplacedKeysError
    if by_sheet:
        raise VaultDamagedError(_RIGHT_SHEET) if fit is pages.Fit.DAMAGED else WrongRecoveryKeyError
    if fit is pages.Fit.DAMAGED or header == secrets.vault_id:
        raise VaultDamagedError
    raise KeysOfAnotherVaultError


def _is_known(secrets: Secrets, data_key: bytes | None) -> pages.Fit:
    """Judge by the key of the open vault: its file must not be opened a second time by this process."""
    same = data_key is None or hmac.compare_digest(secrets.data_key, data_key)
    return pages.Fit.OPENS if same else pages.Fit.NONE


def _fit(notes: Path, secrets: Secrets) -> pages.Fit:
    return pages.fit(notes, secrets.data_key, secrets.vault_id)


def _sorted_out(terms: "_Terms", database: Database) -> Store:
    """Return the store when its version, keys and count of saves are in order; nothing is changed."""
    format = database.row("SELECT value FROM meta WHERE name = 'format'")
    if format is None:
        raise VaultDamagedError
    if format[0] > schema.FORMAT:
        raise NewerVersionError
    store = Store(terms.folder, database, terms.secrets)
    given, valid = terms.secrets.generation, store.key_generation
    if given != FROM_RECOVERY and given < valid:
        newer = keyfiles.newest_generation(terms.folder) >= valid
        raise WrongPassphraseError if newer else OldKeyFileError
    _must_be_newest(terms, store.saves)
    return store


def _back_up(store: Store, now: datetime.datetime) -> None:
    """Keep the notes as they are before their tables change; where that cannot be, the vault stays as it is."""
    snapshot = Snapshot(store)
    try:
        backup.write(snapshot, backup.own_folder(store.folder), now)
    finally:
        snapshot.release()


def _bring_up(store: Store, database: Database, secrets: Secrets) -> None:
    """Migrate a store that is in order, heal its key files, and end a change of passphrase that stopped half-way."""
    schema.migrate(database)
    generation = store.key_generation
    # A change of passphrase that stopped before its last step is completed: its passphrase has just been used.
    current = max(generation, secrets.generation)
    keyfiles.heal(store.folder, secrets.vault_id, current)
    if current > generation:
        # On a full disk the notes can still be read; the next opening completes it.
        with suppress(DiskFullError, SaveFailedError):
            store.keep_key_generation(current)
    if secrets.generation == current:
        keyfiles.drop_pending(store.folder, current)


def _mend_header(database: Database, header: bytes, secrets: Secrets) -> None:
    """Write the first page anew where the vault's id at its head is damaged: the notes open, but the paper needs it."""
    if header == secrets.vault_id:
        return
    version = database.row("PRAGMA user_version")
    with suppress(DiskFullError, SaveFailedError), database.transaction():
        database.run(f"PRAGMA user_version={int(version[0]) if version else 0}")


class _Terms(NamedTuple):
    """What one opening goes by."""

    folder: Path
    notes: Path
    secrets: Secrets
    header: bytes
    seen_saves: int
    seen_at: datetime.datetime | None
    finding: Finding
    here: Presence | None
