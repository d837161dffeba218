"""By when a request is to be answered: rules that can be changed, each with its source and its day."""

import datetime
import tomllib
from collections.abc import Mapping
from typing import Any

import msgspec

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.days import day_from, day_within, month_end
from alliance_desktop.domain.records.errors import RuleError

LAWS = ("uk", "ontario", "canada", "us_hipaa", "us_school", "other")
UNITS = ("days", "months")
MOST = {"days": 366, "months": 12}

CHECK = "Deadlines differ. Check with your body, employer or a lawyer."
NONE = "No day is suggested for this law. Put in your own."
TOO_FAR = "No day is suggested: what you put in as the day of receipt lies at the end of the calendar."
UNCHECKED = "Nobody looked this number up for this program: check it before you rely on it."


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule of one law; what each field means is said at the top of resources/records_rules.toml."""

    law: str
    count: int
    unit: str
    source: str
    as_of: datetime.date
    checked: bool
    longest: int = 0
    extension: str = ""
    private: str = ""
    safety: str = ""
    mine: bool = False
    """Whether the counsellor changed it."""


class Suggested(msgspec.Struct, frozen=True, kw_only=True):
    """The day that a rule suggests, or None, and all that is said with it."""

    due: datetime.date | None
    longest: datetime.date | None
    words: tuple[str, ...]


def read_rules(text: str) -> dict[str, Rule]:
    """Return the rules of a file by their law; RuleError with law, key and reason where it cannot be used."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise RuleError("file", "the file", f"it is not TOML ({fault})") from None
    found = data.get("rules")
    if not isinstance(found, list) or data.keys() != {"rules"}:
        raise RuleError("file", "rules", "it holds a list of rules and nothing else")
    rules: dict[str, Rule] = {}
    for one in found:
        rule = read_rule(one)
        if rule.law in rules:
            raise RuleError(rule.law, "law", "there are two rules of this law")
        rules[rule.law] = rule
    for law in LAWS:
        if law not in rules:
            raise RuleError(law, "law", "there is no rule of this law")
    return rules


def read_rule(data: Any) -> Rule:
    """Return one rule from plain data; RuleError where it cannot be used."""
    law = str(data.get("law", "")) if isinstance(data, Mapping) else ""
    try:
        rule = msgspec.convert(data, Rule)
    except msgspec.ValidationError as fault:
        reason, _, place = str(fault).partition(" - at `$.")
        raise RuleError(law or "without a law", place.rstrip("`") or "its shape", reason) from None
    problem = problem_of(rule)
    if problem is not None:
        raise RuleError(law or "without a law", *problem)
    return rule


def problem_of(rule: Rule) -> tuple[str, str] | None:
    """Return what is wrong with a rule that has the right shape, as key and reason; None where nothing is."""
    if rule.law not in LAWS:
        return "law", "no such law is known"
    if rule.unit not in UNITS:
        return "unit", "it is either days or months"
    if not 0 <= rule.count <= MOST[rule.unit]:
        return "count", f"it is a whole number up to {MOST[rule.unit]}"
    if rule.longest and not rule.count <= rule.longest <= MOST[rule.unit]:
        return "longest", f"it is no less than the usual number, and up to {MOST[rule.unit]}"
    if bool(rule.longest) != bool(rule.extension.strip()):
        return "extension", "a longer time and the case in which it holds belong together"
    if not rule.source.strip():
        return "source", "a rule says where it comes from"
    return None


def suggested(rule: Rule, received: datetime.date) -> Suggested:
    """Return the day a rule suggests for what was received on a day; what nobody looked up is never said as fact."""
    from_where = f"Source: {rule.source.strip()}, as of {long_day(rule.as_of)}."
    if not rule.count:
        return Suggested(due=None, longest=None, words=(NONE, from_where, CHECK))
    due = _later(received, rule.count, rule.unit)
    if due is None:
        return Suggested(due=None, longest=None, words=(TOO_FAR, from_where, CHECK))
    longest = _later(received, rule.longest, rule.unit) if rule.longest else None
    how_many = f"{rule.count} {rule.unit[:-1] if rule.count == 1 else rule.unit}"
    if rule.checked or rule.mine:
        words = [f"{how_many} from the day it was received: {long_day(due)}."]
    else:
        words = [f"Perhaps {how_many} from the day it was received: {long_day(due)}. {UNCHECKED}"]
    if longest is not None:
        words.append(f"In all up to {rule.longest} {rule.unit}, {long_day(longest)}, {rule.extension.strip()}.")
    changed = "You changed this rule. " if rule.mine else ""
    return Suggested(due=due, longest=longest, words=(*words, f"{changed}{from_where}", CHECK))


def _later(day: datetime.date, count: int, unit: str) -> datetime.date | None:
    """Return a day so many days or months later; the last day of a month that has no such day; None past all days."""
    if unit == "days":
        return day_from(day, count)
    years, month = divmod(day.month - 1 + count, 12)
    if day.year + years > datetime.MAXYEAR:
        return None
    first = datetime.date(day.year + years, month + 1, 1)
    return min(day_within(first, day.day - 1), month_end(first))
