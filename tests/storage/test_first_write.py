"""What a connection is told before its first write: a little at a time, and all of it before anything is written."""

import pytest

from alliance_desktop.storage import digest
from alliance_desktop.storage.first_write import FirstWrite
from alliance_desktop.storage.store import Store


def test_it_is_told_one_by_one_and_then_no_more() -> None:
    told: list[str] = []
    first = FirstWrite(told.append)
    first.add(lambda: ["one", "two"])
    first.add(lambda: ["three"])
    assert first.step()
    assert told == ["one"]
    first.make_ready()
    assert told == ["one", "two", "three"]
    assert not first.step()


def test_what_fails_is_told_again_and_nothing_is_left_out() -> None:
    told: list[str] = []
    fails = [True, True]

    def run(statement: str) -> None:
        if statement == "two" and fails.pop():
            raise OSError
        told.append(statement)

    def source() -> list[str]:
        if len(fails) == 2:
            fails.pop()
            raise OSError
        return ["one", "two", "three"]

    first = FirstWrite(run)
    first.add(source)
    for _ in range(2):
        with pytest.raises(OSError):
            first.make_ready()
    assert told == ["one"]
    fails.append(False)
    first.make_ready()
    assert told == ["one", "two", "three"]


def _triggers(store: Store) -> int:
    row = store._database.row("SELECT count(*) FROM temp.sqlite_schema WHERE type = 'trigger'")
    return int(row[0]) if row else 0


def test_an_opening_waits_for_no_trigger_and_the_first_write_has_them_all(store: Store) -> None:
    assert _triggers(store) == 0
    with store.transaction():
        store.settings.put("a name", "a value")
    assert _triggers(store) == 44
    assert store.digest == digest.recount(store._database)


def test_looking_through_prepares_the_first_write_little_by_little(store: Store) -> None:
    steps = store.recounting()
    next(steps)
    assert _triggers(store) <= 1
    for _ in range(300):
        next(steps, None)
    assert _triggers(store) == 44
    assert not store._database.first_write.step()
