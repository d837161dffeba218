"""The life of the keys at the window: a new sheet, a known passphrase, the sheet alone, and the way back from it."""

import shutil
from pathlib import Path

import pytest
from first_steps import to_new_passphrase
from person import CTRL, PASSPHRASE, Keys, Person, settle
from PySide6.QtGui import QGuiApplication

from alliance_desktop.domain.backup_words import OLDER_KEYS
from alliance_desktop.domain.key_errors import NotReencryptedError, OldSheetError
from alliance_desktop.storage import rekeying
from alliance_desktop.ui.key_life import acts, page, place
from alliance_desktop.wiring import restoring

NEW = "nine calm otters under the old bridge"


def groups(person: Person) -> list[str]:
    return [person.said(f"sheet_group_{at}") for at in range(1, 10)]


def to_keys(person: Person) -> None:
    person.command("Keys and recovery sheet")
    assert person.find("keys_overview").isVisible()


def begin(person: Person, act: acts.Act, present: str = PASSPHRASE, new: str = "") -> None:
    """Begin an act on the page of the keys and type what it asks for."""
    to_keys(person)
    person.press(f"keys_{act.change}")
    person.write("key_present", present)
    for name in ("key_new", "key_new_again") if new else ():
        person.write(name, new)
    person.press("key_ask_next")


def prove(person: Person) -> list[str]:
    """Prove the sheet that is shown, and return its groups."""
    person.until(lambda: person.maybe("sheet_group_9"))
    shown = groups(person)
    person.press("sheet_next")
    for name in sorted(one for one in person.names() if one.startswith("proof_group_")):
        person.write(name, shown[int(name.removeprefix("proof_group_")) - 1])
    person.press("proof_next")
    return shown


def finish(person: Person) -> None:
    person.press("key_last_next")
    person.until(lambda: person.maybe("keys_overview"))


def lock(person: Person) -> None:
    person.key(Keys.Key_L, CTRL)
    assert person.window.shown.objectName() == "unlock"


def type_sheet(person: Person, typed: str) -> None:
    if person.maybe("unlock_key") is None:
        person.press("unlock_paper")
    person.box("unlock_key").selectAll()
    person.type(typed)
    person.key(Keys.Key_Return)
    person.until(lambda: not getattr(person.window.shown, "is_busy", False))


def sees_dana(person: Person) -> bool:
    person.key(Keys.Key_2, CTRL)
    return "Dana" in person.seen()


def open_by(person: Person, passphrase: str, *, well: bool = True) -> None:
    person.unlock(passphrase, well=well)


def test_the_page_says_what_opens_the_vault_and_since_when(person: Person) -> None:
    to_keys(person)
    assert person.said("keys_passphrase") == "The passphrase, since 10 March 2026."
    assert person.said("keys_sheet") == "The recovery sheet, since 10 March 2026."
    person.press("keys_change")
    assert person.find("present_passphrase").hasFocus()
    person.press("settings_keys")
    person.key(Keys.Key_Escape)
    assert person.maybe("keys_overview") is None
    person.press("settings_known")
    assert person.said("key_ask_page_title") == acts.KNOWN.title
    assert acts.COPIES in person.said("key_limits"), "what it does not do is said"


def test_an_act_needs_the_passphrase_and_can_be_stopped(person: Person) -> None:
    to_keys(person)
    person.press("keys_replace")
    person.press("key_ask_next")
    assert person.said("key_ask_notice_sentence") == "Type the passphrase of this vault first."
    person.write("key_present", NEW)
    person.press("key_ask_next")
    person.until(lambda: person.maybe("key_ask_notice"))
    assert person.said("key_ask_notice_sentence") == "That is not the passphrase of this vault."
    person.key(Keys.Key_Escape)
    assert person.find("keys_overview").isVisible()


def test_the_sheet_is_reprinted_after_the_passphrase(person: Person, sheet: str, tmp_path: Path) -> None:
    begin(person, acts.REPRINT)
    person.until(lambda: person.maybe("sheet_group_9"))
    assert "-".join(groups(person)) == sheet
    person.press("sheet_print")
    assert person.printed == [("a4", 1)]
    person.save_to = tmp_path
    person.press("sheet_save")
    assert (tmp_path / "recovery-sheet.pdf").read_bytes().startswith(b"%PDF")
    prove(person)
    assert person.said("keys_notice_sentence") == acts.REPRINT.done


def test_a_replaced_sheet_opens_and_the_old_one_is_named(with_client: Person, sheet: str) -> None:
    person = with_client
    begin(person, acts.REPLACE)
    new = prove(person)
    assert "-".join(new) != sheet
    finish(person)
    assert person.said("keys_notice_sentence") == acts.REPLACE.done
    lock(person)
    type_sheet(person, sheet)
    assert person.said("unlock_notice_sentence") == OldSheetError.sentence
    person.press("unlock_paper")
    open_by(person, PASSPHRASE)
    assert sees_dana(person)
    lock(person)
    type_sheet(person, "-".join(new))
    person.until(lambda: person.maybe("set_passphrase_button"))


def test_a_backup_from_before_is_kept_and_one_follows_that_the_new_keys_open(with_client: Person) -> None:
    begin(with_client, acts.REPLACE)
    prove(with_client)
    finish(with_client)
    with_client.until(lambda: fitting(with_client) == {False, True})


def fitting(person: Person) -> set[bool]:
    backups = person.program.vault.backups
    return {backups.fits(one.path) for one in backups.listed()}


def test_a_known_passphrase_is_dead_with_its_key_files(with_client: Person, tmp_path: Path) -> None:
    person = with_client
    old = shutil.copytree(person.folder, tmp_path / "old")
    begin(person, acts.KNOWN, new=NEW)
    prove(person)
    finish(person)
    lock(person)
    open_by(person, PASSPHRASE, well=False)
    assert person.said("unlock_notice_sentence") == "That is not the passphrase of this vault."
    open_by(person, NEW)
    lock(person)
    for name in ("keys.a", "keys.b"):
        shutil.copy(old / name, person.folder / name)
    open_by(person, PASSPHRASE, well=False)
    assert "before its recovery key was replaced" in person.said("unlock_notice_sentence")


def test_stopped_at_the_sheet_nothing_has_changed(person: Person, sheet: str) -> None:
    begin(person, acts.KNOWN, new=NEW)
    person.until(lambda: person.maybe("sheet_group_9"))
    held = person.program.work.keys.page._renewal._held
    secrets = held[0].secrets
    person.key(Keys.Key_Escape)
    assert person.find("sheet_group_1").isVisible(), "Esc does not take the sheet away"
    person.press("sheet_back")
    assert (held, any(secrets.recovery)) == ([], False)
    lock(person)
    open_by(person, PASSPHRASE)


def test_a_lock_in_the_middle_forgets_the_new_keys(person: Person, sheet: str) -> None:
    begin(person, acts.REPLACE)
    person.until(lambda: person.maybe("sheet_group_9"))
    secrets = person.program.work.keys.page._renewal._held[0].secrets
    lock(person)
    settle()
    assert not any(secrets.recovery)
    open_by(person, PASSPHRASE)
    lock(person)
    type_sheet(person, sheet)
    person.until(lambda: person.maybe("set_passphrase_button"))


def test_too_little_room_is_said_before_anything_is_typed_back(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rekeying.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000})())
    begin(person, acts.REPLACE)
    assert "MB of free room" in person.said("key_ask_notice_sentence")


def test_a_change_that_the_disk_broke_off_locks_and_loses_nothing(
    with_client: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = with_client
    begin(person, acts.REPLACE)
    prove(person)

    def broken(*_: object) -> None:
        person.program.vault._store._database._spoiled = True
        raise NotReencryptedError

    with monkeypatch.context() as patched:
        patched.setattr(type(person.program.vault._store), "encrypt_anew", broken)
        person.press("key_last_next")
        person.until(lambda: person.maybe("key_last_notice"))
    assert person.said("key_last_notice_sentence") == NotReencryptedError.sentence
    assert person.find("key_last_next").text() == "&Lock the notebook"
    person.press("key_last_next")
    assert person.window.shown.objectName() == "unlock"
    open_by(person, PASSPHRASE)
    assert sees_dana(person)


# -- scenario 30 ----------------------------------------------------------------------------------------------------


def set_new_passphrase(person: Person) -> None:
    for name in ("passphrase", "passphrase_again"):
        person.write(name, NEW)
    person.press("set_passphrase_button")
    person.until(lambda: person.maybe("sheet_group_9"))


def test_a_forgotten_passphrase_ends_with_a_new_one_and_a_new_sheet(with_client: Person, sheet: str) -> None:
    person = with_client
    lock(person)
    person.press("unlock_paper")
    wrong = ("1" if sheet[0] == "0" else "0") + sheet[1:]
    type_sheet(person, wrong)
    assert person.said("unlock_notice_sentence") == "Group 1 of the recovery key looks mistyped."
    assert "Dana" not in person.seen()
    person.find("unlock_key").clear()
    person.press("unlock_paper")
    to_new_passphrase(person, sheet.lower().replace("-", "  "))
    set_new_passphrase(person)
    assert "Dana" not in person.seen(), "nothing is shown before it is done"
    new = prove(person)
    person.press("key_last_next")
    person.until(lambda: person.program.work is not None)
    assert sees_dana(person)
    lock(person)
    type_sheet(person, sheet)
    assert person.said("unlock_notice_sentence") == OldSheetError.sentence
    type_sheet(person, "-".join(new))
    person.until(lambda: person.maybe("set_passphrase_button"))
    lock(person)
    open_by(person, PASSPHRASE, well=False)
    open_by(person, NEW)


@pytest.mark.parametrize("way", ["lock", "end"])
def test_stopped_after_the_new_passphrase_it_goes_on_with_the_sheet(locked: Person, sheet: str, way: str) -> None:
    person = locked
    to_new_passphrase(person, sheet)
    set_new_passphrase(person)
    if way == "lock":
        lock(person)
    else:
        person.start_again()
    person.box("unlock_passphrase").selectAll()
    person.type(NEW)
    person.key(Keys.Key_Return)
    person.until(lambda: person.maybe("key_present"))
    assert person.said("key_ask_page_title") == acts.AFTER_SHEET.title
    person.write("key_present", NEW)
    person.press("key_ask_next")
    new = prove(person)
    person.press("key_last_next")
    person.until(lambda: person.program.work is not None)
    lock(person)
    type_sheet(person, sheet)
    assert person.said("unlock_notice_sentence") == OldSheetError.sentence
    type_sheet(person, "-".join(new))
    person.until(lambda: person.maybe("set_passphrase_button"))


def test_put_off_the_new_sheet_can_wait_and_is_not_forgotten(locked: Person, sheet: str) -> None:
    person = locked
    to_new_passphrase(person, sheet)
    set_new_passphrase(person)
    person.press("sheet_back")
    person.until(lambda: person.program.work is not None)
    lock(person)
    open_by(person, NEW)
    to_keys(person)
    assert person.said("keys_notice_sentence") == page.USED
    lock(person)
    to_new_passphrase(person, sheet)


# -- the sheet alone ------------------------------------------------------------------------------------------------


def test_the_sheet_alone_opens_and_a_passphrase_comes_back(with_client: Person, sheet: str) -> None:
    person = with_client
    begin(person, acts.SHEET_ONLY)
    assert "-".join(prove(person)) == sheet, "that the sheet is at hand is proved first"
    finish(person)
    assert person.said("keys_sheet").startswith("Only the recovery sheet")
    person.press("keys_close")
    assert person.said("settings_only_sheet")
    assert person.maybe("present_passphrase") is None
    lock(person)
    assert person.find("unlock_key").isVisible(), "it asks for the sheet first"
    person.press("unlock_paper")
    open_by(person, PASSPHRASE, well=False)
    assert person.said("unlock_notice_sentence") == "That is not the passphrase of this vault."
    type_sheet(person, sheet)
    person.until(lambda: person.program.work is not None)
    assert sees_dana(person), "no new passphrase is asked for"
    to_keys(person)
    person.press("keys_passphrase")
    person.paste_in("key_present", sheet.lower())
    for name in ("key_new", "key_new_again"):
        person.write(name, NEW)
    person.press("key_ask_next")
    person.until(lambda: person.maybe("keys_notice"))
    assert person.said("keys_notice_sentence") == acts.PASSPHRASE.done
    lock(person)
    assert person.find("unlock_passphrase").isVisible()
    open_by(person, NEW)


def test_a_passphrase_of_the_longest_kind_can_be_pasted(person: Person) -> None:
    long = " ".join(f"heron{at}" for at in range(200))[:1024]
    begin(person, acts.REPLACE, present=PASSPHRASE)
    person.until(lambda: person.maybe("sheet_group_9"))
    person.press("sheet_back")
    to_keys(person)
    person.press("keys_known")
    person.paste_in("key_new", long)
    assert person.find("key_new").text() == long
    QGuiApplication.clipboard().clear()


# -- the keys of a backup -------------------------------------------------------------------------------------------


def restore_from_before(person: Person) -> None:
    """Back up, let someone's knowledge of the passphrase be answered by new keys, and restore that backup after all."""
    lock(person)
    person.until(lambda: list((person.folder / "backups").glob("*.vbak")))
    open_by(person, PASSPHRASE)
    person.clock.pass_by(hours=1)
    begin(person, acts.KNOWN, new=NEW)
    prove(person)
    finish(person)
    person.key(Keys.Key_7, CTRL)
    listed = person.find("backup_list_view")
    listed.setCurrentIndex(listed.model().index(listed.model().rowCount() - 1, 0))
    person.press("restore")
    person.box("backup_key_passphrase")
    person.type(PASSPHRASE)
    person.press("restore")
    person.until(lambda: person.maybe("restore_question"))


def test_a_restore_that_brings_old_keys_back_says_so_before_and_after(with_client: Person) -> None:
    person = with_client
    restore_from_before(person)
    assert person.said("restore_difference").startswith(OLDER_KEYS)
    person.press("restore_yes")
    person.until(lambda: person.program.vault is None)
    assert person.said("unlock_notice_sentence").startswith(restoring.DONE_WITH_OLDER_KEYS)
    assert person.find("unlock_notice").property("surface") == "bar", "good news is not in the colour of a fault"
    open_by(person, PASSPHRASE)
    assert person.said("older_keys_sentence") == place.OLDER
    person.press("older_keys_action")
    person.press("keys_known")
    person.write("key_present", PASSPHRASE)
    for name in ("key_new", "key_new_again"):
        person.write(name, NEW)
    person.press("key_ask_next")
    prove(person)
    finish(person)
    assert person.maybe("older_keys") is None
    lock(person)
    open_by(person, NEW)
    assert person.maybe("older_keys") is None


def test_old_keys_that_are_to_stay_are_said_once(with_client: Person) -> None:
    person = with_client
    restore_from_before(person)
    person.press("restore_yes")
    person.until(lambda: person.program.vault is None)
    for said in (True, False):
        open_by(person, PASSPHRASE)
        assert (person.maybe("older_keys") is not None) is said
        if said:
            person.press("older_keys_close")
        lock(person)
    open_by(person, PASSPHRASE)
