"""The lines of a file: the keys of each kind, in their order, and what stands for a key that is left out."""

import copy
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from alliance_desktop.domain.answers import About
from alliance_desktop.domain.entry import Event, Mark, State
from alliance_desktop.domain.exchange import values
from alliance_desktop.domain.exchange.values import LineError, Value
from alliance_desktop.domain.rupture import FORM, Status

Line = dict[str, Any]

FORMAT = 1
PROGRAM = "alliance-desktop"
LONGEST, LONGEST_WRITTEN = 16 << 20, 64 << 20
"""The most bytes of a line, its end not counted: written in any way, and written as an export writes it."""

_NAMEABLE = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_NEEDED = object()


class Filled(NamedTuple):
    """What stands for a key that is left out, found from the rest of the line; an export always writes the key."""

    find: Callable[[Line], Any]


class Key(NamedTuple):
    """One key of a line: its value, and what stands for it where it is left out; `parts` are the keys in its list."""

    name: str
    value: Value
    default: Any = _NEEDED
    parts: "tuple[Key, ...]" = ()


_STATUS = values.one_of(*map(str, Status))
_ANSWERS: tuple[Key, ...] = tuple(Key(name, values.ANSWERS, {}) for name in ("record", "private", "unasked"))

STATUS_EVENT = (
    Key("id", values.ID),
    Key("turn", values.COUNT, 1),
    Key("was", values.one_of("", *map(str, Status)), ""),
    Key("became", _STATUS),
    Key("on", values.DAY),
    Key("entered", values.TIME, Filled(lambda line: values.noon_of(line["on"]))),
    Key("why", values.TEXT, ""),
    Key("undoes", values.or_null(values.ID), None),
)
ADDITION = (
    Key("id", values.ID),
    Key("at", values.TIME),
    Key("text", values.TEXT),
    Key("private", values.FLAG, False),
)
ENTRY_EVENT = (
    Key("id", values.ID),
    Key("at", values.TIME),
    Key("what", values.one_of(*map(str, Event))),
    Key("why", values.TEXT, ""),
)

KINDS: Mapping[str, tuple[Key, ...]] = {
    "head": (
        Key("program", values.one_of(PROGRAM)),
        Key("format", values.one_of(FORMAT)),
        Key("sample", values.FLAG, False),
        Key("beyond", values.FLAG, False),
    ),
    "form": (Key("declaration", values.OBJECT),),
    "client": (
        Key("id", values.ID),
        Key("created", values.TIME, Filled(lambda _line: values.LONG_AGO)),
        Key("version", values.COUNT, Filled(lambda _line: None)),
        Key("answers", values.ANSWERS, {}),
        Key("unasked", values.ANSWERS, {}),
    ),
    "strain": (
        Key("id", values.ID),
        Key("client", values.ID),
        Key("form", values.one_of(FORM), FORM),
        Key("created", values.TIME, Filled(lambda _line: values.LONG_AGO)),
        Key("status", _STATUS, str(Status.NOTICED)),
        Key("turn", values.COUNT, 1),
        Key("offered", values.FLAG, False),
        Key("events", values.LIST, [], STATUS_EVENT),
    ),
    "entry": (
        Key("id", values.ID),
        Key("client", values.or_null(values.ID), None),
        Key("strain", values.or_null(values.ID), None),
        Key("form", values.TEXT),
        Key("version", values.COUNT, Filled(lambda _line: None)),
        Key("card", values.TEXT),
        Key("day", values.DAY, Filled(lambda _line: None)),
        Key("about", values.one_of(*map(str, About)), str(About.EXACT)),
        Key("created", values.TIME, Filled(lambda line: values.noon_of(line["day"]) if line["day"] else None)),
        Key("touched", values.TIME, Filled(lambda line: line["created"])),
        Key("turn", values.COUNT, 1),
        Key("sequence", values.WHOLE, Filled(lambda line: line["id"])),
        Key("state", values.one_of(*map(str, State)), str(State.DRAFT)),
        Key("mark", values.one_of(*map(str, Mark)), str(Mark.NONE)),
        Key("finished", values.or_null(values.TIME), None),
        Key("binned", values.or_null(values.TIME), None),
        *_ANSWERS,
        Key("gone", values.IDS, []),
        Key("additions", values.LIST, [], ADDITION),
        Key("events", values.LIST, [], ENTRY_EVENT),
    ),
    "earlier": (
        Key("id", values.ID),
        Key("entry", values.ID),
        Key("at", values.TIME),
        Key("version", values.COUNT),
        *_ANSWERS,
    ),
    "answer": (
        Key("id", values.ID),
        Key("client", values.or_null(values.ID), None),
        Key("rule", values.TEXT),
        Key("subject", values.WHOLE),
        Key("at", values.TIME),
        Key("until", values.or_null(values.DAY), None),
        Key("why", values.TEXT, ""),
    ),
    "setting": (Key("name", values.TEXT), Key("value", values.ANY)),
    "end": (Key("lines", values.ID),),
}
"""Every kind in its order, with its keys in theirs; `is`, the first of each, is left out here."""

_SORTED = frozenset({"declaration", "answers", "record", "private", "unasked", "value"})
"""The keys whose own names are written in the order of their letters."""


def shaped(line: Line) -> tuple[str, Line]:
    """Return the kind of a line and the line with every key, in their order; LineError says what is wrong."""
    kind = line.get("is")
    if not isinstance(kind, str) or kind not in KINDS:
        raise LineError('"is" says no kind of line that there is')
    if kind == "head" and is_whole_format(line.get("format")) and line["format"] != FORMAT:
        raise LineError(f"the file has another format than {FORMAT}, the one that this program reads")
    return kind, _shaped(line, KINDS[kind], {"is"})


def is_whole_format(value: object) -> bool:
    """Say whether a value may be the number of a format at all."""
    return values.is_whole(value, 1, values.LARGEST)


def written(kind: str, line: Line) -> bytes:
    """Return a line with every key as it stands in an export, without its end."""
    return bytes(msgspec.json.encode({"is": kind, **_bare(line, KINDS[kind])}))


def sorted_text(value: Any) -> str:
    """Return plain data as JSON text with all names in the order of their letters, as it comes to be stored."""
    return msgspec.json.encode(value, order="sorted").decode()


def _shaped(line: Line, keys: tuple[Key, ...], besides: set[str]) -> Line:
    _must_know(line, keys, besides)
    made: Line = {}
    for key in keys:
        if key.name in line:
            made[key.name] = _fitted(key, line[key.name])
        elif key.default is _NEEDED:
            raise LineError(f'"{key.name}" is missing')
        elif isinstance(key.default, Filled):
            made[key.name] = key.default.find(made)
        else:
            made[key.name] = copy.copy(key.default)
    return made


def _must_know(line: Line, keys: tuple[Key, ...], besides: set[str]) -> None:
    strange = line.keys() - {key.name for key in keys} - besides
    if strange:
        first = min(strange)
        told = f'"{first}"' if _NAMEABLE.fullmatch(first) else "a name"
        raise LineError(f"it has {told}, which a line of this kind does not have")


def _fitted(key: Key, value: Any) -> Any:
    if not key.value.fits(value):
        raise LineError(f'"{key.name}" must be {key.value.words}')
    if key.parts:
        return _parts(key, value)
    return key.value.written(value) if key.value.written is not None else value


def _parts(key: Key, parts: list[Any]) -> list[Line]:
    made: list[Line] = []
    for number, one in enumerate(parts, 1):
        if not isinstance(one, dict):
            raise LineError(f'in "{key.name}", number {number} must be an object')
        try:
            made.append(_shaped(one, key.parts, set()))
        except LineError as fault:
            raise LineError(f'in "{key.name}", number {number}: {fault}') from None
        if number > 1 and made[-1]["id"] <= made[-2]["id"]:
            raise LineError(f'in "{key.name}", the ids must grow')
    return made


def _bare(line: Line, keys: tuple[Key, ...]) -> Line:
    """Return a line without what says nothing."""
    made: Line = {}
    for key in keys:
        value = line[key.name]
        if key.default is _NEEDED or isinstance(key.default, Filled) or value != key.default:
            made[key.name] = _told(key, value)
    return made


def _told(key: Key, value: Any) -> Any:
    if key.parts:
        return [_bare(one, key.parts) for one in value]
    return msgspec.Raw(msgspec.json.encode(value, order="sorted")) if key.name in _SORTED else value
