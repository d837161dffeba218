"""S1: no word of a day's work is in any call that writes, nor in any file, whatever was done and however it ended."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.reliability import calls, load, story, vaults
from tests.reliability.calls import Watched
from tests.reliability.frame import Control, Figures, Trial, most, tries
from tests.reliability.vaults import PASSPHRASE

MOST_OF_A_LOAD = 8_000
NEEDLES = [coded for word in (*story.WORDS, load.WORD) for coded in (word.encode(), "\0".join(word).encode())]
"""Each word in UTF-8, and as it lies in UTF-16, whichever byte of a letter comes first; looked for in any case."""

LOAD = "import sys; from tests.reliability import load; load.main(*sys.argv[1:])"


def _hits_in_files(folders: Sequence[Path]) -> int:
    """Return how many files hold a word of the day, in their content or their name."""
    # Other programs may come and go beside, as other tests do; os.walk passes over what is gone.
    walked = (one for folder in folders for one in os.walk(folder) if "/pytest-of-" not in one[0])
    paths = (Path(top, name) for top, _, names in walked for name in names)
    return sum(_has_a_word(one) for one in paths)


def _has_a_word(path: Path) -> bool:
    try:
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    except OSError:
        data = b""
    data = (data + os.fsencode(path)).lower()
    return any(needle in data for needle in NEEDLES)


def _a_day(folder: Path, environment: dict[str, str]) -> Watched:
    """Let the program's window be worked for a day that ends with a kill; look at every call, then at every file."""
    made = vaults.make(folder)
    home, paper, here = (folder / name for name in ("home", "paper", "here"))
    for place in (home, paper, here):
        place.mkdir()
    made.folder.rename(home / "Notes.vault")
    begun = [sys.executable, "-B", "-c", story.KILLED, str(home), str(paper), PASSPHRASE]
    found, code, said = calls.watched(folder, NEEDLES, begun, cwd=here, env=environment)
    # strace ends as the program did.
    if code not in {-9, 137} or "written" not in said:
        raise AssertionError(f"the day was not worked to its end: {said[-2000:]}")
    return found


def _a_load(folder: Path, environment: dict[str, str], how: str, rows: int) -> Watched:
    found, code, said = calls.watched(
        folder, NEEDLES, [sys.executable, "-B", "-c", LOAD, how, str(folder), str(rows)], cwd=folder, env=environment
    )
    if code:
        raise AssertionError(said[-2000:])
    return found


def _leaks(count: int, folder: Path, how: str = "as it is") -> Figures:
    """Work days and loads until there were enough calls; every one of them, and every file, is looked at."""
    temporary = folder / "tmp"
    temporary.mkdir()
    environment = os.environ | {"TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)}
    found: list[Watched] = []
    rounds = 2 if how == "as it is" else 1
    while sum(one.calls for one in found) < count or len(found) < rounds:
        place = folder / str(len(found))
        place.mkdir()
        missing = min(MOST_OF_A_LOAD, max(0, count - sum(one.calls for one in found)))
        is_day = how == "as it is" and len(found) % 2 == 0
        found.append(_a_day(place, environment) if is_day else _a_load(place, environment, how, missing))
    homes = [Path(os.environ["HOME"]), Path("/dev/shm")]
    return {
        "write calls": sum(one.calls for one in found),
        "calls with a word": sum(one.hits for one in found),
        "files with a word": _hits_in_files([folder, *homes]),
    }


TRIALS = (
    Trial(
        "S1",
        "leak search through a day at the window that ends with a kill, and through a load that spills",
        (tries("write calls", 50_000), most("calls with a word", 0), most("files with a word", 0)),
        _leaks,
        fast=2_500,
        full=50_000,
        controls=(
            Control("no key", lambda count, folder: _leaks(count, folder, "no key"), fast=500, full=5_000),
            Control(
                "temp_store in files", lambda count, folder: _leaks(count, folder, "temp_store"), fast=500, full=5_000
            ),
        ),
        tools=("strace",),
    ),
)
