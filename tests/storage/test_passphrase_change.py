"""Changing the passphrase: the new one holds, the old one does not, and no moment loses the vault."""

import os
import random
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from vault_cases import PASSPHRASE, change_passphrase, cheap, client, seen

from alliance_desktop.domain import errors
from alliance_desktop.domain.key_errors import StaleChangeError
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.storage import disk, keyfiles, opening
from alliance_desktop.storage import vault as vaults
from alliance_desktop.storage.store import Store

NEW = "a lantern on the far shore"
NAMES = ("keys.a", "keys.b")


def opened(folder, passphrase):
    return opening.open_store(folder, opening.find_secrets(folder, passphrase))


def opens(folder, passphrase):
    try:
        store = opened(folder, passphrase)
    except (errors.WrongPassphraseError, errors.OldKeyFileError):
        return False
    found = [one.id for one in store.clients.all()]
    store.close()
    assert found == [7], "what was saved is there"
    return True


def generations(folder):
    return [keyfile.read((folder / name).read_bytes()).generation for name in NAMES]


@pytest.fixture
def changed(folder, secrets):
    """A vault whose passphrase was changed from `PASSPHRASE` to `NEW`; beside it, its old key files."""
    old = shutil.copytree(folder, folder.with_name("old"))
    store = opening.open_store(folder, secrets)
    with store.transaction():
        store.clients.put(client(7))
    after = change_passphrase(store, secrets, NEW, cheap())
    assert after.generation == 2
    assert (after.recovery, after.data_key) == (secrets.recovery, secrets.data_key)
    store.close()
    return folder, old


def test_afterwards_only_the_new_one_opens(changed):
    folder, _ = changed
    assert opens(folder, NEW)
    assert not opens(folder, PASSPHRASE)
    assert generations(folder) == [2, 2]


def test_an_old_key_file_put_back_does_not_revive_the_old_passphrase(changed):
    folder, old = changed
    for name in NAMES:
        shutil.copy(old / name, folder / name)
    before = seen(folder)
    with pytest.raises(errors.OldKeyFileError):
        opened(folder, PASSPHRASE)
    assert seen(folder) == before
    assert not opens(folder, NEW)


@pytest.mark.parametrize("name", NAMES)
def test_one_old_copy_put_back_is_a_wrong_passphrase_and_is_healed_by_the_new_one(changed, name):
    folder, old = changed
    shutil.copy(old / name, folder / name)
    with pytest.raises(errors.WrongPassphraseError):
        opened(folder, PASSPHRASE)
    assert opens(folder, NEW)
    assert generations(folder) == [2, 2]


def test_the_paper_opens_before_and_after(changed, secrets):
    folder, _ = changed
    store = opening.open_store(folder, opening.secrets_from_recovery(folder, recovery_text(secrets.recovery)))
    assert [one.id for one in store.clients.all()] == [7]
    store.close()
    assert generations(folder) == [2, 2]


@pytest.mark.parametrize("lost", ["missing", "damaged", "old"])
def test_by_paper_a_new_passphrase_is_set_when_both_key_files_are_lost(changed, secrets, lost):
    folder, old = changed
    for name in NAMES:
        if lost == "missing":
            (folder / name).unlink()
        elif lost == "damaged":
            (folder / name).write_bytes(b"RRKEYS\r\n damaged")
        else:
            shutil.copy(old / name, folder / name)
    by_paper = opening.secrets_from_recovery(folder, recovery_text(secrets.recovery).lower())
    store = opening.open_store(folder, by_paper)
    after = change_passphrase(store, by_paper, "third words altogether", cheap())
    store.close()
    assert after.generation == 3
    assert generations(folder) == [3, 3]
    assert opens(folder, "third words altogether")
    assert not opens(folder, NEW)
    assert not opens(folder, PASSPHRASE)


def test_the_memory_stays_that_of_the_present_key_file_and_the_passes_are_the_usual_ones(folder, secrets):
    store = opening.open_store(folder, secrets)
    was = keyfile.read((folder / "keys.a").read_bytes()).kdf
    change_passphrase(store, secrets, NEW)
    store.close()
    now = keyfile.read((folder / "keys.a").read_bytes()).kdf
    assert (now.memory_kib, now.passes, now.lanes) == (was.memory_kib, 3, 4)
    assert now.salt != was.salt


def test_a_full_disk_leaves_the_old_passphrase_valid(folder, secrets, monkeypatch):
    store = opening.open_store(folder, secrets)
    with store.transaction():
        store.clients.put(client(7))

    def full(*_):
        raise OSError(28, "full")

    with monkeypatch.context() as patched:
        patched.setattr(disk, "_sync", full)
        with pytest.raises(errors.DiskFullError):
            change_passphrase(store, secrets, NEW, cheap())
    store.close()
    assert opens(folder, PASSPHRASE)


@pytest.fixture
def written(folder, secrets):
    """An open vault with client 7 in it."""
    store = opening.open_store(folder, secrets)
    with store.transaction():
        store.clients.put(client(7))
    yield store
    store.close()


@pytest.mark.parametrize("fault", [errors.DiskFullError, errors.SaveFailedError, errors.SaveWaitingError])
def test_once_both_copies_are_in_place_no_fault_takes_the_change_back(written, secrets, monkeypatch, fault):
    def refuses(*_):
        raise fault

    folder = written.folder
    with monkeypatch.context() as patched:
        patched.setattr(Store, "keep_key_generation", refuses)
        assert change_passphrase(written, secrets, NEW, cheap()).generation == 2
    assert written.key_generation == 1
    written.close()
    assert not opens(folder, PASSPHRASE)
    assert opens(folder, NEW)
    store = opened(folder, NEW)
    assert store.key_generation == 2, "the next opening has completed it"
    store.close()


@pytest.mark.parametrize(
    ("number", "fault"),
    [(28, errors.DiskFullError), (13, errors.ReadOnlyError), (5, errors.SaveFailedError)],
)
def test_a_second_copy_refused_says_that_either_opens(written, secrets, monkeypatch, number, fault):
    folder, put = written.folder, disk.write_durably

    def refuses(path, data):
        if path.name == "keys.b":
            raise OSError(number, "refused")
        put(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(disk, "write_durably", refuses)
        with pytest.raises(fault) as caught:
            change_passphrase(written, secrets, NEW, cheap())
    written.close()
    assert caught.value.sentence.startswith("The keys could not be changed: ")
    assert caught.value.next_step.startswith("What opened the vault before still opens it; a new passphrase may")
    assert opens(folder, PASSPHRASE)
    assert opens(folder, NEW)


def test_a_fault_after_the_second_copy_is_there_is_no_failure(written, secrets, monkeypatch):
    folder, sync, synced = written.folder, disk.sync_folder, []

    def refuses(path):
        sync(path)
        synced.append(path)
        if len(synced) == 2:
            raise OSError(28, "full")

    with monkeypatch.context() as patched:
        patched.setattr(disk, "sync_folder", refuses)
        change_passphrase(written, secrets, NEW, cheap())
    written.close()
    assert len(synced) == 2
    assert opens(folder, NEW)
    assert not opens(folder, PASSPHRASE)


@pytest.mark.parametrize("stale", ["sealed before another change", "of another key"])
def test_a_key_file_that_does_not_lead_to_the_notes_is_not_put_in(written, secrets, stale):
    other = keyfile.secrets_of(os.urandom(20), secrets.vault_id, 1)
    own = other if stale == "of another key" else secrets
    sealed = vaults.seal_passphrase(written.folder, 1, own, NEW, os.urandom, cheap())
    if stale != "of another key":
        change_passphrase(written, secrets, "third words altogether", cheap())
    before = seen(written.folder)
    with pytest.raises(StaleChangeError):
        vaults.install(written, own, sealed)
    assert seen(written.folder) == before


class PowerCutError(BaseException):
    """Stops the program at a chosen step, as a power cut would."""


STEPS = ("open", "make_private", "_sync", "replace", "sync_folder", "keep")


class Cut:
    """Lets steps of the disk pass until the chosen one."""

    def __init__(self, at):
        self.left = at

    def before(self, work):
        def step(*arguments, **more):
            if self.left == 0:
                raise PowerCutError
            self.left -= 1
            return work(*arguments, **more)

        return step


def cut_during_change(monkeypatch, folder, secrets, at):
    """Change the passphrase, stopped at one step; say whether it was stopped."""
    store = opening.open_store(folder, secrets)
    with store.transaction():
        store.clients.put(client(7))
    cut = Cut(at)
    with monkeypatch.context() as patched:
        for name in ("make_private", "_sync", "sync_folder"):
            patched.setattr(disk, name, cut.before(getattr(disk, name)))
        patched.setattr(os, "replace", cut.before(os.replace))
        patched.setattr(Store, "keep_key_generation", cut.before(Store.keep_key_generation))
        try:
            change_passphrase(store, secrets, NEW, cheap())
        except PowerCutError:
            return True
        finally:
            store.close()
    return False


def test_a_power_cut_at_any_step_leaves_a_passphrase_that_opens(folder, secrets, monkeypatch, tmp_path):
    chance = random.Random(11)
    whole = shutil.copytree(folder, tmp_path / "whole")
    at, stopped = 0, True
    seen_to_open = set()
    while stopped:
        case = shutil.copytree(whole, tmp_path / f"step {at}")
        stopped = cut_during_change(monkeypatch, case, secrets, at)
        torn = case / "keys.a.tmp"
        if torn.exists() and chance.random() < 0.7:
            os.truncate(torn, chance.randrange(torn.stat().st_size + 1))
        by_old, by_new = opens(case, PASSPHRASE), opens(case, NEW)
        seen_to_open.add((by_old, by_new))
        assert by_old or by_new
        if not stopped:
            assert (by_old, by_new) == (False, True)
        passphrase = NEW if by_new else PASSPHRASE
        assert opens(case, passphrase)
        if by_new:
            assert not opens(case, PASSPHRASE), "once the new one has opened it, the change is completed"
        assert len(set(generations(case))) == 1, "both copies are whole again"
        at += 1
    assert at > 10
    assert {(True, False), (False, True)} <= seen_to_open


def test_a_later_key_file_of_a_stopped_change_is_not_overwritten(folder, secrets):
    sealed = keyfile.seal(NEW, secrets.recovery, secrets.vault_id, 2, cheap(), os.urandom)
    (folder / "keys.a").write_bytes(sealed)
    store = opened(folder, PASSPHRASE)
    with store.transaction():
        store.clients.put(client(7))
    store.close()
    assert generations(folder) == [2, 1]
    assert opens(folder, PASSPHRASE)
    assert opens(folder, NEW)
    assert not opens(folder, PASSPHRASE)


@pytest.mark.parametrize("generation", [1, 9])
def test_another_vaults_key_file_is_not_overwritten(changed, generation):
    folder, _ = changed
    other = keyfile.seal(PASSPHRASE, bytes(20), bytes(16), generation, cheap(), os.urandom)
    (folder / "keys.b").write_bytes(other)
    opened(folder, NEW).close()
    assert (folder / "keys.b").read_bytes() == other
    assert len(keyfiles.whole_copies(folder)) == 2


def test_the_slow_part_may_run_elsewhere(folder, secrets):
    store = opening.open_store(folder, secrets)
    with store.transaction():
        store.clients.put(client(7))
    generation = store.key_generation
    with ThreadPoolExecutor(1) as beside:
        sealed = beside.submit(vaults.seal_passphrase, folder, generation, secrets, NEW, os.urandom, cheap()).result()
    vaults.install(store, secrets, sealed)
    store.close()
    assert opens(folder, NEW)
    assert not opens(folder, PASSPHRASE)
