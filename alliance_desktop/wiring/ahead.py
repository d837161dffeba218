"""What the work needs, fetched while the first page stands there: a little at a time, so that no key waits for it."""

from collections.abc import Callable, Iterator
from importlib import import_module

from PySide6 import QtCore
from PySide6.QtCore import QObject, QTimer

from alliance_desktop.ui import first_picture
from alliance_desktop.ui.application import other_scripts
from alliance_desktop.wiring.parts import Parts

_LOOK_MS, _MOST_LOOKS = 4, 500
"""How often, and how many times, a new window is looked at: two seconds in all."""
_SHOWN_MS = 20
"""Long enough for a picture to reach the screen, too short for anybody to begin typing."""

MODULES = (
    "alliance_desktop.ui.background",
    "alliance_desktop.ui.notice",
    "alliance_desktop.ui.ladder",
    "alliance_desktop.ui.paused",
    "alliance_desktop.ui.covering",
    "alliance_desktop.ui.held",
    "alliance_desktop.ui.capture",
    "msgspec",
    "alliance_desktop.keys.keyfile",
    "alliance_desktop.storage.digest",
    "alliance_desktop.storage.store",
    "alliance_desktop.storage.snapshot",
    "alliance_desktop.storage.backup",
    "alliance_desktop.storage.opening",
    "alliance_desktop.services.unlocking",
    "alliance_desktop.services.backup_work",
    "alliance_desktop.services.backups",
    "alliance_desktop.domain.timeline",
    "alliance_desktop.services.notebook",
    "alliance_desktop.services.history",
    "alliance_desktop.services.sample",
    "alliance_desktop.domain.agenda",
    "alliance_desktop.domain.attention",
    "alliance_desktop.services.attention",
    "alliance_desktop.services.proving",
    "alliance_desktop.services.rescue_words",
    "alliance_desktop.services.rescue",
    "alliance_desktop.services.access",
    "alliance_desktop.wiring.attempt",
    "alliance_desktop.wiring.making",
    "alliance_desktop.wiring.recovering",
    "alliance_desktop.wiring.rescuing",
    "alliance_desktop.services.paper",
    "alliance_desktop.ui.companions.closing",
    "alliance_desktop.ui.companions",
    "alliance_desktop.ui.client_page",
    "alliance_desktop.ui.fields.renderer",
    "alliance_desktop.ui.card_editor",
    "alliance_desktop.ui.desk",
    "alliance_desktop.ui.first_run",
    "alliance_desktop.ui.kept",
    "alliance_desktop.ui.pages",
    "alliance_desktop.ui.delete_client_page",
    "alliance_desktop.ui.past",
    "alliance_desktop.ui.today_place",
    "alliance_desktop.ui.backups_place",
    "alliance_desktop.ui.work",
    "alliance_desktop.wiring.working",
    "alliance_desktop.wiring.leaving",
)
"""In this order none of them takes much more than a few milliseconds by itself, once those before are there."""


class Ahead(QObject):
    """Begins once the window was painted, and does one step whenever nothing else is to be done.

    `first` holds what is done as soon as it was, each time anew; `fetched` what is done once everything is fetched that
    is the same for every vault, and `is_done` says that all is done.
    """

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self.first: list[Callable[[], object]] = []
        self.fetched: list[Callable[[], object]] = []
        self.is_done = False
        self._steps = self._all()
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._step)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._look_for_picture)
        self._looked = 0
        self._shown = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._shown.timeout.connect(self._begin)

    def begin(self) -> None:
        """Fetch everything once the window is painted."""
        self._looked = 0
        self._look.start()

    def _look_for_picture(self) -> None:
        """See whether the picture is on screen: a window is exposed in the same moment in which it is painted.

        To be told of it by an event would load Qt's events before the picture. A window that is not seen for long,
        minimised or on another desktop, is waited for by its event after all.
        """
        window = self._parts.window.windowHandle()
        if window is not None and window.isExposed():
            self._look.stop()
            # Qt hands the picture to the screen when it has nothing else to do, so for a moment it has nothing.
            self._shown.start()
            return
        self._looked += 1
        if self._looked > _MOST_LOOKS:
            self._look.stop()
            self._parts.window.installEventFilter(self)

    def _begin(self) -> None:
        first_picture.each((first_picture.come, *self.first, self._next.start))

    def eventFilter(self, watched: QObject, event: "QtCore.QEvent") -> bool:
        """See a window being painted that was not seen for long."""
        if event.type() == QtCore.QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self.begin()
        return False

    def _step(self) -> None:
        if next(self._steps, None) is not None:
            self._next.start()

    def _all(self) -> Iterator[bool]:
        for name in MODULES:
            import_module(name)
            yield True
        import_module("alliance_desktop.documents.wording").languages()
        yield True
        while self._parts.form_files.read_one():
            yield True
        for load in other_scripts():
            load()
            yield True
        first_picture.each(self.fetched)
        yield True
        # Last, and not among what stays for good: it will hold all that is shown of a vault, and goes with a lock.
        self._parts.make_workspace()
        self.is_done = True
