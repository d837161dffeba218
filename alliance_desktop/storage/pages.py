"""Whether a key fits an encrypted file, told from its pages one by one.

Where the database cannot be opened this tells a damaged file (some page still fits) from another key (none does).
SQLCipher 4 seals each page of 4096 bytes with HMAC-SHA512 over its content, its nonce and its number.
"""

import hashlib
import hmac
from pathlib import Path

PAGE = 4096

_SALT = 16
_SUM = 64
_MOST_PAGES = 256


def key_fits(path: Path, data_key: bytes, vault_id: bytes) -> bool:
    """Say whether any of the first 256 pages of a database file was sealed with this key.

    To be called only when the file is not open here: closing it lets go of SQLite's lock.
    """
    mask = bytes(one ^ 0x3A for one in vault_id)
    key = hashlib.pbkdf2_hmac("sha512", data_key, mask, 2, 32)
    try:
        with path.open("rb") as file:
            data = file.read(PAGE * _MOST_PAGES)
    except OSError:
        return False
    pages = (data[at : at + PAGE] for at in range(0, len(data) - PAGE + 1, PAGE))
    return any(_is_sealed(page, number, key) for number, page in enumerate(pages, 1))


def _is_sealed(page: bytes, number: int, key: bytes) -> bool:
    content = page[_SALT if number == 1 else 0 : -_SUM]
    return hmac.digest(key, content + number.to_bytes(4, "little"), "sha512") == page[-_SUM:]
