"""A screen reader can go from heading to heading on every page, and hears each as it is seen."""

import sys
from collections.abc import Iterator

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

from alliance_desktop.ui import heading, parts, voices
from alliance_desktop.ui.words import spoken

PLACES = ("today", "clients", "caseload", "supervision", "search", "figures", "backups", "settings", "key_life")


def role(words: QLabel) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(words).role()


def seen(person: Person) -> list[QLabel]:
    """Return the words in sight that are drawn as standing over something."""
    labels = (one for one in person.window.findChildren(QLabel) if one.isVisible() and one.text())
    return [one for one in labels if one.property("kind") in heading.KINDS]


def heard(person: Person) -> list[str]:
    labels = (one for one in person.window.findChildren(QLabel) if one.isVisible() and one.text())
    faces = [(one, QAccessible.queryAccessibleInterface(one)) for one in labels]
    return [face.text(QAccessible.Text.Name) for _, face in faces if face.role() == QAccessible.Role.Heading]


def pages(person: Person) -> Iterator[str]:
    work = person.program.work
    client = person.program.vault.notebook.clients()[0].id
    for command in PLACES:
        work.obey(command)
        yield command
    for name, open_it in {
        "client": lambda: work.pages.open_client(client),
        "note": lambda: work.pages.open_session(client),
        "forms": lambda: work.pages.open_forms(client),
        "details": lambda: work.pages.open_details(client),
        "help": lambda: work.obey("help"),
    }.items():
        open_it()
        yield name


def test_every_page_has_headings_and_each_is_heard_as_it_is_seen(with_client: Person) -> None:
    for where in pages(with_client):
        settle()
        wanted = [spoken(one.accessibleName() or one.text()) for one in seen(with_client)]
        assert wanted, where
        assert sorted(heard(with_client)) == sorted(wanted), where


def test_each_person_on_today_is_a_heading(newcomer: Person) -> None:
    newcomer.press("welcome_sample")
    newcomer.until(lambda: newcomer.program.work is not None)
    newcomer.key(Keys.Key_1, CTRL)
    settle()
    cards = newcomer.program.work.today.page.cards
    first = [one.rows[0].words for one in cards]
    assert all(role(one) == QAccessible.Role.Heading for one in first)
    assert "\u2068" in first[0].text()
    assert "\u2068" not in QAccessible.queryAccessibleInterface(first[0]).text(QAccessible.Text.Name)


def test_other_words_are_no_heading_and_a_voice_goes_with_its_words(
    with_client: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    around = QWidget(with_client.window)
    before = set(voices._lent)
    plain, over = parts.label("Some words", "muted"), parts.label("Over it", "heading")
    for one in (plain, over):
        one.setParent(around)
    assert role(plain) == QAccessible.Role.StaticText
    assert role(over) == QAccessible.Role.Heading
    (its_own,) = set(voices._lent) - before
    over.deleteLater()
    settle()
    assert its_own not in voices._lent
    monkeypatch.setattr(parts, "heads", lambda _words: None)
    assert role(parts.label("Over it", "heading")) == QAccessible.Role.StaticText, "control: not without a voice"


def test_a_reader_that_was_here_first_hears_the_first_page_as_well(
    with_client: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = QAccessible.isActive()
    monkeypatch.delitem(sys.modules, "alliance_desktop.ui.voices")
    QAccessible.setActive(True)
    try:
        over = parts.label("Over it", "title")
        over.setParent(with_client.window)
        assert role(over) == QAccessible.Role.StaticText, "control: what tells a reader comes after the first page"
        settle()
        assert role(over) == QAccessible.Role.Heading
        over.clear()
        assert role(over) == QAccessible.Role.StaticText, "no heading without words"
    finally:
        QAccessible.setActive(was)
