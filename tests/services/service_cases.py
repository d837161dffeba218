"""What the tests of services share: a clock to set, answers that are enough, and a disk without room."""

import datetime
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.entry import ArcId, ClientId, EntryId
from alliance_desktop.keys.derivation import LEAST_MEMORY_KIB, SALT_BYTES, Kdf
from alliance_desktop.services.notebook import Notebook, WriteCard

PASSPHRASE = "the kettle sings at four"
BEGAN = datetime.datetime(2026, 3, 5, 12, 0, tzinfo=datetime.UTC)
CHEAP = Kdf(salt=bytes(SALT_BYTES), memory_kib=LEAST_MEMORY_KIB, passes=1)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime.datetime = BEGAN) -> None:
        self.at = at

    def __call__(self) -> datetime.datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += datetime.timedelta(**by)


def day(after: int = 0) -> datetime.date:
    """Return the day the clock began at, or one after it."""
    return BEGAN.astimezone().date() + datetime.timedelta(days=after)


NOTICE: Answers = {
    "noticed_on": dated(day()),
    "name": "The corridor",
    "signs_away": chosen("w_minimal"),
    "seen_or_heard": "She answered in one word.",
}
ACKNOWLEDGE: Answers = {"my_part": chosen("a_words", text="I came late."), "landed": "As not counting."}
SPOKE: Answers = {"took_place_on": dated(day(2)), "their_words": "It was a bit much."}
PREFERRED_NOT: Answers = {"took_place_on": dated(day(1)), "preferred_not": chosen("not_now")}


def card(
    notebook: Notebook,
    client: ClientId,
    name: str,
    answers: Answers,
    *,
    arc: ArcId | None = None,
    entry: EntryId | None = None,
) -> WriteCard:
    """Return a card ready to be written; session notes by the name of their card, anything else of a strain."""
    form = "session" if name == "note" else "rupture"
    id = entry if entry is not None else notebook.new_entry()
    return WriteCard(client=client, form=form, card=name, answers=answers, entry=id, arc=arc)


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """Let no file of this process grow past a size: to SQLite this is a disk without room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def every_byte(folder: Path) -> bytes:
    """Return everything that lies in the files of a folder, and their names."""
    files = [one for one in sorted(folder.rglob("*")) if one.is_file()]
    return b"\0".join([os.fsencode(one.name) + b"\0" + one.read_bytes() for one in files])
