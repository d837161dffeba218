"""Pictures of the sheet for an executor as it is made, and of the executor's view."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from alliance_desktop.services import sample
from alliance_desktop.ui.background import is_working
from alliance_desktop.ui.key_life.acts import EXECUTOR

if TYPE_CHECKING:
    from tests.screenshots import Studio


def executor(studio: "Studio", name: str) -> None:
    """Make the sheet of the sample, lock, and open the executor's view with its key; nothing is open afterwards."""
    program = studio.program
    program.work.obey("lost_device")
    studio.take(f"lost-device-{name}")
    program.work.keys.open(EXECUTOR)
    renewal = program.work.keys.page.currentWidget()
    studio.take(f"executor-ask-{name}")
    renewal.ask.first_field().setText(sample.PASSPHRASE)
    renewal.ask.go_on()
    _wait(lambda: renewal.currentWidget() is renewal.sheet)
    studio.take(f"executor-sheet-{name}")
    key = "-".join(renewal._held[-1].sheet.groups)
    look = studio.window.look.appearance, studio.window.look.text_scale
    program.lock()
    _wait(lambda: not is_working())
    studio.window.look.show(*look)
    page = studio.window.shown
    page.begin_with_sheet()
    page.key.setText(key)
    page.unlock_button.click()
    _wait(lambda: studio.window.shown.objectName() == "executor_view")
    studio.take(f"executor-view-{name}")
    view = studio.window.shown
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    studio.take(f"executor-view-below-{name}")
    program.lock()


def _wait(done: Callable[[], bool]) -> None:
    while not done():
        QApplication.processEvents()
