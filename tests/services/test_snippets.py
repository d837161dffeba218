"""Short words: kept in the vault, one of a kind, and never lost to what cannot be read."""

import pytest

from alliance_desktop.domain.own_form_errors import ShortWordError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services import snippets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.snippets import MANY, MOST, NO_TEXT, NO_TRIGGER, TAKEN, Snippet

CONF = "We went over what stays here.\nAnd what does not."


def test_a_short_word_is_kept_changed_and_let_go(vault: OpenVault, access: Access, secrets: Secrets) -> None:
    vault.snippets.keep(" ;conf ", CONF)
    vault.snippets.keep("ab", "Above")
    vault.close()
    opened = access.open(vault.folder, secrets)
    assert opened.snippets.all() == [Snippet("ab", "Above"), Snippet("conf", CONF)]
    assert opened.notebook.short_words() == {"ab": "Above", "conf": CONF}
    opened.snippets.keep("conf2", "Shorter", was="conf")
    opened.snippets.keep("AB", "Above all", was="ab")
    assert dict(opened.snippets.words()) == {"conf2": "Shorter", "AB": "Above all"}
    opened.snippets.remove("ab")
    assert opened.snippets.all() == [Snippet("conf2", "Shorter")]
    opened.close()


@pytest.mark.parametrize("trigger", ["", " ", "two words", "a;b", "x" * 21, "a-b", "🙂", ";;", "_"])
def test_only_letters_and_figures_make_a_short_word(vault: OpenVault, trigger: str) -> None:
    with pytest.raises(ShortWordError) as told:
        vault.snippets.keep(trigger, CONF)
    assert told.value.sentence == NO_TRIGGER


@pytest.mark.parametrize("trigger", ["x" * 20, "é", "e\u0301", "نعم", "日本語", "7"])
def test_letters_of_any_script_make_one(vault: OpenVault, trigger: str) -> None:
    vault.snippets.keep(trigger, CONF)
    assert list(vault.snippets.words().values()) == [CONF]


def test_two_that_read_alike_are_not_kept(vault: OpenVault) -> None:
    vault.snippets.keep("Café", CONF)
    with pytest.raises(ShortWordError) as told:
        vault.snippets.keep("cafe", "Something else")
    assert told.value.sentence == TAKEN.format(trigger="Café")
    vault.snippets.keep("cafe", "Something else", was="Café")


def test_words_are_wanted_and_not_without_end(vault: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    for text, sentence in (("  \n", NO_TEXT), ("x" * 10_001, snippets.LONG_TEXT)):
        with pytest.raises(ShortWordError) as told:
            vault.snippets.keep("a", text)
        assert told.value.sentence == sentence
    monkeypatch.setattr(snippets, "MOST", 1)
    vault.snippets.keep("a", CONF)
    with pytest.raises(ShortWordError) as told:
        vault.snippets.keep("b", CONF)
    assert told.value.sentence == MANY.format(MOST)


@pytest.mark.parametrize(
    "kept", ["words", 7, {"a": "b"}, [{"trigger": 5, "text": "x"}, ["a"], {"trigger": "a b", "text": ""}]]
)
def test_what_is_no_list_of_short_words_is_passed_by(
    vault: OpenVault, access: Access, secrets: Secrets, kept: object
) -> None:
    with vault._store.transaction():
        vault._store.settings.put("snippets", kept)
    vault.close()
    opened = access.open(vault.folder, secrets)
    assert opened.snippets.all() == []
    opened.snippets.keep("a", "b")
    opened.close()


def test_half_an_emoji_is_mended(vault: OpenVault) -> None:
    vault.snippets.keep("a", "half \ud83d of it")
    assert vault.snippets.all() == [Snippet("a", "half \ufffd of it")]
    assert MOST > 1
