"""The executor's key: the recovery key of one vault in a writing of its own, behind a first group that marks it.

    EXEC | nine groups of four

The mark and the mask say which door of this program it opens: the executor's view and nothing else. That is a rule of
this program and not of cryptography: whoever has this sheet, the vault and the knowledge to do without the program
could find the recovery key in it. The mask comes from the vault's id, so that the sheet alone tells nobody the key.
"""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from alliance_desktop.domain.errors import MistypedRecoveryKeyError
from alliance_desktop.keys.memory import wipe
from alliance_desktop.keys.recovery import (
    CHARACTERS,
    GROUP,
    MARK,
    RECOVERY_BYTES,
    Sheet,
    bare,
    is_recovery,
    mistyped,
    read_groups,
    written,
)

_LENGTH = len(MARK) + CHARACTERS
_LIKE_MARK = 2
"""So many letters of the mark are enough to take what was typed for an executor's key."""

# Only the check characters are masked here: groups typed without their mark are then no recovery key of any vault.
SHEET = Sheet(
    "executor's key",
    f"An executor's key has {_LENGTH} characters in ten groups of four, the first of which is {MARK}",
    before=1,
    masks=(0,) * (CHARACTERS - GROUP) + (21, 21, 9, 9),
)


def executor_text(recovery: bytes, vault_id: bytes) -> str:
    """Return the executor's key of a vault as ten groups of four characters."""
    masked = _masked(recovery, vault_id)
    text = MARK + written(masked, SHEET)
    wipe(masked)
    return "-".join(text[at : at + GROUP] for at in range(0, _LENGTH, GROUP))


def is_executor(typed: str) -> bool:
    """Say whether what was typed is meant as an executor's key, with or without a mistake in it."""
    plain = bare(typed)
    if is_recovery(plain):
        # One in a million begins with the same four letters.
        return False
    alike = sum(one == mark for one, mark in zip(plain, MARK, strict=False))
    return alike == GROUP or (len(plain) == _LENGTH and alike >= _LIKE_MARK) or _lacks_mark(plain)


def is_whole_executor(typed: str) -> bool:
    """Say whether what was typed is an executor's key without a mistake, of whichever vault."""
    try:
        return is_executor(typed) and bool(_read(typed))
    except MistypedRecoveryKeyError:
        return False


def read_executor(typed: str, vault_id: bytes) -> bytes:
    """Return the recovery key that an executor's key stands for in the vault of this id.

    What `read_recovery` forgives is forgiven. MistypedRecoveryKeyError names the groups to look at, counted from the
    mark, which is the first.
    """
    masked = _read(typed)
    recovery = _masked(masked, vault_id)
    wipe(masked)
    return recovery


def _read(typed: str) -> bytes:
    plain = bare(typed)
    if _lacks_mark(plain):
        raise MistypedRecoveryKeyError(
            f"The first group of the executor's key is missing. It is {MARK}.", "Type it before the others."
        )
    if plain[:GROUP] != MARK:
        raise mistyped([-1], SHEET)
    return read_groups(plain[GROUP:], SHEET)


def _lacks_mark(plain: str) -> bool:
    try:
        return len(plain) == CHARACTERS and bool(read_groups(plain, SHEET))
    except MistypedRecoveryKeyError:
        return False


def _masked(key: bytes, vault_id: bytes) -> bytes:
    mask = HKDF(algorithm=SHA256(), length=RECOVERY_BYTES, salt=vault_id, info=b"executor sheet v1").derive(b"executor")
    return bytes(one ^ two for one, two in zip(key, mask, strict=True))
