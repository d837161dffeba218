"""Writing and reading: one card is one entry, however often it is saved, and what is finished stays."""

import datetime

import msgspec
import pytest
from service_cases import NOTICE, PREFERRED_NOT, SPOKE, Clock, card, day, every_byte, files_no_longer_than
from sqlcipher3 import dbapi2

from alliance_desktop.domain.answers import About, dated
from alliance_desktop.domain.changes import Touched
from alliance_desktop.domain.entry import ArcId, ClientId, Mark, State
from alliance_desktop.domain.errors import DiskFullError, FinishedError, SaveFailedError, SaveWaitingError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import Notebook, WriteCard, newest


def room(vault: OpenVault) -> int:
    return (vault.folder / "notes.db").stat().st_size


def strain(notebook: Notebook, client: ClientId) -> ArcId:
    arc = notebook.write(card(notebook, client, "notice", NOTICE)).arc
    assert arc is not None
    return arc


def test_a_client_is_added_and_amended(notebook: Notebook) -> None:
    changed = notebook.add_client({"code": "T-17", "called": "Tomás"})
    assert changed.kinds == {Touched.CLIENT}
    assert changed.client is not None
    notebook.amend_client(changed.client, {"code": "T-17", "called": "نور"})
    found = notebook.client(changed.client)
    assert (found.called, found.code) == ("نور", "T-17")
    assert [one.id for one in notebook.clients()] == [changed.client]


def test_an_unknown_client_or_entry_is_a_key_error(notebook: Notebook) -> None:
    with pytest.raises(KeyError):
        notebook.client(notebook.new_client())
    with pytest.raises(KeyError):
        notebook.amend_client(notebook.new_client(), {})
    with pytest.raises(KeyError):
        notebook.entry(notebook.new_entry())


def test_a_card_is_written_and_read_back_as_it_was(notebook: Notebook, client: ClientId, clock: Clock) -> None:
    answers = {"date": dated(day(-3), About.WEEK), "body": "Zwei Zeilen\nund eine leere\n\n— ‘so’ 🙂"}
    changed = notebook.write(card(notebook, client, "note", answers))
    assert changed.kinds == {Touched.ENTRY}
    assert (changed.client, changed.arc) == (client, None)
    assert changed.entry is not None
    entry = notebook.entry(changed.entry)
    assert entry.answers == answers
    assert (entry.happened_on, entry.about) == (day(-3), About.WEEK)
    assert (entry.created_at, entry.touched_at, entry.state) == (clock.at, clock.at, State.DRAFT)
    assert entry.form_version == notebook.forms.current("session").version
    assert notebook.client(client).last_on == day(-3)


def test_the_same_id_again_amends_and_makes_no_second_entry(notebook: Notebook, client: ClientId, clock: Clock) -> None:
    first = card(notebook, client, "note", {"body": "She went"})
    notebook.write(first)
    began = clock.at
    clock.move(minutes=5)
    again = WriteCard(client=client, form="session", card="note", answers={"body": "She went quiet"}, entry=first.entry)
    notebook.write(again)
    (entry,) = notebook.entries(client)
    assert entry.answers == {"body": "She went quiet"}
    assert (entry.created_at, entry.touched_at) == (began, clock.at)


def test_a_day_taken_away_falls_back_to_the_day_it_was_begun(
    notebook: Notebook, client: ClientId, clock: Clock
) -> None:
    first = card(notebook, client, "note", {"date": dated(day(-30)), "body": "words"})
    notebook.write(first)
    clock.move(days=4)
    notebook.write(card(notebook, client, "note", {"body": "words"}, entry=first.entry))
    entry = notebook.entry(first.entry)
    assert (entry.happened_on, entry.about) == (day(), About.EXACT)


def test_entries_of_one_day_stay_in_the_order_they_were_begun(notebook: Notebook, client: ClientId) -> None:
    written = [notebook.write(card(notebook, client, "note", {"body": str(one)})).entry for one in range(12)]
    notebook.write(card(notebook, client, "note", {"body": "amended"}, entry=written[3]))
    assert [one.id for one in notebook.entries(client)] == written


def test_a_mark_is_kept_without_an_answer(notebook: Notebook, client: ClientId) -> None:
    arc = strain(notebook, client)
    skipped = card(notebook, client, "acknowledge", {}, arc=arc)
    notebook.write(msgspec.structs.replace(skipped, mark=Mark.SKIPPED))
    assert notebook.entry(skipped.entry).mark is Mark.SKIPPED


def test_the_first_card_of_a_strain_opens_its_arc(notebook: Notebook, client: ClientId, clock: Clock) -> None:
    changed = notebook.write(card(notebook, client, "notice", {**NOTICE, "noticed_on": dated(day(-2))}))
    assert changed.kinds == {Touched.ENTRY, Touched.STATUS}
    assert changed.arc is not None
    arc = notebook.arc(changed.arc)
    assert (arc.client, arc.status, arc.turn, arc.offered) == (client, "noticed", 1, False)
    (entry,) = notebook.arc_entries(changed.arc)
    assert entry.id == changed.entry


def test_a_session_note_opens_no_arc(notebook: Notebook, client: ClientId, vault: OpenVault) -> None:
    notebook.write(card(notebook, client, "note", {"body": "words"}))
    assert vault.strains.all() == []


def test_amending_the_first_card_opens_no_second_arc(notebook: Notebook, client: ClientId, vault: OpenVault) -> None:
    first = card(notebook, client, "notice", NOTICE)
    arc = notebook.write(first).arc
    changed = notebook.write(first)
    assert changed.arc == arc
    assert changed.kinds == {Touched.ENTRY}
    assert len(vault.strains.all()) == 1


def test_a_later_card_joins_its_strain(notebook: Notebook, client: ClientId) -> None:
    arc = strain(notebook, client)
    changed = notebook.write(card(notebook, client, "dialogue", SPOKE, arc=arc))
    assert changed.arc == arc
    assert [one.card for one in notebook.arc_entries(arc)] == ["notice", "dialogue"]


def test_a_conversation_declined_is_kept_as_offered_until_they_speak(notebook: Notebook, client: ClientId) -> None:
    arc = strain(notebook, client)
    asked = card(notebook, client, "dialogue", PREFERRED_NOT, arc=arc)
    assert Touched.STATUS in notebook.write(asked).kinds
    assert notebook.arc(arc).offered
    assert Touched.STATUS not in notebook.write(asked).kinds
    notebook.write(card(notebook, client, "dialogue", SPOKE, arc=arc))
    assert not notebook.arc(arc).offered


def test_finishing_freezes_and_says_when(notebook: Notebook, client: ClientId, clock: Clock) -> None:
    first = card(notebook, client, "note", {"body": "as it was"})
    notebook.write(first)
    clock.move(hours=1)
    notebook.finish(first.entry)
    with pytest.raises(FinishedError) as fault:
        notebook.write(card(notebook, client, "note", {"body": "otherwise"}, entry=first.entry))
    assert "otherwise" not in str(fault.value)
    entry = notebook.entry(first.entry)
    assert (entry.state, entry.finished_at, entry.answers) == (State.FINISHED, clock.at, {"body": "as it was"})


def test_finishing_twice_keeps_the_first_moment(notebook: Notebook, client: ClientId, clock: Clock) -> None:
    first = card(notebook, client, "note", {"body": "words"})
    notebook.write(first)
    notebook.finish(first.entry)
    done = clock.at
    clock.move(days=1)
    notebook.finish(first.entry)
    assert notebook.entry(first.entry).finished_at == done


def test_addenda_are_dated_and_the_first_text_stays(notebook: Notebook, client: ClientId, clock: Clock) -> None:
    first = card(notebook, client, "note", {"body": "as it was"})
    notebook.write(first)
    notebook.finish(first.entry)
    clock.move(days=1)
    notebook.amend(first.entry, "one more thing")
    clock.move(days=1)
    changed = notebook.amend(first.entry, "for myself", private=True)
    assert (changed.entry, changed.client) == (first.entry, client)
    told = [(one.text, one.private) for one in notebook.addenda(first.entry)]
    assert told == [("one more thing", False), ("for myself", True)]
    assert notebook.addenda(first.entry)[1].written_at == clock.at
    assert notebook.entry(first.entry).answers == {"body": "as it was"}


def test_record_and_private_reflection_lie_in_two_tables(
    notebook: Notebook, client: ClientId, vault: OpenVault, secrets: Secrets
) -> None:
    first = card(notebook, client, "note", {"body": "for the record", "felt_off": "for myself"})
    notebook.write(first)
    notebook.finish(first.entry)
    notebook.amend(first.entry, "later for the record")
    notebook.amend(first.entry, "later for myself", private=True)
    vault.close()
    connection = dbapi2.connect(str(vault.folder / "notes.db"))
    connection.execute(f"PRAGMA key=\"x'{secrets.data_key.hex()}{secrets.vault_id.hex()}'\"").fetchall()
    tables = ("record_answer", "private_answer", "record_addendum", "private_addendum")
    found = {one: str(connection.execute(f"SELECT * FROM {one}").fetchall()) for one in tables}
    connection.close()
    where = {
        words: [table for table, rows in found.items() if words in rows] for words in ("for the record", "for myself")
    }
    assert where == {
        "for the record": ["record_answer", "record_addendum"],
        "for myself": ["private_answer", "private_addendum"],
    }


def test_a_save_that_waits_for_room_and_is_tried_again_makes_no_second_entry(
    notebook: Notebook, client: ClientId, vault: OpenVault
) -> None:
    first = card(notebook, client, "notice", {**NOTICE, "seen_or_heard": "x" * 9_000})
    with files_no_longer_than(room(vault)), pytest.raises(SaveWaitingError):
        notebook.write(first)
    notebook.write(first)
    assert [one.id for one in notebook.entries(client)] == [first.entry]
    assert len(vault.strains.all()) == 1
    assert len(vault.strains.history(vault.strains.all()[0].arc.id)) == 1


def test_on_a_full_disk_nothing_is_written_and_the_same_card_goes_in_later(
    notebook: Notebook, client: ClientId, vault: OpenVault
) -> None:
    first = card(notebook, client, "note", {"body": "x" * 900_000})
    with files_no_longer_than(room(vault)), pytest.raises((DiskFullError, SaveFailedError)) as fault:
        notebook.write(first)
    assert not isinstance(fault.value, SaveWaitingError)
    assert notebook.entries(client) == []
    notebook.write(first)
    assert [one.id for one in notebook.entries(client)] == [first.entry]


def test_a_client_added_again_after_a_save_that_waited_is_one(notebook: Notebook, vault: OpenVault) -> None:
    id = notebook.new_client()
    answers = {"code": "T-17", "culture": "x" * 9_000}
    with files_no_longer_than(room(vault)), pytest.raises(SaveWaitingError):
        notebook.add_client(answers, id)
    notebook.add_client(answers, id)
    assert [one.id for one in notebook.clients()] == [id]


def test_the_timeline_tells_entries_and_addenda_in_order(notebook: Notebook, client: ClientId, clock: Clock) -> None:
    note = card(notebook, client, "note", {"date": dated(day(-5)), "one_line": "It went quiet."})
    notebook.write(note)
    strain(notebook, client)
    rows = notebook.timeline(client)
    assert [one.on for one in rows] == sorted(one.on for one in rows)
    assert any("It went quiet." in one.text for one in rows)


def test_the_title_to_link_to_has_day_kind_and_head(notebook: Notebook, client: ClientId) -> None:
    note = card(notebook, client, "note", {"date": dated(datetime.date(2026, 3, 1)), "one_line": "It went quiet."})
    notebook.write(note)
    assert notebook.title(notebook.entry(note.entry)) == "1 March 2026 · Session · It went quiet."


def test_the_newest_entry_is_the_one_touched_last(notebook: Notebook, client: ClientId, clock: Clock) -> None:
    assert newest([]) is None
    early = card(notebook, client, "note", {"body": "early"})
    notebook.write(early)
    clock.move(minutes=1)
    notebook.write(card(notebook, client, "note", {"body": "late"}))
    clock.move(minutes=1)
    notebook.write(card(notebook, client, "note", {"body": "early, once more"}, entry=early.entry))
    found = newest(notebook.entries(client))
    assert found is not None
    assert found.id == early.entry


def test_nothing_written_lies_readable_in_the_vault(notebook: Notebook, client: ClientId, vault: OpenVault) -> None:
    first = card(notebook, client, "note", {"body": "kestrelwords in the record", "felt_off": "kestrelwords for me"})
    notebook.write(first)
    assert b"kestrelwords" not in every_byte(vault.folder)
    vault.close()
    assert b"kestrelwords" not in every_byte(vault.folder)


def test_the_search_for_readable_words_can_fail(vault: OpenVault) -> None:
    (vault.folder / "left-behind").write_text("kestrelwords", encoding="utf-8")
    assert b"kestrelwords" in every_byte(vault.folder)


def test_ids_fit_and_grow_in_a_real_vault(notebook: Notebook) -> None:
    ids = [notebook.new_entry() for _ in range(200)] + [notebook.new_client()]
    assert ids == sorted(set(ids))
    assert max(ids) < 1 << 53


def test_cards_held_back_together_make_one_strain(notebook: Notebook, client: ClientId, vault: OpenVault) -> None:
    arc = notebook.new_arc()
    talk, notice = (
        card(notebook, client, one, told, arc=arc) for one, told in (("dialogue", SPOKE), ("notice", NOTICE))
    )
    assert notebook.write(talk).kinds == {Touched.ENTRY, Touched.STATUS}
    changed = notebook.write(notice)
    assert (changed.arc, changed.kinds) == (arc, {Touched.ENTRY})
    assert [one.arc.id for one in vault.strains.all()] == [arc]
    assert len(vault.strains.history(arc)) == 1
    assert {one.card for one in notebook.arc_entries(arc)} == {"dialogue", "notice"}
    assert notebook.new_arc() > arc


def test_an_addendum_that_is_added_is_no_longer_being_typed(
    notebook: Notebook, client: ClientId, vault: OpenVault
) -> None:
    first, other = (card(notebook, client, "note", {"body": "as it was"}) for _ in range(2))
    for one in (first, other):
        notebook.write(one)
        notebook.finish(one.entry)
        vault.settings.keep_unsent(one.entry, "one more thing", private=True)
    with files_no_longer_than(room(vault)), pytest.raises(SaveWaitingError):
        notebook.amend(first.entry, "x" * 9_000)
    assert vault.settings.unsent(first.entry) == ("", False)
    assert vault.settings.unsent(other.entry) == ("one more thing", True)
