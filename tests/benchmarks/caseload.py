"""Made-up caseloads of three sizes in the exchange format, the same on every run and every machine.

`python -m tests.benchmarks.caseload SIZE FILE` writes one: about 2 s for a solo year, a minute for a career.
"""

import bisect
import datetime
import itertools
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

TODAY = datetime.date(2026, 3, 10)
"""The day on which the caseloads end."""

COMMON = "lantern"
"""A word that about one session in six holds."""
RARE = "heronwater"
"""A word that three sessions hold."""
PART = "onwat"
"""A part of the rare word, and of no other."""
BEGINNING = "lant"
"""What the common word begins with."""

WORDS_A_SESSION = 250


class Size(NamedTuple):
    """How much there is; `lively` clients are still seen, `long` is the number of entries of the longest story."""

    clients: int
    sessions: int
    strains: int
    contacts: int
    lively: int
    long: int


SIZES = {
    "solo": Size(40, 1_000, 100, 400, 25, 0),
    "career": Size(2_000, 50_000, 5_000, 20_000, 300, 5_000),
    "extreme": Size(20_000, 500_000, 50_000, 200_000, 3_000, 5_000),
}

USUAL = 200
"""The entries of the client that `usual` names, in every size."""

_NAMES = (
    *("Maya", "Tomás", "李小龙", "محمد أحمد", "Nguyễn Thị Hòa", "O’Connor", "สมชาย", "Björk", "Ngozi", "Ana-Lucía"),
    *("Rowan", "Søren", "Zoë", "Ἑλένη", "Дарья", "נועה", "प्रिया", "Siân", "Mei", "Jo"),
)
_SOUNDS = tuple(one + two for one in "bdfgklmn" for two in "aeio")
_VOCABULARY = 30_000


class Plan(NamedTuple):
    """What one client has, how many of each, and when the last session was."""

    number: int
    sessions: int
    strains: int
    contacts: int
    last: datetime.date
    lively: bool

    @property
    def entries(self) -> int:
        return self.sessions + 3 * self.strains + self.contacts


class Caseload:
    """One caseload; `usual` is the id of the client with 200 entries, `longest` of the one with the longest story."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.plans = list(_plans(size))
        self.usual = 1
        self.longest = 2 if size.long else 1

    def lines(self) -> Iterator[str]:
        """Yield the lines of the file, each with its end."""
        count = 0
        for line in self._things():
            count += 1
            yield _line(line)
        yield _line({"is": "end", "lines": count})

    def _things(self) -> Iterator[dict[str, Any]]:
        yield {"is": "head", "program": "alliance-desktop", "format": 1}
        for plan in self.plans:
            yield _client(plan)
        ids = itertools.count(self.size.clients + 1)
        strains = {plan.number: [next(ids) for _ in range(plan.strains)] for plan in self.plans}
        parts = itertools.count(1)
        for plan in self.plans:
            for place, id in enumerate(strains[plan.number]):
                yield _strain(plan, place, id, parts)
        words = Words(self.size)
        for plan in self.plans:
            for entry in _entries(plan, strains[plan.number], words):
                yield {"is": "entry", "id": next(ids), "client": plan.number, **entry}


class Words:
    """Sentences of made-up words, some common and most rare, as in any language."""

    def __init__(self, size: Size) -> None:
        self._chance = random.Random(2026)
        made = (_word(number) for number in itertools.count())
        self._known = [COMMON, *itertools.islice(made, _VOCABULARY)]
        others = list(itertools.accumulate(1 / (place + 12) ** 1.07 for place in range(_VOCABULARY)))
        # The common word stands about once in fifteen hundred.
        once = others[-1] / 1500
        self._weights = [once, *(once + one for one in others)]
        self._told = 0
        self._rare = {size.sessions // 4, size.sessions // 2, size.sessions - 2}

    def session(self) -> str:
        """Return what is written of one session, in three paragraphs."""
        self._told += 1
        words = self._drawn(WORDS_A_SESSION)
        if self._told in self._rare:
            words[40] = RARE
        lines = [" ".join(words[at : at + 14]).capitalize() + "." for at in range(0, len(words), 14)]
        return "\n\n".join(" ".join(lines[at : at + 6]) for at in range(0, len(lines), 6))

    def line(self, count: int) -> str:
        """Return one short line of so many words."""
        return " ".join(self._drawn(count)).capitalize()

    def _drawn(self, count: int) -> list[str]:
        top = self._weights[-1]
        places = (bisect.bisect(self._weights, self._chance.random() * top) for _ in range(count))
        return [self._known[place] for place in places]


def _word(number: int) -> str:
    """Return a made-up word; each number has its own, and the small ones, which are common, are short."""
    sounds = [_SOUNDS[number % 32]]
    while number >= 32:
        number = number // 32 - 1
        sounds.append(_SOUNDS[number % 32])
    return "".join(sounds)


def _plans(size: Size) -> Iterator[Plan]:
    usual = Plan(1, 150, 4, 38, TODAY - datetime.timedelta(days=1), True)
    long = [Plan(2, size.long - 1000, 100, 700, TODAY - datetime.timedelta(days=2), True)] if size.long else []
    yield from (given := [usual, *long])
    left = size.clients - len(given)
    sessions, strains, contacts = (
        _shared(total - sum(getattr(one, what) for one in given), left)
        for total, what in ((size.sessions, "sessions"), (size.strains, "strains"), (size.contacts, "contacts"))
    )
    for place in range(left):
        number = place + len(given) + 1
        lively = number <= size.lively
        # The others ended over the last twenty years.
        days = number % 7 if lively else 60 + (number * 7300) // size.clients
        last = TODAY - datetime.timedelta(days=days)
        yield Plan(number, sessions[place], strains[place], contacts[place], last, lively)


def _shared(total: int, among: int) -> list[int]:
    """Share out so that no two parts differ by more than one."""
    return [total * (place + 1) // among - total * place // among for place in range(among)]


def _client(plan: Plan) -> dict[str, Any]:
    called = f"{_NAMES[plan.number % len(_NAMES)]} {plan.number}"
    answers: dict[str, Any] = {"code": f"C-{plan.number:05}", "called": called}
    answers["state"] = {"ids": ["active" if plan.lively else "closed"]}
    created = _noon(plan.last - datetime.timedelta(days=7 * plan.sessions))
    return {"is": "client", "id": plan.number, "created": created, "answers": answers}


def _strain(plan: Plan, place: int, id: int, parts: Iterator[int]) -> dict[str, Any]:
    on = _strained_on(plan, place)
    later = on + datetime.timedelta(days=7)
    begun = {"id": next(parts), "became": "noticed", "on": on.isoformat()}
    mended = {"id": next(parts), "was": "noticed", "became": "resolved", "on": later.isoformat()}
    open = plan.lively and place == 0 and plan.number % 5 == 0
    return {
        "is": "strain",
        "id": id,
        "client": plan.number,
        "created": _noon(on),
        "status": "noticed" if open else "resolved",
        "events": [begun] if open else [begun, mended],
    }


def _strained_on(plan: Plan, place: int) -> datetime.date:
    return plan.last - datetime.timedelta(days=9 + 41 * place)


def _entries(plan: Plan, strains: list[int], words: Words) -> Iterator[dict[str, Any]]:
    for at in range(plan.sessions):
        # Of the long story, several a week; then it is twenty years.
        on = plan.last - datetime.timedelta(days=7 * at if plan.sessions < 1000 else at * 2)
        yield _entry("session", "note", on, record=_session(plan, at, on, words), private=_own(at))
    for place, strain in enumerate(strains):
        on = _strained_on(plan, place)
        cards = _cards(words)
        for step, (card, record, private) in enumerate(cards):
            day = on + datetime.timedelta(days=3 * step)
            yield _entry("rupture", card, day, strain=strain, record=record, private=private)
    for at in range(plan.contacts):
        on = plan.last - datetime.timedelta(days=5 + 11 * at)
        told = {"on": {"on": on.isoformat()}, "purpose": words.line(5), "shared": words.line(20)}
        yield _entry("contact_log", "talk", on, record=told)


def _session(plan: Plan, at: int, on: datetime.date, words: Words) -> dict[str, Any]:
    missed = at < 2 and plan.number % 25 == 0
    record: dict[str, Any] = {
        "date": {"on": on.isoformat()},
        "attendance": {"ids": ["no_show" if missed else "late_cancel" if at % 17 == 5 else "attended"]},
        "one_line": words.line(6),
        "body": words.session(),
    }
    return record | ({"temperature_client": {"ids": [str(2 + (at * 7 + plan.number) % 4)]}} if at % 3 else {})


def _own(at: int) -> dict[str, Any]:
    return {} if at % 4 else {"temperature_mine": {"ids": [str(2 + at % 3)]}}


def _cards(words: Words) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    return [
        ("notice", {}, {"name": words.line(2), "seen_or_heard": words.line(30)}),
        ("dialogue", {"their_words": words.line(25)}, {}),
        ("repair", {"agreed": [{"what": words.line(4), "state": {"ids": ["done"]}}]}, {}),
    ]


def _entry(form: str, card: str, on: datetime.date, **more: Any) -> dict[str, Any]:
    strain = {"strain": more.pop("strain")} if "strain" in more else {}
    told = {key: one for key, one in more.items() if one}
    return {**strain, "form": form, "card": card, "day": on.isoformat(), "state": "finished", **told}


def _noon(on: datetime.date) -> str:
    return f"{on.isoformat()}T12:00:00Z"


def _line(thing: dict[str, Any]) -> str:
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":")) + "\n"


def write(size: str, file: Path) -> int:
    """Write a caseload into a file and return its bytes."""
    with file.open("w", encoding="utf-8", newline="\n") as into:
        into.writelines(Caseload(SIZES[size]).lines())
    return file.stat().st_size


if __name__ == "__main__":
    sys.stdout.write(f"{write(sys.argv[1], Path(sys.argv[2])) / 1e6:.1f} MB\n")
