"""The real rupture form and a small strain to make pages from."""

import pytest
from paper_cases import read_rupture_form, story

from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.form import Form


@pytest.fixture(scope="session")
def form() -> Form:
    return read_rupture_form()


@pytest.fixture
def entries() -> list[Entry]:
    return story()
