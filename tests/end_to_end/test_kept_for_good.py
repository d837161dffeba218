"""What is fetched before a vault is open stays for good; nothing that a vault is shown in does."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from person import Person, settle

from alliance_desktop import __main__
from alliance_desktop.domain import collecting
from alliance_desktop.ui.background import is_working


@pytest.fixture
def fetched(locked: Person) -> Iterator[Person]:
    """A person at the lock page for whom everything was fetched, as the program fetches it."""
    locked.program.ahead.fetched.append(lambda: __main__._keep(locked.program))
    while next(locked.program.ahead._steps, None):
        pass
    try:
        yield locked
    finally:
        gc.unfreeze()


def left_after_a_lock(person: Person) -> set[str]:
    """Unlock, write something, lock, and return what of it is still in memory."""
    person.unlock()
    person.add_client("D34", "Danaida Quillfeather")
    work = person.program.work
    parts = {"vault": person.program.vault, "work": work, "workspace": work.workspace, "page": work.pages.page}
    held = {name: weakref.ref(one) for name, one in parts.items()}
    del work, parts
    person.idle_fires()
    # A backup that was begun has the vault until it is written.
    person.until(lambda: not is_working())
    settle()
    gc.collect()
    gc.collect()
    return {name for name, one in held.items() if one() is not None}


def test_nothing_of_a_vault_stays_after_a_lock(fetched: Person) -> None:
    assert gc.get_freeze_count()
    assert fetched.program.parts._workspace is not None
    assert left_after_a_lock(fetched) == set()


def test_the_look_for_it_can_fail(fetched: Person) -> None:
    collecting.keep_all()
    assert "workspace" in left_after_a_lock(fetched)
