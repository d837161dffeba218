"""By when a request for records is to be answered: the shipped rules, days from a table, and rules that are refused."""

import datetime

import pytest

from alliance_desktop.domain.records.errors import RuleError
from alliance_desktop.domain.records.rules import CHECK, LAWS, TOO_FAR, UNCHECKED, read_rule, read_rules, suggested
from alliance_desktop.resources import resource

TODAY = datetime.date(2026, 3, 5)
SHIPPED = resource("records_rules.toml").read_text(encoding="utf-8")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("law", "received", "due", "longest"),
    [
        ("uk", "2026-03-05", "2026-04-05", "2026-06-05"),
        ("uk", "2026-01-31", "2026-02-28", "2026-04-30"),
        ("uk", "2028-01-31", "2028-02-29", "2028-04-30"),
        ("uk", "2026-12-15", "2027-01-15", "2027-03-15"),
        ("us_hipaa", "2026-03-05", "2026-04-04", None),
        ("us_hipaa", "2028-02-15", "2028-03-16", None),
        ("us_school", "2026-12-01", "2027-01-15", None),
        ("ontario", "2026-03-05", "2026-04-04", None),
        ("canada", "2026-03-05", None, None),
        ("other", "2026-03-05", None, None),
    ],
)
def test_the_day_that_is_suggested(law: str, received: str, due: str | None, longest: str | None) -> None:
    told = suggested(read_rules(SHIPPED)[law], day(received))
    assert told.due == (day(due) if due else None)
    assert told.longest == (day(longest) if longest else None)


@pytest.mark.parametrize("law", LAWS)
def test_a_suggestion_names_its_source_and_says_to_check(law: str) -> None:
    rule = read_rules(SHIPPED)[law]
    said = suggested(rule, TODAY).words
    assert said[-1] == CHECK
    assert rule.source in said[-2]
    assert "as of 22 November 2026" in said[-2]
    assert any(UNCHECKED in one for one in said) == (law in {"us_hipaa", "us_school", "ontario"})


def test_what_nobody_looked_up_is_never_said_as_fact() -> None:
    rules = read_rules(SHIPPED)
    assert suggested(rules["us_hipaa"], TODAY).words[0].startswith("Perhaps 30 days")
    assert suggested(rules["uk"], TODAY).words[0].startswith("1 month from the day")


@pytest.mark.parametrize("law", LAWS)
def test_each_first_thought_ends_in_deciding(law: str) -> None:
    rule = read_rules(SHIPPED)[law]
    assert rule.private.endswith("Decide.")
    assert rule.safety.endswith("Decide.")


def _without(law: str) -> str:
    parts = SHIPPED.split("[[rules]]")
    return "[[rules]]".join(one for one in parts if f'law = "{law}"' not in one)


@pytest.mark.parametrize(
    ("text", "law", "key", "reason"),
    [
        ("rules = ", "file", "the file", "not TOML"),
        ("", "file", "rules", "list of rules"),
        (f"more = 1\n{SHIPPED}", "file", "rules", "nothing else"),
        (SHIPPED.replace('law = "uk"', 'law = "atlantis"'), "atlantis", "law", "no such law"),
        (SHIPPED.replace('law = "ontario"', 'law = "uk"'), "uk", "law", "two rules"),
        (_without("canada"), "canada", "law", "no rule of this law"),
        (SHIPPED.replace('unit = "months"', 'unit = "weeks"'), "uk", "unit", "days or months"),
        (SHIPPED.replace("count = 1\n", "count = -1\n"), "uk", "count", "up to 12"),
        (SHIPPED.replace("count = 1\n", 'count = "1"\n'), "uk", "count", "int"),
        (SHIPPED.replace("count = 45", "count = 4500"), "us_school", "count", "up to 366"),
        (SHIPPED.replace("longest = 3", "longest = 13"), "uk", "longest", "no less"),
        (SHIPPED.replace("longest = 3\n", ""), "uk", "extension", "belong together"),
        (SHIPPED.replace('source = "not known here"', 'source = " "'), "other", "source", "where it comes from"),
        (SHIPPED.replace("as_of = 2026-11-22", 'as_of = "soon"', 1), "uk", "as_of", "date"),
        (SHIPPED.replace("checked = true", "sure = true", 1), "uk", "its shape", "sure"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(text: str, law: str, key: str, reason: str) -> None:
    with pytest.raises(RuleError) as told:
        read_rules(text)
    assert (told.value.law, told.value.key) == (law, key)
    assert reason in told.value.reason
    assert key in told.value.sentence


def test_one_rule_that_is_no_rule_is_refused() -> None:
    with pytest.raises(RuleError):
        read_rule(["uk"])


@pytest.mark.parametrize(("law", "received"), [("uk", "9999-12-31"), ("uk", "9999-12-01"), ("us_school", "9999-12-31")])
def test_past_the_end_of_the_calendar_no_day_is_suggested(law: str, received: str) -> None:
    told = suggested(read_rules(SHIPPED)[law], day(received))
    assert (told.due, told.longest) == (None, None)
    assert told.words[0] == TOO_FAR
    assert told.words[-1] == CHECK


def test_a_longer_time_past_the_end_of_the_calendar_is_left_out() -> None:
    told = suggested(read_rules(SHIPPED)["uk"], day("9999-11-30"))
    assert (told.due, told.longest) == (day("9999-12-30"), None)
