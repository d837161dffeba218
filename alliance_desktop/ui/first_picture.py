"""What nobody can need before the first picture of the window is on screen is done after it."""

from collections.abc import Callable, Iterable
from functools import partial
from types import TracebackType

from PySide6.QtCore import QTimer

_waiting: list[Callable[[], object]] = []
_waits = False


def wait() -> None:
    """Put off from now on, until the picture comes, whatever is handed to `after`."""
    global _waits
    _waits = True


def after(act: Callable[[], object]) -> None:
    """Do something once the first picture is on screen; at once where none is waited for."""
    if _waits:
        _waiting.append(act)
    else:
        act()


def come() -> None:
    """The picture is on screen: do all that was put off, in the order in which it was asked for."""
    global _waits
    _waits = False
    # What one of them asks for meanwhile is done at once.
    waited, _waiting[:] = tuple(_waiting), ()
    each(waited)


def each(acts: Iterable[Callable[[], object]]) -> None:
    """Do one after the other, whatever becomes of those before; a fault is the program's, as one of a slot is."""
    for act in acts:
        with _Alone():
            act()


class _Alone:
    """Lets a fault take nothing else with it: it is raised again in a turn of its own, and ends in the hook."""

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: TracebackType | None) -> bool:
        if fault is not None:
            QTimer.singleShot(0, partial(_raise, fault))
        return True


def _raise(fault: BaseException) -> None:
    raise fault
