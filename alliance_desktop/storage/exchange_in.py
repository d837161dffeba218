"""Lines of the exchange format written as rows, many at a time; what follows from them is found at the end."""

from collections.abc import Iterable, Iterator
from typing import Any

from alliance_desktop.domain.exchange.lines import Line, sorted_text
from alliance_desktop.storage import bin, newest
from alliance_desktop.storage.bulk import Bulk
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.plain import encoded

_AMONG = "IN (SELECT value FROM json_each(?))"
_ADDENDA = ("record_addendum", "private_addendum")
_VERSIONS = ("record_version", "private_version")

TABLES = {
    "client": ("client",),
    "strain": ("arc",),
    "entry": ("entry",),
    "earlier": _VERSIONS,
    "answer": ("put_off",),
    "status_event": ("status_event",),
    "addition": _ADDENDA,
    "entry_event": ("entry_event",),
}
"""Where the ids of each kind, and of the parts of some, are kept."""

_WRITTEN = (
    *("client", "arc", "status_event", "entry", "binned", "record_answer", "private_answer", *_ADDENDA),
    *("entry_event", "link", *_VERSIONS, "put_off"),
)
"""The tables written to, each after those that it rests on."""

Placed = tuple[str, tuple[Any, ...]]


class ExchangeIn:
    """Writes lines within a transaction; all of them have been looked at before."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._bulk: Bulk | None = None
        self._links = self._links_before = 0

    def begin(self) -> None:
        """Make ready for many lines; to be called before the first, within the transaction that they are written in."""
        row = self._database.row("SELECT max(id) FROM link")
        self._links = self._links_before = int(row[0] or 0) if row else 0
        self._bulk = Bulk(self._database, _WRITTEN)

    def known(self, kind: str, ids: Iterable[int]) -> set[int]:
        """Return which of some ids there are."""
        wanted = encoded(list(ids))
        found: set[int] = set()
        for table in TABLES[kind]:
            found |= {int(id) for (id,) in self._database.rows(f"SELECT id FROM {table} WHERE id {_AMONG}", (wanted,))}
        return found

    def is_empty(self) -> bool:
        """Say whether there is neither a client nor an entry."""
        row = self._database.row("SELECT EXISTS (SELECT 1 FROM client) OR EXISTS (SELECT 1 FROM entry)")
        return row is None or not row[0]

    def keep_free(self, gone: int) -> None:
        """Let no new entry have an id up to this one, which a line links to and which was removed elsewhere."""
        newest.keep(self._database, gone)

    def strains(self, ids: Iterable[int]) -> dict[int, tuple[int, int]]:
        """Return client and turn of some strains, as far as there are any."""
        rows = self._database.rows(f"SELECT id, client, turn FROM arc WHERE id {_AMONG}", (encoded(list(ids)),))
        return {int(id): (int(client), int(turn)) for id, client, turn in rows}

    def put(self, kind: str, lines: Iterable[Line]) -> None:
        """Write lines of one kind, all of them new; `begin` was called before."""
        if self._bulk is None:
            raise RuntimeError("not begun")
        rows: dict[str, list[tuple[Any, ...]]] = {}
        for line in lines:
            for table, values in _ROWS[kind](line):
                rows.setdefault(table, []).append(values)
        if "link" in rows:
            rows["link"] = [(number, *one) for number, one in enumerate(rows["link"], self._links + 1)]
            self._links += len(rows["link"])
        for table in _WRITTEN:
            if table in rows:
                self._bulk.put(table, rows[table])

    def lost_links(self, after: int = 0) -> list[tuple[int, int, int]]:
        """Return links of new entries that lead to none, as (id, source, target), some thousand after one of them."""
        rows = self._database.rows(
            "SELECT id, source, target FROM link WHERE id > ? AND target NOT IN (SELECT id FROM entry) "
            "ORDER BY id LIMIT 1000",
            (max(self._links_before, after),),
        )
        return [(int(id), int(source), int(target)) for id, source, target in rows]

    def follow(self, clients: Iterable[int]) -> None:
        """Bring along what follows from the lines, with the newest day and the open strains of these clients."""
        bin.follow_all(self._database, clients)
        if self._bulk is not None:
            self._bulk.settle()


def _of_client(line: Line) -> Iterator[Placed]:
    answers = line["answers"] | line["unasked"]
    yield "client", (line["id"], line["created"], line["version"], sorted_text(answers), None, 0)


def _of_strain(line: Line) -> Iterator[Placed]:
    names = ("id", "client", "form", "created", "status", "turn")
    yield "arc", (*(line[one] for one in names), int(line["offered"]))
    for one in line["events"]:
        told = (one[key] for key in ("turn", "was", "became", "on", "entered", "why", "undoes"))
        yield "status_event", (one["id"], line["id"], *told)


_ENTRY = (
    *("id", "client", "strain", "form", "version", "card", "day", "about", "created", "touched", "turn"),
    *("sequence", "state", "mark", "finished"),
)


def _of_entry(line: Line) -> Iterator[Placed]:
    id = line["id"]
    yield "entry", tuple(line[one] for one in _ENTRY)
    if line["binned"]:
        yield "binned", (id, line["binned"])
    private = line["private"] | line["unasked"]
    if line["record"]:
        yield "record_answer", (id, sorted_text(line["record"]))
    if private:
        yield "private_answer", (id, sorted_text(private))
    for one in line["additions"]:
        yield _ADDENDA[one["private"]], (one["id"], id, one["at"], one["text"])
    for one in line["events"]:
        yield "entry_event", (one["id"], id, one["at"], one["what"], one["why"])
    for key, target in sorted(line["links"]):
        yield "link", (id, key, target)


def _of_earlier(line: Line) -> Iterator[Placed]:
    for table, answers in zip(_VERSIONS, (line["record"], line["private"] | line["unasked"]), strict=True):
        if answers:
            yield table, (line["id"], line["entry"], line["at"], line["version"], sorted_text(answers))


def _of_answer(line: Line) -> Iterator[Placed]:
    yield "put_off", tuple(line[one] for one in ("id", "client", "rule", "subject", "at", "until", "why"))


_ROWS = {
    "client": _of_client,
    "strain": _of_strain,
    "entry": _of_entry,
    "earlier": _of_earlier,
    "answer": _of_answer,
}
