"""Slow work: its result, the world's faults and the program's own all arrive in the window's thread."""

import gc
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.errors import WrongPassphraseError
from alliance_desktop.ui.background import Background
from alliance_desktop.ui.unlock import Unlock


class Heard:
    """What a piece of work said, with the thread that said it."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.said: list[tuple[str, Any]] = []
        self.threads: set[int] = set()
        self.background = Background(work)
        self.background.done.connect(lambda result: self._note("done", result))
        self.background.failed.connect(lambda error: self._note("failed", type(error)))
        self.background.ended.connect(lambda: self._note("ended", None))

    def _note(self, what: str, value: Any) -> None:
        self.said.append((what, value))
        self.threads.add(threading.get_ident())


def test_a_result_and_a_known_fault_arrive(qtbot: QtBot) -> None:
    def refuse() -> None:
        raise WrongPassphraseError

    for work, said in ((lambda: 7, ("done", 7)), (refuse, ("failed", WrongPassphraseError))):
        heard = Heard(work)
        with qtbot.waitSignal(heard.background.ended):
            heard.background.start()
        assert heard.said == [said, ("ended", None)]
        assert heard.threads == {threading.get_ident()}


def test_a_bug_is_raised_in_the_thread_of_the_window(qtbot: QtBot) -> None:
    def stumble() -> None:
        raise ZeroDivisionError

    heard = Heard(stumble)
    with capture_exceptions() as caught:
        heard.background.start()
        qtbot.waitUntil(lambda: len(caught) > 0)
    assert [kind for kind, _value, _trace in caught] == [ZeroDivisionError]
    assert "stumble" in {one.name for one in traceback.extract_tb(caught[0][2])}, "the report can name the place"
    assert heard.said == [("ended", None)]
    assert heard.threads == {threading.get_ident()}


@pytest.mark.parametrize("by_paper", [False, True])
def test_after_a_bug_the_unlock_page_can_be_used_again(qtbot: QtBot, home: Path, by_paper: bool) -> None:
    def stumble(_folder: Path, _typed: str) -> None:
        raise ZeroDivisionError

    page = Unlock(home, stumble, stumble)
    qtbot.addWidget(page)
    if by_paper:
        page.paper_button.click()
    (page.key if by_paper else page.passphrase.edit).setText("anything")
    with capture_exceptions() as caught:
        page.unlock_button.click()
        qtbot.waitUntil(lambda: len(caught) > 0)
    assert not page.is_busy
    assert page.unlock_button.isEnabled()


def test_nothing_unused_ends_in_the_thread_of_the_work(qtbot: QtBot) -> None:
    ended: list[int] = []

    class Ring:
        """Unused objects that hold each other, such as the widgets of a page that was left."""

        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            ended.append(threading.get_ident())

    def work() -> bool:
        for _ in range(20_000):
            Ring()
        return gc.isenabled()

    heard = Heard(work)
    heard.background.start()
    qtbot.waitUntil(lambda: heard.said[-1:] == [("ended", None)])
    assert heard.said[0] == ("done", False)
    assert gc.isenabled(), "afterwards it goes on, in the window's thread"
    gc.collect()
    assert set(ended) == {threading.get_ident()}
