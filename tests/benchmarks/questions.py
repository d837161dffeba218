"""The same work as bare questions to the database: what the program's lines are held against."""

import json
from collections.abc import Iterator
from typing import Any

from alliance_desktop.services.search import Sought
from tests.benchmarks.caseload import BEGINNING, COMMON, PART, RARE, Caseload

Question = tuple[str, list[Any]]

NOTE = "What was said in a session, as a counsellor writes it down afterwards. " * 20
"""A note of 250 words."""

_OF_CLIENT = (
    "SELECT id, form, form_version, card, happened_on, about, sequence, state FROM entry "
    "WHERE client = ? ORDER BY happened_on, sequence, id"
)
_WORDS = (
    "SELECT entry.id, happened_on, record_answer.answers, private_answer.answers FROM entry "
    "LEFT JOIN record_answer ON record_answer.entry = entry.id "
    "LEFT JOIN private_answer ON private_answer.entry = entry.id "
    "WHERE entry.id IN (SELECT subject FROM search_place WHERE place IN ({found}))"
)
_NEWEST = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT 50"
_BEST = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rank LIMIT 50"


class Asked:
    """The questions about one caseload."""

    def __init__(self, caseload: Caseload) -> None:
        self._caseload = caseload

    def client(self, number: int) -> Question:
        """Return what reads the timeline of a client."""
        return _OF_CLIENT, [number]

    def clients(self) -> Question:
        """Return what reads all clients."""
        return "SELECT id, answers, last_on, open_strains FROM client", []

    def searches(self) -> Iterator[tuple[str, str, str, Sought, Question]]:
        """Yield each search: a short name, what it is, its budget, what the program is asked, and the bare question."""
        words = (
            ("newest", "search, newest 50 of a common word, marked", "≤ 30", Sought(typed=f'"{COMMON}"'), COMMON),
            ("rare", "search, a rare word", "≤ 10", Sought(typed=f'"{RARE}"'), RARE),
            ("beginning", "search, the beginning of a word", "≤ 30", Sought(typed=BEGINNING), f"{BEGINNING}*"),
            ("part", "search, a part of a word", "≤ 150", Sought(typed=PART, inside=True), RARE),
        )
        for name, what, budget, sought, match in words:
            yield name, what, budget, sought, (_WORDS.format(found=_NEWEST), [f"record : {match}"])
        ranked = Sought(typed=f'"{COMMON}"', best_first=True)
        best = _WORDS.format(found=_BEST), [f"record : {COMMON}"]
        yield "ranked", "search, a common word, best first", "≤ 80", ranked, best


def saving(id: int) -> list[Question]:
    """Return what keeps one note: its row, its words, the newest day of its client, and all of it in the file."""
    row = (
        id,
        3,
        "session",
        1,
        "note",
        "2026-03-10",
        "",
        "2026-03-10T14:00:00",
        "2026-03-10T14:00:00",
        1,
        id,
        "draft",
        "",
    )
    columns = (
        "id, client, form, form_version, card, happened_on, about, created_at, touched_at, turn, sequence, state, mark"
    )
    return [
        ("BEGIN IMMEDIATE", []),
        (f"INSERT INTO entry ({columns}) VALUES ({', '.join('?' * len(row))})", list(row)),
        ("INSERT INTO record_answer (entry, answers) VALUES (?, ?)", [id, json.dumps({"body": NOTE})]),
        ("UPDATE client SET last_on = '2026-03-10' WHERE id = 3", []),
        ("COMMIT", []),
        ("PRAGMA wal_checkpoint(TRUNCATE)", []),
    ]
