"""What can be chosen for a page before it is printed: which page, what it is about, and how it is to look."""

import datetime
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.periods import Span
from alliance_desktop.services.paper import KINDS, About, Blanks, Choice, Kind, Sort, Subject
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.fields.options import OptionTick
from alliance_desktop.ui.parts import button, field, label
from alliance_desktop.ui.period_choice import SPANS, PeriodChoice
from alliance_desktop.ui.preview_words import (
    ALSO_BLANK,
    BLANK,
    BRIEF_BLANK,
    BRIEF_LARGE,
    BRIEFLY,
    LANGUAGES,
    LARGE,
    NOTHING_TOLD,
    PAPERS,
    PARTS,
    group_of,
    nothing_written,
)
from alliance_desktop.ui.theme import spaced

LEAST = 16
"""So many characters of a choice can be read at any width."""
_SPANS = (Span.ALL, Span.SCHOOL_YEAR, Span.YEAR, Span.RECENT, Span.MONTH, Span.OWN)


class PreviewChoices(QWidget):
    """The choices for one client's pages, or for those that are about nobody; `changed` comes with each new one.

    `sort` is the list of the pages themselves, which stands elsewhere. `zoomed` says that the sheets are to be seen
    larger, smaller, or with 0 as wide as the window.
    """

    changed = Signal()
    zoomed = Signal(int)

    def __init__(
        self,
        paper: Blanks,
        client: Client | None,
        begin_with: Choice,
        subject: Subject,
        today: Callable[[], datetime.date],
    ) -> None:
        super().__init__()
        self._paper, self._client = paper, client
        self._subjects: list[Subject] = []
        self._asked_for = subject
        self._begins = True
        kinds = paper.kinds(client.id if client is not None else None)
        self.sort = _pages(kinds)
        self._which = _list((), "preview_which")
        self._which_field = field("Which one", self._which, "preview_which")
        self._size = _list(((words, key) for key, words in PAPERS.items()), "preview_paper", 9)
        self._style = _list((), "preview_style", 9)
        self._style_field = field("Style", self._style, "preview_style")
        self._language = _list((), "preview_language")
        self._language_field = field("Language", self._language, "preview_language")
        self._period = PeriodChoice("preview_period", "Of which time", _SPANS, today)
        self._large = _tick(LARGE, "preview_large")
        self._blank = _tick(BLANK, "preview_blank")
        self._parts = {part: _tick(words, f"preview_{part}") for part, words in PARTS.items()}
        self._lay_out()
        self._begin(begin_with)
        for box in (self._style, self._size, self._language):
            box.currentIndexChanged.connect(self.changed)
        self._which.currentIndexChanged.connect(self._follow_subject)
        for one in (self._large, *self._parts.values()):
            one.toggled.connect(self.changed)
        self._period.edited.connect(self.changed)
        self.sort.currentIndexChanged.connect(self._follow_sort)
        self._blank.toggled.connect(self._follow_blank)

    @property
    def kind(self) -> Kind:
        """The sort of page that is chosen."""
        return KINDS[Sort(self.sort.currentData())]

    def choice(self) -> Choice:
        """Return what is chosen; a part or a time that the page has not is none."""
        kind = self.kind
        first, last = self._days() if kind.has_period else (None, None)
        return Choice(
            sort=kind.sort,
            paper=str(self._size.currentData()),
            large=self._large.isChecked(),
            language=str(self._language.currentData()),
            blank=self._is_blank(),
            style=str(self._style.currentData() or ""),
            parts=frozenset(part for part in kind.parts if self._parts[part].isChecked()),
            first=first,
            last=last,
        )

    def subject(self) -> Subject:
        """Return what the page is about."""
        place = self._which.currentIndex()
        if 0 <= place < len(self._subjects):
            return self._subjects[place]
        return Subject(client=self._client.id if self._client is not None else None)

    def told(self) -> list[str]:
        """Return what is chosen beside the sort of page, each in few words."""
        choice, kind = self.choice(), self.kind
        said = [self._which.currentText()] if self._shows_which() and self._which.currentIndex() >= 0 else []
        said += [BRIEF_BLANK] if choice.blank and kind.make is not None else []
        said += [self._style.currentText()] if choice.blank and kind.styles else []
        said.append(PAPERS.get(choice.paper, ""))
        said += [LANGUAGES.get(choice.language, "")] if len(kind.languages) > 1 else []
        said += [SPANS[Span(self._period.span.chosen)]] if kind.has_period and not choice.blank else []
        said += [BRIEF_LARGE] if choice.large else []
        return said + [words for part, words in BRIEFLY.items() if part in choice.parts and self._counts(part)]

    @property
    def want(self) -> tuple[str, str]:
        """Why a blank page stands there that was not chosen, and what to do; nothing where it is otherwise."""
        kind = self.kind
        if kind.blank is None or kind.make is None:
            return "", ""
        if self._has_nothing():
            return nothing_written(self._client.called) if self._client is not None else "", ""
        return ("", "") if self._blank.isChecked() or self._paper.is_told(kind.sort) else NOTHING_TOLD

    def show_blank(self) -> None:
        """Choose the page to fill in by hand."""
        self._blank.setChecked(True)

    def _days(self) -> tuple[datetime.date | None, datetime.date | None]:
        return (None, None) if self._period.span.chosen == Span.ALL else self._period.period

    def _is_blank(self) -> bool:
        kind = self.kind
        return kind.blank is not None and (kind.make is None or self._blank.isChecked() or self._has_nothing())

    def _has_nothing(self) -> bool:
        """Say whether there is nothing that the page could be about."""
        return not self._subjects and self.kind.about is not About.NOTHING

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        spaced(column, 0, 0.5)
        size = field("Paper", self._size, "preview_paper")
        column.addWidget(_columns(self._which_field, self._style_field, size, self._language_field, self._period))
        column.addWidget(_columns(*self._parts.values(), self._large, self._blank, gap=0.0))
        larger, fit = button("Larger", "preview_larger", "link"), button("Fit", "preview_fit", "link")
        smaller = button("Smaller", "preview_smaller", "link")
        for one, spoken, step in (
            (larger, "Show the sheets larger", 1),
            (smaller, "Show the sheets smaller", -1),
            (fit, "Fit the sheets into the window", 0),
        ):
            one.setAccessibleName(spoken)
            one.clicked.connect(lambda _pressed=False, step=step: self.zoomed.emit(step))
        column.addWidget(flowing(label("On screen", "muted"), larger, smaller, fit, level=True))

    def _begin(self, choice: Choice) -> None:
        wanted = self.sort.findData(str(choice.sort))
        self.sort.setCurrentIndex(wanted if wanted >= 0 else self.sort.first_line)
        self._describe_sort()
        self._size.setCurrentIndex(max(0, self._size.findData(choice.paper)))
        self._large.setChecked(choice.large)
        self._blank.setChecked(choice.blank)
        for part in choice.parts:
            self._parts[part].setChecked(True)
        if choice.first or choice.last:
            self._period.choose(Span.OWN, choice.first, choice.last)
        self._offer(choice.language)
        self._style.setCurrentIndex(max(0, self._style.findData(choice.style)))
        self._begins = False
        self._show_what_counts()

    def _offer(self, language: str) -> None:
        """Offer what the chosen page can be about, and the languages it can be in."""
        kind = self.kind
        offered = self._paper.offered(kind.sort, self._client.id if self._client is not None else None)
        self._subjects = [one.subject for one in offered]
        with QSignalBlocker(self._which), QSignalBlocker(self._language), QSignalBlocker(self._style):
            self._style.clear()
            for id, words in kind.styles:
                self._style.addItem(words, id)
            self._which.clear()
            for place, one in enumerate(offered):
                self._which.addItem(one.words, place)
            self._language.clear()
            for id in kind.languages:
                self._language.addItem(LANGUAGES.get(id, id), id)
            self._language.setCurrentIndex(max(0, self._language.findData(language)))
            self._which.setCurrentIndex(self._place_of(self._asked_for))

    def _place_of(self, asked_for: Subject) -> int:
        """Return which of the offered things is meant; what was asked for and is not there is never another one."""
        if asked_for in self._subjects:
            return self._subjects.index(asked_for)
        asked = {About.ENTRY: asked_for.entry, About.STRAIN: asked_for.arc}.get(self.kind.about)
        return -1 if self._begins and asked is not None else 0

    def _untick(self) -> None:
        """Take the ticks of the optional parts off: they count for one page of one thing."""
        for one in self._parts.values():
            with QSignalBlocker(one):
                one.setChecked(False)

    def _follow_subject(self) -> None:
        self._untick()
        self.changed.emit()

    def _follow_sort(self) -> None:
        self._untick()
        self._describe_sort()
        self._offer(str(self._language.currentData()))
        self._show_what_counts()
        self.changed.emit()

    def _follow_blank(self) -> None:
        self._show_what_counts()
        self.changed.emit()

    def _show_what_counts(self) -> None:
        kind, blank = self.kind, self._is_blank()
        self._which_field.setVisible(self._shows_which())
        self._style_field.setVisible(blank and bool(kind.styles))
        self._language_field.setVisible(len(kind.languages) > 1)
        self._period.setVisible(kind.has_period and not blank)
        both = kind.blank is not None and kind.make is not None
        self._blank.setVisible(both and not self._has_nothing())
        for part, one in self._parts.items():
            one.setVisible(self._counts(part))

    def _shows_which(self) -> bool:
        return not self._is_blank() and len(self._subjects) > 1

    def _counts(self, part: Part) -> bool:
        """Say whether the page can have that part."""
        return part in self.kind.parts and (not self._is_blank() or part in ALSO_BLANK)

    def _describe_sort(self) -> None:
        """Say for whom the page is, which the eye sees from the heading in the list."""
        self.sort.setAccessibleDescription(group_of(self.kind))


def flowing(*widgets: QWidget, level: bool = False) -> QWidget:
    """Return widgets side by side that go on in the next line where there is little room; with `level`, their middles
    at one height.
    """
    held, around = QWidget(), Fit(most=0, in_a_row=level)
    held.setLayout(around)
    spaced(around, 0, 0.5)
    for one in widgets:
        around.addWidget(one)
    return held


def _columns(*widgets: QWidget, gap: float = 0.5) -> QWidget:
    """Return widgets one below the other, in two columns where there is room."""
    held, around = QWidget(), Fit(most=2, narrow=14.5)
    held.setLayout(around)
    spaced(around, 0, gap)
    for one in widgets:
        around.addWidget(one)
    return held


def _tick(words: str, name: str) -> QCheckBox:
    made = OptionTick(words)
    made.setObjectName(name)
    return made


def _list(items: Iterable[tuple[str, str]], name: str, least: int = LEAST) -> Combo:
    made = Combo(((id, words) for words, id in items), least)
    made.setObjectName(name)
    # As wide as a long name of a strain it would push the list beside the page away.
    made.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


def _pages(kinds: Sequence[Kind]) -> Combo:
    """Return the list of pages: those for the client apart from all others."""
    made = _list((), "preview_sort", 24)
    made.setAccessibleName("Page")
    groups = [group_of(one) for one in kinds]
    for at, (group, one) in enumerate(zip(groups, kinds, strict=True)):
        if len(set(groups)) > 1 and group not in groups[:at]:
            made.add_heading(group)
        made.add_line(str(one.sort), one.words, group)
    return made
