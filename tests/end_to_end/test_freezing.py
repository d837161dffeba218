"""What is to stay as it was is finished when its page goes, whichever way; not while it stays, and no word is lost."""

from typing import Any

import pytest
from person import CTRL, Keys, Person, settle
from test_entry_page import DANGER, client, entries, written

from alliance_desktop.domain.entry import State
from alliance_desktop.domain.errors import DiskFullError, KnownError, NewerEntryError
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui.standing import UNSAVED


@pytest.fixture
def concern(with_client: Person) -> Person:
    """A person before a concern that is written and enough."""
    written(with_client, "safeguarding", "concern", **DANGER)
    return with_client


def state(person: Person) -> State:
    (one,) = entries(person, "safeguarding")
    return one.state


def goes_on(person: Person) -> None:
    """See that the concern still stands there, can be written in, and is finished once it is left."""
    assert state(person) is State.DRAFT
    assert not person.find("exact_words").isReadOnly()
    person.write("exact_words", " He is at school.")
    assert person.page().flush()
    person.key(Keys.Key_T, CTRL)
    (one,) = entries(person, "safeguarding")
    assert one.state is State.FINISHED
    assert one.answers["exact_words"].endswith("He is at school.")


def test_a_page_that_cannot_be_made_freezes_nothing(concern: Person) -> None:
    book = concern.program.vault.notebook
    other = book.write(
        WriteCard(client=client(concern), form="goal", card="goal", answers={"own_words": "x"}, entry=book.new_entry())
    )
    with concern.program.vault._store.transaction():
        concern.program.vault._store.entries._database.run(
            "UPDATE entry SET form_version = 99 WHERE id = ?", (other.entry,)
        )
    with pytest.raises(NewerEntryError):
        concern.program.work.pages.open_entry(other.entry)
    goes_on(concern)


def test_a_page_that_cannot_be_shown_freezes_nothing(concern: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    pages, space = concern.program.work.pages, concern.window.workspace
    space.show_place("strains")
    other = pages.open_session(client(concern))
    other.desk.autosave.owe()
    assert other.flush()
    space.show_place("clients")
    with monkeypatch.context() as full:
        full.setattr(other, "flush", lambda: False)
        pages.open_entry(other.desk.entry)
    assert concern.said("work_notice_sentence") == UNSAVED
    space.show_place("clients")
    goes_on(concern)


@pytest.mark.parametrize(("words", "page"), [("Dana", "client_page"), ("New: Feedback", "entry_page")])
def test_left_through_today_it_is_finished_and_a_lock_there_leaves_it_open(
    concern: Person, words: str, page: str
) -> None:
    concern.key(Keys.Key_1, CTRL)
    concern.key(Keys.Key_L, CTRL)
    concern.unlock()
    assert state(concern) is State.DRAFT, "a lock is no leaving"
    concern.key(Keys.Key_2, CTRL)
    concern.program.work.pages.open_entry(entries(concern, "safeguarding")[0].id)
    concern.key(Keys.Key_1, CTRL)
    assert state(concern) is State.DRAFT, "another place is no leaving"
    concern.command(words)
    assert concern.find(page).isVisible()
    assert state(concern) is State.FINISHED


@pytest.mark.parametrize("place", ["clients", "strains"])
def test_opened_once_more_it_has_been_left_and_can_only_be_read(concern: Person, place: str) -> None:
    (one,) = entries(concern, "safeguarding")
    concern.window.workspace.show_place(place)
    concern.program.work.pages.open_entry(one.id)
    settle()
    assert state(concern) is State.FINISHED
    assert concern.find("exact_words").isReadOnly()
    assert concern.find("to_addendum").isVisible()
    assert concern.page().flush()


def test_a_page_that_is_taken_away_is_left_but_what_lies_in_the_bin_is_not_frozen(concern: Person) -> None:
    (one,) = entries(concern, "safeguarding")
    book, work = concern.program.vault.notebook, concern.program.work
    work.past.bin(one.id)
    assert book.entry(one.id).state is State.DRAFT
    work.past._undo()
    assert state(concern) is State.DRAFT
    page = work.pages.page
    work.pages.forget(lambda other: other is page)
    assert state(concern) is State.FINISHED


def test_what_there_is_one_of_is_open_once_also_before_it_is_written(with_client: Person) -> None:
    pages, whose = with_client.program.work.pages, client(with_client)
    for place in ("clients", "strains"):
        with_client.window.workspace.show_place(place)
        pages.open_new(whose, "outreach", "plan")
    plans = [one for one in pages.pages() if getattr(one, "kind", "") == "outreach"]
    assert plans == [pages.page], "two fresh plans would overwrite each other"


def held(person: Person, **answers: Any) -> WriteCard:
    (one,) = entries(person, "safeguarding")
    return WriteCard(client=one.client, form=one.form, card=one.card, answers=one.answers | answers, entry=one.id)


def test_held_words_of_a_finished_note_wait_as_its_addendum(concern: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    card = held(concern, exact_words="He will not go home tonight.")
    concern.key(Keys.Key_T, CTRL)
    assert state(concern) is State.FINISHED
    settings, full = concern.program.vault.settings, DiskFullError
    settings.keep_unsent(card.entry, "Begun before.", private=False)
    with monkeypatch.context() as patch:
        patch.setattr(settings, "keep_unsent", lambda *_a, **_k: _raise(full()))
        concern.program.work.pages.take_up([card])
        assert concern.program.work.pages.unwritten(), "as long as nothing is written, the words are owed"
    page = concern.page()
    assert page.flush()
    settle()
    kept, private = settings.unsent(card.entry)
    assert kept.startswith("Begun before.")
    assert "He will not go home tonight." in kept
    assert "Ms Rivera" not in kept, "only what the note does not say"
    assert not private
    assert concern.program.work.pages.unwritten() == []
    assert concern.find("exact_words").toPlainText() == DANGER["exact_words"], "the note says what is kept"
    assert concern.find("exact_words").isReadOnly()
    assert concern.find("addendum_text").toPlainText() == kept
    concern.key(Keys.Key_T, CTRL)
    assert concern.find("client_page").isVisible(), "the page can be left"
    assert entries(concern, "safeguarding")[0].answers["exact_words"] == DANGER["exact_words"]


def test_held_words_that_are_for_oneself_stay_so(with_client: Person) -> None:
    one = written(with_client, "session", "note", body="quiet")
    with_client.program.vault.notebook.finish(one.id)
    answers = one.answers | {"for_me_only": "I was tired."}
    card = WriteCard(client=one.client, form=one.form, card=one.card, answers=answers, entry=one.id)
    with_client.program.work.pages.take_up([card])
    settle()
    assert with_client.page().flush()
    words, private = with_client.program.vault.settings.unsent(one.id)
    assert "I was tired." in words
    assert private


def _raise(fault: KnownError) -> None:
    raise fault
