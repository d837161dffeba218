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
        try:
            path = Path((self._folder / "vault").read_text(encoding="utf-8").strip())
        except (OSError, UnicodeDecodeError):
            return None
        return path if path.is_absolute() and path.is_dir() else None

    def keep_last_vault(self, folder: Path) -> None:
        """Remember the folder of a vault; a computer that cannot is no fault, the folder is then asked for."""
        self._write("vault", f"{folder.absolute()}\n")

    def report(self, kind: type[BaseException], trace: TracebackType | None) -> None:
        """Keep where a fault of the program happened: its kind and places in the code, no words and no values."""
        places = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)]
        self._write("last-fault", "\n".join([kind.__name__, *places, ""]))

    def _write(self, name: str, text: str) -> None:
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = self._folder / f"{name}.part"
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            part.replace(self._folder / name)
