"""Pages for the printer, the preview and the file: what can be made of what was written, and making it."""

from alliance_desktop.services.paper.checked import CheckedPaper
from alliance_desktop.services.paper.choice import Choice, Sort, Subject
from alliance_desktop.services.paper.kinds import KINDS, About, Kind
from alliance_desktop.services.paper.making import Begun, Blanks, Made, Paper, save_page

__all__ = [
    "KINDS",
    "About",
    "Begun",
    "Blanks",
    "CheckedPaper",
    "Choice",
    "Kind",
    "Made",
    "Paper",
    "Sort",
    "Subject",
    "save_page",
]
