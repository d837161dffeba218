"""How it felt after each session, theirs and the counsellor's: as it was said, and never added up.

What was not said is a gap. No line goes across a session without a number, across a missed one, or across a long time
without any; no average is made, and no trend.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

import msgspec

from alliance_desktop.domain.answers import Answer, ids_of, said_day
from alliance_desktop.domain.attendance import CALLED_OFF, MISSED
from alliance_desktop.domain.entry import ArcId, EntryId, Outline
from alliance_desktop.domain.errors import NewerEntryError
from alliance_desktop.domain.form import Card, Form
from alliance_desktop.domain.shown import shown
from alliance_desktop.domain.timeline import FormOf, Row, sentences

THEIRS, MINE, ATTENDANCE = "temperature_client", "temperature_mine", "attendance"
"""The keys of the answers that are read, and no others."""

COLDEST, WARMEST = 1, 5
PAUSE = 70
"""From so many days between two sessions on, the line between them stays open."""

BETWEEN_US = frozenset({"notice", "dialogue", "repair", "follow_up"})
"""The cards of a strain that tell of a moment between the two of them."""
_NUMBERS = {str(one): one for one in range(COLDEST, WARMEST + 1)}


class Met(StrEnum):
    """Whether the two of them met: missed without a reason known, or called off with one."""

    MET = "met"
    MISSED = "missed"
    OFF = "off"


class Noted(msgspec.Struct, frozen=True, gc=False):
    """A session note by its columns, and the three answers that are read of it."""

    known: Outline
    theirs: Answer = None
    mine: Answer = None
    attendance: Answer = None


class Level(msgspec.Struct, frozen=True, gc=False):
    """One line at one moment: the number that was said, and how high the line stands before and after it; 0 is none."""

    value: int = 0
    before: int = 0
    after: int = 0


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A session, or a day with something of a strain and no session.

    `strain` tells what was there of strains on that day, and `pause` how many weeks went by without a session before.
    Opening it leads to `entry`, or to the strain `arc` where the moment is no entry.
    """

    on: datetime.date
    said_on: str
    entry: EntryId | None = None
    arc: ArcId | None = None
    session: bool = True
    met: Met = Met.MET
    theirs: Level = Level()
    mine: Level = Level()
    theirs_words: str = ""
    mine_words: str = ""
    attendance: str = ""
    strain: str = ""
    pause: int = 0

    @property
    def spoken(self) -> str:
        """All of it, as whole sentences."""
        pause = f"After {self.pause} weeks without a session" if self.pause else ""
        return sentences(self.said_on, pause, *self._of_session(), f"Strain. {self.strain}" if self.strain else "")

    @property
    def key(self) -> tuple[object, ...]:
        """What is the same for this moment when all is read again."""
        return (self.entry, self.arc, self.on)

    def _of_session(self) -> Sequence[str]:
        if not self.session:
            return ()
        came = f"Session: {self.attendance}" if self.attendance else "Session"
        silent = "nothing noted" if self.met is Met.MET else ""
        said = (("Theirs", self.theirs_words or silent), ("Yours", self.mine_words or silent))
        return came, *(f"{whose}: {words}" for whose, words in said if words)


def series(noted: Iterable[Noted], strains: Iterable[Row], form_of: FormOf) -> list[Moment]:
    """Return every session and every day with something of a strain, oldest first.

    What happened on the day of a session stands with the last session of that day.
    """
    told = _by_day(strains)
    order = sorted(noted, key=lambda one: (one.known.happened_on, one.known.sequence, one.known.id))
    lasts = {one.known.happened_on: one.known.id for one in order}
    reader = _Reader(form_of)
    found = [reader.session(one, told if lasts[one.known.happened_on] == one.known.id else {}) for one in order]
    found += [_strain_day(rows) for on, rows in told.items() if on not in lasts]
    found.sort(key=lambda one: one.on)
    return _joined(found)


def says_anything(moments: Iterable[Moment]) -> bool:
    """Say whether there is a number in any of it, so that there is something to draw."""
    return any(one.theirs.value or one.mine.value for one in moments)


def value_words(form: Form) -> dict[int, str]:
    """Return the words of each number, from cold to warm, as a form asks them."""
    asked = next((one for card in form.cards for one in card.questions if one.key == THEIRS), None)
    labels = {one.id: one.label for one in form.options(asked)} if asked is not None else {}
    return {number: labels.get(id, id) for id, number in _NUMBERS.items()}


def _by_day(strains: Iterable[Row]) -> dict[datetime.date, list[Row]]:
    told: dict[datetime.date, list[Row]] = {}
    for row in strains:
        told.setdefault(row.on, []).append(row)
    return told


class _Reader:
    """Tells the answers of sessions; the same answer in the same form is told once."""

    def __init__(self, form_of: FormOf) -> None:
        self._form_of = form_of
        self._known: dict[tuple[str, ...], tuple[int, str]] = {}

    def session(self, one: Noted, told: Mapping[datetime.date, Sequence[Row]]) -> Moment:
        """Return the moment of a session, with what was there of strains on its day."""
        known, form = one.known, self._form_of(one.known)
        said_on, strain = said_day(known.happened_on, known.about), _titles(told.get(known.happened_on, ()))
        if form is None:
            return Moment(on=known.happened_on, said_on=said_on, attendance=NewerEntryError.sentence, strain=strain)
        card, came = form.card(known.card), set(ids_of(one.attendance))
        theirs, theirs_words = self._read(form, card, THEIRS, one.theirs)
        mine, mine_words = self._read(form, card, MINE, one.mine)
        return Moment(
            on=known.happened_on,
            said_on=said_on,
            entry=known.id,
            met=Met.MISSED if came & MISSED else Met.OFF if came & CALLED_OFF else Met.MET,
            theirs=Level(theirs),
            mine=Level(mine),
            theirs_words=theirs_words,
            mine_words=mine_words,
            attendance=self._read(form, card, ATTENDANCE, one.attendance)[1],
            strain=strain,
        )

    def _read(self, form: Form, card: Card, key: str, answer: Answer) -> tuple[int, str]:
        """Return the number of an answer, 0 where it is none, and its words; nothing where the card does not ask."""
        if answer is None:
            return 0, ""
        what = (form.id, str(form.version), card.id, key, str(answer))
        if what not in self._known:
            self._known[what] = _told(form, card, key, answer)
        return self._known[what]


def _told(form: Form, card: Card, key: str, answer: Answer) -> tuple[int, str]:
    question = next((one for one in card.questions if one.key == key), None)
    if question is None:
        return 0, ""
    number = next((_NUMBERS[one] for one in ids_of(answer) if one in _NUMBERS), 0)
    return number, " ".join(shown(form, question, answer).split())


def _strain_day(rows: Sequence[Row]) -> Moment:
    entry = next((one.entry for one in rows if one.entry is not None), None)
    return Moment(
        on=rows[0].on, said_on=rows[0].said_on, entry=entry, arc=rows[0].arc, session=False, strain=_titles(rows)
    )


def _titles(rows: Sequence[Row]) -> str:
    return "; ".join(dict.fromkeys(one.title for one in rows))


def _joined(moments: list[Moment]) -> list[Moment]:
    """Let each line go on from one session to the next, where both say a number and no long time lies between."""
    places = [at for at, one in enumerate(moments) if one.session]
    theirs, mine = [one.theirs for one in moments], [one.mine for one in moments]
    pauses = dict.fromkeys(range(len(moments)), 0)
    for at, then in pairwise(places):
        days = (moments[then].on - moments[at].on).days
        if days >= PAUSE:
            pauses[then] = days // 7
            continue
        for line in (theirs, mine):
            _join(line, at, then)
    replace = msgspec.structs.replace
    return [
        replace(one, theirs=theirs[at], mine=mine[at], pause=pauses[at])
        if one.session or theirs[at].before or mine[at].before
        else one
        for at, one in enumerate(moments)
    ]


def _join(line: list[Level], at: int, then: int) -> None:
    here, there = line[at].value, line[then].value
    if not here or not there:
        return
    line[at] = msgspec.structs.replace(line[at], after=here)
    line[then] = Level(there, before=there)
    for between in range(at + 1, then):
        line[between] = Level(0, here, here)
