"""With the side file or without: the truer way is taken, and the report says which."""

import os
import shutil

import pytest
from salvage_cases import MEANING, fill, moment, rows, spoil
from vault_cases import client, raw

from alliance_desktop.keys.keyfile import Secrets, secrets_of
from alliance_desktop.storage import opening, side_file
from alliance_desktop.storage.salvage.choosing import SideFile
from alliance_desktop.storage.salvage.work import salvage


def saved(folder, secrets, new, **more):
    return salvage(folder, secrets, new, MEANING, now=moment, random=os.urandom, **more)


def copied(own: Secrets) -> Secrets:
    return secrets_of(own.recovery, bytes(bytearray(own.vault_id)), own.generation)


def write(folder, secrets, id: int) -> None:
    store = opening.open_store(folder, copied(secrets))
    with store.transaction():
        store.clients.put(client(id))
    store.close()


def waiting(folder, secrets, to, id: int):
    """Return a copy of a vault in which the save of a client is still in the side file alone."""
    store = opening.open_store(folder, copied(secrets))
    store._database.settle = lambda: None
    with store.transaction():
        store.clients.put(client(id))
    shutil.copytree(folder, to)
    del store._database.settle
    store.settle()
    store.close()
    assert (to / "notes.db-wal").stat().st_size > 0
    return to


@pytest.fixture
def full(folder, secrets):
    store = opening.open_store(folder, copied(secrets))
    fill(store, notes=20)
    store.close()
    return folder


@pytest.fixture
def new(tmp_path):
    return tmp_path / "New.vault"


@pytest.fixture
def stopped(full, secrets, tmp_path):
    """A vault whose last save, client 77, is in its side file only."""
    return waiting(full, secrets, tmp_path / "Stopped.vault", 77)


def test_a_save_that_is_only_in_the_side_file_is_used(stopped, secrets, new) -> None:
    report = saved(stopped, secrets, new)
    assert (report.side, report.agrees) == (SideFile.USED, True)
    assert 77 in rows(new, secrets)["client"]


def test_pages_of_the_side_file_take_the_place_of_bad_ones(stopped, secrets, new) -> None:
    spoil(stopped / "notes.db", 1, 2, 3)
    report = saved(stopped, secrets, new, seen_saves=1)
    assert report.side is SideFile.USED
    assert 77 in rows(new, secrets)["client"]


@pytest.mark.parametrize("at", [3, 20, 40, 60, 300, 4200])
def test_a_damaged_side_file_is_left_out(stopped, secrets, new, at) -> None:
    beside = stopped / "notes.db-wal"
    data = bytearray(beside.read_bytes())
    data[at] ^= 1
    beside.write_bytes(data)
    report = saved(stopped, secrets, new)
    assert (report.side, report.agrees) == (SideFile.NONE, True)
    assert 77 not in rows(new, secrets)["client"]


def test_a_side_file_cut_short_is_left_out(stopped, secrets, new) -> None:
    beside = stopped / "notes.db-wal"
    beside.write_bytes(beside.read_bytes()[:-1])
    assert saved(stopped, secrets, new).side is SideFile.NONE


def test_an_old_side_file_beside_newer_notes_is_left_out(full, stopped, secrets, new) -> None:
    for id in (80, 81, 82):
        write(full, secrets, id)
    shutil.copy(stopped / "notes.db-wal", full / "notes.db-wal")
    report = saved(full, secrets, new)
    assert (report.side, report.agrees) == (SideFile.LEFT_OUT, True)
    assert {77, 80, 81, 82} <= rows(new, secrets)["client"].keys()


def test_an_old_side_file_is_left_out_as_well_where_the_notes_no_longer_tell_their_saves(
    full, stopped, secrets, new
) -> None:
    write(full, secrets, 80)
    saves = counted(full, secrets)
    shutil.copy(stopped / "notes.db-wal", full / "notes.db-wal")
    spoil(full / "notes.db", 2)
    report = saved(full, secrets, new, seen_saves=saves)
    assert report.side is SideFile.LEFT_OUT
    assert 80 in rows(new, secrets)["client"]


def test_pages_of_a_side_file_that_the_key_does_not_fit_are_left_out(full, stopped, secrets, new) -> None:
    data = (stopped / "notes.db-wal").read_bytes()
    (full / "notes.db-wal").write_bytes(data[:32] + resummed(data, lambda page: bytes(len(page))))
    report = saved(full, secrets, new)
    assert report.agrees is True
    assert 77 in rows(new, secrets)["client"], "the notes have it themselves"


def resummed(data: bytes, change) -> bytes:
    """Return the frames of a side file with other pages, their sums right again."""
    order = ">" if data[3] & 1 else "<"
    sums = side_file._summed(data[:24], (0, 0), order)
    out = b""
    for at in range(32, len(data), 24 + 4096):
        head, page = data[at : at + 24], change(data[at + 24 : at + 24 + 4096])
        sums = side_file._summed(head[:8] + page, sums, order)
        out += head[:16] + sums[0].to_bytes(4, "big") + sums[1].to_bytes(4, "big") + page
    return out


def counted(folder, secrets) -> int:
    connection = raw(folder, secrets)
    try:
        return connection.execute("SELECT value FROM meta WHERE name = 'saves'").fetchone()[0]
    finally:
        connection.close()
