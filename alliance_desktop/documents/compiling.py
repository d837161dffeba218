"""The one place that calls Typst: a template and its data in, bytes out, all in memory."""

import ctypes
import sys
from contextlib import suppress
from typing import Literal

from alliance_desktop.documents.fonts import Shelf, fonts
from alliance_desktop.resources import resource

_FORGOTTEN_AFTER = 12
"""So many other pages are laid out before Typst forgets one."""


def compiled(template: str, data: str, kind: Literal["pdf", "svg"], shelf: Shelf) -> list[bytes]:
    """Return a PDF (one, tagged for PDF/UA-1) or SVG pictures (one a sheet) of a template and its JSON data.

    Files outside `resources/documents/` are out of reach and packages are never fetched. `typst.TypstError`,
    a RuntimeError, where it cannot be made; its message can quote the data.
    """
    import typst

    root = resource("documents")
    compiler = typst.Compiler(
        input=root / template,
        root=root,
        font_paths=fonts(shelf),
        ignore_system_fonts=True,
        sys_inputs={"page": data},
        package_path=root,
        package_cache_path=root,
    )
    # Warnings name fonts that are not installed, which the fallback chain is for.
    made, _ = compiler.compile_with_warnings(format=kind, pdf_standards="ua-1" if kind == "pdf" else [])
    if made is None:
        return []
    return made if isinstance(made, list) else [made]


def forget() -> None:
    """Let Typst forget what it laid out, words and all, and give the room back to the system."""
    for _ in range(_FORGOTTEN_AFTER):
        compiled("probe.typ", "[]", "pdf", Shelf.BUNDLED)
    if sys.platform == "linux":
        # Another C library than that of GNU knows no such thing, and needs none.
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
