"""The index of the search follows every write, is no part of what the vault says, and lets go of what is removed."""

import datetime
import shutil
from pathlib import Path

import pytest
from salvage_cases import copied, saved
from search_cases import PRIVATE, found, noted, put_in, told, words_left, write
from vault_cases import BEGAN, addendum, client, raw, seen

from alliance_desktop.domain.search.asking import asked
from alliance_desktop.storage import digest, opening, schema, search_tables
from alliance_desktop.storage.database import open_database
from alliance_desktop.storage.search import MOST_IN_ALL, MOST_RANKED, SearchRows, Subject, Told, Wanted

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("quiet", [10]),
        ("QUI", [10]),
        ("nguyen", [10]),
        ("strasse", [11]),
        ("小龙", [12]),
        ("龙小", []),
        ("ชาย", [12]),
        ("👩‍👧", [12]),
        ('"went quiet"', [10]),
        ('"quiet went"', []),
        ('"wen"', []),
        ("we", [11, 10]),
        ("we she", [10]),
        ("afraid", []),
        ("c1", [-1]),
        ("¦", []),
    ],
)
def test_what_is_typed_is_found_newest_first(filled, typed, ids) -> None:
    assert found(filled, typed) == ids


def test_private_words_kinds_days_and_parts_only_when_asked(filled) -> None:
    assert found(filled, "quiet", private=True) == [12, 10]
    assert found(filled, "afraid quiet", private=True) == [10]
    assert found(filled, "quiet", private=True, kinds=["contact"]) == [12]
    assert found(filled, "quiet", private=True, kinds=["session_note", "contact"]) == [12, 10]
    assert found(filled, "c1", kinds=["session_note"]) == []
    assert found(filled, "we", first=(BEGAN + DAY).date()) == [11]
    assert found(filled, "we", last=(BEGAN + DAY).date()) == [10]
    assert found(filled, "uie") == []
    assert found(filled, "uie", inside=True) == [10]


def test_words_of_the_private_side_are_in_nobodys_way_and_are_not_told_of(store) -> None:
    many = " ".join(f"zeb{chr(97 + one // 26)}{chr(97 + one % 26)}" for one in range(500))
    write(store, noted(10, own=many), noted(11, facts="The zebrafinches sang"))
    put_in(store)
    for more in ({}, {"inside": True}):
        what = asked("zeb", **more)
        (of_record, of_both) = (store.search.newest(Wanted(what, private=one), 9) for one in (False, True))
        assert [one.subject.entry for one in of_record.found] == [11]
        assert not of_record.widened_cut
        assert 10 in [one.subject.entry for one in of_both.found]
        assert of_both.widened_cut, "its own control: there are too many of them"
    with store.transaction():
        store.entries.put(noted(10), PRIVATE)
    put_in(store)
    store.rewrite()
    assert store._database.rows("SELECT private, word FROM search_word WHERE word LIKE 'zeb%'") == [(0, "zebrafinches")]


def test_a_page_of_words_is_widened_to_no_more_than_a_few_are(store) -> None:
    words = [f"{first}{second}{third}" for first in "abcdefgh" for second in "klmn" for third in "abcdefghij"]
    write(store, noted(10, facts=" ".join(f"{one}{end}" for one in words for end in "uvwxyz")))
    put_in(store)
    page = " ".join(f"{first}{second}" for first in "abcdefgh" for second in "klmn")
    expression, cut = store.search._expression(Wanted(asked(page)))
    assert (expression.count('"') // 2, cut) == (MOST_IN_ALL, True)
    assert found(store, page) == [10]


def test_what_comes_next_is_told_page_by_page(store) -> None:
    write(store, *(noted(id, "quiet", after=id % 5) for id in range(10, 30)))
    put_in(store)
    for look in (store.search.newest, store.search.best):
        pages, beyond = [], None
        while not pages or beyond is not None:
            places = look(Wanted(asked("quiet")), 8, beyond)
            pages.append([one.subject.entry for one in places.found])
            beyond = places.beyond
        assert [len(one) for one in pages] == [8, 8, 4]
        found_ids = [id for one in pages for id in one]
        assert sorted(found_ids) == list(range(10, 30))
        days = [id % 5 for id in found_ids]
        assert days == sorted(days, reverse=True)


def test_best_first_is_where_it_stands_most_often_and_says_when_not_all_was_ranked(store) -> None:
    write(store, noted(10, "quiet " * 9, after=0), noted(11, "quiet and much more that was said that day", after=2))
    put_in(store)
    places = store.search.best(Wanted(asked("quiet")), 50)
    assert [one.subject.entry for one in places.found] == [10, 11]
    assert not places.ranked_cut
    many = [(Subject(entry=id), Told(BEGAN.date(), "x", ["quiet"], [])) for id in range(100, 100 + MOST_RANKED)]
    store.search.put(many)
    assert store.search.best(Wanted(asked("quiet")), 50).ranked_cut


def test_an_index_is_merged_little_by_little_and_finds_the_same(store) -> None:
    write(store, *(noted(id, f"quiet kite{id}", "mine") for id in range(10, 70)))
    while due := store.search.due(3):
        store.search.put([(one, told(store, one)) for one in due])
    with store.transaction():
        store.entries.remove(10)
    put_in(store)

    def parts():
        return store._database.rows("SELECT count(DISTINCT segid) FROM search_index_idx")[0][0]

    saves, before = store.saves, found(store, "quiet kite")
    assert parts() > 1
    more, begin = True, True
    while more:
        more, begin = store.search.merge(begin=begin), False
    assert parts() == 1
    assert found(store, "quiet kite") == before
    assert store.saves == saves


def test_a_word_with_very_many_beginnings_says_that_some_were_left_out(store) -> None:
    write(store, noted(10, " ".join(f"con{at}" for at in range(500))))
    put_in(store)
    places = store.search.newest(Wanted(asked("con")), 50)
    assert (len(places.found), places.widened_cut) == (1, True)
    assert not store.search.newest(Wanted(asked("con49")), 50).widened_cut


def test_of_too_many_words_the_shortest_stand_for_a_beginning_or_a_part(store) -> None:
    write(store, *(noted(10 + at, word) for at, word in enumerate(("heron", "hero", "she", "wherever", "heronry"))))
    put_in(store)
    begins = store.search._phrases(asked("hero").terms[0], 2, private=False)
    assert begins == ([["hero"], ["heron"]], True)
    inside = asked("he", inside=True).terms[0]
    assert store.search._phrases(inside, 2, private=False) == ([["she"], ["hero"]], True)
    every, too_many = store.search._phrases(inside, 9, private=True)
    assert (len(every), too_many) == (5, False), "a word of both sides is one word"
    assert store.search._phrases(asked("hawk").terms[0], 2, private=False) == ([["hawk"]], False)


def test_a_beginning_is_looked_for_where_it_stands_and_a_whole_word_among_no_others(filled) -> None:
    def of_words(typed, **more):
        look = Wanted(asked(typed, **more), private=True)
        return [one for one in plans(filled, lambda: filled.search.newest(look, 50)) if "search_word" in one]

    assert of_words('"quiet"') == []
    assert of_words("quie") == ["SEARCH search_word USING PRIMARY KEY (private=? AND word>? AND word<?)"]
    assert of_words("uie", inside=True) == ["SEARCH search_word USING PRIMARY KEY (private=?)"], "the control"


def _laid_down(folder, secrets):
    """Put very many words into the index; return the pages they take and the bytes of the longest block."""
    connection = raw(folder, secrets)
    ask = connection.execute
    (before,) = ask("PRAGMA page_count").fetchone()
    words = " ".join(f"{one:x}"[::-1] for one in range(10**6, 10**6 + 20_000))
    ask("INSERT INTO search_index (rowid, record, private, kind) VALUES (1, ?, '', 'contact')", (words,))
    (pages,) = ask("PRAGMA page_count").fetchone()
    (longest,) = ask("SELECT max(length(block)) FROM search_index_data").fetchone()
    connection.close()
    return pages - before, longest


def test_a_block_of_the_index_fits_into_one_page_also_in_an_older_vault(folder, secrets, tmp_path) -> None:
    older, fitted = (shutil.copytree(folder, tmp_path / f"{name}.vault") for name in ("Older", "Fitted"))
    for one in (older, fitted):
        connection = raw(one, secrets)
        connection.execute("DELETE FROM search_index_config WHERE k = 'pgsz'")
        connection.close()
    opening.open_store(fitted, copied(secrets)).close()
    pages, longest = _laid_down(folder, secrets)
    assert longest <= search_tables.BLOCK + 9
    assert _laid_down(fitted, secrets) == (pages, longest)
    more, longer = _laid_down(older, secrets)
    assert longer > longest
    assert more > pages * 1.05, "the control: most of a longer block lies in a second page"


def test_every_write_lets_the_index_follow_and_none_is_a_save_of_its_own(filled) -> None:
    store = filled
    saves, kept = store.saves, store.digest
    put_in(store)
    assert store.search.count_due() == 0
    steps = {
        "amended": (lambda: store.entries.put(noted(10, "loud now"), PRIVATE), ("loud", [10]), ("went", [])),
        "moved": (lambda: store.entries.put(noted(11, "Straße", after=9), PRIVATE), ("strasse", [11]), ("spoke", [])),
        "added to": (lambda: store.entries.add_addendum(addendum(1, entry=12, text="a kite")), ("kite", [12]), None),
        "binned": (lambda: store.bin.put(12, BEGAN), ("kite", []), ("小龙", [])),
        "put back": (lambda: store.bin.take(12), ("kite", [12]), ("小龙", [12])),
        "taken out": (lambda: store.entries.drop_addenda(12, [1]), ("kite", []), ("小龙", [12])),
        "renamed": (lambda: store.clients.put(client(1, answers={"code": "Robin"})), ("robin", [-1]), ("c1", [])),
        "removed": (lambda: store.entries.remove(12), ("小龙", []), None),
    }
    for act, there, gone in steps.values():
        with store.transaction():
            act()
        before = found(store, there[0])
        assert not set(before) - set(there[1]), "what is due is not told as it was"
        saves, kept = store.saves, store.digest
        put_in(store)
        assert found(store, there[0]) == there[1]
        assert gone is None or found(store, gone[0]) == gone[1]
        assert (store.saves, store.digest) == (saves, kept)
    assert store.digest == digest.recount(store._database)


def test_what_a_list_asks_for_makes_no_client_due(filled) -> None:
    with filled.transaction():
        filled.entries.put(noted(13, "new", after=8), PRIVATE)
    assert filled.search.due(9) == [Subject(entry=13)]


def test_what_is_removed_is_in_no_page_after_they_are_written_anew(folder, secrets) -> None:
    store = opening.open_store(folder, secrets)
    write(store, *(noted(10 + at, "kept words of every day " * 30, "mine " * 9) for at in range(40)))
    write(store, noted(99, "zquarkwort " * 200, "qxgeheimnis " * 9))
    put_in(store)
    with store.transaction():
        store.entries.remove(99)
    put_in(store)
    store.close()
    parts = ("quarkwort", "xgeheimnis")
    assert set(words_left(folder, secrets, *parts)) == set(parts), "its own control: the index keeps them until then"
    store = opening.open_store(folder, secrets)
    store.rewrite()
    assert found(store, "kept words") != []
    store.close()
    assert words_left(folder, secrets, *parts) == []
    assert words_left(folder, secrets, "kept") == ["kept"]


def test_what_was_written_and_removed_without_ever_being_put_in_leaves_nothing_either(filled, folder, secrets) -> None:
    with filled.transaction():
        filled.entries.remove(12)
    filled.rewrite()
    assert filled.search.due(9) == [Subject(entry=12)]
    words = filled._database.rows("SELECT word, private FROM search_word WHERE word IN ('inside', 'quiet')")
    assert words == [("quiet", 0)]
    assert found(filled, "quiet", private=True) == [10]


def through(steps):
    """Go through all steps and return what they find at their end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def test_the_looks_over_a_vault_hold_with_an_index(filled) -> None:
    database = filled._database
    assert database.rows("PRAGMA integrity_check") == [("ok",)]
    assert database.rows("PRAGMA foreign_key_check") == []
    assert through(filled.recounting()) is True
    assert not [one for one in filled.contents().rows if one.startswith("search_")]


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_an_older_vault_is_found_through_when_it_is_only_read_and_when_it_is_brought_up(tmp_path, version) -> None:
    folder = shutil.copytree(GOLDEN / f"v{version}.vault", tmp_path / "Golden.vault")
    passphrase = (GOLDEN / f"v{version}.txt").read_text("utf-8").splitlines()[0].removeprefix("passphrase: ")
    secrets = opening.find_secrets(folder, passphrase)
    before = seen(folder)
    for read_only in (True, False):
        store = opening.open_store(folder, secrets, read_only=read_only)
        assert store.search.count_due() >= 4
        put_in(store)
        assert store.search.count_due() == 0
        assert found(store, "Ж2") == [-2]
        assert found(store, "14:30") == [11]
        store.close()
        assert not read_only or seen(folder) == before
        secrets = opening.find_secrets(folder, passphrase)
    # What is whole needs none in memory.
    store = opening.open_store(folder, secrets, read_only=True)
    assert (found(store, "Ж2"), store.search.count_due()) == ([-2], 0)
    assert store._database.rows("SELECT name FROM temp.sqlite_schema WHERE name = 'search_due'") == []
    store.close()


def test_a_vault_that_is_only_read_tells_what_was_not_put_in_yet(filled, folder, secrets) -> None:
    with filled.transaction():
        filled.entries.put(noted(13, "a kite", after=20), PRIVATE)
        filled.bin.put(11, BEGAN)
    filled.close()
    store = opening.open_store(folder, secrets, read_only=True)
    put_in(store)
    assert found(store, "kite") == [13]
    assert found(store, "strasse") == []
    assert found(store, "nguyen") == [10]
    store.close()


def test_a_salvaged_vault_has_everything_put_in_anew(filled, folder, secrets, new) -> None:
    filled.close()
    saved(folder, secrets, new)
    store = opening.open_store(new, secrets)
    assert store.search.count_due() == 4
    put_in(store)
    assert found(store, "nguyen") == [10]
    store.close()


def test_the_version_before_marks_everything(folder, secrets) -> None:
    (folder / "notes.db").write_bytes(b"")
    database = open_database(folder / "notes.db", secrets.data_key, secrets.vault_id, schema.SCHEMA_VERSION)
    schema.migrate(database, schema.STEPS[:3])
    put = "INSERT INTO client (id, created_at, form_version, answers) VALUES (7, ?, 1, '{}')"
    with database.transaction():
        database.run(put, ("2026-03-05T10:00:00.000000+00:00",))
    schema.migrate(database)
    assert SearchRows(database).due(9) == [Subject(client=7)]
    database.close()


# -- the plans ------------------------------------------------------------------------------------------------------

BIG = {"entry", "record_answer", "private_answer", "record_addendum", "private_addendum", "client", "search_place"}


def plans(store, act):
    """Return every step of the plans of all questions that an act asks."""
    database, asked_for = store._database, []
    plain = database.rows

    def listening(sql, values=()):
        asked_for.append((sql, values))
        return plain(sql, values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "rows", listening)
        act()
    selects = [one for one in asked_for if one[0].lstrip().startswith("SELECT")]
    assert selects
    return [str(step[3]) for sql, values in selects for step in plain(f"EXPLAIN QUERY PLAN {sql}", values)]


def scans(steps):
    return [one for one in steps if one.startswith("SCAN") and one.split()[1] in BIG]


def test_no_search_goes_through_all_rows(filled) -> None:
    for look in (filled.search.newest, filled.search.best):
        for more in ({}, {"private": True, "kinds": ["contact"], "first": BEGAN.date()}):
            assert scans(plans(filled, lambda look=look, more=more: look(Wanted(asked("quiet we"), **more), 50))) == []
    ids = [10, 11, 12]
    assert scans(plans(filled, lambda: filled.entries.among(ids) + filled.entries.addenda_among(ids))) == []
    assert scans(plans(filled, lambda: filled.search.due(8))) == []
    assert scans(plans(filled, filled.entries.of_nobody)) != [], "its own control: a question that does is seen"


def test_the_file_says_nothing_of_a_search(filled, folder, secrets) -> None:
    found(filled, "zebrafinch quagga")
    filled.close()
    assert words_left(folder, secrets, "zebrafinch", "quagga", "ebrafinch") == []
    assert words_left(folder, secrets, "quiet") == ["quiet"]
    connection = raw(folder, secrets)
    assert connection.execute("SELECT count(*) FROM search_word WHERE word = 'quiet'").fetchone() == (2,)
    connection.close()
