"""What a request for records is about, piece by piece: each waits until it is decided, with a reason."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal

from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import EntryId
from alliance_desktop.domain.errors import KnownError, SaveWaitingError
from alliance_desktop.domain.records.blackout import Span
from alliance_desktop.domain.records.deciding import Decided, Verdict
from alliance_desktop.domain.records.errors import OtherWordsError
from alliance_desktop.domain.records.items import Group
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.records import Records
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.notice import Notice, announce
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, field, label, writes
from alliance_desktop.ui.records.looking import Looking
from alliance_desktop.ui.records.piece import PieceSection, flowing
from alliance_desktop.ui.records.words import (
    ABOUT,
    GO_ON,
    LOOK_FIRST,
    LOOK_LATER,
    NO_PIECE,
    NOT_GATHERED,
    NOTHING_STILL,
    NOTHING_WAITS,
    SHOWN,
    TAKE_BACK,
    TAKEN_BACK,
    TITLE,
    facts_words,
    left_words,
    row_of,
    standing_words,
    still_words,
    together_words,
    waiting_words,
)
from alliance_desktop.ui.row_model import LateRows
from alliance_desktop.ui.row_view import ShortRows

_ORDER = tuple(Group)
KEEP_AFTER_MS = 2000
"""What is typed is kept after such a pause."""

WIDTH = 40.0


class RecordsPage(Page):
    """The pieces of one request to choose from, and the one that is chosen.

    `open_asked` carries the request, `changed` what was written, `print_asked` the request whose copy is to be made.
    """

    open_asked = Signal(object)
    changed = Signal(object)
    print_asked = Signal(object)

    def __init__(self, records: Records, notebook: Notebook, entry: EntryId, ready: Callable[[], bool]) -> None:
        super().__init__(TITLE, "records_page", WIDTH)
        self._records, self._notebook, self._id, self._ready = records, notebook, entry, ready
        self.notice = Notice("records_notice")
        self._before = Notice("records_still", GO_ON)
        self._together = Notice("records_together", TAKE_BACK, brings=False, writes=True)
        self._decided: list[str] = []
        self._going: Callable[[], object] = lambda: None
        self._facts = label("", "", "records_facts")
        self._state = label("", "label", "records_state")
        self._left = label("", "muted", "records_left")
        self._request = button("The &request", "records_request")
        self._print = button("&Print the copy…", "records_print")
        self._finish = writes(button("&Finish the request", "records_finish"))
        self._which = Combo()
        for words, key in SHOWN:
            self._which.addItem(words, key)
        self.pieces = ShortRows("records_pieces", "Pieces to decide about", most=7)
        self._nothing = label(NOTHING_WAITS, "muted", "records_nothing")
        self.piece = PieceSection(lambda item, spans: self._records.still(self._looked, item, spans))
        self._choose = label(NO_PIECE, "muted", "records_choose")
        self._looking = Looking(records, "records_looking")
        self._waiting_for: dict[str, Any] | None = None
        self._looked = records.begun(entry)
        self._drafts = records.drafts(self._looked.entry)
        self._soon = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._lay_out()
        self._join()
        self.refresh()

    @property
    def client(self) -> Client | None:
        """Whose record it is."""
        client = self._looked.entry.client
        return self._notebook.client(client) if client is not None else None

    @property
    def entry(self) -> EntryId:
        """The request."""
        return self._id

    def begin(self) -> None:
        """Put the keyboard on the pieces."""
        (self.pieces if self.pieces.rows.rowCount() else self._request).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read everything anew, and stay on the same piece."""
        self._before.clear()
        known = self._looking.begin(self._id)
        self._allow(known)
        if known and self.notice.sentence == NOT_GATHERED[0]:
            self.notice.clear()
        looked = self._looked = self._records.look(self._id) if known else self._looked
        self._facts.setText(facts_words(looked))
        if not known:
            return
        self._state.setText(standing_words(looked))
        self._left.setText(left_words(looked))
        ready = not (looked.waiting or looked.changed or looked.request.waits_for_young)
        self._print.setEnabled(ready)
        self._finish.setVisible(not looked.request.finished)
        self._finish.setProperty("kind", "primary" if ready else "")
        self._finish.style().polish(self._finish)
        self._show_rows()
        waited, self._waiting_for = self._waiting_for, None
        if waited is not None:
            self.restore(waited)

    def flush(self) -> bool:
        """Keep what was chosen and typed and is no decision yet; False where the disk did not take it."""
        self._soon.stop()
        self._keep_draft()
        try:
            self._records.keep_drafts(self._id, self._drafts)
        except SaveWaitingError:
            return True
        except KnownError as fault:
            self.notice.show_error(fault)
            return False
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is, with what was typed and is no decision yet."""
        if self._waiting_for is not None:
            return self._waiting_for
        self._keep_draft()
        return {
            "page": "records",
            "entry": self._id,
            "which": self._which.currentData(),
            "row": self.pieces.current_key(),
            "drafts": self._drafts,
            "scroll": self.verticalScrollBar().value(),
        }

    def restore(self, place: dict[str, Any]) -> None:
        """Choose the same piece again, with what was typed; where the pieces are not known yet, as soon as they are."""
        self._waiting_for = place if self._looking.is_busy else None
        kept = drafts if isinstance(drafts := place.get("drafts"), dict) else {}
        self._drafts = {str(key): one for key, one in kept.items() if isinstance(one, dict)}
        self._which.setCurrentIndex(max(0, self._which.findData(place.get("which"))))
        if self._waiting_for is not None:
            return
        self._show_rows()
        self.pieces.select(place.get("row"))
        self._show_piece(anew=True)

    def concern(self, changed: Changed) -> None:
        """Read anew where this client was touched; leave the page as it is where the request is gone."""
        if changed.client is not None and changed.client == self._looked.entry.client:
            self._keep_draft()
            with suppress(KeyError):
                self.refresh()

    def _lay_out(self) -> None:
        frame, inside = card(0.4)
        inside.addWidget(self._facts)
        inside.addWidget(self._state)
        inside.addWidget(flowing(self._request, self._print, self._finish))
        self.column.addWidget(frame)
        self.column.addWidget(self.notice)
        self.column.addWidget(self._before)
        self.column.addWidget(self._looking)
        self.column.addWidget(label(ABOUT, "", "records_about"))
        self.column.addWidget(field("Show", self._which, "records_which", narrow=True))
        for one in (self.pieces, self._nothing, self._choose, self._together, self.piece, self._left):
            self.column.addWidget(one)
        self.column.addStretch(1)

    def _join(self) -> None:
        self._request.clicked.connect(lambda: self.open_asked.emit(self._id))
        self._print.clicked.connect(lambda: self._look_first(lambda: self.print_asked.emit(self._id)))
        self._finish.clicked.connect(self._may_end)
        self._before.pressed.connect(lambda: self._going())
        self._looking.known.connect(self._go_through)
        self._looking.failed.connect(lambda _fault: self.notice.say(*NOT_GATHERED))
        self._which.currentIndexChanged.connect(self._turn)
        self.pieces.selectionModel().currentChanged.connect(lambda *_: self._show_piece())
        self.pieces.chosen.connect(lambda _key: self.piece.begin())
        self.piece.kept.connect(self._keep)
        self.piece.kept_for_all.connect(self._keep_all)
        self.piece.taken_back.connect(self._take_back)
        self._together.pressed.connect(self._take_all_back)
        self.piece.edited.connect(self._soon.start)
        self._soon.timeout.connect(self.flush)

    def _allow(self, known: bool) -> None:
        """Let nothing be chosen or decided before it is known what there is."""
        for one in (self._which, self.pieces, self._print, self._finish):
            one.setEnabled(known)
        for part in (self._state, self._left):
            part.setVisible(known)
        for shown in (self._choose, self._nothing, self.pieces, self.piece):
            shown.setVisible(known and not shown.isHidden())

    def _go_through(self) -> None:
        """Show the pieces, now that they are known, and go on where the counsellor was."""
        at_first = self._request.hasFocus()
        self.refresh()
        if at_first:
            self.begin()
        announce(self, self._state.text())

    def _shown(self) -> list[Decided]:
        which = self._which.currentData()
        if which == "still":
            keys = {one.key for one in self._records.still_standing(self._looked)}
            return [one for one in self._looked.decided if one.item.key in keys]
        wanted = {
            "waits": lambda one: one.waits,
            "needs": lambda one: one.item.group is not Group.RECORD or one.waits or one.decision is not None,
            "all": lambda _one: True,
        }[which]
        return sorted(filter(wanted, self._looked.decided), key=lambda one: _ORDER.index(one.item.group))

    def _turn(self) -> None:
        self._keep_draft()
        self._show_rows()

    def _show_rows(self) -> None:
        shown = self._shown()
        by_key = {one.item.key: one for one in shown}
        self.pieces.set_rows(LateRows(list(by_key), lambda key: row_of(by_key[key])))
        self.pieces.updateGeometry()
        self.pieces.setVisible(bool(shown))
        self._nothing.setText(NOTHING_STILL if self._which.currentData() == "still" else NOTHING_WAITS)
        self._nothing.setVisible(not shown)
        self._show_piece(anew=True)

    def _one(self) -> Decided | None:
        key = self.pieces.current_key()
        return next((one for one in self._looked.decided if one.item.key == key), None)

    def _show_piece(self, *, anew: bool = False) -> None:
        one, before = self._one(), self.piece.one
        if not anew and one is not None and before is not None and before.item.key == one.item.key:
            return
        if not anew:
            self._keep_draft()
        self._choose.setVisible(one is None and self.pieces.rows.rowCount() > 0)
        self.piece.setVisible(one is not None)
        if one is None:
            self.piece.wipe()
            return
        request, group = self._looked.request, one.item.group
        self.piece.show_piece(
            one,
            thought=self._thought(group),
            waiting=self._looked.waiting.get(group, 0),
            open=not request.finished,
            draft=self._drafts.get(one.item.key),
        )

    def _thought(self, group: Group) -> str:
        rule = self._records.rule(self._looked.request.law)
        return {Group.PRIVATE: rule.private, Group.SAFETY: rule.safety}.get(group, "")

    def _keep_draft(self) -> None:
        one, draft = self.piece.one, self.piece.draft()
        if one is not None and draft is not None:
            self._drafts[one.item.key] = draft
        elif one is not None:
            self._drafts.pop(one.item.key, None)

    def _keep(self, verdict: Verdict, reason: str, spans: tuple[Span, ...]) -> None:
        one = self.piece.one
        if one is None:
            return
        if self._written(lambda: self._records.decide(self._id, [one.item], verdict, reason, spans), [one.item.key]):
            self._go_on(one, spans if verdict is Verdict.BLACK_OUT else ())

    def _keep_all(self, verdict: Verdict, reason: str) -> None:
        if (one := self.piece.one) is None:
            return
        read = [piece.item for piece in self._looked.of(one.item.group) if piece.waits]
        if self._written(lambda: self._records.decide(self._id, read, verdict, reason), [one.key for one in read]):
            self._decided = [one.key for one in read]
            self._go_on(one, (), together_words(len(read), one.item.group, verdict))

    def _take_all_back(self) -> None:
        """Take back what was decided together."""
        keys = self._decided
        if keys and self._written(lambda: self._records.take_back(self._id, keys), keys):
            self.pieces.select(keys[0])
            self.piece.begin()
            announce(self, f"{TAKEN_BACK} {waiting_words(self._looked.waiting)}")

    def _take_back(self) -> None:
        keys = [self.piece.one.item.key] if self.piece.one is not None else []
        if keys and self._written(lambda: self._records.take_back(self._id, keys), keys):
            self.piece.begin()

    def _written(self, act: Callable[[], Changed], keys: list[str]) -> bool:
        for said in (self.notice, self._together):
            said.clear()
        # What the request's own page holds is written first, or it would count as changed since.
        changed = self._done(act, self.piece.notice) if self._ready() else None
        if changed is None:
            return False
        for key in keys:
            self._drafts.pop(key, None)
        self.piece.wipe()
        self.refresh()
        self.changed.emit(changed)
        self.flush()
        return True

    def _go_on(self, one: Decided, spans: tuple[Span, ...], done: str = "") -> None:
        """Go to the next piece that waits; say what was done, and where words that were blacked out stand as well."""
        still = self._records.still(self._looked, one.item, spans)
        if spans and (left := [*([one.item] if still.here else []), *still.others]):
            self.notice.say(still_words(left), LOOK_LATER)
        waiting = [other.item.key for other in self._shown() if other.waits]
        if done:
            self._together.say(done)
        if not waiting:
            # Not on what would finish the request: Enter may be pressed once more.
            self._state.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(self._state)
            announce(self, f"{done} {self._state.text()}".strip())
            return
        keys = [other.item.key for other in self._shown()]
        at = keys.index(one.item.key) if one.item.key in keys else -1
        after = [key for key in keys[at + 1 :] if key in waiting]
        self.pieces.select(after[0] if after else waiting[0])
        self.piece.begin()
        announce(self, f"{done} {waiting_words(self._looked.waiting)}".strip())

    def _look_first(self, go: Callable[[], object]) -> None:
        """Go on to printing or finishing; where words that were blacked out still stand, say so and wait first."""
        try:
            left = self._records.to_look_at(self._id)
        except KnownError as fault:
            self.notice.show_error(fault)
            return
        if left:
            self._going = go
            self._before.say(still_words(left), LOOK_FIRST)
        else:
            go()

    def _may_end(self) -> None:
        self._before.clear()
        if not self._ready():
            return
        self.notice.clear()
        self._look_first(self._end)

    def _end(self) -> None:
        # What was begun and not decided is not part of what is finished.
        self.piece.wipe()
        self._drafts = {}
        changed = self._done(lambda: self._notebook.finish(self._id), self.notice) if self.flush() else None
        self.refresh()
        if changed is not None:
            self.changed.emit(changed)
            self._request.setFocus()

    def _done(self, act: Callable[[], Changed], notice: Notice) -> Changed | None:
        """Do something and return what changed; None where the disk did not take it, which is said."""
        notice.clear()
        try:
            return act()
        except SaveWaitingError as fault:
            # It is done, and only waits for room.
            notice.show_error(fault)
            return Changed(kinds=frozenset({Touched.ENTRY}), client=self._looked.entry.client, entry=self._id)
        except OtherWordsError as fault:
            self._keep_draft()
            self.refresh()
            self.notice.show_error(fault)
            return None
        except KnownError as fault:
            notice.show_error(fault)
            return None
