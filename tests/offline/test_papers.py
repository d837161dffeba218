"""What the README says of the command line is what the program says."""

import re
from pathlib import Path

from alliance_desktop.offline.exits import MEANINGS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_exit_codes_of_the_readme_are_those_of_the_program():
    told = dict(re.findall(r"^\| (\d+) \| (.*) \|$", README, re.MULTILINE))
    assert {int(code): meaning.replace("`", "") for code, meaning in told.items()} == {
        code.value: meaning for code, meaning in MEANINGS.items()
    }


def test_every_command_is_in_the_readme():
    told = set(re.findall(r"`alliance-desktop (\w+) ", README))
    assert told == {"verify", "backup", "restore", "salvage", "export", "import"}
