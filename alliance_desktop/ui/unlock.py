"""The unlock page: the passphrase, or the recovery sheet."""

# What the first picture of it does not show is made when it is asked for: this is the page that a start waits for.
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6 import QtCore
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from alliance_desktop.ui.later import Later
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, field, label, row
from alliance_desktop.ui.passphrase_field import PassphraseField
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from alliance_desktop.domain.errors import KnownError
    from alliance_desktop.ui.background import Background
    from alliance_desktop.ui.ladder import Ladder, Step
    from alliance_desktop.ui.notice import Notice

OPENING = "Opening the vault…"
WAITING = "One moment…"
_PAPER = "Use the &recovery sheet instead"
_PASSPHRASE = "Use the &passphrase instead"


class Unlock(QWidget):
    """One locked vault.

    `unlock` (folder, passphrase) and `recover` (folder, recovery key as typed) run in a thread, answer what opens
    the vault and raise a KnownError otherwise. `unlocked` and `recovered` carry that answer. `step_chosen` carries the
    Step of the ladder that was chosen after a fault; those for a backup and for salvage have signals of their own.
    `offer_ended` comes when nothing of the ladder is wanted any more: another try, another way in, or a lock.
    """

    unlocked = Signal(object)
    recovered = Signal(object)
    other_asked = Signal()
    new_asked = Signal()
    step_chosen = Signal(object)
    backup_asked = Signal()
    salvage_asked = Signal()
    offer_ended = Signal()
    held_changed = Signal()

    def __init__(self, folder: Path, unlock: Callable[[Path, str], Any], recover: Callable[[Path, str], Any]) -> None:
        super().__init__()
        self.setObjectName("unlock")
        self.folder = folder
        self._unlock, self._recover = unlock, recover
        self._opening: Background | None = None
        self._by_paper = self._waits = False
        page = self._page = Page("Your notebook is locked", "unlock_page", width=25)
        page.column.insertStretch(0, 1)
        page.column.addWidget(label(isolated(folder.name.removesuffix(".vault")), "muted", "unlock_vault"))
        frame, inside = card(0.7)
        self._inside = inside
        self.passphrase = PassphraseField("unlock_passphrase")
        self._passphrase_field = field("&Passphrase", self.passphrase, "unlock_passphrase")
        self._key_field = Later(self._make_key_field)
        self.unlock_button = button("&Unlock", "unlock_button", "primary")
        self.working = label(OPENING, "muted", "unlock_working")
        self.working.setWordWrap(False)
        inside.addWidget(self._passphrase_field)
        inside.addLayout(row(self.unlock_button, self.working, gap=0.8))
        self._notice = Later(self._make_notice)
        self._ladder = Later(self._make_ladder)
        page.column.addWidget(frame)
        self.paper_button = button(_PAPER, "unlock_paper", "link")
        self.other_button = button("Open &another vault", "unlock_other", "link")
        self.new_button = button("&Create a new vault", "unlock_new", "link")
        for one in (self.paper_button, self.other_button, self.new_button):
            page.column.addLayout(row(one))
        page.column.addStretch(3)
        around = QVBoxLayout(self)
        spaced(around, 0, 0)
        around.addWidget(page)
        self._join()
        self._show_way(False)
        self._settle()

    @property
    def key(self) -> QLineEdit:
        """The field for the recovery key."""
        return self._key_field()[1]

    @property
    def notice(self) -> "Notice":
        """The bar that says what is amiss."""
        return self._notice()

    @property
    def ladder(self) -> "Ladder":
        """The ways on after a fault."""
        return self._ladder()

    @property
    def is_busy(self) -> bool:
        """Whether a passphrase or key is being tried just now."""
        return self._opening is not None

    @property
    def holds_secret(self) -> bool:
        """Whether something is typed or tried here just now, or a way on is offered for what was."""
        fields = [self.passphrase.edit, *([self.key] if self._key_field.made is not None else [])]
        offers = self._ladder.made is not None and not self._ladder.made.isHidden()
        return self.is_busy or any(one.text() for one in fields) or offers

    def begin(self) -> None:
        """Put the cursor where typing starts; nowhere while nothing can be typed."""
        if self._waits:
            # The stack of pages gives the keyboard to a page in which nothing takes it.
            self.clearFocus()
            return
        (self.key if self._by_paper else self.passphrase.edit).setFocus()

    def wait(self) -> None:
        """Take no words for a moment: a picture of this page is to stand on screen, or the page is soon replaced."""
        if self._waits:
            return
        self._waits = True
        at_hand = self.focusWidget()
        if at_hand is not None:
            # Else it would go on to whatever is not disabled yet.
            at_hand.clearFocus()
        self._settle()

    def be_ready(self) -> None:
        """Take words again, with the cursor where typing starts."""
        if not self._waits:
            return
        self._waits = False
        self._settle()
        # A page of help may lie over this one.
        if self.isVisible():
            self.begin()

    def tell_passphrase(self, words: str) -> None:
        """Tell the passphrase, which is no secret for the sample; it stays there whatever is typed."""
        self._inside.insertWidget(0, label(words, "", "unlock_known"))

    def begin_with_sheet(self) -> None:
        """Ask for the recovery sheet first, for a vault that it alone opens."""
        self._show_way(True)

    def show_error(self, error: "KnownError") -> None:
        """Say why the vault did not open although the passphrase was right, and what can be done."""
        self._say(error)
        if not self.ladder.begin():
            self.begin()

    def withdraw(self, sentence: str, next_step: str) -> None:
        """Take the ways on back, and say why."""
        self._end_offer()
        self.notice.say(sentence, next_step)
        self.held_changed.emit()

    def leave(self) -> None:
        """Forget what is typed and what it opened; one that is being tried opens nothing any more."""
        trying, self._opening = self._opening, None
        if trying is not None:
            trying.done.disconnect(self._open_by_key if self._by_paper else self._open)
            trying.failed.disconnect(self._refused)
            trying.ended.disconnect(self._calm)
            trying.done.connect(_forget)
        self.passphrase.clear()
        if self._key_field.made is not None:
            self.key.clear()
        self._end_offer()
        self._settle()

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Esc goes back from the recovery sheet to the passphrase; it never closes anything."""
        if event.key() == QtCore.Qt.Key.Key_Escape and self._by_paper and not self.is_busy:
            self._show_way(False)
            self.begin()
            return
        super().keyPressEvent(event)

    def _join(self) -> None:
        self.passphrase.changed.connect(self.held_changed)
        self.passphrase.entered.connect(self._start)
        self.unlock_button.clicked.connect(self._start)
        self.paper_button.clicked.connect(self._other_way)
        self.other_button.clicked.connect(self.other_asked)
        self.new_button.clicked.connect(self.new_asked)

    def _make_key_field(self) -> tuple[QWidget, QLineEdit]:
        key = QLineEdit()
        key.setAcceptDrops(False)
        key.textChanged.connect(self.held_changed)
        key.returnPressed.connect(self._start)
        made = field(
            "Recovery &key",
            key,
            "unlock_key",
            "Nine groups of four. Capitals and spaces do not matter. An executor's key has ten, and goes here as well.",
        )
        made.setEnabled(self.unlock_button.isEnabled())
        self._inside.insertWidget(self._inside.indexOf(self._passphrase_field) + 1, made)
        made.setVisible(self._by_paper)
        return made, key

    def _make_notice(self) -> "Notice":
        from alliance_desktop.ui.notice import Notice

        made = Notice("unlock_notice")
        ladder = self._ladder.made
        self._inside.insertWidget(self._inside.indexOf(ladder) if ladder is not None else -1, made)
        return made

    def _make_ladder(self) -> "Ladder":
        from alliance_desktop.ui.ladder import Ladder

        made = Ladder()
        made.chosen.connect(self._way_on)
        self._inside.addWidget(made)
        return made

    def _way_on(self, step: "Step") -> None:
        from alliance_desktop.ui.ladder import Step

        if step is Step.OPEN_BACKUP:
            self.backup_asked.emit()
        elif step is Step.SALVAGE:
            self.salvage_asked.emit()
        else:
            self.step_chosen.emit(step)

    def _other_way(self) -> None:
        self._show_way(not self._by_paper)
        self.begin()

    def _show_way(self, by_paper: bool) -> None:
        self._by_paper = by_paper
        self._passphrase_field.setVisible(not by_paper)
        if by_paper or self._key_field.made is not None:
            self._key_field()[0].setVisible(by_paper)
        self.paper_button.setText(_PASSPHRASE if by_paper else _PAPER)
        self.paper_button.setAccessibleName(self.paper_button.text().replace("&", ""))
        self._say_nothing()

    def _start(self) -> None:
        typed = self.key.text() if self._by_paper else self.passphrase.text()
        if self._opening is not None:
            return
        if not typed:
            what = "recovery key" if self._by_paper else "passphrase"
            self.notice.say(f"Type the {what} of this vault first.")
            self.begin()
            return
        from alliance_desktop.ui.background import Background

        self._say_nothing()
        work = partial(self._recover if self._by_paper else self._unlock, self.folder, typed)
        self._opening = Background(work, only_reads=True)
        self._opening.done.connect(self._open_by_key if self._by_paper else self._open)
        self._opening.failed.connect(self._refused)
        self._opening.ended.connect(self._calm)
        self._settle()
        self._opening.start()

    def _open(self, secrets: Any) -> None:
        self.passphrase.clear()
        self._calm()
        self.unlocked.emit(secrets)

    def _open_by_key(self, secrets: Any) -> None:
        self.key.clear()
        self._calm()
        self.recovered.emit(secrets)

    def _refused(self, error: "KnownError") -> None:
        self._calm()
        self._say(error)
        self.begin()
        (self.key if self._by_paper else self.passphrase.edit).selectAll()

    def _say(self, error: "KnownError") -> None:
        self.notice.show_error(error)
        self.ladder.offer(error)
        self.held_changed.emit()
        # Once the page has its new height: with large text the ways on would lie below its edge.
        QTimer.singleShot(0, self, lambda: self._page.ensureWidgetVisible(self.ladder))

    def _say_nothing(self) -> None:
        if self._notice.made is not None:
            self._notice.made.clear()
        self._end_offer()

    def _end_offer(self) -> None:
        if self._ladder.made is not None:
            self._ladder.made.clear()
        self.offer_ended.emit()

    def _calm(self) -> None:
        self._opening = None
        self._settle()

    def _settle(self) -> None:
        """Say what goes on, and take words where nothing does."""
        going_on = OPENING if self.is_busy else WAITING if self._waits else ""
        self.working.setText(going_on)
        self.working.setVisible(bool(going_on))
        for one in (
            self._passphrase_field,
            *(self._key_field.made or ())[:1],
            self.unlock_button,
            self.paper_button,
            self.other_button,
            self.new_button,
        ):
            one.setEnabled(not going_on)
        self.held_changed.emit()
        if going_on:
            from alliance_desktop.ui.notice import announce

            announce(self, going_on)


def _forget(secrets: Any) -> None:
    forget = getattr(secrets, "forget", None)
    if callable(forget):
        forget()
