"""What an entry said before, the bin and its days, text taken out, and what an open vault no longer says."""

import datetime

import msgspec
import pytest
from service_cases import ACKNOWLEDGE, NOTICE, SPOKE, Clock, card

from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.audience import wording_ready
from alliance_desktop.domain.changes import Touched
from alliance_desktop.domain.entry import ClientId, EntryId, Event, PutOff
from alliance_desktop.domain.errors import EarlierTurnError, FinishedError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import Notebook

FIRST: Answers = {"body": "She came in late and sat by the door.", "next_on": dated(datetime.date(2026, 3, 12))}
THEN: Answers = {"body": "She came in late and sat by the window."}


@pytest.fixture
def note(notebook: Notebook, client: ClientId) -> EntryId:
    changed = notebook.write(card(notebook, client, "note", FIRST))
    assert changed.entry is not None
    return changed.entry


def written_over(vault: OpenVault, client: ClientId, note: EntryId, clock: Clock, answers: Answers) -> None:
    clock.move(minutes=6)
    vault.notebook.write(card(vault.notebook, client, "note", answers, entry=note))


def happenings(vault: OpenVault, entry: EntryId) -> list[Event]:
    return [one.what for one in vault.history.events(entry)]


# -- versions -----------------------------------------------------------------------------------------------------


def test_an_earlier_version_comes_back_and_what_stood_there_is_kept(
    vault: OpenVault, client: ClientId, note: EntryId, clock: Clock
) -> None:
    written_over(vault, client, note, clock, THEN)
    (before,) = vault.history.versions(note)
    assert before.answers == FIRST
    clock.move(minutes=1)
    changed = vault.history.restore(note, before.id)
    back = vault.notebook.entry(note)
    assert back.answers == FIRST
    assert back.touched_at == clock()
    assert (changed.entry, changed.client) == (note, client)
    assert [one.answers for one in vault.history.versions(note)] == [FIRST, THEN]
    assert happenings(vault, note) == [Event.RESTORED]


def test_restoring_is_undone_by_restoring_and_keeps_nothing_twice(
    vault: OpenVault, client: ClientId, note: EntryId, clock: Clock
) -> None:
    written_over(vault, client, note, clock, THEN)
    vault.history.restore(note, vault.history.versions(note)[0].id)
    vault.history.restore(note, vault.history.versions(note)[-1].id)
    assert vault.notebook.entry(note).answers == THEN
    assert [one.answers for one in vault.history.versions(note)] == [FIRST, THEN]


def test_a_restored_version_brings_its_day_along(
    vault: OpenVault, client: ClientId, clock: Clock, notebook: Notebook
) -> None:
    monday, friday = dated(datetime.date(2026, 3, 2)), dated(datetime.date(2026, 3, 6))
    note = notebook.write(card(notebook, client, "note", {"date": monday, "body": "Late."})).entry
    assert note is not None
    written_over(vault, client, note, clock, {"date": friday, "body": "Late."})
    vault.history.restore(note, vault.history.versions(note)[0].id)
    assert notebook.entry(note).happened_on == datetime.date(2026, 3, 2)


def test_a_version_is_read_with_the_form_of_its_day(
    vault: OpenVault, client: ClientId, note: EntryId, clock: Clock
) -> None:
    current = vault.forms.current("session")
    vault.forms.add(msgspec.structs.replace(current, version=current.version + 1))
    written_over(vault, client, note, clock, THEN)
    store = vault.notebook._store
    newer = msgspec.structs.replace(vault.notebook.entry(note), form_version=current.version + 1)
    with store.transaction():
        store.entries.put(newer, frozenset())
    vault.history.restore(note, vault.history.versions(note)[0].id)
    assert vault.notebook.entry(note).form_version == current.version


def test_what_is_frozen_or_of_an_earlier_turn_comes_back_as_nothing_else(
    vault: OpenVault, client: ClientId, note: EntryId, clock: Clock, notebook: Notebook
) -> None:
    written_over(vault, client, note, clock, THEN)
    (version,) = vault.history.versions(note)
    notebook.finish(note)
    with pytest.raises(FinishedError):
        vault.history.restore(note, version.id)
    strain = notebook.write(card(notebook, client, "notice", NOTICE))
    assert strain.entry is not None
    assert strain.arc is not None
    clock.move(minutes=6)
    notebook.write(
        card(notebook, client, "notice", NOTICE | {"name": "The stairs"}, arc=strain.arc, entry=strain.entry)
    )
    vault.strains.reopen(strain.arc, notebook.today())
    with pytest.raises(EarlierTurnError):
        vault.history.restore(strain.entry, vault.history.versions(strain.entry)[0].id)
    with pytest.raises(KeyError):
        vault.history.restore(note := notebook.write(card(notebook, client, "note", FIRST)).entry or note, version.id)
    assert notebook.entry(strain.entry).answers["name"] == "The stairs"


def test_what_is_taken_out_at_once_is_kept_at_once(
    vault: OpenVault, client: ClientId, note: EntryId, clock: Clock, notebook: Notebook
) -> None:
    said = "word " * 200

    def write(body: str) -> int:
        clock.move(seconds=4)
        notebook.write(card(notebook, client, "note", {"body": body}, entry=note))
        return len(vault.history.versions(note))

    assert write(said) == 0
    assert write(said + "more") == 0
    assert write(said) == 0, "a word is not much"
    assert write(said[:790]) == 1
    assert write("") == 2
    assert vault.history.versions(note)[-1].answers == {"body": said[:790]}
    assert write("Ab") == 2
    clock.move(minutes=6)
    write("")
    clock.move(minutes=6)
    assert write("Anew") == 3, "empty answers are no version"
    assert all(one.answers["body"] for one in vault.history.versions(note))


def test_a_clock_that_was_set_back_keeps_versions_all_the_same(
    vault: OpenVault, client: ClientId, note: EntryId, clock: Clock, notebook: Notebook
) -> None:
    clock.move(minutes=-6)
    notebook.write(card(notebook, client, "note", FIRST | {"body": f"{FIRST['body']} More."}, entry=note))
    assert [one.answers for one in vault.history.versions(note)] == [FIRST]


# -- the bin ------------------------------------------------------------------------------------------------------


def test_what_is_put_away_is_in_no_list_and_comes_back_whole(
    vault: OpenVault, client: ClientId, note: EntryId, clock: Clock
) -> None:
    changed = vault.history.bin(note)
    assert {Touched.BIN, Touched.ENTRY} <= changed.kinds
    assert vault.notebook.entries(client) == []
    assert vault.notebook.client(client).last_on is None
    (away,) = vault.history.binned()
    assert (away.who, away.put_on) == ("Dana", datetime.date(2026, 3, 5))
    assert away.goes_on == vault.history.goes_on(note) == datetime.date(2026, 4, 4)
    assert "5 March 2026" in away.title
    clock.move(days=3)
    vault.history.put_back(note)
    assert [one.answers for one in vault.notebook.entries(client)] == [FIRST]
    assert vault.notebook.client(client).last_on == datetime.date(2026, 3, 5)
    assert vault.history.binned() == []
    assert vault.history.goes_on(note) is None
    assert happenings(vault, note) == [Event.BINNED, Event.PUT_BACK]


def test_a_strain_goes_into_the_bin_with_all_its_cards_and_its_flag_follows(
    vault: OpenVault, client: ClientId, notebook: Notebook
) -> None:
    first = notebook.write(card(notebook, client, "notice", NOTICE))
    notebook.write(card(notebook, client, "acknowledge", ACKNOWLEDGE, arc=first.arc))
    offered = notebook.write(card(notebook, client, "dialogue", {"preferred_not": chosen("not_now")}, arc=first.arc))
    assert first.arc is not None
    assert offered.entry is not None
    assert notebook.arc(first.arc).offered
    assert Touched.STATUS in vault.history.bin(offered.entry).kinds
    assert not notebook.arc(first.arc).offered, "what lies in the bin was not offered"
    vault.history.put_back(offered.entry)
    cards = [one.id for one in notebook.arc_entries(first.arc)]
    vault.history.bin_strain(first.arc)
    assert vault.strains.all() == []
    assert notebook.client(client).open_strains == 0
    vault.history.put_back(*cards)
    assert [one.arc.id for one in vault.strains.all()] == [first.arc]
    assert notebook.client(client).open_strains == 1


@pytest.mark.parametrize(("days", "gone"), [(29, 0), (30, 1), (31, 1)])
def test_the_bin_keeps_for_thirty_days(
    vault: OpenVault, client: ClientId, note: EntryId, clock: Clock, days: int, gone: int
) -> None:
    vault.settings.keep_unsent(note, "Not sent yet", private=True)
    vault.history.bin(note)
    clock.move(days=days)
    assert vault.history.purge() == gone
    assert len(vault.history.binned()) == 1 - gone
    assert (vault.settings.unsent(note)[0] == "") is bool(gone)
    assert vault.notebook.clients(), "the client stays"


def test_the_days_are_those_of_the_settings(vault: OpenVault, note: EntryId, clock: Clock) -> None:
    kept = vault.settings.preferences()
    attention = msgspec.structs.replace(kept.attention, bin_days=60)
    vault.settings.keep(msgspec.structs.replace(kept, attention=attention))
    vault.history.bin(note)
    for days in (30, 29):
        clock.move(days=days)
        assert vault.history.purge() == 0
    clock.move(days=1)
    assert vault.history.purge() == 1


@pytest.mark.parametrize("days", [-2623, 731], ids=["set back to 2019", "two years ahead"])
def test_nothing_goes_while_the_day_is_in_doubt(
    vault: OpenVault, client: ClientId, note: EntryId, clock: Clock, notebook: Notebook, days: int
) -> None:
    vault.history.bin(note)
    right = clock.at
    clock.move(days=days)
    assert notebook.clock_doubt() is not None
    assert vault.history.purge() == 0
    assert len(vault.history.binned()) == 1
    # The control: on a day without doubt the same entry goes.
    clock.at = right + datetime.timedelta(days=40)
    assert notebook.clock_doubt() is None
    assert vault.history.purge() == 1


def test_what_was_put_away_by_a_clock_that_was_behind_has_its_days_all_the_same(
    vault: OpenVault, note: EntryId, clock: Clock
) -> None:
    right = clock.at
    clock.at = datetime.datetime(2019, 1, 3, 10, tzinfo=datetime.UTC)
    vault.history.bin(note)
    clock.at = right + datetime.timedelta(days=1)
    assert vault.history.purge() == 0
    assert vault.history.goes_on(note) == datetime.date(2026, 4, 4)


def test_what_was_put_away_in_the_future_stays(
    vault: OpenVault, client: ClientId, note: EntryId, clock: Clock, notebook: Notebook
) -> None:
    right = clock.at
    clock.move(days=380)
    vault.history.bin(note)
    clock.at = right + datetime.timedelta(days=100)
    assert notebook.clock_doubt() is None
    assert vault.history.purge() == 0
    clock.at = right + datetime.timedelta(days=380 + 30)
    notebook.write(card(notebook, client, "note", THEN))
    assert vault.history.purge() == 0, "after so long the bin waits for its days once more"
    clock.move(days=30)
    assert vault.history.purge() == 1


def test_only_what_is_in_the_bin_can_be_removed(vault: OpenVault, client: ClientId, note: EntryId) -> None:
    vault.history.remove(note)
    assert vault.notebook.entry(note).answers == FIRST
    reminder = PutOff(
        id=5, client=client, rule="r", subject=note, at=vault.notebook.entry(note).created_at, why="Said."
    )
    store = vault.notebook._store
    with store.transaction():
        store.put_offs.add(reminder)
    vault.history.bin(note)
    assert vault.history.remove(note).kinds == frozenset({Touched.BIN})
    assert store.put_offs.all() == []
    with pytest.raises(KeyError):
        vault.notebook.entry(note)


# -- taking text out ----------------------------------------------------------------------------------------------


def test_text_is_taken_out_of_the_entry_of_every_version_and_of_what_was_added(
    vault: OpenVault, client: ClientId, note: EntryId, clock: Clock, notebook: Notebook
) -> None:
    written_over(vault, client, note, clock, THEN | {"temperature_client": chosen("3")})
    written_over(vault, client, note, clock, {"body": "Third."})
    notebook.finish(note)
    notebook.amend(note, "Belongs to somebody else.")
    notebook.amend(note, "This may stay.", private=True)
    vault.settings.keep_unsent(note, "Half a word", private=False)
    first, _ = notebook.addenda(note)
    clock.move(hours=1)
    vault.history.redact(note, ["body"], [first.id], " Another client's note. ", unsent=True)
    now = notebook.entry(note)
    assert now.answers == {}
    assert now.touched_at == clock()
    assert [one.answers for one in vault.history.versions(note)] == [
        {"next_on": FIRST["next_on"]},
        {"temperature_client": chosen("3")},
    ]
    assert [one.text for one in notebook.addenda(note)] == ["This may stay."]
    assert vault.settings.unsent(note) == ("", False)
    (told,) = vault.history.removals(note)
    assert (told.why, told.at) == ("Another client's note.", clock())


def test_the_name_of_a_strain_and_the_day_follow_what_was_taken_out(
    vault: OpenVault, client: ClientId, notebook: Notebook
) -> None:
    on = dated(datetime.date(2026, 2, 2))
    first = notebook.write(card(notebook, client, "notice", NOTICE | {"noticed_on": on}))
    assert first.entry is not None
    assert first.arc is not None
    vault.history.redact(first.entry, ["name", "noticed_on"], [], "Wrong file")
    (strain,) = vault.strains.all()
    assert "corridor" not in strain.name
    assert strain.noticed_on == notebook.today()
    assert notebook.entry(first.entry).answers["seen_or_heard"] == NOTICE["seen_or_heard"]


def test_wording_that_is_taken_out_leaves_no_mark_and_new_wording_counts_as_unseen(
    vault: OpenVault, client: ClientId, notebook: Notebook
) -> None:
    first = notebook.write(card(notebook, client, "notice", NOTICE))
    agreed: Answers = {"agreed": "We start on time.", "sign": "A raised hand.", "wording_seen": chosen("yes")}
    repair = notebook.write(card(notebook, client, "repair", agreed, arc=first.arc)).entry
    assert repair is not None
    marks = notebook.entry(repair).answers["wording_seen_marks"]
    vault.history.redact(repair, ["agreed"], [], "Wrong file")
    now = notebook.entry(repair).answers
    assert now["wording_seen_marks"] == marks | {"agreed": marks["know_better"]}, "as of no words at all"
    notebook.write(card(notebook, client, "repair", now | {"agreed": "Other words."}, arc=first.arc, entry=repair))
    assert first.arc is not None
    assert not wording_ready(notebook.arc_entries(first.arc), 1)


def test_answers_that_nobody_chose_stay_also_on_their_own_side(
    vault: OpenVault, client: ClientId, note: EntryId, clock: Clock, notebook: Notebook
) -> None:
    written_over(vault, client, note, clock, {"body": "A", "for_me_only": "Mine"})
    written_over(vault, client, note, clock, {"body": "B", "for_me_only": "Mine still"})
    vault.history.redact(note, ["body"], [], "Wrong file")
    assert notebook.entry(note).answers == {"for_me_only": "Mine still"}
    store = notebook._store
    told = [row[0] for row in store._database.rows("SELECT answers FROM private_version WHERE entry = ?", (note,))]
    assert len(told) == 1
    assert "Mine" in told[0]


def test_a_card_that_stands_in_an_ended_turn_can_still_have_text_taken_out(
    vault: OpenVault, client: ClientId, notebook: Notebook
) -> None:
    first = notebook.write(card(notebook, client, "notice", NOTICE))
    assert first.entry is not None
    assert first.arc is not None
    notebook.write(card(notebook, client, "dialogue", SPOKE, arc=first.arc))
    vault.strains.reopen(first.arc, notebook.today())
    vault.history.redact(first.entry, ["seen_or_heard"], [], "Wrong file")
    assert "seen_or_heard" not in notebook.entry(first.entry).answers
