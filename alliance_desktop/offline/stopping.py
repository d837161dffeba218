"""Ctrl+C while a command works: the work is told to stop at its next step and takes back what it had begun."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Give a function that says whether somebody asked to stop within the block; a second time ends it at once."""
    asked: list[int] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        if len(asked) > 1:
            raise KeyboardInterrupt

    signals = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {one: signal.signal(one, ask) for one in signals}
    try:
        yield lambda: bool(asked)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
