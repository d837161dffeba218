"""The few things kept outside a vault: which folder was opened last, and reports of the program's own faults.

Nothing in them tells of a client or a note. One place for the rules of each operating system.
"""

import contextlib
import os
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

_NAME = "Alliance Desktop"
_VAULT, _UNPROVED = "vault", "sheet-to-prove"


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

    def last_vault(self) -> Path | None:
        """Return the folder of the vault that was opened last, if it is still there."""
        path = Path(self._read(_VAULT))
        return path if path.is_absolute() and path.is_dir() else None

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

    def report(self, kind: type[BaseException], trace: TracebackType | None) -> None:
        """Keep where a fault of the program happened: its kind and places in the code, no words and no values."""
        places = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)]
        self._write("last-fault", "\n".join([kind.__name__, *places, ""]))

    def _read(self, name: str) -> str:
        try:
            return (self._folder / name).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def _write(self, name: str, text: str) -> None:
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = self._folder / f"{name}.part"
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            part.replace(self._folder / name)
