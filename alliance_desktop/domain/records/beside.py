"""The form of a request for records, and where it keeps what was decided: beside its answers, for no card to bring."""

from alliance_desktop.domain.answers import Answers

REQUEST = "records_request"
"""The form of a request."""

BESIDE = "decided_items"
"""A name that no question has."""


DRAFTS = "deciding_now"
"""Where it keeps what was chosen and typed about a piece and is no decision yet."""

ENDED = "finished_with"
"""Where a finished request keeps each piece it was about, with a digest of its words."""

_OURS = (BESIDE, DRAFTS, ENDED)


def kept_beside(answers: Answers, old: Answers) -> Answers:
    """Return answers with what stood beside the old ones, and with nothing else of that kind."""
    if not any(key in old or key in answers for key in _OURS):
        return answers
    without = {key: one for key, one in answers.items() if key not in _OURS}
    return without | {key: old[key] for key in _OURS if key in old}


def reasons_of(answers: Answers) -> list[str]:
    """Return the reasons that were given for decisions kept beside answers, or are being typed, each once."""
    kept = [one for key in (BESIDE, DRAFTS) if isinstance(answers.get(key), dict) for one in answers[key].values()]
    found = [one.get("reason") for one in kept if isinstance(one, dict)]
    return list(dict.fromkeys(one for one in found if isinstance(one, str) and one.strip()))


def without_reasons(answers: Answers) -> Answers:
    """Return answers whose decisions stay, and the words that were given as reasons for them do not."""
    kept, others = answers.get(BESIDE), {key: one for key, one in answers.items() if key != DRAFTS}
    if not isinstance(kept, dict):
        return others
    emptied = {key: {**one, "reason": ""} if isinstance(one, dict) else one for key, one in kept.items()}
    return {**others, BESIDE: emptied}
