"""Each command does what it says, says it in plain words, and ends with the code that is documented."""

import os
import shutil

import pytest
from offline_cases import NOW, Screen
from vault_cases import PASSPHRASE, client, seen

from alliance_desktop.offline.exits import MEANINGS, Exit, exit_of
from alliance_desktop.storage import opening

HOLDS = "It holds 1 client, 2 notes, the newest of 5 March 2026."


def test_a_vault_in_order_is_said_to_be_and_nothing_of_it_changes(command, folder, secrets):
    before = seen(folder)
    said = command("verify", folder)
    assert said.code == Exit.WELL
    assert said.out.splitlines() == ["The vault is in order: every page and every row is as it was written.", HOLDS]
    assert said.err.splitlines() == ["Checking the passphrase…", "Looking at every page and every row…"]
    assert seen(folder) == before
    assert command.machine.seen(secrets.vault_id).checked_at == NOW


@pytest.mark.parametrize("way", ["--recovery-stdin"])
def test_the_recovery_sheet_opens_as_well(command, folder, sheet, way):
    for name in ("keys.a", "keys.b"):
        (folder / name).unlink()
    said = command("verify", folder, typed=f"{sheet.lower()}\n", way=way)
    assert (said.code, said.err.splitlines()[0]) == (Exit.WELL, "Checking the recovery key…")


def test_one_changed_bit_is_damage(command, folder):
    notes = folder / "notes.db"
    with notes.open("r+b") as file:
        file.seek(notes.stat().st_size - 2000)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))
    before = seen(folder)
    said = command("verify", folder)
    assert (said.code, said.out) == (Exit.DAMAGED, "")
    assert "damaged" in said.err
    assert seen(folder) == before


def test_damage_is_told_before_age_and_the_advice_names_commands(command, folder, secrets):
    command.machine.change_seen(secrets.vault_id, saves=1000)
    old = command("verify", folder)
    assert (old.code, "the command restore" in old.err) == (Exit.ALARM, True)
    notes = folder / "notes.db"
    whole = bytearray(notes.read_bytes())
    whole[-2000] ^= 1
    notes.write_bytes(whole)
    said = command("verify", folder)
    assert (said.code, "damaged" in said.err, "The command salvage" in said.err) == (Exit.DAMAGED, True, True)


def test_an_old_page_put_back_is_an_alarm(command, folder, secrets):
    old = (folder / "notes.db").read_bytes()
    store = opening.open_store(folder, secrets)
    with store.transaction():
        store.clients.put(client(1, answers={"code": "D-34", "called": "Dana W."}))
    store.close()
    new = (folder / "notes.db").read_bytes()
    changed = [at for at in range(4096, min(len(old), len(new)), 4096) if old[at : at + 4096] != new[at : at + 4096]]
    codes = set()
    for at in changed:
        mixed = new[:at] + old[at : at + 4096] + new[at + 4096 :]
        (folder / "notes.db").write_bytes(mixed)
        codes.add(command("verify", folder).code)
    assert codes <= {Exit.ALARM, Exit.DAMAGED}
    assert Exit.ALARM in codes


def test_an_older_copy_is_an_alarm_that_counts_the_saves(command, folder, secrets, tmp_path):
    older = shutil.copytree(folder, tmp_path / "Older.vault")
    store = opening.open_store(folder, secrets)
    for at in (2, 3):
        with store.transaction():
            store.clients.put(client(at))
    saves = store.saves
    store.close()
    command.machine.keep_seen(secrets.vault_id, command.machine.seen(secrets.vault_id).__class__(saves=saves))
    assert command("verify", folder).code == Exit.WELL
    said = command("verify", older)
    assert said.code == Exit.ALARM
    assert "2 saves are missing" in said.err


def test_a_backup_is_written_checked_and_restored(command, folder, backup, sheet, tmp_path):
    before = seen(folder)
    assert command("verify", backup).out.splitlines()[1] == HOLDS
    restored = tmp_path / "Restored.vault"
    said = command("restore", backup, restored, typed=f"{sheet}\n", way="--recovery-stdin")
    assert (said.code, said.out.splitlines()) == (Exit.WELL, [f"Restored and checked: {restored}", HOLDS])
    assert command("verify", restored).out.splitlines()[1] == HOLDS
    assert seen(folder) == before


def test_nothing_is_ever_overwritten(command, folder, backup):
    before = seen(folder)
    for words in (("restore", backup, folder), ("salvage", folder, folder)):
        said = command(*words)
        assert (said.code, said.out) == (Exit.NOT_HERE, "")
        assert seen(folder) == before


def test_salvage_saves_into_a_new_vault_and_leaves_the_old_one(command, folder, tmp_path):
    with (folder / "notes.db").open("r+b") as file:
        file.seek(100)
        file.write(bytes(600))
    before = seen(folder)
    assert command("verify", folder).code == Exit.DAMAGED
    said = command("salvage", folder, tmp_path / "Saved.vault")
    assert said.code in {Exit.WELL, Exit.DAMAGED}
    assert said.out.startswith(f"The new vault: {tmp_path / 'Saved.vault'}\nSaved: ")
    assert seen(folder) == before
    assert command("verify", tmp_path / "Saved.vault").code == Exit.WELL


def test_a_report_that_goes_into_a_file_names_nobody(command, folder, tmp_path):
    with (folder / "notes.db").open("r+b") as file:
        file.seek(0, os.SEEK_END)
        file.truncate(file.tell() - 8 * 4096)
    shown = command("salvage", folder, tmp_path / "Shown.vault", out=Screen())
    kept = command("salvage", folder, tmp_path / "Kept.vault")
    assert shown.code == kept.code == Exit.DAMAGED
    named = [one for one in shown.out.splitlines() if one.startswith("–")]
    assert any("D" in one for one in named)
    assert not any(one.startswith("–") for one in kept.out.splitlines())


def test_a_vault_that_is_open_is_refused(command, folder, backup, secrets, tmp_path):
    store = opening.open_store(folder, secrets)
    before = seen(folder)
    for words in (("verify", folder), ("backup", folder, tmp_path), ("salvage", folder, tmp_path / "New.vault")):
        said = command(*words)
        assert (said.code, said.out) == (Exit.NOT_HERE, "")
        assert "already open in another window" in said.err
    assert seen(folder) == before
    with store.transaction():
        store.clients.put(client(9))
    store.close()


@pytest.mark.parametrize(
    ("way", "typed"),
    [
        ("--passphrase-stdin", "another passphrase\n"),
        ("--recovery-stdin", "0000-0000\n"),
        ("--recovery-stdin", "0000-0000-0000-0000-0000-0000-0000-0000-0000\n"),
    ],
)
def test_a_wrong_secret_has_a_code_of_its_own(command, folder, backup, tmp_path, way, typed):
    for words in (("verify", folder), ("verify", backup), ("restore", backup, tmp_path / "New.vault")):
        said = command(*words, way=way, typed=typed)
        assert (said.code, said.out) == (Exit.WRONG_KEY, "")
    assert not (tmp_path / "New.vault").exists()


def test_what_is_not_there_is_said(command, folder, tmp_path):
    for words in (
        ("verify", tmp_path / "gone"),
        ("backup", tmp_path, tmp_path),
        ("backup", folder, tmp_path / "gone"),
        ("restore", tmp_path / "gone.vbak", tmp_path / "New.vault"),
        ("restore", folder / "keys.a", tmp_path / "New.vault"),
    ):
        said = command(*words)
        assert (said.code, said.out) == (Exit.NOT_HERE, ""), words


def test_without_a_terminal_nothing_is_asked(command, folder):
    for way, typed in (("", ""), ("--recovery", ""), ("--passphrase-stdin", ""), ("--recovery-stdin", "\n")):
        said = command("verify", folder, way=way, typed=typed)
        assert said.code == Exit.WRONG_ARGUMENTS
        assert said.err.startswith("alliance-desktop: ")


def test_a_percentage_is_for_somebody_who_looks(command, folder, tmp_path):
    assert "100 %" in command("backup", folder, tmp_path, err=Screen()).err
    assert "%" not in command("backup", folder, tmp_path).err


def test_neither_passphrase_nor_a_client_is_ever_said(command, folder, backup, tmp_path):
    for words in (("verify", folder), ("backup", folder, tmp_path), ("restore", backup, tmp_path / "New.vault")):
        said = command(*words)
        for secret in (PASSPHRASE, "Dana", "D-34", "quiet"):
            assert secret not in said.out + said.err


def every_known_error() -> list[type]:
    from alliance_desktop.domain import backup_errors, errors, key_errors, opening_errors, place_errors, salvage_errors

    rooms = (errors, backup_errors, key_errors, opening_errors, place_errors, salvage_errors)
    kinds = {one for room in rooms for one in vars(room).values() if isinstance(one, type)}
    return sorted((one for one in kinds if issubclass(one, errors.KnownError)), key=lambda one: one.__name__)


def test_every_fault_of_the_world_has_a_code_above_the_program_s_own():
    kinds = every_known_error()
    assert len(kinds) > 40
    codes = {kind: exit_of(kind.__new__(kind)) for kind in kinds}
    assert set(codes.values()) == set(Exit) - {Exit.WELL, Exit.FAULT, Exit.WRONG_ARGUMENTS, Exit.NOT_TAKEN}
    assert {kind.__name__ for kind, code in codes.items() if code == Exit.WRONG_KEY} == {
        "SheetAsPassphraseError",
        "ExecutorKeyAsPassphraseError",
        "WrongExecutorKeyError",
        "OldExecutorSheetError",
        "WrongPassphraseError",
        "WrongRecoveryKeyError",
        "MistypedRecoveryKeyError",
        "OldSheetError",
        "UnfinishedChangeError",
        "BackupPassphraseError",
        "BackupRecoveryKeyError",
    }


def test_every_code_has_its_meaning():
    assert set(MEANINGS) == set(Exit)
