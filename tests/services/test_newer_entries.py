"""Entries of a program newer than this one: they are said to be there, and nothing here reads or changes them."""

import msgspec
import pytest
from service_cases import ACKNOWLEDGE, NOTICE, SPOKE, card, day
from sqlcipher3 import dbapi2

from alliance_desktop.domain.answers import dated
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.errors import NewerEntryError
from alliance_desktop.domain.rupture import Status
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.paper import Choice, Paper, Sort, Subject


def as_by_a_newer_program(vault: OpenVault, secrets: Secrets, access: Access, id: EntryId) -> OpenVault:
    """Close the vault, let a newer program have written one entry, and open it again."""
    vault.close()
    connection = dbapi2.connect(str(vault.folder / "notes.db"))
    connection.execute(f"PRAGMA key=\"x'{secrets.data_key.hex()}{secrets.vault_id.hex()}'\"").fetchall()
    connection.execute("UPDATE entry SET form_version = 99, card = 'fresh' WHERE id = ?", (id,))
    connection.commit()
    connection.close()
    return access.open(vault.folder, secrets)


def test_the_timeline_tells_the_other_rows_and_that_one_is_newer(
    vault: OpenVault, notebook: Notebook, client: ClientId, secrets: Secrets, access: Access
) -> None:
    for after in (-3, -2, -1):
        notebook.write(card(notebook, client, "note", {"date": dated(day(after)), "one_line": f"Day {after}"}))
    middle = notebook.entries(client)[1]
    opened = as_by_a_newer_program(vault, secrets, access, middle.id)
    rows = opened.notebook.timeline(client)
    assert [one.entry is None for one in rows] == [False, True, False]
    assert rows[1].text == NewerEntryError.sentence
    assert (rows[1].on, rows[1].arc) == (day(-2), None)
    newer = opened.notebook.entry(middle.id)
    assert opened.notebook.title(newer).endswith(NewerEntryError.sentence)
    opened.close()


def test_an_entry_of_a_newer_program_is_neither_written_nor_finished(
    vault: OpenVault, notebook: Notebook, client: ClientId, secrets: Secrets, access: Access
) -> None:
    first = card(notebook, client, "note", {"body": "as it was"})
    notebook.write(first)
    opened = as_by_a_newer_program(vault, secrets, access, first.entry)
    for act in (
        lambda: opened.notebook.write(msgspec.structs.replace(first, answers={"body": "otherwise"})),
        lambda: opened.notebook.finish(first.entry),
        lambda: opened.forms.of(opened.notebook.entry(first.entry)),
    ):
        with pytest.raises(NewerEntryError):
            act()
    assert opened.notebook.entry(first.entry).answers == {"body": "as it was"}
    opened.close()


def test_a_strain_with_such_a_card_is_listed_and_its_other_cards_speak(
    vault: OpenVault, notebook: Notebook, client: ClientId, secrets: Secrets, access: Access
) -> None:
    arc = notebook.write(card(notebook, client, "notice", NOTICE)).arc
    assert arc is not None
    notebook.write(card(notebook, client, "dialogue", SPOKE, arc=arc))
    newer = card(notebook, client, "acknowledge", ACKNOWLEDGE, arc=arc)
    notebook.write(newer)
    opened = as_by_a_newer_program(vault, secrets, access, newer.entry)
    assert [one.name for one in opened.strains.all()] == ["The corridor"]
    found = opened.strains.suggestion(arc)
    assert found is not None
    assert found.status is Status.IN_DIALOGUE
    with pytest.raises(NewerEntryError):
        Paper(opened).page(Subject(arc=arc), Choice(sort=Sort.REPAIR_PLAN))
    opened.close()


def test_details_of_a_newer_program_are_not_written_over(
    vault: OpenVault, notebook: Notebook, client: ClientId, secrets: Secrets, access: Access
) -> None:
    vault.close()
    connection = dbapi2.connect(str(vault.folder / "notes.db"))
    connection.execute(f"PRAGMA key=\"x'{secrets.data_key.hex()}{secrets.vault_id.hex()}'\"").fetchall()
    connection.execute("UPDATE client SET form_version = 99")
    connection.commit()
    connection.close()
    opened = access.open(vault.folder, secrets)
    with pytest.raises(NewerEntryError):
        opened.notebook.amend_client(client, {"code": "other"})
    assert opened.notebook.client(client).code == "D-34"
    opened.close()
