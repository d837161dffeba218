"""The executor's view as a page: everything has a name, nothing is cut, and a lock takes its words with it."""

from pathlib import Path

import pytest
from names import cut, nameless, small
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.documents.pages import Group, Item, Section, Sheet
from alliance_desktop.domain.errors import NotSavedToFileError
from alliance_desktop.domain.look import Appearance
from alliance_desktop.ui import theme
from alliance_desktop.ui.executor_page import PRINTED, ExecutorPage
from alliance_desktop.ui.guarded import Guarded
from alliance_desktop.ui.window import MainWindow

ITEMS = (
    Item(label="Noor نور (N-28)", text="Active\nWays that are all right: a note"),
    Item(label="Olu (O-10)", text="Look at this now.", heads=("Next step", "When"), rows=(("Ring", "4 May 2026"),)),
)
SHEET = Sheet(
    words={"title": "For the executor", "page": "", "sample": "SAMPLE"},
    sample=True,
    facts=("10 March 2026", "2 clients"),
    sections=(
        Section(heading="Wishes", lead="None are written down."),
        Section(heading="Everybody", groups=(Group(heading="", items=ITEMS),)),
    ),
)


def refuse(_parent: QWidget, _paper: str, _large: bool) -> bool:
    raise NotSavedToFileError


def page() -> ExecutorPage:
    return ExecutorPage(Path("Notes.vault"), SHEET, "letter", lambda *_how: True, refuse)


@pytest.mark.parametrize("scale", [100, 200])
def test_everything_has_a_name_and_nothing_is_cut(qtbot: QtBot, window: MainWindow, scale: int) -> None:
    theme.apply(Appearance.LIGHT, scale)
    window.resize(1280, 720)
    shown = page()
    window.show_page(shown)
    with qtbot.waitExposed(window):
        window.show()
    assert (nameless(window), cut(shown), small(shown)) == ([], [], [])


def test_it_says_what_came_of_printing_and_saving(qtbot: QtBot) -> None:
    shown = page()
    qtbot.addWidget(shown)
    assert shown.paper.currentData() == "letter"
    shown.print_button.click()
    assert shown.notice.sentence == PRINTED
    shown.save_button.click()
    assert shown.notice.sentence == NotSavedToFileError.sentence


def test_a_lock_leaves_no_word_on_it(qtbot: QtBot) -> None:
    shown = page()
    qtbot.addWidget(shown)
    assert isinstance(shown, Guarded)
    assert shown.holds_secret
    said = " ".join(one.text() for one in shown.findChildren(QLabel))
    assert "Noor" in said
    assert "SAMPLE" in said
    shown.leave()
    qtbot.waitUntil(lambda: not shown.findChildren(QLabel))
