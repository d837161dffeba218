"""Scenarios 10 to 13 in a vault of any size: `python -m tests.benchmarks.scenarios CAREER.vault [--passphrase WORDS]`.

Works a copy of the vault through the window as a counsellor does, says of each step what came of it and how long it
took, and ends with exit code 1 where something is not as it should be. The copy goes afterwards.
"""

import argparse
import contextlib
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtGui import QTextCursor

from alliance_desktop.ui.application import make_application
from tests.end_to_end.person import CTRL, PASSPHRASE, Keys, Person, settle
from tests.end_to_end.scripts_cases import (
    ARABIC,
    ENGLISH,
    HEBREW,
    NAMES,
    QUERIES,
    agreed,
    find,
    half_a_million,
    holds,
    lines_on_paper,
    shown_names,
    sides,
    text_of,
)

MOST = {"list": 3000, "letter": 150, "client": 300, "key": 50}
"""Milliseconds of scenarios 10 and 13."""

Told = tuple[str, bool, str]


def main(arguments: list[str]) -> int:
    """Go through the scenarios; return 1 if anything is not so."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scenarios", description=__doc__)
    parser.add_argument("vault", type=Path)
    parser.add_argument("--passphrase", default=PASSPHRASE)
    asked = parser.parse_args(arguments)
    make_application(sys.argv[:1])
    bad = 0
    with tempfile.TemporaryDirectory(dir=asked.vault.resolve().parent) as work:
        home = Path(work)
        shutil.copytree(asked.vault, home / "Notes.vault")
        person = Person(home)
        for scenario, well, words in _all(person, asked.passphrase, home):
            bad += not well
            sys.stdout.write(f"{scenario:<4} {'yes' if well else 'NO':<4} {words}\n")
            sys.stdout.flush()
        person.leave()
    return 1 if bad else 0


def _all(person: Person, passphrase: str, home: Path) -> Iterator[Told]:
    yield from _many_clients(person, passphrase)
    yield from _names(person, home)
    yield from _both_directions(person, passphrase, home)
    yield from _long_note(person, passphrase, home)


def took(act: Callable[[], object]) -> float:
    """Return how many milliseconds something and its painting take."""
    began = time.perf_counter()
    act()
    settle()
    return (time.perf_counter() - began) * 1000


def _many_clients(person: Person, passphrase: str) -> Iterator[Told]:
    person.begin()
    unlocking = took(lambda: person.unlock(passphrase))
    book = person.program.vault.notebook
    clients = book.clients()
    yield "10", unlocking < MOST["list"], f"unlocked and listed in {unlocking:.0f} ms, {len(clients):,} clients"
    work = person.program.work
    work.obey("clients")
    work.clients.filter.setCurrentIndex(work.clients.filter.findData("everyone"))
    settle()
    yield "10", len(shown_names(person)) == len(clients), f"all of them are listed: {len(shown_names(person)):,}"
    wanted = clients[len(clients) // 2]
    code = str(wanted.answers["code"])
    field = person.box("client_find")
    letters = [took(lambda end=end: field.setText(code[:end])) for end in range(1, len(code) + 1)]
    yield (
        "10",
        max(letters) < MOST["letter"],
        f"a letter {statistics.median(letters):.0f} ms, at most {max(letters):.0f}",
    )
    opened = [took(lambda id=one.id: work.pages.open_client(id)) for one in clients[:: max(1, len(clients) // 40)]]
    yield "10", max(opened) < MOST["client"], f"a client {statistics.median(opened):.0f} ms, at most {max(opened):.0f}"


def _names(person: Person, home: Path) -> Iterator[Told]:
    for number, name in enumerate(NAMES, 1):
        person.add_client(f"SC-{number}", name)
    for query, name in QUERIES.items():
        shown = find(person, query)
        yield "11", name in shown, f"{query!r} finds {name} ({len(shown):,} shown)"
    for number, name in enumerate(NAMES, 1):
        shown = find(person, f"SC-{number}")
        person.key(Keys.Key_Return)
        person.notice("a word")
        agreed(person, "Ask before joking.")
        person.key(Keys.Key_P, CTRL)
        person.unfold_choices()
        person.press("preview_name")
        heading = next(line for line in text_of(person.pdf(home)).splitlines() if line.startswith("For "))
        yield "11", shown == [name] and holds(heading, name), f"{name} is found by the code and printed unchanged"


def _both_directions(person: Person, passphrase: str, home: Path) -> Iterator[Told]:
    text = f"{HEBREW}\n{ENGLISH}\n{ARABIC}"
    way = ["right", "left", "right"]
    person.add_client("SC-12", "Noa")
    person.key(Keys.Key_N, CTRL)
    box = person.write("body", text)
    settle()
    yield "12", sides(box) == way, "Hebrew, English and Arabic paragraphs each on their side"
    person.key(Keys.Key_L, CTRL)
    person.unlock(passphrase)
    settle()
    box = person.find("body")
    yield "12", box.toPlainText() == text and sides(box) == way, "locked and unlocked: the words and sides as before"
    person.notice("a word")
    agreed(person, text)
    person.key(Keys.Key_P, CTRL)
    pieces = list(lines_on_paper(person.pdf(home)))
    english = min(at for piece, at in pieces if "She" in piece)
    other = max(at for piece, at in pieces if any("\u05d0" <= letter <= "\u05ea" for letter in piece))
    yield "12", english < 100 < 300 < other, f"printed: English begins at {english:.0f} pt, Hebrew at {other:.0f} pt"


def _long_note(person: Person, passphrase: str, home: Path) -> Iterator[Told]:
    person.add_client("SC-13", "Long")
    person.notice("long")
    person.card(3)
    person.press("wording_seen_yes")
    text = half_a_million()
    person.paste_in("understood", text)
    settle()
    box = person.find("understood")
    box.moveCursor(QTextCursor.MoveOperation.End)
    settle()
    keys = [took(lambda letter=letter: person.type(letter)) for letter in " and the very last words"]
    each = statistics.median(keys)
    yield "13", each < MOST["key"], f"{len(text):,} characters: a key at the end {each:.1f} ms, at most {max(keys):.1f}"
    save = took(person.flush)
    person.key(Keys.Key_L, CTRL)
    person.unlock(passphrase)
    whole = person.find("understood").toPlainText()
    yield "13", whole == text + " and the very last words", f"saved whole in {save:.0f} ms, there after a lock"
    person.key(Keys.Key_P, CTRL)
    printed = text_of(person.pdf(home))
    wanted, found = set(re.findall(r"\b[a-z]\d{6}\b", text)), set(re.findall(r"[a-z]\d{6}", printed))
    last = re.findall(r"Page \d+ of (\d+)", printed) or re.findall(r"\d+ of (\d+)", printed)
    yield "13", wanted <= found, f"printed to its last word on {last[-1] if last else '?'} sheets"


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
