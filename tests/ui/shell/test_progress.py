"""One piece of slow work at a time, and the next may begin as soon as the first is heard of."""

from pytestqt.qtbot import QtBot

from alliance_desktop.domain.errors import DiskFullError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.ui.progress import Progress


def shown(qtbot: QtBot) -> Progress:
    made = Progress("trial")
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_next_piece_may_begin_when_the_first_is_heard_of(qtbot: QtBot) -> None:
    progress, answers = shown(qtbot), []

    def go_on(answer: object) -> None:
        answers.append(answer)
        if answer == "first":
            assert progress.start("Second…", lambda _watch: "second")

    progress.done.connect(go_on)
    assert progress.start("First…", lambda _watch: "first")
    qtbot.waitUntil(lambda: answers == ["first", "second"])
    qtbot.waitUntil(lambda: not progress.is_busy)
    assert not progress.isVisible()


def test_no_second_piece_beside_the_first(qtbot: QtBot) -> None:
    progress = shown(qtbot)
    with qtbot.waitSignal(progress.done):
        assert progress.start("First…", lambda _watch: 1)
        assert not progress.start("Second…", lambda _watch: 2)


def test_a_fault_of_the_world_is_told_once_and_the_bar_goes(qtbot: QtBot) -> None:
    progress = shown(qtbot)

    def refuse(_watch: Watch) -> None:
        raise DiskFullError

    with qtbot.waitSignal(progress.failed) as told:
        progress.start("Trying…", refuse)
    assert isinstance(told.args[0], DiskFullError)
    qtbot.waitUntil(lambda: not progress.is_busy)
    assert not progress.isVisible()
