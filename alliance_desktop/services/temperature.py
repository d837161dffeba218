"""How it felt after each session of a client, with what was there of strains in between."""

import datetime

from alliance_desktop.domain import temperature, timeline
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.temperature import Moment
from alliance_desktop.domain.timeline import Symbol
from alliance_desktop.services.forms import Forms
from alliance_desktop.storage.store import Store

_SESSION = "session"


def moments(store: Store, forms: Forms, client: ClientId, today: datetime.date) -> list[Moment]:
    """Return them, oldest first; of the sessions nothing is read but what the two of them said of it, and who came."""
    noted = store.temperatures.of_client(client, forms.of_kind(_SESSION))
    cards = [one for one in store.outlines.of_strains(client) if one.card in temperature.BETWEEN_US]
    story = timeline.Story(entries=cards, arcs=store.arcs.of_client(client), events=store.outlines.history(client))
    rows = timeline.rows(story, forms.known, today)
    return temperature.series(noted, [one for one in rows if one.symbol is not Symbol.OPEN], forms.known)
