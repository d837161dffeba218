"""Requests for records: what each is about, what was decided about it, and by when it is to be answered."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from alliance_desktop.domain import rupture
from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.entry import Addendum, ClientId, Entry, EntryId, State
from alliance_desktop.domain.errors import BinnedError, FinishedError, ReadOnlyError
from alliance_desktop.domain.form import Form
from alliance_desktop.domain.records.again import Folds, Still, still, still_standing
from alliance_desktop.domain.records.beside import DRAFTS
from alliance_desktop.domain.records.blackout import Span
from alliance_desktop.domain.records.deciding import (
    Decided,
    Decision,
    Verdict,
    decide,
    decisions_of,
    ended_with,
    is_marked,
    mark_of,
    since_ended,
    standing,
    undecided,
    with_decisions,
)
from alliance_desktop.domain.records.errors import (
    ChangedSinceFinishedError,
    FinishedUnmarkedError,
    OtherWordsError,
    RuleError,
    UndecidedError,
    YoungPersonError,
)
from alliance_desktop.domain.records.items import GROUP_WORDS, Gathered, Group, Item, Strand, gather, unreadable
from alliance_desktop.domain.records.request import FORM, Request, read_request
from alliance_desktop.domain.records.rules import Rule, problem_of, read_rule, read_rules
from alliance_desktop.domain.watch import Watch
from alliance_desktop.resources import resource
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.ledger import is_line
from alliance_desktop.services.notebook import CLIENT_FORM, Notebook
from alliance_desktop.storage.store import Store

RULES = "records rules"
"""The setting that holds the rules that the counsellor changed, by their law."""

LARGE = 400
"""The pieces of so many entries are not gathered while the window waits."""
_STEP = 200


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """A request with every piece it is about; `unreadable` notes were written by a newer program.

    `gone` pieces were there when it was finished, and are not any more. `waiting` says how many of each group are not
    decided yet; groups with nothing to decide are left out.
    """

    entry: Entry
    request: Request
    decided: tuple[Decided, ...]
    waiting: dict[Group, int] = msgspec.field(default_factory=dict)
    unreadable: int = 0
    gone: int = 0

    @property
    def changed(self) -> bool:
        """Whether something it is about was written, changed or taken away after it was finished."""
        return self.request.finished and bool(self.gone or self.waiting)

    @property
    def unmarked(self) -> bool:
        """Whether it was finished by a program that kept no marks of what it was about."""
        return self.request.finished and not is_marked(self.entry.answers)

    def of(self, group: Group) -> list[Decided]:
        """Return the pieces of a group."""
        return [one for one in self.decided if one.item.group is group]


class Reading(NamedTuple):
    """What a request is about, read from the vault at a `moment`; the rest of a look at it needs no vault."""

    entry: Entry
    request: Request
    entries: list[Entry]
    form_of: Callable[[Entry], Form | None]
    addenda_of: Callable[[EntryId], Sequence[Addendum]]
    details: tuple[Form, Answers]
    strands: list[Strand]
    gathered: Gathered
    folds: Folds
    moment: int

    @property
    def is_large(self) -> bool:
        """Whether a look at it is waited for."""
        return self.gathered.lacks(self.entries, self.form_of, self.request.scope) > LARGE

    def looked(self, watch: Watch | None = None) -> Looked:
        """Return the request with every piece it is about; for any thread. BackupStoppedError where it was stopped."""
        scope, watch = self.request.scope, watch or Watch()
        items: list[Item] = []
        for at in range(0, len(self.entries) or 1, _STEP):
            watch.at(at / (len(self.entries) or 1))
            part = self.entries[at : at + _STEP]
            details, strands = (None if at else self.details), (self.strands if at + _STEP >= len(self.entries) else ())
            items += gather(
                part,
                self.form_of,
                self.addenda_of,
                scope,
                details=details,
                strands=strands,
                gathered=self.gathered,
            )
        for one in items:
            self.folds.of(one.text)
        self.gathered.keep_only(self.entries)
        return _stood(self.entry, self.request, items, unreadable(self.entries, self.form_of, scope))


def _stood(entry: Entry, request: Request, items: Iterable[Item], unreadable: int) -> Looked:
    """Return a request with its pieces as they stand with what was decided."""
    decided, gone = standing(items, decisions_of(entry.answers)), 0
    if request.finished:
        decided, gone = since_ended(decided, entry.answers)
    waiting = undecided(decided)
    return Looked(
        entry=entry, request=request, decided=tuple(decided), waiting=waiting, unreadable=unreadable, gone=gone
    )


class _Held:
    """What is held of one request between two looks at it."""

    def __init__(self) -> None:
        self.gathered, self.folds = Gathered(), Folds()
        self.looked: tuple[int, Looked] | None = None


_HELD = 3
"""Of so many requests: one each on the pages that can be open about the same client at once."""


class Records:
    """Answers requests. A request is an entry; what was decided is kept beside its answers, until it is finished.

    The last look at one holds until something of the client is written; then only what changed is gathered anew.
    """

    def __init__(self, store: Store, forms: Forms, notebook: Notebook) -> None:
        self._store, self._forms, self._notebook = store, forms, notebook
        self._held: dict[EntryId, _Held] = {}

    @property
    def is_open(self) -> bool:
        """Whether anything can be read and kept."""
        return self._store.is_open

    def requests(self, client: ClientId) -> list[Entry]:
        """Return a client's requests, by date."""
        return self._notebook.of_form(FORM, client)

    def open_request(self, client: ClientId) -> Entry | None:
        """Return the newest request of a client that is not finished, or None."""
        waiting = [one for one in self.requests(client) if one.state is State.DRAFT]
        return waiting[-1] if waiting else None

    def look(self, id: EntryId) -> Looked:
        """Return a request with every piece it is about, as it is now; KeyError where there is none."""
        known = self._known(id)
        if known is None:
            reading = self.read(id)
            known = reading.looked()
            self.take(reading, known)
        return known

    def begun(self, id: EntryId) -> Looked:
        """Return a request without the pieces it is about, which are not gathered yet; KeyError where there is none."""
        entry = self._notebook.entry(id)
        return Looked(entry=entry, request=read_request(entry), decided=())

    def read(self, id: EntryId) -> Reading:
        """Return what a look at a request needs of the vault, for a look in another thread; `take` what came of it.

        KeyError where there is no such request.
        """
        entry = self._notebook.entry(id)
        if self._forms.kind(entry) != FORM or entry.client is None:
            raise KeyError(id)
        moment = self._moment()
        held = self._hold(id)
        # That a copy was handed over stands on its request; it is not part of what was asked for.
        entries = [one for one in self._notebook.entries(entry.client) if not is_line(self._notebook, one, id)]
        client = self._notebook.client(entry.client)
        return Reading(
            entry,
            read_request(entry),
            entries,
            self._forms.known,
            self._addenda(entry.client),
            (self._forms.get(CLIENT_FORM, client.form_version), client.answers),
            self._strands(entry.client, entries),
            held.gathered,
            held.folds,
            moment,
        )

    def take(self, reading: Reading, looked: Looked) -> None:
        """Keep a look for the next time it is asked for, where nothing was written since it was read."""
        held = self._held.get(reading.entry.id)
        if not self.is_open or held is None:
            return
        since = self._store.touched.since(reading.moment)
        if since is not None and looked.entry.client not in since[1]:
            held.looked = since[0], looked

    def is_at_hand(self, id: EntryId) -> bool:
        """Say whether the last look at a request still holds."""
        return self._known(id) is not None

    def _known(self, id: EntryId) -> Looked | None:
        held = self._held.get(id)
        if held is None or held.looked is None:
            return None
        mark, looked = held.looked
        since = self._store.touched.since(mark)
        if since is None or looked.entry.client in since[1]:
            return None
        held.looked = since[0], looked
        return looked

    def _hold(self, id: EntryId) -> "_Held":
        """Return what is held of a request, which from now on was asked for last."""
        held = self._held.pop(id, None) or _Held()
        self._held[id] = held
        for one in list(self._held)[:-_HELD]:
            del self._held[one]
        return held

    def decide(
        self, id: EntryId, read: Collection[Item], verdict: Verdict, reason: str, spans: Iterable[Span] = ()
    ) -> Changed:
        """Keep a decision about some pieces of a request, as they were read.

        OtherWordsError where one of them has other words by now, NoReasonError, NothingBlackedOutError, and
        FinishedError or BinnedError for a request that is not open.
        """
        looked = self.look(id)
        self._notebook.must_be_open(looked.entry)
        now = {one.item.key: one.item for one in looked.decided}
        if any(one.key not in now or mark_of(now[one.key]) != mark_of(one) for one in read):
            raise OtherWordsError
        made = decide(list(read), verdict, reason, self._notebook.today(), spans)
        return self._keep(looked.entry, {**decisions_of(looked.entry.answers), **made})

    def take_back(self, id: EntryId, keys: Collection[str]) -> Changed:
        """Take decisions about some pieces back: they wait again."""
        entry = self._notebook.entry(id)
        kept = {key: one for key, one in decisions_of(entry.answers).items() if key not in keys}
        return self._keep(entry, kept)

    def drafts(self, entry: Entry) -> dict[str, dict[str, Any]]:
        """Return what was chosen and typed about pieces of a request and is not decided yet, by their keys."""
        kept = entry.answers.get(DRAFTS)
        found = kept.items() if isinstance(kept, dict) else ()
        return {str(key): one for key, one in found if isinstance(one, dict)}

    def keep_drafts(self, id: EntryId, drafts: Mapping[str, dict[str, Any]]) -> None:
        """Keep what is chosen and typed, so that nothing is lost; of a request that is not open nothing is kept."""
        with suppress(KeyError, BinnedError, FinishedError, ReadOnlyError):
            entry = self._notebook.entry(id)
            if self.drafts(entry) != dict(drafts):
                others = {key: one for key, one in entry.answers.items() if key != DRAFTS}
                self._put(entry, {**others, DRAFTS: dict(drafts)} if drafts else others)

    def must_be_ready(self, entry: Entry) -> Looked:
        """Return a request that can be printed and finished.

        YoungPersonError where a parent asks and the young person was not heard, UndecidedError where anything waits,
        ChangedSinceFinishedError where something was written, changed or taken away after it was finished, and
        FinishedUnmarkedError where nobody can tell, as an older program kept no marks.
        """
        looked = self.look(entry.id)
        if looked.request.waits_for_young:
            raise YoungPersonError
        if looked.unmarked:
            raise FinishedUnmarkedError
        if looked.changed:
            raise ChangedSinceFinishedError
        if looked.waiting:
            raise UndecidedError({GROUP_WORDS[group]: count for group, count in looked.waiting.items()})
        return looked

    def ended(self, entry: Entry) -> Entry:
        """Return a request as it is finished: with what it was about, so that nothing else is ever printed of it."""
        looked = self.must_be_ready(entry)
        answers = ended_with(entry.answers, [one.item for one in looked.decided])
        return msgspec.structs.replace(entry, answers=answers)

    def still(self, looked: Looked, item: Item, spans: Iterable[Span]) -> Still:
        """Return where words that are to be blacked out in a piece stand besides, in this and in other pieces."""
        return still(looked.decided, item, spans, self._own(looked), self._hold(looked.entry.id).folds)

    def still_standing(self, looked: Looked) -> list[Item]:
        """Return the pieces, printed or not decided yet, with words that are blacked out in one of them."""
        return still_standing(looked.decided, self._own(looked), self._hold(looked.entry.id).folds)

    def to_look_at(self, id: EntryId) -> list[Item]:
        """Return the pieces to look at before a request is printed or finished: blacked-out words still stand in them.

        Wherever one of the two is asked for, this is asked first; it raises what `must_be_ready` does.
        """
        return self.still_standing(self.must_be_ready(self._notebook.entry(id)))

    def _moment(self) -> int:
        """Return the mark of now; 0, the one before all others, while something is being written."""
        since = self._store.touched.since(0)
        return since[0] if since is not None else 0

    def _own(self, looked: Looked) -> tuple[str, ...]:
        """Return the names of whoever the record is about, which are no one else's to take out."""
        client = self._notebook.client(looked.entry.client) if looked.entry.client is not None else None
        return (client.called, client.full_name) if client is not None else ()

    @cached_property
    def usual_rules(self) -> dict[str, Rule]:
        """The rules that came with the program; RuleError where their file cannot be used."""
        return read_rules(resource("records_rules.toml").read_text(encoding="utf-8"))

    def rule(self, law: str) -> Rule:
        """Return the rule of a law, as the counsellor changed it or as it came with the program."""
        kept = self._kept_rules().get(law)
        usual = self.usual_rules.get(law) or self.usual_rules["other"]
        try:
            return read_rule(kept) if kept is not None else usual
        except RuleError:
            return usual

    def keep_rule(self, rule: Rule) -> Changed:
        """Keep a rule that the counsellor changed; RuleError with the reason where it cannot be used."""
        problem = problem_of(rule)
        if problem is not None:
            raise RuleError(rule.law, *problem)
        mine = msgspec.structs.replace(rule, mine=True)
        return self._keep_rules({**self._kept_rules(), rule.law: msgspec.to_builtins(mine)})

    def drop_rule(self, law: str) -> Changed:
        """Take the rule again that came with the program."""
        return self._keep_rules({key: one for key, one in self._kept_rules().items() if key != law})

    def _keep(self, entry: Entry, decisions: Mapping[str, Decision]) -> Changed:
        return self._put(entry, with_decisions(entry.answers, decisions))

    def _put(self, entry: Entry, answers: Answers) -> Changed:
        self._notebook.must_be_open(entry)
        now, known = msgspec.structs.replace(entry, answers=answers), self._known(entry.id)
        with self._store.transaction():
            changed = self._notebook.put_changed(now, entry)
        if known is not None:
            # Nothing but the request was written: its pieces are what they were.
            put = self._notebook.entry(entry.id)
            if decisions_of(put.answers) == decisions_of(known.entry.answers):
                known = msgspec.structs.replace(known, entry=put, request=read_request(put))
            else:
                known = _stood(put, read_request(put), [one.item for one in known.decided], known.unreadable)
            self._hold(known.entry.id).looked = self._moment(), known
        return changed

    def _addenda(self, client: ClientId) -> Callable[[EntryId], Sequence[Addendum]]:
        found: dict[EntryId, list[Addendum]] = {}
        for one in self._store.entries.addenda_of_client(client):
            found.setdefault(one.entry, []).append(one)
        return lambda entry: found.get(entry, [])

    def _strands(self, client: ClientId, entries: Iterable[Entry]) -> list[Strand]:
        arcs = {one.arc for one in entries}
        ours = (one for one in self._store.arcs.of_client(client) if one.id in arcs)
        return [Strand(one, rupture.standing(self._store.arcs.events(one.id))) for one in ours]

    def _kept_rules(self) -> dict[str, object]:
        kept = self._store.settings.get(RULES)
        return kept if isinstance(kept, dict) else {}

    def _keep_rules(self, rules: dict[str, object]) -> Changed:
        with self._store.transaction():
            self._store.settings.put(RULES, rules)
        return Changed(kinds=frozenset({Touched.SETTING}))
