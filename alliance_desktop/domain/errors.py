"""The world's faults, each said in a sentence a counsellor understands.

A `KnownError` is not a bug: it is shown as it stands, as a bar inside the page, with the next step.
Its text never carries anything a counsellor wrote.
"""


class KnownError(Exception):
    """A fault of the world (not of the program), with the sentence to show.

    `sentence` says what happened, `next_step` what the reader can do about it.
    """

    sentence = "Something outside the program went wrong."
    next_step = "Try again."

    def __init__(self, sentence: str = "", next_step: str = "") -> None:
        self.sentence = sentence or type(self).sentence
        self.next_step = next_step or type(self).next_step
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return f"{self.sentence} {self.next_step}".strip()


class FormFileError(KnownError):
    """A form file that cannot be used; names the file, the key and the reason."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        self.file, self.key, self.reason = file, key, reason
        super().__init__(
            f"The form file {file} cannot be used: {key}: {reason}.",
            "Put the file from the program's own package back, or correct it.",
        )


class WrongPassphraseError(KnownError):
    """The passphrase does not open this vault; the vault itself is whole."""

    sentence = "That is not the passphrase of this vault."
    next_step = "Check Caps Lock and the keyboard's language, then try again, or use the recovery sheet."


class WrongRecoveryKeyError(KnownError):
    """The recovery key is well formed but belongs to another vault or an older sheet."""

    sentence = "That recovery key does not belong to this vault."
    next_step = "Look for the newest recovery sheet of this vault; an older sheet no longer works."


class MistypedRecoveryKeyError(KnownError):
    """A recovery key with typing mistakes; says which group, and nothing else."""


class KeyFileDamagedError(KnownError):
    """Neither key file can be read, though the database may be whole."""

    sentence = "The key files of this vault (keys.a and keys.b) are damaged. Your notes are not lost."
    next_step = "Open the vault with the recovery sheet; the key files are then made anew."


class OldKeyFileError(KnownError):
    """A key file that an earlier passphrase belongs to was put back."""

    sentence = "The key files of this vault are older than its notes: an earlier copy was put back."
    next_step = "Open the vault with the recovery sheet, then choose a new passphrase."


class NewerVersionError(KnownError):
    """The vault was written by a newer program."""

    sentence = "This vault was made by a newer version of Alliance Desktop."
    next_step = "Install the newer version to open it. Nothing was changed."


class VaultDamagedError(KnownError):
    """The key is right and the database cannot be read."""

    sentence = "The passphrase is right, but the file that holds the notes is damaged."
    next_step = (
        "Copy the whole vault folder to a safe place before anything else, then open your newest backup. "
        "Nothing was changed."
    )


class NewerEntryError(NewerVersionError):
    """An entry was written in a form, or a version of one, that this program does not have."""

    sentence = "This entry was written with a newer version of Alliance Desktop."
    next_step = "Install the newer version to read it. Nothing was changed."


class NotAVaultError(KnownError):
    """The place named is not a vault."""

    sentence = "There is no vault in this folder."
    next_step = "Choose the folder whose name ends in .vault, or create a new vault."


class VaultExistsError(KnownError):
    """A new vault was to be made where something already is."""

    sentence = "There is already something in this folder."
    next_step = "Choose another name or place; nothing is ever overwritten."


class UnusableNameError(KnownError):
    """A folder was named with signs that no folder can have."""

    sentence = "A folder cannot have this name."
    next_step = "Choose another name; letters, digits and spaces always work."


class VaultInUseError(KnownError):
    """Another running program holds the vault."""

    sentence = "This vault is already open in another window or on another computer."
    next_step = "Use the window that is open, or close it and try again."


class ReadOnlyError(KnownError):
    """The vault's folder or files cannot be written."""

    sentence = "This vault's folder cannot be written to, so notes could not be saved."
    next_step = "Copy the folder to a place where you may write, or ask for the right to write here."


class DiskFullError(KnownError):
    """There is no room for the save; the text is still on screen."""

    sentence = "Not saved: the disk is full."
    next_step = "Free some space; saving goes on by itself. Your text is still here."


class NotDoneError(KnownError):
    """An act beside writing, such as putting a note into the bin, met a disk that did not take it; nothing was done."""

    sentence = "Nothing was changed: the disk is full, or did not take it."
    next_step = "Free some space, or check the disk, then try again."


class SaveFailedError(KnownError):
    """The save failed for another reason of the disk; the text is still on screen."""

    sentence = "Not saved: the disk did not accept the note."
    next_step = "Your text is still here. Check the disk, then try again, or copy the text."


class NotEnoughMemoryError(KnownError):
    """Deriving the key needs more memory than the computer has free."""

    sentence = "There is not enough free memory to check the passphrase."
    next_step = "Close other programs and try again, or open the vault with the recovery sheet, which needs no memory."


class FinishedError(KnownError):
    """A finished entry was to be changed."""

    sentence = "This note is finished and stays as it is."
    next_step = "Add a dated addendum to it."


class EarlierTurnError(FinishedError):
    """An entry of a strain was to be changed after the strain was opened again."""

    sentence = "This card belongs to an earlier turn of the strain and stays as it is."
    next_step = "Open the card anew to write in the present turn."


class BinnedError(KnownError):
    """An entry in the bin was to be changed."""

    sentence = "This note is in the bin and stays as it is."
    next_step = "Put it back first, then write on."


class UnprintableError(KnownError):
    """A page could not be made at all."""

    sentence = "This page could not be made."
    next_step = "Your notes are safe. Try the other paper size, or copy the text."


class NothingToPrintError(KnownError):
    """There is nothing that a page could be about, and it cannot be filled in by hand."""

    sentence = "There is nothing to print here yet."
    next_step = "Choose another page above."


class NotSavedToFileError(KnownError):
    """A PDF could not be written where the user asked."""

    sentence = "The PDF could not be written there."
    next_step = "Choose another folder, one where you may write and that has room."


class PageInsideVaultError(NotSavedToFileError):
    """A page was to be saved into a vault's folder."""

    sentence = "A page does not belong inside a vault's folder, where it could take the place of your notes."
    next_step = "Choose another folder. The vault is as it was."


class PageNamedAsNotesError(NotSavedToFileError):
    """A page was to have the name that the notes or the keys have in a vault."""

    sentence = "Only the files of a vault have this name."
    next_step = "Choose another name for the page."


class NotAnOrdinaryFileError(NotSavedToFileError):
    """What has the name of the page already is a folder, a pipe or a device."""

    sentence = "What has this name already is a folder or a device, not a file."
    next_step = "Choose another name."


class NotPrintedError(KnownError):
    """A printer did not take a page."""

    sentence = "The printer did not take the page."
    next_step = "Check that it is on, connected and has paper, then print again; or save the page as a PDF."


class NoPrinterError(KnownError):
    """Something was to be printed into a file, or where there is no printer."""

    sentence = "Nothing was printed: no printer was found or chosen."
    next_step = "To keep the page as a file, save it as a PDF here: then only you can read it."


class NoFolderError(NotAVaultError):
    """The folder named does not exist."""

    sentence = "This folder is not there."
    next_step = "It may have been moved or renamed, or its disk is not connected. Choose it anew."


class NotAFolderError(NotAVaultError):
    """A file was named where the vault's folder is meant."""

    sentence = "This is a file; a vault is a folder."
    next_step = "Choose the folder whose name ends in .vault."


class UnreadableError(KnownError):
    """The vault is there and this user may not read it."""

    sentence = "This vault's folder or files cannot be read by this user of the computer."
    next_step = "Ask whoever looks after the computer for the right to read them. Nothing was changed."


class NotesMissingError(VaultDamagedError):
    """The key files are there and the database is not."""

    sentence = "The file that holds the notes (notes.db) is missing from this vault."
    next_step = "Look for it beside the folder and in the bin, or open your newest backup. Nothing was changed."


class NotesEmptyError(VaultDamagedError):
    """The database has no content at all."""

    sentence = "The file that holds the notes (notes.db) is empty."
    next_step = "A copy may have stopped half-way: copy the vault again from where it came, or open your newest backup."


class NotesNotAFileError(VaultDamagedError):
    """Something other than a file lies where the database belongs."""

    sentence = "Where the file of the notes (notes.db) belongs there is something that is not a file."
    next_step = "Move it out of the vault's folder, then put the file of the notes back. Nothing was changed."


class NotEncryptedError(VaultDamagedError):
    """An ordinary database lies in place of the encrypted one."""

    sentence = "The file notes.db in this vault is an ordinary database and not the encrypted notes."
    next_step = "Somebody may have put another file in its place: open your newest backup. Nothing was changed."


class KeysOfAnotherVaultError(KnownError):
    """The key files are whole, and no page of the notes was sealed with their key."""

    sentence = "The passphrase fits the key files, but not these notes: they belong to another vault, or are damaged."
    next_step = "Put the vault's own keys.a and keys.b back, or open it with the recovery sheet. Nothing was changed."


class VaultMovedError(ReadOnlyError):
    """The vault was moved, renamed or removed while it was open."""

    sentence = "Not saved: the vault was moved or renamed while it was open."
    next_step = "Your text is still here. Put the folder back where it was, or copy the text."


class ReadFailedError(KnownError):
    """The disk did not give back what was stored."""

    sentence = "The disk could not be read."
    next_step = "Check that the disk is connected, then try again. Nothing was changed."


class SaveWaitingError(DiskFullError):
    """The save is kept but not yet put in its last place; it must not be written a second time."""

    sentence = "The note is kept, but the disk has no room to finish the save."
    next_step = "Free some space; the save is finished by itself. Your text is still here."


class UnsafeSettingError(KnownError):
    """A part of this installation would not keep notes safely; names the setting."""

    next_step = "Nothing was opened or changed. Install Alliance Desktop anew."

    def __init__(self, setting: str) -> None:
        self.setting = setting
        super().__init__(f"This copy of Alliance Desktop cannot keep notes safely ({setting}).")


class KeyFilesMissingError(KeyFileDamagedError):
    """Neither key file is there."""

    sentence = "Both key files (keys.a and keys.b) are missing from this vault. Your notes are not lost."


class UnseenWordingError(KnownError):
    """The client's page was asked for before the client saw its wording."""

    sentence = "The client has not seen this wording yet, so the page with both your words is not printed."
    next_step = "Read it to them and note that they saw it, or print the blank page and fill it in together."


class ChangedWordingError(UnseenWordingError):
    """The client's page was asked for after its wording was changed, and before the client saw it again."""

    sentence = "The wording has changed since the client saw it, so the page with both your words is not printed."
    next_step = "Show it to them again and note that they saw it, or print the blank page and fill it in together."


class NotTheirWordsError(KnownError):
    """The client's sheet was asked for of feedback that somebody else gave, or that says not who gave it."""

    sentence = "This was not said by the client, so it is not printed on their sheet."
    next_step = "Choose what they said themselves, or print the blank page. Where they did say it, note who gave it."


def of_act(fault: KnownError) -> KnownError:
    """Return what a fault is to an act beside writing: what those of a save say is meant for words still on screen."""
    waits = isinstance(fault, SaveWaitingError)
    return NotDoneError() if isinstance(fault, DiskFullError | SaveFailedError) and not waits else fault
