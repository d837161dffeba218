"""Whether a write takes much of what an entry said away, so that it is to be kept before."""

from alliance_desktop.domain.answers import Answer, Answers

MANY_LETTERS = 200
"""So many letters fewer in one answer are many, however long it was."""


def says_anything(answers: Answers) -> bool:
    """Say whether any answer says something; empty texts and lists say nothing."""
    return any(map(_says, answers.values()))


def takes_out_much(was: Answers, now: Answers) -> bool:
    """Say whether an answer becomes empty, or shorter by a third or by many letters."""
    return any(_is_much(_letters(one), _letters(now.get(key))) for key, one in was.items())


def _is_much(was: int, now: int) -> bool:
    gone = was - now
    return gone > 0 and (now == 0 or 3 * gone >= was or gone >= MANY_LETTERS)


def _says(answer: Answer) -> bool:
    if isinstance(answer, str):
        return bool(answer.strip())
    if isinstance(answer, dict):
        return any(map(_says, answer.values()))
    if isinstance(answer, list):
        return any(map(_says, answer))
    return answer is not None and answer is not False


def _letters(answer: Answer) -> int:
    """Return how many letters of text an answer holds: its own, beside a choice, or in the cells of a table."""
    if isinstance(answer, str):
        return len(answer.strip())
    if isinstance(answer, dict):
        return sum(_letters(one) for key, one in answer.items() if key not in ("ids", "on", "about"))
    if isinstance(answer, list):
        return sum(map(_letters, answer))
    return 0
