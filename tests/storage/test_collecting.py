"""While a file is looked through in two threads, Python takes away no unused objects: a widget could be among them."""

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage import soundness, verifying


@pytest.fixture
def elsewhere() -> Iterator[list[str]]:
    """The threads begun since in which Python began to collect, with every few objects made."""
    found: list[str] = []
    # Whatever runs the tests may listen in a thread of its own.
    here_before = set(sys._current_frames())

    def note(phase: str, _told: dict[str, int]) -> None:
        if phase == "start" and threading.get_ident() not in here_before:
            found.append(threading.current_thread().name)

    before = gc.get_threshold()
    gc.callbacks.append(note)
    gc.set_threshold(5, 2, 2)
    yield found
    gc.set_threshold(*before)
    gc.callbacks.remove(note)


def test_nothing_is_collected_in_the_thread_of_the_structure(
    folder: Path, secrets: Secrets, elsewhere: list[str]
) -> None:
    verifying.verify(folder, secrets)
    assert elsewhere == []
    assert gc.isenabled(), "it goes on afterwards"


def test_without_that_it_would_be(
    folder: Path, secrets: Secrets, elsewhere: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "_nothing_collected", nullcontext)
    verifying.verify(folder, secrets)
    assert elsewhere
