"""What was talked through at the beginning, in the client's words; or its topics with room for them."""

from collections.abc import Iterator, Sequence

import msgspec

from alliance_desktop.documents.client_plan import FormOf, shown_of
from alliance_desktop.documents.client_words import FoundationWords, client_words, known, page_words
from alliance_desktop.documents.pages import Page
from alliance_desktop.documents.twin import DONE, OPEN, headed, lines_of, rows, section
from alliance_desktop.documents.wording import Wording, wording
from alliance_desktop.domain.answers import REMOVED, Answers, rows_of, text_of
from alliance_desktop.domain.audience import Document, Part
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.form import PRESET, Form


class Talked(msgspec.Struct, frozen=True, kw_only=True):
    """One topic that was talked through."""

    topic: str
    on: str = ""
    understood: str = ""
    again: str = ""


class FoundationSheet(Page, frozen=True, kw_only=True):
    """The sheet of first agreements, filled or blank; `consent` is what was ticked of who said yes, with its labels."""

    template = "foundation_sheet.typ"
    title = "Sheet"

    blank: bool = False
    name: str = ""
    gone_through: str = ""
    rows: tuple[Talked, ...] = ()
    not_yet: tuple[str, ...] = ()
    consent: tuple[tuple[str, str], ...] = ()


def foundation_sheet(
    entry: Entry,
    form_of: FormOf,
    *,
    language: str = "en-GB",
    name: str | None = None,
    parts: frozenset[Part] = frozenset(),
    sample: bool = False,
) -> FoundationSheet:
    """Return the sheet of one entry: what was talked through, what is still to come, and consent where it is ticked."""
    words, days = client_words(language).foundation, wording(language)
    answers = shown_of(Document.FOUNDATION_SHEET, entry, form_of, parts)
    usual = _usual_topics(form_of(entry))
    all_rows = [_row(one, usual, words, days) for one in rows_of(answers.get("agreements")) if not one.get(REMOVED)]
    named = [one for one in all_rows if one.topic.strip() or _is_talked(one)]
    gone_through = days.date_answer(answers.get("gone_through_on"))
    return FoundationSheet(
        language=language,
        words=page_words(words, language),
        sample=sample,
        name=name or "",
        gone_through=words.gone_through.format(date=gone_through) if gone_through else "",
        rows=tuple(one for one in named if _is_talked(one)),
        not_yet=tuple(one.topic for one in named if not _is_talked(one)),
        consent=tuple(_consent(answers, words, days)),
    )


def blank_foundation_sheet(*, language: str = "en-GB", sample: bool = False) -> FoundationSheet:
    """Return the sheet with its topics, boxes and room; it needs no client and no vault."""
    words = client_words(language).foundation
    return FoundationSheet(
        language=language,
        words=page_words(words, language),
        sample=sample,
        blank=True,
        rows=tuple(Talked(topic=one) for one in words.topics.fixed.values()),
    )


def _usual_topics(form: Form) -> dict[str, str]:
    """Return by id how the shipped form words its topics; what a counsellor worded anew is theirs and stays."""
    questions = (one for card in form.cards for one in card.questions if not form.based_on)
    return {preset.id: preset.label for one in questions for preset in one.presets}


def _row(row: Answers, usual: dict[str, str], words: FoundationWords, days: Wording) -> Talked:
    given, typed = str(row.get(PRESET, "")), text_of(row.get("topic"))
    ours = words.topics.fixed.get(given)
    is_usual = typed.strip() in {"", usual.get(given)}
    return Talked(
        topic=ours if ours and is_usual else typed,
        on=days.date_answer(row.get("done_on")),
        understood=text_of(row.get("understood")),
        again=days.date_answer(row.get("again_on")),
    )


def _is_talked(row: Talked) -> bool:
    return bool(row.on or row.understood.strip() or row.again)


def _consent(answers: Answers, words: FoundationWords, days: Wording) -> Iterator[tuple[str, str]]:
    """Yield who said yes, how and when, in fixed words; what was typed beside them is not for this sheet."""
    said = ["\n".join(known(words.said_yes, answers.get("consent_who")))]
    said += ["\n".join(known(words.bases, answers.get("consent_basis"))), days.date_answer(answers.get("consent_on"))]
    labels: Sequence[str] = (words.who, words.basis, words.on)
    yield from ((label, one) for label, one in zip(labels, said, strict=True) if one)


@lines_of.register
def _told(page: FoundationSheet) -> Iterator[str]:
    words = page.words
    named = words["for_name"].replace("{name}", page.name) if page.name else ""
    yield from headed(words["title"], " · ".join(filter(None, (named, page.gone_through))))
    yield from (words["lead"], "")
    if page.blank:
        yield from (words["name"], words["date"], "")
    for one in page.rows:
        yield f"{OPEN if page.blank else DONE} {' · '.join(filter(None, (one.topic, one.on)))}"
        told = (one.understood, one.again)
        yield from rows((words["understood"], words["again"]), [told]) if any(told) or page.blank else ()
        yield ""
    if page.not_yet:
        yield from section(words["not_yet"], *(f"{OPEN} {one}" for one in page.not_yet))
    if page.consent:
        yield from section(
            words["consent"], *(f"{label}: {', '.join(text.splitlines())}" for label, text in page.consent)
        )
