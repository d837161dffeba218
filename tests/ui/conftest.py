"""What every test of the window stands on: no screen, and the program's own look."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from alliance_desktop.domain.look import Appearance
from alliance_desktop.ui import application, theme


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> Iterator[None]:
    """Start each test with the usual text size and the light look, and leave nothing open behind."""
    application.prepare(qapp)
    theme.apply(Appearance.LIGHT, 100)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    for one in qapp.topLevelWidgets():
        one.hide()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the screenless platform say what it cannot do; every other warning of Qt still fails a test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
