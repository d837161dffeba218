"""S11, the half about backups: a hundred bad files, each refused in its own words, quickly, and nothing beside."""

import hashlib
import io
import os
import resource
import struct
import time
import zipfile
from pathlib import Path

import pytest
from vault_cases import BEGAN, PASSPHRASE, client, seen

from alliance_desktop.domain import backup_errors as errors
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.storage import backup, backup_file, backup_keys, disk, opening, restoring
from alliance_desktop.storage.backup_file import MAGIC, read
from alliance_desktop.storage.snapshot import Snapshot

SECONDS = 5


@pytest.fixture
def good(store) -> Path:
    with store.transaction():
        for id in range(1, 30):
            store.clients.put(client(id, answers={"code": f"C{id}", "called": "A name " * 40}))
    return backup.write(Snapshot(store), backup.own_folder(store.folder), BEGAN).path


def refused(path: Path, secrets, place: Path) -> KnownError:
    """Return the error of restoring a file, which leaves nothing behind."""
    before = sorted(one.name for one in place.iterdir())
    with pytest.raises(KnownError) as caught:
        restoring.restore(path, secrets.data_key, place / "New.vault")
    assert sorted(one.name for one in place.iterdir()) == before
    assert caught.value.__cause__ is None
    return caught.value


def made(folder: Path, data: bytes, name: str = "2026-03-05T1000Z-s000009.vbak") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def zip_bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("../../escaped", b"\0" * (64 << 20))
    return held.getvalue()


def test_a_good_one_is_read_and_restored(good, secrets, tmp_path) -> None:
    found = read(good)
    assert found.vault_id == secrets.vault_id
    contents = restoring.restore(good, secrets.data_key, tmp_path / "New.vault")
    assert len(contents.clients) == 29
    opened = opening.open_store(tmp_path / "New.vault", secrets)
    assert len(opened.clients.all()) == 29
    opened.close()


def test_each_kind_of_bad_file_has_its_own_words(good, secrets, tmp_path) -> None:
    whole = good.read_bytes()
    pages = read(good).pages
    other = bytes([whole[0] ^ 1]) + whole[1:]
    newer = whole[pages : pages + 8] + b"\0\2" + whole[pages + 10 : -12 - 16]
    newer += hashlib.sha256(newer).digest()[:16]
    cases = {
        errors.BackupEmptyError: b"",
        errors.NotABackupError: b"junk",
        errors.BackupCutError: whole[:-1],
        errors.BackupPlainError: b"SQLite format 3\0" + whole[16:],
        errors.BackupMixedError: other,
        errors.BackupNewerError: whole[:pages] + backup_file.tail_of(newer),
        errors.BackupDamagedError: whole[:9000] + bytes(4096) + whole[13096:],
    }
    said = {}
    for kind, data in cases.items():
        fault = refused(made(tmp_path, data), secrets, tmp_path)
        assert type(fault) is kind
        said[kind] = fault.sentence
    for kind, path in others(tmp_path).items():
        fault = refused(path, secrets, tmp_path)
        assert type(fault) is kind
        said[kind] = fault.sentence
    with pytest.raises(errors.BackupPassphraseError) as wrong:
        backup_keys.by_passphrase(read(good), "not the one at all, surely")
    with pytest.raises(errors.BackupRecoveryKeyError) as paper:
        backup_keys.by_recovery(read(good), recovery_text(bytes(20)))
    said |= {one.type: one.value.sentence for one in (wrong, paper)}
    assert len(set(said.values())) == len(said) == 12


def others(folder: Path) -> dict[type[KnownError], Path]:
    (folder / "a folder.vbak").mkdir()
    (folder / "link.vbak").symlink_to(folder / "nothing")
    os.mkfifo(folder / "pipe.vbak")
    with pytest.raises(errors.BackupNotAFileError):
        read(folder / "pipe.vbak")
    with pytest.raises(errors.BackupNotAFileError):
        read(folder / "link.vbak")
    (folder / "locked.vbak").write_bytes(b"x" * 9000)
    found = {
        errors.BackupMissingError: folder / "gone.vbak",
        errors.BackupNotAFileError: folder / "a folder.vbak",
    }
    return found | {errors.BackupOfAnotherVaultError: another(folder)}


def another(folder: Path) -> Path:
    """Return a file whose parts agree, and whose key does not fit: told only when it is opened."""
    from vault_cases import cheap

    from alliance_desktop.keys import keyfile

    id = bytes(range(16))
    sealed = keyfile.seal(PASSPHRASE, bytes(20), id, 1, cheap(), os.urandom)
    return made(folder, id + os.urandom(8192 - 16) + backup_file.tail_of(sealed), "2026-03-05T1000Z-s000008.vbak")


def bad_ones(whole: bytes, pages: int) -> dict[str, bytes]:
    """Return a hundred broken states of a good backup, and files of other kinds."""
    found = {f"cut at {at}": whole[: len(whole) * at // 40] for at in range(40)}
    found |= {f"length {one}": whole[:-12] + struct.pack(">I", one) + MAGIC for one in LENGTHS}
    found |= {f"flipped {at}": flipped(whole, pages * at // 30 + 17) for at in range(30)}
    found |= {
        "zip bomb": zip_bomb(),
        "zip bomb with our end": zip_bomb() + struct.pack(">I", 0) + MAGIC,
        "appended": whole + b"more",
        "a page more": whole[:pages] + bytes(4096) + whole[pages:],
        "a page less": whole[: pages - 4096] + whole[pages:],
        "end only": struct.pack(">I", 0) + MAGIC,
        "magic only": MAGIC,
        "random": os.urandom(100_000),
        "random with our end": os.urandom(8192) + struct.pack(">I", 0) + MAGIC,
        "one line of 10 MB": b"a" * 10_000_000,
        "zeros": bytes(100_000),
        "key files only": whole[pages:],
        "two in one": whole + whole[4096:],
        "first page gone": whole[4096:],
        "pages swapped": whole[:4096] + whole[8192:12288] + whole[4096:8192] + whole[12288:],
        "a page twice": whole[:8192] + whole[4096:8192] + whole[12288:],
    }
    return found


LENGTHS = (1, 2, 412, 414, 4096, 4097, 65_535, 1 << 20, (1 << 31) - 1, 1 << 31, (1 << 32) - 1, 5000, 12, 13)


def flipped(whole: bytes, at: int) -> bytes:
    return whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :]


def test_a_hundred_bad_files_are_refused_within_bounds(good, secrets, tmp_path, tell) -> None:
    whole = good.read_bytes()
    cases = bad_ones(whole, read(good).pages)
    assert len(cases) >= 100
    place = tmp_path / "place"
    place.mkdir()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    slowest = 0.0
    for name, data in cases.items():
        path = made(tmp_path, data)
        began = time.perf_counter()
        fault = refused(path, secrets, place)
        slowest = max(slowest, time.perf_counter() - began)
        assert isinstance(fault, errors.KnownError), name
        assert path.read_bytes() == data, "the file itself is never touched"
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most) / 1024
    tell(f"S11 {len(cases)} bad backups refused, slowest {slowest:.2f} s of {SECONDS}, {more:.0f} MiB more of 200")
    assert more < 200


def test_a_file_of_two_gibibytes_is_neither_read_nor_copied(tmp_path, secrets) -> None:
    path = tmp_path / "2026-03-05T1000Z-s000009.vbak"
    with path.open("wb") as file:
        file.truncate((2 << 30) + 16)
    assert type(refused(path, secrets, tmp_path)) is errors.BackupCutError
    with path.open("r+b") as file:
        file.truncate((2 << 30) + 12)
        file.seek(2 << 30)
        file.write(struct.pack(">I", 0) + MAGIC)
    assert backup_keys.fits(read(path), secrets.data_key) is False


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2fescape.vbak",
        "2026-03-05T1000Z-s000009.vbak.exe",
        "‮kabv.2026-03-05T1000Z.vbak",
        "2026-13-45T9999Z-s000009.vbak",
        "2026-03-05T1000Z-s٠٠٠٠٠٩.vbak",
        ".vbak",
    ],
)
def test_names_that_are_not_ours_are_passed_over(name, good) -> None:
    (good.parent / name).write_bytes(good.read_bytes())
    assert [one.path for one in backup_file.listed(good.parent)] == [good]


def test_the_list_tells_what_is_amiss_and_leaves_other_vaults_out(good, secrets, tmp_path) -> None:
    cut = made(good.parent, good.read_bytes()[:-5], "2026-03-06T1000Z-s000010.vbak")
    good.parent.joinpath(another(tmp_path).name).write_bytes(another(tmp_path).read_bytes())
    found = backup_file.listed(good.parent, secrets.vault_id)
    assert [(one.path, one.good) for one in found] == [(good, True), (cut, False)]
    assert len(backup_file.listed(good.parent)) == 3


def test_nothing_is_ever_written_over(good, secrets, tmp_path) -> None:
    taken = tmp_path / "New.vault"
    taken.mkdir()
    with pytest.raises(errors.RestorePlaceTakenError):
        restoring.restore(good, secrets.data_key, taken)
    dangling = tmp_path / "Link.vault"
    dangling.symlink_to(tmp_path / "away")
    with pytest.raises(errors.RestorePlaceTakenError):
        restoring.restore(good, secrets.data_key, dangling)


def test_a_backup_is_private_encrypted_and_holds_no_word(good) -> None:
    data = good.read_bytes()
    assert good.stat().st_mode & 0o777 == 0o600
    assert not data.startswith(b"SQLite format 3")
    assert b"A name" not in data


def test_a_second_one_of_the_same_minute_has_a_name_of_its_own(good, store) -> None:
    again = backup.write(Snapshot(store), good.parent, BEGAN)
    assert again.path.name == good.name.replace(".vbak", "-2.vbak")
    assert good.exists()


def test_what_is_written_meanwhile_is_in_the_copy(store, tmp_path) -> None:
    """A save in the middle of a copy makes another pass, and the copy is of one moment."""
    snapshot = Snapshot(store)
    calls = []

    def write_at(fd: int, data: bytes, place: int) -> None:
        disk.write_at(fd, data, place)
        if len(calls) < 3:
            calls.append(place)
            with store.transaction():
                store.clients.put(client(500 + len(calls), answers={"code": "x" * 9000}))

    found = backup.write(snapshot, tmp_path, BEGAN, write_at=write_at)
    snapshot.release()
    assert len(calls) == 3
    assert found.contents == store.contents()


def test_being_stopped_leaves_nothing(store, tmp_path) -> None:
    asked = iter([False, True])
    with pytest.raises(errors.BackupStoppedError):
        backup.write(Snapshot(store), tmp_path, BEGAN, Watch(is_stopped=lambda: next(asked, True)))
    assert [one.name for one in tmp_path.iterdir() if "partial" in one.name or one.suffix == ".vbak"] == []


def test_only_our_own_old_leftovers_are_cleaned(store, tmp_path) -> None:
    old = "2026-03-05T1000Z-s000009.0123abcd.partial"
    young = "2026-03-05T1000Z-s000009.0123abce.partial"
    strange = "thesis.partial"
    for name in (old, young, strange):
        (tmp_path / name).write_bytes(b"x")
    for name in (old, strange):
        os.utime(tmp_path / name, (1, 1))
    backup.write(Snapshot(store), tmp_path, BEGAN)
    assert not (tmp_path / old).exists()
    assert (tmp_path / young).exists()
    assert (tmp_path / strange).exists()


def test_no_room_and_no_place_are_told_before_anything_is_written(store, tmp_path, monkeypatch) -> None:
    with pytest.raises(errors.BackupPlaceError):
        backup.write(Snapshot(store), tmp_path / "gone", BEGAN)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": 1000})())
    with pytest.raises(errors.BackupNoRoomError, match="needed, 1 KB free"):
        backup.write(Snapshot(store), tmp_path, BEGAN)
    assert not list(tmp_path.glob("*.vbak"))


def test_the_vault_stays_locked_to_others_when_a_copy_lets_go(store, folder, secrets) -> None:
    """POSIX drops a lock with any closing of the file; a copy that ends does not close it while the vault is open."""
    from vault_cases import answer

    snapshot = Snapshot(store)
    snapshot.release()
    said = answer(TRY, folder)
    assert said == "in use\n"
    assert seen(folder)


TRY = """
import sys
from pathlib import Path
from alliance_desktop.domain.errors import VaultInUseError
from alliance_desktop.storage import opening
from vault_cases import PASSPHRASE
try:
    opening.open_store(Path(sys.argv[1]), opening.find_secrets(Path(sys.argv[1]), PASSPHRASE))
except VaultInUseError:
    print("in use")
"""


def test_a_copy_that_is_older_than_what_was_asked_for_is_refused(store, tmp_path) -> None:
    snapshot = Snapshot(store)
    snapshot.saves += 1
    with pytest.raises(errors.BackupRefusedError):
        backup.write(snapshot, tmp_path, BEGAN)
    snapshot.release()
    assert not list(tmp_path.glob("*.vbak"))


def test_a_copy_waits_while_a_write_is_going_on(store, tmp_path) -> None:
    """An odd count says that the pages are being changed just now, so nothing that was read meanwhile counts."""
    snapshot = Snapshot(store)
    counts = iter([7, 7, 8, 8])
    snapshot._writes = lambda: next(counts)
    found = backup.write(snapshot, tmp_path, BEGAN)
    assert next(counts, None) is None, "it looked until two even counts agreed"
    assert found.contents == store.contents()
    snapshot.release()
