"""Calls no careful person makes: closed and full streams, lines without end, paths no system has, places in a vault."""

import os
import subprocess
import sys

import pytest
from vault_cases import PASSPHRASE, ROOT, seen

from alliance_desktop.offline.exits import Exit

posix = pytest.mark.skipif(sys.platform == "win32", reason="no such streams and signals there")
TYPED = f"{PASSPHRASE}\n"


def shell(home, line: str, *words: object, typed: str = TYPED) -> "subprocess.CompletedProcess[str]":
    """Run the program with the streams that a line of the shell gives it; `$RUN` is the program with its words."""
    run = f'"{sys.executable}" -m alliance_desktop "$@"'
    return subprocess.run(
        ["bash", "-c", line.replace("$RUN", run), "bash", *map(str, words)],
        input=typed,
        env=os.environ | {"XDG_STATE_HOME": str(home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        errors="surrogateescape",
        check=False,
        timeout=60,
    )


@posix
@pytest.mark.parametrize("line", ["$RUN >&-", "$RUN 2>&-", "$RUN >/dev/full", "$RUN 2>/dev/full", "$RUN >&- 2>&-"])
def test_a_stream_that_takes_nothing_does_not_change_what_is_done(folder, tmp_path, line):
    place = tmp_path / "stick"
    place.mkdir()
    ran = shell(tmp_path, line, "backup", folder, place, "--passphrase-stdin")
    assert ran.returncode == Exit.WELL
    assert len(list(place.glob("*.vbak"))) == 1
    assert "Traceback" not in ran.stderr
    assert ("could not be written out" in ran.stderr) == (line == "$RUN >/dev/full")


@posix
def test_a_reader_that_has_gone_is_no_fault(folder, tmp_path):
    ran = shell(tmp_path, "set -o pipefail; $RUN | head -c0", "verify", folder, "--passphrase-stdin")
    assert (ran.returncode, "Traceback" in ran.stderr) == (Exit.WELL, False)


@posix
@pytest.mark.parametrize("line", ["$RUN <&-", "$RUN </dev/null", "head -c 30M /dev/zero | $RUN", "$RUN 0>/dev/null"])
def test_nothing_to_read_is_said(folder, tmp_path, line):
    ran = shell(tmp_path, line, "verify", folder, "--passphrase-stdin")
    assert (ran.returncode, ran.stdout) == (Exit.WRONG_ARGUMENTS, "")
    assert "standard input" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_line_without_end_is_not_read_to_its_end(command, folder):
    assert "too long" in command("verify", folder, typed="x" * 10_000).err
    assert command("verify", folder, typed="x" * 4_000).code == Exit.WRONG_KEY


@posix
def test_a_path_that_is_no_text_is_told(folder, tmp_path):
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/stick \xff")
    os.mkdir(odd)
    ran = shell(tmp_path, "LC_ALL=C.UTF-8 PYTHONIOENCODING=utf-8:strict $RUN", "backup", folder, odd, *WAY)
    assert (ran.returncode, len(os.listdir(odd))) == (Exit.WELL, 1)
    assert "Backed up and checked" in ran.stdout


WAY = ("--passphrase-stdin",)


@pytest.mark.parametrize("long", ["x" * 300, "x/" * 3_000])
def test_a_path_no_system_has_is_said(command, folder, backup, tmp_path, long):
    for words in (
        ("verify", tmp_path / long),
        ("restore", tmp_path / long, tmp_path / "New.vault"),
        ("backup", tmp_path / long, tmp_path),
        ("backup", folder, tmp_path / long),
        ("salvage", tmp_path / long, tmp_path / "New.vault"),
        ("restore", backup, tmp_path / long),
        ("salvage", folder, tmp_path / long),
    ):
        said = command(*words)
        assert (said.code, said.out) == (Exit.NOT_HERE, ""), words[0]


def test_an_empty_path_is_not_the_current_folder(command, folder, capsys):
    with pytest.raises(SystemExit) as ended:
        command("backup", folder, "")
    assert ended.value.code == Exit.WRONG_ARGUMENTS
    assert "empty" in capsys.readouterr().err


def test_nothing_is_put_into_a_vault(command, folder, backup):
    (folder / "backups").mkdir(exist_ok=True)
    (folder / "deep").mkdir()
    before = seen(folder)
    for words in (
        ("backup", folder, folder),
        ("backup", folder, folder / "deep"),
        ("restore", backup, folder / "New.vault"),
        ("salvage", folder, folder / "deep" / "New.vault"),
    ):
        said = command(*words)
        assert (said.code, said.out) == (Exit.NOT_HERE, ""), words[0]
        assert "inside" in said.err
    assert seen(folder) == before
    assert command("backup", folder, folder / "backups").code == Exit.WELL, "its own place for them is one"


@posix
def test_ctrl_c_while_the_program_is_still_being_loaded(folder, tmp_path):
    first = (
        # What was begun in the background ignores Ctrl+C, and so does all that it begins.
        "import sys, signal, os; sys.modules.pop('msgspec', None)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Press:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'msgspec': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Press())\n"
        "import runpy; sys.argv = ['alliance-desktop', 'verify', sys.argv[1]]\n"
        "runpy.run_module('alliance_desktop', run_name='__main__')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", first, str(folder)],
        env=os.environ | {"XDG_STATE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, "Traceback" in ran.stderr) == (Exit.STOPPED, False)
