"""The recovery key on paper: what is read back, and what a typing mistake is answered with."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_desktop.domain.errors import MistypedRecoveryKeyError
from alliance_desktop.keys.recovery import groups, read_recovery, recovery_text

KEYS = st.binary(min_size=20, max_size=20)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY = bytes.fromhex("4b227777d4dd1fc61c6f884f48641d02b4d121d3")


def bare(key=KEY):
    return recovery_text(key).replace("-", "")


def groups_named(typed):
    with pytest.raises(MistypedRecoveryKeyError) as caught:
        read_recovery(typed)
    return [int(one) for one in re.findall(r"\d+", caught.value.sentence)]


@given(KEYS)
def test_what_is_written_is_read_back(key):
    text = recovery_text(key)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}", text)
    assert read_recovery(text) == key


@given(KEYS, st.randoms(use_true_random=False))
def test_case_spaces_hyphens_and_lookalikes_are_forgiven(key, chance):
    typed = []
    for one in recovery_text(key).replace("-", ""):
        one = chance.choice({"0": "0Oo", "1": "1IiLl"}.get(one, one + one.lower()))
        typed.append(one + chance.choice(["", "", " ", "-", "\n", "–", "\u00a0", "\u200b"]))
    assert read_recovery("".join(typed)) == key


def test_full_width_digits_are_read():
    assert read_recovery(bare().translate({ord(str(at)): chr(0xFF10 + at) for at in range(10)})) == KEY


def test_another_length_of_key_is_a_bug():
    with pytest.raises(ValueError):
        recovery_text(bytes(19))


@pytest.mark.parametrize("at", range(36))
def test_one_wrong_character_names_its_group(at):
    text = bare()
    for wrong in ALPHABET.replace(text[at], ""):
        assert groups_named(text[:at] + wrong + text[at + 1 :]) == [at // 4 + 1]


@pytest.mark.parametrize("at", range(35))
def test_two_neighbours_changed_about_name_their_groups(at):
    text = bare()
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    assert swapped != text, "this key was chosen to have no twin neighbours"
    assert groups_named(swapped) == sorted({at // 4 + 1, (at + 1) // 4 + 1})


def test_a_group_typed_with_two_neighbouring_mistakes_is_named():
    text = bare()
    for at in (0, 8, 20, 34):
        typed = list(text)
        for place in (at, at + 1):
            typed[place] = ALPHABET[(ALPHABET.index(typed[place]) + 5) % 32]
        assert groups_named("".join(typed)) == [at // 4 + 1]


def test_no_two_mistakes_pass_and_none_is_corrected():
    chance = random.Random(5)
    unlocated = 0
    for _ in range(3000):
        typed = list(bare())
        for at in chance.sample(range(36), 2):
            typed[at] = chance.choice(ALPHABET.replace(typed[at], ""))
        unlocated += not groups_named("".join(typed))
    assert unlocated > 0, "some pairs of mistakes cannot be located, and then no group is named"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "36 characters are missing"),
        (bare()[:-4], "4 characters are missing"),
        (bare()[1:], "1 character is missing"),
        (bare() + "A", "1 character is too many"),
        (bare() + "ABC", "3 characters are too many"),
        ("A" * 100_000, "99964 characters are too many"),
    ],
)
def test_a_wrong_length_says_how_many(typed, words):
    with pytest.raises(MistypedRecoveryKeyError) as caught:
        read_recovery(typed)
    assert words in caught.value.sentence


def test_a_character_no_key_has_names_its_group():
    text = bare()
    assert groups_named(text[:5] + "U" + text[6:]) == [2]
    assert groups_named("é" + text[1:35] + "§") == [1, 9]


@given(st.text(max_size=60))
def test_any_text_is_read_or_answered_plainly(typed):
    try:
        assert len(read_recovery(typed)) == 20
    except MistypedRecoveryKeyError as error:
        said = error.sentence and error.next_step
    else:
        said = "read"
    assert said


def test_the_answer_repeats_nothing_that_was_typed():
    typed = "ZZZZ" + bare()[4:]
    with pytest.raises(MistypedRecoveryKeyError) as caught:
        read_recovery(typed)
    assert not any(one in str(caught.value) for one in groups(typed))


def test_groups_are_nine_of_four():
    assert groups(recovery_text(KEY)) == recovery_text(KEY).split("-")
    assert groups("abc de") == ["ABCD", "E"]


@pytest.mark.parametrize("dash", ["\u2212", "\u30fc", "_", "\u2013", "\u00ad"])
def test_any_dash_may_stand_between_the_groups(dash):
    text = recovery_text(bytes(range(20)))
    assert read_recovery(text.replace("-", dash)) == bytes(range(20))


def test_digits_of_another_script_count():
    text = recovery_text(bytes(range(20)))
    assert read_recovery(text.translate({48 + one: 0x660 + one for one in range(10)})) == bytes(range(20))
