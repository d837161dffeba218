"""Unlocking makes the place that is shown, and no other; one that is made later is as if it had been there."""

import msgspec
import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.errors import DiskFullError
from alliance_desktop.domain.look import Appearance
from alliance_desktop.services.key_life import KeyLife
from alliance_desktop.services.notebook import WriteCard

GONE_TO = {
    "place_today": "today_page",
    "place_clients": "client_list",
    "place_strains": "strain_list",
    "place_outreach": "outreach_list",
    "place_supervision": "supervision_list",
    "place_contacts": "contacts_list",
    "place_search": "search_page",
    "place_backups": "backups",
    "place_settings": "settings",
}
"""By which button a place is gone to, and what is made then."""
ASKED_FOR = {"Whole caseload": "caseload_page", "Insert a short word": "short_words_sheet"}
"""What a command makes besides; the finder is made by asking for the command."""
ALL = frozenset({*GONE_TO.values(), *ASKED_FOR.values(), "finder"})


def made(person: Person) -> set[str]:
    """Return which of these parts there are, seen or not."""
    return {one.objectName() for one in person.window.findChildren(QWidget)} & ALL


@pytest.fixture
def fresh(with_client: Person) -> Person:
    """A person who has just unlocked, with a client and no place to come back to: at Today."""
    with_client.program.vault.settings.keep_place({})
    with_client.program.work.pages.keep_place = lambda: None
    with_client.program.work.pages.leave = lambda _place: None
    with_client.start_again()
    with_client.unlock()
    return with_client


def test_unlocking_makes_only_the_place_that_is_shown(fresh: Person) -> None:
    assert fresh.program.work.workspace.place == "today"
    assert made(fresh) == {"today_page"}
    fresh.idle_fires()
    fresh.key(Keys.Key_L, CTRL)
    assert fresh.find("unlock")


def test_where_work_goes_on_at_a_client_only_their_list_is_made(with_client: Person) -> None:
    assert made(with_client) == {"client_list"}


def test_an_empty_vault_shows_its_list(person: Person) -> None:
    assert made(person) == {"client_list"}
    assert person.find("client_empty").isVisible()


def test_each_is_made_when_it_is_gone_to(fresh: Person) -> None:
    """The control: the names above are those of what is made, each by itself."""
    for button, name in GONE_TO.items():
        before = made(fresh)
        fresh.press(button)
        assert fresh.find(name).isVisible()
        assert made(fresh) == before | {name}
    before = made(fresh)
    for words, name in ASKED_FOR.items():
        fresh.command(words)
        assert made(fresh) == before | {name, "finder"}
        before = made(fresh)
    assert before == ALL


def test_hiding_and_locking_make_nothing(with_client: Person) -> None:
    work = with_client.program.work
    with_client.key(Keys.Key_F9)
    assert made(with_client) == {"client_list"}
    with_client.key(Keys.Key_Escape)
    work.flush()
    work.end()
    assert made(with_client) == {"client_list"}


def test_words_are_made_ready_to_be_found_before_anybody_searches(with_client: Person) -> None:
    person, vault, book = with_client, with_client.program.vault, with_client.program.vault.notebook
    (client,) = book.clients()
    note = WriteCard(client=client.id, form="session", card="note", answers={"body": "A kite"}, entry=book.new_entry())
    person.program.work.workspace.changed.emit(book.write(note))
    assert vault.search.count_due()
    person.until(lambda: vault.search.count_due() == 0)
    assert "search_page" not in made(person)


def test_the_settings_show_what_was_changed_before_they_were_made(with_client: Person) -> None:
    person = with_client
    person.command("Dark")
    person.command("Larger text")
    now = person.program.vault.settings.preferences()
    assert (now.appearance, now.text_scale) == (Appearance.DARK, 125), "the control: both were changed"
    person.command("Settings")
    page = person.program.work.settings.page
    assert (page.appearance.currentData(), page.text_size.currentData()) == ("dark", 125)
    page.minutes.setValue(7)
    assert person.program.vault.settings.preferences() == msgspec.structs.replace(now, lock_minutes=7)


def test_text_and_colours_are_those_of_what_was_there(with_client: Person) -> None:
    person = with_client
    person.window.look.show(Appearance.DARK, 200)
    settle()
    person.command("Contacts")
    early, late = person.find("place_contacts"), person.find("contact_add")
    assert late.font().pointSizeF() == early.font().pointSizeF()
    ground = late.palette().color(late.backgroundRole())
    person.window.look.show(Appearance.LIGHT, 100)
    settle()
    assert late.font().pointSizeF() == early.font().pointSizeF()
    assert late.palette().color(late.backgroundRole()) != ground, "the control: the ground tells them apart"


def test_a_place_that_cannot_be_made_says_why_and_nothing_moves(
    with_client: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = with_client

    def fail(_keys: KeyLife) -> None:
        raise DiskFullError

    with monkeypatch.context() as broken:
        broken.setattr(KeyLife, "standing", fail)
        person.press("place_settings")
        assert person.said("work_notice_sentence") == DiskFullError.sentence
        assert person.program.work.workspace.place == "clients"
        assert person.find("client_page").isVisible()
    person.press("place_settings")
    assert person.find("settings").isVisible()
