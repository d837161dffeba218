"""Strains to print, and a reader of what came out."""

import datetime
import io
import itertools
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator

from pypdf import PdfReader
from pypdf.generic import IndirectObject, StreamObject

from alliance_desktop.domain.answers import Answer, Answers, chosen, dated
from alliance_desktop.domain.entry import ArcId, ClientId, Entry, EntryId
from alliance_desktop.domain.form import CHOOSING, Column, Form, Kind, Question
from alliance_desktop.domain.formfile import read_form
from alliance_desktop.resources import resource

_NUMBERS = itertools.count(1)
_PLACE = re.compile(r"matrix\(1 0 0 -1 ([-\d.]+) ([-\d.]+)\)|translate\(([-\d.]+) ([-\d.]+)\)")
DAY = datetime.date(2026, 3, 10)
NOON = datetime.datetime(2026, 3, 10, 12, tzinfo=datetime.UTC)


def read_rupture_form() -> Form:
    path = resource("forms", "rupture.1.toml")
    return read_form(path.name, path.read_text(encoding="utf-8"))


def always(form: Form) -> Callable[[Entry], Form]:
    """What tells of every entry that it was written in this form."""
    return lambda _: form


def entry(card: str, answers: Answers, *, happened_on: datetime.date = DAY, turn: int = 1) -> Entry:
    number = next(_NUMBERS)
    return Entry(
        id=EntryId(number),
        client=ClientId(1),
        form="rupture",
        form_version=1,
        card=card,
        happened_on=happened_on,
        created_at=NOON,
        touched_at=NOON,
        arc=ArcId(1),
        turn=turn,
        sequence=number,
        answers=answers,
    )


def agreed_row(what: str, who: str = "", by: datetime.date | None = None, state: str = "agreed") -> Answers:
    return {"what": what, "who": who, "by": dated(by) if by else None, "state": chosen(state)}


def repair(**answers: Answer) -> Entry:
    """A repair card whose wording the client has seen."""
    return entry("repair", {"wording_seen": chosen("yes"), "review_on": dated(datetime.date(2026, 3, 24)), **answers})


def story() -> list[Entry]:
    return [
        entry("notice", {"name": "The joke", "seen_or_heard": "She went quiet after my joke."}),
        entry("acknowledge", {"my_part": chosen("a_joke"), "landed": "Perhaps as not caring."}),
        entry("dialogue", {"took_place_on": dated(DAY), "their_words": "“It felt cold.”"}),
        repair(
            understood="A joke came at a bad moment.",
            agreed=[agreed_row("Ask before joking", "Ms Okafor", datetime.date(2026, 3, 17))],
            know_better="We both leave on time.",
            sign="Yellow",
        ),
    ]


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of_pdf(pdf: bytes) -> str:
    """The text of every sheet; the invisible break points of long words are taken out."""
    return "\n".join(page.extract_text() for page in reader(pdf).pages).replace("\u200b", "")


def words_of_pdf(pdf: bytes) -> str:
    """The text in one line, so that a search does not stumble over wrapped lines."""
    return " ".join(text_of_pdf(pdf).split())


def signs(picture: bytes) -> list[tuple[float, float, float]]:
    """Where each run of letters on a sheet begins, its base line, and where its last letter begins."""
    found = list(_runs(ElementTree.fromstring(picture), 0.0, 0.0))
    assert found
    return found


def _runs(node: ElementTree.Element, left: float, top: float) -> Iterator[tuple[float, float, float]]:
    place = _PLACE.fullmatch(node.get("transform", ""))
    if place:
        left, top = left + float(place[1] or place[3]), top + float(place[2] or place[4])
    letters = [float(one.get("x", "0")) for one in node if one.tag.endswith("}use")]
    if letters:
        yield left, top, left + max(letters)
    for one in node:
        yield from _runs(one, left, top)


def everything_in(pdf: bytes) -> str:
    """Text, metadata, XMP, outline, structure and every other string of a PDF, unpacked."""
    read = reader(pdf)
    parts = [text_of_pdf(pdf)]
    parts += [_unpacked(read, number) for number in range(1, int(read.trailer["/Size"]))]
    parts.append(repr(read.metadata))
    parts.append(pdf.decode("latin-1"))
    return "\n".join(parts)


def _unpacked(read: PdfReader, number: int) -> str:
    thing = IndirectObject(number, 0, read).get_object()
    data = thing.get_data().decode("latin-1") if isinstance(thing, StreamObject) else ""
    return repr(thing) + data


def marked(form: Form, question: Question, word: str, *, kept: datetime.date | None = None) -> Answer:
    """An answer of the question's kind that carries a marker word wherever words can be.

    With a day it is one that a vault takes: numbers and times are such, dates are that day, and links lead to nothing.
    """
    if question.kind in CHOOSING:
        return chosen(form.options(question)[0].id, text=word)
    if question.kind is Kind.CONTACTS:
        return [{"name": word, "role": "teacher"}]
    if question.kind is Kind.ROWS:
        return [{column.key: _marked_cell(column, word, kept) for column in question.columns}]
    if question.kind in {Kind.LINK, Kind.PERSON}:
        return [] if kept else [1]
    wordless: dict[Kind, Answer] = {Kind.DATE: dated(kept or DAY), Kind.TICK: True}
    if kept:
        wordless |= {Kind.NUMBER: 1, Kind.TIME: "10:30"}
    return wordless.get(question.kind, word)


def _marked_cell(column: Column, word: str, kept: datetime.date | None) -> Answer:
    if column.kind == "choice":
        return chosen(column.options[0].id, text=word)
    wordless: dict[str, Answer] = {"date": dated(kept or DAY), "tick": True}
    if kept:
        wordless["number"] = 1
    return wordless.get(column.kind, word)
