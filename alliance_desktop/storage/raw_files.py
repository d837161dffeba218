"""The files of an open vault's folder as bytes: what somebody has who carries the folder away."""

import os
from collections.abc import Iterator
from pathlib import Path

from alliance_desktop.storage import disk
from alliance_desktop.storage.database import let_go
from alliance_desktop.storage.place import NOTES
from alliance_desktop.storage.store import Store

_CHUNK = 1 << 17


class RawFiles:
    """Made in the thread of the store, read in any thread, and released in the end, also after the vault is closed."""

    def __init__(self, store: Store) -> None:
        self._folder = store.folder
        # The notes are read through the descriptor that is open anyway: closing another would let go of SQLite's lock.
        self._notes = os.dup(store.reader)

    def release(self) -> None:
        """Let the files go; a second call does nothing."""
        notes, self._notes = self._notes, -1
        if notes >= 0:
            let_go(notes)

    def names(self) -> list[str]:
        """Return the files of the folder and all folders in it, by their path within it; links are not followed."""
        found = []
        for folder, _, names in os.walk(self._folder):
            paths = (Path(folder) / name for name in names)
            found += [str(one.relative_to(self._folder)) for one in paths if one.is_file() and not one.is_symlink()]
        return sorted(found)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of one file, piece by piece; of a file that went away meanwhile or is refused, none."""
        if name == NOTES:
            at = 0
            while chunk := disk.read_at(self._notes, _CHUNK, at):
                at += len(chunk)
                yield chunk
            return
        try:
            with (self._folder / name).open("rb") as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except OSError:
            return
