"""The world's faults with files that notes are taken out into or brought in from."""

from alliance_desktop.domain.errors import KnownError

_UNCHANGED = "Nothing was brought in; the vault is as it was."


class BadLineError(KnownError):
    """A line of a file that cannot be taken: its number, from 1, and why."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(f"Line {line}: {reason}.", f"{_UNCHANGED} Mend the file or make it anew, then try again.")


class NoFileError(KnownError):
    """The file to be brought in is not there, is no file, or cannot be read."""

    sentence = "This file is not there, is a folder or a device, or cannot be read."
    next_step = f"{_UNCHANGED} Name the file itself, one that was taken out by this program or made by a script."


class FileReadError(NoFileError):
    """The file to be brought in is there, and could not be read to its end."""

    sentence = "This file could not be read to its end."
    next_step = f"{_UNCHANGED} Check the disk or stick that it lies on, or copy it to another place, then try again."


class SampleMixedError(KnownError):
    """Invented people and real notes were to be mixed."""

    sentence = "A sample of invented people and real notes are not mixed."
    next_step = f"{_UNCHANGED} Bring a sample into a sample, and notes into a vault of your own."


class ImportDiskError(KnownError):
    """The disk did not take everything that was to be brought in."""

    sentence = "The disk did not take everything, so nothing of it was kept."
    next_step = f"{_UNCHANGED} Free some space, then try again."


class ImportNotKeptError(KnownError):
    """What was brought in is not what was written, so it was not kept."""

    sentence = "Everything was written, but reading it back found faults, so it was not kept."
    next_step = f"{_UNCHANGED} Try again, or check the disk."


class ImportNotPlacedError(KnownError):
    """The vault with what was brought in could not take the place of the one before."""

    sentence = "Everything was brought in, but the vault's file could not be replaced, so it was not kept."
    next_step = f"{_UNCHANGED} Close other programs that use the vault's folder, then try again."


class ExportTakenError(KnownError):
    """There is something already where the file was to be."""

    sentence = "There is already something of this name; nothing is ever overwritten."
    next_step = "Choose another name."


class ExportPlaceError(KnownError):
    """The folder for the file is not there or cannot be written."""

    sentence = "No file can be written there."
    next_step = "Check that the folder is there and may be written to, or choose another place."


class ExportInsideVaultError(ExportPlaceError):
    """The file was to be put into a vault's folder."""

    sentence = "A file of unprotected notes does not belong inside a vault's folder."
    next_step = "Choose another place."


class ExportStoppedShortError(KnownError):
    """The disk did not take all of the file."""

    sentence = "The disk did not take all of the file, so nothing of it was kept."
    next_step = "Free some space, or choose another disk or stick. The vault is as it was."
