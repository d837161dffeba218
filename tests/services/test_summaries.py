"""A summary for supervision: what is on it by its list, the names of the vault gone, and only what was chosen."""

import pytest
from msgspec.structs import replace
from service_cases import card, day
from summary_cases import everything, told, write

from alliance_desktop.documents.pages import Sheet
from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.audience import SUMMARY_PARTS, Part
from alliance_desktop.domain.entry import ArcId
from alliance_desktop.domain.errors import NothingToPrintError
from alliance_desktop.domain.unnamed.by_hand import Checked, Hand
from alliance_desktop.domain.unnamed.remaining import Left
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper import CheckedPaper, Choice, Paper, Sort, Subject
from alliance_desktop.services.preferences import Preferences
from alliance_desktop.services.summaries import Summaries

ALL = frozenset(SUMMARY_PARTS)


@pytest.fixture
def story(vault: OpenVault) -> ArcId:
    """Maya's strain with her teacher, her brother and her school in it, and a safeguarding concern beside it."""
    book = vault.notebook
    maya = book.add_client(
        {"called": "Maya", "full_name": "Maya Okonjo", "code": "MO-3", "born": dated(day().replace(year=2011))}
    ).client
    assert maya is not None
    write(
        vault, "contact", "contact", name="Ruth Penhale", role=chosen("teacher"), organisation="Riverside School",
        reach="ruth@riverside.example",
    )  # fmt: skip
    write(vault, "session", "note", maya, date=dated(day(-14)), body="Maya spoke of Tobi.")
    session = write(vault, "session", "note", maya, date=dated(day()), body="Ruth Penhale was named again.")
    told = [{"name": "Tobi", "role": "other"}]
    notice = {
        "noticed_on": dated(day()), "name": "The corridor", "told_by": told, "session": [session],
        "seen_or_heard": f"Maya and Tobi stood outside Riverside with Priya, ring 0161 496 0000, on {day():%d/%m/%Y}.",
    }  # fmt: skip
    arc = book.write(card(book, maya, "notice", notice)).arc
    assert arc is not None
    book.write(
        card(book, maya, "acknowledge", {"landed": "As if Maya did not count.", "meant": "I meant well."}, arc=arc)
    )
    agreed = [{"what": "Ruth Penhale writes to Maya", "who": "Ruth Penhale", "by": dated(day(7))}]
    repair = {"understood": "We both saw it.", "agreed": agreed, "review_on": dated(day(14))}
    book.write(card(book, maya, "repair", repair, arc=arc))
    write(vault, "safeguarding", "concern", maya, exact_words="Zurückhaltung MARKERSAFE", learned_on=dated(day()))
    write(vault, "goal", "goal", maya, own_words="To walk past Tobi", set_on=dated(day(-7)))
    write(vault, "supervision", "prep", moment="Maya at the door", prep_on=dated(day()))
    return arc


def test_known_names_become_roles_and_days_become_weeks(vault: OpenVault, story: ArcId) -> None:
    text = told(vault, *ALL)
    for name in ("Maya", "Okonjo", "MO-3", "Ruth", "Penhale", "Tobi", "Riverside", str(day().year)):
        assert name not in text, name
    assert "Client A · 14 to 15" in text
    assert "Notice · week 3" in text
    assert "Client A and another person stood outside their school with Priya" in text
    assert "Their teacher writes to Client A · their teacher · week 4" in text
    assert "on week 3" in text


def test_what_is_left_is_listed_for_the_eye(vault: OpenVault, story: ArcId) -> None:
    left = Summaries(vault).check(everything(vault, *ALL)).left
    assert {(Left.CAPITAL, "Priya"), (Left.PHONE, "0161 496 0000")} <= {(one.kind, one.words) for one in left}
    hands = (Hand("Priya", "a friend"), Hand("0161 496 0000"))
    after = Summaries(vault).check(everything(vault, *ALL, hands=hands))
    assert not {"Priya", "0161 496 0000"} & {one.words for one in after.left}
    assert "with a friend, ring 0161 496 0000" in told(vault, Part.NOTICED, hands=hands)


def test_without_ticks_only_what_was_agreed_and_how_it_stands_is_on_it(vault: OpenVault, story: ArcId) -> None:
    text = told(vault)
    assert "We both saw it." in text
    assert "To walk past another person" in text
    for private in ("stood outside", "did not count", "meant well", "corridor", "named again", "at the door"):
        assert private not in text, private
        assert private in told(vault, *ALL), "the ticked page has it"


def test_each_part_adds_what_it_says_and_nothing_else(vault: OpenVault, story: ArcId) -> None:
    words = {Part.NOTICED: "stood outside", Part.REFLECTED: "did not count", Part.SESSIONS: "named again",
             Part.GETTING_READY: "at the door"}  # fmt: skip
    for part in SUMMARY_PARTS:
        text = told(vault, part)
        assert {one for one, said in words.items() if said in text} == {part} & words.keys(), part


def test_safeguarding_is_absent_whatever_is_ticked(vault: OpenVault, story: ArcId) -> None:
    assert "MARKERSAFE" not in told(vault, *ALL)
    assert any("MARKERSAFE" in str(one.answers) for one in vault.notebook.of_form("safeguarding")), "it is in the vault"


def test_other_people_are_roles_only(vault: OpenVault, story: ArcId) -> None:
    check = Summaries(vault).check(everything(vault))
    people = [one.text for one in check.blocks if one.label == "Who told you?"]
    assert people == ["another person"]


def test_only_what_was_chosen_is_on_it(vault: OpenVault, story: ArcId) -> None:
    check = Summaries(vault).check(Checked(parts=frozenset(SUMMARY_PARTS) - {Part.GETTING_READY}))
    assert check.blocks == ()
    assert check.sheet().sections == ()


def test_what_lies_in_the_bin_is_not_on_it(vault: OpenVault, story: ArcId) -> None:
    repair = next(one for one in vault.notebook.arc_entries(story) if one.card == "repair")
    vault.history.bin(repair.id)
    assert "We both saw it." not in told(vault, *ALL)


def test_the_private_notes_on_it_are_named_for_the_ledger(vault: OpenVault, story: ArcId) -> None:
    assert Summaries(vault).check(everything(vault)).private == []
    found = Summaries(vault).check(everything(vault, Part.REFLECTED)).private
    assert [vault.notebook.entry(one).card for one in found] == ["acknowledge"]


def test_what_was_checked_is_what_is_printed(vault: OpenVault, story: ArcId) -> None:
    asked = everything(vault, Part.NOTICED, hands=(Hand("Priya", "a friend"),))
    paper, choice = CheckedPaper(vault, asked), Choice(sort=Sort.SUPERVISION_SUMMARY)
    subject = paper.offered(choice.sort, None)[0].subject
    assert subject == Subject(checked=asked)
    page = paper.page(subject, choice)
    assert isinstance(page, Sheet)
    assert "a friend" in paper.twin(page)
    assert page == Summaries(vault).check(asked).sheet()
    vault.settings.keep(Preferences(who_to_turn_to="Priya"))
    assert paper.page(subject, choice) == page, "what is written later does not change what was read"
    assert paper.private_entries(subject, choice) == Summaries(vault).check(asked).private != []


def test_no_other_way_leads_to_a_summary(vault: OpenVault, story: ArcId) -> None:
    kinds = [one.sort for one in Paper(vault).kinds(None)]
    assert Sort.SUPERVISION_SUMMARY not in kinds
    assert Sort.SUPERVISION_PREP in kinds
    assert [one.sort for one in CheckedPaper(vault, Checked()).kinds(None)] == [Sort.SUPERVISION_SUMMARY]
    with pytest.raises(NothingToPrintError):
        Paper(vault).page(Subject(), Choice(sort=Sort.SUPERVISION_SUMMARY))


def test_the_sheet_to_get_ready_with_prints_as_it_was_written(vault: OpenVault, story: ArcId) -> None:
    paper = Paper(vault)
    subject = paper.offered(Sort.SUPERVISION_PREP, None)[0].subject
    choice = Choice(sort=Sort.SUPERVISION_PREP)
    text = paper.twin(paper.page(subject, choice))
    assert "The moment that stays with me: Maya at the door" in text
    assert paper.private_entries(subject, choice) == [subject.entry]
    blank = Choice(sort=Sort.SUPERVISION_PREP, blank=True)
    assert "at the door" not in paper.twin(paper.page(subject, blank))
    assert "My question" in paper.twin(paper.page(Subject(), blank))
    assert paper.private_entries(subject, blank) == []


def test_many_clients_have_a_letter_each(vault: OpenVault) -> None:
    book = vault.notebook
    for at in range(28):
        whose = book.add_client({"called": f"Zed{at}"}).client
        assert whose is not None
        book.write(card(book, whose, "notice", {"noticed_on": dated(day(-at)), "name": "x"}))
    letters = [letter for letter, _ in Summaries(vault).check(everything(vault, *ALL)).clients.values()]
    assert letters[:2] + letters[-3:] == ["Client A", "Client B", "Client Z", "Client AA", "Client AB"]


def test_people_of_every_corner_of_the_vault_are_known(vault: OpenVault, story: ArcId) -> None:
    """Those in settings, wishes, rows of tables, consents and the safeguarding drawer, which is read for names only."""
    maya = vault.notebook.arc(story).client
    vault.settings.keep(
        Preferences(who_to_turn_to="Ana Ruiz, room 4", emergency_list="Duty desk: Olu Bakare, 555 010 7788")
    )
    write(vault, "executor_wishes", "wishes", executor="Ines Calder", second="Jonas Pike, 0161 496 0111")
    write(vault, "safeguarding", "concern", maya, told=[{"name": "Edda Vinter"}], learned_on=dated(day()))
    write(
        vault, "consent", "consent", maya, asked_of="Bashir Okonjo", contact=[{"name": "Kofi Mensah", "role": "nurse"}]
    )
    write(vault, "resource", "resource", name="Lantern House", reach="lantern@house.example")
    names = ("Ana Ruiz", "Olu Bakare", "555 010 7788", "Ines Calder", "Jonas Pike", "0161 496 0111", "Edda Vinter",
             "Bashir Okonjo", "Kofi Mensah", "Lantern House", "lantern@house.example")  # fmt: skip
    goal = f"To ring {', '.join(names)} and Mara"
    write(vault, "goal", "goal", maya, own_words=goal, set_on=dated(day()))
    text = told(vault)
    assert not [one for one in names if one in text]
    assert "the nurse" in text
    assert "a service" in text
    assert "and Mara" in text


def test_why_it_is_on_the_agenda_is_said_only_with_its_part(vault: OpenVault, story: ArcId) -> None:
    maya = vault.notebook.arc(story).client
    asked = {"landed": "Not counting.", "meant": "Well.", "supervision": chosen("before")}
    vault.notebook.write(card(vault.notebook, maya, "acknowledge", asked, arc=story))
    write(vault, "outreach", "try", maya, tried_on=dated(day()), avenue=chosen("letter"),
          response=chosen("please_stop"))  # fmt: skip
    bare = told(vault)
    assert bare.count("On the agenda: Since week 3.") == 2
    for words, part, private in (
        ("To bring before speaking with them.", Part.REFLECTED, True),
        ("They asked me to stop contacting them.", Part.THEIR_VIEW, False),
    ):
        assert words not in told(vault, *(set(ALL) - {part}))
        assert words in told(vault, part)
        check = Summaries(vault).check(everything(vault, part))
        (found,) = [one for one in check.blocks if one.text == words]
        assert found.entry is not None
        assert found.private is private
        assert (found.entry in check.private) is private


def test_the_words_of_a_form_of_ones_own_are_those_of_the_shipped_one(vault: OpenVault, story: ArcId) -> None:
    shipped = vault.forms.current("goal")
    copy = vault.own_forms.copy("goal")
    card_of = copy.cards[0]
    named = [replace(one, label=f"{one.label} Priya") for one in card_of.questions]
    vault.own_forms.keep(replace(copy, title="For Priya", cards=(replace(card_of, title="Priya", questions=named),)))
    (own,) = vault.own_forms.all()
    maya = vault.notebook.arc(story).client
    write(vault, own.id, "goal", maya, own_words="To sleep", set_on=dated(day()))
    text = told(vault)
    assert "The goal, in their own words: To sleep" in text
    assert "Priya" not in text
    assert shipped.cards[0].title in text


def test_what_is_decided_by_hand_says_the_same_as_a_fresh_look(vault: OpenVault, story: ArcId) -> None:
    summaries = Summaries(vault)
    for hands in ((), (Hand("Priya", "a friend"),), (Hand("Tobi"), Hand("corridor", "way")), ()):
        asked = everything(vault, *ALL, hands=hands)
        assert summaries.check(asked) == Summaries(vault).check(asked)
    before = summaries._read
    summaries.check(everything(vault, *ALL, hands=(Hand("Priya", "a friend"),)))
    assert summaries._read is before, "nothing is read again for a hand"
    summaries.check(everything(vault, Part.NOTICED))
    assert summaries._read is not before, "control: for other parts it is"


def test_the_digest_tells_one_text_from_another(vault: OpenVault, story: ArcId) -> None:
    asked = everything(vault, *ALL)
    digest = Summaries(vault).check(asked).digest
    assert CheckedPaper(vault, replace(asked, read=digest)).is_as_read
    assert not CheckedPaper(vault, asked).is_as_read, "nobody has read it"
    by_hand = everything(vault, *ALL, hands=(Hand("Priya", "a friend"),))
    assert not CheckedPaper(vault, replace(by_hand, read=digest)).is_as_read
    write(vault, "goal", "goal", vault.notebook.arc(story).client, own_words="To sleep", set_on=dated(day()))
    assert not CheckedPaper(vault, replace(asked, read=digest)).is_as_read
