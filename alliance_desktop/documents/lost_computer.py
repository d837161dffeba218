"""The sheet for the day the computer is lost: what to know, where things are, six steps, and what the law may ask."""

import datetime
from collections.abc import Sequence

from alliance_desktop.documents.pages import Group, Item, Section, Sheet
from alliance_desktop.domain.answers import long_day

WORDS = {"title": "If this computer is lost", "page": "Page {n} of {count}", "sample": "SAMPLE"}
LEAD = "Keep this sheet on paper and away from the computer. It opens nothing, and there is no name of a client on it."
ENCRYPTED = (
    "Everything in the vault is encrypted, also in its backups. Locked or shut down, nobody can read it without your "
    "passphrase or the key on the recovery sheet."
)
OWN_FOLDER = "In the vault's own folder, which is lost with the computer."
STEPS = (
    "Tell your employer and your supervisor, and whoever they say has to know.",
    "Tell the police, and write down the reference they give you.",
    "Write down when you last had the computer, and when the notebook was last locked.",
    "Write down how it was left: shut down, locked, or open.",
    "Check what the law wants where you work, today. Some deadlines are short, and some run from the day you know.",
    "Restore the newest backup on another computer with the passphrase or the recovery sheet. Then open Help, Lost "
    "device, and keep the record there. Replace the keys if somebody may know them.",
)
CHECK = (
    "These are hints and not legal advice. Rules differ and change: check each with your professional body, your "
    "employer or a lawyer, and keep a record of your own even where nobody has to be told."
)
LAW = (
    (
        "United Kingdom – check",
        "Where people may be at risk, the regulator is told within 72 hours of your knowing of it. Where not, you "
        "still keep your own record of what happened and why you decided so.",
    ),
    (
        "United States – check",
        "Under HIPAA, data encrypted to its standard may not count as unsecured; otherwise those concerned are told "
        "within 60 days. A state may ask for more, or sooner. In a school, ask the district.",
    ),
    (
        "Canada – check",
        "The question is often whether there is a real risk of significant harm. A province may have a law of its own.",
    ),
)


def lost_computer(
    *, made_on: datetime.date | None = None, outside_on: datetime.date | None = None, sample: bool = False
) -> Sheet:
    """Return the sheet of a vault; without a day it was made on, the one to fill in by hand.

    `outside_on` is the day a backup was last put outside the computer, as far as this computer remembers.
    """
    return Sheet(
        words=WORDS,
        sample=sample,
        lead=LEAD,
        sections=(
            Section(heading="What to know", groups=(Group(heading="", items=_known(made_on, outside_on)),)),
            Section(heading="Six steps", groups=(_group(Item(label="", ticks=STEPS)),)),
            Section(
                heading="What the law may ask",
                lead=CHECK,
                groups=(Group(heading="", items=tuple(Item(label=label, text=text) for label, text in LAW)),),
            ),
            Section(heading="To write down", groups=(Group(heading="", items=_lines(_TO_NOTE)),)),
        ),
    )


_TO_NOTE = ("Police reference", "Last had it, and last locked it", "Who was told, and when")


def _known(made_on: datetime.date | None, outside_on: datetime.date | None) -> tuple[Item, ...]:
    when = "The vault was made on"
    made = Item(label=when, text=long_day(made_on)) if made_on is not None else Item(label=when, lines=1)
    outside = f" Outside the computer, one was last made on {long_day(outside_on)}." if outside_on is not None else ""
    return (
        made,
        Item(label="Encryption", text=ENCRYPTED),
        Item(label="Where the recovery sheet is", lines=1),
        Item(label="Backups", text=f"{OWN_FOLDER}{outside}"),
        Item(label="Where the backups outside the computer are", lines=2),
    )


def _lines(labels: Sequence[str]) -> tuple[Item, ...]:
    return tuple(Item(label=one, lines=1) for one in labels)


def _group(*items: Item) -> Group:
    return Group(heading="", items=items)
