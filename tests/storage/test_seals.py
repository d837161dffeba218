"""Every page that was changed is told as that, whichever look reads it, and also where no look does."""

import contextlib
import hmac
import os
import shutil
import struct
from itertools import islice

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from vault_cases import client, entry, raw

from alliance_desktop.domain.errors import VaultDamagedError
from alliance_desktop.storage import opening, schema, seals
from alliance_desktop.storage.database import open_to_read
from alliance_desktop.storage.faults import StatementError
from alliance_desktop.storage.salvage.pages import Pages
from alliance_desktop.storage.sealed_page import PAGE, SUM, USABLE, seal_key
from alliance_desktop.storage.seals import Seals
from alliance_desktop.storage.soundness import Amiss, first_amiss

HEAP = ("CREATE TABLE heap (words)", "INSERT INTO heap VALUES (zeroblob(40000))", "DROP TABLE heap")
IN_THE_INDEX = "INSERT INTO search_index (rowid, record, private, kind) VALUES (1, 'quiet words', '', 'contact')"


def turned(page, at):
    return page[:at] + bytes([page[at] ^ 4]) + page[at + 1 :]


CHANGED = {
    "a bit of what it holds": lambda page, _other: turned(page, 700),
    "a bit of its vector": lambda page, _other: turned(page, PAGE - SUM - 3),
    "a bit of its seal": lambda page, _other: turned(page, PAGE - 1),
    "all of it, to zeros": lambda page, _other: bytes(len(page)),
    "its seal, to zeros": lambda page, _other: page[:-SUM] + bytes(SUM),
    "its place": lambda _page, other: other,
}


@pytest.fixture(scope="module")
def whole(made_once, tmp_path_factory):
    """A closed vault with a long note, words in the index, and free pages."""
    folder = shutil.copytree(made_once[0], tmp_path_factory.mktemp("sealed") / "Sealed.vault")
    secrets = made_once[1]
    store = opening.open_store(folder, secrets)
    with store.transaction():
        store.clients.put(client(1))
        store.entries.put(entry(10, answers={"facts": "words " * 2000}), frozenset())
    store.close()
    connection = raw(folder, secrets)
    for statement in (IN_THE_INDEX, *HEAP):
        connection.execute(statement).fetchall()
    assert connection.execute("PRAGMA freelist_count").fetchone()[0] >= 10
    connection.close()
    return folder / "notes.db"


@pytest.fixture
def notes(whole, tmp_path):
    return shutil.copyfile(whole, tmp_path / "notes.db")


def opened(notes, secrets):
    return open_to_read(notes, secrets.data_key, secrets.vault_id, schema.SCHEMA_VERSION)


def looked(notes, secrets, *, sealed=True):
    database = opened(notes, secrets)
    try:
        key = Seals(secrets.data_key, secrets.vault_id) if sealed else None
        return first_amiss(database, lambda: opened(notes, secrets), seals=key, words=False)
    finally:
        database.close()


def put(notes, at, data):
    with notes.open("r+b") as file:
        file.seek(at)
        file.write(data)


def pages_of(notes):
    data = notes.read_bytes()
    return [data[at : at + PAGE] for at in range(0, len(data), PAGE)]


@pytest.mark.parametrize("what", CHANGED)
def test_a_page_that_was_changed_is_told_wherever_it_lies(notes, secrets, what) -> None:
    pages = pages_of(notes)
    unseen = refused = 0
    for number in range(1 + list(CHANGED).index(what) % 3, len(pages), 3):
        put(notes, number * PAGE, CHANGED[what](pages[number], pages[number - 1]))
        try:
            assert looked(notes, secrets) is Amiss.SEALS, number + 1
        except VaultDamagedError:
            refused += 1
        with contextlib.suppress(VaultDamagedError, StatementError):
            unseen += looked(notes, secrets, sealed=False) is None
        put(notes, number * PAGE, pages[number])
    assert looked(notes, secrets) is None
    assert unseen >= 2, "without the seals, the free pages are seen by nothing"
    assert refused < 5, "only pages that every opening reads"


_BEHIND = {
    "a page of nothing": bytes(PAGE),
    "three": bytes(3 * PAGE),
    "a page": os.urandom(PAGE),
    "less": os.urandom(100),
}


@pytest.mark.parametrize("more", _BEHIND.values(), ids=_BEHIND)
def test_what_was_put_behind_the_last_page_is_told(notes, secrets, more) -> None:
    put(notes, notes.stat().st_size, more)
    assert looked(notes, secrets) is Amiss.SEALS
    assert looked(notes, secrets, sealed=False) is None


def test_only_what_the_structure_leaves_is_looked_at_where_it_tells_nothing(notes, secrets) -> None:
    """The control: a page that holds rows is not looked at twice; the look at the structure finds it changed."""
    pages = pages_of(notes)
    assert 10 <= len(left_after(notes, secrets, pages, "a bit of what it holds")) < len(pages) // 2
    assert len(left_after(notes, secrets, pages, "all of it, to zeros")) > len(pages) - 5


def left_after(notes, secrets, pages, what):
    """Return after a change of which page the look at what the structure leaves finds something."""
    key, left = Seals(secrets.data_key, secrets.vault_id), []
    for number, page in enumerate(pages[1:], 1):
        put(notes, number * PAGE, CHANGED[what](page, b""))
        with contextlib.suppress(VaultDamagedError):
            database = opened(notes, secrets)
            assert not seals.all_hold(database)
            if not key.left_hold(database):
                left.append(number + 1)
            database.close()
        put(notes, number * PAGE, page)
    return left


def test_pages_that_nothing_leads_to_are_no_broken_seals(notes, secrets) -> None:
    connection = raw(notes.parent, secrets)
    connection.execute("PRAGMA writable_schema=ON").fetchall()
    connection.execute("DELETE FROM sqlite_schema WHERE name = 'link_of_source'").fetchall()
    connection.close()
    assert looked(notes, secrets) is Amiss.STRUCTURE, "its pages belong to nothing, and all are sealed"


@pytest.mark.parametrize(("more", "amiss"), [(0, None), (1, Amiss.SEALS)])
def test_a_file_that_was_stretched_far_is_not_read_to_its_end(notes, secrets, more, amiss) -> None:
    with notes.open("r+b") as file:
        file.truncate(notes.stat().st_size + (seals._SPARE + more) * PAGE)
    assert looked(notes, secrets, sealed=False) is amiss


def test_pages_that_cannot_be_read_are_left_to_the_look_at_all(notes, secrets) -> None:
    key, database = Seals(secrets.data_key, secrets.vault_id), opened(notes, secrets)
    assert key.left_hold(database)
    reader, database.reader = database.reader, os.open(notes, os.O_WRONLY)
    try:
        assert not key.left_hold(database)
    finally:
        os.close(database.reader)
        database.reader = reader
        database.close()


def sealed(secrets, number, content):
    """Return a page with a seal of its own."""
    vector = bytes(16)
    hidden = Cipher(AES(secrets.data_key), CBC(vector)).encryptor().update(content.ljust(USABLE, b"\0")) + vector
    key = seal_key(secrets.data_key, secrets.vault_id)
    return hidden + hmac.digest(key, hidden + number.to_bytes(4, "little"), "sha512")


def listing(notes, secrets):
    """Return the pages of a file, the number of its first list of free pages, and how many are free."""
    pages = pages_of(notes)
    plain = Pages(lambda number: pages[number - 1], len(pages), secrets.data_key, secrets.vault_id)
    return plain, *struct.unpack_from(">II", plain.plain(1), 32)


@pytest.mark.parametrize("listed", [USABLE // 4 - 1, 0xFFFF_FFFF])
def test_a_list_of_free_pages_that_is_longer_than_its_page_is_wrong(notes, secrets, listed) -> None:
    """As an older page would be in its place, that held something else; its seal is right."""
    plain, first, count = listing(notes, secrets)
    assert len(set(seals._free(plain))) == count - 1, "the control"
    put(notes, (first - 1) * PAGE, sealed(secrets, first, struct.pack(">II", 0, listed)))
    assert list(seals._free(listing(notes, secrets)[0])) == [0]
    assert looked(notes, secrets) is Amiss.STRUCTURE


def test_lists_of_free_pages_that_lead_to_each_other_come_to_an_end(notes, secrets) -> None:
    _, first, count = listing(notes, secrets)
    put(notes, (first - 1) * PAGE, sealed(secrets, first, struct.pack(">III", first, 1, first + 1)))
    assert len(list(islice(seals._free(listing(notes, secrets)[0]), 9 * count))) <= count
    assert looked(notes, secrets) is Amiss.STRUCTURE
