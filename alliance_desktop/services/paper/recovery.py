"""The sheets with a key on them: never in the preview of an open vault, only where the key was asked for anew."""

from alliance_desktop.documents.executor_sheet import ExecutorSheet, executor_sheet
from alliance_desktop.documents.lost_computer import lost_computer
from alliance_desktop.documents.pages import RecoverySheet
from alliance_desktop.documents.pages import Sheet as Page
from alliance_desktop.documents.recovery_sheet import recovery_sheet
from alliance_desktop.domain.clock import local
from alliance_desktop.services.access import OpenVault, Sheet
from alliance_desktop.services.executor import all_wishes
from alliance_desktop.services.stamps import Now


def recovery_page(sheet: Sheet, now: Now) -> RecoverySheet:
    """Return the recovery sheet of a vault just made, or given a new key."""
    return recovery_sheet(sheet.groups, vault=sheet.vault_id, on=local(now()).date())


def executor_page(vault: OpenVault, sheet: Sheet, now: Now) -> ExecutorSheet:
    """Return the sealed sheet for an executor, with the wishes as they are written now."""
    return executor_sheet(
        sheet.groups, all_wishes(vault), vault=sheet.vault_id, on=local(now()).date(), sample=vault.sample
    )


def lost_page(now: Now) -> Page:
    """Return the sheet for the day the computer is lost, of a vault that was made today."""
    return lost_computer(made_on=local(now()).date())
