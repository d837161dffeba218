"""Load Qt for Python as fast as it goes: nothing is compiled anew at each start, and imports after it are plain ones.

PySide carries Python sources inside one of its libraries and compiles them whenever it is loaded, which takes longer
than all modules that stand behind the first page. What comes of it is kept beside this module's own compiled form and
by the same rules: for one Python, only where Python itself may write there, and never used for any other source.
"""

import __future__

import builtins
import contextlib
import importlib.util
import marshal
import os
import sys
import zlib
from collections.abc import Iterator
from types import CodeType
from typing import Any

_FUTURES = sum(getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
_SUM_BYTES = 4
_MOST_BYTES = 4_000_000
Kept = dict[tuple[str, int], tuple[bytes, CodeType]]
"""What was compiled, by the name of its file and what its asker had of `__future__`: the source, and its code."""


def load_qt() -> None:
    """Load PySide's core, from which all else of it comes."""
    place = kept_at()
    held = _read(place)
    wanted = dict(held)
    with _compiling_once(wanted):
        import PySide6.QtCore  # noqa: F401 - loaded for what it does on the way
    if wanted.keys() != held.keys() or any(wanted[name] is not held[name] for name in held):
        _write(place, wanted)
    # PySide puts an import of its own in place of Python's, which reads the source of each module for the use of
    # features that nothing here uses.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def kept_at() -> str:
    """Return the path of the file that keeps what was compiled, or nothing where Python compiles without a trace."""
    own = __spec__.cached if __spec__ else None
    return f"{own.removesuffix('.pyc')}.qt" if own else ""


@contextlib.contextmanager
def _compiling_once(kept: Kept) -> Iterator[None]:
    """Take from what is kept, as long as this lasts, whatever is compiled from the very same source; keep the rest."""
    compiled = builtins.compile

    def compile_once(
        source: Any,
        filename: str,
        mode: str,
        flags: int = 0,
        dont_inherit: bool = False,
        optimize: int = -1,
        **more: int,
    ) -> object:
        whole = (mode, flags, dont_inherit, optimize, more) == ("exec", 0, False, -1, {})
        if not dont_inherit:
            # The function itself takes over what its caller, which would be this one, has of `__future__`.
            flags |= sys._getframe(1).f_code.co_flags & _FUTURES
        if not (whole and isinstance(source, bytes)):
            return compiled(source, filename, mode, flags, True, optimize, **more)
        of, code = kept.get((filename, flags), (None, None))
        if of != source or code is None:
            code = compiled(source, filename, mode, flags, True, optimize)
            kept[filename, flags] = source, code
        return code

    vars(builtins)["compile"] = compile_once
    try:
        yield
    finally:
        vars(builtins)["compile"] = compiled


def _read(place: str) -> Kept:
    """Return what is kept; nothing where there is none, it was damaged, or something else wrote it."""
    # Whatever else stands there, as a pipe, might let nobody read it to its end.
    if not os.path.isfile(place):
        return {}
    try:
        with open(place, "rb") as file:
            whole = file.read(_MOST_BYTES)
    except OSError:
        return {}
    head, told = whole[:-_SUM_BYTES], whole[-_SUM_BYTES:]
    magic = importlib.util.MAGIC_NUMBER
    if not head.startswith(magic) or zlib.crc32(head).to_bytes(_SUM_BYTES) != told:
        return {}
    try:
        kept: Kept = marshal.loads(head[len(magic) :])
        is_right = all(isinstance(code, CodeType) for (_name, _flags), (_source, code) in kept.items())
    except (AttributeError, EOFError, TypeError, ValueError):
        return {}
    return kept if is_right else {}


def _write(place: str, kept: Kept) -> None:
    """Keep it, whole or not at all; a place that cannot be written only costs the next start its time."""
    if not place or sys.dont_write_bytecode:
        return
    head = importlib.util.MAGIC_NUMBER + marshal.dumps(kept)
    beside = f"{place}.{os.getpid()}"
    with contextlib.suppress(OSError):
        try:
            with open(beside, "xb") as file:
                file.write(head + zlib.crc32(head).to_bytes(_SUM_BYTES))
            os.replace(beside, place)
        except OSError:
            os.unlink(beside)
