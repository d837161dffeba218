"""The world's faults with backups, each said in a sentence a counsellor understands."""

import datetime

from alliance_desktop.domain.clock import local
from alliance_desktop.domain.errors import (
    KeyFileDamagedError,
    KnownError,
    NewerVersionError,
    VaultDamagedError,
    VaultExistsError,
    WrongPassphraseError,
    WrongRecoveryKeyError,
)

_KEPT = "Nothing was changed. Choose another backup."


class BackupStoppedError(KnownError):
    """The counsellor stopped a backup or a restore."""

    sentence = "Stopped. Nothing of it was kept, and nothing else was changed."
    next_step = "Start it again whenever you like."


class BackupRefusedError(KnownError):
    """A backup that was just written is not what it should be; it was not kept."""

    sentence = "The backup was written, but reading it back found faults, so it was not kept."
    next_step = "Your notes and the backups before it are untouched. Try again, or choose another disk or stick."


class BackupNoRoomError(KnownError):
    """There is no room where the backup or the restored vault should go; sizes are in bytes."""

    def __init__(self, needed: int, free: int) -> None:
        self.needed, self.free = needed, free
        wanted, there = said_apart(needed, free)
        super().__init__(
            f"There is not enough room there: {wanted} needed, {there} free.",
            "Free some space, or choose another place. Nothing was changed.",
        )


class BackupPlaceError(KnownError):
    """The folder named for a backup or a restored vault is not there or cannot be written."""

    sentence = "Nothing can be written in this folder."
    next_step = "Check that the disk or stick is connected and may be written to, or choose another place."


class BackupPlaceMissingError(BackupPlaceError):
    """The folder named for a backup is not there."""

    sentence = "This folder is not there."
    next_step = "Check that the disk or stick is connected, or choose another place."


class BackupDiskError(KnownError):
    """The disk refused while a backup or a restored vault was being written."""

    sentence = "The disk stopped taking the data before it was all written, so nothing of it was kept."
    next_step = "Check that the disk or stick is still connected, then try again or choose another place."


class BackupMissingError(KnownError):
    """The backup named is not there."""

    sentence = "This backup is not there any more."
    next_step = "Its disk or stick may not be connected. Choose it anew, or choose another."


class BackupNotAFileError(KnownError):
    """A link, a folder or a device lies where a backup should be."""

    sentence = "This is not a file but a link, a folder or a device; a backup is a file."
    next_step = "Choose the file itself, whose name ends in .vbak. Nothing was changed."


class BackupUnreadableError(KnownError):
    """The backup is there and cannot be read by this user or from this disk."""

    sentence = "This backup cannot be read."
    next_step = "Check its disk, and that you have the right to read it, then try again or choose another backup."


class BackupEmptyError(VaultDamagedError):
    """A file of no content at all."""

    sentence = "This backup is empty: there is nothing in the file."
    next_step = f"A copy may have stopped before it began. {_KEPT}"


class NotABackupError(KnownError):
    """A file of another kind."""

    sentence = "This file is not a backup of a vault."
    next_step = "Choose a file whose name ends in .vbak. Nothing was changed."


class BackupCutError(VaultDamagedError):
    """The end of a backup is missing or something was added to it."""

    sentence = "This backup is not whole: its end is missing or was changed."
    next_step = f"A copy may have stopped half-way: copy it again from where it came. {_KEPT}"


class BackupPlainError(VaultDamagedError):
    """An ordinary database in place of an encrypted backup."""

    sentence = "This file is an ordinary database and not an encrypted backup."
    next_step = f"Somebody may have put another file in its place. {_KEPT}"


class BackupMixedError(VaultDamagedError):
    """The key part and the notes of a backup belong to two vaults."""

    sentence = "The two parts of this backup, its keys and its notes, belong to different vaults."
    next_step = f"The file was put together from others. {_KEPT}"


class BackupOfAnotherVaultError(KnownError):
    """A whole backup of some other vault."""

    sentence = "This backup belongs to another vault."
    next_step = f"To bring that vault back, open it from the page that unlocks a vault. {_KEPT}"


class BackupKeysDamagedError(KeyFileDamagedError):
    """The key part of a backup is damaged; the recovery key may still open the notes."""

    sentence = "The part of this backup that the passphrase opens is damaged."
    next_step = "Use the recovery sheet instead, which does not need that part, or choose another backup."


class BackupNewerError(NewerVersionError):
    """The backup was made by a newer program."""

    sentence = "This backup was made by a newer version of Alliance Desktop."
    next_step = "Install the newer version to restore it. Nothing was changed."


class BackupPassphraseError(WrongPassphraseError):
    """The passphrase is not the one that was valid when the backup was made."""

    sentence = "That is not the passphrase this backup was made with."
    next_step = "A backup opens with the passphrase that was valid on its day, or with the recovery sheet of that time."


class BackupRecoveryKeyError(WrongRecoveryKeyError):
    """The recovery key is of another vault or another time."""

    sentence = "That recovery key does not open this backup."
    next_step = (
        "Look for the recovery sheet that was valid when the backup was made, or use the passphrase of that time."
    )


class BackupDamagedError(VaultDamagedError):
    """The key is right and the notes inside the backup are not as they were written."""

    sentence = "This backup can be opened, but its notes are damaged, so it is not used."
    next_step = _KEPT


class RestorePlaceTakenError(VaultExistsError):
    """There is already something where a backup was to be restored."""

    sentence = "There is already something where the backup was to be restored."
    next_step = "Choose the name of a folder that does not exist yet; nothing is ever overwritten."


class RestoreElsewhereError(KnownError):
    """Another computer says in the vault's folder that it has the vault open, so nothing takes its place."""

    def __init__(self, computer: str, since: datetime.datetime) -> None:
        super().__init__(
            f"This vault is open on another computer ({computer}) since {local(since):%d %B %Y, %H:%M}, "
            "so nothing was restored.",
            "Close it there first. If it is not open there any more, restore once more, and it is done.",
        )


class SwapFailedError(KnownError):
    """The restored vault could not take the place of the present one; both are whole."""

    def __init__(self, restored: str) -> None:
        super().__init__(
            "The restored vault could not take the place of the present one, because a folder could not be renamed.",
            f"Both are whole. Close other programs that use the folder, or open the restored vault: {restored}.",
        )


def said_size(size: int, more: int = 0) -> str:
    """Return a size in bytes as it is read: "12 KB", "3.4 MB"; with so many more digits after the point."""
    amount = float(max(size, 0))
    for unit in ("bytes", "KB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1000
    usual = 0 if unit in {"bytes", "KB"} or amount >= 100 else 1
    return f"{amount:.{0 if unit == 'bytes' else usual + more}f} {unit}"


def said_apart(one: int, other: int) -> tuple[str, str]:
    """Return two sizes as they are read, with as many digits as it takes to tell them apart."""
    told = ((said_size(one, more), said_size(other, more)) for more in range(9))
    return next((pair for pair in told if pair[0] != pair[1]), (said_size(one), said_size(other)))
