"""A small vault's worth of names, and short ways to replace them."""

import datetime

from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.unnamed import known
from alliance_desktop.domain.unnamed.by_hand import Hand
from alliance_desktop.domain.unnamed.matching import Known
from alliance_desktop.domain.unnamed.remaining import Remaining, remaining
from alliance_desktop.domain.unnamed.replacing import Passage, Piece, Unnaming
from alliance_desktop.domain.unnamed.weeks import Weeks

START = datetime.date(2026, 3, 2)
NEAR = datetime.date(2026, 3, 10)


def client(id: int, **answers: object) -> Client:
    return Client(id=ClientId(id), created_at=datetime.datetime(2026, 1, 1), answers=answers)


def person(name: str, role: str = "other", **more: str) -> list[Known]:
    """Return what somebody in the directory is known by."""
    return list(known.of_contact({"name": name, "role": {"ids": [role]}, **more}, f"contact {name}"))


DANA = client(1, called="Dana", full_name="Dana Whitfield", code="DW-17", year_group="Year 10")
WILL = client(2, called="Will", full_name="William Ndiaye")
SAM = client(3, called="Sam", full_name="Sam O’Connor")
TEACHER = {
    "role": "teacher",
    "organisation": "The Riverside Primary School",
    "reach": "020 7946 0001, ruth@riverside.sch.uk\n14 Elm Road, Leeds",
}
KNOWN = [
    *known.of_client(DANA, "Client A"),
    *known.of_client(WILL, "Client B"),
    *known.of_client(SAM),
    *person("Mrs Ruth Okafor", **TEACHER),
    *known.of_settings("Ana Ruiz, room 4\n555 123 4567"),
]
VAULT = Unnaming(KNOWN)


def pieces(text: str, *hands: Hand, names: Unnaming = VAULT, about: str = "client 1") -> tuple[Piece, ...]:
    passage = Passage(text=text, about=about, near=NEAR, weeks=Weeks(START))
    return names.unnamed([passage], hands)[0]


def told(text: str, *hands: Hand, names: Unnaming = VAULT, about: str = "client 1") -> str:
    """Return a text as it reads without its names."""
    return "".join(one.said for one in pieces(text, *hands, names=names, about=about))


def left(text: str, *hands: Hand, names: Unnaming = VAULT) -> list[Remaining]:
    return remaining([pieces(text, *hands, names=names)], names.names, hands)
