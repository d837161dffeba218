"""Closing a case and opening it again: told what is open, never hindered, nothing lost."""

import pytest
from outreach_cases import tried, write
from service_cases import NOTICE, day

from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.client import ClientState
from alliance_desktop.domain.closing import OpenKind
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.closing import Kept

DETAILS: Answers = {"code": "T17", "called": "Tomás", "state": chosen("waiting"), "pronouns": "he"}


@pytest.fixture
def tomas(vault: OpenVault) -> ClientId:
    added = vault.notebook.add_client(DETAILS)
    assert added.client is not None
    return added.client


def test_nothing_is_open_with_a_client_of_whom_nothing_is_noted(vault: OpenVault, tomas: ClientId) -> None:
    assert vault.closing.guard(tomas) == []


def test_what_is_open_is_told_and_closing_goes_on_all_the_same(vault: OpenVault, tomas: ClientId) -> None:
    strain = write(vault, tomas, "rupture", "notice", NOTICE)
    tried(vault, tomas, "not_now", day())
    assert [one.kind for one in vault.closing.guard(tomas)] == [OpenKind.STRAIN, OpenKind.TRIES]
    vault.closing.close(tomas)
    assert vault.closing.is_closed(tomas)
    assert vault.notebook.arc(strain.arc or 0).status == "noticed", "the strain stays as it is"
    assert len(vault.notebook.entries(tomas)) == 2


def test_closing_changes_the_state_alone_and_undo_brings_the_one_before(vault: OpenVault, tomas: ClientId) -> None:
    closed = vault.closing.close(tomas)
    assert closed.before is ClientState.WAITING
    assert vault.notebook.client(tomas).answers == DETAILS | {"state": chosen("closed")}
    vault.closing.undo(closed)
    assert vault.notebook.client(tomas).answers == DETAILS


def test_a_closed_case_opens_again_as_active(vault: OpenVault, tomas: ClientId) -> None:
    vault.closing.close(tomas)
    vault.closing.open_again(tomas)
    assert vault.notebook.client(tomas).state is ClientState.ACTIVE


def test_the_days_are_those_of_the_closing_page(vault: OpenVault, tomas: ClientId) -> None:
    assert vault.closing.kept(tomas) == Kept()
    said = {"why": chosen("planned"), "closed_on": dated(day()), "keep_record_until": dated(day(3650))}
    write(vault, tomas, "closing", "closing", said)
    assert vault.closing.kept(tomas) == Kept(record_until=day(3650))
    assert vault.closing.has_reason(tomas)
    assert vault.outreach.beside(tomas).closed_on is None, "a day alone closes nothing"
    vault.closing.close(tomas)
    assert vault.outreach.beside(tomas).closed_on == day()


def test_a_declined_answer_is_no_reason(vault: OpenVault, tomas: ClientId) -> None:
    write(vault, tomas, "closing", "closing", {"why": chosen("declined")})
    assert not vault.closing.has_reason(tomas)
