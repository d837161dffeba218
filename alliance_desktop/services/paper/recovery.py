"""The sheet with the recovery key of a vault that was just made, or given a new one."""

from alliance_desktop.documents.press import Rendered, render
from alliance_desktop.documents.recovery_sheet import recovery_sheet
from alliance_desktop.domain.clock import local
from alliance_desktop.services.access import Sheet
from alliance_desktop.services.stamps import Now

RECOVERY_FILE = "recovery-sheet.pdf"


def recovery_page(sheet: Sheet, now: Now, paper: str) -> Rendered:
    """Return the printable recovery sheet of a vault just made."""
    page = recovery_sheet(sheet.groups, vault=sheet.vault_id, on=local(now()).date())
    return render(page, paper="letter" if paper == "letter" else "a4")
