"""Pages for the printer, the preview and the file: what can be made of what was written, and making it."""

from alliance_desktop.services.paper.checked import CheckedPaper
from alliance_desktop.services.paper.choice import Choice, Sort, Subject
from alliance_desktop.services.paper.kinds import KINDS, About, Kind
from alliance_desktop.services.paper.making import Blanks, Paper, save_page

__all__ = [
    "KINDS",
    "About",
    "Blanks",
    "CheckedPaper",
    "Choice",
    "Kind",
    "Paper",
    "Sort",
    "Subject",
    "save_page",
]
