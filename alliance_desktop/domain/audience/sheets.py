"""The allow-lists of pages that show one note or one sort of note: by form and key, and what needs a tick."""

from collections.abc import Set
from typing import NamedTuple

from alliance_desktop.domain.form import Audience, Form, Question


class SheetList(NamedTuple):
    """What may be on a page: keys by form, and those of private reflection that need `Part.PRIVATE`.

    `ticked` names by part what needs that part ticked, also of the record where the rest is agreed wording only.
    """

    fields: dict[str, frozenset[str]]
    private: dict[str, frozenset[str]] = {}
    shared_only: bool = False
    """Whether the page goes to the client, who gets agreed wording only."""
    ticked: dict[str, dict[str, frozenset[str]]] = {}


def _keys(words: str) -> frozenset[str]:
    return frozenset(words.split())


SHEETS: dict[str, SheetList] = {
    "session_note": SheetList(
        {
            "session": _keys(
                "date start end attendance one_line temperature_client how where planned body soap_told soap_saw "
                "soap_read soap_next dap_said_seen dap_read dap_next birp_behaviour birp_did birp_response birp_next "
                "next tasks next_on"
            )
        },
        private={
            "session": _keys(
                "temperature_mine felt_off tender tender_reason checkin_went checkin_body checkin_tender for_me_only"
            )
        },
    ),
    "safeguarding_record": SheetList(
        {
            "safeguarding": _keys(
                "danger learned_on learned_at learned_where exact_words saw think said explained told decision reason "
                "next_steps written_on written_at on what by_whom outcome next_on"
            )
        }
    ),
    "goals_sheet": SheetList(
        {"goal": _keys("own_words whose why first_step how_see ratings state earlier_words state_on")},
        shared_only=True,
        ticked={"feedback": {"feedback": _keys("given_on change did_with_it told_on")}},
    ),
    "feedback_sheet": SheetList(
        {"feedback": _keys("given_on supported understood centred change did_with_it told_on")}
    ),
    "foundation_sheet": SheetList(
        {"foundation": _keys("gone_through_on agreements")},
        ticked={"consent": {"foundation": _keys("consent_who consent_basis consent_on")}},
    ),
}
"""By the name of the document in `audience.Document`."""


def on_sheet(listed: SheetList, form: Form, question: Question, parts: Set[str] = frozenset()) -> bool:
    """Say whether an answer may be on a page; what is private only where it was ticked, whatever the lists say."""
    kind = form.based_on or form.id
    if question.audience is Audience.PRIV:
        return "private" in parts and question.key in listed.private.get(kind, frozenset())
    if question.audience in {Audience.CONTROL, Audience.THIRD}:
        return False
    if any(question.key in listed.ticked[part].get(kind, frozenset()) for part in parts & listed.ticked.keys()):
        return True
    if listed.shared_only and question.audience is not Audience.SHARE:
        return False
    return question.key in listed.fields.get(kind, frozenset())
