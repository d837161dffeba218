"""What came of taking notes out and bringing them in, in sentences."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alliance_desktop.services.exchange.bringing_in import Came

SYNCED = (
    "This folder looks like one that is copied to the internet. A file that is not encrypted would be copied as well; "
    "another place is safer."
)
_KINDS = {
    "client": ("client", "clients"),
    "strain": ("strain", "strains"),
    "entry": ("note", "notes"),
    "earlier": ("earlier version", "earlier versions"),
    "answer": ("answer to a reminder", "answers to reminders"),
    "form": ("version of an own form", "versions of own forms"),
    "setting": ("setting", "settings"),
}


def came_words(came: "Came") -> list[str]:
    """Return what came in, what was there already, and which settings stayed as they were."""
    told = []
    if any(came.new.values()):
        told.append(f"Brought in: {_counted(came.new)}.")
    else:
        told.append("Nothing was new: the vault is as it was.")
    if any(came.known.values()):
        told.append(f"There already, and the same: {_counted(came.known)}.")
    if came.left:
        told.append(f"Left as they are in the vault, where they say something else: {_counted_settings(came.left)}.")
    return told


def _counted(counts: dict[str, int]) -> str:
    found = [(counts.get(kind, 0), words) for kind, words in _KINDS.items()]
    return ", ".join(f"{count:,} {one if count == 1 else many}" for count, (one, many) in found if count)


def _counted_settings(names: tuple[str, ...]) -> str:
    # Names of drafts carry nothing but ids.
    return ", ".join(f"“{one}”" for one in names)
