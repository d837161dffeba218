"""Answers of a wrong shape, links beyond a vault's ids, days at the ends of the calendar: everything still opens."""

import datetime
from collections.abc import Callable

import pytest
from service_cases import day

from alliance_desktop.domain.answers import Answer, Answers
from alliance_desktop.domain.entry import ClientId, Entry, EntryId
from alliance_desktop.domain.form import Card, Column, Form, Kind, Question
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard

JUNK: list[Answer] = [
    "a string",
    7,
    -5,
    1.5,
    True,
    {},
    [None],
    [-1],
    [True],
    [10**30],
    [2**63],
    [[["x"]]],
    ["x", 5, None],
    {"ids": "no list"},
    {"ids": [None, {"a": 1}], "text": None},
    {"text": ["x"]},
    {"on": None},
    {"on": 5},
    {"on": "2026-03-05", "about": ["x"]},
    {"on": "2026-03-05", "about": {"x": 1}},
    {"on": "99999-01-01", "about": ""},
    [{"name": None, "role": 5, "contact": "x"}],
    [{"name": "Al", "role": "parent", "contact": 2**63}],
    [{"preset": ["x"]}],
    [{"removed": "x"}],
    "25:99",
]
"""What no field of the program writes, and another program, or a later one, may have left in a vault."""

ENDS = [("9999-12-31", "0001-01-01"), ("0001-01-01", "9999-12-31"), ("9999-12-31", "9999-12-31")]


def cards(vault: OpenVault) -> list[tuple[Form, Card]]:
    newest = {one.id: vault.forms.current(one.id) for one in vault.forms.all() if one.id != "client"}
    return [(form, card) for form in newest.values() for card in form.cards]


def filled(vault: OpenVault, client: ClientId, answer: Callable[[int, Question], Answer]) -> list[EntryId]:
    """Write every card of every form with an answer to each of its questions."""
    written = []
    for form, card in cards(vault):
        answers: Answers = {one.key: answer(at, one) for at, one in enumerate(card.questions)}
        entry = vault.notebook.new_entry()
        who = None if form.about == "counsellor" else client
        vault.notebook.write(WriteCard(client=who, form=form.id, card=card.id, answers=answers, entry=entry))
        written.append(entry)
    return written


def everything_opens(vault: OpenVault, client: ClientId) -> None:
    """Ask for what the pages show: the client's, Today, outreach, supervision, strains, contacts and the bin."""
    today, book = vault.notebook.today(), vault.notebook
    book.timeline(client)
    assert all(book.title(one) for one in (*book.entries(client), *book.own_entries()))
    vault.attention.cards(today)
    vault.attention.caseload(today)
    vault.outreach.all()
    vault.outreach.of_client(client)
    vault.outreach.concerns(client)
    vault.outreach.near_dates(client)
    vault.outreach.old_strains(client)
    vault.outreach.pause(client)
    vault.supervision.to_bring(vault.supervision.agenda())
    vault.supervision.sessions()
    vault.supervision.hours(today - datetime.timedelta(days=400), today + datetime.timedelta(days=4000))
    vault.strains.all()
    vault.contacts.people("al")
    vault.contacts.resources("al")
    vault.closing.guard(client)
    vault.closing.kept(client)
    vault.closing.has_reason(client)
    vault.outreach.beside(client)


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_an_answer_of_a_wrong_shape_closes_no_page(vault: OpenVault, client: ClientId, junk: Answer) -> None:
    written = filled(vault, client, lambda _at, _question: junk)
    everything_opens(vault, client)
    vault.history.bin(*written)
    assert len(vault.history.binned()) == len(written)
    everything_opens(vault, client)
    vault.history.put_back(*written)
    vault.history.bin(*written)
    vault.history.remove(*written)
    assert vault.history.binned() == []


def test_what_is_whole_in_an_answer_of_a_wrong_shape_is_still_told(vault: OpenVault, client: ClientId) -> None:
    session = vault.notebook.new_entry()
    answers: Answers = {"body": "She came.", "date": {"on": day().isoformat(), "about": ["x"]}}
    vault.notebook.write(WriteCard(client=client, form="session", card="note", answers=answers, entry=session))
    (row,) = vault.notebook.timeline(client)
    assert row.on == day()
    assert row.text == "She came."


@pytest.mark.parametrize("ends", ENDS)
def test_days_at_the_ends_of_the_calendar_close_no_page(
    vault: OpenVault, client: ClientId, ends: tuple[str, str]
) -> None:
    def dates(at: int, question: Question) -> Answer:
        def cell(column: Column) -> Answer:
            return {"on": ends[at % 2], "about": ""} if column.kind == "date" else "x"

        if question.kind is Kind.DATE:
            return {"on": ends[at % 2], "about": "month"}
        if question.kind is Kind.ROWS:
            return [{one.key: cell(one) for one in question.columns} | {"yearly": True}]
        return True if question.kind is Kind.TICK else None

    written = filled(vault, client, dates)
    everything_opens(vault, client)
    found: list[Entry] = [vault.notebook.entry(one) for one in written]
    assert {one.happened_on.year for one in found} & {1, 9999}


@pytest.mark.parametrize("target", [10**30, 2**63, 0, -1, True])
def test_a_link_beyond_the_ids_of_a_vault_leads_nowhere(vault: OpenVault, client: ClientId, target: int) -> None:
    entry = vault.notebook.new_entry()
    for form, card in cards(vault):
        for question in card.questions:
            if question.kind in {Kind.LINK, Kind.CONTACTS}:
                answers: Answers = {question.key: [target, {"contact": target}]}
                who = None if form.about == "counsellor" else client
                entry = vault.notebook.new_entry()
                vault.notebook.write(WriteCard(client=who, form=form.id, card=card.id, answers=answers, entry=entry))
                assert vault.notebook.entry(entry).answers == answers
    assert vault.notebook.links_to(entry) == []
