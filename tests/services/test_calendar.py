"""The last sure day: what a wrong clock and what is written under it do to the bin, and days that were said."""

import datetime

import msgspec
import pytest
from service_cases import Clock, card, every_byte

from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.notebook import Notebook

THEN: Answers = {"body": "She came in late and sat by the window."}


@pytest.fixture
def note(notebook: Notebook, client: ClientId) -> EntryId:
    changed = notebook.write(card(notebook, client, "note", {"body": "She came in late and sat by the door."}))
    assert changed.entry is not None
    return changed.entry


@pytest.mark.parametrize("days", [46, 365, 399])
def test_after_a_long_gap_the_bin_keeps_its_days_once_more(
    vault: OpenVault, note: EntryId, clock: Clock, days: int
) -> None:
    vault.history.bin(note)
    clock.move(days=days)
    assert vault.notebook.clock_doubt() is None
    assert vault.history.purge() == 0
    assert vault.history.goes_on(note) == vault.notebook.today() + datetime.timedelta(days=30)
    clock.move(days=29)
    assert vault.history.purge() == 0
    clock.move(days=1)
    assert vault.history.purge() == 1


@pytest.mark.parametrize("days", [730, -730])
def test_writing_does_not_dispel_a_doubt(
    vault: OpenVault, client: ClientId, note: EntryId, clock: Clock, notebook: Notebook, days: int
) -> None:
    away = notebook.write(card(notebook, client, "note", THEN)).entry
    assert away is not None
    vault.history.bin(away)
    store = notebook._store
    with store.transaction():
        store.settings.drop("last sure day")  # a vault of an earlier program
    right = clock.at
    clock.move(days=days)
    notebook.write(card(notebook, client, "note", THEN, entry=note))
    notebook.write(card(notebook, client, "note", THEN))
    assert notebook.clock_doubt() is not None
    assert vault.history.purge() == 0
    clock.at = right
    assert notebook.clock_doubt() is None
    assert vault.history.goes_on(away) == datetime.date(2026, 4, 4)


def test_a_day_that_was_said_to_be_right_is_the_one_to_measure_from(
    vault: OpenVault, note: EntryId, clock: Clock, notebook: Notebook
) -> None:
    vault.history.bin(note)
    clock.move(days=730)
    vault.attention.believe(notebook.today())
    assert notebook.clock_doubt() is None
    assert vault.history.purge() == 0
    clock.move(days=20)
    assert notebook.clock_doubt() is None, "the answer is kept"
    clock.move(days=-750)
    assert notebook.clock_doubt() is not None
    vault.attention.believe(notebook.today())
    clock.move(days=30)
    assert vault.history.purge() == 1, "the wrong day holds the bin no longer than its days"


def test_a_day_already_said_stands_when_the_bin_is_given_fewer_days(
    vault: OpenVault, note: EntryId, clock: Clock
) -> None:
    vault.history.bin(note)
    kept = vault.settings.preferences()
    vault.settings.keep(msgspec.structs.replace(kept, attention=msgspec.structs.replace(kept.attention, bin_days=3)))
    assert vault.history.goes_on(note) == datetime.date(2026, 4, 4)
    clock.move(days=29)
    assert vault.history.purge() == 0
    vault.history.put_back(note)
    vault.history.bin(note)
    assert vault.history.goes_on(note) == datetime.date(2026, 4, 6), "what is put away anew has the new days"


def test_an_answer_in_a_vault_open_for_reading_counts_until_it_is_closed(
    vault: OpenVault, note: EntryId, access: Access, secrets: Secrets, clock: Clock
) -> None:
    kept = bytes(secrets.data_key), bytes(secrets.recovery), bytes(secrets.vault_id)
    vault.history.bin(note)
    vault.close()
    before = every_byte(vault.folder)
    clock.move(days=730)
    again = Secrets(kept[1], kept[2], kept[0], secrets.generation)
    reading = access.open(vault.folder, again, read_only=True)
    assert reading.notebook.clock_doubt() is not None
    assert reading.history.purge() == 0
    reading.attention.believe(reading.notebook.today())
    assert reading.notebook.clock_doubt() is None
    assert reading.history.purge() == 0
    reading.history.write_owed_pages()
    reading.close()
    assert every_byte(vault.folder) == before
