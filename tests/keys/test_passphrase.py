"""What is asked of a passphrase, how its strength is said, and the six words on offer."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_desktop.keys.passphrase import problems, strength, suggest, suggestion_bits
from alliance_desktop.resources import resource


@pytest.mark.parametrize(
    "good",
    [
        "the kettle sings at four",
        "Grüße aus dem Norden",
        "σήμερα βρέχει πολύ εδώ",
        "今日は雨がとても強く降っていますね",
        "🌧🌈☕🚲🎻📚🕯🧭🍎🌻🦔🎈🪁🧩🪴",
        "correct horse battery staple",
        "  spaces at both ends  ",
        "x" * 5 + "".join(chr(0x4E00 + at) for at in range(1019)),
    ],
)
def test_a_good_passphrase_has_no_problems(good):
    assert problems(good) is None


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("", "this one has 0"),
        ("fourteen chars", "this one has 14"),
        ("ab" * 513, "this one has 1026"),
        ("a" * 20, "repeats"),
        (" " * 20, "repeats"),
        ("abababababababab", "repeats"),
        ("passwordpassword", "most often"),
        ("Password 12345678", "most often"),
        ("dragon superman", "most often"),
        ("abcdefghijklmnopq", "most often"),
        ("qwertyuiopasdfgh", "most often"),
        ("zyxwvutsrqponmlk", "most often"),
        ("1234567890123456", "most often"),
        ("alliance-desktop", "most often"),
        ("session notebook", "most often"),
    ],
)
def test_a_bad_passphrase_is_told_why(bad, words):
    assert words in (problems(bad) or "")


def test_length_is_counted_as_it_will_be_used():
    assert problems("ffi" * 4 + "abc") is None
    assert problems("ﬃ" * 4 + "xyz") is None, "each ligature is three letters"


@given(st.text(max_size=40))
def test_any_text_is_judged(text):
    assert problems(text) is None or problems(text).endswith(".")
    assert 0 <= strength(text).score <= 4


def test_strength_grows_and_is_said_in_words():
    weak, strong = strength("password"), strength("walnut cliff ribbon otter lantern mossy")
    assert weak.score == 0
    assert strong.score == 4
    assert weak.words != strong.words
    assert strength("").words == ""
    assert strength("a very long passphrase " * 40).score >= 3


def test_six_words_come_from_the_list_and_make_a_good_passphrase():
    words = resource("words.txt").read_text("utf-8").split()
    for _ in range(50):
        offered = suggest(os.urandom)
        assert len(offered.split(" ")) == 6
        assert set(offered.split(" ")) <= set(words)
        assert problems(offered) is None


def test_the_word_list_is_what_the_bits_say():
    words = resource("words.txt").read_text("utf-8").split()
    assert len(words) == len(set(words)) >= 2048
    assert all(one.isascii() and one.islower() and 3 <= len(one) <= 9 for one in words)
    assert 70 <= suggestion_bits() < 71


def test_each_word_is_as_likely_as_another():
    words = resource("words.txt").read_text("utf-8").split()
    rounds = 65536 - 65536 % len(words)
    draws = iter([65535, rounds, rounds - 1, 0, 1, len(words), 5, 6])

    def random(count):
        return next(draws).to_bytes(count, "big")

    assert suggest(random).split(" ") == [words[-1], words[0], words[1], words[0], words[5], words[6]]
