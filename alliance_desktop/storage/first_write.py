"""What a connection has to be told before its first write, and no opening has to wait for."""

from collections import deque
from collections.abc import Callable, Iterable

Source = Callable[[], Iterable[str]]
"""Returns statements that concern the connection only, such as those of temporary triggers."""


class FirstWrite:
    """Keeps statements until there is time for them, and runs what is left of them before anything is written.

    What fails is kept, and is tried again with the next write; until then nothing is written.
    """

    def __init__(self, run: Callable[[str], None]) -> None:
        self._run = run
        self._sources: deque[Source] = deque()
        self._statements: deque[str] = deque()

    def add(self, source: Source) -> None:
        """Keep the statements of a source, which is asked for them when their turn comes."""
        self._sources.append(source)

    def step(self) -> bool:
        """Run one statement, in about a millisecond; say whether more are waiting."""
        if not self._statements and self._sources:
            self._statements.extend(self._sources[0]())
            self._sources.popleft()
        if self._statements:
            self._run(self._statements[0])
            self._statements.popleft()
        return bool(self._statements or self._sources)

    def make_ready(self) -> None:
        """Run all that is left."""
        while self.step():
            pass
