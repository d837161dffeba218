"""Words that were blacked out in one place: where they still stand, however they are typed there."""

import datetime

import pytest

from alliance_desktop.domain.records.again import Folds, Gone, still, still_standing
from alliance_desktop.domain.records.deciding import Decided, Decision, Verdict, decide
from alliance_desktop.domain.records.items import Group, Item

TODAY = datetime.date(2026, 3, 5)


def found(gone: str, text: str, *, own: tuple[str, ...] = ()) -> list[str]:
    return [text[first:last] for first, last in Gone([gone], own).standing(text)]


CASES = [
    ("Aaron Quill", "Later Aaron Quill told his mother.", ["Aaron Quill"]),
    ("Aaron Quill", "Aaron-Quill and Aaron may know.", ["Aaron-Quill", "Aaron"]),
    ("Aaron Madden", "AARON, madden; Áaron AaronMadden!", ["AARON, madden", "Áaron AaronMadden"]),
    ("Aaron Quill", "Aaron\nQuill or Quill's, Aarons", ["Aaron\nQuill", "Quill", "Aarons"]),
    ("Aaron’s", "Aaron, not Baaron", ["Aaron"]),
    ("Zoë", "zoe, ZOË", ["zoe", "ZOË"]),
    ("Will", "will he? Will did.", ["Will"]),
    ("his mother", "His  Mother, a mother", ["His  Mother"]),
    ("mother", "Mother, grandmother", ["Mother"]),
    ("07700 900123", "07700900123, 07700-900-123, 900124", ["07700900123", "07700-900-123"]),
    ("a.quill@example.org", "A.Quill@Example.org", ["A.Quill@Example.org"]),
    ("李小龙", "小龙说", ["小龙"]),
    ("محمد علي", "قال علي", ["علي"]),
    ("She said that Aaron Quill had gone away", "Aaron went. She said.", ["Aaron"]),
    ("his father, who drinks", "Then his father, who drinks, came", ["his father, who drinks"]),
    ("he cried. His father left", "“He cried! His father left”", ["He cried! His father left"]),
    ("took 20 tablets; then slept", "took 20 tablets then slept?", ["took 20 tablets then slept"]),
    ("fine\nand well — he said", "fine, and well; he said", ["fine, and well; he said"]),
    ("Is it safe? No", "Is it safe... no", ["Is it safe... no"]),
    ("Mary", "MaryLou and Rosemary", ["MaryLou"]),
    ("abuse", "abused, Abuse", ["abused", "Abuse"]),
    ("Will", "willing, Willing", ["Willing"]),
    ("cut", "cutlery", []),
    ("", "Aaron", []),
]
"""What is blacked out, another text, and what of it says the same."""


@pytest.mark.parametrize(("gone", "text", "left"), CASES)
def test_the_same_words_are_found_however_they_are_typed(gone: str, text: str, left: list[str]) -> None:
    assert found(gone, text) == left


@pytest.mark.parametrize(("gone", "text", "left"), CASES)
def test_a_text_that_is_passed_over_says_nothing_of_it(gone: str, text: str, left: list[str]) -> None:
    wanted, folds = Gone([gone]), Folds()
    for part in (text, *text.split(), f"So: {text} And so on.", "Ein Gruß an Ömer, שלום, 王"):
        may = wanted.may_stand(part, folds.of(part))
        assert may or not wanted.standing(part)
    assert wanted.may_stand(text, folds.of(text)) or not left


def test_most_texts_are_passed_over() -> None:
    wanted, folds = Gone(["Aaron Quill", "07700 900123"]), Folds()
    assert not wanted.may_stand("Nothing of it.", folds.of("Nothing of it."))
    assert wanted.may_stand("Ask Áaron.", folds.of("Ask Áaron."))


def test_what_was_found_once_is_found_again_after_a_decision() -> None:
    """The same pieces are looked through again and again: what is kept of one time must not hold for other words."""
    first, other = piece("first", "Aaron saw."), piece("other", "Aaron may know.")
    folds = Folds()
    both = [Decided(item=first), Decided(item=other)]
    assert [one.key for one in still(both, first, [(0, 5)], folds=folds).others] == ["other"]
    black = Decided(item=other, decision=decided(other, Verdict.BLACK_OUT, (0, 5)))
    assert still([both[0], black], first, [(0, 5)], folds=folds).others == ()
    assert [one.key for one in still_standing([both[0], black], folds=folds)] == ["first"]
    assert still(both, first, [(6, 9)], folds=folds).others == (), "other words"


def test_what_is_taken_out_already_does_not_stand_there() -> None:
    text = "Aaron Quill saw her. Aaron Quill left."
    assert Gone(["Aaron Quill"]).standing(text, [(0, 11)]) == ((21, 32),)
    assert Gone(["Aaron"]).standing("Aaron Quill", [(0, 5)]) == ()
    assert Gone(["Aaron Quill"]).standing("Aaron Quill", [(0, 5)]) == ((6, 11),), "half of a name is a name"


def test_a_part_of_the_persons_own_name_is_not_looked_for_by_itself() -> None:
    text = "Aaron Whitfield and Dana Whitfield"
    assert found("Aaron Whitfield", text, own=("Dana Whitfield", "Dana")) == ["Aaron Whitfield"]
    assert found("Aaron Whitfield", text) == ["Aaron Whitfield", "Whitfield"]


def piece(key: str, text: str, group: Group = Group.RECORD) -> Item:
    return Item(key=key, group=group, heading="A note", label=key, text=text)


def test_a_piece_counts_as_long_as_it_can_be_read() -> None:
    first = piece("first", "Aaron Quill saw. Then Aaron left.", Group.THIRD)
    others = [piece("printed", "Aaron may know."), piece("waits", "AARON!", Group.PRIVATE), piece("nobody", "Nothing.")]
    gone = Decided(item=piece("left out", "Aaron"), decision=decided(piece("left out", "Aaron"), Verdict.LEAVE_OUT))
    black = Decided(item=first, decision=decided(first, Verdict.BLACK_OUT, (0, 11)))
    all_of_them = [black, *(Decided(item=one) for one in others), gone]
    told = still(all_of_them, first, [(0, 11)])
    assert (told.here, [one.key for one in told.others]) == (((22, 27),), ["printed", "waits"])
    assert [one.key for one in still_standing(all_of_them)] == ["first", "printed", "waits"]
    assert still(all_of_them, first, []) == still([], first, [(99, 120)]), "nothing is blacked out"
    assert still_standing([Decided(item=first)]) == []


@pytest.mark.parametrize(("reason", "left"), [("It is AARON’s to tell.", ["about", "out"]), ("It is his to tell.", [])])
def test_a_reason_on_the_cover_is_looked_through_as_well(reason: str, left: list[str]) -> None:
    """Also that of a piece that is left out: its words are not in the copy, and its reason is."""
    black, out = piece("about", "Aaron saw.", Group.THIRD), piece("out", "Aaron left.")
    both = [
        Decided(item=black, decision=decided(black, Verdict.BLACK_OUT, (0, 5), reason=reason)),
        Decided(item=out, decision=decided(out, Verdict.LEAVE_OUT, reason=reason)),
    ]
    assert [one.key for one in still_standing(both)] == left
    assert [one.key for one in still(both, black, [(0, 5)]).others] == left[1:]


def decided(item: Item, verdict: Verdict, *spans: tuple[int, int], reason: str = "Why.") -> Decision:
    return decide([item], verdict, reason, TODAY, spans)[item.key]
