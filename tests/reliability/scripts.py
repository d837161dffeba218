"""R19: random days of writing, through the services and in a model of plain Python; both must say the same."""

import datetime
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from service_cases import CHEAP, Clock

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.entry import Mark
from alliance_desktop.domain.errors import EarlierTurnError, FinishedError
from alliance_desktop.domain.form import Kind
from alliance_desktop.domain.rupture import Status
from alliance_desktop.domain.timeline import Symbol
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import load_forms
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.storage.entries import Entries
from tests.reliability import vaults
from tests.reliability.frame import Control, Figures, Trial, most, tries
from tests.reliability.model import ENDED, OPEN, Answers, Card, Model, Strain

STEPS = 30
PARTS = (
    "",
    " ",
    "quiet",
    "ünïcode",
    "שלום",
    "नमस्ते",
    "👩‍👧",
    "line\nline",
    "\u2028",
    "'; DROP--",
    '"{}',
    "\t",
    "\x00",
    "0",
)
CARDS = ("notice", "acknowledge", "dialogue", "repair", "follow_up", "close")
FORMS = load_forms(resource("forms"))


PassTime = Callable[[Clock, random.Random], None]
"""What the clock does between two steps."""


class DifferentError(Exception):
    """What may not be changed any more is not the same in the notebook and in the model."""


class Writer:
    """Does the same to a real vault and to the model, one random step after another."""

    def __init__(self, made: vaults.Made, folder: Path, chance: random.Random, pass_time: PassTime) -> None:
        self._made, self._folder, self._chance, self._pass_time = made, folder, chance, pass_time
        self._clock = Clock()
        self.model = Model()
        self.vault = self._opened()
        self._add_client()

    def go(self) -> None:
        steps: tuple[tuple[int, Callable[[], None]], ...] = (
            (1, self._add_client),
            (1, self._amend_client),
            (4, self._begin),
            (6, self._edit),
            (3, self._undo),
            (2, self._redo),
            (2, self._finish),
            (2, self._addendum),
            (3, self._set_status),
            (2, self._undo_status),
            (1, self._start_again),
        )
        self._pass_time(self._clock, self._chance)
        self._chance.choices([one for _, one in steps], [weight for weight, _ in steps])[0]()

    def told(self) -> dict[str, Any]:
        """Return what the real notebook says, in the shape of the model."""
        book, strains = self.vault.notebook, self.vault.strains
        clients = sorted(book.clients(), key=lambda one: one.id)
        return {
            "clients": {int(one.id): one.answers for one in clients},
            "entries": {int(one.id): [self._entry_told(entry) for entry in book.entries(one.id)] for one in clients},
            "strains": {
                int(one.arc.id): (
                    int(one.arc.client),
                    one.arc.status,
                    one.arc.turn,
                    one.arc.offered,
                    [(event.was, event.became) for event in strains.history(one.arc.id)],
                )
                for one in sorted(strains.all(), key=lambda one: one.arc.id)
            },
        }

    def is_in_order(self) -> bool:
        """Say whether every client's timeline goes from day to day, the strains that are open apart."""
        for id in self.model.clients:
            days = [row.on for row in self.vault.notebook.timeline(id) if row.symbol is not Symbol.OPEN]
            if days != sorted(days):
                return False
        return True

    def _entry_told(self, entry: Any) -> tuple[Any, ...]:
        addenda = [(one.text, one.private) for one in self.vault.notebook.addenda(entry.id)]
        finished = entry.state == "finished"
        told = (int(entry.id), entry.arc, entry.turn, entry.card, entry.happened_on, finished, str(entry.mark))
        return *told, entry.answers, addenda

    # -- steps --------------------------------------------------------------------------------------------------------

    def _add_client(self) -> None:
        answers = {"code": self._text(), "called": self._text()}
        self.model.clients[int(self.vault.notebook.add_client(answers).client)] = answers

    def _amend_client(self) -> None:
        id, answers = self._chance.choice(list(self.model.clients)), {"code": self._text()}
        self.vault.notebook.amend_client(id, answers)
        self.model.clients[id] = answers

    def _begin(self) -> None:
        name = self._chance.choice(("note", "notice", *CARDS))
        arc = self._chance.choice([None, *self.model.strains]) if name != "note" else None
        client = self.model.strains[arc].client if arc else self._chance.choice(list(self.model.clients))
        id = int(self.vault.notebook.new_entry())
        if name != "note" and arc is None:
            arc = int(self.vault.notebook.new_arc())
            self.model.strains[arc] = Strain(client)
        turn = self.model.strains[arc].turn if arc else 1
        self.model.cards[id] = Card(client, arc, turn, name, self._clock().astimezone().date())
        self._write(id, self._answers(name))

    def _edit(self) -> None:
        id = self._some_card()
        if id is None:
            return
        card = self.model.cards[id]
        was = card.answers
        if self._write(id, self._answers(card.name)):
            card.past.append(was)
            card.future.clear()

    def _undo(self) -> None:
        self._go_back("past", "future")

    def _redo(self) -> None:
        self._go_back("future", "past")

    def _go_back(self, back: str, forth: str) -> None:
        """Bring a card to the words it had before, as Ctrl+Z in its field and the save after it do."""
        id = self._some_card()
        if id is None or not getattr(self.model.cards[id], back):
            return
        card = self.model.cards[id]
        was = card.answers
        if self._write(id, getattr(card, back)[-1]):
            getattr(card, back).pop()
            getattr(card, forth).append(was)

    def _finish(self) -> None:
        id = self._some_card()
        if id is not None:
            self.vault.notebook.finish(id)
            self.model.cards[id].finished = True

    def _addendum(self) -> None:
        done = [id for id, one in self.model.cards.items() if one.finished]
        if done:
            id, text, private = self._chance.choice(done), self._text(), self._chance.random() < 0.5
            self.vault.notebook.amend(id, text, private=private)
            self.model.cards[id].addenda.append((text, private))

    def _set_status(self) -> None:
        if self.model.strains:
            id = self._chance.choice(list(self.model.strains))
            status = self._chance.choice(OPEN + ENDED)
            self.vault.strains.set_status(id, Status(status), self._clock().date(), self._text())
            self.model.strains[id].set(status)

    def _undo_status(self) -> None:
        if self.model.strains:
            id = self._chance.choice(list(self.model.strains))
            self.vault.strains.undo(id)
            self.model.undo_status(id)

    def _start_again(self) -> None:
        self.vault.close()
        self.vault = self._opened()

    # -- parts --------------------------------------------------------------------------------------------------------

    def _opened(self) -> OpenVault:
        return Access(FORMS, self._clock, os.urandom, CHEAP).open(self._folder, self._made.own_secrets())

    def _write(self, id: int, answers: Answers) -> bool:
        card, mark = self.model.cards[id], self._chance.choice((Mark.NONE, Mark.NONE, Mark.SKIPPED))
        form = "session" if card.name == "note" else "rupture"
        told = WriteCard(
            client=card.client, form=form, card=card.name, answers=answers, entry=id, arc=card.arc, mark=mark
        )
        refused = False
        try:
            self.vault.notebook.write(told)
        except (FinishedError, EarlierTurnError):
            refused = True
        if refused is not self.model.is_frozen(card):
            raise DifferentError
        if refused:
            return False
        day = answers.get(str(FORMS.current(form).card(card.name).dated_by))
        self.model.write(card, answers, str(mark), datetime.date.fromisoformat(day["on"]) if day else None)
        return True

    def _answers(self, name: str) -> Answers:
        card = FORMS.current("session" if name == "note" else "rupture").card(name)
        keys = [one.key for one in card.questions if one.kind in {Kind.PROSE, Kind.LINE}]
        found: Answers = {key: self._text() for key in self._chance.sample(keys, self._chance.randint(0, len(keys)))}
        if self._chance.random() < 0.4:
            days = datetime.timedelta(days=self._chance.randint(-400, 0))
            found[str(card.dated_by)] = dated(self._clock().date() + days)
        if name == "dialogue" and self._chance.random() < 0.4:
            found["preferred_not"] = chosen("not_now")
        return found

    def _some_card(self) -> int | None:
        return self._chance.choice(list(self.model.cards)) if self.model.cards else None

    def _text(self) -> str:
        return " ".join(self._chance.choices(PARTS, k=self._chance.randint(1, 12)))


def _days_on(clock: Clock, chance: random.Random) -> None:
    clock.move(minutes=chance.randrange(1, 3000))


def _is_same_after_all(writer: Writer) -> bool:
    try:
        for _ in range(STEPS):
            writer.go()
    except DifferentError:
        return False
    return writer.told() == writer.model.told() and writer.is_in_order()


def scripts(count: int, folder: Path, pass_time: PassTime = _days_on, first: int = 1900) -> Figures:
    """Let so many random days of writing go by, each in a vault of its own, and compare each with the model."""
    different = steps = 0
    with vaults.quick_folder(folder) as quick:
        made = vaults.make(Path(quick))
        for number in range(count):
            writer = Writer(made, made.copy(Path(quick, "Tried.vault")), random.Random(first + number), pass_time)
            same = _is_same_after_all(writer)
            writer.vault.close()
            steps += STEPS
            different += not same
    return {"scripts": count, "steps": steps, "different from the model": different}


def _forgetful(count: int, folder: Path) -> Figures:
    put = Entries._put_answers
    Entries._put_answers = lambda self, table, id, answers: (
        put(self, table, id, answers) if answers or table == "record_answer" else None
    )
    return scripts(count, folder)


TRIALS = (
    Trial(
        "R19",
        "random days: write, edit, undo, redo, finish, addendum, status, open again, start again; against a model",
        (tries("scripts", 500), most("different from the model", 0)),
        scripts,
        fast=15,
        full=500,
        controls=(Control("private words that were cleared stay in the vault", _forgetful, fast=10, full=50),),
    ),
)
