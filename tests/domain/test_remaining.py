"""What is left for the eye, once the known names are gone."""

import pytest

from alliance_desktop.domain.unnamed.by_hand import Hand
from alliance_desktop.domain.unnamed.remaining import Left, Looking, has_no_capitals, remaining
from alliance_desktop.domain.unnamed.replacing import Passage, Reading
from alliance_desktop.domain.unnamed.weeks import Weeks
from tests.domain.unnamed_cases import NEAR, START, VAULT, left


def _told(text: str, *hands: Hand) -> list[tuple[str, str, int]]:
    return [(one.kind.value, one.words, one.times) for one in left(text, *hands)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She saw Priya and Priya.", [("capital", "Priya", 2)]),
        ("Priya came.", [("opening", "Priya", 1)]),
        ("The day after, She and Mara went.", [("capital", "Mara", 1)]),
        ("We went to Norwich City Hall on Monday.", [("capital", "Norwich City Hall", 1)]),
        ("I met Dana’s friend O’Neil.", [("capital", "O’Neil", 1)]),
        ("mail x@y.org or ring 0161 496 0000 or see https://a.example/b.", [
            ("email", "x@y.org", 1), ("phone", "0161 496 0000", 1), ("link", "https://a.example/b", 1)]),
        ("room 12 at 10:30", [("number", "12", 1), ("number", "10:30", 1)]),
        ("I think will did. Will did.", [("unsure", "Will", 1), ("small", "will", 1)]),
        ("nothing here, I said. I’m sure. It was.", []),
        ("On 3 March 2026 they rang.", []),
        ("They said “Would you?”: It’s fine – Can we?", []),
        ("They said “Mara went”.", [("opening", "Mara", 1)]),
        ("We asked, and It’s Mara’s.", [("capital", "Mara’s", 1)]),
        ("Dana told me.", []),
        ("said ÉLODIE", [("capital", "ÉLODIE", 1)]),
        ("said Анна", [("capital", "Анна", 1)]),
    ],
)  # fmt: skip
def test_what_is_left_is_listed(text: str, found: list[tuple[str, str, int]]) -> None:
    assert _told(text) == found


def test_what_was_decided_by_hand_is_left_no_more() -> None:
    text = "She saw Priya in Norwich, room 12."
    assert [one[1] for one in _told(text)] == ["Priya", "Norwich", "12"]
    assert _told(text, Hand("Priya", "a friend"), Hand("Norwich", ""), Hand("12", "")) == []


def test_each_thing_tells_where_it_stands() -> None:
    text = "I met Dana and Priya."
    assert [text[one.at :].split(".")[0] for one in left(text)] == ["Priya"]


def test_most_telling_first() -> None:
    kinds = [one.kind for one in left("Priya saw Ben, room 3, a@b.org, and will did.")]
    assert kinds == [Left.SMALL, Left.CAPITAL, Left.EMAIL, Left.NUMBER, Left.OPENING]


def test_scripts_without_capitals_are_told() -> None:
    assert all(has_no_capitals(one) for one in ("你好", "مرحبا", "สวัสดี", "안녕", "नमस्ते", "שלום"))
    assert not any(has_no_capitals(one) for one in ("Hello", "Привет", "Γεια", "🙂 12", ""))


def test_what_the_program_offered_to_choose_is_not_listed() -> None:
    text = "Very short answers, Leaves early – Three times. Mara knows."
    passage = Passage(text=text, near=NEAR, weeks=Weeks(START), ours=len("Very short answers, Leaves early – "))
    (pieces,) = VAULT.unnamed([passage])
    assert [one.words for one in remaining([pieces], VAULT.names)] == ["Three", "Mara"]
    assert "".join(one.said for one in pieces) == text
    assert [one.words for one in left(text)] == ["Leaves", "Three", "Mara"], "all of it typed"


@pytest.mark.parametrize(
    "word",
    [
        "whitfields",
        "okaforen",
        "danas",
        "riversides",
        "Danas",
        "danawhitfield",
        "ruthokafor",
        "danaokafors",
        "willdana",
    ],
)
def test_a_name_with_an_ending_or_in_one_word_is_listed(word: str) -> None:
    assert ("alike", word, 1) in _told(f"it was the {word} book")


@pytest.mark.parametrize("word", ["danatorium", "sams", "an", "booklet", "ruthless", "dana"])
def test_a_longer_word_is_not_a_name_with_an_ending(word: str) -> None:
    assert not [one for one in _told(f"it was the {word} book") if one[0] == "alike"]


def test_a_word_replaced_by_hand_is_listed_where_it_begins_otherwise() -> None:
    found = _told("She saw Priya, and priya saw her. priya went.", Hand("Priya", "a friend"))
    assert found == [("other_case", "priya", 2)]
    assert _told("she saw priya. Here is Priya.", Hand("priya", "a friend")) == [("capital", "Priya", 1)]
    assert _told("She saw priya.", Hand("Priya")) == [], "what stays may stay in any way"
    found = _told("Priya Shah and priya  shah came.", Hand("Priya Shah", "a friend"))
    assert found == []


def test_only_what_changed_is_looked_through_again() -> None:
    texts = [Passage(text=one, near=NEAR, weeks=Weeks(START)) for one in ("Here Priya came.", "Here Mara came.")]
    reading, looking = Reading(VAULT, texts), Looking(VAULT.names)
    for hands in ((), (Hand("Priya", "a friend"),), (Hand("Priya"), Hand("Mara", "a tutor")), ()):
        pieces = reading.pieces(hands)
        assert pieces == VAULT.unnamed(texts, hands)
        assert looking.remaining(pieces, hands) == remaining(pieces, VAULT.names, hands)
    first, again = reading.pieces(), reading.pieces((Hand("Priya", "a friend"),))
    assert again[1] is first[1], "the text that no hand has touched is the same"
    assert again[0] != first[0]
