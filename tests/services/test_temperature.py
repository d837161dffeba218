"""The temperature of a vault's sessions: own forms count, the bin does not, and no other word is read."""

import datetime
from typing import Any

import pytest
from own_form_cases import write
from service_cases import NOTICE, SPOKE, card, day

from alliance_desktop.domain import own_form
from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.temperature import MINE, Level
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.storage import temperatures


def session(notebook: Notebook, client: ClientId, after: int, theirs: str = "", mine: str = "", **more: Any) -> EntryId:
    answers: Answers = {"date": dated(day(after)), "attendance": chosen("attended"), **more}
    answers |= {"temperature_client": chosen(theirs)} if theirs else {}
    answers |= {"temperature_mine": chosen(mine)} if mine else {}
    written = card(notebook, client, "note", answers)
    notebook.write(written)
    return written.entry


def test_it_is_read_from_both_layers(notebook: Notebook, client: ClientId) -> None:
    first = session(notebook, client, 0, "4", "3")
    session(notebook, client, 7, "2")
    found = notebook.temperature(client)
    assert [(one.theirs.value, one.mine.value) for one in found] == [(4, 3), (2, 0)]
    assert found[0].entry == first
    assert found[0].spoken == "5 March 2026. Session: Attended. Theirs: 4 – fairly warm. Yours: 3 – in between."


def test_nobody_elses_sessions_are_among_them(notebook: Notebook, client: ClientId) -> None:
    other = notebook.add_client({"code": "L-15"}).client
    assert other is not None
    session(notebook, other, 0, "4")
    assert notebook.temperature(client) == []


def test_an_own_form_of_the_session_counts(vault: OpenVault, client: ClientId) -> None:
    form = vault.own_forms.copy("session")
    vault.own_forms.keep(form)
    answers = {"date": dated(day(3)), "temperature_client": chosen("5"), "temperature_mine": chosen("4")}
    mine = write(vault, client, form, answers)
    session(vault.notebook, client, 0, "4")
    found = vault.notebook.temperature(client)
    assert [one.theirs.value for one in found] == [4, 5]
    assert found[1].entry == mine.id
    assert found[1].mine == Level(4)


def test_an_own_form_that_does_not_ask_for_mine_has_none(vault: OpenVault, client: ClientId) -> None:
    form = vault.own_forms.copy("session")
    base = vault.own_forms.base(form)
    assert base is not None
    fewer = own_form.hide(form, base, MINE)
    vault.own_forms.keep(fewer)
    write(vault, client, fewer, {"date": dated(day()), "temperature_client": chosen("5")})
    (only,) = vault.notebook.temperature(client)
    assert (only.theirs.value, only.mine_words) == (5, "")


def test_the_bin_holds_nothing_of_it(vault: OpenVault, client: ClientId) -> None:
    gone = session(vault.notebook, client, 0, "1")
    session(vault.notebook, client, 7, "4")
    vault.history.bin(gone)
    assert [one.theirs.value for one in vault.notebook.temperature(client)] == [4]
    vault.history.put_back(gone)
    assert [one.theirs.value for one in vault.notebook.temperature(client)] == [1, 4]


def test_moments_of_a_strain_are_told_and_reflections_are_not(vault: OpenVault, client: ClientId) -> None:
    notebook = vault.notebook
    session(notebook, client, 0, "4")
    notice = card(notebook, client, "notice", NOTICE)
    arc = notebook.write(notice).arc
    notebook.write(card(notebook, client, "acknowledge", {"my_part": chosen("a_words")}, arc=arc))
    notebook.write(card(notebook, client, "dialogue", SPOKE, arc=arc))
    found = notebook.temperature(client)
    assert [one.strain for one in found] == ["Noticed: “The corridor”", "Talked about: “The corridor”"]
    assert found[1].on == day(2)
    assert not found[1].session


def test_no_other_word_of_a_session_is_read(vault: OpenVault, client: ClientId) -> None:
    session(vault.notebook, client, 0, "4", body="heronsong", one_line="heronsong", checkin_went="heronsong")
    database = vault.notebook._store._database
    rows = database.rows(temperatures._NOTED, (client, '["session"]'))
    assert "heronsong" not in str(rows)
    whole = database.rows("SELECT answers FROM record_answer UNION ALL SELECT answers FROM private_answer")
    assert "heronsong" in str(whole), "the marker is there to be found"


def test_it_is_one_question_to_the_database_that_uses_an_index(vault: OpenVault, client: ClientId) -> None:
    asked: list[str] = []
    database = vault.notebook._store._database
    for number in range(6):
        session(vault.notebook, client, number, "4")
    database._connection.set_trace_callback(asked.append)
    vault.notebook._store.temperatures.of_client(client, ["session"])
    database._connection.set_trace_callback(None)
    assert len([one for one in asked if not one.startswith("--")]) == 1
    plan = str(database.rows(f"EXPLAIN QUERY PLAN {temperatures._NOTED}", (client, '["session"]')))
    assert "USING INDEX entry_of" in plan
    assert "SCAN entry" not in plan


@pytest.mark.parametrize("odd", ['"4"', "[4]", '{"ids": 4}', "7", "null"])
def test_an_odd_answer_in_the_vault_is_a_gap(vault: OpenVault, client: ClientId, odd: str) -> None:
    id = session(vault.notebook, client, 0, "4")
    store = vault.notebook._store
    with store.transaction():
        sql = "UPDATE record_answer SET answers = json_set(answers, '$.temperature_client', json(?)) WHERE entry = ?"
        store._database.run(sql, (odd, id))
    (only,) = vault.notebook.temperature(client)
    assert only.theirs == Level()


def test_the_days_are_those_of_the_notes(notebook: Notebook, client: ClientId) -> None:
    session(notebook, client, 7, "4")
    session(notebook, client, -7, "2")
    assert [one.on - day() for one in notebook.temperature(client)] == [datetime.timedelta(-7), datetime.timedelta(7)]
