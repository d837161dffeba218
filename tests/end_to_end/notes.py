"""What the tests of histories, the bin and deleting share: a note written through the window, and the raw pages."""

from person import PASSPHRASE, Person
from PySide6.QtWidgets import QLabel

from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.storage import opening
from alliance_desktop.storage.place import NOTES
from alliance_desktop.storage.salvage.pages import Pages
from alliance_desktop.storage.sealed_page import PAGE
from alliance_desktop.ui.differing import Differing

FIRST = "She came late and sat by the door."
THEN = " She asked for the window."


def only_entry(person: Person) -> Entry:
    (entry,) = person.program.vault.notebook.entries(client_of(person))
    return entry


def client_of(person: Person) -> ClientId:
    (client,) = person.program.vault.notebook.clients()
    return client.id


def note(person: Person, text: str) -> None:
    """Write a session note and leave the field, so that it is written."""
    person.command("Session note")
    more(person, text)


def more(person: Person, text: str) -> None:
    person.write("body", text)
    person.flush()


def two_versions(person: Person) -> None:
    note(person, FIRST)
    person.clock.pass_by(minutes=6)
    more(person, THEN)


def copies(person: Person, words: str) -> int:
    """Close the program and return how often words are in the pages of the vault, decrypted by hand."""
    person.leave()
    secrets = opening.find_secrets(person.folder, PASSPHRASE)
    data = (person.folder / NOTES).read_bytes()

    def read(number: int) -> bytes:
        return data[(number - 1) * PAGE : number * PAGE]

    pages = Pages(read, len(data) // PAGE, secrets.data_key, secrets.vault_id)
    found = sum((pages.plain(at) or b"").count(words.encode()) for at in range(1, len(data) // PAGE + 1))
    person.program = person._program()
    person.begin()
    person.unlock()
    return found


def differences(person: Person) -> list[str]:
    """Return the changes that the history shows, as a screen reader says them."""
    shown = (one for one in person.window.findChildren(Differing) if one.isVisible())
    return [one.findChildren(QLabel)[-1].accessibleName() for one in shown]
