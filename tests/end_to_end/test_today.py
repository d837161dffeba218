"""Today, at the window: who needs the counsellor next, what is answered, and where "do it" leads."""

import datetime

import msgspec
import pytest
from person import CTRL, Doors, Keys, Person, settle

from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.services.attention import _AT_ONCE
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui.today_page import GATHERING, TodayPage
from alliance_desktop.ui.words import spoken

NOOR = "نور"


def today(person: Person) -> datetime.date:
    return person.clock.now().astimezone().date()


def ago(person: Person, days: int) -> datetime.date:
    return today(person) - datetime.timedelta(days=days)


def write(person: Person, client: ClientId, form: str, card: str, answers: Answers) -> EntryId:
    book = person.program.vault.notebook
    entry = book.new_entry()
    book.write(WriteCard(client=client, form=form, card=card, answers=answers, entry=entry))
    return entry


def missed(person: Person, client: ClientId, days: int, how: str = "no_show") -> None:
    answers = {"date": dated(ago(person, days)), "attendance": chosen(how)}
    person.program.vault.notebook.finish(write(person, client, "session", "note", answers))


def added(person: Person, called: str) -> ClientId:
    client = person.program.vault.notebook.add_client({"code": called[:2], "called": called}).client
    assert client is not None
    return client


def dana(person: Person) -> ClientId:
    (client,) = person.program.vault.notebook.clients()
    return client.id


def at_today(person: Person) -> TodayPage:
    person.key(Keys.Key_1, CTRL)
    settle()
    page: TodayPage = person.program.work.today.page
    assert page.isVisible()
    return page


def told(page: TodayPage) -> list[str]:
    return [spoken(one.rows[0].words.text()) for one in page.cards]


def test_nothing_of_it_is_a_window_of_its_own(twice: Person) -> None:
    doors = Doors(twice.window)
    learned: Answers = {"learned_on": dated(ago(twice, 2)), "exact_words": "…"}
    write(twice, dana(twice), "safeguarding", "concern", learned)
    at_today(twice)
    twice.press("today_1_more")
    twice.press("today_1_1_later")
    twice.press("today_1_1_not_needed")
    assert doors.opened == []


@pytest.fixture
def twice(with_client: Person) -> Person:
    """Dana missed twice, and Today is open."""
    missed(with_client, dana(with_client), 8)
    missed(with_client, dana(with_client), 1, "late_cancel")
    at_today(with_client)
    return with_client


def test_with_many_clients_the_page_is_there_at_once_and_the_cards_come(with_client: Person) -> None:
    person = with_client
    missed(person, dana(person), 8)
    missed(person, dana(person), 1)
    for _ in range(_AT_ONCE):
        person.program.vault.notebook.add_client({"code": "C"})
    person.program.vault.attention.forget()
    page: TodayPage = person.program.work.today.page
    person.program.work.obey("today")
    assert page.cards == []
    assert person.maybe("today_empty") is None, "nobody is told that nobody waits"
    assert person.maybe("today_gathering") is None
    page._gathers.timeout.emit()
    assert person.said("today_gathering") == GATHERING
    person.until(lambda: page.cards)
    assert person.maybe("today_gathering") is None
    (words,) = told(page)
    assert words.startswith("Dana – missed twice")
    assert page.cards[0].isAncestorOf(person.window.focusWidget()), "the keyboard is where something can be done"


def test_nobody_waits_on_a_quiet_day(with_client: Person) -> None:
    page = at_today(with_client)
    assert page.cards == []
    assert with_client.said("today_empty_words") == "No one is waiting on you today."
    assert with_client.said("today_day") == "Tuesday 10 March 2026"


def test_a_vault_with_people_opens_at_today_when_nothing_is_to_be_restored(locked: Person) -> None:
    locked.unlock()
    assert locked.program.work.workspace.place == "clients", "with nobody there, the first thing is to add somebody"
    added(locked, "Dana")
    locked.program.vault.settings.keep_place({})
    locked.program.work.pages.leave = lambda place: None
    locked.key(Keys.Key_L, CTRL)
    locked.until(lambda: locked.program.vault is None)
    locked.unlock()
    assert locked.program.work.workspace.place == "today"


def test_missed_twice_makes_one_card_and_no_strain(with_client: Person) -> None:
    """Scenario 21, through the session note itself."""
    person = with_client
    missed(person, dana(person), 8)
    assert told(at_today(person)) == []
    person.command("Clients")
    person.program.work.pages.open_session(dana(person))
    person.press("attendance_late_cancel")
    person.flush()
    page = at_today(person)
    (words,) = told(page)
    assert words.startswith("Dana – missed twice, on 2 March 2026 and 10 March 2026")
    assert person.program.vault.strains.all() == []


@pytest.mark.parametrize("how", ["excused", "i_cancelled"])
def test_one_that_is_excused_or_mine_makes_no_card(with_client: Person, how: str) -> None:
    missed(with_client, dana(with_client), 8)
    missed(with_client, dana(with_client), 1, how)
    assert told(at_today(with_client)) == []


def test_noting_a_strain_is_offered_and_begins_linked_to_the_session(twice: Person) -> None:
    person = twice
    person.find("today_1_1_note_strain").setFocus()
    assert person.find("today_1_1_note_strain").accessibleName() == "Note a strain: Dana"
    person.key(Keys.Key_Return)
    person.until(lambda: person.maybe("strain_page"))
    assert person.program.work.workspace.place == "clients"
    assert person.program.vault.strains.all() == [], "nothing is written by looking"
    person.write("name", "Stayed away")
    person.flush()
    assert told(at_today(person)) == [], "what was noted is no longer only a sign"


def test_a_known_reason_is_kept_by_keyboard_and_can_be_undone(twice: Person) -> None:
    person, page = twice, twice.program.work.today.page
    person.tab_to("today_1_1_known_reason")
    person.key(Keys.Key_Return)
    person.key(Keys.Key_Return)
    assert "A few words" in person.said("today_1_1_not_needed_why_wrong")
    person.type("A school trip")
    person.key(Keys.Key_Return)
    assert told(page) == []
    assert spoken(person.said("today_done_sentence")) == "Dana: not shown again for this."
    assert [one.why for one in person.program.vault._store.put_offs.all()] == ["A school trip"]
    person.tab_to("today_done_action")
    person.key(Keys.Key_Return)
    assert len(told(page)) == 1
    assert person.program.vault._store.put_offs.all() == []


def test_later_by_keyboard_and_back_on_that_day(twice: Person) -> None:
    person, page = twice, twice.program.work.today.page
    person.tab_to("today_1_1_later")
    person.key(Keys.Key_Return)
    person.tab_to("today_1_1_later_three")
    person.key(Keys.Key_Return)
    assert told(page) == []
    assert "13 March 2026" in person.said("today_done_sentence")
    person.clock.pass_by(days=2)
    assert told(at_today(person)) == []
    person.clock.pass_by(days=1)
    assert len(told(at_today(person))) == 1


def test_any_day_can_be_picked_and_a_past_one_is_told(twice: Person) -> None:
    person, page = twice, twice.program.work.today.page
    person.press("today_1_1_later")
    person.write("today_1_1_later_day", "9 March 2026")
    person.press("today_1_1_later_until")
    assert "after today" in person.said("today_1_1_later_wrong")
    box = person.box("today_1_1_later_day")
    box.selectAll()
    person.type("20 March 2026")
    person.press("today_1_1_later_until")
    assert told(page) == []
    assert "20 March 2026" in person.said("today_done_sentence")


def test_esc_closes_a_row_and_gives_the_keyboard_back(twice: Person) -> None:
    person = twice
    person.press("today_1_1_not_needed")
    person.type("half")
    person.key(Keys.Key_Escape)
    assert person.maybe("today_1_1_not_needed_why") is None
    assert person.find("today_1_1_not_needed").hasFocus()


def test_the_rule_is_told_on_demand(twice: Person) -> None:
    assert twice.maybe("today_1_1_rule") is None
    twice.press("today_1_1_why")
    assert "last 2 sessions" in twice.said("today_1_1_rule")
    twice.press("today_1_1_why")
    assert twice.maybe("today_1_1_rule") is None


def test_the_others_of_one_client_are_folded(twice: Person) -> None:
    person = twice
    write(person, dana(person), "safeguarding", "concern", {"learned_on": dated(ago(person, 2)), "exact_words": "…"})
    (card,) = at_today(person).cards
    assert card.folded
    assert spoken(card.more.text()) == "And 1 more for Dana"
    person.press("today_1_more")
    assert person.find("today_1_2_note_strain").isVisible()


def test_what_is_to_be_done_opens_at_the_right_card(with_client: Person) -> None:
    person = with_client
    person.notice("Went quiet")
    person.flush()
    person.clock.pass_by(days=7)
    page = at_today(person)
    assert told(page) == ["Dana – 7 days since you noticed a strain; not talked about yet."]
    person.press("today_1_1_reflect")
    assert person.page().place()["card"] == "acknowledge"
    at_today(person)
    person.press("today_1_1_talk")
    assert person.page().place()["card"] == "dialogue"


def test_today_is_found_again_after_a_lock(twice: Person) -> None:
    person = twice
    person.key(Keys.Key_L, CTRL)
    person.until(lambda: person.program.vault is None)
    assert "Dana" not in person.seen()
    person.unlock()
    assert person.program.work.workspace.place == "today"
    assert len(told(person.program.work.today.page)) == 1


def test_a_clock_that_is_behind_asks_and_shows_nobody(twice: Person) -> None:
    """Scenario 6: no reminder fires."""
    person = twice
    person.clock.at = datetime.datetime(2019, 1, 3, 10, 0, tzinfo=datetime.UTC)
    page = at_today(person)
    assert told(page) == []
    assert person.said("today_doubt_question") == "Is today really 3 January 2019?"
    assert "10 March 2026" in person.said("today_doubt_last")
    assert person.maybe("today_empty_words") is None, "nobody says that nobody waits"


def test_a_clock_years_ahead_asks_before_it_shows_anybody(twice: Person) -> None:
    """Scenario 7: locked after the jump; then the question, and the cards after "Yes"."""
    person = twice
    person.clock.at += datetime.timedelta(days=730)
    person.idle_fires(minutes=180)
    assert person.program.vault is None
    person.unlock()
    page = person.program.work.today.page
    assert told(page) == []
    assert person.said("today_doubt_question") == "Is today really 9 March 2028?"
    person.press("today_doubt_no")
    assert "set the date of this computer" in person.said("today_doubt_advice")
    person.press("today_doubt_again")
    assert told(page) == []
    person.press("today_doubt_yes")
    assert len(told(page)) == 1
    assert person.maybe("clock_doubt") is None
    person.key(Keys.Key_L, CTRL)
    person.until(lambda: person.program.vault is None)
    person.unlock()
    assert len(told(person.program.work.today.page)) == 1, "the answer is kept"


def test_the_day_turns_while_the_page_is_open(with_client: Person) -> None:
    person = with_client
    missed(person, dana(person), 8)
    missed(person, dana(person), 1)
    page = at_today(person)
    (card,) = page.cards
    person.program.vault.attention.later(card.card.first, ago(person, -1))
    place = person.program.work.today
    place.refresh()
    assert told(page) == []
    assert 30_000 < place._midnight.interval() <= 24 * 3600 * 1000 + 1000, "no timer that polls"
    person.clock.pass_by(days=1)
    place._midnight.timeout.emit()
    assert person.said("today_day") == "Wednesday 11 March 2026"
    assert len(told(page)) == 1


def test_never_more_than_twelve_and_the_rest_within_reach(with_client: Person) -> None:
    person = with_client
    for number in range(20):
        client = added(person, f"Student {number:02}")
        missed(person, client, 9)
        missed(person, client, 2)
    page = at_today(person)
    assert len(page.cards) == 12
    assert page.rest.text() == "And 8 more"
    first = told(page)
    person.press("today_rest")
    assert len(page.cards) == 8
    assert not set(first) & set(told(page))
    person.press("today_rest")
    assert told(page) == first
    assert "20" not in person.window.windowTitle()


def test_a_whole_school_in_one_table(with_client: Person) -> None:
    person = with_client
    vault = person.program.vault
    base = vault.notebook.client(dana(person))
    with vault._store.transaction():
        for number in range(350):
            answers = {"code": f"S-{number}", "called": f"Student {number:03}", "year_group": f"Year {number % 7 + 7}"}
            vault._store.clients.put(msgspec.structs.replace(base, id=ClientId(number + 1), answers=answers))
    person.command("Whole caseload")
    table = person.program.work.today.caseload.table
    assert table.lines.rowCount() == 351
    assert person.find("caseload_find").hasFocus()
    person.type("s-34 stu")
    assert table.lines.rowCount() == 11
    person.choose("caseload_order", "Year")
    years = [table.lines.index(at, 2).data() for at in range(11)]
    assert years == sorted(years, key=lambda one: int(one.split()[1]))
    person.find("caseload_turned").setFocus()
    person.key(Keys.Key_Space)
    assert [table.lines.index(at, 2).data() for at in range(11)] == sorted(years, key=lambda one: -int(one.split()[1]))
    person.find("caseload_find").setFocus()
    person.key(Keys.Key_Return)
    assert person.find("client_page").isVisible()
    assert person.program.work.pages.client == table.lines.client(table.currentIndex().row())


def test_a_name_that_runs_from_the_right_keeps_its_own_side(person: Person) -> None:
    client = added(person, NOOR)
    missed(person, client, 8)
    missed(person, client, 1)
    (card,) = at_today(person).cards
    assert card.rows[0].words.text().startswith(f"\u2068{NOOR}\u2069 – missed twice")
    assert person.spoken(f"Later…: {NOOR}").isVisible()


def test_a_reason_half_typed_stays_while_the_cards_change(twice: Person) -> None:
    person = twice
    page = at_today(person)
    person.press("today_1_1_not_needed")
    person.type("A school tr")
    other = added(person, "Sam")
    for days in (9, 2):
        missed(person, other, days)
    person.program.work.today.refresh()
    settle()
    assert len(page.cards) == 2
    (row,) = [one for card in page.cards for one in card.rows if one.reason.client == dana_of(person)]
    assert row.typed == "A school tr"
    assert row.is_typed_in
    person.type("ip")
    person.key(Keys.Key_Return)
    assert [one.why for one in person.program.vault._store.put_offs.all()] == ["A school trip"]


def dana_of(person: Person) -> ClientId:
    return next(one.id for one in person.program.vault.notebook.clients() if one.called == "Dana")
