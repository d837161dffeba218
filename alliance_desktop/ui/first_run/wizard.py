"""The pages of the first run, in order, inside the window."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.ui.background import Background
from alliance_desktop.ui.first_run.choices import Choose
from alliance_desktop.ui.first_run.needs import FirstRunNeeds, MadeVault
from alliance_desktop.ui.first_run.place import ExistingPlace, NewPlace
from alliance_desktop.ui.first_run.secret import ChoosePassphrase
from alliance_desktop.ui.first_run.sheet import RecoverySheet, TypedBack
from alliance_desktop.ui.first_run.step import Step
from alliance_desktop.ui.first_run.welcome import Welcome
from alliance_desktop.ui.notice import Notice, announce


class FirstRun(QStackedWidget):
    """The first run as one widget.

    `existing_chosen` carries the folder of a vault to unlock, `sample_asked` and `back_asked` (to the locked
    notebook this was reached from) nothing, `finished` the MadeVault and the FirstChoices once the recovery
    sheet has been proved readable.
    """

    existing_chosen = Signal(object)
    sample_asked = Signal()
    back_asked = Signal()
    finished = Signal(object, object)
    held_changed = Signal()

    def __init__(self, needs: FirstRunNeeds) -> None:
        super().__init__()
        self.setObjectName("first_run")
        self._needs = needs
        self._made: MadeVault | None = None
        self._back_to: Path | None = None
        self._creating: Background | None = None
        self.welcome = Welcome()
        self.place = NewPlace(needs.home)
        self.existing = ExistingPlace(needs.home)
        self.secret = ChoosePassphrase(needs.rules)
        self.sheet = RecoverySheet(
            lambda look: self._with_vault(lambda made: needs.print_sheet(made, look)),
            lambda look: self._with_vault(lambda made: needs.save_sheet(made, look)),
            lambda: self._with_vault(needs.sheet_text),
            lambda look: self._with_vault(lambda made: needs.print_lost(made, look)),
            paper=needs.paper,
        )
        self.proof = TypedBack()
        self.choices = Choose(needs.paper)
        for page in (self.welcome, self.place, self.existing, self.secret, self.sheet, self.proof, self.choices):
            self.addWidget(page)
        self._join()

    @property
    def is_busy(self) -> bool:
        """Whether the vault is being made just now."""
        return self._creating is not None

    @property
    def folder(self) -> Path | None:
        """The vault that is made, or being made; before that the locked one that this was reached from, if any."""
        if self._made is not None:
            return self._made.folder
        return self.place.folder() if self.is_busy else self._back_to

    @property
    def holds_secret(self) -> bool:
        """Whether a passphrase is typed, a vault is being made, or its recovery key is known here."""
        return self._made is not None or self.is_busy or self.secret.passphrase.is_typed

    def leave(self) -> None:
        """Forget the passphrase and the keys; a vault that is being made is made to its end."""
        making, self._creating = self._creating, None
        if making is not None:
            making.done.disconnect(self._created)
            making.failed.disconnect(self._refused)
            making.ended.disconnect(self._calm)
            making.done.connect(self._needs.left)
            making.failed.connect(self._needs.left)
            self.secret.set_busy(False)
        made, self._made = self._made, None
        if made is not None:
            self._needs.left(made)
        self.secret.passphrase.clear()
        self.held_changed.emit()

    @property
    def notice(self) -> Notice | None:
        """The bar of the page that is shown."""
        page = self.currentWidget()
        return page.notice if isinstance(page, Welcome | Step) else None

    def begin(self) -> None:
        """Put the cursor on the page that is shown."""
        self.show_page(self.currentWidget() or self.welcome)

    def offer_back(self, folder: Path) -> None:
        """Offer the way back to the locked vault that this was reached from."""
        self._back_to = folder
        self.welcome.offer_back()

    def resume(self, made: MadeVault) -> None:
        """Go on at the recovery sheet of a vault that was made before the program ended."""
        self._created(made)

    def show_page(self, page: QWidget) -> None:
        """Show a page, put the cursor into its first field and let a screen reader say its title."""
        self.setCurrentWidget(page)
        if isinstance(page, Welcome | Step):
            page.first_field().setFocus(Qt.FocusReason.OtherFocusReason)
            announce(page, page.title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes one page back and keeps everything typed; it never closes anything."""
        page = self.currentWidget()
        if event.key() == Qt.Key.Key_Escape and isinstance(page, Welcome | Step) and page.back_button.isEnabled():
            if not page.back_button.isHidden():
                page.back_button.click()
            return
        super().keyPressEvent(event)

    def _join(self) -> None:
        go = self.show_page
        self.secret.passphrase.changed.connect(self.held_changed)
        self.welcome.new_asked.connect(lambda: go(self.place))
        self.welcome.existing_asked.connect(lambda: go(self.existing))
        self.welcome.sample_asked.connect(self.sample_asked)
        self.welcome.back_asked.connect(self.back_asked)
        self.place.back.connect(lambda: go(self.welcome))
        self.place.onward.connect(lambda: go(self.secret))
        self.existing.back.connect(lambda: go(self.welcome))
        self.existing.onward.connect(lambda: self.existing_chosen.emit(self.existing.folder()))
        self.secret.back.connect(lambda: go(self.place))
        self.secret.onward.connect(self._create)
        self.sheet.onward.connect(self._prove)
        self.proof.back.connect(lambda: go(self.sheet))
        self.proof.onward.connect(lambda: go(self.choices))
        self.choices.back.connect(lambda: go(self.proof))
        self.choices.onward.connect(self._finish)

    def _create(self) -> None:
        if self._creating is not None:
            return
        work = partial(self._needs.create, self.place.folder(), self.secret.passphrase.passphrase)
        self._creating = Background(work)
        self._creating.done.connect(self._created)
        self._creating.failed.connect(self._refused)
        self._creating.ended.connect(self._calm)
        self.secret.set_busy(True)
        self._creating.start()
        self.held_changed.emit()

    def _created(self, made: MadeVault) -> None:
        self._made = made
        self.secret.passphrase.clear()
        self.sheet.show_groups(made.groups)
        self.show_page(self.sheet)
        self.held_changed.emit()

    def _refused(self, error: KnownError) -> None:
        self.secret.notice.show_error(error)

    def _calm(self) -> None:
        self._creating = None
        self.secret.set_busy(False)
        if self.currentWidget() is self.secret:
            self.secret.first_field().setFocus()
        self.held_changed.emit()

    def _prove(self) -> None:
        if self._made is not None:
            self.proof.ask(self._made.groups, self._needs.random)
            self.show_page(self.proof)

    def _finish(self) -> None:
        if self._made is not None:
            self.finished.emit(self._made, self.choices.choices())

    def _with_vault(self, act: Callable[[MadeVault], str]) -> str:
        if self._made is None:
            return ""
        try:
            return act(self._made)
        except KnownError as error:
            return str(error)
