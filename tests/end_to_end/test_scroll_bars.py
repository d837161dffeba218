"""The bars that scroll the temperatures are seen against what they lie on, light and dark."""

import pytest
from person import CTRL, SHIFT, Keys, Person, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.look import Appearance
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui import theme
from alliance_desktop.ui.colours import ratio


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_thumb_stands_out(with_client: Person, look: str) -> None:
    book = with_client.program.vault.notebook
    (dana,) = book.clients()
    for _ in range(30):
        answers = {"date": dated(book.today()), "attendance": chosen("attended")}
        book.write(WriteCard(client=dana.id, form="session", card="note", answers=answers, entry=book.new_entry()))
    theme.apply(Appearance(look), 100)
    with_client.program.work.obey("temperature")
    with_client.key(Keys.Key_T, CTRL | SHIFT)
    settle()
    bar = with_client.find("temperature_table").verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    picture = bar.grab().toImage()
    middle = picture.width() // 2
    thumb = picture.pixelColor(middle, picture.height() - picture.width()).name()
    track = picture.pixelColor(middle, picture.width() // 2).name()
    assert QColor(theme.colours().control).name() == thumb
    assert ratio(thumb, track) >= 3


def test_at_large_text_the_chart_is_seen_to_its_year_and_the_table_to_its_last_line(with_client: Person) -> None:
    book = with_client.program.vault.notebook
    (dana,) = book.clients()
    for _ in range(12):
        answers = {"date": dated(book.today()), "attendance": chosen("attended"), "temperature_client": chosen("4")}
        book.write(WriteCard(client=dana.id, form="session", card="note", answers=answers, entry=book.new_entry()))
    with_client.window.look.show("light", 200)
    with_client.window.resize(1280, 720)
    with_client.program.work.obey("temperature")
    settle()
    for name in ("temperature_chart", "temperature_table"):
        view = with_client.find(name)
        with_client.until(lambda view=view: view.visibleRegion().boundingRect().height() > 0)
        settle()
        page = with_client.page()
        begin = view.mapTo(page.viewport(), QPoint(0, 0)).y()
        assert begin >= 0, name
        assert begin + view.height() <= page.viewport().height(), name
        with_client.key(Keys.Key_T, CTRL | SHIFT)
        settle()
    table = with_client.page().table
    assert table.rowHeight(0) >= table.fontMetrics().height() * 1.4, "no line touches those around it"


def test_what_stands_now_has_no_bar_of_its_own_on_a_page_that_is_scrolled(with_client: Person) -> None:
    person = with_client
    person.notice("the blip")
    person.flush()
    person.program.work.obey("timeline")
    settle()
    now = person.find("client_now")
    assert now.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAsNeeded, "control: a high page is not scrolled"
    person.window.look.show("light", 200)
    for wide in (1280, 640):
        person.window.resize(wide, 720)
        settle()
        assert not now.verticalScrollBar().isVisible()
        assert now.height() >= now.widget().layout().totalHeightForWidth(now.viewport().width()), "it is there whole"
