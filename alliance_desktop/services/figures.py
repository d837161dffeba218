"""How much is noted of the counsellor's own work, for nobody but them: counted when it is asked for, kept nowhere."""

import datetime
from collections.abc import Callable, Sequence

import msgspec

from alliance_desktop.domain import rupture, tallies
from alliance_desktop.domain.form import Form
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.tallies import Fact, Held, Pattern, Said, Step, Strain, Tally
from alliance_desktop.domain.tallies import Supervision as Kept
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.supervision import FORM as SUPERVISION
from alliance_desktop.services.supervision import SESSION as SUPERVISED
from alliance_desktop.storage.store import Store

SESSION, NOTE = "session", "note"
OWN_PART: tuple[tuple[str, str], ...] = (("notice", "my_move"), ("acknowledge", "my_part"), ("acknowledge", "steered"))
"""Card and key of the questions that ask about the counsellor's own part."""


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """What was chosen in one question about the counsellor's own part, and the words of each option that was."""

    pattern: Pattern
    options: Sequence[str]
    """In the order of the form, whichever came up most."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """All numbers of a period, in steps that may be longer than those asked for."""

    first: datetime.date
    last: datetime.date
    step: Step
    sessions: Tally
    strains: Tally
    supervision: Tally
    own: Sequence[Own]


class Figures:
    """Counts from the notes, in a few questions to the index of forms and days."""

    def __init__(self, store: Store, forms: Forms, notebook: Notebook, numbers: Callable[[], Numbers]) -> None:
        self._store, self._forms, self._notebook, self._numbers = store, forms, notebook, numbers

    def questions(self) -> list[str]:
        """Return the words of the questions about the counsellor's own part, in the order in which they are told."""
        form = self._forms.current(rupture.FORM)
        return [form.card(card).question(key).label for card, key in OWN_PART]

    def between(self, start: datetime.date, end: datetime.date, step: Step) -> Told:
        """Return what is noted from one day to another, whichever comes first; both count."""
        start, end = min(start, end), max(start, end)
        sessions = self._sessions(start, end)
        strains, supervised = self._strains(start, end), self._supervised(start, end)
        noted = [one.on for one in (*sessions, *strains, *supervised)]
        first, last = tallies.frame(start, end, noted, self._notebook.today())
        step = tallies.fitting(first, last, step)
        lines = tallies.slots(first, last, step, self._numbers())
        held, seen = sum(one.amount for one in sessions), [one.kind for one in strains]
        return Told(
            first=first,
            last=last,
            step=step,
            sessions=tallies.tally(sessions, Held, lines, held),
            strains=tallies.tally(strains, Strain, lines, max((seen.count(kind) for kind in Strain), default=0)),
            supervision=tallies.tally(
                supervised, Kept, lines, sum(one.amount for one in supervised if one.kind == Kept.SESSIONS)
            ),
            own=[self._own(card, key, start, end) for card, key in OWN_PART],
        )

    def _sessions(self, start: datetime.date, end: datetime.date) -> list[Fact]:
        found = self._store.tallies.sessions(self._forms.of_kind(SESSION), NOTE, start, end)
        return [Fact(on, tallies.held(came), count) for on, came, count in found]

    def _strains(self, start: datetime.date, end: datetime.date) -> list[Fact]:
        rows, forms = self._store.tallies, self._forms.of_kind(rupture.FORM)
        noticed = [Fact(on, Strain.NOTICED) for on in rows.noticed(forms, start, end)]
        talked = [Fact(on, Strain.TALKED) for on in rows.talked(forms, start, end)]
        return noticed + talked + tallies.mended(rows.mended(forms, start, end), start, end)

    def _supervised(self, start: datetime.date, end: datetime.date) -> list[Fact]:
        found = self._store.tallies.minutes(self._forms.of_kind(SUPERVISION), SUPERVISED, start, end)
        told = [Fact(on, Kept.MINUTES, minutes) for on, minutes in found if minutes is not None]
        untold = [Fact(on, Kept.UNTOLD) for on, minutes in found if minutes is None]
        return [Fact(on, Kept.SESSIONS) for on, _minutes in found] + told + untold

    def _own(self, card: str, key: str, start: datetime.date, end: datetime.date) -> Own:
        form = self._forms.current(rupture.FORM)
        words = _words(form, card, key)
        rows = self._store.tallies.chosen(self._forms.of_kind(rupture.FORM), card, key, start, end)
        written = {(one.form, one.version) for one in rows}
        named = {
            (*which, card, id): words.get(id, label)
            for which in written
            for id, label in self._asked(*which, card, key).items()
        }
        said = [Said(one.client, one.options, one.form, one.version, card) for one in rows]
        found = tallies.pattern(said, named)
        order = [*words.values(), *sorted(str(one) for one in found.options if one not in words.values())]
        return Own(pattern=found, options=[one for one in order if one in found.options])

    def _asked(self, id: str, version: int, card: str, key: str) -> dict[str, str]:
        """Return the options of a question in some version of a form; none where this program does not have it."""
        form = next((one for one in self._forms.all() if (one.id, one.version) == (id, version)), None)
        return _words(form, card, key) if form is not None else {}


def _words(form: Form, card: str, key: str) -> dict[str, str]:
    """Return the words of the options of a question, none where the form does not ask it."""
    asked = (one for found in form.cards if found.id == card for one in found.questions if one.key == key)
    return {one.id: one.label for question in asked for one in form.options(question)}
