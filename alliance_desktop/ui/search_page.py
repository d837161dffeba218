"""The page that looks through everything: what is typed, where to look, and what was found."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import date_of, long_day
from alliance_desktop.domain.days import in_order
from alliance_desktop.domain.search.asking import MOST
from alliance_desktop.services.search import Found, Hit, KindOffered, Sought
from alliance_desktop.ui import reading_order
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.daybox import DayBox
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.landing import Landing
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, field, label, row, tick
from alliance_desktop.ui.scrolled import Scrolled
from alliance_desktop.ui.search_rows import search_rows
from alliance_desktop.ui.search_view import SearchView
from alliance_desktop.ui.theme import em, spaced
from alliance_desktop.ui.words import counted

EMPTY = (
    "Every word also finds words that begin with it. Words in “quotation marks” are found as they stand together. "
    "What you look for is kept nowhere."
)
TOO_SHORT = "One letter finds too much. Type one more."
NOTHING = "Nothing found."
NOT_INSIDE = "“Also inside words” finds parts of words as well."
NOT_PRIVATE = "Your private notes were not looked through."
MORE_BEGIN = "Very many words begin so; the longer ones were left out. Type a letter more."
ONLY_FIRST = f"Only the first {MOST} words were looked for."
OTHER_WAY_ROUND = "“From” is after “To”, so the days between {first} and {last} were looked through."
NOT_ALL_RANKED = "Of the notes that match, the newest 2,000 were put in this order."
COVERS = "Covers {covered:,} of {all:,} notes and clients so far; the rest is being made ready."
FILTERS, NO_FILTERS = "Only some…", "All again"
ALL_KINDS = "All kinds"
AFTER_MS = 150
"""A search waits for so long a pause in typing."""
LOW = 24.0
"""With fewer line heights than this, the list has no bar of its own to scroll with."""


class SearchPage(Landing):
    """`sought` comes when something else is looked for, `more_asked` for what comes next, `opened` carries a Hit."""

    sought = Signal()
    more_asked = Signal()
    opened = Signal(object)

    def __init__(self, kinds: list[KindOffered], context: Context) -> None:
        super().__init__()
        self.setObjectName("search_page")
        self.setAccessibleName("Search")
        self.edit = QLineEdit()
        self.edit.setAcceptDrops(False)
        self.edit.setClearButtonEnabled(False)
        self.private = tick("Also search my &private notes", "search_private")
        self.inside = tick("Also inside &words", "search_inside")
        self.order = Combo((("newest", "Newest first"), ("best", "Best first")))
        self.kind = Combo([("", ALL_KINDS), *((one.id, one.title) for one in kinds)])
        self.first, self.last = DayBox(context, unsure=False), DayBox(context, unsure=False)
        self.filters = button(FILTERS, "search_filters", "link")
        self.state = label("", "muted", "search_state")
        self.view = SearchView()
        self.more = button("Show &more", "search_more")
        self._shown: tuple[Hit, ...] = ()
        self._answered: Sought | None = None
        self._sieve = QWidget()
        self._lay_out()
        self.view.drive_from(self.edit)
        self.landing = self.edit
        self._soon = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._join()
        self.show_nothing()
        reading_order.keep(self)

    @property
    def asked(self) -> Sought:
        """What is looked for, and where."""
        first, last = in_order(date_of(self.first.answer()), date_of(self.last.answer()))
        return Sought(
            typed=self.edit.text(),
            private=self.private.isChecked(),
            inside=self.inside.isChecked(),
            kinds=(self.kind.chosen,) if self.kind.chosen else (),
            first=first,
            last=last,
            best_first=self.order.chosen == "best",
        )

    @property
    def _is_turned(self) -> bool:
        """Whether the days stand the wrong way round."""
        first, last = date_of(self.first.answer()), date_of(self.last.answer())
        return (first, last) != in_order(first, last)

    @property
    def shown(self) -> tuple[Hit, ...]:
        """What is listed."""
        return self._shown

    def begin(self) -> None:
        """Put the cursor where one types."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.selectAll()

    def go_on(self) -> None:
        """Put the cursor on the place that was opened last; where none is found any more, where one types."""
        if self._shown:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.begin()

    def wipe(self) -> None:
        """Let no word of what was looked for, and nothing that was found, stay."""
        self._soon.stop()
        self.edit.blockSignals(True)
        # In place of clear(), which could be undone.
        self.edit.setText("")
        self.edit.blockSignals(False)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Show what the page is for, and no results."""
        self._shown, self._answered = (), None
        self.view.set_rows([])
        self.view.hide()
        self.more.hide()
        self.state.setText(EMPTY)

    def show_found(self, found: Found, *, further: bool = False, aloud: bool = True) -> None:
        """Show what was found, from the top where something else was asked; `further` adds it to what is listed."""
        before = self.view.rows.rowCount() if further else 0
        asked = self.asked
        self._shown = (*self._shown, *found.hits) if further else found.hits
        self.view.set_rows(search_rows(self._shown), keeps=asked == self._answered)
        self._answered = asked
        self.view.setVisible(bool(self._shown))
        self.more.setVisible(found.beyond is not None)
        if before:
            self.view.make_current(before)
            self.view.setFocus()
        self.state.setText(_said(found, self._shown, asked, turned=self._is_turned))
        if aloud:
            announce(self.edit, self.state.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the field; Enter in it looks at once, or opens the row that is current."""
        if event.key() == Qt.Key.Key_Escape and self.edit.text():
            self.edit.setText("")
            self.begin()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window scroll the page with all of its rows: a bar for each would be one too many."""
        super().resizeEvent(event)
        self.view.show_whole(self.height() < em(LOW))

    def _bring_into_view(self, line: QRect) -> None:
        held = self._area.widget()
        if held is not None and self.height() < em(LOW) and not line.isEmpty():
            for y in (line.bottom(), line.top()):
                self._area.ensureVisible(0, self.view.viewport().mapTo(held, QPoint(0, y)).y(), 0, em(0.3))

    def _lay_out(self) -> None:
        ticks, sieve = Fit(most=0, in_a_row=True), Fit(most=0)
        for layout in (ticks, sieve):
            spaced(layout, 0, 0.6)
        for one in (self.private, self.inside, self.filters):
            ticks.addWidget(one)
        for asked in (
            field("&Order", self.order, "search_order"),
            field("&Kind", self.kind, "search_kind"),
            _captioned("From", self.first, "search_first"),
            _captioned("To", self.last, "search_last"),
        ):
            sieve.addWidget(asked)
        self._sieve.setLayout(sieve)
        self._sieve.hide()
        held = QWidget()
        held.setProperty("surface", "clear")
        column = QVBoxLayout(held)
        spaced(column, (1.2, 0.8, 1.2, 0.6), 0.5)
        column.addWidget(label("Search", "title", "search_title"))
        column.addWidget(field("&Look for", self.edit, "search_field"))
        column.addLayout(ticks)
        column.addWidget(self._sieve)
        column.addWidget(self.state)
        column.addWidget(self.view, 1)
        column.addLayout(row(self.more))
        column.addStretch(0)
        # What is above the list takes the room of a low window at a large text size.
        self._area = area = Scrolled("search_scroll", held=held)
        around = QVBoxLayout(self)
        spaced(around, 0, 0)
        around.addWidget(area)

    def _join(self) -> None:
        self.edit.textChanged.connect(self._typed)
        self.edit.returnPressed.connect(self._entered)
        for one in (self.private, self.inside):
            one.toggled.connect(self._look)
        for combo in (self.order, self.kind):
            combo.currentIndexChanged.connect(self._look)
        for day in (self.first, self.last):
            day.edited.connect(self._typed)
        self._soon.timeout.connect(self.sought)
        self.filters.clicked.connect(self._turn_filters)
        self.more.clicked.connect(self.more_asked)
        self.view.chosen.connect(self.opened)
        self.view.left_upwards.connect(self.begin)
        self.view.moved.connect(self._bring_into_view)

    def _typed(self) -> None:
        if self.edit.text():
            self._soon.start()
        else:
            self._soon.stop()
            self.show_nothing()

    def _look(self) -> None:
        self._soon.stop()
        if self.edit.text():
            self.sought.emit()

    def _entered(self) -> None:
        if self._soon.isActive():
            self._look()
        else:
            self.view.enter()

    def _turn_filters(self) -> None:
        showing = self._sieve.isHidden()
        self._sieve.setVisible(showing)
        self.filters.setText(NO_FILTERS if showing else FILTERS)
        self.filters.setAccessibleName(self.filters.text())
        if showing:
            self.order.setFocus()
            return
        self.order.choose("newest")
        self.kind.choose("")
        for day in (self.first, self.last):
            day.fill({"on": "", "about": ""})
        self._look()


def _captioned(caption: str, box: DayBox, name: str) -> QWidget:
    held = QWidget()
    column = QVBoxLayout(held)
    spaced(column, 0, 0.25)
    above = label(caption, "label")
    above.setBuddy(box.box)
    box.name(name, caption)
    column.addWidget(above)
    column.addWidget(box)
    return held


def _said(found: Found, listed: Sequence[Hit], asked: Sought, *, turned: bool) -> str:
    """Return what there is to say about what was found."""
    if found.too_short:
        return TOO_SHORT
    if not listed:
        parts = [NOTHING, "" if asked.inside else NOT_INSIDE, "" if asked.private else NOT_PRIVATE]
    elif found.beyond is not None:
        parts = [f"The first {len(listed)}; there are more."]
    else:
        parts = [f"Found in {_counted(listed)}."]
    if listed and not asked.private:
        parts.append(NOT_PRIVATE)
    if turned and asked.first is not None and asked.last is not None:
        parts.append(OTHER_WAY_ROUND.format(first=long_day(asked.first), last=long_day(asked.last)))
    if found.covered < found.all:
        parts.append(COVERS.format(covered=found.covered, all=found.all))
    parts += [ONLY_FIRST] * found.left_out
    parts += [MORE_BEGIN] * found.widened_cut + [NOT_ALL_RANKED] * found.ranked_cut
    return " ".join(one for one in parts if one)


def _counted(listed: Sequence[Hit]) -> str:
    """Return in how many notes, and in the details of how many clients, it was found: in one it may stand often."""
    details = sum(one.subject.entry is None for one in listed)
    notes = len(listed) - details
    said = (
        counted(notes, "note", "notes") if notes else "",
        f"the details of {counted(details, 'client', 'clients')}" if details else "",
    )
    return " and ".join(one for one in said if one)
