"""A client's story as rows by date, each with a full spoken sentence, and the arc of each strain.

The arc dips when a strain is noticed, climbs with each stage and ends level, higher, or open. Its
depth is the same for every strain, so that nobody reads it as a grade.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

import msgspec

from alliance_desktop.domain import rupture
from alliance_desktop.domain.answers import About, ids_of, long_day, said_day, text_of
from alliance_desktop.domain.entry import Addendum, Arc, ArcId, Entry, EntryId, Mark, State, StatusEvent
from alliance_desktop.domain.errors import NewerEntryError
from alliance_desktop.domain.form import Card, Form, is_answered
from alliance_desktop.domain.shown import shown

HEAD = 120
"""The most characters of a note that a row shows."""

IN_DRAWER = "Its words lie in a drawer of their own."
"""What a row says of an entry whose words stand on no other page."""

_Order = tuple[datetime.date, int, int, int]
"""A row's place: its day, the turn of its strain, opening before cards before the end, then as begun."""
_LAST_TURN = 1 << 30

_STOPS = (".", "?", "!", ".”", "?”", "!”", ".’", "。", "؟", "۔")

LEVEL = 0
DEEPEST = 4


class Symbol(StrEnum):
    """The mark of a row; shape and words carry the meaning, never colour."""

    ATTENDED = "attended"
    MISSED = "missed"
    PARTLY = "partly"
    STAGE = "stage"
    ENDED = "ended"
    REOPENED = "reopened"
    OPEN = "open"
    ADDENDUM = "addendum"
    LOCKED = "locked"
    OTHER = "other"


class ArcPoint(msgspec.Struct, frozen=True, kw_only=True):
    """Where an arc stands at a row: depth 0 is level, 4 deepest, -1 higher than before."""

    arc: ArcId
    depth: int
    starts: bool = False
    ends: bool = False


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the timeline.

    `title` is the kind in words, `text` the head of what was written, `spoken` the whole sentence.
    Opening the row leads to `entry`, or to the strain `arc` where the row is no entry.
    """

    on: datetime.date
    said_on: str
    symbol: Symbol
    title: str
    text: str
    spoken: str
    entry: EntryId | None = None
    arc: ArcId | None = None
    point: ArcPoint | None = None
    draft: bool = False
    climbs: bool = False
    """Whether the arc climbs here: the stage is done, and not only begun."""


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of one client that the timeline needs; entries by date, then sequence."""

    entries: Sequence[Entry]
    arcs: Sequence[Arc] = ()
    events: Sequence[StatusEvent] = ()
    addenda: Sequence[Addendum] = ()


_MISSED = frozenset({"no_show", "i_cancelled", "excused"})
_PARTLY = frozenset({"came_late", "left_early", "late_cancel", "ended_by_others"})
_STAGE_DEPTH = {"notice": DEEPEST, "acknowledge": 3, "dialogue": 2, "repair": 1, "follow_up": 1, "close": 1}
_BEGUN_WORD = {
    "notice": "noticed",
    "acknowledge": "reflection begun",
    "dialogue": "talked about",
    "repair": "repair begun, nothing agreed yet",
    "follow_up": "follow-up begun",
    "close": "looking back begun",
}
_STAGE_WORD = {
    "notice": "noticed",
    "acknowledge": "reflected on",
    "dialogue": "talked about",
    "repair": "repair agreed",
    "follow_up": "checked",
    "close": "closed and learned from",
}


def summary(form: Form, card: Card, entry: Entry) -> str:
    """Return the head of an entry: its first answered summary questions on one line, cut at 120 characters."""
    parts: list[str] = []
    for key in card.summary:
        question = card.question(key)
        if is_answered(question, entry.answers.get(key)):
            parts.append(" ".join(shown(form, question, entry.answers.get(key)).split()))
        if len(parts) == 2:
            break
    return headed(" · ".join(part for part in parts if part))


def headed(line: str) -> str:
    """Return a line cut after a word at 120 characters at the most, with a sign where it goes on."""
    if len(line) <= HEAD:
        return line
    cut = line[: HEAD - 1]
    whole = cut.rsplit(" ", 1)[0] if " " in cut[HEAD // 2 :] else cut
    return whole.rstrip(" ·,;:") + "…"


def sentences(*parts: str) -> str:
    """Return parts as spoken sentences: each with one stop at its end, and "and more" where it was cut."""
    told = (part.removesuffix("…") + ", and more" if part.endswith("…") else part for part in parts if part)
    return " ".join(part if part.endswith(_STOPS) else f"{part}." for part in told)


def strain_name(entries: Iterable[Entry], arc: ArcId) -> str:
    """Return the counsellor's short name for a strain, or plain words where there is none."""
    return first_name(text_of(one.answers.get("name")) for one in entries if one.arc == arc and one.card == "notice")


def first_name(names: Iterable[str]) -> str:
    """Return the first name of a strain that says anything, without quotation marks, or plain words where none does."""
    bare = (one.strip(' \t\n“”"«»') for one in names)
    return next((one for one in bare if one), "A strain between us")


FormOf = Callable[[Entry], Form | None]
"""The form an entry was written in; None where this program does not have it."""


def rows(story: Story, form_of: FormOf, today: datetime.date) -> list[Row]:
    """Return the rows of a story, oldest first; open strains come last, with how long they have been open.

    An entry whose form is not known here is a row that says so and leads nowhere.
    """
    keyed: list[tuple[_Order, Row]] = []
    names = {arc.id: strain_name(story.entries, arc.id) for arc in story.arcs}
    for place, entry in enumerate(story.entries):
        row = _told_row(entry, form_of(entry), names)
        if row is not None:
            keyed.append(((entry.happened_on, entry.turn, 1, place), row))
    for event in rupture.standing(story.events):
        row = _event_row(event, names)
        if row is not None:
            first = row.symbol is Symbol.REOPENED
            keyed.append(((event.true_on, event.turn, 0 if first else 2, event.id), row))
    by_id = {one.id: one for one in story.entries}
    for addendum in story.addenda:
        on = addendum.written_at.astimezone().date()
        entry = by_id[addendum.entry]
        keyed.append(((on, _LAST_TURN, 0, addendum.id), _addendum_row(addendum, entry, form_of(entry), on)))
    keyed.sort(key=lambda pair: pair[0])
    drawn = _with_arcs([row for _, row in keyed], story)
    return drawn + [_open_row(arc, story, names[arc.id], today) for arc in story.arcs if rupture.is_open(arc.status)]


def _told_row(entry: Entry, form: Form | None, names: dict[ArcId, str]) -> Row | None:
    if form is None:
        return _newer_row(entry)
    return None if entry.arc is not None and not _is_begun(entry, form) else _entry_row(entry, form, names)


def _newer_row(entry: Entry) -> Row:
    said = said_day(entry.happened_on, entry.about)
    return Row(
        on=entry.happened_on,
        said_on=said,
        symbol=Symbol.OTHER,
        title="An entry",
        text=NewerEntryError.sentence,
        spoken=sentences(said, NewerEntryError.sentence),
    )


def _is_begun(entry: Entry, form: Form) -> bool:
    return entry.mark is not Mark.NONE or form.card(entry.card).is_begun(entry.answers)


def _entry_row(entry: Entry, form: Form, names: dict[ArcId, str]) -> Row:
    card = form.card(entry.card)
    said = said_day(entry.happened_on, entry.about)
    text = summary(form, card, entry)
    kind = form.based_on or form.id
    # What is open for years by its nature, such as a goal, is no draft.
    draft = entry.state is State.DRAFT and entry.arc is None and (kind == "session" or card.freezes)
    climbs = False
    if entry.arc is not None:
        name, word = names.get(entry.arc, ""), _stage_word(entry, card)
        title, told = _headed(word, name), f"Strain “{name}”: {word}"
        climbs = word == _STAGE_WORD[entry.card]
        symbol = Symbol.STAGE
    elif form.drawer:
        title, told, text, symbol = form.title, f"{form.title}. {IN_DRAWER}", "", Symbol.LOCKED
    elif kind == "session":
        title, told, symbol = "Session", "Session", _attendance(entry)
    else:
        title, told, symbol = card.title, card.title, Symbol.OTHER
    spoken = sentences(said, told, text, "Draft" if draft else "")
    return Row(
        on=entry.happened_on,
        said_on=said,
        symbol=symbol,
        title=title,
        text=text,
        spoken=spoken,
        entry=entry.id,
        arc=entry.arc,
        draft=draft,
        climbs=climbs,
    )


def _headed(word: str, name: str) -> str:
    """Return a strain's row title with what happened first, so that a narrow row cuts the name and not the news."""
    return f"{word[:1].upper()}{word[1:]}: “{name}”"


def _stage_word(entry: Entry, card: Card) -> str:
    if entry.mark is Mark.DOES_NOT_FIT:
        return f"{_STAGE_WORD[entry.card]}, does not fit here"
    if entry.mark is Mark.SKIPPED:
        return f"{_STAGE_WORD[entry.card]}, skipped for now"
    if entry.card == "dialogue" and not text_of(entry.answers.get("their_words")).strip():
        asked = bool(ids_of(entry.answers.get("preferred_not")))
        return "conversation offered, they preferred not to" if asked else "conversation prepared"
    done = not card.enough or card.is_enough(entry.answers)
    return _STAGE_WORD[entry.card] if done else _BEGUN_WORD[entry.card]


def _attendance(entry: Entry) -> Symbol:
    ids = set(ids_of(entry.answers.get("attendance")))
    if ids & _MISSED:
        return Symbol.MISSED
    return Symbol.PARTLY if ids & _PARTLY else Symbol.ATTENDED


def _event_row(event: StatusEvent, names: dict[ArcId, str]) -> Row | None:
    """Return a row for an end or a reopening; other steps are told by their cards."""
    reopened = event.was in rupture.ENDED and event.became not in rupture.ENDED
    if not reopened and event.became not in rupture.ENDED:
        return None
    name = names.get(event.arc, "")
    word = "opened again" if reopened else rupture.STATUS_WORDS[rupture.Status(event.became)].lower()
    said = long_day(event.true_on)
    return Row(
        on=event.true_on,
        said_on=said,
        symbol=Symbol.REOPENED if reopened else Symbol.ENDED,
        title=_headed(word, name),
        text=event.why,
        spoken=sentences(said, f"Strain “{name}”: {word}", event.why),
        arc=event.arc,
    )


def _addendum_row(addendum: Addendum, entry: Entry, form: Form | None, on: datetime.date) -> Row:
    kind = form.card(entry.card).title.lower() if form is not None else "an entry"
    title = f"Addendum to {kind} of {said_day(entry.happened_on)}"
    hidden = form is None or form.drawer
    head = "" if hidden else headed(" ".join(addendum.text.split()))
    said = said_day(on, About.EXACT)
    return Row(
        on=on,
        said_on=said,
        symbol=Symbol.LOCKED if form is not None and form.drawer else Symbol.ADDENDUM,
        title=title,
        text=head,
        spoken=sentences(said, title, IN_DRAWER if form is not None and form.drawer else head),
        entry=entry.id if form is not None else None,
    )


def _open_row(arc: Arc, story: Story, name: str, today: datetime.date) -> Row:
    since = _opened_on(arc, story)
    days = (today - since).days
    waiting = "today" if days <= 0 else "1 day" if days == 1 else f"{days} days"
    state = _waiting_words(arc)
    text = f"{waiting}, {state}" if days > 0 else state
    return Row(
        on=today,
        said_on="Now",
        symbol=Symbol.OPEN,
        title=f"Open since {said_day(since)}: “{name}”",
        text=text,
        spoken=sentences(f"Open strain “{name}”, since {said_day(since)}", f"{text[0].upper()}{text[1:]}"),
        arc=arc.id,
        point=ArcPoint(arc=arc.id, depth=_depth_of(arc), ends=False),
    )


def _waiting_words(arc: Arc) -> str:
    if arc.status in {rupture.Status.NOTICED, rupture.Status.ACKNOWLEDGED}:
        return "conversation offered" if arc.offered else "not talked about yet"
    return rupture.STATUS_WORDS[rupture.Status(arc.status)].lower()


def _opened_on(arc: Arc, story: Story) -> datetime.date:
    turned = [one.true_on for one in rupture.standing(story.events) if one.arc == arc.id and one.turn == arc.turn]
    noticed = [one.happened_on for one in story.entries if one.arc == arc.id and one.card == "notice"]
    if arc.turn == 1 and noticed:
        return min(noticed)
    return turned[0] if turned else arc.created_at.date()


def _depth_of(arc: Arc) -> int:
    order = [rupture.Status.NOTICED, rupture.Status.ACKNOWLEDGED, rupture.Status.IN_DIALOGUE]
    status = rupture.Status(arc.status)
    return DEEPEST - order.index(status) if status in order else 1


def _with_arcs(plain: list[Row], story: Story) -> list[Row]:
    """Give each row of a strain its point: dip at the start, climb with each stage, never back within a turn."""
    stronger = {
        one.arc for one in story.entries if one.card == "close" and "stronger" in ids_of(one.answers.get("outcome"))
    }
    cards = {one.id: one for one in story.entries}
    depth: dict[ArcId, int] = {}
    drawn: list[Row] = []
    for row in plain:
        if row.arc is None:
            drawn.append(row)
            continue
        before = depth.get(row.arc)
        here = _next_depth(row, before, cards, row.arc in stronger)
        ends = row.symbol is Symbol.ENDED
        depth[row.arc] = here
        point = ArcPoint(arc=row.arc, depth=here, starts=before is None, ends=ends)
        drawn.append(msgspec.structs.replace(row, point=point))
    return drawn


def _next_depth(row: Row, before: int | None, cards: dict[EntryId, Entry], stronger: bool) -> int:
    if row.symbol is Symbol.REOPENED or before is None:
        return DEEPEST
    if row.symbol is Symbol.ENDED:
        if row.title.startswith(rupture.STATUS_WORDS[rupture.Status.ENDED_UNREPAIRED]):
            return before
        return -1 if stronger else LEVEL
    entry = cards[row.entry] if row.entry is not None else None
    if entry is None or entry.mark is not Mark.NONE or before <= LEVEL:
        return before
    return min(before, _STAGE_DEPTH.get(entry.card, before)) if row.climbs else before
