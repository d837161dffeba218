"""The executor's key on paper: read back in its own vault only, told apart, and each mistake named by its group."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_desktop.domain.errors import MistypedRecoveryKeyError
from alliance_desktop.keys.executor import executor_text, is_executor, is_whole_executor, read_executor
from alliance_desktop.keys.recovery import MARK, is_recovery, read_recovery, recovery_text

KEYS = st.binary(min_size=20, max_size=20)
VAULTS = st.binary(min_size=16, max_size=16)
KEY = bytes.fromhex("4b227777d4dd1fc61c6f884f48641d02b4d121d3")
VAULT = bytes(range(16))
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def bare() -> str:
    return executor_text(KEY, VAULT).replace("-", "")


def sentence(typed: str) -> str:
    with pytest.raises(MistypedRecoveryKeyError) as caught:
        read_executor(typed, VAULT)
    return caught.value.sentence


@given(KEYS, VAULTS)
def test_what_is_written_is_read_back_and_is_no_recovery_key(key: bytes, vault: bytes) -> None:
    text = executor_text(key, vault)
    assert re.fullmatch(r"EXEC(-[0-9A-HJKMNP-TV-Z]{4}){9}", text)
    assert read_executor(text, vault) == key
    assert is_executor(text)
    assert is_whole_executor(text)
    assert not is_recovery(text)
    assert not is_recovery(text.removeprefix(f"{MARK}-")), "without its mark it is no recovery key either"


def test_where_a_recovery_key_is_asked_for_it_is_named_for_what_it_is() -> None:
    with pytest.raises(MistypedRecoveryKeyError, match=r"This is an executor's key\."):
        read_recovery(executor_text(KEY, VAULT).lower())


@given(KEYS, VAULTS)
def test_a_recovery_key_is_no_executor_key(key: bytes, vault: bytes) -> None:
    text = recovery_text(key)
    assert not is_executor(text)
    assert not is_whole_executor(f"{MARK}-{text}"), "nor with the mark put before it"
    assert read_recovery(text) == key, "the control: it opens as it did"


def test_a_recovery_key_that_begins_with_the_letters_of_the_mark_is_one_all_the_same() -> None:
    number = 0
    for one in "EXEC" + "0" * 28:
        number = number << 5 | ALPHABET.index(one)
    text = recovery_text(number.to_bytes(20, "big"))
    assert text.startswith(MARK)
    assert not is_executor(text)


@given(KEYS, VAULTS, VAULTS)
def test_in_another_vault_it_stands_for_another_key(key: bytes, vault: bytes, other: bytes) -> None:
    assert (read_executor(executor_text(key, vault), other) == key) == (vault == other)


def test_the_groups_of_the_recovery_sheet_do_not_stand_on_it() -> None:
    assert not set(executor_text(KEY, VAULT).split("-")) & set(recovery_text(KEY).split("-"))


@given(KEYS, VAULTS, st.randoms(use_true_random=False))
def test_case_spaces_dashes_and_lookalikes_are_forgiven(key: bytes, vault: bytes, chance: random.Random) -> None:
    typed = []
    for one in executor_text(key, vault).replace("-", ""):
        one = chance.choice({"0": "0Oo", "1": "1IiLl"}.get(one, one + one.lower()))
        typed.append(one + chance.choice(["", "", " ", "-", "\n", "–", "\u00a0"]))
    assert is_executor("".join(typed))
    assert read_executor("".join(typed), vault) == key


@pytest.mark.parametrize("at", range(40))
def test_one_wrong_character_names_its_group_counted_from_the_mark(at: int) -> None:
    text = bare()
    for wrong in ALPHABET.replace(text[at], ""):
        typed = text[:at] + wrong + text[at + 1 :]
        assert is_executor(typed)
        assert not is_whole_executor(typed)
        assert sentence(typed) == f"Group {at // 4 + 1} of the executor's key looks mistyped."


def test_what_is_missing_or_too_much_is_counted() -> None:
    assert sentence(bare()[:-2]) == (
        "An executor's key has 40 characters in ten groups of four, the first of which is EXEC; "
        "here 2 characters are missing."
    )
    assert sentence(bare() + "A").endswith("here 1 character is too many.")
    assert sentence(bare()[4:]) == "The first group of the executor's key is missing. It is EXEC."


@pytest.mark.parametrize("typed", ["", "a quiet lamp by the river", "executor", "1234-5678", "EXE"])
def test_other_words_are_not_taken_for_a_whole_one(typed: str) -> None:
    assert not is_whole_executor(typed)


def test_the_writing_stays_as_it_is_for_ever() -> None:
    assert executor_text(KEY, VAULT) == "EXEC-WM7W-0RZQ-D7QX-W7PM-49GV-MSRQ-VCW2-9HQS-2FW8"
