"""The lines of a file brought into a store: each looked at before it is written, and all of them or none."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from alliance_desktop.domain.exchange.errors import BadLineError, SampleMixedError
from alliance_desktop.domain.exchange.lines import KINDS, LONGEST, LONGEST_WRITTEN, Line, shaped, written
from alliance_desktop.domain.exchange.values import LARGEST_ID, LineError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.services.exchange.checking import Checks
from alliance_desktop.services.exchange.own import OwnThings
from alliance_desktop.services.exchange.reading import Numbered
from alliance_desktop.services.exchange.taking_out import Outgoing
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.own_forms import OwnForms
from alliance_desktop.storage.store import Store

_ORDER = tuple(KINDS)
_MANY, _LARGE = 256, 1 << 20
_LONG = LONGEST // 4
"""A shorter line is within bounds, however an export writes it."""
_PARTS = {"strain": {"events": "status_event"}, "entry": {"additions": "addition", "events": "entry_event"}}
_WORDS = {
    "client": "client",
    "strain": "strain",
    "entry": "entry",
    "earlier": "earlier version",
    "answer": "answer to a reminder",
}


class Came(NamedTuple):
    """What came of a file: how many of each kind came in, how many were there already, saying the same.

    `left` are the settings that say something else in the vault and were left as they are.
    """

    new: dict[str, int]
    known: dict[str, int]
    left: tuple[str, ...]


class _Waiting(NamedTuple):
    number: int
    line: Line


class Incoming:
    """Brings lines in, within a transaction of the store; BadLineError for the first that cannot be taken."""

    def __init__(self, store: Store, forms: Forms, own: OwnForms) -> None:
        self._store, self._rows = store, store.bringing_in
        self._out = Outgoing(store, forms)
        self._checks = Checks(store, forms)
        self._own = OwnThings(store, forms, own, self._out, self._checks.askings)
        self._waiting: list[_Waiting] = []
        self._large = 0
        self._beyond = False
        self._kind, self._last, self._number = "", None, 0
        self._new: Counter[str] = Counter()
        self._known: Counter[str] = Counter()
        self._clients: set[int] = set()
        self._entries, self._numbers = array("q"), array("q")
        self._gone: dict[int, frozenset[int]] = {}

    def take(self, lines: Iterable[Numbered], watch: Watch) -> Came:
        """Write everything that the lines say; the transaction is to be given up after an error."""
        self._rows.begin()
        try:
            for one in lines:
                self._take(one)
                if not self._waiting:
                    watch.at(one.share)
        except BadLineError:
            # What is wrong in an earlier line is told first.
            self._flush()
            raise
        if self._kind != "end":
            raise BadLineError(self._number, 'the file is cut: after this line its last one, "end", is missing')
        self._must_lead_somewhere()
        self._rows.follow(sorted(self._clients))
        return Came(dict(self._new), dict(self._known), tuple(self._own.left))

    def _take(self, one: Numbered) -> None:
        try:
            kind, line = shaped(one.line)
            self._must_be_in_order(kind, line)
            if kind in _WORDS:
                self._checks.alone(kind, line)
                self._must_leave_room(kind, line)
            if one.size > _LONG:
                _must_come_out(kind, line, one.long)
        except LineError as fault:
            raise BadLineError(one.number, str(fault)) from None
        self._number = one.number
        if kind not in _WORDS:
            self._flush()
            self._take_single(one.number, kind, line)
            return
        self._waiting.append(_Waiting(one.number, line))
        self._large += one.size
        if len(self._waiting) >= _MANY or self._large >= _LARGE:
            self._flush()

    def _must_be_in_order(self, kind: str, line: Line) -> None:
        if not self._kind:
            if kind != "head":
                raise LineError('the file does not begin with a line of the kind "head"')
        elif self._kind == "end":
            raise LineError('it stands after the last line, "end"')
        elif kind == "head" or _ORDER.index(kind) < _ORDER.index(self._kind):
            raise LineError(f'a line of the kind "{kind}" does not belong after one of the kind "{self._kind}"')
        at = _place(kind, line)
        if kind != self._kind:
            self._flush()
            self._kind = kind
        elif at is not None and at == self._last:
            raise LineError("the line before has the same id")
        elif at is not None and self._last is not None and at < self._last:
            raise LineError("the lines of this kind are not in the order of their ids, or one is there twice")
        self._last = at

    def _must_leave_room(self, kind: str, line: Line) -> None:
        """LineError for an id that leaves too few above it for what is written later, but where the program counted."""
        if not self._beyond and max(_own_ids(kind, line)) > LARGEST_ID:
            raise LineError(f'it has an id above {LARGEST_ID}, and "beyond" in the first line is not true')

    def _take_single(self, number: int, kind: str, line: Line) -> None:
        try:
            if kind == "head" and line["sample"] != self._store.sample:
                raise SampleMixedError
            self._beyond = line["beyond"] if kind == "head" else self._beyond
            if kind == "end" and line["lines"] != number - 1:
                raise LineError(f"{line['lines']} lines should stand before it, and there are {number - 1}")
            if kind == "form":
                self._count("form", new=self._own.take_form(line["declaration"]))
            if kind == "setting":
                new = self._own.take_setting(line["name"], line["value"])
                if new is not None:
                    self._count("setting", new=new)
        except LineError as fault:
            raise BadLineError(number, str(fault)) from None

    def _count(self, kind: str, *, new: bool) -> None:
        (self._new if new else self._known)[kind] += 1

    def _flush(self) -> None:
        waiting, self._waiting, self._large = self._waiting, [], 0
        if not waiting:
            return
        kind = self._kind
        fresh = list(self._unknown(kind, waiting))
        self._checks.together(kind, [(one.number, one.line) for one in fresh], self._is_new_entry)
        self._must_have_new_parts(kind, fresh)
        self._rows.put(kind, (one.line for one in fresh))
        self._new[kind] += len(fresh)
        self._known[kind] += len(waiting) - len(fresh)
        for one in fresh:
            self._note(kind, one)

    def _unknown(self, kind: str, waiting: list[_Waiting]) -> Iterator[_Waiting]:
        """Yield the lines that the vault does not have; BadLineError for one that says something else there."""
        there = self._rows.known(kind, (one.line["id"] for one in waiting))
        told = {line["id"]: _compared(kind, line) for line in self._out.among(kind, there)} if there else {}
        for one in waiting:
            if one.line["id"] not in there:
                yield one
            elif told[one.line["id"]] != _compared(kind, one.line):
                words = _WORDS[kind]
                raise BadLineError(one.number, f"the vault has this {words} already, and it says something else there")

    def _must_have_new_parts(self, kind: str, fresh: list[_Waiting]) -> None:
        for name, table in _PARTS.get(kind, {}).items():
            there = self._rows.known(table, (part["id"] for one in fresh for part in one.line[name]))
            for one in fresh:
                ids = {part["id"] for part in one.line[name]}
                if not there.isdisjoint(ids):
                    raise BadLineError(one.number, f'an id in its "{name}" stands elsewhere already')
                there |= ids

    def _note(self, kind: str, one: _Waiting) -> None:
        line = one.line
        if kind == "client":
            self._clients.add(line["id"])
        elif kind in {"strain", "entry"} and line["client"] is not None:
            self._clients.add(line["client"])
        if kind == "entry":
            self._entries.append(line["id"])
            self._numbers.append(one.number)
            if line["gone"]:
                self._gone[line["id"]] = frozenset(line["gone"])

    def _is_new_entry(self, id: int) -> bool:
        at = bisect_left(self._entries, id)
        return at < len(self._entries) and self._entries[at] == id

    def _must_lead_somewhere(self) -> None:
        after = 0
        while found := self._rows.lost_links(after):
            for _, source, target in found:
                if target not in self._gone.get(source, ()):
                    number = self._numbers[bisect_left(self._entries, source)]
                    raise BadLineError(number, "it links to an entry that is neither in the file nor in the vault")
            after = found[-1][0]
        if self._gone:
            self._rows.keep_free(max(map(max, self._gone.values())))


def _place(kind: str, line: Line) -> Any:
    """Return what the order of a kind goes by; LineError where a form does not say it."""
    if kind == "form":
        told = line["declaration"].get("id"), line["declaration"].get("version")
        if not isinstance(told[0], str) or type(told[1]) is not int:
            raise LineError("the form has no id or no version")
        return told
    return line.get("id", line.get("name"))


def _own_ids(kind: str, line: Line) -> Iterator[int]:
    """Yield the ids of a line, its parts, and what it says was removed: above them are those of what comes later."""
    yield line["id"]
    for name in _PARTS.get(kind, {}):
        yield from (part["id"] for part in line[name])
    yield from line.get("gone", ())


def _must_come_out(kind: str, line: Line, long: bytes) -> None:
    """LineError for a line that an export would write too long to be taken again, or `long` and not as it writes it."""
    told = written(kind, line)
    if len(told) > LONGEST_WRITTEN:
        raise LineError(f"in an export it would be longer than {LONGEST_WRITTEN:,} bytes")
    if long and told != long:
        raise LineError(f"it is longer than {LONGEST:,} bytes, and not written as an export writes it")


def _compared(kind: str, line: Line) -> bytes:
    """Return what two lines that say the same have in common; what is gone elsewhere may be here."""
    return written(kind, line | {"gone": []} if kind == "entry" else line)
