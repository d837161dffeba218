"""The walkers themselves: each finds what it is meant to find."""

from pathlib import Path

import pytest
from names import cut, nameless, small
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from alliance_desktop.ui import folder_field
from alliance_desktop.ui.parts import button


@pytest.fixture
def held(qtbot: QtBot) -> QWidget:
    """A window to put things into."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 200)
    QVBoxLayout(made)
    return made


def test_an_icon_without_a_name_is_found(held: QWidget) -> None:
    bare = QPushButton()
    bare.setObjectName("icon")
    held.layout().addWidget(bare)
    held.show()
    assert [one.split()[1] for one in nameless(held)] == ["'icon'"]
    bare.setAccessibleName("Print")
    assert nameless(held) == []


def test_a_field_without_an_object_name_is_found(held: QWidget) -> None:
    edit = QLineEdit()
    edit.setAccessibleName("Name")
    held.layout().addWidget(edit)
    held.show()
    assert len(nameless(held)) == 1


def test_a_cut_label_and_a_small_button_are_found(held: QWidget) -> None:
    words = QLabel("Words that need more room than they are given", held)
    words.setGeometry(0, 0, 40, 8)
    press = button("Press", "press")
    press.setParent(held)
    press.setGeometry(0, 50, 20, 10)
    held.show()
    assert len(cut(held)) == 2, cut(held)
    assert small(held) == ["press 20x36"]


def test_without_the_wiping_a_folder_would_be_remembered(
    held: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "config"))
    monkeypatch.setattr(folder_field, "forget_folders", _destroy_only)
    secret = tmp_path / "JaneDoeFolder"
    secret.mkdir()

    def accept() -> None:
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog))
        dialog.selectFile(str(secret))
        dialog.accept()

    QTimer.singleShot(0, accept)
    folder_field.choose_folder(held, "Choose", tmp_path)
    QApplication.sendPostedEvents()
    QSettings(QSettings.Scope.UserScope, "QtProject").sync()
    written = [one.read_text() for one in (tmp_path / "config").rglob("*") if one.is_file()]
    assert any("[FileDialog]" in one for one in written)


def _destroy_only() -> None:
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QFileDialog):
            delete(one)
