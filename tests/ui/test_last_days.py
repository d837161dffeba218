"""The last day of the calendar offers no day after it, and marks that turn words around stay out of a name."""

import datetime

import pytest

from alliance_desktop.ui.put_off import _days
from alliance_desktop.ui.words import isolated, spoken


@pytest.mark.parametrize(("left", "keys"), [(0, []), (1, ["tomorrow"]), (6, ["tomorrow", "three"]), (7, 3)])
def test_only_days_that_there_are_can_be_chosen(left: int, keys: object) -> None:
    found = [key for key, _, _ in _days(datetime.date.max - datetime.timedelta(days=left))]
    assert (len(found) if isinstance(keys, int) else found) == keys


@pytest.mark.parametrize("mark", ["\u2066", "\u2067", "\u2068", "\u2069"])
def test_no_name_ends_what_keeps_it_apart(mark: str) -> None:
    assert isolated(f"Da{mark}na") == "\u2068Dana\u2069"
    assert spoken(isolated(f"{mark}Dana")) == "Dana"
    assert isolated(mark) == ""
