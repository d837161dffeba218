"""Every vault ever made opens: the golden ones, and any that stopped half-way to a newer schema."""

import importlib.util
import re
import shutil
from pathlib import Path

import pytest
from vault_cases import client, raw

from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.storage import digest, opening, schema

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
    with store.transaction():
        store.clients.put(client(3))
    store.close()


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
