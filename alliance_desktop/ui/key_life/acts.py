"""The words of each act on the keys: why, what comes last, and what it does not do."""

from typing import NamedTuple

from alliance_desktop.services.key_change import Change

COPIES = (
    "What it does not do: backups and copies of this vault made before keep their old key. The old sheet, and the "
    "passphrase of their day, still open them. Delete those that may be in other hands, and make a new backup."
)
STOP = "Until the last step nothing changes, and you can stop at any time."


class Act(NamedTuple):
    """One act: `why` and `limits` stand where it begins, `sheet` over the groups, `last` where it is put in place.

    An empty `sheet` or `last` says that there is no such step.
    """

    change: Change
    title: str
    button: str
    short: str
    why: str
    limits: str = ""
    asks_new: bool = False
    sheet: str = ""
    last: str = ""
    last_button: str = ""
    done: str = ""


REPRINT = Act(
    Change.REPRINT,
    "Reprint the sheet",
    "&Reprint the sheet…",
    "Shows the key on your sheet again, to print, save or copy by hand. The sheet you have stays valid.",
    "The sheet you have stays valid: this shows the same key once more.",
    sheet="This is the key that is valid now. Keep it on paper, away from this computer.",
    done="The sheet is proved: it can be read on the day you need it.",
)
REPLACE = Act(
    Change.REPLACE,
    "Replace the recovery sheet",
    "Re&place the recovery sheet…",
    "For a sheet that was lost, seen or photographed. The passphrase stays; all notes are encrypted anew.",
    "A new key is made, you prove the new sheet, and then all notes are encrypted anew. " + STOP,
    COPIES,
    sheet="This is the new key. It is not valid yet: until the last step your old sheet is.",
    last="From then on only this new sheet and your passphrase open the vault. A backup is made first. "
    "Destroy the old sheet afterwards.",
    last_button="&Encrypt the notes anew",
    done="The new sheet is valid. The old one opens this vault no more; destroy it.",
)
KNOWN = Act(
    Change.KNOWN,
    "Someone may know my passphrase",
    "&Someone may know my passphrase…",
    "A new passphrase, a new sheet, and all notes encrypted anew, in one go.",
    "A new passphrase alone would not be enough: whoever also has an older copy of the key files could still open "
    "the notes as they are today. So the notes get a new key, with a new passphrase and a new sheet. " + STOP,
    COPIES + " If the computer itself may be watched, do this on another one.",
    asks_new=True,
    sheet="This is the new key. It is not valid yet: until the last step your old sheet and passphrase are.",
    last="From then on only the new passphrase and this new sheet open the vault. A backup is made first. "
    "Destroy the old sheet afterwards.",
    last_button="&Encrypt the notes anew",
    done="The new passphrase and the new sheet are valid. The old ones open this vault no more.",
)
SHEET_ONLY = Act(
    Change.SHEET_ONLY,
    "Open by the recovery sheet only",
    "&Open by the recovery sheet only…",
    "The passphrase then opens nothing; you type the nine groups of the sheet each time.",
    "For whoever would rather keep a paper than remember a passphrase. " + STOP,
    "What it does not do: whoever finds the sheet and this computer can read your notes. Without the sheet nobody "
    "can, you included. Older backups and copies still open with the passphrase.",
    sheet="Prove first that you have the sheet. This is its key; it stays the same.",
    last="From then on the passphrase opens nothing, and only the sheet opens the vault. "
    "On this page a passphrase can be set again, with the sheet at hand.",
    last_button="&Let only the sheet open it",
    done="From now on only the recovery sheet opens this vault.",
)
PASSPHRASE = Act(
    Change.PASSPHRASE,
    "Use a passphrase again",
    "&Use a passphrase again…",
    "The vault then opens with the new passphrase, or with the sheet.",
    "Type the key on your sheet, and choose a passphrase. The sheet stays valid.",
    asks_new=True,
    done="The passphrase opens the vault now. The sheet stays valid.",
)
EXECUTOR = Act(
    Change.EXECUTOR,
    "A sheet for an executor",
    "Make a sheet for an e&xecutor…",
    "For a sealed envelope: a key of its own opens a page with your wishes, open risks, appointments and how each "
    "client is reached. It shows no notes.",
    "Print it, seal it, and tell the person where it lies. Your own sheet and passphrase stay as they are.",
    "What it does not do: that its key opens no more than that page is a rule of this program and not a lock of its "
    "own. Somebody with the sheet, this computer and enough knowledge could get round it. Give it to nobody you would "
    "not trust with the notes. When the recovery sheet is replaced, this one opens nothing any more.",
    sheet="This is the key for your executor, in ten groups. The printed sheet says how to use it, and has your wishes "
    "on it as they are written now.",
    done="The sheet for your executor is proved. Seal it, and tell them where it lies.",
)
AFTER_SHEET = REPLACE._replace(
    title="A new recovery sheet",
    why="The recovery sheet opened this vault. Now that it has been out of its place, a new one takes over: a new "
    "key is made, you prove the new sheet, and then all notes are encrypted anew. " + STOP,
    sheet="Your new passphrase is set. This is the key of the new sheet; it is not valid yet. "
    "Until the last step your old sheet is.",
)
