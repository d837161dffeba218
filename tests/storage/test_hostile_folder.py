"""A vault's folder into which somebody put links, pipes, devices and files without end: nothing outside is touched."""

import datetime
import os
import shutil
import stat
import time

import pytest
from vault_cases import PASSPHRASE, cheap, clock

from alliance_desktop.domain.backup_words import said_time
from alliance_desktop.domain.errors import (
    DiskFullError,
    KnownError,
    SaveFailedError,
    UnusableNameError,
    VaultDamagedError,
)
from alliance_desktop.domain.opening_errors import (
    InsideVaultError,
    OlderCopyError,
    OpenElsewhereError,
    SideFileTooLargeError,
    SideNotAFileError,
    StrangeKeysError,
)
from alliance_desktop.domain.salvage_errors import not_made
from alliance_desktop.keys import keyfile
from alliance_desktop.storage import disk, keyfiles, opening, place, presence, reserve, verifying
from alliance_desktop.storage import vault as vaults
from alliance_desktop.storage.salvage.source import opened

pytestmark = [pytest.mark.timeout(30), pytest.mark.skipif(os.name != "posix", reason="links and pipes")]

PRECIOUS = b"somebody's own words\n"
NOW = datetime.datetime(2026, 11, 22, 9, 48, tzinfo=datetime.UTC)


@pytest.fixture
def precious(tmp_path):
    path = tmp_path / "precious"
    path.write_bytes(PRECIOUS)
    path.chmod(0o644)
    return path


def _link(at, target):
    at.symlink_to(target)


def _hard_link(at, target):
    at.hardlink_to(target)


def _pipe(at, _target):
    os.mkfifo(at)


def _folder(at, _target):
    at.mkdir()


def _endless(at, _target):
    at.symlink_to("/dev/zero")


def _loop(at, _target):
    at.symlink_to(at)


def use(folder, secrets):
    """Open a vault to write and close it again, as the window does."""
    store = opening.open_store(folder, secrets, here=presence.here(NOW))
    reserve.keep(folder, os.urandom)
    store.close()
    return store


def untouched(path):
    return path.read_bytes() == PRECIOUS and stat.S_IMODE(path.stat().st_mode) == 0o644


@pytest.mark.parametrize("put", [_link, _hard_link, _pipe, _loop, _endless])
@pytest.mark.parametrize("name", ["reserve", "in-use", "in-use.tmp", "keys.a.tmp"])
def test_what_lies_in_the_place_of_a_small_file_is_never_written_into(folder, secrets, precious, name, put):
    (folder / "keys.a").unlink()
    put(folder / name, precious)
    use(folder, secrets)
    assert untouched(precious)
    assert (folder / "keys.a").read_bytes() == (folder / "keys.b").read_bytes()


@pytest.mark.parametrize("name", ["keys.a", "notes.db"])
def test_the_rights_of_what_a_link_leads_to_stay(folder, secrets, tmp_path, name):
    elsewhere = tmp_path / "elsewhere"
    (folder / name).rename(elsewhere)
    elsewhere.chmod(0o644)
    _link(folder / name, elsewhere)
    disk.make_private(folder / name)
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o644


@pytest.mark.parametrize("name", ["notes.db-wal", "notes.db-journal"])
@pytest.mark.parametrize("put", [_link, _pipe, _folder, _endless, _loop])
def test_a_side_file_that_is_no_file_is_named_and_nothing_waits_at_it(folder, secrets, precious, name, put):
    put(folder / name, precious)
    for act in (use, verifying.verify, lambda one, _: opened(one).__enter__()):
        with pytest.raises(SideNotAFileError, match=name):
            act(folder, secrets)
    assert untouched(precious)


def test_a_side_file_without_end_is_refused(folder, secrets):
    side = folder / "notes.db-wal"
    side.touch()
    os.truncate(side, 20 << 30)
    for act in (use, verifying.verify, lambda one, _: opened(one).__enter__()):
        with pytest.raises(SideFileTooLargeError):
            act(folder, secrets)


def test_notes_stretched_by_gigabytes_of_nothing_are_soon_found_damaged(folder, secrets):
    os.truncate(folder / "notes.db", 20 << 30)
    with pytest.raises(VaultDamagedError):
        verifying.verify(folder, secrets)


@pytest.mark.parametrize("name", ["keys.a", "in-use", "reserve"])
def test_a_folder_in_the_place_of_a_file_leaves_nothing_behind(folder, secrets, name):
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()
    use(folder, secrets)
    assert not list(folder.glob("*.tmp"))


def test_a_full_disk_leaves_no_empty_file_behind(folder, monkeypatch):
    def full(_fd):
        raise OSError(28, "no room")

    monkeypatch.setattr(disk, "_sync", full)
    presence.claim(folder, presence.here(NOW))
    assert not list(folder.glob("in-use*"))


def test_what_a_killed_write_left_is_read_and_goes_with_the_next(folder, secrets):
    whole = (folder / "keys.a").read_bytes()
    left = folder / "keys.a.0a1b2c3d.tmp"
    left.write_bytes(whole)
    for name in keyfiles.NAMES:
        (folder / name).unlink()
    assert opening.find_secrets(folder, PASSPHRASE).generation == secrets.generation
    use(folder, secrets)
    assert not left.exists()
    assert (folder / "keys.a").read_bytes() == whole


@pytest.fixture
def others_key(tmp_path):
    """The key file of another vault."""
    other = tmp_path / "Other.vault"
    vaults.create(other, PASSPHRASE, random=os.urandom, now=clock(), kdf=cheap())
    return (other / "keys.a").read_bytes()


@pytest.mark.parametrize("name", ["keys.a", "keys.new"])
def test_the_key_file_of_another_vault_stays_and_is_told(folder, secrets, others_key, name):
    (folder / name).write_bytes(others_key)
    store = use(folder, secrets)
    assert (folder / name).read_bytes() == others_key
    assert any(isinstance(one, StrangeKeysError) and one.names == (name,) for one in store.remarks)


@pytest.mark.parametrize("put", [_pipe, _loop, _link])
@pytest.mark.parametrize("name", ["keys.a", "keys.new"])
def test_a_pipe_or_link_in_the_place_of_a_key_file_stays_and_is_told(folder, secrets, precious, name, put):
    (folder / name).unlink(missing_ok=True)
    put(folder / name, precious)
    store = use(folder, secrets)
    assert disk.is_odd(folder / name)
    assert [one.names for one in store.remarks] == [(name,)]


def test_a_new_recovery_key_sets_another_vaults_key_file_aside(folder, others_key):
    (folder / "keys.new").write_bytes(others_key)
    keyfiles.put_pending(folder, (folder / "keys.a").read_bytes())
    assert [one.read_bytes() for one in folder.glob("keys.new.*.aside")] == [others_key]
    keyfiles.drop_pending(folder, keyfile.read((folder / "keys.a").read_bytes()).generation)
    assert not (folder / "keys.new").exists()


def test_a_link_that_leads_to_the_own_key_file_is_nothing_strange(folder, secrets, tmp_path):
    (folder / "keys.a").rename(tmp_path / "kept")
    (folder / "keys.a").symlink_to(tmp_path / "kept")
    assert use(folder, secrets).remarks == ()


@pytest.mark.parametrize("said", [b"[" * 1900, b'{"computer":' * 300, b"\xff" * 40])
def test_a_presence_that_makes_no_sense_is_none(folder, said):
    (folder / presence.NAME).write_bytes(said)
    assert presence.found(folder) is None


def test_the_name_of_a_computer_is_cleaned_and_short(folder):
    name = "PRACTICE\\u001b[31m\\n\\u202e" + "x" * 3000
    since = b'","since":"2026-11-22T09:48:00Z","process":1}'
    (folder / presence.NAME).write_bytes(b'{"computer":"' + name.encode() + since)
    shown = presence.found(folder).computer
    assert shown.startswith("PRACTICE[31mx")
    assert shown.isprintable()
    assert len(shown) == 60


@pytest.fixture(params=["Pacific/Kiritimati", "America/New_York"])
def far_zone(request, monkeypatch):
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("far_zone")
@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "9999-12-31T23:59:00+00:00",
        "0001-01-01T00:00:00+00:00",
    ],
)
def test_the_ends_of_the_calendar_are_said_as_they_are(moment):
    at = datetime.datetime.fromisoformat(moment)
    year = {"0001": "1", "9999": "9999", "0000": "1"}[moment[:4]]
    assert year in said_time(at)
    assert year in str(OpenElsewhereError("PRACTICE-2", at))
    assert year in str(OlderCopyError(3, at))


def test_a_count_of_saves_that_cannot_be_is_not_spelled_out():
    assert len(str(OlderCopyError(10**400))) < 200


@pytest.mark.parametrize("fault", [DiskFullError(), SaveFailedError()])
def test_a_salvage_that_finds_no_room_speaks_of_the_new_vault(fault):
    told = not_made(fault)
    assert isinstance(told, type(fault))
    assert str(told).startswith("The new vault could not be made there")
    assert "Your text" not in str(told)


def test_nothing_is_made_inside_a_vault(folder, tmp_path):
    for inside in (folder / "New.vault", folder / "backups" / "New.vault"):
        with pytest.raises(InsideVaultError):
            place.must_be_nameable(inside)
    place.must_be_nameable(tmp_path / "New.vault")


@pytest.mark.parametrize("name", ["n" * 240, "日本" * 50, "n" * 256 + "/New.vault", "/".join(["n" * 200] * 25)])
def test_a_name_that_is_too_long_is_said_so(tmp_path, name):
    with pytest.raises(UnusableNameError, match="too long"):
        vaults.create(tmp_path / name, PASSPHRASE, random=os.urandom, now=clock(), kdf=cheap())


def test_a_vault_that_cannot_be_looked_at_is_a_known_fault(tmp_path, folder):
    shutil.rmtree(folder)
    _loop(folder, None)
    with pytest.raises(KnownError):
        place.must_be_vault(folder)
