"""When a backup is made: told from what it holds and what opens it, not from its name; and when nothing is restored."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from service_cases import CHEAP, PASSPHRASE, Clock, card

from alliance_desktop.domain.backup_errors import RestoreElsewhereError, SwapFailedError
from alliance_desktop.domain.errors import ReadOnlyError, VaultInUseError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.backup_work import Restored, Trying, thin
from alliance_desktop.services.backups import put_in_place
from alliance_desktop.services.locked_backups import LockedBackups, TypedKey
from alliance_desktop.services.machine import Machine
from alliance_desktop.storage import backup_file, presence, swapping
from alliance_desktop.storage.presence import Presence

NEW = "another kettle altogether"
ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from alliance_desktop.storage import opening
store = opening.open_store(Path(sys.argv[1]), opening.find_secrets(Path(sys.argv[1]), sys.argv[2]))
print("open", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "state")


@pytest.fixture
def access(forms, clock: Clock, machine: Machine) -> Access:
    return Access(forms, clock, os.urandom, CHEAP, machine)


def note(vault: OpenVault, client) -> None:
    vault.notebook.write(card(vault.notebook, client, "note", {"body": "We spoke of the river."}))


def make(vault: OpenVault) -> Path:
    work = vault.backups.automatic()
    assert work is not None
    return work().path


def held_elsewhere(folder: Path) -> subprocess.Popen[str]:
    """Start another process that has the vault open."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder), PASSPHRASE],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


def test_after_a_new_sheet_one_is_due_at_once_and_opens_with_it(vault: OpenVault, client) -> None:
    note(vault, client)
    old = make(vault)
    vault.keys.replace(vault.keys.work().replacement(PASSPHRASE), new_passphrase=False)
    assert not vault.backups.fits(old)
    work = vault.keys.after_change()
    assert work is not None
    assert vault.backups.fits(work().path)
    assert vault.backups.automatic() is None, "nothing was saved since"


def test_after_a_new_passphrase_one_is_due_at_once(vault: OpenVault, client) -> None:
    make(vault)
    vault.keys.install(vault.keys.work().passphrase(PASSPHRASE, NEW))
    assert vault.backups.is_due, "the one before opens with the old passphrase only"
    make(vault)
    assert not vault.backups.is_due


def test_as_many_saves_as_there_were_are_not_taken_for_the_same(
    access: Access, vault: OpenVault, client, folder: Path, clock: Clock, machine: Machine, secrets: Secrets
) -> None:
    first = make(vault)
    clock.move(hours=1)
    note(vault, client)
    note(vault, client)
    make(vault)
    count = vault._store.saves
    restored = vault.backups.restoring(first)()
    vault.close()
    put_in_place(folder, restored, clock, machine)
    back = access.open(folder, access.unlock(folder, PASSPHRASE))
    while back._store.saves < count:
        note(back, client)
    assert back._store.saves == count == back.backups.listed()[0].saves
    clock.move(hours=1)
    assert back.backups.is_due
    work = back.backups.before_risk()
    assert work is not None
    work.drop()
    back.close()


def test_a_backup_damaged_since_does_not_count_before_a_risk(vault: OpenVault, client) -> None:
    note(vault, client)
    path = make(vault)
    assert vault.backups.before_risk() is None
    data = bytearray(path.read_bytes())
    data[9000:9100] = bytes(100)
    path.write_bytes(data)
    assert vault.backups.listed()[0].good, "its tail is whole"
    work = vault.backups.before_risk()
    assert work is not None
    work.drop()


def test_another_computer_that_knows_nothing_of_it_makes_its_own(
    forms, vault: OpenVault, client, folder: Path, clock: Clock, tmp_path: Path
) -> None:
    make(vault)
    vault.close()
    other = Access(forms, clock, os.urandom, CHEAP, Machine(tmp_path / "other"))
    opened = other.open(folder, other.unlock(folder, PASSPHRASE))
    assert not opened.backups.is_due, "half an hour holds there too"
    clock.move(hours=1)
    make(opened)
    clock.move(hours=1)
    assert not opened.backups.is_due
    opened.close()


def test_of_the_sample_none_is_made_and_none_is_promised(access: Access, tmp_path: Path) -> None:
    sample = access.make_sample(tmp_path / "Sample.vault", resource("sample", "caseload.toml").read_text("utf-8"))
    assert not sample.backups.come_by_themselves
    assert sample.backups.automatic() is None
    sample.close()


def test_a_vault_opened_to_read_restores_nothing(
    access: Access, vault: OpenVault, client, folder: Path, secrets: Secrets
) -> None:
    note(vault, client)
    path = make(vault)
    vault.close()
    reading = access.open(folder, secrets_again(access, folder), read_only=True)
    assert not reading.backups.may_restore
    with pytest.raises(ReadOnlyError):
        reading.backups.restoring(path)
    with pytest.raises(ReadOnlyError):
        reading.backups.before_risk()
    assert reading.backups.automatic() is None
    reading.close()


def secrets_again(access: Access, folder: Path) -> Secrets:
    return access.unlock(folder, PASSPHRASE)


def test_nothing_takes_the_place_of_a_vault_that_is_open_elsewhere(
    vault: OpenVault, client, folder: Path, clock: Clock, machine: Machine
) -> None:
    note(vault, client)
    path = make(vault)
    note(vault, client)
    restored = vault.backups.restoring(path)()
    vault.close()
    before = machine.seen(restored.vault_id)
    locked = LockedBackups(folder, clock)
    with held_elsewhere(folder) as other:
        with pytest.raises(VaultInUseError):
            locked.restore_closed(path, TypedKey(PASSPHRASE))
        with pytest.raises(VaultInUseError):
            put_in_place(folder, restored, clock, machine)
        other.communicate("go\n")
    assert machine.seen(restored.vault_id) == before
    assert [one.name for one in folder.parent.glob("*.vault")] == [folder.name], "nothing is left of it"


def test_another_computers_word_is_told_first_and_does_not_stand_for_ever(
    vault: OpenVault, client, folder: Path, clock: Clock
) -> None:
    note(vault, client)
    path = make(vault)
    vault.close()
    presence.claim(folder, Presence("desk at home", clock(), 1))
    locked = LockedBackups(folder, clock)
    with pytest.raises(RestoreElsewhereError) as told:
        locked.restore_closed(path, TypedKey(PASSPHRASE))
    assert "desk at home" in told.value.sentence
    assert [one.name for one in folder.parent.glob("*.vault")] == [folder.name]
    assert locked.restore_closed(path, TypedKey(PASSPHRASE), take_over=True).folder.is_dir()


def test_a_refused_swap_leaves_what_was_seen(
    vault: OpenVault, client, folder: Path, clock: Clock, machine: Machine
) -> None:
    restored = vault.backups.restoring(make(vault))()
    note(vault, client)
    vault.close()
    seen = machine.seen(restored.vault_id)
    gone = Restored(folder.with_name("Gone.vault"), restored.vault_id, restored.contents)
    with pytest.raises(SwapFailedError):
        put_in_place(folder, gone, clock, machine)
    assert machine.seen(restored.vault_id) == seen


def test_a_power_cut_after_the_swap_raises_no_alarm_of_an_older_copy(
    access: Access, vault: OpenVault, client, folder: Path, clock: Clock, machine: Machine, monkeypatch
) -> None:
    path = make(vault)
    note(vault, client)
    restored = vault.backups.restoring(path)()
    vault.close()
    moved = []

    def cut(*what: object) -> Path:
        moved.append(machine.seen(restored.vault_id).saves)
        return folder

    monkeypatch.setattr(swapping, "swap", cut)
    put_in_place(folder, restored, clock, machine)
    assert moved == [restored.contents.saves], "remembered before the folders move"


def test_a_trial_wipes_its_key(vault: OpenVault, client) -> None:
    trying = vault.backups.trying(make(vault))
    key = trying._key
    assert key != bytes(32)
    trying()
    assert key == bytes(32)
    broken = Trying(vault.folder / "nothing.vbak", vault._store.data_key)
    with pytest.raises(Exception, match="not there"):
        broken()
    assert broken._key == bytes(32)


def test_thinning_takes_only_this_vaults_backups_in_its_own_folder(
    access: Access, vault: OpenVault, client, clock: Clock, tmp_path: Path
) -> None:
    other = tmp_path / "Other.vault"
    strange = access.open(other, access.create(other, PASSPHRASE))
    stick = tmp_path / "stick"
    stick.mkdir()
    names = []
    for _ in range(8):
        note(vault, client)
        strange.notebook.add_client({"code": f"X{len(names)}"})
        clock.move(hours=1)
        make(vault)
        vault.backups.to_place(stick)()
        mixed = strange.backups.to_place(vault.backups.folder)()
        names.append(mixed.path)
    id = vault._store.vault_id
    strange.close()
    clock.move(days=200)
    on_stick = len(backup_file.listed(stick, id))
    thin(stick, id, clock())
    assert len(backup_file.listed(stick, id)) == on_stick == 8, "elsewhere nothing is thinned"
    thin(vault.backups.folder, b"", clock())
    assert all(one.exists() for one in names), "another vault's stays"
    thin(vault.backups.folder, id, clock())
    assert len(backup_file.listed(vault.backups.folder, id)) < 8
    assert all(one.exists() for one in names)
