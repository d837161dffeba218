"""What every companion of a card and every panel of a client's page can do and ask for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.entry import Entry


class Asking(QWidget):
    """Asks for another page: an entry (`open_asked`), a strain (`arc_asked`), or a new card.

    `card_asked` carries a strain and the card to open it at.
    `new_asked` carries the form, the card and the answers to begin it with; it is about the same client.
    `changed` carries a Changed where something was written.
    """

    open_asked = Signal(object)
    arc_asked = Signal(object)
    card_asked = Signal(object, str)
    new_asked = Signal(str, str, object)
    changed = Signal(object)


class Companion(Asking):
    """Stands over the fields of one card, scrolls with them, and follows what is written in them.

    `put_asked` carries the key of a question and the answer to put there, as if the counsellor had given it;
    `focus_asked` the key of a question that is to have the keyboard. What is in `below` stands under the fields.
    """

    put_asked = Signal(str, object)
    focus_asked = Signal(str)
    below: QWidget | None = None

    def begin(self) -> bool:
        """Take the keyboard as the card is opened, where this is to be read first; False leaves it to the card."""
        return False

    def follow(self, entry: Entry | None, answers: Answers) -> None:
        """Show what these answers ask for, as the card opens and after each write; `entry` is None before the first."""

    def before_finishing(self) -> tuple[str, str] | None:
        """Return a question that is asked once before the card is finished, and its next step; None for none."""
        return None


class ClientPanel(Asking):
    """Stands over the timeline on a client's page."""

    def refresh(self) -> None:
        """Read anew, and hide where there is nothing to say; called as the page opens and after each change."""
