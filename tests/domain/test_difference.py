"""What changed between two states of an entry, in words taken out and words added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_desktop.domain.answers import Answers, chosen
from alliance_desktop.domain.difference import GAP, Change, Mark, Piece, Said, changes, pieces, told
from alliance_desktop.domain.formfile import read_form

FORM = read_form(
    "odd.toml",
    """
id = "odd"
version = 1
title = "Odd"
[[cards]]
id = "one"
title = "One"
questions = [
  {key = "words", kind = "prose", audience = "REC", label = "Words", ref = "1", source = "G"},
  {key = "mood", kind = "choice", audience = "REC", label = "Mood", ref = "2", source = "G", options = [
    {id = "calm", label = "Calm"}, {id = "torn", label = "Torn"}]},
  {key = "session", kind = "link", audience = "REC", label = "Which session", ref = "3", source = "G"},
]
""",
)
OLD_WAYS = [Mark.SAME, Mark.OUT]
NEW_WAYS = [Mark.SAME, Mark.IN]


def said(answers: Answers) -> Said:
    return Said(FORM, FORM.cards[0], answers)


def compared(was: Answers, now: Answers) -> list[Change]:
    return changes(said(was), said(now), lambda id: f"Note {id}")


def marks(was: str, now: str) -> str:
    signs = {Mark.SAME: "{}", Mark.OUT: "[-{}-]", Mark.IN: "[+{}+]"}
    return "".join(signs[one.mark].format(one.text) for one in pieces(was, now))


@pytest.mark.parametrize(
    ("was", "now", "read"),
    [
        ("She sat by the door.", "She sat by the window.", "She sat by the [-door-][+window+]."),
        ("She sat.", "She sat down at last.", "She sat[+ down at last+]."),
        ("A red old door", "A blue new door", "A [-red old-][+blue new+] door"),
        ("One.\nTwo.", "One.\nTwo and three.", "One.\nTwo[+ and three+]."),
        ("李小龙来了", "李小龙走了", "李小龙[-来-][+走+]了"),
        ("خرج محمد اليوم", "خرج محمد أمس", "خرج محمد [-اليوم-][+أمس+]"),
        ("", "New", "[+New+]"),
        ("Old", "", "[-Old-]"),
    ],
)
def test_words_are_compared(was: str, now: str, read: str) -> None:
    assert marks(was, now) == read


def test_a_long_text_is_cut_to_the_passages_that_changed() -> None:
    many = " ".join(f"word{at}" for at in range(400))
    now = many.replace("word200", "another").replace("word399", "end")
    read = marks(many, now)
    assert read.count(GAP) == 2
    assert "word199 [-word200-][+another+] word201" in read
    assert "word100" not in read
    assert len(read) < 500


@given(st.text(alphabet="ab \n.李", max_size=30), st.text(alphabet="ab \n.李", max_size=30))
def test_both_texts_can_be_read_from_their_pieces(was: str, now: str) -> None:
    found = pieces(was, now)
    assert "".join(one.text for one in found if one.mark in OLD_WAYS) == was
    assert "".join(one.text for one in found if one.mark in NEW_WAYS) == now


def test_long_texts_that_share_no_word_are_told_as_two_texts() -> None:
    was, now = (" ".join(f"{letter}{at}" for at in range(20_000)) for letter in "ab")
    found = pieces(was, now)
    assert [one.mark for one in found] == [Mark.OUT, Mark.IN]
    assert found[0].text == was


def test_a_choice_is_taken_out_and_added_whole() -> None:
    (one,) = compared({"mood": chosen("calm")}, {"mood": chosen("torn", text="a little")})
    assert one == Change("Mood", (Piece(Mark.OUT, "Calm"), Piece(Mark.IN, "Torn – a little")))
    assert one.spoken == "Mood. Taken out: Calm. Added: Torn – a little."


def test_only_what_changed_is_told_in_the_order_of_the_card() -> None:
    was: Answers = {"words": "The same", "session": [7], "mood": chosen("calm"), "unknown": "x"}
    now: Answers = {"words": "The same", "session": [8]}
    assert [one.label for one in compared(was, now)] == ["Mood", "Which session"]
    assert compared(was, now)[1].spoken == "Which session. Taken out: Note 7. Added: Note 8."
    assert compared(now, dict(now)) == []


def test_a_question_that_only_the_older_form_had_is_told_too() -> None:
    card = FORM.cards[0]
    fewer = Said(FORM, type(card)(id="one", title="One", questions=card.questions[1:]), {})
    (one,) = changes(said({"words": "Older"}), fewer, str)
    assert (one.label, one.out, one.added) == ("Words", ["Older"], [])


def test_all_that_a_version_says_can_be_read() -> None:
    assert told(said({"words": "A\nB", "mood": chosen("calm"), "session": [7]}), lambda id: f"Note {id}") == [
        ("Words", "A\nB"),
        ("Mood", "Calm"),
        ("Which session", "Note 7"),
    ]
