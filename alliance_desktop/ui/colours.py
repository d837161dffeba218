"""The colours of the program, light and dark, and the arithmetic that keeps them readable."""

from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette


class Colours(NamedTuple):
    """One set of colours as "#rrggbb"; what each is for says its name."""

    window: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    control: str
    accent: str
    on_accent: str
    accent_soft: str
    focus: str
    warning: str
    warning_soft: str
    warning_line: str
    badge: str
    on_badge: str


LIGHT = Colours(
    window="#f5f2ec",
    surface="#fffdfa",
    raised="#ebe6dc",
    text="#1f2a2a",
    muted="#55605e",
    line="#ddd6ca",
    control="#7d8683",
    accent="#1d605c",
    on_accent="#ffffff",
    accent_soft="#dcebe8",
    focus="#0f7f78",
    warning="#8a3b12",
    warning_soft="#fbeee2",
    warning_line="#d9a37f",
    badge="#f2dfb5",
    on_badge="#573d05",
)

DARK = Colours(
    window="#191e1e",
    surface="#222828",
    raised="#2d3434",
    text="#e9e6df",
    muted="#adb6b2",
    line="#384140",
    control="#7f8b88",
    accent="#85c9c0",
    on_accent="#0f201e",
    accent_soft="#23403d",
    focus="#9adbd2",
    warning="#f2b48c",
    warning_soft="#3a2a20",
    warning_line="#7d5a43",
    badge="#5c4a1c",
    on_badge="#f7e6bd",
)


def contrasted(system: QPalette) -> Colours:
    """Return the operating system's own colours, for a reader who asked it for high contrast."""

    def name(role: QPalette.ColorRole) -> str:
        return system.color(QPalette.ColorGroup.Active, role).name()

    roles = QPalette.ColorRole
    text, window, base = name(roles.WindowText), name(roles.Window), name(roles.Base)
    accent, on_accent = name(roles.Highlight), name(roles.HighlightedText)
    return Colours(
        window=window,
        surface=base,
        raised=window,
        text=text,
        muted=text,
        line=text,
        control=text,
        accent=accent,
        on_accent=on_accent,
        accent_soft=window,
        focus=text,
        warning=text,
        warning_soft=window,
        warning_line=text,
        badge=accent,
        on_badge=on_accent,
    )


def palette(colours: Colours) -> QPalette:
    """Return the palette that Qt's own drawing takes its colours from."""
    made = QPalette()
    roles = QPalette.ColorRole
    pairs = {
        roles.Window: colours.window,
        roles.WindowText: colours.text,
        roles.Base: colours.surface,
        roles.AlternateBase: colours.window,
        roles.Text: colours.text,
        roles.PlaceholderText: colours.muted,
        roles.Button: colours.surface,
        roles.ButtonText: colours.text,
        roles.BrightText: colours.on_accent,
        roles.Highlight: colours.accent,
        roles.HighlightedText: colours.on_accent,
        roles.Accent: colours.accent,
        roles.Link: colours.accent,
        roles.LinkVisited: colours.accent,
        roles.ToolTipBase: colours.surface,
        roles.ToolTipText: colours.text,
        roles.Light: colours.surface,
        roles.Midlight: colours.line,
        roles.Mid: colours.line,
        roles.Dark: colours.control,
    }
    for role, colour in pairs.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return made


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 counts it, from 1 to 21."""
    low, high = sorted((_luminance(QColor(one)), _luminance(QColor(other))))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
