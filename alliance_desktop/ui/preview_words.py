"""What the preview says."""

from collections.abc import Sequence
from pathlib import Path

from alliance_desktop.documents.press import Unprintable
from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.audience import Part
from alliance_desktop.services.paper import About, Begun, Kind
from alliance_desktop.ui.records.words import LOOK_THERE, still_words
from alliance_desktop.ui.words import isolated

PARTS = {
    Part.NAME: "With the name they like to be called",
    Part.CHILD: "For a child: shorter words, larger boxes",
    Part.GOALS: "With their goals",
    Part.FEEDBACK: "With what they said should change",
    Part.CONSENT: "With who said yes, and how",
    Part.PRIVATE: "With my own reflection on it",
    Part.RECORD: "With what the record holds, such as their words",
    Part.SAFEGUARDING: "With a mark where something lies under safeguarding",
    Part.MY_TEMPERATURE: "With how it was for me after each session",
    Part.CONTACTS: "With other people named in it",
}
"""What is asked for each part that prints only when it is ticked."""
BRIEFLY = {
    Part.NAME: "with their name",
    Part.CHILD: "for a child",
    Part.GOALS: "with goals",
    Part.FEEDBACK: "with feedback",
    Part.CONSENT: "with consent",
    Part.PRIVATE: "with my reflection",
    Part.RECORD: "with the record",
    Part.SAFEGUARDING: "with safeguarding marks",
    Part.MY_TEMPERATURE: "with how it was for me",
    Part.CONTACTS: "with other people",
}
"""The same where all that is chosen is said in one line."""
ALSO_BLANK = frozenset({Part.CHILD})
"""What a page to fill in by hand has as well."""
LARGE = "Large print, 18 point"
BLANK = "Blank, to fill in by hand"
BRIEF_LARGE, BRIEF_BLANK = "large print", "blank"
AS_PAPER, AS_TEXT = "As on paper", "As plain text"
CHOICES, HIDE_CHOICES, SHOW_PAGE = "Choices…", "Hide choices", "Show the page"
KEYS = "Plus and minus make the sheets larger and smaller, 0 fits them into the window."
PAPERS = {"a4": "A4", "letter": "US Letter"}
LANGUAGES = {"en-GB": "English (UK)", "en-US": "English (US)", "es": "Español", "fr-CA": "Français (Canada)"}
NAMED = "The wording itself has their name in it; look at it before you print."
SAFE_TO_TAKE = "Is it safe for them to take this home? It can be folded, kept here, or printed without a name."
SAFE_IN_BRIEF, NAMED_IN_BRIEF = "Safe to take home?", "Their name is in it."
NOT_PROTECTED = "This file is not protected: whoever can open the folder can read it."
BEFORE = "Paper and PDF leave the vault: the printing system gets the page in plain text and may keep a copy."
LAYING_OUT = "Laying out a long page…"
STOPPED = "Nothing was laid out.", "Any choice above begins it again; fewer days make it shorter."
SPOOLED = "The computer's printing system received the page in plain text; it may keep a copy for a while."

NOT_PRINTED = "Nothing was printed.", "No line about it was kept. What you typed is still here."
LINE_UNCONFIRMED = (
    "It went out, but the line about it still says that it was only begun.",
    "There was no room on the disk. You can add to the line, on the note.",
)
LINE_STAYS = (
    "Nothing left this window, but the line about it could not be taken back.",
    "It stands on the notes. Put it in the bin when the disk has room again.",
)


PASSED_NEXT = "It stands on this page. Set a new day on the repair first, or say the new day as you hand it over."

FOR_CLIENT = "For the client"
FOR_RECORD = "For you and the record"
COPIES = "Copies of the record, for a request"
WITHOUT_CLIENT = "About no client"


def still_told(begun: Begun) -> tuple[str, str]:
    """Return what is to be thought of before a page goes out, and what to do; nothing where there is nothing."""
    if begun.left:
        return still_words(begun.left), LOOK_THERE
    if begun.passed is not None:
        return f"The day to look again has passed: {long_day(begun.passed)}.", PASSED_NEXT
    return "", ""


def nothing_written(called: str) -> str:
    """Return that the blank page is shown because there is nothing of it."""
    return f"Nothing of this is written for {isolated(called)}; this is the blank page."


NOTHING_TOLD = (
    "The settings do not say yet whom to tell or to turn to, so these cards are blank.",
    "Fill them in by hand, or write both lists in the settings.",
)


def group_of(kind: Kind) -> str:
    """Return the heading under which a page is offered: first of all, whether it is for the client."""
    if kind.for_client:
        return FOR_CLIENT
    if kind.own or kind.about is About.NOTHING:
        return WITHOUT_CLIENT
    return COPIES if kind.is_copy else FOR_RECORD


def saved_words(path: Path) -> str:
    """Return under which name a PDF was saved, and in which folder."""
    return f"The PDF is saved as {isolated(path.name)} in {isolated(str(path.parent))}"


def listed(faults: Sequence[Unprintable]) -> tuple[str, str]:
    """Return the sentence and the list of the characters that cannot be printed."""
    count = len(faults)
    sentence = "1 character cannot be printed here." if count == 1 else f"{count} characters cannot be printed here."
    names = "; ".join(f"{one.character} ({one.name.lower()}, {one.count} ×)" for one in faults)
    return sentence, f"They are printed as ▢: {names}"
