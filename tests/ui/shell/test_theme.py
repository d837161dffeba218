"""The look: readable in both schemes, in step with the text size, and never in pixels."""

import re

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.look import Appearance
from alliance_desktop.ui import theme
from alliance_desktop.ui.colours import DARK, LIGHT, Colours, contrasted, ratio
from alliance_desktop.ui.style_sheet import style_sheet

TEXT = 4.5
CONTROL = 3.0


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_every_surface(look: Colours) -> None:
    pairs = [
        (ink, paper)
        for ink in (look.text, look.muted)
        for paper in (look.window, look.surface, look.raised, look.accent_soft, look.warning_soft)
    ]
    pairs += [(look.accent, paper) for paper in (look.window, look.surface, look.accent_soft)]
    pairs += [(look.warning, paper) for paper in (look.window, look.surface)]
    pairs += [(look.on_accent, look.accent), (look.on_accent, look.focus), (look.on_badge, look.badge)]
    assert [(ink, paper, ratio(ink, paper)) for ink, paper in pairs if ratio(ink, paper) < TEXT] == []


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_controls_and_focus_stand_out(look: Colours) -> None:
    lines = [(line, paper) for line in (look.control, look.focus, look.accent) for paper in (look.window, look.surface)]
    assert [(line, paper, ratio(line, paper)) for line, paper in lines if ratio(line, paper) < CONTROL] == []


def test_the_ratio_is_that_of_wcag() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.478, abs=0.01)
    assert ratio("#ffffff", "#dddddd") < CONTROL


def test_no_pixels_in_the_style_sheet() -> None:
    rules = style_sheet(LIGHT, 11)
    assert not re.search(r"\d\s*px", rules)
    assert "{" not in rules.replace("{", "", rules.count("}"))


def test_text_size_grows_type_and_spacing(qtbot: QtBot, qapp: QApplication) -> None:
    held = QWidget()
    qtbot.addWidget(held)
    column = QVBoxLayout(held)
    theme.spaced(column, 1, 0.5)
    title = QLabel("Title")
    title.setProperty("kind", "title")
    column.addWidget(title)
    held.show()
    points, margin, high = qapp.font().pointSizeF(), column.contentsMargins().left(), title.sizeHint().height()
    theme.apply(Appearance.LIGHT, 200)
    assert qapp.font().pointSizeF() == pytest.approx(points * 2)
    assert column.contentsMargins().left() >= margin * 1.8
    assert title.sizeHint().height() >= high * 1.8


def test_dark_and_light_are_different_palettes(qapp: QApplication) -> None:
    theme.apply(Appearance.DARK)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    assert theme.colours() == DARK
    theme.apply(Appearance.LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.window


def test_the_same_look_again_styles_nothing_anew(qtbot: QtBot) -> None:
    styled = []

    class Watched(QLabel):
        def changeEvent(self, event: QEvent) -> None:
            styled.append(event.type())
            super().changeEvent(event)

    held = Watched("Title")
    qtbot.addWidget(held)
    held.show()
    styled.clear()
    theme.apply(Appearance.LIGHT)
    assert QEvent.Type.StyleChange not in styled
    theme.apply(Appearance.DARK)
    assert QEvent.Type.StyleChange in styled


def test_high_contrast_takes_the_systems_own_colours(qapp: QApplication) -> None:
    system = QPalette()
    system.setColor(QPalette.ColorRole.Window, "#000000")
    system.setColor(QPalette.ColorRole.WindowText, "#ffff00")
    look = contrasted(system)
    assert (look.window, look.text, look.muted, look.control) == ("#000000", "#ffff00", "#ffff00", "#ffff00")


def test_names_are_read_in_the_letters_made_for_low_vision(qapp: QApplication) -> None:
    assert qapp.font().families()[0] == theme.FAMILY


@pytest.mark.parametrize("made", [QPushButton, QCheckBox, QRadioButton])
def test_only_the_ring_marks_what_has_the_keyboard_and_in_a_dialog_the_control_itself(
    qtbot: QtBot, qapp: QApplication, made: type[QAbstractButton]
) -> None:
    """No ring reaches into Qt's own dialogs, as the one that asks for a file."""
    same = {}
    for within in (QWidget, QDialog):
        whole = within()
        qtbot.addWidget(whole)
        column = QVBoxLayout(whole)
        column.addWidget(QLineEdit())
        button = made("Change by hand")
        column.addWidget(button)
        with qtbot.waitActive(whole):
            whole.show()
        before = button.grab().toImage()
        qtbot.keyClick(whole.focusWidget(), Qt.Key.Key_Tab)
        assert button.hasFocus()
        same[within] = button.grab().toImage() == before
    assert same == {QWidget: True, QDialog: False}
