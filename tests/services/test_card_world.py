"""What a card knows of the open vault: whom to pick, what to link to, when the client was born."""

import datetime

import pytest
from service_cases import Clock, day, files_no_longer_than

from alliance_desktop.domain.answers import About, Answers, chosen, dated
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.form import Audience, Kind, Question
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import Notebook, WriteCard
from alliance_desktop.ui.card_world import context_of
from alliance_desktop.ui.fields.context import Context, Person
from alliance_desktop.ui.words import spoken


@pytest.fixture
def other(notebook: Notebook) -> ClientId:
    id = notebook.add_client({"code": "M-1", "called": "Mo"}).client
    assert id is not None
    return id


def write(notebook: Notebook, client: ClientId | None, form: str, card: str, answers: Answers) -> EntryId:
    id = notebook.new_entry()
    notebook.write(WriteCard(client=client, form=form, card=card, answers=answers, entry=id))
    return id


def session(notebook: Notebook, client: ClientId, on: datetime.date, **rest: object) -> EntryId:
    return write(
        notebook, client, "session", notebook.forms.current("session").cards[0].id, {"date": dated(on), **rest}
    )


def link(*targets: str, key: str = "links") -> Question:
    return Question(key=key, kind=Kind.LINK, audience=Audience.PRIV, label="Which?", targets=targets)


def of_client(notebook: Notebook, client: ClientId, clock: Clock) -> Context:
    return context_of(notebook, notebook.client(client), clock)


def linked(context: Context, question: Question) -> list[int]:
    return [one.id for one in context.links(question)]


def test_links_lead_to_what_the_form_says_newest_first(notebook: Notebook, client: ClientId, clock: Clock) -> None:
    first, second = session(notebook, client, day(-9)), session(notebook, client, day(-2))
    goal = write(notebook, client, "goal", "goal", {"own_words": "Sleep", "set_on": dated(day(-1))})
    context = of_client(notebook, client, clock)
    assert linked(context, link("session")) == [second, first]
    assert linked(context, link(key="session")) == [second, first]
    assert linked(context, link("goal")) == [goal]
    assert set(linked(context, link())) == {first, second, goal}


def test_a_client_leads_to_the_counsellors_own_where_the_form_says_so_and_never_to_another_client(
    notebook: Notebook, client: ClientId, other: ClientId, clock: Clock
) -> None:
    resource = write(notebook, None, "resource", "resource", {"name": "Drop-in"})
    theirs = session(notebook, other, day())
    context = of_client(notebook, client, clock)
    assert linked(context, link("resource", "session")) == [resource]
    assert linked(context, link()) == []
    assert theirs not in linked(context, link("session"))


def test_the_counsellors_own_forms_lead_to_any_client_by_name(
    notebook: Notebook, client: ClientId, other: ClientId, clock: Clock
) -> None:
    own = write(notebook, None, "resource", "resource", {"name": "Drop-in"})
    one, two = session(notebook, client, day(-3)), session(notebook, other, day(-1))
    context = context_of(notebook, None, clock)
    assert linked(context, link("session")) == [two, one]
    assert set(linked(context, link())) == {own, one, two}
    titles = [spoken(found.title).split(" · ")[0] for found in context.links(link("session"))]
    assert titles == ["Mo", "Dana"]


def test_a_linked_entry_is_known_from_the_bin_and_not_when_it_is_gone(
    vault: OpenVault, notebook: Notebook, client: ClientId, clock: Clock
) -> None:
    id = session(notebook, client, day())
    context = of_client(notebook, client, clock)
    shown = context.linked(id)
    assert shown is not None
    assert shown.title == notebook.title(notebook.entry(id))
    assert not shown.binned
    vault.history.bin(id)
    shown = context.linked(id)
    assert shown is not None
    assert shown.binned
    assert linked(context, link("session")) == []
    assert context.linked(12345) is None


def test_a_link_into_the_drawer_says_none_of_its_words(notebook: Notebook, client: ClientId, clock: Clock) -> None:
    id = write(
        notebook, client, "safeguarding", "concern", {"learned_on": dated(day()), "exact_words": "He said a secret."}
    )
    context = of_client(notebook, client, clock)
    (shown,) = context.links(link("safeguarding"))
    assert shown.id == id
    assert "secret" not in shown.title


def test_contacts_are_listed_by_name_and_kept_from_a_card(notebook: Notebook, client: ClientId, clock: Clock) -> None:
    okafor = write(notebook, None, "contact", "contact", {"name": "Ms Okafor", "role": chosen("teacher")})
    levi = write(notebook, None, "contact", "contact", {"name": "dr Levi"})
    write(notebook, None, "contact", "contact", {"role": chosen("nurse")})
    context = of_client(notebook, client, clock)
    assert context.contacts() == [Person(levi, "dr Levi", ""), Person(okafor, "Ms Okafor", "teacher")]
    assert context.keep_contact is not None
    kept = context.keep_contact("Zoe", "nurse")
    assert Person(kept, "Zoe", "nurse") in context.contacts()
    assert notebook.entry(EntryId(kept)).client is None


def test_a_contact_that_the_disk_does_not_take_is_not_kept(notebook: Notebook, client: ClientId, clock: Clock) -> None:
    context = of_client(notebook, client, clock)
    assert context.keep_contact is not None
    with files_no_longer_than(4096):
        assert context.keep_contact("Zoe " * 200_000, "") is None
    assert context.contacts() == []


def test_only_an_exact_day_of_birth_is_one_to_go_by(notebook: Notebook, client: ClientId, clock: Clock) -> None:
    born = datetime.date(2010, 5, 3)
    assert of_client(notebook, client, clock).born is None
    for about, known in ((About.EXACT, born), (About.ABOUT, None), (About.MONTH, None)):
        notebook.amend_client(client, {"code": "D-34", "born": dated(born, about)})
        assert of_client(notebook, client, clock).born == known
    assert context_of(notebook, None, clock).born is None


def test_the_day_to_look_again_is_the_next_session(notebook: Notebook, client: ClientId, clock: Clock) -> None:
    context = of_client(notebook, client, clock)
    assert context.review() == day(14)
    session(notebook, client, day(-1), next_on=dated(day(6)))
    assert context.review() == day(6)
    assert context_of(notebook, None, clock).review() == day(14)
    assert context_of(notebook, None, clock, lambda: {"a": "b"}).snippets() == {"a": "b"}
