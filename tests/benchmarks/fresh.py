"""What is timed right after a vault was opened: nothing of it is in memory yet, neither here nor in the database."""

import datetime
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from alliance_desktop.domain.entry import ClientId
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import load_forms
from tests.benchmarks.caseload import TODAY, USUAL, Caseload
from tests.benchmarks.frame import Line, by_turns, timed
from tests.benchmarks.questions import Asked, Question
from tests.benchmarks.vaults import CHEAP, PASSPHRASE, Bare

SEEN_ROWS = 30
"""So many rows of a timeline are on screen."""

_Asks = Callable[[OpenVault], object]


def lines(folder: Path, caseload: Caseload, bare: Bare, rounds: int) -> Iterator[tuple[str, Line]]:
    """Yield each line by a short name; the vault is opened anew for every round of each."""
    access = Access(load_forms(resource("forms")), _now, os.urandom, CHEAP)
    _look_once(access, folder)
    asked = Asked(caseload)
    usual = ClientId(caseload.usual)
    newest = next((sought, question) for name, _, _, sought, question in asked.searches() if name == "newest")
    what: tuple[tuple[str, str, str, _Asks, Question], ...] = (
        ("fresh_clients", "all clients", "≤ 100", lambda vault: vault.notebook.clients(), asked.clients()),
        ("fresh_open", f"a client of {USUAL} entries", "≤ 50", lambda vault: _rows(vault, usual), asked.client(usual)),
        ("fresh_search", "search, newest 50", "≤ 30", lambda vault: vault.search.find(newest[0]), newest[1]),
        ("fresh_today", "who needs me next", "≤ 60", lambda vault: vault.attention.cards(TODAY), asked.clients()),
    )
    for name, told, budget, act, question in what:

        def ours(act: _Asks = act) -> float:
            vault = access.open(folder, access.unlock(folder, PASSPHRASE))
            try:
                vault.attention.believe(TODAY)
                return timed(lambda: act(vault))
            finally:
                vault.close()

        def alone(question: Question = question) -> float:
            bare.begin_anew()
            return timed(lambda: bare.ask(question))

        took = by_turns(rounds, ours=ours, bare=alone)
        yield name, Line(what=f"{told}, asked first in a vault just opened, not painted", budget=budget, **took)


def _look_once(access: Access, folder: Path) -> None:
    """Use the vault as it was used the day before: what the reminders read is kept then, and this is no first day."""
    vault = access.open(folder, access.unlock(folder, PASSPHRASE))
    vault.attention.believe(TODAY)
    vault.attention.cards(TODAY)
    while vault.attention.keep_some():
        pass
    vault.close()


def _rows(vault: OpenVault, client: ClientId) -> object:
    timeline = vault.notebook.timeline(client)
    return timeline[-SEEN_ROWS:]


def _now() -> datetime.datetime:
    return datetime.datetime.combine(TODAY, datetime.time(14), datetime.UTC)
