"""The words of the client's sheets: complete in every language, plain, and fit to be found by others."""

import tomllib
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from client_sheet_cases import FORMS

from alliance_desktop.documents.client_words import client_words, page_words, read_client_words
from alliance_desktop.documents.wording import languages
from alliance_desktop.resources import resource

Path = tuple[str, ...]


def source() -> str:
    return resource("documents", "client_words.toml").read_text(encoding="utf-8")


def leaves(data: dict[str, Any], path: Path = ()) -> Iterator[tuple[Path, str]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


def toml(told: list[tuple[Path, str]]) -> str:
    return "\n".join(
        f"{'.'.join(f'{one!r}' for one in path)} = {msgspec.json.encode(words).decode()}" for path, words in told
    )


def test_each_language_of_the_client_page_has_every_sheet() -> None:
    found = tomllib.loads(source())
    assert tuple(found) == languages()
    keys = [{path for path, _ in leaves(found[one])} for one in languages()]
    assert all(one == keys[0] for one in keys)


@pytest.mark.parametrize("language", languages())
def test_a_missing_or_unknown_word_is_refused(language: str) -> None:
    told = list(leaves(tomllib.loads(source())))
    assert read_client_words(toml(told)), "control: taken apart and put together again they are read"
    for one in (one for one in told if one[0][0] == language):
        with pytest.raises(msgspec.ValidationError):
            read_client_words(toml([other for other in told if other != one]))
    with pytest.raises(msgspec.ValidationError):
        read_client_words(toml([*told, ((language, "goals", "score"), "Score")]))


@pytest.mark.parametrize("language", languages())
def test_words_are_short_plain_and_say_nothing_clinical(language: str) -> None:
    for path, words in leaves(tomllib.loads(source())[language]):
        assert words.strip() == words != "", path
        assert "!" not in words, path
        assert len(words) <= 110, path
        for word in (
            "rupture",
            "strain",
            "counsel",
            "client",
            "therap",
            "terap",
            "thérap",
            "alliance",
            "status",
            "score",
        ):
            assert word not in words.lower(), path


def test_the_file_says_that_nobody_has_reviewed_it() -> None:
    assert "NOT YET REVIEWED by a native-speaking clinician" in source()


@pytest.mark.parametrize("language", languages())
def test_a_child_reads_no_longer_words(language: str) -> None:
    words = client_words(language)
    usual = tomllib.loads(resource("documents", "words.toml").read_text(encoding="utf-8"))[language]
    child = words.child.fixed
    pairs = [(child[key], usual[key]) for key in child if key in usual]
    assert sum(len(short) for short, _ in pairs) < sum(len(long) for _, long in pairs)
    longest = max(len(short.split()) for short in child.values())
    assert longest <= max(len(long.split()) for _, long in pairs)


def test_every_option_and_topic_of_the_forms_has_words() -> None:
    words = client_words("es")
    goal, given, base = (FORMS[one] for one in ("goal", "feedback", "foundation"))

    def options(form: Any, key: str) -> set[str]:
        return {one.id for one in form.options(form.cards[0].question(key))}

    assert set(words.goals.states.fixed) == options(goal, "state")
    assert set(words.goals.whose.fixed) == options(goal, "whose") - {"client", "not_sure"}
    assert list(words.feedback.felt.fixed) == [one.id for one in given.options(given.cards[0].question("supported"))]
    topics = [one.id for one in base.cards[0].question("agreements").presets]
    assert list(words.foundation.topics.fixed) == topics
    assert set(words.foundation.said_yes.fixed) == options(base, "consent_who") - {"not_sure"}
    assert set(words.foundation.bases.fixed) == options(base, "consent_basis") - {"not_sure"}


@pytest.mark.parametrize("language", languages())
def test_every_sheet_knows_its_page_and_its_sample(language: str) -> None:
    for words in (client_words(language).goals, client_words(language).feedback, client_words(language).foundation):
        assert {"title", "page", "sample", "for_name"} <= page_words(words, language).keys()
