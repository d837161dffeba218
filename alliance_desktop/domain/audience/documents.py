"""The pages that carry what was written, and the parts of them that print only when they are ticked."""

from enum import StrEnum


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


PARTS: dict[Document, frozenset[Part]] = {
    Document.SESSION_NOTE: frozenset({Part.NAME, Part.PRIVATE}),
    Document.SAFEGUARDING_RECORD: frozenset(),
    Document.EXECUTOR: frozenset(),
    Document.LOST_DEVICE: frozenset(),
    Document.TIMELINE_REPORT: frozenset(
        {Part.NAME, Part.SAFEGUARDING, Part.RECORD, Part.CONTACTS, Part.MY_TEMPERATURE}
    ),
    Document.SUPERVISION_SUMMARY: frozenset(
        {
            Part.NOTICED,
            Part.REFLECTED,
            Part.PREPARED,
            Part.SPOKEN,
            Part.AFTERWARDS,
            Part.LEARNED,
            Part.THEIR_VIEW,
            Part.SESSIONS,
            Part.GETTING_READY,
        }
    ),
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
