"""The timeline on paper: of the chosen days, narrowed down as it is on the screen, with its private entries named."""

import datetime

from service_cases import NOTICE, card, day

from alliance_desktop.documents.timeline_page import TimelineReport
from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.timeline import Sift
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.paper import Choice, Paper, Sort, Subject
from alliance_desktop.services.timeline import View


def _story(vault: OpenVault, client: ClientId) -> list[EntryId]:
    """Three sessions on three days, a strain on the first of them, and a goal."""
    book = vault.notebook
    answers = {"attendance": chosen("attended"), "temperature_client": chosen("4"), "temperature_mine": chosen("3")}
    cards = [card(book, client, "note", {"date": dated(day(at)), **answers}) for at in range(3)]
    made = [book.write(one).entry for one in cards]
    made.append(book.write(card(book, client, "notice", NOTICE)).entry)
    return [one for one in made if one is not None]


def _page(vault: OpenVault, client: ClientId, **chosen: object) -> TimelineReport:
    choice = Choice(sort=Sort.TIMELINE_REPORT, **chosen)  # type: ignore[arg-type]  # the test's own keyword bag
    page = Paper(vault).page(Subject(client=client), choice)
    assert isinstance(page, TimelineReport)
    return page


def test_it_tells_the_chosen_days_alone(vault: OpenVault, client: ClientId) -> None:
    _story(vault, client)
    whole = _page(vault, client)
    assert [one.kind for one in whole.lines].count("Session (draft)") == 3
    assert len([one for one in whole.points if one.session]) == 3
    some = _page(vault, client, first=day(1), last=day(1))
    assert [one.kind for one in some.lines] == ["Session (draft)"]
    assert len(some.points) == 1
    assert some.lanes == 1, "a strain that was open on that day runs beside it"


def test_it_is_narrowed_down_as_the_screen_is_and_says_so(vault: OpenVault, client: ClientId) -> None:
    _story(vault, client)
    vault.notebook.keep_timeline_view(client, View(sift=Sift(strains=True)))
    narrowed = _page(vault, client)
    assert {one.about for one in narrowed.lines} == {"strain 1"}
    assert narrowed.facts == ("Only strains",)
    assert narrowed.points == ()
    vault.notebook.keep_timeline_view(client, View(sift=Sift(kind="session")))
    assert _page(vault, client).facts == ("Only: session note",)


def test_only_what_the_client_has_seen_is_told_where_the_screen_shows_that(vault: OpenVault, client: ClientId) -> None:
    book = vault.notebook
    _story(vault, client)
    goal = {"own_words": "To sleep through the night"}
    book.write(WriteCard(client=client, form="goal", card="goal", answers=goal, entry=book.new_entry()))
    book.keep_timeline_view(client, View(sift=Sift(seen=True)))
    lines = _page(vault, client, parts=frozenset(Part)).lines
    assert [one.text for one in lines] == ["To sleep through the night"]


def test_what_is_private_on_it_is_named_for_the_ledger(vault: OpenVault, client: ClientId) -> None:
    made = _story(vault, client)
    paper, subject = Paper(vault), Subject(client=client)

    def private(*parts: Part) -> list[EntryId]:
        return paper.private_entries(subject, Choice(sort=Sort.TIMELINE_REPORT, parts=frozenset(parts)))

    assert private() == []
    assert private(Part.RECORD, Part.CONTACTS, Part.NAME, Part.SAFEGUARDING) == []
    assert sorted(private(Part.MY_TEMPERATURE)) == sorted(made[:3])
    outside = Choice(sort=Sort.TIMELINE_REPORT, parts=frozenset({Part.MY_TEMPERATURE}), last=day(0))
    assert paper.private_entries(subject, outside) == made[:1]


def test_an_open_strain_tells_nothing_of_a_follow_up_that_is_private(vault: OpenVault, client: ClientId) -> None:
    book = vault.notebook
    strain = book.write(card(book, client, "notice", NOTICE)).arc
    entry = book.new_entry()

    def open_line(answers: Answers) -> str:
        book.write(WriteCard(client=client, form="rupture", card="follow_up", answers=answers, arc=strain, entry=entry))
        return _page(vault, client, parts=frozenset(Part)).lines[-1].text

    private = {"on": dated(day()), "between_me": chosen("2"), "anything_new": chosen("nothing")}
    assert open_line(private).endswith("not talked about yet")
    assert "a follow-up is written down; " in open_line(private | {"between_now": chosen("4")}), "the control"


def test_a_client_of_whom_nothing_is_noted_has_a_page(vault: OpenVault, client: ClientId) -> None:
    page = _page(vault, client, first=datetime.date(2026, 1, 1))
    assert page.lines == ()
    assert page.points == ()
    assert page.head
