"""A damaged vault saved through the service: whose side each answer is, the report in sentences, the key forgotten."""

import datetime
import os
import shutil
import threading
from pathlib import Path

import pytest
from service_cases import NOTICE, PASSPHRASE, Clock, card, every_byte

from alliance_desktop.domain.backup_errors import BackupStoppedError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.keyfile import Secrets, secrets_of
from alliance_desktop.resources import resource
from alliance_desktop.services import rescue_words, sample
from alliance_desktop.services.access import Access
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.rescue import Copied, DamagedVault, Report, Rescue, meaning_of
from alliance_desktop.storage import opening
from alliance_desktop.storage.salvage import report as reports
from alliance_desktop.storage.salvage.choosing import SideFile
from alliance_desktop.storage.salvage.report import Note
from alliance_desktop.storage.sealed_page import PAGE

DAY = datetime.date(2026, 3, 5)


@pytest.fixture
def rescue(forms: Forms, clock: Clock) -> Rescue:
    return Rescue(forms, clock, os.urandom)


@pytest.fixture(scope="module")
def caseload_once(forms: Forms, tmp_path_factory: pytest.TempPathFactory, made_once: tuple[Path, Secrets]) -> Path:
    """The sample caseload in a vault, closed."""
    folder = shutil.copytree(made_once[0], tmp_path_factory.mktemp("sample") / "My notes.vault")
    own = made_once[1]
    store = opening.open_store(folder, copied(own))
    text = resource("sample", "caseload.toml").read_text(encoding="utf-8")
    sample.fill(store, forms, text, Clock(), os.urandom)
    store.close()
    return folder


@pytest.fixture
def caseload(caseload_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(caseload_once, tmp_path / "My notes.vault")


def copied(own: Secrets) -> Secrets:
    return secrets_of(own.recovery, bytes(bytearray(own.vault_id)), own.generation)


def spoil(folder: Path, *numbers: int) -> None:
    data = bytearray((folder / "notes.db").read_bytes())
    for number in numbers:
        data[(number - 1) * PAGE + 40] ^= 1
    (folder / "notes.db").write_bytes(data)


def story(access: Access, folder: Path, secrets: Secrets) -> list[object]:
    """Return everything a counsellor would read, client by client."""
    vault = access.open(folder, copied(secrets))
    found: list[object] = []
    for one in vault.notebook.clients():
        found += [one, list(vault.notebook.timeline(one.id))]
        found += [(entry, vault.notebook.addenda(entry.id)) for entry in vault.notebook.entries(one.id)]
    vault.close()
    return found


# -- the way ----------------------------------------------------------------------------------------------------------


def test_page_1_lost_and_the_whole_story_is_there_again(
    rescue: Rescue, access: Access, caseload: Path, secrets: Secrets
) -> None:
    truth = story(access, caseload, secrets)
    spoil(caseload, 1)
    new = rescue.place_for_new(caseload)
    was = every_byte(caseload)
    report = rescue.salvage(caseload, copied(secrets), new)
    assert new.name == "My notes (recovered 2026-03-05).vault"
    assert (report.is_all, report.folder) == (True, new)
    assert "Nothing is missing" in report.words()[1]
    assert story(access, new, secrets) == truth
    assert access.unlock(new, PASSPHRASE).data_key == secrets.data_key
    assert every_byte(caseload) == was


def test_after_each_single_bad_page_every_client_can_be_read(
    rescue: Rescue, access: Access, caseload: Path, secrets: Secrets, tmp_path: Path
) -> None:
    whole = (caseload / "notes.db").read_bytes()
    for number in range(2, len(whole) // PAGE + 1, 3):
        (caseload / "notes.db").write_bytes(whole)
        spoil(caseload, number)
        new = tmp_path / f"New {number}.vault"
        report = rescue.salvage(caseload, copied(secrets), new)
        assert story(access, new, secrets)
        assert all(report.words())


def test_the_place_of_the_counsellor_in_a_note_that_is_lost_does_no_harm(
    rescue: Rescue, access: Access, folder: Path, secrets: Secrets
) -> None:
    vault = access.open(folder, copied(secrets))
    dana = vault.notebook.add_client({"code": "D"}).client
    assert dana is not None
    vault.notebook.write(card(vault.notebook, dana, "notice", NOTICE))
    vault.close()
    new = rescue.place_for_new(folder)
    rescue.salvage(folder, copied(secrets), new)
    assert len(story(access, new, secrets)) == 3


def test_the_report_is_kept_in_the_new_vault_and_in_no_other(
    rescue: Rescue, access: Access, caseload: Path, secrets: Secrets
) -> None:
    spoil(caseload, 20, 21)
    new = rescue.place_for_new(caseload)
    report = rescue.salvage(caseload, copied(secrets), new)
    vault = access.open(new, copied(secrets))
    kept = vault.salvaged()
    assert kept is not None
    assert (kept.words(), kept.made_on, kept.folder) == (report.words(), DAY, new)
    with vault._store.transaction():
        vault._store.settings.put("salvage report", {"saved": "not a report"})
    assert vault.salvaged() is None
    vault.close()


def test_a_vault_that_no_salvage_made_has_no_report(access: Access, folder: Path, secrets: Secrets) -> None:
    vault = access.open(folder, copied(secrets))
    assert vault.salvaged() is None
    vault.close()


# -- what the forms know ----------------------------------------------------------------------------------------------


def test_the_forms_say_whose_each_answer_is(forms: Forms) -> None:
    meaning = meaning_of(forms)
    assert meaning.is_private("session", 1, "note", "body") is False
    assert meaning.is_private("session", 1, "note", "for_me_only") is True
    assert meaning.is_private("session", 1, "note", "horoscope") is None
    assert meaning.is_private("session", 99, "note", "body") is None
    assert meaning.card_of(frozenset({"body", "for_me_only"})) == ("session", 1, "note")
    assert meaning.card_of(frozenset({"body", "horoscope"})) is None
    assert meaning.card_of(frozenset()) is None
    assert (meaning.usual, meaning.client_version) == (("session", 1, "note"), 1)


def test_every_card_is_known_again_by_its_keys(forms: Forms) -> None:
    meaning = meaning_of(forms)
    for form in forms.all():
        if form.id == "client":
            continue
        for one in form.cards:
            keys = frozenset(question.key for question in one.questions)
            assert meaning.card_of(keys) == (form.id, form.version, one.id)


# -- the report in words ----------------------------------------------------------------------------------------------


def counted(**more: object) -> reports.Report:
    usual = {
        "made_at": datetime.datetime(2026, 3, 5, tzinfo=datetime.UTC),
        "pages": 735,
        "bad_pages": 0,
        "side": SideFile.NONE,
        "agrees": True,
        "saved": {
            "client": 1,
            "entry": 1200,
            "record_answer": 7,
            "private_answer": 1,
            "arc": 2,
            "status_event": 4,
            "record_addendum": 1,
            "private_addendum": 0,
            "setting": 3,
        },
        "bare_clients": 0,
        "bare_strains": 0,
        "bare_notes": [],
        "lost_notes": 0,
        "lost_addenda": 0,
        "lost_record": [],
        "lost_reflection": [],
        "perhaps_record": [],
        "perhaps_reflection": [],
        "to_private": 0,
        "refused": 0,
        "has_key_file": True,
    }
    return reports.Report(**usual | more)


def words(forms: Forms, **more: object) -> list[str]:
    return Report(counted(**more), forms, Path("New.vault")).words()


def test_first_comes_what_was_saved_then_that_nothing_is_missing(forms: Forms) -> None:
    assert words(forms) == [
        "Saved: 1 client, 1,200 notes, 7 records, 1 private reflection, 2 strains, 1 addendum and 3 settings.",
        "Nothing is missing: every note agrees with the check sum that was kept with it.",
    ]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"agrees": False}, "Not everything is there"),
        ({"agrees": None}, "cannot be told"),
        ({"agrees": False, "bad_pages": 3}, "3 of 735 pages"),
        ({"side": SideFile.USED}, "(notes.db-wal) was used"),
        ({"side": SideFile.LEFT_OUT}, "left out"),
        ({"agrees": False, "bare_clients": 2}, "The details of 2 clients are lost"),
        ({"agrees": False, "bare_strains": 1}, "1 strain had to be put together"),
        ({"agrees": False, "lost_notes": 4}, "4 notes could not be saved at all"),
        ({"agrees": False, "lost_addenda": 1}, "1 addendum could not be saved"),
        ({"agrees": False, "to_private": 5}, "5 texts may belong"),
        ({"agrees": False, "refused": 1}, "1 piece contradicted"),
        ({"has_key_file": False}, "open the new vault with the recovery sheet"),
        ({"agrees": False}, "The damaged folder was not changed"),
    ],
)
def test_each_thing_that_is_missing_is_said(forms: Forms, more: dict[str, object], said: str) -> None:
    found = words(forms, **more)
    assert sum(said in one for one in found) == 1
    assert not any(one.endswith("!") for one in found)


@pytest.mark.parametrize(
    "kind", ["lost_record", "lost_reflection", "perhaps_record", "perhaps_reflection", "bare_notes"]
)
def test_notes_are_named_with_client_day_and_card_and_the_rest_counted(forms: Forms, kind: str) -> None:
    note = Note("نور", DAY, "session", 1, "note")
    found = words(forms, agrees=False, **{kind: [note, Note("D", DAY, "session", 99, "note")] + [note] * 60})
    named = [one for one in found if one.startswith("–")]
    assert named[0] == "– \N{FIRST STRONG ISOLATE}نور\N{POP DIRECTIONAL ISOLATE}, 5 March 2026, Session note"
    assert "a card of a newer program" in named[1]
    assert len(named) == rescue_words.MOST_NAMED + 1
    assert named[-1] == "– and 22 more"


# -- a vault on the page ----------------------------------------------------------------------------------------------


def test_the_copy_goes_beside_and_the_key_is_forgotten_at_once(rescue: Rescue, folder: Path, secrets: Secrets) -> None:
    own = copied(secrets)
    damaged = DamagedVault(rescue, folder, own)
    done = damaged.copy_aside(Watch())
    assert done == Copied(folder.with_name("Notes (damaged, copied 2026-03-05).vault"), 0)
    assert every_byte(done.folder) == every_byte(folder)
    damaged.forget()
    assert set(own.data_key) == {0}


def test_while_it_is_needed_the_key_stays_and_goes_with_the_work(
    rescue: Rescue, caseload: Path, secrets: Secrets, tmp_path: Path
) -> None:
    own = copied(secrets)
    damaged = DamagedVault(rescue, caseload, own)
    begun, may_stop = threading.Event(), threading.Event()
    met: list[type[BaseException]] = []

    def tell(_done: float) -> None:
        begun.set()
        may_stop.wait(10)

    def work() -> None:
        try:
            damaged.save(tmp_path / "New.vault", Watch(tell, may_stop.is_set))
        except BackupStoppedError as fault:
            met.append(type(fault))

    thread = threading.Thread(target=work)
    thread.start()
    begun.wait(10)
    damaged.forget()
    assert set(own.data_key) != {0}, "the work still reads with it"
    may_stop.set()
    thread.join(10)
    assert met == [BackupStoppedError]
    assert set(own.data_key) == {0}
    assert not (tmp_path / "New.vault").exists()
