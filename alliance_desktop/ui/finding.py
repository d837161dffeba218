"""What Ctrl+K finds beside clients and commands: forms to begin, strains, contacts, and what is not finished."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from alliance_desktop.domain.answers import said_day, text_of
from alliance_desktop.domain.client import folded
from alliance_desktop.domain.entry import ArcId, ClientId, Entry, EntryId
from alliance_desktop.domain.shown import shown
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.form_list import Offered, offered
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.words import isolated

CONTACT_FORM, CLOSING_FORM = "contact", "closing"
MOST_UNFINISHED = 200
"""So many of what is not finished are looked through, the last touched ones."""


class ToForm(NamedTuple):
    """A fresh card for a client, or for nobody."""

    offered: Offered
    client: ClientId | None


class ToEntry(NamedTuple):
    """An entry to open."""

    id: EntryId


class ToStrain(NamedTuple):
    """A strain to open."""

    id: ArcId


class Finding:
    """Gathers rows for the finder; `whose` answers the client whose page was opened last, for whom a form would be."""

    def __init__(self, vault: OpenVault, whose: Callable[[], ClientId | None]) -> None:
        self._vault, self._whose = vault, whose
        self._book = vault.notebook

    def rows(self) -> list[tuple[str, Row]]:
        """Return what can be found just now, each with the folded words it is found by."""
        names = {one.id: one.called for one in self._book.clients()}
        found = [*self._strains(names), *self._unfinished(names), *self._contacts()]
        return [*found, *self._again(names), *self._forms(names)] if not self._vault.read_only else found

    def _again(self, names: dict[ClientId, str]) -> Iterator[tuple[str, Row]]:
        """Lead to where the case of the client that is closed is opened again."""
        client = self._whose()
        if client is None or client not in names or not self._vault.closing.is_closed(client):
            return
        closing = next(one for one in offered(self._book.forms) if one.form.id == CLOSING_FORM)
        title = f"Open the case again: {isolated(names[client])}"
        row = Row(key=ToForm(closing, client), title=title, aside="Closing", spoken=title, quiet=True)
        yield folded(f"{title} re-open reopen open again closed {names[client]}"), row

    def _forms(self, names: dict[ClientId, str]) -> Iterator[tuple[str, Row]]:
        whose = self._whose()
        for one in offered(self._book.forms):
            about = whose if one.form.about != "counsellor" else None
            ends = f" for {isolated(names[about])}" if about in names else ""
            title = f"New: {one.card.title}{ends}"
            row = Row(
                key=ToForm(one, about), title=title, aside=one.section, spoken=f"{title}. {one.section}", quiet=True
            )
            yield folded(f"new: {one.card.title} {one.form.title} {names.get(about, '') if about else ''}"), row

    def _strains(self, names: dict[ClientId, str]) -> Iterator[tuple[str, Row]]:
        for one in self._vault.strains.all():
            who = names.get(one.arc.client, "")
            title = f"{isolated(one.name)} · {isolated(who)}"
            spoken = f"Strain {isolated(one.name)}, with {isolated(who)}. {one.words}"
            row = Row(key=ToStrain(one.arc.id), title=title, aside="Strain", under=(one.words,), spoken=spoken)
            yield folded(f"strain {one.name} {who}"), row

    def _unfinished(self, names: dict[ClientId, str]) -> Iterator[tuple[str, Row]]:
        for one in self._book.unfinished(MOST_UNFINISHED):
            form = self._book.forms.known(one)
            if form is None or form.card(one.card).living or one.form == CONTACT_FORM:
                continue
            who = names.get(one.client, "") if one.client is not None else ""
            kind, day = form.card(one.card).title, said_day(one.happened_on, one.about)
            title = f"{kind} · {isolated(who)}" if who else kind
            under = f"{day}, not finished"
            row = Row(key=ToEntry(one.id), title=title, aside="Open", under=(under,), spoken=f"{title}. {under}")
            yield folded(f"{self._book.title(one)} {kind} {form.title} {who}"), row

    def _contacts(self) -> Iterator[tuple[str, Row]]:
        for one in self._book.of_form(CONTACT_FORM):
            name = text_of(one.answers.get("name")).strip()
            if name:
                yield folded(f"contact {name} {self._role(one)}"), self._contact_row(one, name)

    def _contact_row(self, entry: Entry, name: str) -> Row:
        role = self._role(entry)
        under = (role,) if role else ()
        spoken = f"Contact {isolated(name)}. {role}".strip()
        return Row(key=ToEntry(entry.id), title=isolated(name), aside="Contact", under=under, spoken=spoken)

    def _role(self, entry: Entry) -> str:
        form = self._book.forms.known(entry)
        if form is None:
            return ""
        return shown(form, form.card(entry.card).question("role"), entry.answers.get("role"))
