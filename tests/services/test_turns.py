"""A strain that opens again keeps what its earlier turn said, and prints what its present turn agreed."""

import pytest
from service_cases import ACKNOWLEDGE, NOTICE, PREFERRED_NOT, SPOKE, card, day

from alliance_desktop.documents.pages import ClientPlan, RepairPlan
from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.entry import ArcId, ClientId
from alliance_desktop.domain.errors import EarlierTurnError, FinishedError, UnseenWordingError
from alliance_desktop.domain.rupture import Status
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.paper import Choice, Paper, Sort, Subject

AGREED: Answers = {
    "understood": "A joke at a bad moment.",
    "agreed": [{"what": "Ask first"}],
    "review_on": dated(day(14)),
    "wording_seen": chosen("yes"),
}


@pytest.fixture
def arc(notebook: Notebook, client: ClientId) -> ArcId:
    found = notebook.write(card(notebook, client, "notice", NOTICE)).arc
    assert found is not None
    return found


@pytest.fixture
def paper(vault: OpenVault) -> Paper:
    return Paper(vault)


def test_a_card_of_an_earlier_turn_is_not_written_any_more(
    vault: OpenVault, notebook: Notebook, client: ClientId, arc: ArcId
) -> None:
    first = card(notebook, client, "acknowledge", ACKNOWLEDGE, arc=arc)
    notebook.write(first)
    vault.strains.set_status(arc, Status.RESOLVED, day(3))
    notebook.write(first)
    vault.strains.reopen(arc, day(9))
    with pytest.raises(EarlierTurnError) as fault:
        notebook.write(card(notebook, client, "acknowledge", {"landed": "otherwise"}, arc=arc, entry=first.entry))
    assert isinstance(fault.value, FinishedError)
    assert "earlier turn" in fault.value.sentence
    assert notebook.entry(first.entry).answers == ACKNOWLEDGE
    anew = card(notebook, client, "acknowledge", ACKNOWLEDGE, arc=arc)
    notebook.write(anew)
    notebook.write(anew)
    assert notebook.entry(anew.entry).turn == 2
    vault.strains.undo(arc)
    notebook.write(first)


def test_the_clients_page_is_of_the_present_turn_and_the_own_plan_of_all(
    vault: OpenVault, notebook: Notebook, client: ClientId, arc: ArcId, paper: Paper
) -> None:
    notebook.write(card(notebook, client, "repair", AGREED, arc=arc))
    rows = {"each_agreed": [{"what": "Ask first", "outcome": chosen("done")}]}
    notebook.write(card(notebook, client, "follow_up", rows, arc=arc))
    vault.strains.set_status(arc, Status.RESOLVED, day(3))
    vault.strains.reopen(arc, day(9))
    with pytest.raises(UnseenWordingError):
        paper.page(Subject(arc=arc), Choice())
    notebook.write(card(notebook, client, "repair", {**AGREED, "understood": "It came back."}, arc=arc))
    page, plan = paper.page(Subject(arc=arc), Choice()), paper.page(Subject(arc=arc), Choice(sort=Sort.REPAIR_PLAN))
    assert isinstance(page, ClientPlan)
    assert (page.happened, page.so_far) == ("It came back.", ())
    assert isinstance(plan, RepairPlan)
    told = {item.text for section in plan.sections for group in section.groups for item in group.items}
    assert {AGREED["understood"], "It came back."} <= told


def test_wording_changed_after_the_client_saw_it_does_not_print(
    notebook: Notebook, client: ClientId, arc: ArcId, paper: Paper
) -> None:
    """Scenario 23, when the wording changes later."""
    first = card(notebook, client, "repair", AGREED, arc=arc)
    notebook.write(first)
    assert isinstance(paper.page(Subject(arc=arc), Choice()), ClientPlan)
    changed = {**AGREED, "understood": "It was my fault."}
    notebook.write(card(notebook, client, "repair", changed, arc=arc, entry=first.entry))
    # The card on screen goes on to say "yes" with every pause in typing.
    notebook.write(card(notebook, client, "repair", changed, arc=arc, entry=first.entry))
    with pytest.raises(UnseenWordingError) as fault:
        paper.page(Subject(arc=arc), Choice())
    assert "has changed since the client saw it" in fault.value.sentence
    unseen = {**changed, "wording_seen": chosen("not_yet")}
    notebook.write(card(notebook, client, "repair", unseen, arc=arc, entry=first.entry))
    with pytest.raises(UnseenWordingError) as fault:
        paper.page(Subject(arc=arc), Choice())
    assert "has not seen this wording" in fault.value.sentence
    for seen in ("not_yet", "yes"):
        answers = {**changed, "wording_seen": chosen(seen)}
        notebook.write(card(notebook, client, "repair", answers, arc=arc, entry=first.entry))
    page = paper.page(Subject(arc=arc), Choice())
    assert isinstance(page, ClientPlan)
    assert page.happened == "It was my fault."


def test_no_code_yet_is_no_name_to_print(notebook: Notebook, paper: Paper) -> None:
    nameless = notebook.add_client({}).client
    assert nameless is not None
    arc = notebook.write(card(notebook, nameless, "repair", AGREED)).arc
    page = paper.page(Subject(arc=arc), Choice(parts=frozenset({Part.NAME})))
    assert isinstance(page, ClientPlan)
    assert page.name == ""


def test_a_reopening_taken_back_gives_the_earlier_turns_flag_back(
    vault: OpenVault, notebook: Notebook, client: ClientId, arc: ArcId
) -> None:
    notebook.write(card(notebook, client, "dialogue", PREFERRED_NOT, arc=arc))
    vault.strains.set_status(arc, Status.RESOLVED, day(3))
    vault.strains.reopen(arc, day(9))
    assert not notebook.arc(arc).offered
    vault.strains.undo(arc)
    assert notebook.arc(arc).offered
    vault.strains.undo(arc)
    assert vault.strains.strain(arc).words == "Noticed · conversation offered"


def test_the_flag_of_a_turn_taken_back_does_not_stay(
    vault: OpenVault, notebook: Notebook, client: ClientId, arc: ArcId
) -> None:
    notebook.write(card(notebook, client, "dialogue", SPOKE, arc=arc))
    vault.strains.set_status(arc, Status.RESOLVED, day(3))
    vault.strains.reopen(arc, day(9))
    notebook.write(card(notebook, client, "dialogue", PREFERRED_NOT, arc=arc))
    assert notebook.arc(arc).offered
    vault.strains.undo(arc)
    assert not notebook.arc(arc).offered
