"""The sharing ledger: which notes are private, and what is said of one that was shown to somebody."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from alliance_desktop.domain.answers import said_day, text_of
from alliance_desktop.domain.audience import Document, Part, allowed
from alliance_desktop.domain.entry import Addendum, Entry, EntryId
from alliance_desktop.domain.form import Audience, Card, Form, is_answered
from alliance_desktop.domain.story import first_id, words

FORM = CARD = "disclosure"
NOTES = "notes"
"""The question that links to what was shown."""

BEGUN = "Begun, not confirmed"
"""What a line says while it is not known whether the page came out of the printer, and where a lock came between."""

MYSELF, FOR_MYSELF = "Myself", "For my own use."
"""What is recorded of a page that stays with the counsellor."""

_HOW = {
    "printed": ("Printed", "for"),
    "exported": ("Saved as a file", "for"),
    "copied": ("Copied as text", "for"),
    "shown": ("Shown", "to"),
    "read_aloud": ("Read aloud", "to"),
}


class Showing(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the ledger about a note: the entry that says it, and what it says."""

    entry: EntryId
    day: str
    to_whom: str
    why: str
    how: str = ""
    begun: bool = False

    def said(self, around: Callable[[str], str] = str) -> str:
        """Return it as a sentence; `around` is put around what the counsellor wrote, such as a name."""
        done, towards = _HOW.get(self.how, _HOW["shown"])
        done = f"{done} (begun, not confirmed)" if self.begun else done
        if self.to_whom == MYSELF:
            return f"{done} on {self.day} for my own use"
        whom = f" {towards} {around(self.to_whom)}" if self.to_whom else ""
        return f"{done} on {self.day}{whom}{f': {around(self.why)}' if self.why else ''}"


def showing(entry: Entry) -> Showing:
    """Return what a line of the ledger says."""
    return Showing(
        entry=entry.id,
        day=said_day(entry.happened_on, entry.about),
        to_whom=words(entry, "to_whom"),
        why=words(entry, "why"),
        how=first_id(entry, "how"),
        begun=text_of(entry.answers.get("how")) == BEGUN,
    )


def is_private(card: Card, entry: Entry, addenda: Iterable[Addendum] = ()) -> bool:
    """Say whether an entry holds private reflection, in its answers or in an addition."""
    mine = (one for one in card.questions if one.audience is Audience.PRIV)
    return any(is_answered(one, entry.answers.get(one.key)) for one in mine) or any(one.private for one in addenda)


def private_on(
    document: Document,
    entries: Sequence[Entry],
    form_of: Callable[[Entry], Form],
    addenda: Sequence[Addendum] = (),
    parts: frozenset[Part] = frozenset(),
) -> list[Entry]:
    """Return the entries whose private reflection a document shows, by its allow-list; additions print with theirs."""
    if document is Document.CLIENT_PLAN:
        return []
    noted = {one.entry for one in addenda if one.private}
    # The name of a strain heads the page, although no question of the list asks for it.
    noted |= {one.id for one in entries if one.card == "notice" and words(one, "name")}
    return [one for one in entries if one.id in noted or _shows(document, form_of(one), one, parts)]


def _shows(document: Document, form: Form, entry: Entry, parts: frozenset[Part]) -> bool:
    asked = (one for one in form.card(entry.card).questions if one.audience is Audience.PRIV)
    return any(allowed(document, form, one, parts) and is_answered(one, entry.answers.get(one.key)) for one in asked)
