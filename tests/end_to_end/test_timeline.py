"""Reviewing a client's story: closer and further away, narrowed down, a day gone to, and all of it after a lock."""

import datetime

from person import BEGAN, CTRL, SHIFT, Keys, Person
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.timeline import Zoom
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui import theme
from alliance_desktop.ui.words import spoken

TODAY = BEGAN.date()


def story(person: Person, number: int = 30) -> Person:
    """Write a story of weekly sessions, a goal and a strain, and show it."""
    book = person.program.vault.notebook
    (client,) = book.clients()

    def write(form: str, card: str, **answers: object) -> None:
        book.write(WriteCard(client=client.id, form=form, card=card, answers=dict(answers), entry=book.new_entry()))

    for at in range(number):
        on = TODAY - datetime.timedelta(days=7 * at)
        came = "no_show" if at == 2 else "attended"
        write("session", "note", date=dated(on), attendance=chosen(came), one_line=f"Number {at} by the weir.")
    write("goal", "goal", own_words="Sleep through the night", set_on=dated(TODAY))
    write("rupture", "notice", name="The corridor", noticed_on=dated(TODAY), seen_or_heard="One word only.")
    person.program.work.obey("timeline")
    return person


def shown(person: Person) -> int:
    return len(person.find("timeline").rows_shown())


def count(person: Person) -> str:
    told = person.maybe("timeline_count", QLabel)
    return spoken(told.text()) if told is not None else ""


def nothing(person: Person) -> str:
    return spoken(person.said("timeline_empty"))


def current(person: Person) -> str:
    view = person.find("timeline")
    return str(view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


def test_the_story_is_seen_from_closer_and_from_further_away_by_keys_alone(with_client: Person) -> None:
    person = story(with_client)
    assert person.find("timeline").hasFocus(), "Ctrl+T leads to it"
    assert "Open strain “The corridor”" in current(person)
    person.key(Keys.Key_A, CTRL | SHIFT)
    person.key(Keys.Key_Up)
    assert current(person) == "March 2026: 2 sessions, “The corridor” noticed, 1 entry about goals."
    person.key(Keys.Key_Up)
    assert current(person) == "February 2026: 3 sessions, 1 missed."
    person.key(Keys.Key_Return)
    assert person.find("timeline_zoom", QComboBox).currentText() == "Month by month"
    assert current(person).startswith("3 February 2026. Session.")
    person.key(Keys.Key_W, CTRL | SHIFT)
    assert current(person).startswith("3 February 2026. Session.")
    person.key(Keys.Key_Return)
    assert person.find("session_page").isVisible()
    person.key(Keys.Key_T, CTRL)
    assert person.find("timeline").hasFocus()


def test_a_day_is_gone_to_as_it_is_typed_and_one_that_is_none_is_said(with_client: Person) -> None:
    person = story(with_client)
    person.key(Keys.Key_G, CTRL)
    assert QApplication.focusWidget().objectName() == "timeline_day"
    person.type("11 Jan 2026\n")
    assert person.find("timeline").hasFocus()
    assert current(person).startswith("13 January 2026. Session.")
    person.key(Keys.Key_G, CTRL)
    person.type("the day she left\n")
    assert "is not a day this program can read" in count(person)
    person.key(Keys.Key_G, CTRL)
    person.find("timeline_day").setText("left " * 9_000)
    person.key(Keys.Key_Return)
    assert "…” is not a day" in spoken(count(person))
    assert len(count(person)) < 150, "very much is not said again whole"
    assert person.maybe("timeline_all_again") is None, "nothing is left out"
    person.key(Keys.Key_G, CTRL)
    person.type("5 weeks ago\n")
    assert person.maybe("timeline_count") is None, "what was odd is over"
    assert current(person).startswith("3 February 2026. Session.")


def test_it_is_narrowed_down_and_says_so_until_all_is_shown_again(with_client: Person) -> None:
    person = story(with_client)
    every = shown(person)
    assert count(person) == ""
    person.key(Keys.Key_F, CTRL)
    person.type("WEIR number")
    said = f"Narrowed down to lines with “WEIR number”. 30 of {every} lines shown."
    person.until(lambda: count(person) == said)
    assert shown(person) == 30
    person.press("timeline_narrow")
    assert person.maybe("timeline_sieve") is None
    assert count(person) == said, "folded away, it says why there are fewer"
    assert said in person.find("timeline").accessibleDescription()
    person.key(Keys.Key_F, CTRL)
    person.key(Keys.Key_Return)
    assert person.find("timeline").hasFocus()
    person.press("timeline_all_again")
    assert shown(person) == every
    assert person.maybe("timeline_sieve") is None
    person.press("timeline_narrow")
    person.press("timeline_strains")
    assert shown(person) == 2
    assert count(person) == f"Narrowed down to strains. 2 of {every} lines shown."
    person.press("timeline_seen")
    assert nothing(person) == "Nothing here fits all of that.", "the goal was seen, and is no strain"
    person.press("timeline_strains")
    assert shown(person) == 1, "the goal in their words"
    person.press("timeline_seen")
    kind = person.find("timeline_kind", QComboBox)
    kind.setCurrentIndex(kind.findText("Session note"))
    person.write("timeline_from", "1 March 2026")
    person.until(lambda: shown(person) == 2)


def test_how_it_is_looked_at_outlives_a_lock_and_the_words_do_not(with_client: Person) -> None:
    person = story(with_client)
    person.key(Keys.Key_M, CTRL | SHIFT)
    person.press("timeline_narrow")
    person.press("timeline_strains")
    person.key(Keys.Key_F, CTRL)
    person.type("corridor")
    person.until(lambda: "of" in count(person))
    person.key(Keys.Key_Home)
    person.key(Keys.Key_L, CTRL)
    person.until(lambda: person.program.work is None)
    person.unlock()
    assert person.program.work.pages.page.story.look.zoom is Zoom.MONTH
    assert person.find("timeline_strains", QCheckBox).isChecked()
    assert person.find("timeline_words").text() == ""
    assert shown(person) == 2
    kept = person.program.vault._store.settings.texts("")
    assert any(name.startswith("timeline ") for name in kept), "the control: something is kept"
    assert not any("corridor" in text for text in kept.values())


def test_the_row_that_was_chosen_is_chosen_again_after_a_lock(with_client: Person) -> None:
    person = story(with_client)
    person.key(Keys.Key_G, CTRL)
    person.type("13 January 2026\n")
    before = current(person)
    person.key(Keys.Key_L, CTRL)
    person.until(lambda: person.program.work is None)
    person.unlock()
    assert current(person) == before
    assert before.startswith("13 January 2026. Session.")


def test_hidden_it_shows_and_does_nothing(with_client: Person) -> None:
    person = story(with_client, number=80)
    panel = person.program.work.pages.page.story
    assert panel._idle.isActive(), "the control: there is something left to read"
    person.window.hide_now()
    assert "Number" not in person.seen()
    assert not panel._idle.isActive()
    person.window.come_back()
    person.until(lambda: panel._work is None)
    assert not panel._idle.isActive(), "nothing goes on once all is read"


def test_a_quiet_client_is_told_how_the_story_begins(with_client: Person) -> None:
    assert "Nothing written yet" in with_client.seen()
    assert with_client.maybe("timeline_narrow") is None
    with_client.program.work.obey("timeline_all")
    with_client.program.work.obey("timeline_day")
    assert "Nothing written yet" in with_client.seen()


def test_filters_outlive_the_page_and_are_said_where_it_opens(with_client: Person) -> None:
    person = story(with_client)
    every = shown(person)
    person.press("timeline_narrow")
    kind = person.find("timeline_kind", QComboBox)
    kind.setCurrentIndex(kind.findText("Session note"))
    person.write("timeline_to", "1 March 2026")
    person.until(lambda: shown(person) < 30)
    some = shown(person)
    said = f"Narrowed down to Session note, to 1 March 2026. {some} of {every} lines shown."
    assert count(person) == said
    person.program.work.obey("timeline")
    assert count(person) == said, "opened anew"
    person.key(Keys.Key_L, CTRL)
    person.until(lambda: person.program.work is None)
    person.unlock()
    assert count(person) == said
    assert person.find("timeline_kind", QComboBox).currentText() == "Session note"
    assert said in person.find("timeline").accessibleDescription()
    person.press("timeline_all_again")
    person.program.work.obey("timeline")
    assert count(person) == "", "the control: shown again, nothing is left out any more"
    assert shown(person) == every


def test_where_nothing_fits_the_keyboard_is_at_the_way_back(with_client: Person) -> None:
    person = story(with_client)
    person.press("timeline_narrow")
    person.write("timeline_to", "1 March 1999")
    person.until(lambda: "0 of" in count(person))
    person.program.work.obey("timeline")
    assert QApplication.focusWidget().objectName() == "timeline_all_again"
    person.key(Keys.Key_Space)
    assert person.find("timeline").hasFocus()
    person.program.work.obey("timeline")
    assert person.find("timeline").hasFocus(), "the control: with lines, it is at them"


def test_the_row_that_was_opened_is_chosen_again_on_the_way_back(with_client: Person) -> None:
    person = story(with_client)
    view = person.find("timeline")
    person.key(Keys.Key_Home)
    every = view.model().rowCount()
    for at in (0, every // 2, every - 2, every - 1):
        view = person.find("timeline")
        view.setCurrentIndex(view.model().index(at, 0))
        before = current(person)
        person.key(Keys.Key_Return)
        person.until(lambda: person.maybe("timeline") is None)
        person.key(Keys.Key_T, CTRL)
        assert current(person) == before
        view = person.find("timeline")
        person.until(lambda: not view._soon.isActive())  # noqa: B023  # read at once
        line = view.visualRect(view.currentIndex())
        assert line.top() >= 0
        assert line.bottom() < view.viewport().height(), "all of it"
        person.key(Keys.Key_T, CTRL)
        assert current(person) == before, "and pressed once more"


def test_the_field_for_words_stays_where_it_is_when_nothing_fits(with_client: Person) -> None:
    person = story(with_client)
    person.key(Keys.Key_F, CTRL)
    words = person.find("timeline_words")
    person.type("weir")
    person.until(lambda: "30 of" in count(person))
    before = words.mapTo(person.window, QPoint(0, 0))
    person.type("xyz")
    person.until(lambda: "0 of" in count(person) and "30 of" not in count(person))
    QApplication.processEvents()
    assert person.maybe("timeline") is None
    assert words.mapTo(person.window, QPoint(0, 0)) == before
    first, last = person.find("timeline_from"), person.find("timeline_to")
    assert first.mapTo(person.window, QPoint(0, 0)).y() == last.mapTo(person.window, QPoint(0, 0)).y()


def test_what_was_looked_for_stands_again_on_the_way_back_and_in_no_vault(with_client: Person) -> None:
    person = story(with_client)
    every = shown(person)
    person.key(Keys.Key_F, CTRL)
    person.type("WEIR number")
    person.until(lambda: shown(person) == 30)
    person.key(Keys.Key_Return)
    person.key(Keys.Key_Up)
    before = current(person)
    person.key(Keys.Key_Return)
    person.until(lambda: person.maybe("timeline") is None)
    assert "WEIR" not in str(person.program.work.pages.place())
    person.key(Keys.Key_Escape)
    person.until(lambda: shown(person) == 30)
    assert current(person) == before
    assert person.find("timeline").hasFocus()
    person.press("timeline_all_again")
    assert shown(person) == every
    person.key(Keys.Key_Return)
    person.until(lambda: person.maybe("timeline") is None)
    person.key(Keys.Key_T, CTRL)
    assert shown(person) == every, "control: where nothing was looked for, all stands there"


def test_where_nothing_is_left_the_reason_is_the_true_one(with_client: Person) -> None:
    person = story(with_client)
    person.key(Keys.Key_F, CTRL)
    person.write("timeline_words", "zebra")
    person.until(lambda: person.maybe("timeline") is None)
    assert nothing(person) == "No line has “zebra” in it."
    person.press("timeline_seen")
    person.until(lambda: nothing(person).startswith("1 line"))
    assert nothing(person) == "1 line fits the rest, but it has no “zebra” in it.", "the goal was seen"
    person.press("timeline_seen")
    person.press("timeline_strains")
    person.until(lambda: nothing(person) == "2 lines fit the rest, but none has “zebra” in it.")
    person.press("timeline_seen")
    person.until(lambda: nothing(person) == "Nothing here fits all of that.")
    person.press("timeline_all_again")
    person.press("timeline_narrow")
    person.write("timeline_to", "1 March 1999")
    person.until(lambda: person.maybe("timeline") is None)
    assert nothing(person) == "Nothing is noted in these days."
    person.press("timeline_strains")
    assert nothing(person) == "Nothing is noted in these days."


def test_what_is_in_no_line_is_said_of_a_story_with_neither_strain_nor_anything_seen(with_client: Person) -> None:
    person = with_client
    book = person.program.vault.notebook
    (client,) = book.clients()
    note = {"date": dated(TODAY), "one_line": "By the weir."}
    card = WriteCard(client=client.id, form="session", card="note", answers=note, entry=book.new_entry())
    book.write(card)
    person.program.work.obey("timeline")
    person.press("timeline_narrow")
    person.press("timeline_strains")
    assert nothing(person) == "No strain is noted here."
    person.press("timeline_seen")
    assert nothing(person).startswith("Nothing here is noted as seen by them")
    person.press("timeline_strains")
    assert nothing(person).startswith("Nothing here is noted as seen by them")


def test_the_line_that_was_found_stays_chosen_when_all_is_shown_again(with_client: Person) -> None:
    person = story(with_client)
    every = shown(person)
    for again in ("all again", "no words", "the newest"):
        person.key(Keys.Key_F, CTRL)
        person.write("timeline_words", "Number 22")
        person.until(lambda: shown(person) == 1)
        if again == "no words":
            person.key(Keys.Key_Escape)
        else:
            person.key(Keys.Key_Return)
            person.press("timeline_all_again")
        person.until(lambda: shown(person) == every)
        assert current(person).startswith("7 October 2025. Session."), again
        person.key(Keys.Key_End)
    person.find("timeline").setFocus()
    person.key(Keys.Key_End)
    person.key(Keys.Key_M, CTRL | SHIFT)
    assert "Open strain" in current(person), "the control: the newest stays the newest"


def test_a_day_before_the_story_and_one_after_it_are_said_to_be_so(with_client: Person) -> None:
    person = story(with_client)

    def asked(day: str) -> str:
        person.key(Keys.Key_G, CTRL)
        person.type(f"{day}\n")
        assert person.find("timeline").hasFocus()
        return count(person)

    assert asked("5 March 2020") == "Nothing is noted as early as 5 March 2020: the story begins on 19 August 2025."
    assert current(person).startswith("19 August 2025. Session.")
    assert asked("5 April 2026") == "Nothing is noted as late as 5 April 2026: the story ends on 10 March 2026."
    assert asked("11 January 2026") == "", "the control: within it, the nearest"
    person.key(Keys.Key_F, CTRL)
    person.write("timeline_words", "Number 22")
    person.until(lambda: shown(person) == 1)
    told = "No line that is shown is as early as 5 March 2020: they begin on 7 October 2025."
    assert asked("5 March 2020") == told
    assert asked("10 March 2026") == "No line that is shown is as late as 10 March 2026: they end on 7 October 2025."


def test_the_two_days_stand_level_and_one_that_is_read_back_takes_one_line(with_client: Person) -> None:
    person = story(with_client)
    person.press("timeline_narrow")
    first, last = person.find("timeline_from"), person.find("timeline_to")
    person.write("timeline_from", "2025-09-24")
    person.until(lambda: count(person) != "")
    QApplication.processEvents()
    reading = person.find("timeline_from_reading", QLabel)
    assert reading.text() == "Wed 24 Sep 2025"
    assert count(person).startswith("Narrowed down to lines from 24 September 2025. 2")
    assert reading.height() < reading.fontMetrics().height() * 1.5
    assert first.mapTo(person.window, QPoint(0, 0)).y() == last.mapTo(person.window, QPoint(0, 0)).y()
    assert last.mapTo(person.window, QPoint(0, 0)).x() > first.mapTo(person.window, QPoint(0, 0)).x(), "beside it"


def test_the_line_with_the_cursor_is_whole_in_a_low_window_that_gets_lower(with_client: Person) -> None:
    person = story(with_client)
    theme.apply(text_scale=200)
    view, area = person.find("timeline"), person.find("client_scroll")
    for high in (640, 620, 560, 520):
        person.window.resize(800, high)
        QApplication.processEvents()
        person.until(lambda: not view._soon.isActive())
        line = view.visualRect(view.currentIndex())
        where = [view.viewport().mapTo(area.viewport(), at).y() for at in (line.topLeft(), line.bottomLeft())]
        assert where[0] >= 0, high
        assert where[1] < area.viewport().height(), high
