"""The sheets for the days nobody wants: emergency card, lost computer, lost device, and the sealed sheet."""

import datetime
import itertools

import pytest
from paper_cases import everything_in, reader, words_of_pdf

from alliance_desktop.documents.emergency_card import LANGUAGES, emergency_card
from alliance_desktop.documents.executor_sheet import RULE, VOID, executor_sheet
from alliance_desktop.documents.incident import blank_incident
from alliance_desktop.documents.lost_computer import CHECK, ENCRYPTED, LAW, STEPS, lost_computer
from alliance_desktop.documents.press import Paper, render
from alliance_desktop.documents.twin import twin
from alliance_desktop.documents.wording import languages
from alliance_desktop.domain.formfile import read_form
from alliance_desktop.resources import resource

DAY = datetime.date(2026, 3, 10)
LOOKS = list(itertools.product(("a4", "letter"), (False, True)))
looks = pytest.mark.parametrize(("paper", "large"), LOOKS)
AT_ONCE = ["Call 999, or 112 from a mobile", "Then Ms Hale, who leads on safeguarding"]
TURN_TO = ["My counsellor", "A helpline, day and night"]
GROUPS = ["EXEC", "0114", "WS44", "1119", "JGD8", "BQB9", "V1W9", "FF74", "148M", "XRZK"]
WISHES = {"executor": ("Who is to act for me?", "Ingrid Vale"), "records": ("What is to happen with them?", "")}


def test_the_card_speaks_the_languages_of_the_client_page() -> None:
    assert set(LANGUAGES) == set(languages())


@looks
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_cards_stand_on_one_sheet_also_blank(paper: Paper, large: bool, language: str) -> None:
    for lines in (AT_ONCE, TURN_TO), ([], ["  "]):
        pdf = render(emergency_card(*lines, language=language), paper=paper, large=large).pdf()
        assert len(reader(pdf).pages) == 1
        title = emergency_card([], [], language=language).words["title"]
        assert words_of_pdf(pdf).count(title) == 3, "on each card, and in the foot"


@looks
def test_a_long_card_stands_once_and_loses_nothing(paper: Paper, large: bool) -> None:
    many = [f"Line {number} of a list that is long, with أمي and 李老师" for number in range(60)]
    text = words_of_pdf(render(emergency_card(many, TURN_TO), paper=paper, large=large).pdf())
    assert all(text.count(f"Line {number} of") == 1 for number in range(60))


def test_the_card_names_no_software_and_its_twin_says_each_line_once() -> None:
    card = emergency_card(AT_ONCE, TURN_TO)
    assert "Alliance" not in everything_in(render(card).pdf())
    told = twin(card)
    assert all(told.count(line) == 1 for line in (*AT_ONCE, *TURN_TO))


@looks
def test_the_lost_computer_has_its_six_steps_and_each_hint_says_check(paper: Paper, large: bool) -> None:
    pdf = render(lost_computer(made_on=DAY, outside_on=DAY), paper=paper, large=large).pdf()
    text = words_of_pdf(pdf)
    assert len(STEPS) == 6
    assert all(words[:40] in text for words in (*STEPS, ENCRYPTED, CHECK))
    assert all(label.endswith("– check") and label in text for label, _ in LAW)
    assert text.count("10 March 2026") == 2


def test_without_a_vault_the_day_it_was_made_is_a_line_to_fill() -> None:
    told = twin(lost_computer())
    assert "The vault was made on\n" in told
    assert "one was last made" not in told


@looks
def test_the_sealed_sheet_says_what_it_cannot_promise_and_has_room_for_wishes(paper: Paper, large: bool) -> None:
    sheet = executor_sheet(GROUPS, WISHES, vault="00ff00ff00ff00ff", on=DAY)
    text = words_of_pdf(render(sheet, paper=paper, large=large).pdf())
    assert all(group in text for group in GROUPS)
    # A sheet may end in the middle of a paragraph.
    assert all(words[:40] in text for words in (RULE, VOID, "Ingrid Vale", "00ff00ff"))
    assert all(words in twin(sheet) for words in (RULE, VOID))
    assert "00ff00ff0" not in text, "so much of the vault's id is enough"
    lined = {item.label: item.lines for part in sheet.sections for group in part.groups for item in group.items}
    assert (lined["Who is to act for me?"], lined["What is to happen with them?"]) == (0, 2)
    assert " ".join(GROUPS) in twin(sheet)


def test_the_blank_record_of_a_lost_device_asks_every_question() -> None:
    path = resource("forms", "lost_device.1.toml")
    form = read_form(path.name, path.read_text(encoding="utf-8"))
    told = twin(blank_incident(form))
    assert all(one.label in told for one in form.cards[0].questions)
