"""From an empty computer to a vault whose recovery sheet was proved readable, with the keyboard."""

import datetime
import secrets
from pathlib import Path

import pytest
from names import cut, nameless, small
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from shell_cases import LONG

from alliance_desktop.domain.errors import VaultExistsError
from alliance_desktop.domain.look import Appearance
from alliance_desktop.keys.derivation import Kdf
from alliance_desktop.services.access import Access, sheet_of
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.places import is_synced
from alliance_desktop.ui import theme
from alliance_desktop.ui.first_run import FirstChoices, FirstRun, FirstRunNeeds, MadeVault
from alliance_desktop.ui.new_passphrase import MISMATCH, PassphraseRules
from alliance_desktop.ui.window import MainWindow

CHEAP = Kdf(salt=bytes(range(16)), memory_kib=65_536, passes=3, lanes=4)
GROUPS = ("7K3M", "Q9XF", "2B8D", "WJ4H", "N6PR", "V5TC", "8E1G", "Z0YS", "4AKQ")


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def access() -> Access:
    """Ways into real vaults, as cheap as the format allows."""
    return Access(Forms([]), _now, secrets.token_bytes, CHEAP)


@pytest.fixture
def needs(home: Path, rules: PassphraseRules, access: Access) -> FirstRunNeeds:
    """A first run that makes real vaults in a folder of the test."""

    def create(folder: Path, passphrase: str) -> MadeVault:
        made = access.create(folder, passphrase)
        return MadeVault(folder, sheet_of(made).groups, made)

    return FirstRunNeeds(
        create=create,
        rules=rules,
        print_sheet=lambda made, look: f"Printed on {look.paper}.",
        save_sheet=lambda made, look: f"Saved as {made.folder.name}.pdf.",
        print_lost=lambda made, look: f"The sheet without a key, {'large' if look.large else 'as usual'}.",
        sheet_text=lambda made: f"Recovery key {' '.join(made.groups)}",
        random=lambda count: bytes(range(1, count + 1)),
        home=home,
    )


@pytest.fixture
def first_run(qtbot: QtBot, window: MainWindow, needs: FirstRunNeeds) -> FirstRun:
    """The wizard in its window."""
    made = FirstRun(needs)
    window.show_page(made)
    qtbot.waitUntil(lambda: made.welcome.new_button.hasFocus())
    return made


def press(qtbot: QtBot, key: Qt.Key = Qt.Key.Key_Space) -> None:
    """Press a key where the keyboard is."""
    qtbot.keyClick(QApplication.focusWidget(), key)


def test_from_the_first_page_to_a_vault(qtbot: QtBot, first_run: FirstRun, home: Path, access: Access) -> None:
    press(qtbot)
    assert first_run.currentWidget() is first_run.place
    qtbot.keyClicks(QApplication.focusWidget(), " 2026")
    press(qtbot, Qt.Key.Key_Return)
    assert first_run.currentWidget() is first_run.secret
    qtbot.keyClicks(QApplication.focusWidget(), LONG)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), LONG)
    press(qtbot, Qt.Key.Key_Return)
    assert first_run.is_busy
    assert first_run.findChild(QLabel, "secret_working").isVisible()
    qtbot.waitUntil(lambda: first_run.currentWidget() is first_run.sheet, timeout=20_000)
    folder = home / "My notes 2026.vault"
    assert (folder / "notes.db").exists()
    groups = [first_run.findChild(QLabel, f"sheet_group_{at}").text() for at in range(1, 10)]
    first_run.sheet.next_button.setFocus()
    press(qtbot)
    asked = first_run.proof.findChildren(QLineEdit)
    assert len(asked) == 2
    for edit in asked:
        at = int(edit.objectName().rpartition("_")[2]) - 1
        edit.setFocus()
        qtbot.keyClicks(edit, f" {groups[at].lower()} ")
    press(qtbot, Qt.Key.Key_Return)
    assert first_run.currentWidget() is first_run.choices
    heard: list[tuple[MadeVault, FirstChoices]] = []
    first_run.finished.connect(lambda made, choices: heard.append((made, choices)))
    first_run.choices.minutes.setValue(10)
    first_run.choices.next_button.setFocus()
    press(qtbot)
    made, choices = heard[0]
    assert made.folder == folder
    assert choices == FirstChoices(10, "a4")
    assert access.unlock(folder, LONG).recovery == made.secrets.recovery
    assert access.recover(folder, " ".join(groups)).recovery == made.secrets.recovery


def test_nothing_of_the_passphrase_stays_in_the_fields(qtbot: QtBot, first_run: FirstRun) -> None:
    first_run.show_page(first_run.secret)
    first_run.secret.passphrase.first.set_text(LONG)
    first_run.secret.passphrase.again.set_text(LONG)
    first_run.secret.go_on()
    qtbot.waitUntil(lambda: first_run.currentWidget() is first_run.sheet, timeout=20_000)
    assert all(LONG not in edit.text() for edit in first_run.findChildren(QLineEdit))


def test_two_different_passphrases_are_told_in_words(qtbot: QtBot, first_run: FirstRun) -> None:
    first_run.show_page(first_run.secret)
    fields = first_run.secret.passphrase
    fields.first.set_text(LONG)
    fields.again.set_text(LONG + "s")
    first_run.secret.go_on()
    assert fields.problem.text() == MISMATCH
    assert fields.again.edit.hasFocus()
    assert not first_run.is_busy
    assert fields.again.edit.accessibleDescription() == MISMATCH, "a screen reader meets it in the field"
    fields.again.set_text(LONG)
    assert fields.problem.isHidden()
    assert fields.again.edit.accessibleDescription() == ""


@pytest.mark.parametrize("typed", ["", "short", "fourteen chars"])
def test_a_short_passphrase_does_not_go_on(first_run: FirstRun, typed: str) -> None:
    first_run.show_page(first_run.secret)
    first_run.secret.passphrase.first.set_text(typed)
    first_run.secret.passphrase.again.set_text(typed)
    first_run.secret.go_on()
    assert "15" in first_run.secret.passphrase.problem.text()
    spoken = first_run.secret.passphrase.first.edit.accessibleDescription()
    assert spoken.startswith(first_run.secret.passphrase.problem.text())
    assert "At least 15 characters." in spoken, "the help is still said"
    assert not first_run.is_busy


def test_the_meter_speaks_and_a_made_up_one_is_strong(first_run: FirstRun) -> None:
    fields = first_run.secret.passphrase
    fields.first.set_text("abc")
    fields.measure()
    assert first_run.findChild(QLabel, "passphrase_strength").text() == "Too short so far: 12 more characters."
    fields.suggest_button.click()
    assert len(fields.passphrase.split()) == 6
    assert fields.first.edit.echoMode() == QLineEdit.EchoMode.Normal
    assert fields.again.text() == ""
    assert first_run.findChild(QLabel, "passphrase_strength").text()
    assert fields.fault() == MISMATCH


def test_esc_goes_back_and_loses_nothing(qtbot: QtBot, first_run: FirstRun) -> None:
    first_run.show_page(first_run.place)
    first_run.place.name_edit.setText("Evening notes")
    first_run.show_page(first_run.secret)
    first_run.secret.passphrase.first.set_text(LONG)
    press(qtbot, Qt.Key.Key_Escape)
    assert first_run.currentWidget() is first_run.place
    assert first_run.place.name_edit.text() == "Evening notes"
    press(qtbot, Qt.Key.Key_Escape)
    assert first_run.currentWidget() is first_run.welcome
    press(qtbot, Qt.Key.Key_Escape)
    assert first_run.currentWidget() is first_run.welcome
    first_run.show_page(first_run.secret)
    assert first_run.secret.passphrase.passphrase == LONG


def test_the_sheet_cannot_be_left_backwards_once_the_vault_is_made(qtbot: QtBot, first_run: FirstRun) -> None:
    first_run._created(MadeVault(Path("x"), GROUPS, None))
    press(qtbot, Qt.Key.Key_Escape)
    assert first_run.currentWidget() is first_run.sheet


def test_a_wrong_group_is_named_and_a_lookalike_forgiven(first_run: FirstRun) -> None:
    first_run._created(MadeVault(Path("x"), GROUPS, None))
    first_run.sheet.next_button.click()
    second, seventh = first_run.proof.findChildren(QLineEdit)
    assert [second.objectName(), seventh.objectName()] == ["proof_group_2", "proof_group_5"]
    second.setText("q9xf")
    seventh.setText("wrong")
    first_run.proof.go_on()
    assert first_run.proof.notice.sentence.startswith("Group 5 ")
    assert first_run.currentWidget() is first_run.proof
    seventh.setText("n6 pr")
    first_run.proof.go_on()
    assert first_run.currentWidget() is first_run.choices


def test_a_fault_of_the_disk_is_said_and_nothing_typed_is_lost(qtbot: QtBot, first_run: FirstRun, home: Path) -> None:
    first_run.show_page(first_run.secret)
    fields = first_run.secret.passphrase
    fields.first.set_text(LONG)
    fields.again.set_text(LONG)
    folder = home / "My notes.vault"
    folder.mkdir()
    (folder / "something").write_text("else")
    first_run.secret.go_on()
    qtbot.waitUntil(lambda: not first_run.is_busy, timeout=20_000)
    assert first_run.secret.notice.sentence == VaultExistsError.sentence
    assert fields.passphrase == LONG
    assert (folder / "something").read_text() == "else"


@pytest.mark.parametrize("name", ["", "  ", ".vault", "a/b", "..", "\u200b", "-"])
def test_a_name_that_cannot_be_is_refused(first_run: FirstRun, name: str) -> None:
    first_run.place.name_edit.setText(name)
    assert first_run.place.fault().startswith("The name needs")


def test_whoever_names_a_vault_is_told_who_sees_the_name(first_run: FirstRun) -> None:
    words = "Anyone at this computer can see it, so do not use a client's name."
    assert first_run.place.name_edit.accessibleDescription() == words
    assert words in {one.text() for one in first_run.place.findChildren(QLabel)}


def test_a_place_that_is_not_there_is_refused(first_run: FirstRun, home: Path) -> None:
    first_run.place.folder_field.set_folder(home / "nowhere")
    assert "not there" in first_run.place.fault()
    first_run.place.folder_field.set_folder(home)
    assert first_run.place.fault() == ""
    (home / "My notes.vault").mkdir()
    assert "already something" in first_run.place.fault()


@pytest.mark.parametrize("typed", ["~nosuchuser/x", "/" + "x" * 300, "/" + "x/" * 3_000, "/x\0y"])
def test_a_place_no_system_has_is_refused_in_words(first_run: FirstRun, typed: str) -> None:
    for step in (first_run.place, first_run.existing):
        step.folder_field.edit.setText(typed)
        assert step.fault()
        assert step.folder_field._nearest().is_dir()


@pytest.mark.parametrize("name", ["日本" * 50, "x" * 240])
def test_a_name_without_room_is_refused(first_run: FirstRun, name: str) -> None:
    first_run.place.name_edit.setMaxLength(300)
    first_run.place.name_edit.setText(name)
    assert "too long" in first_run.place.fault()


def test_a_synchronised_folder_is_warned_of(first_run: FirstRun) -> None:
    first_run.show_page(first_run.place)
    assert first_run.place.synced.isHidden()
    first_run.place.folder_field.edit.setText("/home/priya/Dropbox/work")
    assert not first_run.place.synced.isHidden()
    assert is_synced(Path("/Users/p/Library/Mobile Documents/x"))
    assert not is_synced(Path("/home/priya/Documents"))


def test_an_existing_vault_and_the_sample_are_asked_for(qtbot: QtBot, first_run: FirstRun, home: Path) -> None:
    with qtbot.waitSignal(first_run.sample_asked):
        first_run.welcome.sample_button.click()
    first_run.welcome.existing_button.click()
    first_run.existing.go_on()
    assert first_run.existing.notice.sentence.startswith("Type the path")
    first_run.existing.folder_field.set_folder(home)
    with qtbot.waitSignal(first_run.existing_chosen) as chosen:
        first_run.existing.go_on()
    assert chosen.args == [home]


def test_printing_and_saving_say_what_came_of_it(first_run: FirstRun) -> None:
    first_run._created(MadeVault(Path("x.vault"), GROUPS, None))
    first_run.sheet.print_button.click()
    assert first_run.sheet.notice.sentence == "Printed on a4."
    first_run.sheet.save_button.click()
    assert first_run.sheet.notice.sentence == "Saved as x.vault.pdf."
    first_run.sheet.large.setChecked(True)
    first_run.sheet.lost_button.click()
    assert first_run.sheet.notice.sentence == "The sheet without a key, large."


@pytest.mark.parametrize("scale", [100, 200])
def test_every_page_has_names_and_nothing_is_cut(
    qtbot: QtBot, window: MainWindow, first_run: FirstRun, scale: int
) -> None:
    theme.apply(Appearance.LIGHT, scale)
    window.resize(1280, 720)
    first_run._created(MadeVault(Path("x"), GROUPS, None))
    first_run._prove()
    wrong = []
    for at in range(first_run.count()):
        page = first_run.widget(at)
        first_run.show_page(page)
        QApplication.processEvents()
        wrong += nameless(page) + cut(page) + small(page)
    assert wrong == []
