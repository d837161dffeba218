"""Who needs me next: what the rules are given, what "later" and "not needed" do, and a day in doubt."""

import datetime

import msgspec
import pytest
from service_cases import ACKNOWLEDGE, BEGAN, NOTICE, Clock, card, day

from alliance_desktop.domain import attention
from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.attention import ClientStory, Reason, Rule
from alliance_desktop.domain.changes import Touched
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.form import Form
from alliance_desktop.domain.rupture import Status
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.preferences import Preferences


def write(vault: OpenVault, client: ClientId | None, form: str, name: str, answers: Answers) -> EntryId:
    entry = vault.notebook.new_entry()
    vault.notebook.write(WriteCard(client=client, form=form, card=name, answers=answers, entry=entry))
    return entry


def session(vault: OpenVault, client: ClientId, on: datetime.date, **answers: object) -> EntryId:
    entry = write(vault, client, "session", "note", {"date": dated(on), "attendance": chosen("attended"), **answers})
    vault.notebook.finish(entry)
    return entry


def missed(vault: OpenVault, client: ClientId, on: datetime.date, how: str = "no_show") -> EntryId:
    return session(vault, client, on, attendance=chosen(how))


def reasons(vault: OpenVault, today: datetime.date) -> list[Reason]:
    return [one for found in vault.attention.cards(today) for one in found.reasons]


def rules(vault: OpenVault, today: datetime.date) -> list[Rule]:
    return [one.rule for one in reasons(vault, today)]


@pytest.fixture
def missing(vault: OpenVault, client: ClientId) -> Reason:
    """Dana missed twice; the reason for it."""
    missed(vault, client, day(-7))
    missed(vault, client, day(0), "late_cancel")
    (found,) = reasons(vault, day(0))
    assert found.rule is Rule.MISSED_TWICE
    return found


def test_nobody_waits_in_an_empty_vault_nor_on_a_quiet_client(vault: OpenVault, client: ClientId) -> None:
    session(vault, client, day(0))
    assert vault.attention.cards(day(0)) == []


@pytest.mark.parametrize("second", ["excused", "i_cancelled", "attended"])
def test_a_session_that_is_explained_is_no_sign(vault: OpenVault, client: ClientId, second: str) -> None:
    missed(vault, client, day(-7))
    missed(vault, client, day(0), second)
    assert rules(vault, day(0)) == []


@pytest.mark.usefixtures("missing")
def test_neither_missing_nor_a_colder_session_makes_a_strain(vault: OpenVault, client: ClientId) -> None:
    session(vault, client, day(0), temperature_client=chosen("1"))
    assert Rule.TEMPERATURE in rules(vault, day(0))
    assert vault.strains.all() == []
    vault.notebook.write(card(vault.notebook, client, "notice", NOTICE))
    assert len(vault.strains.all()) == 1, "the control: a strain that was noted is seen"


def test_later_hides_it_until_that_day(vault: OpenVault, missing: Reason) -> None:
    changed = vault.attention.later(missing, day(3))
    assert changed.kinds == {Touched.REMINDER}
    assert changed.client == missing.client
    assert [rules(vault, day(after)) for after in (0, 2)] == [[], []]
    assert [rules(vault, day(after)) for after in (3, 4)] == [[Rule.MISSED_TWICE]] * 2


def test_not_needed_asks_why_and_lasts(
    vault: OpenVault, missing: Reason, access: Access, secrets: Secrets, clock: Clock
) -> None:
    with pytest.raises(ValueError, match="reason"):
        vault.attention.not_needed(missing, "  ")
    assert rules(vault, day(0)) == [Rule.MISSED_TWICE]
    vault.attention.not_needed(missing, " A school trip ")
    vault.close()
    opened = access.open(vault.folder, secrets)
    assert rules(opened, day(60)) == []
    assert [one.why for one in opened._store.put_offs.all()] == ["A school trip"]
    opened.close()


def test_what_is_new_shows_again(vault: OpenVault, client: ClientId, missing: Reason) -> None:
    vault.attention.not_needed(missing, "A school trip")
    missed(vault, client, day(7))
    assert rules(vault, day(7)) == [Rule.MISSED_TWICE]


def test_undo_brings_back_what_was_answered_last(vault: OpenVault, missing: Reason) -> None:
    vault.attention.later(missing, day(3))
    vault.attention.not_needed(missing, "Ill")
    vault.attention.undo(missing)
    assert rules(vault, day(0)) == []
    assert rules(vault, day(3)) == [Rule.MISSED_TWICE], "the earlier answer counts again"
    vault.attention.undo(missing)
    assert rules(vault, day(0)) == [Rule.MISSED_TWICE]


def test_an_answer_is_only_about_one_client_and_one_rule(vault: OpenVault, missing: Reason) -> None:
    other = vault.notebook.add_client({"code": "S-16", "called": "Sam"}).client
    assert other is not None
    missed(vault, other, day(-7))
    missed(vault, other, day(0))
    vault.attention.not_needed(missing, "Ill")
    (found,) = vault.attention.cards(day(0))
    assert found.client is not None
    assert found.client.id == other


def test_a_client_has_one_card_with_the_most_pressing_first(vault: OpenVault, client: ClientId) -> None:
    missed(vault, client, day(-7))
    missed(vault, client, day(-1))
    write(vault, client, "safeguarding", "concern", {"learned_on": dated(day(-2)), "exact_words": "…"})
    (found,) = vault.attention.cards(day(0))
    assert [one.rule for one in found.reasons] == [Rule.SAFEGUARDING, Rule.MISSED_TWICE]


def test_what_is_the_counsellors_own_has_its_card(vault: OpenVault) -> None:
    write(vault, None, "supervision", "session", {"on": dated(day(-5)), "will_do": "Read", "do_by": dated(day(-1))})
    found = vault.attention.cards(day(0))
    assert [one.client for one in found] == [None]
    assert found[0].first.rule is Rule.SUPERVISION


def test_nothing_is_shown_while_the_day_is_in_doubt(vault: OpenVault, missing: Reason, clock: Clock) -> None:
    clock.at = BEGAN + datetime.timedelta(days=730)
    today = day(730)
    assert vault.attention.doubt() is not None
    assert vault.attention.cards(today) == []
    vault.attention.believe(today)
    assert vault.attention.doubt() is None
    assert rules(vault, today) == [Rule.MISSED_TWICE]
    clock.at = BEGAN - datetime.timedelta(days=2600)
    assert vault.attention.doubt() is not None, "the answer was about one day"
    assert vault.attention.cards(clock.at.date()) == []


def test_the_numbers_and_days_away_are_the_counsellors(vault: OpenVault, client: ClientId) -> None:
    vault.notebook.write(card(vault.notebook, client, "notice", NOTICE))
    assert rules(vault, day(2)) == []
    assert rules(vault, day(3)) == [Rule.STRAIN_UNREFLECTED]
    numbers = msgspec.structs.replace(vault.attention.numbers, reflect_days=2)
    vault.settings.keep(Preferences(attention=numbers))
    assert rules(vault, day(2)) == [Rule.STRAIN_UNREFLECTED]
    vault.settings.keep(Preferences(attention=msgspec.structs.replace(numbers, away=((day(1), day(1)),))))
    assert rules(vault, day(2)) == []


def test_what_lies_in_the_bin_gives_no_reason(vault: OpenVault, client: ClientId, missing: Reason) -> None:
    assert missing.entry is not None
    vault.history.bin(missing.entry)
    assert rules(vault, day(0)) == []


def test_a_counsellors_own_copy_of_a_form_is_read_as_the_shipped_one(vault: OpenVault, client: ClientId) -> None:
    shipped = vault.forms.current("session")
    copied: Form = msgspec.structs.replace(shipped, id="own_session", based_on="session")
    vault.forms.add(copied)
    for on in (day(-7), day(0)):
        write(vault, client, "own_session", "note", {"date": dated(on), "attendance": chosen("no_show")})
    assert Rule.MISSED_TWICE in rules(vault, day(0))


def whole(vault: OpenVault) -> list[ClientStory]:
    """Return every client's story with everything in it."""
    return [
        ClientStory(client=one, entries=vault.notebook.entries(one.id), arcs=vault._store.arcs.of_client(one.id))
        for one in vault.notebook.clients()
    ]


@pytest.mark.parametrize("state", ["active", "closed", "reaching_out", "paused"])
def test_the_rules_see_all_they_need(vault: OpenVault, state: str, clock: Clock) -> None:
    """With what is read for them they say the same as with everything there is."""
    for number in range(4):
        changed = vault.notebook.add_client({"code": f"C-{number}", "state": chosen(state)})
        assert changed.client is not None
        clock.move(minutes=1)
        _some_of_everything(vault, changed.client, number)
    for after in (0, 3, 14, 40, 400):
        expected = [
            (one.client, one.key, one.offers)
            for story in whole(vault)
            for one in attention.reasons(story, day(after), vault.attention.numbers)
        ]
        vault.attention.believe(day(after))
        found = [(one.client, one.key, one.offers) for one in reasons(vault, day(after)) if one.client is not None]
        assert sorted(found) == sorted(expected)
        assert expected, "the control: there was something to see"


def _some_of_everything(vault: OpenVault, client: ClientId, number: int) -> None:
    for at in range(12):
        session(vault, client, day(-7 * at), attendance=chosen("no_show" if at < number else "attended"))
    arc = vault.notebook.write(card(vault.notebook, client, "notice", NOTICE)).arc
    if number % 2:
        vault.notebook.write(card(vault.notebook, client, "acknowledge", ACKNOWLEDGE, arc=arc))
    write(vault, client, "goal", "goal", {"own_words": "Sleep", "set_on": dated(day(-60)), "state": chosen("active")})
    talk: Answers = {"on": dated(day(-9)), "purpose": "Timetable", "next": "Ask", "next_on": dated(day(-2))}
    write(vault, client, "contact_log", "talk", talk | {"next_done": number == 1})
    write(vault, client, "concern", "concern", {"received_on": dated(day(-3)), "worries": "Quiet lately"})
    if number == 3:
        stop: Answers = {"tried_on": dated(day(-1)), "avenue": chosen("text"), "response": chosen("please_stop")}
        write(vault, client, "outreach", "try", stop)
    write(vault, client, "referral", "referral", {"sent_on": dated(day(-30))})
    closing: Answers = {"why": chosen("planned"), "closed_on": dated(day(-20)), "second_look_done": number == 2}
    write(vault, client, "closing", "closing", closing)
    write(vault, client, "safeguarding", "concern", {"learned_on": dated(day(-3)), "exact_words": "…"})


def test_the_caseload_tells_the_next_day(vault: OpenVault, client: ClientId) -> None:
    session(vault, client, day(0), next_on=dated(day(7)))
    other = vault.notebook.add_client({"code": "T-17", "state": chosen("reaching_out")}).client
    assert other is not None
    write(vault, other, "outreach", "plan", {"next_try_on": dated(day(2)), "why": "Lost somebody"})
    ended = vault.notebook.add_client({"code": "G-45", "state": chosen("closed")}).client
    told = {one.client.id: (one.next_on, one.next_is) for one in vault.attention.caseload(day(1))}
    assert told == {client: (day(7), "session"), other: (day(2), "gentle try"), ended: (None, "")}


def test_only_whom_a_write_concerned_is_read_anew(vault: OpenVault, client: ClientId, missing: Reason) -> None:
    other = vault.notebook.add_client({"code": "S-16", "called": "Sam"}).client
    assert other is not None
    before = {one.client.id: one for one in vault.attention.stories()}
    session(vault, other, day(0))
    after = {one.client.id: one for one in vault.attention.stories()}
    assert after[client] is before[client]
    assert after[other] is not before[other]
    vault.attention.later(missing, day(3))
    assert all(one is after[one.client.id] for one in vault.attention.stories()), "an answer changes no story"


@pytest.mark.parametrize("how", ["bin", "put_back", "details", "status", "deleted"])
def test_every_way_of_writing_is_seen(vault: OpenVault, client: ClientId, missing: Reason, how: str) -> None:
    assert missing.entry is not None
    arc = vault.notebook.write(card(vault.notebook, client, "notice", NOTICE)).arc
    assert arc is not None
    if how == "put_back":
        vault.history.bin(missing.entry)
    before = vault.attention.stories()
    match how:
        case "bin":
            vault.history.bin(missing.entry)
        case "put_back":
            vault.history.put_back(missing.entry)
        case "details":
            vault.notebook.amend_client(client, {"code": "D-34", "called": "Dana", "state": chosen("closed")})
        case "status":
            vault.strains.set_status(arc, Status.NOT_A_STRAIN, day(0))
        case "deleted":
            with vault._store.transaction():
                vault._store.remove_client(client)
    kept = vault.attention.stories()
    assert kept != before
    vault.attention._known = None
    assert kept == vault.attention.stories()


def test_what_was_rolled_back_is_as_it_was(vault: OpenVault, client: ClientId, missing: Reason) -> None:
    before = vault.attention.stories()
    transaction = vault._store.transaction()
    transaction.__enter__()
    vault._store.entries.remove(EntryId(missing.subject))
    fault = RuntimeError("the disk went")
    assert not transaction.__exit__(RuntimeError, fault, None)
    assert vault.attention.stories() == before
    assert rules(vault, day(0)) == [Rule.MISSED_TWICE]
    assert client in {one.client.id for one in before}


def test_what_waits_for_supervision_is_gathered_anew_after_a_write(vault: OpenVault, client: ClientId) -> None:
    """What was once gathered for the day is not what Today goes on saying."""
    today = day(30)
    vault.attention.believe(today)
    arc = vault.notebook.write(card(vault.notebook, client, "notice", NOTICE)).arc
    assert Rule.SUPERVISION not in rules(vault, today)
    asked = ACKNOWLEDGE | {"reflected_on": dated(day(1)), "supervision": chosen("next_time")}
    vault.notebook.write(card(vault.notebook, client, "acknowledge", asked, arc=arc))
    assert Rule.SUPERVISION in rules(vault, today)
    assert arc is not None
    vault.strains.set_status(arc, Status.NOT_A_STRAIN, day(2))
    assert Rule.SUPERVISION not in rules(vault, today)
