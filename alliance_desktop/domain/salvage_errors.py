"""The world's faults while what is left of a damaged vault is saved, each said in a sentence."""

from alliance_desktop.domain.errors import KnownError, VaultDamagedError


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
