"""R7: the real program is killed while somebody types into its window; at most five seconds of words are lost."""

import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.reliability import vaults
from tests.reliability.frame import Control, Figures, Trial, most, tries
from tests.reliability.vaults import PASSPHRASE

AT_ONCE = 3
LONGEST = 9.0
TYPIST = """
import random, sys, time
from pathlib import Path
from person import Person, wait_until
from alliance_desktop.ui import autosave
from alliance_desktop.ui.application import make_application
home, chance = Path(sys.argv[1]), random.Random(int(sys.argv[2]))
if sys.argv[3] == "never":
    autosave.Autosave.__init__.__kwdefaults__["times"] = autosave.Times(pause=10**8, longest=10**8)
app = make_application(sys.argv[:1])
person = Person(home).begin()
person.unlock(sys.argv[4])
person.add_client("D34", "Dana")
person.notice("the blip")
person.card(2)
person.box("their_words")
for number in range(10**5):
    began = time.monotonic()
    person.type(f"word{number:05d} ")
    print(number, began, flush=True)
    until = time.monotonic() + chance.choice((0.02, 0.05, 0.1, 0.4))
    wait_until(lambda: time.monotonic() > until)
"""


def _killed_typist(made: vaults.Made, folder: Path, number: int, how: str, seconds: float) -> float:
    """Return how many seconds of typing a kill lost."""
    home = folder / f"home{number}"
    home.mkdir()
    made.copy(home / "Notes.vault")
    begun = [sys.executable, "-B", "-c", TYPIST, str(home), str(number), how, PASSPHRASE]
    with subprocess.Popen(begun, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as typist:
        assert typist.stdout is not None
        first = typist.stdout.readline()
        try:
            typist.wait(seconds)
        except subprocess.TimeoutExpired:
            killed_at = time.monotonic()
            typist.kill()
        rest, told = typist.communicate()
        if typist.returncode != -signal.SIGKILL:
            raise AssertionError(told[-2000:])
    typed = [line.split() for line in [first, *rest.split("\n")[:-1]]]
    store = made.open(home / "Notes.vault")
    kept = "".join(str(one.answers.get("their_words", "")) for one in store.entries.drafts())
    store.close()
    lost = [float(at) for word, at in typed if f"word{int(word):05d}" not in kept]
    return killed_at - lost[0] if lost else 0.0


def _kills(count: int, folder: Path, how: str, least: float) -> Figures:
    chance = random.Random(7)
    made = vaults.make(folder)
    waits = [chance.uniform(least, LONGEST) for _ in range(count)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        begun = [pool.submit(_killed_typist, made, folder, at, how, wait) for at, wait in enumerate(waits)]
        lost = [one.result() for one in begun]
    return {"kills": count, "seconds of typing lost at most": round(max(lost), 2)}


TRIALS = (
    Trial(
        "R7",
        "kill -9 of the program while somebody types into its window",
        (tries("kills", 100), most("seconds of typing lost at most", 5)),
        lambda count, folder: _kills(count, folder, "as it is", 0.3),
        fast=2,
        full=100,
        controls=(
            Control(
                "nothing is saved while typing",
                lambda count, folder: _kills(count, folder, "never", 7),
                fast=1,
                full=5,
            ),
        ),
    ),
)
