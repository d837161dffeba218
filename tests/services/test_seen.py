"""What a computer remembers of a vault it opened: how many saves, whether it was closed, when it was last in order."""

import os
import shutil
from pathlib import Path

import pytest
from service_cases import CHEAP, Clock

from alliance_desktop.domain.errors import ReadOnlyError
from alliance_desktop.domain.opening_errors import LeftOpenError, OlderCopyError, OpenedToReadError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.machine import Machine
from alliance_desktop.storage import presence


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "state")


@pytest.fixture
def access(forms: Forms, clock: Clock, machine: Machine) -> Access:
    return Access(forms, clock, os.urandom, CHEAP, machine)


def own(secrets: Secrets) -> Secrets:
    return Secrets(bytes(secrets.recovery), bytes(secrets.vault_id), bytes(secrets.data_key), secrets.generation)


def test_every_save_is_remembered(vault: OpenVault, machine: Machine, secrets: Secrets, clock: Clock) -> None:
    before = machine.seen(secrets.vault_id)
    assert not before.closed_well
    assert before.saves > 0
    vault.notebook.add_client({"code": "M7"})
    after = machine.seen(secrets.vault_id)
    assert after.saves > before.saves
    assert after.saved_at is not None
    vault.close()
    assert machine.seen(secrets.vault_id).closed_well
    vault.close()


def test_an_older_copy_is_told_and_opens_when_that_is_wanted(
    access: Access, folder: Path, secrets: Secrets, machine: Machine, tmp_path: Path
) -> None:
    older = shutil.copytree(folder, tmp_path / "Older.vault")
    vault = access.open(folder, own(secrets))
    for code in ("A1", "A2", "A3"):
        vault.notebook.add_client({"code": code})
    vault.close()
    with pytest.raises(OlderCopyError) as caught:
        access.open(older, own(secrets))
    assert caught.value.missing == 3
    opened = access.open(older, own(secrets), accept_older=True)
    assert opened.notebook.clients() == []
    opened.close()
    access.open(older, own(secrets)).close()


def test_the_lower_number_of_what_was_opened_to_read_is_not_remembered(
    access: Access, folder: Path, secrets: Secrets, machine: Machine, tmp_path: Path
) -> None:
    older = shutil.copytree(folder, tmp_path / "Older.vault")
    vault = access.open(folder, own(secrets))
    vault.notebook.add_client({"code": "A1"})
    vault.close()
    before = machine.seen(secrets.vault_id)
    reading = access.open(older, own(secrets), read_only=True, accept_older=True)
    assert reading.read_only
    assert [type(one) for one in reading.remarks] == [OpenedToReadError]
    with pytest.raises(ReadOnlyError):
        reading.notebook.add_client({"code": "B1"})
    reading.close()
    assert machine.seen(secrets.vault_id) == before


def test_a_vault_that_was_not_closed_is_looked_through(
    access: Access, folder: Path, secrets: Secrets, machine: Machine, tmp_path: Path
) -> None:
    vault = access.open(folder, own(secrets))
    vault.notebook.add_client({"code": "A1"})
    assert presence.found(folder) is not None
    stopped = shutil.copytree(folder, tmp_path / "Stopped.vault")
    vault._store.close()
    opened = access.open(stopped, own(secrets))
    assert [type(one) for one in opened.remarks] == [LeftOpenError]
    opened.close()
    again = access.open(stopped, own(secrets))
    assert again.remarks == ()
    again.close()


def test_a_look_through_all_notes_is_remembered(vault: OpenVault, machine: Machine, secrets: Secrets) -> None:
    answers: list[bool] = []

    def answering() -> object:
        answers.append((yield from vault.checking()))

    steps = sum(1 for _ in answering())
    assert steps > 0
    assert answers == [True]
    assert machine.seen(secrets.vault_id).checked_at is not None


def test_notes_changed_past_the_program_are_told(vault: OpenVault, machine: Machine, secrets: Secrets) -> None:
    vault.notebook.add_client({"code": "A1"})
    database = vault._store._database
    database.follow(_Blind())
    with vault._store.transaction():
        database.run("UPDATE client SET answers = '{}'")
    answers: list[bool] = []

    def answering() -> object:
        answers.append((yield from vault.checking()))

    list(answering())
    assert answers == [False]
    assert machine.seen(secrets.vault_id).checked_at is None


class _Blind:
    """Counts nothing along: the digest is off."""

    def begin(self) -> None: ...

    def alone(self, sql: str) -> None: ...

    def put(self, put: object, values: object, rowid: int) -> None: ...

    def doubt(self) -> None: ...

    def keep(self, *, counted: bool) -> None: ...


def test_room_is_kept_and_given_back(vault: OpenVault) -> None:
    assert vault.reserving()()
    assert vault.free_reserve()
    assert not vault.free_reserve()
