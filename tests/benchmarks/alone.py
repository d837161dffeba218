"""The database alone, like against like: the same rows asked of the program's own connection and of a bare one.

The other lines hold all that the program does, to the painted page, against a question to the database. These show
what its connection costs by itself: faults told without words, and with a write the digest and what is noted of it.
"""

from collections.abc import Iterator
from itertools import count

from alliance_desktop.domain.entry import ClientId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.storage.database import Database
from tests.benchmarks.caseload import USUAL
from tests.benchmarks.frame import Line, by_turns
from tests.benchmarks.questions import Asked, Question, saving
from tests.benchmarks.vaults import Bare

_BUDGET = "≤ 1.3 x"
_FIRST_ID = 2**51


def lines(vault: OpenVault, asked: Asked, usual: ClientId, bare: Bare, rounds: int) -> Iterator[tuple[str, Line]]:
    """Yield each line by a short name."""
    database = vault._store._database
    searches = {name: question for name, _, _, _, question in asked.searches()}
    questions: dict[str, tuple[str, Question]] = {
        "clients": ("all clients", asked.clients()),
        "client": (f"a client of {USUAL} entries", asked.client(usual)),
        "newest": ("search, newest 50", searches["newest"]),
        "rare": ("search, a rare word", searches["rare"]),
    }
    for name, (what, question) in questions.items():
        took = by_turns(rounds * 3, ours=lambda q=question: database.rows(*q), bare=lambda q=question: bare.ask(q))
        yield f"alone_{name}", Line(what=f"the database alone: {what}", budget=_BUDGET, **took)
    ids = count(_FIRST_ID)
    took = by_turns(rounds * 5, ours=lambda: _save(database, next(ids)), bare=lambda: bare.ask(*saving(next(ids))))
    yield "alone_save", Line(what="the database alone: one note, on disk", budget=_BUDGET, **took)


def _save(database: Database, id: int) -> None:
    """Write what `saving` writes; the transaction and bringing it into the file are the program's own."""
    with database.transaction():
        for sql, values in saving(id):
            if not sql.startswith(("BEGIN", "COMMIT", "PRAGMA")):
                database.run(sql, values)
