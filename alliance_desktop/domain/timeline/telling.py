"""From an entry, an addendum or a change of status to the row that tells it, with its spoken sentence."""

import datetime
from collections.abc import Iterable, Mapping

from alliance_desktop.domain import rupture
from alliance_desktop.domain.answers import About, Answers, ids_of, long_day, said_day, text_of
from alliance_desktop.domain.attendance import CALLED_OFF, CAME, MISSED
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.entry import Addendum, Arc, ArcId, Entry, Mark, Outline, State, StatusEvent
from alliance_desktop.domain.errors import NewerEntryError
from alliance_desktop.domain.form import Card, Form, Question, is_answered
from alliance_desktop.domain.shown import shown
from alliance_desktop.domain.timeline.row import Lane, Row, Symbol, lane_of

HEAD = 120
"""The most characters of a note that a row shows."""

IN_DRAWER = "Its words are kept apart and are not shown here."
"""What a row says of an entry whose words stand on no other page."""
UNREADABLE = "Its words cannot be read just now."
TAKEN = "Taken to supervision"

_STOPS = (".", "?", "!", ".”", "?”", "!”", ".’", "。", "؟", "۔")
_SESSION = "session"
_WHOLE = "attended"
_PREFERRED_NOT = ", they preferred not to"
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
    return head(form, (card.question(key) for key in card.summary), entry.answers)


def head(form: Form, questions: Iterable[Question], answers: Answers) -> str:
    """Return the first two of these questions that are answered on one line, cut at 120 characters."""
    parts: list[str] = []
    for question in questions:
        if is_answered(question, answers.get(question.key)):
            parts.append(" ".join(shown(form, question, answers.get(question.key)).split()))
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


def kind_of(form: Form) -> str:
    """Return the shipped form that a form is, also where it is a counsellor's own copy of it."""
    return form.based_on or form.id


def newer_row(known: Outline | Entry) -> Row:
    """Return the row of an entry whose form is not known here: it says so and leads nowhere."""
    said = said_day(known.happened_on, known.about)
    return Row(
        on=known.happened_on,
        said_on=said,
        symbol=Symbol.OTHER,
        title="An entry",
        text=NewerEntryError.sentence,
        spoken=sentences(said, NewerEntryError.sentence),
    )


def is_begun(entry: Entry, form: Form) -> bool:
    """Say whether a card of a strain says anything, or was set aside."""
    return entry.mark is not Mark.NONE or form.card(entry.card).is_begun(entry.answers)


def strain_row(entry: Entry, form: Form, names: Mapping[ArcId, str]) -> Row:
    """Return the row of a card of a strain."""
    card = form.card(entry.card)
    said, text = said_day(entry.happened_on, entry.about), summary(form, card, entry)
    name = names.get(entry.arc, "") if entry.arc is not None else ""
    word = _stage_word(entry, card)
    return Row(
        on=entry.happened_on,
        said_on=said,
        symbol=Symbol.STAGE,
        title=_headed(word, name),
        text=text,
        spoken=sentences(said, f"Strain “{name}”: {word}", text),
        lane=Lane.BETWEEN,
        entry=entry.id,
        arc=entry.arc,
        climbs=word == _STAGE_WORD.get(entry.card),
    )


def entry_row(known: Outline | Entry, form: Form, answers: Answers | None) -> Row:
    """Return the row of an entry of no strain; without answers it says that its words cannot be read."""
    card = form.card(known.card)
    said, kind = said_day(known.happened_on, known.about), kind_of(form)
    # What is open for years by its nature, such as a goal, is no draft.
    draft = known.state is State.DRAFT and (kind == _SESSION or card.freezes)
    text = UNREADABLE if answers is None else head(form, map(card.question, card.summary), answers)
    title = "Session" if kind == _SESSION else card.title
    if form.drawer:
        title, text = form.title, ""
    spoken = sentences(said, title, IN_DRAWER if form.drawer else text, "Draft" if draft else "")
    return Row(
        on=known.happened_on,
        said_on=said,
        symbol=_symbol(form, kind, known.card, answers or {}),
        title=title,
        text=text,
        spoken=spoken,
        lane=lane_of(form.section),
        entry=known.id,
        arc=known.arc if isinstance(known, Entry) else None,
        draft=draft,
    )


def _symbol(form: Form, kind: str, card: str, answers: Answers) -> Symbol:
    if form.drawer:
        return Symbol.LOCKED
    if kind == _SESSION:
        return _attendance(answers)
    if kind == "outreach" and card == "try":
        return Symbol.YES if "yes" in ids_of(answers.get("response")) else Symbol.TRIED
    return Symbol.GOAL if lane_of(form.section) is Lane.GOALS else Symbol.OTHER


def _headed(word: str, name: str) -> str:
    """Return a strain's row title with what happened first, so that a narrow row cuts the name and not the news."""
    return f"{word[:1].upper()}{word[1:]}: “{name}”"


def unheaded(title: str) -> tuple[str, str]:
    """Return what happened and the name in quotation marks from a strain's row title."""
    word, _, name = title.partition(": “")
    return f"{word[:1].lower()}{word[1:]}", f"“{name}"


def strain_words(row: Row, *, kept: bool = True) -> tuple[str, str]:
    """Return what happened in a row of a strain, and its name in quotation marks.

    Unless `kept`, it is not said what came of a conversation that was offered.
    """
    word, name = unheaded(row.title)
    return (word if kept else word.removesuffix(_PREFERRED_NOT)), name


def _stage_word(entry: Entry, card: Card) -> str:
    if entry.mark is Mark.DOES_NOT_FIT:
        return f"{_STAGE_WORD[entry.card]}, does not fit here"
    if entry.mark is Mark.SKIPPED:
        return f"{_STAGE_WORD[entry.card]}, skipped for now"
    if entry.card == "dialogue" and not text_of(entry.answers.get("their_words")).strip():
        asked = bool(ids_of(entry.answers.get("preferred_not")))
        return f"conversation offered{_PREFERRED_NOT}" if asked else "conversation prepared"
    done = not card.enough or card.is_enough(entry.answers)
    return _STAGE_WORD[entry.card] if done else _BEGUN_WORD[entry.card]


def _attendance(answers: Answers) -> Symbol:
    ids = set(ids_of(answers.get("attendance")))
    if ids & MISSED:
        return Symbol.MISSED
    if ids & CALLED_OFF:
        return Symbol.OFF
    return Symbol.PARTLY if ids & CAME - {_WHOLE} else Symbol.ATTENDED


def event_row(event: StatusEvent, names: Mapping[ArcId, str]) -> Row | None:
    """Return a row for an end or a reopening; other steps are told by their cards."""
    reopened = event.was in rupture.ENDED and event.became not in rupture.ENDED
    if not reopened and event.became not in rupture.ENDED:
        return None
    name = names.get(event.arc, "")
    left = event.became == rupture.Status.ENDED_UNREPAIRED
    word = "opened again" if reopened else rupture.STATUS_WORDS[rupture.Status(event.became)].lower()
    said = long_day(event.true_on)
    return Row(
        on=event.true_on,
        said_on=said,
        symbol=Symbol.REOPENED if reopened else Symbol.LEFT if left else Symbol.ENDED,
        title=_headed(word, name),
        text=event.why,
        spoken=sentences(said, f"Strain “{name}”: {word}", event.why),
        lane=Lane.BETWEEN,
        arc=event.arc,
    )


def addendum_row(addendum: Addendum, known: Outline | Entry, form: Form | None) -> Row:
    """Return the row of an addendum, on the day it was written; one to what lies in a drawer tells no word of it."""
    kind = form.card(known.card).title.lower() if form is not None else "an entry"
    title = f"Addendum to {kind} of {said_day(known.happened_on)}"
    in_drawer = form is not None and form.drawer
    text = "" if form is None or in_drawer else headed(" ".join(addendum.text.split()))
    on = local(addendum.written_at).date()
    said = said_day(on, About.EXACT)
    return Row(
        on=on,
        said_on=said,
        symbol=Symbol.LOCKED if in_drawer else Symbol.ADDENDUM,
        title=title,
        text=text,
        spoken=sentences(said, title, IN_DRAWER if in_drawer else text),
        lane=lane_of(form.section) if form is not None else Lane.OTHERS,
        entry=known.id if form is not None else None,
    )


def taken_row(known: Outline | Entry) -> Row:
    """Return the row of a supervision to which something of this client was taken; what else it says stays there."""
    said = said_day(known.happened_on, known.about)
    return Row(
        on=known.happened_on,
        said_on=said,
        symbol=Symbol.OTHER,
        title=TAKEN,
        text="",
        spoken=sentences(said, TAKEN),
        entry=known.id,
    )


def open_row(arc: Arc, since: datetime.date, name: str, today: datetime.date, ahead: str = "") -> Row:
    """Return the row that says of an open strain, at the end of all, since when it has been open.

    `ahead` says what is written down and stands further on than the status.
    """
    days = (today - since).days
    waiting = "today" if days <= 0 else "1 day" if days == 1 else f"{days} days"
    state = ahead or _waiting_words(arc)
    text = f"{waiting}, {state}" if days > 0 else state
    return Row(
        on=today,
        said_on="Now",
        symbol=Symbol.OPEN,
        title=f"Open since {said_day(since)}: “{name}”",
        text=text,
        spoken=sentences(f"Open strain “{name}”, since {said_day(since)}", f"{text[0].upper()}{text[1:]}"),
        lane=Lane.BETWEEN,
        arc=arc.id,
    )


def _waiting_words(arc: Arc) -> str:
    if arc.status in {rupture.Status.NOTICED, rupture.Status.ACKNOWLEDGED}:
        return "conversation offered" if arc.offered else "not talked about yet"
    return rupture.STATUS_WORDS[rupture.Status(arc.status)].lower()


def seen_row(known: Outline | Entry, form: Form, keys: frozenset[str], answers: Answers) -> Row:
    """Return a row that tells only these answers of an entry, which the client has seen, and no other word."""
    card = form.card(known.card)
    text = head(form, (one for one in card.questions if one.key in keys), answers)
    plain = entry_row(known, form, answers)
    title = form.title if card.title == form.title else card.title
    return Row(
        on=plain.on,
        said_on=plain.said_on,
        symbol=Symbol.STAGE if plain.arc is not None else plain.symbol,
        title=title,
        text=text,
        spoken=sentences(plain.said_on, title, text),
        lane=plain.lane,
        entry=known.id,
        arc=plain.arc,
    )
