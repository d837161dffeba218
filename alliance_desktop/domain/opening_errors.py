"""The world's faults at opening: an unclean stop, an older copy, a vault open elsewhere, notes that were replaced.

Some are no hindrance: they are said once the vault is open, as its remarks.
"""

import datetime

from alliance_desktop.domain.clock import local
from alliance_desktop.domain.errors import KnownError, UnusableNameError, VaultDamagedError

_MOST_TOLD = 10**9


class SideNotAFileError(KnownError):
    """A link, a folder, a pipe or a device lies where one of SQLite's own side files belongs; names the file."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"Where the file of an unfinished save ({name}) belongs there is something that is not a file.",
            "Move it out of the vault's folder, then try again. Your notes are not concerned; nothing was changed.",
        )


class SideFileTooLargeError(KnownError):
    """The side file is far larger than these notes could need."""

    sentence = "The file of an unfinished save (notes.db-wal) is far too large for these notes."
    next_step = "Move it out of the vault's folder and keep it, then try again. Nothing was changed."


class InsideVaultError(UnusableNameError):
    """A vault was to be made inside the folder of another."""

    sentence = "This place lies inside the folder of a vault, which holds only the vault's own files."
    next_step = "Choose a place outside it. Nothing was changed."


class WrongIndexError(KnownError):
    """The index of the search does not say what the notes say; every note was looked at and is in order."""

    sentence = "Every note is as it was written, but the index of the search is wrong: a search may miss notes."
    next_step = (
        "Open the vault: an index that is found wrong there is begun anew from the notes. If this is said again later, "
        "make a backup and restore it, which makes the index anew in any case. Nothing was changed."
    )


class StrangeKeysError(KnownError):
    """A remark: key files lie in the vault that are not its own; names them."""

    def __init__(self, names: list[str]) -> None:
        self.names = tuple(names)
        super().__init__(
            f"In this vault's folder there is something else in the place of its key file: {', '.join(names)}.",
            "It was left as it is. Move it out of the folder; the vault's own key file is then made anew.",
        )


class StoppedError(KnownError):
    """A remark: the program was stopped without closing, and nothing is missing."""

    sentence = "The program was not closed properly last time. The whole vault was checked and is in order."
    next_step = "Nothing needs to be done."


class StoppedWhileSavingError(StoppedError):
    """A remark: a save was cut short, which may have held the last words."""

    sentence = "The program was stopped in the middle of a save. All earlier notes were checked and are in order."
    next_step = "Look at the note you wrote last: its last words may be missing."


class SideFileDamagedError(StoppedError):
    """A remark: the file of an unfinished save is damaged; it was set aside and the notes opened without that save."""

    sentence = "The file of the last save (notes.db-wal) is damaged, so that the last save may be missing."
    next_step = "Look at the note you wrote last. The damaged file is kept in the vault's folder."


class LeftOpenError(StoppedError):
    """A remark: this computer says that it has the vault open, and no program has."""

    sentence = "The computer or the program stopped while this vault was open. The whole vault was checked."
    next_step = "All saved notes are there and in order; nothing needs to be done."


class StaleSideFileError(VaultDamagedError):
    """The file of the last save does not belong to these notes: put beside them, it would take newer notes back."""

    sentence = (
        "A file of an unfinished save (notes.db-wal) lies in this vault and does not belong to its present notes."
    )
    next_step = "Open a copy of the vault without it. This vault stays as it is; nothing was changed."


class DamagedAfterStopError(VaultDamagedError):
    """After an unclean stop the whole file was checked, and it is not in order."""

    sentence = "The file that holds the notes was checked from end to end and is no longer in order."
    next_step = "Save what can be read into a new vault, or open your newest backup. Nothing was changed."


class AlteredNotesError(KnownError):
    """Every page is sealed rightly and the notes are not those that were saved: a part was put back from earlier."""

    sentence = "A part of the notes in this vault was replaced by an earlier state of itself, outside this program."
    next_step = "Notes may show old words or be missing. Compare with your newest backup before you write more."


class OlderCopyError(KnownError):
    """The vault is older than what this computer has seen of it; `missing` saves are not in it."""

    def __init__(self, missing: int, last_seen: datetime.datetime | None = None) -> None:
        self.missing = missing
        many = f"{missing}" if missing < _MOST_TOLD else "very many"
        saves = "1 save is missing" if missing == 1 else f"{many} saves are missing"
        when = f", the last of them of {local(last_seen):%d %B %Y, %H:%M}" if last_seen else ""
        super().__init__(
            f"This is an older copy of the vault: {saves} that were made on this computer{when}.",
            "Open a backup to compare, or open this older copy. Neither changes the other.",
        )


class OpenElsewhereError(KnownError):
    """Another computer says in the vault's folder that it has the vault open."""

    def __init__(self, computer: str, since: datetime.datetime) -> None:
        self.computer, self.since = computer, since
        super().__init__(
            f"This vault is open on another computer ({computer}) since {local(since):%d %B %Y, %H:%M}.",
            "Close it there and wait until its folder has been copied. If it is not open there any more, "
            "open it normally; to look something up, open it to read.",
        )


class OpenedToReadError(KnownError):
    """A remark: the vault was opened for reading because that was asked."""

    sentence = "This vault is open for reading only: you chose to read it."
    next_step = "Nothing can be written. Lock it and unlock it again to write."


class ReadOnlyFolderError(OpenedToReadError):
    """A remark: the vault was opened for reading because it cannot be written where it lies."""

    sentence = "This vault is open for reading only: its folder or its file cannot be written to."
    next_step = "Copy the folder to a place where you may write, and open it there to write."


class OpenElsewhereToReadError(OpenedToReadError):
    """A remark: the vault was opened for reading while another program has it open."""

    sentence = "This vault is open for reading only: it is open elsewhere, and is shown as it was a moment ago."
    next_step = "What is written there meanwhile does not show here. Close it there to write here."
