"""The sheets that a client reads or fills in: what may be on them, in each language, and how they come out."""

import itertools

import pytest
from client_sheet_cases import DAYS, FORMS, ON, feedback, form_of, goal, marks_of, rated, written
from msgspec.structs import replace
from paper_cases import everything_in, reader, text_of_pdf, words_of_pdf

from alliance_desktop.documents.feedback_sheet import blank_feedback_sheet, feedback_sheet
from alliance_desktop.documents.foundation_sheet import blank_foundation_sheet, foundation_sheet
from alliance_desktop.documents.goals_sheet import blank_goals_sheet, goals_sheet
from alliance_desktop.documents.pages import Page, Sheet
from alliance_desktop.documents.press import Paper, render
from alliance_desktop.documents.twin import twin
from alliance_desktop.documents.wording import languages
from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.audience import PARTS, Document, Part, allowed
from alliance_desktop.domain.audience.sheets import SHEETS
from alliance_desktop.domain.errors import NotTheirWordsError
from alliance_desktop.domain.form import Audience

NONE: frozenset[Part] = frozenset()
GOALS = {"own_words", "why", "first_step", "how_see", "earlier_words", "ratings.words"}
"""What the sheet of goals has in somebody's own words; the rest of it is days and fixed words."""
SAID = {"change", "did_with_it"}
FEEDBACK = {"supported", "understood", "centred", *SAID}
FOUNDATION = {"agreements.topic", "agreements.understood"}


def pages(language: str, parts: frozenset[Part] = NONE) -> dict[str, tuple[Page, dict[str, str], set[str]]]:
    """Each sheet of entries full of marker words, the words with whose they are, and whose may be on it."""
    wish, wish_words = marks_of(FORMS["goal"], option={"state": "changed", "whose": "family"})
    said, said_words = marks_of(FORMS["feedback"])
    base, base_words = marks_of(FORMS["foundation"])
    goals = goals_sheet([wish], [], form_of, language=language, parts=parts)
    both = goals_sheet([wish], [said], form_of, language=language, parts=parts)
    assert (goals != both) is (Part.FEEDBACK in parts), "what should change is there where it is ticked"
    with_said = goals_sheet([], [said], form_of, language=language, parts=parts)
    return {
        "goals": (goals, wish_words, GOALS),
        "said": (with_said, said_words, SAID if Part.FEEDBACK in parts else set()),
        "feedback": (feedback_sheet(said, form_of, language=language), said_words, FEEDBACK),
        "foundation": (
            foundation_sheet(base, form_of, language=language, parts=parts),
            base_words,
            FOUNDATION,
        ),
    }


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("parts", [NONE, frozenset({Part.FEEDBACK}), frozenset({Part.CONSENT}), frozenset(Part)])
def test_only_what_is_listed_is_on_a_sheet(language: str, parts: frozenset[Part]) -> None:
    """To the column, and to the words beside a choice: who else is named there stays off."""
    for name, (page, words, may) in pages(language, parts).items():
        inside = str(page) + twin(page)
        assert {whose for whose, word in words.items() if word in inside} == may, name


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_what_is_made_of_a_sheet_holds_the_same(paper: Paper, large: bool) -> None:
    for name, (page, words, may) in pages("fr-CA", frozenset(Part)).items():
        made = render(page, paper=paper, large=large)
        inside = everything_in(made.pdf()) + b"".join(made.svgs()).decode()
        assert {whose for whose, word in words.items() if word in inside} == may, name


@pytest.mark.parametrize("language", languages())
def test_no_sheet_says_what_kind_of_page_it_is(language: str) -> None:
    for page, _, _ in pages(language, frozenset(Part)).values():
        pdf = render(page).pdf()
        info = reader(pdf).metadata
        assert info is not None
        assert info.title == "Sheet"
        assert info.author is None
        inside = everything_in(pdf).lower()
        for word in (
            "rupture",
            "counsel",
            "client",
            "alliance desktop",
            "therap",
            "terap",
            "school",
            "escuela",
            "école",
        ):
            assert word not in inside, word


def test_the_lists_name_what_they_must_and_nothing_private() -> None:
    """Control for the lists: with every part ticked they open just these keys."""
    found = {
        document: {
            f"{form.id}.{one.key}"
            for form in FORMS.values()
            for card in form.cards
            for one in card.questions
            if allowed(document, form, one, frozenset(Part))
        }
        for document in (Document.GOALS_SHEET, Document.FEEDBACK_SHEET, Document.FOUNDATION_SHEET)
    }
    shared = {f"goal.{one.key}" for one in FORMS["goal"].cards[0].questions if one.audience is Audience.SHARE}
    changes = {f"feedback.{key}" for key in ("given_on", "change", "did_with_it", "told_on")}
    assert found[Document.GOALS_SHEET] == shared | changes
    answers = {f"feedback.{key}" for key in ("supported", "understood", "centred")}
    assert found[Document.FEEDBACK_SHEET] == changes | answers
    consent = {"foundation.consent_who", "foundation.consent_basis", "foundation.consent_on"}
    assert found[Document.FOUNDATION_SHEET] == consent | {"foundation.gone_through_on", "foundation.agreements"}


@pytest.mark.parametrize("sheet", ["goals_sheet", "feedback_sheet", "foundation_sheet"])
def test_what_is_private_or_of_others_is_refused_under_a_listed_key(sheet: str) -> None:
    document = Document(sheet)
    form = FORMS[next(iter(SHEETS[sheet].fields))]
    question = next(one for one in form.cards[0].questions if allowed(document, form, one))
    for audience in (Audience.PRIV, Audience.THIRD, Audience.CONTROL):
        assert not allowed(document, form, replace(question, audience=audience), PARTS[document])


def test_a_goal_for_the_record_only_stays_off_the_sheet() -> None:
    form = FORMS["goal"]
    words = form.cards[0].question("own_words")
    assert allowed(Document.GOALS_SHEET, form, words)
    assert not allowed(Document.GOALS_SHEET, form, replace(words, audience=Audience.REC))


@pytest.mark.parametrize("who", ["parent", "family", "other"])
def test_what_somebody_else_said_is_on_no_sheet(who: str) -> None:
    one = feedback(who, change="Be stricter", did_with_it="I asked.")
    both = feedback("client", change="Be slower", did_with_it="I was.")
    page = goals_sheet([], [one, both], form_of, parts=frozenset({Part.FEEDBACK}))
    assert [told.change for told in page.said] == ["Be slower"]
    with pytest.raises(NotTheirWordsError) as refused:
        feedback_sheet(one, form_of)
    assert "Be stricter" not in str(refused.value)
    with pytest.raises(NotTheirWordsError):
        feedback_sheet(written("feedback", change="Nobody's"), form_of)


def test_a_goal_is_in_their_words_with_their_numbers_and_nothing_added_up() -> None:
    one = goal("Sleep", ratings=[rated(3, "“Three.”"), rated(10), rated(0, "Bad week")], why="Mornings are hard.")
    page = goals_sheet([one], [], form_of)
    assert [(told.number, told.words) for told in page.goals[0].ratings] == [
        ("3", "“Three.”"),
        ("10", ""),
        ("0", "Bad week"),
    ]
    printed = words_of_pdf(render(page).pdf())
    for words in ("My goal", "Sleep", "Mornings are hard.", "10 March 2026 3 “Three.”", "0 Bad week"):
        assert words in printed
    for graded in ("average", "trend", "4.3", "%", "better", "worse"):
        assert graded not in printed.lower()


def test_goals_in_hand_come_first_and_those_of_others_say_so() -> None:
    goals = [
        goal("Reached one", state=chosen("reached"), state_on=dated(ON)),
        goal("Resting one", state=chosen("set_aside")),
        goal("Theirs", whose=chosen("school", text="Zqschool")),
        goal("", state=chosen("active")),
    ]
    page = goals_sheet(goals, [], form_of)
    assert [one.own_words for one in page.goals] == ["Theirs", "Reached one", "Resting one"]
    assert page.goals[1].state == "Reached (9 April 2026)"
    assert page.goals[0].whose == "A goal that others have for me"
    assert "Zqschool" not in str(page)
    assert [one.has_room for one in page.goals] == [True, False, False], "room for a number where one may follow"


def test_the_way_a_goal_was_worded_before_stays_where_it_changed() -> None:
    kept = {"earlier_words": "Stop shouting"}
    assert goals_sheet([goal(state=chosen("changed"), **kept)], [], form_of).goals[0].earlier == "Stop shouting"
    assert goals_sheet([goal(state=chosen("active"), **kept)], [], form_of).goals[0].earlier == ""


@pytest.mark.parametrize("language", languages())
def test_each_language_has_its_own_dates(language: str) -> None:
    rows = [{"preset": "ending", "topic": "", "done_on": dated(ON), "understood": "Not all at once"}]
    made = [
        goals_sheet([goal(ratings=[rated(4, on=ON)])], [], form_of, language=language),
        feedback_sheet(feedback(change="Slower"), form_of, language=language),
        foundation_sheet(written("foundation", agreements=rows), form_of, language=language),
    ]
    for page in made:
        assert DAYS[language] in words_of_pdf(render(page).pdf())
        assert DAYS[language] in twin(page)
        assert twin(page).startswith(page.words["title"])
        others = {day for one, day in DAYS.items() if one != language}
        assert not any(day in twin(page) for day in others)


@pytest.mark.parametrize("language", languages())
def test_topics_are_in_the_language_of_the_sheet_and_a_topic_of_ones_own_stays(language: str) -> None:
    presets = FORMS["foundation"].cards[0].question("agreements").presets
    usual = [{"preset": one.id, "topic": one.label, "understood": "Yes"} for one in presets]
    page = foundation_sheet(written("foundation", agreements=usual), form_of, language=language)
    blank = blank_foundation_sheet(language=language)
    assert [one.topic for one in page.rows] == [one.topic for one in blank.rows]
    same = {one.topic for one in page.rows} & {one.label for one in presets}
    assert not same or language.startswith("en")
    assert "ounsel" not in str(page), "what the form says to the counsellor is not on their sheet"
    own = [{"preset": "ending", "topic": "Our last hour", "understood": "Cake"}]
    page = foundation_sheet(written("foundation", agreements=own), form_of, language=language)
    assert [one.topic for one in page.rows] == ["Our last hour"]


def test_what_was_not_talked_about_is_told_apart_and_what_was_taken_out_is_gone() -> None:
    rows = [
        {"preset": "room", "topic": "", "done_on": dated(ON), "how": "Zqhow"},
        {"preset": "limits", "topic": ""},
        {"preset": "parents", "topic": "", "understood": "Zqgone", "removed": True},
        {"topic": "", "how": "Zqhow"},
    ]
    page = foundation_sheet(written("foundation", agreements=rows), form_of)
    assert [one.topic for one in page.rows] == ["The room, what is in it, and who might come in"]
    assert len(page.not_yet) == 1
    assert page.not_yet[0].startswith("What I have to pass on")
    assert "Zq" not in str(page)


def test_who_said_yes_is_there_only_where_it_is_ticked() -> None:
    one = written(
        "foundation",
        consent_who=chosen("client", "other", text="Aunt Zq"),
        consent_basis=chosen("adult", text="Dr Zq"),
        consent_on=dated(ON),
    )
    assert foundation_sheet(one, form_of).consent == ()
    ticked = foundation_sheet(one, form_of, parts=frozenset({Part.CONSENT}))
    assert [said for _, said in ticked.consent] == [
        "Me\nSomeone else",
        "I said yes for myself, as an adult.",
        "9 April 2026",
    ]
    assert "Zq" not in str(ticked)


def test_ticks_stand_where_they_were_put() -> None:
    one = feedback(supported=chosen("no", text="Not in May"), understood=chosen("rather_not_say"))
    page = feedback_sheet(one, form_of, name="Dana")
    boxes = [item.ticked for part in page.sections for group in part.groups for item in group.items if item.ticks]
    assert boxes == [frozenset({2}), frozenset({3}), frozenset()]
    told = twin(page)
    assert "[x] No\n[ ] Rather not say\n\nNot in May" in told
    assert "For Dana · 9 April 2026" in told


def test_sixty_topics_have_their_head_on_every_sheet() -> None:
    rows = [{"topic": f"Topic {number}", "understood": "In a few words of mine"} for number in range(60)]
    for large in (False, True):
        pdf = render(foundation_sheet(written("foundation", agreements=rows), form_of), large=large).pdf()
        sheets = [one.extract_text() for one in reader(pdf).pages]
        assert len(sheets) > 1
        assert all("What it is about" in one for one in sheets)
        assert "Topic 59" in sheets[-1]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", languages())
def test_blank_sheets_come_out_whole_in_each_language(language: str, paper: Paper) -> None:
    most: list[tuple[Page, int]] = [
        (blank_feedback_sheet(language=language), 1),
        (blank_goals_sheet(language=language), 2),
        (blank_foundation_sheet(language=language), 2),
    ]
    for page, sheets in most:
        pdf = render(page, paper=paper).pdf()
        assert len(reader(pdf).pages) == sheets, page.words["title"]
        assert page.words["title"] in words_of_pdf(pdf)
        assert page.words["title"] in twin(page)


def test_a_blank_has_boxes_and_lines_for_each_question() -> None:
    page = blank_feedback_sheet()
    assert isinstance(page, Sheet)
    items = [item for part in page.sections for group in part.groups for item in group.items]
    assert [len(one.ticks) for one in items if one.ticks] == [4, 4, 4]
    assert sum(one.lines for one in items) >= 9
    goals = words_of_pdf(render(blank_goals_sheet()).pdf())
    assert "0 1 2 3 4 5 6 7 8 9 10" in goals
    assert len(blank_foundation_sheet().rows) == 13


def test_the_last_large_sheet_of_a_blank_is_of_use_too() -> None:
    """Two questions stood alone there; with more lines for each of the others it takes as many sheets, both in use."""
    pages = reader(render(blank_feedback_sheet(), large=True).pdf()).pages
    assert len(pages) == 2
    assert [title in pages[1].extract_text() for title in ("Do you feel understood?", "What should change?")] == [
        False,
        True,
    ]


def test_words_from_right_to_left_and_very_long_words_are_whole() -> None:
    long = "q" * 300
    one = goal("أن أنام من دون أن أخاف من الصباح.", why=long, ratings=[rated(4, "أربعة")])
    said = feedback(change=long, did_with_it=long)
    for large, language in itertools.product((False, True), ("es", "fr-CA")):
        page = goals_sheet([one], [said], form_of, language=language, parts=frozenset({Part.FEEDBACK}))
        assert text_of_pdf(render(page, large=large).pdf()).count("q") >= 900
