"""Every vault ever made opens: the golden ones, and any that stopped half-way to a newer schema."""

import importlib.util
import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from vault_cases import client, entry, raw, seen

from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.storage import digest, opening, schema
from alliance_desktop.storage.database import open_database
from alliance_desktop.storage.faults import StatementError
from alliance_desktop.storage.store import Store

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
VERSIONS = range(1, schema.SCHEMA_VERSION + 1)


def golden_story():
    spec = importlib.util.spec_from_file_location("golden_make", GOLDEN / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def golden_secrets(version):
    told = dict(line.split(": ", 1) for line in (GOLDEN / f"v{version}.txt").read_text("utf-8").splitlines())
    return told["passphrase"], told["recovery key"]


@pytest.fixture(params=VERSIONS, ids=lambda version: f"v{version}")
def golden(request, tmp_path):
    return request.param, shutil.copytree(GOLDEN / f"v{request.param}.vault", tmp_path / "Golden.vault")


def shape(connection):
    """Return the tables and indexes of a database, without what does not matter."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    return [(*row[:3], re.sub(r"\s+", " ", row[3] or "")) for row in rows]


def test_the_golden_vault_opens_by_passphrase_and_holds_its_story(golden):
    version, folder = golden
    story = golden_story()
    passphrase, _ = golden_secrets(version)
    store = opening.open_store(folder, opening.find_secrets(folder, passphrase))
    assert store.clients.all() == story.CLIENTS
    assert store.arcs.of_client(1) == [story.ARC]
    assert store.arcs.events(5) == story.EVENTS
    assert store.entries.of_client(1) == story.ENTRIES
    assert store.entries.drafts() == story.ENTRIES[:1]
    assert store.entries.addenda(11) == story.ADDENDA
    assert {name: store.settings.get(name) for name in story.SETTINGS} == story.SETTINGS
    assert not store.sample
    told = later_story(store)
    assert told == (later_told(story) if version >= 3 else EMPTY)
    with store.transaction():
        store.clients.put(client(3))
        store.entries.put(entry(20, client=None), frozenset())
    assert store.entries.get(20).client is None
    store.close()


EMPTY = ([], [], [], {}, [], {10: [], 12: []}, [])


def later_story(store):
    """Return what version 3 brought, as the program reads it."""
    return (
        store.entries.of_nobody(),
        store.entries.in_bin(),
        store.histories.versions(10),
        store.bin.all(),
        store.histories.events(14),
        {id: [one.id for one in store.entries.linking_to(id)] for id in (10, 12)},
        store.put_offs.all(),
    )


def later_told(story):
    bin = {story.BINNED.id: story.BINNED.binned_at}
    return story.OWN, [story.BINNED], story.VERSIONS, bin, story.HAPPENED, story.LINKED, story.PUT_OFFS


def test_the_golden_vault_is_read_without_a_byte_being_changed(golden):
    """What an earlier version has no tables for is read as empty."""
    version, folder = golden
    secrets = opening.find_secrets(folder, golden_secrets(version)[0])
    before = seen(folder)
    store = opening.open_store(folder, secrets, read_only=True)
    story = golden_story()
    assert store.clients.all() == story.CLIENTS
    assert store.entries.of_client(1) == story.ENTRIES
    assert store.entries.notices()[0].arc == 5
    assert store.entries.addenda_of_client(1) == story.ADDENDA
    assert store.arcs.all() == [story.ARC]
    assert later_story(store) == (later_told(story) if version >= 3 else EMPTY)
    assert store.histories.last_at(10) == (story.VERSIONS[-1].written_at if version >= 3 else None)
    assert store.contents().saves == store.saves
    assert store.newest_id > 0
    store.close()
    assert seen(folder) == before


def test_the_golden_vault_opens_by_paper_alone(golden):
    version, folder = golden
    _, paper = golden_secrets(version)
    for name in ("keys.a", "keys.b"):
        (folder / name).unlink()
    secrets = opening.secrets_from_recovery(folder, paper)
    assert recovery_text(secrets.recovery) == paper
    store = opening.open_store(folder, secrets)
    assert len(store.clients.all()) == 2
    store.close()


def test_the_golden_vault_has_a_digest_from_then_on(golden):
    version, folder = golden
    store = opening.open_store(folder, opening.find_secrets(folder, golden_secrets(version)[0]))
    assert store.digest == digest.recount(store._database)
    with store.transaction():
        store.clients.put(client(3))
    assert store.digest == digest.recount(store._database)
    saves = store.saves
    store.close()
    again = opening.open_store(folder, opening.find_secrets(folder, golden_secrets(version)[0]))
    assert again.saves == saves
    again.close()


def test_a_fresh_schema_equals_a_migrated_one(golden, folder, secrets):
    version, old = golden
    passphrase, _ = golden_secrets(version)
    old_secrets = opening.find_secrets(old, passphrase)
    opening.open_store(old, old_secrets).close()
    migrated, fresh = raw(old, old_secrets), raw(folder, secrets)
    assert shape(migrated) == shape(fresh)
    assert migrated.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)
    assert migrated.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert migrated.execute("PRAGMA foreign_key_check").fetchall() == []
    migrated.close()
    fresh.close()


def version_2(folder, secrets):
    """Return a vault as the second version made it, with answers that link."""
    (folder / "notes.db").write_bytes(b"")
    database = open_database(folder / "notes.db", secrets.data_key, secrets.vault_id, schema.SCHEMA_VERSION)
    schema.migrate(database, schema.STEPS[:2])
    with database.transaction():
        put = "INSERT INTO client (id, created_at, form_version, answers) VALUES (1, ?, 1, '{}')"
        database.run(put, (WHEN,))
        for id in (10, 11, 12):
            database.run(_ENTRY, _of(id, 1))
        put = "INSERT INTO {} (entry, answers) VALUES (?, ?)"
        database.run(put.format("record_answer"), (11, '{"about":[10,12,10],"who":[{"contact":12}],"n":3}'))
        for id, mine in ((11, '{"mine":[10]}'), (12, '{"rows":[{"at":11}]}')):
            database.run(put.format("private_answer"), (id, mine))
    return database


WHEN = "2026-03-05T10:00:00.000000+00:00"
_ENTRY = f"INSERT INTO entry VALUES ({', '.join('?' * 15)})"


def _of(id, client):
    return id, client, None, "goal", 1, "goal", "2026-03-05", "", WHEN, WHEN, 1, 0, "finished", "", None


def test_links_in_old_answers_are_known_from_then_on(folder, secrets):
    version_2(folder, secrets).close()
    store = opening.open_store(folder, secrets)
    links = store._database.rows("SELECT source, key, target FROM link ORDER BY key, target")
    assert links == [(11, "about", 10), (11, "about", 12), (11, "mine", 10), (11, "who", 12)]
    assert [one.id for one in store.entries.linking_to(10)] == [11]
    store.close()


def test_an_entry_needs_no_client_at_once_after_the_step(folder, secrets):
    """The table's own text was changed: the very connection that did it must know. Before the step it is refused."""
    database = version_2(folder, secrets)
    with pytest.raises(StatementError), database.transaction():
        database.run(_ENTRY, _of(13, None))
    schema.migrate(database)
    store = Store(folder, database, secrets)
    with store.transaction():
        store.entries.put(entry(13, client=None), frozenset())
    assert store.entries.of_nobody() == [entry(13, client=None)]
    assert list(steps(store.recounting())) == [True]
    assert database.rows("PRAGMA integrity_check") == [("ok",)]
    assert database.rows("PRAGMA foreign_key_check") == []
    assert database.row("PRAGMA writable_schema") == (0,)
    store.close()


def steps(recounting):
    """Yield what a recounting finds at its end."""
    while True:
        try:
            next(recounting)
        except StopIteration as end:
            yield end.value
            return


def add_column(database):
    database.run("ALTER TABLE client ADD COLUMN more TEXT")


def stop_half_way(database):
    database.run("CREATE TABLE half (a)")
    raise LookupError


def test_a_step_that_stops_leaves_the_version_before_it(store):
    database = store._database
    saves = store.saves
    with pytest.raises(LookupError):
        schema.migrate(database, (*schema.STEPS, add_column, stop_half_way))
    assert database.row("PRAGMA user_version") == (schema.SCHEMA_VERSION + 1,)
    assert database.row("SELECT count(*) FROM sqlite_master WHERE name = 'half'") == (0,)
    assert database.rows("SELECT more FROM client") == []
    assert store.saves == saves + 1


def test_nothing_is_done_where_nothing_is_to_do(store):
    saves = store.saves
    schema.migrate(store._database)
    assert store.saves == saves


def test_a_vault_from_before_all_of_its_version_was_there_gets_the_rest(folder, secrets):
    with closing(raw(folder, secrets)) as connection:
        whole = shape(connection)
        connection.execute("DROP TABLE kept_story")
        connection.execute("DROP INDEX draft_of_client")
        assert shape(connection) != whole
    store = opening.open_store(folder, secrets)
    before = store.saves
    with store.transaction():
        store.clients.put(client(1))
    assert store.saves == before + 1
    assert digest.agrees(store._database)
    store.close()
    with closing(raw(folder, secrets)) as connection:
        assert shape(connection) == whole
