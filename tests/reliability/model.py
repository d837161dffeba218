"""A notebook in plain Python, without files and without SQL: what R19 holds the real one against."""

import datetime
from typing import Any

OPEN, ENDED = (
    ("noticed", "acknowledged", "in_dialogue", "repair_agreed", "followed_up"),
    ("resolved", "ended_unrepaired", "not_a_strain"),
)

Answers = dict[str, Any]


class Card:
    """One entry as the model knows it; `past` and `future` are what undo and redo go through."""

    def __init__(self, client: int, arc: int | None, turn: int, name: str, on: datetime.date) -> None:
        self.client, self.arc, self.turn, self.name, self.begun_on = client, arc, turn, name, on
        self.answers: Answers = {}
        self.on = on
        self.finished = False
        self.mark = ""
        self.addenda: list[tuple[str, bool]] = []
        self.past: list[Answers] = []
        self.future: list[Answers] = []


class Strain:
    """One strain: its turn, whether a conversation was offered, and the changes of status that still count."""

    def __init__(self, client: int) -> None:
        self.client, self.turn, self.offered = client, 1, False
        self.changes: list[tuple[str, str]] = [("", "noticed")]
        self.history = [("", "noticed")]

    @property
    def status(self) -> str:
        return self.changes[-1][1]

    def set(self, status: str) -> None:
        if status == self.status:
            return
        if self.status in ENDED and status in OPEN:
            self.turn, self.offered = self.turn + 1, False
        self.changes.append((self.status, status))
        self.history.append(self.changes[-1])


class Model:
    """All that a counsellor wrote."""

    def __init__(self) -> None:
        self.clients: dict[int, Answers] = {}
        self.cards: dict[int, Card] = {}
        self.strains: dict[int, Strain] = {}

    def write(self, card: Card, answers: Answers, mark: str, on: datetime.date | None) -> None:
        card.answers, card.mark, card.on = answers, mark, on or card.begun_on
        if card.arc is not None:
            self.note_offer(card.arc)

    def note_offer(self, arc: int) -> None:
        strain = self.strains[arc]
        talks = [one.answers for one in self._of(arc) if one.name == "dialogue" and one.turn == strain.turn]
        offered = any(one.get("preferred_not") for one in talks)
        strain.offered = offered and not any(str(one.get("their_words", "")).strip() for one in talks)

    def undo_status(self, arc: int) -> None:
        strain = self.strains[arc]
        was, became = strain.changes[-1]
        if not was:
            return
        strain.changes.pop()
        strain.history.append((became, was))
        strain.turn -= was in ENDED and became in OPEN
        self.note_offer(arc)

    def is_frozen(self, card: Card) -> bool:
        """Say whether a write is refused: the entry is finished, or its strain was opened again since."""
        return card.finished or (card.arc is not None and card.turn < self.strains[card.arc].turn)

    def told(self) -> dict[str, Any]:
        """Return everything, in the order in which the notebook shows it."""
        order = {id: at for at, id in enumerate(self.cards)}
        return {
            "clients": dict(sorted(self.clients.items())),
            "entries": {
                client: [
                    _card_told(id, card)
                    for id, card in sorted(self.cards.items(), key=lambda one: (one[1].on, order[one[0]]))
                    if card.client == client
                ]
                for client in sorted(self.clients)
            },
            "strains": {
                id: (one.client, one.status, one.turn, one.offered, one.history)
                for id, one in sorted(self.strains.items())
            },
        }

    def _of(self, arc: int) -> list[Card]:
        return [one for one in self.cards.values() if one.arc == arc]


def _card_told(id: int, card: Card) -> tuple[Any, ...]:
    return id, card.arc, card.turn, card.name, card.on, card.finished, card.mark, card.answers, card.addenda
