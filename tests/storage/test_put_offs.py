"""Answers to reminders are kept whole and in order, with a client or without, and can be taken back."""

import datetime

import pytest
from vault_cases import BEGAN, client, put_off

from alliance_desktop.storage.faults import StatementError

DAY = datetime.timedelta(days=1)


@pytest.fixture
def answered(store):
    told = [
        put_off(1, until=(BEGAN + DAY).date(), why="Exams first. 🌧"),
        put_off(2, rule="try_due", subject=7, why="She said so."),
        put_off(3, client=None, rule="supervision", at=BEGAN + DAY),
    ]
    with store.transaction():
        store.clients.put(client(1))
        for one in reversed(told):
            store.put_offs.add(one)
    return store, told


def test_they_come_back_whole_oldest_first(answered):
    store, told = answered
    assert store.put_offs.all() == told


def test_one_that_is_taken_back_is_gone_alone(answered):
    store, told = answered
    with store.transaction():
        store.put_offs.remove(2)
        store.put_offs.remove(404)
    assert store.put_offs.all() == [told[0], told[2]]
    assert store._database.rows("SELECT id FROM put_off WHERE why LIKE 'She%'") == []


def test_a_broken_paste_does_not_stop_the_answer(answered):
    store, _ = answered
    with store.transaction():
        store.put_offs.add(put_off(4, why="half \ud83d of it"))
    assert store.put_offs.all()[-1].why == "half \ufffd of it"


def test_there_is_none_for_a_client_who_is_not_there(answered):
    store, told = answered
    with pytest.raises(StatementError), store.transaction():
        store.put_offs.add(put_off(5, client=404))
    assert store.put_offs.all() == told
