"""Tab goes through each page as it is seen: from the top, and along a line as the language reads."""

from collections.abc import Callable, Iterator
from itertools import chain

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from alliance_desktop.domain.entry import ClientId
from alliance_desktop.ui import reading_order


@pytest.fixture
def sample(newcomer: Person) -> Person:
    """A person with the sample caseload open."""
    newcomer.press("welcome_sample")
    newcomer.until(lambda: newcomer.program.work is not None)
    settle()
    return newcomer


def tabbed(inside: QWidget, most: int = 400) -> list[QWidget]:
    """Press Tab from the first stop that can be seen, until the page is left or begins again."""
    settle()
    first = read(inside)[0]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    found: list[QWidget] = []
    one: QWidget | None = first
    while one is not None and one not in found and inside.isAncestorOf(one) and len(found) < most:
        found.append(one)
        inside.window().focusNextChild()
        one = QApplication.focusWidget()
    return found


def read(inside: QWidget) -> list[QWidget]:
    """Return what can be seen and stopped at, line by line, as the eye goes."""
    every = [one for one in inside.findChildren(QWidget) if _is_stop(one, inside)]
    area = inside.findChild(QScrollArea, "desk_scroll")
    if area is not None:
        # What stands under a card that is scrolled comes after all of it, in sight or not.
        return read(area.widget()) + _by_lines([one for one in every if not area.isAncestorOf(one)], inside)
    return _by_lines(every, inside)


def _by_lines(every: list[QWidget], inside: QWidget) -> list[QWidget]:
    lines: list[list[QWidget]] = []
    for one in sorted(every, key=lambda one: (_place(one, inside).top(), _place(one, inside).left())):
        if lines and _place(one, inside).top() < _place(lines[-1][0], inside).center().y():
            lines[-1].append(one)
        else:
            lines.append([one])
    mirrored = inside.layoutDirection() is Qt.LayoutDirection.RightToLeft
    along: Callable[[QWidget], int] = lambda one: _place(one, inside).left() * (-1 if mirrored else 1)  # noqa: E731
    return [one for line in lines for one in sorted(line, key=along)]


def _is_stop(one: QWidget, inside: QWidget) -> bool:
    takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
    return bool(takes and one.isVisibleTo(inside) and one.isEnabled() and _is_chosen(one))


def _is_chosen(one: QWidget) -> bool:
    """Leave out all radios of a group but the one that Tab stops at."""
    return not one.inherits("QRadioButton")


def _place(one: QWidget, inside: QWidget) -> QRect:
    return QRect(one.mapTo(inside, QPoint(0, 0)), one.size())


def names(widgets: list[QWidget]) -> list[str]:
    return [one.objectName() or one.accessibleName() for one in widgets if _is_chosen(one)]


def assert_read(inside: QWidget) -> None:
    assert names(tabbed(inside)) == names(read(inside))


def client_called(person: Person, called: str) -> ClientId:
    return next(one.id for one in person.program.vault.notebook.clients() if one.called == called)


def today(person: Person) -> Iterator[QWidget]:
    """Today as it opens, with what is folded laid open, and with a question under a reason."""
    person.key(Keys.Key_1, CTRL)
    page = person.program.work.today.page
    yield page.widget()
    for one in page.cards:
        one.unfold(True)
    yield page.widget()
    person.find("today_2_2_not_needed").click()
    yield page.widget()


def supervision(person: Person) -> Iterator[QWidget]:
    person.program.work.workspace.show_place("supervision")
    person.program.work.supervision.open_agenda()
    yield person.find("supervision_page").widget()


def outreach(person: Person) -> Iterator[QWidget]:
    """A plan and a try with what stands over and under them, and once it is finished."""
    for card in ("plan", "try"):
        person.program.work.pages.open_new(client_called(person, "Li"), "outreach", card)
        settle()
        yield person.page()
    person.find("response_not_now").click()
    person.page().flush()
    yield person.page()
    person.page().finish()
    yield person.page()


def client(person: Person) -> Iterator[QWidget]:
    yield person.program.work.pages.open_client(client_called(person, "Li"))


def temperature(person: Person) -> Iterator[QWidget]:
    """The chart, and the table in its place."""
    yield person.program.work.pages.open_temperature(client_called(person, "Li"))
    person.page().turn()
    yield person.page()


def strain(person: Person) -> Iterator[QWidget]:
    """The side with the cards, and the card beside it."""
    arc = person.program.vault.strains.of_client(client_called(person, "Li"))[0]
    page = person.program.work.pages.open_arc(arc.arc.id)
    yield person.find("strain_side", QScrollArea).widget()
    yield page.desk


def written(person: Person) -> Iterator[QWidget]:
    """A concern for safety and a closing, with what stands around them."""
    for form, card in (("safeguarding", "concern"), ("closing", "closing"), ("feedback", "feedback")):
        yield person.program.work.pages.open_new(client_called(person, "Dana"), form, card)


PAGES = {
    "today": today,
    "supervision": supervision,
    "outreach": outreach,
    "client": client,
    "strain": strain,
    "temperature": temperature,
    "written": written,
}


@pytest.mark.parametrize("page", PAGES)
def test_tab_follows_the_eye(sample: Person, page: str) -> None:
    for inside in PAGES[page](sample):
        assert_read(inside)


def test_without_the_chain_it_does_not(newcomer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a page whose stops are not chained fails the same walk."""
    monkeypatch.setattr(reading_order, "keep", lambda _container: None)
    newcomer.press("welcome_sample")
    newcomer.until(lambda: newcomer.program.work is not None)
    assert not all(names(tabbed(inside)) == names(read(inside)) for inside in today(newcomer))


def everywhere(person: Person) -> Iterator[str]:
    """Go to each place and to the pages that stand alone, and say where that is."""
    work = person.program.work
    for place in work.workspace.known_places():
        work.workspace.show_place(place)
        yield place
    li = client_called(person, "Li")
    for name, go in {
        "client": lambda: work.pages.open_client(li),
        "forms": lambda: work.pages.open_forms(li),
        "details": lambda: work.pages.open_details(li),
        "temperature": lambda: work.pages.open_temperature(li),
        "note": lambda: work.pages.open_session(li),
        "strain": lambda: work.pages.open_arc(person.program.vault.strains.of_client(li)[0].arc.id),
        "preview": lambda: work.pages.open_preview(li),
        "caseload": lambda: work.obey("caseload"),
        "numbers": lambda: work.obey("figures"),
        "summary": lambda: work.obey("supervision_summary"),
    }.items():
        go()
        yield name


def passed_over(person: Person) -> list[str]:
    """Return what can be seen and stopped at in the window and is not reached by Tab, all the way round."""
    settle()
    wanted = [one for one in person.window.findChildren(QWidget) if _is_stop(one, person.window)]
    found: set[QWidget] = set()
    at = QApplication.focusWidget()
    for _ in range(2 * len(wanted)):
        person.window.focusNextChild()
        found.add(QApplication.focusWidget())
        if QApplication.focusWidget() is at:
            break
    return names([one for one in wanted if one not in found])


def test_tab_reaches_everything_in_the_window(sample: Person) -> None:
    missed = {}
    for where in everywhere(sample):
        missed[where] = passed_over(sample)
    assert len(missed) > 15
    assert {where: names for where, names in missed.items() if names} == {}


def test_a_proxy_would_be_passed_to_over_what_stands_before_it(sample: Person) -> None:
    """The control: with Qt's own way of handing on the keyboard, the buttons above a timeline are not reached."""
    page = sample.program.work.pages.open_client(client_called(sample, "Li"))
    page.setFocusProxy(page.timeline)
    assert "client_session_note" in passed_over(sample)


def told(inside: QWidget) -> list[str]:
    """Return what can be stopped at in the order a screen reader is told of it."""
    found: list[QWidget] = []

    def walk(face: QAccessibleInterface) -> None:
        for at in range(face.childCount()):
            one = face.child(at)
            if one is None or not isinstance(one.object(), QWidget):
                continue
            if _is_stop(one.object(), inside):
                found.append(one.object())
            walk(one)

    walk(QAccessible.queryAccessibleInterface(inside))
    return names(found)


def test_a_screen_reader_is_told_of_a_page_in_the_order_it_is_seen(sample: Person) -> None:
    places = sample.find("places")
    assert told(places) == names(read(places))
    assert len(told(places)) == 1, "Tab stops at the place that is shown"
    assert [one.objectName() for one in places.children() if isinstance(one, QPushButton)] == [
        f"place_{key}" for key in sample.program.work.workspace.known_places()
    ]
    for inside in chain.from_iterable(go(sample) for go in (today, client, supervision)):
        settle()
        assert told(inside) == names(read(inside))


def test_panes_are_told_from_left_to_right_and_the_handle_between_them_can_be_taken(sample: Person) -> None:
    sample.program.work.pages.open_client(client_called(sample, "Li"))
    settle()
    at = [told(sample.window).index(name) for name in ("place_clients", "client_find", "client_session_note")]
    assert at == sorted(at)
    splitter = sample.window.findChild(QSplitter)
    handle = splitter.handle(2)
    middle = handle.geometry().center()
    assert splitter.childAt(middle + QPoint(1, 0)) is handle


def test_what_comes_later_is_told_where_it_stands(newcomer: Person) -> None:
    held = QWidget(newcomer.window)
    column = QVBoxLayout(held)
    column.addWidget(QPushButton("two", objectName="two"))
    over = QWidget(held)
    held.show()
    column.insertWidget(0, QPushButton("one", objectName="one"))
    settle()
    assert told(held) == ["two", "one"], "control: without it a reader hears what was made first"
    reading_order.stack(column)
    assert told(held) == ["one", "two"]
    assert held.children()[-1] is over, "what lies over the page stays there"


def test_what_comes_later_is_reached_where_it_stands(newcomer: Person) -> None:
    held = QWidget(newcomer.window)
    column = QVBoxLayout(held)
    for name in ("one", "two"):
        column.addWidget(QPushButton(name, objectName=name))
    reading_order.keep(held)
    held.show()
    settle()
    column.insertWidget(0, QPushButton("none", objectName="none"))
    settle()
    assert names(tabbed(held)) == ["none", "one", "two"]
    column.insertWidget(2, column.itemAt(0).widget())
    settle()
    assert names(tabbed(held)) == ["one", "two", "none"]


def test_what_is_not_needed_leaves_the_page_where_it_is(sample: Person) -> None:
    page = sample.program.work.today.page
    sample.key(Keys.Key_1, CTRL)
    sample.tab_to("today_4_1_not_needed", 90)
    sample.key(Keys.Key_Return)
    settle()
    asked = page.cards[3].rows[0].findChild(QPushButton, "today_4_1_not_needed_keep")
    assert page.viewport().rect().contains(_place(asked, page.viewport())), "the whole question is in view"
    scrolled = page.verticalScrollBar().value()
    assert scrolled > 0
    sample.type("It is known")
    sample.key(Keys.Key_Return)
    settle()
    assert page.verticalScrollBar().value() == scrolled
    assert page.cards[3].isAncestorOf(QApplication.focusWidget())
    undo = sample.find("today_done_action")
    assert _place(undo, sample.window).bottom() < _place(page, sample.window).top()


def test_a_box_that_is_opened_is_in_view_with_all_of_it(sample: Person) -> None:
    """The banner above is as wide as what is scrolled."""
    page = sample.program.work.pages.open_new(client_called(sample, "Dana"), "safeguarding", "concern")
    sample.window.resize(1280, 560)
    settle()
    sample.find("danger_open_words").click()
    settle()
    area, box = page.findChild(QScrollArea, "desk_scroll"), sample.find("danger_in_words")
    assert box.hasFocus()
    assert area.viewport().rect().contains(_place(box, area.viewport()))
    banner, first = sample.find("form_banner"), page.desk.editor
    assert abs(_place(banner, page).left() - _place(first, page).left()) < 3
    assert _place(banner, page).right() <= _place(first, page).right()
