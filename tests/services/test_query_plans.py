"""No interactive path reads a table of notes from end to end: each question finds its rows by an index."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from service_cases import ACKNOWLEDGE, NOTICE, card, day

from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.attention import _AT_ONCE
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.search import Sought

_QUESTION = re.compile(r"\s*(SELECT|WITH)\b")
_VALUE = re.compile(r"\?")
_NOTES = r"(main\.)?(entry|record_answer|private_answer|said|mine|latest)"
_FEW = r"USING (COVERING )?INDEX (entry_in_draft|draft_of_client)\b"
_SCAN = re.compile(rf"^SCAN {_NOTES}\b(?! {_FEW})")
"""A table of notes read from end to end, by one of the names that questions give it; of drafts there are few."""


@contextmanager
def asked(vault: OpenVault) -> Iterator[list[str]]:
    """Gather every statement that the database is asked meanwhile, with its values."""
    connection = vault._store._database._connection
    found: list[str] = []
    connection.set_trace_callback(found.append)
    try:
        yield found
    finally:
        connection.set_trace_callback(None)


def scans(vault: OpenVault, statements: list[str]) -> list[str]:
    """Return the statements that read a table of notes from end to end."""
    database = vault._store._database
    found = []
    for statement in dict.fromkeys(one for one in statements if _QUESTION.match(one)):
        values = [None] * len(_VALUE.findall(statement))
        plan = [str(row[3]) for row in database.rows(f"EXPLAIN QUERY PLAN {statement}", values)]
        if any(_SCAN.match(one) for one in plan):
            found.append(f"{statement}: {plan}")
    return found


@pytest.fixture
def begun(vault: OpenVault, client: ClientId) -> ClientId:
    """Dana, of whom there is a little of much."""
    write = vault.notebook.write
    arc = write(card(vault.notebook, client, "notice", NOTICE)).arc
    write(card(vault.notebook, client, "acknowledge", ACKNOWLEDGE, arc=arc))
    others: list[tuple[str, str, Answers]] = [
        ("session", "note", {"date": dated(day()), "attendance": chosen("attended")}),
        ("outreach", "try", {"tried_on": dated(day()), "response": chosen("not_now")}),
        ("concern", "concern", {"received_on": dated(day())}),
        ("closing", "closing", {"closed_on": dated(day())}),
    ]
    for form, name, answers in others:
        id = vault.notebook.new_entry()
        write(WriteCard(client=client, form=form, card=name, answers=answers, entry=id))
    return client


PATHS: dict[str, Callable[[OpenVault, ClientId], object]] = {
    "the first look": lambda vault, _: (vault.first_look(), vault.notebook.clients()),
    "today, nothing kept": lambda vault, _: vault.attention.cards(day()),
    "today, kept": lambda vault, _: (
        vault.attention.stories(),
        vault.attention.keep_some(),
        vault.attention.forget(),
        vault.attention.cards(day()),
    ),
    "today, read ahead": lambda vault, _: (list(vault.attention.getting_ready(day())), vault.attention.cards(day())),
    "a search": lambda vault, _: (vault.search.put_in(99), vault.search.find(Sought(typed="quiet"))),
    "today, after a write": lambda vault, client: (
        vault.attention.cards(day()),
        vault.notebook.write(card(vault.notebook, client, "note", {"one_line": "A note"})),
        vault.attention.cards(day()),
    ),
    "the caseload": lambda vault, _: vault.attention.caseload(day()),
    "reaching out": lambda vault, _: vault.outreach.all(),
    "the strains": lambda vault, _: vault.strains.all(),
    "the strains, after a write": lambda vault, client: (
        vault.strains.all(),
        vault.notebook.write(card(vault.notebook, client, "notice", NOTICE)),
        vault.strains.all(),
    ),
    "a client": lambda vault, client: (vault.notebook.client(client), vault.outreach.beside(client)),
    "a timeline": lambda vault, client: list(vault.notebook.timeline(client)),
    "a strain": lambda vault, client: [
        (vault.strains.entries(one.arc.id), vault.strains.history(one.arc.id), vault.strains.suggestion(one.arc.id))
        for one in vault.strains.of_client(client)
    ],
    "a note": lambda vault, client: [
        (vault.notebook.entry(one.id), vault.notebook.links_to(one.id), vault.notebook.addenda(one.id))
        for one in vault.notebook.entries(client)
    ],
    "what the finder finds": lambda vault, _: (vault.notebook.unfinished(200), vault.notebook.of_form("contact")),
    "the bin, which is looked into after each opening": lambda vault, _: (
        vault.history.binned(),
        vault.history.purge(),
    ),
    "saving": lambda vault, client: vault.notebook.write(card(vault.notebook, client, "note", {"one_line": "A note"})),
}


@pytest.mark.parametrize("path", PATHS)
def test_no_interactive_path_reads_all_notes(vault: OpenVault, begun: ClientId, path: str) -> None:
    vault.attention.believe(day())
    with asked(vault) as statements:
        PATHS[path](vault, begun)
    assert any(_QUESTION.match(one) for one in statements) or path == "the first look", "the control: it was asked"
    assert scans(vault, statements) == []


@pytest.mark.parametrize(
    "whole",
    [
        "SELECT * FROM entry WHERE card = 'note'",
        "SELECT said.answers FROM record_answer AS said WHERE json_extract(said.answers, '$.name') <> ''",
        "SELECT id FROM entry WHERE id IN (SELECT entry FROM private_answer WHERE answers LIKE '%a%')",
    ],
)
def test_a_question_that_reads_all_would_be_seen(vault: OpenVault, whole: str) -> None:
    """The control: these have no index."""
    with asked(vault) as statements:
        vault._store._database.rows(whole)
    assert len(scans(vault, statements)) == 1


@pytest.mark.usefixtures("begun")
def test_looking_for_notes_that_were_passed_by_reads_all_and_no_search_does_it(vault: OpenVault) -> None:
    """The control of "a search": it is done beside the work."""
    vault.search.put_in(99)
    for _ in vault.search._looks:
        pass
    with asked(vault) as statements:
        assert not vault.search.put_in()
    assert len(scans(vault, statements)) == 1


@pytest.mark.usefixtures("client")
def test_what_was_read_ahead_is_not_read_again(vault: OpenVault) -> None:
    for _ in range(_AT_ONCE):
        vault.notebook.add_client({"code": "C"})
    vault.attention.forget()
    assert vault.attention.is_slow()
    assert len(list(vault.attention.getting_ready(vault.notebook.today()))) > 10, "in more than a few steps"
    assert not vault.attention.is_slow()
    with asked(vault) as statements:
        cards = vault.attention.cards(vault.notebook.today())
    assert not [one for one in statements if "kept_story" in one or ("record_answer" in one and "IS NULL" not in one)]
    vault.attention.forget()
    with asked(vault) as statements:
        assert vault.attention.cards(vault.notebook.today()) == cards
    assert [one for one in statements if "kept_story" in one], "the control"


def test_a_few_are_read_at_once(vault: OpenVault) -> None:
    vault.attention.forget()
    assert not vault.attention.is_slow()


def test_what_comes_before_the_first_write_can_be_done_little_by_little(vault: OpenVault) -> None:
    steps = 0
    with asked(vault) as statements:
        while vault.prepare():
            assert len(statements) <= 40, "a few of them at a time"
            statements.clear()
            steps += 1
    assert steps > 5, "control: there was much to do"
    with asked(vault) as statements:
        vault.settings.keep_place({})
    assert not [one for one in statements if "TRIGGER" in one], "and the write waits for none of it"
