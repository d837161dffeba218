"""A report of three hundred sheets: how long it takes to be laid out, and the memory of the process that does it.

`python -m tests.benchmarks.report` prints it; each is measured in a process of its own, by turns with the same words
through Typst alone. Nothing is held to a time.
"""

import datetime
import io
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from alliance_desktop.documents.compiling import compiled
from alliance_desktop.documents.fonts import Shelf, fonts
from alliance_desktop.documents.pages import Group, Item, Page, Section, Sheet
from alliance_desktop.documents.press import render
from alliance_desktop.documents.records_bundle import RecordsBundle
from alliance_desktop.documents.timeline_report import Told, timeline_report
from alliance_desktop.domain import timeline
from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.entry import ClientId, Entry, EntryId, State
from alliance_desktop.domain.watch import Watch
from alliance_desktop.resources import resource
from alliance_desktop.services.forms import load_forms
from tests.benchmarks.frame import Line, memory_mb, times, told

ROUNDS = 3
GROUPS, ROWS, NOTES = 278, 5000, 870
_ROOT = Path(__file__).resolve().parents[2]
_SAID = (
    "the client said that she felt unheard after our last session and I noticed my own wish to explain myself before "
    "listening to what she meant communication understanding uncomfortable relationship conversation disappointment"
)
_WORDS = _SAID.split()
_PLAIN = b"""
#set document(title: "Record", date: none)
#set page(margin: 15mm, footer: context counter(page).display("1 of 1", both: true))
#set text(font: ("Atkinson Hyperlegible", "Noto Sans"), size: 12pt, hyphenate: false, lang: "en")
#for one in json(bytes(sys.inputs.page)) { par(text(one)) }
"""
_DAY = datetime.datetime(2006, 1, 2, 12, tzinfo=datetime.UTC)


def line(figures: dict[str, Any]) -> tuple[str, Line]:
    """Return the line of a long report with a short name, and put what it took of memory among the figures."""
    ours: list[float] = []
    alone: list[float] = []
    memory: dict[str, float] = {}
    took_by: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, took in (("report", ours), ("alone", alone)):
            found = _measured(name)
            took.append(found["ms"])
            memory[f"as PDF, {found['sheets']} sheets" if name == "report" else "its words alone"] = found["peak"]
    for name in ("pictures", "timeline", "records"):
        found = _measured(name)
        memory[f"{name}, {found['sheets']} sheets"] = found["peak"]
        took_by[f"{name}, {found['sheets']} sheets"] = found["ms"]
    figures["memory of a process with a long report, MB"] = memory
    figures["time of a long report, ms"] = took_by
    what, against = "a report of 300 sheets as PDF", "its words through Typst alone"
    return "report", Line(what=what, budget="≤ 3,000", against=against, ours=times(ours), other=times(alone))


def _measured(what: str) -> dict[str, float]:
    run = [sys.executable, "-m", "tests.benchmarks.report", what]
    done = subprocess.run(run, cwd=_ROOT, capture_output=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def prose() -> Sheet:
    """A page like a bundle of records: notes with two answers of a hundred words and more."""
    chance = random.Random(5)

    def text(number: int) -> str:
        return " ".join(chance.choices(_WORDS, k=number)) + "."

    groups = [
        Group(heading=f"Session · {at}", items=tuple(Item(label="What happened", text=_long(text)) for _ in range(2)))
        for at in range(GROUPS)
    ]
    fixed = {"title": "Records", "page": "Page {n} of {count}", "sample": "SAMPLE"}
    return Sheet(words=fixed, sections=(Section(heading="Sessions", groups=tuple(groups)),))


def records() -> RecordsBundle:
    """A copy of a record of many short notes: seven answers each, most of them a word or two, and an index."""
    chance = random.Random(5)

    def text(number: int) -> str:
        return " ".join(chance.choices(_WORDS, k=number)) + "."

    usual = {"Date": "12 March 2014", "Start": "10:00", "End": "10:50", "Attendance": "Attended", "How?": "In person"}
    short = tuple(Item(label=label, text=said) for label, said in usual.items())
    groups = tuple(
        Group(
            heading=f"12 March 2014 · Session note {at}",
            items=(*short, Item(label="One line", text=text(12)), Item(label="What happened", text=text(30))),
        )
        for at in range(NOTES)
    )
    fixed = {"title": "Copy of the record", "page": "Page {n} of {count}", "sample": "SAMPLE", "index": "Index"}
    return RecordsBundle(
        words=fixed | {"contains": "What is in it", "held": "What is held back, and why"},
        head="Confidential",
        facts=(Item(label="Asked for by", text="The client"),),
        contains=(f"Notes by date: {NOTES} entries",),
        sections=(Section(heading="Notes by date", groups=groups),),
    )


def _long(text: Callable[[int], str]) -> str:
    return f"{text(151)}\n{text(127)}"


def story() -> Page:
    """A timeline of twenty years, most of it sessions."""
    forms = load_forms(resource("forms"))
    kinds = [("session", "note", {"attendance": chosen("attended")})] * 8
    kinds += [
        ("goal", "goal", {"own_words": "To sleep through the night, and to wake up without a thought of the day"})
    ]
    kinds += [("outreach", "try", {"avenue": chosen("text"), "response": chosen("not_now")})]
    entries = [_entry(at, *kinds[at % len(kinds)]) for at in range(ROWS)]
    spots = timeline.spots(timeline.Story(entries=entries), forms.known, _DAY.date())

    def rows() -> Iterator[Told]:
        for spot, entry in zip(spots, entries, strict=True):
            yield Told(timeline.told(spot, entry, forms.known), entry, forms.known(entry))

    return timeline_report(rows(), (), code="L-20")


def _entry(at: int, form: str, card: str, answers: Mapping[str, Any]) -> Entry:
    on = _DAY + datetime.timedelta(days=at)
    return Entry(
        id=EntryId(at + 1),
        client=ClientId(1),
        form=form,
        form_version=1,
        card=card,
        happened_on=on.date(),
        created_at=on,
        touched_at=on,
        sequence=at,
        state=State.FINISHED,
        answers=dict(answers),
    )


def _alone(page: Page) -> bytes:
    import typst

    if not isinstance(page, Sheet):
        raise TypeError("the words of a sheet of sections")
    texts = [line for section in page.sections for one in section.groups for item in one.items for line in _lines(item)]
    data = msgspec.json.encode(texts).decode()
    compiler = typst.Compiler(
        input=_PLAIN, font_paths=fonts(Shelf.BUNDLED), ignore_system_fonts=True, sys_inputs={"page": data}
    )
    made, _ = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    if not isinstance(made, bytes):
        raise TypeError("Typst makes one PDF")
    return made


def _lines(item: Item) -> list[str]:
    return [item.label, *item.text.split("\n")]


_PAGES: Mapping[str, Callable[[], Page]] = {"timeline": story, "records": records}
_MADE: Mapping[str, Callable[[Page], bytes | list[bytes]]] = {
    "alone": _alone,
    "pictures": lambda page: render(page).pictures(Watch()),
}


def main(what: str) -> None:
    """Lay one of them out and print milliseconds, sheets and the most memory, as JSON."""
    # Finding the fonts is the cost of the first page of all.
    compiled("probe.typ", "[]", "pdf", Shelf.BUNDLED)
    page = _PAGES.get(what, prose)()
    began = time.perf_counter()
    made = _MADE[what](page) if what in _MADE else render(page).pdf()
    took = (time.perf_counter() - began) * 1000
    peak = memory_mb()["peak"]
    # Only for the counting, after what was measured.
    from pypdf import PdfReader

    sheets = len(made) if isinstance(made, list) else len(PdfReader(io.BytesIO(made)).pages)
    sys.stdout.write(json.dumps({"ms": round(took, 1), "sheets": sheets, "peak": peak}) + "\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        gathered: dict[str, Any] = {}
        name, measured = line(gathered)
        sys.stdout.write("\n".join([*told({name: measured}), json.dumps(gathered)]) + "\n")
