"""When Python may take unused objects away: never while a thread beside the window's is at work.

It does so in whichever thread it notices them, and a widget among them must not end in any thread but the window's.
"""

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_counting = threading.Lock()
_holding = 0


def hold() -> None:
    """Take nothing away from now on, until whoever holds has let go."""
    global _holding
    with _counting:
        _holding += 1
        gc.disable()


def let_go() -> None:
    """Go on as usual, where nobody else holds."""
    global _holding
    with _counting:
        _holding = max(0, _holding - 1)
        if not _holding:
            gc.enable()


def keep_all() -> None:
    """Let what there is now stay for good: whoever looks for unused objects later passes over it, and is done sooner.

    For a moment in which nothing of a vault is in memory.
    """
    gc.freeze()


@contextmanager
def put_off() -> Iterator[None]:
    """Take nothing away in a piece of work that makes very much and leaves little of it behind."""
    hold()
    try:
        yield
    finally:
        let_go()


def held() -> Callable[[], None]:
    """Take nothing away from now on, until what is returned is called the first time."""
    hold()
    left = [let_go]
    return lambda: left.pop()() if left else None
