"""No word of the story lies in any file, but for the PDF that was asked for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORDS = ("zorbelina", "quixtree", "vanterbloom", "ploverstone", "mirthwick", "gladdenhope", "tumblefern", "ferncastle")
STORY = """
import sys
from pathlib import Path
from person import CTRL, Keys, Person, settle
from alliance_desktop.ui.application import make_application
app = make_application(sys.argv[:1])
home, paper = Path(sys.argv[1]), Path(sys.argv[2])
person = Person(home).begin()
person.unlock()
person.add_client("ZORBELINA", "Quixtree")
person.notice("vanterbloom")
person.card(1)
person.write("landed", "Perhaps as ploverstone.")
person.card(2)
person.write("their_words", "It was mirthwick.")
person.card(3)
person.write("understood", "A gladdenhope together.")
person.press("wording_seen_yes")
person.find("understood").selectAll()
person.find("understood").setFocus()
person.key(Keys.Key_C, CTRL)
person.key(Keys.Key_P, CTRL)
person.pdf(paper)
person.press("preview_print")
person.key(Keys.Key_N, CTRL)
person.write("one_line", "About tumblefern.")
person.press("finish_note")
person.write("addendum_text", "And ferncastle.")
person.press("addendum_private")
person.key(Keys.Key_K, CTRL)
person.type("quix")
person.key(Keys.Key_Escape)
person.key(Keys.Key_F9)
person.key(Keys.Key_F9)
while_open = {"while open"} if sys.argv[3] == "kill" else set()
if while_open:
    print("written", flush=True)
    sys.stdin.readline()
person.key(Keys.Key_L, CTRL)
settle()
person.unlock()
person.key(Keys.Key_L, CTRL)
person.leave()
print("written", flush=True)
"""


def traces(*folders: Path) -> dict[str, set[str]]:
    """Return every file below some folders that holds a word of the story, in content or name, in any usual coding."""
    found: dict[str, set[str]] = {}
    files = (one for folder in folders for one in folder.rglob("*"))
    for path in files:
        data = path.read_bytes().lower() if path.is_file() and not path.is_symlink() else b""
        data += path.name.encode().lower()
        for word in WORDS:
            if any(word.encode(coding) in data for coding in ("utf-8", "utf-16-le", "utf-16-be")):
                found.setdefault(path.name, set()).add(word)
    return found


def tell(tmp_path: Path, home: Path, how: str) -> tuple[Path, ...]:
    """Let a program of its own write the story; return every folder it could have written into."""
    places = {name: tmp_path / name.lower() for name in ("TMPDIR", "PAPER", "CWD")}
    for one in places.values():
        one.mkdir()
    user = tmp_path / "user"
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)]),
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(user),
        "TMPDIR": str(places["TMPDIR"]),
        **{f"XDG_{kind}_HOME": str(user / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")},
        "XDG_RUNTIME_DIR": str(user / "run"),
    }
    for name, value in environment.items():
        if name == "HOME" or name.startswith("XDG"):
            Path(value).mkdir(parents=True, mode=0o700, exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-B", "-c", STORY, str(home), str(places["PAPER"]), how],
        env=environment,
        cwd=places["CWD"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if how == "kill" and line:
            process.kill()
        _, err = process.communicate(timeout=60)
        assert line == "written\n", err[-2000:]
    return home, user, places["TMPDIR"], places["CWD"]


@pytest.mark.parametrize("how", ["lock", "kill"])
def test_no_word_lies_anywhere_but_in_the_pdf_asked_for(tmp_path: Path, home: Path, how: str) -> None:
    folders = tell(tmp_path, home, how)
    assert traces(*folders) == {}
    if how == "lock":
        assert not list((home / "Notes.vault").glob("notes.db-*")), "only the notes and the key files remain"
    pdf = next((tmp_path / "paper").iterdir())
    from pypdf import PdfReader

    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert [word for word in WORDS if word in text] == ["gladdenhope"], "the PDF holds what was agreed, and no more"
    (folders[2] / "a note").write_text("About Tumblefern.")
    (folders[1] / "wide").write_bytes("mirthwick".encode("utf-16-le"))
    (folders[3] / "quixtree.txt").touch()
    assert traces(*folders) == {"a note": {"tumblefern"}, "wide": {"mirthwick"}, "quixtree.txt": {"quixtree"}}
