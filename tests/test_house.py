"""The bar this house holds to, measured over the real tree and printed; each measure has a control that it bites."""

import ast
import json
import os
import pwd
import re
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE, TESTS = ROOT / "alliance_desktop", ROOT / "tests"
PLAN = ROOT / "docs" / "architecture.md"

LONGEST = 400
MEDIAN = 120
COMPLEXITY = 10
FEWEST_TEST_LINES = 0.6
# The two places where any fault at all is caught: the hook of the window (sys.excepthook, no `except` of its own)
# and the self-test, which reports a broken step.
TOP_LEVEL_HOOKS = {"selftest/run.py"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Finding(NamedTuple):
    """Something a measure found, and where."""

    place: str
    what: str


def sources(*folders: Path) -> dict[str, str]:
    """Return the Python files of folders by path."""
    files = sorted(one for folder in folders for one in folder.rglob("*.py") if "__pycache__" not in one.parts)
    return {one.relative_to(ROOT).as_posix(): one.read_text(encoding="utf-8") for one in files}


def lengths(files: dict[str, str]) -> dict[str, int]:
    return {name: len(text.splitlines()) for name, text in files.items()}


def code_lines(files: dict[str, str]) -> int:
    """Return how many lines say something: neither empty nor only a comment."""
    lines = (one.strip() for text in files.values() for one in text.splitlines())
    return sum(bool(one) and not one.startswith("#") for one in lines)


def functions(text: str) -> list[Function]:
    return [one for one in ast.walk(ast.parse(text)) if isinstance(one, Function)]


def untyped(text: str) -> list[str]:
    """Return the functions that leave an argument or their answer without a type."""
    found = []
    for one in functions(text):
        given = [*one.args.posonlyargs, *one.args.args, *one.args.kwonlyargs, one.args.vararg, one.args.kwarg]
        open_ends = [arg for arg in given if arg and arg.annotation is None and arg.arg not in {"self", "cls"}]
        if open_ends or one.returns is None:
            found.append(one.name)
    return found


def broad_excepts(text: str) -> int:
    """Return how many handlers catch anything at all."""

    def is_broad(one: ast.ExceptHandler) -> bool:
        types = one.type.elts if isinstance(one.type, ast.Tuple) else [one.type]
        names = {ast.unparse(kind).removeprefix("builtins.") if kind else "" for kind in types}
        return bool(names & {"", "Exception", "BaseException"})

    return sum(isinstance(one, ast.ExceptHandler) and is_broad(one) for one in ast.walk(ast.parse(text)))


def untold(text: str) -> list[str]:
    """Return the module, public classes and public functions that do not say what the caller gets."""
    tree = ast.parse(text)
    found = [] if ast.get_docstring(tree) else ["the module"]
    return found + list(_untold_in(tree.body))


def _untold_in(body: list[ast.stmt]) -> Iterator[str]:
    for one in body:
        # A name with capitals inside is Qt's own: what it gives is told in Qt's documentation.
        if not isinstance(one, ast.ClassDef | Function) or one.name.startswith("_"):
            continue
        if not ast.get_docstring(one) and (isinstance(one, ast.ClassDef) or one.name.islower()):
            yield one.name
        if isinstance(one, ast.ClassDef):
            yield from _untold_in(one.body)


# Written in pieces, so that this file is not its own finding.
LEFT_OPEN = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK"]) + r")\b")


def left_open(text: str) -> list[str]:
    return LEFT_OPEN.findall(text)


def complexities(*paths: Path) -> dict[str, int]:
    """Return the complexity of every function above one, by its place, as ruff counts it."""
    rules = ["--isolated", "--select=C901", "--config=lint.mccabe.max-complexity=1"]
    how = ["--no-cache", "--exit-zero", "--output-format=json"]
    asked = [sys.executable, "-m", "ruff", "check", *rules, *how, *map(str, paths)]
    ran = subprocess.run(asked, capture_output=True, text=True, check=True)
    found = {}
    for one in json.loads(ran.stdout):
        counted = re.search(r"\((\d+) > 1\)", one["message"])
        assert counted
        found[f"{Path(one['filename']).name}:{one['location']['row']}"] = int(counted[1])
    return found


@pytest.fixture(scope="module")
def code() -> dict[str, str]:
    return sources(CODE)


@pytest.fixture(scope="module")
def tests() -> dict[str, str]:
    return sources(TESTS)


@pytest.fixture
def told(tell: Callable[[str], None]) -> Callable[[str], None]:
    """Print a measure at the end of the run: the bar is to be seen, not only held."""
    return lambda line: tell(f"house: {line}")


def over(files: dict[str, str], measure: Callable[[str], list[str]]) -> list[Finding]:
    return [Finding(name, one) for name, text in files.items() for one in measure(text)]


def test_every_function_is_typed(code: dict[str, str], told: Callable[[str], None]) -> None:
    all_of_them = sum(len(functions(text)) for text in code.values())
    open_ends = over(code, untyped)
    told(f"{all_of_them} functions, {100 * (1 - len(open_ends) / all_of_them):.1f} % typed")
    assert all_of_them > 500
    assert open_ends == []


@pytest.mark.parametrize(
    "line", ["def f(a): ...", "def f(a) -> int: ...", "def f(a: int): ...", "def f(*a) -> int: ..."]
)
def test_an_untyped_function_is_found(line: str) -> None:
    assert untyped(line) == ["f"]
    assert untyped("class A:\n    def f(self, a: int, *b: int, **c: int) -> int: ...") == []


def test_files_are_short(code: dict[str, str], tests: dict[str, str], told: Callable[[str], None]) -> None:
    for name, files in (("program", code), ("tests", tests)):
        found = lengths(files)
        longest = max(found, key=lambda one: found[one])
        median = statistics.median(found.values())
        told(f"{name}: {len(found)} files, median {median:.0f} lines, longest {found[longest]} ({longest})")
    assert statistics.median(lengths(code).values()) <= MEDIAN
    assert {name: long for name, long in lengths(code | tests).items() if long > LONGEST} == {}


def test_a_long_file_is_found() -> None:
    assert lengths({"a.py": "\n" * (LONGEST + 1)})["a.py"] > LONGEST


def test_functions_are_simple(told: Callable[[str], None]) -> None:
    found = complexities(CODE, TESTS)
    hardest = max(found, key=lambda one: found[one])
    mean = statistics.mean(found.values())
    told(f"complexity: at most {found[hardest]} ({hardest}), mean {mean:.1f} where it branches")
    assert {place: how for place, how in found.items() if how > COMPLEXITY} == {}


def test_a_function_that_is_not_simple_is_found(tmp_path: Path) -> None:
    branches = "\n".join(f"    if a == {one}:\n        return {one}" for one in range(COMPLEXITY))
    (tmp_path / "hard.py").write_text(f"def f(a):\n{branches}\n", encoding="utf-8")
    assert complexities(tmp_path) == {"hard.py:1": COMPLEXITY + 1}


def test_nothing_is_caught_broadly_but_at_the_top(code: dict[str, str], told: Callable[[str], None]) -> None:
    found = {name.removeprefix("alliance_desktop/"): broad_excepts(text) for name, text in code.items()}
    broad = {name: count for name, count in found.items() if count}
    told(f"broad except: {broad or 'none'}")
    assert set(broad) <= TOP_LEVEL_HOOKS
    assert sum(broad.values()) <= len(TOP_LEVEL_HOOKS)


@pytest.mark.parametrize("caught", ["", " Exception", " BaseException as fault", " (ValueError, Exception)"])
def test_a_broad_except_is_found(caught: str) -> None:
    assert broad_excepts(f"try:\n    pass\nexcept{caught}:\n    pass") == 1
    assert broad_excepts("try:\n    pass\nexcept (OSError, msgspec.ValidationError):\n    pass") == 0


def bare_local_times(text: str) -> int:
    """Return how often a moment is told in the time of this place where the ends of the calendar would break it."""
    return text.count(".astimezone" + "()")


def test_one_function_tells_moments_in_the_time_of_this_place(code: dict[str, str]) -> None:
    found = {name: bare_local_times(text) for name, text in code.items()}
    assert {name: count for name, count in found.items() if count} == {"alliance_desktop/domain/clock.py": 1}


def asked_items(text: str) -> int:
    """Return how often Python asks a layout for an item: what PySide keeps of it outlives the item, and misleads."""
    return text.count(".itemAt" + "(")


def test_nothing_asks_a_layout_for_its_items(code: dict[str, str]) -> None:
    assert {name: count for name, text in code.items() if (count := asked_items(text))} == {}


def test_asking_for_an_item_is_found() -> None:
    assert asked_items("first = layout" + ".itemAt" + "(0)") == 1


def test_nothing_is_left_for_later(told: Callable[[str], None]) -> None:
    found = over(texts(), left_open)
    told(f"left for later: {len(found)}")
    assert found == []


def test_a_note_to_oneself_is_found() -> None:
    assert left_open("x = 1  # TO" + "DO: later") == ["TO" + "DO"]
    assert left_open("a method of the mastodon") == []


def test_public_things_say_what_one_gets(code: dict[str, str], told: Callable[[str], None]) -> None:
    silent = over(code, untold)
    told(f"public things without a sentence: {len(silent)}")
    assert silent == []


def test_a_silent_function_is_found() -> None:
    assert untold("class A:\n    def f(self): ...\n    def sizeHint(self): ...\n    def _g(self): ...") == [
        "the module",
        "A",
        "f",
    ]


def test_tests_are_about_as_long_as_the_code(
    code: dict[str, str], tests: dict[str, str], told: Callable[[str], None]
) -> None:
    lines, of_tests = code_lines(code), code_lines(tests)
    told(f"{lines} lines of program, {of_tests} lines of tests: {of_tests / lines:.2f} to one")
    assert of_tests / lines >= FEWEST_TEST_LINES


def test_lines_that_say_nothing_are_not_counted() -> None:
    assert code_lines({"a.py": "# why\n\nx = 1\n    # more\ny = 2  # here\n"}) == 2


def texts() -> dict[str, str]:
    """Return every text of the tree that is kept in the repository's folders, by path."""
    tops = ("alliance_desktop", "resources", "tests", "docs", "typings", ".ci")
    files = [one for top in tops for one in (ROOT / top).rglob("*") if one.is_file() and "__pycache__" not in one.parts]
    files += [one for one in ROOT.iterdir() if one.suffix in {".md", ".toml", ".spec", ".py"}]
    found = {}
    for one in files:
        content = one.read_bytes()
        if b"\0" not in content:
            found[one.relative_to(ROOT).as_posix()] = content.decode("utf-8")
    return found


REGISTRIES = re.compile("|".join(["py" + r"pi\.org", "python" + "hosted", "extra-" + "index-url", "--find-" + "links"]))


def places_of_this_machine() -> list[str]:
    """Return the folders that only this computer has: the checkout, the home, and where Python is."""
    home = pwd.getpwuid(os.getuid()).pw_dir
    found = [str(ROOT), str(ROOT.parent) + os.sep, home + os.sep, sys.prefix, sys.base_prefix]
    return [one for one in found if len(one) > 4 and one not in {"/usr", "/tmp/", "/usr/local"}]


def ties(text: str) -> list[str]:
    """Return what ties a text to one computer or one registry."""
    return [one for one in places_of_this_machine() if one in text] + REGISTRIES.findall(text)


def test_nothing_ties_the_tree_to_one_computer() -> None:
    assert over(texts(), ties) == []


def test_a_tie_is_found() -> None:
    assert ties(f"see {ROOT / 'README.md'}")
    assert ties("pip install --extra-" + "index-url x")
    assert ties("pip install .") == []


NAMED = re.compile(r"`([\w/.-]+(?:\.py|\.toml|\.typ|\.md|/))`")


def named_in(plan: str) -> set[str]:
    """Return the files and folders that a plan names in code type."""
    return set(NAMED.findall(plan))


def missing(names: set[str]) -> set[str]:
    """Return those that are neither in the checkout nor in the package."""
    return {one for one in names if not (ROOT / one).exists() and not (CODE / one).exists()}


def test_the_plan_names_only_what_is_there() -> None:
    names = named_in(PLAN.read_text(encoding="utf-8"))
    assert len(names) > 80
    assert missing(names) == set()


def test_a_name_that_is_gone_is_found() -> None:
    assert missing(named_in("`domain/form.py` and `domain/horoscope.py`, in `ui/` and `attic/`")) == {
        "domain/horoscope.py",
        "attic/",
    }


def test_every_room_and_module_is_in_the_plan(code: dict[str, str]) -> None:
    names = named_in(PLAN.read_text(encoding="utf-8"))
    modules = {one.removeprefix("alliance_desktop/") for one in code if not one.endswith("__init__.py")}
    rooms = {f"{Path(one).parent.as_posix()}/" for one in modules if "/" in one}
    assert rooms - names == set()
    assert modules - names == set()
