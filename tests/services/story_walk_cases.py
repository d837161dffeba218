"""A walk through a vault by chance: notes of every form, answers of every kind, and all that can be done with them."""

import datetime
import random
from typing import Any

from service_cases import Clock

from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.client import ClientState
from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.form import CHOOSING, Card, Column, Form, Kind, Question
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.rupture import Status
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.preferences import Preferences

WORDS = ("", " ", "Ask again", "The corridor")
STARTS = ("session", "session", "rupture", "rupture", "outreach", "contact_log", "closing", "safeguarding")
"""Forms that are written more often than others."""


class Walk:
    """Takes steps of one kind after another; chance is handed in, so that a walk can be gone again."""

    def __init__(self, vault: OpenVault, clock: Clock, chance: random.Random) -> None:
        self.vault, self.clock, self.chance = vault, clock, chance
        self.forms = [one for one in vault.forms.all() if one.id != "client" and one.about == "client"]
        self.clients: list[ClientId] = []
        for _ in range(2):
            self.add()

    def add(self) -> None:
        state = self.chance.choice(list(ClientState))
        answers: Answers = {"code": f"C-{len(self.clients)}", "state": chosen(str(state))}
        answers |= {"setting": chosen("school")} if self.chance.random() < 0.3 else {}
        made = self.vault.notebook.add_client(answers).client
        assert made is not None
        self.clients.append(made)

    def step(self) -> str:
        """Do one thing and return what; what may not be done is left."""
        steps = [self.write] * 8 + [self.amend, self.finish, self.bin, self.put_back, self.status, self.state]
        steps += [self.answer, self.set, self.turn_page, self.own, self.add, self.remove]
        taken = self.chance.choice(steps)
        try:
            taken()
        except KnownError:
            return f"{taken.__name__}, which may not be"
        return taken.__name__

    def write(self) -> None:
        wanted = self.chance.choice(STARTS)
        form = next((one for one in self.forms if one.id == wanted), None)
        if form is None or self.chance.random() < 0.4:
            form = self.chance.choice(self.forms)
        client, card = self.chance.choice(self.clients), self.chance.choice(form.cards)
        arcs = [one.arc.id for one in self.vault.strains.of_client(client)] if form.id == "rupture" else []
        arc = self.chance.choice(arcs) if arcs and self.chance.random() < 0.8 else None
        self._write(client, form, card, arc)

    def own(self) -> None:
        form = self.vault.forms.current(self.chance.choice(["supervision", "decision"]))
        self._write(None, form, self.chance.choice(form.cards), None)

    def _write(self, client: ClientId | None, form: Form, card: Card, arc: Any) -> None:
        entry = self.vault.notebook.new_entry()
        answers = self.answers(form, card, client)
        self.vault.notebook.write(
            WriteCard(client=client, form=form.id, card=card.id, answers=answers, entry=entry, arc=arc)
        )
        if self.chance.random() < 0.5:
            self.vault.notebook.finish(entry)

    def amend(self) -> None:
        one = self._entry()
        form = self.vault.forms.of(one)
        answers = self.answers(form, form.card(one.card), one.client)
        self.vault.notebook.write(
            WriteCard(
                client=one.client,
                form=one.form,
                card=one.card,
                answers=answers,
                entry=one.id,
                arc=one.arc,
                mark=one.mark,
            )
        )

    def finish(self) -> None:
        self.vault.notebook.finish(self._entry().id)

    def bin(self) -> None:
        self.vault.history.bin(self._entry().id)

    def put_back(self) -> None:
        binned = [one.entry.id for one in self.vault.history.binned()]
        if binned:
            self.vault.history.put_back(self.chance.choice(binned))

    def remove(self) -> None:
        binned = [one.entry.id for one in self.vault.history.binned()]
        with self.vault._store.transaction():
            if binned and self.chance.random() < 0.7:
                self.vault._store.entries.remove(self.chance.choice(binned))
            elif len(self.clients) > 2:
                self.vault._store.remove_client(self.clients.pop())

    def status(self) -> None:
        arcs = [one.arc.id for client in self.clients for one in self.vault.strains.of_client(client)]
        if arcs:
            on = self.vault.notebook.today() - datetime.timedelta(days=self.chance.randrange(30))
            self.vault.strains.set_status(self.chance.choice(arcs), self.chance.choice(list(Status)), on)

    def state(self) -> None:
        client = self.chance.choice(self.clients)
        answers = self.vault.notebook.client(client).answers
        state = self.chance.choice([*ClientState, ClientState.CLOSED, ClientState.CLOSED])
        self.vault.notebook.amend_client(client, answers | {"state": chosen(str(state))})

    def answer(self) -> None:
        """Answer to a reminder, or take an answer back."""
        cards = self.vault.attention.cards(self.vault.notebook.today())
        reasons = [reason for card in cards for reason in card.reasons]
        if not reasons:
            return
        reason = self.chance.choice(reasons)
        match self.chance.randrange(3):
            case 0:
                self.vault.attention.later(reason, self.vault.notebook.today() + datetime.timedelta(days=5))
            case 1:
                self.vault.attention.not_needed(reason, "Talked about already")
            case _:
                self.vault.attention.undo(reason)

    def set(self) -> None:
        chance, today = self.chance, self.vault.notebook.today()
        away = ((today - datetime.timedelta(days=chance.randrange(60)), today),) if chance.random() < 0.5 else ()
        numbers = Numbers(talk_days=chance.randrange(1, 20), draft_days=chance.randrange(1, 6), away=away)
        self.vault.settings.keep(Preferences(attention=numbers))

    def turn_page(self) -> None:
        """Let some days pass, once in a while more than two years."""
        self.clock.move(days=800 if self.chance.random() < 0.1 else self.chance.choice([0, 1, 7, 40]))
        self.vault.attention.believe(self.vault.notebook.today())

    def answers(self, form: Form, card: Card, client: ClientId | None) -> Answers:
        """Return answers to some questions of a card."""
        asked = [one for one in card.questions if self.chance.random() < 0.6]
        found = {one.key: self._answer(form, one, client) for one in asked}
        return {key: one for key, one in found.items() if one is not None}

    def _entry(self) -> Entry:
        found = [one for client in self.clients for one in self.vault.notebook.entries(client)]
        return self.chance.choice(found) if found else self._first()

    def _first(self) -> Entry:
        form = self.vault.forms.current("session")
        self._write(self.clients[0], form, form.cards[0], None)
        return self.vault.notebook.entries(self.clients[0])[0]

    def _answer(self, form: Form, question: Question | Column, client: ClientId | None) -> Any:
        chance, kind = self.chance, Kind(question.kind)
        if kind in CHOOSING:
            known = [one.id for one in (form.options(question) if isinstance(question, Question) else question.options)]
            return chosen(*chance.sample(known, min(len(known), 1)), text=chance.choice(WORDS))
        if kind is Kind.DATE:
            far = -760 if chance.random() < 0.1 else chance.randrange(-50, 25)
            return dated(self.vault.notebook.today() + datetime.timedelta(days=far))
        if kind is Kind.ROWS and isinstance(question, Question):
            return [
                {one.key: self._answer(form, one, client) for one in question.columns}
                for _ in range(chance.randrange(1, 3))
            ]
        if kind is Kind.LINK:
            mine = self.vault.notebook.entries(client) if client is not None else [self._entry()]
            return [chance.choice(mine).id] if mine else None
        plain = {Kind.TICK: chance.random() < 0.5, Kind.NUMBER: chance.randrange(90), Kind.TIME: "14:30"}
        return plain.get(kind, chance.choice(WORDS) if kind in {Kind.LINE, Kind.PROSE} else None)
