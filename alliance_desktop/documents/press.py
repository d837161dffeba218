"""From page data to paper: Typst compiles in memory, with the data as data and the templates' folder as its root."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, Literal

import msgspec

from alliance_desktop.documents.fonts import Shelf, covers, fonts
from alliance_desktop.documents.pages import Page
from alliance_desktop.documents.text import REPLACEMENT, Paragraph, clusters, paragraphs
from alliance_desktop.domain.errors import UnprintableError
from alliance_desktop.resources import resource

Paper = Literal["a4", "letter"]
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
        faults = _unshown(texts)
        fill = _filler(faults)
        data = {key: value for key, value in msgspec.to_builtins(page).items() if key not in _FIXED}
        self._data = _laid_out(data, fill) | {
            "words": page.words,
            "sample": page.sample,
            "title": page.title,
            "language": language,
            "region": region or None,
            "paper": _TYPST_PAPER[paper],
            "large": large,
        }
        self._template = page.template
        self._shelf = _shelf(texts, faults)

    def pdf(self) -> bytes:
        """Return the page as a tagged PDF (PDF/UA-1), without author or date; UnprintableError on failure."""
        return self._compiled("pdf")[0]

    def svgs(self) -> list[bytes]:
        """Return each sheet as an SVG picture whose letters are outlines; UnprintableError on failure."""
        return self._compiled("svg")

    @cached_property
    def _json(self) -> str:
        return msgspec.json.encode(self._data).decode()

    def _compiled(self, kind: Literal["pdf", "svg"]) -> list[bytes]:
        import typst

        root = resource("documents")
        compiler = typst.Compiler(
            input=root / self._template,
            root=root,
            font_paths=fonts(self._shelf),
            ignore_system_fonts=True,
            sys_inputs={"page": self._json},
            package_path=root,
            package_cache_path=root,
        )
        try:
            made, _ = compiler.compile_with_warnings(format=kind, pdf_standards="ua-1" if kind == "pdf" else [])
        except typst.TypstError:
            # Its message can quote what was written, so it is not passed on.
            raise UnprintableError from None
        if made is None:
            raise UnprintableError
        return made if isinstance(made, list) else [made]


def render(page: Page, *, paper: Paper = "a4", large: bool = False) -> Rendered:
    """Return a page laid out for a paper size, in 12 pt or in 18 pt with the same content reflowed.

    Characters that no font can show stand as ▢; `unprintable` lists them beforehand.
    """
    return Rendered(page, paper, large)


def unprintable(page: Page) -> list[Unprintable]:
    """Return the characters of a page that no font here can show, in the order they first occur."""
    texts = _texts(page)
    faults = _unshown(texts)
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


def _unshown(texts: Iterable[str]) -> frozenset[str]:
    """Return the characters, as people see them, that neither the bundled nor the system's fonts can show."""
    doubtful = frozenset(_doubtful(texts))
    if not doubtful:
        return frozenset()
    return frozenset(one for one in doubtful if _is_broken(one) or not covers(Shelf.SYSTEM, one))


def _doubtful(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        letters = {one for one in set(text) if one != "\n" and (_is_broken(one) or not covers(Shelf.BUNDLED, one))}
        if letters:
            found = (one for one in set(clusters(text)) if letters & set(one))
            yield from (one for one in found if _is_broken(one) or not covers(Shelf.BUNDLED, one))


def _is_broken(cluster: str) -> bool:
    """Say whether a character is none: a control sign or half a pair, which paper cannot carry."""
    return any(unicodedata.category(one) in {"Cc", "Cs"} or ord(one) & 0xFFFE == 0xFFFE for one in cluster)


def _shelf(texts: Iterable[str], faults: frozenset[str]) -> Shelf:
    return Shelf.SYSTEM if frozenset(_doubtful(texts)) - faults else Shelf.BUNDLED


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


def _filled(line: Paragraph, fill: Callable[[str], str]) -> Paragraph:
    return {**line, "text": fill(line["text"])}


def _name(cluster: str) -> str:
    return ", ".join(_letter_name(one) for one in cluster if unicodedata.category(one) not in {"Cf", "Mn", "Me"}) or (
        _letter_name(cluster[0])
    )


def _letter_name(one: str) -> str:
    return unicodedata.name(one, "").lower() or f"character U+{ord(one):04X}"
