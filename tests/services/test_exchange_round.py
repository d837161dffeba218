"""What is taken out and brought into an empty vault is taken out of it again byte for byte, whatever was written."""

import datetime
import errno
import os
import shutil
from pathlib import Path

import pytest
from exchange_cases import CLIENT, HEAD, NOTE, copied, fill, put, told
from service_cases import BEGAN, Clock

from alliance_desktop.domain.attention import Rule
from alliance_desktop.domain.backup_errors import BackupStoppedError
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.exchange.errors import (
    BadLineError,
    ExportTakenError,
    ImportNotPlacedError,
    SampleMixedError,
)
from alliance_desktop.domain.exchange.values import LARGEST_ID
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.preferences import Preferences
from alliance_desktop.storage import disk, kept_stories
from alliance_desktop.storage.contents import Contents


@pytest.fixture
def empty(access: Access, folder: Path, secrets: Secrets, tmp_path: Path) -> tuple[Path, Secrets]:
    """Another vault that nothing was ever written in."""
    return shutil.copytree(folder, tmp_path / "Empty.vault"), copied(secrets)


def _contents(vault: OpenVault) -> Contents:
    return vault._store.contents()


def _agrees(vault: OpenVault) -> bool:
    steps = vault._store.recounting()
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return bool(done.value)


def _rows(vault: OpenVault) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows that are no settings and follow from nothing, the links without their numbers."""
    read = vault._store._database.rows
    names = [name for (name,) in read("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    kept = [one for one in names if one not in {"meta", "setting", "link"} and not one.startswith(("search_", "kept_"))]
    found = {one: sorted(read(f"SELECT * FROM {one}"), key=repr) for one in kept}
    found["link"] = sorted(read("SELECT source, key, target FROM link"))
    return found


def test_one_of_everything_comes_back_byte_for_byte(
    vault: OpenVault, clock: Clock, access: Access, empty: tuple[Path, Secrets], tmp_path: Path
) -> None:
    fill(vault, clock)
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    taken = vault.exchange().take_out(first)
    kinds = {one["is"] for one in told(first)}
    assert kinds == {"head", "form", "client", "strain", "entry", "earlier", "answer", "setting", "end"}
    assert any(one.get("gone") for one in told(first))
    assert any(one.get("binned") for one in told(first))
    assert any(one.get("unasked") for one in told(first) if one["is"] == "entry")
    assert any(one.get("unasked") or one.get("private") for one in told(first) if one["is"] == "earlier")
    other = access.open(*empty)
    came = other.exchange().bring_in(first, other.close)
    assert not any(came.known.values())
    assert came.new["entry"] == taken.tally.notes
    other = access.open(empty[0], copied(empty[1]))
    other.exchange().take_out(second)
    assert second.read_bytes() == first.read_bytes()
    mine, theirs = _rows(vault), _rows(other)
    for table, rows in mine.items():
        if table not in {"record_answer", "private_answer", "record_version", "private_version", "client"}:
            assert theirs[table] == rows, table
        assert len(theirs[table]) == len(rows), table
    assert {one.id: (one.last_on, one.open_strains) for one in vault.notebook.clients()} == {
        one.id: (one.last_on, one.open_strains) for one in other.notebook.clients()
    }
    assert _agrees(other), "the digest that came along is that of the rows"
    other.close()


def test_the_sample_comes_back_byte_for_byte_and_stays_among_samples(
    access: Access, forms: Forms, vault: OpenVault, tmp_path: Path
) -> None:
    text = resource("sample", "caseload.toml").read_text(encoding="utf-8")
    sample = access.make_sample(tmp_path / "Sample.vault", text)
    sample.exchange().take_out(tmp_path / "first.jsonl")
    sample.close()
    place = tmp_path / "Other.vault"
    other = access.open(place, access.create(place, "the kettle sings at four", sample=True))
    other.exchange().bring_in(tmp_path / "first.jsonl", other.close)
    secrets = access.unlock(place, "the kettle sings at four")
    other = access.open(place, secrets)
    other.exchange().take_out(tmp_path / "second.jsonl")
    other.close()
    assert (tmp_path / "second.jsonl").read_bytes() == (tmp_path / "first.jsonl").read_bytes()
    before = vault._store.digest
    with pytest.raises(SampleMixedError):
        vault.exchange().bring_in(tmp_path / "first.jsonl", vault.close)
    assert vault.is_open
    assert vault._store.digest == before


def test_taking_out_twice_gives_the_same_file_and_changes_nothing(
    vault: OpenVault, clock: Clock, folder: Path, tmp_path: Path
) -> None:
    fill(vault, clock)
    before, saves = (folder / "notes.db").read_bytes(), vault._store.saves
    for name in ("one", "two"):
        vault.exchange().take_out(tmp_path / name)
        clock.move(days=1)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert ((folder / "notes.db").read_bytes(), vault._store.saves) == (before, saves)
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o600
    names = {one["name"] for one in told(tmp_path / "one") if one["is"] == "setting"}
    assert {"preferences", "snippets", "supervision agenda"} - names == {"supervision agenda"}
    assert not names & {"key_life", "place", "last sure day", "pages to be written anew", "salvage report"}


def test_a_stop_at_any_moment_leaves_no_file(vault: OpenVault, tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.mkdir()
    vault.notebook.add_client({"code": "D-34"})
    seen: list[tuple[float, list[str]]] = []

    def stop_after(asked: int) -> Watch:
        seen.clear()
        return Watch(
            lambda done: seen.append((done, [one.suffix for one in place.iterdir()])), lambda: len(seen) >= asked
        )

    vault.exchange().take_out(place / "whole.jsonl", stop_after(1000))
    assert seen[-1] == (1.0, [".partial"]), "asked last when all is written, and before it has its name"
    (place / "whole.jsonl").unlink()
    moments = len(seen)
    assert moments > 1
    for asked in range(moments):
        with pytest.raises(BackupStoppedError):
            vault.exchange().take_out(place / "stopped.jsonl", stop_after(asked))
        assert list(place.iterdir()) == []


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_came_meanwhile_keeps_its_name(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    out = tmp_path / "out.jsonl"
    if not links:
        monkeypatch.setattr(os, "link", _refused)

    def tell(done: float) -> None:
        if done == 1.0:
            out.write_text("mine")

    with pytest.raises(ExportTakenError):
        vault.exchange().take_out(out, Watch(tell))
    assert [(one.name, one.read_text()) for one in tmp_path.glob("*.jsonl")] == [("out.jsonl", "mine")]
    assert list(tmp_path.glob(".*.partial")) == []
    out.unlink()
    vault.exchange().take_out(out)
    assert told(out)[-1]["is"] == "end", "the control: such a disk takes a file of a free name"


def _refused(*_paths: object) -> None:
    raise OSError(errno.EPERM, "this disk knows no second names")


def test_what_is_there_already_is_known_and_nothing_is_written(
    vault: OpenVault, clock: Clock, folder: Path, tmp_path: Path
) -> None:
    fill(vault, clock)
    vault.exchange().take_out(tmp_path / "one")
    before, saves = vault._store.digest, vault._store.saves
    came = vault.exchange().bring_in(tmp_path / "one", vault.close)
    assert vault.is_open, "nothing came in, so the vault stays as it is"
    assert not any(came.new.values())
    lines = told(tmp_path / "one")
    for kind in ("client", "strain", "entry", "earlier", "answer", "setting", "form"):
        assert came.known[kind] == sum(one["is"] == kind for one in lines), kind
    assert (vault._store.digest, vault._store.saves) == (before, saves)


def test_new_notes_of_a_known_client_come_in_and_their_days_follow(
    access: Access, vault: OpenVault, folder: Path, secrets: Secrets, tmp_path: Path
) -> None:
    again = copied(secrets)
    vault.exchange().bring_in(put(tmp_path / "one", [HEAD, CLIENT, NOTE]), vault.close)
    later = NOTE | {"id": 3, "record": {"date": {"on": "2026-04-01"}, "body": "She spoke."}}
    opened = access.open(folder, again)
    assert opened.notebook.client(ClientId(1)).last_on == datetime.date(2026, 3, 5)
    again = copied(secrets)
    came = opened.exchange().bring_in(put(tmp_path / "two", [HEAD, CLIENT, NOTE, later]), opened.close)
    assert (came.new["entry"], came.known["entry"], came.known["client"]) == (1, 1, 1)
    opened = access.open(folder, again)
    assert opened.notebook.client(ClientId(1)).last_on == datetime.date(2026, 4, 1)
    assert len(list((folder / "backups").glob("*.vbak"))) == 1, "a backup was made before"
    first = opened.notebook.entry(opened.notebook.entries(ClientId(1))[0].id)
    assert first.created_at == datetime.datetime(2026, 3, 5, 12, tzinfo=datetime.UTC)
    assert first.sequence == first.id
    opened.close()


def test_an_empty_vault_takes_the_settings_and_another_keeps_its_own(
    access: Access, vault: OpenVault, folder: Path, secrets: Secrets, tmp_path: Path
) -> None:
    again = [copied(secrets) for _ in range(2)]
    vault.settings.keep(Preferences(lock_minutes=9))
    setting = {"is": "setting", "name": "preferences", "value": {"lock_minutes": 30}}
    file = put(tmp_path / "one", [HEAD, CLIENT, setting])
    vault.exchange().bring_in(file, vault.close)
    opened = access.open(folder, again[0])
    assert opened.settings.preferences().lock_minutes == 30
    opened.settings.keep(Preferences(lock_minutes=11))
    came = opened.exchange().bring_in(put(tmp_path / "two", [HEAD, CLIENT, NOTE, setting]), opened.close)
    assert came.left == ("preferences",)
    opened = access.open(folder, again[1])
    assert opened.settings.preferences().lock_minutes == 11
    opened.close()


def test_what_came_in_can_be_searched_and_written_on(
    access: Access, vault: OpenVault, folder: Path, secrets: Secrets, tmp_path: Path
) -> None:
    again = copied(secrets)
    vault.exchange().bring_in(put(tmp_path / "one", [HEAD, CLIENT, NOTE]), vault.close)
    opened = access.open(folder, again)
    assert opened._store.search.count_due() == 2
    made = opened.notebook.add_client({"code": "N-1"}).client
    assert made is not None
    assert made > 2
    opened.close()


def test_no_new_entry_has_the_id_of_one_that_was_removed_before(
    access: Access, vault: OpenVault, folder: Path, secrets: Secrets, tmp_path: Path
) -> None:
    again, newest = copied(secrets), ((1 << 40) - 2) << 12
    linking = {"is": "entry", "id": newest, "client": None, "form": "supervision", "card": "session"}
    linking |= {"day": "2026-03-05", "gone": [newest + 1], "private": {"brought": [newest + 1]}}
    vault.exchange().bring_in(put(tmp_path / "one", [HEAD, CLIENT, linking]), vault.close)
    opened = access.open(folder, again)
    assert opened._store.entries.linking_to(EntryId(newest + 1)), "the control: a link leads to what is gone"
    made = opened.notebook.new_entry()
    assert made > newest + 1
    opened.close()


def test_a_folder_that_is_not_synced_is_not_told_as_a_failure(
    access: Access, vault: OpenVault, folder: Path, secrets: Secrets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again, refused = copied(secrets), []

    def sync(path: Path) -> None:
        if path == folder:
            refused.append(path)
            raise OSError(errno.EIO, "the disk says nothing of its folder")

    monkeypatch.setattr(disk, "sync_folder", sync)
    came = vault.exchange().bring_in(put(tmp_path / "one", [HEAD, CLIENT, NOTE]), vault.close)
    assert (came.new["entry"], bool(refused)) == (1, True)
    opened = access.open(folder, again)
    assert [one.id for one in opened.notebook.clients()] == [1]
    opened.close()


def test_a_side_file_beside_the_notes_is_never_merged_into_what_came(
    vault: OpenVault, folder: Path, tmp_path: Path
) -> None:
    side = folder / "notes.db-wal"

    def close() -> None:
        vault.close()
        side.write_bytes(b"of another program")

    with pytest.raises(ImportNotPlacedError):
        vault.exchange().bring_in(put(tmp_path / "one", [HEAD, CLIENT, NOTE]), close)
    assert side.read_bytes() == b"of another program"


def test_after_an_import_what_the_reminders_read_is_kept_and_is_what_came_in(
    access: Access, vault: OpenVault, folder: Path, secrets: Secrets, tmp_path: Path
) -> None:
    again = [copied(secrets) for _ in range(2)]
    vault.exchange().bring_in(put(tmp_path / "one", [HEAD, CLIENT, NOTE]), vault.close)
    opened = access.open(folder, again[0])
    assert _kept(opened) == _read_anew(opened)
    first = _kept(opened)
    # Of all that can come in, an answer to a reminder alone concerns a client and leaves their other rows as they are.
    answer = {"is": "answer", "id": 40, "client": 1, "rule": f"{Rule.OLD_DRAFT}:2:", "subject": 2}
    more = NOTE | {"id": 3, "day": "2026-03-04"}
    lines = [HEAD, CLIENT, NOTE, more, answer | {"at": "2026-03-05T10:00:00Z"}]
    opened.exchange().bring_in(put(tmp_path / "two", lines), opened.close)
    opened = access.open(folder, again[1])
    assert _kept(opened) == _read_anew(opened) != first
    opened.close()


def _kept(vault: OpenVault) -> dict[ClientId, object]:
    """Return what is kept of everybody, as a vault just opened finds it."""
    stories = vault.attention._stories
    stories._follow_forms()
    known, found = vault._store.kept_stories.read(vault.notebook.today(), stories._made_by)
    assert known == {one.id for one in vault.notebook.clients()}
    return {id: kept_stories._said(one) for id, one in found.items()}


def _read_anew(vault: OpenVault) -> dict[ClientId, object]:
    found = vault.attention._stories._read(vault.notebook.clients())
    return {id: kept_stories._said(one) for id, one in found.items()}


def test_a_machine_remembers_the_saves_that_came_in(
    forms: Forms, folder: Path, secrets: Secrets, tmp_path: Path
) -> None:
    from alliance_desktop.services.machine import Machine

    machine, again = Machine(tmp_path / "state"), copied(secrets)
    access = Access(forms, lambda: BEGAN, os.urandom, machine=machine)
    older = shutil.copytree(folder, tmp_path / "Older.vault")
    opened = access.open(folder, secrets)
    opened.exchange().bring_in(put(tmp_path / "one", [HEAD, CLIENT, NOTE]), opened.close)
    assert not opened.is_open
    opened.close()
    access.open(folder, copied(again)).close()
    with pytest.raises(Exception, match="older"):
        access.open(older, copied(again))


def test_a_wrong_line_is_a_fault_at_all(vault: OpenVault, tmp_path: Path) -> None:
    """The control of the file that comes in: the same with one letter changed does not."""
    with pytest.raises(BadLineError):
        vault.exchange().bring_in(put(tmp_path / "one", [HEAD, CLIENT, NOTE | {"form": "sessions"}]), vault.close)


def test_what_is_written_after_the_largest_id_that_is_taken_can_be_taken_again(
    access: Access, vault: OpenVault, folder: Path, secrets: Secrets, empty: tuple[Path, Secrets], tmp_path: Path
) -> None:
    again = copied(secrets)
    vault.exchange().bring_in(put(tmp_path / "one", [HEAD, CLIENT | {"id": LARGEST_ID - 9}]), vault.close)
    opened = access.open(folder, again)
    made = opened.notebook.add_client({"code": "N-1"}).client
    assert made is not None
    assert made > LARGEST_ID - 9, "the control: it counts on from there"
    opened.exchange().take_out(tmp_path / "two")
    opened.close()
    other = access.open(*empty)
    assert other.exchange().bring_in(tmp_path / "two", other.close).new["client"] == 2
