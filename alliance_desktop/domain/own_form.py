"""A counsellor's own form: a card of a shipped one, put in another order, shortened, and with questions of their own.

Every change gives a new `Form` that is as sound as the one before: what the program reads, what is enough and what says
when it happened can be neither hidden nor turned round, and a key is never used again for another meaning.
"""

import re
from collections.abc import Callable, Iterable

import msgspec

from alliance_desktop.domain.form import Audience, Card, Form, Kind, Option, Question
from alliance_desktop.domain.formfile import problems
from alliance_desktop.domain.own_form_errors import OwnFormError
from alliance_desktop.domain.own_form_reads import READ

SECTION = "Forms of my own"
MINE = "mine_"
"""How the key of a question begins that the counsellor added; no shipped key does."""
_ID = re.compile(r"own_\d{1,16}")

MOST_TITLE, MOST_LABEL, MOST_HELP, MOST_OPTION = 80, 200, 300, 120
MOST_QUESTIONS, MOST_OPTIONS = 100, 40
MOST_NUMBER = 999_999

NOT_COPIED = {
    "rupture": "A strain is a path of six cards that the program walks along, so it stays one for all.",
    "client": "Every client has it, and the whole program reads it.",
    "safeguarding": "It lies in a drawer of its own, and nothing of it may be missing.",
    "disclosure": "The program writes this by itself when something is shown to somebody.",
}
"""The shipped forms that cannot be copied, each with its reason."""

KINDS: dict[Kind, str] = {
    Kind.LINE: "A line of words",
    Kind.PROSE: "As many words as wanted",
    Kind.CHOICE: "One of several answers",
    Kind.CHOICES: "Several answers of a list",
    Kind.TICK: "A tick",
    Kind.DATE: "A day",
    Kind.NUMBER: "A whole number",
}
"""What a question of one's own can be, in words."""

AUDIENCE_WORDS = {
    Audience.REC: "Part of the record",
    Audience.PRIV: "Only for me",
    Audience.SHARE: "Agreed with the client",
    Audience.THIRD: "From or about somebody else",
    Audience.CONTROL: "Steers this form; not printed",
}
"""Who an answer is for, in words."""

DATE_STAYS = "It stays: it says when it happened."
NEEDED_STAYS = "It stays: it is one of the few that are enough."
READ_STAYS = "It stays: reminders, lists or other pages of this program read it."
ASKED_AFTER = "It stays while “{label}” is asked only after an answer here."
NO_TITLE = "The form needs a name."
LONG_TITLE = f"A name of at most {MOST_TITLE} letters fits in the lists."
NO_LABEL = "A question needs its words."
LONG_LABEL = f"At most {MOST_LABEL} letters fit as a question; the line beneath it can say more."
LONG_HELP = f"The line beneath a question holds at most {MOST_HELP} letters."
NO_OPTIONS = "There is nothing to choose from yet: write each answer on a line of its own."
TWICE = "The answer “{label}” is there twice."
LONG_OPTION = f"An answer to choose holds at most {MOST_OPTION} letters."
MANY_OPTIONS = f"At most {MOST_OPTIONS} answers can be chosen from."
MANY_QUESTIONS = f"A form holds at most {MOST_QUESTIONS} questions."
UNSOUND = "This form cannot be used as it stands: {reason}."


class OwnQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question as a counsellor words it; `options` are the answers to choose from, `private` is "Only for me"."""

    label: str = ""
    help: str = ""
    kind: Kind = Kind.LINE
    options: tuple[str, ...] = ()
    private: bool = True


def is_own_id(id: str) -> bool:
    """Say whether an id is one that a counsellor's form may have; no shipped one does."""
    return _ID.fullmatch(id) is not None


def is_own(question: Question) -> bool:
    """Say whether a question was added by the counsellor."""
    return question.key.startswith(MINE)


def copied(base: Form, card: Card, id: str) -> Form:
    """Return a fresh copy of one card of a shipped form, under an id of its own; OwnFormError with the reason."""
    if base.id in NOT_COPIED or base.based_on:
        raise OwnFormError(NOT_COPIED.get(base.id, "It is a copy already."))
    title = f"{card.title} (mine)"
    mine = msgspec.structs.replace(card, title=title, questions=in_reading_order(card), number=0)
    return msgspec.structs.replace(
        base, id=id, version=1, title=title, cards=(mine,), section=SECTION, based_on=base.id, intro=""
    )


def in_reading_order(card: Card) -> tuple[Question, ...]:
    """Return the questions of a card as they are read: what folds without a heading comes last."""
    last = tuple(one for one in card.questions if one.folded and not one.group)
    ordered = (*(one for one in card.questions if one not in last), *last)
    places = {one.key: at for at, one in enumerate(ordered)}
    sound = all(places.get(_condition(one), -1) < at for at, one in enumerate(ordered))
    return ordered if sound else card.questions


def titled(form: Form, title: str) -> Form:
    """Return the form under another name."""
    return _with(form, msgspec.structs.replace(form.cards[0], title=title), title=title)


def hidden(form: Form, base: Card) -> tuple[Question, ...]:
    """Return what the shipped card asks and this one does not."""
    asked = {one.key for one in form.cards[0].questions}
    return tuple(one for one in in_reading_order(base) if one.key not in asked)


def stays(form: Form, key: str) -> str:
    """Return why a shipped question cannot be hidden; an empty text where it can."""
    card = form.cards[0]
    if key == card.dated_by:
        return DATE_STAYS
    if any(key in alternative for alternative in card.enough):
        return NEEDED_STAYS
    if key in READ.get((form.based_on, card.id), frozenset()):
        return READ_STAYS
    after = next((one for one in card.questions if _condition(one) == key), None)
    return ASKED_AFTER.format(label=after.label) if after is not None else ""


def hide(form: Form, base: Card, key: str) -> Form:
    """Return the form without a question, which can be shown again; OwnFormError with the reason why it stays."""
    why = stays(form, key)
    if why:
        raise OwnFormError(why)
    return _asking(form, base, (one for one in form.cards[0].questions if one.key != key))


def show(form: Form, base: Card, key: str) -> Form:
    """Return the form with a hidden question asked again, and the one that it depends on."""
    order = {one.key: at for at, one in enumerate(in_reading_order(base))}
    question = base.question(key)
    condition = _condition(question)
    asked = form.cards[0].questions
    if condition and condition not in {one.key for one in asked}:
        form = show(form, base, condition)
        asked = form.cards[0].questions
    before = [at for at, one in enumerate(asked) if order.get(one.key, len(order)) < order[key]]
    at = before[-1] + 1 if before else 0
    if before:
        question = _beside(question, asked[at - 1])
    return _asking(form, base, (*asked[:at], question, *asked[at:]))


def moved(form: Form, base: Card, key: str, by: int) -> Form:
    """Return the form with a question one place up (-1) or down (1); the same where it cannot go there.

    At the border of a section it first goes over to the next one. It never passes a question it depends on.
    """
    asked = list(form.cards[0].questions)
    at = next(i for i, one in enumerate(asked) if one.key == key)
    to = at + by
    if not 0 <= to < len(asked):
        return form
    mine, other = asked[at], asked[to]
    if (mine.group, mine.folded) != (other.group, other.folded):
        asked[at] = _beside(mine, other)
    elif key == _condition(other) or other.key == _condition(mine):
        return form
    else:
        asked[at], asked[to] = other, mine
    return _asking(form, base, asked)


def added(form: Form, base: Card, question: Question, after: str = "") -> Form:
    """Return the form with one more question, after another one or at the end."""
    asked = form.cards[0].questions
    at = next((i + 1 for i, one in enumerate(asked) if one.key == after), len(asked))
    placed = _beside(question, asked[at - 1]) if at else question
    return _asking(form, base, (*asked[:at], placed, *asked[at:]))


def changed(form: Form, base: Card, key: str, question: Question) -> Form:
    """Return the form with another question in the place of an own one."""
    old = form.cards[0].question(key)
    asked = (_beside(question, old) if one.key == key else one for one in form.cards[0].questions)
    return _asking(form, base, asked)


def removed(form: Form, base: Card, key: str) -> Form:
    """Return the form without a question of the counsellor's own."""
    return _asking(form, base, (one for one in form.cards[0].questions if one.key != key or not is_own(one)))


def question_of(words: OwnQuestion, new_id: Callable[[], int], old: Question | None = None) -> Question:
    """Return a question as it is declared; OwnFormError where it cannot be asked.

    It keeps the key of the `old` one as long as old answers mean the same: the kind and who it is for are as they were,
    and no answer to choose was taken away.
    """
    trouble = next(iter(_troubles(words)), "")
    if trouble:
        raise OwnFormError(trouble)
    audience = Audience.PRIV if words.private else Audience.REC
    labels = words.options if words.kind in {Kind.CHOICE, Kind.CHOICES} else ()
    ids = {one.label: one.id for one in old.options} if old is not None else {}
    same = old is not None and (old.kind, old.audience) == (words.kind, audience) and set(ids) <= set(labels)
    return Question(
        key=old.key if old is not None and same else f"{MINE}{new_id()}",
        kind=words.kind,
        audience=audience,
        label=words.label,
        help=words.help,
        source="G",
        options=tuple(Option(id=ids.get(one) or f"o{new_id()}", label=one) for one in labels),
        most=MOST_NUMBER if words.kind is Kind.NUMBER else 0,
    )


def words_of(question: Question) -> OwnQuestion:
    """Return a question of the counsellor's own as it was worded."""
    return OwnQuestion(
        label=question.label,
        help=question.help,
        kind=question.kind,
        options=tuple(one.label for one in question.options),
        private=question.audience is Audience.PRIV,
    )


def tidied(words: OwnQuestion) -> OwnQuestion:
    """Return the words of a question without blank lines and without room around them."""
    lines = (" ".join(one.split()) for one in words.options)
    return msgspec.structs.replace(
        words,
        label=" ".join(words.label.split()),
        help=" ".join(words.help.split()),
        options=tuple(one for one in lines if one),
    )


def unfit(form: Form) -> str:
    """Return what is in the way of keeping a form, as a sentence; an empty text where nothing is."""
    questions = form.cards[0].questions
    if not form.title.strip():
        return NO_TITLE
    if len(form.title) > MOST_TITLE:
        return LONG_TITLE
    if len(questions) > MOST_QUESTIONS:
        return MANY_QUESTIONS
    of_own = (_troubles(words_of(one)) for one in questions if is_own(one))
    found = next((trouble for troubles in of_own for trouble in troubles), "")
    return found or next((UNSOUND.format(reason=reason) for _, reason in problems(form)), "")


def _troubles(words: OwnQuestion) -> list[str]:
    found = [] if words.label.strip() else [NO_LABEL]
    found += [LONG_LABEL] if len(words.label) > MOST_LABEL else []
    found += [LONG_HELP] if len(words.help) > MOST_HELP else []
    if words.kind not in {Kind.CHOICE, Kind.CHOICES}:
        return found
    folded = [one.casefold().strip() for one in words.options]
    twice = next((one for at, one in enumerate(words.options) if folded[at] in folded[:at]), "")
    found += [NO_OPTIONS] if not all(folded) or not folded else []
    found += [TWICE.format(label=twice)] if twice else []
    found += [LONG_OPTION] if any(len(one) > MOST_OPTION for one in words.options) else []
    return found + ([MANY_OPTIONS] if len(words.options) > MOST_OPTIONS else [])


def _condition(question: Question) -> str:
    return question.show_if.question if question.show_if is not None else ""


def _beside(question: Question, other: Question) -> Question:
    return msgspec.structs.replace(question, group=other.group, folded=other.folded)


def _asking(form: Form, base: Card, questions: Iterable[Question]) -> Form:
    """Return the form with these questions; its line in the lists and its first field are of those that are left."""
    asked = tuple(questions)
    keys = {one.key for one in asked}
    card = msgspec.structs.replace(
        form.cards[0],
        questions=asked,
        summary=tuple(one for one in base.summary if one in keys),
        begin_at=base.begin_at if base.begin_at in keys else "",
    )
    return _with(form, card)


def _with(form: Form, card: Card, **changes: str) -> Form:
    return msgspec.structs.replace(form, cards=(card,), **changes)
