"""The way back: where the counsellor was before, step by step, and where the keyboard was there."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.ui.client_page import ClientPage
from alliance_desktop.ui.kept import Kept
from alliance_desktop.ui.pages import Pages
from alliance_desktop.ui.standing import UNSAVED, CameFrom, Way
from alliance_desktop.ui.workspace import Workspace

MOST = 50
_TELLS = ("page", "client", "entry", "arc", "form", "card", "subject")
"""What of a kept place says which page it is, beside where one was on it."""

_WORDS = ("begin", "drafts", "instead", "showing", "typed", "word")
"""What of a kept place was typed."""


class _Step:
    """A place with the page that stood there: the page itself while it is open, afterwards how it is found again."""

    def __init__(self, place: str, page: QWidget | None, focus: QWidget | None, in_list: bool) -> None:
        self.place, self.page, self.focus, self.in_list = place, page, focus, in_list
        self.came: CameFrom | None = None
        self.is_from_search = False
        self.way: Way | None = None


class Trail(QObject):
    """Notes each place and page that is left, and leads back to them, until the next lock; it is kept nowhere.

    `begin_place` puts the keyboard where the place that is shown begins.
    """

    def __init__(self, space: Workspace, pages: Pages, begin_place: Callable[[], object]) -> None:
        super().__init__(space)
        self._space, self._pages, self._begin_place = space, pages, begin_place
        self._steps: list[_Step] = []
        self._is_noted = self._is_going = False
        # One act may go to a place and open a page there; what stood there in between was never seen.
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._end_turn)
        space.leaving.connect(self._note)
        pages.moving.connect(self._note)
        pages.left.connect(self._let_go)
        pages.forgotten.connect(self._forget)
        pages.swept.connect(self._sweep)
        space.changed.connect(self._follow)

    def clear(self) -> None:
        """Forget every step: the work begins or ends here."""
        self._steps = []
        self._end_turn()

    def go_back(self) -> None:
        """Go where the counsellor was before; without such a place, to the client's timeline and then to the list."""
        if self.step_back():
            return
        if self._space.place == "clients" and not isinstance(self._pages.page, ClientPage) and self._pages.whose:
            self._to_timeline(self._pages.whose)
        else:
            self._space.go_back()

    def escape(self) -> None:
        """Go from what was opened at a client's timeline or temperature back to that; what was begun anew stays."""
        came = self._pages.came
        if came is None:
            return
        from_there = [at for at, one in enumerate(self._steps) if _is_story(one, came.client)]
        self._steps = self._steps[: from_there[-1] + 1] if from_there else []
        if not self.step_back():
            self._to_timeline(came.client)

    def step_back(self) -> bool:
        """Go to the step before, with everything written; False where there is none."""
        self._end_turn()
        while self._steps and self._is_here(self._steps[-1]):
            self._steps.pop()
        if not self._steps:
            return False
        page = self._pages.page
        if isinstance(page, Kept) and not page.flush():
            self._space.notice.say(UNSAVED, urgent=True)
            return True
        step = self._steps.pop()
        return self._go(step) or self.step_back()

    def _to_timeline(self, whose: ClientId) -> None:
        def act() -> None:
            self._space.show_place("clients")
            self._pages.open_client(whose)

        self._pages.return_by(act)

    def _go(self, step: _Step) -> bool:
        """Go to a step; False where what stood there is gone."""
        self._is_going = True
        try:
            if step.way is not None:
                if not self._pages.follow(step.way):
                    return False
            else:
                self._space.show_place(step.place)
                if step.came is not None and step.page is self._pages.page and self._pages.came is None:
                    self._pages.note_way(step.came.client, step.came.row, step.came.sought)
        finally:
            self._is_going = False
        self._give_keyboard(step)
        return True

    def _give_keyboard(self, step: _Step) -> None:
        page, focus = self._pages.page, step.focus
        if step.in_list:
            self._space.go_back()
        elif page is not None:
            self._space.to_detail()
        if focus is not None and isValid(focus) and focus.isVisible() and focus.isEnabled():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        elif page is None and not step.in_list:
            self._begin_place()
        elif page is not None and not step.in_list and not _has_keyboard(page):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note(self) -> None:
        """Note where the counsellor is, before it is left; only once for one act."""
        if self._is_going or self._is_noted or self._pages.is_returning or not self._space.place:
            return
        self._is_noted = True
        self._turn.start()
        focus, in_list = self._space.keyboard()
        step = _Step(self._space.place, self._pages.page, focus, in_list)
        step.came, step.is_from_search = self._pages.came, self._pages.is_from_search
        self._steps = [*self._steps[1 - MOST :], step]

    def _let_go(self, page: QWidget) -> None:
        """Remember of a page that is about to be taken away how it is found again."""
        for step in self._steps:
            if step.page is page:
                step.page, step.focus = None, step.focus if step.in_list else None
                step.way = Way(_told(step.place, page), step.came, step.is_from_search)

    def _forget(self, page: QWidget) -> None:
        """Lead no more to a page that is gone for good."""
        self._steps = [one for one in self._steps if one.page is not page]

    def _sweep(self) -> None:
        """Keep nothing of what was deleted for good: no step to it, and no words that were looked for there."""
        is_there = self._pages.is_there
        self._steps = [one for one in self._steps if one.way is None or is_there(one.way.place["at"])]
        for step in self._steps:
            if step.came is not None and not is_there({"client": step.came.client}):
                step.came, step.way = None, step.way._replace(came=None) if step.way is not None else None

    def _follow(self, changed: Changed) -> None:
        """Let a client who was deleted for good take along what was typed about nobody: it may be about them."""
        if Touched.CLIENT in changed.kinds and not self._pages.is_there({"client": changed.client}):
            self._steps = [one for one in self._steps if one.way is None or not _has_words(one.way.place["at"])]
            self._sweep()

    def _is_here(self, step: _Step) -> bool:
        """Say whether a step is where the counsellor is anyway."""
        page = self._pages.page
        if step.place != self._space.place:
            return False
        if step.way is None:
            return step.page is page
        return isinstance(page, Kept) and _which(_told(step.place, page)) == _which(step.way.place)

    def _end_turn(self) -> None:
        self._turn.stop()
        self._is_noted = False


def _is_story(step: _Step, client: ClientId) -> bool:
    """Say whether a step is a client's timeline, or how it felt after each of their sessions."""
    at = step.way.place["at"] if step.way is not None else _told(step.place, step.page)["at"]
    return at.get("page") in {"client", "temperature"} and at.get("client") == client


def _told(place: str, page: QWidget | None) -> dict[str, Any]:
    """Return how a page is found again; a client's page remembers its row by itself."""
    at: dict[str, Any] = page.place() if isinstance(page, Kept) else {}
    return {"in": place, "at": {key: one for key, one in at.items() if key != "row"}}


def _has_words(at: dict[str, Any]) -> bool:
    """Say whether words that nobody saved go with a place that names no client."""
    return at.get("client") is None and any(at.get(key) for key in _WORDS)


def _which(told: dict[str, Any]) -> list[object]:
    return [told["at"].get(key) for key in _TELLS]


def _has_keyboard(page: QWidget) -> bool:
    focus = page.window().focusWidget()
    return focus is not None and focus.isVisible() and (focus is page or page.isAncestorOf(focus))
