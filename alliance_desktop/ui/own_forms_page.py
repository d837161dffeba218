"""The forms of the counsellor's own, and the shipped ones to look at and to copy."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Signal

from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.errors import KnownError, SaveWaitingError
from alliance_desktop.domain.form import Card, Form, Kind
from alliance_desktop.domain.own_form import AUDIENCE_WORDS, KINDS
from alliance_desktop.services.own_forms import NOT_CHANGED_HERE, Copiable, Draft, OwnForms
from alliance_desktop.ui.fitted import fitted
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, label, row, writes
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.row_view import ShortRows
from alliance_desktop.ui.words import counted, isolated, spoken

TITLE = "Forms of my own"
ABOUT = "Copy a form, leave out what you do not ask, add what you do. The shipped forms stay as they are."
NONE_YET = "None yet. Choose a form below and make your own from it."
BEGUN, RETIRED, OFFERED = "not kept yet", "no longer under “New entry…”", "under “New entry…”"
OTHER_KINDS = {
    Kind.SCALE: "A scale",
    Kind.TIME: "A time",
    Kind.PERSON: "The client",
    Kind.CONTACTS: "People",
    Kind.ROWS: "A small table",
    Kind.LINK: "A link to another note",
}


class Mine(NamedTuple):
    """One form of the counsellor's own: as it is kept, as it is being changed, or both."""

    id: str
    kept: Form | None
    draft: Draft | None

    @property
    def form(self) -> Form:
        """The form as it is told."""
        found = self.kept if self.kept is not None else self.draft.form if self.draft is not None else None
        if found is None:
            raise KeyError(self.id)
        return found


class OwnFormsPage(Page):
    """All forms that are one's own or can be copied; `edit_asked` carries the form to change, `closed` leads back.

    `changed` tells of a form that is no longer offered, or is again.
    """

    edit_asked = Signal(object)
    closed = Signal()
    changed = Signal(object)

    def __init__(self, own_forms: OwnForms) -> None:
        super().__init__(TITLE, "own_forms", 40.0)
        self._own_forms = own_forms
        self.column.addWidget(label(ABOUT, "muted"))
        self.notice = Notice("own_forms_notice")
        self.column.addWidget(self.notice)
        for at, one in enumerate(own_forms.troubles):
            self.column.addWidget(label(one, "", f"own_forms_trouble_{at}"))
        self._make_own()
        self._make_shipped()
        self._make_look()
        back = button("&Back to the settings", "own_forms_back", "link")
        back.clicked.connect(self.closed)
        self.column.addLayout(row(back))
        self.column.addStretch(1)
        self.refresh()

    def begin(self) -> None:
        """Put the keyboard on the first list that has a row."""
        (self.own if self.own.rows.rowCount() else self.shipped).setFocus()

    def refresh(self) -> None:
        """Read the forms anew."""
        kept = {one.id: one for one in self._own_forms.all()}
        drafts = {one.form.id: one for one in self._own_forms.drafts()}
        ids = [*kept, *(one for one in drafts if one not in kept)]
        self.own.set_rows([self._own_row(Mine(id, kept.get(id), drafts.get(id))) for id in ids])
        self.own.updateGeometry()
        for one in (self.own, self._own_buttons):
            one.setVisible(bool(ids))
        self._none.setVisible(not ids)
        self._name_own()

    def flush(self) -> bool:
        """Return True: nothing is written on this page by itself."""
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data."""
        return {"page": "own_forms", "row": self.shipped.currentIndex().row()}

    def restore(self, place: dict[str, Any]) -> None:
        """Choose the same row again."""
        at = place.get("row")
        if isinstance(at, int) and 0 <= at < self.shipped.rows.rowCount():
            self.shipped.setCurrentIndex(self.shipped.rows.index(at))

    def concern(self, changed: Changed) -> None:
        """Nothing that is written elsewhere changes these forms."""

    def _make_own(self) -> None:
        self.column.addWidget(label("Your own", "heading"))
        self._none = label(NONE_YET, "", "own_forms_none")
        self.own = ShortRows("own_forms_rows", "Your own forms")
        self._change = writes(button("&Change", "own_forms_change", "primary"))
        self._look_own = button("&Look at it", "own_forms_look")
        self._retire = writes(button("&Take out of “New entry…”", "own_forms_retire"))
        self._own_buttons = fitted(self._change, self._look_own, self._retire)
        self._why_fixed = label(NOT_CHANGED_HERE, "muted", "own_forms_why_fixed")
        self._why_fixed.hide()
        for one in (self._none, self.own, self._why_fixed, self._own_buttons):
            self.column.addWidget(one)
        self.own.chosen.connect(lambda _key: self._change.setFocus())
        self.own.selectionModel().currentChanged.connect(lambda _now, _before: self._name_own())
        self._change.clicked.connect(self._ask_change)
        self._look_own.clicked.connect(lambda: self._of_mine(lambda one: self._look(one.form, one.form.cards[0])))
        self._retire.clicked.connect(lambda: self._of_mine(self._turn_retired))

    def _make_shipped(self) -> None:
        self.column.addWidget(label("Forms of this program", "heading"))
        self.shipped = ShortRows("shipped_rows", "Forms of this program")
        self.shipped.set_rows([_shipped_row(one) for one in self._own_forms.copiable()])
        self._copy = writes(button("&Make my own from this", "shipped_copy"))
        self._look_shipped = button("L&ook at it", "shipped_look")
        buttons = fitted(self._copy, self._look_shipped)
        self._why_not = label("", "muted", "shipped_why_not")
        for one in (self.shipped, self._why_not, buttons):
            self.column.addWidget(one)
        self.shipped.chosen.connect(
            lambda _key: (self._look_shipped if self._copy.isHidden() else self._copy).setFocus()
        )
        self.shipped.selectionModel().currentChanged.connect(lambda _now, _before: self._name_shipped())
        self._copy.clicked.connect(self._ask_copy)
        self._look_shipped.clicked.connect(self._look_at_shipped)
        self._name_shipped()

    def _make_look(self) -> None:
        self.look, column = card(0.4)
        self.look.setObjectName("own_forms_questions")
        self._look_title = label("", "heading", "own_forms_questions_title")
        self._look_words = label("", "", "own_forms_questions_words")
        column.addWidget(self._look_title)
        column.addWidget(self._look_words)
        self.look.hide()
        self.column.addWidget(self.look)

    def _own_row(self, one: Mine) -> Row:
        form = one.form
        state = OFFERED if self._own_forms.is_offered(one.id) else RETIRED if one.kept is not None else BEGUN
        being = "Changes not kept yet" if one.draft is not None and one.kept is not None else ""
        under = f"{counted(len(form.cards[0].questions), 'question', 'questions')} · {state}"
        title = isolated(form.title)
        return Row(key=one, title=title, aside=being, under=(under,), spoken=spoken(f"{title}. {under}. {being}"))

    def _name_own(self) -> None:
        one = self.own.current_key()
        if not isinstance(one, Mine):
            return
        name = isolated(one.form.title)
        retired = one.kept is not None and not self._own_forms.is_offered(one.id)
        can = self._own_forms.base(one.form) is not None
        # Shown or not, and never enabled here: with a vault that is only read all that writes is disabled.
        self._change.setVisible(can)
        self._why_fixed.setVisible(not can)
        words = "Put back under “&New entry…”" if retired else "&Take out of “New entry…”"
        self._retire.setText(words)
        self._retire.setVisible(one.kept is not None)
        for made in (self._change, self._look_own, self._retire):
            made.setAccessibleName(spoken(f"{made.text().replace('&', '')}: {name}"))

    def _name_shipped(self) -> None:
        one = self.shipped.current_key()
        if not isinstance(one, Copiable):
            return
        self._copy.setVisible(not one.why_not)
        self._why_not.setText(one.why_not)
        self._why_not.setVisible(bool(one.why_not))
        for made in (self._copy, self._look_shipped):
            made.setAccessibleName(f"{made.text().replace('&', '')}: {one.card.title}")

    def _of_mine(self, act: Callable[[Mine], object]) -> None:
        one = self.own.current_key()
        if isinstance(one, Mine):
            act(one)

    def _ask_change(self) -> None:
        self._of_mine(lambda one: self.edit_asked.emit(one.draft or Draft(form=one.form)))

    def _ask_copy(self) -> None:
        one = self.shipped.current_key()
        if isinstance(one, Copiable) and not one.why_not:
            self.edit_asked.emit(Draft(form=self._own_forms.copy(one.form.id, one.card.id)))

    def _look_at_shipped(self) -> None:
        one = self.shipped.current_key()
        if isinstance(one, Copiable):
            self._look(one.form, one.card)

    def _look(self, form: Form, one: Card) -> None:
        self._look_title.setText(isolated(one.title))
        self._look_words.setText("\n".join(_told(form, one)))
        self.look.show()
        self.ensureWidgetVisible(self.look)

    def _turn_retired(self, one: Mine) -> None:
        turn = self._own_forms.retire if self._own_forms.is_offered(one.id) else self._own_forms.bring_back
        try:
            self.changed.emit(turn(one.id))
            self.notice.clear()
        except SaveWaitingError as fault:
            # It is done, and only waits for room.
            self.notice.show_error(fault)
        except KnownError as fault:
            self.notice.show_error(fault)
            return
        self.refresh()


def kind_words(kind: Kind) -> str:
    """Return what a kind of question is called."""
    return KINDS.get(kind) or OTHER_KINDS[kind]


def _told(form: Form, one: Card) -> list[str]:
    """Return a line for each question: its words, its kind, and who the answer is for."""
    lines = []
    for question in one.questions:
        about = f"{kind_words(question.kind)} · {AUDIENCE_WORDS[question.audience]}"
        lines.append(f"{isolated(question.label)}\n{about}\n")
    return [form.intro, "", *lines] if form.intro else lines


def _shipped_row(one: Copiable) -> Row:
    title, asked = one.card.title, counted(len(one.card.questions), "question", "questions")
    under = f"{asked} · {one.form.title}" if one.form.title != title else asked
    aside = "cannot be copied" if one.why_not else ""
    said = spoken(f"{title}. {under}. {one.why_not}")
    return Row(key=one, title=title, aside=aside, under=(under,), spoken=said, quiet=bool(one.why_not))
