"""The client's goals in their own words with their own numbers, and what they said should change; or room for both."""

from collections.abc import Iterator, Sequence

import msgspec

from alliance_desktop.documents.client_plan import FormOf, shown_of
from alliance_desktop.documents.client_words import GoalsWords, client_words, known, page_words
from alliance_desktop.documents.pages import Page
from alliance_desktop.documents.twin import headed, lines_of, rows, section
from alliance_desktop.documents.wording import Wording, wording
from alliance_desktop.domain.answers import Answers, ids_of, rows_of, text_of
from alliance_desktop.domain.audience import Document, Part
from alliance_desktop.domain.entry import Entry

NUMBERS = tuple(str(one) for one in range(11))
_GROUPS = (frozenset({"reached"}), frozenset({"set_aside"}))
"""What stands behind the goals that are worked on, in this order."""


class Rating(msgspec.Struct, frozen=True, kw_only=True):
    """One number that the client gave, with their words; an empty number where they gave none."""

    on: str
    number: str = ""
    words: str = ""


class Goal(msgspec.Struct, frozen=True, kw_only=True):
    """One goal; `whose` is empty where it is the client's own, `has_room` gives it boxes to fill in by hand."""

    own_words: str
    whose: str = ""
    earlier: str = ""
    why: str = ""
    first_step: str = ""
    how_see: str = ""
    state: str = ""
    ratings: tuple[Rating, ...] = ()
    has_room: bool = False


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What the client said should change, beside what came of it."""

    on: str
    change: str = ""
    did: str = ""
    told: str = ""


class GoalsSheet(Page, frozen=True, kw_only=True):
    """The sheet of goals and progress, filled or blank; nothing is added up on it, and nothing is graded."""

    template = "goals_sheet.typ"
    title = "Sheet"

    blank: bool = False
    name: str = ""
    goals: tuple[Goal, ...] = ()
    said: tuple[Said, ...] = ()


def goals_sheet(
    goals: Sequence[Entry],
    feedback: Sequence[Entry],
    form_of: FormOf,
    *,
    language: str = "en-GB",
    name: str | None = None,
    parts: frozenset[Part] = frozenset(),
    sample: bool = False,
) -> GoalsSheet:
    """Return the sheet of a client's goals, those in hand first; feedback of theirs only where that part is ticked."""
    words, days = client_words(language).goals, wording(language)
    told = [shown_of(Document.GOALS_SHEET, one, form_of, parts) for one in goals]
    said = [_said(shown_of(Document.GOALS_SHEET, one, form_of, parts), days) for one in feedback if is_theirs(one)]
    return GoalsSheet(
        language=language,
        words=page_words(words, language),
        sample=sample,
        name=name or "",
        goals=tuple(_goal(one, words, days) for one in sorted(told, key=_group) if text_of(one.get("own_words"))),
        said=tuple(one for one in said if one.change.strip()),
    )


def blank_goals_sheet(*, language: str = "en-GB", sample: bool = False) -> GoalsSheet:
    """Return the sheet with room for one goal and for what should change; it needs no client and no vault."""
    words = page_words(client_words(language).goals, language)
    return GoalsSheet(language=language, words=words, sample=sample, blank=True)


def is_theirs(feedback: Entry) -> bool:
    """Say whether feedback was given by the client and by nobody else."""
    return ids_of(feedback.answers.get("who")) == ["client"]


def ratings_of(answers: Answers, days: Wording) -> tuple[Rating, ...]:
    """Return the numbers that a client gave, in the order in which they were written."""
    found = (_rating(one, days) for one in rows_of(answers.get("ratings")))
    return tuple(one for one in found if one.number or one.words.strip())


def _rating(row: Answers, days: Wording) -> Rating:
    number = next((one for one in ids_of(row.get("rating")) if one in NUMBERS), "")
    return Rating(on=days.date_answer(row.get("on")), number=number, words=text_of(row.get("words")))


def _group(goal: Answers) -> int:
    stands = set(ids_of(goal.get("state")))
    return next((place for place, one in enumerate(_GROUPS, 1) if stands & one), 0)


def _goal(answers: Answers, words: GoalsWords, days: Wording) -> Goal:
    texts = {key: text_of(answers.get(key)) for key in ("own_words", "why", "first_step", "how_see")}
    changed = "changed" in ids_of(answers.get("state"))
    ratings = ratings_of(answers, days)
    return Goal(
        **texts,
        whose=", ".join(known(words.whose, answers.get("whose"))),
        earlier=text_of(answers.get("earlier_words")) if changed else "",
        state=_state(answers, words, days),
        ratings=ratings,
        has_room=not ratings and not _group(answers),
    )


def _state(answers: Answers, words: GoalsWords, days: Wording) -> str:
    stands = ", ".join(known(words.states, answers.get("state")))
    since = days.date_answer(answers.get("state_on")) if ids_of(answers.get("state")) != ["active"] else ""
    return f"{stands} ({since})" if stands and since else stands


def _said(answers: Answers, days: Wording) -> Said:
    return Said(
        on=days.date_answer(answers.get("given_on")),
        change=text_of(answers.get("change")),
        did=text_of(answers.get("did_with_it")),
        told=days.date_answer(answers.get("told_on")),
    )


@lines_of.register
def _told(page: GoalsSheet) -> Iterator[str]:
    words = page.words
    yield from headed(words["title"], words["for_name"].replace("{name}", page.name) if page.name else "")
    if page.blank:
        yield from (words["name"], words["date"], "")
    only = len(page.goals) < 2
    for number, goal in enumerate((Goal(own_words="", has_room=True),) if page.blank else page.goals, 1):
        yield from section(words["only_goal"] if only else words["goal"].replace("{n}", str(number)), goal.whose)
        yield from _goal_lines(goal, words, blank=page.blank)
        yield from _ratings_lines(goal, words)
    if page.said or page.blank:
        yield words["said"]
        heads = (words["day"], words["change"], words["did"], words["told"])
        yield from rows(heads, [(one.on, one.change, one.did, one.told) for one in page.said])


def _goal_lines(goal: Goal, words: dict[str, str], *, blank: bool) -> Iterator[str]:
    for key in ("own_words", "earlier", "why", "first_step", "how_see", "state"):
        text = getattr(goal, key)
        if text or (blank and key not in {"earlier", "state"}):
            yield from section(words[key], text)


def _ratings_lines(goal: Goal, words: dict[str, str]) -> Iterator[str]:
    if not (goal.ratings or goal.has_room):
        return
    yield from section(words["near"], words["near_hint"])
    for one in goal.ratings:
        number = f"{one.number} (0–10)" if one.number else ""
        yield f"- {'; '.join(filter(None, (one.on, number, one.words)))}"
    if goal.has_room:
        yield f"{words['day']} / 0–10 / {words['words']}"
    yield ""
