"""Single pages of an encrypted database: only those whose seal holds, decrypted one at a time.

SQLCipher 4: 4096 bytes, of which the last 80 are the nonce (16) and HMAC-SHA512 (64) over content, nonce and number;
AES-256-CBC; the first 16 bytes of page 1 are the vault's id in the clear, where SQLite has its own 16 fixed bytes.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE = 4096
USABLE = 4016
"""The bytes of a page that hold content; the other 80 are nonce and seal."""
MAGIC = b"SQLite format 3\0"

_SUM = 64
_SALT = 16

Raw = Callable[[int], bytes | None]
"""Gives the bytes of a page by its number, from 1, or None where there are none."""


def seal_key(data_key: bytes, vault_id: bytes) -> bytes:
    """Return the key of the seals of a database."""
    return hashlib.pbkdf2_hmac("sha512", data_key, bytes(one ^ 0x3A for one in vault_id), 2, 32)


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
        start = _SALT if number == 1 else 0
        opened = Cipher(AES(self._data_key), CBC(page[USABLE:-_SUM])).decryptor()
        content = opened.update(page[start:USABLE]) + opened.finalize()
        return MAGIC + content if number == 1 else content

    def _sealed(self, number: int) -> bytes | None:
        if not 1 <= number <= self.count:
            return None
        for page in (self._over.get(number), self._raw(number)):
            if page is not None and is_sealed(page, number, self._seal_key):
                return page
        return None


def is_sealed(page: bytes, number: int, key: bytes) -> bool:
    """Say whether a page's own seal holds under a key of `seal_key`."""
    if len(page) != PAGE:
        return False
    content = page[_SALT if number == 1 else 0 : -_SUM]
    return hmac.compare_digest(hmac.digest(key, content + number.to_bytes(4, "little"), "sha512"), page[-_SUM:])
