"""What a card of one client, or of the counsellor's own, knows of the open vault."""

import datetime
from collections.abc import Callable, Mapping

from alliance_desktop.domain.answers import About, about_of, chosen, date_of, ids_of, text_of
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.days import day_within
from alliance_desktop.domain.entry import ClientId, Entry, EntryId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.form import Question
from alliance_desktop.domain.shown import ROLES
from alliance_desktop.services.notebook import Notebook, WriteCard
from alliance_desktop.ui.fields.context import Context, Linkable, Person, no_snippets
from alliance_desktop.ui.words import isolated

REVIEW_AFTER = 14
CONTACT = "contact"
_FIRST_TARGETS = {"session": ("session",), "goals": ("goal",), "new_strain": ("rupture",)}
"""What the links of the first version of the strain's form lead to, by their keys: it had no targets yet."""


def context_of(
    notebook: Notebook,
    client: Client | None,
    clock: Callable[[], datetime.datetime],
    snippets: Callable[[], Mapping[str, str]] = no_snippets,
) -> Context:
    """Return what the cards of a client need to know, or without one those of the counsellor's own forms."""
    world = _World(notebook, client)
    return Context(
        today=notebook.today,
        now=lambda: local(clock()).time(),
        review=world.review,
        person=client.called if client is not None else "",
        links=world.links,
        linked=world.linked,
        contacts=world.contacts,
        keep_contact=world.keep_contact,
        born=_born(client),
        snippets=snippets,
    )


class _World:
    def __init__(self, notebook: Notebook, client: Client | None) -> None:
        self._notebook = notebook
        self._client: ClientId | None = client.id if client is not None else None

    def review(self) -> datetime.date:
        """Return the day of the next session that is planned, else a day in two weeks."""
        today = self._notebook.today()
        sessions = self._notebook.of_form("session", self._client) if self._client is not None else []
        planned = (date_of(one.answers.get("next_on")) for one in sessions)
        return min((on for on in planned if on is not None and on > today), default=day_within(today, REVIEW_AFTER))

    def links(self, question: Question) -> list[Linkable]:
        """Return the entries a question may lead to, newest first."""
        names = {one.id: one.called for one in self._notebook.clients()}
        wanted = question.targets or _FIRST_TARGETS.get(question.key, ())
        entries = self._of_forms(wanted) if wanted else self._all()
        entries.sort(key=lambda one: (one.happened_on, one.sequence), reverse=True)
        return [self._linkable(one, names.get(one.client, "") if one.client is not None else "") for one in entries]

    def linked(self, id: int) -> Linkable | None:
        """Return an entry that is linked to, also from the bin; None where it is gone."""
        try:
            entry = self._notebook.entry(EntryId(id))
        except KeyError:
            return None
        return self._linkable(entry, self._notebook.who(entry))

    def contacts(self) -> list[Person]:
        """Return the contacts that have a name, by name."""
        people = (
            Person(one.id, text_of(one.answers.get("name")).strip(), _role(one))
            for one in self._notebook.of_form(CONTACT)
        )
        return sorted((one for one in people if one.name), key=lambda one: one.name.casefold())

    def keep_contact(self, name: str, role: str) -> int | None:
        """Keep a new contact and return its id; None where that could not be written."""
        answers = {"name": name} | ({"role": chosen(role)} if role in ROLES else {})
        id = self._notebook.new_entry()
        try:
            self._notebook.write(WriteCard(client=None, form=CONTACT, card=CONTACT, answers=answers, entry=id))
        except KnownError:
            return None
        return id

    def _of_forms(self, wanted: tuple[str, ...]) -> list[Entry]:
        """Return the entries of forms: the client's and the counsellor's own, without a client everybody's."""
        found = [entry for form in wanted for entry in self._notebook.of_form(form, self._client)]
        if self._client is not None:
            known = {one.id for one in found}
            kind = self._notebook.forms.kind
            found += [one for one in self._notebook.own_entries() if kind(one) in wanted and one.id not in known]
        return found

    def _all(self) -> list[Entry]:
        if self._client is not None:
            return self._notebook.entries(self._client)
        clients = [one.id for one in self._notebook.clients()]
        return [*self._notebook.own_entries(), *(one for id in clients for one in self._notebook.entries(id))]

    def _linkable(self, entry: Entry, who: str) -> Linkable:
        """Return an entry by its title, beginning with whose it is where it is not this client's."""
        title = self._notebook.title(entry)
        if entry.client not in (None, self._client):
            title = f"{isolated(who)} · {title}"
        return Linkable(entry.id, title, entry.binned_at is not None)


def _role(entry: Entry) -> str:
    return next((one for one in ids_of(entry.answers.get("role")) if one in ROLES), "")


def _born(client: Client | None) -> datetime.date | None:
    """Return the day of birth where it is known exactly."""
    answer = client.answers.get("born") if client is not None else None
    return date_of(answer) if about_of(answer) is About.EXACT else None
