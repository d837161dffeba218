"""Drafts on "who needs me next": an answer to some of them never hides the others."""

import datetime

from service_cases import Clock, day

from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.attention import Reason, Rule
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard

SHOWN = 3


def write(vault: OpenVault, client: ClientId, form: str, name: str, answers: Answers) -> EntryId:
    entry = vault.notebook.new_entry()
    vault.notebook.write(WriteCard(client=client, form=form, card=name, answers=answers, entry=entry))
    return entry


def begun(vault: OpenVault, client: ClientId, clock: Clock, count: int) -> list[EntryId]:
    """Begin notes that are not finished, a minute apart."""
    found = []
    for at in range(count):
        clock.move(minutes=1)
        answers: Answers = {"on": dated(day(-at)), "purpose": "Timetable"}
        found.append(write(vault, client, "contact_log", "talk", answers))
    return found


def shown(vault: OpenVault, after: int = 5) -> list[Reason]:
    vault.attention.believe(day(after))
    found = [one for card in vault.attention.cards(day(after)) for one in card.reasons]
    return sorted((one for one in found if one.rule is Rule.OLD_DRAFT), key=lambda one: one.subject)


def subjects(vault: OpenVault, after: int = 5) -> list[int]:
    return [one.subject for one in shown(vault, after)]


def test_those_let_go_make_room_at_once_and_an_undo_brings_them_back(
    vault: OpenVault, client: ClientId, clock: Clock
) -> None:
    drafts = begun(vault, client, clock, 5)
    first = shown(vault)
    assert [one.subject for one in first] == drafts[:SHOWN]
    for one in first:
        vault.attention.not_needed(one, "Written elsewhere")
    assert subjects(vault) == drafts[SHOWN:], "the others come up without any write"
    vault.attention.undo(first[0])
    assert subjects(vault) == [drafts[0], *drafts[SHOWN:]]
    for one in shown(vault):
        vault.attention.not_needed(one, "Written elsewhere")
    assert subjects(vault) == []


def test_those_to_be_shown_later_do_not_stand_before_the_others(
    vault: OpenVault, client: ClientId, clock: Clock
) -> None:
    drafts = begun(vault, client, clock, 5)
    for one in shown(vault):
        vault.attention.later(one, day(20))
    assert subjects(vault) == drafts[SHOWN:]
    assert subjects(vault, 20) == drafts, "on their day they are all there"


def test_a_draft_let_go_and_written_in_again_is_something_new(vault: OpenVault, client: ClientId, clock: Clock) -> None:
    (draft,) = begun(vault, client, clock, 1)
    vault.attention.not_needed(shown(vault)[0], "Written elsewhere")
    clock.at += datetime.timedelta(days=6)
    told: Answers = {"on": dated(day(0)), "purpose": "Timetable, and the trip"}
    vault.notebook.write(WriteCard(client=client, form="contact_log", card="talk", answers=told, entry=draft))
    assert subjects(vault, 7) == []
    assert subjects(vault, 8) == [draft]


def test_what_is_kept_up_over_time_does_not_stand_before_a_note(
    vault: OpenVault, client: ClientId, clock: Clock
) -> None:
    for at in range(SHOWN + 1):
        clock.move(minutes=1)
        tried: Answers = {"tried_on": dated(day(-at)), "avenue": chosen("text"), "response": chosen("no_answer")}
        write(vault, client, "outreach", "try", tried)
    assert subjects(vault) == []
    drafts = begun(vault, client, clock, 1)
    assert subjects(vault) == drafts
