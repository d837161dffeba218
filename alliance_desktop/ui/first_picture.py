"""What nobody can need before the first picture of the window is on screen is done after it."""

from collections.abc import Callable

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
    while _waiting:
        _waiting.pop(0)()
