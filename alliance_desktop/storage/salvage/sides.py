"""Which side a row belongs to that no tree led to: the client's record, or the private reflection.

A private word must never get into the record. So a row goes to the record only where that is certain: all its keys are
asked for the record, or the record's own index names it. All others go to the private side. An earlier version of
answers is told like the answers themselves, by the form as it was then.
"""

from collections.abc import Callable
from typing import NamedTuple

from alliance_desktop.storage.plain import encoded
from alliance_desktop.storage.salvage.finding import Found, Key, Values
from alliance_desktop.storage.salvage.records import Value
from alliance_desktop.storage.salvage.shapes import TABLES, plain

Place = tuple[str, int, str]
"""A form's id, its version, and a card's id."""

_ANSWER, _ADDENDUM = 2, 4
"""How many values a row of answers and one of addenda has; earlier versions have five."""


def _unknown(form: str, keys: frozenset[str]) -> Place | None:
    return None


class Meaning(NamedTuple):
    """What only the forms know.

    `is_private` says of a form, version, card and key whether answers to it lie in the private table, None where the
    form or the key is not known; `card_of` finds the one card that asks all of some keys; `usual` is the card of an
    entry of which nothing is known, and `client_version` the version of the form of clients. `card_in` finds the card
    of a form that asks all of some keys, the first one of several.
    """

    is_private: Callable[[str, int, str, str], bool | None]
    card_of: Callable[[frozenset[str]], Place | None]
    usual: Place
    client_version: int
    card_in: Callable[[str, frozenset[str]], Place | None] = _unknown


Told = tuple[Values, bool]
"""A loose row, and whether its side is certain."""


class Sided(NamedTuple):
    """How many rows went to the private side because nobody could tell, and how many were not used."""

    undecided: int
    refused: int


def put_on_sides(found: Found, meaning: Meaning) -> Sided:
    """Put the loose rows of what was found into the tables of the record or of the private reflection."""
    undecided = used = 0
    told: dict[tuple[str, Key], list[Told]] = {}
    for values in found.loose:
        table, certain = _side(found, meaning, values)
        told.setdefault((table, values[0]), []).append((values, certain))
    for (table, key), each in told.items():
        rows = found.tables[table].rows
        one = _agreed(each)
        kept = _joined(rows.get(key), *one) if one is not None else None
        if one is None or kept is None or _is_elsewhere(found, table, one[0]):
            continue
        rows[key] = kept
        undecided += not one[1]
        used += len(each)
    return Sided(undecided, len(found.loose) - used)


def _agreed(each: list[Told]) -> Told | None:
    """Return the one row that several of a table and key are; None where they contradict each other.

    Both sides of one note, where neither can be told, are joined; two rows that answer the same question cannot be.
    """
    row, certain = each[0]
    for other, sure in each[1:]:
        if other == row:
            continue
        joined = _joined(row, other, certain and sure)
        if joined is None:
            return None
        row, certain = joined, False
    return row, certain


def _side(found: Found, meaning: Meaning, values: Values) -> tuple[str, bool]:
    """Return the table that a loose row goes to, and whether that is certain."""
    if len(values) == _ADDENDUM:
        return _addendum_side(found, values)
    kind = "answer" if len(values) == _ANSWER else "version"
    keys = keys_of(values[-1])
    place = place_of(found, values[0 if kind == "answer" else 1]) or meaning.card_of(keys)
    if place is not None and kind == "version":
        place = (place[0], _whole(values[3]), place[2])
    verdicts = {meaning.is_private(*place, key) for key in keys} if place is not None else {None}
    return (f"record_{kind}" if verdicts == {False} else f"private_{kind}"), verdicts in ({False}, {True})


def keys_of(answers: Value) -> frozenset[str]:
    """Return which questions a text of answers answers."""
    told = plain(answers)
    return frozenset(told) if isinstance(told, dict) else frozenset()


def place_of(found: Found, entry: Key) -> Place | None:
    """Return the form, version and card of an entry whose row was found."""
    row = found.tables["entry"].rows.get(entry)
    if row is None:
        return None
    told = dict(zip(TABLES["entry"].columns, row, strict=True))
    return str(told["form"]), _whole(told["form_version"]), str(told["card"])


def _addendum_side(found: Found, values: Values) -> tuple[str, bool]:
    """Tell the side of an addendum by the two indexes, which hold entry and id of each."""
    mark = (values[1], values[0])
    sides = [side for side in ("record_addendum", "private_addendum") if mark in found.indexed[f"{side}_of_entry"]]
    return (sides[0], True) if len(sides) == 1 else ("private_addendum", False)


def _joined(kept: Values | None, values: Values, certain: bool) -> Values | None:
    """Return the row to keep where there may be one already; None where the new one is not to be used."""
    if kept is None or kept == values:
        return values
    if certain or len(kept) == _ADDENDUM or kept[:-1] != values[:-1]:
        return None
    one, other = plain(kept[-1]), plain(values[-1])
    if not (isinstance(one, dict) and isinstance(other, dict)) or one.keys() & other.keys():
        return None
    return (*kept[:-1], encoded(one | other))


def _is_elsewhere(found: Found, table: str, values: Values) -> bool:
    """Say whether the other side has this very addendum already; then the loose row is an old copy."""
    other = {"record_addendum": "private_addendum", "private_addendum": "record_addendum"}.get(table)
    return other is not None and values[0] in found.tables[other].rows


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0
