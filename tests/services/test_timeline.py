"""A timeline is in order at once and told where somebody looks; how it is looked at is kept, words are not."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from service_cases import NOTICE, card, day

from alliance_desktop.domain import timeline
from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.timeline import UNREADABLE, Row, Sift, Symbol, Zoom
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.notebook import Notebook, WriteCard
from alliance_desktop.services.timeline import BATCH, Timeline, View


def sessions(notebook: Notebook, client: ClientId, number: int) -> list[EntryId]:
    made = []
    for at in range(number):
        answers = {"date": dated(day(at)), "attendance": chosen("attended"), "one_line": f"Number {at}, at the café."}
        made.append(notebook.write(card(notebook, client, "note", answers)).entry)
    return [one for one in made if one is not None]


def write(notebook: Notebook, client: ClientId | None, form: str, name: str, **answers: object) -> EntryId:
    entry = notebook.new_entry()
    notebook.write(WriteCard(client=client, form=form, card=name, answers=dict(answers), entry=entry))
    return entry


def told(story: Timeline) -> int:
    return sum(story.is_told(at) for at in range(len(story)))


def looked(story: Timeline, words: str) -> list[str]:
    looking = story.looking(words, range(len(story)))
    while True:
        try:
            next(looking)
        except StopIteration as done:
            return [story[at].text for at in done.value]


def test_only_what_is_looked_at_is_read_and_says_the_same_as_all_of_it(notebook: Notebook, client: ClientId) -> None:
    sessions(notebook, client, BATCH + 6)
    notebook.write(card(notebook, client, "notice", NOTICE))
    story = notebook.timeline(client)
    assert told(story) == 2, "the strain's card and the line that says it is open"
    assert story[3].text.startswith("Number 2"), "the strain began on the first day"
    assert told(story) == 3
    whole = timeline.Story(
        entries=notebook.entries(client),
        arcs=story._store.arcs.of_client(client),
        events=[one for arc in story._store.arcs.of_client(client) for one in story._store.arcs.events(arc.id)],
    )
    assert list(story) == timeline.rows(whole, notebook.forms.known, notebook.today())
    assert told(story) == len(story), "the control: now everything was read"
    assert story[-1].symbol is Symbol.OPEN
    assert [one.title for one in story[-2:]] == [one.title for one in list(story)[-2:]]


def test_what_can_wait_is_read_in_steps(notebook: Notebook, client: ClientId) -> None:
    sessions(notebook, client, BATCH * 2 + 3)
    story = notebook.timeline(client)
    telling: Iterator[None] = story.telling(reversed(range(len(story))))
    next(telling)
    assert told(story) == BATCH
    assert story.is_told(len(story) - 1), "the newest come first"
    assert len(list(telling)) == 2
    assert told(story) == len(story)


def test_one_entry_that_cannot_be_read_takes_none_of_its_neighbours_along(vault: OpenVault, client: ClientId) -> None:
    first, second, _third = sessions(vault.notebook, client, 3)
    with vault._store.transaction():
        vault._store._database.run("UPDATE record_answer SET answers = 'cut' WHERE entry = ?", (second,))
    story = vault.notebook.timeline(client)
    assert [one.text == UNREADABLE for one in story] == [False, True, False]
    assert story[1].entry == second
    assert story[0].entry == first
    assert looked(story, "café"), "and words are still found in the others"


def test_a_timeline_of_a_closed_vault_says_no_words(vault: OpenVault, client: ClientId) -> None:
    sessions(vault.notebook, client, 1)
    story, before = vault.notebook.timeline(client), vault.notebook.timeline(client)
    assert before[0].text.startswith("Number 0")
    vault.close()
    assert story[0].text == UNREADABLE
    assert "Number" not in story[0].spoken


def test_words_are_looked_for_in_all_that_was_answered_but_not_in_a_drawer(
    notebook: Notebook, client: ClientId
) -> None:
    sessions(notebook, client, 3)
    write(notebook, client, "session", "note", date=dated(day(9)), body="The long walk with Zoë.", one_line="Walked.")
    write(notebook, client, "safeguarding", "concern", exact_words="Zoë was there.")
    story = notebook.timeline(client)
    assert looked(story, "zoe WALK") == ["Walked. · The long walk with Zoë."]
    assert len(looked(story, "zoe")) == 1, "the words in the drawer stand on no other page"
    assert len(looked(story, "cafe")) == 3
    assert len(looked(story, "safeguarding")) == 1, "that there is something is found by its title"
    assert looked(story, "nothing of the kind") == []


def test_the_words_of_an_addendum_are_found_as_well(notebook: Notebook, client: ClientId) -> None:
    (entry,) = sessions(notebook, client, 1)
    notebook.finish(entry)
    notebook.amend(entry, f"{'much said ' * 20} and then the harbour")
    story = notebook.timeline(client)
    assert [story[at].symbol for at in _places(story, "harbour")] == [Symbol.ADDENDUM]


def _places(story: Timeline, words: str) -> list[int]:
    looking = story.looking(words, range(len(story)))
    while True:
        try:
            next(looking)
        except StopIteration as done:
            return list(done.value)


def seen(notebook: Notebook, client: ClientId) -> list[Row]:
    story = notebook.timeline(client)
    return list(story.seen(range(len(story))).values())


def test_only_what_the_client_has_seen_shows_agreed_words_alone(notebook: Notebook, client: ClientId) -> None:
    sessions(notebook, client, 1)
    write(notebook, client, "goal", "goal", own_words="Sleep through the night", set_on=dated(day()))
    arc = notebook.write(card(notebook, client, "notice", NOTICE)).arc
    repair = {"understood": "We both heard it.", "wording_seen": chosen("not_yet")}
    entry = notebook.write(card(notebook, client, "repair", repair, arc=arc)).entry
    assert entry is not None
    assert [one.text for one in seen(notebook, client)] == ["Sleep through the night"], "not yet seen"
    notebook.write(card(notebook, client, "repair", repair | {"wording_seen": chosen("yes")}, arc=arc, entry=entry))
    rows = seen(notebook, client)
    assert sorted(one.text for one in rows) == ["Sleep through the night", "We both heard it."]
    assert all("corridor" not in f"{one.title} {one.spoken}" for one in rows), "the counsellor's name for it is theirs"
    changed = repair | {"wording_seen": chosen("yes"), "understood": "Something else."}
    notebook.write(card(notebook, client, "repair", changed, arc=arc, entry=entry))
    assert [one.text for one in seen(notebook, client)] == ["Sleep through the night"], "changed since they saw it"


def test_what_lies_in_a_drawer_is_not_among_what_the_client_has_seen(vault: OpenVault, client: ClientId) -> None:
    book = vault.notebook
    write(book, client, "goal", "goal", own_words="Sleep through the night", set_on=dated(day()))
    forms = [msgspec.structs.replace(one, drawer=one.id == "goal") for one in book.forms.all()]
    story = Timeline(vault._store, Forms(forms), client, day())
    assert story.seen(range(len(story))) == {}
    assert len(seen(book, client)) == 1, "the control"


def test_a_supervision_that_took_something_along_is_on_the_timeline_without_its_words(
    notebook: Notebook, client: ClientId
) -> None:
    (entry,) = sessions(notebook, client, 1)
    taken = write(notebook, None, "supervision", "session", date=dated(day(2)), entries=[entry], heard="About others.")
    key = next(one.key for one in notebook.forms.current("supervision").card("session").questions if one.kind == "link")
    notebook.write(
        WriteCard(
            client=None, form="supervision", card="session", answers={key: [entry], "heard": "Else."}, entry=taken
        )
    )
    rows = list(notebook.timeline(client))
    assert [one.title for one in rows] == ["Session", "Taken to supervision"]
    assert rows[1].entry == taken
    assert "Else" not in rows[1].spoken
    other = notebook.add_client({"code": "X"}).client
    assert other is not None
    assert list(notebook.timeline(other)) == [], "the control: nobody else's timeline has it"


def test_kinds_are_those_that_occur(notebook: Notebook, client: ClientId) -> None:
    sessions(notebook, client, 1)
    write(notebook, client, "goal", "goal", own_words="Sleep")
    assert [kind for kind, _ in notebook.timeline(client).kinds()] == ["session", "goal"]
    assert notebook.timeline(client).sifted(Sift(kind="goal")) == [1]


def test_how_a_timeline_is_looked_at_is_kept_for_each_client_and_goes_with_them(
    vault: OpenVault, client: ClientId
) -> None:
    book = vault.notebook
    other = book.add_client({"code": "X"}).client
    assert other is not None
    view = View(zoom=Zoom.ALL, sift=Sift(kind="goal", first=day(), strains=True))
    book.keep_timeline_view(client, view)
    assert book.timeline_view(client) == view
    assert book.timeline_view(other) == View()
    before = vault._store.saves
    book.keep_timeline_view(client, view)
    assert vault._store.saves == before, "what is kept so already is not written again"
    with vault._store.transaction():
        vault._store.settings.put(f"timeline {other}", {"zoom": "from the moon"})
    assert book.timeline_view(other) == View()
    with vault._store.transaction():
        vault._store.remove_client(client)
    assert vault._store.settings.get(f"timeline {client}") is None
    assert vault._store.settings.get(f"timeline {other}") is not None, "the control"


def test_a_vault_that_is_only_read_keeps_the_look_it_has(
    vault: OpenVault, client: ClientId, access: Access, folder: Path, secrets: Secrets
) -> None:
    view = View(zoom=Zoom.MONTH)
    vault.notebook.keep_timeline_view(client, view)
    vault.close()
    opened = access.open(folder, secrets, read_only=True)
    opened.notebook.keep_timeline_view(client, View(zoom=Zoom.ALL))
    assert opened.notebook.timeline_view(client) == view
    opened.close()


@pytest.mark.parametrize("number", [1, BATCH, BATCH + 1])
def test_any_part_of_it_is_given_as_a_list_would(notebook: Notebook, client: ClientId, number: int) -> None:
    sessions(notebook, client, number)
    story = notebook.timeline(client)
    whole = list(story)
    assert len(whole) == len(story) == number
    assert story[-1] == whole[-1]
    assert story[1:3] == whole[1:3]
    with pytest.raises(IndexError):
        story[number]
