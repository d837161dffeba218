"""How far the saving of a card has come, said in words beside a small picture."""

import datetime
from enum import StrEnum

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.answers import short_day
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.errors import (
    DiskFullError,
    FinishedError,
    KnownError,
    ReadOnlyError,
    SaveFailedError,
    VaultInUseError,
)
from alliance_desktop.ui.fields.glyphs import Glyph
from alliance_desktop.ui.parts import button, label, row

_REASONS: dict[type[KnownError], str] = {
    DiskFullError: "disk full",
    ReadOnlyError: "the folder cannot be written to",
    VaultInUseError: "the vault is open elsewhere",
    SaveFailedError: "the disk did not accept it",
    FinishedError: "this note is finished",
}


class Saving(StrEnum):
    """The states of a card's saving."""

    DRAFT = "draft"
    SAVING = "saving"
    SAVED = "saved"
    NOT_SAVED = "not_saved"


class SaveWords(msgspec.Struct, frozen=True, kw_only=True):
    """A state with the words for it; `next_step` says what the reader can do about a failure."""

    state: Saving
    words: str
    next_step: str = ""


DRAFT = SaveWords(state=Saving.DRAFT, words="Draft")
SAVING = SaveWords(state=Saving.SAVING, words="Saving…")
NOT_FORESEEN = SaveWords(
    state=Saving.NOT_SAVED,
    words="Not saved – a fault of the program",
    next_step="Press Copy text and paste it somewhere safe. Then close the program and start it again.",
)


def saved(at: datetime.datetime, today: datetime.date | None = None) -> SaveWords:
    """Return "Saved 09:42" for an aware time of today in the computer's own zone; with its day for another day."""
    here = local(at)
    other_day = today is not None and here.date() != today
    day = f"{short_day(here.date())}, " if other_day else ""
    return SaveWords(state=Saving.SAVED, words=f"Saved {day}{here:%H:%M}")


def not_saved(error: KnownError) -> SaveWords:
    """Return "Not saved – disk full" or whatever the reason is, with the next step."""
    reason = _REASONS.get(type(error)) or error.sentence.removeprefix("Not saved: ").rstrip(".")
    return SaveWords(state=Saving.NOT_SAVED, words=f"Not saved – {reason}", next_step=error.next_step)


_PICTURES = {Saving.DRAFT: "pen", Saving.SAVING: "wait", Saving.SAVED: "tick", Saving.NOT_SAVED: "warning"}


class SaveState(QWidget):
    """The state in words beside a picture; after a failure with "Try again" and "Copy text".

    Of a card that nobody has touched it is only spoken.
    """

    try_again = Signal()
    copy_text = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("save_state")
        self._glyph = Glyph()
        self._words = label("", "muted", "save_state_words")
        self._words.setWordWrap(False)
        self._again = button("Try again", "save_try_again")
        self._copy = button("Copy text", "save_copy_text")
        self._again.clicked.connect(self.try_again)
        self._copy.clicked.connect(self.copy_text)
        self.setLayout(row(self._glyph, self._words, self._again, self._copy, gap=0.35))
        self.show_words(DRAFT)

    @property
    def words(self) -> str:
        """What is said now."""
        return self.accessibleName()

    def show_words(self, said: SaveWords) -> None:
        """Show a state."""
        failed = said.state is Saving.NOT_SAVED
        self._glyph.show_picture(_PICTURES[said.state])
        # "Draft" on a card nobody has touched reads as "not saved"; it is there for who asks for it.
        begun = said.state is not Saving.DRAFT
        self._glyph.setVisible(begun)
        self._words.setText(said.words if begun else "")
        self._words.setProperty("kind", "warning" if failed else "muted")
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)
        self.setAccessibleName(said.words)
        self.setAccessibleDescription(said.next_step)
        self.setToolTip(said.next_step)
        for one in (self._again, self._copy):
            one.setVisible(failed)
            one.setAccessibleDescription(said.words if failed else "")
