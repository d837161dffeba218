"""A page brought to the words that a search found on it: the question or addendum in view, the words selected."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from alliance_desktop.services.search import Hit
from alliance_desktop.ui.addenda import Addenda
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.fields.options import OptionRadio, OptionTick
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.words import units

Spans = Callable[[str], list[tuple[int, int]]]
"""Tells where what was looked for stands in a text."""


def point_to(page: QWidget, hit: Hit, spans: Spans) -> None:
    """Select the first word found on a page that was just opened; where it cannot be selected, its question has the
    keyboard."""
    if hit.addendum is not None:
        for addenda in page.findChildren(Addenda):
            addenda.point_to(hit.addendum, spans)
        return
    editor = _editor(page)
    if editor is None or hit.key not in editor.fields:
        return
    stops = editor.fields[hit.key].stops()
    for number, stop in enumerate(stops):
        text = stop.text() if isinstance(stop, TextBox) else ""
        found = spans(text)
        if found:
            start, end = found[0]
            editor.point_to(hit.key, number, units(text, start), units(text, end))
            return
    editor.point_to(hit.key, _option(stops, spans))


def _option(stops: Sequence[QWidget], spans: Spans) -> int:
    """Return which of a question's stops is an option that was chosen and holds what was looked for; else the first."""
    for number, stop in enumerate(stops):
        if isinstance(stop, OptionTick | OptionRadio) and stop.isChecked() and spans(stop.words.label):
            return number
    return 0


def _editor(page: QWidget) -> CardEditor | None:
    """Return the card that is open on a page."""
    desk = getattr(page, "desk", None)
    found = getattr(desk if desk is not None else page, "editor", None)
    return found if isinstance(found, CardEditor) else None
