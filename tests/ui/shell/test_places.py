"""The places: in one order whoever adds them first, and in reach at every width and text size."""

from functools import partial

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from alliance_desktop.ui.later import Later
from alliance_desktop.ui.places import ORDER, Places
from alliance_desktop.ui.row_view import RowView
from alliance_desktop.ui.theme import em
from alliance_desktop.ui.workspace import Workspace


@pytest.fixture
def workspace(qtbot: QtBot) -> Workspace:
    """A workspace whose places were added from the last to the first."""
    made = Workspace()
    qtbot.addWidget(made)
    for key in reversed(ORDER):
        middle = None if key == "settings" else Later(partial(RowView, f"{key}_rows", key))
        made.add_place(key, middle, f"In {key}")
    made.show_place("clients")
    made.show()
    return made


def shown(places: Places) -> list[str]:
    """Return the places as the eye finds them: by line, then along it."""
    buttons = [one for one in places.findChildren(type(places._buttons["today"])) if one.isVisible()]
    return [one.text().lower() for one in sorted(buttons, key=lambda one: (one.y(), one.x()))]


def test_the_order_is_fixed_for_the_eye_for_tab_and_for_the_program(workspace: Workspace, qtbot: QtBot) -> None:
    workspace.resize(em(70), em(40))
    qtbot.waitUntil(lambda: workspace.panes == 3)
    assert shown(workspace.places) == list(ORDER)
    assert workspace.known_places() == ORDER
    first = workspace.places._buttons["today"]
    following, names = first, []
    for _ in ORDER:
        names.append(following.objectName())
        following = following.nextInFocusChain()
    assert names == [f"place_{key}" for key in ORDER]


@pytest.mark.parametrize("width", [50, 30, 18])
def test_where_there_is_little_room_they_lie_in_lines_and_none_is_cut(
    workspace: Workspace, qtbot: QtBot, width: int
) -> None:
    workspace.resize(em(width), em(40))
    qtbot.waitUntil(lambda: workspace.panes < 3)
    workspace.places.layout().activate()
    qtbot.waitUntil(lambda: len(shown(workspace.places)) == len(ORDER))
    assert shown(workspace.places) == list(ORDER)
    for one in workspace.places._buttons.values():
        assert one.visibleRegion().boundingRect().size() == one.size(), f"{one.text()} is whole"
    bold = QFont(workspace.font())
    bold.setBold(True)
    for one in workspace.places._buttons.values():
        assert one.width() > QFontMetrics(bold).horizontalAdvance(one.text()), "also while it is the one shown"
    rows = {one.y() for one in workspace.places._buttons.values()}
    assert len(rows) > 1, "the control: they do not fit in one line"


def test_going_back_leads_to_the_first_place_with_a_list(workspace: Workspace) -> None:
    workspace.resize(em(30), em(40))
    workspace.show_place("settings")
    workspace.go_back()
    assert workspace.place == "today"
