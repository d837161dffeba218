"""Backups of an open vault: when they are due, what they hold, where they are, and coming back from one."""

import datetime
import os
import shutil
import tempfile
import threading
from pathlib import Path

import pytest
from service_cases import BEGAN, CHEAP, PASSPHRASE, Clock, card

from alliance_desktop.domain import backup_errors as errors
from alliance_desktop.domain.backup_words import REMIND_AFTER, Tally, told_difference, told_trial
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.backup_work import Restored, holding_of
from alliance_desktop.services.backups import put_in_place
from alliance_desktop.services.locked_backups import LockedBackups, TypedKey
from alliance_desktop.services.machine import Machine
from alliance_desktop.storage import disks, swapping
from alliance_desktop.storage.disks import Where

NEW = "another kettle altogether"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "state")


@pytest.fixture
def access(forms, clock: Clock, machine: Machine) -> Access:
    return Access(forms, clock, os.urandom, CHEAP, machine)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the system says is on another disk."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(disks, "told", lambda _vault, place: Where.OUTSIDE if place == folder else Where.SAME)
    return folder


def note(vault: OpenVault, client, words: str = "We spoke of the river.") -> None:
    vault.notebook.write(card(vault.notebook, client, "note", {"body": words}))


def make(vault: OpenVault) -> Path:
    work = vault.backups.automatic()
    assert work is not None
    return work().path


def test_one_is_due_after_a_save_and_half_an_hour(vault: OpenVault, client, clock: Clock) -> None:
    assert vault.backups.is_due
    make(vault)
    assert not vault.backups.is_due
    note(vault, client)
    assert not vault.backups.is_due
    clock.move(minutes=31)
    assert vault.backups.is_due
    make(vault)
    clock.move(days=3)
    assert not vault.backups.is_due, "nothing was saved since"


def test_a_clock_set_back_does_not_put_it_off(vault: OpenVault, client, clock: Clock) -> None:
    make(vault)
    note(vault, client)
    clock.move(days=-400)
    assert vault.backups.is_due


def test_it_can_be_written_after_the_vault_is_closed(vault: OpenVault, client, folder: Path, secrets: Secrets) -> None:
    note(vault, client)
    work = vault.backups.automatic()
    vault.close()
    done = []
    thread = threading.Thread(target=lambda: done.append(work()))
    thread.start()
    thread.join()
    assert len(done[0].contents.notes) == 1
    assert work._snapshot.data_key == bytes(32), "its copy of the key is wiped"


def test_a_full_or_read_only_disk_does_not_stop_a_lock(vault: OpenVault, folder: Path) -> None:
    (folder / "backups").write_bytes(b"a file in the way")
    assert vault.backups.automatic() is None
    with pytest.raises(errors.BackupPlaceError):
        vault.backups.before_risk()


def test_before_a_risk_one_is_made_only_where_something_changed(vault: OpenVault, client) -> None:
    first = vault.backups.before_risk()
    assert first is not None
    first()
    assert vault.backups.before_risk() is None
    note(vault, client)
    again = vault.backups.before_risk()
    assert again is not None
    again.drop()


def test_only_the_vaults_own_folder_is_thinned(vault: OpenVault, client, clock: Clock, tmp_path: Path) -> None:
    for _ in range(12):
        note(vault, client)
        clock.move(hours=1)
        make(vault)
    clock.move(days=20)
    note(vault, client)
    make(vault)
    assert len(vault.backups.listed()) < 13
    assert len([one for one in vault.backups.listed() if one.good]) >= 3
    vault.backups.to_place(tmp_path)()
    assert len(list(tmp_path.glob("*.vbak"))) == 1


def test_the_reminder_comes_after_a_week_and_goes_with_one_elsewhere(
    vault: OpenVault, client, clock: Clock, elsewhere: Path, tmp_path: Path, machine: Machine
) -> None:
    assert vault.backups.reminder() == ""
    clock.at = BEGAN + REMIND_AFTER
    assert vault.backups.reminder() == "There is no backup of this vault outside this computer yet."
    vault.backups.to_place(tmp_path)()
    assert vault.backups.reminder(), "the same disk does not count"
    vault.backups.to_place(elsewhere)()
    assert vault.backups.reminder() == ""
    clock.move(days=9)
    assert "9 days old" in vault.backups.reminder()


def test_an_empty_vault_is_not_nagged(vault: OpenVault, clock: Clock) -> None:
    clock.move(days=100)
    assert vault.backups.reminder() == ""


def test_a_trial_tells_whether_all_is_as_in_the_vault(
    vault: OpenVault, client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    note(vault, client)
    path = make(vault)
    tried = vault.backups.trying(path)()
    assert not list(tmp_path.glob("alliance-trial-*"))
    assert vault.backups.note_tried(tried)
    assert vault.backups.seen.tried_at == BEGAN
    note(vault, client)
    assert not vault.backups.note_tried(tried)


def test_the_difference_in_words(vault: OpenVault, client, clock: Clock) -> None:
    note(vault, client)
    tried = vault.backups.trying(make(vault))()
    assert told_difference(vault.backups.difference(tried))[-1] == "Vault and backup hold the same clients and notes."
    note(vault, client)
    clock.move(minutes=5)
    entry = vault.notebook.entries(client)[0]
    vault.notebook.write(card(vault.notebook, client, "note", {"body": "Changed."}, entry=entry.id))
    vault.notebook.add_client({"code": "N-1"})
    vault.notebook.amend_client(client, {"code": "D-35"})
    said = told_difference(vault.backups.difference(tried))
    assert said[2:] == [
        "Not in the backup, so missing afterwards: 1 client and 1 note.",
        "Changed since, so back as before: 1 client and 1 note.",
    ]


def test_words_of_a_trial() -> None:
    assert told_trial(Tally(1, 340), None, as_now=True) == (
        "Restored on trial: 1 client, 340 notes, all as in the vault."
    )
    at = datetime.datetime(2026, 11, 20, 9, 48, tzinfo=datetime.UTC)
    assert "all as they were on 20 November 2026" in told_trial(Tally(2, 1), at)
    assert "2 clients, 71,700 notes," in told_trial(Tally(2, 71_700), at), "a great number is easy to read"


def test_restoring_and_swapping_brings_it_back_and_keeps_the_other(
    access: Access, vault: OpenVault, client, folder: Path, clock: Clock, machine: Machine, secrets: Secrets
) -> None:
    note(vault, client, "The first.")
    path = make(vault)
    clock.move(hours=1)
    note(vault, client, "The second.")
    restored = vault.backups.restoring(path)()
    assert isinstance(restored, Restored)
    assert len(vault.backups.listed()) == 2, "the present state was backed up first"
    vault.close()
    aside = put_in_place(folder, restored, clock, machine)
    assert aside.name == f"{folder.name.removesuffix('.vault')} (before restore {clock.at.astimezone():%Y-%m-%d}).vault"
    back = access.open(folder, access.unlock(folder, PASSPHRASE))
    assert len(back.notebook.entries(client)) == 1
    assert len(back.backups.listed()) == 2, "the backups went along"
    back.close()
    whole = access.open(aside, access.unlock(aside, PASSPHRASE), accept_older=True)
    assert len(whole.notebook.entries(client)) == 2
    whole.close()


def test_the_present_passphrase_opens_what_was_restored(
    access: Access, vault: OpenVault, client, folder: Path, clock: Clock
) -> None:
    note(vault, client)
    path = make(vault)
    vault.keys.install(vault.keys.work().passphrase(PASSPHRASE, NEW))
    restored = vault.backups.restoring(path)()
    vault.close()
    opened = access.open(restored.folder, access.unlock(restored.folder, NEW), accept_older=True)
    assert len(opened.notebook.entries(client)) == 1
    opened.close()


def test_a_damaged_vault_comes_back_by_passphrase_or_paper(
    access: Access, vault: OpenVault, client, folder: Path, clock: Clock, secrets: Secrets, machine: Machine
) -> None:
    note(vault, client)
    path = make(vault)
    paper = recovery_text(secrets.recovery)
    vault.close()
    (folder / "notes.db").write_bytes(os.urandom(40_000))
    locked = LockedBackups(folder, clock)
    assert [one.path for one in locked.listed()] == [path]
    with pytest.raises(errors.BackupPassphraseError):
        locked.try_out(path, TypedKey("surely not the right words"))
    assert holding_of(locked.try_out(path, TypedKey(paper, by_paper=True)).contents).tally[:2] == (1, 1)
    restored = locked.restore(path, TypedKey(PASSPHRASE))
    put_in_place(folder, restored, clock, machine)
    opened = access.open(folder, access.unlock(folder, PASSPHRASE))
    assert len(opened.notebook.entries(client)) == 1
    opened.close()


def test_a_backup_of_another_vault_is_not_taken(vault: OpenVault, access: Access, tmp_path: Path, clock: Clock) -> None:
    other = tmp_path / "Other.vault"
    opened = access.open(other, access.create(other, PASSPHRASE))
    path = make(opened)
    opened.close()
    with pytest.raises(errors.BackupOfAnotherVaultError):
        vault.backups.fits(path)


def test_a_swap_that_lost_power_is_finished(vault: OpenVault, client, folder: Path, clock: Clock) -> None:
    note(vault, client)
    restored = vault.backups.restoring(make(vault))()
    vault.close()
    aside = folder.with_name("Notes (before restore 2026-03-05).vault")
    folder.rename(aside)
    assert swapping.heal(folder)
    assert (folder / "notes.db").is_file()
    assert list((folder / "backups").glob("*.vbak"))
    assert not restored.folder.exists()
    assert not swapping.heal(folder), "nothing is left to do"


def test_a_folder_that_cannot_be_renamed_leaves_both_whole(
    vault: OpenVault, client, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(vault, client)
    restored = vault.backups.restoring(make(vault))()
    vault.close()
    rename = os.rename

    def refuse_second(was, new) -> None:
        if was == restored.folder:
            raise PermissionError
        rename(was, new)

    monkeypatch.setattr(os, "rename", refuse_second)
    with pytest.raises(errors.SwapFailedError):
        put_in_place(folder, restored, clock)
    assert (folder / "notes.db").is_file()
    assert (restored.folder / "notes.db").is_file()


def test_before_the_tables_change_a_backup_is_made(access: Access, tmp_path: Path) -> None:
    """A vault of the first version is kept as it was, and that backup can be restored."""
    golden = Path(__file__).parents[1] / "golden"
    folder = shutil.copytree(golden / "v1.vault", tmp_path / "Old.vault")
    told = (golden / "v1.txt").read_text(encoding="utf-8").splitlines()[0].removeprefix("passphrase: ")
    opened = access.open(folder, access.unlock(folder, told))
    before = opened.backups.listed()
    assert len(before) == 1
    tried = opened.backups.trying(before[0].path)()
    assert opened.backups.difference(tried).is_none
    assert tried.contents.digest == b"", "it is of the version before there was a digest"
    opened.close()
