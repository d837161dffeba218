"""What was removed is in no page of the vault, nor of the next backup; what opens the vault is asked for first."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from service_cases import NOTICE, PASSPHRASE, Clock, card, every_byte, files_no_longer_than

from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.entry import ClientId, EntryId, PutOff
from alliance_desktop.domain.errors import (
    DiskFullError,
    KnownError,
    NotDoneError,
    ReadOnlyError,
    WrongPassphraseError,
)
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.notebook import Notebook, WriteCard
from alliance_desktop.services.owed import OWED
from alliance_desktop.storage.place import NOTES
from alliance_desktop.storage.salvage.pages import Pages
from alliance_desktop.storage.sealed_page import PAGE

WORD = "erasedword"
STAYS = "stayingword"
UNWATCHED = Watch()


def copies(path: Path, secrets: Secrets, word: str = WORD) -> int:
    """Return how often a word is in the pages of a database or a backup, decrypted, the empty ones included."""
    data = path.read_bytes()

    def read(number: int) -> bytes:
        return data[(number - 1) * PAGE : number * PAGE]

    pages = Pages(read, len(data) // PAGE, secrets.data_key, secrets.vault_id)
    return sum((pages.plain(number) or b"").count(word.encode()) for number in range(1, len(data) // PAGE + 1))


def long(word: str, times: int) -> str:
    return f"{word} and more of it. " * times


@pytest.fixture
def other(notebook: Notebook) -> ClientId:
    id = notebook.add_client({"code": "O-1", "called": STAYS}).client
    assert id is not None
    return id


@pytest.fixture
def session(vault: OpenVault, client: ClientId, other: ClientId, clock: Clock) -> EntryId:
    """A finished note with versions, additions and a half-typed one; a strain, one card of it in the bin."""
    book = vault.notebook
    book.amend_client(client, {"code": "D-34", "called": "Dana", "background": f"{WORD}0"})
    note = book.new_entry()
    for at in range(4):
        clock.move(minutes=6)
        answers: Answers = {"body": long(f"{WORD}{at}", 50 * at + 1), "for_me_only": long(f"{WORD}p{at}", 300)}
        book.write(card(book, client, "note", answers, entry=note))
    book.finish(note)
    book.amend(note, f"{WORD}added")
    book.amend(note, long(f"{WORD}private", 200), private=True)
    vault.settings.keep_unsent(note, f"{WORD}unsent", private=False)
    strain = book.write(card(book, client, "notice", NOTICE | {"name": f"{WORD}strain"}))
    away = book.write(card(book, client, "acknowledge", {"landed": f"{WORD}binned"}, arc=strain.arc))
    assert away.entry is not None
    vault.history.bin(away.entry)
    store = book._store
    reminder = PutOff(id=7, client=client, rule="r", subject=note, at=clock(), why=f"{WORD}why")
    with store.transaction():
        store.put_offs.add(reminder)
    vault.settings.keep_place({"page": "session", "client": client, "entry": note})
    linked: Answers = {"own_words": f"{STAYS} linked", "came_from": [note]}
    book.write(WriteCard(client=other, form="goal", card="goal", answers=linked, entry=book.new_entry()))
    return note


def delete(vault: OpenVault, client: ClientId, passphrase: str = PASSPHRASE) -> None:
    """Delete a client as the page does: the slow part first, then the removal."""
    work = vault.history.deleting(partial(vault.keys.work().check, passphrase))
    vault.history.delete_client(client, work(UNWATCHED))


def held(vault: OpenVault) -> list[object]:
    """Return everything the vault says, to be compared."""
    book = vault.notebook
    clients = sorted(book.clients(), key=lambda one: one.id)
    entries = [entry for one in clients for entry in book.entries(one.id)]
    more = [(book.addenda(one.id), vault.history.versions(one.id), vault.settings.unsent(one.id)) for one in entries]
    return [clients, entries, more, vault.history.binned(), vault.settings.place()]


def test_a_deleted_client_is_in_no_page_and_in_no_later_backup(
    vault: OpenVault, client: ClientId, other: ClientId, session: EntryId, secrets: Secrets, clock: Clock
) -> None:
    assert copies(vault.folder / NOTES, secrets) > 5, "the search finds what is there"
    began = vault.notebook.client(client).created_at
    clock.move(days=1)
    delete(vault, client)
    book = vault.notebook
    assert [one.id for one in book.clients()] == [other]
    assert vault.strains.all() == []
    assert vault.history.binned() == []
    assert vault.settings.unsent(session) == ("", False)
    assert vault.settings.place() == {}
    (stays,) = book.entries(other)
    assert stays.answers["came_from"] == [session], "a link stays and leads nowhere"
    assert book.links_to(session) == [stays]
    (before,) = vault.history.held_since(began)
    assert copies(before.path, secrets) > 0, "the backup made before holds them, and is listed"
    clock.move(days=1)
    backup = vault.backups.automatic()
    assert backup is not None
    after = backup(UNWATCHED).path
    vault.close()
    assert copies(vault.folder / NOTES, secrets) == 0
    assert copies(vault.folder / NOTES, secrets, STAYS) > 0
    assert (copies(after, secrets), copies(after, secrets, STAYS) > 0) == (0, True)
    assert not list(vault.folder.glob("*-wal"))


def test_the_search_would_find_copies_that_were_left(
    vault: OpenVault, client: ClientId, session: EntryId, secrets: Secrets
) -> None:
    store = vault.notebook._store
    store._database._connection.execute("PRAGMA secure_delete=OFF").fetchall()
    store.rewrite = lambda: None  # the control: pages are left as they are
    delete(vault, client)
    vault.close()
    assert copies(vault.folder / NOTES, secrets) > 0


def test_a_disk_without_room_owes_the_pages_until_the_next_time(
    vault: OpenVault, client: ClientId, session: EntryId, secrets: Secrets
) -> None:
    store, tried = vault.notebook._store, []

    def full() -> None:
        tried.append(1)
        raise DiskFullError

    rewrite, store.rewrite = store.rewrite, full  # a disk without room
    delete(vault, client)
    assert tried == [1]
    assert store.settings.get(OWED) is True
    vault.history.write_owed_pages()
    assert (tried, store.settings.get(OWED)) == ([1, 1], True), "a fault on the way out stops nobody"
    tried.pop()
    store.rewrite = lambda: (tried.append(2), rewrite())
    vault.history.write_owed_pages()
    assert tried == [1, 2]
    assert store.settings.get(OWED) is None
    vault.history.write_owed_pages()
    assert tried == [1, 2], "nothing is owed any more"


def test_text_that_was_taken_out_is_in_no_page(
    vault: OpenVault, client: ClientId, session: EntryId, secrets: Secrets
) -> None:
    entry = vault.notebook.entry(session)
    added = [one.id for one in vault.notebook.addenda(session)]
    vault.history.redact(session, entry.answers, added, "Wrong file", unsent=True)
    strain = [one for one in vault.notebook.entries(client) if one.arc is not None]
    for one in strain:
        vault.history.redact(one.id, one.answers, [], "Wrong file")
    for away in vault.history.binned():
        vault.history.remove(away.entry.id)
    vault.notebook.amend_client(client, {"code": "D-34", "called": "Dana"})
    store = vault.notebook._store
    with store.transaction():
        store.put_offs.remove(7)
    vault.close()
    assert copies(vault.folder / NOTES, secrets) == 0


def test_what_the_bin_lets_go_is_in_no_page(
    vault: OpenVault, client: ClientId, secrets: Secrets, clock: Clock, notebook: Notebook
) -> None:
    note = notebook.write(card(notebook, client, "note", {"body": long(WORD, 500)})).entry
    assert note is not None
    clock.move(minutes=6)
    notebook.write(card(notebook, client, "note", {"body": long(WORD, 400)}, entry=note))
    vault.history.bin(note)
    clock.move(days=30)
    assert vault.history.purge() == 1
    assert vault.notebook._store.settings.get(OWED) is True
    vault.history.write_owed_pages()
    vault.close()
    assert copies(vault.folder / NOTES, secrets) == 0


def test_a_wrong_passphrase_deletes_nothing_and_makes_no_backup(
    vault: OpenVault, client: ClientId, session: EntryId
) -> None:
    before = held(vault)
    with pytest.raises(WrongPassphraseError):
        delete(vault, client, "not this one")
    assert held(vault) == before
    assert vault.backups.listed() == []


def test_the_proof_of_another_vault_deletes_nothing(vault: OpenVault, client: ClientId, session: EntryId) -> None:
    before = held(vault)
    other = Secrets(os.urandom(32), os.urandom(16), os.urandom(32), 1)
    with pytest.raises(WrongPassphraseError):
        vault.history.delete_client(client, other)
    assert held(vault) == before
    assert set(other.data_key) == {0}, "keys that were shown are not kept"


def test_no_backup_means_no_deletion(
    vault: OpenVault, client: ClientId, session: EntryId, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = held(vault)
    (vault.folder / "backups").write_text("not a folder")
    with pytest.raises(KnownError):
        delete(vault, client)
    assert held(vault) == before


@pytest.mark.parametrize("act", ["delete", "redact", "bin", "restore"])
def test_a_full_disk_does_all_of_it_or_nothing(
    vault: OpenVault, client: ClientId, session: EntryId, access: Access, secrets: Secrets, clock: Clock, act: str
) -> None:
    draft = vault.notebook.write(card(vault.notebook, client, "note", {"body": "First"})).entry
    assert draft is not None
    clock.move(minutes=6)
    vault.notebook.write(card(vault.notebook, client, "note", {"body": "Then"}, entry=draft))
    proof = vault.keys.work().check(PASSPHRASE)
    history = vault.history
    acts: dict[str, Callable[[], object]] = {
        "delete": lambda: history.delete_client(client, proof),
        "redact": lambda: history.redact(session, ["body"], [], "Wrong file"),
        "bin": lambda: history.bin(draft, session),
        "restore": lambda: history.restore(draft, history.versions(draft)[0].id),
    }
    before = held(vault)
    with files_no_longer_than(2048), pytest.raises(NotDoneError):
        acts[act]()
    assert held(vault) == before
    vault.close()
    again = access.open(vault.folder, secrets)
    assert held(again) == before
    again.close()


def test_nothing_goes_from_a_vault_that_is_open_for_reading_only(
    vault: OpenVault, client: ClientId, session: EntryId, access: Access, secrets: Secrets, clock: Clock
) -> None:
    vault.close()
    clock.move(days=40)
    before = every_byte(vault.folder)
    reading = access.open(vault.folder, secrets, read_only=True)
    assert reading.history.binned()
    assert reading.history.purge() == 0
    with pytest.raises(ReadOnlyError):
        delete(reading, client)
    with pytest.raises(ReadOnlyError):
        reading.history.bin(session)
    reading.close()
    assert every_byte(vault.folder) == before


def test_only_backups_since_then_are_told(vault: OpenVault, client: ClientId, session: EntryId, clock: Clock) -> None:
    first = vault.backups.automatic()
    assert first is not None
    made = first(UNWATCHED)
    clock.move(days=1)
    added = vault.notebook.add_client({"code": "L-1"}).client
    assert added is not None
    assert vault.history.held_since(vault.notebook.client(added).created_at) == []
    assert [one.path for one in vault.history.held_since(vault.notebook.client(client).created_at)] == [made.path]


def test_how_much_there_is_about_a_client_is_told(vault: OpenVault, client: ClientId, session: EntryId) -> None:
    found = vault.history.weight(client)
    assert (found.notes, found.in_bin, found.strains, found.addenda) == (3, 1, 1, 2)


def test_a_large_vault_owes_its_pages_until_it_is_left(
    vault: OpenVault, client: ClientId, session: EntryId, secrets: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alliance_desktop.services.owed.AT_ONCE", 1000)
    store = vault.notebook._store
    delete(vault, client)
    assert store.settings.get(OWED) is True
    vault.history.write_owed_pages()
    assert store.settings.get(OWED) is None
    vault.close()
    assert copies(vault.folder / NOTES, secrets) == 0


def test_what_is_taken_out_with_a_full_disk_is_owed_too(
    vault: OpenVault, session: EntryId, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, owed_at = vault.notebook._store, []
    monkeypatch.setattr(store, "rewrite", lambda: owed_at.append(store.settings.get(OWED)))
    vault.history.redact(session, ["body"], [], "Wrong file")
    assert owed_at == [True]
    line = vault.ledger.note(None, [session], to_whom="Nobody", why="A test", how="printed", what="A page").entry
    assert line is not None
    vault.ledger.take_back(line)
    assert owed_at == [True, True], "a line that is taken back leaves no copy either"


def test_an_answer_to_a_reminder_about_a_client_alone_goes_with_them(
    vault: OpenVault, client: ClientId, other: ClientId, clock: Clock
) -> None:
    store = vault.notebook._store
    with store.transaction():
        for id, who in ((11, client), (12, other)):
            store.put_offs.add(PutOff(id=id, client=who, rule="r", subject=999, at=clock(), why="Said."))
    delete(vault, client)
    assert [one.id for one in store.put_offs.all()] == [12]


def test_all_additions_are_counted_those_to_binned_notes_too(
    vault: OpenVault, client: ClientId, session: EntryId
) -> None:
    before = vault.history.weight(client)
    vault.history.bin(session)
    assert (before.addenda, vault.history.weight(client).addenda) == (2, 2)


def test_a_link_to_what_is_gone_never_leads_to_a_new_note(
    vault: OpenVault, client: ClientId, other: ClientId, access: Access, secrets: Secrets, clock: Clock
) -> None:
    recovery, vault_id, key = bytes(secrets.recovery), bytes(secrets.vault_id), bytes(secrets.data_key)
    book = vault.notebook
    clock.move(days=-1)  # ids then only count on
    linking, gone = book.new_entry(), book.new_entry()
    book.write(card(book, client, "note", {"body": "She came in late."}, entry=gone))
    book.write(WriteCard(client=other, form="goal", card="goal", answers={"came_from": [gone]}, entry=linking))
    delete(vault, client)
    vault.close()
    again = access.open(vault.folder, Secrets(recovery, vault_id, key, secrets.generation))
    new = again.notebook.new_entry()
    again.notebook.write(card(again.notebook, other, "note", {"body": "Another day."}, entry=new))
    assert again.notebook.links_to(new) == []
    assert new > gone
    again.close()
