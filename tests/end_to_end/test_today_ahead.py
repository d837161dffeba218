"""A fault while Today is read ahead: said once, and begun again only when the page is gone to again."""

import sys

import pytest
from person import CTRL, Keys, Person, settle
from test_today import dana, missed

from alliance_desktop.domain.errors import DiskFullError
from alliance_desktop.services.attention import _AT_ONCE


@pytest.mark.parametrize("fault", [DiskFullError(), ValueError("a fault of a rule")])
def test_a_fault_while_it_is_read_ahead_is_said_once_and_nothing_goes_round(
    with_client: Person, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def broken(*_: object) -> None:
        raise fault

    person = with_client
    attention, page, told = person.program.vault.attention, person.program.work.today.page, []
    missed(person, dana(person), 8)
    missed(person, dana(person), 1)
    for _ in range(_AT_ONCE):
        person.program.vault.notebook.add_client({"code": "C"})
    attention.forget()
    first = person.program.work.today._first
    first.ready.connect(lambda: told.append("ready"))
    first.failed.connect(told.append)
    with monkeypatch.context() as faulty:
        faulty.setattr(attention, "_told", broken)
        faulty.setattr(sys, "excepthook", lambda kind, *_: told.append(kind))
        person.program.work.obey("today")
        page._gathers.timeout.emit()
        person.until(lambda: not first._timer.isActive())
        for _ in range(3):
            settle()
    assert told == ([fault] if isinstance(fault, DiskFullError) else [ValueError, None])
    assert person.maybe("today_gathering") is None, "nobody waits for what does not come"
    assert page.cards == []
    person.key(Keys.Key_2, CTRL)
    person.key(Keys.Key_1, CTRL)
    person.until(lambda: page.cards)
