"""The world's faults while what is left of a damaged vault is saved, each said in a sentence."""

from alliance_desktop.domain.errors import DiskFullError, KnownError, ReadOnlyError, SaveFailedError, VaultDamagedError

_KEPT = "Nothing of it was kept. The damaged vault was not changed."
_NOT_MADE: dict[type[KnownError], tuple[str, str]] = {
    DiskFullError: ("The new vault could not be made there: the disk is full.", "Free some space, or choose"),
    ReadOnlyError: ("The new vault could not be made there: nothing can be written in this folder.", "Choose"),
    SaveFailedError: ("The new vault could not be made there: the disk did not take it.", "Choose"),
}


def not_made(fault: KnownError) -> KnownError:
    """Return a fault of the disk in the words for a new vault; any other as it is."""
    for kind, (sentence, what_next) in _NOT_MADE.items():
        if isinstance(fault, kind):
            return kind(sentence, f"{what_next} another place. {_KEPT}")
    return fault


class NothingSavedError(KnownError):
    """Pages were found that the key fits, and not one row in them."""

    sentence = "No client and no note could be read any more in this vault."
    next_step = "Open your newest backup. Keep the damaged folder: nothing in it was changed."


class SalvageRefusedError(KnownError):
    """The new vault was written, and reading it back found faults; it was not kept."""

    sentence = "The new vault was written, but reading it back found faults, so it was not kept."
    next_step = "Choose another disk or folder for the new vault. The damaged vault was not changed."


class CopyAsideError(KnownError):
    """The copy of the damaged folder could not be made whole; what was written of it was taken away again."""

    sentence = "The copy of the damaged folder could not be made."
    next_step = "Free some space, or choose another place. The damaged vault was not changed."


class PartUnreadableError(VaultDamagedError):
    """While a vault was open, or as it was opened, a part of its notes could not be read."""

    sentence = "A part of the notes in this vault can no longer be read."
    next_step = "Save what can be read into a new vault, or open your newest backup. Nothing was changed."
