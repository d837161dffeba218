"""On a full disk nothing half is kept, what was kept stays, and the same store goes on when there is room."""

import json
import subprocess

import pytest
from vault_cases import answer

from alliance_desktop.domain import errors
from alliance_desktop.storage import opening

FILL = """
import json, os, sys
from pathlib import Path
from alliance_desktop.domain.errors import DiskFullError, KnownError, SaveFailedError, SaveWaitingError
from alliance_desktop.storage import opening, vault
from vault_cases import PASSPHRASE, client
folder, how, filler = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])

def fill():
    if how == "limit":
        import resource
        size = (folder / "notes.db").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 150_000, resource.RLIM_INFINITY))

def empty():
    if how == "limit":
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    else:
        filler.unlink()

store = opening.open_store(folder, opening.find_secrets(folder, PASSPHRASE))
fill()
saved, waiting, refused = [], [], []
for id in range(1, 60):
    try:
        with store.transaction():
            store.clients.put(client(id, answers={"code": "x" * (id % 5 * 9000 + 500)}))
        saved.append(id)
    except SaveWaitingError:
        waiting.append(id)
    except (DiskFullError, SaveFailedError) as error:
        refused.append(id)
found = sorted(one.id for one in store.clients.all())
if sys.argv[4] == "go on":
    empty()
    with store.transaction():
        store.clients.put(client(100))
    store.settle()
    side = (folder / "notes.db-wal").stat().st_size
else:
    side = 0
store.close()
print(json.dumps([saved, waiting, refused, found, side]))
"""


def check(folder, secrets, told, extra):
    saved, waiting, refused, found, side = json.loads(told)
    assert saved, "some were saved before the disk was full"
    assert refused, "the disk was full at last"
    assert found == sorted(saved + waiting), "nothing refused is there, nothing kept is missing"
    assert side == 0
    store = opening.open_store(folder, secrets)
    assert sorted(one.id for one in store.clients.all()) == sorted(found + extra)
    assert all(len(one.code) == one.id % 5 * 9000 + 500 for one in store.clients.all() if one.id < 100)
    store.close()
    return waiting


def test_at_a_limit_of_the_system_the_same_store_goes_on(folder, secrets, tmp_path):
    pytest.importorskip("resource", reason="no file-size limit on this system")
    told = answer(FILL, folder, "limit", tmp_path / "none", "go on")
    assert check(folder, secrets, told, [100]), "one save was kept and waited for its last place"


def test_closed_while_full_nothing_kept_is_lost(folder, secrets, tmp_path):
    pytest.importorskip("resource", reason="no file-size limit on this system")
    told = answer(FILL, folder, "limit", tmp_path / "none", "stop")
    check(folder, secrets, told, [])


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", place], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("NOT TRIED: a small disk can only be mounted by root on Linux")
    yield place
    subprocess.run(["umount", place], check=True)


@pytest.mark.parametrize("then", ["go on", "stop"])
def test_on_a_small_disk(folder, secrets, small_disk, then):
    import shutil

    there = shutil.copytree(folder, small_disk / "Notes.vault")
    filler = small_disk / "filler"
    filler.write_bytes(bytes(1_500_000))
    told = answer(FILL, there, "disk", filler, then)
    if then == "stop":
        filler.unlink()
    check(there, secrets, told, [100] if then == "go on" else [])


def test_a_save_that_waits_is_a_full_disk_to_whoever_does_not_ask(store):
    assert issubclass(errors.SaveWaitingError, errors.DiskFullError)
    store.settle()
