"""A damaged vault with the tables of version 3, and damaged vaults of the versions before it."""

import os
import shutil
from pathlib import Path

import pytest
from salvage_cases import MEANING, compare, copied, leaf_with, moment, pages_of, roots, rows, saved, schema_pages, spoil
from vault_cases import raw

from alliance_desktop.storage import opening
from alliance_desktop.storage.salvage.shapes import REWRITTEN_ROOTS, TABLES, fitted
from alliance_desktop.storage.salvage.walking import Row
from alliance_desktop.storage.salvage.work import salvage

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def test_a_row_is_taken_for_no_other_tables_row_than_its_twins(truth) -> None:
    """Its own control: the two sides of one kind cannot be told apart by shape, and are told by their keys."""
    keyed = [name for name, shape in TABLES.items() if shape.keyed]
    links = {at: (at, *row) for at, row in enumerate(truth["link"].values())}
    twins = 0
    for name in keyed:
        whole = {"client": {}, "link": links}.get(name, truth[name])
        for key, row in (whole or {1: (1, "2026-03-05T10:00:00+00:00", 1, "{}", None, 0)}).items():
            fitting = [one for one in keyed if fitted(one, Row(key, (None, *row[1:]), ())) is not None]
            side, _, kind = name.partition("_")
            expected = [f"record_{kind}", f"private_{kind}"] if side in {"record", "private"} else [name]
            assert fitting == expected
            twins += len(fitting) == 2
    assert twins > 100


def test_a_private_word_of_an_earlier_version_never_gets_into_the_record(full, secrets, new, truth, trees) -> None:
    lost = [trees[name] for name in ("record_version", "private_version", "setting")]
    spoil(full / "notes.db", *schema_pages(full, secrets), *lost)
    report = saved(full, secrets, new)
    found = rows(new, secrets)
    assert compare(truth, found).wrong == []
    assert found["record_version"]
    assert not any("reflection" in row[-1] for row in found["record_version"].values())
    unknowing = MEANING._replace(is_private=lambda *_: None, card_of=lambda _: None)
    salvage(full, secrets, other := new.with_name("Other.vault"), unknowing, now=moment, random=os.urandom)
    unsure = rows(other, secrets)
    assert unsure["record_version"] == {}
    assert set(unsure["private_version"]) >= set(found["record_version"])
    assert report.lost_versions == 0, "the indexes that tell of them are lost as well"


def test_earlier_versions_that_only_the_index_tells_of_are_counted(full, secrets, new, truth) -> None:
    spoil(full / "notes.db", leaf_with(pages_of(full, secrets), b"record once"))
    report = saved(full, secrets, new)
    there = rows(new, secrets)["record_version"]
    assert report.lost_versions == len(truth["record_version"].keys() - there.keys()) > 0


def test_links_are_made_from_the_answers_and_not_believed(full, secrets, new, truth) -> None:
    connection = raw(full, secrets)
    connection.execute("INSERT INTO link (source, key, target) VALUES (1000, 'about', 1001)")
    connection.execute("DELETE FROM link WHERE source = 1005")
    connection.close()
    assert rows(full, secrets)["link"] != truth["link"]
    saved(full, secrets, new)
    assert rows(new, secrets)["link"] == truth["link"]


def test_the_usual_roots_of_a_rewritten_vault_are_known_as_well(full, secrets, new, truth) -> None:
    store = opening.open_store(full, copied(secrets))
    store.rewrite()
    store.close()
    assert roots(full, secrets) == REWRITTEN_ROOTS
    spoil(full / "notes.db", *schema_pages(full, secrets))
    assert saved(full, secrets, new).agrees is True
    assert rows(new, secrets) == truth


def test_an_event_a_version_and_the_bin_keep_the_entry_they_rest_on(full, secrets, new) -> None:
    connection = raw(full, secrets)
    connection.execute("PRAGMA foreign_keys=OFF")
    for table in ("record_answer", "private_answer", "record_addendum", "private_addendum"):
        connection.execute(f"DELETE FROM {table} WHERE entry IN (1003, 1005, 1013)")
    connection.execute("DELETE FROM entry WHERE id IN (1003, 1005, 1013)")
    connection.execute("DELETE FROM entry_event WHERE entry = 1003")
    connection.execute("DELETE FROM binned WHERE entry = 1013")
    connection.execute("DELETE FROM client WHERE id = 1")
    connection.close()
    report = saved(full, secrets, new)
    store = opening.open_store(new, copied(secrets))
    assert (len(report.bare_notes), report.bare_clients) == (3, 2), "one is whose they are, as nothing tells it"
    assert store.entries.get(1003).binned_at is not None
    assert store.histories.versions(1005)[0].answers["own"] == "reflection once 1005"
    assert len(store.histories.events(1013)) == 1
    assert store.put_offs.all()[0].client == 1
    store.close()


@pytest.mark.parametrize("version", [1, 2, 3])
@pytest.mark.parametrize("bad", [(), (1,)], ids=["whole", "page 1 lost"])
def test_a_vault_of_an_earlier_version_is_saved_as_whole_as_ever(tmp_path, new, version, bad) -> None:
    old = shutil.copytree(GOLDEN / f"v{version}.vault", tmp_path / "Old.vault")
    told = dict(line.split(": ", 1) for line in (GOLDEN / f"v{version}.txt").read_text("utf-8").splitlines())
    own = opening.find_secrets(old, told["passphrase"])
    truth = everything(shutil.copytree(old, tmp_path / "Opened.vault"), own)
    spoil(old / "notes.db", *bad)
    report = salvage(old, copied(own), new, meaning_of_golden(), now=moment, random=os.urandom)
    assert report.agrees is (None if version == 1 else True)
    assert (report.refused, report.bare_notes, report.bare_clients, report.lost_notes) == (0, [], 0, 0)
    if version > 1 or not bad:
        assert everything(new, own) == truth
        assert (report.to_private, report.perhaps_record, report.perhaps_reflection) == (0, [], [])


def meaning_of_golden():
    return MEANING._replace(is_private=lambda _form, _version, _card, key: key == "own_part")


def everything(folder, secrets):
    """Return every row of a vault as it opens, by table."""
    opening.open_store(folder, copied(secrets)).close()
    found = rows(folder, secrets)
    connection = raw(folder, secrets)
    found["follows"] = connection.execute("SELECT id, last_on, open_strains FROM client").fetchall()
    connection.close()
    return found
