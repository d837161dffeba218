"""Single pages of an encrypted database: only those whose seal holds, decrypted one at a time with AES-256-CBC."""

from collections.abc import Callable, Mapping

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from alliance_desktop.storage.sealed_page import PLAIN_HEAD, SALT, SUM, USABLE, is_sealed, seal_key

Raw = Callable[[int], bytes | None]
"""Gives the bytes of a page by its number, from 1, or None where there are none."""


class Pages:
    """The pages 1 to `count` of a database; those in `over`, encrypted as well, take the place of the file's own."""

    def __init__(
        self, raw: Raw, count: int, data_key: bytes, vault_id: bytes, over: Mapping[int, bytes] | None = None
    ) -> None:
        self._raw = raw
        self.count = count
        self._data_key = data_key
        self._seal_key = seal_key(data_key, vault_id)
        self._over = over or {}

    def is_sealed(self, number: int) -> bool:
        """Say whether a page is there and was written with this key, at this place, as it is."""
        return self._sealed(number) is not None

    def plain(self, number: int) -> bytes | None:
        """Return the 4016 usable bytes of a page, or None where its seal does not hold."""
        page = self._sealed(number)
        if page is None:
            return None
        start = SALT if number == 1 else 0
        opened = Cipher(AES(self._data_key), CBC(page[USABLE:-SUM])).decryptor()
        content = opened.update(page[start:USABLE]) + opened.finalize()
        return PLAIN_HEAD + content if number == 1 else content

    def _sealed(self, number: int) -> bytes | None:
        if not 1 <= number <= self.count:
            return None
        for page in (self._over.get(number), self._raw(number)):
            if page is not None and is_sealed(page, number, self._seal_key):
                return page
        return None
