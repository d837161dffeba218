"""The rows of the search: words put in little by little, and asked for newest first or best first."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.search import cutting
from alliance_desktop.domain.search.asking import Asked, Term
from alliance_desktop.storage import search_parts, search_ranking, search_tables, search_whole
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.plain import encoded
from alliance_desktop.storage.search_whole import OF_CLIENTS, kind, quoted

MOST_WORDS = 400
"""For so many words, at most, the beginning or a part of one stands."""
MOST_WORDS_RANKED = 100
"""So many, where the best are asked for: how rare each of them is has to be counted."""
MOST_IN_ALL = 1_600
"""So many for everything that is asked at once."""
MOST_RANKED = 2_000
"""Of so many notes, the newest, the best are told; ranking all that hold a common word would take seconds."""

BARRIER = "¦"
"""Stands between two fields, so that no phrase reaches from one into the next."""

_MOST_PHRASES = 50
_PAGES_A_STEP = 16
_MERGED = 2
_DAY_BITS = 16
_OF_DAY = (1 << _DAY_BITS) - 1
_AMONG = "IN (SELECT value FROM json_each(?))"
_LISTED = "SELECT DISTINCT word FROM search_word WHERE {sides} AND {which} ORDER BY length(word), word LIMIT ?"
"""The shortest words first: they are nearest to what was typed."""
_BEGINNING, _HOLDING = "word >= ? AND word < ?", "instr(word, ?)"
_LAST = "\U0010ffff"
_LIST = "INSERT OR IGNORE INTO search_word (private, word) SELECT ?, value FROM json_each(?)"
_UNLIST = (
    "DELETE FROM search_word WHERE (private, word) NOT IN (SELECT col = 'private', term FROM temp.search_term "
    "WHERE col IN ('record', 'private'))"
)
_MATCH = "SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid BETWEEN ? AND ?"
_NEWEST = f"{_MATCH} ORDER BY rowid DESC LIMIT ?"
_LACKS_SOME = (
    "SELECT (SELECT count(*) FROM client) + (SELECT count(*) FROM entry) - (SELECT count(*) FROM binned) "
    "> (SELECT count(*) FROM search_place)"
)
_MISSED = """
    WITH known AS (SELECT value ->> 0 AS form, value ->> 1 AS version FROM json_each(?))
    SELECT -client.id FROM client JOIN known ON known.form = ? AND known.version = client.form_version
    WHERE -client.id NOT IN (SELECT subject FROM search_place)
    UNION ALL
    SELECT entry.id FROM entry JOIN known ON known.form = entry.form AND known.version = entry.form_version
    WHERE entry.id NOT IN (SELECT subject FROM search_place) AND entry.id NOT IN (SELECT entry FROM binned)
"""


class Subject(NamedTuple):
    """An entry, or a client with its details."""

    entry: EntryId | None = None
    client: ClientId | None = None


class Told(NamedTuple):
    """What is to be found of a subject: its day, its kind, and its words, cut, of the record and of the private side.

    Between two fields stands `BARRIER`.
    """

    on: datetime.date
    kind: str
    record: Sequence[str]
    private: Sequence[str]


class Wanted(NamedTuple):
    """What is asked, and of which notes: private words as well, only some kinds, from a day to a day, both included."""

    asked: Asked
    private: bool = False
    kinds: Sequence[str] = ()
    first: datetime.date = datetime.date.min
    last: datetime.date = datetime.date.max


class Place(NamedTuple):
    """Where a subject was found."""

    place: int
    subject: Subject


class Places(NamedTuple):
    """What was found, in order. `beyond` is to be asked for what comes next, None where nothing does.

    `widened_cut` where there were more words that begin so than can be asked for, `ranked_cut` where not all notes
    that match were ranked.
    """

    found: list[Place]
    beyond: int | None
    widened_cut: bool
    ranked_cut: bool


_Words = tuple[set[str], set[str]]
"""Words of the record, and of the private side."""


class SearchRows:
    """Reads and writes the index of a vault. One that is open for reading only may have an index in memory alone."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listed: _Words = set(), set()
        self._stands = self._in_memory = False

    def due(self, most: int) -> list[Subject]:
        """Return whose words are to be put in, no more than so many: clients first, then the newest entries."""
        self._stand_in()
        rows = self._database.rows("SELECT subject FROM search_due WHERE subject < 0 LIMIT ?", (most,))
        more = most - len(rows)
        if more:
            rows += self._database.rows(
                "SELECT subject FROM search_due WHERE subject > 0 ORDER BY subject DESC LIMIT ?", (more,)
            )
        return [_subject(id) for (id,) in rows]

    def count_due(self) -> int:
        """Return of how many entries and clients the words are still to be put in."""
        self._stand_in()
        return self._count("search_due")

    def count_covered(self) -> int:
        """Return how many entries and clients can be found."""
        self._stand_in()
        return self._count("search_place")

    def put(self, told: Sequence[tuple[Subject, Told | None]]) -> None:
        """Put in the words of some subjects, all or none; None takes out what is not to be found any more.

        They are due no longer. Faults of the disk as with any write; nothing of it counts as a save.
        """
        listed, fresh = self._listed, (set[str](), set[str]())
        # Begun anew after any fault: some come when nothing was written.
        self._listed = set(), set()
        with self._writing():
            for subject, words in told:
                self._put(subject, words)
                if words is not None:
                    for side, said in enumerate((words.record, words.private)):
                        fresh[side].update(one for one in set(said) - listed[side] if _is_listed(one))
            count = search_whole.listed(self._database)
            for side, words_of_side in enumerate(fresh):
                self._write(_LIST, (side, encoded(sorted(words_of_side))))
                count += self._database.rows("SELECT changes()")[0][0]
            self._keep(count)
        self._listed = listed[0] | fresh[0], listed[1] | fresh[1]

    def take_missed(self, forms: Iterable[tuple[str, int]]) -> bool:
        """Let those be due that have no place although nothing is due, and are of a form given with its version.

        A program that did not know their form yet could not put them in. Say whether there are any.
        """
        if not self._database.rows(_LACKS_SOME)[0][0]:
            return False
        missed = [id for (id,) in self._database.rows(_MISSED, (encoded(list(forms)), OF_CLIENTS))]
        if missed and self._database.read_only:
            self.forget()
            self._take_memory()
        elif missed:
            with self._writing():
                self._write("INSERT OR IGNORE INTO search_due SELECT value FROM json_each(?)", (encoded(missed),))
        return bool(missed)

    def newest(self, wanted: Wanted, most: int, beyond: int | None = None) -> Places:
        """Return the newest places where everything asked is found."""
        expression, cut = self._expression(wanted)
        low, high = _range(wanted)
        high = high if beyond is None else min(high, beyond)
        rows = self._database.rows(_NEWEST, (expression, low, high, most + 1)) if expression else []
        found = self._subjects([place for (place,) in rows[:most]])
        return Places(found, rows[most][0] if len(rows) > most else None, cut, False)

    def best(self, wanted: Wanted, most: int, beyond: int | None = None) -> Places:
        """Return the places where what is asked stands closest and most often, among the newest 2,000."""
        expression, cut = self._expression(wanted, MOST_WORDS_RANKED)
        if not expression:
            return Places([], None, cut, False)
        low, high = _range(wanted)
        newest = self._database.rows(_NEWEST, (expression, low, high, MOST_RANKED + 1))
        ranked_cut = len(newest) > MOST_RANKED
        low = newest[MOST_RANKED - 1][0] if ranked_cut else low
        at = beyond or 0
        places = search_ranking.ranked(self._database, expression, low, high, private=wanted.private)
        found = self._subjects(places[at : at + most])
        return Places(found, at + most if len(places) > at + most else None, cut, ranked_cut)

    def clean(self) -> None:
        """Let no word stay that no note has any more, within a transaction; to be followed by new pages.

        What was written since is taken out and stays due. The index is merged, and that takes a second for a large one.
        """
        run = self._database.run
        gone = self._database.rows("SELECT place FROM search_place WHERE subject IN (SELECT subject FROM search_due)")
        for (place,) in gone:
            self._drop(place)
        run("INSERT INTO search_index (search_index) VALUES ('optimize')")
        run("CREATE VIRTUAL TABLE temp.search_term USING fts5vocab ('main', 'search_index', 'col')")
        run(_UNLIST)
        run("DROP TABLE temp.search_term")
        self._keep(self._count("search_word"))
        self.forget()

    def merge(self, *, begin: bool) -> bool:
        """Merge a little of the index, in a few milliseconds, so that it is read in fewer places; say if there is more.

        `begin` where much was put in since it was merged.
        """
        asked = "SELECT total_changes()"
        with self._writing():
            before = self._database.rows(asked)[0][0]
            pages = -_PAGES_A_STEP if begin else _PAGES_A_STEP
            self._write("INSERT INTO search_index (search_index, rank) VALUES ('merge', ?)", (pages,))
            # By its documentation, an index that is merged changes no more than this statement itself does.
            more = int(self._database.rows(asked)[0][0]) - int(before) >= _MERGED
            self._keep(search_whole.listed(self._database))
            return more

    def looks(self) -> Iterator[bool]:
        """Look in small steps whether the index holds what it must and its words are those that were put in.

        Each says if all is well. At last, `count_parts`.
        """
        yield from search_whole.looks(self._database)
        yield from search_whole.in_steps(search_parts.comparing, self._database)
        if not self._database.read_only:
            yield from self.count_parts()

    def begin_anew(self) -> None:
        """Empty the index, which is damaged, and let everything be put in anew; what it says follows from the rest.

        Where the vault is open for reading only, an index in memory takes its place.
        """
        self.forget()
        if self._database.read_only:
            self._take_memory()
            return
        search_tables.begin_anew(self._database)

    def forget(self) -> None:
        """Keep no word in memory: the vault is closed, or other words may be listed."""
        self._listed = set(), set()

    def count_parts(self) -> Iterator[bool]:
        """Count in small steps the prints that are missing; each says whether the index can be read."""
        yield from search_whole.in_steps(self._counted, self._database)

    def _counted(self, database: Database, _rows: int) -> search_whole.Steps:
        found, said = (yield from search_parts.counting(database)), search_whole.kept_sum(database)
        # Where the disk refuses, they are counted again after the next opening.
        with suppress(KnownError):
            if found and said is not None:
                with self._writing():
                    self._keep_parts(search_parts.kept(database) | found, said)
        return True

    def _stand_in(self) -> None:
        if not self._stands:
            self._stands = True
            if self._database.read_only and not self._is_whole():
                self._take_memory()

    def _take_memory(self) -> None:
        if not self._in_memory:
            self._in_memory = True
            search_tables.stand_in(self._database)

    def _is_whole(self) -> bool:
        return search_tables.is_up_to_date(self._database) and all(search_whole.looks(self._database))

    def _keep(self, listed: int) -> None:
        """Keep the sum and the prints of what was written, within a transaction, at its end."""
        flush, keep = search_whole.KEEP
        known = search_parts.kept(self._database)
        self._write(flush)
        said = search_whole.sum_of(self._database, listed)
        self._write(keep, (said,))
        self._keep_parts(known, said)

    def _keep_parts(self, known: search_parts.Prints, said: str) -> None:
        self._write(search_parts.KEEP, (search_parts.laid_down(self._database, known, said),))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._database.read_only:
            yield
            return
        with self._database.transaction(counted=False):
            yield

    def _write(self, sql: str, values: Sequence[int | str] = ()) -> None:
        (self._database.prepare if self._database.read_only else self._database.run)(sql, values)

    def _put(self, subject: Subject, told: Told | None) -> None:
        id = _id(subject)
        row = self._database.row("SELECT place FROM search_place WHERE subject = ?", (id,))
        place = int(row[0]) if row else None
        if place is not None:
            # A place begins with its day, so that another day is another place.
            keeps = told is not None and place >> _DAY_BITS == told.on.toordinal()
            self._drop(place)
            place = place if keeps else None
        if told is not None:
            at = place if place is not None else self._free(told.on)
            self._write("INSERT INTO search_place (place, subject) VALUES (?, ?)", (at, id))
            self._write(
                "INSERT INTO search_index (rowid, record, private, kind) VALUES (?, ?, ?, ?)",
                (at, " ".join(told.record), " ".join(told.private), kind(told.kind)),
            )
        self._write("DELETE FROM search_due WHERE subject = ?", (id,))

    def _drop(self, place: int) -> None:
        self._write("DELETE FROM search_place WHERE place = ?", (place,))
        self._write("DELETE FROM search_index WHERE rowid = ?", (place,))

    def _free(self, on: datetime.date) -> int:
        """Return a free place of a day; on a day with more than 65,536 notes, one of the days after."""
        first = on.toordinal() << _DAY_BITS
        row = self._database.row(
            "SELECT max(place) FROM search_place WHERE place BETWEEN ? AND ?", (first, first | _OF_DAY)
        )
        at = first if row is None or row[0] is None else int(row[0]) + 1
        while at > first | _OF_DAY and self._database.row("SELECT 1 FROM search_place WHERE place = ?", (at,)):
            at += 1
        return at

    def _subjects(self, places: list[int]) -> list[Place]:
        """Return whose places they are, in the order given; without those whose words are not the present ones."""
        rows = self._database.rows(
            f"SELECT place, subject FROM search_place WHERE place {_AMONG} "
            "AND subject NOT IN (SELECT subject FROM search_due)",
            (encoded(places),),
        )
        whose: dict[int, int] = dict(rows)
        return [Place(place, _subject(whose[place])) for place in places if place in whose]

    def _expression(self, wanted: Wanted, most: int = MOST_WORDS) -> tuple[str, bool]:
        """Return what is asked as the index takes it, empty for nothing; and whether words had to be left out."""
        self._stand_in()
        parts, cut = [], False
        most = min(most, MOST_IN_ALL // max(1, len(wanted.asked.terms)))
        for term in wanted.asked.terms:
            phrases, too_many = self._phrases(term, most, private=wanted.private)
            cut = cut or too_many
            parts.append(f"({' OR '.join(quoted(one) for one in phrases)})")
        if not parts:
            return "", False
        columns = "{record private}" if wanted.private else "record"
        expression = f"({columns} : ({' AND '.join(parts)}))"
        if wanted.kinds:
            kinds = " OR ".join(quoted([kind(one)]) for one in wanted.kinds)
            expression += f" AND (kind : ({kinds}))"
        return expression, cut

    def _phrases(self, term: Term, most: int, *, private: bool) -> tuple[list[list[str]], bool]:
        """Return the rows of words that a term stands for, and whether there were too many."""
        before, last = list(term.words[:-1]), term.words[-1]
        if not term.open:
            return [[*before, last]], False
        most = min(most, _MOST_PHRASES) if before else most
        # Without being asked, nothing of the private side is told, not even that there are words that begin so.
        sides = "private IN (0, 1)" if private else "private = 0"
        which, values = (_HOLDING, [last]) if term.inside else (_BEGINNING, [last, f"{last}{_LAST}"])
        rows = self._database.rows(_LISTED.format(sides=sides, which=which), (*values, most + 1))
        return [[*before, one] for (one,) in rows[:most] or [(last,)]], len(rows) > most

    def _count(self, table: str) -> int:
        row = self._database.row(f"SELECT count(*) FROM {table}")
        return int(row[0]) if row else 0


def _subject(id: int) -> Subject:
    return Subject(entry=EntryId(id)) if id > 0 else Subject(client=ClientId(-id))


def _id(subject: Subject) -> int:
    return int(subject.entry) if subject.entry is not None else -int(subject.client or 0)


def _range(wanted: Wanted) -> tuple[int, int]:
    return wanted.first.toordinal() << _DAY_BITS, wanted.last.toordinal() << _DAY_BITS | _OF_DAY


def _is_listed(word: str) -> bool:
    return len(word) > 1 and word != BARRIER and not cutting.is_single(word)
