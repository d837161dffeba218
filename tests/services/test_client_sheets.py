"""The client's own sheets from a vault: what each is about, which opens for an entry, and blanks without a vault."""

import pytest
from service_cases import day

from alliance_desktop.documents.foundation_sheet import FoundationSheet
from alliance_desktop.documents.goals_sheet import GoalsSheet
from alliance_desktop.domain.answers import Answer, chosen, dated
from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.errors import NotTheirWordsError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.paper import KINDS, Blanks, Choice, Paper, Sort, Subject
from alliance_desktop.services.paper.ground import Ground
from alliance_desktop.services.preferences import Preferences

OURS = (Sort.GOALS_SHEET, Sort.FEEDBACK_SHEET, Sort.FOUNDATION_SHEET)


@pytest.fixture
def client(vault: OpenVault) -> ClientId:
    made = vault.notebook.add_client({"code": "M-12", "called": "Zqcalled", "full_name": "Zqcalled Zqsurname"}).client
    assert made is not None
    return made


def write(vault: OpenVault, client: ClientId, form: str, **answers: Answer) -> EntryId:
    card, id = vault.forms.current(form).cards[0].id, vault.notebook.new_entry()
    vault.notebook.write(WriteCard(client=client, form=form, card=card, answers=answers, entry=id))
    return id


def goals(page: object) -> list[str]:
    assert isinstance(page, GoalsSheet)
    return [one.own_words for one in page.goals]


def test_goals_are_on_one_sheet_or_each_on_its_own(vault: OpenVault, client: ClientId) -> None:
    paper = Paper(vault)
    assert paper.offered(Sort.GOALS_SHEET, client) == [], "nothing yet: the blank is shown"
    first = write(vault, client, "goal", own_words="Sleep")
    assert [one.words for one in paper.offered(Sort.GOALS_SHEET, client)] == ["Sleep"]
    write(vault, client, "goal", own_words="Maths " * 20)
    write(vault, client, "goal", why="No words yet")
    whole, one, long = paper.offered(Sort.GOALS_SHEET, client)
    assert whole.words == "All goals"
    assert len(long.words) < 70
    choice = Choice(sort=Sort.GOALS_SHEET)
    assert len(goals(paper.page(whole.subject, choice))) == 2
    assert goals(paper.page(one.subject, choice)) == ["Sleep"]
    vault.history.bin(first)
    assert [one.words for one in paper.offered(Sort.GOALS_SHEET, client)] == [long.words], "not what lies in the bin"


@pytest.mark.parametrize(("form", "sort"), list(zip(("goal", "feedback", "foundation"), OURS, strict=True)))
def test_an_entry_opens_its_own_sheet(vault: OpenVault, client: ClientId, form: str, sort: Sort) -> None:
    entry = write(vault, client, form, own_words="Sleep") if form == "goal" else write(vault, client, form)
    subject = Subject(client=client, entry=entry)
    assert Paper(vault).sort_of(subject) is sort
    assert subject in [one.subject for one in Paper(vault).offered(sort, client)]


def test_what_others_said_is_named_as_theirs_and_not_printed(vault: OpenVault, client: ClientId) -> None:
    write(vault, client, "feedback", who=chosen("parent"), change="Zqother", given_on=dated(day()))
    paper, choice = Paper(vault), Choice(sort=Sort.FEEDBACK_SHEET)
    (offered,) = paper.offered(Sort.FEEDBACK_SHEET, client)
    assert offered.words.endswith("A parent or carer")
    with pytest.raises(NotTheirWordsError):
        paper.page(offered.subject, choice)
    ticked = Choice(sort=Sort.GOALS_SHEET, parts=frozenset({Part.FEEDBACK}))
    assert "Zqother" not in str(paper.page(Subject(client=client), ticked))


def test_the_name_is_there_only_where_it_is_ticked(vault: OpenVault, client: ClientId) -> None:
    write(vault, client, "goal", own_words="Sleep")
    write(vault, client, "feedback", who=chosen("client"), change="Slower")
    write(vault, client, "foundation", gone_through_on=dated(day()))
    paper = Paper(vault)
    for sort in OURS:
        subject = paper.offered(sort, client)[0].subject
        pages = [paper.page(subject, Choice(sort=sort, parts=parts)) for parts in (frozenset(), {Part.NAME})]
        assert "Zqcalled" not in str(pages[0])
        assert "Zqcalled" in str(pages[1])
        assert "Zqsurname" not in str(pages[1])


def test_a_goal_counts_on_the_client_page_only_where_it_is_ticked(vault: OpenVault, client: ClientId) -> None:
    write(vault, client, "goal", own_words="Zqgoal")
    book = vault.notebook
    noticed = WriteCard(client=client, form="rupture", card="notice", answers={"name": "Joke"}, entry=book.new_entry())
    arc = book.write(noticed).arc
    seen = {"understood": "Ours", "wording_seen": chosen("yes")}
    book.write(WriteCard(client=client, form="rupture", card="repair", answers=seen, arc=arc, entry=book.new_entry()))
    paper, subject = Paper(vault), Subject(client=client, arc=arc)
    assert "Zqgoal" not in str(paper.page(subject, Choice()))
    assert "Zqgoal" in str(paper.page(subject, Choice(parts=frozenset({Part.GOALS}))))
    assert paper.page(subject, Choice(parts=frozenset({Part.CHILD}))).words["happened"] == "What happened"


@pytest.mark.parametrize("sort", [*OURS, Sort.CLIENT_PAGE])
def test_blanks_need_no_vault(forms: Forms, sort: Sort) -> None:
    blanks = Blanks(lambda: Ground(forms, Preferences()), day)
    for language in KINDS[sort].languages:
        page = blanks.page(Subject(), Choice(sort=sort, blank=True, language=language))
        assert page.language == language
        assert blanks.twin(page).startswith(page.words["title"])
    child = blanks.page(Subject(), Choice(blank=True, parts=frozenset({Part.CHILD})))
    assert child.words["who"] == "Who"
    assert blanks.file_name(Choice(sort=sort)).startswith(KINDS[sort].stem)


def test_first_agreements_are_as_they_were_written(vault: OpenVault, client: ClientId) -> None:
    rows = [{"preset": "stays_here", "topic": "Confidentiality: what stays here", "understood": "My stuff stays"}]
    entry = write(vault, client, "foundation", agreements=rows, still_to_say="Zqlater", competence="Zqreason")
    page = Paper(vault).page(Subject(client=client, entry=entry), Choice(sort=Sort.FOUNDATION_SHEET, language="es"))
    assert isinstance(page, FoundationSheet)
    assert [(one.topic, one.understood) for one in page.rows] == [("Lo que queda entre tú y yo", "My stuff stays")]
    assert "Zq" not in str(page)
