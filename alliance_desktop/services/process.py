"""This process, replaced by a fresh one at each lock.

A locked process keeps no secret only if it is another process: a language that copies texts cannot wipe them all.
"""

import base64
import contextlib
import os
import sys
import threading
from collections.abc import Callable, MutableMapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Annotated

import msgspec

from alliance_desktop.services.hardening import HANDOVER

CLOSING_SECONDS = 2.0
"""How long closing a vault may take before the process is replaced without waiting for it any longer."""


class Handover(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a fresh process needs to show the same lock page at the same place; nothing of it is secret.

    Folders go as the system's own bytes in base 64, since not every one is a text. `geometry` is Qt's own account of
    the window, also in base 64; `sample_mark` is what the sample's folder was marked with, `active` says whether the
    window had the keyboard, `fault` that something in the program went wrong while it locked, `said` a sentence for
    the page.
    """

    vault: Path
    sample: Path | None = None
    sample_mark: str = ""
    geometry: str = ""
    minimised: bool = False
    active: bool = True
    appearance: str = "system"
    text_scale: Annotated[int, msgspec.Meta(ge=50, le=400)] = 100
    fault: bool = False
    curtain: Annotated[int, msgspec.Meta(ge=0, le=2**62)] = 0
    """The number of the window that stays on screen until the fresh process has its own; 0 where there is none."""
    curtain_line: Annotated[int, msgspec.Meta(ge=0, le=2**31)] = 0
    """The open file that keeps that window there, and with which it goes, however the fresh process ends; or 0."""
    said: str = ""


def take_handover(environ: MutableMapping[str, str]) -> Handover | None:
    """Take what the process before handed over out of the environment, so that no child of this one inherits it."""
    text = environ.pop(HANDOVER, "")
    try:
        return msgspec.json.decode(text, type=Handover, dec_hook=_path) if text else None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def own_command() -> list[str]:
    """Return the command that started this program, without its arguments: a checkout, a wheel or the frozen one."""
    given = len(sys.argv) - 1
    command = sys.orig_argv[: len(sys.orig_argv) - given] if given else list(sys.orig_argv)
    return [sys.executable, *command[1:]]


def relaunch(handover: Handover, command: Sequence[str] = ()) -> None:
    """Replace this process by a fresh one; returns only where the system refuses, and then nothing has changed.

    No open file is handed on but what keeps the curtain. On Windows, which cannot replace a process, the fresh one is
    started and this one ends.
    """
    command = list(command) or own_command()
    # What is said may name a folder; there a name that is no text is shown as well as it can be.
    said = handover.said.encode("utf-8", "replace").decode()
    text = msgspec.json.encode(msgspec.structs.replace(handover, said=said), enc_hook=os.fsencode).decode()
    environ = {**os.environ, HANDOVER: text}
    if getattr(sys, "frozen", False):
        # Without this a frozen program takes itself for a helper of the process before.
        environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    for stream in (sys.stdout, sys.stderr):
        # A program started without a terminal has none.
        if stream is not None:
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            import subprocess

            subprocess.Popen(command, env=environ, close_fds=True)
            os._exit(0)
        _keep_files_here(handover.curtain_line)
        os.execve(command[0], command, environ)


class Deadline:
    """Acts from a thread of its own if what is done within it takes too long; a context manager.

    `act` must be safe from any thread: it is for leaving a process that hangs.
    """

    def __init__(self, act: Callable[[], object], seconds: float = CLOSING_SECONDS) -> None:
        self._timer = threading.Timer(seconds, act)
        self._timer.daemon = True

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(self, _kind: object, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._timer.cancel()


def _keep_files_here(but: int) -> None:
    """Let no file but one live on in the fresh process, also where a library opened it without care."""
    for name in os.listdir("/dev/fd") if os.path.isdir("/dev/fd") else ():
        if int(name) > 2:
            # The folder itself is among what is listed, and closed by now.
            with contextlib.suppress(OSError):
                os.set_inheritable(int(name), int(name) == but)


def _path(kind: type, value: object) -> object:
    if kind is not Path:
        return value
    folder = base64.b64decode(str(value), validate=True)
    if not folder or b"\0" in folder:
        raise ValueError
    return Path(os.fsdecode(folder))
