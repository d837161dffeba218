"""Closing a case, and opening it again: what is still open is told first, and nothing is destroyed."""

import datetime
from collections.abc import Callable

import msgspec

from alliance_desktop.domain import closing
from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import ClientState
from alliance_desktop.domain.closing import Open
from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.story import day, first_id
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.outreach import with_state
from alliance_desktop.services.stories import Stories

FORM = "closing"


class Closed(msgspec.Struct, frozen=True, kw_only=True):
    """A case that was closed just now, and the state it had before, for taking it back."""

    changed: Changed
    client: ClientId
    before: ClientState


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """Until when the record and one's own reflection are kept; None where no day is noted."""

    record_until: datetime.date | None = None
    private_until: datetime.date | None = None


class Closing:
    """Tells what is open, and puts the state of a client to "closed" and back. It never hinders."""

    def __init__(self, notebook: Notebook, stories: Stories, numbers: Callable[[], Numbers]) -> None:
        self._notebook, self._stories, self._numbers = notebook, stories, numbers

    def guard(self, client: ClientId) -> list[Open]:
        """Return what is still open with a client, and the tries that were made; an empty list where nothing is."""
        return closing.guard(self._stories.of_client(client), self._notebook.today(), self._numbers())

    def is_closed(self, client: ClientId) -> bool:
        """Say whether a client's state is "closed"."""
        return self._notebook.client(client).state is ClientState.CLOSED

    def kept(self, client: ClientId) -> Kept:
        """Return until when things are kept, as the closing page says."""
        card = self._card(client)
        if card is None:
            return Kept()
        return Kept(record_until=day(card, "keep_record_until"), private_until=day(card, "keep_private_until"))

    def has_reason(self, client: ClientId) -> bool:
        """Say whether the closing page names one of the reasons for an end."""
        card = self._card(client)
        return card is not None and closing.is_reason(first_id(card, "why"))

    def close(self, client: ClientId) -> Closed:
        """Put a client's state to "closed" and return what it was; every note stays as it is."""
        before = self._notebook.client(client).state
        return Closed(changed=self._set(client, ClientState.CLOSED), client=client, before=before)

    def undo(self, closed: Closed) -> Changed:
        """Take a closing back: the state is what it was before."""
        return self._set(closed.client, closed.before)

    def open_again(self, client: ClientId) -> Changed:
        """Put a client's state to "active"; the closing page stays with what it says."""
        return self._set(client, ClientState.ACTIVE)

    def _set(self, client: ClientId, state: ClientState) -> Changed:
        return self._notebook.amend_client(client, with_state(self._notebook.client(client).answers, state))

    def _card(self, client: ClientId) -> Entry | None:
        return next(reversed(self._notebook.of_form(FORM, client)), None)
