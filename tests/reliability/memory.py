"""S4: what of a vault is in the computer's memory after a lock, read from outside; before it, everything is found."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from vault_cases import BEGAN, cheap

from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.storage import vault
from tests.reliability.frame import Control, Figures, Trial, least, most, tries

NOTES = 20
IN_ONE = 10
ALIKE = 12
CODES = ("utf-8", "utf-16-le")
_REGION = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ (\d+) *(.*)")
# The writer makes each word letter by letter, so that only the program itself ever holds it whole. All words begin
# alike: a memory is then gone through once for all of them.
LETTERS = f"""
import hashlib
def letters(what):
    for part in ("every word", what):
        yield from (chr(97 + one % 26) for one in hashlib.sha256(part.encode()).digest()[:{ALIKE}])
"""
WRITER = f"""{LETTERS}
import sys
from functools import partial
from pathlib import Path
from person import CTRL, Keys, Person, settle, wait_until
from alliance_desktop.services import process
from alliance_desktop.ui.application import make_application
FRESH = '''
import sys
from alliance_desktop.services import hardening
# The one who looks from outside is let in.
hardening.harden = lambda: None
from alliance_desktop import __main__, wiring
listen = wiring.Program.listen
def listened(program):
    listen(program)
    assert program.window.page.objectName() == "unlock"
    print("locked", flush=True)
wiring.Program.listen = listened
sys.exit(__main__.main([]))
'''
app = make_application(sys.argv[:1])
person = Person(Path(sys.argv[1])).begin()
world = person.program.parts.world
if sys.argv[2] == "fresh":
    command = [sys.executable, "-B", "-c", FRESH]
    person.program.parts.world = world._replace(relaunch=lambda handover: process.relaunch(handover, command))
person.box("unlock_passphrase")
for letter in letters("passphrase"):
    person.type(letter)
person.key(Keys.Key_Return)
wait_until(lambda: person.program.work is not None)
person.add_client("D34", "Dana")
for note in range({NOTES} // {IN_ONE}):
    person.key(Keys.Key_N, CTRL)
    person.box("body")
    for word in range({IN_ONE}):
        for letter in letters(f"note {{{IN_ONE} * note + word}}"):
            person.type(letter)
        person.type(" ")
    person.window.workspace.focus_list()
person.key(Keys.Key_T, CTRL)
person.key(Keys.Key_N, CTRL)
settle()
print("open", flush=True)
sys.stdin.readline()
person.key(Keys.Key_L, CTRL)
settle()
if sys.argv[2] == "fresh":
    # A backup may still be written; then the process goes.
    wait_until(lambda: False, 60)
print("locked", flush=True)
sys.stdin.readline()
"""


def word(what: str) -> str:
    """Return the same word as the writer types."""
    parts = ("every word", what)
    return "".join(chr(97 + one % 26) for part in parts for one in hashlib.sha256(part.encode()).digest()[:ALIKE])


def needles(secrets: Secrets) -> dict[str, list[list[bytes]]]:
    """Return what nobody may find, by what it is; what begins alike stands together."""
    key, recovery = bytes(secrets.data_key), recovery_text(secrets.recovery)
    keys = [key, key.hex().encode(), key.hex().upper().encode(), key.hex().encode("utf-16-le")]
    papers = [one.encode(code) for one in (recovery, recovery.replace("-", "")) for code in CODES]
    return {
        "passphrase": [[word("passphrase").encode(code)] for code in CODES],
        "notes": [[word(f"note {at}").encode(code) for at in range(NOTES)] for code in CODES],
        "key": [[one] for one in keys],
        "recovery key": [[one] for one in (bytes(secrets.recovery), *papers)],
    }


def copies(held: bytes, wanted: list[bytes]) -> int:
    """Count how often any of some that begin alike lies in a memory."""
    begin, found = wanted[0][:ALIKE], 0
    assert all(one.startswith(begin) for one in wanted)
    at = held.find(begin)
    while at >= 0:
        found += any(held.startswith(one, at) for one in wanted)
        at = held.find(begin, at + 1)
    return found


def regions(pid: int) -> Iterator[bytes]:
    """Yield all that a process may write to, and all that belongs to no file."""
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            found = _REGION.match(line)
            assert found, line
            begin, end = int(found[1], 16), int(found[2], 16)
            if not found[3].startswith("r") or ("w" not in found[3] and found[4] != "0") or found[5].startswith("[v"):
                continue
            try:
                yield os.pread(memory.fileno(), end - begin, begin)
            except OSError:
                # Guard pages of the stacks are named readable and are not.
                continue


def scan(pid: int, wanted: dict[str, list[list[bytes]]]) -> Figures:
    """Count how often each thing lies in a process's memory."""
    found = dict.fromkeys(wanted, 0)
    looked = 0
    for held in regions(pid):
        looked += len(held)
        for name, all_of_them in wanted.items():
            found[name] += sum(copies(held, one) for one in all_of_them)
    return {f"copies of {name}": count for name, count in found.items()} | {"MB looked at": round(looked / 1e6)}


def look(when: str, how: str, count: int, folder: Path) -> Figures:
    """Write, and look before or after the lock, so many times; the worst is told."""
    worst: Figures = {}
    for at in range(count):
        place = folder / str(at)
        home = place / "home"
        home.mkdir(parents=True)
        made = vault.create(home / "Notes.vault", word("passphrase"), random=os.urandom, now=lambda: BEGAN, kdf=cheap())
        wanted = needles(made)
        with subprocess.Popen(
            [sys.executable, "-B", "-c", WRITER, str(home), how],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                assert process.stdout.readline() == "open\n"
                if when == "after":
                    process.stdin.write("\n")
                    process.stdin.flush()
                    assert process.stdout.readline() == "locked\n"
                figures = scan(process.pid, wanted)
            finally:
                process.kill()
                told = process.stderr.read() if process.stderr is not None and sys.exc_info()[0] else ""
                sys.stderr.write(told[-2000:])
        worst = {name: max(found, worst.get(name, 0)) for name, found in figures.items()}
    return {"locks": count} | worst


GOALS = (
    tries("locks", 20),
    *(most(f"copies of {name}", 0) for name in ("key", "passphrase", "recovery key", "notes")),
    least("MB looked at", 10),
)
TRIALS = (
    Trial(
        "S4",
        f"memory after a lock, read from outside: key raw and hex, passphrase, recovery key, {NOTES} words of notes",
        GOALS,
        partial(look, "after", "fresh"),
        fast=1,
        full=20,
        controls=(
            Control("before the lock", partial(look, "before", "fresh"), ("copies of notes", NOTES - 1), 1, 1),
            Control("locked without a fresh process", partial(look, "after", "same"), None, 1, 2),
        ),
    ),
)
