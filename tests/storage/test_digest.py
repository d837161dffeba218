"""The content digest: right after every write of every kind, and told apart from an old page put back."""

import hashlib
import os
import random
import shutil

import pytest
from vault_cases import addendum, arc, client, entry, event, raw

from alliance_desktop.domain.errors import VaultDamagedError
from alliance_desktop.storage import digest, following, opening
from alliance_desktop.storage.faults import StatementError

PAGE = 4096


def counted(store):
    return digest.recount(store._database)


def by_hand(rows):
    """Return the digest of rows as the description of the format says, without the program's own code."""
    total = 0
    for table, *values in rows:
        said = b""
        for value in (table, *values):
            kind = {type(None): b"N", int: b"I", float: b"R", str: b"T", bytes: b"B"}[type(value)]
            data = b"" if value is None else value if isinstance(value, bytes) else str(value).encode()
            said += kind + len(data).to_bytes(8, "big") + data
        total += int.from_bytes(hashlib.blake2b(said, digest_size=32).digest(), "big")
    return (total % 2**256).to_bytes(32, "big")


def all_rows(connection):
    for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        for row in [] if table.startswith("search_") else connection.execute(f"SELECT * FROM {table}").fetchall():
            if row[0] not in ("digest", "saves", "kept") or table != "meta":
                yield table, *row


def written_in_every_way(store):
    with store.transaction():
        store.clients.put(client(1, answers={"code": "Ж2 🌧", "called": "nothing\0more"}))
        store.clients.put(client(2))
        store.arcs.put(arc())
        store.arcs.add_event(event(1))
        store.entries.put(entry(10, arc=5, answers={"facts": "she went quiet", "own": "I hurried"}), frozenset({"own"}))
        store.entries.put(entry(11), frozenset())
        store.entries.add_addendum(addendum(1, 10))
        store.entries.add_addendum(addendum(2, 10, private=True))
        store.settings.put("place", {"client": 1})
    with store.transaction():
        store.clients.put(client(1, answers={"code": "changed"}))
        store.entries.put(entry(10, arc=5, answers={"facts": "she spoke"}), frozenset({"own"}))
        store.settings.put("place", {"client": 2})
        store.settings.put("other", 1)
    with store.transaction():
        store.settings.drop("other")
    store.keep_key_generation(3)


def test_the_digest_is_right_after_writes_of_every_kind(store, folder, secrets):
    before = store.digest
    written_in_every_way(store)
    assert store.digest != before
    assert store.digest == counted(store)
    kept = store.digest
    store.close()
    connection = raw(folder, secrets)
    assert by_hand(all_rows(connection)) == kept
    connection.close()


def test_a_real_number_nothing_and_bytes_are_told_apart():
    values = [None, 0, 0.0, "", b"", "0", b"0", 1, 1.0, "1", -1]
    assert len({digest.row_digest("t", (one,)) for one in values}) == len(values)
    assert digest.row_digest("t", ("ab", "c")) != digest.row_digest("t", ("a", "bc"))


@pytest.mark.parametrize("length", [0, 1, 127, 128, 255, 256, 257, 5000])
def test_a_value_of_every_length_is_written_as_the_format_says(length):
    values = ("x" * length, "é" * length, b"\0" * length, None, length, -length, 2**63 - 1)
    assert digest.row_digest("t", values) == by_hand([("t", *values)])
    assert digest.row_digest("t", values) != by_hand([("t", values[0] + "x", *values[1:])])


def test_what_is_not_written_is_not_counted(store):
    written_in_every_way(store)
    before = store.digest

    def write():
        with store.transaction():
            store.clients.put(client(9))
            raise LookupError

    with pytest.raises(LookupError):
        write()
    assert store.digest == before == counted(store)


def test_a_statement_that_fails_half_way_is_not_counted(store):
    written_in_every_way(store)
    with store.transaction():
        for statement in (
            "UPDATE client SET created_at = CASE id WHEN 2 THEN NULL ELSE 'now' END",
            "INSERT INTO setting SELECT 'a', 'b' UNION ALL SELECT 'a', 'c'",
        ):
            with pytest.raises(StatementError):
                store._database.run(statement)
        store.clients.put(client(3))
    assert store.digest == counted(store)


def test_every_table_is_counted_by_itself(store):
    """A table that a later version adds is counted without a word about it here; each column of each row matters."""
    database = store._database
    with database.transaction():
        database.run("CREATE TABLE later (name TEXT, more ANY)")
        database.run("CREATE TABLE pair (a INTEGER, b TEXT, c BLOB, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID")
        digest.renew(database)
    following.keep(database)
    seen = {store.digest}
    for statement in (
        "INSERT INTO later VALUES ('a', 1.5), (NULL, x'00ff'), ('a', 1.5)",
        "INSERT INTO pair VALUES (1, 'a', NULL), (1, 'b', x'01'), (2, 'a', NULL)",
        "UPDATE pair SET c = x'02' WHERE a = 1",
        "INSERT OR REPLACE INTO pair VALUES (1, 'a', x'03')",
        "DELETE FROM later",
        "DELETE FROM pair WHERE a = 2",
    ):
        with database.transaction():
            database.run(statement)
        assert store.digest == counted(store)
        seen.add(store.digest)
    assert len(seen) == 7


MIXED = {
    "one value again and again": lambda _at: "again",
    "each another": lambda at: f"text {at} " + "é" * (at % 400),
    "whole numbers": lambda at: at * 10**15 - 3,
    "few whole numbers": lambda at: at % 3,
    "nothing among others": lambda at: None if at % 4 else at,
    "what is equal and is not the same": lambda at: (1, 1.0, "1", b"1")[at % 4],
    "real numbers": lambda at: at / 7,
    "bytes": lambda at: bytes([at % 251]) * (at % 300),
    "few at first, and then many": lambda at: 5 if at < 100 else at,
    "texts and numbers": lambda at: at if at % 2 else f"{at}",
}


@pytest.mark.parametrize("step", [7, 500])
def test_rows_written_many_at_once_are_written_as_each_by_itself(store, step):
    database = store._database
    rows = [tuple(make(at) for make in MIXED.values()) for at in range(610)]
    before = int.from_bytes(counted(store), "big")
    with database.transaction():
        database.run(f"CREATE TABLE mixed ({', '.join(f'c{at}' for at in range(len(MIXED)))})")
        for row in rows:
            database.run(f"INSERT INTO mixed VALUES ({', '.join('?' * len(MIXED))})", row)
        digest.renew(database)
    each = [int.from_bytes(digest.row_digest("mixed", row), "big") for row in rows]
    answers = []
    assert len(list(answering(digest.recounting(database, step), answers))) > len(rows) / step
    assert answers == [digest.packed(before + sum(each))] == [store.digest]


def test_each_table_of_the_schema_has_its_three_triggers(store):
    """But for rows that every save puts in or changes; what else would write these is refused."""
    database = store._database
    database.first_write.make_ready()
    made = {name for (name,) in database.rows("SELECT name FROM temp.sqlite_schema WHERE type = 'trigger'")}
    every = {f"followed_{verb}_{table}" for verb in ("insert", "update", "delete") for table in digest.tables(database)}
    assert every - made == {"followed_update_meta", *(f"followed_insert_{one}" for one in following.ALONE)}
    assert made < every
    assert len(digest.tables(database)) == 16


def test_many_rows_are_all_counted(store):
    chance = random.Random(5)
    with store.transaction():
        for id in chance.sample(range(1, 100_000), 500):
            store.clients.put(client(id))
    assert store.digest == counted(store)


def answering(steps, answers):
    """Go through all steps, and put what they return at the end into a list."""
    answers.append((yield from steps))


def test_a_write_between_two_steps_starts_the_count_again(store):
    with store.transaction():
        for id in range(1, 400):
            store.clients.put(client(id))
    every = len(list(answering(store.recounting(), [])))
    assert every > 3
    steps = store.recounting()
    for _ in range(2):
        next(steps)
    with store.transaction():
        store.clients.put(client(1, answers={"code": "changed meanwhile"}))
    answers = []
    assert len(list(answering(steps, answers))) >= every
    assert answers == [True]


def page_versions(folder, secrets):
    """Return the file before and after a save that changes a note in a page of its own."""
    store = opening.open_store(folder, secrets)
    with store.transaction():
        store.clients.put(client(1))
        for id in range(10, 60):
            store.entries.put(entry(id, answers={"facts": f"first {id} " + "word " * 300}), frozenset())
    before = (folder / "notes.db").read_bytes()
    with store.transaction():
        for id in range(10, 60):
            store.entries.put(entry(id, answers={"facts": f"later {id} " + "word " * 300}), frozenset())
    store.close()
    return before, (folder / "notes.db").read_bytes()


def found(folder, secrets):
    """Return whether the database finds itself in order, whether the digest does, and the rows; None if unreadable."""
    store = opening.open_store(folder, secrets)
    database = store._database
    try:
        checks = [database.rows(f"PRAGMA {one}") for one in ("cipher_integrity_check", "integrity_check")]
        rows = sorted(map(str, all_rows(database._connection)))
        return checks == [[], [("ok",)]], digest.recount(database) == store.digest, rows
    except VaultDamagedError:
        return None
    finally:
        store.close()


def test_an_old_page_put_back_is_seen_by_the_digest_and_by_nothing_else(folder, secrets, tmp_path):
    """Its own control: where the checks of the database alone would be asked, wrong notes would pass for right ones."""
    before, after = page_versions(folder, secrets)
    _, _, right = found(folder, secrets)
    silent = alarms = 0
    for at in range(0, min(len(before), len(after)), PAGE):
        tried = shutil.copytree(folder, tmp_path / str(at))
        with (tried / "notes.db").open("r+b") as file:
            os.pwrite(file.fileno(), before[at : at + PAGE], at)
        answer = found(tried, secrets)
        if answer is None or answer[2] == right:
            continue
        checks, same, _ = answer
        assert not same
        alarms += 1
        silent += checks
    assert alarms >= 20
    assert silent >= 20, "with the digest off, an old page would pass in silence"
