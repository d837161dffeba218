"""What one client said about how it is going, and what came of it; or the questions with room to answer them."""

from collections.abc import Iterator

from alliance_desktop.documents.client_plan import FormOf, shown_of
from alliance_desktop.documents.client_words import FeedbackWords, client_words, page_words
from alliance_desktop.documents.goals_sheet import is_theirs
from alliance_desktop.documents.pages import Group, Item, Section, Sheet
from alliance_desktop.documents.wording import Wording, wording
from alliance_desktop.domain.answers import Answers, ids_of, text_of
from alliance_desktop.domain.audience import Document
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.errors import NotTheirWordsError

_ASKED = ("supported", "understood", "centred")


def feedback_sheet(
    entry: Entry, form_of: FormOf, *, language: str = "en-GB", name: str | None = None, sample: bool = False
) -> Sheet:
    """Return the sheet of one talk or paper; NotTheirWordsError where somebody else than the client gave it."""
    if not is_theirs(entry):
        raise NotTheirWordsError
    words, days = client_words(language).feedback, wording(language)
    answers = shown_of(Document.FEEDBACK_SHEET, entry, form_of, frozenset())
    fixed = page_words(words, language)
    named = fixed["for_name"].replace("{name}", name) if name else ""
    return Sheet(
        language=language,
        words=fixed,
        sample=sample,
        facts=tuple(one for one in (named, days.date_answer(answers.get("given_on"))) if one),
        lead=words.lead,
        sections=tuple(one for one in _answered(answers, words, days) if one.groups[0].items or one.lead),
    )


def blank_feedback_sheet(*, language: str = "en-GB", sample: bool = False) -> Sheet:
    """Return the questions with boxes and lines; it needs no client and no vault."""
    words = client_words(language).feedback
    who = Item(label="", heads=(words.name, words.date), rows=(("", ""),))
    asked = (Item(label=words.fixed[key], ticks=tuple(words.felt.fixed.values()), lines=2) for key in _ASKED)
    return Sheet(
        language=language,
        words=page_words(words, language),
        sample=sample,
        lead=words.blank_lead,
        sections=(
            _section(
                who,
                *asked,
                Item(label=words.change, lines=3),
                Item(label=words.did, lines=3),
                Item(label=words.told, lines=1),
            ),
        ),
    )


def _section(*items: Item, heading: str = "", lead: str = "") -> Section:
    return Section(heading=heading, lead=lead, groups=(Group(heading="", items=items),))


def _answered(answers: Answers, words: FeedbackWords, days: Wording) -> Iterator[Section]:
    boxes = words.felt.fixed
    for key in _ASKED:
        chosen = set(ids_of(answers.get(key)))
        ticked = frozenset(place for place, one in enumerate(boxes) if one in chosen)
        asked = Item(label="", ticks=tuple(boxes.values()), ticked=ticked)
        yield _section(asked, *_words(answers, key), heading=words.fixed[key])
    yield _section(*_words(answers, "change"), heading=words.change)
    told = days.date_answer(answers.get("told_on"))
    when = words.told_on.format(date=told) if told else ""
    yield _section(*_words(answers, "did_with_it"), heading=words.did, lead=when)


def _words(answers: Answers, key: str) -> list[Item]:
    said = text_of(answers.get(key))
    return [Item(label="", text=said)] if said.strip() else []
