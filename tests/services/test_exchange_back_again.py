"""What a file brings in comes out so that it can be brought in again, and says no more and no less than the file."""

import errno
import io
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from exchange_cases import CLIENT, HEAD, NOTE, copied, put, told
from service_cases import card, day

from alliance_desktop.domain.answers import dated
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.exchange.errors import BadLineError, FileReadError, NoFileError
from alliance_desktop.domain.exchange.lines import LONGEST, LONGEST_WRITTEN, written
from alliance_desktop.domain.exchange.values import LARGEST, LARGEST_ID, LineError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.exchange.bringing_in import _must_come_out

STRAIN = {"is": "strain", "id": 10, "client": 1}
CARD = {"is": "entry", "id": 20, "client": 1, "strain": 10, "form": "rupture", "card": "notice", "day": "2026-03-05"}


class Two:
    """A vault that a file comes into, and empty ones into which comes what is taken out of it."""

    def __init__(self, access: Access, folder: Path, secrets: Secrets) -> None:
        self._access, self._secrets = access, secrets
        self.first = folder
        self._empty = shutil.copytree(folder, folder.with_name("Empty.vault"))

    def open(self) -> OpenVault:
        return self._access.open(self.first, copied(self._secrets))

    def bring(self, lines: list[Any]) -> None:
        vault = self.open()
        vault.exchange().bring_in(put(self.first.with_name("in"), lines), vault.close)
        vault.close()

    def taken(self) -> list[dict[str, Any]]:
        """Return the lines that are taken out, which come into an empty vault and out of it byte for byte."""
        out, again = self.first.with_name("out"), self.first.with_name("again")
        vault = self.open()
        vault.exchange().take_out(out)
        vault.close()
        second = shutil.copytree(self._empty, self.first.with_name("Second.vault"))
        other = self._access.open(second, copied(self._secrets))
        other.exchange().bring_in(out, other.close)
        other.close()
        other = self._access.open(second, copied(self._secrets))
        other.exchange().take_out(again)
        other.close()
        assert again.read_bytes() == out.read_bytes()
        lines = told(out)
        shutil.rmtree(second)
        out.unlink()
        again.unlink()
        return lines


@pytest.fixture
def two(access: Access, folder: Path, secrets: Secrets) -> Two:
    return Two(access, folder, secrets)


def refused(two: Two, lines: list[Any], reason: str) -> None:
    vault = two.open()
    with pytest.raises(BadLineError, match=reason):
        vault.exchange().bring_in(put(two.first.with_name("in"), lines), vault.close)
    vault.close()


# -- ids


@pytest.mark.parametrize("what", ["an entry", "an entry that was removed"])
def test_what_is_written_after_the_largest_id_of_a_file_can_be_brought_in_again(two: Two, what: str) -> None:
    gone = CARD | {"private": {"session": [LARGEST_ID]}, "gone": [LARGEST_ID]}
    two.bring([HEAD, CLIENT, STRAIN, *([gone] if what != "an entry" else [CARD, NOTE | {"id": LARGEST_ID}])])
    vault = two.open()
    made = vault.notebook.add_client({"code": "N-1"}).client
    written = vault.notebook.write(card(vault.notebook, ClientId(1), "note", {"date": dated(day())})).entry
    vault.close()
    assert made is not None
    assert written is not None
    assert LARGEST >= written > made > LARGEST_ID
    lines = two.taken()
    assert lines[0] == HEAD | {"beyond": True}
    assert {one.get("sequence", 0) > LARGEST_ID for one in lines if one.get("id") == written} == {True}


def test_a_vault_of_usual_ids_says_nothing_of_larger_ones(two: Two) -> None:
    two.bring([HEAD, CLIENT, NOTE | {"sequence": LARGEST}])
    lines = two.taken()
    assert lines[0] == HEAD
    assert lines[2]["sequence"] == LARGEST, "the control: a place in the order is no id"


# -- long lines


def test_a_note_longer_than_a_line_of_a_script_comes_out_and_can_be_brought_in(
    vault: OpenVault, client: ClientId, tmp_path: Path
) -> None:
    body = {"date": dated(day()), "body": "x" * LONGEST}
    vault.notebook.write(card(vault.notebook, client, "note", body))
    out = tmp_path / "out"
    vault.exchange().take_out(out)
    came = vault.exchange().bring_in(out, vault.close)
    assert (came.new, came.known) == ({"entry": 0, "client": 0}, {"entry": 1, "client": 1})
    same = out.read_bytes().replace(b'"body":"', b'"body": "')
    assert len(same.splitlines()[2]) > LONGEST
    out.write_bytes(same)
    with pytest.raises(BadLineError, match="not written as an export writes it"):
        vault.exchange().bring_in(out, vault.close)


def test_a_line_that_an_export_would_write_too_long_is_refused() -> None:
    kept = {"name": "preferences", "value": {"who_to_turn_to": "x" * LONGEST_WRITTEN}}
    with pytest.raises(LineError, match="in an export it would be longer"):
        _must_come_out("setting", kept, b"")
    kept["value"] = "x"
    _must_come_out("setting", kept, written("setting", kept))
    with pytest.raises(LineError, match="not written as an export writes it"):
        _must_come_out("setting", kept, written("setting", kept) + b" ")


def test_an_addition_being_typed_comes_along_although_its_note_is_gone(two: Two) -> None:
    unsent = {"is": "setting", "name": "unsent addendum 77", "value": {"text": "half a word", "private": True}}
    two.bring([HEAD, CLIENT, unsent])
    assert unsent in two.taken()


# -- answers


def test_a_day_known_only_by_its_month_brings_that_along(two: Two) -> None:
    unsure = {"record": {"date": {"on": "2026-03-01", "about": "month"}, "body": "x"}}
    two.bring([HEAD, CLIENT, NOTE | unsure, NOTE | unsure | {"id": 3, "about": "week"}, NOTE | {"id": 4}])
    assert [(one["day"], one.get("about")) for one in two.taken()[2:5]] == [
        ("2026-03-01", "month"),
        ("2026-03-01", "week"),
        ("2026-03-05", None),
    ]
    vault = two.open()
    before = vault.notebook.entry(EntryId(2))
    vault.notebook.write(card(vault.notebook, ClientId(1), "note", before.answers | {"body": "y"}, entry=before.id))
    after = vault.notebook.entry(EntryId(2))
    assert (after.happened_on, after.about) == (before.happened_on, before.about), "the window says the same"
    vault.close()


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ({"ids": ["agreed"], "text": "beside"}, "words beside a choice in a table"),
        ({"ids": ["agreed", "begun"]}, "names several options"),
    ],
)
def test_a_table_takes_no_more_of_a_choice_than_its_cell_shows(two: Two, cell: dict[str, Any], reason: str) -> None:
    def repair(**state: Any) -> dict[str, Any]:
        return CARD | {"card": "repair", "record": {"agreed": [{"state": state}]}}

    refused(two, [HEAD, CLIENT, STRAIN, repair(**cell)], reason)
    two.bring([HEAD, CLIENT, STRAIN, repair(ids=["agreed"], text="")])
    assert two.taken()[3]["record"] == {"agreed": [{"state": {"ids": ["agreed"], "text": ""}}]}


# -- what nobody asks

UNASKED = {"scores": [2, 3, 1 << 60], "who": [{"contact": 2}, {"contact": 9}]}


def test_numbers_that_nobody_asks_for_are_no_links(two: Two) -> None:
    two.bring([HEAD, CLIENT, NOTE, NOTE | {"id": 5, "unasked": UNASKED}])
    assert two.taken()[3]["unasked"] == UNASKED
    vault = two.open()
    assert vault.notebook.links_to(EntryId(2)) == []
    again = vault.notebook.entry(EntryId(5)).answers | {"body": "Typed since."}
    vault.notebook.write(card(vault.notebook, ClientId(1), "note", again, entry=EntryId(5)))
    assert vault.notebook.links_to(EntryId(2)) == [], "nor are they once it is written on"
    vault.close()
    assert two.taken()[3]["unasked"] == UNASKED


def test_a_link_that_an_export_of_before_says_is_gone_comes_in_and_out(two: Two) -> None:
    two.bring([HEAD, CLIENT, NOTE, NOTE | {"id": 5, "unasked": UNASKED, "gone": [3, 9]}])
    lines = two.taken()
    assert (lines[3]["unasked"], lines[3]["gone"]) == (UNASKED, [3, 9])


def test_a_link_that_another_version_of_ones_own_form_asks_for_is_one(two: Two) -> None:
    def own(version: int, *kinds: str) -> dict[str, Any]:
        questions = [{"key": one, "kind": one, "audience": "REC", "label": "L"} for one in kinds]
        told = {"id": "own_7", "version": version, "title": "Mine", "based_on": "feedback"}
        return {
            "is": "form",
            "declaration": told | {"cards": [{"id": "feedback", "title": "T", "questions": questions}]},
        }

    mine = {"is": "entry", "id": 5, "client": 1, "form": "own_7", "card": "feedback", "day": "2026-03-05"}
    lines = [
        HEAD,
        own(1, "line", "link"),
        own(2, "line"),
        CLIENT,
        NOTE,
        mine | {"unasked": {"link": [2], "line_2": [2]}},
    ]
    two.bring(lines)
    assert two.taken()[5]["unasked"] == {"line_2": [2], "link": [2]}
    vault = two.open()
    assert [one.id for one in vault.notebook.links_to(EntryId(2))] == [5]
    vault.close()
    refused(two, [*lines[:-1], mine | {"id": 6, "unasked": {"link": [77]}}], "neither in the file")


# -- the disk


class _Worn(io.FileIO):
    """A file whose disk fails after its first part."""

    parts = 0

    def readinto(self, buffer: Any) -> int:
        self.parts += 1
        if self.parts > 1:
            raise OSError(errno.EIO, "the stick was pulled out")
        return super().readinto(buffer) or 0


def test_a_disk_that_fails_while_it_is_read_changes_nothing(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [HEAD, CLIENT, *(NOTE | {"id": 2 + at, "day": "2026-03-05"} for at in range(3_000))]
    path = put(tmp_path / "in", lines)
    opened, before = os.fdopen, (vault.folder / "notes.db").read_bytes()

    def worn(fd: int, *how: Any, **more: Any) -> Any:
        mine = os.fstat(fd).st_ino == path.stat().st_ino
        return io.BufferedReader(_Worn(fd), more["buffering"]) if mine else opened(fd, *how, **more)

    monkeypatch.setattr(os, "fdopen", worn)
    with pytest.raises(FileReadError) as fault:
        vault.exchange().bring_in(path, vault.close)
    assert "Nothing was brought in" in str(fault.value)
    assert vault.is_open
    assert (vault.folder / "notes.db").read_bytes() == before
    monkeypatch.undo()
    assert vault.exchange().bring_in(path, vault.close).new["entry"] == 3_000, "the control: the file is good"


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="only some systems show what is no file as one")
def test_what_a_system_only_shows_as_a_file_is_none(vault: OpenVault) -> None:
    with pytest.raises(NoFileError):
        vault.exchange().bring_in(Path("/proc/version"), vault.close)
    assert vault.is_open


# -- many links


def test_the_work_for_links_to_what_is_gone_grows_no_faster_than_they_do(two: Two) -> None:
    """Counted in steps of the database, which are the same on each computer."""

    def linking(id: int, many: int) -> dict[str, Any]:
        gone = list(range(1_000, 1_000 + many))
        return CARD | {"id": id, "private": {"session": gone}, "gone": gone}

    def steps() -> int:
        vault, counted, after = two.open(), [0], 0
        connection = vault._store._database._connection
        connection.set_progress_handler(lambda: counted.append(0), 100)
        found = []
        while more := vault._store.bringing_in.lost_links(after):
            found += more
            after = more[-1][0]
        connection.set_progress_handler(None, 0)
        assert len({(source, target) for _, source, target in found}) == len(found) == sum(lost)
        vault.close()
        return len(counted)

    lost = [3_000]
    two.bring([HEAD, CLIENT, STRAIN, linking(20, 3_000)])
    few = steps()
    two.bring([HEAD, CLIENT, STRAIN, linking(20, 3_000), linking(21, 9_000)])
    lost.append(9_000)
    assert steps() < 5 * few
