"""The changes of keys that a counsellor can ask for: prepared in a thread, then put in place by the window's own."""

from enum import StrEnum
from typing import NamedTuple

from alliance_desktop.keys.executor import executor_text
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Sheet, sheet_of
from alliance_desktop.services.key_life import KeyLife
from alliance_desktop.services.key_work import KeyWork, Replacement, Sealed


class Change(StrEnum):
    """What can be asked for."""

    REPRINT = "reprint"
    REPLACE = "replace"
    KNOWN = "known"
    SHEET_ONLY = "sheet_only"
    PASSPHRASE = "passphrase"
    EXECUTOR = "executor"

    @property
    def encrypts_anew(self) -> bool:
        """Whether the notes are encrypted with a new key."""
        return self in {Change.REPLACE, Change.KNOWN}


class Prepared(NamedTuple):
    """A change ready to be put in place. `secrets` are those of the sheet that is valid after it."""

    change: Change
    secrets: Secrets
    sealed: Sealed | None = None
    replacement: Replacement | None = None

    @property
    def sheet(self) -> Sheet:
        """What the sheet says that is valid after the change, or the one for an executor."""
        if self.change is Change.EXECUTOR:
            typed = executor_text(self.secrets.recovery, self.secrets.vault_id)
            return Sheet(tuple(typed.split("-")), self.secrets.vault_id.hex())
        return sheet_of(self.secrets)

    def forget(self) -> None:
        """Overwrite the keys in memory."""
        self.secrets.forget()
        if self.replacement is not None:
            self.replacement.forget()


def prepare(change: Change, work: KeyWork, present: str, new: str = "") -> Prepared:
    """Check what opens the vault now and make ready what is asked for; slow, for any thread, and changes nothing.

    KnownError for a wrong passphrase or sheet, and for damaged key files.
    """
    if change.encrypts_anew:
        made = work.replacement(present, new if change is Change.KNOWN else "")
        return Prepared(change, made.new, replacement=made)
    if change in {Change.REPRINT, Change.EXECUTOR}:
        return Prepared(change, work.check(present))
    sealed = work.no_passphrase(present) if change is Change.SHEET_ONLY else work.passphrase(present, new)
    return Prepared(change, sealed.secrets, sealed=sealed)


def put_in_place(keys: KeyLife, prepared: Prepared) -> None:
    """Make a change real and forget its keys; KnownError where it could not be, and what held before still holds."""
    if prepared.replacement is not None:
        keys.replace(prepared.replacement, new_passphrase=prepared.change is Change.KNOWN)
    elif prepared.change is Change.EXECUTOR:
        keys.note_executor_sheet()
    elif prepared.sealed is not None and prepared.change is Change.SHEET_ONLY:
        keys.install_none(prepared.sealed)
    elif prepared.sealed is not None:
        keys.install(prepared.sealed)
    prepared.forget()
