"""The program suggests a status, the counsellor decides, and every change stays in the history."""

from collections.abc import Callable

import pytest
from service_cases import ACKNOWLEDGE, NOTICE, PREFERRED_NOT, SPOKE, Clock, card, day

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.changes import Touched
from alliance_desktop.domain.entry import ArcId, ClientId
from alliance_desktop.domain.rupture import Status
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.strains import Strains, status_words


@pytest.fixture
def strains(vault: OpenVault) -> Strains:
    return vault.strains


@pytest.fixture
def arc(notebook: Notebook, client: ClientId) -> ArcId:
    found = notebook.write(card(notebook, client, "notice", NOTICE)).arc
    assert found is not None
    return found


def statuses(strains: Strains, arc: ArcId) -> list[tuple[str, str]]:
    return [(one.was, one.became) for one in strains.history(arc)]


def test_a_new_strain_is_noticed_and_asks_for_nothing(strains: Strains, arc: ArcId) -> None:
    strain = strains.strain(arc)
    assert (strain.name, strain.words, strain.open, strain.noticed_on) == ("The corridor", "Noticed", True, day())
    assert strains.suggestion(arc) is None
    assert statuses(strains, arc) == [("", "noticed")]
    assert strains.history(arc)[0].true_on == day()


def test_a_card_suggests_and_changes_nothing_by_itself(strains: Strains, notebook: Notebook, arc: ArcId) -> None:
    client = notebook.arc(arc).client
    notebook.write(card(notebook, client, "acknowledge", ACKNOWLEDGE, arc=arc))
    found = strains.suggestion(arc)
    assert found is not None
    assert found.status is Status.ACKNOWLEDGED
    assert notebook.arc(arc).status == "noticed"


def test_accepting_moves_the_status_and_then_nothing_is_suggested(
    strains: Strains, notebook: Notebook, arc: ArcId
) -> None:
    client = notebook.arc(arc).client
    notebook.write(card(notebook, client, "dialogue", SPOKE, arc=arc))
    found = strains.suggestion(arc)
    assert found is not None
    changed = strains.set_status(arc, found.status, found.on, "We sat outside.")
    assert (changed.kinds, changed.client, changed.arc) == ({Touched.STATUS}, client, arc)
    assert strains.strain(arc).words == "In conversation"
    event = strains.history(arc)[-1]
    assert (event.was, event.became, event.true_on, event.why) == ("noticed", "in_dialogue", day(2), "We sat outside.")
    assert strains.suggestion(arc) is None


def test_a_change_is_taken_back_and_both_stay_in_the_history(strains: Strains, arc: ArcId, clock: Clock) -> None:
    strains.set_status(arc, Status.ACKNOWLEDGED, day())
    clock.move(days=1)
    strains.undo(arc)
    assert strains.strain(arc).words == "Noticed"
    assert statuses(strains, arc) == [("", "noticed"), ("noticed", "acknowledged"), ("acknowledged", "noticed")]
    first, second = strains.history(arc)[1:]
    assert (second.undoes, second.true_on, second.entered_at) == (first.id, day(1), clock.at)


def test_undo_goes_back_step_by_step_and_stops_at_the_first(strains: Strains, arc: ArcId) -> None:
    strains.set_status(arc, Status.ACKNOWLEDGED, day())
    strains.set_status(arc, Status.IN_DIALOGUE, day())
    strains.undo(arc)
    assert strains.strain(arc).arc.status == "acknowledged"
    strains.undo(arc)
    assert strains.strain(arc).arc.status == "noticed"
    assert strains.undo(arc).kinds == frozenset()
    assert strains.strain(arc).arc.status == "noticed"


@pytest.mark.parametrize("ended", [Status.RESOLVED, Status.ENDED_UNREPAIRED, Status.NOT_A_STRAIN])
def test_an_ended_strain_is_opened_again_as_a_new_turn(strains: Strains, arc: ArcId, ended: Status) -> None:
    strains.set_status(arc, ended, day(3))
    assert not strains.strain(arc).open
    strains.reopen(arc, day(9), "It came back.")
    strain = strains.strain(arc)
    assert (strain.open, strain.arc.turn, strain.arc.status) == (True, 2, "noticed")
    assert [(one.became, one.turn) for one in strains.history(arc)] == [("noticed", 1), (ended, 1), ("noticed", 2)]


def test_setting_an_ended_strain_back_is_a_new_turn_too(strains: Strains, arc: ArcId) -> None:
    strains.set_status(arc, Status.RESOLVED, day())
    strains.set_status(arc, Status.IN_DIALOGUE, day(2))
    found = strains.strain(arc).arc
    assert (found.turn, found.status) == (2, "in_dialogue")


def test_taking_a_reopening_back_gives_the_turn_back(strains: Strains, arc: ArcId) -> None:
    strains.set_status(arc, Status.RESOLVED, day())
    strains.reopen(arc, day(2))
    strains.undo(arc)
    found = strains.strain(arc)
    assert (found.arc.turn, found.arc.status, found.open) == (1, "resolved", False)


def test_cards_of_an_earlier_turn_suggest_nothing_for_the_new_one(
    strains: Strains, notebook: Notebook, arc: ArcId
) -> None:
    client = notebook.arc(arc).client
    notebook.write(card(notebook, client, "dialogue", SPOKE, arc=arc))
    strains.set_status(arc, Status.RESOLVED, day())
    strains.reopen(arc, day(5))
    assert strains.suggestion(arc) is None
    later = notebook.write(card(notebook, client, "acknowledge", ACKNOWLEDGE, arc=arc))
    assert later.entry is not None
    assert notebook.entry(later.entry).turn == 2
    found = strains.suggestion(arc)
    assert found is not None
    assert found.status is Status.ACKNOWLEDGED


def test_how_it_turned_out_suggests_the_end(strains: Strains, notebook: Notebook, arc: ArcId) -> None:
    client = notebook.arc(arc).client
    notebook.write(card(notebook, client, "close", {"outcome": chosen("partly")}, arc=arc))
    found = strains.suggestion(arc)
    assert found is not None
    assert found.status is Status.RESOLVED


def test_a_declined_conversation_leaves_the_strain_open_and_says_so(
    strains: Strains, notebook: Notebook, arc: ArcId
) -> None:
    client = notebook.arc(arc).client
    notebook.write(card(notebook, client, "dialogue", PREFERRED_NOT, arc=arc))
    assert strains.suggestion(arc) is None
    assert strains.strain(arc).words == "Noticed · conversation offered"
    strains.set_status(arc, Status.ENDED_UNREPAIRED, day())
    assert status_words(strains.strain(arc).arc) == "Ended without repair"


def test_open_strains_come_first_the_longest_open_at_the_top(
    strains: Strains, notebook: Notebook, client: ClientId
) -> None:
    arcs = {}
    for after in (0, -9, -4, -20):
        answers = {**NOTICE, "name": str(after), "noticed_on": dated(day(after))}
        arcs[after] = notebook.write(card(notebook, client, "notice", answers)).arc
    strains.set_status(arcs[-9], Status.RESOLVED, day())
    strains.set_status(arcs[-20], Status.NOT_A_STRAIN, day())
    assert [one.name for one in strains.all()] == ["-4", "0", "-9", "-20"]
    assert [one.name for one in strains.of_client(client)] == ["-20", "-9", "-4", "0"]


def test_the_clients_row_counts_open_strains(strains: Strains, notebook: Notebook, arc: ArcId) -> None:
    client = notebook.arc(arc).client
    assert notebook.client(client).open_strains == 1
    strains.set_status(arc, Status.RESOLVED, day())
    assert notebook.client(client).open_strains == 0
    strains.undo(arc)
    assert notebook.client(client).open_strains == 1


def test_an_unknown_strain_is_a_key_error(strains: Strains) -> None:
    with pytest.raises(KeyError):
        strains.strain(ArcId(1))
    with pytest.raises(KeyError):
        strains.set_status(ArcId(1), Status.NOTICED, day())


def test_the_status_that_is_set_already_is_not_set_again(strains: Strains, notebook: Notebook, arc: ArcId) -> None:
    client = notebook.arc(arc).client
    changed = strains.set_status(arc, Status.NOTICED, day(1))
    assert (changed.kinds, changed.client, changed.arc) == (frozenset(), client, arc)
    strains.set_status(arc, Status.RESOLVED, day(2))
    assert strains.set_status(arc, Status.RESOLVED, day(3)).kinds == frozenset()
    assert statuses(strains, arc) == [("", "noticed"), ("noticed", "resolved")]


def test_a_status_set_by_hand_after_the_last_card_is_left_alone(
    strains: Strains, notebook: Notebook, arc: ArcId, clock: Clock
) -> None:
    client = notebook.arc(arc).client
    close = card(notebook, client, "close", {"outcome": chosen("partly")}, arc=arc)
    notebook.write(close)
    clock.move(hours=1)
    strains.set_status(arc, Status.NOT_A_STRAIN, day())
    assert strains.suggestion(arc) is None
    clock.move(hours=1)
    notebook.write(close)
    found = strains.suggestion(arc)
    assert found is not None
    assert found.status is Status.RESOLVED


def test_many_strains_are_listed_with_a_few_questions(
    strains: Strains, notebook: Notebook, arc: ArcId, vault: OpenVault
) -> None:
    client = notebook.arc(arc).client

    def asked(list_them: Callable[[], object]) -> int:
        lines: list[str] = []
        connection = vault._store._database._connection
        connection.set_trace_callback(lines.append)
        list_them()
        connection.set_trace_callback(None)
        return len(lines)

    listings = (strains.all, lambda: strains.of_client(client))
    few = [asked(one) for one in listings]
    for number in range(20):
        notebook.write(card(notebook, client, "notice", {**NOTICE, "name": f"“{number}”"}))
    assert [asked(one) for one in listings] == few
    assert {one.name for one in strains.all()} == {"The corridor", *map(str, range(20))}
