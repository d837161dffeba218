"""A damaged vault, from the unlock page to the new one: nobody is left with nothing, and nothing old is touched."""

import hashlib
import shutil
from pathlib import Path

import pytest
from person import CTRL, PASSPHRASE, Keys, Person, settle

from alliance_desktop.domain.salvage_errors import PartUnreadableError
from alliance_desktop.services.seen import Seen
from alliance_desktop.storage import opening
from alliance_desktop.ui.rescue_page import RescuePage
from alliance_desktop.wiring.rescuing import NEW_VAULT, NEW_VAULT_BY_SHEET, NEW_VAULT_NEXT

PAGE = 4096


def spoil(notes: Path, *numbers: int) -> None:
    data = bytearray(notes.read_bytes())
    for number in numbers:
        data[(number - 1) * PAGE + 2000] ^= 1
    notes.write_bytes(data)


def sums(folder: Path) -> dict[str, str]:
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.iterdir() if one.is_file()}


def settled(person: Person) -> None:
    person.until(lambda: not person.window.shown.progress.is_busy)
    settle()


@pytest.fixture
def damaged(with_client: Person) -> Person:
    """Before the unlock page of a vault whose first page is damaged; Dana is in it."""
    with_client.key(Keys.Key_L, CTRL)
    assert with_client.program.vault is None
    spoil(with_client.folder / "notes.db", 1)
    return with_client


def try_to_unlock(person: Person) -> None:
    """Type the right passphrase and wait until the vault is open or the page says why not."""
    person.box("unlock_passphrase").selectAll()
    person.type(PASSPHRASE)
    person.key(Keys.Key_Return)
    page = person.window.shown
    ended: list[object] = []
    page.destroyed.connect(lambda: ended.append(None))
    person.until(lambda: ended or person.program.work is not None or not page.is_busy)
    settle()


def to_rescue(person: Person) -> None:
    try_to_unlock(person)
    person.press("unlock_salvage")
    assert isinstance(person.window.shown, RescuePage)


def test_from_the_right_passphrase_to_dana_in_the_new_vault(damaged: Person) -> None:
    person = damaged
    to_rescue(person)
    was = sums(person.folder)
    person.key(Keys.Key_Return)
    settled(person)
    person.key(Keys.Key_Return)
    settled(person)
    assert "1 client" in person.said("rescue_report")
    assert sums(person.folder) == was
    person.key(Keys.Key_Return)
    assert person.window.shown.objectName() == "unlock"
    assert "This is the new vault" in person.seen()
    person.unlock()
    assert person.program.vault.notebook.clients()[0].called == "Dana"
    assert "recovered" in person.program.vault.folder.name
    beside = sorted(one.name for one in person.home.iterdir() if one.suffix == ".vault")
    assert len(beside) == 3, "the damaged one, its copy, the new one"


def test_with_the_recovery_sheet_as_well(damaged: Person, sheet: str) -> None:
    person = damaged
    person.press("unlock_paper")
    person.box("unlock_key")
    person.type(sheet)
    person.key(Keys.Key_Return)
    person.until(lambda: not person.window.shown.is_busy)
    settle()
    person.press("unlock_salvage")
    person.press("rescue_save")
    settled(person)
    person.press("rescue_open")
    person.unlock(PASSPHRASE)
    assert person.program.vault.notebook.clients()[0].called == "Dana"


def test_the_report_is_found_again_where_the_vault_is_described(damaged: Person) -> None:
    person = damaged
    to_rescue(person)
    person.press("rescue_save")
    settled(person)
    told = person.said("rescue_report")
    person.press("rescue_open")
    person.unlock()
    person.key(Keys.Key_Comma, CTRL)
    assert "what could be saved of a damaged vault on 10 March 2026" in person.said("settings_salvaged")
    assert person.maybe("rescue_report") is None
    person.press("settings_report")
    assert person.said("rescue_report") == told
    person.press("settings_report")
    assert person.maybe("rescue_report") is None


def test_a_vault_that_was_never_damaged_says_nothing_of_it(with_client: Person) -> None:
    with_client.key(Keys.Key_Comma, CTRL)
    assert with_client.maybe("settings_folder")
    assert with_client.maybe("settings_salvaged") is None
    assert with_client.maybe("settings_report") is None


@pytest.mark.parametrize("keys", ["whole", "lost", "by sheet only"])
def test_what_opens_the_new_vault_is_said_as_it_is(damaged: Person, sheet: str, keys: str) -> None:
    person = damaged
    if keys == "lost":
        for name in ("keys.a", "keys.b"):
            (person.folder / name).unlink()
    if keys == "by sheet only":
        vault_id = opening.secrets_from_recovery(person.folder, sheet).vault_id
        person.program.parts.machine.keep_seen(vault_id, Seen(opens_by_sheet=True))
    if person.maybe("unlock_key") is None:
        person.press("unlock_paper")
    person.box("unlock_key")
    person.type(sheet)
    person.key(Keys.Key_Return)
    person.until(lambda: not person.window.shown.is_busy)
    settle()
    person.press("unlock_salvage")
    person.press("rescue_save")
    settled(person)
    person.press("rescue_open")
    assert NEW_VAULT in person.seen()
    assert (NEW_VAULT_NEXT if keys == "whole" else NEW_VAULT_BY_SHEET) in person.seen()


@pytest.mark.parametrize("way", ["back", "lock", "idle", "backup"])
def test_leaving_the_page_forgets_the_key(damaged: Person, way: str) -> None:
    person = damaged
    to_rescue(person)
    page = person.window.shown
    secrets = page._damaged._secrets
    if way == "back":
        person.key(Keys.Key_Escape)
    elif way == "lock":
        person.key(Keys.Key_L, CTRL)
    elif way == "idle":
        person.idle_fires()
    else:
        person.press("rescue_backup")
    settle()
    assert person.window.shown.objectName() == ("open_backup" if way == "backup" else "unlock")
    assert set(secrets.data_key) == {0}


def test_hidden_the_report_is_covered(damaged: Person) -> None:
    person = damaged
    to_rescue(person)
    person.press("rescue_save")
    settled(person)
    person.key(Keys.Key_F9)
    assert "Saved:" not in person.seen()
    person.key(Keys.Key_F9)
    assert "Saved:" in person.seen()


def test_whichever_page_is_bad_the_way_to_saving_is_offered(with_client: Person) -> None:
    """At the opening, or by the look through all notes once it is open and then at the next one.

    Only what follows from the notes, and is made anew where it cannot be read, needs no saving. Every third page is
    tried: that no page's harm is missed is tried without a window, in R8.
    """
    person = with_client
    derived = pages_made_anew(person)
    person.key(Keys.Key_L, CTRL)
    notes = person.folder / "notes.db"
    whole = notes.read_bytes()
    met: dict[str, set[int]] = {"at once": set(), "while open": set(), "whole": set()}
    for number in range(1, len(whole) // PAGE + 1, 3):
        notes.write_bytes(whole)
        spoil(notes, number)
        shutil.rmtree(person.home / "state", ignore_errors=True)
        met[way_of(person)].add(number)
    assert met["whole"] <= derived
    assert all(met.values()), "each of the three ways is met"
    notes.write_bytes(whole)


def pages_made_anew(person: Person) -> set[int]:
    """Return the pages of the search and of what is kept for the reminders; in a small vault each part has one."""
    vault = person.program.vault
    assert vault is not None
    rows = vault._store._database.rows(
        "SELECT rootpage FROM main.sqlite_schema WHERE tbl_name GLOB 'search_*' OR tbl_name GLOB 'kept_*'"
    )
    return {int(page) for (page,) in rows if page}


def way_of(person: Person) -> str:
    """Unlock, and go on until saving is offered; then stand before the unlock page again."""
    try_to_unlock(person)
    if person.maybe("unlock_salvage"):
        return "at once"
    looking = person.program.work.looking
    person.until(lambda: not looking._timer.isActive())
    if not person.maybe("notes_alarm"):
        person.key(Keys.Key_L, CTRL)
        return "whole"
    assert PartUnreadableError.sentence in person.seen()
    person.press("notes_alarm_action")
    settle()
    assert person.program.vault is None
    try_to_unlock(person)
    assert person.maybe("unlock_salvage")
    return "while open"
