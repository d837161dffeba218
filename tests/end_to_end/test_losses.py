"""A lost computer: the sheet beforehand, with or without a vault, and the record on the new one, in counts only."""

import io
from pathlib import Path

import pytest
from first_steps import to_sheet
from msgspec.structs import replace
from person import CTRL, Keys, Person, settle
from pypdf import PdfReader

from alliance_desktop.services import lost_device
from alliance_desktop.ui.losses import BEGUN
from alliance_desktop.ui.preview_words import NOTHING_TOLD


def record(person: Person) -> dict[str, object]:
    (entry,) = person.program.vault.notebook.of_form("lost_device")
    return dict(entry.answers)


def test_the_record_says_counts_and_days_and_no_name(with_client: Person) -> None:
    person = with_client
    book = person.program.vault.notebook
    book.add_client({"code": "R-7", "called": "Rowan", "full_name": "Rowan Hale"})
    person.command("Lost device")
    assert person.said("work_notice_sentence") == BEGUN
    found = record(person)
    assert found["clients"] == 2
    assert set(found) <= {"found_out_on", "clients", "newest_on", "last_backup_on"}
    assert not any(name in str(found) for name in ("Dana", "D34", "Rowan", "R-7"))
    person.write("happened", "Left on the tram.")
    person.flush()
    person.command("Lost device")
    assert record(person)["happened"] == "Left on the tram.", "one that is begun goes on"
    person.key(Keys.Key_P, CTRL)
    person.until(lambda: person.maybe("preview_print") and person.find("preview_print").isEnabled())
    person.press("preview_print")
    assert person.printed


def test_the_control_a_name_that_is_typed_into_it_is_there(with_client: Person) -> None:
    with_client.command("Lost device")
    with_client.write("happened", "Dana saw it.")
    with_client.flush()
    assert "Dana" in str(record(with_client))


def test_the_day_of_the_last_backup_is_told(person: Person) -> None:
    vault = person.program.vault
    assert "last_backup_on" not in lost_device.begun(vault)
    vault.backups.before_risk()()
    assert lost_device.begun(vault)["last_backup_on"] == {"on": "2026-03-10", "about": ""}


def test_the_sheet_is_offered_in_help_and_at_the_backups_with_the_day_the_vault_was_made(person: Person) -> None:
    person.command("If this computer is lost")
    assert person.find("preview_sort").currentText() == "If this computer is lost"
    person.until(lambda: person.find("preview_print").isEnabled())
    person.command("Backups")
    person.press("backups_lost")
    assert person.find("preview_sort").currentText() == "If this computer is lost"


def test_locked_it_can_be_printed_to_fill_in_by_hand(locked: Person) -> None:
    locked.window.menus.actions["lost_sheet"].trigger()
    settle()
    assert locked.find("preview_sort").currentText() == "If this computer is lost"
    locked.until(lambda: locked.find("preview_print").isEnabled())
    locked.press("preview_print")
    assert len(locked.printed) == 1


def test_the_first_run_prints_it_beside_the_recovery_sheet(newcomer: Person, tmp_path: Path) -> None:
    to_sheet(newcomer)
    newcomer.press("sheet_lost")
    assert newcomer.printed == [("a4", 2)]
    newcomer.choose("sheet_paper", "US Letter")
    newcomer.press("sheet_print")
    assert newcomer.printed[-1] == ("letter", 1)
    newcomer.press("sheet_as_text")
    assert " ".join(newcomer.said(f"sheet_group_{at}") for at in range(1, 10)) in newcomer.said("sheet_text")


def test_a_card_that_names_nobody_says_so_before_it_is_printed(person: Person) -> None:
    settings = person.program.vault.settings
    settings.keep(replace(settings.preferences(), emergency_list=" ", who_to_turn_to=""))
    person.command("Emergency card")
    assert person.said("preview_notice_sentence") == NOTHING_TOLD[0]
    person.press("preview_more")
    person.find("preview_blank").setChecked(True)
    assert person.maybe("preview_notice_sentence") is None, "it was chosen"
    settings.keep(replace(settings.preferences(), who_to_turn_to="A helpline"))
    person.command("Emergency card")
    assert person.maybe("preview_notice_sentence") is None


@pytest.mark.parametrize("command", ["Emergency card", "If this computer is lost"])
def test_esc_leads_from_a_page_about_nobody_to_where_one_was(with_client: Person, command: str) -> None:
    person = with_client
    work, client = person.program.work, person.program.vault.notebook.clients()[0].id
    for place in ("today", "clients"):
        work.obey(place)
        if place == "clients":
            work.pages.open_client(client)
        settle()
        person.command(command)
        person.find("preview_sort").setFocus()
        person.key(Keys.Key_Escape)
        assert person.maybe("preview_page") is None
        assert work.workspace.place == place
        focused = person.window.focusWidget()
        assert focused is not None
        assert focused.isVisible()
        assert work.pages.client == (client if place == "clients" else None)


def test_the_emergency_card_has_what_the_settings_say(person: Person) -> None:
    settings = person.program.vault.settings
    settings.keep(replace(settings.preferences(), emergency_list="Call Ms Hale\n", who_to_turn_to="A helpline"))
    person.command("Emergency card")
    person.until(lambda: person.find("preview_print").isEnabled())
    text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(person.pdf(person.home))).pages)
    assert text.count("Call Ms Hale") == text.count("A helpline") == 2
