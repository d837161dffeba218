"""Scenarios 18, 19 and 20: a strain written out of order, half done, and opened again."""

from person import CTRL, SHIFT, Keys, Person, settle
from PySide6.QtCore import Qt

from alliance_desktop.domain.timeline import Symbol
from alliance_desktop.ui.words import spoken


def accept(person: Person) -> None:
    """Take the status the cards speak for."""
    person.press("accept_suggestion")


def history(person: Person) -> list[str]:
    """Return the history as the panel tells it, one line a change, without the days."""
    return [line.partition(": ")[2] for line in person.said("status_history").splitlines()]


def days(person: Person) -> set[str]:
    return {line.partition(": ")[0] for line in person.said("status_history").splitlines()}


def agree(person: Person, what: str) -> None:
    """Fill card 3 far enough that a repair is agreed."""
    person.card(3)
    person.write("understood", "A remark came at a bad moment.")
    person.write("agreed_what_1", what)
    person.flush()


def talk(person: Person, words: str) -> None:
    person.card(2)
    person.write("their_words", words)
    person.flush()


def test_s4_told_out_of_order(with_client: Person) -> None:
    person = with_client
    person.key(Keys.Key_N, CTRL | SHIFT)
    person.write("name", "the blip remark")
    person.press("already_spoke")
    assert person.said("card_title").startswith("2"), "card 2 opens, as they already spoke"
    assert person.said("status_words") == "Noticed"
    talk(person, "“I felt like a blip to you.”")
    accept(person)
    assert person.said("status_words") == "In conversation"
    agree(person, "Ask before making light of it")
    accept(person)
    assert person.said("status_words") == "Repair agreed"
    assert history(person) == ["Noticed", "In conversation", "Repair agreed"]
    assert len(days(person)) == 1, "all on one day"
    person.clock.pass_by(hours=6)
    person.card(1)
    person.press("my_part_a_joke")
    person.write("landed", "As if she did not matter.")
    person.flush()
    assert person.said("status_words") == "Repair agreed"
    assert person.maybe("accept_suggestion") is None, "nothing suggests a step back"
    assert history(person) == ["Noticed", "In conversation", "Repair agreed"]
    assert "enough" in person.find("card_1").accessibleName()
    person.key(Keys.Key_L, CTRL)
    person.unlock()
    assert person.said("status_words") == "Repair agreed"


def test_half_done_and_a_week_later(with_client: Person) -> None:
    person = with_client
    person.notice()
    person.card(1)
    person.press("my_part_a_joke")
    person.press("my_part_open_words") if person.maybe("my_part_open_words") else None
    held = person.find("my_part_a_joke")
    held.setFocus()
    person.key(Keys.Key_T, CTRL)
    assert person.find("client_page").isVisible(), "leaving asks nothing"
    assert person.maybe("work_notice_sentence") is None
    person.key(Keys.Key_3, CTRL)
    person.find("strain_rows").setFocus()
    person.key(Keys.Key_Return)
    person.card(1)
    person.find("my_part_a_joke").setFocus()
    person.leave()
    person.clock.pass_by(days=7)
    person.program = person._program()
    person.begin().unlock()
    assert person.said("card_title").startswith("1")
    assert "begun" in person.find("card_1").accessibleName()
    assert person.find("my_part_a_joke").hasFocus(), "the keyboard is where it was, in A3"
    assert person.find("my_part_a_joke").isChecked()
    assert person.maybe("work_notice_sentence") is None
    assert person.maybe("strain_notice_sentence") is None


def test_half_done_found_again_through_the_list_is_begun_and_demands_nothing(with_client: Person) -> None:
    person = with_client
    person.notice()
    person.card(1)
    person.press("my_part_a_joke")
    person.flush()
    person.clock.pass_by(days=7)
    person.key(Keys.Key_2, CTRL)
    person.key(Keys.Key_3, CTRL)
    person.find("strain_rows").setFocus()
    person.key(Keys.Key_Return)
    assert person.said("card_title").startswith("1"), "it opens at the card written last"
    assert "begun" in person.find("card_1").accessibleName()
    for number in (0, 2, 3, 4, 5, 1):
        person.card(number)
        assert person.said("card_title").startswith(str(number)), "every card can be left and entered as it is"
    assert person.maybe("strain_notice_sentence") is None


def test_a_mended_strain_is_opened_again(with_client: Person) -> None:
    person = with_client
    person.notice("the blip")
    agree(person, "Ask first")
    accept(person)
    person.card(5)
    person.press("outcome_stronger")
    person.flush()
    accept(person)
    ended = person.said("status_words")
    assert history(person)[-1] == ended
    person.clock.pass_by(days=20)
    person.press("status_by_hand")
    person.write("status_why", "It came up again.")
    person.press("reopen")
    assert person.said("status_words") == "Noticed"
    assert ended in history(person), "the earlier end stays"
    assert history(person)[-1].startswith("Noticed")
    assert "It came up again." in history(person)[-1]
    assert "not started" in person.find("card_3").accessibleName(), "the second turn begins anew"
    assert person.said("card_title").startswith("0")
    person.write("name", "the blip again")
    person.flush()
    person.key(Keys.Key_T, CTRL)
    rows = person.find("timeline").rows_shown()
    marks = [row.symbol for row in rows]
    assert marks.index(Symbol.ENDED) < marks.index(Symbol.REOPENED)
    depths = [row.point.depth for row in rows if row.point is not None]
    again = next(at for at, row in enumerate(rows) if row.symbol is Symbol.REOPENED)
    assert rows[marks.index(Symbol.ENDED)].point.depth <= 0, "the first turn ends level"
    assert rows[again].point.depth > 0, f"the second turn dips again: {depths}"
    assert len({row.point.arc for row in rows if row.point is not None}) == 1, "it is one strain"


def test_what_stands_above_the_timeline_and_in_it_is_one_truth_before_the_status_is_set(with_client: Person) -> None:
    person = with_client
    person.key(Keys.Key_N, CTRL | SHIFT)
    person.write("name", "The landlord letter")
    agree(person, "Read the letter together")
    person.key(Keys.Key_T, CTRL)
    truth = "repair is written down; the status still says “Noticed”"
    above = spoken(person.said("now_strain_1_words"))
    assert above == f"“The landlord letter”, open since 10 March 2026. A {truth}."
    told = [row.text for row in person.find("timeline").rows_shown() if row.symbol is Symbol.OPEN]
    assert told == [f"a {truth}"]
    view = person.find("timeline")
    said = str(view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
    assert said == f"Open strain “The landlord letter”, since 10 March 2026. A {truth}."
    person.press("now_strain_1")
    accept(person)
    person.key(Keys.Key_T, CTRL)
    assert spoken(person.said("now_strain_1_words")).endswith("A repair is agreed and has not come to its end.")
    assert [row.text for row in person.find("timeline").rows_shown() if row.symbol is Symbol.OPEN] == ["repair agreed"]


def test_the_strip_is_whole_beside_its_bar_and_a_small_window_stays_as_it_is(with_client: Person) -> None:
    person = with_client
    person.notice("the blip")
    person.card(2)
    person.write("their_words", "It felt cold.")
    person.flush()
    person.window.resize(1280, 640)
    settle()
    side = person.find("strain_side")
    assert person.find("accept_suggestion").isVisible()
    assert side.verticalScrollBar().isVisible()
    assert side.widget().width() <= side.viewport().width()
    person.window.look.show("light", 200)
    settle()
    person.window.resize(800, 600)
    settle()
    for act in ("show_status", "accept_suggestion", "show_status", "next_card"):
        person.find(act).setFocus()
        person.key(Keys.Key_Space)
        settle()
        assert person.window.size().toTuple() == (800, 600), act
        assert person.window.minimumSizeHint().height() <= 600, act
    person.tab_to("next_card")
    settle()
    assert person.find("next_card").visibleRegion().boundingRect().size() == person.find("next_card").size()
