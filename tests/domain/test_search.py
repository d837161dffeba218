"""Words cut and folded in any script, what is asked, and where it stands in a text as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_desktop.domain.search import cutting
from alliance_desktop.domain.search.asking import MOST, Asked, Term, asked
from alliance_desktop.domain.search.marking import Marker, piece


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She went QUIET.", ["she", "went", "quiet"]),
        ("Straße, O’Connor's café", ["strasse", "oconnors", "cafe"]),
        ("Nguyễn Văn Hòa", ["nguyen", "van", "hoa"]),
        ("李小龙 says", ["李", "小", "龙", "says"]),
        ("สมชาย", list("สมชาย")),
        ("ひらがな", list("ひらかな")),
        ("👩‍👩‍👧❤️", ["👩", "👩", "👧", "❤"]),
        ("محمد أحمد", ["محمد", "احمد"]),
        ("हिन्दी", ["हिनदी"]),
        ("well-being_now 3rd", ["well", "being", "now", "3rd"]),
        ("", []),
        (" '’¦ — ", []),
    ],
)
def test_words_are_cut_and_folded(text: str, words: list[str]) -> None:
    assert cutting.words(text) == words


@pytest.mark.parametrize(
    ("typed", "inside", "terms"),
    [
        ("Con", False, [Term(("con",), open=True)]),
        ("con con", False, [Term(("con",), open=True)]),
        ("con", True, [Term(("con",), open=True, inside=True)]),
        ('"she went"', True, [Term(("she", "went"))]),
        ("“she went", False, [Term(("she", "went"))]),
        ("well-be", True, [Term(("well", "be"), open=True)]),
        ("小龙", True, [Term(("小", "龙"))]),
        ("i am", False, [Term(("i",)), Term(("am",), open=True)]),
        ("龙", False, [Term(("龙",))]),
        ('""', False, []),
    ],
)
def test_what_is_typed_becomes_terms(typed: str, inside: bool, terms: list[Term]) -> None:
    assert asked(typed, inside=inside) == Asked(tuple(terms))


def test_one_letter_alone_is_too_short() -> None:
    assert asked("a") == Asked((), too_short=True)
    assert not asked("").too_short
    assert not asked("…").too_short


TEXT = "Die Straße von\n\n O’Connor's well-being und well, being; 李小龙 sagte สมชาย. Connie con."


@pytest.mark.parametrize(
    ("typed", "inside", "found"),
    [
        ("strasse", False, ["Straße"]),
        ("con", False, ["Connie", "con"]),
        ("con", True, ["Con", "Con", "con"]),
        ('"con"', False, ["con"]),
        ("well-be", False, ["well-being", "well, being"]),
        ("小龙", False, ["小龙"]),
        ("ชาย", False, ["ชาย"]),
        ("being 李", False, ["being", "being", "李"]),
        ("龙小", False, []),
        ("eing", False, []),
    ],
)
def test_marks_stand_on_the_words_as_they_were_written(typed: str, inside: bool, found: list[str]) -> None:
    spans = Marker(asked(typed, inside=inside)).spans(TEXT)
    assert [TEXT[start:end] for start, end in spans] == found


@given(st.text(max_size=80))
def test_every_word_of_any_text_is_found_where_it_stands(text: str) -> None:
    for word in cutting.words(text):
        spans = Marker(Asked((Term((word,)),))).spans(text)
        assert spans
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert word in cutting.words(text[slice(*spans[0])]), "one character, such as ½, may hold two words"


@given(st.text(max_size=200), st.text(alphabet="abc ßệ李", max_size=30))
def test_a_piece_is_one_line_with_its_marks_in_it(text: str, typed: str) -> None:
    marker = Marker(asked(typed))
    found = piece(text, marker.spans(text))
    assert "\n" not in found.text
    assert all(0 <= start <= end <= len(found.text) for start, end in found.marks)


def test_a_piece_stands_around_the_first_mark() -> None:
    text = f"{'before ' * 40}heron {'after ' * 60}"
    found = Marker(asked("heron")).snippet(text)
    assert found is not None
    most, found = found
    assert most == 1
    assert found.text.startswith("…before")
    assert found.text.endswith("after…")
    assert 140 < len(found.text) < 190
    assert [found.text[start:end] for start, end in found.marks] == ["heron"]
    assert Marker(asked("egret")).snippet(text) is None
    assert piece("short").text == "short"


def test_a_piece_stands_where_most_of_what_was_asked_is_close() -> None:
    text = f"A heron. {'Nothing of it. ' * 30}An egret met the heron. {'Nothing. ' * 30}An egret."
    found = Marker(asked("egret heron")).snippet(text)
    assert found is not None
    most, told = found
    assert most == 2
    assert [told.text[start:end] for start, end in told.marks] == ["egret", "heron"]
    spans = Marker(asked("egret heron")).spans(text)
    assert text[slice(*spans[0])] == "egret"
    assert len(spans) == 3


def test_a_very_long_text_is_marked_in_no_time_that_grows_with_its_square() -> None:
    text = "con" * 60_000 + " heron"
    assert len(Marker(asked("heron nor", inside=True)).spans(text)) == 1
    assert len(Marker(asked("heron nor")).spans(text)) == 1
    assert cutting.words(text)[0] == ("con" * 30)[:64]


def test_only_the_first_words_of_a_pasted_page_are_looked_for() -> None:
    page = " ".join(f"w{one}" for one in range(3_000))
    what = asked(page)
    assert what.terms == asked(" ".join(f"w{one}" for one in range(MOST))).terms
    assert what.left_out
    assert not asked("heron " * 3_000).left_out, "a word said again is no further word"
    assert asked(f'"{page}"') == Asked((Term(what_words(page)[:MOST]),), left_out=True)
    assert asked(f'heron "{page}"') == Asked((Term(("heron",), open=True),), left_out=True)


def what_words(text: str) -> tuple[str, ...]:
    return tuple(cutting.words(text))


def test_many_words_are_marked_without_a_pattern_for_each() -> None:
    marker = Marker(asked(" ".join(f"w{one}" for one in range(MOST))))
    assert "\\w" not in marker._heads.pattern
    assert marker.spans("W3, w31 and w3x, aw3") == [(0, 2), (4, 7), (12, 15)]
    assert Marker(asked('"w3 and" and')).spans("w3 and, and") == [(0, 6), (8, 11)]


@pytest.mark.parametrize("text", ["кон" * 20_000, "con " * 20_000, "李" * 40_000])
def test_a_text_of_one_word_over_and_over_is_marked_as_well(text: str) -> None:
    assert Marker(asked('кон con "李 李" onkon')).spans(text)
