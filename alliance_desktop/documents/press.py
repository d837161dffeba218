"""From page data to paper: Typst compiles in memory, with the data as data and the templates' folder as its root."""

import gzip
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Literal

import msgspec

from alliance_desktop.documents.compiling import compiled, forget
from alliance_desktop.documents.pages import Page
from alliance_desktop.documents.showing import shelf_for, unshown
from alliance_desktop.documents.text import REPLACEMENT, Paragraph, clusters, paragraphs, pieces
from alliance_desktop.domain.errors import UnprintableError
from alliance_desktop.domain.watch import Watch

Paper = Literal["a4", "letter"]
LONG = 100_000
"""From so many bytes of data on, some thirty sheets of prose, laying out takes long enough to be waited for."""
_LAID_OUT, _PACKED = 0.6, 0.8
_TYPST_PAPER = {"a4": "a4", "letter": "us-letter"}
_FIXED = frozenset({"language", "words", "sample"})


class Unprintable(msgspec.Struct, frozen=True, kw_only=True):
    """A character that no font here can show: itself, its Unicode name, how often the page has it."""

    character: str
    name: str
    count: int


class Rendered:
    """A page ready for the printer, the preview and the file; the same data makes all three."""

    def __init__(self, page: Page, paper: Paper, large: bool) -> None:
        language, _, region = page.language.partition("-")
        texts = _texts(page)
        faults = unshown(texts)
        fill = _filler(faults)
        data = {key: value for key, value in msgspec.to_builtins(page).items() if key not in _FIXED}
        laid_out = _laid_out(data, fill) | {
            "words": page.words,
            "sample": page.sample,
            "title": page.title,
            "language": language,
            "region": region or None,
            "paper": _TYPST_PAPER[paper],
            "large": large,
        }
        self._json = msgspec.json.encode(laid_out).decode()
        self._template = page.template
        self._pdf = b""
        self._shelf = shelf_for(texts, faults)

    def pdf(self) -> bytes:
        """Return the page as a tagged PDF (PDF/UA-1), without author or date; UnprintableError on failure."""
        return self._pdf or self._compiled("pdf")[0]

    def svgs(self) -> list[bytes]:
        """Return each sheet as an SVG picture whose letters are outlines; UnprintableError on failure."""
        return self._compiled("svg")

    def pictures(self, watch: Watch) -> list[bytes]:
        """Return each sheet as a packed SVG picture and keep the PDF; slow, for any thread.

        Typst cannot be stopped once it has begun; a stop is heard before, after and between the sheets.
        """
        watch.at(0.02)
        # The pictures first: they take the most room, and it is given back before the PDF asks for any.
        drawn = self.svgs()
        packed = []
        for number, picture in enumerate(drawn):
            watch.at(_LAID_OUT + (_PACKED - _LAID_OUT) * number / len(drawn))
            packed.append(gzip.compress(picture, 1, mtime=0))
            drawn[number] = b""
        del drawn
        self._pdf = self._compiled("pdf")[0]
        forget()
        watch.at(1.0)
        return packed

    def _compiled(self, kind: Literal["pdf", "svg"]) -> list[bytes]:
        try:
            return compiled(self._template, self._json, kind, self._shelf)
        except RuntimeError:
            # Typst's message can quote what was written, so it is not passed on.
            raise UnprintableError from None


def render(page: Page, *, paper: Paper = "a4", large: bool = False) -> Rendered:
    """Return a page laid out for a paper size, in 12 pt or in 18 pt with the same content reflowed.

    Characters that no font can show stand as ▢; `unprintable` lists them beforehand.
    """
    return Rendered(page, paper, large)


def is_long(page: Page) -> bool:
    """Say whether laying a page out is waited for."""
    return len(msgspec.json.encode(page)) > LONG


def unprintable(page: Page) -> list[Unprintable]:
    """Return the characters of a page that no font here can show, in the order they first occur."""
    texts = _texts(page)
    faults = unshown(texts)
    if not faults:
        return []
    counts = Counter(one for text in texts for one in clusters(text) if one in faults)
    return [Unprintable(character=one, name=_name(one), count=count) for one, count in counts.items()]


def _texts(page: Page) -> list[str]:
    data = msgspec.to_builtins(page)
    return list(_strings({key: value for key, value in data.items() if key not in _FIXED}))


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield "\n".join(line["text"] for line in paragraphs(data))
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _strings(value)


def _filler(faults: frozenset[str]) -> Callable[[str], str]:
    if not faults:
        return lambda text: text
    return lambda text: "".join(REPLACEMENT if one in faults else one for one in clusters(text))


def _laid_out(data: dict[str, Any], fill: Callable[[str], str]) -> dict[str, Any]:
    def one(value: Any) -> Any:
        if isinstance(value, str):
            return [_filled(line, fill) for line in paragraphs(value)]
        if isinstance(value, dict):
            return {key: one(inner) for key, inner in value.items()}
        return [one(inner) for inner in value] if isinstance(value, list | tuple) else value

    return {key: one(value) for key, value in data.items()}


def _filled(line: Paragraph, fill: Callable[[str], str]) -> dict[str, str | bool | list[str]]:
    """Return a line as the templates read it: its text, and only what is so of it."""
    said: dict[str, str | bool | list[str]] = {key: value for key, value in line.items() if value is True}
    text = fill(line["text"])
    parts = pieces(text) if line["long"] else []
    return {"text": text, **said, "parts": parts} if parts else {"text": text, **said}


def _name(cluster: str) -> str:
    return ", ".join(_letter_name(one) for one in cluster if unicodedata.category(one) not in {"Cf", "Mn", "Me"}) or (
        _letter_name(cluster[0])
    )


def _letter_name(one: str) -> str:
    return unicodedata.name(one, "").lower() or f"character U+{ord(one):04X}"
