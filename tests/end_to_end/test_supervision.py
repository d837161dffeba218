"""The place "Supervision" at the window: the agenda, bringing what is ticked, hours, and the way back to a strain."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtWidgets import QCheckBox

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.look import Appearance
from alliance_desktop.services.notebook import WriteCard

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from names import cut, nameless, small


def write(person: Person, form: str, card: str, client: ClientId | None = None, **answers: Any) -> EntryId:
    """Write an entry as another place of the program would."""
    vault = person.program.vault
    entry = vault.notebook.new_entry()
    vault.notebook.write(WriteCard(client=client, form=form, card=card, answers=answers, entry=entry))
    return entry


def strain(person: Person, client: ClientId, name: str, on: str, supervision: str = "") -> EntryId:
    book = person.program.vault.notebook
    entry = write(person, "rupture", "notice", client, name=name, noticed_on={"on": on, "about": ""})
    if supervision:
        answers = {"reflected_on": {"on": on, "about": ""}, "supervision": chosen(supervision)}
        card = WriteCard(
            client=client,
            form="rupture",
            card="acknowledge",
            answers=answers,
            entry=book.new_entry(),
            arc=book.entry(entry).arc,
        )
        book.write(card)
    return entry


@pytest.fixture
def busy(with_client: Person) -> Person:
    """A person with three strains of two clients, in the place Supervision."""
    dana = with_client.program.vault.notebook.clients()[0].id
    with_client.program.vault.notebook.add_client({"called": "Avi"})
    avi = next(one.id for one in with_client.program.vault.notebook.clients() if one.called == "Avi")
    strain(with_client, dana, "late", "2026-03-08")
    strain(with_client, dana, "early", "2026-02-02")
    strain(with_client, avi, "asked", "2026-03-09", "before")
    with_client.key(Keys.Key_5, CTRL)
    settle()
    return with_client


def agenda(person: Person) -> list[str]:
    found = (person.maybe(f"agenda_{at}_words") for at in range(1, 9))
    return [one.text().replace("\u2068", "").replace("\u2069", "") for one in found if one is not None]


def session(person: Person, on: str, minutes: int | None, kind: str) -> EntryId:
    more = {"minutes": minutes} if minutes is not None else {}
    day = {"on": on, "about": ""}
    return write(person, "supervision", "session", on=day, brought_words="The corridor", kind=chosen(kind), **more)


def test_the_agenda_says_what_waits_and_whose_it_is(busy: Person) -> None:
    assert agenda(busy) == [
        "Avi: “asked”: to bring before you speak with them",
        "D34: “early”: an open strain",
        "D34: “late”: an open strain",
    ]
    assert "Dana" not in "\n".join(agenda(busy)), "a code stands for the name"
    assert busy.said("agenda_1_since") == "Since 9 March 2026"


def test_what_is_ticked_goes_into_a_session_note(busy: Person) -> None:
    busy.press("agenda_bring")
    assert busy.said("agenda_tick_first") == "Tick first what you want to bring."
    busy.press("agenda_1_bring")
    busy.press("agenda_3_bring")
    busy.press("agenda_bring")
    assert busy.said("entry_title") == "Supervision session"
    assert busy.find("clients").text() == "D34", "codes only: Avi has none"
    busy.write("brought_words", "The corridor")
    busy.flush()
    desk = busy.program.vault.supervision
    (told,) = desk.sessions()
    assert [one.answers.get("name", one.card) for one in desk.brought(told.id)] == ["acknowledge", "late"]
    busy.program.work.supervision.open_agenda()
    settle()
    assert "brought 10 March 2026" in busy.seen()


def test_the_strain_tells_which_supervision_it_was_brought_to(busy: Person) -> None:
    desk = busy.program.vault.supervision
    late = desk.agenda()[-1]
    write(busy, "supervision", "session", on={"on": "2026-03-10", "about": ""}, feeds_back=[late.entry], heard="Wait")
    assert late.arc is not None
    busy.program.work.pages.open_arc(late.arc)
    settle()
    assert busy.find("links_panel").isVisible()
    busy.card(1)
    settle()
    assert "Supervision session" in busy.find("linked_1").accessibleName(), "on every card of the strain"
    busy.press("linked_1")
    assert busy.said("entry_title") == "Supervision session"


def test_items_are_moved_with_the_keyboard_alone(busy: Person) -> None:
    first = agenda(busy)[0]
    busy.tab_to("agenda_1_down")
    busy.key(Keys.Key_Space)
    settle()
    assert agenda(busy)[1] == first
    assert busy.find("agenda_2_down").hasFocus(), "the keyboard moves along"
    busy.key(Keys.Key_Space)
    settle()
    assert agenda(busy)[2] == first
    assert busy.find("agenda_3_up").hasFocus(), "at the end it can only go up again"
    assert busy.find("agenda_order").currentText() == "In my own order"
    busy.choose("agenda_order", "As it waits")
    settle()
    assert agenda(busy)[0] == first


def test_a_tick_outlives_a_move_and_a_lock(busy: Person) -> None:
    busy.press("agenda_2_bring")
    busy.press("agenda_2_up")
    assert busy.find("agenda_1_bring", QCheckBox).isChecked()
    busy.choose("hours_span", "This year")
    busy.key(Keys.Key_L, CTRL)
    busy.unlock()
    settle()
    assert busy.find("agenda_1_bring", QCheckBox).isChecked()
    assert busy.find("hours_span").currentText() == "This year"


def test_an_item_opens_what_it_is_about(busy: Person) -> None:
    busy.press("agenda_3_open")
    assert busy.said("card_title").startswith("0")
    assert busy.find("name").toPlainText() == "late"


def test_hours_of_a_month_a_year_and_from_to(busy: Person) -> None:
    session(busy, "2026-03-04", 50, "individual")
    session(busy, "2026-03-05", 90, "group")
    session(busy, "2026-01-20", 600, "peer")
    session(busy, "2026-03-07", None, "peer")
    busy.program.work.supervision.open_agenda()
    settle()
    spoken = busy.find("hours_table").accessibleName()
    assert "Individual: 1 session, 50 min; Group: 1 session, 1 h 30 min; Peer: 1 session, 0 min" in spoken
    assert "Together 2 h 20 min" in spoken
    assert busy.said("hours_untold") == "1 session tells no minutes and is not in the time."
    busy.choose("hours_span", "school year")
    assert "Together 12 h 20 min" in busy.find("hours_table").accessibleName()
    busy.choose("hours_span", "From one day")
    assert busy.find("hours_first").toPlainText() == "1 March 2026"
    busy.find("hours_first").setPlainText("5 March 2026")
    settle()
    assert "Together 1 h 30 min" in busy.find("hours_table").accessibleName()
    busy.find("hours_last").setPlainText("1 March 2026")
    settle()
    assert "Together 2 h 20 min" in busy.find("hours_table").accessibleName(), "turned round, both days count"
    busy.find("hours_first").setPlainText("soon")
    settle()
    assert busy.said("hours_words").startswith("1 March 2026 to 1 March 2026."), "no day: the first of this month"


def test_no_hours_are_said_in_words(busy: Person) -> None:
    assert "No supervision session is noted in these days." in busy.said("hours_words")
    assert busy.maybe("hours_table") is None


@pytest.mark.parametrize(("typed", "counted"), [("0", 0), ("600", 600), ("601", None), ("an hour", None)])
def test_minutes_that_make_no_sense_are_kept_and_not_counted(busy: Person, typed: str, counted: int | None) -> None:
    busy.press("begin_session")
    busy.write("minutes", typed)
    busy.write("brought_words", "It")
    busy.flush()
    told = busy.program.vault.supervision.hours(*(date(2026, 3, 10),) * 2)
    assert told.total == (counted or 0)
    assert told.untold == (1 if counted is None else 0)
    busy.key(Keys.Key_L, CTRL)
    busy.unlock()
    settle()
    assert typed in busy.seen(), "what was typed stays"


def test_the_list_has_the_agenda_first_then_what_was_written(busy: Person) -> None:
    session(busy, "2026-03-04", 50, "individual")
    write(busy, "supervision", "prep", question="How do I not rush?", prep_on={"on": "2026-03-09", "about": ""})
    write(busy, "own_learning", "learning", noticed="I talk more.", on={"on": "2026-03-09", "about": ""})
    write(busy, "team_reflection", "reflection", well="We laugh.", on={"on": "2026-03-09", "about": ""})
    busy.key(Keys.Key_5, CTRL)
    settle()
    rows = busy.find("supervision_rows").rows
    heads = [rows.row(at).spoken.replace("\u2068", "").replace("\u2069", "") for at in range(rows.rowCount())]
    assert heads[0].startswith("Agenda and hours")
    assert heads[1].startswith("Your own numbers")
    assert [one.split(",")[0] for one in heads[2:]] == [
        "Getting ready",
        "Supervision session",
        "Own learning",
        "Team reflection",
    ]
    busy.choose("supervision_filter", "Own learning")
    settle()
    assert rows.rowCount() == 3
    busy.find("supervision_rows").setFocus()
    busy.key(Keys.Key_End)
    busy.key(Keys.Key_Return)
    settle()
    assert busy.said("entry_title") == "Own learning"
    busy.find("supervision_rows").setFocus()
    busy.key(Keys.Key_Home)
    busy.key(Keys.Key_Return)
    settle()
    assert busy.find("supervision_page").isVisible(), "the agenda is found again"


def test_a_safeguarding_concern_is_not_offered_to_be_brought(busy: Person) -> None:
    dana = next(one.id for one in busy.program.vault.notebook.clients() if one.called == "Dana")
    write(busy, "safeguarding", "concern", dana, exact_words="heronsong", learned_on={"on": "2026-03-09", "about": ""})
    busy.press("begin_session")
    box = busy.find("brought")
    box.setFocus()
    settle()
    offered = "\n".join(box.itemText(at) for at in range(box.count()))
    assert "heronsong" not in offered
    assert "afeguarding" not in offered
    assert "2 February 2026 · Notice" in offered, "control: the strains are"


def test_nothing_is_cut_or_nameless(busy: Person) -> None:
    session(busy, "2026-03-04", 50, "individual")
    busy.program.work.workspace.show_place("supervision")
    busy.program.work.supervision.open_agenda()
    for look, scale in ((Appearance.LIGHT, 100), (Appearance.DARK, 100), (Appearance.LIGHT, 200)):
        busy.window.look.show(look, scale)
        settle()
        for part in (busy.page(), busy.program.work.supervision.middle):
            assert nameless(part) == []
            assert cut(part) == []
            assert small(part) == []
