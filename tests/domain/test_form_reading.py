"""A form file that cannot be used is refused with the file, the key and the reason."""

import pytest

from alliance_desktop.domain.errors import FormFileError, KnownError
from alliance_desktop.domain.formfile import read_form

WHOLE = """
id = "small"
version = 1
title = "Small"

[[lists]]
id = "signs"
options = [{ id = "a", label = "A" }, { id = "b", label = "B" }]

[[cards]]
id = "one"
title = "One"
dated_by = "on"
enough = [["on"]]
summary = ["words"]

[[cards.questions]]
key = "on"
kind = "date"
audience = "REC"
label = "When?"

[[cards.questions]]
key = "words"
kind = "prose"
audience = "PRIV"
label = "Words"

[[cards.questions]]
key = "seen"
kind = "choices"
audience = "PRIV"
label = "Signs"
list = "signs"
text = "In your own words"

[[cards.questions]]
key = "more"
kind = "rows"
audience = "SHARE"
label = "More"
show_if = { question = "seen", any = ["a", ""] }
columns = [
  { key = "what", kind = "line", label = "What" },
  { key = "state", kind = "choice", label = "State", options = [{ id = "x", label = "X" }] },
]
"""

BROKEN = {
    "no TOML": ("[[cards]", "[[cards", "the file", "not TOML"),
    "nothing in it": (WHOLE, "", "the file", "missing required field"),
    "a field missing": ('label = "Words"\n', "", "words", "missing required field `label`"),
    "an unknown field": ('label = "Words"', 'label = "Words"\ncaption = "Words"', "words", "caption"),
    "an unknown kind": ('kind = "prose"', 'kind = "essay"', "words", "essay"),
    "an unknown audience": ('audience = "PRIV"\nlabel = "Words"', 'audience = "ALL"\nlabel = "Words"', "words", "ALL"),
    "a version in words": ("version = 1", 'version = "one"', "version", "int"),
    "an option without a label": ('{ id = "b", label = "B" }', '{ id = "b" }', "b (lists[0].options[1])", "label"),
    "a key twice": ('key = "words"', 'key = "on"', "key", "on is there 2 times"),
    "an empty key": ('key = "more"', 'key = ""', "card one", "needs a key"),
    "an empty label": ('label = "Words"', 'label = " "', "words", "needs a key and a label"),
    "an option twice": ('{ id = "b", label = "B" }', '{ id = "a", label = "B" }', "list signs", "a is there 2 times"),
    "a list that is not there": ('list = "signs"', 'list = "sign"', "seen", "no list sign"),
    "a list and options": (
        'list = "signs"',
        'list = "signs"\noptions = [{ id = "c", label = "C" }]',
        "seen",
        "both a list and options",
    ),
    "nothing to choose": ('list = "signs"', "", "seen", "nothing to choose from"),
    "options on words": (
        'label = "Words"',
        'label = "Words"\noptions = [{ id = "c", label = "C" }]',
        "words",
        "a prose question has no options",
    ),
    "words beside words": ('label = "Words"', 'label = "Words"\ntext = "More"', "words", "has no options"),
    "columns on words": ('kind = "rows"', 'kind = "prose"', "more", "columns belong to rows"),
    "rows without columns": ('kind = "prose"', 'kind = "rows"', "words", "rows need columns"),
    "a column twice": ('{ key = "state", kind', '{ key = "what", kind', "more", "what is there 2 times"),
    "a choice column with no options": (
        ', options = [{ id = "x", label = "X" }]',
        "",
        "more",
        "a choice needs options",
    ),
    "a limit below nothing": ('label = "Words"', 'label = "Words"\nlimit = -1', "words", "limit"),
    "show_if without a question": ('question = "seen", ', "", "more", "either a question or a fact"),
    "show_if with both": ('question = "seen"', 'question = "seen", fact = "f"', "more", "either a question or a fact"),
    "show_if on a stranger": ('question = "seen"', 'question = "been"', "more", "does not ask before it"),
    "show_if on itself": ('question = "seen"', 'question = "more"', "more", "does not ask before it"),
    "show_if on no option": ('any = ["a", ""]', 'any = ["z"]', "more", "waits for z"),
    "show_if on nothing": ('any = ["a", ""]', "any = []", "more", "waits for no answer"),
    "enough names a stranger": ('enough = [["on"]]', 'enough = [["off"]]', "card one", "off"),
    "summary names a stranger": ('summary = ["words"]', 'summary = ["word"]', "card one", "question word "),
    "dated by a stranger": ('dated_by = "on"', 'dated_by = "off"', "card one", "off"),
    "dated by words": ('dated_by = "on"', 'dated_by = "words"', "card one", "no date"),
    "a card twice": (
        'title = "One"\n',
        'title = "One"\nquestions = []\n\n[[cards]]\nid = "one"\ntitle = "One"\n',
        "cards",
        "one is there 2 times",
    ),
    "a list twice": (
        "[[cards]]",
        '[[lists]]\nid = "signs"\noptions = [{ id = "a", label = "A" }]\n\n[[cards]]',
        "lists",
        "signs is there 2 times",
    ),
}


def test_the_whole_file_reads():
    form = read_form("small.1.toml", WHOLE)
    assert [question.key for question in form.cards[0].questions] == ["on", "words", "seen", "more"]


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_refused_with_file_key_and_reason(case):
    before, after, key, reason = BROKEN[case]
    text = WHOLE.replace(before, after, 1)
    assert text != WHOLE
    with pytest.raises(FormFileError) as caught:
        read_form("small.1.toml", text)
    error = caught.value
    assert error.file == "small.1.toml"
    assert key in error.key
    assert reason in error.reason
    assert isinstance(error, KnownError)
    assert "small.1.toml" in str(error)
    assert error.next_step
