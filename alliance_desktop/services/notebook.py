"""Writing and reading: clients, entries, addenda, and the rows of a client's timeline."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from alliance_desktop.domain import clock, rupture, timeline
from alliance_desktop.domain.answers import About, Answers, about_of, date_of, is_id, said_day
from alliance_desktop.domain.audience import with_seen_wording
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import (
    Addendum,
    Arc,
    ArcId,
    ClientId,
    Entry,
    EntryId,
    Mark,
    State,
    StatusEvent,
    Version,
)
from alliance_desktop.domain.errors import BinnedError, EarlierTurnError, FinishedError, NewerEntryError
from alliance_desktop.domain.form import Card, Kind
from alliance_desktop.domain.losing import says_anything, takes_out_much
from alliance_desktop.domain.records.beside import kept_beside
from alliance_desktop.domain.temperature import Moment
from alliance_desktop.services import temperature
from alliance_desktop.services.calendar import Calendar
from alliance_desktop.services.forms import Forms, unrecorded
from alliance_desktop.services.preferences import unsent_key
from alliance_desktop.services.stamps import Stamps
from alliance_desktop.services.timeline import Timeline, View, keep_view, kept_view
from alliance_desktop.storage.store import Store

CLIENT_FORM = "client"

VERSION_EVERY = datetime.timedelta(minutes=5)
"""Of a text that is being written, what it said is kept once in this time."""


class WriteCard(msgspec.Struct, frozen=True, kw_only=True):
    """All answers of one card, to be written as one entry.

    `client` is None for what belongs to nobody but the counsellor. `entry` comes from `Notebook.new_entry` for a card
    that is written for the first time; the same id again amends it. A card of the rupture form opens a new strain
    where it has no `arc`, or one that is not known yet (`Notebook.new_arc`): so cards that are held back together
    still make one strain.
    """

    client: ClientId | None
    form: str
    card: str
    answers: Answers
    entry: EntryId
    arc: ArcId | None = None
    mark: Mark = Mark.NONE
    version: int = 0
    """The version of the form that the answers were asked in, for the first write; 0 for the newest."""


class Notebook:
    """One open vault as a counsellor knows it: whose note, what was said, when."""

    def __init__(self, store: Store, forms: Forms, stamps: Stamps) -> None:
        self._store = store
        self._forms = forms
        self._stamps = stamps
        self.calendar = Calendar(store, stamps)
        self.short_words: Callable[[], Mapping[str, str]] = dict
        """Gives the counsellor's short words with what they stand for."""
        self.as_finished: Callable[[Entry], Entry] = lambda entry: entry
        """Raises a KnownError for an entry that may not be finished yet."""

    @property
    def forms(self) -> Forms:
        """The forms that entries are written in."""
        return self._forms

    def today(self) -> datetime.date:
        """Return the counsellor's day."""
        return self._stamps.today()

    def clock_doubt(self) -> clock.Doubt | None:
        """Return what is odd about the computer's day, seen from the last sure one; None where nothing is."""
        return self.calendar.doubt()

    def clients(self) -> list[Client]:
        """Return all clients, in no particular order."""
        return self._store.clients.all()

    def client(self, id: ClientId) -> Client:
        """Return one client; KeyError where there is none."""
        return self._store.clients.get(id)

    def new_client(self) -> ClientId:
        """Return an id for a client to be added; asked for once, so that a save tried again makes no second one."""
        return ClientId(self._stamps.new_id())

    def new_entry(self) -> EntryId:
        """Return an id for a card to be written; asked for once, so that a save tried again makes no second one."""
        return EntryId(self._stamps.new_id())

    def new_arc(self) -> ArcId:
        """Return an id for a strain to be opened by the first of its cards that is written, whichever that is."""
        return ArcId(self._stamps.new_id())

    def add_client(self, answers: Answers, id: ClientId | None = None) -> Changed:
        """Write a new client and return what changed; `Changed.client` is the new id."""
        id = id if id is not None else self.new_client()
        version = self._forms.current(CLIENT_FORM).version
        client = Client(id=id, created_at=self._stamps.now(), answers=answers, form_version=version)
        with self._store.transaction():
            self._store.clients.put(client)
        return Changed(kinds=frozenset({Touched.CLIENT}), client=id)

    def amend_client(self, id: ClientId, answers: Answers) -> Changed:
        """Write a client's details anew and return what changed; NewerEntryError for those of a newer program."""
        old = self.client(id)
        self._forms.get(CLIENT_FORM, old.form_version)
        version = self._forms.current(CLIENT_FORM).version
        client = msgspec.structs.replace(old, answers=answers, form_version=version)
        with self._store.transaction():
            self._store.clients.put(client)
        return Changed(kinds=frozenset({Touched.CLIENT}), client=id)

    def entry(self, id: EntryId) -> Entry:
        """Return one entry with its answers; KeyError where there is none."""
        return self._store.entries.get(id)

    def entries(self, client: ClientId) -> list[Entry]:
        """Return a client's entries by date, then in the order they were begun."""
        return self._store.entries.of_client(client)

    def own_entries(self) -> list[Entry]:
        """Return the counsellor's own entries, which belong to no client, by date."""
        return self._store.entries.of_nobody()

    def of_form(self, form: str, client: ClientId | None = None) -> list[Entry]:
        """Return the entries of a form and of the counsellor's copies of it by date, of one client or of all."""
        return self._store.entries.of_forms(self._forms.of_kind(form), client)

    def unfinished(self, most: int) -> list[Entry]:
        """Return the entries of no strain that are not finished, the last touched first, and no more than so many."""
        return self._store.entries.unfinished(most)

    def living(self, client: ClientId | None, form: str, card: str) -> Entry | None:
        """Return the one entry of a card that is kept up over time; None where it was not begun."""
        mine = [one for one in self._store.entries.of_forms([form], client) if one.card == card]
        return max((one for one in mine if one.client == client), key=lambda one: one.id, default=None)

    def links_to(self, entry: EntryId) -> list[Entry]:
        """Return the entries whose answers link to one, by date."""
        return self._store.entries.linking_to(entry)

    def who(self, entry: Entry) -> str:
        """Return what the client of an entry is called; empty for what is the counsellor's own."""
        return self.client(entry.client).called if entry.client is not None else ""

    def arc(self, id: ArcId) -> Arc:
        """Return one strain; KeyError where there is none."""
        return self._store.arcs.get(id)

    def arc_entries(self, arc: ArcId) -> list[Entry]:
        """Return the entries of one strain by date, of all its turns."""
        return self._store.entries.of_arc(arc)

    def addenda(self, entry: EntryId) -> list[Addendum]:
        """Return an entry's addenda, oldest first."""
        return self._store.entries.addenda(entry)

    def write(self, card: WriteCard) -> Changed:
        """Write one card durably and return what changed.

        BinnedError for an entry in the bin, FinishedError for one that is frozen, EarlierTurnError for one of an
        earlier turn of its strain, NewerEntryError for one of a newer program; then nothing is written.
        """
        kinds = {Touched.ENTRY}
        with self._store.transaction():
            self.calendar.keep()
            arc, old = card.arc, self._known(card.entry)
            if old is None and card.form == rupture.FORM and (arc is None or not self._has_arc(arc)):
                arc = self._open_arc(card, arc if arc is not None else self.new_arc())
                kinds.add(Touched.STATUS)
            entry = self._amended(card, old) if old is not None else self._begun(card, arc)
            if old is not None:
                self._keep_version(old, entry.answers)
            written_in = self._forms.of(entry).card(entry.card)
            before = old.answers if old is not None else {}
            answers = with_seen_wording(written_in, kept_beside(entry.answers, before), before)
            entry = msgspec.structs.replace(entry, answers=self._without_drawers(written_in, answers))
            self._store.entries.put(entry, *self._forms.sides(entry))
            if entry.arc is not None and self._note_offer(entry.arc):
                kinds.add(Touched.STATUS)
        return Changed(kinds=frozenset(kinds), client=entry.client, entry=entry.id, arc=entry.arc)

    def finish(self, id: EntryId) -> Changed:
        """Freeze an entry; later changes are addenda. BinnedError for one in the bin."""
        entry = self._out_of_bin(id)
        now = self._stamps.now()
        if entry.state is State.DRAFT:
            entry = self.as_finished(entry)
            done = msgspec.structs.replace(entry, state=State.FINISHED, finished_at=now)
            with self._store.transaction():
                self._store.entries.put(done, *self._forms.sides(done))
        return Changed(kinds=frozenset({Touched.ENTRY}), client=entry.client, entry=id, arc=entry.arc)

    def amend(self, id: EntryId, text: str, *, private: bool = False) -> Changed:
        """Add a dated addendum; the first text stays, what is being typed is let go. BinnedError for one in the bin."""
        entry = self._out_of_bin(id)
        addendum = Addendum(
            id=self._stamps.new_id(), entry=id, written_at=self._stamps.now(), text=text, private=private
        )
        with self._store.transaction():
            self._store.entries.add_addendum(addendum)
            self._store.settings.drop(unsent_key(id))
        return Changed(kinds=frozenset({Touched.ENTRY}), client=entry.client, entry=id, arc=entry.arc)

    def timeline(self, client: ClientId) -> Timeline:
        """Return the rows of a client's story, oldest first; their words are read as they are looked at."""
        return Timeline(self._store, self._forms, client, self.today())

    def temperature(self, client: ClientId) -> list[Moment]:
        """Return how it felt after each session of a client, with what was there of strains, oldest first."""
        return temperature.moments(self._store, self._forms, client, self.today())

    def timeline_view(self, client: ClientId) -> View:
        """Return how a client's timeline was looked at last."""
        return kept_view(self._store, client)

    def keep_timeline_view(self, client: ClientId, view: View) -> None:
        """Keep how a client's timeline is looked at, for the next time."""
        keep_view(self._store, client, view)

    def title(self, entry: Entry) -> str:
        """Return how an entry is called in a list to link to: its day, its kind and its head."""
        day = said_day(entry.happened_on, entry.about)
        form = self._forms.known(entry)
        if form is None:
            return f"{day} · {NewerEntryError.sentence}"
        card = form.card(entry.card)
        head = "" if form.drawer else timeline.summary(form, card, entry)
        kind = "Session" if entry.form == "session" else card.title
        return f"{day} · {kind} · {head}" if head else f"{day} · {kind}"

    def _without_drawers(self, card: Card, answers: Answers) -> Answers:
        """Return answers without links into a drawer, where a question names the forms it may lead to, and not that."""
        asked = {one.key: one.targets for one in card.questions if one.kind is Kind.LINK and one.targets}
        kept = {
            key: [id for id in answers[key] if not self._lies_in_drawer(id, targets)]
            for key, targets in asked.items()
            if isinstance(answers.get(key), list)
        }
        return answers | kept

    def _lies_in_drawer(self, id: Any, targets: tuple[str, ...]) -> bool:
        found = self._known(EntryId(id)) if is_id(id) else None
        if found is None:
            return False
        kind = self._forms.kind(found)
        drawers = {one.id for one in self._forms.all() if one.drawer}
        return kind not in targets and kind in drawers

    def _keep_version(self, old: Entry, now: Answers) -> None:
        """Keep what an entry said before a write: once in five minutes of typing, and where much is taken out."""
        since = self._store.histories.last_at(old.id) or old.created_at
        # Without the sign: a clock that was set back must not keep a version of every letter.
        if abs(self._stamps.now() - since) >= VERSION_EVERY or takes_out_much(old.answers, now):
            self.keep_version(old)

    def keep_version(self, old: Entry) -> None:
        """Keep what an entry says, within a transaction; an entry that says nothing is not kept."""
        if not says_anything(old.answers):
            return
        version = Version(
            id=self._stamps.new_id(),
            entry=old.id,
            written_at=old.touched_at,
            form_version=old.form_version,
            answers=old.answers,
        )
        self._store.histories.add(version, unrecorded(self._forms.of(old).card(old.card), old.answers))

    def _begun(self, card: WriteCard, arc: ArcId | None) -> Entry:
        form = self._forms.get_or_current(card.form, card.version)
        on, about = self._happened(form.card(card.card), card.answers)
        now = self._stamps.now()
        return Entry(
            id=card.entry,
            client=card.client,
            form=card.form,
            form_version=form.version,
            card=card.card,
            happened_on=on,
            about=about,
            created_at=now,
            touched_at=now,
            arc=arc,
            turn=self._store.arcs.get(arc).turn if arc is not None else 1,
            sequence=self._stamps.new_id(),
            mark=card.mark,
            answers=card.answers,
        )

    def _known(self, id: EntryId) -> Entry | None:
        try:
            return self._store.entries.get(id)
        except KeyError:
            return None

    def _out_of_bin(self, id: EntryId) -> Entry:
        if (entry := self.entry(id)).binned_at is not None:
            raise BinnedError
        return entry

    def must_be_open(self, entry: Entry) -> None:
        """Raise BinnedError for one in the bin, FinishedError for a frozen one, EarlierTurnError for a past turn."""
        if entry.binned_at is not None:
            raise BinnedError
        if entry.state is State.FINISHED:
            raise FinishedError
        if entry.arc is not None and entry.turn < self._store.arcs.get(entry.arc).turn:
            raise EarlierTurnError

    def put_changed(self, entry: Entry, old: Entry) -> Changed:
        """Write an entry that was changed beside its page, within a transaction; its day and strain follow."""
        card = self._forms.of(entry).card(entry.card)
        self.calendar.keep()
        on, about = self._happened(card, entry.answers, old)
        entry = msgspec.structs.replace(entry, happened_on=on, about=about, touched_at=self._stamps.now())
        self._store.entries.put(entry, *self._forms.sides(entry))
        return self.follow(entry, Touched.ENTRY)

    def follow(self, entry: Entry, *kinds: Touched) -> Changed:
        """Bring the strain of an entry along, within a transaction, and return what changed with these kinds."""
        touched = set(kinds)
        if entry.arc is not None and self._note_offer(entry.arc):
            touched.add(Touched.STATUS)
        return Changed(kinds=frozenset(touched), client=entry.client, entry=entry.id, arc=entry.arc)

    def _amended(self, card: WriteCard, old: Entry) -> Entry:
        self.must_be_open(old)
        on, about = self._happened(self._forms.of(old).card(old.card), card.answers, old)
        return msgspec.structs.replace(
            old, happened_on=on, about=about, touched_at=self._stamps.now(), mark=card.mark, answers=card.answers
        )

    def _happened(self, card: Card, answers: Answers, old: Entry | None = None) -> tuple[datetime.date, About]:
        """Return when the card happened: its own date question, else the day it was begun."""
        answer = answers.get(card.dated_by) if card.dated_by else None
        on = date_of(answer)
        if on is not None:
            return on, about_of(answer)
        if old is not None and not card.dated_by:
            return old.happened_on, old.about
        return (clock.local(old.created_at).date() if old is not None else self.today()), About.EXACT

    def _has_arc(self, id: ArcId) -> bool:
        try:
            return self._store.arcs.get(id).id == id
        except KeyError:
            return False

    def _open_arc(self, card: WriteCard, id: ArcId) -> ArcId:
        if card.client is None:
            raise ValueError("a strain belongs to a client")
        now = self._stamps.now()
        on, _ = self._happened(self._forms.current(card.form).card(card.card), card.answers)
        arc = Arc(id=id, client=card.client, form=card.form, created_at=now, status=rupture.Status.NOTICED)
        event = StatusEvent(
            id=self._stamps.new_id(),
            arc=id,
            turn=1,
            was="",
            became=rupture.Status.NOTICED,
            true_on=on,
            entered_at=now,
        )
        self._store.arcs.put(arc)
        self._store.arcs.add_event(event)
        return id

    def _note_offer(self, id: ArcId) -> bool:
        """Keep the flag "conversation offered" in step with the cards; True where it changed."""
        arc = self._store.arcs.get(id)
        offered = rupture.was_offered(self._store.entries.of_arc(id), arc.turn)
        if offered == arc.offered:
            return False
        self._store.arcs.put(msgspec.structs.replace(arc, offered=offered))
        return True


def newest(entries: Iterable[Entry]) -> Entry | None:
    """Return the entry touched last, or None."""
    return max(entries, key=lambda one: one.touched_at, default=None)
