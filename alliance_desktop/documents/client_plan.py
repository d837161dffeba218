"""The client page, filled from agreed wording only, and its blank twin."""

from collections.abc import Callable, Iterator, Sequence

from alliance_desktop.documents.client_words import client_words
from alliance_desktop.documents.pages import Agreement, ClientPlan, PlanGoal
from alliance_desktop.documents.wording import Wording, wording
from alliance_desktop.domain.answers import Answers, ids_of, rows_of, text_of
from alliance_desktop.domain.audience import (
    Document,
    Part,
    allowed,
    fitting,
    latest_fitting,
    wording_changed,
    wording_ready,
)
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.errors import ChangedWordingError, UnseenWordingError
from alliance_desktop.domain.form import Column, Form

FormOf = Callable[[Entry], Form]
"""The form that an entry was written in."""

_WORDS = (
    "title", "for_name", "happened", "agreed", "what", "who", "by", "leave", "so_far", "outcome",
    "know", "again", "again_hint", "review", "own_words", "turn_to", "page", "sample",
)  # fmt: skip


def client_plan(
    entries: Sequence[Entry],
    form_of: FormOf,
    *,
    turn: int,
    language: str = "en-GB",
    name: str | None = None,
    turn_to: Sequence[str] = (),
    goals: Sequence[Entry] = (),
    child: bool = False,
    sample: bool = False,
) -> ClientPlan:
    """Return the filled page for the client of one arc's entries, of one `turn` of it only.

    `name` is a first name that the counsellor ticked, or None; `goals` are theirs, where that part was ticked; for a
    `child` the fixed words are shorter. UnseenWordingError where the client has not seen the wording, and of
    this ChangedWordingError where it was changed since; KeyError for a language there are no words in.
    """
    if not wording_ready(entries, turn):
        raise ChangedWordingError if wording_changed(entries, turn) else UnseenWordingError
    words = wording(language)
    repair_entry = latest_fitting(entries, "repair", turn)
    repair, agreed = _shared(repair_entry, form_of), _agreements(repair_entry, "agreed", form_of, words)
    return ClientPlan(
        language=language,
        words=_fixed(words, language, child=child),
        sample=sample,
        roomy=child,
        name=name or "",
        happened=text_of(repair.get("understood")),
        agreed=agreed,
        leave_as_is=repair.get("leave_as_is") is True,
        so_far=_so_far(entries, turn, [_as_said(one) for one in agreed], form_of, words),
        know=text_of(repair.get("know_better")),
        again=text_of(repair.get("sign")),
        goals=tuple(_goals(goals, form_of, words, client_words(language).plan.at)),
        review=words.date_answer(repair.get("review_on")),
        turn_to=tuple(line for line in turn_to if line.strip()),
    )


def blank_client_plan(
    *, language: str = "en-GB", turn_to: Sequence[str] = (), child: bool = False, sample: bool = False
) -> ClientPlan:
    """Return the page for the client with lines to write on; it needs no client and no vault."""
    words = _fixed(wording(language), language, child=child)
    lines = tuple(line for line in turn_to if line.strip())
    return ClientPlan(language=language, words=words, sample=sample, blank=True, roomy=child, turn_to=lines)


def _fixed(words: Wording, language: str, *, child: bool) -> dict[str, str]:
    more = client_words(language)
    usual = {key: getattr(words, key) for key in _WORDS}
    return {**usual, **(more.child.fixed if child else more.plan.fixed)}


def _goals(goals: Sequence[Entry], form_of: FormOf, words: Wording, at: str) -> Iterator[PlanGoal]:
    """Yield the client's own goals that are worked on; those of others, at rest or reached, are not for this page."""
    for entry in goals:
        told = _shared(entry, form_of, frozenset({Part.GOALS}))
        theirs = set(ids_of(told.get("whose"))) <= {"client", "not_sure"}
        if theirs and not _AT_REST & set(ids_of(told.get("state"))) and text_of(told.get("own_words")).strip():
            near = (_near(row, words, at) for row in rows_of(told.get("ratings")))
            yield PlanGoal(
                own_words=text_of(told.get("own_words")),
                first_step=text_of(told.get("first_step")),
                near=" · ".join([one for one in near if one][-_NEWEST:]),
            )


_AT_REST = frozenset({"reached", "set_aside"})
_NEWEST = 3
"""So many numbers of a goal stand on the page for the client; all of them are on the sheet of goals."""
_NUMBERS = frozenset(str(one) for one in range(11))


def _near(row: Answers, words: Wording, at: str) -> str:
    number = next((one for one in ids_of(row.get("rating")) if one in _NUMBERS), "")
    on = words.date_answer(row.get("on"))
    return at.format(date=on, number=number) if on and number else number


def shown_of(document: Document, entry: Entry, form_of: FormOf, parts: frozenset[Part]) -> Answers:
    """Return only the answers that a document may show."""
    form = form_of(entry)
    keys = {one.key for one in form.card(entry.card).questions if allowed(document, form, one, parts)}
    return {key: answer for key, answer in entry.answers.items() if key in keys}


def _shared(entry: Entry | None, form_of: FormOf, parts: frozenset[Part] = frozenset()) -> Answers:
    return shown_of(Document.CLIENT_PLAN, entry, form_of, parts) if entry is not None else {}


def _agreements(entry: Entry | None, key: str, form_of: FormOf, words: Wording) -> tuple[Agreement, ...]:
    told = _shared(entry, form_of).get(key)
    if entry is None or not told:
        return ()
    columns = {column.key: column for column in form_of(entry).card(entry.card).question(key).columns}
    rows = (_agreement(columns, row, words) for row in told)
    return tuple(row for row in rows if row.what.strip() or row.who.strip() or row.by)


def _so_far(
    entries: Sequence[Entry], turn: int, agreed: Sequence[str], form_of: FormOf, words: Wording
) -> tuple[Agreement, ...]:
    """Return how it went with each agreement when it was looked at last.

    What the latest look does not name is taken from an earlier one, if it still stands as agreed: wording that was
    changed since is not brought back.
    """
    *earlier, latest = [
        _agreements(one, "each_agreed", form_of, words) for one in fitting(entries, "follow_up", turn)
    ] or [()]
    before: dict[str, list[Agreement]] = {}
    for rows in earlier:
        before |= {_as_said(one): [row for row in rows if _as_said(row) == _as_said(one)] for one in rows}
    named = {_as_said(one) for one in latest}
    kept = [one for said, rows in before.items() if said in agreed and said not in named for one in rows]
    places = {said: at for at, said in enumerate(agreed)}
    return tuple(sorted([*kept, *latest], key=lambda one: places.get(_as_said(one), len(places))))


def _as_said(one: Agreement) -> str:
    return " ".join(one.what.casefold().split())


def _agreement(columns: dict[str, Column], row: Answers, words: Wording) -> Agreement:
    def cell(key: str) -> str:
        return words.cell(columns[key], row.get(key)) if key in columns else ""

    state = "" if "agreed" in ids_of(row.get("state")) else cell("state")
    return Agreement(what=cell("what"), who=cell("who"), by=cell("by"), state=state or cell("outcome"))
