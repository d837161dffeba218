"""Pages that are to be written anew, because copies of what was removed for good lie in unused parts of them."""

from contextlib import suppress

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.storage.store import Store

OWED = "pages to be written anew"
"""The setting that stands from a removal until its last copies are out of the pages."""
AT_ONCE = 20_000_000
"""Up to so many bytes the pages are written anew at once, in about a second; larger vaults owe them until then."""


class OwedPages:
    """Owes the pages of one open vault, and writes them anew."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def owe(self) -> None:
        """Note, within a transaction, that pages still hold copies of what is removed in it."""
        self._store.settings.put(OWED, True)

    def write_if_small(self) -> None:
        """Let no copy of what was removed stay in any page; a large vault does it while it is left."""
        if self._store.size <= AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write all pages anew if they are owed; where that cannot be, as with a full disk, it is done another time."""
        with suppress(KnownError):
            if self._store.read_only or self._store.settings.get(OWED) is not True:
                return
            self._store.rewrite()
            with self._store.transaction():
                self._store.settings.drop(OWED)
