"""The table of what may be on which page, read from `paper_table.toml`, which is written by hand."""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from alliance_desktop.domain.audience import BUNDLES, PARTS, Document, Part
from alliance_desktop.domain.form import Form, Question

Field = tuple[str, str]
"""A form's id and a question's key."""
Rule = Callable[[Document, Form, Question, frozenset[Part]], bool]
ALWAYS = "always"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "paper_table.toml").read_text(encoding="utf-8"))


@cache
def group(name: str) -> frozenset[Field]:
    """Return the questions of a group."""
    forms = (one.split(":") for one in _table()["groups"][name].split(";"))
    return frozenset((form.strip(), key) for form, keys in forms for key in keys.split())


def groups() -> frozenset[str]:
    """Return the names of all groups."""
    return frozenset(_table()["groups"])


def used_groups() -> frozenset[str]:
    """Return the names of the groups that a page or a bundle names."""
    said = [*_table()["pages"].values(), _table()["bundles"]]
    return frozenset(one for page in said for named in page.values() for one in named)


def pages() -> frozenset[str]:
    """Return the pages the table tells of, the bundles apart."""
    return frozenset(_table()["pages"])


def parts_of(document: Document) -> frozenset[Part]:
    """Return the parts that add something to a page."""
    return frozenset(Part(one) for one in _table()["pages"].get(document, {}) if one != ALWAYS)


@cache
def fields_of(document: Document, part: str) -> frozenset[Field]:
    """Return what is on a page always, or with a part."""
    named: Iterable[str] = _table()["pages"][document].get(part, ())
    return frozenset().union(*(group(one) for one in named))


@cache
def _of_bundle(name: str) -> frozenset[Field]:
    return frozenset().union(*(group(one) for one in _table()["bundles"][name]))


def may_print(document: Document, form: Form, question: Question, parts: frozenset[Part]) -> bool:
    """Say whether the answer of a question may be on a page, as the table has it."""
    field = (form.id, question.key)
    if document in BUNDLES:
        return bundle_of(field) == document
    return any(field in fields_of(document, part) for part in (ALWAYS, *parts))


def bundle_of(field: Field) -> str | None:
    """Return in which bundle an answer is; None for in none."""
    if field in _of_bundle("in_none"):
        return None
    apart = (one for one in ("records_private", "records_safety") if field in _of_bundle(one))
    return next(apart, Document.RECORDS_BUNDLE)


def differences(forms: Iterable[Form], rule: Rule) -> Iterator[str]:
    """Yield where a rule says other than the table: of each page, each question, no part, each part and all."""
    for form in forms:
        for question in (one for card in form.cards for one in card.questions):
            for document in Document:
                for parts in (frozenset[Part](), *(frozenset({one}) for one in PARTS[document]), frozenset(Part)):
                    if rule(document, form, question, parts) is not may_print(document, form, question, parts):
                        yield f"{document} {form.id}.{question.key} {'+'.join(sorted(parts))}"
