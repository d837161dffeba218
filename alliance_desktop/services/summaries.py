"""The summary for supervision of one vault: what goes on it, without the names the vault knows."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import NamedTuple

import msgspec

from alliance_desktop.documents.pages import Sheet
from alliance_desktop.documents.supervision_summary import Block, of_entry, reason, said, summary_sheet
from alliance_desktop.domain import rupture
from alliance_desktop.domain.agenda import Item, ItemKind
from alliance_desktop.domain.answers import Answer, date_of, long_day, rows_of, text_of
from alliance_desktop.domain.audience import Document, Part, allowed
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ClientId, Entry, EntryId, Mark
from alliance_desktop.domain.form import Kind, Question
from alliance_desktop.domain.rupture import STATUS_WORDS, Status
from alliance_desktop.domain.shown import shown
from alliance_desktop.domain.story import links
from alliance_desktop.domain.unnamed import known
from alliance_desktop.domain.unnamed.ages import band, years_between
from alliance_desktop.domain.unnamed.by_hand import Checked
from alliance_desktop.domain.unnamed.matching import Known
from alliance_desktop.domain.unnamed.remaining import Looking, Remaining, has_no_capitals
from alliance_desktop.domain.unnamed.replacing import Passage, Piece, Reading, Unnaming
from alliance_desktop.domain.unnamed.weeks import Weeks
from alliance_desktop.resources import resource
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import CLIENT_FORM
from alliance_desktop.services.preferences import Preferences
from alliance_desktop.services.supervision import FORM, key_of

SESSION, GOAL = "session", "goal"
_NAMING = (
    *("closing", "concern", "consent", "contact_log", "decision", "disclosure", "feedback", "lost_device", "meeting"),
    *("outreach", "records_request", "referral", "resource_given", rupture.FORM, "safeguarding", "score", FORM),
    "team_reflection",
)
"""The forms with people in them; of these only who they are is read here."""
_TOLD = frozenset(
    {"asked_of", "asker", "by_whom", "given_to", "origin", "prepare_who_words", "to_whom", "who", "who_else"}
)
"""Questions whose words may name somebody, on a line or in a sentence."""
_NO_PEOPLE = frozenset({"subscores"})
"""Tables whose names are not those of people."""
_WISHES = ("executor", "executor_reach", "second", "tell_first", "take_over")
_COLUMNS = frozenset({"who", "name", "by_whom"})
_REASONS = {
    ItemKind.BEFORE: ("supervision", "To bring before speaking with them."),
    ItemKind.NEXT_TIME: ("supervision", "To bring next time."),
    ItemKind.STOPPED: ("response", "They asked me to stop contacting them."),
}
"""Why something is on the agenda: which answer says so, and how it is said where that answer may be on the page."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """A summary beside its original: its texts, the pieces of each, and what is left to look at."""

    blocks: tuple[Block, ...]
    pieces: tuple[tuple[Piece, ...], ...]
    clients: dict[ClientId, tuple[str, str]]
    left: tuple[Remaining, ...]
    called: dict[ClientId, str] = {}
    """What each client is called in the notes; only to be shown beside their letter."""
    uncased: bool = False
    """Whether it holds a script without capitals, in which unknown names cannot be listed."""
    newer: int = 0
    """How many notes of a newer program were left out."""

    def sheet(self, *, sample: bool = False) -> Sheet:
        """Return the page of what was read."""
        texts = ["".join(one.said for one in pieces) for pieces in self.pieces]
        return summary_sheet(self.blocks, texts, self.clients, sample=sample)

    @property
    def digest(self) -> str:
        """What tells these texts, beside their originals, from any others."""
        texts = [
            (one.label, one.text, [piece.said for piece in pieces])
            for one, pieces in zip(self.blocks, self.pieces, strict=True)
        ]
        return hashlib.sha256(msgspec.json.encode((texts, list(self.clients.values())))).hexdigest()

    @property
    def private(self) -> list[EntryId]:
        """The entries whose private reflection is on it."""
        return list(dict.fromkeys(one.entry for one in self.blocks if one.private and one.entry is not None))


class _Read(NamedTuple):
    """What was read for a summary, whatever is decided by hand then."""

    items: tuple[str, ...]
    parts: frozenset[Part]
    check: Check
    reading: Reading
    looking: Looking


class Summaries:
    """Makes summaries; what the vault knows by name is read once, so one lives no longer than the page it is for."""

    def __init__(self, vault: OpenVault) -> None:
        self._vault, self._book = vault, vault.notebook
        self._read: _Read | None = None

    def check(self, asked: Checked) -> Check:
        """Return a summary text by text, as it is and as it was; what is decided by hand redoes no more than that."""
        if self._read is None or (self._read.items, self._read.parts) != (asked.items, asked.parts):
            self._read = self._reading(asked)
        read = self._read
        pieces = read.reading.pieces(asked.hands)
        return msgspec.structs.replace(
            read.check, pieces=tuple(pieces), left=tuple(read.looking.remaining(pieces, asked.hands))
        )

    def _reading(self, asked: Checked) -> "_Read":
        items = [one for one in self._agenda if key_of(one) in asked.items]
        clients = {one.client: self._book.client(one.client) for one in items}
        letters = {id: f"Client {_letter(place)}" for place, id in enumerate(clients)}
        entries = {id: list(self._entries(id, items, asked.parts)) for id in clients}
        own = self._own(asked.parts)
        blocks = [one for id, client in clients.items() for one in self._of_client(client, items, entries[id], asked)]
        blocks += [one for entry in own for one in self._of_entry(entry, asked.parts)]
        weeks = {id: self._weeks(id, entries[id]) for id in clients}
        first = min((one.start for one in weeks.values()), default=self._book.today())
        about = {id: known.whose_client(one) for id, one in clients.items()}
        passages = [
            Passage(
                text=one.text,
                about=about[one.client] if one.client is not None else "",
                near=one.near,
                ours=one.ours,
                weeks=weeks[one.client] if one.client is not None else Weeks(first),
            )
            for one in blocks
        ]
        here = [one for found in entries.values() for entry in found for one in self._named_in(entry)]
        unnaming = Unnaming(
            [*self._clients(letters), *self._known, *here],
            _ordinary(),
            month_first=self._settings.language == "en-US",
        )
        check = Check(
            blocks=tuple(blocks),
            pieces=(),
            clients={id: (letters[id], self._band(one)) for id, one in clients.items()},
            called={id: one.called for id, one in clients.items()},
            left=(),
            uncased=any(has_no_capitals(one.text) for one in blocks),
            newer=sum(self._vault.forms.known(one) is None for found in entries.values() for one in found),
        )
        return _Read(asked.items, asked.parts, check, Reading(unnaming, passages), Looking(unnaming.names))

    @cached_property
    def _agenda(self) -> list[Item]:
        return self._vault.supervision.agenda()

    # -- what goes on it --------------------------------------------------------------------------------------------

    def _of_client(
        self, client: Client, items: Sequence[Item], entries: Iterable[Entry], asked: Checked
    ) -> list[Block]:
        mine = [one for one in items if one.client == client.id]
        found = []
        for one in mine:
            found.append(said("On the agenda", one.since, client.id, "Since ", f"{long_day(one.since)}."))
            found += self._reason(one, asked.parts)
            if one.arc is not None:
                status = STATUS_WORDS[Status(self._book.arc(one.arc).status)]
                found.append(said("Where it stands", one.since, client.id, f"{status}."))
        on = self._next_session(client.id)
        found += [said("Next session", on, client.id)] if on is not None else []
        return [*found, *(block for entry in entries for block in self._of_entry(entry, asked.parts))]

    def _reason(self, item: Item, parts: frozenset[Part]) -> Iterator[Block]:
        """Yield why something is on the agenda, where the answer that says so may be on the page."""
        if item.kind not in _REASONS or item.entry is None:
            return
        key, words = _REASONS[item.kind]
        entry = self._book.entry(item.entry)
        form = self._vault.forms.known(entry)
        if form is None or entry.mark is not Mark.NONE:
            return
        for question in form.card(entry.card).questions:
            if question.key == key and allowed(Document.SUPERVISION_SUMMARY, form, question, parts):
                yield reason(words, entry, question, item.since)

    def _of_entry(self, entry: Entry, parts: frozenset[Part]) -> Iterator[Block]:
        form = self._vault.forms.known(entry)
        if form is not None and not form.drawer:
            yield from of_entry(form, entry, parts, self._vault.forms.current(form.based_on or form.id))

    def _entries(self, client: ClientId, items: Sequence[Item], parts: frozenset[Part]) -> Iterator[Entry]:
        """Yield the cards of the strains, the goals, and the sessions they happened in, or else the last one."""
        linked: list[EntryId] = []
        arcs = dict.fromkeys(one.arc for one in items if one.client == client and one.arc is not None)
        for arc in arcs:
            for entry in self._book.arc_entries(arc):
                linked += links(entry, "session")
                yield entry
        yield from self._book.of_form(GOAL, client)
        if Part.SESSIONS in parts:
            sessions = self._book.of_form(SESSION, client)
            yield from [one for one in sessions if one.id in linked] or sessions[-1:]

    def _own(self, parts: frozenset[Part]) -> list[Entry]:
        return self._vault.supervision.preparations()[:1] if Part.GETTING_READY in parts else []

    def _next_session(self, client: ClientId) -> datetime.date | None:
        for entry in reversed(self._book.of_form(SESSION, client)):
            form = self._vault.forms.known(entry)
            asked = [one for one in form.card(entry.card).questions if one.key == "next_on"] if form is not None else []
            if form is not None and any(allowed(Document.SUPERVISION_SUMMARY, form, one) for one in asked):
                return date_of(entry.answers.get("next_on"))
        return None

    def _weeks(self, client: ClientId, entries: Sequence[Entry]) -> Weeks:
        sessions = self._book.of_form(SESSION, client)
        days = [one.happened_on for one in sessions or entries]
        return Weeks(min(days, default=self._book.today()))

    def _band(self, client: Client) -> str:
        born, today = date_of(client.answers.get("born")), self._book.today()
        if born is not None and born <= today:
            return band(years_between(born, today))
        form = self._vault.forms.current(CLIENT_FORM)
        question = form.cards[0].question("age_band")
        return shown(form, question, client.answers.get("age_band"))

    # -- what is known by name --------------------------------------------------------------------------------------

    @property
    def _settings(self) -> Preferences:
        return self._vault.settings.preferences()

    def _clients(self, letters: dict[ClientId, str]) -> Iterator[Known]:
        for one in self._book.clients():
            yield from known.of_client(one, letters.get(one.id, ""))

    @cached_property
    def _known(self) -> list[Known]:
        """Everybody and everything but the clients, also of what lies in the bin or was written differently before."""
        found: list[Known] = []
        ever = self._vault.supervision.ever_said
        for entry in ever("contact"):
            found += known.of_contact(entry.answers, f"contact {entry.id}")
        for entry in ever("resource"):
            found += known.of_resource(entry.answers, f"resource {entry.id}")
        for entry in ever(*_NAMING):
            found += self._named_in(entry)
        for entry in ever("executor_wishes"):
            told = "\n".join(text_of(entry.answers.get(key)) for key in _WISHES)
            found += [*known.of_line(text_of(entry.answers.get("executor"))), *known.of_settings(told)]
        kept = self._settings
        found += [*known.of_settings(kept.who_to_turn_to), *known.of_settings(kept.emergency_list)]
        return known.distinct(found)

    def _named_in(self, entry: Entry) -> Iterator[Known]:
        form = self._vault.forms.known(entry)
        for question in form.card(entry.card).questions if form is not None else ():
            yield from _named_by(question, entry.answers.get(question.key))


def _named_by(question: Question, answer: Answer) -> Iterator[Known]:
    told = text_of(answer)
    if question.kind is Kind.CONTACTS:
        yield from known.of_people(answer)
    elif question.kind is Kind.ROWS and question.key not in _NO_PEOPLE:
        for row in rows_of(answer):
            for key in _COLUMNS & row.keys():
                yield from known.of_told(text_of(row[key]), _ordinary())
    elif question.key in _TOLD:
        yield from known.of_told(told, _ordinary())
    elif question.key == "learned_where":
        yield from known.of_where(told, _ordinary())
    elif question.key == "resource_words":
        yield from known.of_service(told)


@cache
def _ordinary() -> frozenset[str]:
    """Return ordinary words, any of which may be somebody's name as well."""
    return frozenset(resource("words.txt").read_text("utf-8").split())


def _letter(place: int) -> str:
    before, last = divmod(place, len(_LETTERS))
    return (_letter(before - 1) if before else "") + _LETTERS[last]
