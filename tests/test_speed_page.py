"""The page of measured speed is written from the figures alone: each run, how lines grow, and how to see it again."""

import msgspec
import pytest

from tests.benchmarks import page
from tests.benchmarks.frame import Line, Times

MACHINE = {"system": "Some system, 4 cores", "python": "3.12.1", "qt": "6.11.3", "cipher": "4.19.0"}


def run(size, opening, saving, **more):
    lines = {
        "open": Line(what="open a client", budget="≤ 50", ours=took(opening), bare=took(opening / 2)),
        "save": Line(what="save one note", budget="≤ 10", ours=took(saving)),
    } | more
    figures = {"size": size, "day": "2026-04-01", "machine": MACHINE, "megabytes": {"vault": 2.0}, "at rest": 0.0}
    return figures | {"lines": msgspec.to_builtins(lines)}


def took(median):
    return Times(median, median * 2, median / 2, median * 3, 9)


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Write the page of some runs, and return its lines."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()

    def write(*runs):
        files = []
        for one in runs:
            files.append(tmp_path / f"{one['size']}.json")
            files[-1].write_bytes(msgspec.json.encode(one))
        page.main(files)
        return page.PAGE.read_text(encoding="utf-8").splitlines()

    return write


def test_each_run_is_told_with_its_machine_and_its_day(written):
    told = written(run("solo", 10.0, 2.0), run("career", 11.0, 2.0))
    for size in ("solo", "career"):
        row = next(one for one in told if one.startswith(f"| {size} |"))
        assert "2026-04-01" in row
        assert all(part in row for part in MACHINE.values())


def test_what_may_not_grow_is_held_to_its_budget_from_the_first_run_to_the_last(written):
    told = written(run("solo", 10.0, 2.0), run("career", 99.0, 99.0), run("extreme", 12.5, 2.5))
    assert "| open a client | ≤ 1.3 x | 1.25 x |" in told
    assert "| save one note | ≤ 1.2 x | 1.25 x |" in told
    assert "| open a client | ≤ 50 | 10 (20) | 99 (198) | 12.5 (25) | 1.25 x |" in told


def test_a_line_that_one_run_does_not_have_is_told_for_the_others(written):
    long = Line(what="open a long story", budget="≤ 100", ours=took(80.0))
    told = written(run("solo", 10.0, 2.0), run("career", 11.0, 2.0, open_long=long))
    assert "| open a long story | ≤ 100 | – | 80 (160) | – |" in told


def test_the_page_says_how_to_see_it_again(written):
    told = written(run("solo", 10.0, 2.0), run("extreme", 11.0, 2.0))
    commands = [one for one in told if one.startswith("python -m tests.benchmarks ")]
    assert [one.split()[4] for one in commands] == ["solo", "extreme"]
    assert told.count("```") == 2
    assert any("python -m tests.benchmarks.page solo.json extreme.json" in one for one in told)


def test_the_bare_database_stands_beside_what_it_was_held_against(written):
    told = written(run("solo", 10.0, 2.0))
    assert any(one.startswith("| open a client |") and "2.00 x SQLCipher (5 ms)" in one for one in told)
    assert not any(one.startswith("| save one note |") and "SQLCipher" in one for one in told)


def test_each_line_is_held_to_its_budget_here_and_at_the_pace_for_which_it_was_set(written):
    """An empty window took twice as long as there: half of each time counts, and a ratio stays what it is."""
    lines = {
        "start": Line(what="start", budget="≤ 1.25 x", ours=took(247.2), other=took(206.0), against="an empty window"),
        "slow": Line(what="at half the pace", budget="≤ 50", ours=took(80.0)),
        "late": Line(what="late at times", budget="≤ 50, p95 ≤ 30", ours=took(40.0)),
        "over": Line(what="over it", budget="≤ 1,000", ours=took(2001.0)),
        "times": Line(what="many times as long", budget="≤ 1.3 x", ours=took(4.0), bare=took(2.0)),
    }
    told = written(run("solo", 10.0, 2.0), run("career", 11.0, 2.0, **lines))
    begin, end = (
        next(at for at, one in enumerate(told) if one.startswith(f"## Held {to}")) for to in ("to", "against")
    )
    rows = [one.strip("| ").split(" | ") for one in "\n".join(told[begin:end]).splitlines() if one.startswith("| ")]
    verdicts = {one[0]: one[-1] for one in rows}
    assert {name: verdicts[line.what] for name, line in lines.items()} == {
        "start": "yes",
        "slow": "at that pace",
        "late": "no",
        "over": "no",
        "times": "no",
    }
    assert "| start | ≤ 1.25 x | 1.20 x | – | yes |" in told
    assert "| at half the pace | ≤ 50 | 80 (160) | 40 | at that pace |" in told
    assert verdicts["open a client"] == "yes"


def test_without_the_time_of_an_empty_window_nothing_is_held_to_a_pace(written):
    assert not any("At that pace" in one for one in written(run("solo", 10.0, 2.0), run("career", 11.0, 2.0)))
