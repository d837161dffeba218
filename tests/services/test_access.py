"""Ways into a vault: made, unlocked, recovered, its passphrase changed, and locked again."""

from pathlib import Path

import pytest
from service_cases import PASSPHRASE, card

from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.errors import (
    MistypedRecoveryKeyError,
    VaultExistsError,
    VaultInUseError,
    WrongPassphraseError,
)
from alliance_desktop.keys.recovery import groups, recovery_text
from alliance_desktop.services.access import Access, OpenVault, sheet_of

NEW = "a lamp by the green door"


def test_a_new_vault_opens_with_its_passphrase(access: Access, tmp_path: Path) -> None:
    place = tmp_path / "New.vault"
    access.create(place, PASSPHRASE).forget()
    opened = access.open(place, access.unlock(place, PASSPHRASE))
    assert (opened.folder, opened.sample, opened.notebook.clients()) == (place, False, [])
    opened.close()


def test_nothing_is_made_over_what_is_there(access: Access, folder: Path) -> None:
    with pytest.raises(VaultExistsError):
        access.create(folder, PASSPHRASE)
    access.unlock(folder, PASSPHRASE).forget()


def test_another_passphrase_opens_nothing(access: Access, folder: Path) -> None:
    with pytest.raises(WrongPassphraseError):
        access.unlock(folder, NEW)


def test_what_was_written_is_there_after_lock_and_unlock(access: Access, vault: OpenVault, client: ClientId) -> None:
    vault.notebook.write(card(vault.notebook, client, "note", {"body": "She went quiet."}))
    assert [one.answers for one in vault.drafts()] == [{"body": "She went quiet."}]
    vault.close()
    opened = access.open(vault.folder, access.unlock(vault.folder, PASSPHRASE))
    (entry,) = opened.notebook.entries(client)
    assert entry.answers == {"body": "She went quiet."}
    opened.notebook.finish(entry.id)
    assert opened.drafts() == []
    opened.close()


def test_a_vault_that_is_open_is_not_opened_twice(access: Access, vault: OpenVault) -> None:
    secrets = access.unlock(vault.folder, PASSPHRASE)
    with pytest.raises(VaultInUseError):
        access.open(vault.folder, secrets)
    vault.close()
    access.open(vault.folder, secrets).close()


def test_the_sheet_opens_the_vault_as_it_is_typed(access: Access, tmp_path: Path) -> None:
    place = tmp_path / "New.vault"
    sheet = sheet_of(access.create(place, PASSPHRASE))
    assert len(sheet.groups) == 9
    opened = access.open(place, access.recover(place, " ".join(sheet.groups).lower()))
    opened.close()
    assert (place / "notes.db").read_bytes()[:16].hex() == sheet.vault_id


def test_a_mistyped_group_is_named(access: Access, folder: Path) -> None:
    access.unlock(folder, PASSPHRASE)
    with pytest.raises(MistypedRecoveryKeyError):
        access.recover(folder, "0000-0000")


def test_a_changed_passphrase_is_the_only_one(access: Access, vault: OpenVault) -> None:
    before = vault.key_generation
    vault.install(vault.keys.work().passphrase(PASSPHRASE, NEW))
    assert vault.key_generation == before + 1
    vault.close()
    with pytest.raises(WrongPassphraseError):
        access.unlock(vault.folder, PASSPHRASE)
    access.open(vault.folder, access.unlock(vault.folder, NEW)).close()


def test_a_change_needs_the_present_passphrase_and_sealing_alone_changes_nothing(
    access: Access, vault: OpenVault
) -> None:
    with pytest.raises(WrongPassphraseError):
        vault.keys.work().passphrase(NEW, NEW)
    vault.keys.work().passphrase(PASSPHRASE, NEW).secrets.forget()
    vault.close()
    access.open(vault.folder, access.unlock(vault.folder, PASSPHRASE)).close()


def test_after_the_sheet_a_new_passphrase_is_set(access: Access, tmp_path: Path) -> None:
    place = tmp_path / "New.vault"
    typed = "-".join(groups(recovery_text(access.create(place, PASSPHRASE).recovery)))
    secrets = access.recover(place, typed)
    opened = access.open(place, secrets)
    opened.install(opened.keys.work().passphrase_for(secrets, NEW))
    opened.close()
    access.open(place, access.unlock(place, NEW)).close()
    with pytest.raises(WrongPassphraseError):
        access.unlock(place, PASSPHRASE)
