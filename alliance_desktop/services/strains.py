"""Strains: their list, their status and its history. The program suggests, the counsellor decides."""

import datetime

import msgspec

from alliance_desktop.domain import rupture
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.entry import Arc, ArcId, ClientId, Entry, StatusEvent
from alliance_desktop.domain.timeline import first_name
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.stamps import Stamps
from alliance_desktop.storage.entries import Noticed
from alliance_desktop.storage.store import Store

_FEW = 20
"""The strains of so many clients are read one client after another."""


class Strain(msgspec.Struct, frozen=True, kw_only=True):
    """One strain as a list shows it: the arc, the counsellor's short name, the day noticed, the status in words."""

    arc: Arc
    name: str
    noticed_on: datetime.date
    words: str
    open: bool


class Strains:
    """What is done with a strain beside writing its cards."""

    def __init__(self, store: Store, forms: Forms, stamps: Stamps) -> None:
        self._store = store
        self._forms = forms
        self._stamps = stamps
        self._mark = 0
        self._kept: dict[ClientId, list[Strain]] | None = None

    def all(self) -> list[Strain]:
        """Return every strain, open ones first, the longest open first; ended ones newest first.

        They are kept, and only those of clients who were written about since are read again.
        """
        found = [strain for mine in self._by_client().values() for strain in mine]
        waiting = sorted((one for one in found if one.open), key=lambda one: one.noticed_on)
        ended = sorted((one for one in found if not one.open), key=lambda one: one.noticed_on, reverse=True)
        return waiting + ended

    def of_client(self, client: ClientId) -> list[Strain]:
        """Return a client's strains, oldest first."""
        found = self._told(self._store.arcs.of_client(client), self._store.entries.notices(client))
        return sorted(found, key=lambda one: one.noticed_on)

    def strain(self, id: ArcId) -> Strain:
        """Return one strain; KeyError where there is none."""
        arc = self._store.arcs.get(id)
        return self._told([arc], self._store.entries.notices(arc.client))[0]

    def suggestion(self, id: ArcId) -> rupture.Suggestion | None:
        """Return the status that the cards speak for, or None where it is set already.

        Cards written with a newer program say nothing here.
        """
        arc = self._store.arcs.get(id)
        entries = [one for one in self._store.entries.of_arc(id) if self._forms.known(one) is not None]
        return rupture.suggested(entries, arc.status, arc.turn, self._forms.of, self.history(id))

    def set_status(self, id: ArcId, status: rupture.Status, on: datetime.date, why: str = "") -> Changed:
        """Set a status by hand or by accepting a suggestion; every change is kept as an event.

        Nothing is written where it is set already.
        """
        arc = self._store.arcs.get(id)
        if status == arc.status:
            return Changed(kinds=frozenset(), client=arc.client, arc=id)
        if rupture.is_open(status) and not rupture.is_open(arc.status):
            return self.reopen(id, on, why, status)
        return self._move(arc, msgspec.structs.replace(arc, status=status), on, why)

    def undo(self, id: ArcId) -> Changed:
        """Take the last change of status back; the event and its undoing both stay in the history."""
        arc = self._store.arcs.get(id)
        last = self.last_change(id)
        if last is None or not last.was:
            return Changed(kinds=frozenset(), client=arc.client, arc=id)
        reopened = not rupture.is_open(last.was) and rupture.is_open(last.became)
        turn = arc.turn - 1 if reopened else arc.turn
        offered = rupture.was_offered(self._store.entries.of_arc(id), turn)
        back = msgspec.structs.replace(arc, status=last.was, turn=turn, offered=offered)
        return self._move(arc, back, self._stamps.today(), undoes=last.id)

    def reopen(
        self,
        id: ArcId,
        on: datetime.date,
        why: str = "",
        status: rupture.Status = rupture.Status.NOTICED,
    ) -> Changed:
        """Open an ended strain again as a new turn of the same arc; its earlier end stays in the history."""
        arc = self._store.arcs.get(id)
        opened = msgspec.structs.replace(arc, status=status, turn=arc.turn + 1, offered=False)
        return self._move(arc, opened, on, why)

    def history(self, id: ArcId) -> list[StatusEvent]:
        """Return every change of status in the order it was entered."""
        return self._store.arcs.events(id)

    def last_change(self, id: ArcId) -> StatusEvent | None:
        """Return the change that can be undone, or None."""
        return next(reversed(rupture.standing(self.history(id))), None)

    def entries(self, id: ArcId) -> list[Entry]:
        """Return the entries of a strain by date, of all its turns."""
        return self._store.entries.of_arc(id)

    def _by_client(self) -> dict[ClientId, list[Strain]]:
        since = self._store.touched.since(self._mark)
        if since is None:
            return self._read()
        mark, touched = since
        if self._kept is None or len(touched) > _FEW:
            self._kept = self._read()
        elif touched:
            anew = {id: self.of_client(id) for id in touched}
            self._kept = {id: mine for id, mine in self._kept.items() if id not in touched} | anew
        # Last: what could not be read is asked for again.
        self._mark = mark
        return self._kept

    def _read(self) -> dict[ClientId, list[Strain]]:
        found: dict[ClientId, list[Strain]] = {}
        for one in self._told(self._store.arcs.all(), self._store.entries.notices()):
            found.setdefault(one.arc.client, []).append(one)
        return found

    def _told(self, arcs: list[Arc], notices: list[Noticed]) -> list[Strain]:
        """Return arcs with what their first cards say of them, given by date."""
        firsts: dict[ArcId, list[Noticed]] = {}
        for one in notices:
            firsts.setdefault(one.arc, []).append(one)
        return [_strain(arc, firsts.get(arc.id, [])) for arc in arcs]

    def _move(self, was: Arc, now: Arc, on: datetime.date, why: str = "", undoes: int | None = None) -> Changed:
        event = StatusEvent(
            id=self._stamps.new_id(),
            arc=was.id,
            turn=now.turn,
            was=was.status,
            became=now.status,
            true_on=on,
            entered_at=self._stamps.now(),
            why=why,
            undoes=undoes,
        )
        with self._store.transaction():
            self._store.arcs.put(now)
            self._store.arcs.add_event(event)
        return Changed(kinds=frozenset({Touched.STATUS}), client=was.client, arc=was.id)


def _strain(arc: Arc, notices: list[Noticed]) -> Strain:
    return Strain(
        arc=arc,
        name=first_name(one.name for one in notices),
        noticed_on=min((one.on for one in notices), default=local(arc.created_at).date()),
        words=status_words(arc),
        open=rupture.is_open(arc.status),
    )


def status_words(arc: Arc) -> str:
    """Return a strain's status as it is shown, with the flag that a conversation was offered."""
    words = rupture.STATUS_WORDS[rupture.Status(arc.status)]
    return f"{words} · {rupture.OFFERED_WORDS.lower()}" if arc.offered and rupture.is_open(arc.status) else words
