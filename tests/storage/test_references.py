"""What rests on other rows finds them: told from the rows where the rules are of the usual kind, and else asked."""

import shutil

import pytest
from vault_cases import arc, client, entry, event, raw

from alliance_desktop.storage import digest, opening, references, schema
from alliance_desktop.storage.database import open_to_read
from alliance_desktop.storage.references import References
from alliance_desktop.storage.soundness import Amiss, first_amiss

FINE = (
    "UPDATE entry SET client = NULL, arc = NULL",
    "CREATE TABLE later (id INTEGER PRIMARY KEY, whose INTEGER REFERENCES client (id))",
    "CREATE TABLE later (name TEXT PRIMARY KEY, rests TEXT REFERENCES later (name)) STRICT, WITHOUT ROWID",
)
MISSING = (
    "DELETE FROM client WHERE id = 2",
    "DELETE FROM entry WHERE id = 10",
    "UPDATE status_event SET undoes = 77",
    "UPDATE arc SET client = -1",
)
UNUSUAL = {
    "a key that is not named": "CREATE TABLE later (whose INTEGER REFERENCES client)",
    "a key of two columns": "CREATE TABLE pair (a, b, PRIMARY KEY (a, b)); "
    "CREATE TABLE later (whose, more, FOREIGN KEY (whose, more) REFERENCES pair (a, b))",
    "a key that is no primary one": "CREATE TABLE other (id INTEGER PRIMARY KEY, name UNIQUE); "
    "CREATE TABLE later (whose REFERENCES other (name))",
    "a table that is not gone through": "CREATE TABLE kept_later (whose INTEGER REFERENCES client (id))",
    "a table that is not there": "CREATE TABLE later (whose INTEGER REFERENCES nobody (id))",
}


@pytest.fixture(scope="module")
def written(made_once, tmp_path_factory):
    folder = shutil.copytree(made_once[0], tmp_path_factory.mktemp("resting") / "Resting.vault")
    store = opening.open_store(folder, made_once[1])
    with store.transaction():
        for id in (1, 2):
            store.clients.put(client(id))
        store.arcs.put(arc(5, 2))
        store.arcs.add_event(event(1))
        store.entries.put(entry(10, answers={"facts": "words"}), frozenset())
        store.entries.put(entry(11, arc=5), frozenset())
    store.close()
    return folder


@pytest.fixture
def notes(written, tmp_path):
    return shutil.copytree(written, tmp_path / "Notes.vault")


def change(folder, secrets, statements):
    connection = raw(folder, secrets)
    for statement in statements.split("; "):
        connection.execute(statement).fetchall()
    connection.close()


def told(folder, secrets):
    """Return what the rows tell, what the database is told when it is asked, and what a look at all of it finds."""

    def opened():
        return open_to_read(folder / "notes.db", secrets.data_key, secrets.vault_id, schema.SCHEMA_VERSION)

    database = opened()
    found = References(database)
    digest.recount(database, found)
    answer = found.all_found(), references.hold(database), first_amiss(database, opened, seals=None, words=False)
    database.close()
    return answer


def test_where_all_is_there_the_rows_tell_it_and_nothing_is_asked(notes, secrets) -> None:
    assert told(notes, secrets) == (True, True, None)


@pytest.mark.parametrize("fine", FINE)
def test_what_names_nothing_rests_on_nothing(notes, secrets, fine) -> None:
    change(notes, secrets, fine)
    assert told(notes, secrets)[:2] == (True, True)


@pytest.mark.parametrize("missing", MISSING)
def test_what_is_missing_is_told(notes, secrets, missing) -> None:
    change(notes, secrets, missing)
    assert told(notes, secrets) == (False, False, Amiss.REFERENCES)


@pytest.mark.parametrize("kind", UNUSUAL)
def test_a_rule_of_another_kind_is_asked_for(notes, secrets, kind) -> None:
    change(notes, secrets, UNUSUAL[kind])
    assert told(notes, secrets) == (False, True, None), "no row rests on anything by it"
    table = "kept_later" if "kept_later" in UNUSUAL[kind] else "later"
    values = "1, 2" if "more" in UNUSUAL[kind] else "99"
    change(notes, secrets, f"INSERT INTO {table} VALUES ({values})")
    assert told(notes, secrets) == (False, False, Amiss.REFERENCES)
