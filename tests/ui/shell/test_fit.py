"""What stands side by side where it fits: widgets that come, go, hide and are destroyed while it stands."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from shiboken6 import delete

from alliance_desktop.ui.fields.fit import Fit

WORDS = ("one", "two", "three", "four")


@pytest.fixture
def held(qapp: QCoreApplication) -> QWidget:
    one = QWidget()
    fit = Fit(most=0)
    QVBoxLayout(one).addLayout(fit)
    for word in WORDS:
        fit.addWidget(QPushButton(word))
    one.fit = fit
    one.resize(900, 200)
    one.show()
    return one


def stand(held: QWidget) -> list[str]:
    """Return the words of the buttons that can be seen, as they stand from the left, in one line."""
    held.layout().activate()
    seen = [one for one in held.findChildren(QPushButton) if one.isVisible()]
    assert len({one.y() for one in seen}) <= 1
    return [one.text() for one in sorted(seen, key=lambda one: one.x())]


def test_a_widget_that_is_destroyed_leaves_no_gap(held: QWidget) -> None:
    assert stand(held) == list(WORDS)
    before = held.fit.widgets()[2].x()
    delete(held.fit.widgets()[1])
    assert stand(held) == ["one", "three", "four"]
    assert held.fit.widgets()[1].x() < before
    assert [one.text() for one in held.fit.widgets()] == ["one", "three", "four"]


def test_a_widget_that_is_taken_out_stays_whole(held: QWidget) -> None:
    gone = held.fit.widgets()[0]
    held.fit.removeWidget(gone)
    gone.setParent(None)
    assert stand(held) == ["two", "three", "four"]
    held.fit.addWidget(gone)
    gone.show()
    assert stand(held) == ["two", "three", "four", "one"]


def test_a_hidden_widget_takes_no_room(held: QWidget) -> None:
    wide = held.fit.sizeHint().width()
    held.fit.widgets()[3].hide()
    held.fit.invalidate()
    assert stand(held) == ["one", "two", "three"]
    held.fit.widgets()[0].hide()
    assert stand(held) == ["two", "three"]
    assert held.fit.sizeHint().width() <= wide


def test_lines_go_on_below_where_it_is_narrow(held: QWidget) -> None:
    high = held.fit.heightForWidth(900)
    assert held.fit.heightForWidth(120) > 2 * high
    assert held.fit.minimumHeightForWidth(120) == held.fit.heightForWidth(120)


def test_many_that_come_and_go_leave_nothing_behind(held: QWidget) -> None:
    for turn in range(200):
        made = QPushButton(str(turn))
        held.fit.addWidget(made)
        stand(held)
        delete(made)
        if turn % 50 == 0:
            gc.collect()
    held.fit.setGeometry(QRect(0, 0, 600, 100))
    assert stand(held) == list(WORDS)
    assert held.fit.count() == 4
