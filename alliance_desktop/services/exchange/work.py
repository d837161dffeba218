"""Taking everything out of an open vault, and bringing a file into it: the whole of it or nothing."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from alliance_desktop.domain.errors import DiskFullError, KnownError, ReadOnlyError, SaveFailedError
from alliance_desktop.domain.exchange.errors import ImportDiskError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.all_stories import AllStories
from alliance_desktop.services.backups import Backups
from alliance_desktop.services.exchange.bringing_in import Came, Incoming
from alliance_desktop.services.exchange.reading import lines_of, opened
from alliance_desktop.services.exchange.taking_out import TakenOut, must_take_file, take_out
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.machine import Machine
from alliance_desktop.services.own_forms import OwnForms
from alliance_desktop.services.stamps import Now, Random, Stamps
from alliance_desktop.storage.apart import Apart, apart, read_apart
from alliance_desktop.storage.snapshot import Snapshot
from alliance_desktop.storage.store import Store

Check = Callable[[], Secrets]

_BACKED_UP, _COPIED, _READ = 0.1, 0.15, 0.85
_KEPT_A_STEP = 500


class Exchange:
    """Both ways for one open vault, slow, in the thread of its store; `shipped` are the program's forms alone."""

    def __init__(
        self, store: Store, shipped: Forms, now: Now, random: Random, backups: Backups, machine: Machine | None
    ) -> None:
        self._store, self._shipped, self._now, self._random = store, shipped, now, random
        self._backups, self._machine = backups, machine

    def take_out(self, path: Path, watch: Watch | None = None) -> TakenOut:
        """Write everything into a new file; see `taking_out.take_out`."""
        forms, _ = self._forms(self._store)
        return take_out(self._store, forms, path, watch)

    def taking_out(self, path: Path, check: Check) -> Callable[[Watch], TakenOut]:
        """Return the work of taking everything out, for any thread, from the notes as they are when it begins.

        `check` gives what the passphrase opens, and raises what is wrong with it. What `must_take_file` raises is
        raised at once.
        """
        must_take_file(path)
        snapshot = Snapshot(self._store)

        def work(watch: Watch) -> TakenOut:
            try:
                check().forget()
                with read_apart(snapshot, watch.part(0.0, 0.2)) as store:
                    forms, _ = self._forms(store)
                    return take_out(store, forms, path, watch.part(0.2, 1.0))
            finally:
                snapshot.release()

        return work

    def bring_in(self, path: Path, close: Callable[[], None], watch: Watch | None = None) -> Came:
        """Bring a file in and return what came of it; where anything came in, `close` closes the vault on the way.

        Before, a backup is made of a vault that holds anything. The vault is as it was after NoFileError, BadLineError,
        SampleMixedError, BackupStoppedError by the watch, and faults of the disk.
        """
        watch = watch or Watch()
        if self._store.read_only:
            raise ReadOnlyError
        with opened(path) as file:
            if not self._store.bringing_in.is_empty():
                before = self._backups.before_risk()
                if before is not None:
                    before(watch.part(0.0, _BACKED_UP))
            vault_id = bytes(bytearray(self._store.vault_id))
            with apart(self._store, watch.part(_BACKED_UP, _COPIED)) as copy:
                incoming = self._incoming(copy)
                reading = watch.part(_COPIED, _READ)
                came = _written(copy, lambda: incoming.take(lines_of(file), reading))
                if any(came.new.values()):
                    self._read_ahead(copy.store)
                    saves = copy.store.saves
                    copy.keep(close, watch.part(_READ, 1.0))
                    if self._machine is not None:
                        self._machine.change_seen(vault_id, saves=saves, saved_at=self._now())
        return came

    def _incoming(self, copy: Apart) -> Incoming:
        forms, own = self._forms(copy.store)
        return Incoming(copy.store, forms, own)

    def _read_ahead(self, store: Store) -> None:
        """Keep what the rules read of everybody, so that the first look at Today after it waits for nothing.

        It follows from the rest: where the disk takes no more, it is read at that first look.
        """
        forms, _ = self._forms(store)
        stories = AllStories(store, forms, Stamps(self._now, self._random, store.newest_id))
        with suppress(KnownError):
            stories.all()
            while stories.keep_some(_KEPT_A_STEP):
                pass

    def _forms(self, store: Store) -> tuple[Forms, OwnForms]:
        forms = self._shipped.copied()
        return forms, OwnForms(store, forms, Stamps(self._now, self._random, store.newest_id))


def _written(copy: Apart, work: Callable[[], Came]) -> Came:
    """Do work within one transaction of the copy; ImportDiskError where the disk does not take it."""
    try:
        with copy.store.transaction():
            return work()
    except (DiskFullError, SaveFailedError):
        raise ImportDiskError from None
