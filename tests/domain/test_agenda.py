"""The supervision agenda fills itself from what was decided, empties when it was brought, and hours are counted."""

import pytest
from story_cases import Told, at, on

from alliance_desktop.domain import agenda
from alliance_desktop.domain.agenda import Item, ItemKind
from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.entry import Arc


def items(*people: Told, own: Told | None = None, days: int = 0) -> list[Item]:
    return agenda.items([one.story for one in people], own.entries if own else [], at(days))


def kinds(*people: Told, own: Told | None = None, days: int = 0) -> list[ItemKind]:
    return [one.kind for one in items(*people, own=own, days=days)]


def asked(maya: Told, days: int, when: str, status: str = "acknowledged") -> Arc:
    arc = maya.strain(days, status)
    maya.add("rupture.acknowledge", days, arc=arc, supervision=chosen(when))
    return arc


def test_what_is_asked_before_speaking_comes_first_then_what_waits_longest() -> None:
    maya = Told()
    maya.strain(-90)
    asked(maya, -20, "next_time")
    asked(maya, -30, "next_time")
    asked(maya, -5, "before")
    maya.tried(-2, "please_stop")
    found = items(maya)
    assert [one.kind for one in found] == [
        ItemKind.BEFORE, ItemKind.STOPPED, ItemKind.NEXT_TIME, ItemKind.NEXT_TIME, ItemKind.STRAIN,
    ]  # fmt: skip
    assert [one.since for one in found[2:4]] == [at(-30), at(-20)]
    assert found[0].words == "“the blip remark”: to bring before you speak with them"
    assert [one.kind for one in agenda.waiting(found)] == [one.kind for one in found[:4]]


@pytest.mark.parametrize(("choice", "kind"), [("no", ItemKind.STRAIN), ("before", ItemKind.BEFORE)])
def test_a_no_leaves_only_the_open_strain(choice: str, kind: ItemKind) -> None:
    maya = Told()
    asked(maya, -5, choice)
    assert kinds(maya) == [kind]


@pytest.mark.parametrize(("held", "brought"), [(-6, False), (-5, True), (-1, True), (3, False)])
@pytest.mark.parametrize("key", ["brought", "feeds_back"])
def test_it_is_brought_by_a_session_on_its_day_or_later_that_links_to_the_strain(
    held: int, brought: bool, key: str
) -> None:
    maya, own = Told(), Told()
    arc = asked(maya, -5, "next_time")
    notice = next(one for one in maya.entries if one.arc == arc.id)
    own.add("supervision.session", held, **{key: [notice.id]})
    assert kinds(maya, own=own) == [ItemKind.STRAIN if brought else ItemKind.NEXT_TIME]
    assert items(maya, own=own)[0].brought_on == (at(held) if held <= 0 else None)


def test_a_session_about_something_else_brings_nothing() -> None:
    maya, own = Told(), Told()
    asked(maya, -5, "next_time")
    own.add("supervision.session", -1, brought=[99], brought_words="The week.")
    assert kinds(maya, own=own) == [ItemKind.NEXT_TIME]


def test_a_new_tick_after_supervision_is_a_new_item() -> None:
    maya, own = Told(), Told()
    arc = asked(maya, -9, "before")
    own.add("supervision.session", -5, brought=[1])
    maya.add("rupture.acknowledge", -2, arc=arc, supervision=chosen("next_time"))
    assert kinds(maya, own=own) == [ItemKind.NEXT_TIME]


def test_the_closing_card_may_say_that_it_was_brought() -> None:
    maya = Told()
    arc = asked(maya, -9, "next_time", "ended_unrepaired")
    assert kinds(maya) == [ItemKind.NEXT_TIME], "an ending can still be brought"
    maya.add("rupture.close", -1, arc=arc, supervision_on=on(-1))
    assert kinds(maya) == []


def test_what_was_no_strain_and_open_strains_of_closed_cases_are_left_out() -> None:
    maya = Told("closed")
    asked(maya, -9, "before", "not_a_strain")
    maya.strain(-30)
    assert kinds(maya) == []
    asked(maya, -9, "before")
    assert kinds(maya) == [ItemKind.BEFORE]


def test_a_stop_stays_until_it_was_brought_or_they_came() -> None:
    maya, own = Told(), Told()
    made = maya.tried(-9, "please_stop")
    assert items(maya)[0].entry == made.id
    own.add("supervision.session", -1, brought=[made.id])
    assert kinds(maya, own=own) == []
    maya.session(-5)
    assert kinds(maya) == []


def test_hours_are_counted_by_kind_with_both_days_and_without_guesses() -> None:
    own = Told()
    for days, kind, minutes in ((-31, "group", 90), (-30, "group", 90), (0, "individual", 60), (1, "peer", 30)):
        own.add("supervision.session", days, kind=chosen(kind), minutes=minutes)
    own.add("supervision.session", -3, kind=chosen("individual"))
    own.add("supervision.session", -3, minutes=15)
    own.add("supervision.session", -3, minutes=True)
    own.add("supervision.prep", -3, minutes=500)
    hours = agenda.hours(own.entries, at(-30), at(0))
    assert hours.minutes == {"individual": 60, "group": 90, "peer": 0, "consultation": 0, "other": 15}
    assert hours.sessions == {"individual": 2, "group": 1, "peer": 0, "consultation": 0, "other": 2}
    assert (hours.untold, hours.total) == (2, 165)
    assert agenda.hours(own.entries, at(1), at(0)).total == 0
