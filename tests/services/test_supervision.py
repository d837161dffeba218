"""The agenda over all clients in its three orders, what may be brought, and the hours of a period."""

import datetime
import os
from typing import Any

import msgspec
import pytest
from service_cases import CHEAP, Clock, card, day

from alliance_desktop.domain.agenda import ItemKind
from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.entry import ArcId, ClientId, EntryId
from alliance_desktop.domain.form import Kind
from alliance_desktop.domain.periods import Span, days_of, spent
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.supervision import Order


def strain(vault: OpenVault, client: ClientId, name: str, on: int, supervision: str = "") -> ArcId:
    """Write a strain noticed on a day, perhaps to be taken to supervision."""
    book = vault.notebook
    arc = book.write(card(book, client, "notice", {"noticed_on": dated(day(on)), "name": name})).arc
    assert arc is not None
    if supervision:
        answers = {"reflected_on": dated(day(on)), "supervision": chosen(supervision)}
        book.write(card(book, client, "acknowledge", answers, arc=arc))
    return arc


def write(vault: OpenVault, form: str, name: str, client: ClientId | None = None, **answers: Any) -> EntryId:
    entry = vault.notebook.new_entry()
    vault.notebook.write(WriteCard(client=client, form=form, card=name, answers=answers, entry=entry))
    return entry


def session(vault: OpenVault, on: int, minutes: int | None = None, kind: str = "", **more: Any) -> EntryId:
    answers = {"on": dated(day(on)), "brought_words": "The corridor", **more}
    answers |= {"minutes": minutes} if minutes is not None else {}
    answers |= {"kind": chosen(kind)} if kind else {}
    return write(vault, "supervision", "session", **answers)


@pytest.fixture
def three(vault: OpenVault, client: ClientId) -> OpenVault:
    """Three strains of two clients: Dana (D-34) has "early" and "late", a client without a code has "asked"."""
    other = vault.notebook.add_client({"called": "Avi"}).client
    assert other is not None
    strain(vault, client, "late", -2)
    strain(vault, client, "early", -30)
    strain(vault, other, "asked", -1, "before")
    return vault


def heads(vault: OpenVault) -> list[str]:
    return [one.words.split("”")[0].lstrip("“") for one in vault.supervision.agenda()]


def test_what_was_asked_for_comes_first_then_what_waits_longest(three: OpenVault) -> None:
    assert heads(three) == ["asked", "early", "late"]
    first = three.supervision.agenda()[0]
    assert first.kind is ItemKind.BEFORE
    assert three.supervision.whose(first) == "Avi", "no code is noted"
    assert three.supervision.whose(three.supervision.agenda()[1]) == "D-34", "the code, not the name"


def test_the_agenda_can_be_sorted_by_code_and_by_hand(three: OpenVault) -> None:
    desk = three.supervision
    desk.sort(Order.CODE)
    assert heads(three) == ["asked", "early", "late"], "Avi comes before D-34"
    desk.move(desk.agenda()[2], -1)
    assert (heads(three), desk.order()) == (["asked", "late", "early"], Order.OWN)
    desk.move(desk.agenda()[0], 9)
    assert heads(three) == ["late", "early", "asked"], "no further than the end"
    desk.sort(Order.WAITING)
    assert heads(three) == ["asked", "early", "late"]
    desk.sort(Order.OWN)
    assert heads(three) == ["late", "early", "asked"], "the order made by hand is taken up again"


def test_what_is_new_comes_last_in_an_own_order(three: OpenVault, client: ClientId) -> None:
    desk = three.supervision
    desk.move(desk.agenda()[0], 1)
    strain(three, client, "new", 0, "before")
    assert heads(three) == ["early", "asked", "late", "new"]


def test_an_order_that_makes_no_sense_is_the_usual_one(three: OpenVault) -> None:
    store = three._store
    with store.transaction():
        store.settings.put("supervision agenda", {"order": "sideways", "keys": 7})
    assert three.supervision.order() is Order.WAITING
    assert heads(three) == ["asked", "early", "late"]


def test_the_own_order_lies_in_the_vault(three: OpenVault, access: Access, forms: Forms) -> None:
    three.supervision.move(three.supervision.agenda()[2], -2)
    folder = three.folder
    three.close()
    again = Access(forms, Clock(), os.urandom, CHEAP)
    opened = again.open(folder, again.unlock(folder, "the kettle sings at four"))
    assert heads(opened) == ["late", "asked", "early"]
    opened.close()


def test_bringing_links_the_entries_and_names_codes_only(three: OpenVault) -> None:
    desk = three.supervision
    items = desk.agenda()
    begun = desk.to_bring(items)
    assert begun == {"brought": [one.entry for one in items], "clients": "D-34"}
    told = session(three, 0, **begun)
    assert [one.id for one in desk.brought(told)] == begun["brought"]
    assert "asked" in heads(three), "it is still open"
    assert {one.kind for one in desk.agenda()} == {ItemKind.STRAIN}
    assert all(one.brought_on == day() for one in desk.agenda())
    assert [one.id for one in three.notebook.links_to(begun["brought"][0])] == [told], "it shows on the strain"


def test_codes_stop_where_the_line_is_full(vault: OpenVault) -> None:
    for at in range(30):
        id = vault.notebook.add_client({"code": f"CODE-{at:03}", "called": "Somebody"}).client
        assert id is not None
        strain(vault, id, f"strain {at}", -at)
    clients = vault.supervision.to_bring(vault.supervision.agenda())["clients"]
    assert len(clients) <= 120
    assert all(len(one) == 8 for one in clients.split(", ")), "no code is cut"


def test_what_is_in_the_bin_or_gone_is_not_among_what_was_brought(three: OpenVault) -> None:
    entries = [one.entry for one in three.supervision.agenda()]
    told = session(three, 0, brought=[*entries, 12345])
    assert entries[0] is not None
    three.history.bin(entries[0])
    assert [one.id for one in three.supervision.brought(told)] == entries[1:]


# -- the drawer ---------------------------------------------------------------------------------------------------


@pytest.fixture
def concern(vault: OpenVault, client: ClientId) -> EntryId:
    """A safeguarding concern, which lies in a drawer of its own."""
    words = {"exact_words": "heronsong", "learned_on": dated(day()), "told": [{"name": "heronsong"}]}
    return write(vault, "safeguarding", "concern", client, **words)


def test_a_safeguarding_concern_is_never_on_the_agenda(three: OpenVault, concern: EntryId) -> None:
    told = three.supervision.agenda()
    assert len(told) == 3
    assert all(one.entry != concern for one in told)
    assert "heronsong" not in repr(told)


def test_a_safeguarding_concern_cannot_be_brought(three: OpenVault, concern: EntryId) -> None:
    desk = three.supervision
    item = msgspec.structs.replace(desk.agenda()[0], entry=concern)
    assert not desk.can_bring(concern)
    assert desk.to_bring([item, *desk.agenda()])["brought"] == [one.entry for one in desk.agenda()]
    assert all(desk.can_bring(one.entry) for one in desk.agenda() if one.entry), "control: the others can"


def test_a_link_into_the_drawer_is_never_written(vault: OpenVault, client: ClientId, concern: EntryId) -> None:
    told = strain(vault, client, "open", -3)
    notice = vault.notebook.arc_entries(told)[0].id
    entry = session(vault, 0, brought=[concern, notice, 12345], feeds_back=[concern])
    answers = vault.notebook.entry(entry).answers
    assert (answers["brought"], answers["feeds_back"]) == ([notice, 12345], [])
    assert vault.notebook.links_to(concern) == []
    follow_up = write(vault, "safeguarding", "follow_up", client, concern=[concern], what="I asked again.")
    assert [one.id for one in vault.notebook.links_to(concern)] == [follow_up], "control: the drawer's own page may"


def test_a_link_into_the_drawer_that_is_stored_all_the_same_is_not_among_what_was_brought(
    three: OpenVault, concern: EntryId
) -> None:
    brought = [one.entry for one in three.supervision.agenda() if one.entry is not None]
    entry = session(three, 0, brought=brought)
    stored = three._store.entries.get(entry)
    with three._store.transaction():
        answers = stored.answers | {"brought": [concern, *brought]}
        three._store.entries.put(msgspec.structs.replace(stored, answers=answers), frozenset())
    assert three.notebook.entry(entry).answers["brought"] == [concern, *brought]
    assert [one.id for one in three.supervision.brought(entry)] == brought


def test_no_question_of_supervision_leads_to_a_drawer(forms: Forms) -> None:
    drawers = {one.id for one in forms.all() if one.drawer}
    form = forms.current("supervision")
    links = [one for card in form.cards for one in card.questions if one.kind is Kind.LINK]
    assert drawers == {"safeguarding"}
    assert {one.key for one in links} == {"brought", "feeds_back"}
    assert all(one.targets and not drawers & set(one.targets) for one in links)


# -- hours --------------------------------------------------------------------------------------------------------


def test_hours_are_added_up_by_kind_with_both_days_included(vault: OpenVault) -> None:
    session(vault, -1, 50, "individual")
    session(vault, 0, 60, "individual")
    session(vault, 3, 90, "group")
    session(vault, 4, 600, "peer")
    session(vault, 2)
    write(vault, "supervision", "prep", question="What now?")
    told = vault.supervision.hours(day(), day(3))
    assert (told.minutes["individual"], told.minutes["group"], told.minutes["peer"]) == (60, 90, 0)
    assert (told.total, told.untold) == (150, 1)
    assert sum(told.sessions.values()) == 3
    assert vault.supervision.hours(day(3), day()) == told, "a period given backwards is turned round"


def test_sessions_and_sheets_come_newest_first(vault: OpenVault) -> None:
    early, late = session(vault, -9), session(vault, 1)
    sheet = write(vault, "supervision", "prep", question="What now?")
    assert [one.id for one in vault.supervision.sessions()] == [late, early]
    assert [one.id for one in vault.supervision.preparations()] == [sheet]


@pytest.mark.parametrize(
    ("span", "today", "first", "last"),
    [
        (Span.MONTH, "2026-03-05", "2026-03-01", "2026-03-31"),
        (Span.MONTH, "2026-12-31", "2026-12-01", "2026-12-31"),
        (Span.MONTH, "2028-02-01", "2028-02-01", "2028-02-29"),
        (Span.YEAR, "2026-03-05", "2026-01-01", "2026-12-31"),
        (Span.SCHOOL_YEAR, "2026-08-31", "2025-09-01", "2026-08-31"),
        (Span.SCHOOL_YEAR, "2026-09-01", "2026-09-01", "2027-08-31"),
    ],
)
def test_periods(span: Span, today: str, first: str, last: str) -> None:
    days = days_of(span, datetime.date.fromisoformat(today))
    assert tuple(map(str, days)) == (first, last)


def test_minutes_are_said_as_people_say_them() -> None:
    assert [spent(one) for one in (0, 50, 60, 150)] == ["0 min", "50 min", "1 h", "2 h 30 min"]
