"""Words that came after an entry was finished, as the text of an addendum, and how such a text is headed."""

from alliance_desktop.domain.answers import Answers, long_day, text_of
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.entry import Addendum
from alliance_desktop.domain.form import PRIVATE_TABLE, Card, Form
from alliance_desktop.domain.shown import shown


def added_on(addendum: Addendum) -> str:
    """Return what stands over an addendum on paper: the day it was written here."""
    return f"Added on {long_day(local(addendum.written_at).date())}"


def late_words(form: Form, card: Card, kept: Answers, answers: Answers) -> tuple[str, bool]:
    """Return what answers say that those kept do not, question by question, and whether any of it is for oneself."""
    late = [(one, shown(form, one, answers.get(one.key)) or text_of(answers.get(one.key))) for one in card.questions]
    late = [(one, words) for one, words in late if words and answers.get(one.key) != kept.get(one.key)]
    text = "\n".join(f"{one.label}\n{words}" for one, words in late)
    return text, any(one.audience in PRIVATE_TABLE for one, _ in late)
