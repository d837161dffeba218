"""A client's timeline with what stands over it: how close to look, a day to go to, and what is shown."""

import datetime
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.timeline import Row, Sift, Zoom
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.timeline import Timeline, View
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.fields.reading import read_day
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, label
from alliance_desktop.ui.theme import em, spaced
from alliance_desktop.ui.timeline_sieve import TimelineSieve
from alliance_desktop.ui.timeline_view import TimelineView
from alliance_desktop.ui.timeline_words import beyond, no_day, nothing_left, told_sift
from alliance_desktop.ui.words import spoken

LOOKING = "Looking…"
NO_DAYS = "There is no day to go to."
ZOOMS = ((Zoom.WEEK, "Week by week"), (Zoom.MONTH, "Month by month"), (Zoom.ALL, "All, a line a month"))
_STEPS_SAID = 20
_SLICE = 0.008
"""So many seconds are taken at a time for what can wait."""


class LeftAt(NamedTuple):
    """Where a timeline was left: the row, what was looked for, and how far down the row stood; for no vault to keep.

    No row where the newest one had the cursor because nobody had chosen any.
    """

    row: object = None
    sought: str = ""
    down: int | None = None


class TimelinePanel(QWidget):
    """Shows one client's timeline; how it is looked at is kept in the vault, the words looked for only until a lock.

    `tools` is the row of buttons over it. `arranged` comes when other lines are shown, or none any more.
    """

    opened = Signal(object)
    arranged = Signal()

    def __init__(self, notebook: Notebook, client: ClientId) -> None:
        super().__init__()
        self.setObjectName("timeline_panel")
        self._notebook, self._id = notebook, client
        self._story: Timeline | None = None
        self._look = notebook.timeline_view(client)
        self._words = ""
        self._places: list[int] = []
        self._instead: Mapping[int, Row] = {}
        self._left = 0
        self._work: Iterator[None] | None = None
        self._is_looking = False
        self._sieve: TimelineSieve | None = None
        self.view = TimelineView()
        self._zoom = Combo(((str(zoom), words) for zoom, words in ZOOMS), 6)
        self._zoom.setObjectName("timeline_zoom")
        self._zoom.setAccessibleName("How close to look")
        self._zoom.choose(str(self._look.zoom))
        self._day = QLineEdit()
        self._day.setObjectName("timeline_day")
        self._day.setAcceptDrops(False)
        self._day.setPlaceholderText("Go to a day")
        self._day.setAccessibleName("Go to a day")
        self._day.setAccessibleDescription("For example 5 March 2026. Enter goes to the entry nearest to it.")
        self._day.setMaximumWidth(em(9))
        self._narrow = button("&Narrow down", "timeline_narrow")
        self._narrow.setCheckable(True)
        self._all = button("Sh&ow all again", "timeline_all_again", "link")
        self._count = label("", "muted", "timeline_count")
        self._title = label("Timeline", "heading")
        self._title.setWordWrap(False)
        self.tools = QWidget()
        across = Fit(most=0, in_a_row=True)
        spaced(across, 0, 0.5)
        self.tools.setLayout(across)
        for one in (self._title, self._zoom, self._day, self._narrow):
            across.addWidget(one)
        self._none = label("", "", "timeline_empty")
        self._sieve_at = QVBoxLayout()
        column = QVBoxLayout(self)
        spaced(column, 0, 0.4)
        column.addWidget(self.tools)
        column.addLayout(self._sieve_at)
        self._told = told = QWidget()
        beside = QHBoxLayout(told)
        spaced(beside, 0, 0.6)
        beside.addWidget(self._count, 1)
        beside.addWidget(self._all)
        column.addWidget(told)
        # Where there are no lines, their room stays empty, and nothing above it moves.
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._none, 1)
        column.addWidget(self.view, 1)
        self._idle = QTimer(self, interval=0)
        self._idle.timeout.connect(self._go_on)
        self._zoom.currentIndexChanged.connect(lambda: self.zoom_to(Zoom(self._zoom.chosen)))
        self._day.returnPressed.connect(self._go_to_day)
        self._narrow.toggled.connect(self._show_sieve)
        self._all.clicked.connect(self.show_all)
        self.view.opened.connect(self.opened)
        self.view.month_asked.connect(self._into_month)
        self._told.hide()
        if not self._look.sift.shows_all:
            self._narrow.setChecked(True)

    @property
    def look(self) -> View:
        """How it is looked at just now, beside the words."""
        return self._look

    @property
    def landing(self) -> QWidget:
        """Where the keyboard begins: the lines, or the way back to them where nothing fits."""
        return self._all if self._story and not self._places else self.view

    def refresh(self) -> None:
        """Read the story anew."""
        self._story = self._notebook.timeline(self._id)
        kinds = self._story.kinds()
        if self._look.sift.kind not in {"", *dict(kinds)}:
            self._look = msgspec.structs.replace(self._look, sift=msgspec.structs.replace(self._look.sift, kind=""))
        if self._sieve is not None:
            self._sieve.show_kinds(kinds, self._look.sift.kind)
        self._arrange()

    def zoom_to(self, zoom: Zoom) -> None:
        """Look from closer or from further away; the line that is chosen stays in view.

        While words are looked for, the lines follow once they are found.
        """
        if zoom is not self._look.zoom:
            self._keep(zoom=zoom)
            self._zoom.choose(str(zoom))
            if not self._is_looking:
                self._show()
            announce(self.view, dict(ZOOMS)[zoom])

    def ask_day(self) -> None:
        """Put the keyboard into the field for a day to go to."""
        self._day.setFocus()
        self._day.selectAll()

    def ask_words(self) -> None:
        """Put the keyboard into the field for words to look for."""
        self._narrow.setChecked(True)
        if self._sieve is not None:
            self._sieve.words.setFocus()
            self._sieve.words.selectAll()

    @property
    def sought(self) -> str:
        """The words that are looked for just now."""
        return self._words

    def seek(self, words: str) -> None:
        """Look for words again, as before the timeline was left."""
        if words:
            self._narrow.setChecked(True)
        if words and self._sieve is not None:
            self._sieve.words.setText(words)
            self._look_for(words)

    def show_all(self) -> None:
        """Leave nothing out any more."""
        if self._sieve is not None:
            self._sieve.fill(Sift())
        self._words = ""
        self._keep(sift=Sift())
        self._arrange()
        self._narrow.setChecked(False)
        self.view.setFocus()

    def place(self) -> dict[str, Any]:
        """Return which row is chosen, as plain data without words."""
        key = self.view.chosen()
        if key is None:
            return {}
        entry, arc, symbol, on = key
        place = {"entry": entry, "arc": arc, "mark": str(symbol), "on": str(on)}
        return place | ({"picked": True} if self.view.is_picked else {})

    def left_at(self) -> LeftAt:
        """Return how it stands just now."""
        chosen = self.view.is_picked or not self.view.is_at_newest
        return LeftAt(self.place() if chosen else None, self._words, self.view.down() if chosen else None)

    def come_back(self, left: LeftAt) -> None:
        """Let it stand as it was left, as far as the same lines are there."""
        self.seek(left.sought)
        self.restore(left.row)
        self.view.hold(left.down)

    def restore(self, place: object) -> None:
        """Choose such a row again, or the one nearest to its day."""
        if not isinstance(place, dict):
            return
        with suppress(ValueError):
            on = datetime.date.fromisoformat(str(place.get("on")))
            key = (place.get("entry"), place.get("arc"), place.get("mark"), on)
            if not self.view.choose(key):
                self.view.choose_day(on)
            self.view.is_picked = place.get("picked") is True

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with what can wait."""
        super().showEvent(event)
        if self._sieve is not None:
            self._sieve.go_on()
        if self._work is not None:
            self._idle.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Do nothing while nobody looks."""
        super().hideEvent(event)
        self._idle.stop()
        if self._sieve is not None:
            self._sieve.stop()

    def _keep(self, **changes: object) -> None:
        self._look = msgspec.structs.replace(self._look, **changes)
        # How a page was looked at is no loss; a note that cannot be kept says so itself.
        with suppress(KnownError):
            self._notebook.keep_timeline_view(self._id, self._look)

    def _show_sieve(self, shown: bool) -> None:
        if shown and self._sieve is None:
            self._sieve = self._made_sieve()
        if self._sieve is not None:
            self._sieve.setVisible(shown)
        if shown and self._sieve is not None and self._narrow.hasFocus():
            self._sieve.words.setFocus()

    def _made_sieve(self) -> TimelineSieve:
        context = Context(today=self._notebook.today, now=datetime.time)
        made = TimelineSieve(context, self._story.kinds() if self._story is not None else ())
        self._sieve_at.addWidget(made)
        made.fill(self._look.sift)
        made.sifted.connect(self._sift)
        made.typed.connect(self._look_for)
        made.entered.connect(self.view.setFocus)
        return made

    def _sift(self, sift: Sift) -> None:
        if sift != self._look.sift:
            self._keep(sift=sift)
            self._arrange()

    def _look_for(self, words: str) -> None:
        if words.strip() != self._words:
            self._words = words.strip()
            self._arrange()

    def _arrange(self) -> None:
        """Work out what is shown; words are looked for beside the work, the newest entries first."""
        if self._story is None:
            return
        self._places = self._story.sifted(self._look.sift)
        self._instead = self._story.seen(self._places) if self._look.sift.seen else {}
        if self._look.sift.seen:
            self._places = [at for at in self._places if at in self._instead]
        self._left = len(self._places)
        self._is_looking = bool(self._words)
        if self._words:
            self._tell()
            self._begin(self._looked_through())
        else:
            self._show()

    def _looked_through(self) -> Iterator[None]:
        if self._story is None:
            return
        if self._instead:
            self._places = self._story.among(self._words, self._instead)
        else:
            self._places = yield from self._looking(self._story)
        self._is_looking = False
        self._show()
        said = (self._count.text(), "" if self._places else self._none.text())
        announce(self, spoken(" ".join(filter(None, said))))

    def _looking(self, story: Timeline) -> Generator[None, None, list[int]]:
        """Look through the story, and say now and then how far it is."""
        looking, every = story.looking(self._words, self._places), len(self._places)
        step = 0
        while True:
            try:
                looked = next(looking)
            except StopIteration as done:
                return list(done.value)
            step += 1
            if step % _STEPS_SAID == 0:
                self._count.setText(f"{LOOKING} {looked:,} of {every:,}")
            yield

    def _show(self) -> None:
        story = self._story
        if story is None:
            return
        self.view.show_story(story, self._places, self._look.zoom, self._instead)
        every, some = len(story), len(self._places)
        self._tell()
        about = " ".join(filter(None, (self._count.text(), self.view.about)))
        self.view.setAccessibleDescription(spoken(about))
        self.view.setVisible(bool(some))
        self._none.setText("" if some else nothing_left(story, self._look.sift, self._words, self._left))
        self._none.setMinimumHeight(self.view.minimumHeight() if every else 0)
        self._none.setVisible(not some)
        for one in (self._zoom, self._day, self._narrow):
            one.setVisible(bool(every))
        self.arranged.emit()
        self._begin(story.telling(reversed(self._places)))

    def _tell(self, odd: str = "") -> None:
        """Say what is shown where that is not all, or what was odd about a day."""
        every = len(self._story or ())
        narrowed = bool(self._words) or not self._look.sift.shows_all
        told = LOOKING if self._is_looking else self._narrowed_to(len(self._places), every) if narrowed else ""
        self._count.setText(odd or told)
        self._all.setVisible(narrowed)
        self._told.setVisible(bool(every and (odd or narrowed)))

    def _narrowed_to(self, some: int, every: int) -> str:
        """Return how many lines are shown, and what leaves the others out."""
        shown = f"{some:,} of {every:,} {'line' if every == 1 else 'lines'} shown"
        kinds = self._story.kinds() if self._story is not None else []
        return f"Narrowed down to {told_sift(self._look.sift, kinds, self._words)}. {shown}."

    def _begin(self, work: Iterator[None]) -> None:
        self._work = work
        if self.isVisible():
            self._idle.start()

    def _go_on(self) -> None:
        """Do a slice of what can wait, and nothing any more once it is done."""
        work, began = self._work, time.perf_counter()
        while work is not None and work is self._work and time.perf_counter() - began < _SLICE:
            if next(work, _DONE) is _DONE:
                if work is self._work:
                    self._work = None
                break
        if self._work is None:
            self._idle.stop()

    def _into_month(self, key: tuple[object, ...]) -> None:
        self.zoom_to(Zoom.MONTH)
        self.view.choose(key)

    def _go_to_day(self) -> None:
        read = read_day(self._day.text(), self._notebook.today())
        if read is None:
            if self._day.text().strip():
                self._say(no_day(self._day.text()))
            return
        found = self.view.choose_day(read.on)
        if found is None:
            self._say(NO_DAYS)
            return
        away = self._beyond(read.on)
        self._tell(away)
        self.view.is_picked = True
        if found != read.on:
            announce(self.view, away or f"The nearest is {long_day(found)}")
        self.view.setFocus()

    def _beyond(self, on: datetime.date) -> str:
        """Return that a day lies beyond the lines; nothing where it lies among them."""
        days = self.view.days()
        narrowed = self._story is not None and len(self._places) < len(self._story)
        return beyond(on, *days, narrowed=narrowed) if days is not None else ""

    def _say(self, words: str) -> None:
        self._tell(words)
        announce(self, words)


_DONE = object()
