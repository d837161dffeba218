"""Where the program's own data files are: in the checkout, the wheel or the frozen program."""

import sys
from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parent
    packed = package / "_resources"
    return packed if packed.is_dir() else package.parent / "resources"


def resource(*names: str) -> Path:
    """Return the path of a file or folder under `resources/`, named step by step."""
    return _root().joinpath(*names)
