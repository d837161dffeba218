"""More room for the small things of SQLite, which it otherwise asks the system for one by one.

SQLCipher locks each piece of memory when it is asked for, and wipes and unlocks it when it is given back; that takes a
hundredth of a millisecond, and a save needs fifty pieces and more. SQLite has some room of its own in each connection,
its "lookaside", and takes small pieces from there; but by default it is as small as ten statements that are kept ready.
The room is asked for once, is locked like the rest, and is wiped as a whole when the connection is closed. Until then
what was in it stays there until something else takes its place, as the pages that were read do in their cache.
"""

import ctypes
import os
import sys

from sqlcipher3 import dbapi2

PIECES, PIECE = 1_000, 1_200
"""So many pieces of so many bytes for each connection; a third of them are in use once most pages were open."""

_SETTING = 13
"""`SQLITE_CONFIG_LOOKASIDE`."""
_NAMES = ("memory_used", "shutdown", "config", "initialize")
_UNUSED = 64 * 1024
"""With a connection open, more memory than this is in use."""


def make_room() -> bool:
    """Let every connection of this process have more room; say whether it has.

    Not where a connection is open already. WORKAROUND sqlcipher3 0.6: it has no word for this setting, so that it is
    told to the library below, whose names can be found where it is the one that was built for Linux; and only on the
    processor on which a function that takes any number of values is called like any other.
    """
    module = sys.modules.get(f"{dbapi2.__package__}._sqlite3")
    found = getattr(module, "__file__", None)
    if sys.platform != "linux" or os.uname().machine != "x86_64" or found is None:
        return False
    try:
        library = ctypes.CDLL(found)
        used, end, configure, begin = (getattr(library, f"sqlite3_{one}") for one in _NAMES)
    except (OSError, AttributeError):
        return False
    used.restype = ctypes.c_int64
    configure.argtypes = [ctypes.c_int] * 3
    if _version(library) != dbapi2.sqlite_version or used() > _UNUSED:
        return False
    # It was begun by being loaded, and takes settings only before that.
    made = end() == 0 and configure(_SETTING, PIECE, PIECES) == 0
    return bool(begin() == 0 and made)


def _version(library: ctypes.CDLL) -> str:
    """Return which SQLite the names lead to: it could be another one that is loaded beside."""
    library.sqlite3_libversion.restype = ctypes.c_char_p
    return bytes(library.sqlite3_libversion()).decode()
