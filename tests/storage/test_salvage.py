"""A damaged vault becomes a new one: what is whole is there under its id, nothing is wrong, nothing old is touched."""

import os
import shutil

import pytest
from salvage_cases import (
    MEANING,
    PAGE,
    compare,
    copied,
    leaf_with,
    moment,
    pages_of,
    roots,
    rows,
    saved,
    schema_pages,
    spoil,
)
from vault_cases import PASSPHRASE, raw, seen

from alliance_desktop.domain import errors
from alliance_desktop.domain.backup_errors import BackupStoppedError
from alliance_desktop.domain.key_errors import OldSheetError
from alliance_desktop.domain.salvage_errors import NothingSavedError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.keyfile import FROM_RECOVERY, secrets_of
from alliance_desktop.storage import backup_file, opening, pages, sheets
from alliance_desktop.storage.salvage import orphans
from alliance_desktop.storage.salvage.choosing import SideFile
from alliance_desktop.storage.salvage.shapes import TABLES, USUAL_ROOTS
from alliance_desktop.storage.salvage.work import salvage


def is_as_counted(store) -> bool:
    steps = store.recounting()
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return bool(done.value)


def opens(folder, secrets):
    """Open a vault with all its checks, and close it again; return what it says of itself."""
    store = opening.open_store(folder, copied(secrets))
    try:
        assert is_as_counted(store)
        return store.saves, store.key_generation, store.sample, store.settings.get("salvage report")
    finally:
        store.close()


# -- a whole vault, and what the new one is -------------------------------------------------------------------------


def test_of_a_whole_vault_every_row_is_saved_and_the_digest_proves_it(full, secrets, new, truth) -> None:
    before = opens(full, secrets)
    report = saved(full, secrets, new)
    assert report.agrees is True
    assert (report.bad_pages, report.refused, report.to_private, report.side) == (0, 0, 0, SideFile.NONE)
    assert (report.lost_notes, report.lost_addenda, report.lost_versions) == (0, 0, 0)
    assert compare(truth, rows(new, secrets)) == (sum(map(len, truth.values())),) * 2 + ([],)
    assert rows(new, secrets) == truth
    saves, generation, sample, kept = opens(new, secrets)
    assert saves > before[0]
    assert (generation, sample) == before[1:3]
    assert kept["saved"] == report.saved


def test_days_and_open_strains_follow_from_what_is_there(full, secrets, new) -> None:
    saved(full, secrets, new)
    asked = "SELECT id, last_on, open_strains FROM client ORDER BY id"
    one, other = raw(full, secrets), raw(new, secrets)
    assert one.execute(asked).fetchall() == other.execute(asked).fetchall()
    one.close()
    other.close()


def test_the_same_passphrase_and_the_same_sheet_open_the_new_vault(full, secrets, new) -> None:
    saved(full, secrets, new)
    found = opening.find_secrets(new, PASSPHRASE)
    assert found.data_key == secrets.data_key
    assert (new / "notes.db").read_bytes()[:16] == secrets.vault_id
    assert sorted(one.name for one in new.iterdir()) == ["keys.a", "keys.b", "notes.db"]


@pytest.mark.parametrize("of", ["folder", "backup"])
def test_an_old_sheet_is_known_as_old_in_the_new_vault_too(full, secrets, new, of) -> None:
    before = secrets_of(os.urandom(20), secrets.vault_id, FROM_RECOVERY)
    sheets.keep_replaced(full, before.recovery, before.vault_id)
    place = full
    if of == "backup":
        place = full / "backups" / "2026-03-05T1000Z-s000009.vbak"
        place.parent.mkdir()
        notes, key = (full / "notes.db").read_bytes(), (full / "keys.a").read_bytes()
        place.write_bytes(notes + backup_file.tail_of(key))
    saved(place, secrets, new)
    with pytest.raises(OldSheetError):
        opening.open_store(new, before)


@pytest.mark.parametrize("bad", [(), (1,), (3, 9)])
def test_the_damaged_folder_is_only_read(full, secrets, new, bad) -> None:
    spoil(full / "notes.db", *bad)
    (full / "notes.db-wal").write_bytes(b"left by something")
    was = seen(full), {one: one.stat().st_mtime_ns for one in [full, *full.rglob("*")]}
    saved(full, secrets, new)
    assert (seen(full), {one: one.stat().st_mtime_ns for one in [full, *full.rglob("*")]}) == was


def test_the_usual_roots_are_those_of_a_fresh_vault(folder, secrets) -> None:
    assert roots(folder, secrets) == USUAL_ROOTS


def test_every_table_of_a_fresh_vault_has_a_shape(folder, secrets) -> None:
    connection = raw(folder, secrets)
    for name in [one for (one,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        # All that search says follows from the other tables.
        assert name.startswith(("search_", "kept_")) or list(TABLES[name].columns) == columns
    connection.close()


# -- bad pages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [1, 2, 3, 4])
def test_after_any_single_bad_page_no_row_is_wrong_and_the_new_vault_is_in_order(
    full_once, secrets, tmp_path, truth, first
) -> None:
    """Every page of the file, a quarter of them in each test: all in one come near the limit of a slow machine."""
    notes = (full_once[0] / "notes.db").read_bytes()
    hurt = shutil.copytree(full_once[0], tmp_path / "Hurt.vault")
    for number in range(first, len(notes) // PAGE + 1, 4):
        (hurt / "notes.db").write_bytes(notes)
        spoil(hurt / "notes.db", number)
        new = tmp_path / f"New {number}.vault"
        report = saved(hurt, secrets, new)
        found = compare(truth, rows(new, secrets))
        assert (report.bad_pages, found.wrong) == (1, []), number
        opens(new, secrets)


@pytest.mark.parametrize("tree", ["entry", "record_answer", "private_answer", "record_version"])
def test_an_inner_page_lost_loses_no_row(full, secrets, new, truth, trees, tree) -> None:
    assert pages_of(full, secrets).plain(trees[tree])[0] == 5, "an inner page"
    spoil(full / "notes.db", trees[tree])
    saved(full, secrets, new)
    assert rows(new, secrets) == truth


def test_without_looking_at_loose_pages_an_inner_page_lost_takes_its_table_along(
    full, secrets, new, truth, trees, monkeypatch
) -> None:
    monkeypatch.setattr(orphans, "leaves", lambda *_: ([], 1))
    spoil(full / "notes.db", trees["record_answer"])
    saved(full, secrets, new)
    assert rows(new, secrets)["record_answer"] == {}


def test_the_schema_lost_loses_nothing_where_the_digest_proves_the_usual_roots(full, secrets, new, truth) -> None:
    assert len(schema_pages(full, secrets)) > 1
    spoil(full / "notes.db", *schema_pages(full, secrets))
    report = saved(full, secrets, new)
    assert report.agrees is True
    assert rows(new, secrets) == truth


def test_the_schema_and_another_lost_puts_what_cannot_be_told_on_the_private_side(
    full, secrets, new, truth, trees
) -> None:
    spoil(full / "notes.db", *schema_pages(full, secrets), trees["setting"])
    report = saved(full, secrets, new)
    found = rows(new, secrets)
    assert compare(truth, found).wrong == []
    assert found["record_answer"] == truth["record_answer"], "their keys tell"
    assert found["record_addendum"] == {}, "nothing tells of an addendum"
    assert found["private_addendum"] == truth["private_addendum"] | truth["record_addendum"]
    assert report.to_private == len(found["private_addendum"])


def test_a_private_word_never_gets_into_the_record(full, secrets, new, trees) -> None:
    unknowing = MEANING._replace(is_private=lambda *_: None, card_of=lambda _: None)
    lost = [trees[name] for name in ("record_answer", "private_answer", "setting")]
    spoil(full / "notes.db", *schema_pages(full, secrets), *lost)
    salvage(full, secrets, new, unknowing, now=moment, random=os.urandom)
    found = rows(new, secrets)
    assert found["record_answer"] == {}
    texts = "".join(str(row) for row in found["private_answer"].values())
    assert "reflection 1001" in texts
    assert "record 1001" in texts, "both sides of one note stand together on the private one"


def test_the_index_tells_whose_a_lost_note_was_and_which_day(full, secrets, new, truth) -> None:
    whole = pages_of(full, secrets)
    entry_leaf = leaf_with(whole, b"session_note")
    spoil(full / "notes.db", entry_leaf)
    report = saved(full, secrets, new)
    found = rows(new, secrets)
    made = [key for key in truth["entry"] if found["entry"].get(key) != truth["entry"][key]]
    assert made
    assert None in {truth["entry"][key][1] for key in made}, "one is the counsellor's own"
    assert len(report.bare_notes) == len(made)
    at = dict(zip(TABLES["entry"].columns, range(15), strict=True))
    for key in made:
        for column in ("client", "arc", "happened_on", "sequence", "form", "card"):
            assert found["entry"][key][at[column]] == truth["entry"][key][at[column]]
        assert found["entry"][key][at["state"]] == "finished"
    assert found["record_answer"] == truth["record_answer"]


def test_where_the_clients_index_is_lost_too_nobody_is_taken_for_the_counsellor(full, secrets, new, truth, trees):
    entry_leaf = leaf_with(pages_of(full, secrets), b"session_note")
    spoil(full / "notes.db", entry_leaf, trees["entry_of_client"])
    report = saved(full, secrets, new)
    found = rows(new, secrets)["entry"]
    made = [key for key in truth["entry"] if found.get(key) != truth["entry"][key]]
    assert len(made) == len(report.bare_notes) > 0
    assert all(found[key][1] is not None for key in made)


def test_clients_lost_get_a_name_to_stand_under_and_keep_their_ids(full, secrets, new, truth, trees) -> None:
    spoil(full / "notes.db", trees["client"])
    report = saved(full, secrets, new)
    store = opening.open_store(new, copied(secrets))
    clients = store.clients.all()
    assert {one.id for one in clients} == set(truth["client"])
    assert {one.called for one in clients} == {"Recovered without details"}
    assert (report.bare_clients, report.saved["client"]) == (6, 0)
    of_each = [sum(row[1] == one.id for row in truth["entry"].values()) for one in clients]
    there = [*(store.entries.of_client(one.id) for one in clients), store.entries.in_bin()]
    assert sum(map(len, there)) == sum(of_each)
    store.close()


def test_strains_and_what_was_taken_back_are_put_together_again(full, secrets, new, truth, trees) -> None:
    spoil(full / "notes.db", trees["arc"])
    report = saved(full, secrets, new)
    assert report.bare_strains == 6
    store = opening.open_store(new, copied(secrets))
    one = store.arcs.get(101)
    assert (one.client, one.status, one.form) == (1, "noticed", "session_note")
    assert [event.undoes for event in store.arcs.events(101)] == [None, None, 300]
    store.close()


# -- whose vault, whose key -----------------------------------------------------------------------------------------


def test_the_paper_suffices_where_the_head_and_both_key_files_are_lost_and_a_backup_names_the_vault(
    full, secrets, new, truth
) -> None:
    kept = (full / "notes.db").read_bytes()
    (full / "backups").mkdir()
    tail = backup_file.tail_of((full / "keys.a").read_bytes())
    (full / "backups" / backup_file.name_of(moment(), 7)).write_bytes(kept + tail)
    for name in ("keys.a", "keys.b"):
        (full / name).unlink()
    (full / "notes.db").write_bytes(bytes(16) + kept[16:])
    paper = secrets_of(secrets.recovery, bytes(16), FROM_RECOVERY)
    report = saved(full, paper, new)
    assert not report.has_key_file
    assert rows(new, secrets) == truth
    assert (new / "notes.db").read_bytes()[:16] == secrets.vault_id


def test_a_backup_file_can_be_read_as_well_also_cut_short(full, secrets, new, tmp_path, truth) -> None:
    data = (full / "notes.db").read_bytes()
    whole = tmp_path / backup_file.name_of(moment(), 41)
    whole.write_bytes(data + backup_file.tail_of((full / "keys.a").read_bytes()))
    assert saved(whole, secrets, new).has_key_file
    assert rows(new, secrets) == truth
    assert opens(new, secrets)[0] >= 41
    cut = tmp_path / "cut.vbak"
    cut.write_bytes(data[: len(data) // 2 + 77])
    report = saved(cut, secrets, tmp_path / "Cut.vault")
    found = compare(truth, rows(tmp_path / "Cut.vault", secrets))
    assert found.wrong == []
    assert 20 < found.share < 100
    assert report.agrees is not True


def test_saves_are_counted_on_from_what_this_computer_saw(full, secrets, new) -> None:
    saved(full, secrets, new, seen_saves=900)
    assert opens(new, secrets)[0] > 900


def test_a_key_that_fits_nothing_saves_nothing(full, secrets, new) -> None:
    other = secrets_of(os.urandom(20), secrets.vault_id, FROM_RECOVERY)
    with pytest.raises(errors.WrongRecoveryKeyError):
        saved(full, other, new)
    with pytest.raises(errors.KeysOfAnotherVaultError):
        saved(full, secrets_of(os.urandom(20), secrets.vault_id, 1), new)
    assert not new.exists()


def test_a_passphrase_that_is_no_longer_valid_does_not_get_in_this_way(full, secrets, new) -> None:
    store = opening.open_store(full, copied(secrets))
    store.keep_key_generation(3)
    store.close()
    with pytest.raises(errors.OldKeyFileError):
        saved(full, secrets, new)


def test_a_vault_of_a_newer_program_is_left_to_it(full, secrets, new) -> None:
    connection = raw(full, secrets)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(errors.NewerVersionError):
        saved(full, secrets, new)


def test_a_vault_that_is_open_here_is_not_read(full, secrets, new) -> None:
    store = opening.open_store(full, copied(secrets))
    with pytest.raises(errors.VaultInUseError):
        saved(full, secrets, new)
    store.close()


# -- what stands in the way -----------------------------------------------------------------------------------------


def test_nothing_is_overwritten_and_nothing_half_made_is_left(full, secrets, new) -> None:
    new.mkdir()
    (new / "letter.txt").write_text("keep me")
    with pytest.raises(errors.VaultExistsError):
        saved(full, secrets, new)
    assert [one.name for one in new.iterdir()] == ["letter.txt"]
    assert sorted(one.name for one in new.parent.iterdir() if "making" in one.name) == []


@pytest.mark.parametrize("after", [0.0, 0.2, 0.55, 0.85])
def test_stopped_at_any_point_nothing_is_left(full, secrets, new, after) -> None:
    told: list[float] = []
    was = sorted(one.name for one in new.parent.iterdir())
    with pytest.raises(BackupStoppedError):
        saved(full, secrets, new, watch=Watch(told.append, lambda: bool(told) and told[-1] >= after))
    assert sorted(one.name for one in new.parent.iterdir()) == was


def test_it_tells_how_far_it_is_without_going_back(full, secrets, new) -> None:
    told: list[float] = []
    saved(full, secrets, new, watch=Watch(told.append))
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_with_nothing_left_to_save_no_empty_vault_is_made(folder, secrets, new) -> None:
    with pytest.raises(NothingSavedError):
        saved(folder, secrets, new)
    assert not new.exists()


def test_the_page_check_of_opening_and_this_one_agree(full, secrets) -> None:
    whole = pages_of(full, secrets)
    assert all(whole.is_sealed(number) for number in range(1, whole.count + 1))
    assert pages.fit(full / "notes.db", secrets.data_key, secrets.vault_id) is pages.Fit.OPENS
