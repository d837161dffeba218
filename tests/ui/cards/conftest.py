"""A window to show a card in."""

import datetime
from collections.abc import Callable

import pytest
from card_cases import EVERY_KIND, TODAY, form_of
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.form import Form
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.fields.context import Context, Linkable

NOTES = {
    7: Linkable(7, "12 May 2026 · Session note"),
    8: Linkable(8, "5 May 2026 · Session note"),
    9: Linkable(9, "1 May 2026 · Goal", binned=True),
}


@pytest.fixture
def context() -> Context:
    return Context(
        today=lambda: TODAY,
        now=lambda: datetime.time(14, 30),
        review=lambda: datetime.date(2026, 5, 26),
        person="Dana",
        links=lambda question: (NOTES[7], NOTES[8]),
        linked=NOTES.get,
    )


@pytest.fixture
def open_card(qtbot: QtBot, context: Context) -> Callable[..., CardEditor]:
    """Return a function that shows a card in a scrolled window and returns its editor."""
    held = []

    def open_(form: Form | None = None, card: str = "card", **rest: object) -> CardEditor:
        form = form or form_of(*EVERY_KIND, enough=(("on", "words"),))
        editor = CardEditor(form, form.card(card), **{"context": context, **rest})
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(editor)
        area.resize(700, 500)
        qtbot.addWidget(area)
        held.append(area)
        with qtbot.waitActive(area):
            area.show()
            area.activateWindow()
        return editor

    return open_
