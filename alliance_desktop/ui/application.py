"""The QApplication, its fonts and its first look."""

import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from alliance_desktop.ui import theme

TITLE = "Alliance Desktop"
DESKTOP_FILE = "alliance-desktop"
STYLE = "fusion"
_FIRST_FONTS = (
    ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-Regular.ttf"),
    ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-Bold.ttf"),
)
_OTHER_SCRIPTS = (
    ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
    ("fontpkg_noto_sans_devanagari", "NotoSansDevanagari[wdth,wght].ttf"),
    ("fontpkg_noto_sans_thai", "NotoSansThai[wdth,wght].ttf"),
    ("fontpkg_heebo", "Heebo[wght].ttf"),
)


def make_application(arguments: Sequence[str]) -> QApplication:
    """Return the one QApplication, named, styled and without anything that tells of the vault outside it."""
    _leave_sessions_alone()
    # Named among the arguments, the style is made once, and no Python object of it, which brings long lists of names.
    app = QApplication([*arguments, "-style", STYLE])
    app.setProperty("styled", True)
    QCoreApplication.setApplicationName(TITLE)
    QCoreApplication.setOrganizationName(TITLE)
    QGuiApplication.setApplicationDisplayName(TITLE)
    QGuiApplication.setDesktopFileName(DESKTOP_FILE)
    prepare(app)
    return app


def _leave_sessions_alone() -> None:
    """Let no session manager be told the command line, and so the vault's name: it would store it outside the vault."""
    if sys.platform == "linux":
        # Qt asks for no manager that the environment does not name; saying so by Qt's namespace takes its time.
        os.environ.pop("SESSION_MANAGER", None)
    else:
        QCoreApplication.setAttribute(QtCore.Qt.ApplicationAttribute.AA_DisableSessionManager)


def prepare(app: QApplication) -> None:
    """Give an application its style, first fonts and look; a test's own application as well."""
    if app.property("system_points") is None:
        app.setProperty("system_points", app.font().pointSizeF())
        if not app.property("styled"):
            app.setStyle(STYLE)
        _load(_FIRST_FONTS)
    theme.apply_at_first()


def other_scripts() -> list[Callable[[], None]]:
    """Return what loads the font of each other script, for the time after the window is on screen."""
    app = QApplication.instance()
    if app is None or app.property("other_scripts"):
        return []
    app.setProperty("other_scripts", True)
    return [partial(_load, [one]) for one in _OTHER_SCRIPTS]


def _load(fonts: Sequence[tuple[str, str]]) -> None:
    for package, name in fonts:
        found = importlib.util.find_spec(package)
        for folder in (found.submodule_search_locations or ()) if found else ():
            # Read by path, not through importlib.resources: that import alone costs 13 ms of the start.
            QFontDatabase.addApplicationFont(str(Path(folder) / "files" / name))
