"""The few things kept outside a vault: which folder was opened last, how far each vault was seen, how the pages before
it is open look, and fault reports.

Nothing in them tells of a client or a note. One place for the rules of each operating system.
"""

# What is asked for before the first page is on screen needs little; the rest is imported where it is used.
import contextlib
import os
import sys
import threading
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from alliance_desktop.domain.look import TEXT_SCALES, Appearance
from alliance_desktop.services.small_file import put_small, read_small

if TYPE_CHECKING:
    from alliance_desktop.services.seen import Seen

CLAIM, CLAIM_LOCK = "open-", ".lock"
"""How the name of a window's claim on a vault begins and ends, see `ui/second_start.py`."""
_NAME = "Alliance Desktop"
_SEEN, _BY_SHEET = "seen-", '"opens_by_sheet"'
_VAULT, _UNPROVED, _LOOK = "vault", "sheet-to-prove", "look"
# The window's thread and the threads of slow work remember things at the same time.
_writing = threading.RLock()


def state_folder(platform: str, environ: Mapping[str, str], home: Path) -> Path:
    """Return the folder for local state on Windows, macOS or another system."""
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / _NAME
    if platform == "darwin":
        return home / "Library" / "Application Support" / _NAME
    return Path(environ.get("XDG_STATE_HOME") or home / ".local" / "state") / "alliance-desktop"


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
            return path if path.is_absolute() and (path.is_dir() or _healed(path)) else None
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

    def look(self) -> tuple[Appearance, int]:
        """Return how the program looked last, for the pages before a vault is open, with its text size in per cent."""
        appearance, _, text_scale = self._read(_LOOK).partition(" ")
        with contextlib.suppress(ValueError):
            if int(text_scale) in TEXT_SCALES:
                return Appearance(appearance), int(text_scale)
        return Appearance.SYSTEM, TEXT_SCALES[0]

    def keep_look(self, appearance: str, text_scale: int) -> None:
        """Remember how the program looks, where that is something else than before."""
        if self.look() != (appearance, text_scale):
            self._write(_LOOK, f"{appearance} {text_scale}\n")

    def seen(self, vault_id: bytes) -> "Seen":
        """Return what this computer remembers of a vault; of an unknown one, or where it cannot be read, nothing."""
        from alliance_desktop.services.seen import read_seen

        return read_seen(self._read(_seen(vault_id)))

    def may_open_by_sheet(self) -> bool:
        """Say whether a vault that was seen here may open by its recovery sheet only; which one is not looked at."""
        try:
            names = [one.name for one in self._folder.iterdir() if one.name.startswith(_SEEN)]
        except OSError:
            return False
        return any(_BY_SHEET in self._read(name) for name in names)

    def knows_of_claims(self) -> bool:
        """Say whether another window of the program may have a vault; which one is not looked at."""
        try:
            return any(one.startswith(CLAIM) and one.endswith(CLAIM_LOCK) for one in os.listdir(self._folder))
        except FileNotFoundError:
            return False
        except OSError:
            return True

    def keep_seen(self, vault_id: bytes, seen: "Seen") -> None:
        """Remember this of a vault, whatever was remembered before; a computer that cannot is no fault."""
        from alliance_desktop.services.seen import written

        self._write(_seen(vault_id), written(seen))

    def change_seen(self, vault_id: bytes, *, goes_back: bool = False, **values: Any) -> "Seen":
        """Remember these values of a vault and leave the others as they are; for any thread. Return what is known now.

        The count of saves never becomes smaller, and `saved_at` stays with it, unless the vault `goes_back` to an
        earlier state because its owner wants that.
        """
        from alliance_desktop.services.seen import changed

        with _writing:
            seen = self.seen(vault_id)
            if not goes_back and values.get("saves", seen.saves) < seen.saves:
                values = {name: value for name, value in values.items() if name not in {"saves", "saved_at"}}
            now = changed(seen, values)
            if now != seen:
                self.keep_seen(vault_id, now)
            return now

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


def _healed(folder: Path) -> bool:
    """Finish what a restored backup lost power at, on its way to the vault's name."""
    from alliance_desktop.storage import swapping

    return swapping.heal(folder)


def _seen(vault_id: bytes) -> str:
    """Return the file's name for a vault, which does not tell its id."""
    import hashlib

    return f"{_SEEN}{hashlib.sha256(b'seen here' + vault_id).hexdigest()[:32]}"
