"""The record of a lost device as it begins: counts and dates of the vault that is open, and no name."""

import datetime

from alliance_desktop.domain.answers import Answers, dated
from alliance_desktop.domain.clock import local
from alliance_desktop.services.access import OpenVault

FORM, CARD = "lost_device", "incident"


def begun(vault: OpenVault) -> Answers:
    """Return what the program fills in: how many clients, the day of the newest entry, and that of the last backup."""
    clients = vault.notebook.clients()
    newest = max((one.last_on for one in clients if one.last_on is not None), default=None)
    backup = _last_backup(vault)
    told: Answers = {"found_out_on": dated(vault.notebook.today()), "clients": len(clients)}
    if newest is not None:
        told["newest_on"] = dated(newest)
    if backup is not None:
        told["last_backup_on"] = dated(backup)
    return told


def _last_backup(vault: OpenVault) -> datetime.date | None:
    """Return the day of the newest backup that this computer or the vault's own folder knows of."""
    known = [one.made_at for one in vault.backups.listed() if one.good]
    outside = vault.backups.seen.outside_at
    return max((local(at).date() for at in [*known, *([outside] if outside is not None else [])]), default=None)
