"""Asking and telling in a terminal: secrets without echo, progress on stderr, the result on stdout."""

import getpass
import io
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, TextIO

from alliance_desktop.domain.errors import KnownError

NOWHERE_TO_ASK = "There is no terminal to ask at. Use --passphrase-stdin or --recovery-stdin."
NO_LINE = "Nothing to read came in on standard input."
LONG_LINE = "The first line on standard input is too long for a passphrase or a recovery key."
NOT_TOLD = "The result could not be written out."
_LONGEST_LINE = 4_096
_JOINERS = "\u200c\u200d"
"""Letters of Persian and of India, and emoji, need them."""
STOPPED = "Stopped. Nothing half was left behind."
FAULT = "Something in the program went wrong."


class UnaskableError(Exception):
    """A secret could not be asked for; the text says why."""


class Given(NamedTuple):
    """A secret as it was typed, and whether it is a recovery key."""

    text: str
    recovery: bool


class Terminal:
    """Where a command asks and tells; the streams and the way to ask without echo are handed in."""

    def __init__(
        self,
        out: TextIO | None = None,
        err: TextIO | None = None,
        into: TextIO | None = None,
        ask: Callable[[str], str] | None = None,
    ) -> None:
        # A stream that was closed from outside is not there at all.
        self._out: TextIO | None = out or sys.stdout
        self._err: TextIO | None = err or sys.stderr
        self._into: TextIO = into or sys.stdin or io.StringIO()
        self._ask = ask
        self._at: int | None = None

    @property
    def is_seen(self) -> bool:
        """Whether the result is shown to somebody, and not written into a file or to another program."""
        return self._out is not None and self._out.isatty()

    def secret(self, way: str | None) -> Given:
        """Return the passphrase or recovery key, asked for or read from standard input as `way` says.

        UnaskableError where neither is possible.
        """
        recovery = (way or "").startswith("recovery")
        if (way or "").endswith("stdin"):
            return Given(self._line(), recovery)
        if self._ask is None and not self._into.isatty():
            raise UnaskableError(NOWHERE_TO_ASK)
        prompt = "Recovery key: " if recovery else "Passphrase: "
        return Given((self._ask or _asked)(prompt), recovery)

    def step(self, words: str) -> None:
        """Tell what is done now, as a line on stderr."""
        self._end_share()
        self._err = _told(self._err, f"{words}\n")

    def share(self, done: int, whole: int) -> None:
        """Tell how much of the step is done, where somebody can be looking."""
        percent = min(100, 100 * done // max(1, whole))
        if percent == self._at or self._err is None or not self._err.isatty():
            return
        self._at = percent
        self._err = _told(self._err, f"\r  {percent:3} %")

    def result(self, words: str) -> None:
        """Tell the result on stdout; where that is full or nobody reads it any more, that is told on stderr."""
        if self._at is not None:
            self.share(100, 100)
        self._end_share()
        if self._out is not None:
            self._out = _told(self._out, f"{words}\n")
            if self._out is None:
                self.fault(NOT_TOLD)

    def fault(self, words: KnownError | UnaskableError | str) -> None:
        """Tell on stderr why it did not come about."""
        self._end_share()
        self._err = _told(self._err, f"alliance-desktop: {words}\n")

    def report(self, kind: type[BaseException], _value: BaseException, trace: TracebackType | None) -> None:
        """Tell of a fault of the program: its kind and places in the code, no words and no values."""
        places = [f"  {Path(one.filename).name}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)]
        self.fault("\n".join([f"{FAULT} ({kind.__name__})", *places]))

    def _end_share(self) -> None:
        if self._at is not None:
            self._err = _told(self._err, "\n")
            self._at = None

    def _line(self) -> str:
        try:
            line = self._into.readline(_LONGEST_LINE).rstrip("\r\n")
        except (OSError, ValueError):
            line = ""
        if len(line) == _LONGEST_LINE:
            raise UnaskableError(LONG_LINE)
        if not line:
            raise UnaskableError(NO_LINE)
        return line


def safely(path: Path) -> str:
    """Return a path as it can be told on one line: what cannot be seen, or turns the line around, as numbers."""
    return "".join(one if one.isprintable() or one in _JOINERS else ascii(one)[1:-1] for one in str(path))


def _told(stream: TextIO | None, text: str) -> TextIO | None:
    """Write a text, what the stream has no letters for as numbers; return the stream, None once it takes no more."""
    if stream is None:
        return None
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except OSError:
        _drop(stream)
        return None
    return stream


def _drop(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere, so that the end of the process does not try it again."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, stream.fileno())
            stream.flush()
        finally:
            os.close(nowhere)


def _asked(prompt: str) -> str:
    try:
        return getpass.getpass(prompt, stream=sys.stderr)
    except EOFError:
        raise UnaskableError(NO_LINE) from None
