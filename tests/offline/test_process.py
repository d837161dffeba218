"""The commands as processes of their own: no Qt, no echo, Ctrl+C at any moment, a vault open in another process."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from offline_cases import Screen
from vault_cases import PASSPHRASE, ROOT, child, seen

from alliance_desktop.__main__ import main
from alliance_desktop.offline.arguments import exit_codes
from alliance_desktop.offline.exits import Exit

HOLD = """
import sys
from pathlib import Path
from alliance_desktop.storage import opening
folder = Path(sys.argv[1])
store = opening.open_store(folder, opening.find_secrets(folder, sys.argv[2]))
print("open", flush=True)
sys.stdin.read()
store.close()
"""
WITHOUT_QT = """
import sys
from alliance_desktop.__main__ import main
code = main(sys.argv[1:])
assert not [one for one in sys.modules if one.startswith(("PySide6", "shiboken6", "alliance_desktop.ui"))]
assert "alliance_desktop.offline.acts" in sys.modules
sys.exit(code)
"""


def environment(home: Path) -> dict[str, str]:
    return os.environ | {"XDG_STATE_HOME": str(home), "PYTHONPATH": str(ROOT)}


def program(home: Path, *words: object, typed: str = "", first: tuple[str, ...] = ("-m", "alliance_desktop")):
    asked = [sys.executable, *first, *map(str, words)]
    return subprocess.run(
        asked, input=typed, env=environment(home), capture_output=True, text=True, check=False, timeout=60
    )


def test_a_command_loads_no_window(folder, tmp_path):
    ran = program(tmp_path, "verify", folder, "--passphrase-stdin", typed=f"{PASSPHRASE}\n", first=("-c", WITHOUT_QT))
    assert (ran.returncode, ran.stdout.split(":")[0]) == (0, "The vault is in order")


def test_the_passphrase_is_asked_for_without_echo(folder, tmp_path):
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        words = ["-m", "alliance_desktop", "verify", str(folder)]
        os.execve(sys.executable, [sys.executable, *words], environment(tmp_path))
    shown = b""
    while b"Passphrase: " not in shown:
        shown += os.read(terminal, 1000)
    os.write(terminal, f"{PASSPHRASE}\n".encode())
    while chunk := _read(terminal):
        shown += chunk
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == Exit.WELL
    assert b"The vault is in order" in shown
    assert PASSPHRASE.encode() not in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1000)
    except OSError:
        # This is how a terminal ends on Linux.
        return b""


def test_a_vault_open_in_another_process_is_refused_and_opens_after_it(folder, tmp_path):
    with child(HOLD, folder, PASSPHRASE) as holder:
        assert holder.stdout.readline() == "open\n"
        before = seen(folder)
        for words in (("verify", folder), ("backup", folder, tmp_path), ("salvage", folder, tmp_path / "New.vault")):
            ran = program(tmp_path, *words, "--passphrase-stdin", typed=f"{PASSPHRASE}\n")
            assert (ran.returncode, ran.stdout) == (Exit.NOT_HERE, "")
            assert "already open in another window" in ran.stderr
        assert seen(folder) == before
        holder.stdin.close()
    ran = program(tmp_path, "verify", folder, "--passphrase-stdin", typed=f"{PASSPHRASE}\n")
    assert ran.returncode == Exit.WELL


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


@pytest.mark.parametrize("after", range(1, 13))
def test_ctrl_c_leaves_nothing_half(command, folder, backup, tmp_path, after):
    place = tmp_path / "new"
    place.mkdir()
    before = seen(folder)
    handler = signal.getsignal(signal.SIGINT)
    for words in (
        ("verify", folder),
        ("backup", folder, place),
        ("restore", backup, place / "R.vault"),
        ("salvage", folder, place / "S.vault"),
    ):
        said = command(*words, err=Interrupted(after))
        assert said.code in {Exit.STOPPED, Exit.WELL}
        # What was finished before the key was pressed stays, and is whole.
        for one in place.iterdir():
            assert said.code == Exit.WELL, one
            assert command("verify", one).code == Exit.WELL
            one.rename(tmp_path / f"done-{words[0]}")
        assert seen(folder) == before
    assert signal.getsignal(signal.SIGINT) is handler


def test_ctrl_c_while_the_passphrase_is_asked_for_ends_at_once(command, folder):
    def press(_prompt):
        raise KeyboardInterrupt

    said = command("verify", folder, way="", ask=press)
    assert (said.code, said.out) == (Exit.STOPPED, "")
    assert said.err.endswith("Nothing half was left behind.\n")


def test_a_stop_is_seen_at_all(command, folder, tmp_path):
    """The control: the key pressed in the first step does stop the command."""
    place = tmp_path / "new"
    place.mkdir()
    said = command("backup", folder, place, err=Interrupted(1))
    assert (said.code, said.out, list(place.iterdir())) == (Exit.STOPPED, "", [])


def test_commands_and_the_window_s_options_do_not_mix(capsys):
    assert main(["--demo", "verify", "somewhere"]) == Exit.WRONG_ARGUMENTS
    assert "goes without" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--help"], ["verify", "--help"]])
def test_help_says_the_exit_codes(capsys, words):
    with pytest.raises(SystemExit):
        main(words)
    assert exit_codes() in capsys.readouterr().out


@pytest.mark.parametrize("words", [["verify"], ["restore", "one"], ["verify", "v", "--recovery", "--passphrase-stdin"]])
def test_a_command_that_is_not_whole_is_refused(capsys, words):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == Exit.WRONG_ARGUMENTS
