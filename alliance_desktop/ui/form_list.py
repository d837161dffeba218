"""Every form that something can be written in, with its aim: arrows and Enter open a fresh one."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from alliance_desktop.domain import rupture
from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.form import Card, Form
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.notebook import CLIENT_FORM
from alliance_desktop.ui.landing import Landing
from alliance_desktop.ui.parts import label
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.row_view import RowView
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

MINE = "Mine"
SECTIONS = (
    "Sessions",
    "Between us",
    "Outreach",
    "Goals and feedback",
    "Other people",
    "Record",
    "Safety",
)
"""The headings in the order they stand; those of a counsellor's own forms come after, what is the counsellor's last."""
ENTER = "Arrows and Enter, or a click, begin one. Nothing is written before you type."


class Offered(NamedTuple):
    """One card that can be begun, under its heading; `asks_whose` says that it needs a client."""

    section: str
    form: Form
    card: Card
    asks_whose: bool


def offered(forms: Forms) -> list[Offered]:
    """Return every card that can be begun by itself, by heading, then as the form declares them."""
    own_pages = {rupture.FORM, CLIENT_FORM}
    newest = {one.id for one in forms.all() if forms.offers(one.id)} - own_pages
    found = [one for id in newest for one in _cards(forms.current(id))]
    return sorted(found, key=lambda one: (_order(one.section), one.section, one.form.title, _at(one)))


def _cards(form: Form) -> Iterator[Offered]:
    section = MINE if form.about == "counsellor" else form.section
    for card in form.cards:
        yield Offered(section, form, card, form.about == "client")


def _order(section: str) -> int:
    if section == MINE:
        return len(SECTIONS) + 1
    return SECTIONS.index(section) if section in SECTIONS else len(SECTIONS)


def _at(one: Offered) -> int:
    return one.form.cards.index(one.card)


class FormListPage(Landing):
    """The forms for one client, and those of the counsellor; without a client, for whoever is chosen then.

    `form_asked` carries what was chosen, as Offered.
    """

    form_asked = Signal(object)

    def __init__(self, forms: Forms, client: Client | None) -> None:
        super().__init__()
        self.setObjectName("form_list")
        self._client = client
        self.view = RowView("form_rows", "What to write")
        self.view.set_rows([_row(one) for one in offered(forms)])
        self.view.setCurrentIndex(self.view.rows.index(0))
        column = QVBoxLayout(self)
        spaced(column, (1.0, 0.8, 1.0, 0.6), 0.5)
        about = (
            f"For {isolated(client.called)}, or for yourself." if client is not None else "For a client, or yourself."
        )
        column.addWidget(label("New entry", "heading", "form_list_title"))
        column.addWidget(label(f"{about} {ENTER}", "muted", "form_list_about"))
        column.addWidget(self.view, 1)
        self.landing = self.view
        self.view.chosen.connect(self.form_asked)

    @property
    def client(self) -> Client | None:
        """Whom it would be about; None where that is asked after."""
        return self._client

    def flush(self) -> bool:
        """Return True: nothing is written on this page."""
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data."""
        return {
            "page": "forms",
            "client": self._client.id if self._client is not None else None,
            "row": self.view.currentIndex().row(),
        }

    def restore(self, place: dict[str, Any]) -> None:
        """Choose the same row again."""
        at = place.get("row")
        if isinstance(at, int) and 0 <= at < self.view.rows.rowCount():
            self.view.setCurrentIndex(self.view.rows.index(at))

    def concern(self, changed: Changed) -> None:
        """Nothing that is written changes which forms there are."""


def _row(one: Offered) -> Row:
    title, aim = one.card.title, one.card.aim
    return Row(key=one, title=title, aside=one.section, under=(aim,), spoken=f"{title}. {one.section}. {aim}")
