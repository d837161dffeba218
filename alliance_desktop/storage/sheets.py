"""The prints of recovery sheets that were replaced, so that an old sheet is known as one and not as a stranger's.

A print is derived from the recovery key one way and says nothing about it; the file holds one after the other.
"""

from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from alliance_desktop.storage import disk

NAME = "sheets.old"
PRINT = 16
_MOST = 256


def print_of(recovery: bytes, vault_id: bytes) -> bytes:
    """Return the 16 bytes that tell a recovery key of one vault from others, and from which it cannot be found."""
    return HKDF(algorithm=SHA256(), length=PRINT, salt=vault_id, info=b"vault old sheet v1").derive(recovery)


def was_replaced(folder: Path, recovery: bytes, vault_id: bytes) -> bool:
    """Say whether a recovery key was this vault's before; False also where nothing can be read."""
    return print_of(recovery, vault_id) in _prints(folder)


def keep_replaced(folder: Path, recovery: bytes, vault_id: bytes) -> None:
    """Keep the print of a recovery key that is about to be replaced; OSError."""
    known, mine = _prints(folder), print_of(recovery, vault_id)
    if mine not in known:
        disk.write_durably(folder / NAME, b"".join([*known, mine][-_MOST:]))


def carry(source: Path, target: Path) -> None:
    """Add the prints of one folder of a vault to those of another; without any that can be read, nothing. OSError."""
    known = _prints(target)
    more = [one for one in _prints(source) if one not in known]
    if more:
        disk.write_durably(target / NAME, b"".join([*more, *known][-_MOST:]))


def _prints(folder: Path) -> list[bytes]:
    data = disk.read_small(folder / NAME, _MOST * PRINT) or b""
    return [data[at : at + PRINT] for at in range(0, len(data) - PRINT + 1, PRINT)]
