"""The form of a request for records, and where it keeps what was decided: beside its answers, for no card to bring."""

from alliance_desktop.domain.answers import Answers

REQUEST = "records_request"
"""The form of a request."""

BESIDE = "decided_items"
"""A name that no question has."""


def kept_beside(answers: Answers, old: Answers) -> Answers:
    """Return answers with the decisions that stood beside the old ones, and with no others."""
    if BESIDE not in old and BESIDE not in answers:
        return answers
    without = {key: one for key, one in answers.items() if key != BESIDE}
    return {**without, BESIDE: old[BESIDE]} if BESIDE in old else without
