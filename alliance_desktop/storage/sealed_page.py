"""A page of the encrypted file: its size, its seal, and the head that a file which is not encrypted has instead.

SQLCipher 4: 4096 bytes, of which the last 80 are the nonce (16) and HMAC-SHA512 (64) over content, nonce and number;
the first 16 bytes of page 1 are the vault's id in the clear, where SQLite has its own 16 fixed bytes.
"""

import hashlib
import hmac

PAGE = 4096
USABLE = 4016
"""The bytes of a page that hold content; the other 80 are nonce and seal."""
SALT = 16
"""The bytes at the head of page 1 that are in the clear."""
SUM = 64
_NOTHING = bytes(SUM)
PLAIN_HEAD = b"SQLite format 3\0"
"""What SQLite has at the head of page 1; a file that begins with it is not encrypted."""


def seal_key(data_key: bytes, vault_id: bytes) -> bytes:
    """Return the key of the seals of a database."""
    return hashlib.pbkdf2_hmac("sha512", data_key, bytes(one ^ 0x3A for one in vault_id), 2, 32)


def is_sealed(page: bytes, number: int, key: bytes) -> bool:
    """Say whether a page's own seal holds under a key of `seal_key`."""
    # A file can be stretched by gigabytes of nothing; to sum them up would take minutes.
    if len(page) != PAGE or page[-SUM:] == _NOTHING:
        return False
    content = page[SALT if number == 1 else 0 : -SUM]
    return hmac.compare_digest(hmac.digest(key, content + number.to_bytes(4, "little"), "sha512"), page[-SUM:])
