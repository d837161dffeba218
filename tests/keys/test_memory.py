"""Wiping in place."""

import sys

from alliance_desktop.keys.memory import can_wipe, wipe


def test_this_python_can_wipe():
    assert can_wipe()


def test_a_text_is_zero_where_it_lay():
    text = "".join(["x'", "ab" * 48, "'"])
    other_name = text
    assert wipe(text)
    assert other_name == "\0" * 99


def test_bytes_are_zero_where_they_lay():
    data = bytes(bytearray(range(32)))
    assert wipe(data)
    assert data == bytes(32)
    array = bytearray(b"secret")
    assert wipe(array)
    assert array == bytes(6)


def test_what_python_shares_is_left_alone():
    assert not wipe("a")
    assert not wipe(b"b")
    assert not wipe("")
    assert not wipe(b"")
    assert chr(97) == "a"


def test_a_text_beyond_ascii_is_left_alone():
    text = "".join(["Grüße ", "aus Köln"])
    assert not wipe(text)
    assert text == "Grüße aus Köln"


def test_another_python_wipes_nothing(monkeypatch):
    monkeypatch.setattr(sys, "implementation", type("Other", (), {"name": "other"}))
    can_wipe.cache_clear()
    data = bytes(bytearray(b"secret"))
    assert not wipe(data)
    assert data == b"secret"
    monkeypatch.undo()
    can_wipe.cache_clear()
    assert can_wipe()
