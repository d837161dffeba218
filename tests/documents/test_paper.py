"""The paper itself: sizes, margins, tags, metadata, long texts, and words that look like commands."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from paper_cases import agreed_row, always, everything_in, reader, repair, signs, text_of_pdf, words_of_pdf

from alliance_desktop.documents.client_plan import blank_client_plan, client_plan
from alliance_desktop.documents.pages import Page
from alliance_desktop.documents.press import render
from alliance_desktop.documents.recovery_sheet import recovery_sheet
from alliance_desktop.documents.repair_plan import blank_repair_plan, repair_plan
from alliance_desktop.documents.text import paragraphs, pieces
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.form import Form
from alliance_desktop.resources import resource

MILLIMETRE = 72 / 25.4
MARGIN = 15 * MILLIMETRE
SIZES = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}


def every_page(form: Form, entries: list[Entry], sample: bool = False) -> list[Page]:
    from paper_cases import DAY, always

    return [
        client_plan(entries, always(form), turn=1, sample=sample),
        blank_client_plan(sample=sample),
        repair_plan(entries, always(form), status="noticed", sample=sample),
        blank_repair_plan(form, sample=sample),
        recovery_sheet(["7Q3K"] * 9, vault="8f3a", on=DAY, sample=sample),
    ]


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_page_is_tagged_sized_and_silent_about_itself(
    form: Form, entries: list[Entry], paper: str, large: bool
) -> None:
    for page in every_page(form, entries):
        read = reader(render(page, paper=paper, large=large).pdf())
        root = read.trailer["/Root"]
        assert "/StructTreeRoot" in root
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"].startswith("en")
        assert set(read.metadata or {}) == {"/Title", "/Creator"}
        assert read.metadata is not None
        assert read.metadata["/Title"] in {"Plan", "Recovery sheet"}
        assert read.metadata["/Creator"].startswith("Typst")
        assert b"pdfuaid" in (read.xmp_metadata.stream.get_data() if read.xmp_metadata else b"")
        for number, sheet in enumerate(read.pages, start=1):
            assert (float(sheet.mediabox.width), float(sheet.mediabox.height)) == pytest.approx(SIZES[paper], abs=0.1)
            assert f"Page {number} of {len(read.pages)}" in " ".join(sheet.extract_text().split())


def test_headings_tables_and_their_heads_are_tagged(form: Form, entries: list[Entry]) -> None:
    roles = _roles(render(client_plan(entries, always(form), turn=1)).pdf())
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= roles


def test_a_line_is_a_paragraph_also_where_one_of_its_words_is_long(form: Form) -> None:
    def paragraphs(text: str) -> int:
        made = render(client_plan([repair(understood=text)], always(form), turn=1)).pdf()
        return len(re.findall(r"/S ?/P\b", everything_in(made)))

    assert paragraphs("One line.\nAnother conversation.") - paragraphs("One line.") == 1
    assert paragraphs("One line.\nAnother " + "x" * 300) - paragraphs("One line.") == 1


def _roles(pdf: bytes) -> set[str]:
    read = reader(pdf)
    things = (read.get_object(number) for number in range(1, read.trailer["/Size"]))
    return {str(one["/S"]) for one in things if isinstance(one, dict) and one.get("/Type") == "/StructElem"}


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_no_sign_stands_in_the_margin(form: Form, paper: str, large: bool) -> None:
    long_word = "w" * 300
    row = agreed_row("i" * 300, "Ж" * 300)
    arc = [repair(understood=f"a {long_word} b", agreed=[row], know_better="מ" * 300, sign="http://x.y/" + "q" * 300)]
    noticed = repair_plan(arc, always(form), status="noticed", sample=True)
    width, height = SIZES[paper]
    for page in (client_plan(arc, always(form), turn=1, name="Q" * 90, sample=True), noticed):
        made = render(page, paper=paper, large=large)
        for picture in made.svgs():
            for x, y, end in signs(picture):
                assert x >= MARGIN - 0.5
                assert end <= width - MARGIN + 0.5
                assert MARGIN - 0.5 <= y <= height - MARGIN + 0.5
        assert "w" * 300 in text_of_pdf(made.pdf()).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("space", ["\xa0", "\u2007", "\u202f"])
def test_words_joined_by_spaces_that_do_not_break_stay_on_the_sheet(form: Form, space: str) -> None:
    sentence = "She said she would come back next week but then did not say why and we both were quiet for long END"
    made = render(client_plan([repair(understood=sentence.replace(" ", space))], always(form), turn=1))
    ends = [end for picture in made.svgs() for _, _, end in signs(picture)]
    assert max(ends) <= SIZES["a4"][0] - MARGIN + 0.5
    assert sentence in " ".join(text_of_pdf(made.pdf()).split())
    few = paragraphs(f"10{space}km, «{space}oui{space}» and {sentence}")[0]["text"]
    assert few.startswith(f"10{space}km, «{space}oui{space}»"), "the control: a number keeps its unit beside it"


@pytest.mark.parametrize("letter", ["w", "e\u0301", "ب"])
def test_a_word_that_never_ends_is_laid_out_piece_by_piece(form: Form, letter: str) -> None:
    word = letter * 20_001
    (line,) = paragraphs(f"She wrote {word} end")
    parted = pieces(line["text"])
    assert "".join(parted) == line["text"], "nothing is lost, and nothing comes in between"
    assert len(parted) > 20
    assert not any(one.startswith("\u0301") for one in parted), "no character is taken apart"
    assert pieces(f"{letter * 20_000 if len(letter) == 1 else letter} and " + "usual words " * 5_000) == [], (
        "the control"
    )
    made = render(client_plan([repair(understood=line["text"])], always(form), turn=1))
    ends = [end for picture in made.svgs() for _, _, end in signs(picture)]
    assert max(ends) <= SIZES["a4"][0] - MARGIN + 0.5
    if letter == "w":
        assert text_of_pdf(made.pdf()).count("w") >= 20_001


def test_a_line_without_a_space_takes_no_square_of_its_length_to_read() -> None:
    """With the square of it, this would take the better part of an hour."""
    (line,) = paragraphs("q" * 1_000_000)
    assert line["long"]
    assert line["text"] == "q" * 1_000_000


def test_a_table_of_sixty_agreements_repeats_its_head(form: Form) -> None:
    rows = [agreed_row(f"Thing {number}", f"Person {number}") for number in range(1, 61)]
    pages = reader(render(client_plan([repair(agreed=rows)], always(form), turn=1)).pdf()).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    with_rows = [text for text in texts if "Thing" in text]
    assert len(with_rows) >= 2
    assert all("Who does it" in text for text in with_rows)
    assert all(f"Person {number}" in " ".join(texts) for number in range(1, 61))


def test_a_long_text_prints_to_the_last(form: Form) -> None:
    """Half a million characters, as scenario 13 has them, go through the window in tests/end_to_end/test_paper.py."""
    one = " ".join(f"word{number:05d}" for number in range(4_000))
    lines = "\n".join(" ".join(f"line{number:05d}x{place}" for place in range(12)) for number in range(400))
    text = f"{one}\n\n{lines}"
    assert len(text) > 95_000
    made = render(client_plan([repair(understood=text)], always(form), turn=1))
    printed = set(text_of_pdf(made.pdf()).split())
    assert set(text.split()) <= printed
    assert len(made.svgs()) > 20


COMMANDS = [
    "#panic()",
    "*bold*",
    "@ref",
    "$x$",
    "\\",
    '"quoted"',
    "#import",
    "`raw`",
    "<label>",
    "_low_",
    "// gone",
    "/* gone */",
    "= Head",
    "#{1+1}",
    "[x](y)",
    "~",
    "---",
    "\\u{1F600}",
    "{n}",
    "{name}",
]


def test_what_looks_like_a_command_prints_as_it_was_typed(form: Form) -> None:
    line = " ".join(COMMANDS)
    arc = [repair(understood=line, agreed=[agreed_row(line, line)], know_better=line, sign=line)]
    text = words_of_pdf(
        render(client_plan(arc, always(form), turn=1, name="#panic() {name} *x*", turn_to=[line])).pdf()
    )
    for words in COMMANDS:
        assert text.count(words) >= 5, words
    assert "#panic() {name} *x*" in text
    own = words_of_pdf(render(repair_plan(arc, always(form), status="noticed")).pdf())
    assert all(words in own for words in COMMANDS)


def test_making_a_page_writes_nothing(
    form: Form, entries: list[Entry], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    before = {path: path.stat().st_mtime_ns for path in resource("documents").rglob("*")}
    made = render(client_plan(entries, always(form), turn=1))
    made.pdf()
    made.svgs()
    assert list(tmp_path.rglob("*")) == []
    assert {path: path.stat().st_mtime_ns for path in resource("documents").rglob("*")} == before


def test_typst_is_loaded_only_when_a_page_is_made() -> None:
    code = "import sys, alliance_desktop.documents.press; sys.exit('typst' in sys.modules or 'PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_templates_reach_nothing_outside_their_folder() -> None:
    for template in resource("documents").glob("*.typ"):
        source = template.read_text(encoding="utf-8")
        assert "@" not in source
        assert "read(" not in source
        assert "eval(" not in source
        assert all(name in {"style.typ", "faces.typ", "sheet.typ"} for name in re.findall(r'#import "([^"]+)"', source))


@pytest.mark.parametrize("sample", [True, False])
def test_invented_people_are_marked_on_every_sheet(form: Form, entries: list[Entry], sample: bool) -> None:
    for page in every_page(form, entries, sample=sample):
        for sheet in reader(render(page).pdf()).pages:
            assert ("SAMPLE" in sheet.extract_text()) is sample


def test_the_same_page_is_the_same_file(form: Form, entries: list[Entry]) -> None:
    page = client_plan(entries, always(form), turn=1)
    assert render(page).pdf() == render(page).pdf()


def test_large_print_is_eighteen_points_and_says_the_same(form: Form, entries: list[Entry]) -> None:
    page = client_plan(entries, always(form), turn=1)
    normal, large = render(page), render(page, large=True)
    assert _sizes(normal.pdf()) >= {12.0}
    assert _sizes(large.pdf()) >= {18.0}
    assert min(_sizes(large.pdf())) >= 15
    pages = re.compile(r"Our plan|Page \d+ of \d+|What|\s")
    assert sorted(pages.sub("", text_of_pdf(normal.pdf()))) == sorted(pages.sub("", text_of_pdf(large.pdf())))


def _sizes(pdf: bytes) -> set[float]:
    content = b"".join(page.get_contents().get_data() for page in reader(pdf).pages)  # type: ignore[union-attr]  # every page has contents
    return {round(float(one), 1) for one in re.findall(rb"/f\d+ ([\d.]+) Tf", content)}
