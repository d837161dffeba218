"""What is shipped, seen without building it: every resource in the wheel, every font in the program, the pins.

`.ci/packaging` makes the real wheel and the real program and lets them test themselves.
"""

import ast
import importlib.metadata
import importlib.util
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.version import Version

from alliance_desktop import __version__
from alliance_desktop.documents import fonts
from alliance_desktop.ui import application

ROOT = Path(__file__).resolve().parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED = [Requirement(one) for one in PROJECT["project"]["dependencies"]]


def packed(root: Path) -> dict[str, str]:
    """Return what a wheel of a checkout would hold: path in the wheel → path in the checkout."""
    found = WheelBuilder(str(root)).recurse_included_files()
    return {one.distribution_path: Path(one.path).relative_to(root).as_posix() for one in found}


def listed(name: str) -> list[str]:
    """Return a list of names that build.spec begins with."""
    for one in ast.parse((ROOT / "build.spec").read_text(encoding="utf-8")).body:
        if isinstance(one, ast.Assign) and [getattr(to, "id", "") for to in one.targets] == [name]:
            found: list[str] = ast.literal_eval(one.value)
            return found
    raise AssertionError(f"build.spec has no list {name}")


def font_packages() -> set[str]:
    """Return the font packages that the program is installed with."""
    return {one.name.replace("-", "_") for one in NEEDED if "font" in one.name}


def shipped(folder: Path) -> set[Path]:
    return {one for one in folder.rglob("*") if one.is_file() and "__pycache__" not in one.parts}


def test_every_resource_and_module_is_in_the_wheel() -> None:
    inside = set(packed(ROOT).values())
    wanted = {
        one.relative_to(ROOT).as_posix() for top in ("resources", "alliance_desktop") for one in shipped(ROOT / top)
    }
    assert wanted - inside == set()


def test_resources_lie_where_the_program_looks_for_them() -> None:
    inside = packed(ROOT)
    for name in ("forms_sources.toml", "words.txt", "forms/rupture.1.toml", "sample/caseload.toml"):
        assert inside[f"alliance_desktop/_resources/{name}"] == f"resources/{name}"


def test_nothing_but_the_program_is_in_the_wheel() -> None:
    assert {one.split("/")[0] for one in packed(ROOT).values()} == {"alliance_desktop", "resources"}


def test_a_forgotten_resource_is_noticed(tmp_path: Path) -> None:
    """The control: without the line that packs them, the same look finds no resource in the wheel."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(text.replace('"resources" = ', '"nothing" = '), encoding="utf-8")
    for name in ("alliance_desktop/__init__.py", "resources/words.txt", "nothing/here", "README.md", "LICENSE"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f'__version__ = "{__version__}"\n', encoding="utf-8")
    inside = set(packed(tmp_path).values())
    assert "alliance_desktop/__init__.py" in inside
    assert "resources/words.txt" not in inside


def test_build_spec_names_every_font_package() -> None:
    assert set(listed("FONTS")) == font_packages()
    assert "fontpkg_noto_sans_arabic" in font_packages()


def test_every_font_of_window_and_page_comes_with_the_program() -> None:
    of_window = {package for package, _ in application._FIRST_FONTS + application._OTHER_SCRIPTS}
    assert of_window <= font_packages()
    assert font_packages() <= set(fonts._PACKAGES)


def test_every_font_file_the_window_names_is_there() -> None:
    for package, name in application._FIRST_FONTS + application._OTHER_SCRIPTS:
        spec = importlib.util.find_spec(package)
        assert spec is not None
        assert spec.submodule_search_locations
        assert Path(spec.submodule_search_locations[0], "files", name).is_file()


def test_build_spec_leaves_out_all_that_is_banned() -> None:
    banned = set(PROJECT["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"])
    assert banned <= set(listed("NEVER"))
    assert "socket" in banned


def test_the_toolkit_is_pinned_away_from_the_version_that_aborts() -> None:
    on_old, on_new = [one for one in NEEDED if one.name == "PySide6-Essentials"]
    old, new = {"python_version": "3.11"}, {"python_version": "3.12"}
    for pin, mine, other in ((on_old, old, new), (on_new, new, old)):
        assert pin.marker is not None
        assert pin.marker.evaluate(mine)
        assert not pin.marker.evaluate(other)
        assert Version("6.11.3") in pin.specifier
        assert Version("6.11.2") not in pin.specifier
    assert Version("6.12.0") not in on_old.specifier
    assert Version("6.12.0") in on_new.specifier


def test_only_essentials_are_asked_for() -> None:
    names = {one.name.lower() for one in NEEDED}
    assert names.isdisjoint({"pyside6", "pyside6-addons", "pysqlcipher3", "argon2-cffi", "requests"})


@pytest.mark.parametrize("needed", NEEDED, ids=lambda one: str(one))
def test_every_dependency_has_bounds_and_is_installed_within_them(needed: Requirement) -> None:
    assert {">="} <= {one.operator for one in needed.specifier}
    if needed.marker is None or needed.marker.evaluate():
        assert Version(importlib.metadata.version(needed.name)) in needed.specifier


def test_the_command_and_the_licence_are_declared() -> None:
    project = PROJECT["project"]
    assert project["scripts"] == {"alliance-desktop": "alliance_desktop.__main__:main"}
    assert project["license"] == "GPL-3.0-or-later"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").lstrip().startswith("GNU GENERAL PUBLIC LICENSE")
    assert project["requires-python"] == ">=3.11"
