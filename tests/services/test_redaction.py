"""Reasons that name somebody are taken out like any text, and copies in other notes of the client are named."""

import msgspec
import pytest
from service_cases import NOTICE, Clock, card

from alliance_desktop.domain.entry import ClientId, PutOff
from alliance_desktop.domain.rupture import Status
from alliance_desktop.domain.whys import About
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import Notebook

NAMED = "Her sister Ottilie said so"


def test_reasons_about_an_entry_and_its_strain_are_emptied_and_their_history_stays(
    vault: OpenVault, client: ClientId, clock: Clock, notebook: Notebook
) -> None:
    strain = notebook.write(card(notebook, client, "notice", NOTICE))
    assert strain.entry is not None
    assert strain.arc is not None
    vault.strains.set_status(strain.arc, Status.ENDED_UNREPAIRED, notebook.today(), f"{NAMED} one")
    store = notebook._store
    with store.transaction():
        for id, subject, why in ((7, strain.entry, "two"), (8, strain.arc, "three"), (9, 12345, "of others")):
            at = clock()
            store.put_offs.add(PutOff(id=id, client=client, rule="r", subject=subject, at=at, why=f"{NAMED} {why}"))
    vault.history.redact(strain.entry, ["name"], [], f"{NAMED} four")
    before = [one.became for one in store.arcs.events(strain.arc)]
    whys = vault.history.whys(strain.entry)
    assert [one.about for one in whys] == [About.STATUS, About.REMINDER, About.REMINDER, About.REMOVAL]
    vault.history.redact(strain.entry, [], [], "Names", whys=whys)
    assert [one.words for one in vault.history.whys(strain.entry)] == ["Names"]
    assert [one.became for one in store.arcs.events(strain.arc)] == before
    assert [one.why for one in store.put_offs.all()] == ["", "", f"{NAMED} of others"]
    assert [one.why for one in vault.history.removals(strain.entry)] == ["", "Names"]


def test_a_note_outside_a_strain_has_no_reasons_of_others(
    vault: OpenVault, client: ClientId, notebook: Notebook
) -> None:
    strain = notebook.write(card(notebook, client, "notice", NOTICE))
    assert strain.arc is not None
    vault.strains.set_status(strain.arc, Status.ENDED_UNREPAIRED, notebook.today(), NAMED)
    note = notebook.write(card(notebook, client, "note", {"body": "Words"})).entry
    assert note is not None
    assert vault.history.whys(note) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [(f"Then: {NAMED.upper()}  ", True), ("her sister\nottilie said so", True), ("Her sister", False)],
)
def test_other_notes_with_the_same_words_are_found(
    vault: OpenVault, client: ClientId, clock: Clock, notebook: Notebook, said: str, found: bool
) -> None:
    other = notebook.add_client({"code": "O-1"}).client
    assert other is not None
    first = notebook.write(card(notebook, client, "note", {"body": NAMED})).entry
    second = notebook.write(card(notebook, client, "note", {"one_line": said})).entry
    notebook.write(card(notebook, other, "note", {"body": said}))
    assert first is not None
    assert second is not None
    assert vault.history.copies(first, [NAMED, "Short", ""]) == ([second] if found else [])
    clock.move(minutes=6)
    notebook.write(card(notebook, client, "note", {"one_line": "Else"}, entry=second))
    assert vault.history.copies(first, [NAMED]) == ([second] if found else []), "in an earlier version"
    third = notebook.write(card(notebook, client, "note", {"body": "x"})).entry
    assert third is not None
    notebook.finish(third)
    notebook.amend(third, said)
    assert vault.history.copies(first, [NAMED]) == ([second, third] if found else []), "in an addition"


def test_exact_words_of_a_concern_stand_in_no_title(vault: OpenVault, client: ClientId, notebook: Notebook) -> None:
    concern = notebook.new_entry()
    answers = {"exact_words": f"{NAMED} exactly", "learned_on": NOTICE["noticed_on"]}
    form = notebook.forms.current("safeguarding")
    assert form.drawer
    written = card(notebook, client, "concern", answers, entry=concern)
    notebook.write(msgspec.structs.replace(written, form="safeguarding"))
    vault.history.bin(concern)
    (away,) = vault.history.binned()
    assert "Ottilie" not in away.title
    assert "Ottilie" not in notebook.title(notebook.entry(concern))
