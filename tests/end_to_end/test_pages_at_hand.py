"""The pages of backups and keys at hand: no key twice, what is said and worked is in view, the cursor where it belongs.

A screen reader meets words before buttons, and nothing that says nothing.
"""

import pytest
from first_steps import to_new_passphrase
from person import Keys, Person, settle, wait_until
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from test_backups import at_rest, go, lock, opened, own
from test_first_pages import access_keys, twice
from test_key_life import begin, open_by, prove, set_new_passphrase, to_keys

from alliance_desktop.domain.key_errors import SheetAsPassphraseError
from alliance_desktop.ui.key_life import acts


def in_view(one: QWidget) -> bool:
    """Say whether a widget lies wholly within the page that scrolls it; one higher than the page begins in it."""
    around = one.parentWidget()
    while not isinstance(around, QScrollArea):
        around = around.parentWidget()
    top = one.mapTo(around.viewport(), one.rect().topLeft()).y()
    return top >= 0 and top + min(one.height(), around.viewport().height()) <= around.viewport().height()


def with_backup(person: Person) -> Person:
    """Lock once, which makes a backup, and come back."""
    lock(person)
    person.until(lambda: own(person))
    person.unlock()
    return person


def spoken_order(top: QWidget) -> list[str]:
    """Return the names of what a screen reader meets under a widget, in its order."""
    face = QAccessible.queryAccessibleInterface(top)
    found: list[str] = []
    waiting = [face.child(at) for at in range(face.childCount())]
    while waiting:
        one = waiting.pop(0)
        widget = one.object()
        if isinstance(widget, QWidget) and widget.isVisible():
            found.append(widget.objectName())
        waiting = [one.child(at) for at in range(one.childCount())] + waiting
    return found


def test_no_access_key_stands_twice_on_the_pages_of_the_keys(person: Person) -> None:
    found = {}
    for act in (acts.REPLACE, acts.KNOWN, acts.SHEET_ONLY):
        to_keys(person)
        found["keys"] = access_keys(person.window)
        person.press(f"keys_{act.change}")
        found[f"{act.change}: ask"] = access_keys(person.window)
        person.press("key_ask_back")
        begin(person, act, new="nine calm otters under the old bridge" if act.asks_new else "")
        person.until(lambda: person.maybe("sheet_group_9"))
        found[f"{act.change}: sheet"] = access_keys(person.window)
        prove(person)
        found[f"{act.change}: last"] = access_keys(person.window)
        person.press("key_last_stop")
        assert person.find("keys_overview").isVisible(), "the last step can be left as long as nothing is done"
    assert {page: twice(keys) for page, keys in found.items() if twice(keys)} == {}


def test_no_access_key_stands_twice_on_the_pages_of_the_backups(with_client: Person) -> None:
    person = with_backup(with_client)
    go(person)
    found = {"backups": access_keys(person.window)}
    person.press("restore")
    at_rest(person)
    found["question"] = access_keys(person.window)
    person.program.work.backups.page.key.show()
    found["passphrase"] = access_keys(person.window)
    person.press("backup_key_way")
    found["sheet"] = access_keys(person.window)
    lock(person)
    opened(person)
    found["open"] = access_keys(person.window)
    person.press("open_backup_key_way")
    found["open by sheet"] = access_keys(person.window)
    assert {page: twice(keys) for page, keys in found.items() if twice(keys)} == {}


@pytest.mark.parametrize("scale", [100, 200])
def test_what_is_said_and_worked_on_a_page_is_in_view(with_client: Person, scale: int) -> None:
    person = with_backup(with_client)
    person.window.look.show("light", scale)
    settle()
    go(person)
    wait_until(lambda: in_view(QApplication.focusWidget()))
    to_keys(person)
    wait_until(lambda: in_view(QApplication.focusWidget()))
    go(person)
    person.press("try_restore")
    at_rest(person)
    wait_until(lambda: in_view(person.find("backups_notice")))
    lock(person)
    opened(person)
    wait_until(lambda: in_view(QApplication.focusWidget()))
    person.press("open_backup_try")
    wait_until(lambda: in_view(person.find("open_backup_notice")))
    assert scale == 200 or in_view(person.find("open_backup_key_passphrase"))


def test_after_unlocking_the_keyboard_is_in_the_place_that_is_shown(with_client: Person) -> None:
    person = with_backup(with_client)
    go(person)
    lock(person)
    person.unlock()
    assert person.find("backup_list_view").hasFocus()
    person.command("Settings")
    lock(person)
    person.unlock()
    assert person.find("settings_minutes").hasFocus()


def test_the_new_passphrase_can_be_left_by_a_lock(locked: Person, sheet: str) -> None:
    person = locked
    to_new_passphrase(person, sheet)
    assert "&Lock" in person.find("set_passphrase_lock").text()
    person.press("set_passphrase_lock")
    assert person.window.shown.objectName() == "unlock"
    assert person.program.vault is None
    person.unlock()


def test_a_sheet_that_is_put_off_leads_where_the_keyboard_is(locked: Person, sheet: str) -> None:
    person = locked
    person.unlock()
    person.command("Settings")
    lock(person)
    to_new_passphrase(person, sheet)
    set_new_passphrase(person)
    person.press("sheet_back")
    person.until(lambda: person.program.work is not None)
    assert person.find("settings_minutes").hasFocus()


def test_a_replaced_sheet_leaves_since_when_the_passphrase_holds(person: Person) -> None:
    person.clock.pass_by(days=3)
    begin(person, acts.REPLACE)
    prove(person)
    person.press("key_last_next")
    person.until(lambda: person.maybe("keys_overview"))
    assert person.said("keys_passphrase") == "The passphrase, since 10 March 2026."
    assert person.said("keys_sheet") == "The recovery sheet, since 13 March 2026."


def test_a_recovery_key_typed_as_a_passphrase_is_known_as_one(locked: Person, sheet: str) -> None:
    open_by(locked, sheet, well=False)
    assert locked.said("unlock_notice_sentence") == SheetAsPassphraseError.sentence
    open_by(locked, sheet[1:], well=False)
    assert locked.said("unlock_notice_sentence") == "That is not the passphrase of this vault."


def test_a_button_beside_a_folder_has_the_word_that_is_seen_in_its_name(person: Person) -> None:
    go(person)
    assert person.find("backup_place_choose").accessibleName() == "Choose… folder or stick for the backup"


def test_a_screen_reader_meets_text_and_fields_before_the_buttons(person: Person) -> None:
    begin(person, acts.REPLACE)
    person.until(lambda: person.maybe("sheet_group_9"))
    order = spoken_order(person.find("sheet"))
    assert order.index("sheet_group_9") < order.index("sheet_print") < order.index("sheet_back"), order
    person.press("sheet_next")
    order = spoken_order(person.find("proof"))
    fields = [at for at, name in enumerate(order) if name.startswith("proof_group_")]
    assert max(fields) < order.index("proof_back") < order.index("proof_next"), order


def test_no_empty_words_stand_on_the_lock_page(locked: Person) -> None:
    words = [one for one in locked.window.shown.findChildren(QLabel) if one.isVisible()]
    assert [one.objectName() for one in words if not one.text()] == []


def test_help_is_read_from_its_beginning(person: Person) -> None:
    person.window.resize(900, 420)
    person.key(Keys.Key_F1)
    settle()
    page = person.find("help")
    assert page.verticalScrollBar().maximum() > 0, "there is more than fits, or this shows nothing"
    assert page.verticalScrollBar().value() == 0
    assert person.find("help_close").hasFocus()
