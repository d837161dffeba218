"""One card of a form on screen: its questions as fields, and the answers they hold."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import Answer, Answers, dated
from alliance_desktop.domain.form import Card, Form, Kind, Question, is_answered
from alliance_desktop.domain.shown import shown
from alliance_desktop.ui.fields.arrangement import parts
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.field import NEEDED, Asked, Field
from alliance_desktop.ui.fields.links import LinkField
from alliance_desktop.ui.fields.place import Place, in_box, scroll_area_of
from alliance_desktop.ui.fields.renderer import field_for
from alliance_desktop.ui.fields.sections import BETWEEN, Slot, Stretch
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import em, spaced

KEPT = "Kept from before"
_KEPT_LINE = "These questions are not asked any more after other answers changed. What you wrote is kept."
_SHOW_ALL, _HIDE_ALL = "Show unanswered questions", "Hide unanswered questions"
_LEGEND = f"What is marked {NEEDED} is enough. Nothing has to be filled in."


class CardEditor(QWidget):
    """The questions of a card, with `answers` filled in.

    `edited` comes with each change by the reader and costs nothing; `help_asked` carries the question,
    `link_opened` the id of a linked entry that is to be opened.
    Days and times that are only suggested do not count as answers until anything on the card is edited;
    they are suggested on a `fresh` card, which by itself is one without answers, or with links alone.
    """

    edited = Signal()
    help_asked = Signal(object)
    link_opened = Signal(object)

    def __init__(
        self,
        form: Form,
        card: Card,
        *,
        context: Context,
        facts: frozenset[str] = frozenset(),
        answers: Mapping[str, Answer] | None = None,
        fresh: bool | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.form, self.card = form, card
        self.setObjectName(f"card_{card.id}")
        self.setAccessibleName(card.title)
        self._context, self._facts = context, facts
        self._given: Answers = dict(answers or {})
        self._fresh = self._is_fresh() if fresh is None else fresh
        self._suggested: set[str] = set()
        self._touched = False
        self._read_only = self._show_all = False
        self._last: QWidget | None = None
        self._arranged: tuple[set[str], set[str]] | None = None
        self._legend: QLabel | None = None
        self.fields: dict[str, Field] = {}
        self._column = QVBoxLayout(self)
        spaced(self._column, 0, BETWEEN)
        self._stretches = self._make_stretches()
        self._kept, self._kept_slots = self._make_kept()
        self._unanswered = button(_SHOW_ALL, "card_unanswered")
        self._unanswered.hide()
        self._unanswered.clicked.connect(self._turn_unanswered)
        self._column.addLayout(row(self._unanswered))
        self._column.addStretch(1)
        self._fill()
        self._arrange()
        for one in self._stretches:
            if one.fold is not None:
                one.fold.open(any(self._is_given(key) for key in one.asked_keys()))
                one.fold.turned.connect(self._rearrange)
        self._chain()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def answers(self) -> Answers:
        """Return what is answered, also where it is no longer asked; nothing unanswered, no mere suggestion."""
        known = {one.key for one in self.card.questions}
        said = {key: answer for key, answer in self._given.items() if key not in known}
        asked = {one.key for one in self.card.shown_questions(self._all(), self._facts)}
        for key, field in self.fields.items():
            answer = field.answer()
            if key in self._suggested and not (self._touched and key in asked):
                continue
            if field.question.kind is not Kind.PERSON and _says(field.question, answer):
                said[key] = answer
        return said

    def text(self) -> str:
        """Return all that is answered as plain text, for the clipboard when nothing can be saved."""
        answers = self.answers()
        lines = [self.card.title]
        for one in self.card.questions:
            words = shown(self.form, one, answers.get(one.key))
            lines += ["", one.label, words] if words else []
        return "\n".join(lines)

    def set_facts(self, facts: frozenset[str]) -> None:
        """Ask what the client's facts now make to be asked."""
        self._facts = facts
        self._settle()

    def set_read_only(self, on: bool) -> None:
        """Show the answers without letting them change; text can still be reached, selected and copied.

        What has no answer waits behind a button, so that the card reads as a page.
        """
        self._read_only = on
        for field in self.fields.values():
            field.set_read_only(on)
        if self._legend is not None:
            self._legend.setVisible(not on)
        self._arrange()
        self._rearrange()

    def focus(self, key: str = "") -> None:
        """Give the keyboard to a question; without one, to the first that can have it."""
        field = self.fields.get(key)
        for stop in field.stops() if field is not None else self.stops():
            # Of radio buttons, Tab stops at the one that is chosen; so does this.
            if stop.isVisibleTo(self) and stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
                stop.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def place(self) -> Place:
        """Return where the reader is, or last was, on this card."""
        opened = tuple(one.fold.button.objectName() for one in self._stretches if one.fold and one.fold.is_open)
        opened += tuple(name for one in self.fields.values() for name in one.opened())
        area = scroll_area_of(self)
        scroll = area.verticalScrollBar().value() if area is not None else 0
        for key, field in self.fields.items():
            stops = field.stops()
            if self._last is not None and self._last in stops:
                number = stops.index(self._last)
                if not isinstance(self._last, TextBox):
                    return Place(key=key, stop=number, scroll=scroll, opened=opened)
                cursor = self._last.textCursor()
                return Place(
                    key=key,
                    stop=number,
                    cursor=cursor.position(),
                    anchor=cursor.anchor(),
                    box_scroll=self._last.verticalScrollBar().value(),
                    scroll=scroll,
                    opened=opened,
                )
        return Place(scroll=scroll, opened=opened)

    def restore(self, place: Place) -> None:
        """Go back to a place, as exactly as the card of today allows; unknown questions are passed by."""
        for one in self._stretches:
            if one.fold is not None:
                holds = place.key in one.slots
                one.fold.open(holds or one.fold.button.objectName() in place.opened)
        for one_field in self.fields.values():
            one_field.open(place.opened)
        field = self.fields.get(place.key)
        stops = field.stops() if field is not None else []
        if stops:
            stop = stops[min(max(place.stop, 0), len(stops) - 1)]
            stop.setFocus(Qt.FocusReason.OtherFocusReason)
            self._last = stop
            if isinstance(stop, TextBox):
                in_box(stop, place)
        self._scroll_to(place)
        # The scroll area learns its new height only once the event loop has run.
        QTimer.singleShot(0, self, lambda: self._scroll_to(place))

    def point_to(self, key: str, stop: int = 0, start: int = 0, end: int = 0) -> None:
        """Open a question, select a stretch of the text in one of its boxes, and bring that into view."""
        self.restore(Place(key=key, stop=stop, cursor=end, anchor=start))
        # After the scroll that belongs to the place, which is that of a card just opened.
        QTimer.singleShot(0, self, lambda: self._bring_into_view(self._last))

    def changeEvent(self, event: QEvent) -> None:
        """Bring the question at hand back into view when the text size has moved it."""
        super().changeEvent(event)
        at_hand = QApplication.focusWidget()
        if event.type() == QEvent.Type.FontChange and at_hand is not None:
            QTimer.singleShot(0, self, lambda: self._focus_moved(None, QApplication.focusWidget()))

    def event(self, event: QEvent) -> bool:
        """Claim F1 before a menu does: here it asks about the question at hand."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_F1
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the note on the question that has the keyboard."""
        field = self._field_of(QApplication.focusWidget())
        if event.key() == Qt.Key.Key_F1 and field is not None:
            self.help_asked.emit(field.question)
        else:
            super().keyPressEvent(event)

    def _make_stretches(self) -> list[Stretch]:
        if self.card.intro:
            self._column.addWidget(label(self.card.intro, "muted", "card_intro"))
        needed = {key for alternative in self.card.enough for key in alternative}
        if needed:
            self._legend = label(_LEGEND, "muted", "card_legend")
            self._column.addWidget(self._legend)
        made = []
        for number, part in enumerate(parts(self.card), 1):
            stretch = Stretch(part, number)
            made.append(stretch)
            self._column.addWidget(stretch.top)
            for question in part.questions:
                field = field_for(Asked(self.form, question, self._context, question.key in needed))
                self.fields[question.key] = field
                stretch.slots[question.key].take(field)
                field.edited.connect(self._mark_edited)
                field.settled.connect(self._settle)
                field.rearranged.connect(self._rearrange)
                field.help_asked.connect(self.help_asked)
                if isinstance(field, LinkField):
                    field.opened_link.connect(self.link_opened)
        return made

    def _make_kept(self) -> tuple[QWidget, dict[str, Slot]]:
        held = QWidget()
        column = QVBoxLayout(held)
        spaced(column, 0, BETWEEN)
        column.addWidget(label(KEPT, "heading", "kept_heading"))
        column.addWidget(label(_KEPT_LINE, "muted"))
        slots = {one.key: Slot() for one in self.card.questions if one.show_if is not None}
        for slot in slots.values():
            slot.hide()
            column.addWidget(slot)
        held.hide()
        self._column.addWidget(held)
        return held, slots

    def _fill(self) -> None:
        for key, field in self.fields.items():
            if key in self._given:
                field.fill(self._given[key])
            elif self._fresh and (answer := self._suggestion(field.question)) is not None:
                field.fill(answer)
                self._suggested.add(key)

    def _is_fresh(self) -> bool:
        return not any(one.kind is not Kind.LINK for one in self.card.questions if one.key in self._given)

    def _suggestion(self, question: Question) -> Answer:
        if question.default == "today":
            return dated(self._context.today())
        if question.default == "now":
            return f"{self._context.now():%H:%M}"
        on = self._context.review() if question.default == "review" else None
        return dated(on) if on is not None else None

    def _is_given(self, key: str) -> bool:
        field = self.fields[key]
        return key in self._given and field.question.kind is not Kind.PERSON and _says(field.question, self._given[key])

    def _all(self) -> Answers:
        """Return every field's answer, for deciding what is asked."""
        return {key: field.answer() for key, field in self.fields.items() if field.question.kind not in _LONG}

    def _arrange(self) -> bool:
        """Show what is asked, keep what is answered though no longer asked, hide the rest; say if that is new."""
        asked = {one.key for one in self.card.shown_questions(self._all(), self._facts)}
        answers = self.answers() if self._kept_slots or self._read_only else {}
        kept = {key for key in self._kept_slots if key not in asked and key in answers}
        asked = self._narrowed(asked, answers)
        if self._arranged == (asked, kept):
            return False
        self._arranged = (asked, kept)
        for stretch in self._stretches:
            for key, slot in stretch.slots.items():
                if key in self._kept_slots:
                    (self._kept_slots[key] if key in kept else slot).take(self.fields[key])
            stretch.show_only(asked.__contains__)
        for key, slot in self._kept_slots.items():
            slot.setVisible(key in kept)
        self._kept.setVisible(bool(kept))
        return True

    def _narrowed(self, asked: set[str], answers: Answers) -> set[str]:
        """Return what is to be seen of a card: all that is asked, or of a finished one what was answered."""
        only_said = self._read_only and not self._show_all
        for one in self._stretches:
            if one.fold is not None:
                one.fold.lay_open(only_said)
        if not self._read_only:
            self._unanswered.hide()
            return asked
        told = {key for key in asked if key in answers or self.fields[key].question.kind is Kind.PERSON}
        self._unanswered.setVisible(told != asked)
        return told if only_said else asked

    def _turn_unanswered(self) -> None:
        self._show_all = not self._show_all
        self._unanswered.setText(_HIDE_ALL if self._show_all else _SHOW_ALL)
        self._unanswered.setAccessibleName(self._unanswered.text())
        self._settle()

    def stops(self) -> Iterator[QWidget]:
        """Yield what can have the keyboard, in reading order."""
        kept = {key for key, slot in self._kept_slots.items() if not slot.isHidden()}
        for stretch in self._stretches:
            if stretch.fold is not None:
                yield stretch.fold.button
            for key in stretch.asked_keys():
                if key not in kept:
                    yield from self.fields[key].stops()
        for key in self._kept_slots:
            if key in kept:
                yield from self.fields[key].stops()
        yield self._unanswered

    def _chain(self) -> None:
        """Make Tab follow the reading order, wherever fields have come or moved."""
        before: QWidget | None = None
        for stop in self.stops():
            if before is not None:
                QWidget.setTabOrder(before, stop)
            before = stop

    def _settle(self) -> None:
        if self._arrange():
            self._rearrange()

    def _rearrange(self) -> None:
        self._chain()
        if self.isVisible():
            # Qt would lay each level of nested widgets out in a pass of its own, and the card would be seen to jump.
            for widget in reversed(self.findChildren(QWidget)):
                layout = widget.layout()
                if layout is not None:
                    layout.activate()
            self._column.activate()

    def _mark_edited(self) -> None:
        field = self.sender()
        if isinstance(field, Field):
            self._suggested.discard(field.question.key)
        self._touched = True
        self.edited.emit()

    def _field_of(self, widget: QWidget | None) -> Field | None:
        if widget is None:
            return None
        return next((one for one in self.fields.values() if one is widget or one.isAncestorOf(widget)), None)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isAncestorOf(new):
            return
        self._last = new
        self._bring_into_view(new)
        # What was just opened has its room only once the event loop has run.
        QTimer.singleShot(0, self, lambda: self._bring_into_view(QApplication.focusWidget()))

    def _bring_into_view(self, widget: QWidget | None) -> None:
        area = scroll_area_of(self)
        while area is not None and widget is not None and self.isAncestorOf(widget):
            area.ensureWidgetVisible(widget, em(1), em(2))
            # The page around it may be scrolled as well.
            area = scroll_area_of(area)

    def _scroll_to(self, place: Place) -> None:
        area = scroll_area_of(self)
        if area is not None:
            area.verticalScrollBar().setValue(place.scroll)


_LONG = frozenset({Kind.LINE, Kind.PROSE, Kind.ROWS, Kind.CONTACTS, Kind.LINK, Kind.NUMBER})


def _says(question: Question, answer: Answer) -> bool:
    """Say whether an answer holds anything, words that are not (yet) a day or a number included."""
    if question.kind in {Kind.DATE, Kind.NUMBER} and isinstance(answer, dict) and answer.get("text"):
        return True
    if question.kind is Kind.ROWS:
        return bool(answer)
    return is_answered(question, answer)
