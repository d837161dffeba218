"""What opens a vault, and changing it: a new passphrase, a new sheet, both at once, the sheet alone and back."""

import os
from pathlib import Path

import pytest
from service_cases import BEGAN, CHEAP, PASSPHRASE, Clock

from alliance_desktop.domain.errors import (
    DiskFullError,
    KnownError,
    MistypedRecoveryKeyError,
    ReadOnlyError,
    WrongPassphraseError,
    WrongRecoveryKeyError,
)
from alliance_desktop.domain.key_errors import NoRoomToReencryptError, OldSheetError, StaleChangeError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.services.access import Access, OpenVault, sheet_of
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.machine import Machine
from alliance_desktop.storage import rekeying
from alliance_desktop.storage.database import Database

NEW = "a lamp by the green door"


def reopened(access: Access, vault: OpenVault, passphrase: str) -> OpenVault:
    vault.close()
    return access.open(vault.folder, access.unlock(vault.folder, passphrase))


def by_sheet(access: Access, folder: Path, recovery: bytes) -> OpenVault:
    return access.open(folder, access.recover(folder, recovery_text(recovery)))


def test_a_new_vault_says_since_when_it_opens(vault: OpenVault) -> None:
    standing = vault.keys.standing()
    assert standing.passphrase_at == standing.sheet_at == BEGAN
    assert (standing.opens_by_sheet, standing.sheet_was_used) == (False, False)


def test_a_changed_passphrase_opens_and_its_day_is_kept(access: Access, vault: OpenVault, clock: Clock) -> None:
    clock.move(days=3)
    vault.keys.install(vault.keys.work().passphrase(PASSPHRASE, NEW))
    again = reopened(access, vault, NEW)
    assert again.keys.standing().passphrase_at == clock.at
    assert again.keys.standing().sheet_at == BEGAN
    again.close()
    with pytest.raises(WrongPassphraseError):
        access.unlock(vault.folder, PASSPHRASE)


def test_an_earlier_program_that_did_not_note_the_day_is_not_guessed_at(access: Access, vault: OpenVault) -> None:
    vault.keys.install(vault.keys.work().passphrase(PASSPHRASE, NEW))
    with vault._store.transaction():
        vault._store.settings.put("key_life", ["not", "an", "object"])
    assert vault.keys.standing().passphrase_at is None


@pytest.mark.parametrize("new", ["", NEW])
def test_a_new_sheet_takes_the_place_of_the_old_one(
    access: Access, vault: OpenVault, clock: Clock, secrets: Secrets, new: str
) -> None:
    old = bytes(secrets.recovery)
    clock.move(days=1)
    made = vault.keys.work().replacement(PASSPHRASE, new)
    recovery = bytes(bytearray(made.new.recovery))
    assert sheet_of(made.new).groups != sheet_of(secrets).groups
    vault.keys.replace(made, new_passphrase=bool(new))
    assert not any(made.new.recovery), "it is forgotten"
    assert vault.keys.standing().sheet_at == clock.at
    if new:
        assert vault.keys.standing().passphrase_at == clock.at
    again = reopened(access, vault, new or PASSPHRASE)
    again.close()
    by_sheet(access, vault.folder, recovery).close()
    with pytest.raises(OldSheetError):
        by_sheet(access, vault.folder, old)
    if new:
        with pytest.raises(WrongPassphraseError):
            access.unlock(vault.folder, PASSPHRASE)


def test_nothing_is_changed_until_it_is_put_in_place(access: Access, vault: OpenVault, secrets: Secrets) -> None:
    before = {one.name: one.read_bytes() for one in vault.folder.iterdir() if one.is_file()}
    vault.keys.work().replacement(PASSPHRASE, NEW).forget()
    vault.keys.work().no_passphrase(PASSPHRASE)
    assert {one.name: one.read_bytes() for one in vault.folder.iterdir() if one.is_file()} == before


def test_a_wrong_passphrase_is_asked_for_again(vault: OpenVault) -> None:
    for act in (vault.keys.work().check, vault.keys.work().replacement, vault.keys.work().no_passphrase):
        with pytest.raises(WrongPassphraseError):
            act(NEW)


def test_a_change_prepared_before_another_one_is_not_made(vault: OpenVault) -> None:
    made = vault.keys.work().replacement(PASSPHRASE)
    late = vault.keys.work().passphrase(PASSPHRASE, NEW)
    vault.keys.install(vault.keys.work().passphrase(PASSPHRASE, NEW))
    with pytest.raises(StaleChangeError):
        vault.keys.replace(made, new_passphrase=False)
    with pytest.raises(StaleChangeError):
        vault.keys.install(late)


# -- the sheet alone ------------------------------------------------------------------------------------------------


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "state")


@pytest.fixture
def by_sheet_only(forms: Forms, clock: Clock, machine: Machine, folder: Path, secrets: Secrets) -> OpenVault:
    """A vault that opens by its sheet only, open."""
    vault = Access(forms, clock, os.urandom, CHEAP, machine).open(folder, secrets)
    vault.keys.install_none(vault.keys.work().no_passphrase(PASSPHRASE))
    return vault


def test_the_sheet_alone_opens(
    access: Access, by_sheet_only: OpenVault, machine: Machine, made_once: tuple[Path, Secrets]
) -> None:
    vault, recovery = by_sheet_only, made_once[1].recovery
    assert machine.seen(made_once[1].vault_id).opens_by_sheet
    vault.close()
    with pytest.raises(WrongPassphraseError):
        access.unlock(vault.folder, PASSPHRASE)
    again = by_sheet(access, vault.folder, recovery)
    assert again.keys.standing().opens_by_sheet
    assert again.keys.standing().passphrase_at is None
    again.close()


def test_what_a_full_disk_does_not_note_holds_all_the_same_and_is_noted_with_the_next_change(
    access: Access,
    forms: Forms,
    clock: Clock,
    machine: Machine,
    folder: Path,
    secrets: Secrets,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object, **_counted: object) -> None:
        raise DiskFullError

    vault = Access(forms, clock, os.urandom, CHEAP, machine).open(folder, secrets)
    recovery = bytes(bytearray(secrets.recovery))
    sealed = vault.keys.work().no_passphrase(PASSPHRASE)
    with monkeypatch.context() as patched:
        patched.setattr(Database, "_commit", full)
        vault.keys.install_none(sealed)
    assert vault.keys.standing().opens_by_sheet
    assert vault.keys.work().by_sheet
    assert machine.seen(vault._store.vault_id).opens_by_sheet
    assert vault._store.settings.get("key_life") is None
    vault.keys.put_off()
    vault.close()
    again = by_sheet(access, vault.folder, recovery)
    assert again.keys.standing().opens_by_sheet
    again.close()


def test_the_key_on_the_sheet_stands_for_the_passphrase(by_sheet_only: OpenVault, made_once) -> None:
    typed = recovery_text(made_once[1].recovery)
    work = by_sheet_only.keys.work()
    assert work.check(typed.lower().replace("-", " ")).recovery == made_once[1].recovery
    with pytest.raises(WrongRecoveryKeyError):
        work.check(recovery_text(bytes(20)))
    with pytest.raises(MistypedRecoveryKeyError, match=r"Group \d"):
        work.check(("0" if typed[0] != "0" else "1") + typed[1:])
    by_sheet_only.close()


def test_a_passphrase_can_be_set_again(access: Access, by_sheet_only: OpenVault, machine: Machine, made_once) -> None:
    vault = by_sheet_only
    vault.keys.install(vault.keys.work().passphrase(recovery_text(made_once[1].recovery), NEW))
    assert not machine.seen(made_once[1].vault_id).opens_by_sheet
    again = reopened(access, vault, NEW)
    assert not again.keys.standing().opens_by_sheet
    again.close()


def test_a_new_sheet_without_a_passphrase_leaves_it_without_one(access: Access, by_sheet_only, made_once) -> None:
    vault = by_sheet_only
    made = vault.keys.work().replacement(recovery_text(made_once[1].recovery))
    recovery = bytes(bytearray(made.new.recovery))
    vault.keys.replace(made, new_passphrase=False)
    vault.close()
    again = by_sheet(access, vault.folder, recovery)
    assert again.keys.standing().opens_by_sheet
    again.close()


# -- around it ------------------------------------------------------------------------------------------------------


def test_a_used_sheet_is_remembered_until_it_is_replaced(access: Access, vault: OpenVault) -> None:
    vault.keys.note_sheet_used()
    assert vault.keys.standing().sheet_was_used
    vault.keys.put_off()
    again = reopened(access, vault, PASSPHRASE)
    assert (again.keys.standing().sheet_was_used, again.keys.standing().sheet_can_wait) == (True, True)
    again.keys.replace(again.keys.work().replacement(PASSPHRASE), new_passphrase=False)
    assert (again.keys.standing().sheet_was_used, again.keys.standing().sheet_can_wait) == (False, False)
    again.close()


def test_too_little_room_for_backup_and_new_pages_is_said(vault: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.keys.must_be_ready(to_encrypt=True)
    monkeypatch.setattr(rekeying.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000})())
    with pytest.raises(NoRoomToReencryptError):
        vault.keys.must_be_ready(to_encrypt=True)
    vault.keys.must_be_ready(to_encrypt=False)


def test_a_backup_is_made_before_the_risk_and_opens_with_the_old_sheet(vault: OpenVault, access: Access) -> None:
    with vault._store.transaction():
        vault._store.settings.put("a", 1)
    work = vault.keys.before_risk()
    assert work is not None
    work()
    assert len(vault.backups.listed()) == 1


def test_a_remark_that_finds_no_room_does_not_undo_the_change(
    access: Access, vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = vault.keys.work().passphrase(PASSPHRASE, NEW)

    def full(*_: object, **_counted: object) -> None:
        raise KnownError

    with monkeypatch.context() as patched:
        patched.setattr(type(vault._store.settings), "put", full)
        vault.keys.install(sealed)
    again = reopened(access, vault, NEW)
    assert again.keys.standing().passphrase_at is None
    again.close()


def test_a_vault_that_is_only_read_keeps_its_keys(access: Access, folder: Path, secrets: Secrets) -> None:
    opened = access.open(folder, secrets, read_only=True)
    before = {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}
    work = opened.keys.work()
    with pytest.raises(ReadOnlyError):
        opened.keys.must_be_ready(to_encrypt=False)
    with pytest.raises(ReadOnlyError):
        opened.keys.install(work.passphrase(PASSPHRASE, NEW))
    with pytest.raises(ReadOnlyError):
        opened.keys.replace(work.replacement(PASSPHRASE), new_passphrase=False)
    opened.close()
    assert {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()} == before
