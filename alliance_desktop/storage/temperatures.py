"""What the temperature chart reads: three answers of each session of one client, and no other word of them."""

import datetime
from collections.abc import Iterable

from alliance_desktop.domain.answers import About, Answer
from alliance_desktop.domain.entry import ClientId, EntryId, Outline, State
from alliance_desktop.domain.temperature import ATTENDANCE, MINE, THEIRS, Noted
from alliance_desktop.storage.bin import LIVING
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.plain import decoded, encoded, sound

_KEYS = (THEIRS, MINE, ATTENDANCE)
_PATHS = ", ".join(f"'$.{one}'" for one in _KEYS)
_NOTED = (
    "SELECT entry.id, entry.form, entry.form_version, entry.card, entry.happened_on, entry.about, entry.sequence, "
    f"entry.state, json_extract(record_answer.answers, {_PATHS}), json_extract(private_answer.answers, {_PATHS}) "
    "FROM entry LEFT JOIN record_answer ON record_answer.entry = entry.id "
    "LEFT JOIN private_answer ON private_answer.entry = entry.id "
    f"WHERE entry.client = ? AND entry.form IN (SELECT value FROM json_each(?)) AND {LIVING}"
)


class Temperatures:
    """Reads the numbers and words of one client's sessions; nothing in the bin is among them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_client(self, client: ClientId, forms: Iterable[str]) -> list[Noted]:
        """Return the sessions of a client that were written in some forms, in no particular order."""
        rows = self._database.rows(_NOTED, (client, encoded(list(forms))))
        seen: dict[str | None, list[Answer]] = {None: [None] * len(_KEYS)}
        return sound(lambda: [_noted(seen, *row) for row in rows])


def _noted(
    seen: dict[str | None, list[Answer]],
    id: int,
    form: str,
    version: int,
    card: str,
    on: str,
    about: str,
    sequence: int,
    state: str,
    record: str | None,
    private: str | None,
) -> Noted:
    day = datetime.date.fromisoformat(on)
    known = Outline(EntryId(id), form, version, card, day, About(about), sequence, State(state))
    pairs = zip(_read(seen, record), _read(seen, private), strict=True)
    return Noted(known, *(one if one is not None else other for one, other in pairs))


def _read(seen: dict[str | None, list[Answer]], text: str | None) -> list[Answer]:
    """Return the answers of a text, which is the same for many sessions."""
    if text not in seen:
        seen[text] = decoded(text)
    return seen[text]
