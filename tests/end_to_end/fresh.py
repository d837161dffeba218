"""What stands in for the replacement of the process by a fresh one."""

import threading

from person import Person

from alliance_desktop.services.process import Handover


class Fresh:
    """Takes the place of the replacement: notes each handover and what was so in that moment."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.given: list[Handover] = []
        self.seen: list[tuple[str, bool]] = []
        self.called = threading.Event()
        parts = person.program.parts
        parts.world = parts.world._replace(relaunch=self)

    def __call__(self, handover: Handover) -> None:
        self.given.append(handover)
        if threading.current_thread() is threading.main_thread():
            self.seen.append((self.person.window.shown.objectName(), self.person.program.vault is None))
        self.called.set()

    def wait(self) -> Handover:
        """Return the next handover; a backup may be written first."""
        self.person.until(lambda: self.given)
        return self.given.pop(0)
