"""What follows each row that is written: nobody whose rows changed is left out, whatever was written in which order."""

import random
from contextlib import nullcontext, suppress

import pytest
from vault_cases import addendum, client, entry

from alliance_desktop.domain.attention import Rule
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.storage import digest, kept_stories
from alliance_desktop.storage.faults import StatementError
from alliance_desktop.storage.following import ALONE, plainly_put
from alliance_desktop.storage.kept_stories import Kept

_OF_ENTRY = ("record_answer", "private_answer", "record_addendum", "private_addendum", "binned")
_WHOSE = {
    "client": "SELECT id, * FROM client",
    "entry": "SELECT client, * FROM entry",
    "arc": "SELECT client, * FROM arc",
    "status_event": "SELECT arc.client, status_event.* FROM status_event JOIN arc ON arc.id = arc",
    "put_off": f"SELECT client, * FROM put_off WHERE rule LIKE '{Rule.OLD_DRAFT}:%'",
} | {one: f"SELECT entry.client, {one}.* FROM {one} JOIN entry ON entry.id = entry" for one in _OF_ENTRY}
_WORDS = {
    "client": "SELECT -id, created_at, form_version, answers FROM client",
    "entry": "SELECT id, * FROM entry",
} | {one: f"SELECT entry, * FROM {one}" for one in _OF_ENTRY}


def _by(database, questions):
    """Return all rows by whom or what they are about."""
    found = {}
    for table, asked in questions.items():
        for about, *row in database.rows(asked):
            found.setdefault(about, set()).add((table, *row))
    return found


def _changed(before, after):
    return {one for one in before.keys() | after.keys() if one is not None and before.get(one) != after.get(one)}


_STEPS = 150


class Walk:
    """Writes rows of all kinds by chance, with statements in any order, of which some fail."""

    def __init__(self, store, seed):
        self.store, self.database = store, store._database
        self.chance = random.Random(seed)
        self.number = 100
        self.mark = 0
        self.met = set()

    def faults(self):
        """Write one transaction and return what was not followed."""
        self._ready()
        database = self.database
        whose, words = _by(database, _WHOSE), _by(database, _WORDS)
        ends = self.chance.random() > 0.15
        with suppress(LookupError, StatementError), database.transaction():
            database.run("PRAGMA defer_foreign_keys=1")
            for _ in range(self.chance.randint(1, 5)):
                self._write()
            if not ends:
                raise LookupError
        after = _by(database, _WHOSE)
        self.met |= {table for rows in after.values() for table, *_ in rows}
        concerned = _changed(whose, after)
        due = {one for (one,) in database.rows("SELECT subject FROM search_due")}
        self.mark, touched = self.store.touched.since(self.mark)
        rows = database.rows("SELECT client, made_by, until, said FROM kept_story")
        kept = database.row("SELECT value FROM meta WHERE name = 'kept'")
        found = {
            "touched": concerned - touched,
            "kept": concerned & {row[0] for row in rows},
            "sum": kept != (sum(kept_stories._mark(*row) for row in rows),),
            "due": _changed(words, _by(database, _WORDS)) - due,
            "digest": self.store.digest != digest.recount(database),
            "rolled back": not ends and (touched or due or concerned),
        }
        return {name for name, one in found.items() if one}

    def _ready(self):
        """Let nothing be due, and something be kept of everybody."""
        database = self.database
        with database.transaction(counted=False):
            database.run("DELETE FROM search_due")
        every = [ClientId(one) for (one,) in database.rows("SELECT id FROM client")]
        self.store.kept_stories.keep({one: Kept(until=str(one)) for one in every}, "me")

    def _write(self):
        statements = self.chance.choice(
            (self._client, self._entry, self._given, self._answer, self._rest, self._gone, self._strain, self._answered)
        )()
        for sql, values in statements:
            # What fails is taken back by the database, and the transaction goes on.
            with suppress(StatementError):
                self.database.run(sql, values)

    def _new(self):
        self.number += 1
        return self.number

    def _some(self, table):
        found = [one for (one,) in self.database.rows(f"SELECT id FROM {table}")]
        return self.chance.choice([*found, 404] if self.chance.random() < 0.1 or not found else found)

    def _client(self):
        id = self.chance.randint(1, 4)
        yield (
            "INSERT INTO client (id, created_at, form_version, answers) VALUES (?, 'now', 1, ?) "
            "ON CONFLICT (id) DO UPDATE SET answers = excluded.answers",
            (id, f"{{}}{self.chance.randint(1, 3)}"),
        )
        yield "UPDATE client SET last_on = ? WHERE id = ?", (f"day {self.chance.randint(1, 3)}", id)
        if self.chance.random() < 0.1:
            yield "UPDATE client SET created_at = CASE id WHEN 2 THEN NULL ELSE 'then' END", ()

    def _entry(self):
        whose = self.chance.choice((None, self._some("client")))
        id = self.chance.choice((self._new(), self._some("entry")))
        values = (id, whose, None, "f", 1, "c", "day", "", "now", "now", 1, 1, "draft", "", None)
        yield f"INSERT INTO entry VALUES ({', '.join('?' * 15)})", values
        yield self._answer_of(id)

    def _given(self):
        """An entry is given to another client, or has another number."""
        id = self._some("entry")
        if self.chance.random() < 0.5:
            yield self._answer_of(id)
        yield "UPDATE entry SET client = ? WHERE id = ?", (self._some("client"), id)
        if self.chance.random() < 0.1:
            yield "UPDATE entry SET sequence = sequence + 1, id = id * 2", ()

    def _answer_of(self, id):
        return "INSERT INTO record_answer (entry, answers) VALUES (?, ?)", (id, f"said {self._new()}")

    def _answer(self):
        table, id = self.chance.choice(("record_answer", "private_answer")), self._some("entry")
        yield self.chance.choice(
            (
                (f"INSERT INTO {table} (entry, answers) VALUES (?, ?)", (id, "words")),
                (f"UPDATE {table} SET answers = answers || '.' WHERE entry = ?", (id,)),
                (f"UPDATE {table} SET entry = ? WHERE entry = ?", (self._some("entry"), id)),
                (f"DELETE FROM {table} WHERE entry = ?", (id,)),
                (f"UPDATE {table} SET answers = NULL WHERE entry >= ?", (id,)),
            )
        )

    def _rest(self):
        side, id = self.chance.choice(("record", "private")), self._some("entry")
        yield self.chance.choice(
            (
                (f"INSERT INTO {side}_addendum VALUES (?, ?, 'now', 'more')", (self._new(), id)),
                ("INSERT OR REPLACE INTO binned VALUES (?, ?)", (id, f"at {self._new()}")),
                ("DELETE FROM binned WHERE entry = ?", (id,)),
                (f"UPDATE {side}_addendum SET text = '' WHERE entry = ?", (id,)),
                (f"DELETE FROM {side}_addendum WHERE entry = ?", (id,)),
            )
        )

    def _gone(self):
        """An entry goes with all that rests on it, or a strain does: in any order."""
        id = self._some("entry")
        gone = [(f"DELETE FROM {one} WHERE entry = ?", (id,)) for one in _OF_ENTRY]
        gone.append(("DELETE FROM entry WHERE id = ?", (id,)))
        if self.chance.random() < 0.4:
            id = self._some("arc")
            gone = [("DELETE FROM status_event WHERE arc = ?", (id,)), ("DELETE FROM arc WHERE id = ?", (id,))]
        yield from self.chance.sample(gone, len(gone))

    def _strain(self):
        id, whose = self._new(), self._some("client")
        event = "INSERT INTO status_event VALUES (?, ?, 1, '', 'noticed', 'day', 'now', '', NULL)"
        yield from self.chance.choice(
            (
                (
                    ("INSERT INTO arc VALUES (?, ?, 'rupture', 'now', 'noticed', 1, 0)", (id, whose)),
                    (event, (self._new(), id)),
                ),
                ((event, (self._new(), self._some("arc"))),),
                (("UPDATE arc SET client = ? WHERE id = ?", (whose, self._some("arc"))),),
                (("UPDATE status_event SET why = 'because' WHERE arc = ?", (self._some("arc"),)),),
                (("UPDATE status_event SET arc = ? WHERE id = ?", (self._some("arc"), self._some("status_event"))),),
            )
        )

    def _answered(self):
        rule = self.chance.choice((f"{Rule.OLD_DRAFT}:7", str(Rule.PROMISE_DUE)))
        answer = "INSERT INTO put_off VALUES (?, ?, ?, 1, 'now', NULL, '')"
        yield self.chance.choice(
            (
                (answer, (self._new(), self._some("client"), rule)),
                ("UPDATE put_off SET client = ? WHERE id = ?", (self._some("client"), self._some("put_off"))),
                ("UPDATE put_off SET rule = ? WHERE id = ?", (rule, self._some("put_off"))),
                ("DELETE FROM put_off WHERE id = ?", (self._some("put_off"),)),
            )
        )


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_written_is_followed(store, seed):
    walk = Walk(store, seed)
    for _ in range(_STEPS):
        assert walk.faults() == set()
    assert walk.met == set(_WHOSE), "the control: rows of every kind were there"


@pytest.mark.parametrize(
    ("trigger", "missed"),
    [
        ("update_client", {"touched", "kept", "digest"}),
        ("delete_entry", {"touched", "kept", "digest"}),
        ("update_entry", {"touched", "kept", "due", "digest"}),
        ("update_arc", {"touched", "kept", "digest"}),
        ("insert_private_addendum", {"touched", "kept", "due", "digest"}),
        ("insert_binned", {"touched", "kept", "due", "digest"}),
        ("update_put_off", {"digest"}),
    ],
)
def test_the_walk_sees_what_is_not_followed(store, trigger, missed):
    """The control of the walk: a trigger that is gone."""
    store._database.first_write.make_ready()
    store._database.prepare(f"DROP TRIGGER temp.followed_{trigger}")
    walk, found = Walk(store, 7), set()
    for _ in range(3 * _STEPS):
        if found >= missed:
            break
        found |= walk.faults()
    assert found >= missed


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT OR REPLACE INTO record_answer (entry, answers) VALUES (?, ?)",
        "INSERT INTO record_answer VALUES (?, ?), (11, '')",
        "INSERT INTO record_answer VALUES (?, ?) ON CONFLICT (entry) DO UPDATE SET answers = ''",
        "INSERT INTO record_answer SELECT ?, ?",
        "insert into record_answer values (?, ?) returning entry",
        'REPLACE INTO\n main . "record_answer" VALUES (?, ?)',
        "WITH a AS (SELECT 1) INSERT INTO [record_answer] SELECT ?, ?",
        "INSERT INTO record_answer (Entry, answers) VALUES (?, ?)",
        "INSERT INTO/**/record_answer VALUES (?, ?)",
        "INSERT INTO /* the record */ record_answer (entry, answers) VALUES (?, ?)",
        "INSERT INTO -- the record\n record_answer VALUES (?, ?)",
        "UPDATE /**/ meta SET value = ? WHERE name = ?",
        "UPDATE meta SET value = ? WHERE name = ?",
        "UPDATE meta SET value = ? WHERE name = 'key_gen' OR name = ?",
        "UPDATE OR IGNORE main.meta SET value = 1, name = ? || ? WHERE name = 'saves'",
        "INSERT INTO meta (value, name) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    ],
)
def test_what_would_go_past_the_triggers_is_refused(store, sql):
    with store.transaction():
        store.clients.put(client(1))
        for one in (10, 11):
            store.entries.put(entry(one), frozenset())
        values = 10, "key_gen" if "meta" in sql else "words"
        with pytest.raises(RuntimeError):
            store._database.run(sql, values)
        store._database._connection.execute(sql, values).fetchall()
    assert store.digest != digest.recount(store._database), "the control: it would be lost"


@pytest.mark.parametrize("sql", ["SAVEPOINT part", "ROLLBACK TO part", " ; RELEASE part", "rollback", "COMMIT", "END"])
def test_no_part_of_a_transaction_is_ended_by_itself(store, sql):
    with store.transaction(), pytest.raises(RuntimeError, match="nobody"):
        store._database.run(sql)


def test_what_was_told_of_a_part_that_was_taken_back_would_stay(store):
    """The control of the refusal: past it, such a part."""
    connection = store._database._connection
    with store.transaction():
        store.clients.put(client(1))
        connection.execute("SAVEPOINT part")
        store.entries.put(entry(10), frozenset())
        connection.execute("ROLLBACK TO part")
    assert store.digest != digest.recount(store._database)


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO setting VALUES ('name', 'value')",
        "INSERT OR IGNORE INTO main.setting VALUES ('name', 'temp.')",
        "UPDATE setting SET value = ''",
        "DELETE FROM setting",
        "CREATE TABLE later AS SELECT 1",
        "DROP TABLE setting",
    ],
)
@pytest.mark.parametrize("inside", [True, False], ids=["inside", "outside"])
def test_what_is_said_for_the_connection_only_changes_no_row(store, sql, inside):
    with store.transaction() if inside else nullcontext(), pytest.raises(RuntimeError, match="connection"):
        store._database.prepare(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO record_answer (entry, answers) VALUES (10, '') RETURNING entry",
        "WITH a AS (SELECT 10) INSERT INTO record_answer SELECT *, '' FROM a",
        "\n delete from record_answer",
        "COMMIT",
    ],
)
def test_a_question_writes_nothing(store, sql):
    with store.transaction(), pytest.raises(RuntimeError, match="question"):
        store._database.row(sql)


def test_rows_put_untold_that_fail_half_way_are_counted_anew(store):
    database = store._database
    with store.transaction():
        store.clients.put(client(1))
        store.entries.put(entry(10), frozenset())
    with store.transaction(), pytest.raises(StatementError):
        database.put_untold("binned", [(10, "then"), (404, "then")])
    assert database.rows("SELECT entry FROM binned") == [(10,)], "the control: the first of them stays"
    assert store.digest == digest.recount(database)


def test_rows_are_put_untold_in_a_transaction_only(store):
    with pytest.raises(RuntimeError, match="transaction"):
        store._database.put_untold("binned", [(10, "then")])


_ENTRY = (10, 1, None, "f", 1, "c", "day", "", "now", "now", 1, 1, "draft", "", None)
_OTHERWISE = (None, 1.0, None, 2, "1", "c", b"day".decode(), True, "now", "now", True, 1.0, "draft", "", None)


@pytest.mark.parametrize("entered", [_ENTRY, _OTHERWISE], ids=["as it is kept", "as it is not kept"])
@pytest.mark.parametrize("said", ["words, \0 and ünïcode", 1.5, True])
def test_a_row_is_told_as_it_is_kept_whatever_was_given(store, entered, said):
    database = store._database
    names = [name for (name,) in database.rows("SELECT name FROM pragma_table_info('entry') ORDER BY cid")]
    with store.transaction():
        store.clients.put(client(1))
        for named in ("", f"({', '.join(reversed(names))}) "):
            values = entered if not named else (*entered[:0:-1], None)
            sql = f"INSERT INTO entry {named}VALUES ({', '.join('?' * len(values))})"
            assert plainly_put(sql) == ("entry", list(reversed(names)) if named else [""])
            database.run(sql, values)
            (id,) = database.row("SELECT max(id) FROM entry")
            for table in ALONE[1:]:
                database.run(f"INSERT INTO {table} (answers, entry) VALUES (?, ?)", (said, id))
    assert store.digest == digest.recount(database)


def test_a_removal_in_the_same_transaction_still_tells_whose_it_was(store):
    with store.transaction():
        for one in (1, 2):
            store.clients.put(client(one))
            store.entries.put(entry(9 + one, one), frozenset())
    mark, _ = store.touched.since(0)
    with store.transaction():
        store.entries.add_addendum(addendum(1, 11))
        store.entries.remove(11)
    assert store.touched.since(mark)[1] == {2}
