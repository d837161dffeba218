"""The few things kept outside a vault: which folder was opened last, how far each vault was seen, and fault reports.

Nothing in them tells of a client or a note. One place for the rules of each operating system.
"""

import contextlib
import datetime
import hashlib
import os
import sys
import threading
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any

import msgspec

from alliance_desktop.services.small_file import put_small, read_small
from alliance_desktop.storage import swapping

_NAME = "Alliance Desktop"
# No counter and no file is larger; what says otherwise was not written here.
Count = Annotated[int, msgspec.Meta(ge=0, le=2**62)]
Moment = Annotated[datetime.datetime, msgspec.Meta(tz=True)] | None
_VAULT, _UNPROVED = "vault", "sheet-to-prove"
# The window's thread and the threads of slow work remember things at the same time.
_writing = threading.RLock()


def state_folder(platform: str, environ: Mapping[str, str], home: Path) -> Path:
    """Return the folder for local state on Windows, macOS or another system."""
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / _NAME
    if platform == "darwin":
        return home / "Library" / "Application Support" / _NAME
    return Path(environ.get("XDG_STATE_HOME") or home / ".local" / "state") / "alliance-desktop"


class SeenBackup(msgspec.Struct, frozen=True):
    """The newest backup that was found good in the vault's own folder: its file as it was then, and what it holds.

    `changed` is in nanoseconds; `state` is a print of notes and keys that says nothing about either.
    """

    name: str
    size: Count
    changed: int
    state: str


class Seen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What this computer remembers of one vault, without a name and without a word of it.

    `saves` is the highest save counter ever seen, `saved_at` when that was; `outside_at` is when a good backup was
    last put outside the computer, `tried_at` when one was last restored on trial, `checked_at` when the whole vault
    was last found in order; `opens_by_sheet` that it opens by its recovery sheet only, `older_keys` that a restored
    backup brought back a passphrase or a sheet that had been replaced; `backup` is the newest good one
    in the vault's own folder.
    """

    saves: Count = 0
    saved_at: Moment = None
    closed_well: bool = True
    outside_at: Moment = None
    tried_at: Moment = None
    checked_at: Moment = None
    opens_by_sheet: bool = False
    older_keys: bool = False
    backup: SeenBackup | None = None

    def __post_init__(self) -> None:
        """Refuse a moment at the ends of the calendar, which no clock of the counsellor's can show."""
        for at in (self.saved_at, self.outside_at, self.tried_at, self.checked_at):
            if at is not None and not datetime.MINYEAR < at.year < datetime.MAXYEAR:
                raise ValueError


class Machine:
    """Local state in one folder, which is made when first needed (0700; its files 0600)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def of_this_computer(cls) -> "Machine":
        """Return the local state of whoever runs the program."""
        return cls(state_folder(sys.platform, os.environ, Path.home()))

    @property
    def folder(self) -> Path:
        """Where the local state lies; made when first needed."""
        return self._folder

    def last_vault(self) -> Path | None:
        """Return the folder of the vault that was opened last, if it is still there."""
        path = Path(self._read(_VAULT))
        # What lies there may be no path to the system: too long, or with a zero byte in it.
        with contextlib.suppress(OSError, ValueError):
            # A restored backup may have lost power on its way to the vault's name.
            return path if path.is_absolute() and (path.is_dir() or swapping.heal(path)) else None
        return None

    def keep_last_vault(self, folder: Path) -> None:
        """Remember the folder of a vault; a computer that cannot is no fault, the folder is then asked for."""
        self._write(_VAULT, f"{folder.absolute()}\n")

    def unproved(self, folder: Path) -> bool:
        """Say whether the recovery sheet of a vault made here was never typed back."""
        return self._read(_UNPROVED) == str(folder.absolute())

    def keep_unproved(self, folder: Path) -> None:
        """Remember that a vault was just made and its recovery sheet is still to be proved."""
        self._write(_UNPROVED, f"{folder.absolute()}\n")

    def keep_proved(self) -> None:
        """Remember that the recovery sheet was typed back."""
        self._write(_UNPROVED, "")

    def seen(self, vault_id: bytes) -> Seen:
        """Return what this computer remembers of a vault; of an unknown one, or where it cannot be read, nothing."""
        try:
            return msgspec.json.decode(self._read(_seen(vault_id)), type=Seen)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return Seen()

    def keep_seen(self, vault_id: bytes, seen: Seen) -> None:
        """Remember this of a vault, whatever was remembered before; a computer that cannot is no fault."""
        self._write(_seen(vault_id), msgspec.json.encode(seen).decode())

    def change_seen(self, vault_id: bytes, *, goes_back: bool = False, **values: Any) -> Seen:
        """Remember these values of a vault and leave the others as they are; for any thread. Return what is known now.

        The count of saves never becomes smaller, and `saved_at` stays with it, unless the vault `goes_back` to an
        earlier state because its owner wants that.
        """
        with _writing:
            seen = self.seen(vault_id)
            if not goes_back and values.get("saves", seen.saves) < seen.saves:
                values = {name: value for name, value in values.items() if name not in {"saves", "saved_at"}}
            changed = msgspec.structs.replace(seen, **values)
            if changed != seen:
                self.keep_seen(vault_id, changed)
            return changed

    def report(self, kind: type[BaseException], trace: TracebackType | None) -> None:
        """Keep where a fault of the program happened: its kind and places in the code, no words and no values."""
        places = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)]
        self._write("last-fault", "\n".join([kind.__name__, *places, ""]))

    def _read(self, name: str) -> str:
        try:
            # The folder of a vault need not be a text to the system.
            # Only the line's own end goes: a folder's name may end in a space.
            return os.fsdecode(read_small(self._folder / name)).removesuffix("\n")
        except (OSError, UnicodeDecodeError):
            return ""

    def _write(self, name: str, text: str) -> None:
        with _writing, contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            put_small(self._folder / name, os.fsencode(text))


def _seen(vault_id: bytes) -> str:
    """Return the file's name for a vault, which does not tell its id."""
    return f"seen-{hashlib.sha256(b'seen here' + vault_id).hexdigest()[:32]}"
