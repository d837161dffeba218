"""The report of a salvage in plain sentences."""

from collections.abc import Iterator

from alliance_desktop.domain.answers import long_day
from alliance_desktop.services.forms import Forms
from alliance_desktop.storage.salvage.choosing import SideFile
from alliance_desktop.storage.salvage.mending import CALLED
from alliance_desktop.storage.salvage.report import Note, Report

MOST_NAMED = 40
"""Of each kind, so many notes are named; the rest is counted."""

_SIDE = {
    SideFile.USED: "What the last save had put beside the notes (notes.db-wal) was used.",
    SideFile.LEFT_OUT: "A side file (notes.db-wal) lay beside the notes and was left out: it does not belong to them.",
}


def is_all(report: Report) -> bool:
    """Say whether everything was saved: all rows are there and agree with the digest kept with them."""
    made = report.bare_clients or report.bare_strains or report.bare_notes
    return report.agrees is True and not made and not report.refused


def words(report: Report, forms: Forms) -> list[str]:
    """Return the report, one sentence or one note to a line."""
    said = [_saved(report)]
    if is_all(report):
        said.append("Nothing is missing: every note agrees with the check sum that was kept with it.")
    elif report.agrees is False:
        said.append("Not everything is there, or not everything is as it was last written.")
    elif report.agrees is None:
        said.append("Whether anything else is missing cannot be told: the check sum of the notes is lost.")
    said += _how_it_was_read(report)
    said += _made_anew(report)
    said += _lost(report)
    said += _named("The record of these notes is lost:", report.lost_record, forms)
    said += _named("The private reflection of these notes is lost:", report.lost_reflection, forms)
    said += _named("These notes have no record; perhaps it is lost:", report.perhaps_record, forms)
    said += _named("These notes have no private reflection; perhaps it is lost:", report.perhaps_reflection, forms)
    said += _named(
        "Of these notes only what was written was found; their day and card are a guess:", report.bare_notes, forms
    )
    return [*said, *_next(report)]


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 note", "3 notes"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def _saved(report: Report) -> str:
    saved = report.saved
    parts = [
        counted(saved["client"], "client"),
        counted(saved["entry"], "note"),
        counted(saved["record_answer"], "record"),
        counted(saved["private_answer"], "private reflection"),
        counted(saved["arc"], "strain"),
        counted(saved["record_addendum"] + saved["private_addendum"], "addendum", "addenda"),
        counted(saved["setting"], "setting"),
    ]
    return f"Saved: {', '.join(parts[:-1])} and {parts[-1]}."


def _how_it_was_read(report: Report) -> Iterator[str]:
    if report.bad_pages:
        held = "; nothing that was on them is missing" if is_all(report) else ""
        yield f"{report.bad_pages:,} of {report.pages:,} pages of the file could not be read{held}."
    if report.side in _SIDE:
        yield _SIDE[report.side]
    if report.refused:
        rows = counted(report.refused, "piece", "pieces")
        yield f"{rows} contradicted others or stood where they did not belong, and were not used."
    if report.to_private:
        texts = counted(report.to_private, "text")
        yield f"{texts} may belong to the record or to the private reflection; to be safe they are now private."


def _made_anew(report: Report) -> Iterator[str]:
    if report.bare_clients:
        who = counted(report.bare_clients, "client")
        yield f"The details of {who} are lost. Their notes are under “{CALLED}”."
    if report.bare_strains:
        yield f"{counted(report.bare_strains, 'strain')} had to be put together again from the notes that belong to it."


def _lost(report: Report) -> Iterator[str]:
    if report.lost_notes:
        yield f"{counted(report.lost_notes, 'note')} could not be saved at all."
    if report.lost_addenda:
        yield f"{counted(report.lost_addenda, 'addendum', 'addenda')} could not be saved."
    if report.lost_versions:
        yield f"{counted(report.lost_versions, 'earlier version')} of what notes said could not be saved."


def _named(head: str, notes: list[Note], forms: Forms) -> Iterator[str]:
    if not notes:
        return
    yield head
    for one in notes[:MOST_NAMED]:
        # Isolated, so that a name written from right to left does not turn the line round.
        client = f"\N{FIRST STRONG ISOLATE}{one.client}\N{POP DIRECTIONAL ISOLATE}, " if one.client else ""
        yield f"– {client}{long_day(one.on)}, {_card(one, forms)}"
    if len(notes) > MOST_NAMED:
        yield f"– and {len(notes) - MOST_NAMED:,} more"


def _card(note: Note, forms: Forms) -> str:
    for form in forms.all():
        if (form.id, form.version) == (note.form, note.form_version):
            return next((one.title for one in form.cards if one.id == note.card), form.title)
    return "a card of a newer program"


def _next(report: Report) -> Iterator[str]:
    if not report.has_key_file:
        yield "No whole key file was found: open the new vault with the recovery sheet, and choose a new passphrase."
    if not is_all(report):
        yield "Your newest backup may hold what is missing here. The damaged folder was not changed; keep it."
