"""S13: faults of the program that carry typed words in every part; no report, terminal or window shows one."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

from person import BEGAN, PASSPHRASE, cheap

from alliance_desktop.storage import vault
from tests.reliability.frame import Control, Figures, Trial, least, most, tries

MARK = "zqwordxv"
FORCED = """
import sys
from pathlib import Path
from person import CTRL, Keys, Person, settle, visible_widgets, words_of
from PySide6.QtCore import QTimer
from sqlcipher3 import dbapi2
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.ui.application import make_application
from alliance_desktop.ui.background import Background

app = make_application(sys.argv[:1])
person = Person(Path(sys.argv[1])).begin()
if sys.argv[3] == "reported":
    sys.excepthook = person.program.report
person.unlock()
person.add_client("D34", "Dana")
person.key(Keys.Key_N, CTRL)

def of_sql(words):
    dbapi2.connect(":memory:").execute(f"SELECT {words} FROM {words}")

def of_a_chain(words):
    try:
        raise KeyError(words)
    except KeyError as fault:
        raise RuntimeError(f"could not write {words}") from fault

def with_a_note(words):
    fault = ValueError(words)
    fault.add_note(words)
    raise fault

def of_decoding(words):
    (words.encode() + b"\\xff").decode()

def of_a_path(words):
    Path("/no", words).read_text()

def of_a_name(words):
    getattr(person, words)

def of_a_group(words):
    raise ExceptionGroup(words, [ValueError(words), KeyError(words)])

KINDS = (of_sql, of_a_chain, with_a_note, of_decoding, of_a_path, of_a_name, of_a_group)

def forced(number):
    words = f"zqwordxv{number:03d}"
    kind = KINDS[number % len(KINDS)]
    way = number // len(KINDS) % 3
    def fault(*_anything, **_more):
        typed = f"a local {words}"
        kind(words)
    if way == 0:
        QTimer.singleShot(0, fault)
    elif way == 1:
        Background(fault).start()
        from PySide6.QtCore import QThreadPool
        QThreadPool.globalInstance().waitForDone()
    else:
        # In the middle of a save of the words themselves.
        book = person.program.vault.notebook
        usual, book.write = book.write, fault
        person.write("body", words)
        try:
            person.program.work.pages.flush()
        except KnownError:
            raise
        except Exception:
            sys.excepthook(*sys.exc_info())
        book.write = usual
        person.find("body").clear()
    settle()

seen = 0
for number in range(int(sys.argv[2])):
    forced(number)
    notice = person.program.work.workspace.notice
    seen += "zqwordxv" in f"{notice.sentence} {notice.accessibleName()}"
    report = Path(sys.argv[1], "state", "last-fault")
    if report.exists():
        sys.stdout.write(report.read_text() + "--\\n")
        report.unlink()
print(f"seen in the window: {seen}", flush=True)
import os
os._exit(0)
"""


def force(how: str, count: int, folder: Path) -> Figures:
    """Force so many faults and search all that is told of them."""
    home = folder / "home"
    home.mkdir()
    vault.create(home / "Notes.vault", PASSPHRASE, random=os.urandom, now=lambda: BEGAN, kdf=cheap())
    ran = subprocess.run(
        [sys.executable, "-B", "-c", FORCED, str(home), str(count), how], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise AssertionError(f"the program broke off with {ran.returncode}: {ran.stderr[-3000:]}")
    last = ran.stdout.splitlines()[-1]
    assert last == "seen in the window: 0", last
    files = [one for one in home.rglob("*") if one.is_file()]
    coded = [MARK.encode(code) for code in ("utf-8", "utf-16-le")]
    return {
        "faults": count,
        "reports": ran.stdout.count("--\n"),
        "words in reports and on the terminal": ran.stdout.count(MARK) + ran.stderr.count(MARK),
        "words in files": sum(one.read_bytes().count(word) for one in files for word in coded),
    }


TRIALS = (
    Trial(
        "S13",
        "faults of the program that carry typed words in message, cause, note, path and locals",
        (
            tries("faults", 100),
            least("reports", 21),
            most("words in reports and on the terminal", 0),
            most("words in files", 0),
        ),
        partial(force, "reported"),
        fast=21,
        full=100,
        controls=(
            Control(
                "Python's own way to tell a fault",
                partial(force, "printed"),
                ("words in reports and on the terminal", 1),
            ),
        ),
    ),
)
