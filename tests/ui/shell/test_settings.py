"""The settings as they are reached: in view at any text size, and named as they belong together."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.look import Appearance
from alliance_desktop.services.preferences import Preferences
from alliance_desktop.ui import theme
from alliance_desktop.ui.new_passphrase import PassphraseRules
from alliance_desktop.ui.places import Places
from alliance_desktop.ui.settings_page import SettingsPage


@pytest.fixture
def settings(qtbot: QtBot, rules: PassphraseRules, tmp_path: Path) -> SettingsPage:
    """The settings in a small window."""
    page = SettingsPage(Preferences(), tmp_path, rules, lambda present, new: new)
    qtbot.addWidget(page)
    page.resize(600, 400)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def test_the_field_at_hand_stays_in_view_when_the_text_grows(settings: SettingsPage, qtbot: QtBot) -> None:
    settings.text_size.setFocus()
    settings.ensureWidgetVisible(settings.text_size)
    theme.apply(Appearance.LIGHT, 200)

    def in_view() -> bool:
        top = settings.text_size.mapTo(settings.viewport(), QPoint(0, 0)).y()
        return 0 <= top <= settings.viewport().height() - settings.text_size.height()

    qtbot.waitUntil(in_view)


def test_the_paper_sizes_are_a_group_with_a_name(settings: SettingsPage) -> None:
    around = settings.papers.parentWidget()
    face = QAccessible.queryAccessibleInterface(around)
    assert (face.text(QAccessible.Text.Name), face.role()) == ("Paper size", QAccessible.Role.Grouping)


def test_of_a_passphrase_only_the_field_itself_has_the_name(settings: SettingsPage) -> None:
    present = settings.passphrase.present
    names = [QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name) for one in (present, present.edit)]
    assert names == ["", "Present passphrase"]


def test_a_place_is_spoken_of_as_one_of_several(qtbot: QtBot) -> None:
    places = Places()
    qtbot.addWidget(places)
    for key in ("clients", "strains"):
        places.add(key)
    places.mark("strains")
    added = [one for one in places.findChildren(QPushButton) if not one.isHidden()]
    faces = [QAccessible.queryAccessibleInterface(one) for one in added]
    assert [(one.role(), bool(one.state().checked)) for one in faces] == [
        (QAccessible.Role.RadioButton, False),
        (QAccessible.Role.RadioButton, True),
    ]
