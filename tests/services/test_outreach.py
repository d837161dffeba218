"""Who is reached out to, what an answer leads to, and which strain stands in the door."""

import pytest
from outreach_cases import tried, write
from service_cases import NOTICE, Clock, day

from alliance_desktop.domain import outreach
from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.client import ClientState
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.rupture import Status
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.outreach import NO_REPAIR, REPAIR_AGREED

OLD = NOTICE | {"noticed_on": dated(day(-30)), "seen_or_heard": "He told me to leave him alone."}


@pytest.fixture
def tomas(vault: OpenVault) -> ClientId:
    added = vault.notebook.add_client({"code": "T17", "called": "Tomás"})
    assert added.client is not None
    return added.client


def test_a_client_nobody_reaches_out_to_is_nowhere(vault: OpenVault, tomas: ClientId) -> None:
    assert vault.outreach.of_client(tomas) is None
    assert vault.outreach.all() == []


@pytest.mark.parametrize("state", [one for one in ClientState if one is not ClientState.CLOSED])
def test_who_answered_not_now_stays_in_the_list_whatever_the_state(
    vault: OpenVault, tomas: ClientId, state: ClientState
) -> None:
    vault.outreach.set_state(tomas, state)
    tried(vault, tomas, "not_now", day())
    (one,) = vault.outreach.all()
    assert one.client.id == tomas
    assert one.outreach.due_on == day(7)


def test_those_due_first_stand_first_and_who_was_reached_is_left_out(vault: OpenVault) -> None:
    ids = [vault.notebook.add_client({"code": code}).client for code in ("A1", "B2", "C3")]
    first, second, third = (one for one in ids if one is not None)
    tried(vault, first, "not_now", day())
    tried(vault, second, "no_answer", day())
    tried(vault, third, "yes", day())
    assert [one.client.id for one in vault.outreach.all()] == [second, first]
    vault.outreach.set_state(third, ClientState.REACHING_OUT)
    assert third in [one.client.id for one in vault.outreach.all()], "the state alone keeps somebody in view"


def test_a_concern_without_answer_is_in_the_list_from_the_day_it_came(vault: OpenVault, tomas: ClientId) -> None:
    told = {"from_whom": [{"name": "A teacher", "role": "teacher"}], "received_on": dated(day(-2)), "worries": "Quiet."}
    concern = write(vault, tomas, "concern", "concern", told)
    (one,) = vault.outreach.all()
    assert one.concern_since == day(-2)
    assert vault.outreach.concerns(tomas) == [concern]
    book = vault.notebook
    answered = concern.answers | {"answered_on": dated(day())}
    book.write(WriteCard(client=tomas, form="concern", card="concern", answers=answered, entry=concern.id))
    assert vault.outreach.concerns(tomas) == []


def test_what_follows_a_try_counts_the_ones_before_and_not_itself(vault: OpenVault, tomas: ClientId) -> None:
    first = tried(vault, tomas, "not_now", day(-7), "text")
    second = tried(vault, tomas, "not_now", day(), "note")
    assert vault.outreach.after(first).on == day(14 - 7), "asked again of the first, the other one is there"
    told = vault.outreach.after(second)
    assert told.on == day(14)
    assert told.avenue not in {"", "text", "note"}


def test_after_please_stop_no_way_that_is_suggested_is_direct(vault: OpenVault, tomas: ClientId, clock: Clock) -> None:
    last = tried(vault, tomas, "please_stop", day())
    for _ in range(12):
        told, after = vault.outreach.of_client(tomas), vault.outreach.after(last)
        assert told is not None
        assert told.stopped
        assert not outreach.DIRECT & {told.avenue, *told.unused, after.avenue}
        clock.move(days=30)
        last = tried(vault, tomas, "no_answer", clock().date(), "trusted_adult")


def test_an_old_strain_is_told_until_it_ends(vault: OpenVault, tomas: ClientId) -> None:
    strain = write(vault, tomas, "rupture", "notice", OLD)
    later = write(vault, tomas, "rupture", "notice", NOTICE | {"noticed_on": dated(day())})
    write(vault, tomas, "outreach", "plan", {"begun_on": dated(day(-1)), "why": "He is alone."})
    (old,) = vault.outreach.old_strains(tomas)
    assert (old.arc, old.since, old.said, old.noted) == (strain.arc, day(-30), OLD["seen_or_heard"], NO_REPAIR)
    assert [one.arc for one in vault.outreach.open_strains(tomas)] == [strain.arc, later.arc]
    assert [one.arc for one in vault.outreach.open_strains(tomas, day(-1))] == [strain.arc]
    assert strain.arc is not None
    vault.strains.set_status(strain.arc, Status.REPAIR_AGREED, day())
    assert vault.outreach.old_strains(tomas)[0].noted == REPAIR_AGREED
    vault.strains.set_status(strain.arc, Status.RESOLVED, day())
    assert vault.outreach.old_strains(tomas) == []


def test_of_a_repair_only_what_is_one_is_told(vault: OpenVault, tomas: ClientId, clock: Clock) -> None:
    strain = write(vault, tomas, "rupture", "notice", OLD).arc
    assert strain is not None

    def noted(card: str, answers: Answers) -> str:
        book = vault.notebook
        entry = book.new_entry()
        book.write(WriteCard(client=tomas, form="rupture", card=card, answers=answers, arc=strain, entry=entry))
        return vault.outreach.open_strains(tomas)[0].noted

    follow_up = {"on": dated(day()), "between_me": chosen("2")}
    assert noted("follow_up", follow_up) == NO_REPAIR
    assert noted("dialogue", {"their_words": "It stung."}) == NO_REPAIR, "to talk is no repair yet"
    leave = {"leave_as_is": True, "review_on": dated(day(7))}
    assert noted("repair", leave) == "Agreed to leave it as it is; the status still says “Noticed”."
    clock.move(hours=1)
    vault.strains.set_status(strain, Status.REPAIR_AGREED, day())
    vault.strains.set_status(strain, Status.NOTICED, day(), "It was too early.")
    assert vault.outreach.open_strains(tomas)[0].noted == NO_REPAIR


def test_long_words_of_a_strain_are_cut_at_a_word(vault: OpenVault, tomas: ClientId) -> None:
    write(vault, tomas, "rupture", "notice", OLD | {"seen_or_heard": "word " * 60})
    write(vault, tomas, "outreach", "plan", {"begun_on": dated(day()), "why": "He is alone."})
    (old,) = vault.outreach.old_strains(tomas)
    assert old.said.endswith("word …")
    assert len(old.said) <= 142


def test_one_look_tells_all_that_stands_beside_a_try_and_sees_who_came(
    vault: OpenVault, tomas: ClientId, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(vault, tomas, "rupture", "notice", OLD)
    for at in range(70):
        answers = {"date": dated(day(-200 + at)), "attendance": chosen("attended")}
        write(vault, tomas, "session", "note", answers)
    write(vault, tomas, "concern", "concern", {"heard_on": dated(day(-9))})
    first, last = tried(vault, tomas, "none", day(-8)), tried(vault, tomas, "not_now", day(-1))
    stories, looks = vault.outreach._stories, []
    read = stories._story
    monkeypatch.setattr(stories, "_story", lambda *asked: looks.append(1) or read(*asked))
    stands = vault.outreach.beside(tomas, last)
    assert looks == [1], "the story is read once"
    assert stands.after == vault.outreach.after(last)
    assert vault.outreach.beside(tomas, first).after is None, "nothing follows an older one"
    assert stands.outreach == vault.outreach.of_client(tomas)
    assert list(stands.strains) == vault.outreach.open_strains(tomas)
    assert list(stands.concerns) == vault.outreach.concerns(tomas)
    assert len(stories.for_outreach(tomas).of("session")) < 70 < len(stories.of_client(tomas).entries)
    assert stands.outreach is not None
    assert stands.outreach.stage is not outreach.Stage.REACHED
    write(vault, tomas, "session", "note", {"date": dated(day()), "attendance": chosen("attended")})
    now = vault.outreach.beside(tomas).outreach
    assert now is not None
    assert now.stage is outreach.Stage.REACHED, "the newest session is among those that are read"
