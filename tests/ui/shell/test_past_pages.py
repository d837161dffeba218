"""The pages of history, bin, removal and deletion: every part named and reachable, nothing cut, text only text."""

import datetime
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from names import cut, nameless, small
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.difference import Change, Mark, Piece
from alliance_desktop.domain.look import Appearance
from alliance_desktop.keys.derivation import LEAST_MEMORY_KIB, Kdf
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import load_forms
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui import theme
from alliance_desktop.ui.bin_page import BinPage
from alliance_desktop.ui.delete_client_page import DeleteClientPage, DeletedPage
from alliance_desktop.ui.differing import Differing, marked
from alliance_desktop.ui.history_page import UNSAVED, HistoryPage
from alliance_desktop.ui.redaction_page import RedactionPage

NOW = datetime.datetime(2026, 3, 5, 12, tzinfo=datetime.UTC)
TEXT = "She spoke of <b>the garden</b> & of the long way home, and of much else that week."


class Clock:
    at = NOW

    def __call__(self) -> datetime.datetime:
        return self.at


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[OpenVault]:
    """A vault with a note of two versions, one of which was put back, and a card in the bin."""
    clock = Clock()
    access = Access(load_forms(resource("forms")), clock, os.urandom, Kdf(bytes(16), LEAST_MEMORY_KIB, 1))
    opened = access.open(tmp_path / "N.vault", access.create(tmp_path / "N.vault", "the kettle sings at four"))
    book = opened.notebook
    client = book.add_client({"code": "D34", "called": "Dana"}).client
    assert client is not None
    for text in (TEXT, f"{TEXT} Then she left."):
        note = opened.notebook.entries(client)[0].id if opened.notebook.entries(client) else book.new_entry()
        book.write(WriteCard(client=client, form="session", card="note", answers={"body": text}, entry=note))
        clock.at += datetime.timedelta(minutes=7)
    away = book.write(
        WriteCard(client=client, form="session", card="note", answers={"body": TEXT}, entry=book.new_entry())
    )
    assert away.entry is not None
    opened.history.bin(away.entry)
    yield opened
    opened.close()


def made(vault: OpenVault, which: str) -> QWidget:
    book, history = vault.notebook, vault.history
    (client,) = book.clients()
    (entry,) = book.entries(client.id)
    pages: dict[str, Any] = {
        "history": lambda: HistoryPage(book, history, entry.id),
        "bin": lambda: BinPage(history, 30, doubted=True),
        "redaction": lambda: RedactionPage(book, history, vault.settings, entry.id),
        "delete": lambda: DeleteClientPage(client, history, vault.keys),
        "deleted": lambda: DeletedPage([], "/home/somebody/Notes.vault/backups"),
    }
    page: QWidget = pages[which]()
    return page


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("which", ["history", "bin", "redaction", "delete", "deleted"])
def test_every_part_has_a_name_and_room(qtbot: QtBot, vault: OpenVault, which: str, scale: int) -> None:
    theme.apply(Appearance.LIGHT, scale)
    page = made(vault, which)
    qtbot.addWidget(page)
    page.resize(900, 760)
    page.show()
    qtbot.waitExposed(page)
    assert nameless(page) == []
    assert cut(page) == []
    assert small(page) == []
    theme.apply(Appearance.LIGHT, 100)


def test_what_was_written_is_never_markup(qtbot: QtBot, vault: OpenVault) -> None:
    change = Change("Body", (Piece(Mark.OUT, "<b>x</b>"), Piece(Mark.IN, "a < b\nc"), Piece(Mark.SAME, " & d")))
    assert "&lt;b&gt;x&lt;/b&gt;" in marked(change)
    assert "<u>a &lt; b<br>c</u>" in marked(change)
    assert " &amp; d" in marked(change)
    shown = Differing(change)
    qtbot.addWidget(shown)
    assert shown.words.accessibleName() == "Body. Taken out: <b>x</b>. Added: a < b\nc."


def test_a_space_alone_is_told_in_words(qtbot: QtBot) -> None:
    change = Change("Body", (Piece(Mark.SAME, "a"), Piece(Mark.OUT, " ")))
    assert marked(change) == "Only spaces or line breaks changed."
    assert change.spoken == "Body. Only spaces or line breaks changed."


def test_words_that_another_page_still_holds_are_not_written_over(qtbot: QtBot, vault: OpenVault) -> None:
    (client,) = vault.notebook.clients()
    (entry,) = vault.notebook.entries(client.id)
    history = HistoryPage(vault.notebook, vault.history, entry.id, lambda: False)
    qtbot.addWidget(history)
    (version,) = vault.history.versions(entry.id)
    history.findChild(QWidget, f"restore_{version.id}").click()
    assert history.notice.sentence == UNSAVED
    removal = RedactionPage(vault.notebook, vault.history, vault.settings, entry.id, lambda: False)
    qtbot.addWidget(removal)
    removal.ticks["text_body"].setChecked(True)
    removal.why.setText("Wrong file")
    removal.remove_button.click()
    assert removal.notice.sentence == UNSAVED
    assert vault.notebook.entry(entry.id) == entry
