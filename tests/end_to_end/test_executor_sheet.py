"""The sheet for an executor is made, proved and made void; the wishes are one page that is kept up."""

from pathlib import Path

import pytest
from person import CTRL, Keys, Person
from test_key_life import begin, finish, lock, prove, to_keys, type_sheet

from alliance_desktop.domain.errors import DiskFullError, NotDoneError
from alliance_desktop.keys.executor import is_whole_executor
from alliance_desktop.storage.settings import Settings
from alliance_desktop.ui.key_life import acts, page, place
from alliance_desktop.ui.settings_place import KEY


def made(person: Person) -> str:
    """Make a sheet for an executor, prove it, and return its key."""
    begin(person, acts.EXECUTOR)
    person.until(lambda: person.maybe("sheet_group_10"))
    groups = [person.said(f"sheet_group_{at}") for at in range(1, 11)]
    person.press("sheet_next")
    for name in sorted(one for one in person.names() if one.startswith("proof_group_")):
        person.write(name, groups[int(name.removeprefix("proof_group_")) - 1])
    person.press("proof_next")
    person.until(lambda: person.maybe("keys_overview"))
    return "-".join(groups)


def test_it_is_made_printed_and_read_and_opens_the_view(with_client: Person, tmp_path: Path) -> None:
    person = with_client
    to_keys(person)
    assert person.said("keys_executor_made") == page.NO_EXECUTOR
    begin(person, acts.EXECUTOR)
    person.until(lambda: person.maybe("sheet_group_10"))
    assert person.said("sheet_group_1") == "EXEC"
    person.choose("sheet_paper", "US Letter")
    person.press("sheet_large")
    person.press("sheet_print")
    (told,) = person.printed
    assert told[0] == "letter"
    assert told[1] >= 2, "large print needs more sheets"
    person.press("sheet_as_text")
    assert "Who is to act for me?" in person.said("sheet_text")
    person.save_to = tmp_path
    person.press("sheet_save")
    assert person.asked == ["sealed-sheet.pdf"]
    person.key(Keys.Key_L, CTRL)
    assert person.maybe("sheet_group_10") is None


def test_a_key_that_was_shown_and_not_checked_is_not_denied(with_client: Person) -> None:
    person = with_client
    to_keys(person)
    assert person.said("keys_executor_made") == page.NO_EXECUTOR
    begin(person, acts.EXECUTOR)
    person.until(lambda: person.maybe("sheet_group_10"))
    lock(person)
    person.unlock()
    to_keys(person)
    told = person.said("keys_executor_made")
    assert told == f"Its key was shown on 10 March 2026, and not checked. {page.MAY_BE_OUT}"
    assert person.said("keys_executor_opens").endswith("since 10 March 2026.")
    made(person)
    assert person.said("keys_executor_made") == "Made on 10 March 2026."


def test_on_a_full_disk_no_key_is_shown_and_that_is_said(with_client: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DiskFullError

    person = with_client
    with monkeypatch.context() as patched:
        patched.setattr(Settings, "put", full)
        begin(person, acts.EXECUTOR)
        person.until(lambda: person.maybe("key_ask_notice_sentence"))
    assert person.said("key_ask_notice_sentence") == NotDoneError.sentence
    assert person.maybe("sheet_group_10") is None
    assert person.find("key_renewal")._held == [], "the key does not stay in memory"
    person.press("key_ask_next")
    person.until(lambda: person.maybe("sheet_group_10"))


def test_it_is_void_once_the_recovery_sheet_is_replaced_and_that_is_said(with_client: Person) -> None:
    person = with_client
    key = made(person)
    assert is_whole_executor(key)
    assert person.said("keys_notice_sentence") == acts.EXECUTOR.done
    assert person.said("keys_executor_made") == "Made on 10 March 2026."
    assert person.said("keys_executor_opens").endswith("the sheet for them, since 10 March 2026.")
    assert person.maybe("keys_executor_void") is None
    begin(person, acts.REPLACE)
    prove(person)
    finish(person)
    assert page.VOID_NOW in person.seen()
    assert person.said("keys_executor_void") == page.EXECUTOR_VOID
    assert person.maybe("keys_executor_opens") is None
    assert person.said("executor_void_sentence") == place.EXECUTOR_VOID
    lock(person)
    type_sheet(person, key)
    assert "from before the recovery key was replaced" in person.said("unlock_notice_sentence")
    person.key(Keys.Key_Escape)
    person.unlock()
    assert person.said("executor_void_sentence") == place.EXECUTOR_VOID, "it is said again at the next unlocking"
    made(person)
    assert person.maybe("executor_void_sentence") is None


@pytest.mark.parametrize("way", ["menu", "keys"])
def test_the_wishes_are_one_page_that_is_kept_up(person: Person, way: str) -> None:
    if way == "menu":
        person.command("Wishes for an executor")
    else:
        to_keys(person)
        person.press("keys_wishes")
    person.write("executor", "Ingrid Vale")
    person.flush()
    person.command("Wishes for an executor")
    assert "Ingrid Vale" in person.seen() or person.box("executor").toPlainText() == "Ingrid Vale"
    (kept,) = person.program.vault.notebook.of_form("executor_wishes")
    assert kept.answers["executor"] == "Ingrid Vale"


def test_what_they_would_see_can_be_looked_at_beforehand(with_client: Person) -> None:
    person = with_client
    to_keys(person)
    person.press("keys_executor_seen")
    assert person.find("preview_sort").currentText() == "What my executor would see"
    person.until(lambda: person.find("preview_print").isEnabled())
    person.press("preview_print")
    assert person.printed == [("a4", 1)]
    assert person.program.work.workspace.place == KEY
    person.find("preview_sort").setFocus()
    person.key(Keys.Key_Escape)
    assert person.find("keys_executor_seen").hasFocus()
    person.key(Keys.Key_Return)
    person.choose("preview_paper", "US Letter")
    person.key(Keys.Key_L, CTRL)
    person.unlock()
    assert person.find("preview_sort").currentText() == "What my executor would see"
    assert person.find("preview_paper").currentText() == "US Letter"
    assert person.find("preview_sort").hasFocus()
    person.press("keys_view_back")
    person.key(Keys.Key_L, CTRL)
    person.unlock()
    assert person.find("keys_overview").isVisible(), "the keys as well"
    person.press("keys_executor_seen")
    person.press("keys_view_back")
    assert person.maybe("preview_page") is None
    assert person.find("keys_executor_seen").hasFocus()
