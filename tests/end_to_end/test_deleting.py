"""A client deleted for good through the window: asked for, proved, gone from every page, and what still holds them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from notes import FIRST, client_of, copies, note
from person import PASSPHRASE, Clock, Person

from alliance_desktop.domain.errors import DiskFullError
from alliance_desktop.ui.standing import UNSAVED


def to_deleting(person: Person) -> None:
    person.command("Timeline of this client")
    person.press("client_details")
    person.press("details_delete")
    assert person.find("delete_client").isVisible()


def delete(person: Person, passphrase: str = PASSPHRASE) -> None:
    person.write("delete_passphrase", passphrase)
    person.press("delete_for_good")
    person.until(lambda: not person.maybe("delete_progress"))


def clients(person: Person) -> list[str]:
    return [one.called for one in person.program.vault.notebook.clients()]


def write_of_two(person: Person) -> None:
    """Write about Dana in two places and into the bin, and about Olu, then go to Dana's page."""
    note(person, FIRST)
    person.press("finish_note")
    person.write("addendum_text", "Unsentword")
    person.find("addendum_text").clearFocus()
    person.notice("Strainword")
    person.flush()
    note(person, "Binnedword")
    person.press("entry_bin")
    person.add_client("O1", "Olu")
    note(person, "Stayingword")
    person.clock.pass_by(minutes=1)
    person.window.workspace.show_place("clients")
    person.command("Dana")


@pytest.fixture(scope="module")
def twos_vault(tmp_path_factory: pytest.TempPathFactory, danas_vault: Path) -> Path:
    """A vault with all that, closed while Dana's page was open; written once through the window."""
    home = tmp_path_factory.mktemp("two")
    shutil.copytree(danas_vault, home / "Notes.vault")
    person = Person(home).begin()
    person.unlock()
    write_of_two(person)
    person.leave()
    return home / "Notes.vault"


@pytest.fixture
def with_two(home: Path, clock: Clock, twos_vault: Path) -> Iterator[Person]:
    """A person before the page that deletes Dana, with that vault open."""
    shutil.rmtree(home / "Notes.vault")
    shutil.copytree(twos_vault, home / "Notes.vault")
    clock.pass_by(minutes=2)
    person = Person(home, clock).begin()
    person.unlock()
    to_deleting(person)
    yield person
    person.leave()


def test_the_page_says_what_goes_and_offers_to_close_the_case(with_two: Person) -> None:
    person = with_two
    assert "3 notes (1 of them in the bin), 1 strain" in person.said("delete_weight")
    assert person.find("delete_close_case").hasFocus(), "what is usually meant is at hand"
    person.press("delete_close_case")
    assert person.find("entry_title").text().startswith("Clos")
    assert sorted(clients(person)) == ["Dana", "Olu"]


def test_a_deleted_client_is_in_no_page_of_the_vault_and_older_backups_are_named(with_client: Person) -> None:
    person = with_client
    write_of_two(person)
    to_deleting(person)
    delete(person)
    assert clients(person) == ["Olu"]
    assert "still hold them" in person.said("deleted_backups")
    assert "10 March 2026" in person.said("deleted_backups")
    assert str(person.folder) in person.said("deleted_folder")
    for word in ("Dana", "Strainword", FIRST, "Unsentword"):
        assert word not in person.seen()
    person.press("deleted_to_backups")
    assert person.find("backup_list_view").isVisible()
    for word in ("Dana", "Strainword", "sat by the door", "Binnedword", "Unsentword"):
        assert copies(person, word) == 0, word
    assert copies(person, "Stayingword") > 0, "the search finds what stays"


def test_a_wrong_passphrase_deletes_nothing(with_two: Person) -> None:
    person = with_two
    backups = len(person.program.vault.backups.listed())
    delete(person, "not this one at all")
    assert person.said("delete_notice_sentence") == "That is not the passphrase of this vault."
    assert person.find("delete_passphrase").text() == ""
    assert sorted(clients(person)) == ["Dana", "Olu"]
    assert len(person.program.vault.backups.listed()) == backups, "nor is a backup made for it"
    person.press("delete_for_good")
    assert person.said("delete_notice_sentence").startswith("Type the passphrase")


def test_a_disk_that_takes_nothing_deletes_nothing(with_two: Person) -> None:
    person = with_two
    store = person.program.vault.notebook._store

    def full(_id: object) -> None:
        raise DiskFullError

    store.remove_client, before = full, store.remove_client
    delete(person)
    assert person.said("delete_notice_sentence").startswith("Nothing was changed")
    assert sorted(clients(person)) == ["Dana", "Olu"]
    assert len(person.program.vault.history.binned()) == 1
    store.remove_client = before
    delete(person)
    assert clients(person) == ["Olu"]


def test_every_page_about_them_closes_wherever_it_stands(with_client: Person) -> None:
    person = with_client
    person.notice("Strainword")
    person.flush()
    person.window.workspace.show_place("strains")
    person.program.work.pages.open_arc(person.program.vault.strains.all()[0].arc.id)
    person.window.workspace.show_place("clients")
    person.program.work.pages.open_client(client_of(person))
    to_deleting(person)
    delete(person)
    person.window.workspace.show_place("strains")
    assert person.maybe("strain_page") is None
    person.idle_fires()
    person.unlock()
    assert clients(person) == []


def test_who_goes_elsewhere_meanwhile_deletes_nothing(with_client: Person) -> None:
    person = with_client
    to_deleting(person)
    person.write("delete_passphrase", PASSPHRASE)
    # Not pressed as usual, which waits until nothing is left to do: the passphrase is still being looked at.
    person.find("delete_for_good").click()
    person.window.workspace.show_place("settings")
    page = person.program.work.pages._open["clients"]
    person.until(lambda: not page.progress.is_busy)
    assert clients(person) == ["Dana"]
    person.window.workspace.show_place("clients")
    assert person.said("delete_notice_sentence").startswith("Nothing was deleted")


def test_a_new_client_cannot_be_deleted_before_there_is_one(person: Person) -> None:
    person.command("New client")
    assert person.maybe("details_delete") is None


def test_nothing_is_deleted_while_words_are_not_on_the_disk(with_two: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person = with_two
    monkeypatch.setattr(person.program.work.pages, "flush", lambda: False)
    delete(person)
    assert sorted(clients(person)) == ["Dana", "Olu"]
    assert person.program.work.workspace.notice.sentence == UNSAVED
