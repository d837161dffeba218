"""The world's faults in the life of keys: an older sheet, older key files, a change that did not come about."""

from alliance_desktop.domain.errors import (
    DiskFullError,
    KnownError,
    OldKeyFileError,
    WrongPassphraseError,
    WrongRecoveryKeyError,
)


class SheetAsPassphraseError(WrongPassphraseError):
    """What was typed as the passphrase is a recovery key."""

    sentence = "This is not the passphrase; it looks like the key of the recovery sheet."
    next_step = "Use the recovery sheet instead."


class ExecutorKeyAsPassphraseError(WrongPassphraseError):
    """What was typed as the passphrase is an executor's key."""

    sentence = "This is not the passphrase; it looks like the key of a sheet for an executor."
    next_step = "Use the recovery sheet instead, and type it there."


class WrongExecutorKeyError(WrongRecoveryKeyError):
    """An executor's key that is well formed and belongs to another vault."""

    sentence = "That executor's key does not belong to this vault."
    next_step = "Look whether the sheet names this vault, and whether there is a newer one."


class OldExecutorSheetError(WrongExecutorKeyError):
    """A sheet for an executor from before the recovery key was replaced; known by the print that the vault keeps."""

    sentence = "This sheet for an executor is from before the recovery key was replaced. It opens nothing any more."
    next_step = "Look for a newer one, or ask whoever has the newest recovery sheet."


class ExecutorCannotLookError(KnownError):
    """An executor's key is right, and the vault cannot be opened for it; `why` says what is amiss."""

    def __init__(self, why: KnownError) -> None:
        super().__init__(
            why.sentence, "The executor's key is right. Whoever has the recovery sheet can try a backup or a rescue."
        )


class OldSheetError(WrongRecoveryKeyError):
    """A recovery sheet that was replaced; known by the print that the vault keeps of it."""

    sentence = "This is an older recovery sheet of this vault. It was replaced and opens nothing here any more."
    next_step = "Look for the newest sheet, or open the vault with its passphrase and reprint the sheet."


class ReplacedKeysError(OldKeyFileError):
    """Key files of this vault from before its recovery key was replaced; known by the print that the vault keeps."""

    sentence = (
        "The key files of this vault are from before its recovery key was replaced: an earlier copy was put back."
    )
    next_step = "Put the newest keys.a and keys.b back, or open the vault with its newest recovery sheet."


class UnfinishedChangeError(WrongPassphraseError):
    """A passphrase that was chosen for a replacement of the keys that never came about."""

    sentence = "This passphrase was chosen for a change that did not come about."
    next_step = "The passphrase before it still opens the vault. Nothing is lost."


class NoRoomToReencryptError(DiskFullError):
    """Encrypting anew needs as much room again as the notes take."""

    def __init__(self, needed: int, free: int) -> None:
        self.needed, self.free = needed, free
        room = f"needs {_megabytes(needed)} of free room here, and there are {_megabytes(free)}"
        super().__init__(
            f"Encrypting the notes anew {room}.",
            "Free some space, then try again. Nothing was changed: the present passphrase and sheet still hold.",
        )


class NotReencryptedError(KnownError):
    """The notes could not be written anew under the new key; the old key holds."""

    sentence = "The notes could not be encrypted anew. They are as they were, and nothing is lost."
    next_step = (
        "The passphrase and the recovery sheet from before still hold; the new sheet does not. "
        "Unlock the notebook, check the disk, then try again."
    )


class StaleChangeError(KnownError):
    """Keys that were prepared for a vault whose keys were changed meanwhile."""

    sentence = "The keys of this vault were changed meanwhile, so this change was not made."
    next_step = "Begin again; the passphrase and the recovery sheet that are valid now still hold."


def _megabytes(size: int) -> str:
    return f"{max(1, -(-size // 1_000_000))} MB"
