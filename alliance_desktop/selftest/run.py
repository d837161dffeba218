"""The program tests itself: one story through the real widgets, and a search of its own files for the words it wrote.

Runs offscreen in a temporary folder (or one to keep); prints a line a step with its milliseconds.
"""

import datetime
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from alliance_desktop.keys.derivation import LEAST_MEMORY_KIB, SALT_BYTES, Kdf
from alliance_desktop.selftest.story import Story
from alliance_desktop.services.machine import Machine
from alliance_desktop.ui.application import make_application
from alliance_desktop.wiring import Program, World


class Teller:
    """Prints how each step went and remembers whether one failed."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self.failed = False

    def step(self, name: str, act: Callable[[], str]) -> bool:
        """Do one step and print its line; False where it failed, and then the rest makes no sense."""
        began = time.perf_counter()
        try:
            told, ok = act(), True
        except Exception as fault:  # noqa: BLE001  # the self-test's own top: a step that breaks is a finding, not an end
            told, ok = f"{type(fault).__name__}: {fault}", False
        milliseconds = round((time.perf_counter() - began) * 1000)
        self.failed = self.failed or not ok
        if self._as_json:
            line = {"step": name, "ok": ok, "ms": milliseconds, "told": told}
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(f"{'ok  ' if ok else 'FAIL'} {milliseconds:6d} ms  {name}: {told}\n")
        sys.stdout.flush()
        return ok


def run(keep: Path | None, *, as_json: bool) -> int:
    """Run every step in order; return 0 where all are well, else 1."""
    teller = Teller(as_json=as_json)
    folder = keep if keep is not None else Path(tempfile.mkdtemp(prefix="alliance-self-test-"))
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        sys.stderr.write("alliance-desktop: the folder to keep must be empty; nothing was written\n")
        return 1
    qInstallMessageHandler(_tell_qt)
    app = make_application(sys.argv[:1])
    story = Story(_program(folder), folder)
    for name, act in story.steps():
        if not teller.step(name, act):
            break
    story.end()
    app.processEvents()
    if keep is None:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if teller.failed else 0


def _tell_qt(_kind: QtMsgType, _where: QMessageLogContext, words: str | None) -> None:
    """Pass on what Qt says, but for what the screenless platform cannot do, which is of no interest here."""
    if words and not words.startswith("This plugin does not support"):
        sys.stderr.write(f"{words}\n")


def _program(folder: Path) -> Program:
    """Return a program that keeps everything in one folder and saves its PDFs there without asking."""
    pdfs = folder / "pdf"
    pdfs.mkdir()
    world = World(
        now=lambda: datetime.datetime.now(datetime.UTC),
        random=os.urandom,
        machine=Machine(folder / "state"),
        home=folder,
        kdf=Kdf(salt=os.urandom(SALT_BYTES), memory_kib=LEAST_MEMORY_KIB, passes=1),
        ask_path=lambda _parent, name: pdfs / f"{len(list(pdfs.iterdir())) + 1}-{name}",
    )
    return Program(world)
