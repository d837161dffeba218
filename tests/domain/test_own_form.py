"""However a copy is put in another order, shortened and added to, it stays a sound form that asks what it must."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_desktop.domain import own_form
from alliance_desktop.domain.form import Card, Form, Kind
from alliance_desktop.domain.formfile import problems
from alliance_desktop.domain.own_form import OwnQuestion
from alliance_desktop.domain.own_form_errors import OwnFormError
from alliance_desktop.domain.own_form_reads import READ
from alliance_desktop.resources import resource
from alliance_desktop.services.forms import load_forms

SHIPPED = load_forms(resource("forms"))
COPIABLE = [(form, card) for form in SHIPPED.all() if form.id not in own_form.NOT_COPIED for card in form.cards]
NAMES = [f"{form.id}-{card.id}" for form, card in COPIABLE]
WORDS = OwnQuestion(label="Mine", kind=Kind.CHOICE, options=("One", "Two"))


def copy_of(id: str, card: str = "") -> tuple[Form, Card]:
    base = SHIPPED.current(id)
    shipped = base.card(card) if card else base.cards[0]
    return own_form.copied(base, shipped, "own_1"), shipped


def labels(form: Form) -> list[str]:
    return [one.label for one in form.cards[0].questions]


def keys(form: Form) -> list[str]:
    return [one.key for one in form.cards[0].questions]


steps = st.lists(
    st.tuples(st.sampled_from(["up", "down", "hide", "show", "add", "change", "remove"]), st.integers(0, 99)),
    max_size=40,
)


def stepped(form: Form, base: Card, step: tuple[str, int], count: "itertools.count[int]") -> Form:
    what, at = step
    asked, away = form.cards[0].questions, own_form.hidden(form, base)
    one = asked[at % len(asked)]
    new = own_form.question_of(WORDS, lambda: next(count))
    match what:
        case "up" | "down":
            return own_form.moved(form, base, one.key, -1 if what == "up" else 1)
        case "hide" if not own_form.is_own(one) and not own_form.stays(form, one.key):
            return own_form.hide(form, base, one.key)
        case "show" if away:
            return own_form.show(form, base, away[at % len(away)].key)
        case "add":
            return own_form.added(form, base, new, one.key)
        case "change" if own_form.is_own(one):
            return own_form.changed(form, base, one.key, new)
        case "remove":
            return own_form.removed(form, base, one.key)
    return form


@settings(max_examples=120)
@given(st.sampled_from(COPIABLE), steps)
def test_no_row_of_changes_makes_a_form_unsound(shipped: tuple[Form, Card], made: list[tuple[str, int]]) -> None:
    whole, base = shipped
    form, count = own_form.copied(whole, base, "own_1"), itertools.count(1)
    for step in made:
        form = stepped(form, base, step, count)
        assert list(problems(form)) == []
        assert own_form.unfit(form) == ""
        card = form.cards[0]
        kept = {one.key for one in card.questions}
        assert card.enough == base.enough
        assert READ.get((whole.id, base.id), frozenset()) <= kept
        assert kept | {one.key for one in own_form.hidden(form, base)} >= {one.key for one in base.questions}
        same = {one.key: (one.kind, one.audience) for one in base.questions}
        assert all(same[one.key] == (one.kind, one.audience) for one in card.questions if one.key in same)
    for one in own_form.hidden(form, base):
        if one.key not in keys(form):
            form = own_form.show(form, base, one.key)
    assert list(problems(form)) == []
    assert form.cards[0].summary == base.summary


@pytest.mark.parametrize(("form", "card"), COPIABLE, ids=NAMES)
def test_a_fresh_copy_asks_all_and_can_be_kept(form: Form, card: Card) -> None:
    copy = own_form.copied(form, card, "own_1")
    assert own_form.unfit(copy) == ""
    assert own_form.hidden(copy, card) == ()
    assert own_form.is_own_id(copy.id)


def test_what_the_program_reads_is_asked_by_the_shipped_forms() -> None:
    asked = {(form.id, card.id): {one.key for one in card.questions} for form, card in COPIABLE}
    for place, read in READ.items():
        assert read <= asked[place], place


def test_no_shipped_form_or_question_takes_an_id_that_is_for_own_ones() -> None:
    assert not [one.id for one in SHIPPED.all() if own_form.is_own_id(one.id)]
    assert not [
        key for form in SHIPPED.all() for card in form.cards for key in map(own_form.is_own, card.questions) if key
    ]
    assert not own_form.is_own_id("own_learning")


def test_a_copy_is_not_copied_again() -> None:
    form, base = copy_of("feedback")
    with pytest.raises(OwnFormError):
        own_form.copied(form, base, "own_2")


def test_a_question_goes_over_to_the_next_section_before_it_passes_a_question_there() -> None:
    form, base = copy_of("feedback")
    at = keys(form).index("understood")
    assert form.cards[0].question("change").group == "Their answers"
    for _ in range(10):
        form = own_form.moved(form, base, "change", 1)
        if form.cards[0].question("change").group != "Their answers":
            break
    assert form.cards[0].question("change").group == "What it changed"
    assert keys(form).index("change") == keys(form).index("did_with_it") - 1
    assert keys(form)[at] == "understood"


def test_it_stops_at_both_ends_and_never_passes_what_it_depends_on() -> None:
    form, base = copy_of("feedback")
    first, last = keys(form)[0], keys(form)[-1]
    assert own_form.moved(form, base, first, -1) == form
    assert own_form.moved(form, base, last, 1) == form
    for _ in range(20):
        form = own_form.moved(form, base, "asked_by", -1)
    assert keys(form).index("asked_by") == keys(form).index("how_asked") + 1


def test_showing_what_depends_on_another_shows_that_one_too() -> None:
    form, base = copy_of("feedback")
    with pytest.raises(OwnFormError, match="is asked only after an answer"):
        own_form.hide(form, base, "how_asked")
    form = own_form.hide(own_form.hide(form, base, "asked_by"), base, "how_asked")
    shown = own_form.show(form, base, "asked_by")
    assert keys(shown) == keys(copy_of("feedback")[0])


def test_its_line_in_the_lists_is_of_what_is_still_asked() -> None:
    form, base = copy_of("feedback")
    assert base.summary == ("change", "did_with_it", "who")
    shorter = own_form.hide(form, base, "change")
    assert shorter.cards[0].summary == ("did_with_it", "who")
    assert own_form.show(shorter, base, "change").cards[0].summary == base.summary


def test_only_what_is_ones_own_is_removed_and_words_survive_the_way_round() -> None:
    form, base = copy_of("feedback")
    assert own_form.removed(form, base, "change") == form
    count = itertools.count(1)
    words = OwnQuestion(label="كيف كان؟", help="بكلماتهم", kind=Kind.CHOICES, options=("نعم", "لا"), private=False)
    question = own_form.question_of(words, lambda: next(count))
    form = own_form.added(form, base, question, "who")
    assert own_form.words_of(form.cards[0].question(question.key)) == words
    assert labels(form)[labels(form).index("Who gave it?") + 1] == "كيف كان؟"
    assert own_form.removed(form, base, question.key) == copy_of("feedback")[0]


def test_room_and_blank_lines_around_words_do_not_count() -> None:
    words = OwnQuestion(label="  Did  we\n breathe? ", options=(" Red ", "", "  "))
    assert own_form.tidied(words) == OwnQuestion(label="Did we breathe?", options=("Red",))


@pytest.mark.parametrize("private", [True, False])
def test_a_question_that_changes_who_it_is_for_is_another_question(private: bool) -> None:
    ids = iter(range(1, 9))
    words = OwnQuestion(label="What did I feel?", private=private)
    old = own_form.question_of(words, lambda: next(ids))
    turned = own_form.question_of(OwnQuestion(label="What did I feel?", private=not private), lambda: next(ids), old)
    assert turned.audience is not old.audience
    assert turned.key != old.key, "what was written for one side must not be shown as of the other"
    assert own_form.question_of(words, lambda: next(ids), old).key == old.key
