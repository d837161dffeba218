"""What of an entry the rules of "who needs me next" read; of all the rest only that something is said there.

A rule that reads another answer names its key here: `tests/services/test_kept_stories.py` says where one is missing.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.story import says

SAID = "…"
"""Stands for an answer that says something."""

WHOLE = frozenset({"outreach"})
"""Forms that are kept as they are: where reaching out stands is told from all they say."""


def _keys(words: str) -> frozenset[str]:
    return frozenset(words.split())


READ: Mapping[str, frozenset[str]] = {
    "closing": _keys("why closed_on second_look_on second_look_done"),
    "concern": _keys("answer_due answered_on"),
    "contact_log": _keys("next next_on next_done"),
    "decision": _keys("review_on reviewed"),
    "foundation": _keys("agreements"),
    "goal": _keys("own_words ratings set_on state state_on"),
    "life_event": _keys("on what yearly"),
    "meeting": _keys("actions"),
    "records_request": _keys("due_on sent_on"),
    "referral": _keys("answer_due answered_on sent_on"),
    "rupture": _keys(
        "agreed bring_up bring_up_on each_agreed look_again_on name next_try_on preferred_not raised_by review_on "
        "supervision supervision_on"
    ),
    "safeguarding": _keys("concern next_on next_steps"),
    "session": _keys("attendance next_on temperature_client"),
    "sharing_log": _keys("goals"),
}
"""The keys of each form whose answers are kept as they are."""


def abridged(entry: Entry) -> Entry:
    """Return an entry, under the shipped form it is of, with what the rules read of it."""
    if entry.form in WHOLE:
        return entry
    read = READ.get(entry.form, frozenset())
    answers = {key: one if key in read else SAID for key, one in entry.answers.items() if key in read or says(one)}
    return replace(entry, answers=answers, finished_at=None)
