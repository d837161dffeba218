"""Looking at a closed vault or a backup from end to end, and remembering that it was in order."""

from pathlib import Path

from alliance_desktop.domain.backup_words import Tally
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.opening_errors import StrangeKeysError, WrongIndexError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.backup_work import Trying, holding_of
from alliance_desktop.services.machine import Machine
from alliance_desktop.services.stamps import Now
from alliance_desktop.storage import keyfiles, verifying
from alliance_desktop.storage.verifying import must_be_closed

__all__ = ["Verifying", "must_be_closed"]


class Verifying:
    """Slow, for any thread. Nothing of the vault or backup is changed."""

    def __init__(self, machine: Machine, now: Now) -> None:
        self._machine, self._now = machine, now

    def vault(self, folder: Path, secrets: Secrets, watch: Watch | None = None) -> Tally:
        """Return how much a vault holds that is in order; see `storage.verifying.verify` for what it raises."""
        seen = self._machine.seen(secrets.vault_id)
        try:
            found = verifying.verify(folder, secrets, watch, seen_saves=seen.saves, seen_at=seen.saved_at)
        except WrongIndexError:
            # Every note was looked at, and is in order.
            self._machine.change_seen(secrets.vault_id, checked_at=self._now())
            raise
        self._machine.change_seen(secrets.vault_id, checked_at=self._now())
        return holding_of(found).tally

    def remark(self, folder: Path, secrets: Secrets) -> KnownError | None:
        """Return what is to be said of a vault that is in order: key files in its folder that are not its own."""
        strange = keyfiles.strange(folder, secrets.vault_id)
        return StrangeKeysError(strange) if strange else None

    def backup(self, path: Path, secrets: Secrets, watch: Watch | None = None) -> Tally:
        """Return how much a backup holds that is in order: it is restored in private, looked at, and taken away."""
        return holding_of(Trying(path, secrets.data_key)(watch).contents).tally
