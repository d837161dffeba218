"""What the page about the exchange format says is what the program does, and its examples come in."""

import re
from pathlib import Path

import pytest

from alliance_desktop.domain.exchange.lines import (
    ADDITION,
    ENTRY_EVENT,
    FORMAT,
    KINDS,
    LONGEST,
    LONGEST_WRITTEN,
    STATUS_EVENT,
    Filled,
    Key,
)
from alliance_desktop.domain.exchange.values import LARGEST, LARGEST_COUNT, LARGEST_ID
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.exchange.kept_settings import is_kept
from alliance_desktop.services.own_forms import DRAFT, RETIRED

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "exchange-format.md").read_text("utf-8")
EXAMPLES = dict(re.findall(r"<!-- example: (\w+) -->\n```json\n(.*?)```", PAGE, re.DOTALL))


def keys_of(part: str) -> list[tuple[str, str]]:
    """Return the keys of a table with what stands in its column "left out"."""
    rows = [[cell.strip() for cell in one.split("|")[1:-1]] for one in part.splitlines() if one.startswith("| `")]
    return [(row[0].strip("`"), row[2]) for row in rows if len(row) == 4]


def tables(kind: str) -> list[list[tuple[str, str]]]:
    section = PAGE.split(f"\n### `{kind}`\n")[1].split("\n##")[0]
    return [found for one in re.split(r"\nEach of the |\n\| Name \|", section) if (found := keys_of(one))]


def left_out(key: Key) -> str:
    """Return how the column begins for a key."""
    if isinstance(key.default, Filled):
        return "never"
    known = {None: "null", False: "false", "": '`""`'}
    default = key.default
    if isinstance(default, dict | list):
        return f"`{default}`"
    if default is None or default is False or default == "":
        return known[default]
    return (
        "" if not isinstance(default, str | int) else f'`"{default}"`' if isinstance(default, str) else f"`{default}`"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_each_table_names_the_keys_in_their_order(kind: str) -> None:
    parts = {"strain": [STATUS_EVENT], "entry": [ADDITION, ENTRY_EVENT]}.get(kind, [])
    found = tables(kind)[: 1 + len(parts)]
    assert [name for name, _ in found[0]] == ["is", *(one.name for one in KINDS[kind])]
    for told, keys in zip(found, [KINDS[kind], *parts], strict=True):
        said = {name: words for name, words in told if name != "is"}
        assert list(said) == [one.name for one in keys]
        for key in keys:
            assert said[key.name].startswith(left_out(key)), key.name
            assert bool(said[key.name]) == bool(left_out(key)), key.name


def test_the_kinds_stand_in_their_order_and_the_numbers_are_those_of_the_program() -> None:
    listed = PAGE.split("| `is` | How many |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", listed, re.MULTILINE) == list(KINDS)
    assert f"{LONGEST:,} bytes" in PAGE
    assert f"{LONGEST_WRITTEN:,} bytes" in PAGE
    assert f"from 1 to {LARGEST} " in PAGE
    assert PAGE.count(f"bove {LARGEST_ID} ") == 2
    assert f"from 1 to {LARGEST_COUNT}\n" in PAGE.replace(" |", "")
    assert f"| `format` | `{FORMAT}` |" in PAGE


def test_the_settings_that_are_named_are_those_that_go_along() -> None:
    section = PAGE.split("| Name | What |")[1].split("\n\n")[0]
    told = re.findall(r"`([^`]+)`", "".join(row.split(" | ")[0] for row in section.splitlines()))
    whole = {one for one in told if not one.endswith(" ")} | {f"unreadable {one}" for one in ("snippets", RETIRED)}
    assert all(is_kept(one) for one in whole), whole
    ends = {DRAFT: "own_12", "unsent addendum ": "12", "said to be in the bin until ": "12", "unreadable ": "snippets"}
    assert {one for one in told if one.endswith(" ")} == set(ends)
    assert all(is_kept(f"{beginning}{end}") for beginning, end in ends.items())
    assert not any(is_kept(one) for one in ("key_life", "place", "last sure day", "unsent addendum x", "form own_1 1"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_come_in(vault: OpenVault, tmp_path: Path, name: str) -> None:
    path = tmp_path / "example.jsonl"
    path.write_text(EXAMPLES[name], encoding="utf-8")
    came = vault.exchange().bring_in(path, vault.close)
    assert sum(came.new.values()) == len(EXAMPLES[name].splitlines()) - 2


def test_there_are_two_examples() -> None:
    assert set(EXAMPLES) == {"least", "strain"}
