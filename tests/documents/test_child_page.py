"""The client page for a child says the same in shorter words; goals stand on either where they were ticked."""

import pytest
from client_sheet_cases import form_of, goal, rated
from msgspec.structs import replace
from paper_cases import DAY, agreed_row, entry, repair, words_of_pdf
from paper_cases import reader as read

from alliance_desktop.documents.client_plan import blank_client_plan, client_plan
from alliance_desktop.documents.client_words import client_words
from alliance_desktop.documents.pages import ClientPlan
from alliance_desktop.documents.press import Paper, render
from alliance_desktop.documents.twin import twin
from alliance_desktop.documents.wording import languages
from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.audience import Document, Part, allowed
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.form import Audience


def plan(*goals: Entry, child: bool = False, language: str = "en-GB") -> ClientPlan:
    agreed = [agreed_row("Ask before joking", "Ms Okafor", DAY)]
    ours = repair(understood="A joke came at a bad moment.", agreed=agreed, know_better="We leave on time.", sign="Red")
    return client_plan([ours], form_of, turn=1, language=language, goals=goals, child=child, turn_to=["Room 12"])


@pytest.mark.parametrize("language", languages())
def test_a_child_reads_the_same_agreement_in_shorter_words(language: str) -> None:
    usual, child = (plan(child=one, language=language) for one in (False, True))
    assert replace(child, words=usual.words, roomy=False) == usual
    assert child.words != usual.words
    printed = words_of_pdf(render(child).pdf())
    for words in ("A joke came at a bad moment.", "Ask before joking", "We leave on time.", "Red", "Room 12"):
        assert words in printed
    short = client_words(language).child.fixed
    for key in ("happened", "agreed", "know", "again", "review", "own_words", "turn_to"):
        assert short[key] in printed
        assert short[key] in twin(child)


def test_boxes_and_letters_are_larger_for_a_child() -> None:
    usual, child = (render(plan(child=one)).svgs()[0] for one in (False, True))
    assert usual != child
    assert len(read(render(plan(child=True)).pdf()).pages) == 1


@pytest.mark.parametrize("child", [False, True])
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", languages())
def test_the_blank_stays_on_one_sheet(language: str, paper: Paper, child: bool) -> None:
    page = blank_client_plan(language=language, child=child)
    assert len(read(render(page, paper=paper).pdf()).pages) == 1


def ordinary(*goals: Entry, child: bool, language: str) -> ClientPlan:
    """Three things agreed, one of them looked at, and three to turn to; a name on top."""
    steps = ("Plan the ending together, and nobody decides alone", "When it gets warm, no joke", "Raise a hand")
    agreed = [agreed_row(what, who, DAY) for what, who in zip(steps, ("both of us", "counsellor", "Maya"), strict=True)]
    said = "She said something warm, and it was made into a joke. It sounded as if the work mattered to one of us only."
    ours = repair(understood=said, agreed=agreed, know_better="Good or bad may be said, as large as it is.", sign="Red")
    later = entry("follow_up", {"each_agreed": [{"what": steps[0], "outcome": chosen("done")}]})
    turn_to = ("My counsellor, Mondays and Thursdays", "The tutor of year 11", "A helpline, day and night")
    return client_plan(
        [ours, later], form_of, turn=1, language=language, name="Maya", goals=goals, child=child, turn_to=turn_to
    )


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", languages())
def test_an_ordinary_plan_is_one_sheet_and_one_with_far_more_is_not(language: str, paper: Paper) -> None:
    one = goal("Sleep through", first_step="Phone in the drawer", ratings=[rated(2), rated(7)])
    ours = ordinary(one, child=False, language=language)
    for page in (ours, ordinary(child=True, language=language), ordinary(one, child=True, language=language)):
        assert len(read(render(page, paper=paper).pdf()).pages) == 1
    assert len(read(render(replace(ours, happened=ours.happened * 20), paper=paper).pdf()).pages) > 1


def test_where_room_is_scarce_how_it_went_stands_under_what_was_agreed() -> None:
    """Said once, and in a table of its own as soon as anything else was looked at, or there is room for one."""
    one = goal("Sleep through", first_step="Phone in the drawer", ratings=[rated(2), rated(7)])
    full, roomy = (ordinary(*goals, child=child, language="en-GB") for goals, child in (((one,), True), ((), False)))
    other = replace(full, so_far=(*full.so_far, replace(full.so_far[0], what="Something else")))
    step, heading = full.agreed[0].what, full.words["so_far"]
    said = words_of_pdf(render(full).pdf())
    assert (said.count(step), heading in said) == (1, False)
    assert f"{full.words['outcome']}: {full.so_far[0].state}" in said
    for page in (roomy, other):
        told = words_of_pdf(render(page).pdf())
        assert told.count(step) == 2
        assert page.words["so_far"] in told


@pytest.mark.parametrize("language", languages())
def test_goals_stand_there_only_where_they_are_given(language: str) -> None:
    one = goal("Sleep through", first_step="Phone in the drawer", ratings=[rated(2), rated(7)])
    heading = client_words(language).plan.goals
    for child in (False, True):
        without, with_goal = plan(language=language, child=child), plan(one, language=language, child=child)
        assert replace(with_goal, goals=()) == without
        printed = words_of_pdf(render(with_goal).pdf())
        assert all(words in printed for words in ("Sleep through", "Phone in the drawer", ": 2", ": 7"))
        assert "Sleep through" in twin(with_goal)
    assert heading not in twin(plan(language=language))
    assert heading in twin(plan(one, language=language))


def test_of_many_numbers_the_newest_three_stand_there() -> None:
    one = goal(ratings=[rated(number) for number in (9, 1, 8, 2)])
    assert plan(one).goals[0].near == " · ".join(f"10 March 2026: {number}" for number in (1, 8, 2))


@pytest.mark.parametrize(
    "aside", [{"whose": "family"}, {"whose": "school"}, {"state": "reached"}, {"state": "set_aside"}]
)
def test_goals_of_others_and_those_at_rest_are_not_on_it(aside: dict[str, str]) -> None:
    assert plan(goal("Not here", **{key: chosen(id) for key, id in aside.items()})).goals == ()
    assert [one.own_words for one in plan(goal("Here", whose=chosen("client"), state=chosen("active"))).goals] == [
        "Here"
    ]


def test_goals_need_their_tick_and_agreed_wording() -> None:
    form = form_of(goal())
    questions = form.cards[0].questions
    assert not any(allowed(Document.CLIENT_PLAN, form, one) for one in questions)
    ticked = frozenset({Part.GOALS})
    on_page = {one.key for one in questions if allowed(Document.CLIENT_PLAN, form, one, ticked)}
    assert on_page == {"own_words", "whose", "first_step", "ratings", "state"}
    words = form.cards[0].question("own_words")
    assert not allowed(Document.CLIENT_PLAN, form, replace(words, audience=Audience.REC), ticked)
