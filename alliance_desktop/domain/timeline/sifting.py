"""Which rows of a story are shown: by kind, by day, strains alone, what the client has seen, or by words in them."""

import datetime

import msgspec

from alliance_desktop.domain.client import folded, found
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.form import Form, is_answered
from alliance_desktop.domain.shown import shown
from alliance_desktop.domain.timeline.row import Row, Spot


class Sift(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown of a story; all of it, as it stands. `kind` is a shipped form, `first` and `last` are days."""

    kind: str = ""
    first: datetime.date | None = None
    last: datetime.date | None = None
    strains: bool = False
    seen: bool = False

    @property
    def shows_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Sift()


def keeps(sift: Sift, spot: Spot) -> bool:
    """Say whether a row is shown, as far as its columns tell; what the client has seen, its words must tell."""
    if sift.first is not None and spot.on < sift.first:
        return False
    if sift.last is not None and spot.on > sift.last:
        return False
    if sift.strains and spot.arc is None:
        return False
    return not sift.kind or spot.kind == sift.kind


def hay(spot: Spot, row: Row, entry: Entry | None, form: Form | None) -> str:
    """Return the folded words that are looked through for a row: what it shows, and what was answered.

    Of an entry that lies in a drawer, only what its row shows.
    """
    parts = [row.title, row.text, spot.words]
    if entry is not None and form is not None and not form.drawer:
        for question in form.card(entry.card).questions:
            answer = entry.answers.get(question.key)
            if answer is not None and is_answered(question, answer):
                parts.append(shown(form, question, answer))
    return folded("\n".join(parts))


def holds(hay: str, typed: str) -> bool:
    """Say whether every word typed occurs in folded words."""
    return found(hay, typed)
