"""What each card asks for, by form, version and card; made once for all the lines of a file."""

from alliance_desktop.domain.exchange.answering import Asking
from alliance_desktop.domain.exchange.lines import KINDS, Filled, Line
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.notebook import CLIENT_FORM

Place = tuple[str, int, str]


class Askings:
    """Gives what cards ask for; None for a card that this program does not have."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._known: dict[Place, Asking | None] = {}

    def of(self, form: str, version: int, card: str) -> Asking | None:
        """Return what a card asks for."""
        place = (form, version, card)
        if place not in self._known:
            self._known[place] = self._made(place)
        return self._known[place]

    def of_client(self, version: int) -> Asking | None:
        """Return what a version of the form of clients asks for."""
        found = [one for one in self._forms.all() if (one.id, one.version) == (CLIENT_FORM, version)]
        return self.of(CLIENT_FORM, version, found[0].cards[0].id) if found else None

    def forget(self, form: str) -> None:
        """Look a form up anew: a version of it has come in."""
        self._known = {place: one for place, one in self._known.items() if place[0] != form}

    def _made(self, place: Place) -> Asking | None:
        form, version, card = place
        found = next((one for one in self._forms.all() if (one.id, one.version) == (form, version)), None)
        wanted = next((one for one in found.cards if one.id == card), None) if found is not None else None
        return Asking(found, wanted) if found is not None and wanted is not None else None


def whole(kind: str, line: Line) -> Line:
    """Return a line that was read from rows with every key of its kind, in their order."""
    return {
        key.name: line[key.name] if key.name in line or isinstance(key.default, Filled) else key.default
        for key in KINDS[kind]
    }
