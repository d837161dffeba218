"""The rows of a vault as lines of the exchange format, some hundred at a time, in the order of their ids."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from alliance_desktop.domain.exchange.lines import Line
from alliance_desktop.domain.exchange.values import LARGEST
from alliance_desktop.storage import newest
from alliance_desktop.storage.database import Database, Row
from alliance_desktop.storage.history import LAYERS
from alliance_desktop.storage.plain import decoded, encoded

_AT_ONCE = 200
_AMONG = "IN (SELECT value FROM json_each(?))"

_SELECTS = {
    "client": "SELECT id, created_at, form_version, answers FROM client WHERE id {which} ORDER BY id",
    "strain": "SELECT id, client, form, created_at, status, turn, offered FROM arc WHERE id {which} ORDER BY id",
    "entry": (
        "SELECT id, client, arc, form, form_version, card, happened_on, about, created_at, touched_at, turn, sequence, "
        "state, mark, finished_at, (SELECT at FROM binned WHERE binned.entry = entry.id), "
        "record_answer.answers, private_answer.answers FROM entry "
        "LEFT JOIN record_answer ON record_answer.entry = entry.id "
        "LEFT JOIN private_answer ON private_answer.entry = entry.id WHERE entry.id {which} ORDER BY entry.id"
    ),
    "answer": "SELECT id, client, rule, subject, at, until, why FROM put_off WHERE id {which} ORDER BY id",
}
_VERSIONS = " UNION ".join(f"SELECT id FROM {one} WHERE id {{which}}" for one in LAYERS)
_VERSION_ROWS = " UNION ALL ".join(
    f"SELECT id, entry, written_at, form_version, answers, '{name}' FROM {one} WHERE id {_AMONG}"
    for one, name in zip(LAYERS, ("record", "private"), strict=True)
)
_ENTRY_OF = f"SELECT id, form, card FROM entry WHERE id {_AMONG}"
_ADDENDA = " UNION ALL ".join(
    f"SELECT entry, id, written_at, text, {private} FROM {table} WHERE entry {_AMONG}"
    for private, table in enumerate(("record_addendum", "private_addendum"))
)
_GONE = (
    f"SELECT DISTINCT source, target FROM link WHERE source {_AMONG} AND target <= {LARGEST} "
    "AND target NOT IN (SELECT id FROM entry) ORDER BY source, target"
)
_KEYS: dict[str, Sequence[str]] = {
    "client": ("id", "created", "version", "answers"),
    "strain": ("id", "client", "form", "created", "status", "turn", "offered"),
    "entry": (
        *("id", "client", "strain", "form", "version", "card", "day", "about", "created", "touched", "turn"),
        *("sequence", "state", "mark", "finished", "binned", "record", "private"),
    ),
    "answer": ("id", "client", "rule", "subject", "at", "until", "why"),
}


class ExchangeOut:
    """Reads rows as lines; what a card does not ask for still lies in `private`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self) -> int:
        """Return about how many lines there are."""
        tables = ("client", "arc", "entry", "put_off", *LAYERS)
        row = self._database.row(f"SELECT {' + '.join(f'(SELECT count(*) FROM {one})' for one in tables)}")
        return int(row[0]) if row else 0

    def largest_id(self) -> int:
        """Return the largest id of what there is and of what links still name; 0 in a new vault."""
        row = self._database.row("SELECT max(target) FROM link WHERE target <= ?", (LARGEST,))
        return max(newest.there(self._database), int(row[0] or 0) if row else 0)

    def all(self, kind: str) -> Iterator[list[Line]]:
        """Yield the lines of a kind, some hundred at a time."""
        last = -1 << 63
        while found := self._ids(kind, last):
            yield self.among(kind, found)
            last = found[-1]

    def among(self, kind: str, ids: Iterable[int]) -> list[Line]:
        """Return the lines of a kind with some ids, as far as there are any."""
        wanted = encoded(list(ids))
        if kind == "earlier":
            return self._earlier(wanted)
        lines = [_named(kind, row) for row in self._database.rows(_SELECTS[kind].format(which=_AMONG), (wanted,))]
        if kind == "strain":
            self._add_status_events(lines, wanted)
        if kind == "entry":
            self._add_parts(lines, wanted)
        return lines

    def cards_of(self, entries: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Return form and card of some entries, as far as there are any."""
        rows = self._database.rows(_ENTRY_OF, (encoded(list(entries)),))
        return {int(id): (str(form), str(card)) for id, form, card in rows}

    def _ids(self, kind: str, last: int) -> list[int]:
        beyond = "> ?"
        if kind == "earlier":
            rows = self._database.rows(f"{_VERSIONS.format(which=beyond)} ORDER BY 1 LIMIT {_AT_ONCE}", (last, last))
        else:
            table = {"strain": "arc", "answer": "put_off"}.get(kind, kind)
            rows = self._database.rows(f"SELECT id FROM {table} WHERE id > ? ORDER BY id LIMIT {_AT_ONCE}", (last,))
        return [int(one) for (one,) in rows]

    def _add_status_events(self, lines: list[Line], wanted: str) -> None:
        rows = self._database.rows(
            "SELECT arc, id, turn, was, became, true_on, entered_at, why, undoes FROM status_event "
            f"WHERE arc {_AMONG} ORDER BY id",
            (wanted,),
        )
        _join(lines, "events", rows, ("id", "turn", "was", "became", "on", "entered", "why", "undoes"))

    def _add_parts(self, lines: list[Line], wanted: str) -> None:
        for line in lines:
            line["gone"] = []
        by_id = {line["id"]: line for line in lines}
        for source, target in self._database.rows(_GONE, (wanted,)):
            by_id[source]["gone"].append(target)
        rows = self._database.rows(f"{_ADDENDA} ORDER BY 2", (wanted, wanted))
        _join(lines, "additions", rows, ("id", "at", "text", "private"))
        rows = self._database.rows(
            f"SELECT entry, id, at, what, why FROM entry_event WHERE entry {_AMONG} ORDER BY id", (wanted,)
        )
        _join(lines, "events", rows, ("id", "at", "what", "why"))

    def _earlier(self, wanted: str) -> list[Line]:
        made: dict[int, Line] = {}
        for id, entry, at, version, answers, layer in self._database.rows(_VERSION_ROWS, (wanted, wanted)):
            line = {"id": id, "entry": entry, "at": at, "version": version, "record": {}, "private": {}}
            made.setdefault(id, line)[layer] = decoded(answers) or {}
        return [made[id] for id in sorted(made)]


def _named(kind: str, row: Row) -> Line:
    line: Line = dict(zip(_KEYS[kind], row, strict=True))
    for key in ("answers", "record", "private"):
        if key in line:
            line[key] = decoded(line[key]) or {}
    if "offered" in line:
        line["offered"] = bool(line["offered"])
    return line


def _join(lines: list[Line], name: str, rows: list[Row], keys: Sequence[str]) -> None:
    """Give each line its parts; the first value of a row says whose it is."""
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for whose, *values in rows:
        part = dict(zip(keys, values, strict=True))
        if "private" in part:
            part["private"] = bool(part["private"])
        found[whose].append(part)
    for line in lines:
        line[name] = found.get(line["id"], [])
