"""What an executor would see, for the counsellor to look at beforehand; the same page as in the executor's view."""

from alliance_desktop.documents import executor_list
from alliance_desktop.documents.pages import Page
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.executor import left
from alliance_desktop.services.paper.choice import Choice, Subject


def make(vault: OpenVault, _subject: Subject, _choice: Choice) -> Page:
    """Return the list of what is left to do, with full names."""
    return executor_list.executor_list(left(vault))
