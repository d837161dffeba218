"""The real form files and the sample caseload, read once."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from alliance_desktop.domain.form import Form
from alliance_desktop.domain.formfile import read_form

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def read(name: str) -> Form:
    path = RESOURCES / "forms" / name
    return read_form(path.name, path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def forms() -> dict[str, Form]:
    found = [read(path.name) for path in sorted((RESOURCES / "forms").glob("*.toml"))]
    return {form.id: form for form in found}


@pytest.fixture(scope="session")
def rupture_form() -> Form:
    return read("rupture.1.toml")


@pytest.fixture(scope="session")
def session_form() -> Form:
    return read("session.1.toml")


@pytest.fixture(scope="session")
def people() -> list[dict[str, Any]]:
    text = (RESOURCES / "sample" / "caseload.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["people"])


@pytest.fixture(scope="session")
def source_codes() -> frozenset[str]:
    """Return every source code that has a name, and the one for a choice of our own."""
    text = (RESOURCES / "forms_sources.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)) | {"G"}
