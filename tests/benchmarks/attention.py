"""How long "who needs me next" takes after a career: 2,000 clients, 50,000 sessions, 5,000 strains, 20,000 talks.

`python -m tests.benchmarks.attention [clients still open]` prints the medians; nothing is held to a time.
"""

import datetime
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from sqlcipher3 import dbapi2

from alliance_desktop.domain import rupture
from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.client import ClientState
from alliance_desktop.domain.entry import ArcId, ClientId, Entry, EntryId, State
from alliance_desktop.keys.derivation import LEAST_MEMORY_KIB, Kdf
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import Forms, load_forms, private_keys
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.storage.connecting import connected
from alliance_desktop.storage.database import open_database
from alliance_desktop.storage.digest import renew
from alliance_desktop.storage.entries import _ADD, _values
from alliance_desktop.storage.given_key import give_key
from alliance_desktop.storage.kept_stories import take_all_away
from alliance_desktop.storage.place import NOTES
from alliance_desktop.storage.plain import encoded, time_text
from alliance_desktop.storage.schema import SCHEMA_VERSION

CLIENTS, SESSIONS, STRAINS, TALKS = 2000, 25, 5000, 10
SMALL_SESSIONS = 20
"""In a small career: 40,000 short notes, and nothing of the other forms."""
TODAY = datetime.date(2026, 3, 10)
ROUNDS = 9
BODY = "What was said in a session, as a counsellor writes it down afterwards. " * 22
CARDS = (
    ("notice", {"name": "The corridor", "seen_or_heard": "She answered in one word."}),
    ("dialogue", {"their_words": "It was a bit much.", "raised_by": chosen("me")}),
    ("repair", {"agreed": [{"what": "Ask first", "state": chosen("done")}]}),
)


class Career:
    """Writes a career into a vault; `lively` clients are still seen, the others ended long ago."""

    def __init__(self, notes: dbapi2.Connection, forms: Forms, lively: int, *, small: bool = False) -> None:
        self.run, self.forms, self.lively, self.small = notes.execute, forms, lively, small
        self.ids = count(1)

    def write(self) -> None:
        """Write everything in one transaction."""
        self.run("BEGIN")
        for number in range(CLIENTS):
            self._client(number)
        self.run("COMMIT")

    def _client(self, number: int) -> None:
        ended = number >= self.lively
        last = TODAY - datetime.timedelta(days=number % 7 + (400 + number if ended else 1))
        id = ClientId(next(self.ids))
        state = chosen("closed" if ended else "active")
        answers: Answers = {"code": f"C-{number}", "called": f"Client {number}", "state": state}
        made = (id, time_text(_noon(last)), 1, encoded(answers), last.isoformat())
        self.run("INSERT INTO client (id, created_at, form_version, answers, last_on) VALUES (?, ?, ?, ?, ?)", made)
        for at in range(SMALL_SESSIONS if self.small else SESSIONS):
            on = last - datetime.timedelta(days=7 * at)
            missed = at < 2 and number % 25 == 0
            came: Answers = {"attendance": chosen("no_show" if missed else "attended"), "one_line": "As usual."}
            self._entry(
                id, "session", "note", on, came | {"date": dated(on), "body": BODY[: 71 if self.small else None]}
            )
        if self.small:
            return
        for at in range(TALKS):
            on = last - datetime.timedelta(days=11 * at)
            talk: Answers = {"on": dated(on), "purpose": "Timetable", "next": "Ask again", "next_on": dated(on)}
            self._entry(id, "contact_log", "talk", on, talk | {"next_done": at > 0 or number % 20 > 0})
        for at in range(STRAINS // CLIENTS + number % 2):
            self._strain(
                id, last - datetime.timedelta(days=30 * at + 9), open=not ended and at == 0 and number % 5 == 0
            )
        self._small(id, last, number, ended)

    def _strain(self, client: ClientId, on: datetime.date, *, open: bool) -> None:
        arc = ArcId(next(self.ids))
        status = rupture.Status.NOTICED if open else rupture.Status.RESOLVED
        made = (arc, client, "rupture", time_text(_noon(on)), str(status), 1, 0)
        self.run("INSERT INTO arc VALUES (?, ?, ?, ?, ?, ?, ?)", made)
        for card, answers in CARDS[: 1 if open else 3]:
            self._entry(client, "rupture", card, on, answers, arc)

    def _small(self, client: ClientId, on: datetime.date, number: int, ended: bool) -> None:
        if number % 3 == 0:
            goal: Answers = {"own_words": "Sleep better", "set_on": dated(on), "state": chosen("active")}
            self._entry(client, "goal", "goal", on, goal)
        if number % 10 == 0:
            tried: Answers = {"tried_on": dated(on), "avenue": chosen("text"), "response": chosen("not_now")}
            self._entry(client, "outreach", "try", on, tried)
        if ended:
            closing: Answers = {"why": chosen("planned"), "closed_on": dated(on), "second_look_done": True}
            self._entry(client, "closing", "closing", on, closing)

    def _entry(
        self, client: ClientId, form: str, card: str, on: datetime.date, answers: Answers, arc: ArcId | None = None
    ) -> None:
        id, current = EntryId(next(self.ids)), self.forms.current(form)
        entry = Entry(
            id=id,
            client=client,
            form=form,
            form_version=current.version,
            card=card,
            happened_on=on,
            created_at=_noon(on),
            touched_at=_noon(on),
            arc=arc,
            sequence=id,
            state=State.FINISHED,
            finished_at=_noon(on),
            answers=answers,
        )
        private = private_keys(current.card(card))
        self.run(_ADD, _values(entry))
        for table, mine in (("record_answer", False), ("private_answer", True)):
            held = {key: one for key, one in answers.items() if (key in private) is mine}
            if held:
                self.run(f"INSERT INTO {table} (entry, answers) VALUES (?, ?)", (id, encoded(held)))


def main(lively: int) -> None:
    """Make the vault, ask a few times, print the medians."""
    forms = load_forms(resource("forms"))
    with tempfile.TemporaryDirectory() as place:
        began = time.perf_counter()
        access = Access(forms, _now, os.urandom, Kdf(salt=bytes(16), memory_kib=LEAST_MEMORY_KIB, passes=1))
        folder = Path(place) / "Career.vault"
        secrets = access.create(folder, "seven quiet herons by the weir")
        fill(folder, secrets, lively)
        _say(f"written in {time.perf_counter() - began:.0f} s")
        vault = access.open(folder, access.unlock(folder, "seven quiet herons by the weir"))
        vault.attention.believe(TODAY)
        cards = vault.attention.cards(TODAY)
        _say(f"{CLIENTS} clients, {lively} of them open: {len(cards)} cards")
        for name, figure in figures(vault):
            _say(f"{name}: {figure}")
        vault.close()


def fill(folder: Path, secrets: Secrets, lively: int, *, small: bool = False) -> None:
    """Write a career into a closed vault that is empty; the digest of its rows is counted anew."""
    keys = f"{secrets.data_key.hex()} {secrets.vault_id.hex()}"
    command = [sys.executable, "-m", "tests.benchmarks.attention", "write", str(folder / NOTES), str(lively)]
    subprocess.run([*command, *(["small"] if small else [])], input=keys, text=True, check=True)


def write(notes: Path, lively: int, small: bool) -> None:
    """Write a career straight into the tables: in a process of its own, where memory is not wiped at each step."""
    data_key, vault_id = (bytes.fromhex(one) for one in sys.stdin.read().split())
    connection = connected(notes, "rw")
    give_key(connection, data_key, vault_id)
    Career(connection, load_forms(resource("forms")), lively, small=small).write()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    database = open_database(notes, data_key, vault_id, SCHEMA_VERSION)
    with database.transaction():
        renew(database)
    database.close()


def figures(vault: OpenVault) -> Iterator[tuple[str, str]]:
    """Yield what was timed and the median with the least and the most."""
    attention = vault.attention
    yield "clients read", _timed(vault.notebook.clients, lambda: setattr(vault._store.clients, "_kept", None))
    yield "cards, nothing kept in the vault", _timed(lambda: attention.cards(TODAY), lambda: _let_go(vault))
    while attention.keep_some():
        pass
    yield "cards, first look", _timed(lambda: attention.cards(TODAY), attention.forget)
    yield "cards, after one write", _timed(lambda: attention.cards(TODAY), lambda: _write(vault))
    yield "cards, nothing written", _timed(lambda: attention.cards(TODAY))
    yield "caseload", _timed(lambda: attention.caseload(TODAY))


def _let_go(vault: OpenVault) -> None:
    database = vault._store._database
    with database.transaction(counted=False):
        take_all_away(database)
    vault.attention.forget()


def _write(vault: OpenVault) -> None:
    client = next(one.id for one in vault.notebook.clients() if one.state is not ClientState.CLOSED)
    answers: Answers = {"date": dated(TODAY), "one_line": "Written just now."}
    entry = vault.notebook.new_entry()
    vault.notebook.write(WriteCard(client=client, form="session", card="note", answers=answers, entry=entry))


def _timed(act: Callable[[], object], before: Callable[[], object] = int) -> str:
    took = []
    for _ in range(ROUNDS):
        before()
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1000)
    return f"{statistics.median(took):.1f} ms ({min(took):.1f} to {max(took):.1f})"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _noon(on: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(on, datetime.time(12), datetime.UTC)


def _now() -> datetime.datetime:
    return _noon(TODAY)


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        write(Path(sys.argv[2]), int(sys.argv[3]), "small" in sys.argv)
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 350)
