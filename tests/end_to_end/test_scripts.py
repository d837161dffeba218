"""Scenarios 11, 12 and 14: names and notes in any script, right to left, and emoji."""

from pathlib import Path

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextLayout, QTextOption
from scripts_cases import (
    ARABIC,
    ENGLISH,
    HEBREW,
    NAMES,
    QUERIES,
    agreed,
    find,
    holds,
    lines_on_paper,
    shown_names,
    sides,
    text_of,
)

from alliance_desktop.ui.words import isolated

# Latin letters with marks go to paper in tests/documents/test_characters.py; a name of each other script goes here too.
OTHER_SCRIPTS = [name for name in NAMES if not name[0].isascii()]
FAMILY, SMILE, HEART = "👩‍👩‍👧", "🙂", "❤️"


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
        if name not in OTHER_SCRIPTS:
            continue
        person.notice("a word")
        agreed(person, "Ask before joking.")
        person.key(Keys.Key_P, CTRL)
        person.unfold_choices()
        person.press("preview_name")
        heading = next(line for line in text_of(person.pdf(tmp_path)).splitlines() if line.startswith("For "))
        assert holds(heading, name), f"{name} is not on the page: {heading}"


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
