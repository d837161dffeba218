"""Whether the answer of a question may be on a page: one rule a page, each with its list."""

from collections.abc import Callable, Iterable
from functools import partial

from alliance_desktop.domain.audience.documents import BUNDLES, PARTS, Document, Part
from alliance_desktop.domain.audience.lists import (
    ALLOWED,
    AS_ROLES,
    CLIENT_GOALS,
    CONTACT_FIELDS,
    EXECUTOR,
    OPENS,
    REVIEW,
    SUMMARY_PARTS,
    TIMELINE_PARTS,
    Field,
)
from alliance_desktop.domain.audience.sheets import SHEETS, on_sheet
from alliance_desktop.domain.form import PRIVATE_TABLE, Audience, Form, Kind, Question

Rule = Callable[[Form, Question, frozenset[Part]], bool]


def allowed(document: Document, form: Form, question: Question, parts: frozenset[Part] = frozenset()) -> bool:
    """Say whether the answer of a question may be on a document, with the optional parts that were ticked.

    A client page takes only agreed wording (`SHARE`) and the review date, whatever the list says.
    What comes from or is about another person needs the ticked part `CONTACTS`, where a document offers it.
    """
    return _RULES[document](form, question, parts)


def _kind(form: Form) -> str:
    return form.based_on or form.id


def _names(form: Form, question: Question) -> set[Field]:
    return {(_kind(form), name) for name in (question.ref, question.key)}


def _listed(document: Document, form: Form, question: Question, parts: frozenset[Part]) -> bool:
    """Say it of a page of the counsellor's own that shows a strain or a note as it is."""
    field = (form.id, question.ref)
    if question.audience is Audience.CONTROL:
        return False
    if question.audience is Audience.THIRD:
        return Part.CONTACTS in parts & PARTS[document] and field in ALLOWED[document] | CONTACT_FIELDS
    return field in ALLOWED[document]


def _on_client_plan(form: Form, question: Question, parts: frozenset[Part]) -> bool:
    field = (form.id, question.ref)
    if Part.GOALS in parts and (_kind(form), question.key) in CLIENT_GOALS:
        return question.audience is Audience.SHARE
    return field in ALLOWED[Document.CLIENT_PLAN] and (question.audience is Audience.SHARE or field == REVIEW)


def _for_executor(form: Form, question: Question, _parts: frozenset[Part]) -> bool:
    return (_kind(form), question.key) in EXECUTOR and question.audience not in PRIVATE_TABLE


def _on_preparation(form: Form, question: Question, _parts: frozenset[Part]) -> bool:
    return (_kind(form), question.key) in ALLOWED[Document.SUPERVISION_PREP]


def _in_bundle(document: Document, form: Form, question: Question, _parts: frozenset[Part]) -> bool:
    return bundle_of(form, question) is document


def bundle_of(form: Form, question: Question) -> Document | None:
    """Return in which bundle of a copy of the record an answer may be, once it is decided; None for in no one.

    Whoever asks for their record asks for what is kept, also in a counsellor's own form: so it goes by whom an answer
    is for. What lies in a drawer, and the counsellor's own reflection, are bundles of their own.
    """
    if question.audience is Audience.CONTROL:
        return None
    if question.audience is Audience.PRIV:
        return Document.RECORDS_PRIVATE
    return Document.RECORDS_SAFETY if form.drawer else Document.RECORDS_BUNDLE


def _on_timeline(form: Form, question: Question, parts: frozenset[Part]) -> bool:
    fields = _names(form, question)
    if question.audience in OPENS[Part.RECORD] and not fields.isdisjoint(ALLOWED[Document.TIMELINE_REPORT]):
        return True
    ticked = [part for part in parts if question.audience in OPENS.get(part, ())]
    return any(not fields.isdisjoint(TIMELINE_PARTS[part]) for part in ticked)


def _on_summary(form: Form, question: Question, parts: frozenset[Part]) -> bool:
    """Say whether an answer may be on a summary for supervision; of other people only the roles ever are."""
    fields = _names(form, question)
    if question.audience is Audience.THIRD:
        return question.kind is Kind.CONTACTS and not fields.isdisjoint(AS_ROLES)
    always = ALLOWED[Document.SUPERVISION_SUMMARY] - AS_ROLES
    if question.audience in {Audience.SHARE, Audience.REC} and not fields.isdisjoint(always):
        return True
    ticked = (SUMMARY_PARTS[one] for one in parts & SUMMARY_PARTS.keys())
    return any(question.audience is whose and not fields.isdisjoint(named) for whose, named in ticked)


def executor_keys(forms: Iterable[Form]) -> dict[str, frozenset[str]]:
    """Return by form the keys of what an executor may see; not those that a form of the counsellor's keeps private."""
    told: set[Field] = set()
    kept: set[Field] = set()
    for form in forms:
        for question in (one for card in form.cards for one in card.questions):
            field = (_kind(form), question.key)
            (told if allowed(Document.EXECUTOR, form, question) else kept).add(field)
    return {form: frozenset(key for whose, key in told - kept if whose == form) for form, _ in EXECUTOR}


_RULES: dict[Document, Rule] = {
    **{one: partial(_listed, one) for one in Document},
    **{Document(name): partial(on_sheet, listed) for name, listed in SHEETS.items()},
    **{one: partial(_in_bundle, one) for one in BUNDLES},
    Document.CLIENT_PLAN: _on_client_plan,
    Document.EXECUTOR: _for_executor,
    Document.TIMELINE_REPORT: _on_timeline,
    Document.SUPERVISION_SUMMARY: _on_summary,
    Document.SUPERVISION_PREP: _on_preparation,
}
