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


def reasons_of(answers: Answers) -> list[str]:
    """Return the reasons that were given for decisions kept beside answers, each once."""
    kept = answers.get(BESIDE)
    found = [one.get("reason") for one in kept.values() if isinstance(one, dict)] if isinstance(kept, dict) else []
    return list(dict.fromkeys(one for one in found if isinstance(one, str) and one.strip()))


def without_reasons(answers: Answers) -> Answers:
    """Return answers whose decisions stay, and the words that were given as reasons for them do not."""
    kept = answers.get(BESIDE)
    if not isinstance(kept, dict):
        return answers
    emptied = {key: {**one, "reason": ""} if isinstance(one, dict) else one for key, one in kept.items()}
    return {**answers, BESIDE: emptied}
