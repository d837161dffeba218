"""The allow-lists, those of the design (experience.md 5.1): by form and code, or by key where codes are shared."""

from alliance_desktop.domain import rupture
from alliance_desktop.domain.audience.documents import Document, Part
from alliance_desktop.domain.form import Audience

Field = tuple[str, str]
"""A form's id and a question's code or key."""


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
    Part.MY_TEMPERATURE: _keys("session", "temperature_mine"),
}
"""What each ticked part adds to a timeline on paper, by form and code or key. Of a session only that it was."""

OPENS: dict[Part, frozenset[Audience]] = {
    Part.RECORD: frozenset({Audience.REC, Audience.SHARE}),
    Part.CONTACTS: frozenset({Audience.REC, Audience.SHARE, Audience.THIRD}),
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
    Part.THEIR_VIEW: (
        Audience.REC,
        _of_rupture("D6 D7 D8 D11 D12 D13 D15 D16 U2 U5 C2 C7") | _keys("outreach", "response"),
    ),
    Part.SESSIONS: (
        Audience.REC,
        _keys("session", "one_line body soap_told soap_saw soap_read soap_next dap_said_seen dap_read dap_next next")
        | _keys("session", "birp_behaviour birp_did birp_response birp_next"),
    ),
    Part.GETTING_READY: (Audience.PRIV, _keys("supervision", "wants moment felt avoid question")),
}
"""What each ticked part adds to a summary for supervision: to whom it belongs, and its form and code or key."""

AS_ROLES = _of_rupture("N3 D12 R11")
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
    | AS_ROLES
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

CONTACT_FIELDS = _of_rupture("R11")
REVIEW: Field = (rupture.FORM, "R9")
