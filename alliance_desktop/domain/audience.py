"""What may ever be printed where: one allow-list a document, fixed in code.

A printout names the fields that it may show; whatever is not named stays off it, also a question that
a later form adds. The lists are those of the design (experience.md 5.1), by form and question code.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from enum import StrEnum

from alliance_desktop.domain import rupture
from alliance_desktop.domain.answers import Answer, Answers, ids_of
from alliance_desktop.domain.audience_sheets import SHEETS, on_sheet
from alliance_desktop.domain.entry import Entry, Mark
from alliance_desktop.domain.form import PRIVATE_TABLE, Audience, Card, Form, Kind, Question, is_answered
from alliance_desktop.domain.records.beside import BESIDE, without_reasons

Field = tuple[str, str]
"""A form's id and a question's code."""


class Document(StrEnum):
    """The pages that carry what was written."""

    CLIENT_PLAN = "client_plan"
    REPAIR_PLAN = "repair_plan"
    EXECUTOR = "executor"
    LOST_DEVICE = "lost_device"
    TIMELINE_REPORT = "timeline_report"
    SUPERVISION_SUMMARY = "supervision_summary"
    SUPERVISION_PREP = "supervision_prep"
    SESSION_NOTE = "session_note"
    SAFEGUARDING_RECORD = "safeguarding_record"
    RECORDS_BUNDLE = "records_bundle"
    RECORDS_PRIVATE = "records_private"
    RECORDS_SAFETY = "records_safety"
    GOALS_SHEET = "goals_sheet"
    FEEDBACK_SHEET = "feedback_sheet"
    FOUNDATION_SHEET = "foundation_sheet"


class Part(StrEnum):
    """The parts of a page that print only when they are ticked, each time anew."""

    NAME = "name"
    CHILD = "child"
    """Not what is on a page, but how it says it: shorter words and larger boxes."""
    GOALS = "goals"
    FEEDBACK = "feedback"
    CONSENT = "consent"
    CONTACTS = "contacts"
    RECORD = "record"
    PRIVATE = "private"
    MY_TEMPERATURE = "my_temperature"
    SAFEGUARDING = "safeguarding"
    NOTICED = "noticed"
    REFLECTED = "reflected"
    PREPARED = "prepared"
    SPOKEN = "spoken"
    AFTERWARDS = "afterwards"
    LEARNED = "learned"
    THEIR_VIEW = "their_view"
    SESSIONS = "sessions"
    GETTING_READY = "getting_ready"


def _of_rupture(refs: str) -> frozenset[Field]:
    return frozenset((rupture.FORM, ref) for ref in refs.split())


_AGREED = _of_rupture("R3 R4 R7 R8 U4 R9")


def _keys(form: str, keys: str) -> frozenset[Field]:
    return frozenset((form, key) for key in keys.split())


EXECUTOR = (
    _keys("client", "code called full_name state contact_ways contact_not contact_message contact_words")
    | _keys("client", "language interpreter")
    | _keys("session", "next_on")
    | _keys("safeguarding", "concern next_steps next_on")
    | _keys("outreach", "hurting_dates")
    | _keys("life_event", "on what yearly")
    | _keys("consent", "contact given until")
    | _keys("contact", "reach")
    | _keys("executor_wishes", "executor executor_reach second tell_first tell_clients take_over records where")
    | _keys("executor_wishes", "anything looked_over")
)
"""What an executor sees, by form and key: several of these questions share one code. Of a concern only what is next."""

TIMELINE_PARTS: dict[Part, frozenset[Field]] = {
    Part.RECORD: _of_rupture("D6 D7 D8 D11 D12 D13 D15 D16 U2 U5 C2 C7")
    | _keys("outreach", "why matters avenue offered response reason door_open")
    | _keys("feedback", "who change did_with_it")
    | _keys("sharing_log", "what comment")
    | _keys("foundation", "still_to_say consent_who consent_basis")
    | _keys("closing", "why reason_words helped goodbye")
    | _keys("decision", "decision options_weighed because")
    | _keys("life_event", "what mention")
    | _keys("resource_given", "resource_words given_to helped")
    | _keys("score", "instrument total subscores"),
    Part.CONTACTS: _of_rupture("R11")
    | _keys(rupture.FORM, "how_known_through")
    | _keys("contact_log", "contact purpose shared")
    | _keys("concern", "worries urgency told_back")
    | _keys("consent", "contact given may_share")
    | _keys("meeting", "data_shared decisions actions")
    | _keys("referral", "why answer outcome"),
    Part.PRIVATE: _of_rupture("N3 N4 N5 N6 N7 N8 N9")
    | _of_rupture("A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15")
    | _of_rupture("D1 D2 D3 D4 D5 D9 D10 D14 D15 D17 R1 R2 U3 U6 C3 C4 C5 C6"),
    Part.MY_TEMPERATURE: _keys("session", "temperature_mine"),
}
"""What each ticked part adds to a timeline on paper, by form and code or key. Of a session only that it was."""

_OPENS: dict[Part, frozenset[Audience]] = {
    Part.RECORD: frozenset({Audience.REC, Audience.SHARE}),
    Part.CONTACTS: frozenset({Audience.REC, Audience.SHARE, Audience.THIRD}),
    Part.PRIVATE: frozenset({Audience.PRIV}),
    Part.MY_TEMPERATURE: frozenset({Audience.PRIV}),
}
"""Of whose questions a part of a timeline can be, whatever its list says."""

SUMMARY_PARTS: dict[Part, tuple[Audience, frozenset[Field]]] = {
    Part.NOTICED: (Audience.PRIV, _of_rupture("N3 N4 N5 N6 N7 N8 N9")),
    Part.REFLECTED: (Audience.PRIV, _of_rupture("A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15")),
    Part.PREPARED: (Audience.PRIV, _of_rupture("D1 D2 D3 D4 D5")),
    Part.SPOKEN: (Audience.PRIV, _of_rupture("D9 D10 D14 D15 D17 R1 R2")),
    Part.AFTERWARDS: (Audience.PRIV, _of_rupture("U3 U6")),
    Part.LEARNED: (Audience.PRIV, _of_rupture("C3 C4 C5 C6")),
    Part.THEIR_VIEW: (Audience.REC, _of_rupture("D6 D7 D8 D11 D12 D13 D15 D16 U2 U5 C2 C7")),
    Part.SESSIONS: (
        Audience.REC,
        _keys("session", "one_line body soap_told soap_saw soap_read soap_next dap_said_seen dap_read dap_next next")
        | _keys("session", "birp_behaviour birp_did birp_response birp_next"),
    ),
    Part.GETTING_READY: (Audience.PRIV, _keys("supervision", "wants moment felt avoid question")),
}
"""What each ticked part adds to a summary for supervision: to whom it belongs, and its form and code or key."""

_AS_ROLES = _of_rupture("N3 D12 R11")
"""Where a summary for supervision says of other people which role they have, and nothing else."""

ALLOWED: dict[Document, frozenset[Field]] = {
    Document.EXECUTOR: EXECUTOR,
    Document.LOST_DEVICE: frozenset(("lost_device", f"3.13.{number}") for number in range(1, 14)),
    Document.TIMELINE_REPORT: _AGREED
    | _of_rupture("C1 R5 R6")
    | _keys("goal", "own_words whose why first_step how_see ratings state earlier_words state_on")
    | _keys("session", "temperature_client"),
    Document.SUPERVISION_SUMMARY: _AGREED
    | _of_rupture("C1 R5 R6")
    | _AS_ROLES
    | _keys("goal", "own_words whose why first_step how_see ratings state earlier_words state_on")
    | _keys("session", "next_on"),
    Document.SUPERVISION_PREP: _keys("supervision", "prep_on wants moment felt avoid question"),
    Document.CLIENT_PLAN: _AGREED,
    Document.REPAIR_PLAN: _AGREED
    | _of_rupture("D6 D7 D8 D11 D12 D13 D15 D16 U2 U5 C2 C7")
    | _of_rupture("C1 R5 R6")
    | _of_rupture("N3 N4 N5 N6 N7 N8 N9")
    | _of_rupture("A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15")
    | _of_rupture("D1 D2 D3 D4 D5 D9 D10 D14 D17 R1 R2 U3 U6 C3 C4 C5 C6"),
}

CLIENT_GOALS = _keys("goal", "own_words whose first_step ratings state")
"""What `Part.GOALS` adds to a client page; whose a goal is and how it stands say only whether it is there."""

PARTS: dict[Document, frozenset[Part]] = {
    Document.SESSION_NOTE: frozenset({Part.NAME, Part.PRIVATE}),
    Document.SAFEGUARDING_RECORD: frozenset(),
    Document.EXECUTOR: frozenset(),
    Document.LOST_DEVICE: frozenset(),
    Document.TIMELINE_REPORT: frozenset({Part.NAME, Part.SAFEGUARDING, *TIMELINE_PARTS}),
    Document.SUPERVISION_SUMMARY: frozenset(SUMMARY_PARTS),
    Document.SUPERVISION_PREP: frozenset(),
    Document.RECORDS_BUNDLE: frozenset(),
    Document.RECORDS_PRIVATE: frozenset(),
    Document.RECORDS_SAFETY: frozenset(),
    Document.CLIENT_PLAN: frozenset({Part.NAME, Part.GOALS, Part.CHILD}),
    Document.GOALS_SHEET: frozenset({Part.NAME, Part.FEEDBACK}),
    Document.FEEDBACK_SHEET: frozenset({Part.NAME}),
    Document.FOUNDATION_SHEET: frozenset({Part.NAME, Part.CONSENT}),
    Document.REPAIR_PLAN: frozenset({Part.NAME, Part.CONTACTS}),
}
"""The parts that each document offers."""

BUNDLES = frozenset({Document.RECORDS_BUNDLE, Document.RECORDS_PRIVATE, Document.RECORDS_SAFETY})
"""The bundles of a copy of the record, each answer in one of them; see `bundle_of`."""

_CONTACT_FIELDS = _of_rupture("R11")
_REVIEW: Field = (rupture.FORM, "R9")
_SEEN = "wording_seen"
_SEEN_IDS = frozenset({"yes", "changed"})
_SEEN_MARKS = "wording_seen_marks"
"""Beside the answers of a repair card: a digest of each shared answer as the client saw it."""


def allowed(document: Document, form: Form, question: Question, parts: frozenset[Part] = frozenset()) -> bool:
    """Say whether the answer of a question may be on a document, with the optional parts that were ticked.

    A client page takes only agreed wording (`SHARE`) and the review date, whatever the list says.
    What comes from or is about another person needs the ticked part `CONTACTS`, where a document offers it.
    """
    field = (form.id, question.ref)
    if document in SHEETS:
        return on_sheet(SHEETS[document], form, question, parts)
    if document in BUNDLES:
        return bundle_of(form, question) is document
    if document is Document.EXECUTOR:
        return (form.based_on or form.id, question.key) in EXECUTOR and question.audience not in PRIVATE_TABLE
    if document is Document.TIMELINE_REPORT:
        return _on_timeline(form, question, parts)
    if document is Document.SUPERVISION_PREP:
        return (form.based_on or form.id, question.key) in ALLOWED[document]
    if document is Document.SUPERVISION_SUMMARY:
        return _on_summary(form, question, parts)
    if document is Document.CLIENT_PLAN:
        return _on_client_plan(form, question, parts)
    if question.audience is Audience.CONTROL:
        return False
    if question.audience is Audience.THIRD:
        ticked = parts & PARTS[document]
        return Part.CONTACTS in ticked and field in ALLOWED[document] | _CONTACT_FIELDS
    return field in ALLOWED[document]


def _on_client_plan(form: Form, question: Question, parts: frozenset[Part]) -> bool:
    field = (form.id, question.ref)
    if Part.GOALS in parts and (form.based_on or form.id, question.key) in CLIENT_GOALS:
        return question.audience is Audience.SHARE
    return field in ALLOWED[Document.CLIENT_PLAN] and (question.audience is Audience.SHARE or field == _REVIEW)


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
    fields = {(form.based_on or form.id, name) for name in (question.ref, question.key)}
    if question.audience in _OPENS[Part.RECORD] and not fields.isdisjoint(ALLOWED[Document.TIMELINE_REPORT]):
        return True
    ticked = [part for part in parts if question.audience in _OPENS.get(part, ())]
    return any(not fields.isdisjoint(TIMELINE_PARTS[part]) for part in ticked)


def _on_summary(form: Form, question: Question, parts: frozenset[Part]) -> bool:
    """Say whether an answer may be on a summary for supervision; of other people only the roles ever are."""
    fields = {(form.based_on or form.id, name) for name in (question.ref, question.key)}
    if question.audience is Audience.THIRD:
        return question.kind is Kind.CONTACTS and not fields.isdisjoint(_AS_ROLES)
    always = ALLOWED[Document.SUPERVISION_SUMMARY] - _AS_ROLES
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
            field = (form.based_on or form.id, question.key)
            (told if allowed(Document.EXECUTOR, form, question) else kept).add(field)
    return {form: frozenset(key for whose, key in told - kept if whose == form) for form, _ in EXECUTOR}


def latest_fitting(entries: Sequence[Entry], card: str, turn: int) -> Entry | None:
    """Return the latest entry of a card in one turn of an arc, or None; cards set aside do not count."""
    ours = [one for one in entries if one.card == card and one.turn == turn and one.mark is Mark.NONE]
    return max(ours, key=lambda one: (one.happened_on, one.sequence, one.id), default=None)


def wording_ready(entries: Sequence[Entry], turn: int) -> bool:
    """Say whether the client has seen or changed the latest wording agreed in this turn (R10), as it is now.

    Wording that was changed since has not been seen, so that their page may not print.
    """
    repair = latest_fitting(entries, "repair", turn)
    if repair is None or not _is_seen(repair.answers):
        return False
    marks: dict[str, str] = repair.answers.get(_SEEN_MARKS) or {}
    return all(_mark_of(repair.answers.get(key)) == mark for key, mark in marks.items())


def with_seen_wording(card: Card, answers: Answers, old: Answers) -> Answers:
    """Return answers with a mark of the wording that the client saw, for `wording_ready` to compare.

    The mark is made when "Client saw the wording?" is answered anew, and stays as long as that answer does; `old`
    are the answers before this write. A mark that came in `answers` counts for nothing.
    """
    kept = {key: one for key, one in answers.items() if key != _SEEN_MARKS}
    if not _is_seen(kept):
        return kept
    again = _mark_of(kept[_SEEN]) == _mark_of(old.get(_SEEN))
    if again and _SEEN_MARKS in old:
        return {**kept, _SEEN_MARKS: old[_SEEN_MARKS]}
    seen = old if again else kept
    shared = [one.key for one in card.questions if one.audience is Audience.SHARE]
    return {**kept, _SEEN_MARKS: {key: _mark_of(seen.get(key)) for key in shared}}


def seen_keys(card: Card, answers: Answers) -> frozenset[str]:
    """Return the keys of the agreed wording on a card that the client has seen as it stands now.

    Where the card asks whether they saw it, what they did not see, or what was changed since, is not among it.
    """
    shared = [one for one in card.questions if one.audience is Audience.SHARE]
    given = frozenset(one.key for one in shared if is_answered(one, answers.get(one.key)))
    if not any(one.key == _SEEN for one in card.questions):
        return given
    if not _is_seen(answers):
        return frozenset()
    marks = answers.get(_SEEN_MARKS)
    if not isinstance(marks, dict):
        return given
    return frozenset(key for key in given if marks.get(key, _mark_of(answers.get(key))) == _mark_of(answers.get(key)))


def without(answers: Answers, keys: frozenset[str]) -> Answers:
    """Return answers without those of some keys; the marks of their wording say of them that none was seen.

    Of what was decided for a records request only the reasons go.
    """
    if BESIDE in keys:
        return without(without_reasons(answers), keys - {BESIDE})
    kept = {key: one for key, one in answers.items() if key not in keys}
    if isinstance(kept.get(_SEEN_MARKS), dict):
        kept[_SEEN_MARKS] = {key: _mark_of(None) if key in keys else mark for key, mark in kept[_SEEN_MARKS].items()}
    return kept


def _is_seen(answers: Answers) -> bool:
    return bool(_SEEN_IDS & set(ids_of(answers.get(_SEEN))))


def _mark_of(answer: Answer) -> str:
    """Return a digest of an answer in which nothing, an empty text and an unticked box are the same."""
    text = json.dumps(_told(answer), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _told(answer: Answer) -> Answer:
    if isinstance(answer, dict):
        return {key: told for key, one in answer.items() if (told := _told(one))} or None
    if isinstance(answer, list | tuple):
        return [told for one in answer if (told := _told(one))] or None
    return (answer.strip() if isinstance(answer, str) else answer) or None
