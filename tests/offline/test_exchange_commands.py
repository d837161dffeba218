"""Taking everything out and bringing it in on the command line: what is said, what is refused, and nothing half."""

import argparse
import json
import os
import shutil
import signal
from pathlib import Path

import pytest
from offline_cases import Screen
from vault_cases import PASSPHRASE, cheap, clock, seen

from alliance_desktop.offline.arguments import add_commands
from alliance_desktop.offline.exits import Exit
from alliance_desktop.storage import opening
from alliance_desktop.storage import vault as vaults

LINES = [
    {"is": "head", "program": "alliance-desktop", "format": 1},
    {"is": "client", "id": 1, "answers": {"code": "D-34"}},
    {
        "is": "entry",
        "id": 2,
        "client": 1,
        "form": "session",
        "card": "note",
        "day": "2026-03-05",
        "record": {"body": "Quiet."},
    },
    {"is": "end", "lines": 3},
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in LINES), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def empty_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("empty") / "Once.vault"
    vaults.create(folder, PASSPHRASE, random=os.urandom, now=clock(), kdf=cheap())
    return folder


@pytest.fixture
def empty(empty_once, tmp_path):
    return shutil.copytree(empty_once, tmp_path / "Empty.vault")


def test_in_and_out_again(command, empty, file, tmp_path):
    said = command("import", empty, file)
    assert (said.code, said.out) == (Exit.WELL, "Brought in: 1 client, 1 note.\n")
    again = command("import", empty, file)
    told = "Nothing was new: the vault is as it was.\nThere already, and the same: 1 client, 1 note.\n"
    assert (again.code, again.out) == (Exit.WELL, told)
    out = tmp_path / "out.jsonl"
    said = command("export", empty, "--out", out)
    size = out.stat().st_size
    told = [f"Taken out: {out}", "It holds 1 client, 1 note.", f"It has {size} bytes and is not encrypted."]
    assert (said.code, said.out.splitlines()) == (Exit.WELL, told)
    assert said.err.splitlines()[0].startswith("Everything in the vault will lie in one file that is not encrypted.")
    assert out.stat().st_mode & 0o777 == 0o600
    assert command("verify", empty).code == Exit.WELL
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")], "nothing is left beside"


def test_taking_out_changes_nothing_of_the_vault(command, folder, tmp_path):
    before = seen(folder)
    command("export", folder, "--out", tmp_path / "out.jsonl")
    assert seen(folder) == before
    assert "She went quiet." in (tmp_path / "out.jsonl").read_text("utf-8")


def test_a_bad_line_has_a_code_of_its_own_and_is_said(command, empty, file):
    file.write_text(file.read_text("utf-8").replace("D-34", "D-34\\ud800"), encoding="utf-8")
    before = seen(empty)
    said = command("import", empty, file)
    assert (said.code, said.out) == (Exit.NOT_TAKEN, "")
    assert "Line 2: " in said.err
    assert seen(empty)["notes.db"] == before["notes.db"]


def test_nothing_is_overwritten_and_no_vault_takes_the_file(command, folder, tmp_path):
    there = tmp_path / "there"
    there.write_text("mine")
    before = seen(folder)
    odd = tmp_path / "link"
    odd.symlink_to(tmp_path / "nowhere")
    for out in (there, odd, folder / "out.jsonl", folder / "deep" / "out.jsonl", tmp_path / "gone" / "out", tmp_path):
        said = command("export", folder, "--out", out)
        assert (said.code, said.out) == (Exit.NOT_HERE, ""), out
    assert there.read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()
    assert seen(folder) == before


def test_a_folder_that_is_copied_to_the_internet_is_named(command, folder, tmp_path):
    place = tmp_path / "Dropbox"
    place.mkdir()
    assert "copied to the internet" in command("export", folder, "--out", place / "out").err
    assert "copied to the internet" not in command("export", folder, "--out", tmp_path / "out").err


def test_a_vault_that_is_open_is_refused(command, folder, secrets, file, tmp_path):
    store = opening.open_store(folder, secrets)
    for words in (("export", folder, "--out", tmp_path / "out"), ("import", folder, file)):
        said = command(*words)
        assert (said.code, said.out) == (Exit.NOT_HERE, "")
        assert "already open in another window" in said.err
    assert not (tmp_path / "out").exists()
    store.close()


def test_a_backup_is_no_vault_and_a_wrong_passphrase_opens_nothing(command, folder, backup, file, tmp_path):
    for words in (("export", backup, "--out", tmp_path / "out"), ("import", backup, file)):
        assert command(*words).code == Exit.NOT_HERE
    for words in (("export", folder, "--out", tmp_path / "out"), ("import", folder, file)):
        assert command(*words, typed="another one\n").code == Exit.WRONG_KEY
    assert not (tmp_path / "out").exists()


class Interrupted(Screen):
    """A terminal at which Ctrl+C is pressed once so many things have been written."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._left = after

    def write(self, text: str) -> int:
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGINT)
        return super().write(text)


@pytest.mark.parametrize("after", range(2, 14, 2))
def test_ctrl_c_leaves_nothing_half(command, empty, file, tmp_path, after):
    before = (empty / "notes.db").read_bytes()
    said = command("import", empty, file, err=Interrupted(after))
    assert said.code in {Exit.STOPPED, Exit.WELL}
    assert ((empty / "notes.db").read_bytes() == before) == (said.code == Exit.STOPPED)
    out = tmp_path / "out.jsonl"
    said = command("export", empty, "--out", out, err=Interrupted(after))
    assert said.code in {Exit.STOPPED, Exit.WELL}
    assert out.exists() == (said.code == Exit.WELL)
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]


def test_a_stop_is_seen_at_all(command, empty, file, tmp_path):
    """The control: the key pressed early does stop both."""
    assert command("import", empty, file, err=Interrupted(2)).code == Exit.STOPPED
    assert command("export", empty, "--out", tmp_path / "out", err=Interrupted(3)).code == Exit.STOPPED


@pytest.mark.parametrize("end", ["/", "/.", "/.."])
def test_a_place_that_ends_as_a_folder_is_no_file(end):
    parser = argparse.ArgumentParser()
    add_commands(parser)
    assert parser.parse_args(["export", "V", "--out", "new/out"]).out == Path("new/out")
    assert parser.parse_args(["backup", "V", f"new{end}"]).place == Path(f"new{end}"), "a folder may be named so"
    for asked in (["export", "V", "--out", f"new{end}"], ["import", "V", f"new{end}"]):
        with pytest.raises(SystemExit) as left:
            parser.parse_args(asked)
        assert left.value.code == Exit.WRONG_ARGUMENTS


def test_a_name_that_turns_the_line_around_is_told_as_it_is_made_up(command, empty, tmp_path):
    said = command("export", empty, "--out", tmp_path / "a\u202egpj\u2028Taken out: b\u200dש")
    assert said.code == Exit.WELL
    assert f"Taken out: {tmp_path}/a\\u202egpj\\u2028Taken out: b\u200dש\n" in said.out
    assert "\u202e" not in said.out + said.err
    assert "\u2028" not in said.out + said.err
