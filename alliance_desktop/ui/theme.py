"""One calm look for the whole program: colours, type and spacing, all measured in the app font.

Nothing here knows a pixel: sizes follow the font of the operating system times the reader's own text size.
"""

# Without Qt's namespace `Qt` until somebody asks for more than the look at first sight: see `parts.py`.
from functools import partial

from PySide6 import QtCore
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from alliance_desktop.domain.look import Appearance
from alliance_desktop.ui import first_picture
from alliance_desktop.ui.colours import DARK, LIGHT, Colours, contrasted, palette
from alliance_desktop.ui.style_sheet import style_sheet

FAMILY = "Atkinson Hyperlegible"
FALLBACKS = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Devanagari", "Noto Sans Thai", "Heebo")
SMALLEST_POINTS = 11.0
TEXT_SCALES = (100, 125, 150, 175, 200)


APPEARANCE_WORDS = {
    Appearance.SYSTEM: "As the computer is set",
    Appearance.LIGHT: "Light",
    Appearance.DARK: "Dark",
}

_PURE = {0, 255}
_HALF_LIGHT = 128


def apply_at_first() -> None:
    """Give the program the look of the computer as its window colour tells it; `apply` asks for what it cannot tell."""
    app = _app()
    lightness = app.palette().window().color().lightness()
    # High contrast is drawn on black or on white.
    if lightness in _PURE:
        apply()
        return
    guessed = LIGHT if lightness >= _HALF_LIGHT else DARK
    _put_on(app, guessed, 100)
    first_picture.after(partial(_make_sure, guessed))


def _make_sure(guessed: Colours) -> None:
    """Put on what the computer says where that is another look than the guess, and nobody chose one meanwhile."""
    if colours() == guessed and _chosen(_app(), Appearance.SYSTEM) != guessed:
        apply()


def apply(appearance: Appearance = Appearance.SYSTEM, text_scale: int = 100) -> None:
    """Give the whole program its look; `text_scale` is 100 to 200 per cent of the computer's own text size."""
    app = _app()
    schemes = QtCore.Qt.ColorScheme
    wanted = {Appearance.LIGHT: schemes.Light, Appearance.DARK: schemes.Dark}.get(appearance, schemes.Unknown)
    app.styleHints().setColorScheme(wanted)
    _put_on(app, _chosen(app, appearance), text_scale)


def _put_on(app: QApplication, colours: Colours, text_scale: int) -> None:
    points = base_points() * max(100, min(200, text_scale)) / 100
    font = QFont()
    font.setFamilies([FAMILY, *FALLBACKS])
    font.setPointSizeF(points)
    app.setProperty("colours", list(colours))
    app.setPalette(palette(colours))
    app.setFont(font)
    sheet = style_sheet(colours, points)
    # Qt styles every widget anew even where nothing changes.
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)
    for widget in app.topLevelWidgets():
        respace(widget)


def colours() -> Colours:
    """Return the colours in use, for what is painted by hand."""
    held = _app().property("colours")
    return Colours(*map(str, held)) if isinstance(held, list | tuple) else LIGHT


def base_points() -> float:
    """Return the text size at 100 per cent, in points: the computer's own, and never less than 11."""
    held = _app().property("system_points")
    return max(SMALLEST_POINTS, float(held) if held else 0.0)


def em(times: float = 1.0) -> int:
    """Return a length as so many line heights of the app font; every distance on screen is one of these."""
    return round(_line_height() * times)


def _line_height() -> float:
    return QFontMetricsF(_app().font()).height()


def spaced(layout: QLayout, margin: float | tuple[float, float, float, float] = 0.0, gap: float = 0.5) -> None:
    """Set a layout's margin and gap in line heights, so that they grow with the text size."""
    sides = margin if isinstance(margin, tuple) else (margin,) * 4
    layout.setProperty("spaced", [*sides, gap])
    _respace_one(layout)


def respace(top: QWidget) -> None:
    """Measure all spacing of a window anew, after the text size has changed."""
    for widget in (top, *top.findChildren(QWidget)):
        widget.setProperty("em", em())
        layout = widget.layout()
        for one in (layout, *layout.findChildren(QLayout)) if layout is not None else ():
            _respace_one(one)


def _respace_one(layout: QLayout) -> None:
    held = layout.property("spaced")
    if isinstance(held, list):
        height = _line_height()
        left, top, right, bottom, gap = (round(height * float(one)) for one in held)
        layout.setContentsMargins(left, top, right, bottom)
        layout.setSpacing(gap)


def _chosen(app: QApplication, appearance: Appearance) -> Colours:
    hints = app.styleHints()
    accessibility = hints.accessibility()
    if accessibility.contrastPreference() == QtCore.Qt.ContrastPreference.HighContrast:
        return contrasted(app.style().standardPalette())
    if appearance is Appearance.SYSTEM:
        return DARK if hints.colorScheme() == QtCore.Qt.ColorScheme.Dark else LIGHT
    return DARK if appearance is Appearance.DARK else LIGHT


def _app() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("the look of the program needs a running application")
    return app
