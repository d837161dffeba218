"""Which settings go along with the notes: those that hold words, or decisions about notes; and what each must be."""

from collections.abc import Callable
from typing import Any

import msgspec

from alliance_desktop.domain.exchange.values import is_day
from alliance_desktop.domain.own_form import is_own_id
from alliance_desktop.domain.records.errors import RuleError
from alliance_desktop.domain.records.rules import read_rule
from alliance_desktop.services import own_forms, snippets, supervision
from alliance_desktop.services.history import SAID_IN_BIN
from alliance_desktop.services.preferences import PREFERENCES, UNSENT, Preferences
from alliance_desktop.services.records import RULES

Check = Callable[[Any], bool]

_UNREADABLE = "unreadable "


def is_kept(name: str) -> bool:
    """Say whether a setting is one that goes along."""
    return check_of(name) is not None


def check_of(name: str) -> Check | None:
    """Return what says whether a value is one of a setting; None for a setting that does not go along."""
    if name in _WHOLE:
        return _WHOLE[name]
    for prefix, (fits, check) in _WITH_END.items():
        if name.startswith(prefix) and fits(name.removeprefix(prefix)):
            return check(name.removeprefix(prefix))
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 19 and not text.startswith("0")


def _as(kind: type) -> Check:
    def fits(value: Any) -> bool:
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError:
            return False
        return isinstance(value, dict)

    return fits


def _list_of(fits: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(fits, value))


def _texts(*keys: str) -> Check:
    return lambda value: (
        isinstance(value, dict) and value.keys() == set(keys) and all(isinstance(one, str) for one in value.values())
    )


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _unsent(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"text", "private"}
        and isinstance(value["text"], str)
        and isinstance(value["private"], bool)
    )


def _rules(value: Any) -> bool:
    """Say whether a value holds rules for due dates by their law."""
    if not isinstance(value, dict):
        return False
    try:
        return all(read_rule(one).law == law for law, one in value.items())
    except RuleError:
        return False


def _draft_of(id: str) -> Check:
    fits = _as(own_forms.Draft)
    return lambda value: fits(value) and value["form"]["id"] == id


_WHOLE: dict[str, Check] = {
    PREFERENCES: _as(Preferences),
    snippets.SNIPPETS: _list_of(_texts("trigger", "text")),
    snippets.DRAFT: _texts(*snippets.HalfWord._fields),
    own_forms.RETIRED: _list_of(_text),
    supervision.AGENDA: _as(supervision.Kept),
    RULES: _rules,
    **{f"{_UNREADABLE}{one}": _list_of(_text) for one in (snippets.SNIPPETS, own_forms.RETIRED)},
}
_WITH_END: dict[str, tuple[Callable[[str], bool], Callable[[str], Check]]] = {
    own_forms.DRAFT: (is_own_id, _draft_of),
    UNSENT: (_is_number, lambda _end: _unsent),
    SAID_IN_BIN: (_is_number, lambda _end: is_day),
}
