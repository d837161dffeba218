"""A disk that refuses in the middle of a change of keys: the window says what opens the vault, and it does."""

import pytest
from person import PASSPHRASE, Person
from test_key_life import NEW, begin, finish, lock, prove

from alliance_desktop.domain.errors import DiskFullError
from alliance_desktop.storage import disk, keyfiles, sheets
from alliance_desktop.storage.store import Store
from alliance_desktop.ui.change_passphrase import DONE
from alliance_desktop.ui.key_life import acts


def change_passphrase(person: Person) -> None:
    person.command("Change passphrase")
    for name, text in (
        ("present_passphrase", PASSPHRASE),
        ("changed_passphrase", NEW),
        ("changed_passphrase_again", NEW),
    ):
        person.write(name, text)
    person.press("change_passphrase_button")
    person.until(lambda: person.maybe("change_passphrase_notice_sentence"))


def test_a_disk_that_fills_up_at_the_very_end_changes_the_passphrase_all_the_same(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFullError

    with monkeypatch.context() as patched:
        patched.setattr(Store, "keep_key_generation", full)
        change_passphrase(person)
    assert person.said("change_passphrase_notice_sentence") == DONE
    assert not person.maybe("workspace_notice_sentence"), "nobody says that it was not saved"
    lock(person)
    person.unlock(PASSPHRASE, well=False)
    assert person.program.vault is None
    person.unlock(NEW)


def test_a_full_disk_says_that_the_passphrase_is_as_it_was(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patched:
        patched.setattr(disk, "write_durably", full)
        change_passphrase(person)
    assert person.said("change_passphrase_notice_sentence") == "The keys could not be changed: the disk is full."
    assert DONE not in person.seen()
    assert person.find("changed_passphrase").text() == NEW, "what was typed stays"
    lock(person)
    person.unlock(PASSPHRASE)


@pytest.mark.parametrize("act", [acts.REPLACE, acts.SHEET_ONLY])
def test_an_act_on_a_full_disk_says_that_nothing_was_changed_and_can_be_tried_again(
    person: Person, monkeypatch: pytest.MonkeyPatch, act: acts.Act
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "full")

    begin(person, act)
    prove(person)
    with monkeypatch.context() as patched:
        patched.setattr(keyfiles.disk, "write_durably", full)
        patched.setattr(sheets.disk, "write_durably", full)
        person.press("key_last_next")
        person.until(lambda: person.maybe("key_last_notice_sentence"))
    assert person.said("key_last_notice_sentence") == "The keys could not be changed: the disk is full."
    finish(person)
    assert person.said("keys_notice_sentence") == act.done
    lock(person)
