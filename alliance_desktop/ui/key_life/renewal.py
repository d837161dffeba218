"""One act on the keys, page after page: asked for, the sheet shown and proved, and then put in place."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from alliance_desktop.domain.errors import KnownError, of_act
from alliance_desktop.domain.key_errors import NotReencryptedError
from alliance_desktop.services.key_change import Change, Prepared, prepare, put_in_place
from alliance_desktop.services.key_life import KeyLife
from alliance_desktop.ui.background import Background
from alliance_desktop.ui.first_run.needs import MadeVault
from alliance_desktop.ui.first_run.sheet import RecoverySheet, TypedBack
from alliance_desktop.ui.first_run.step import Step
from alliance_desktop.ui.key_life.acts import Act
from alliance_desktop.ui.key_life.asking import STOP, Ask, Last
from alliance_desktop.ui.key_life.needs import KeyNeeds
from alliance_desktop.ui.notice import Notice, announce

BYTES_A_SECOND = 100_000_000
LOCK = "&Lock the notebook"


class Renewal(QStackedWidget):
    """One act as one widget. `done` comes when it is put in place, `left` where it was stopped before.

    `lock_asked` comes where the disk broke a change off: the vault is whole, but has to be opened anew. With
    `prepared`, the act begins at its sheet.
    """

    done = Signal()
    left = Signal()
    lock_asked = Signal()

    def __init__(self, act: Act, keys: KeyLife, needs: KeyNeeds, prepared: Prepared | None = None) -> None:
        super().__init__()
        self.setObjectName("key_renewal")
        self.act, self._keys, self._needs = act, keys, needs
        self._held: list[Prepared] = []
        self._working: Background | None = None
        self._broken = False
        self.ask = Ask(act, needs.rules, keys.standing().opens_by_sheet)
        paper = needs.executor if act.change is Change.EXECUTOR else needs.paper
        self.sheet = RecoverySheet(
            lambda look: self._on_paper(lambda made: paper.print(made, look)),
            lambda look: self._on_paper(lambda made: paper.save(made, look)),
            lambda: self._on_paper(paper.text),
            paper=needs.usual_paper,
            title=act.title,
            words=act.sheet,
            stop=STOP,
        )
        self.proof = TypedBack()
        self.last = Last(act, -(-keys.size // BYTES_A_SECOND))
        for page in (self.ask, self.sheet, self.proof, self.last):
            self.addWidget(page)
        self._join()
        # Whatever takes the page away, also a lock, the keys do not stay in memory.
        self.destroyed.connect(partial(_forget, self._held))
        if prepared is not None:
            self._prepared(prepared)

    @property
    def is_busy(self) -> bool:
        """Whether slow work is going on."""
        return self._working is not None

    @property
    def notice(self) -> Notice | None:
        """The bar of the page that is shown."""
        page = self.currentWidget()
        return page.notice if isinstance(page, Step) else None

    def begin(self) -> None:
        """Put the cursor on the page that is shown."""
        self._show(self.currentWidget())

    def stop(self) -> None:
        """Leave the act; nothing was changed by it."""
        self.ask.clear()
        _forget(self._held)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back where that loses nothing; a sheet that is on screen stays there."""
        if event.key() == Qt.Key.Key_Escape and not self.is_busy and self.currentWidget() is not self.sheet:
            page = self.currentWidget()
            if isinstance(page, Step):
                page.back_button.click()
            return
        super().keyPressEvent(event)

    def _join(self) -> None:
        self.ask.back.connect(self.stop)
        self.ask.onward.connect(self._prepare)
        self.sheet.back.connect(self.stop)
        self.sheet.onward.connect(self._prove)
        self.proof.back.connect(lambda: self._show(self.sheet))
        self.proof.onward.connect(self._proved)
        self.last.back.connect(lambda: self._show(self.sheet))
        self.last.onward.connect(self._begin_last)
        self.last.stop_button.clicked.connect(self.stop)

    def _show(self, page: object) -> None:
        if not isinstance(page, Step):
            return
        self.setCurrentWidget(page)
        page.first_field().setFocus(Qt.FocusReason.OtherFocusReason)
        announce(page, page.title)

    def _prepare(self) -> None:
        if self._working is not None:
            return
        try:
            if self.act.change is not Change.REPRINT:
                self._keys.must_be_ready(to_encrypt=self.act.change.encrypts_anew)
        except KnownError as fault:
            self.ask.notice.show_error(fault)
            return
        work = partial(prepare, self.act.change, self._keys.work(), self.ask.present(), self.ask.new_passphrase())
        self._run(work, self.ask, self._prepared)

    def _prepared(self, prepared: Prepared) -> None:
        self._held.append(prepared)
        if prepared.change is Change.EXECUTOR and not self._shown_is_kept():
            _forget(self._held)
            return
        self.ask.clear()
        if not self.act.sheet:
            self._put_in_place()
            return
        self.sheet.show_groups(prepared.sheet.groups)
        self._show(self.sheet)

    def _shown_is_kept(self) -> bool:
        """Keep that a key for an executor is shown; False where the disk does not take it, which is said."""
        try:
            self._keys.note_executor_shown()
        except KnownError as fault:
            self.ask.notice.show_error(of_act(fault))
            return False
        return True

    def _prove(self) -> None:
        self.proof.ask(self._held[-1].sheet.groups, self._needs.random)
        self._show(self.proof)

    def _proved(self) -> None:
        if self.act.last:
            self._show(self.last)
        else:
            self._put_in_place()

    def _begin_last(self) -> None:
        """Make the backup in a thread, then the change itself in this one."""
        if self._broken:
            self.lock_asked.emit()
            return
        if self._working is not None:
            return
        backup: Callable[[], object] | None = None
        try:
            if self.act.change.encrypts_anew:
                self._keys.must_be_ready(to_encrypt=True)
                backup = self._keys.before_risk()
        except KnownError as fault:
            self.last.notice.show_error(fault)
            return
        self._run(backup or (lambda: None), self.last, lambda _made: self._put_in_place())

    def _put_in_place(self) -> None:
        page = self.currentWidget()
        try:
            put_in_place(self._keys, self._held[-1])
        except KnownError as fault:
            if isinstance(page, Step):
                page.notice.show_error(fault)
            if isinstance(fault, NotReencryptedError):
                self._offer_lock()
            return
        _forget(self._held)
        self._back_up_anew()
        self.done.emit()

    def _back_up_anew(self) -> None:
        """Make a backup beside the work that the new keys open; nobody waits for it, and the lock tries again."""
        backup = self._keys.after_change() if self.act.change.encrypts_anew else None
        if backup is not None:
            Background(backup).start()

    def _offer_lock(self) -> None:
        self._broken = True
        self.last.back_button.hide()
        self.last.stop_button.hide()
        self.last.next_button.setText(LOCK)
        self.last.next_button.setAccessibleName(LOCK.replace("&", ""))

    def _run(self, work: Callable[[], object], page: Ask | Last, then: Callable[[Prepared], None]) -> None:
        self._working = Background(work)
        self._working.done.connect(then)
        self._working.failed.connect(page.notice.show_error)
        self._working.ended.connect(partial(self._calm, page))
        page.set_busy(True)
        self._working.start()

    def _calm(self, page: Ask | Last) -> None:
        self._working = None
        page.set_busy(False)
        if self.currentWidget() is page and page is self.ask:
            page.first_field().setFocus()

    def _on_paper(self, act: Callable[[MadeVault], str]) -> str:
        prepared = self._held[-1]
        try:
            return act(MadeVault(self._needs.folder, prepared.sheet.groups, prepared.secrets))
        except KnownError as error:
            return str(error)


def _forget(held: list[Prepared], *_: object) -> None:
    while held:
        held.pop().forget()
