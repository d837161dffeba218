"""The sharing ledger at the window: nothing private is printed unrecorded, and it stands on the note."""

import sys
from pathlib import Path
from typing import Any

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.disclosing import Showing
from alliance_desktop.domain.entry import EntryId
from alliance_desktop.domain.errors import DiskFullError, NotPrintedError, NotSavedToFileError
from alliance_desktop.domain.look import Appearance
from alliance_desktop.services.ledger import Ledger
from alliance_desktop.services.paper import Choice

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from names import cut, nameless, small

PLAN = "My repair plan"


@pytest.fixture
def private(with_client: Person) -> Person:
    """A person before the preview of a repair plan that holds private reflection."""
    with_client.notice("corridor")
    with_client.flush()
    with_client.key(Keys.Key_P, CTRL)
    with_client.choose("preview_sort", PLAN)
    settle()
    return with_client


def note_of(person: Person) -> EntryId:
    book = person.program.vault.notebook
    return next(one.id for one in book.entries(book.clients()[0].id) if one.card == "notice")


def lines(person: Person) -> list[Showing]:
    return person.program.vault.ledger.of(note_of(person))


def test_it_is_asked_for_whom_before_private_notes_are_printed(private: Person) -> None:
    private.press("preview_print")
    assert private.printed == []
    assert "can change what the law calls it" in private.said("showing_warning")
    assert private.find("showing_whom").hasFocus()
    private.type("Ms Lin")
    private.key(Keys.Key_Return)
    assert private.printed == [], "no reason yet"
    assert "Say why" in private.said("showing_no_why")
    assert private.find("showing_why").hasFocus()
    private.type("For supervision")
    private.key(Keys.Key_Return)
    settle()
    assert private.printed == [("a4", 1)]
    (line,) = lines(private)
    assert line.said() == "Printed on 10 March 2026 for Ms Lin: For supervision"
    assert private.maybe("showing_section") is None
    assert private.said("preview_done_sentence") == "Sent to the printer."


def test_for_my_own_use_is_one_press_and_is_noted(private: Person) -> None:
    private.press("preview_print")
    private.press("showing_mine")
    assert len(private.printed) == 1
    assert lines(private)[0].said() == "Printed on 10 March 2026 for my own use"


def test_a_pdf_is_noted_as_a_file(private: Person, tmp_path: Path) -> None:
    private.save_to = tmp_path
    private.press("preview_save")
    private.write("showing_whom", "School board")
    private.write("showing_why", "They asked in writing")
    private.press("showing_go")
    assert (tmp_path / private.asked[0]).read_bytes().startswith(b"%PDF")
    assert lines(private)[0].said() == "Saved as a file on 10 March 2026 for School board: They asked in writing"


def test_a_file_dialog_that_is_left_notes_nothing(private: Person) -> None:
    private.press("preview_save")
    private.press("showing_mine")
    assert private.asked
    assert lines(private) == []
    assert private.find("showing_section").isVisible(), "it can be tried again"


def test_a_file_that_cannot_be_written_is_not_noted(private: Person, tmp_path: Path) -> None:
    private.save_to = tmp_path / "not there"
    private.press("preview_save")
    private.press("showing_mine")
    assert lines(private) == []
    assert private.said("preview_done_sentence") == NotSavedToFileError.sentence


def test_a_print_that_is_cancelled_takes_its_line_back(private: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def cancelled(_parent: QWidget, _svgs: list[bytes], _paper: str) -> bool:
        seen.append(len(lines(private)))
        return False

    monkeypatch.setattr(private.page(), "_print_sheets", cancelled)
    private.press("preview_print")
    private.write("showing_whom", "Ms Lin")
    private.write("showing_why", "For supervision")
    private.press("showing_go")
    assert seen == [1], "the line was there before anything could leave"
    assert lines(private) == []
    assert private.said("preview_done_sentence") == "Nothing was printed."
    assert private.find("showing_whom").text() == "Ms Lin", "what was typed is still there"


def test_a_printer_that_does_not_take_it_is_told_and_takes_the_line_back(
    private: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_parent: QWidget, _svgs: list[bytes], _paper: str) -> bool:
        raise NotPrintedError

    with monkeypatch.context() as patch:
        patch.setattr(private.page(), "_print_sheets", broken)
        private.press("preview_print")
        private.press("showing_mine")
        assert lines(private) == []
        assert private.said("preview_done_sentence") == NotPrintedError.sentence
        patch.setattr(private.page(), "_print_sheets", lambda *_all: False)
        private.press("showing_mine")
        assert private.said("preview_done_sentence") == "Nothing was printed.", "what was said before is not said again"
    private.press("showing_mine")
    assert private.said("preview_done_sentence") == "Sent to the printer."
    assert len(lines(private)) == 1


def test_a_lock_over_the_printer_leaves_the_line(private: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_parent: QWidget, _svgs: list[bytes], _paper: str) -> bool:
        private.program.lock()
        settle()
        return False

    monkeypatch.setattr(private.page(), "_print_sheets", locked)
    private.press("preview_print")
    private.press("showing_mine")
    private.unlock()
    (line,) = lines(private)
    assert "begun, not confirmed" in line.said(), "nobody knows whether it came about"


def test_a_print_that_came_about_says_so_without_doubt(private: Person) -> None:
    private.press("preview_print")
    private.press("showing_mine")
    (line,) = lines(private)
    assert line.said().startswith("Printed on ")


def test_a_full_disk_prints_nothing(private: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Ledger, *_args: Any, **_more: Any) -> None:
        raise DiskFullError

    private.press("preview_print")
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "note", full)
        private.press("showing_mine")
        assert private.printed == []
        assert private.said("preview_done_sentence") == DiskFullError.sentence
    private.press("showing_mine")
    assert len(private.printed) == 1, "control: with room it prints"


def test_a_line_that_cannot_be_taken_back_is_said_to_stay(private: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Ledger, _line: EntryId) -> None:
        raise DiskFullError

    monkeypatch.setattr(Ledger, "take_back", full)
    monkeypatch.setattr(private.page(), "_print_sheets", lambda *_all: False)
    private.press("preview_print")
    private.press("showing_mine")
    assert "could not be taken back" in private.said("preview_done_sentence")
    assert len(lines(private)) == 1


def test_the_clients_page_and_a_blank_are_not_asked_about(private: Person) -> None:
    private.unfold_choices()
    private.press("preview_blank")
    settle()
    private.press("preview_print")
    assert len(private.printed) == 1
    page = private.program.work.pages.open_preview(None, None, Choice(blank=True))
    settle()
    private.press("preview_print")
    assert len(private.printed) == 2
    assert not page.is_asking
    assert lines(private) == []


def test_agreed_wording_is_printed_without_asking(with_client: Person) -> None:
    person = with_client
    person.notice("corridor")
    person.card(3)
    person.write("understood", "We met late, and both were tired.")
    person.press("wording_seen_yes")
    person.key(Keys.Key_P, CTRL)
    settle()
    person.press("preview_print")
    assert len(person.printed) == 1
    person.choose("preview_sort", PLAN)
    settle()
    person.press("preview_print")
    assert len(person.printed) == 1, "control: the plan of the same strain is asked about"


def test_escape_goes_back_a_step_and_keeps_what_was_typed(private: Person) -> None:
    private.press("preview_print")
    private.type("Ms Lin")
    private.key(Keys.Key_Escape)
    assert private.maybe("showing_section") is None
    assert private.find("preview_print").hasFocus()
    private.press("preview_print")
    assert private.find("showing_whom").text() == "Ms Lin"


def test_a_lock_while_being_asked_brings_the_words_back(private: Person) -> None:
    private.press("preview_print")
    private.type("Ms Lin")
    private.key(Keys.Key_L, CTRL)
    private.unlock()
    assert private.find("showing_whom").text() == "Ms Lin"
    assert private.printed == []


def test_it_can_be_done_with_the_keyboard_alone(private: Person) -> None:
    private.tab_to("preview_print")
    private.key(Keys.Key_Return)
    private.tab_to("showing_mine")
    private.key(Keys.Key_Space)
    assert len(private.printed) == len(lines(private)) == 1


# -- on the note --------------------------------------------------------------------------------------------------


def test_it_stands_on_every_card_of_the_strain(private: Person) -> None:
    private.press("preview_print")
    private.write("showing_whom", "Ms Lin")
    private.write("showing_why", "For supervision")
    private.press("showing_go")
    client = private.page().client.id
    private.program.work.pages.open_strain(client, private.program.vault.notebook.entry(note_of(private)).arc)
    settle()
    told = "Printed on 10 March 2026 for \u2068Ms Lin\u2069: \u2068For supervision\u2069"
    assert private.said("shown_1_words") == told
    private.card(1)
    settle()
    assert private.said("shown_1_words") == told
    assert private.maybe("links_panel") is None, "it is told once"
    private.press("shown_1")
    assert private.said("entry_title") == "Shown to somebody"


def test_a_note_that_was_shown_is_written_down_by_command(with_client: Person) -> None:
    person = with_client
    person.notice("corridor")
    person.flush()
    person.command("I showed this")
    settle()
    assert person.said("entry_title") == "Shown to somebody"
    person.write("to_whom", "Ms Lin")
    person.write("why", "She asked to read it")
    person.flush()
    assert lines(person)[0].said() == "Shown on 10 March 2026 to Ms Lin: She asked to read it"
    arc = person.program.vault.notebook.entry(note_of(person)).arc
    person.program.work.pages.open_arc(arc)
    settle()
    assert "Ms Lin" in person.said("shown_1_words")


def test_a_session_note_can_be_said_to_have_been_shown(with_client: Person) -> None:
    person = with_client
    person.key(Keys.Key_N, CTRL)
    assert person.maybe("shown_to_somebody") is None, "nothing is written yet"
    person.write("one_line", "Quiet today.")
    person.flush()
    note = person.page().desk.entry
    person.press("shown_to_somebody")
    assert person.said("entry_title") == "Shown to somebody"
    person.write("to_whom", "Ms Lin")
    person.flush()
    person.program.work.pages.open_entry(note)
    settle()
    assert person.said("shown_1_words") == "Shown on 10 March 2026 to \u2068Ms Lin\u2069"
    assert person.program.vault.ledger.of(note)[0].to_whom == "Ms Lin"


def test_a_line_in_the_bin_is_told_no_more(private: Person) -> None:
    private.press("preview_print")
    private.press("showing_mine")
    private.program.vault.history.bin(lines(private)[0].entry)
    assert lines(private) == []


def test_nothing_of_it_is_cut_or_nameless(private: Person) -> None:
    private.press("preview_print")
    for look, scale in ((Appearance.LIGHT, 100), (Appearance.DARK, 100), (Appearance.LIGHT, 200)):
        private.window.look.show(look, scale)
        settle()
        assert nameless(private.page().asking) == []
        assert cut(private.page().asking) == []
        assert small(private.page().asking) == []
        assert private.window.width() <= 1280, "nothing pushes the window wider"
