"""Says what every trial found, also where the output of tests is captured."""

import pytest

LINES = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash.setdefault(LINES, [])


@pytest.fixture
def tell(pytestconfig: pytest.Config):
    """Keep a line for the end of the run."""
    return pytestconfig.stash.setdefault(LINES, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    lines = config.stash.get(LINES, [])
    if lines:
        terminalreporter.section("reliability trials (fast share)")
        for one in lines:
            terminalreporter.line(one)
