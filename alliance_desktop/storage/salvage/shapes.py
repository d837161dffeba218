"""The tables a vault has, as shapes of rows: how many values, of which kinds, and what they must be."""

import datetime
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from alliance_desktop.domain.answers import About
from alliance_desktop.domain.entry import Event, Mark, State
from alliance_desktop.storage.salvage.records import Value
from alliance_desktop.storage.salvage.walking import Row

Check = Callable[[Value], bool]


def _whole(value: Value) -> bool:
    return isinstance(value, int)


def _text(value: Value) -> bool:
    return isinstance(value, str)


def _day(value: Value) -> bool:
    try:
        return isinstance(value, str) and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


def _time(value: Value) -> bool:
    try:
        return isinstance(value, str) and datetime.datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _answers(value: Value) -> bool:
    return isinstance(plain(value), dict)


def _json(value: Value) -> bool:
    return plain(value) is not msgspec.UNSET


def _one_of(*allowed: str) -> Check:
    return lambda value: value in allowed


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def plain(value: Value) -> object:
    """Return the plain data of a JSON text; `msgspec.UNSET` where it is none."""
    try:
        return msgspec.json.decode(value) if isinstance(value, str) else msgspec.UNSET
    except (msgspec.DecodeError, RecursionError):
        return msgspec.UNSET


class Shape(NamedTuple):
    """One table: the names of its columns and what each value must be, the first being the key.

    `keyed` tables keep their key apart from the row (INTEGER PRIMARY KEY); in the others it is the first value.
    """

    columns: tuple[str, ...]
    checks: tuple[Check, ...]
    keyed: bool = True


def _shape(keyed: bool = True, **columns: Check) -> Shape:
    return Shape(tuple(columns), tuple(columns.values()), keyed)


TABLES: dict[str, Shape] = {
    "client": _shape(
        id=_whole, created_at=_time, form_version=_whole, answers=_answers, last_on=_or_none(_day), open_strains=_whole
    ),
    "arc": _shape(id=_whole, client=_whole, form=_text, created_at=_time, status=_text, turn=_whole, offered=_whole),
    "status_event": _shape(
        id=_whole,
        arc=_whole,
        turn=_whole,
        was=_text,
        became=_text,
        true_on=_day,
        entered_at=_time,
        why=_text,
        undoes=_or_none(_whole),
    ),
    "entry": _shape(
        id=_whole,
        client=_or_none(_whole),
        arc=_or_none(_whole),
        form=_text,
        form_version=_whole,
        card=_text,
        happened_on=_day,
        about=_one_of(*About),
        created_at=_time,
        touched_at=_time,
        turn=_whole,
        sequence=_whole,
        state=_one_of(*State),
        mark=_one_of(*Mark),
        finished_at=_or_none(_time),
    ),
    "record_answer": _shape(entry=_whole, answers=_answers),
    "private_answer": _shape(entry=_whole, answers=_answers),
    "record_addendum": _shape(id=_whole, entry=_whole, written_at=_time, text=_text),
    "private_addendum": _shape(id=_whole, entry=_whole, written_at=_time, text=_text),
    "binned": _shape(entry=_whole, at=_time),
    "record_version": _shape(id=_whole, entry=_whole, written_at=_time, form_version=_whole, answers=_answers),
    "private_version": _shape(id=_whole, entry=_whole, written_at=_time, form_version=_whole, answers=_answers),
    "entry_event": _shape(id=_whole, entry=_whole, at=_time, what=_one_of(*Event), why=_text),
    "link": _shape(id=_whole, source=_whole, key=_text, target=_whole),
    "put_off": _shape(
        id=_whole, client=_or_none(_whole), rule=_text, subject=_whole, at=_time, until=_or_none(_day), why=_text
    ),
    "setting": _shape(False, name=_text, value=_json),
    "meta": _shape(False, name=_text, value=lambda value: value is not None),
}
"""Every table of a vault; those that rest on another come after it, the small ones without a rest last."""

_SINCE_3 = frozenset({"binned", "record_version", "private_version", "entry_event", "link", "put_off"})

FOLLOWING = frozenset({"link"})
"""Tables whose rows follow from others; they are made anew from these and not believed."""

INDEXES = (
    *("arc_of_client", "entry_of_client", "entry_of_arc", "entry_of_form"),
    *("record_addendum_of_entry", "private_addendum_of_entry", "record_version_of_entry", "private_version_of_entry"),
)
"""The indexes that tell of rows which are lost themselves."""

_MADE_IN_ORDER = (
    "meta",
    "client",
    "arc",
    "arc_of_client",
    "status_event",
    "event_of_arc",
    "entry",
    "entry_of_client",
    "entry_of_arc",
    "entry_in_draft",
    "record_answer",
    "private_answer",
    "record_addendum",
    "record_addendum_of_entry",
    "private_addendum",
    "private_addendum_of_entry",
    "setting",
)
_MADE_LATER = (
    "entry_of_form",
    "binned",
    "record_version",
    "record_version_of_entry",
    "",
    "private_version",
    "",
    "private_version_of_entry",
    "entry_event",
    "event_of_entry",
    "link",
    "link_of_source",
    "link_of_target",
    "put_off",
)
"""What version 3 added; the empty names are pages that the list of all tables itself grew by."""

_MADE_IN_4 = (
    *("search_index_data", "search_index_idx", "search_index_docsize", "search_index_config"),
    *("search_place", "search_place_of", "search_word", "search_due"),
    *("entry_of_kind", "draft_of_client", "kept_story", "kept_story_until"),
)
"""What version 4 added; none of it is looked for, because all of it follows from the rest."""

_INDEXES_IN_ORDER = (
    *("arc_of_client", "event_of_arc", "entry_of_arc", "entry_in_draft"),
    *("record_addendum_of_entry", "private_addendum_of_entry", "entry_of_client", "entry_of_form"),
    *("record_version_of_entry", "private_version_of_entry", "event_of_entry", "link_of_source", "link_of_target"),
)
_INDEXES_4 = ("search_place_of", "entry_of_kind", "draft_of_client", "kept_story_until")

EARLIER_ROOTS = {name: number for number, name in enumerate(_MADE_IN_ORDER, 2)}
"""Where each tree begins in a vault of the versions 1 and 2."""

ROOTS_3 = {name: number for number, name in enumerate(_MADE_IN_ORDER + _MADE_LATER, 2) if name}
"""Where each tree begins in a vault that was made with version 3."""

USUAL_ROOTS = {name: number for number, name in enumerate(_MADE_IN_ORDER + _MADE_LATER + _MADE_IN_4, 2) if name}
"""Where each tree begins in a vault this program made; nothing rests on it that the digest does not confirm."""

_SCHEMA_PAGES = {18, 20}


def _rewritten(roots: dict[str, int], indexes: tuple[str, ...]) -> dict[str, int]:
    """Return where the trees begin that begin at `roots`, once all pages were written anew: first the tables."""
    names = [*(one for one in roots if one not in indexes), *indexes]
    numbers = (number for number in range(2, len(names) + 4) if number not in _SCHEMA_PAGES)
    return dict(zip(names, numbers, strict=True))


REWRITTEN_ROOTS_3 = _rewritten(ROOTS_3, _INDEXES_IN_ORDER)
"""Where each tree begins in a vault of version 3 whose pages were all written anew."""

REWRITTEN_ROOTS = _rewritten(USUAL_ROOTS, (*_INDEXES_IN_ORDER, *_INDEXES_4))
"""Where each tree begins in a vault whose pages were all written anew: first the tables, then the indexes."""


def tables_of(version: int) -> set[str]:
    """Return the tables that a vault of a version has; of one that is not known, all."""
    return TABLES.keys() - _SINCE_3 if version in {1, 2} else set(TABLES)


def fitted(table: str, row: Row) -> tuple[Value, ...] | None:
    """Return a row with its key as the first value, if it is one of this table; None otherwise."""
    shape = TABLES[table]
    if len(row.values) != len(shape.columns):
        return None
    if shape.keyed and row.values[0] is not None:
        return None
    values = (row.key, *row.values[1:]) if shape.keyed else row.values
    return values if all(check(value) for check, value in zip(shape.checks, values, strict=True)) else None
