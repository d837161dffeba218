"""Dana, notes of every kind about her, and her request for them, through the window."""

from typing import Any

from person import Person, settle

from alliance_desktop.domain.entry import EntryId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard

WORRY = "Her brother 👩‍👩‍👧 Aaron Quill saw her cry."
SECRET = "I was afraid of her father."
HARM = "He locked the door on me."
BLACK = ("Aaron", "Quill")


def vault_of(person: Person) -> OpenVault:
    found = person.program.vault
    assert found is not None
    return found


def write(person: Person, form: str, card: str, **answers: Any) -> EntryId:
    book = vault_of(person).notebook
    (client,) = book.clients()
    id = book.new_entry()
    book.write(WriteCard(client=client.id, form=form, card=card, answers=answers, entry=id))
    return id


def with_request(with_client: Person) -> Person:
    """Let a person write notes of every kind about Dana, and go to the page of her request."""
    write(with_client, "concern", "concern", worries=WORRY, told_back="I am on it.")
    write(with_client, "session", "note", body="We talked.", for_me_only=SECRET)
    write(with_client, "safeguarding", "concern", exact_words=HARM)
    with_client.command("Records request of")
    settle()
    with_client.find("asker_client").setChecked(True)
    with_client.write("identity", "She stood before me.")
    with_client.write("authority", "Her own record.")
    with_client.flush()
    settle()
    return with_client


def request_of(person: Person) -> EntryId:
    (client,) = vault_of(person).notebook.clients()
    (found,) = vault_of(person).records.requests(client.id)
    return found.id
