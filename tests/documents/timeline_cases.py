"""Stories for the timeline on paper, told as the program tells them, with its own forms."""

import datetime
import itertools
from collections.abc import Sequence

from paper_cases import NOON, agreed_row, marked

from alliance_desktop.documents.timeline_report import Told
from alliance_desktop.domain import rupture, timeline
from alliance_desktop.domain.answers import Answer, chosen, dated
from alliance_desktop.domain.entry import Addendum, Arc, ArcId, ClientId, Entry, EntryId, State, StatusEvent
from alliance_desktop.domain.form import Form, Question
from alliance_desktop.domain.temperature import Moment, Noted, series
from alliance_desktop.resources import resource
from alliance_desktop.services.forms import load_forms

FORMS = load_forms(resource("forms"))
TODAY = datetime.date(2026, 3, 31)
_NUMBERS = itertools.count(1)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def written(what: str, on: int = 1, arc: int | None = None, /, **answers: Answer) -> Entry:
    """An entry of March 2026, such as "session.note"; a strain's card belongs to its `arc`."""
    form, card = what.split(".")
    number = next(_NUMBERS)
    return Entry(
        id=EntryId(number),
        client=ClientId(1),
        form=form,
        form_version=FORMS.current(form).version,
        card=card,
        happened_on=datetime.date(2026, 3, 1) + datetime.timedelta(days=on - 1),
        created_at=NOON,
        touched_at=NOON,
        arc=ArcId(arc) if arc is not None else None,
        sequence=number,
        state=State.FINISHED,
        answers=answers,
    )


def arc(number: int = 1, status: rupture.Status = rupture.Status.NOTICED, turn: int = 1) -> Arc:
    return Arc(id=ArcId(number), client=ClientId(1), form="rupture", created_at=NOON, status=status, turn=turn)


def turned(number: int, was: str, became: str, on: int, turn: int = 1) -> StatusEvent:
    day = datetime.date(2026, 3, on)
    id = next(_NUMBERS)
    return StatusEvent(
        id=id, arc=ArcId(number), turn=turn, was=was, became=became, true_on=day, entered_at=NOON, why="zqwhyxk"
    )


def told(
    entries: Sequence[Entry],
    arcs: Sequence[Arc] = (),
    events: Sequence[StatusEvent] = (),
    addenda: Sequence[Addendum] = (),
) -> list[Told]:
    """A story row by row, with the pieces of its arcs."""
    story = timeline.Story(entries=entries, arcs=arcs, events=events, addenda=addenda)
    spots = timeline.spots(story, FORMS.known, TODAY)
    tracks = timeline.Tracks((at, spot.row) for at, spot in enumerate(spots) if spot.row is not None)
    found = []
    for at, spot in enumerate(spots):
        entry = spot.known if isinstance(spot.known, Entry) else None
        form = FORMS.known(entry) if entry is not None else None
        found.append(Told(timeline.told(spot, entry, FORMS.known), entry, form, tracks.at(at)))
    return found


def felt(entries: Sequence[Entry], arcs: Sequence[Arc] = ()) -> list[Moment]:
    """How it felt after each of some sessions, with the cards of strains among them."""
    noted = [
        Noted(one, *(one.answers.get(key) for key in ("temperature_client", "temperature_mine", "attendance")))
        for one in entries
        if one.form == "session"
    ]
    cards = [one for one in entries if one.arc is not None]
    rows = timeline.rows(timeline.Story(entries=cards, arcs=arcs), FORMS.known, TODAY)
    return series(noted, rows, FORMS.known)  # type: ignore[arg-type]  # an entry has all that an outline has


def mended() -> tuple[list[Entry], list[Arc], list[StatusEvent]]:
    """One strain from notice to its end, and a second that waits beside it."""
    entries = [
        written("rupture.notice", 3, 1, name="zqnamexk", seen_or_heard="She went quiet."),
        written("rupture.notice", 4, 2, name="zqotherxk", seen_or_heard="He sat further away."),
        written("rupture.dialogue", 5, 1, their_words="It stung.", took_place_on=dated(datetime.date(2026, 3, 5))),
        written(
            "rupture.repair",
            10,
            1,
            understood="A joke came at a bad moment.",
            agreed=[agreed_row("Ask before joking")],
            review_on=dated(datetime.date(2026, 3, 24)),
        ),
        written("rupture.close", 21, 1, outcome=chosen("stronger"), learned="zqlearnedxk"),
    ]
    status = rupture.Status
    events = [turned(1, "", status.NOTICED, 3), turned(1, status.FOLLOWED_UP, status.RESOLVED, 21)]
    return entries, [arc(1, status.RESOLVED), arc(2)], events


def everything_marked() -> tuple[list[Entry], dict[str, tuple[Form, Question]]]:
    """An entry for each question of each form that answers this alone, with a word of its own; and whose each is."""
    words: dict[str, tuple[Form, Question]] = {}
    entries = []
    for form in FORMS.all():
        for card in form.cards:
            for question in card.questions:
                number = len(words)
                word = "zq" + "".join(LETTERS[number // 26**place % 26] for place in (2, 1, 0)) + "xk"
                words[word] = form, question
                inside = 1 if form.id == rupture.FORM else None
                answers = {question.key: marked(form, question, word)}
                entries.append(written(f"{form.id}.{card.id}", 1 + number % 28, inside, **answers))
    return entries, words
