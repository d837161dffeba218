"""One client's whole story, as the plain rules read it."""

import datetime
from collections.abc import Iterable, Mapping

import msgspec

from alliance_desktop.domain import rupture
from alliance_desktop.domain.entry import Arc, ArcId, ClientId, Entry
from alliance_desktop.domain.story import ClientStory, by_date
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.strains import Strains
from alliance_desktop.storage.attention import AttentionRows

_OUTREACH = ("closing", "concern", "life_event", "outreach", "rupture")
"""The forms that stand on a client's page and that the rules of reaching out read whole."""
_SESSION, _MOST = "session", 60
"""So many of the newest sessions they read as well: whether somebody came after a try stands in one of the last."""


class Stories:
    """Puts together what a rule needs of a client: entries under their shipped forms, and the strains."""

    def __init__(self, notebook: Notebook, strains: Strains, rows: AttentionRows) -> None:
        self._notebook, self._strains, self._rows = notebook, strains, rows

    def of_client(self, id: ClientId) -> ClientStory:
        """Return everything about one client that is not in the bin; KeyError where there is none."""
        return self._story(id, self._notebook.entries(id))

    def for_outreach(self, id: ClientId) -> ClientStory:
        """Return what reaching out reads of one client: not all of many years, and of the sessions the newest."""
        kinds = self._notebook.forms.of_kind
        read = self._rows.of_forms([form for one in _OUTREACH for form in kinds(one)], [id])
        return self._story(id, by_date([*read, *self._rows.latest(kinds(_SESSION), [id], _MOST)]))

    def ahead(self, arc: Arc) -> rupture.Suggestion | None:
        """Return the status that the cards of a strain speak for, where its own is not so far yet."""
        return self._strains.suggestion(arc.id)

    def _story(self, id: ClientId, entries: Iterable[Entry]) -> ClientStory:
        kind = self._notebook.forms.kind
        arcs = sorted(self._rows.arcs([id]), key=lambda one: (one.created_at, one.id))
        return ClientStory(
            client=self._notebook.client(id),
            entries=[one if kind(one) == one.form else msgspec.structs.replace(one, form=kind(one)) for one in entries],
            arcs=arcs,
            turned=self._turned(arcs),
        )

    def _turned(self, arcs: list[Arc]) -> Mapping[ArcId, datetime.date]:
        """Return the day on which each strain that was opened again was."""
        again = {one.id: (one.turn, self._strains.history(one.id)) for one in arcs if one.turn > 1}
        found = {id: [event.true_on for event in events if event.turn == turn] for id, (turn, events) in again.items()}
        return {id: days[0] for id, days in found.items() if days}
