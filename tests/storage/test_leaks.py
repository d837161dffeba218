"""Nothing readable leaves: not in the vault's files, not to stderr, not in memory once the vault is closed."""

import os
import re
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from vault_cases import PASSPHRASE, addendum, answer, arc, child, client, entry, event, raw

from alliance_desktop.keys.recovery import groups, recovery_text
from alliance_desktop.storage import opening

WORDS = [f"CANARYWORD{one}" for one in ("CLIENT", "RECORD", "PRIVATE", "LATER", "OWNLATER", "WHY", "SETTING")]
PLAIN = "CREATE TABLE entry (CANARYWORDRECORD)"


def hits(folder: Path, words) -> set[str]:
    found = set()
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        for word in words:
            if any(word.encode(way) in data for way in ("utf-8", "utf-16-le", "utf-16-be")):
                found.add(word)
    return found


def write_all(store, times=1):
    for at in range(times):
        with store.transaction():
            store.clients.put(client(1, answers={"code": WORDS[0]}))
            store.arcs.put(arc())
            told = entry(10 + at, arc=5, answers={"facts": WORDS[1] * 300, "own": WORDS[2] * 300})
            store.entries.put(told, frozenset({"own"}))
            store.entries.add_addendum(addendum(2 * at, entry=10 + at, text=WORDS[3]))
            store.entries.add_addendum(addendum(2 * at + 1, entry=10 + at, text=WORDS[4], private=True))
            store.arcs.add_event(event(at, why=WORDS[5]))
            store.settings.put("note", WORDS[6])


def secret_words(secrets):
    text = recovery_text(secrets.recovery)
    return [
        PASSPHRASE,
        text,
        *groups(text),
        secrets.recovery.hex(),
        secrets.data_key.hex(),
        secrets.data_key.hex().upper(),
    ]


def test_no_word_is_in_any_file(folder, secrets):
    store = opening.open_store(folder, secrets)
    write_all(store, 60)
    store.close()
    assert hits(folder, WORDS + secret_words(secrets)) == set()
    data = b"".join(path.read_bytes() for path in folder.iterdir())
    assert secrets.recovery not in data
    assert secrets.data_key not in data
    connection = raw(folder, secrets)
    assert WORDS[2] in connection.execute("SELECT answers FROM private_answer").fetchone()[0], "it was written"
    connection.close()


def test_no_word_is_in_any_file_in_the_middle_of_a_large_save(folder, secrets, tmp_path):
    script = """
import os, sys
from pathlib import Path
from alliance_desktop.storage import opening, vault
from vault_cases import PASSPHRASE, client
folder = Path(sys.argv[1])
store = opening.open_store(folder, opening.find_secrets(folder, PASSPHRASE))
store._database._connection.execute("PRAGMA cache_size=10")
with store.transaction():
    for id in range(300):
        store.clients.put(client(id, answers={"code": "CANARYWORDCLIENT" * 500}))
    assert (folder / "notes.db-wal").stat().st_size > 1_000_000
    print("half-way", flush=True)
    sys.stdin.readline()
"""
    with child(script, folder, cwd=tmp_path) as process:
        assert process.stdout.readline() == "half-way\n"
        assert hits(folder.parent, WORDS) == set()
        process.kill()
        process.communicate()
    assert hits(folder.parent, WORDS) == set()


def test_the_search_finds_words_in_a_database_without_a_key(tmp_path):
    connection = dbapi2.connect(str(tmp_path / "plain.db"))
    connection.execute(PLAIN)
    connection.execute("CREATE TABLE other (a)")
    connection.execute("INSERT INTO other VALUES (?)", (WORDS[0],))
    connection.commit()
    connection.close()
    (tmp_path / "wide.txt").write_bytes(WORDS[2].encode("utf-16-le"))
    assert hits(tmp_path, WORDS) == {WORDS[0], WORDS[1], WORDS[2]}


TROUBLE = """
import sys
from pathlib import Path
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.storage import connecting, opening, pages, vault
from vault_cases import PASSPHRASE
folder = Path(sys.argv[1])
if sys.argv[2] == "loud":
    connecting.BEFORE_KEY = connecting.BEFORE_KEY[1:]
pages.fit = lambda *_: pages.Fit.OPENS
for recovery in ("first", "second"):
    try:
        store = opening.open_store(folder, opening.find_secrets(folder, PASSPHRASE))
        store.clients.all()
    except KnownError as error:
        print(type(error).__name__)
"""


def damaged(folder):
    with (folder / "notes.db").open("r+b") as file:
        file.seek(200)
        file.write(bytes(8))


def test_sqlcipher_says_nothing_on_stderr(folder):
    damaged(folder)
    assert answer(TROUBLE, folder, "quiet") == "VaultDamagedError\n" * 2


def test_sqlcipher_would_say_something_if_it_were_let(folder):
    damaged(folder)
    with child(TROUBLE, folder, "loud") as process:
        _, said = process.communicate(timeout=60)
    assert "ERROR CORE" in said


HOLDS = """
import gc, sys
from pathlib import Path
from alliance_desktop.keys import memory
from alliance_desktop.storage import given_key, opening, vault
from vault_cases import PASSPHRASE, client, entry
folder = Path(sys.argv[1])
if sys.argv[2] == "unwiped":
    given_key.wipe = lambda secret: kept.append(secret)
    kept = []
secrets = opening.find_secrets(folder, PASSPHRASE)
store = opening.open_store(folder, secrets)
with store.transaction():
    store.clients.put(client(1))
print("open", flush=True)
sys.stdin.readline()
store.close()
secrets.forget()
del store
gc.collect()
print("closed", flush=True)
sys.stdin.readline()
"""


def copies(pid: int, needles: dict[str, bytes]) -> dict[str, int]:
    """Count each needle in all memory of a process."""
    found = dict.fromkeys(needles, 0)
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            place = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line)
            if not place or "[v" in line:
                continue
            start, end = (int(one, 16) for one in place.groups())
            memory.seek(start)
            try:
                data = memory.read(end - start)
            except OSError:
                continue
            for name, needle in needles.items():
                found[name] += data.count(needle)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="memory is looked at through /proc")
@pytest.mark.parametrize("how", ["wiped", "unwiped"])
def test_no_key_is_in_memory_once_the_vault_is_closed(folder, secrets, how):
    needles = {
        "data key": bytes(secrets.data_key),
        "data key as digits": secrets.data_key.hex().encode(),
        "recovery key": bytes(secrets.recovery),
    }
    with child(HOLDS, folder, how) as process:
        try:
            assert process.stdout.readline() == "open\n", process.stderr.read()
            try:
                while_open = copies(process.pid, needles)
            except PermissionError:
                pytest.skip("NOT TRIED: this system does not let a parent look at its child's memory")
            process.stdin.write("\n")
            process.stdin.flush()
            assert process.stdout.readline() == "closed\n"
            afterwards = copies(process.pid, needles)
        finally:
            process.kill()
            process.communicate()
    assert while_open["recovery key"] >= 1, "the search finds what is there"
    if how == "wiped":
        assert while_open["data key as digits"] <= 1, "only inside the library"
        assert afterwards == dict.fromkeys(needles, 0)
    else:
        assert afterwards["data key as digits"] >= 1, "without the wiping it would be there"


def test_the_key_string_is_zero_where_it_lay(folder, secrets, monkeypatch):
    given = []

    class Spy:
        def __init__(self, connection):
            self._connection = connection

        def set_key(self, said):
            given.append(said)
            self.at_the_time = said.encode()
            self._connection.set_key(said)

    from alliance_desktop.storage import given_key

    connection = dbapi2.connect(str(folder / "notes.db"))
    spy = Spy(connection)
    given_key.give_key(spy, bytes(bytearray(secrets.data_key)), secrets.vault_id)
    assert spy.at_the_time == b"x'" + (secrets.data_key + secrets.vault_id).hex().encode() + b"'"
    assert given[0] == "\0" * 99
    assert connection.execute("SELECT count(*) FROM client").fetchone() == (0,)
    connection.close()
    assert os.path.exists(folder / "keys.a")
