"""From the first start to a client's page, and every way back into the vault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from person import CTRL, PASSPHRASE, SHIFT, Clock, Keys, Person, settle
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from alliance_desktop.ui.client_list import CHOOSE, NOBODY

NEW = "nine calm otters under the old bridge"


@pytest.fixture
def newcomer(tmp_path: Path, clock: Clock) -> Iterator[Person]:
    """A person whose home holds no vault yet."""
    home = tmp_path / "empty home"
    home.mkdir()
    person = Person(home, clock)
    # From here on the mouse is not touched.
    person.press = person.box = _no_mouse  # type: ignore[method-assign]  # the mouse is taken away on purpose
    yield person.begin()
    person.leave()


def _no_mouse(name: str) -> None:
    raise AssertionError(f"{name!r} was to be clicked")


def test_first_run_with_the_keyboard_alone(newcomer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person = newcomer
    monkeypatch.setattr(QTest, "mouseClick", lambda *_: _no_mouse("something"))
    person.tab_to("welcome_new")
    person.key(Keys.Key_Space)
    person.tab_to("vault_name")
    person.key(Keys.Key_A, CTRL)
    person.type("Notes")
    person.tab_to("vault_place")
    person.key(Keys.Key_A, CTRL)
    person.type(str(person.home))
    person.tab_to("place_next")
    person.key(Keys.Key_Space)
    person.tab_to("passphrase")
    person.type("too short")
    person.key(Keys.Key_Return)
    person.type("too short")
    person.key(Keys.Key_Return)
    assert person.said("passphrase_problem"), "a short one is refused in words"
    for name in ("passphrase", "passphrase_again"):
        person.tab_to(name)
        person.key(Keys.Key_A, CTRL)
        person.type(PASSPHRASE)
    person.tab_to("secret_next")
    person.key(Keys.Key_Space)
    person.until(lambda: person.maybe("sheet_group_9"))
    groups = [person.said(f"sheet_group_{at}") for at in range(1, 10)]
    assert all(len(one) == 4 for one in groups)
    person.tab_to("sheet_print")
    person.key(Keys.Key_Space)
    assert len(person.printed) == 1
    person.tab_to("sheet_next")
    person.key(Keys.Key_Space)
    asked = sorted(name for name in person.names() if name.startswith("proof_group_"))
    assert len(asked) == 2
    person.tab_to(asked[0])
    person.type("xxxx")
    person.tab_to("proof_next")
    person.key(Keys.Key_Space)
    number = asked[0].removeprefix("proof_group_")
    assert f"Group {number} is not the same" in person.said("proof_notice_sentence")
    for name in asked:
        person.tab_to(name)
        person.key(Keys.Key_A, CTRL)
        person.type(groups[int(name.removeprefix("proof_group_")) - 1].lower())
    person.tab_to("proof_next")
    person.key(Keys.Key_Space)
    person.find("choices_next")
    assert QApplication.focusWidget().objectName() == "lock_minutes"
    person.key(Keys.Key_Return)
    person.until(lambda: person.program.work is not None)
    _first_client_and_strain(person)
    assert person.folder.is_dir()
    assert person.folder.stat().st_mode & 0o777 == 0o700


def _first_client_and_strain(person: Person) -> None:
    settle()
    assert QApplication.focusWidget().objectName() == "client_empty_action"
    assert NOBODY in person.seen()
    assert CHOOSE not in person.seen(), "one sentence and one button"
    assert person.maybe("client_add") is None
    person.key(Keys.Key_Space)
    assert QApplication.focusWidget().objectName() == "code"
    person.type("D34")
    person.key(Keys.Key_Tab)
    assert QApplication.focusWidget().objectName() == "called", "Tab leaves the box"
    person.type("Dana")
    person.tab_to("details_done", most=200)
    person.key(Keys.Key_Space)
    person.key(Keys.Key_N, CTRL | SHIFT)
    person.tab_to("name")
    person.type("the blip")
    person.card(2)
    person.tab_to("their_words")
    person.type("It felt cold.")
    person.key(Keys.Key_Escape)
    assert QApplication.focusWidget().toPlainText() == "It felt cold.", "Esc never loses text"
    person.key(Keys.Key_T, CTRL)
    rows = [row.spoken for row in person.find("timeline").rows_shown()]
    assert len(rows) == 3, rows
    assert any("the blip" in one for one in rows)
    for name in ("client_rows", "place_clients", "client_find", "client_filter", "client_add"):
        person.tab_to(name)


def test_a_wrong_passphrase_is_said_and_the_right_one_opens(locked: Person) -> None:
    locked.unlock("seven quiet herons by the wear", well=False)
    assert locked.said("unlock_notice_sentence") == "That is not the passphrase of this vault."
    assert "recovery sheet" in locked.said("unlock_notice_next_step")
    assert locked.program.vault is None
    assert locked.find("unlock_passphrase").selectedText(), "typing again replaces what was typed"
    locked.type(PASSPHRASE)
    locked.key(Keys.Key_Return)
    locked.until(lambda: locked.program.work is not None)


def test_the_recovery_sheet_opens_and_a_new_passphrase_takes_over(locked: Person, sheet: str) -> None:
    locked.press("unlock_paper")
    groups = sheet.split("-")
    locked.write("unlock_key", " ".join([*groups[:3], groups[3][::-1] + "9", *groups[4:]]).lower())
    locked.key(Keys.Key_Return)
    locked.until(lambda: locked.maybe("unlock_notice_sentence"))
    assert locked.program.vault is None
    locked.find("unlock_key").selectAll()
    locked.type(sheet.lower().replace("-", " "))
    locked.key(Keys.Key_Return)
    locked.until(lambda: locked.maybe("set_passphrase_button"))
    assert locked.program.work is None, "nothing is shown before there is a new passphrase"
    for name in ("passphrase", "passphrase_again"):
        locked.write(name, NEW)
    locked.press("set_passphrase_button")
    locked.until(lambda: locked.maybe("sheet_back"))
    assert locked.program.work is None, "nor before a new sheet was made or put off"
    locked.press("sheet_back")
    locked.until(lambda: locked.program.work is not None)
    locked.key(Keys.Key_L, CTRL)
    locked.unlock(well=False)
    assert locked.said("unlock_notice_sentence") == "That is not the passphrase of this vault."
    locked.unlock(NEW)


def test_a_changed_passphrase_and_the_old_one_is_refused(with_client: Person) -> None:
    person = with_client
    person.command("Change passphrase")
    assert person.find("present_passphrase").hasFocus()
    person.type("not the present one at all")
    for name in ("changed_passphrase", "changed_passphrase_again"):
        person.write(name, NEW)
    person.press("change_passphrase_button")
    person.until(lambda: person.maybe("change_passphrase_notice_sentence"))
    assert person.said("change_passphrase_notice_sentence") == "That is not the passphrase of this vault."
    person.find("present_passphrase").selectAll()
    person.type(PASSPHRASE)
    person.press("change_passphrase_button")
    person.until(lambda: "The passphrase is changed." in person.seen())
    assert [person.find(name).text() for name in ("present_passphrase", "changed_passphrase")] == ["", ""]
    person.start_again()
    person.unlock(well=False)
    assert person.said("unlock_notice_sentence") == "That is not the passphrase of this vault."
    person.unlock(NEW)
    assert person.program.vault.notebook.clients()[0].called == "Dana"
