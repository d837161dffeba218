"""The sharing ledger: a line is whole or not there, stands on the note, and is frozen from the start."""

import pytest
from service_cases import ACKNOWLEDGE, NOTICE, card, day, files_no_longer_than

from alliance_desktop.domain import disclosing
from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.audience import Document, Part
from alliance_desktop.domain.entry import ClientId, EntryId, State
from alliance_desktop.domain.errors import FinishedError, KnownError, ReadOnlyError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.ledger import begin_with
from alliance_desktop.services.notebook import Notebook, WriteCard


@pytest.fixture
def notice(notebook: Notebook, client: ClientId) -> EntryId:
    entry = notebook.write(card(notebook, client, "notice", NOTICE)).entry
    assert entry is not None
    return entry


def shown_to(vault: OpenVault, client: ClientId, notice: EntryId, whom: str = "Ms Lin") -> EntryId:
    line = vault.ledger.note(
        client, [notice], to_whom=f" {whom} ", why="She asked.", how="printed", what="My repair plan"
    ).entry
    assert line is not None
    return line


def test_a_line_says_when_to_whom_why_and_how(vault: OpenVault, client: ClientId, notice: EntryId) -> None:
    line = shown_to(vault, client, notice)
    (told,) = vault.ledger.of(notice)
    assert (told.entry, told.to_whom, told.why, told.how) == (line, "Ms Lin", "She asked.", "printed")
    assert told.said() == "Printed on 5 March 2026 for Ms Lin: She asked."
    assert told.said(lambda words: f"<{words}>") == "Printed on 5 March 2026 for <Ms Lin>: <She asked.>"
    assert [one.id for one in vault.notebook.links_to(notice)] == [line]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("exported", "Saved as a file on 5 March 2026 for Ms Lin: She asked."),
        ("shown", "Shown on 5 March 2026 to Ms Lin: She asked."),
        ("read_aloud", "Read aloud on 5 March 2026 to Ms Lin: She asked."),
        ("other", "Shown on 5 March 2026 to Ms Lin: She asked."),
    ],
)
def test_each_way_of_showing_has_its_words(
    vault: OpenVault, client: ClientId, notice: EntryId, how: str, said: str
) -> None:
    vault.ledger.note(client, [notice], to_whom="Ms Lin", why="She asked.", how=how, what="")
    assert vault.ledger.of(notice)[0].said() == said


def test_what_stays_with_oneself_says_so(vault: OpenVault, notice: EntryId) -> None:
    mine = {"to_whom": disclosing.MYSELF, "why": disclosing.FOR_MYSELF}
    vault.ledger.note(None, [notice], how="printed", what="My repair plan", **mine)
    assert vault.ledger.of(notice)[0].said() == "Printed on 5 March 2026 for my own use"


def test_a_line_is_frozen_from_the_start(vault: OpenVault, client: ClientId, notice: EntryId) -> None:
    line = shown_to(vault, client, notice)
    entry = vault.notebook.entry(line)
    assert (entry.state, entry.form, entry.client) == (State.FINISHED, "disclosure", client)
    changed = WriteCard(client=client, form="disclosure", card="disclosure", answers={}, entry=line)
    with pytest.raises(FinishedError):
        vault.notebook.write(changed)


@pytest.mark.parametrize(("whom", "why"), [("", "She asked."), ("Ms Lin", " "), (" \n", "x")])
def test_a_line_needs_a_person_and_a_reason(vault: OpenVault, notice: EntryId, whom: str, why: str) -> None:
    with pytest.raises(ValueError, match="a person and a reason"):
        vault.ledger.note(None, [notice], to_whom=whom, why=why, how="printed", what="")
    assert vault.ledger.of(notice) == []


def test_a_full_disk_leaves_no_half_line(vault: OpenVault, client: ClientId, notice: EntryId) -> None:
    with files_no_longer_than(4096), pytest.raises(KnownError):
        shown_to(vault, client, notice)
    assert vault.ledger.of(notice) == []
    shown_to(vault, client, notice)
    assert len(vault.ledger.of(notice)) == 1, "control: with room it is written"


def test_a_vault_to_read_takes_no_line(
    vault: OpenVault, access: Access, secrets: Secrets, client: ClientId, notice: EntryId
) -> None:
    vault.close()
    reading = access.open(vault.folder, secrets, read_only=True)
    with pytest.raises(ReadOnlyError):
        shown_to(reading, client, notice)
    reading.close()


def test_a_line_of_what_was_not_shown_after_all_is_taken_back(
    vault: OpenVault, client: ClientId, notice: EntryId
) -> None:
    kept, gone = shown_to(vault, client, notice), shown_to(vault, client, notice, "Mr Ode")
    vault.ledger.take_back(gone)
    assert [one.entry for one in vault.ledger.of(notice)] == [kept]
    with pytest.raises(KeyError):
        vault.notebook.entry(gone)


def test_nothing_but_a_line_is_taken_back(vault: OpenVault, notice: EntryId) -> None:
    with pytest.raises(ValueError, match="no line"):
        vault.ledger.take_back(notice)
    assert vault.notebook.entry(notice).answers["name"] == "The corridor"


def test_lines_about_several_notes_come_once_and_by_date(vault: OpenVault, client: ClientId, notice: EntryId) -> None:
    other = vault.notebook.write(card(vault.notebook, client, "note", {"happened": "We spoke."})).entry
    assert other is not None
    whom = {"why": "For the meeting.", "how": "shown", "what": ""}
    vault.ledger.note(client, [notice, other, notice], to_whom="late", on=day(2), **whom)
    vault.ledger.note(client, [other], to_whom="early", on=day(-3), **whom)
    assert [one.to_whom for one in vault.ledger.of(notice, other)] == ["early", "late"]
    assert vault.notebook.entry(vault.ledger.of(notice)[0].entry).answers["notes"] == [notice, other]


def test_a_link_to_a_line_is_not_a_line_about_it(vault: OpenVault, client: ClientId, notice: EntryId) -> None:
    line = shown_to(vault, client, notice)
    assert vault.ledger.of(line) == []


# -- what is private ----------------------------------------------------------------------------------------------


def test_a_repair_plan_is_private_by_what_it_may_show(vault: OpenVault, client: ClientId, notice: EntryId) -> None:
    book = vault.notebook
    arc = book.entry(notice).arc
    assert arc is not None
    reflected = book.write(card(book, client, "acknowledge", ACKNOWLEDGE, arc=arc)).entry
    agreed = book.write(card(book, client, "repair", {"understood": "We met late."}, arc=arc)).entry
    entries, of = book.arc_entries(arc), vault.forms.of
    told = disclosing.private_on(Document.REPAIR_PLAN, entries, of)
    assert {one.id for one in told} == {notice, reflected}
    assert disclosing.private_on(Document.CLIENT_PLAN, entries, of) == []
    assert agreed is not None
    book.finish(agreed)
    book.amend(agreed, "I was tired.", private=True)
    told = disclosing.private_on(Document.REPAIR_PLAN, entries, of, book.addenda(agreed), frozenset(Part))
    assert agreed in {one.id for one in told}, "an addition of one's own prints as well"


def test_an_entry_is_private_by_its_answers_or_an_addition(vault: OpenVault, client: ClientId, notice: EntryId) -> None:
    book = vault.notebook
    note = book.write(card(book, client, "note", {"attendance": chosen("attended")})).entry
    assert note is not None
    assert vault.ledger.is_private(book.entry(notice))
    assert not vault.ledger.is_private(book.entry(note))
    book.finish(note)
    book.amend(note, "Not for the record.", private=True)
    assert vault.ledger.is_private(book.entry(note))


def test_a_line_begins_with_what_was_shown(notice: EntryId) -> None:
    assert begin_with([notice]) == {"notes": [notice], "how": chosen("shown")}
