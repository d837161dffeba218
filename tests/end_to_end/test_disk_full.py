"""The disk fills up while somebody types: it is said, nothing typed is lost, and saving goes on by itself."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

resource = pytest.importorskip("resource", reason="no file-size limit on this system")

ROOT = Path(__file__).resolve().parents[2]
BEGIN = """
import resource, signal, sys
from pathlib import Path
from person import CTRL, Keys, Person, settle, wait_until
from alliance_desktop.ui.application import make_application
from PySide6.QtGui import QGuiApplication
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
app = make_application(sys.argv[:1])
home = Path(sys.argv[1])
person = Person(home).begin()
person.unlock()
person.add_client("D34", "Dana")
person.key(Keys.Key_N, CTRL)
person.write("body", "kept before. ")
person.flush()

filler = home / "filler"

def fill_disk():
    if sys.argv[2] == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        return
    try:
        with filler.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
    except OSError:
        pass

def free_disk():
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    filler.unlink(missing_ok=True)

# SQLite tells a full disk from a limit of the system.
NOT_SAVED = "Not saved \u2013 " + ("the disk did not accept it" if sys.argv[2] == "limit" else "disk full")

def state():
    return person.said("save_state_words")

fill_disk()
box = person.write("body", "typed on a full disk.")
WHOLE = "kept before. typed on a full disk."
person.window.workspace.focus_list()
assert state() == NOT_SAVED, state()
assert box.toPlainText() == WHOLE and not box.isReadOnly()
"""
COPY_AND_RETRY = """
settle()
person.press("save_copy_text")
assert WHOLE in QGuiApplication.clipboard().text()
person.press("save_try_again")
assert state() == NOT_SAVED, state()
free_disk()
person.press("save_try_again")
assert state().startswith("Saved"), state()
person.start_again().unlock()
assert person.find("body").toPlainText() == WHOLE
"""
CLOSE = """
person.window.close()
assert person.window.isVisible(), "the window stays"
assert person.program.vault is not None
assert box.toPlainText() == WHOLE
person.key(Keys.Key_T, CTRL)
assert person.find("body").toPlainText() == WHOLE, "the page stays as well"
assert "stays open" in person.said("work_notice_sentence")
free_disk()
person.window.close()
assert not person.window.isVisible()
assert person.program.vault is None
person.start_again().unlock()
assert person.find("body").toPlainText() == WHOLE
"""
LOCK = """
person.idle_fires()
assert person.window.shown.objectName() == "unlock", "it locks all the same"
assert person.program.vault is None
free_disk()
person.unlock()
assert person.find("body").toPlainText() == WHOLE, person.find("body").toPlainText()
assert len(person.program.vault.drafts()) == 1
"""
LOCK_STRAIN = """
free_disk()
person.notice("the blip")
person.flush()
fill_disk()
person.card(1)
person.write("landed", "never on disk yet")
person.idle_fires()
assert person.window.shown.objectName() == "unlock"
free_disk()
person.unlock()
assert person.find("landed").toPlainText() == "never on disk yet"
"""
LOCK_OTHER_FORMS = """
pages = person.program.work.pages
person.key(Keys.Key_3, CTRL)
pages.open_new(None, "own_learning")
person.write("noticed", "mine, never on disk")
person.key(Keys.Key_7, CTRL)
pages.open_new(pages.last_client, "feedback")
person.write("did_with_it", "theirs, never on disk")
person.idle_fires()
assert person.window.shown.objectName() == "unlock"
free_disk()
person.unlock()
assert person.page().form.id == "feedback", "the page written last stands again"
assert person.find("did_with_it").toPlainText() == "theirs, never on disk"
assert person.program.work.flush()
book = person.program.vault.notebook
mine, theirs = book.of_form("own_learning"), book.of_form("feedback")
assert [(one.client, one.answers["noticed"]) for one in mine] == [(None, "mine, never on disk")]
assert [one.answers["did_with_it"] for one in theirs] == ["theirs, never on disk"]
assert book.of_form("session")[0].answers["body"] == WHOLE
"""
LOCK_AND_TRY_TO_CLOSE = """
person.idle_fires()
person.window.close()
assert person.window.isVisible(), "the window stays, as the words are nowhere else"
assert "could not be saved" in person.said("unlock_notice_sentence")
free_disk()
person.unlock()
assert person.find("body").toPlainText() == WHOLE
"""
ANOTHER_VAULT = """
person.idle_fires()
free_disk()
person.press("unlock_other")
person.press("welcome_sample")
wait_until(lambda: person.program.vault is not None and person.program.vault.sample)
book = person.program.vault.notebook
told = [str(entry.answers) for client in book.clients() for entry in book.entries(client.id)]
assert told and not any("typed on a full disk" in one for one in told), "no vault gets the words of another"
person.key(Keys.Key_L, CTRL)
person.program.opening.show_unlock(person.folder)
person.unlock()
assert person.find("body").toPlainText() == WHOLE
"""
SCRIPTS = {
    "copy": COPY_AND_RETRY,
    "close": CLOSE,
    "lock": LOCK,
    "strain": LOCK_STRAIN,
    "other forms": LOCK_OTHER_FORMS,
    "lock and close": LOCK_AND_TRY_TO_CLOSE,
    "another vault": ANOTHER_VAULT,
}


def run(script: str, home: Path, how: str) -> None:
    """Work the window in a process of its own, on a full disk or with files that may not grow beyond a limit."""
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    environment = os.environ | {"PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + script + "\nprint('done')", str(home), how],
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.stdout == "done\n", done.stderr[-2000:]


@pytest.fixture
def small_disk(tmp_path: Path, home: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("NOT TRIED: a small disk can only be mounted by root on Linux")
    shutil.copytree(home / "Notes.vault", place / "Notes.vault")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("what", SCRIPTS)
def test_on_a_small_disk_nothing_typed_is_lost(small_disk: Path, what: str) -> None:
    run(SCRIPTS[what], small_disk, "disk")


@pytest.mark.parametrize("what", ["copy", "lock"])
def test_at_a_limit_of_the_system_nothing_typed_is_lost(home: Path, what: str) -> None:
    run(SCRIPTS[what], home, "limit")
