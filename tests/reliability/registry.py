"""Every trial of this package, found in its modules; and each run in a process of its own, two at a time."""

import json
import os
import pkgutil
import re
import resource
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import quick
from tests.reliability.frame import Outcome, Trial, carry_out

ROOT = Path(__file__).resolve().parents[2]
SHARED = [
    str(ROOT / one)
    for one in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"][
        "pythonpath"
    ]
]
AT_ONCE = 2
_NO_TRIALS = re.compile(r"__|test_|conftest$|frame$|registry$|record$")


def modules() -> list[str]:
    """Return the names of the modules that may hold trials."""
    found = (one.name for one in pkgutil.iter_modules([str(Path(__file__).parent)]))
    return sorted(f"{__package__}.{one}" for one in found if not _NO_TRIALS.match(one))


def trials_of(module: str) -> tuple[Trial, ...]:
    """Return the trials that a module lists."""
    for folder in SHARED:
        if folder not in sys.path:
            sys.path.append(folder)
    return getattr(import_module(module), "TRIALS", ())


def all_trials() -> dict[str, tuple[str, Trial]]:
    """Return every trial with the module it is in, by its id, R before S and 2 before 10."""
    found = {}
    for module in modules():
        for trial in trials_of(module):
            if trial.id in found:
                raise ValueError(f"two trials are called {trial.id}")
            found[trial.id] = (module, trial)
    return dict(sorted(found.items(), key=lambda one: _order(one[0])))


def run_each(ids: Sequence[str], counts: str, seconds: float | None = None) -> dict[str, "Future[Outcome]"]:
    """Begin the trials named, two at a time, and return what will come of each. `seconds` is the most for one."""
    known = all_trials()
    pool = ThreadPoolExecutor(AT_ONCE)
    begun = {one: pool.submit(_in_a_process, known[one][0], known[one][1], counts, seconds) for one in ids}
    pool.shutdown(wait=False)
    return begun


def main(arguments: Sequence[str]) -> None:
    """Run one trial here and print its outcome as the last line: module, id, counts, folder."""
    module, id, counts, folder = arguments
    trial = next(one for one in trials_of(module) if one.id == id)
    if counts == "fast" and not trial.memory_locked:
        quick.lock_no_memory()
        quick.derive_once()
    outcome = carry_out(trial, counts, Path(folder))
    seconds = sum(sum(resource.getrusage(whose)[:2]) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    sys.stdout.write(f"\n{json.dumps(outcome._replace(seconds=seconds))}\n")


def _in_a_process(module: str, trial: Trial, counts: str, seconds: float | None) -> Outcome:
    with TemporaryDirectory(prefix="trial-") as place:
        home = Path(place, "home")
        home.mkdir()
        begun = [sys.executable, "-m", __name__, module, trial.id, counts, place]
        try:
            ran = subprocess.run(
                begun, cwd=ROOT, env=_environment(home), capture_output=True, text=True, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired:
            return Outcome({}, (), (f"not done after {seconds:.0f} seconds",))
    try:
        figures, controls, faults, seconds = json.loads(ran.stdout.rstrip().rsplit("\n", 1)[-1])
    except ValueError:
        return Outcome({}, (), (f"it broke off: {ran.stderr[-3000:]}",))
    told = (ran.stderr[-3000:],) if faults and ran.stderr else ()
    return Outcome(figures, tuple(controls), (*faults, *told), seconds)


def _environment(home: Path) -> dict[str, str]:
    from tests.conftest import home_in

    path = [str(ROOT), *SHARED]
    return os.environ | home_in(home) | {"PYTHONPATH": os.pathsep.join(path), "QT_QPA_PLATFORM": "offscreen"}


def _order(id: str) -> list[tuple[str, int]]:
    return [(letter, int(number or 0)) for letter, number in re.findall(r"(\D+)(\d*)", id)]


if __name__ == "__main__":
    main(sys.argv[1:])
