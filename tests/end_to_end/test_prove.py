"""Prove it, at the window: opened from Help, looked through to the end, copied, closed, locked in the middle."""

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtGui import QClipboard, QGuiApplication

from alliance_desktop.ui.clipboard import COPIED_SECONDS
from alliance_desktop.ui.fields.pasted import is_kept_out
from alliance_desktop.ui.prove_page import LOOKING, UNLOOKED, WAITING, ProvePage

LINES = ("words", "restore", "checked", "network", "process")


def prove(person: Person) -> ProvePage:
    person.command("Prove it")
    return person.find("prove", ProvePage)


def at_end(person: Person, page: ProvePage) -> None:
    person.until(page.again_button.isEnabled)
    settle()


@pytest.fixture
def writer(with_client: Person) -> Person:
    """A person who has written a note and whose vault has a backup."""
    with_client.command("Session note")
    with_client.write("one_line", "She went quiet when I looked at the clock.")
    with_client.flush()
    with_client.key(Keys.Key_L, CTRL)
    with_client.until(lambda: list(with_client.folder.glob("backups/*.vbak")))
    with_client.unlock()
    return with_client


def test_every_promise_is_looked_at_and_told_in_words(writer: Person) -> None:
    page = prove(writer)
    at_end(writer, page)
    states = {one: writer.said(f"prove_{one}_state") for one in LINES}
    assert states["words"] == states["restore"] == "Holds"
    assert WAITING not in states.values()
    assert LOOKING not in states.values()
    assert "none found" in writer.said("prove_words_words")
    assert writer.said("prove_restore_words").startswith("Restored on trial: 1 client, ")
    for line in page.lines:
        name = line.accessibleName()
        assert name.startswith(f"{line.look.promise}: ")
        assert name.endswith(writer.said(f"prove_{line.look.id}_words"))


def test_the_details_are_copied_without_a_word_of_the_notes(writer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    page = prove(writer)
    at_end(writer, page)
    writer.press("prove_copy")
    data = QGuiApplication.clipboard().mimeData()
    assert is_kept_out(data)
    copied = data.text()
    assert copied.splitlines()[0].startswith("Prove it, 2026-03-10T")
    assert [line.split(":")[0] for line in copied.splitlines()[2:]] == list(LINES)
    for secret in ("quiet", "Dana", "D34", str(writer.folder), writer.folder.name):
        assert secret not in copied
    assert f"{COPIED_SECONDS:.0f} seconds" in writer.said("prove_copied")
    # Without a screen Qt cannot tell whose the clipboard is.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: True)
    writer.key(Keys.Key_L, CTRL)
    writer.until(lambda: QGuiApplication.clipboard().text() == "")


def test_a_readable_copy_in_the_folder_is_told(writer: Person) -> None:
    """The control: what would be bad news is shown as such."""
    (writer.folder / "export.txt").write_text("Then: She went quiet when I looked at the clock.", "utf-8")
    page = prove(writer)
    at_end(writer, page)
    assert writer.said("prove_words_state") == "Does not hold"
    assert "export.txt" in writer.said("prove_words_words")
    (writer.folder / "export.txt").unlink()
    writer.press("prove_again")
    at_end(writer, page)
    assert writer.said("prove_words_state") == "Holds"


def test_escape_closes_it_and_the_work_goes_on(writer: Person) -> None:
    prove(writer)
    writer.key(Keys.Key_Escape)
    assert writer.maybe("prove") is None
    writer.command("Session note")
    assert writer.find("session_page").isVisible()


def test_a_lock_in_the_middle_asks_nothing_of_the_closed_vault(writer: Person) -> None:
    for _ in range(3):
        prove(writer)
        writer.key(Keys.Key_L, CTRL)
        assert writer.program.vault is None
        settle()
        writer.unlock()
    at_end(writer, prove(writer))
    assert writer.said("prove_words_state") == "Holds"


def test_cancel_leaves_the_rest_unlooked(writer: Person) -> None:
    page = prove(writer)
    page.progress.stop()
    at_end(writer, page)
    states = [writer.said(f"prove_{one}_state") for one in LINES]
    assert states[-1] in {UNLOOKED, "Holds"}
    assert UNLOOKED in states
    assert "process: not looked at" in page.details()
    writer.press("prove_again")
    at_end(writer, page)
    assert UNLOOKED not in [writer.said(f"prove_{one}_state") for one in LINES]


def test_without_a_vault_there_is_nothing_to_prove(locked: Person) -> None:
    assert not locked.window.menus.actions["prove"].isEnabled()
