"""Restoring at the window where something stands in the way, or changes while the question is asked."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from person import CTRL, PASSPHRASE, Keys, Person, settle

from alliance_desktop.domain.backup_words import DISK_UNKNOWN, IN_MEMORY
from alliance_desktop.storage import disks, presence
from alliance_desktop.storage.disks import Where
from alliance_desktop.ui.backups_page import CHANGED

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from alliance_desktop.storage import opening
store = opening.open_store(Path(sys.argv[1]), opening.find_secrets(Path(sys.argv[1]), sys.argv[2]))
print("open", flush=True)
sys.stdin.readline()
"""


def own(person: Person) -> list[Path]:
    return sorted((person.folder / "backups").glob("*.vbak"))


def at_rest(person: Person, name: str = "backups_progress") -> None:
    person.until(lambda: person.maybe(name) is None)
    settle()


def locked_with_backup(person: Person) -> Person:
    person.key(Keys.Key_L, CTRL)
    person.until(lambda: person.program.vault is None and own(person))
    return person


@pytest.fixture
def asked(with_client: Person) -> Person:
    """A person before the question whether to restore a backup of an hour ago."""
    person = locked_with_backup(with_client)
    person.unlock()
    person.key(Keys.Key_7, CTRL)
    person.press("restore")
    at_rest(person)
    assert person.find("restore_question").isVisible()
    return person


def test_the_question_says_what_was_written_since_it_was_asked(asked: Person) -> None:
    assert "hold the same" in asked.said("restore_difference")
    asked.program.vault.notebook.add_client({"code": "T17", "called": "Tomás"})
    asked.press("restore_yes")
    assert asked.program.vault is not None, "what was agreed to is not what would come"
    assert asked.said("backups_notice_sentence") == CHANGED
    assert "missing afterwards: 1 client" in asked.said("restore_difference")
    asked.key(Keys.Key_2, CTRL)
    asked.program.vault.notebook.add_client({"code": "T18", "called": "Ines"})
    asked.key(Keys.Key_7, CTRL)
    assert "missing afterwards: 2 clients" in asked.said("restore_difference")
    asked.press("restore_yes")
    asked.until(lambda: asked.program.vault is None)
    assert "The backup is restored" in asked.said("unlock_notice_sentence")


def test_another_trial_ends_the_question(asked: Person) -> None:
    """Its key and its backup may be others, and the question is about the first."""
    asked.press("try_restore")
    assert asked.maybe("restore_question") is None
    at_rest(asked)
    assert asked.maybe("restore_question") is None
    assert asked.said("backups_notice_sentence").startswith("Restored on trial")


def test_a_vault_opened_to_read_offers_no_restore(with_client: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person = locked_with_backup(with_client)
    opened = person.program.parts.access.open
    monkeypatch.setattr(
        person.program.parts.access, "open", lambda folder, secrets, **_terms: opened(folder, secrets, read_only=True)
    )
    person.unlock()
    person.key(Keys.Key_7, CTRL)
    settle()
    assert person.find("try_restore").isEnabled()
    assert not person.find("restore").isEnabled()
    assert "none can take the vault's place" in person.said("restore_only_read")


def open_backups_page(person: Person) -> None:
    person.program.opening.restoring.show_backups(person.folder)
    settle()
    person.box("open_backup_key_passphrase")
    person.type(PASSPHRASE)
    person.press("open_backup_restore")
    at_rest(person, "open_backup_progress")


def test_a_vault_open_in_another_process_is_not_replaced_from_the_lock_page(with_client: Person) -> None:
    person = locked_with_backup(with_client)
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    begun = [sys.executable, "-c", HOLDER, str(person.folder), PASSPHRASE]
    with subprocess.Popen(begun, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "open\n"
        open_backups_page(person)
        assert "already open in another window" in person.said("open_backup_notice_sentence")
        assert [one.name for one in person.home.glob("*.vault")] == [person.folder.name]
        other.communicate("go\n")


def test_another_computers_word_is_told_once(with_client: Person) -> None:
    person = locked_with_backup(with_client)
    said = {"computer": "PRACTICE-2", "since": "2026-03-09T09:00:00Z", "process": 4}
    (person.folder / presence.NAME).write_text(json.dumps(said))
    open_backups_page(person)
    assert "PRACTICE-2" in person.said("open_backup_notice_sentence")
    person.press("open_backup_restore")
    person.until(lambda: person.window.shown.objectName() == "unlock")
    assert "The backup is restored" in person.said("unlock_notice_sentence")


@pytest.mark.parametrize(("where", "words"), [(Where.MEMORY, IN_MEMORY), (Where.UNKNOWN, DISK_UNKNOWN)])
def test_a_place_that_is_no_other_disk_is_said_to_be_what_it_is(
    with_client: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: Where, words: str
) -> None:
    monkeypatch.setattr(disks, "told", lambda _vault, _folder: where)
    with_client.key(Keys.Key_7, CTRL)
    with_client.box("backup_place").selectAll()
    with_client.type(str(tmp_path))
    with_client.press("back_up_now")
    at_rest(with_client)
    assert words in with_client.said("backups_notice_next_step")
    assert with_client.program.vault.backups.seen.outside_at is None


def test_a_lock_within_half_an_hour_makes_none_and_nothing_says_otherwise(with_client: Person) -> None:
    person = locked_with_backup(with_client)
    person.unlock()
    person.add_client("T17", "Tomás")
    person.key(Keys.Key_7, CTRL)
    assert "half an hour" in person.seen()
    person.key(Keys.Key_L, CTRL)
    settle()
    assert len(own(person)) == 1
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "half an hour" in readme
