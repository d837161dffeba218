"""Replacing the recovery key: every page of the notes is encrypted anew, and no moment is without a key that opens.

The key file of the new recovery key is durably on disk before the first page changes. The pages change in one
transaction of the database: until it is committed the old key opens, from then on the new one. Only then do both
copies of the key file change, and the file beside goes. An opening after a stop at any point finds, by the pages,
which key is the right one.
"""

import hmac
import shutil
from pathlib import Path

from alliance_desktop.domain.errors import KnownError, ReadOnlyError
from alliance_desktop.domain.key_errors import NoRoomToReencryptError, StaleChangeError
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage import disk, keyfiles, sheets
from alliance_desktop.storage.place import NOTES
from alliance_desktop.storage.store import Store

_UNCHANGED = "Nothing was changed: the passphrase and the sheet of before still hold, and the new ones do not."
_BESIDE = 4_000_000
"""Room that is to stay free beside what the re-encryption itself takes, in bytes."""


def size_of(folder: Path) -> int:
    """Return how large the notes of a vault are, in bytes."""
    return (folder / NOTES).stat().st_size


def must_have_room(folder: Path, copies: int = 1) -> None:
    """NoRoomToReencryptError where the disk cannot take the notes so many times more: side file, perhaps a backup."""
    size = size_of(folder)
    # A page in the side file has a head of 24 bytes.
    needed = copies * (size + size // 128) + _BESIDE
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise NoRoomToReencryptError(needed, free)


def replace_key(store: Store, present: Secrets, new: Secrets, sealed: bytes) -> Secrets:
    """Encrypt an open vault with a new recovery key and return its secrets; the old sheet and passphrase open no more.

    `sealed` is the key file of `new`. The thread stands still meanwhile: about a second for each 100 MB.
    NoRoomToReencryptError, StaleChangeError and faults of the disk before anything is changed; NotReencryptedError
    where the database could not be written: the old key holds, and the store takes no more writes until it is opened
    anew. A fault of the disk after that leaves the new key valid, and the next opening ends the change.
    """
    if store.read_only:
        raise ReadOnlyError
    file = keyfile.read(sealed)
    if not hmac.compare_digest(present.data_key, store.data_key) or file.generation <= store.key_generation:
        raise StaleChangeError
    must_have_room(store.folder)
    try:
        sheets.keep_replaced(store.folder, present.recovery, present.vault_id)
        keyfiles.put_pending(store.folder, sealed)
    except OSError as fault:
        raise keyfiles.not_put(disk.known(fault), _UNCHANGED) from None
    except KnownError as fault:
        raise keyfiles.not_put(fault, _UNCHANGED) from None
    store.encrypt_anew(new.data_key)
    _finish(store, sealed, file.generation)
    return keyfile.secrets_of(new.recovery, new.vault_id, file.generation)


def _finish(store: Store, sealed: bytes, generation: int) -> None:
    """Put the key file in both its places; where the disk refuses, the file beside serves until the next opening."""
    try:
        keyfiles.put_both(store.folder, sealed)
        store.keep_key_generation(generation)
    except KnownError:
        return
    keyfiles.drop_pending(store.folder, generation)
