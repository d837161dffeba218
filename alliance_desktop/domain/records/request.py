"""What a request for records says: who asks, for what, under which law."""

import datetime

import msgspec

from alliance_desktop.domain.answers import date_of, ids_of, people_of, text_of
from alliance_desktop.domain.entry import Entry, State
from alliance_desktop.domain.records.beside import REQUEST

FORM, CARD = REQUEST, "request"

ASKERS = {
    "client": "the client",
    "parent": "a parent or carer",
    "lawyer": "a lawyer or a court",
    "professional": "another professional or agency",
}


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for: from and until which day, and which kinds; no kinds mean all."""

    first: datetime.date | None = None
    last: datetime.date | None = None
    kinds: frozenset[str] = frozenset()

    def has_day(self, day: datetime.date) -> bool:
        """Say whether a day is within it."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def has_kind(self, kind: str) -> bool:
        """Say whether a kind of entry is within it."""
        return not self.kinds or kind in self.kinds


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request as it is answered; `asker` says who in words, `for_young` that a parent asks for a young person."""

    received: datetime.date
    asker: str = ""
    law: str = "other"
    scope: Scope = Scope()
    due: datetime.date | None = None
    parent: bool = False
    young_heard: bool = False
    finished: bool = False

    @property
    def waits_for_young(self) -> bool:
        """Whether a parent asks and it is not noted what the young person was told and wants."""
        return self.parent and not self.young_heard


def read_request(entry: Entry) -> Request:
    """Return what an entry of a request says."""
    answers = entry.answers
    asked, law = ids_of(answers.get("asker")), ids_of(answers.get("law"))
    heard = all(text_of(answers.get(key)).strip() for key in ("young_told", "young_wants"))
    return Request(
        received=date_of(answers.get("received_on")) or entry.happened_on,
        asker=_asker(entry),
        law=law[0] if law else "other",
        scope=Scope(
            first=date_of(answers.get("scope_from")),
            last=date_of(answers.get("scope_until")),
            kinds=frozenset(ids_of(answers.get("scope_kinds"))),
        ),
        due=date_of(answers.get("due_on")),
        parent="parent" in asked,
        young_heard=heard,
        finished=entry.state is State.FINISHED,
    )


def _asker(entry: Entry) -> str:
    """Return who asks: their names, else what they are, else what was said of them."""
    names = [text_of(one.get("name")).strip() for one in people_of(entry.answers.get("asker_name"))]
    told = ", ".join(one for one in names if one)
    answer = entry.answers.get("asker")
    known = [ASKERS[one] for one in ids_of(answer) if one in ASKERS]
    return told or text_of(answer).strip() or ", ".join(known)
