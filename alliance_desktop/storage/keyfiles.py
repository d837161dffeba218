"""The two copies of the key file in a vault's folder: reading what is whole, putting both in place, healing one."""

import os
from contextlib import suppress
from pathlib import Path

import msgspec

from alliance_desktop.domain.errors import (
    DiskFullError,
    KeyFileDamagedError,
    KeyFilesMissingError,
    KnownError,
    NewerVersionError,
    ReadOnlyError,
    SaveFailedError,
    UnreadableError,
)
from alliance_desktop.keys import keyfile
from alliance_desktop.storage import disk

NAMES = ("keys.a", "keys.b")
PENDING = "keys.new"
"""The key file of a new recovery key, from before the notes are encrypted with it until both copies are in place."""
_NOT_PUT: dict[type[KnownError], tuple[str, str]] = {
    DiskFullError: ("the disk is full", "Free some space, then try again."),
    ReadOnlyError: ("nothing can be written in the vault's folder", "Check its rights, then try again."),
    SaveFailedError: ("the disk did not take the new key file", "Check the disk, then try again."),
}
_LEFT_OVER = (*(f"{name}.tmp" for name in NAMES), PENDING)
_MOST_STOPPED = 16


class Copy(msgspec.Struct, frozen=True):
    """One whole key file of the folder, as bytes and as read."""

    name: str
    data: bytes
    keyfile: keyfile.KeyFile


def whole_copies(folder: Path) -> list[Copy]:
    """Return every whole key file, the highest generation first, each content once.

    Also looks at those that a change of passphrase left half-way. NewerVersionError where all that can be read
    are of a newer program; KeyFileDamagedError, its kind KeyFilesMissingError, or UnreadableError where none can be.
    """
    found: dict[bytes, Copy] = {}
    newer = False
    for name in _candidates(folder):
        data = disk.read_small(folder / name, keyfile.LARGEST)
        if data is None:
            continue
        try:
            found.setdefault(data, Copy(name, data, keyfile.read(data)))
        except NewerVersionError:
            newer = True
        except KeyFileDamagedError:
            continue
    if not found:
        raise NewerVersionError if newer else _unreadable(folder)
    return sorted(found.values(), key=lambda one: -one.keyfile.generation)


def newest_generation(folder: Path) -> int:
    """Return the highest generation of the whole key files; 0 where there is none."""
    try:
        return whole_copies(folder)[0].keyfile.generation
    except KnownError:
        return 0


def vault_ids(folder: Path) -> list[bytes]:
    """Return the ids of the vaults that the whole key files belong to; usually one."""
    try:
        return [one.keyfile.vault for one in whole_copies(folder)]
    except KnownError:
        return []


def put_both(folder: Path, data: bytes) -> None:
    """Put a key file in place twice, the second only when the first is known to be on disk; KnownError."""
    for name in NAMES:
        _put(folder / name, data)


def are_both(folder: Path, data: bytes) -> bool:
    """Say whether both copies are this key file, as far as can be read."""
    return all(disk.read_small(folder / name, keyfile.LARGEST) == data for name in NAMES)


def not_put(fault: KnownError, holds: str) -> KnownError:
    """Return a fault of the disk in the words for keys that could not be changed; `holds` says what opens the vault."""
    for kind, (why, what_next) in _NOT_PUT.items():
        if isinstance(fault, kind):
            return kind(f"The keys could not be changed: {why}.", f"{holds} {what_next}")
    return fault


def put_pending(folder: Path, data: bytes) -> None:
    """Put the key file of a new recovery key beside those in force; KnownError.

    What lies there and is not this vault's gets another name: `keys.new`, eight digits, `.aside`.
    """
    pending = folder / PENDING
    if not _may_go(pending, keyfile.read(data).vault):
        try:
            os.rename(pending, pending.with_name(f"{PENDING}.{os.urandom(4).hex()}.aside"))
        except OSError as fault:
            raise disk.known(fault) from None
    _put(pending, data)


def drop_pending(folder: Path, generation: int) -> None:
    """Take the file beside away once both copies are whole and of this generation, which is the one in force.

    It then is the same as they are, or belongs to a change that never came about. What is not a file, another vault's
    or a newer program's stays, and so does all where the disk does not let it go.
    """
    both = [_read(folder / name) for name in NAMES]
    if all(one is not None and one.generation == generation for one in both) and both[0] is not None:
        with suppress(OSError):
            if _may_go(folder / PENDING, both[0].vault):
                (folder / PENDING).unlink(missing_ok=True)


def strange(folder: Path, vault_id: bytes) -> list[str]:
    """Return the names of key files that are none of this vault: another vault's, or no file but a link or a pipe."""
    named = [(folder / name, _read(folder / name)) for name in (*NAMES, PENDING)]
    return [path.name for path, one in named if (disk.is_odd(path) if one is None else one.vault != vault_id)]


def heal(folder: Path, vault_id: bytes, generation: int) -> None:
    """Put the key file of this generation in the place of a missing, damaged or older copy.

    A later one, another vault's, a newer program's and what is no file stay. Where the disk does not let it, nothing
    happens.
    """
    good = [one for one in _mine(folder, vault_id) if one.keyfile.generation == generation]
    if not good:
        return
    for name in NAMES:
        found = disk.read_small(folder / name, keyfile.LARGEST)
        if not disk.is_odd(folder / name) and _is_replaceable(found, vault_id, generation):
            try:
                disk.write_durably(folder / name, good[0].data)
            except OSError:
                return


def _put(path: Path, data: bytes) -> None:
    try:
        disk.write_durably(path, data)
    except OSError as fault:
        raise disk.known(fault) from None
    if disk.read_small(path, keyfile.LARGEST) != data:
        raise SaveFailedError


def _candidates(folder: Path) -> list[str]:
    stopped = [one.name for name in NAMES for one in disk.left_beside(folder / name)]
    return [*NAMES, *_LEFT_OVER, *stopped[:_MOST_STOPPED]]


def _read(path: Path) -> keyfile.KeyFile | None:
    try:
        return keyfile.read(disk.read_small(path, keyfile.LARGEST) or b"")
    except (KeyFileDamagedError, NewerVersionError):
        return None


def _may_go(path: Path, vault_id: bytes) -> bool:
    """Say whether what lies under a name is a left-over of this vault: its own key file, a damaged one, or nothing."""
    if disk.is_odd(path):
        return False
    try:
        return keyfile.read(disk.read_small(path, keyfile.LARGEST) or b"").vault == vault_id
    except KeyFileDamagedError:
        return True
    except NewerVersionError:
        return False


def _mine(folder: Path, vault_id: bytes) -> list[Copy]:
    try:
        return [one for one in whole_copies(folder) if one.keyfile.vault == vault_id]
    except KnownError:
        return []


def _is_replaceable(data: bytes | None, vault_id: bytes, generation: int) -> bool:
    if data is None:
        return True
    try:
        found = keyfile.read(data)
    except KeyFileDamagedError:
        return True
    except NewerVersionError:
        return False
    return found.vault == vault_id and found.generation < generation


def _unreadable(folder: Path) -> KnownError:
    there = [folder / name for name in NAMES if (folder / name).exists()]
    if not there:
        return KeyFilesMissingError()
    return KeyFileDamagedError() if any(disk.may_read(one) for one in there) else UnreadableError()
