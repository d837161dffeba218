"""What stands in for the replacement of the process by a fresh one."""

import threading

from person import Person

from alliance_desktop.services.process import Handover


def has_cursor(person: Person) -> bool:
    """Say whether what is typed on the lock page comes into its field."""
    field = person.window.page.passphrase
    return bool(field.isEnabled() and field.edit.hasFocus())


class Fresh:
    """Takes the place of the replacement: notes each handover and what was so in that moment."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.given: list[Handover] = []
        self.seen: list[tuple[str, bool]] = []
        self.took_words: list[bool] = []
        self.called = threading.Event()
        parts = person.program.parts
        parts.world = parts.world._replace(relaunch=self)

    def __call__(self, handover: Handover) -> None:
        self.given.append(handover)
        if threading.current_thread() is threading.main_thread():
            page = self.person.window.shown
            self.seen.append((page.objectName(), self.person.program.vault is None))
            self.took_words.append(page.passphrase.isEnabled() or page.key.isEnabled())
        self.called.set()

    def wait(self) -> Handover:
        """Return the next handover; a backup may be written first."""
        self.person.until(lambda: self.given)
        return self.given.pop(0)
