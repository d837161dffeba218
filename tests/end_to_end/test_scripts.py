"""Scenarios 11, 12 and 14: names and notes in any script, right to left, and emoji."""

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from person import CTRL, Keys, Person, settle
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextLayout, QTextOption
from PySide6.QtWidgets import QLineEdit

from alliance_desktop.ui.words import isolated

NAMES = ("Nguyễn Thị Hòa", "李小龙", "محمد أحمد", "O’Connor", "สมชาย", "Björk", "Sukarno")
QUERIES = {
    "nguyen": "Nguyễn Thị Hòa",
    "hoa": "Nguyễn Thị Hòa",
    "小龙": "李小龙",
    "احمد": "محمد أحمد",
    "o'connor": "O’Connor",
    "OCONNOR": "O’Connor",
    "สม": "สมชาย",
    "bjork": "Björk",
    "sukar": "Sukarno",
}
HEBREW, ENGLISH, ARABIC = "היא אמרה שקר לה", "She said it felt cold.", "قال إن الموعد 15 مارس الساعة 10:30"
FAMILY, SMILE, HEART = "👩‍👩‍👧", "🙂", "❤️"


def text_of(pdf: bytes) -> str:
    """Return the text of every sheet, without the invisible break points of long words."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "\n".join(page.extract_text() for page in pages).replace("\u200b", "")


def shown_names(person: Person) -> list[str]:
    return [row.title.strip("\u2068\u2069") for row in person.program.work.clients.shown()]


def find(person: Person, query: str) -> list[str]:
    """Type into the find field and return who is shown."""
    field = person.box("client_find")
    assert isinstance(field, QLineEdit)
    field.selectAll()
    person.type(query)
    return shown_names(person)


@pytest.fixture
def everyone(person: Person) -> Person:
    for number, name in enumerate(NAMES, 1):
        person.add_client(f"K{number}", name)
    return person


def test_each_name_is_found_by_what_people_type_and_sorted_as_they_expect(everyone: Person) -> None:
    assert sorted(shown_names(everyone)) == sorted(NAMES)
    latin = [name for name in shown_names(everyone) if name[0] in "BNOS"]
    assert latin == ["Björk", "Nguyễn Thị Hòa", "O’Connor", "Sukarno"]
    found = {query: find(everyone, query) for query in QUERIES}
    assert found == {query: [name] for query, name in QUERIES.items()}
    assert find(everyone, "zzz") == []


def test_names_are_kept_over_a_lock_and_printed_unchanged(everyone: Person, tmp_path: Path) -> None:
    person = everyone
    person.key(Keys.Key_L, CTRL)
    person.unlock()
    assert sorted(shown_names(person)) == sorted(NAMES)
    for name in NAMES:
        find(person, name)
        person.key(Keys.Key_Return)
        assert person.said("header_name").strip("\u2068\u2069") == name
        person.notice("a word")
        agreed(person, "Ask before joking.")
        person.key(Keys.Key_P, CTRL)
        person.unfold_choices()
        person.press("preview_name")
        heading = next(line for line in text_of(person.pdf(tmp_path)).splitlines() if line.startswith("For "))
        assert holds(heading, name), f"{name} is not on the page: {heading}"


def holds(line: str, name: str) -> bool:
    """Say whether a line of a PDF holds a name and no other letters.

    pypdf gives a right-to-left name in the order of its glyphs, and a letter that has its true text beside its
    glyphs twice; so letters are looked for in their order, either way round.
    """
    said = unicodedata.normalize("NFC", line.removeprefix("For "))
    wanted = unicodedata.normalize("NFC", name)
    same = set(said) - {" "} == set(wanted) - {" "}
    return same and all(any(_in_order(word, way) for way in (said, said[::-1])) for word in wanted.split())


def _in_order(wanted: str, said: str) -> bool:
    rest = iter(said)
    return all(letter in rest for letter in wanted)


def agreed(person: Person, understood: str) -> None:
    """Fill what the client page needs: the shared words, and that the client has seen them."""
    person.card(3)
    person.write("understood", understood)
    person.press("wording_seen_yes")


def sides(box: object) -> list[str]:
    """Return on which side each paragraph of a box begins, as it is laid out."""
    found = []
    block = box.document().begin()
    while block.isValid():
        if block.text().strip():
            line = block.layout().lineAt(0)
            room, text = line.width(), line.naturalTextRect()
            left, right = text.left(), room - text.right()
            found.append("right" if right < left else "left")
        block = block.next()
    return found


def test_paragraphs_keep_their_side_shown_locked_and_reopened(with_client: Person) -> None:
    person = with_client
    person.key(Keys.Key_N, CTRL)
    box = person.write("body", f"{HEBREW}\n{ENGLISH}\n{ARABIC}")
    settle()
    assert sides(box) == ["right", "left", "right"]
    person.key(Keys.Key_L, CTRL)
    person.unlock()
    settle()
    box = person.find("body")
    assert box.toPlainText() == f"{HEBREW}\n{ENGLISH}\n{ARABIC}"
    assert sides(box) == ["right", "left", "right"]
    person.start_again().unlock()
    settle()
    assert sides(person.find("body")) == ["right", "left", "right"]


def lines_on_paper(pdf: bytes) -> Iterator[tuple[str, float]]:
    """Yield each piece of text with where on the sheet it begins, in points."""
    for page in PdfReader(io.BytesIO(pdf)).pages:
        pieces: list[tuple[str, float]] = []

        def take(text: str, cm: list[float], tm: list[float], *_: object, pieces: list = pieces) -> None:
            pieces.append((text, cm[0] * tm[4] + cm[2] * tm[5] + cm[4]))

        page.extract_text(visitor_text=take)
        yield from pieces


def test_paragraphs_keep_their_side_on_paper(with_client: Person, tmp_path: Path) -> None:
    person = with_client
    person.notice("a word")
    agreed(person, f"{HEBREW}\n{ENGLISH}\n{ARABIC}")
    person.key(Keys.Key_P, CTRL)
    pieces = [(text, at) for text, at in lines_on_paper(person.pdf(tmp_path)) if text.strip()]
    english = min(at for text, at in pieces if "She" in text)
    hebrew = max(at for text, at in pieces if any("\u05d0" <= letter <= "\u05ea" for letter in text))
    arabic = max(at for text, at in pieces if any("\u0600" <= letter <= "\u06ff" for letter in text))
    assert english < 100 < 300 < min(hebrew, arabic), list(pieces)


def stands_last(words: str, ending: str) -> bool:
    """Say whether the end of a line stands at its far right when the line is laid out from the left."""
    assert words.endswith(ending)
    layout = QTextLayout(words)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(4000)
    layout.endLayout()
    here = line.cursorToX(len(words) - len(ending) + 1)[0]
    return here > line.naturalTextWidth() * 0.6


def test_a_number_stays_last_after_a_name_of_the_other_direction(person: Person) -> None:
    assert stands_last(f"Note for {isolated('محمد')} (2)", "(2)")
    assert not stands_last("Note for محمد (2)", "(2)"), "without the isolates it would not, so the check can fail"
    person.add_client("7 (2)", "محمد")
    person.notice("a word")
    person.flush()
    client = person.program.work.clients.shown()[0]
    assert client.spoken.startswith("\u2068محمد\u2069, code \u20687 (2)\u2069")
    person.key(Keys.Key_3, CTRL)
    strain = person.find("strain_rows").rows.row(0)
    for words in strain.under:
        assert "\u2068محمد\u2069" in words
        assert stands_last(words, words[-4:]), words


def test_one_arrow_key_passes_each_emoji(with_client: Person) -> None:
    person = with_client
    person.key(Keys.Key_N, CTRL)
    box = person.write("body", f"{FAMILY}{SMILE}{HEART}")
    box.moveCursor(QTextCursor.MoveOperation.Start)
    stops = [0]
    for _ in range(3):
        person.key(Keys.Key_Right)
        stops.append(box.textCursor().position())
    units = [len(one.encode("utf-16-le")) // 2 for one in (FAMILY, SMILE, HEART)]
    assert stops == [0, units[0], units[0] + units[1], sum(units)]
    for stop in reversed(stops[:-1]):
        person.key(Keys.Key_Left)
        assert box.textCursor().position() == stop


def test_emoji_in_a_name_are_found_and_on_paper_none_vanishes(person: Person, tmp_path: Path) -> None:
    person.add_client("E1", f"Sam {FAMILY} {HEART}")
    person.add_client("E2", f"Kim {SMILE}")
    assert find(person, SMILE) == [f"Kim {SMILE}"]
    assert find(person, FAMILY) == [f"Sam {FAMILY} {HEART}"]
    person.key(Keys.Key_Return)
    person.notice("a word")
    agreed(person, f"We smile {SMILE} and {FAMILY} and {HEART}")
    person.key(Keys.Key_P, CTRL)
    printed = text_of(person.pdf(tmp_path))
    listed = person.maybe("preview_notice_next_step")
    said = listed.text() if listed is not None else ""
    for one in (SMILE, "👩", "👧", "❤"):
        assert one in printed or one in said, f"{one} vanished silently"
    assert "We smile" in printed
