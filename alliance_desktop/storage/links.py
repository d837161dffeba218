"""The links between entries, found in their answers and kept so that both ends can be asked."""

from collections.abc import Container, Iterator

from alliance_desktop.domain.answers import Answer, Answers, is_id
from alliance_desktop.domain.entry import EntryId
from alliance_desktop.storage.database import Database

CONTACT = "contact"
"""Where a person named in an answer tells which contact they are."""


def links_of(answers: Answers) -> Iterator[tuple[str, EntryId]]:
    """Yield (key, entry) for each entry that answers link to: links, and people who are in the contacts."""
    for key, answer in answers.items():
        for target in dict.fromkeys(_targets(answer)):
            yield key, target


def _targets(answer: Answer) -> Iterator[EntryId]:
    for one in answer if isinstance(answer, list) else ():
        found = one.get(CONTACT) if isinstance(one, dict) else one
        if is_id(found):
            yield EntryId(found)


def keep(database: Database, source: EntryId, answers: Answers, linking: Container[str] | None = None) -> None:
    """Write down what an entry links to, in place of what it linked to before; None for links under any key."""
    wanted = {one for one in links_of(answers) if linking is None or one[0] in linking}
    known = {(key, target): id for id, key, target in database.rows(_OF_SOURCE, (source,))}
    for id in (known[one] for one in known.keys() - wanted):
        database.run("DELETE FROM link WHERE id = ?", (id,))
    for key, target in sorted(wanted - known.keys()):
        database.run("INSERT INTO link (source, key, target) VALUES (?, ?, ?)", (source, key, target))


_OF_SOURCE = "SELECT id, key, target FROM link WHERE source = ?"
