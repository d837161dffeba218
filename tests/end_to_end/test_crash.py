"""Scenario 3: the process is killed a moment after the last key; what was written before is found again."""

import datetime
import os
import subprocess
import sys
from pathlib import Path

from person import Person, settle

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys, time
from pathlib import Path
from person import Clock, Keys, Person, wait_until
from alliance_desktop.ui.application import make_application
app = make_application(sys.argv[:1])
person = Person(Path(sys.argv[1])).begin()
person.unlock()
person.add_client("D34", "Dana")
person.notice("the blip")
person.card(2)
for number in range(20):
    person.write("their_words", f"word{number:03d} ")
    print("key", flush=True)
    until = time.monotonic() + 0.05
    wait_until(lambda: time.monotonic() > until)
print("last", flush=True)
wait_until(lambda: False, 60)
"""


def child(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Start a program of its own that works through its own window."""
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    environment = os.environ | {"PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def written_until_killed(home: Path, seconds_after_the_last_key: float) -> None:
    with child(WRITER, home) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line == "last\n":
                break
        else:
            raise AssertionError("the child never came to its last key")
        try:
            process.wait(seconds_after_the_last_key)
        except subprocess.TimeoutExpired:
            process.kill()


def test_the_form_reopens_whole_and_says_recovered(home: Path, qapp: object) -> None:
    written_until_killed(home, 3)
    person = Person(home)
    try:
        person.begin().unlock()
        settle()
        assert person.find("their_words").toPlainText() == "".join(f"word{number:03d} " for number in range(20))
        assert person.said("card_title").startswith("2")
        assert person.find("their_words").hasFocus()
        assert person.said("header_name").strip("\u2068\u2069") == "Dana"
        at = datetime.datetime(2026, 3, 10, 14, 3, tzinfo=datetime.UTC).astimezone()
        assert person.said("work_notice_sentence") == f"Recovered, {at:%H:%M}"
    finally:
        person.leave()


def test_after_a_lock_nothing_is_said_to_be_recovered(with_client: Person) -> None:
    with_client.notice("the blip")
    with_client.idle_fires()
    with_client.unlock()
    assert with_client.maybe("work_notice_sentence") is None
