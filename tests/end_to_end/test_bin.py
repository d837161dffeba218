"""The bin through the window: put away, undone, put back, removed, and let go of after its days, never in doubt."""

import datetime

import pytest
from notes import FIRST, client_of, copies, note, only_entry
from person import CTRL, Keys, Person


def put_away(person: Person) -> None:
    note(person, FIRST)
    person.press("entry_bin")


def in_bin(person: Person) -> int:
    return len(person.program.vault.history.binned())


def start_later(person: Person, **by: float) -> None:
    """Close, let time pass, open again and wait until the bin has let go of what is due."""
    person.clock.pass_by(**by)
    person.start_again()
    person.unlock()
    person.program.work.past.purge()


def test_a_note_goes_into_the_bin_and_undo_brings_it_back(with_client: Person) -> None:
    person = with_client
    put_away(person)
    assert person.said("binned_sentence") == "In the bin until 9 April 2026."
    assert person.maybe("entry_page") is None
    assert person.program.vault.notebook.entries(client_of(person)) == []
    assert FIRST not in person.seen()
    person.press("binned_action")
    assert only_entry(person).answers["body"] == FIRST
    assert person.find("body").toPlainText() == FIRST
    assert person.maybe("binned") is None
    person.write("body", " More.")
    person.flush()
    assert only_entry(person).answers["body"] == f"{FIRST} More."


def test_the_bin_lists_what_is_there_and_puts_it_back(with_client: Person) -> None:
    person = with_client
    put_away(person)
    person.command("Bin")
    seen = person.seen()
    assert "Goes for good on 9 April 2026" in seen
    assert "Dana" in seen
    person.press("bin_put_back")
    assert only_entry(person).answers["body"] == FIRST
    assert person.find("bin_empty").isVisible()
    person.press("bin_notice_action")
    assert in_bin(person) == 1


def test_removing_asks_first_and_escape_leaves_it(with_client: Person) -> None:
    person = with_client
    put_away(person)
    person.command("Bin")
    person.press("bin_remove")
    assert person.find("bin_no").hasFocus(), "the safe answer is at hand"
    person.key(Keys.Key_Escape)
    assert person.maybe("bin_question") is None
    assert in_bin(person) == 1
    person.press("bin_remove")
    person.press("bin_yes")
    assert in_bin(person) == 0
    assert person.find("bin_empty").isVisible()
    assert copies(person, "sat by the door") == 0


def test_an_empty_bin_says_so(with_client: Person) -> None:
    with_client.command("Bin")
    assert with_client.said("bin_empty").startswith("The bin is empty")
    assert with_client.maybe("bin_put_back") is None


@pytest.mark.parametrize(("days", "left"), [(29, 1), (30, 0)])
def test_the_bin_lets_go_after_thirty_days(with_client: Person, days: int, left: int) -> None:
    put_away(with_client)
    start_later(with_client, days=days)
    assert in_bin(with_client) == left


def test_the_bin_lets_go_by_itself_after_an_opening(with_client: Person) -> None:
    person = with_client
    put_away(person)
    person.clock.pass_by(days=31)
    person.start_again()
    person.unlock()
    assert in_bin(person) == 1, "unlocking does not wait for it"
    person.until(lambda: in_bin(person) == 0)


@pytest.mark.parametrize("year", [2019, 2028], ids=["set back", "two years ahead"])
def test_nothing_goes_while_the_day_is_in_doubt(with_client: Person, year: int) -> None:
    """Scenarios 6 and 7."""
    person = with_client
    put_away(person)
    right = person.clock.at
    person.clock.at = datetime.datetime(year, 6, 3, 10, 0, tzinfo=datetime.UTC)
    start_later(person)
    assert person.maybe("clock_doubt") is not None
    assert in_bin(person) == 1
    person.command("Bin")
    assert person.find("bin_doubted").isVisible()
    # The control: without the doubt the same entry goes.
    person.clock.at = right
    start_later(person, days=31)
    assert person.maybe("clock_doubt") is None
    assert in_bin(person) == 0


def test_a_whole_strain_goes_and_comes_back(with_client: Person) -> None:
    person = with_client
    person.notice("Went quiet")
    person.flush()
    person.card(1)
    person.write("landed", "As not counting.")
    person.flush()
    person.command("Put the whole strain")
    assert person.program.vault.strains.all() == []
    assert person.maybe("strain_page") is None
    assert "Went quiet" not in person.seen()
    person.command("Bin")
    assert "Strain Went quiet with 2 cards" in person.seen()
    person.press("bin_put_back")
    (strain,) = person.program.vault.strains.all()
    assert strain.name == "Went quiet"
    assert len(person.program.vault.notebook.arc_entries(strain.arc.id)) == 2


def test_one_card_of_a_strain_goes_and_the_strain_stays(with_client: Person) -> None:
    person = with_client
    person.notice("Went quiet")
    person.flush()
    person.card(1)
    person.write("landed", "As not counting.")
    person.flush()
    person.command("Put in the bin")
    (strain,) = person.program.vault.strains.all()
    assert [one.card for one in person.program.vault.notebook.arc_entries(strain.arc.id)] == ["notice"]
    person.press("binned_action")
    assert person.find("landed").toPlainText() == "As not counting."


def test_a_lock_finds_the_bin_again(with_client: Person) -> None:
    put_away(with_client)
    with_client.command("Bin")
    with_client.idle_fires()
    with_client.unlock()
    assert with_client.find("bin_rows").isVisible()


def test_a_page_of_what_was_removed_closes_wherever_it_stands(with_client: Person) -> None:
    person = with_client
    put_away(person)
    (away,) = person.program.vault.history.binned()
    person.window.workspace.show_place("strains")
    person.program.work.pages.open_entry(away.entry.id)
    assert person.said("entry_notice_sentence") == "This is in the bin."
    person.window.workspace.show_place("clients")
    person.command("Bin")
    person.press("bin_remove")
    person.press("bin_yes")
    person.window.workspace.show_place("strains")
    assert person.maybe("entry_page") is None


def test_the_word_bin_opens_the_bin_and_puts_nothing_into_it(with_client: Person) -> None:
    person = with_client
    note(person, FIRST)
    person.key(Keys.Key_K, CTRL)
    person.type("bin")
    titles = [person.find("finder_rows").rows.row(at).title for at in range(3)]
    assert titles[0] == "Bin"
    assert titles[-1].startswith("Put ")
    person.key(Keys.Key_Return)
    assert person.maybe("bin") is not None
    assert person.program.vault.history.binned() == []


@pytest.mark.parametrize(
    ("typed", "title"), [("delete client", "Details of this client"), ("redact", "Remove text"), ("trash", "Bin")]
)
def test_commands_are_found_by_other_words_for_them(with_client: Person, typed: str, title: str) -> None:
    person = with_client
    note(person, FIRST)
    person.key(Keys.Key_K, CTRL)
    person.type(typed)
    assert person.find("finder_rows").rows.row(0).title.startswith(title)


def test_the_details_of_a_client_are_a_command(with_client: Person) -> None:
    person = with_client
    note(person, FIRST)
    person.command("Details of this client")
    assert person.maybe("details_page") is not None or person.maybe("code") is not None
