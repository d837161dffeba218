"""One form of the counsellor's own being changed: which questions, in which order, and how it looks."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout

from alliance_desktop.domain import own_form
from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.form import Card, Form, Question
from alliance_desktop.services.own_forms import BeingAsked, Draft, OwnForms
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.fitted import fitted
from alliance_desktop.ui.notice import Notice, announce
from alliance_desktop.ui.own_forms_page import kind_words
from alliance_desktop.ui.own_question import OwnQuestionSection
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, field, label, writes
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.row_view import ShortRows
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated, spoken

WRITE_AFTER_MS = 2000
ABOUT = "Copied from “{base}”. Nothing changes for your notes before you keep it; what is begun here outlasts a lock."
HIDDEN, YOURS, STAYS = "hidden", "yours", "stays"
SEE, SEE_NO_MORE = "See how it &looks", "Hide how it &looks"
PREVIEW = "How it looks"
PREVIEW_LINE = "To try out. What is typed here is not kept."


class OwnFormPage(Page):
    """One own form that is being changed.

    `keep_asked` when it is to be kept, `left` when it is to be left without keeping.
    """

    keep_asked = Signal()
    left = Signal()

    def __init__(self, own_forms: OwnForms, draft: Draft, context: Context) -> None:
        super().__init__("Change a form", "own_form", 40.0)
        self._own_forms, self._context = own_forms, context
        base = own_forms.base(draft.form)
        if base is None:
            raise KeyError(draft.form.based_on)
        self._base: Card = base
        self._form: Form = draft.form
        self._dirty = False
        self._timer = QTimer(self, singleShot=True, interval=WRITE_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        self.column.addWidget(label(ABOUT.format(base=base.title), "muted"))
        self.notice = Notice("own_form_notice")
        self.name = TextBox(1, 3, breaks=False)
        self.name.fill(draft.form.title)
        self.name.moveCursor(QTextCursor.MoveOperation.End)
        self.column.addWidget(field("Name of the form", self.name, "own_form_name"))
        self._make_questions()
        self.question = OwnQuestionSection()
        self.question.hide()
        self.column.addWidget(self.question)
        self._make_end()
        self.column.addStretch(1)
        self._join()
        self._show_rows(next(iter(self._asked()), ""))
        if draft.asked is not None:
            self._word(draft.asked)

    @property
    def draft(self) -> Draft:
        """The form as it is just now, with the question that is being worded."""
        return Draft(form=self._form, asked=self.question.being if not self.question.isHidden() else None)

    def begin(self) -> None:
        """Put the keyboard on the questions."""
        self.view.setFocus()

    def flush(self) -> bool:
        """Keep the draft in the vault; False where the disk did not take it."""
        self._timer.stop()
        if not self._dirty:
            return True
        try:
            self._own_forms.keep_draft(self.draft)
        except KnownError as fault:
            self.notice.show_error(fault)
            return False
        self._dirty = False
        return True

    def stop(self) -> None:
        """Write nothing more by itself."""
        self._timer.stop()

    def let_go(self) -> None:
        """Forget what is not written: the form was kept, or is left."""
        self.stop()
        self._dirty = False

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data."""
        key = self._key()
        at = self.focusWidget()
        name = at.objectName() if at is not None and self.isAncestorOf(at) else ""
        return {"page": "own_form", "form": self._form.id, "key": key, "focus": name}

    def restore(self, place: dict[str, Any]) -> None:
        """Choose the same row and the same field again."""
        self._select(str(place.get("key")))
        named = (self.name, self.view, self.question.label, self.question.help, self.question.options)
        wanted = next((one for one in named if one.objectName() == place.get("focus")), self.view)
        wanted.setFocus()
        if isinstance(wanted, TextBox):
            wanted.moveCursor(QTextCursor.MoveOperation.End)

    def concern(self, changed: Changed) -> None:
        """Nothing that is written elsewhere changes this form."""

    def say(self, fault: KnownError) -> None:
        """Say what is in the way of keeping it."""
        self.notice.show_error(fault)

    def _make_questions(self) -> None:
        self.column.addWidget(label("Questions", "heading"))
        self.view = ShortRows("own_form_rows", "Questions of this form")
        self.why = label("", "muted", "own_form_why")
        self.up = writes(button("Move &up", "own_form_up"))
        self.down = writes(button("Move &down", "own_form_down"))
        self.hide_button = writes(button("&Hide", "own_form_hide"))
        self.change = writes(button("&Change…", "own_form_change"))
        self.remove = writes(button("&Remove", "own_form_remove"))
        self.add = writes(button("&Add a question…", "own_form_add"))
        self.column.addWidget(self.view)
        self.column.addWidget(self.why)
        self.column.addWidget(fitted(self.up, self.down, self.hide_button, self.change, self.remove, self.add))

    def _make_end(self) -> None:
        self.see = button(SEE, "own_form_see", "link")
        self.keep = writes(button("&Keep this form", "own_form_keep", "primary"))
        self.leave = button("Leave &without keeping", "own_form_leave")
        self._preview = QVBoxLayout()
        spaced(self._preview, 0, 0.5)
        self._editor: CardEditor | None = None
        self.column.addWidget(self.notice)
        self.column.addWidget(fitted(self.keep, self.leave, self.see))
        self.column.addLayout(self._preview)

    def _join(self) -> None:
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._name_buttons())
        self.view.chosen.connect(lambda _key: self._first_button().setFocus())
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.hide_button.clicked.connect(self._turn_hidden)
        self.change.clicked.connect(self._ask_change)
        self.remove.clicked.connect(self._remove)
        self.add.clicked.connect(lambda: self._word(BeingAsked(after=self._key())))
        self.name.changed.connect(self._rename)
        self.question.edited.connect(self._mark)
        self.question.done.connect(self._take_question)
        self.question.left.connect(self._leave_question)
        self.see.clicked.connect(self._turn_preview)
        self.keep.clicked.connect(self.keep_asked)
        self.leave.clicked.connect(self.left)

    def _select(self, key: str) -> None:
        """Go to the row of a question; where it is not there, the row at hand stays."""
        if self.view.rows.place_of(key) >= 0:
            self.view.select(key)

    def _key(self) -> str:
        return str(self.view.current_key() or "")

    def _asked(self) -> dict[str, Question]:
        return {one.key: one for one in self._form.cards[0].questions}

    def _hidden(self) -> dict[str, Question]:
        return {one.key: one for one in own_form.hidden(self._form, self._base)}

    def _show_rows(self, key: str) -> None:
        asked, away = self._asked(), self._hidden()
        self.view.set_rows(
            [*(self._row(one, False) for one in asked.values()), *(self._row(one, True) for one in away.values())]
        )
        self.view.updateGeometry()
        self._select(key)
        self._name_buttons()
        if self._editor is not None:
            self._show_preview()

    def _row(self, one: Question, away: bool) -> Row:
        state = (
            HIDDEN if away else YOURS if own_form.is_own(one) else STAYS if own_form.stays(self._form, one.key) else ""
        )
        about = f"{kind_words(one.kind)} · {own_form.AUDIENCE_WORDS[one.audience]}"
        under = f"{about} · {one.group}" if one.group and not away else about
        title = isolated(one.label)
        said = spoken(f"{title}. {state}. {under}" if state else f"{title}. {under}")
        return Row(key=one.key, title=title, aside=state, under=(under, about), spoken=said, quiet=away)

    def _name_buttons(self) -> None:
        key, asked, away = self._key(), self._asked(), self._hidden()
        one = asked.get(key) or away.get(key)
        if one is None:
            return
        name, own = _quoted(one.label), own_form.is_own(one)
        why = own_form.stays(self._form, key) if key in asked and not own else ""
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.hide_button.setText("&Show" if key in away else "&Hide")
        for made, shown in (
            (self.up, key in asked),
            (self.down, key in asked),
            (self.hide_button, not own and not why),
            (self.change, own),
            (self.remove, own),
        ):
            made.setVisible(shown)
        for made, words in (
            (self.up, f"Move {name} up"),
            (self.down, f"Move {name} down"),
            (self.hide_button, f"{'Show' if key in away else 'Hide'} {name}"),
            (self.change, f"Change {name}"),
            (self.remove, f"Remove {name}"),
        ):
            made.setAccessibleName(spoken(words))

    def _first_button(self) -> Any:
        return next(one for one in (self.up, self.hide_button, self.add) if not one.isHidden())

    def _move(self, by: int) -> None:
        key = self._key()
        before = self._form
        self._change_to(lambda: own_form.moved(before, self._base, key, by))
        one = self._asked()[key]
        if self._form == before:
            words = f"{_quoted(one.label)} stays where it is: it cannot go further."
            self.why.setText(words)
            self.why.show()
            self._tell(words)
            return
        places = list(self._asked())
        under = f", under {one.group}" if one.group else ""
        self._tell(f"{_quoted(one.label)} is now {places.index(key) + 1} of {len(places)}{under}.")

    def _turn_hidden(self) -> None:
        key, away = self._key(), self._hidden()
        turn = own_form.show if key in away else own_form.hide
        label = (away.get(key) or self._asked()[key]).label
        self._change_to(lambda: turn(self._form, self._base, key))
        self._tell(f"{_quoted(label)} is {'asked again' if key in away else 'hidden'}.")

    def _remove(self) -> None:
        key, label = self._key(), self._asked()[self._key()].label
        self._change_to(lambda: own_form.removed(self._form, self._base, key))
        self._tell(f"{_quoted(label)} is removed.")
        self.view.setFocus()

    def _ask_change(self) -> None:
        words = own_form.words_of(self._asked()[self._key()])
        self._word(BeingAsked(words=words, options="\n".join(words.options), key=self._key()))

    def _word(self, being: BeingAsked) -> None:
        self.question.show_being(being)
        self.question.show()
        self.question.label.setFocus()
        self.ensureWidgetVisible(self.question)
        self._mark()

    def _take_question(self) -> None:
        being = self.question.being
        old = self._asked().get(being.key)
        try:
            made = self._own_forms.question(being.words, old)
        except KnownError as fault:
            self.question.notice.show_error(fault)
            return
        self.question.hide()
        if old is not None:
            self._change_to(lambda: own_form.changed(self._form, self._base, old.key, made), made.key)
        else:
            self._change_to(lambda: own_form.added(self._form, self._base, made, being.after), made.key)
        self._tell(f"{_quoted(made.label)} is {'changed' if old is not None else 'added'}.")
        self.view.setFocus()

    def _leave_question(self) -> None:
        self.question.hide()
        self._mark()
        self.flush()
        self.add.setFocus()

    def _change_to(self, act: Callable[[], Form], key: str = "") -> None:
        key = key or self._key()
        try:
            self._form = act()
        except KnownError as fault:
            self.notice.show_error(fault)
            return
        self.notice.clear()
        self._show_rows(key)
        self._mark()
        self.flush()

    def _rename(self) -> None:
        self._form = own_form.titled(self._form, self.name.text())
        self._mark()

    def _mark(self) -> None:
        self._dirty = True
        self._timer.start()

    def _tell(self, words: str) -> None:
        announce(self, spoken(words))

    def _turn_preview(self) -> None:
        shown = self._editor is None
        if shown:
            self._show_preview()
        else:
            self._clear_preview()
        self.see.setText(SEE_NO_MORE if shown else SEE)
        self.see.setAccessibleName(self.see.text().replace("&", ""))

    def _show_preview(self) -> None:
        self._clear_preview()
        self._editor = CardEditor(self._form, self._form.cards[0], context=self._context)
        for one in (label(PREVIEW, "heading"), label(PREVIEW_LINE, "muted"), self._editor):
            self._preview.addWidget(one)

    def _clear_preview(self) -> None:
        self._editor = None
        while (item := self._preview.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()


def _quoted(label: str) -> str:
    """Return a question as it is named inside a sentence; some have their marks already."""
    return isolated(label) if label.startswith("“") else f"“{isolated(label)}”"
