"""The way back past what is in the bin or deleted for good: it leads to none of it, and keeps no word of it."""

import datetime
import gc
from weakref import ref

import pytest
from person import ALT, CTRL, SHIFT, Keys, Person, settle
from PySide6.QtWidgets import QWidget
from test_deleting import delete, to_deleting
from test_where_one_was import client, lines, press, to, two, who

from alliance_desktop.domain.answers import dated
from alliance_desktop.domain.entry import ArcId, ClientId, EntryId
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui.session_page import SessionPage
from alliance_desktop.ui.trail import Trail

assert two, "a person at the timeline of Dana"
DAY = dated(datetime.date(2026, 3, 1))
WRITTEN, SOUGHT, REASON = "Cormorantword", "weir", "Pelicanreason"


def write(person: Person, whose: ClientId, form: str, card: str, **answers: object) -> tuple[EntryId, ArcId | None]:
    book = person.program.vault.notebook
    entry = book.new_entry()
    told = book.write(WriteCard(client=whose, form=form, card=card, answers=dict(answers), entry=entry))
    return entry, told.arc


def strain_of(person: Person, whose: ClientId) -> tuple[EntryId, ArcId]:
    entry, arc = write(person, whose, "rupture", "notice", noticed_on=DAY, name="Blip")
    assert arc is not None
    return entry, arc


def back(person: Person) -> None:
    press(person, Keys.Key_Left, modifiers=ALT)


def marks(trail: Trail, *words: str) -> set[str]:
    """Return which words are held by the steps of the trail, or by anything of the program that these lead to."""
    seen: set[int] = set()
    todo: list[object] = [trail._steps]
    found: set[str] = set()
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, str):
            found |= {word for word in words if word in one}
        elif isinstance(one, dict):
            todo += one.values()
        elif isinstance(one, list | tuple | set | frozenset):
            todo += one
        elif type(one).__module__.startswith("alliance_desktop.ui"):
            todo += vars(one).values()
    return found


def leave_words(person: Person) -> None:
    """Leave a note of Dana opened from words looked for, and a strain of theirs with a reason that is not taken yet."""
    dana = client(person, "Dana")
    write(person, dana, "session", "note", date=DAY, body=f"{WRITTEN} by the weir")
    _, arc = strain_of(person, dana)
    person.program.work.pages.open_strain(dana, arc)
    settle()
    person.page().status.put_why(REASON)
    to(person, "Li")
    to(person, "Dana")
    person.key(Keys.Key_F, CTRL)
    person.type(SOUGHT)
    person.until(lambda: lines(person) == 16)
    press(person, Keys.Key_Return, Keys.Key_End, Keys.Key_Return)
    assert isinstance(person.page(), SessionPage)
    to(person, "Li")
    to(person, "Dana")


def test_after_a_client_is_deleted_for_good_the_way_back_holds_no_word_of_theirs(two: Person) -> None:
    dana = client(two, "Dana")
    leave_words(two)
    trail = two.program.work.trail
    assert marks(trail, SOUGHT, REASON) == {SOUGHT, REASON}, "the words are found where they are kept"
    to_deleting(two)
    delete(two)
    settle()
    assert marks(trail, WRITTEN, SOUGHT, REASON) == set()
    told = [step.way.place["at"] for step in trail._steps if step.way is not None]
    assert told, "the way to the other client is kept"
    assert all(at.get("client") != dana for at in told)
    assert all(step.came is None or step.came.client != dana for step in trail._steps)
    back(two)
    assert who(two) == "Li"


def test_words_looked_for_go_with_the_client_also_from_a_page_that_is_about_nobody(two: Person) -> None:
    dana = client(two, "Dana")
    book = two.program.vault.notebook
    own = book.new_entry()
    book.write(WriteCard(client=None, form="supervision", card="session", answers={"on": DAY}, entry=own))
    pages = two.program.work.pages
    pages.open_entry(own)
    pages.note_way(dana, None, SOUGHT)
    settle()
    to(two, "Li")
    to(two, "Dana")
    trail = two.program.work.trail
    assert marks(trail, SOUGHT) == {SOUGHT}
    to_deleting(two)
    delete(two)
    settle()
    assert marks(trail, SOUGHT) == set()
    assert any(step.way is not None and step.way.place["at"].get("entry") == own for step in trail._steps)


def test_a_lock_leaves_no_step_and_no_timeline(two: Person) -> None:
    leave_words(two)
    work = two.program.work
    assert work.trail._steps
    assert work.pages._timelines
    two.key(Keys.Key_L, CTRL)
    assert work.trail._steps == []
    assert work.pages._timelines == {}
    assert work.pages._came is None
    two.unlock()


def test_no_page_that_was_left_is_kept_by_the_way_back_to_it(two: Person) -> None:
    left: list[ref[QWidget]] = []
    for _ in range(4):
        press(two, Keys.Key_End, Keys.Key_Return)
        page = two.page()
        assert isinstance(page, SessionPage)
        left.append(ref(page))
        del page
        to(two, "Li")
        to(two, "Dana")
    press(two, Keys.Key_End, Keys.Key_Return)
    stands = ref(two.page())
    assert sum(step.came is not None for step in two.program.work.trail._steps) >= 4
    gc.collect()
    assert stands() is not None, "what is open is found in this way"
    assert [one() for one in left] == [None] * 4


def test_back_leads_past_a_note_deleted_for_good(two: Person) -> None:
    dana = client(two, "Dana")
    press(two, Keys.Key_End, Keys.Key_Return)
    entry = two.page().desk.entry
    to(two, "Li")
    two.program.work.past.bin(entry)
    two.program.vault.history.remove(entry)
    settle()
    many = len(two.program.vault.notebook.entries(dana))
    back(two)
    assert two.page().objectName() == "client_page"
    assert who(two) == "Dana"
    back(two)
    assert two.page().objectName() == "client_page"
    assert len(two.program.vault.notebook.entries(dana)) == many


def test_a_note_deleted_for_good_in_the_bin_is_no_step_any_more(two: Person) -> None:
    press(two, Keys.Key_End, Keys.Key_Return)
    entry = two.page().desk.entry
    to(two, "Li")
    two.program.work.past.bin(entry)

    def steps() -> list[object]:
        told = [step.way.place["at"] for step in two.program.work.trail._steps if step.way is not None]
        return [at for at in told if at.get("entry") == entry]

    assert steps(), "what lies in the bin can be put back"
    two.program.work.past.open_bin()
    two.find("bin_rows").select(entry)
    two.program.vault.history.remove(entry)
    two.page().moved.emit([entry])
    assert not steps()


def test_back_to_a_card_that_was_never_written_opens_it_anew(two: Person) -> None:
    press(two, Keys.Key_N, modifiers=CTRL)
    to(two, "Li")
    back(two)
    assert (two.page().objectName(), who(two)) == ("session_page", "Dana")
    assert two.page().desk.entry is None


@pytest.mark.parametrize("gone", ["in the bin", "for good"])
def test_back_to_a_strain_that_went_opens_no_blank_one(two: Person, gone: str) -> None:
    dana = client(two, "Dana")
    entry, arc = strain_of(two, dana)
    two.program.work.pages.open_strain(dana, arc)
    settle()
    to(two, "Li")
    two.program.work.past.bin(entry)
    if gone == "for good":
        two.program.vault.history.remove(entry)
    settle()
    back(two)
    assert (two.page().objectName(), who(two)) == ("client_page", "Dana")


def test_back_to_a_strain_begun_from_a_session_still_holds_that_session(two: Person) -> None:
    press(two, Keys.Key_End, Keys.Key_Return)
    session = two.page().desk.entry
    two.page().strain_asked.emit(session)
    settle()

    def begun() -> dict[str, object]:
        fields = two.page().desk.editor.fields
        return {key: fields[key].answer() for key in ("session", "where")}

    before = begun()
    assert before["session"] == [session]
    to(two, "Li")
    back(two)
    assert (two.page().objectName(), who(two)) == ("strain_page", "Dana")
    assert begun() == before
    two.key(Keys.Key_L, CTRL)
    two.unlock()
    settle()
    assert begun() == before, "after a lock as well"


def test_a_strain_from_a_session_begins_no_other_one_with_it(two: Person) -> None:
    press(two, Keys.Key_End, Keys.Key_Return)
    two.page().strain_asked.emit(two.page().desk.entry)
    two.write("name", "Blip")
    to(two, "Li")
    assert two.program.vault.strains.of_client(client(two, "Dana"))
    press(two, Keys.Key_N, modifiers=CTRL | SHIFT)
    assert not two.page().desk.editor.fields["session"].answer()


def test_words_about_nobody_that_nobody_saved_go_with_a_client_who_is_deleted(two: Person) -> None:
    two.program.work.pages.open_new(None, "supervision", "session", {"heard": WRITTEN})
    settle()
    to(two, "Li")
    to(two, "Dana")
    assert marks(two.program.work.trail, WRITTEN) == {WRITTEN}
    to_deleting(two)
    delete(two)
    settle()
    assert marks(two.program.work.trail, WRITTEN) == set()
