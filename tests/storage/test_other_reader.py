"""The vault is read without this program: by the scripts in docs/vault-format.md and by other implementations."""

import ast
import contextlib
import hashlib
import os
import random
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
from pathlib import Path

import apsw
import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from vault_cases import (
    BEGAN,
    PASSPHRASE,
    addendum,
    arc,
    cheap,
    client,
    entry,
    entry_event,
    event,
    put_off,
    raw,
    seen,
    version,
)

from alliance_desktop.keys import keyfile
from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.storage import backup, keyfiles, opening, presence, reserve, sheets
from alliance_desktop.storage.snapshot import Snapshot

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "vault-format.md").read_text("utf-8")
GOLDEN = sorted((ROOT / "tests" / "golden").glob("*.vault"))
LONGEST_SCRIPT = 30
VAULTS = 8


def script(name: str) -> str:
    """Return a script as it stands in the document."""
    [found] = re.findall(rf"<!-- script: {name} -->\n```python\n(.*?)```", TEXT, re.DOTALL)
    return found


def sheet_script() -> str:
    """Return the script for the key with the line of the recovery sheet in the place that the document names."""
    changed, times = re.subn(
        r"^data = .*?^recovery_key = [^\n]*\n", lambda _: script("sheet"), script("key"), flags=re.DOTALL | re.MULTILINE
    )
    assert times == 1
    return changed


def run(text: str, *arguments: object, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a script in a Python that has no terminal to ask at, so that it reads what is typed from its input."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-X", "utf8", "-c", text, *map(str, arguments)],
        input=f"{typed}\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        check=False,
        timeout=60,
    )


def key_and_salt(text: str, vault: Path, typed: str) -> tuple[bytes, bytes]:
    """Return what a script of the document prints for a vault."""
    ran = run(text, vault, typed=typed)
    assert ran.returncode == 0, ran.stderr
    key, salt = ran.stdout.removeprefix("Recovery key: ").splitlines()
    return bytes.fromhex(key), bytes.fromhex(salt)


def other_program(notes: Path, key: bytes, salt: bytes) -> apsw.Connection:
    """Open a database with the other implementation, as the document says."""
    # A file that is said to change no more is read without anything being made beside it.
    address, how = f"{notes.as_uri()}?immutable=1", apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    connection = apsw.Connection(address, flags=how)
    for statement in ("PRAGMA cipher='sqlcipher'", "PRAGMA legacy=4", f"PRAGMA key=\"x'{key.hex()}{salt.hex()}'\""):
        connection.execute(statement).fetchall()
    return connection


def everything(connection) -> dict[str, list]:
    """Return every row of every table that holds notes, by table, without what follows from them."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    tables = [one for one in connection.execute(named).fetchall() if not one[0].startswith(("search_", "kept_"))]
    return {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"').fetchall())) for (name,) in tables}


def ours(folder: Path, secrets) -> dict[str, list]:
    with contextlib.closing(raw(folder, secrets)) as connection:
        return everything(connection)


@pytest.fixture
def written(folder, secrets):
    """A vault in which every table has rows."""
    store = opening.open_store(folder, secrets)
    with store.transaction():
        store.clients.put(client(1, answers={"code": "Ж2", "called": "Zoë 🌧 أمل"}))
        store.arcs.put(arc())
        store.arcs.add_event(event(1))
        for at in range(200):
            answers = {"body": f"note {at} " + "She went quiet. " * 20, "own_part": "I hurried."}
            store.entries.put(entry(10 + at, answers=answers), frozenset({"own_part"}))
        store.entries.add_addendum(addendum(1))
        store.entries.add_addendum(addendum(2, private=True))
        store.entries.put(entry(300, client=None, answers={"brought": [10]}), frozenset())
        store.bin.put(11, BEGAN)
        store.histories.add(version(400, answers={"body": "before", "own_part": "I hurried"}), frozenset({"own_part"}))
        store.histories.add_event(entry_event(500, entry=11))
        store.put_offs.add(put_off(600, until=BEGAN.date()))
        store.settings.put("place", {"client": 1})
    store.close()
    return folder


@pytest.fixture(params=GOLDEN, ids=lambda one: one.stem)
def golden(request, tmp_path):
    """A golden vault with the passphrase and recovery key that open it."""
    told = dict(line.split(": ", 1) for line in request.param.with_suffix(".txt").read_text("utf-8").splitlines())
    return shutil.copytree(request.param, tmp_path / "Golden.vault"), told["passphrase"], told["recovery key"]


@pytest.mark.parametrize("name", ["key", "plain"])
def test_a_script_is_short_and_needs_one_package(name):
    text = script(name)
    assert len(text.splitlines()) <= LONGEST_SCRIPT
    imports = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Import | ast.ImportFrom)]
    named = {alias.name for one in imports if isinstance(one, ast.Import) for alias in one.names}
    named |= {one.module for one in imports if isinstance(one, ast.ImportFrom)}
    assert {one.split(".")[0] for one in named} - sys.stdlib_module_names == {"cryptography"}


def test_the_other_program_reads_every_table_with_the_key_of_the_script(written, secrets):
    before = seen(written)
    key, salt = key_and_salt(script("key"), written, PASSPHRASE)
    with contextlib.closing(other_program(written / "notes.db", key, salt)) as connection:
        found = everything(connection)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert seen(written) == before
    assert found == ours(written, secrets)
    assert all(found.values()), "every table has rows"
    assert len(found["entry"]) == 201
    assert "Zoë 🌧 أمل" in found["client"][0]


def test_the_recovery_sheet_alone_gives_the_same_key(written, secrets):
    for name in ("keys.a", "keys.b"):
        (written / name).unlink()
    assert key_and_salt(sheet_script(), written, recovery_text(secrets.recovery)) == (
        secrets.data_key,
        secrets.vault_id,
    )


def test_a_golden_vault_is_read_by_passphrase_and_by_sheet(golden):
    folder, passphrase, paper = golden
    key, salt = key_and_salt(script("key"), folder, passphrase)
    assert key_and_salt(sheet_script(), folder, paper) == (key, salt)
    with contextlib.closing(other_program(folder / "notes.db", key, salt)) as connection:
        found = everything(connection)
    assert found == ours(folder, opening.find_secrets(folder, passphrase))
    assert len(found["entry"]) == (5 if "binned" in found else 2)


def test_without_any_sqlcipher_the_pages_become_an_ordinary_database(written, secrets, tmp_path):
    plain = tmp_path / "plain.db"
    ran = run(script("plain"), written / "notes.db", secrets.data_key.hex(), plain)
    assert (ran.returncode, ran.stderr) == (0, "")
    with contextlib.closing(sqlite3.connect(plain)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert everything(connection) == ours(written, secrets)


@pytest.mark.parametrize("at", [0, 7, 31])
def test_one_wrong_byte_of_the_key_opens_nothing(written, secrets, tmp_path, at):
    wrong = bytearray(secrets.data_key)
    wrong[at] ^= 1
    connection = other_program(written / "notes.db", bytes(wrong), secrets.vault_id)
    with contextlib.closing(connection), pytest.raises(apsw.NotADBError):
        everything(connection)
    ran = run(script("plain"), written / "notes.db", wrong.hex(), tmp_path / "plain.db")
    assert ran.returncode == 1
    assert "page 1 is damaged, or the key is another one" in ran.stderr


def test_another_passphrase_gives_no_key(written):
    ran = run(script("key"), written, typed=f"{PASSPHRASE}.")
    assert ran.returncode == 1
    assert "InvalidTag" in ran.stderr
    assert ran.stdout == ""


def test_our_key_files_and_the_script_agree_for_many_vaults(tmp_path):
    """Of every vault the program's own writer makes, the script finds the key that the program's own reader finds."""
    chance = random.Random(20261122)
    letters = "aZ9 ,.'Ærø½ﬁÅé日本語рус🌧\u0301"
    lengths = set()
    for at in range(VAULTS):
        folder = tmp_path / f"{at}.vault"
        folder.mkdir()
        passphrase = "".join(chance.choices(letters, k=chance.randint(15, 40)))
        recovery, vault_id = chance.randbytes(20), chance.randbytes(16)
        generation = chance.randrange(1, 10 ** chance.randint(1, 9))
        data = keyfile.seal(passphrase, recovery, vault_id, generation, cheap(), os.urandom)
        lengths.add(len(data))
        (folder / "keys.a").write_bytes(data)
        (folder / "notes.db").write_bytes(vault_id)
        expected = keyfile.unwrap(keyfile.read(data), passphrase)
        assert key_and_salt(script("key"), folder, passphrase) == (expected.data_key, vault_id)
        assert key_and_salt(sheet_script(), folder, recovery_text(recovery)) == (expected.data_key, vault_id)
    assert len(lengths) > 1


def test_the_lengths_in_the_document_are_those_of_key_files():
    told = re.search(r"bytes: (\d+) when .*? (\d+) KiB, (\d+) when .*? (\d+)\s+KiB", TEXT, re.DOTALL)
    assert told
    short, small, long, usual = map(int, told.groups())
    for length, memory in ((short, small), (long, usual)):
        kdf = keyfile.Kdf(salt=os.urandom(16), memory_kib=memory, passes=3)
        assert len(keyfile.seal("a passphrase of it", os.urandom(20), os.urandom(16), 1, kdf, os.urandom)) == length


def backed_up(folder: Path, secrets, place: Path) -> Path:
    """Return a backup made by the program."""
    store = opening.open_store(folder, secrets)
    snapshot = Snapshot(store)
    store.close()
    made = backup.write(snapshot, place, BEGAN).path
    snapshot.release()
    return made


def test_a_backup_is_read_by_cutting_its_tail_off_as_the_document_says(written, secrets, tmp_path):
    data = backed_up(written, secrets, tmp_path).read_bytes()
    assert data[-8:] == bytes.fromhex("52 52 56 42 41 4B 0D 0A")
    [length] = struct.unpack(">I", data[-12:-8])
    cut = tmp_path / "Cut.vault"
    cut.mkdir()
    (cut / "notes.db").write_bytes(data[: -12 - length])
    (cut / "keys.a").write_bytes(data[-12 - length : -12])
    key, salt = key_and_salt(script("key"), cut, PASSPHRASE)
    with contextlib.closing(other_program(cut / "notes.db", key, salt)) as connection:
        assert everything(connection) == ours(written, secrets)


def digest_as_told(connection) -> bytes:
    """Count the content digest as the document tells it, with nothing of the program's own."""

    def value(one) -> bytes:
        kinds = {int: (b"I", str), str: (b"T", str), bytes: (b"B", bytes), type(None): (b"N", lambda _: "")}
        letter, said = kinds[type(one)]
        data = said(one)
        data = data if isinstance(data, bytes) else data.encode()
        return letter + struct.pack(">Q", len(data)) + data

    total = 0
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if table.startswith(("sqlite_", "search_", "kept_")):
            continue
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            if table != "meta" or row[0] not in {"digest", "saves", "kept"}:
                total += int.from_bytes(
                    hashlib.blake2b(b"".join(map(value, (table, *row))), digest_size=32).digest(), "big"
                )
    return (total % 2**256).to_bytes(32, "big")


def test_the_digest_is_what_the_document_says(written, secrets):
    with contextlib.closing(other_program(written / "notes.db", secrets.data_key, secrets.vault_id)) as connection:
        [(kept,)] = connection.execute("SELECT value FROM meta WHERE name = 'digest'").fetchall()
        assert digest_as_told(connection) == kept
    with contextlib.closing(raw(written, secrets)) as connection:
        connection.execute("UPDATE record_addendum SET text = 'other' WHERE id = 1")
        assert digest_as_told(connection) != kept


def test_the_print_of_a_replaced_sheet_is_what_the_document_says(secrets):
    [told] = re.findall(r'salt = vault id, info = "(vault old sheet v1)"\)', TEXT)
    print_of = HKDF(algorithm=SHA256(), length=16, salt=secrets.vault_id, info=told.encode()).derive(secrets.recovery)
    assert print_of == sheets.print_of(secrets.recovery, secrets.vault_id)


def test_every_file_of_a_vault_is_in_the_document():
    modules = (keyfiles, sheets, presence, reserve)
    names = {one for module in modules for one in vars(module).get("NAMES", ()) or [module.NAME]}
    assert {"in-use", "reserve", "sheets.old", "keys.a"} <= names
    assert {one for one in [*names, keyfiles.PENDING] if f"`{one}`" not in TEXT} == set()


def test_every_table_and_column_is_in_the_document(written, secrets):
    with contextlib.closing(raw(written, secrets)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        missing = [
            f"{table}.{column}"
            for table in tables
            if not table.startswith("search_index_")
            for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
            if f"**{table}**" not in TEXT or f"`{column}`" not in TEXT
        ]
        names = {name for (name,) in connection.execute("SELECT name FROM meta")}
    assert missing == []
    assert {name for name in names if f"`{name}`" not in TEXT} == set()
