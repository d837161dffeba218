"""A look at all that a request is about is kept as long as it is as a new one, and can be taken in another thread."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from records_cases import ASKED, a_concern, a_request, decide_all, keys, written

from alliance_desktop.domain.answers import dated
from alliance_desktop.domain.backup_errors import BackupStoppedError
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.records.items import Group
from alliance_desktop.domain.rupture import Status
from alliance_desktop.domain.watch import Watch
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import Notebook, WriteCard
from alliance_desktop.services.records import Records


@pytest.fixture
def concern(notebook: Notebook, client: ClientId) -> EntryId:
    return a_concern(notebook, client)


@pytest.fixture
def request_(notebook: Notebook, client: ClientId, concern: EntryId) -> EntryId:
    return a_request(notebook, client)


@pytest.fixture
def records(vault: OpenVault) -> Records:
    return vault.records


def acts(
    vault: OpenVault, client: ClientId, request_: EntryId, concern: EntryId
) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what changes what a request is about, each after the one before was done."""
    book, records = vault.notebook, vault.records
    yield "new", lambda: written(book, client, "session", "note", {"body": "We talked.", "for_me_only": "New."})
    yield "late", lambda: book.amend(concern, "Said a day later.")
    yield "bin", lambda: vault.history.bin(concern)
    yield "back", lambda: vault.history.put_back(concern)
    yield "decided", lambda: decide_all(records, request_)
    yield "back again", lambda: records.take_back(request_, keys(records, request_, Group.SAFETY))
    told = book.client(client).answers | {"called": "Somebody else"}
    yield "details", lambda: book.amend_client(client, told)
    (strain,) = (one.arc.id for one in vault.strains.of_client(client))
    on = datetime.date(2026, 3, 4)
    yield "strain", lambda: vault.strains.set_status(strain, Status.IN_DIALOGUE, on, "A reason of my own.")
    narrow = {**ASKED, "scope_from": dated(datetime.date(2026, 3, 3))}
    yield (
        "scope",
        lambda: book.write(
            WriteCard(client=client, form="records_request", card="request", answers=narrow, entry=request_)
        ),
    )
    yield "all of it", lambda: decide_all(records, request_)
    yield "finished", lambda: book.finish(request_)


def differing(vault: OpenVault, client: ClientId, request_: EntryId, concern: EntryId) -> list[str]:
    """Return after which acts a look that was kept says anything else than a new one."""
    found = []
    for name, act in acts(vault, client, request_, concern):
        before = vault.records.look(request_)
        act()
        new = Records(vault._store, vault.forms, vault.notebook).look(request_)
        assert new != before, name
        if vault.records.look(request_) != new:
            found.append(name)
    return found


def test_a_look_that_is_kept_is_as_a_new_one(
    vault: OpenVault, client: ClientId, request_: EntryId, concern: EntryId
) -> None:
    assert differing(vault, client, request_, concern) == []
    assert vault.records.is_at_hand(request_)
    assert vault.records.look(request_) is vault.records.look(request_), "nothing is gone through twice"


def test_a_look_that_is_kept_whatever_was_written_would_be_noticed(
    vault: OpenVault, client: ClientId, request_: EntryId, concern: EntryId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault._store.touched, "since", lambda mark: (mark, set()))
    assert "new" in differing(vault, client, request_, concern)


def test_a_look_from_another_thread_is_kept_only_where_nothing_was_written_since(
    vault: OpenVault, client: ClientId, records: Records, request_: EntryId
) -> None:
    reading = records.read(request_)
    records.take(reading, reading.looked())
    assert records.is_at_hand(request_)
    reading = records.read(request_)
    looked = reading.looked()
    written(vault.notebook, client, "session", "note", {"for_me_only": "Meanwhile."})
    records.take(reading, looked)
    assert not records.is_at_hand(request_)
    assert records.look(request_).waiting[Group.PRIVATE] == looked.waiting[Group.PRIVATE] + 1


def test_a_look_can_be_stopped(records: Records, request_: EntryId) -> None:
    with pytest.raises(BackupStoppedError):
        records.read(request_).looked(Watch(is_stopped=lambda: True))
