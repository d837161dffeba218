"""What a search finds of every kind of note, whose it is, where it stands, and how much of the vault it covers."""

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from service_cases import CHEAP, Clock, day, files_no_longer_than

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.errors import DiskFullError
from alliance_desktop.domain.opening_errors import WrongIndexError
from alliance_desktop.domain.search.asking import MOST as MOST_ASKED
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.notebook import Notebook, WriteCard
from alliance_desktop.services.search import BEFORE_A_SEARCH, DETAILS, IN_DRAWER, MUCH, OWN, Found, Sought
from alliance_desktop.storage import search_parts
from alliance_desktop.storage.verifying import verify
from alliance_desktop.ui.search_page import ONLY_FIRST, _said


def write(notebook: Notebook, form: str, client: ClientId | None, **answers: Any) -> EntryId:
    id = notebook.new_entry()
    card = notebook.forms.current(form).cards[0].id
    notebook.write(WriteCard(client=client, form=form, card=card, answers=answers, entry=id))
    return id


def find(vault: OpenVault, typed: str, **more: Any) -> Found:
    return vault.search.find(Sought(typed=typed, **more))


def told(found: Found) -> list[tuple[str, str, str]]:
    """Return whose, which question, and the marked words of each hit."""
    return [(one.who, one.where, marked(one.snippet)) for one in found.hits]


def marked(snippet: Any) -> str:
    return "|".join(snippet.text[start:end] for start, end in snippet.marks)


def test_hits_stand_under_their_client_the_newest_first(vault: OpenVault, notebook: Notebook, client: ClientId) -> None:
    mika = notebook.add_client({"code": "M-7", "called": "Mika"}).client
    for whose, after in ((client, 1), (mika, 5), (client, 3), (mika, 2)):
        write(notebook, "session", whose, body="About the harbour", date=dated(day(after)))
    hits = find(vault, "harbour").hits
    assert [(one.who, one.on) for one in hits] == [
        ("Mika", day(5)),
        ("Mika", day(2)),
        ("Dana", day(3)),
        ("Dana", day(1)),
    ]
    assert [one.who for one in find(vault, "dana").hits] == ["Dana"]
    assert [(one.kind, one.day) for one in find(vault, "dana").hits] == [(DETAILS, "")], "as they are today"
    assert find(vault, "d-34").hits[0].subject.client == client


def test_labels_of_options_rows_and_people_are_found_and_ids_and_days_are_not(
    vault: OpenVault, notebook: Notebook, client: ClientId
) -> None:
    write(
        notebook,
        "rupture",
        client,
        name="The corridor",
        signs_away=chosen("w_minimal", text="one word each"),
        noticed_on=dated(day()),
    )
    assert [one[2] for one in told(find(vault, "one word each", private=True))] == ["one|word|each"]
    (hit,) = find(vault, "very short answers", private=True).hits
    assert marked(hit.snippet) == "Very|short|answers"
    assert find(vault, "minimal", private=True).hits == ()
    assert find(vault, "2026", private=True).hits == ()


def test_private_questions_are_found_only_when_asked_and_never_shown_else(
    vault: OpenVault, notebook: Notebook, client: ClientId
) -> None:
    write(notebook, "session", client, body="A quiet hour", for_me_only="A zebra in my mind, quiet as well")
    assert find(vault, "zebra").hits == ()
    (hit,) = find(vault, "zebra", private=True).hits
    assert (hit.private, marked(hit.snippet)) == (True, "zebra")
    (hit,) = find(vault, "quiet").hits
    assert (hit.private, hit.key) == (False, "body")
    assert find(vault, "zebra hour").hits == ()
    assert len(find(vault, "zebra hour", private=True).hits) == 1


def test_a_private_answer_that_holds_more_of_it_together_is_not_the_one_shown(
    vault: OpenVault, notebook: Notebook, client: ClientId
) -> None:
    far = " and so on" * 100
    write(notebook, "session", client, body=f"A quiet pond{far} of an hour", for_me_only="A quiet hour of my own")
    (hit,) = find(vault, "quiet hour").hits
    assert (hit.private, hit.key, marked(hit.snippet)) == (False, "body", "quiet")
    assert "my own" not in str(hit)
    (hit,) = find(vault, "quiet hour", private=True).hits
    assert (hit.private, marked(hit.snippet)) == (True, "quiet|hour")


def test_the_counsellors_own_the_drawer_and_what_was_added(
    vault: OpenVault, notebook: Notebook, client: ClientId
) -> None:
    write(notebook, "contact", None, name="A. Lindqvist", relation="Her heron teacher")
    concern = write(notebook, "safeguarding", client, exact_words="The heron pond", learned_on=dated(day()))
    session = write(notebook, "session", client, body="Nothing of it", date=dated(day()))
    notebook.finish(session)
    notebook.amend(session, "The heron came later.")
    notebook.amend(session, "A heron for me alone.", private=True)
    hits = {one.kind: one for one in find(vault, "heron").hits}
    assert hits["Session"].where == "Added later"
    assert marked(hits["Session"].snippet) == "heron"
    assert [one.who for one in hits.values() if one.client is None] == [OWN]
    (drawer,) = [one for one in hits.values() if one.in_drawer]
    assert drawer.subject.entry == concern
    assert drawer.snippet == (IN_DRAWER, ())
    assert "pond" not in str(drawer)
    assert find(vault, '"for me alone"').hits == ()
    assert find(vault, '"for me alone"', private=True).hits[0].private


def test_kinds_take_in_copies_of_a_form_and_days_hold(vault: OpenVault, notebook: Notebook, client: ClientId) -> None:
    write(notebook, "session", client, body="a kite", date=dated(day(1)))
    write(notebook, "life_event", client, what="a kite", on=dated(day(4)))
    assert len(find(vault, "kite").hits) == 2
    assert [one.kind for one in find(vault, "kite", kinds=("session",)).hits] == ["Session"]
    assert find(vault, "kite", kinds=("client",)).hits == ()
    assert [one.on for one in find(vault, "kite", last=day(2)).hits] == [day(1)]
    offered = {one.id: one.title for one in vault.search.kinds()}
    assert offered["client"] == "Details of clients"
    assert {"session", "rupture", "contact"} <= offered.keys()
    assert all(offered.values())


def test_nothing_is_asked_of_nothing_and_one_letter_is_too_short(vault: OpenVault) -> None:
    assert find(vault, "") == Found()
    assert find(vault, "q").too_short


def test_it_says_how_much_it_covers_until_all_is_made_ready(
    vault: OpenVault, notebook: Notebook, client: ClientId
) -> None:
    for at in range(BEFORE_A_SEARCH + 20):
        write(notebook, "session", client, body=f"kite {at}")
    found = find(vault, "kite")
    assert 0 < found.covered < found.all == BEFORE_A_SEARCH + 21
    while vault.search.put_in():
        pass
    found = find(vault, "kite")
    assert found.covered == found.all
    assert (len(found.hits), found.beyond is not None) == (50, True)


def test_the_index_is_merged_after_much_was_put_in_and_not_before(
    vault: OpenVault, notebook: Notebook, client: ClientId
) -> None:
    write(notebook, "session", client, body="a kite")
    vault.search.put_in()
    assert not vault.search.tidy()
    for at in range(MUCH):
        write(notebook, "session", client, body="kite " + " ".join(f"{at}w{one}" for one in range(250)))
    while vault.search.put_in():
        pass
    assert vault.search.tidy()
    while vault.search.tidy():
        pass
    assert not vault.search.tidy()
    assert search_parts.hold(vault._store._database), "what was merged, much at once, has its print"
    assert len(find(vault, "kite").hits) == 50


def test_a_full_disk_and_a_vault_only_read_are_searched_all_the_same(
    vault: OpenVault, notebook: Notebook, client: ClientId, access: Access, folder: Path, secrets: Secrets
) -> None:
    write(notebook, "session", client, body="a kite")
    assert len(find(vault, "kite").hits) == 1
    write(notebook, "session", client, body="a second kite")
    with files_no_longer_than(0):
        found = find(vault, "kite")
    assert len(found.hits) >= 1
    vault.close()
    opened = access.open(folder, secrets, read_only=True)
    assert len(find(opened, "kite").hits) == 2
    opened.close()


def test_a_note_of_a_newer_program_is_no_hit_and_breaks_nothing(
    vault: OpenVault, notebook: Notebook, client: ClientId
) -> None:
    id = write(notebook, "session", client, body="a kite")
    store = vault._store
    with store.transaction():
        store._database.run("UPDATE entry SET form_version = 999 WHERE id = ?", (id,))
    assert find(vault, "kite").hits == ()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_note_of_a_newer_program_is_found_once_the_program_is_as_new(
    vault: OpenVault,
    notebook: Notebook,
    client: ClientId,
    access: Access,
    folder: Path,
    secrets: Secrets,
    forms: Forms,
    read_only: bool,
) -> None:
    id = write(notebook, "session", client, body="a kite")
    store = vault._store
    with store.transaction():
        store._database.run("UPDATE entry SET form_version = 999 WHERE id = ?", (id,))
    assert find(vault, "kite").hits == ()
    while vault.search.put_in():
        pass
    writes = store.writes
    assert not vault.search.put_in()
    assert (store.writes, vault.search.count_due()) == (writes, 0), "it is not tried again and again"
    vault.close()
    newer = msgspec.structs.replace(forms.current("session"), version=999)
    later = Access(Forms([*forms.all(), newer]), Clock(), os.urandom, CHEAP)
    opened = later.open(folder, secrets, read_only=read_only)
    while opened.search.put_in():
        pass
    assert [one.subject.entry for one in find(opened, "kite").hits] == [id]
    opened.close()


def test_a_damaged_index_is_begun_anew_and_a_note_that_cannot_be_read_keeps_no_other_back(
    vault: OpenVault, notebook: Notebook, client: ClientId
) -> None:
    first = write(notebook, "session", client, body="a kite")
    assert len(find(vault, "kite").hits) == 1
    store = vault._store
    with store._database.transaction(counted=False):
        store._database.run("UPDATE search_index_data SET block = x'00ff00ff'")
    found = find(vault, "kite")
    assert len(find(vault, "kite").hits) == 1, found
    second = write(notebook, "session", client, body="a second kite")
    with store.transaction():
        store._database.run("UPDATE record_answer SET answers = '{' WHERE entry = ?", (first,))
    assert [one.subject.entry for one in find(vault, "kite").hits] == [second]
    assert vault.search.count_due() == 0


@pytest.mark.parametrize("disk_refuses", [False, True])
def test_an_index_that_lacks_notes_is_begun_anew_beside_the_work_and_how_far_it_is_is_said(
    vault: OpenVault,
    notebook: Notebook,
    client: ClientId,
    access: Access,
    folder: Path,
    secrets: Secrets,
    monkeypatch: pytest.MonkeyPatch,
    disk_refuses: bool,
) -> None:
    write(notebook, "session", client, body="a kite")
    while vault.search.put_in():
        pass
    with vault._store._database.transaction(counted=False):
        vault._store._database.run("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    vault.close()
    opened = access.open(folder, secrets)
    rows = opened._store.search
    assert find(opened, "kite").hits == (), "the control: the search itself does not see it"

    def refused() -> None:
        raise DiskFullError

    with monkeypatch.context() as patch:
        if disk_refuses:
            patch.setattr(rows, "begin_anew", refused)
            with pytest.raises(DiskFullError):
                all(opened.search.put_in() for _ in range(9))
    while not rows.count_due():
        assert opened.search.put_in()
    assert (rows.count_due(), rows.count_covered()) == (2, 0), "the page says how far it is by these"
    while opened.search.put_in():
        pass
    assert len(find(opened, "kite").hits) == 1
    opened.close()


@pytest.mark.parametrize("read_only", [False, True])
def test_an_index_with_other_words_than_were_put_in_is_begun_anew_as_a_full_check_says(
    vault: OpenVault,
    notebook: Notebook,
    client: ClientId,
    access: Access,
    folder: Path,
    secrets: Secrets,
    read_only: bool,
) -> None:
    write(notebook, "session", client, body="a kite")
    while vault.search.put_in():
        pass
    other = "CAST(replace(CAST(block AS TEXT), 'kite', 'kate') AS BLOB)"
    with vault._store._database.transaction(counted=False):
        vault._store._database.run(f"UPDATE search_index_data SET block = {other} WHERE id > 10")
    vault.close()
    with pytest.raises(WrongIndexError):
        verify(folder, secrets)
    opened = access.open(folder, secrets, read_only=read_only)
    assert find(opened, "kite").hits == (), "the control: the search itself does not see it"
    while opened.search.put_in():
        pass
    assert len(find(opened, "kite").hits) == 1
    opened.close()
    if not read_only:
        verify(folder, secrets)


@pytest.mark.parametrize("some", ["", "WHERE id > 10"])
def test_a_damaged_index_hides_nothing_in_a_vault_that_is_only_read(
    vault: OpenVault, notebook: Notebook, client: ClientId, access: Access, folder: Path, secrets: Secrets, some: str
) -> None:
    write(notebook, "session", client, body="a kite")
    while vault.search.put_in():
        pass
    with vault._store._database.transaction(counted=False):
        vault._store._database.run(f"UPDATE search_index_data SET block = x'00ff00ff' {some}")
    vault.close()
    opened = access.open(folder, secrets, read_only=True)
    first = find(opened, "kite")
    assert first.hits or first.covered < first.all
    while opened.search.put_in():
        pass
    assert len(find(opened, "kite").hits) == 1
    opened.close()


def test_of_a_pasted_page_only_the_first_words_are_looked_for_and_that_is_said(
    vault: OpenVault, notebook: Notebook, client: ClientId
) -> None:
    page = [f"w{one}" for one in range(200)]
    write(notebook, "session", client, body=" ".join(page[:MOST_ASKED]))
    found = find(vault, " ".join(page))
    assert (len(found.hits), found.left_out) == (1, True)
    assert ONLY_FIRST in _said(found, found.hits, Sought(typed="", private=True), turned=False)
    found = find(vault, " ".join(page[:MOST_ASKED]))
    assert (len(found.hits), found.left_out) == (1, False)
    assert ONLY_FIRST not in _said(found, found.hits, Sought(typed="", private=True), turned=False)
