"""What is timed through the window: from the key that is pressed to what is painted."""

import datetime
import os
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from alliance_desktop.domain import collecting
from alliance_desktop.domain.answers import dated
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.machine import Machine
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui.autosave import Autosave
from alliance_desktop.ui.background import is_working
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.wiring import Program, World
from tests.benchmarks import alone
from tests.benchmarks.caseload import TODAY, USUAL, Caseload
from tests.benchmarks.frame import Line, Times, by_turns, timed, times
from tests.benchmarks.questions import NOTE, Asked, saving
from tests.benchmarks.vaults import CHEAP, PASSPHRASE, Bare, Plain

STEPS = 60
"""Steps of a scroll, and keys of a text, that are timed one by one."""
LONG_NOTE = 50_000
PATIENCE_SECONDS = 120.0


class Painted(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count, and let everything happen."""
        self.count += event.type() is QEvent.Type.Paint
        return False


class Desk:
    """The program with one vault open, used as a counsellor does."""

    def __init__(self, vault: Path, home: Path) -> None:
        at = datetime.datetime.combine(TODAY, datetime.time(14), datetime.UTC)
        world = World(now=lambda: at, random=os.urandom, machine=Machine(home / "state"), home=home, kdf=CHEAP)
        self.program = Program(world)
        self.window = self.program.window
        self.window.resize(1280, 800)
        self.window.show()
        self.program.opening.show_unlock(vault)
        self.program.ahead.fetched.append(collecting.keep_all)
        self.program.ahead.begin()
        self.settle(lambda: self.program.ahead.is_done)
        page = self.window.shown
        page.passphrase.edit.setText(PASSPHRASE)
        page.unlock_button.click()
        self.settle(lambda: self.program.vault is not None and not is_working())
        self.work = self.program.work
        # The vault was filled on another day.
        self.program.vault.attention.believe(TODAY)
        self.settle()

    def settle(self, until: Callable[[], bool] = lambda: True) -> None:
        """Let the window do what is due, until something holds."""
        end = time.monotonic() + PATIENCE_SECONDS
        QApplication.processEvents()
        while not until():
            if time.monotonic() > end:
                raise TimeoutError
            QApplication.processEvents()

    def painted(self, act: Callable[[], object]) -> None:
        """Do something, and lay out and paint what it changed: the window itself paints no more than that."""
        act()
        QApplication.sendPostedEvents()

    def close(self) -> None:
        """Leave."""
        self.window.close()
        self.settle(lambda: not is_working())


def lines(desk: Desk, caseload: Caseload, bare: Bare, plain: Plain, rounds: int) -> Iterator[tuple[str, Line]]:
    """Yield each line by a short name."""
    asked = Asked(caseload)
    yield from _opening(desk, caseload, asked, bare, plain, rounds)
    yield (
        "scroll",
        Line(what=f"one scroll step, {caseload.size.long or USUAL} entries", budget="p95 ≤ 16", ours=_scroll(desk)),
    )
    yield "find", Line(what="one key in type-to-find", budget="≤ 16", ours=_type_to_find(desk))
    yield from _searches(desk, asked, bare, plain, rounds)
    yield from _today(desk, asked, bare, plain, rounds)
    yield from _saving(desk, bare, plain, rounds)
    yield from alone.lines(desk.program.vault, asked, ClientId(caseload.usual), bare, rounds)
    keys, saves = _typing(desk, caseload)
    yield "typing", Line(what=f"one key in a note of {LONG_NOTE:,} characters", budget="p95 ≤ 16", ours=keys)
    yield "autosave", Line(what="how long a save in that note keeps the next key waiting", budget="≤ 16", ours=saves)


def _opening(
    desk: Desk, caseload: Caseload, asked: Asked, bare: Bare, plain: Plain, rounds: int
) -> Iterator[tuple[str, Line]]:
    long = [("open_long", caseload.longest, caseload.size.long, "≤ 100")] if caseload.size.long else []
    for name, number, entries, budget in (("open", caseload.usual, USUAL, "≤ 50"), *long):
        client, other = ClientId(number), ClientId(number + 5)

        def away(other: ClientId = other) -> None:
            desk.painted(lambda: desk.work.pages.open_client(other))

        def open_it(away: Callable[[], None] = away, id: ClientId = client) -> float:
            away()
            desk.settle()
            began = time.perf_counter()
            desk.painted(lambda: desk.work.pages.open_client(id))
            return (time.perf_counter() - began) * 1000

        question = asked.client(number)
        took = by_turns(
            rounds, ours=open_it, bare=lambda q=question: bare.ask(q), plain=lambda q=question: plain.ask(q)
        )
        yield name, Line(what=f"open a client with {entries:,} entries, timeline painted", budget=budget, **took)


def _scroll(desk: Desk) -> Times:
    view = desk.work.pages.page.timeline
    bar, port = view.verticalScrollBar(), view.viewport()
    took = []
    for step in range(STEPS):
        began = time.perf_counter()
        bar.setValue(max(bar.minimum(), bar.maximum() - (step + 1) * 3 * bar.singleStep()))
        port.repaint()
        took.append((time.perf_counter() - began) * 1000)
    return times(took)


def _type_to_find(desk: Desk) -> Times:
    desk.work.obey("clients")
    desk.work.clients.filter.setCurrentIndex(desk.work.clients.filter.findData("everyone"))
    desk.settle()
    seen = Painted(desk.work.clients.view.viewport())
    took = []
    for word in ("maya 12", "nguyen", "c-0001", "bjork", "小龙"):
        for end in range(len(word) + 1):
            began = time.perf_counter()
            desk.painted(lambda text=word[:end]: desk.work.clients.search.setText(text))
            took.append((time.perf_counter() - began) * 1000)
    desk.work.clients.search.clear()
    if seen.count < len(took) // 2:
        raise RuntimeError("the list was not painted while it was timed")
    return times(took)


def _searches(desk: Desk, asked: Asked, bare: Bare, plain: Plain, rounds: int) -> Iterator[tuple[str, Line]]:
    search = desk.program.vault.search
    for name, what, budget, sought, question in asked.searches():
        took = by_turns(
            rounds,
            ours=lambda one=sought: search.find(one),
            bare=lambda q=question: bare.ask(q),
            plain=lambda q=question: plain.ask(q),
        )
        yield name, Line(what=what, budget=budget, **took)


def _today(desk: Desk, asked: Asked, bare: Bare, plain: Plain, rounds: int) -> Iterator[tuple[str, Line]]:
    vault = desk.program.vault
    question = asked.clients()

    def after_a_write() -> float:
        _write(vault)
        return timed(lambda: vault.attention.cards(TODAY))

    took = by_turns(
        rounds,
        ours=after_a_write,
        bare=lambda: bare.ask(question),
        plain=lambda: plain.ask(question),
    )
    yield "today", Line(what="who needs me next, after a write", budget="≤ 60", **took)


def _saving(desk: Desk, bare: Bare, plain: Plain, rounds: int) -> Iterator[tuple[str, Line]]:
    vault, ids = desk.program.vault, count(2**52)
    took = by_turns(
        rounds * 5,
        ours=lambda: _write(vault),
        bare=lambda: bare.ask(*saving(next(ids))),
        plain=lambda: plain.ask(*saving(next(ids))),
    )
    yield "save", Line(what="save one note, on disk", budget="≤ 10, p95 ≤ 30", **took)


def _write(vault: OpenVault) -> float:
    """Write a session note of 250 words and return the milliseconds it took."""
    answers = {"date": dated(TODAY), "one_line": "As usual.", "body": NOTE}
    card = WriteCard(client=ClientId(3), form="session", card="note", answers=answers, entry=vault.notebook.new_entry())
    return timed(lambda: vault.notebook.write(card))


def _typing(desk: Desk, caseload: Caseload) -> tuple[Times, Times]:
    """Return what keys take, and what the saves take that come by themselves between them."""
    desk.work.pages.open_session(ClientId(caseload.usual))
    desk.settle()
    # The note itself: the boxes above it are for a day and for two times.
    box = next(one for one in desk.window.findChildren(TextBox, "body") if one.isVisible())
    box.setPlainText("She said that it was a quiet week, and then she told of it. " * (LONG_NOTE // 59))
    box.moveCursor(box.textCursor().MoveOperation.End)
    desk.settle()
    took, saved = [], []
    for place in range(STEPS):
        began = time.perf_counter()
        QTest.keyClick(box, "etaoin "[place % 7])
        box.viewport().repaint()
        took.append((time.perf_counter() - began) * 1000)
        dirty = [one for one in desk.window.findChildren(Autosave) if one.dirty]
        if place % 5 == 4:
            saved += [timed(one.flush) for one in dirty]
            desk.settle()
    return times(took), times(saved)
