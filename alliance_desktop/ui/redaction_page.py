"""Taking out text that was written in the wrong file: what is chosen goes for good, also from the history."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout

from alliance_desktop.domain.answers import Answers, long_day
from alliance_desktop.domain.backup_words import said_time
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.difference import Said, told
from alliance_desktop.domain.entry import Entry, EntryEvent, EntryId
from alliance_desktop.domain.errors import KnownError, SaveWaitingError
from alliance_desktop.domain.form import Question
from alliance_desktop.domain.records.beside import BESIDE, reasons_of
from alliance_desktop.domain.whys import About, Why
from alliance_desktop.services.history import History
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.preferences import Settings
from alliance_desktop.services.searching import texts
from alliance_desktop.storage.backup_file import Listed
from alliance_desktop.ui.history_page import UNSAVED
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, field, label, row, tick, writes
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

TITLE = "Remove text written in the wrong file"
ABOUT = "Tick what is to go. It goes from the note and from every earlier version of it, for good."
STAYS = "The note itself stays, with its day and everything you do not tick. Its history keeps that text was removed, "
STAYS_NEXT = "when, and the reason you give."
EARLIER = "Not in the note now, but in an earlier version."
NOTHING = "There is no text in this note that could be removed."
REASON = "&Reason"
REASON_HELP = "Needed, because it stays in the history. Write no names into it."
TICK_FIRST = "Tick first what is to be removed."
WHY_FIRST = "Say why, first. The reason stays in the history."
UNSENT = "Addition not sent yet"
DECIDED = "Reasons given for what was decided"
WHYS = {
    About.STATUS: "Reason given on {day} for a status of this strain",
    About.REMINDER: "Reason given on {day} why a reminder is not needed",
    About.REMOVAL: "Reason given on {day} for removing text",
}
_EXCERPT = 160
_SHORT = 100


class Text(NamedTuple):
    """One thing that can be taken out: its name on this page, the caption, and the beginning of what it says."""

    name: str
    caption: str
    excerpt: str
    key: str = ""
    addendum: int | None = None
    why: Why | None = None


class RedactionPage(Page):
    """The text of one entry to choose from; `changed` tells that some was removed, `closed` that the page is done.

    `copied` carries the other entries of the client in which words that were removed stand as well.

    `ready` writes what other pages hold, and says whether the disk took it.
    """

    changed = Signal(object)
    closed = Signal()
    copied = Signal(object)

    def __init__(
        self,
        notebook: Notebook,
        history: History,
        settings: Settings,
        entry: EntryId,
        ready: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(TITLE, "redaction")
        self._notebook, self._history, self._settings, self._id = notebook, history, settings, entry
        self._ready = ready
        self.texts = list(_texts(notebook, history, settings, entry))
        self.ticks: dict[str, QCheckBox] = {}
        self.notice = Notice("redaction_notice")
        self.why = QLineEdit()
        self.remove_button = writes(button("Remove this te&xt", "redact"))
        self._back = button("&Leave it as it is", "redaction_back", "primary")
        self._lay_out()
        self.remove_button.clicked.connect(self._remove)
        self._back.clicked.connect(self.closed)

    @property
    def client(self) -> Client | None:
        """Whose entry it is; None for the counsellor's own."""
        client = self._notebook.entry(self._id).client
        return self._notebook.client(client) if client is not None else None

    @property
    def entry(self) -> EntryId:
        """The entry whose text it is."""
        return self._id

    def begin(self) -> None:
        """Put the keyboard on the first text."""
        next(iter(self.ticks.values()), self._back).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves everything as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def flush(self) -> bool:
        """Return True: nothing is written on this page by itself."""
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data without any text."""
        ticked = [name for name, one in self.ticks.items() if one.isChecked()]
        return {"page": "redaction", "entry": self._id, "ticked": ticked}

    def restore(self, place: dict[str, Any]) -> None:
        """Tick what was ticked."""
        ticked = place.get("ticked")
        for name, one in self.ticks.items():
            one.setChecked(isinstance(ticked, list) and name in ticked)

    def concern(self, changed: Changed) -> None:
        """Nothing that others write changes what is offered here."""

    def _lay_out(self) -> None:
        self.column.addWidget(label(isolated(self._notebook.title(self._notebook.entry(self._id))), "label"))
        self.column.addWidget(label(ABOUT if self.texts else NOTHING))
        for one in self.texts:
            made = self.ticks[one.name] = tick(one.caption.replace("&", "&&"), one.name)
            made.setAccessibleName(one.caption)
            made.setAccessibleDescription(one.excerpt)
            together = QVBoxLayout()
            spaced(together, 0, 0.2)
            together.addWidget(made)
            together.addWidget(label(one.excerpt, "muted"))
            self.column.addLayout(together)
        self.column.addWidget(field(REASON, self.why, "redaction_why", REASON_HELP))
        self.column.addWidget(label(f"{STAYS}{STAYS_NEXT}"))
        self.column.addWidget(label(held_words(self._history.held_since(self._written_at())), "", "redaction_backups"))
        self.column.addWidget(self.notice)
        self.column.addLayout(row(self._back, self.remove_button))
        self.column.addStretch(1)

    def _written_at(self) -> Any:
        return self._notebook.entry(self._id).created_at

    def _remove(self) -> None:
        chosen = [one for one in self.texts if self.ticks[one.name].isChecked()]
        if not chosen:
            self.notice.say(TICK_FIRST)
            self.begin()
            return
        if not self.why.text().strip():
            self.notice.say(WHY_FIRST)
            self.why.setFocus()
            return
        if not self._ready():
            self.notice.say(UNSAVED, urgent=True)
            return
        entry = self._notebook.entry(self._id)
        changed = Changed(kinds=frozenset({Touched.ENTRY}), client=entry.client, entry=entry.id, arc=entry.arc)
        taken = self._taken(chosen)
        try:
            changed = self._history.redact(
                self._id,
                [one.key for one in chosen if one.key],
                [one.addendum for one in chosen if one.addendum is not None],
                self.why.text(),
                unsent=any(one.name == "unsent" for one in chosen),
                whys=[one.why for one in chosen if one.why is not None],
            )
        except SaveWaitingError:
            # It is removed, and only waits for room; the next page says so where that lasts.
            pass
        except KnownError as fault:
            self.notice.show_error(fault)
            return
        self.changed.emit(changed)
        self.closed.emit()
        self.copied.emit(self._history.copies(self._id, taken))

    def _taken(self, chosen: list[Text]) -> list[str]:
        """Return all that goes, word for word, also out of earlier versions."""
        states = [self._notebook.entry(self._id).answers, *(one.answers for one in self._history.versions(self._id))]
        gone = {one.addendum for one in chosen}
        said = texts([_said(state, one.key) for state in states for one in chosen if one.key])
        added = (one.text for one in self._notebook.addenda(self._id) if one.id in gone)
        return [*said, *added, *(one.why.words for one in chosen if one.why is not None)]


def held_words(backups: list[Listed], what: str = "it") -> str:
    """Return which backups still hold what was there since, with their days, and what becomes of them."""
    if not backups:
        return f"No backup in the vault's own folder holds {what}. Copies that were made elsewhere may."
    days = "; ".join(said_time(one.made_at) for one in backups)
    return (
        f"Backups that were made before still hold {what}: {days}. They go as backups are thinned out, over about a "
        f"year. Copies that were made elsewhere may hold {what} too."
    )


def removal_words(event: EntryEvent) -> str:
    """Return the sentence that stands on an entry whose text was taken out."""
    told = f"Text was removed on {said_time(event.at)}"
    return f"{told}: {isolated(event.why)}" if event.why else f"{told}."


def _texts(notebook: Notebook, history: History, settings: Settings, id: EntryId) -> Iterator[Text]:
    """Yield all that can be taken out: answers of now and of earlier versions, additions, one not sent yet."""
    entry = notebook.entry(id)
    yield from _answers(notebook, history, entry)
    for one in notebook.addenda(id):
        written = long_day(local(one.written_at).date())
        yield Text(f"addendum_{one.id}", f"Addition of {written}", _short(one.text), addendum=one.id)
    unsent, _ = settings.unsent(id)
    if unsent:
        yield Text("unsent", UNSENT, _short(unsent))
    for why in history.whys(id):
        caption = WHYS[why.about].format(day=long_day(local(why.at).date()))
        yield Text(f"why_{why.about}_{why.id}", caption, _short(why.words), why=why)


def _answers(notebook: Notebook, history: History, entry: Entry) -> Iterator[Text]:
    seen: set[str] = set()
    states = [(entry.form_version, entry.answers)]
    states += [(one.form_version, one.answers) for one in reversed(history.versions(entry.id))]
    for at, (version, answers) in enumerate(states):
        form = notebook.forms.get(entry.form, version)
        card = form.card(entry.card)
        for question in card.questions:
            said = told(Said(form, card, {question.key: answers.get(question.key)}), lambda _id: "Link")
            if question.key in answers and said and question.key not in seen:
                seen.add(question.key)
                yield Text(
                    f"text_{question.key}", _caption(question), EARLIER if at else _short(said[0][1]), question.key
                )

    reasons = dict.fromkeys(one for _, answers in states for one in reasons_of(answers))
    if reasons:
        yield Text("text_decided", DECIDED, _short("; ".join(reasons)), BESIDE)


def _said(answers: Answers, key: str) -> Any:
    return reasons_of(answers) if key == BESIDE else answers.get(key)


def _caption(question: Question) -> str:
    return question.label if len(question.label) <= _SHORT else f"{question.label[:_SHORT]}…"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _EXCERPT else f"{flat[:_EXCERPT]}…"
