"""Python takes unused objects away only while nobody holds it back, however the holders overlap."""

import gc

from alliance_desktop.domain import collecting


def test_it_goes_on_only_when_the_last_has_let_go() -> None:
    collecting.hold()
    until_the_picture = collecting.held()
    assert not gc.isenabled()
    until_the_picture()
    assert not gc.isenabled(), "a thread is still at work"
    until_the_picture()
    assert not gc.isenabled(), "each lets go once"
    collecting.let_go()
    assert gc.isenabled()
    collecting.let_go()
    collecting.hold()
    assert not gc.isenabled(), "letting go too often holds nothing open"
    collecting.let_go()
    assert gc.isenabled()
