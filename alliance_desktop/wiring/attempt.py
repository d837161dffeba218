"""One attempt to open a vault whose secrets are known, and the ways on where it does not open at once."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.ladder import Step, steps_for
from alliance_desktop.ui.unlock import Unlock
from alliance_desktop.wiring.parts import Parts

COPY_OPENED = "This is a copy of the vault, without the file of the unfinished save."
COPY_OPENED_NEXT = "The vault as it was lies beside it, unchanged. Go on writing here."
TOO_LATE = "The passphrase was forgotten again for safety."
TOO_LATE_NEXT = "Type it once more, then choose how to go on."

_KEPT_SECONDS = 120

Then = Callable[[OpenVault, Secrets], None]
Rescue = Callable[[Path, Secrets], None]


class Attempt(QObject):
    """Opens the vault of an unlock page and hands it to `then`; keeps the secrets two minutes for a second step.

    `rescue` takes folder and secrets where what can be read of a damaged vault is to be saved.
    """

    def __init__(self, parts: Parts, page: Unlock, secrets: Secrets, then: Then, rescue: Rescue) -> None:
        super().__init__(page)
        self._parts, self._page, self._secrets, self._then = parts, page, secrets, then
        self._rescue = rescue
        self._folder = page.folder
        self._copied: Path | None = None
        self._chosen: dict[str, bool] = {}
        self._refused_at = 0.0
        self._forgetting = QTimer(self, singleShot=True, interval=_KEPT_SECONDS * 1000)
        self._forgetting.timeout.connect(self._too_late)
        # The timer stands still while the computer sleeps.
        parts.window.touched.connect(self._look)
        page.step_chosen.connect(self._go_on)
        page.offer_ended.connect(self.end)
        page.salvage_asked.connect(self._save)
        self._forget = partial(secrets.forget)
        page.destroyed.connect(self._forget)

    def begin(self) -> None:
        """Open the vault, or say why not and what can be done."""
        try:
            vault = self._parts.access.open(self._folder, self._secrets, **self._chosen)
        except KnownError as fault:
            self._refused(fault)
            return
        self._leave()
        self._then(vault, self._secrets)
        if self._copied is not None:
            self._parts.say(COPY_OPENED, COPY_OPENED_NEXT)

    def end(self) -> None:
        """Forget the secrets: another attempt begins, or none, or the page is locked."""
        self._leave()
        self._secrets.forget()

    def _refused(self, fault: KnownError) -> None:
        self._page.show_error(fault)
        if steps_for(fault):
            self._refused_at = self._parts.world.seconds()
            self._forgetting.start()
        else:
            self.end()

    def _go_on(self, step: Step) -> None:
        match step:
            case Step.OPEN_OLDER:
                self._chosen["accept_older"] = True
            case Step.OPEN_TO_READ:
                self._chosen["read_only"] = True
            case Step.OPEN_NORMALLY:
                self._chosen["take_over"] = True
            case Step.OPEN_COPY if not self._copy():
                return
        self.begin()

    def _save(self) -> None:
        self._leave()
        self._rescue(self._folder, self._secrets)

    def _copy(self) -> bool:
        try:
            self._copied = self._folder = self._parts.access.copy_without_side_file(self._folder)
        except KnownError as fault:
            self._refused(fault)
        return self._copied is not None

    def _leave(self) -> None:
        self._forgetting.stop()
        self._page.step_chosen.disconnect(self._go_on)
        self._page.offer_ended.disconnect(self.end)
        self._parts.window.touched.disconnect(self._look)
        self._page.salvage_asked.disconnect(self._save)
        self._page.destroyed.disconnect(self._forget)
        self.deleteLater()

    def _look(self) -> None:
        """See at a sign of life whether the two minutes are over."""
        if self._forgetting.isActive() and self._parts.world.seconds() - self._refused_at >= _KEPT_SECONDS:
            self._too_late()

    def _too_late(self) -> None:
        self.end()
        self._page.withdraw(TOO_LATE, TOO_LATE_NEXT)
