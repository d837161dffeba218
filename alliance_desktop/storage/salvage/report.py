"""What a salvage saved, and what is known to be missing."""

import datetime
from collections.abc import Set as AbstractSet

import msgspec

from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.storage.plain import day_of, time_of
from alliance_desktop.storage.salvage.choosing import Chosen, SideFile
from alliance_desktop.storage.salvage.finding import Found, Key, Table
from alliance_desktop.storage.salvage.mending import Mended, Named, whole
from alliance_desktop.storage.salvage.shapes import plain
from alliance_desktop.storage.salvage.sides import Sided


class Note(msgspec.Struct, frozen=True):
    """One note of which something is missing: whose it is (empty for the counsellor's own), its day, and its card."""

    client: str
    on: datetime.date
    form: str
    form_version: int
    card: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What was saved, counted by table, and what is missing.

    `agrees` says that all rows agree with the digest kept with them: then nothing is missing and nothing is old; None
    where no digest was found. `lost_record` and `lost_reflection` are notes that had one, `perhaps_*` those of which
    it cannot be told. `bare_*` are clients, strains and notes that had to be made anew because other rows rest on
    them. `lost_notes`, `lost_addenda` and `lost_versions` are those that only an index tells of. `to_private` counts
    rows that were put on the private side because nobody could tell, `refused` rows that were read and not used.
    """

    made_at: datetime.datetime
    pages: int
    bad_pages: int
    side: SideFile
    agrees: bool | None
    saved: dict[str, int]
    bare_clients: int
    bare_strains: int
    bare_notes: list[Note]
    lost_notes: int
    lost_addenda: int
    lost_record: list[Note]
    lost_reflection: list[Note]
    perhaps_record: list[Note]
    perhaps_reflection: list[Note]
    to_private: int
    refused: int
    has_key_file: bool
    lost_versions: int = 0


def report_on(
    chosen: Chosen, sided: Sided, mended: Mended, *, made_at: datetime.datetime, has_key_file: bool
) -> Report:
    """Return what is to be told of a salvage."""
    found, tables, made = chosen.found, mended.tables, mended.made
    lost_record, perhaps_record = _missing_side(found, mended, "record_answer")
    lost_reflection, perhaps_reflection = _missing_side(found, mended, "private_answer")
    counted = {name: len(rows) - len(made.get(name, ())) for name, rows in tables.items() if name != "meta"}
    return Report(
        made_at=made_at,
        pages=chosen.pages,
        bad_pages=found.bad_pages,
        side=chosen.side,
        agrees=chosen.agrees,
        saved=counted,
        bare_clients=len(made["client"]),
        bare_strains=len(made["arc"]),
        bare_notes=_notes(mended, made["entry"]),
        lost_notes=len(
            (_indexed(found, "entry_of_client") | _indexed(found, "entry_of_form")) - tables["entry"].keys()
        ),
        lost_addenda=sum(
            len(_indexed(found, f"{side}_addendum_of_entry") - tables[f"{side}_addendum"].keys())
            for side in ("record", "private")
        ),
        lost_record=lost_record,
        lost_reflection=lost_reflection,
        perhaps_record=perhaps_record,
        perhaps_reflection=perhaps_reflection,
        to_private=sided.undecided,
        refused=sided.refused + found.refused,
        has_key_file=has_key_file,
        lost_versions=len(_lost_versions(found, mended)),
    )


def _lost_versions(found: Found, mended: Mended) -> set[tuple[str, int]]:
    """Return the halves of earlier versions that are lost; one of the record may have been put on the private side."""
    told = {side: _indexed(found, f"{side}_version_of_entry") for side in ("record", "private")}
    there = {side: mended.tables[f"{side}_version"].keys() for side in told}
    moved = there["private"] - told["private"]
    missing = {"record": told["record"] - there["record"] - moved, "private": told["private"] - there["private"]}
    return {(side, id) for side, ids in missing.items() for id in ids}


def _indexed(found: Found, index: str) -> set[int]:
    return {row[-1] for row in found.indexed[index] if isinstance(row[-1], int)}


def _missing_side(found: Found, mended: Mended, side: str) -> tuple[list[Note], list[Note]]:
    """Return the notes that lost their answers of one side, and those of which nobody can tell."""
    table, there = found.tables[side], mended.tables[side]
    known = [id for id, row in mended.tables["entry"].items() if id not in there and row["mark"] == ""]
    lost = {id for id in known if id in table.broken}
    perhaps = {id for id in known if id not in lost and isinstance(id, int) and _in_gap(table, id)}
    return _notes(mended, lost), _notes(mended, perhaps - lost)


def _in_gap(table: Table, key: int) -> bool:
    return any(gap.low <= key <= gap.high for gap in table.gaps)


def _notes(mended: Mended, ids: AbstractSet[Key]) -> list[Note]:
    rows = [row for id, row in mended.tables["entry"].items() if id in ids]
    return [_note(mended, row) for row in sorted(rows, key=lambda row: (str(row["happened_on"]), whole(row["id"])))]


def _note(mended: Mended, row: Named) -> Note:
    called = "" if row["client"] is None else _called(mended.tables["client"][row["client"]])
    return Note(called, day_of(str(row["happened_on"])), str(row["form"]), whole(row["form_version"]), str(row["card"]))


def _called(client: Named) -> str:
    answers = plain(client["answers"])
    known: Answers = answers if isinstance(answers, dict) else {}
    return Client(id=ClientId(whole(client["id"])), created_at=time_of(str(client["created_at"])), answers=known).called
