"""The bars that scroll the temperatures are seen against what they lie on, light and dark."""

import pytest
from person import CTRL, SHIFT, Keys, Person, settle
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
