"""One client's whole story, as the plain rules read it."""

import datetime
from collections.abc import Mapping

import msgspec

from alliance_desktop.domain.entry import Arc, ArcId, ClientId
from alliance_desktop.domain.story import ClientStory
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.strains import Strains


class Stories:
    """Puts together what a rule needs of a client: entries under their shipped forms, and the strains."""

    def __init__(self, notebook: Notebook, strains: Strains) -> None:
        self._notebook, self._strains = notebook, strains

    def of_client(self, id: ClientId) -> ClientStory:
        """Return everything about one client that is not in the bin; KeyError where there is none."""
        kind = self._notebook.forms.kind
        entries = self._notebook.entries(id)
        arcs = [one.arc for one in self._strains.of_client(id)]
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
