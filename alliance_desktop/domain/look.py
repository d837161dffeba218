"""How the reader wants pages to look."""

from enum import StrEnum

TEXT_SCALES = (100, 125, 150, 175, 200)
"""The text sizes on offer, in per cent of the computer's own."""


class Appearance(StrEnum):
    """Light, dark, or as the operating system is set."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
