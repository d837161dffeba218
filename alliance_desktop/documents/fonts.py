"""The fonts of a page: the bundled ones first, the computer's own where those have no sign for a character."""

import importlib.util
import unicodedata
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from alliance_desktop.documents.coverage import Coverage, spans
from alliance_desktop.resources import resource

if TYPE_CHECKING:
    import typst

_PACKAGES = (
    "fontpkg_atkinson_hyperlegible",
    "fontpkg_noto_sans",
    "fontpkg_noto_sans_arabic",
    "fontpkg_noto_sans_devanagari",
    "fontpkg_noto_sans_thai",
    "fontpkg_heebo",
    "fontpkg_assistant",
    "manimgx_fonts",
    "manimgx_fonts_cjk",
)


class Shelf(IntEnum):
    """Where the fonts come from; the later shelf holds the earlier one as well."""

    BUNDLED = 0
    SYSTEM = 1


def folders() -> list[Path]:
    """Return the folders of the bundled fonts that are installed."""
    found = [resource("fonts")]
    for name in _PACKAGES:
        spec = importlib.util.find_spec(name)
        for place in (spec.submodule_search_locations or []) if spec else []:
            files = Path(place, "files")
            found.append(files if files.is_dir() else Path(place))
    return found


@cache
def fonts(shelf: Shelf) -> "typst.Fonts":
    """Return the fonts of a shelf, looked up once; the system's take a second or two."""
    import typst

    return typst.Fonts(
        include_system_fonts=shelf is Shelf.SYSTEM,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders()],
    )


@cache
def _coverage(shelf: Shelf) -> Coverage:
    """Return every code point that a font of the shelf has a sign for."""
    files = {(one.path, one.index) for one in fonts(shelf).fonts() if one.path}
    return Coverage({run for path, index in files for run in spans(Path(path), index)})


def covers(shelf: Shelf, cluster: str) -> bool:
    """Say whether the fonts of a shelf have a sign for a character as people see it."""
    forms = {cluster, unicodedata.normalize("NFC", cluster), unicodedata.normalize("NFD", cluster)}
    known = _coverage(shelf)
    return any(all(is_invisible(one) or ord(one) in known for one in form) for form in forms)


# Format characters that do stand on the page, or that no font draws as nothing: Arabic and Syriac number signs,
# annotation marks, Kaithi numbers, hieroglyph joiners.
_STANDING = (range(0x0600, 0x0900), range(0xFFF9, 0xFFFC), range(0x110BD, 0x110CE), range(0x13430, 0x13460))
_STYLES = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def is_invisible(one: str) -> bool:
    """Say whether a character only steers how its neighbours are shown (joiners, direction, emoji style)."""
    code = ord(one)
    if code == 0x034F or any(code in span for span in _STYLES):
        return True
    return unicodedata.category(one) == "Cf" and not any(code in span for span in _STANDING)
