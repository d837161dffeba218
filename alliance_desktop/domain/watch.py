"""How long work tells how far it is, and is told to stop."""

from collections.abc import Callable

from alliance_desktop.domain.backup_errors import BackupStoppedError


class Watch:
    """`tell` is called with 0 to 1 as work goes on; `is_stopped` is asked each time. Both from the work's thread."""

    def __init__(
        self, tell: Callable[[float], None] = lambda _done: None, is_stopped: Callable[[], bool] = lambda: False
    ) -> None:
        self._tell = tell
        self._is_stopped = is_stopped

    def at(self, done: float) -> None:
        """Say that so much is done, 0 to 1; BackupStoppedError where it is to go no further."""
        if self._is_stopped():
            raise BackupStoppedError
        self._tell(min(max(done, 0.0), 1.0))

    def part(self, start: float, end: float) -> "Watch":
        """Return a watch for a part of the work, whose 0 and 1 are `start` and `end` of the whole."""
        return Watch(lambda done: self._tell(start + (end - start) * done), self._is_stopped)

    def silent(self) -> "Watch":
        """Return a watch that tells nothing and stops all the same."""
        return Watch(is_stopped=self._is_stopped)
