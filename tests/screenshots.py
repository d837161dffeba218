"""Makes the pictures in docs/screenshots/ from the sample caseload: `python -m tests.screenshots [FOLDER] [WORD …]`.

Run it on a screen (a virtual one will do). Words narrow it down to pictures whose name contains one of them.
"""

import datetime
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton

from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import Entry
from alliance_desktop.keys.derivation import LEAST_MEMORY_KIB, Kdf
from alliance_desktop.services.machine import Machine
from alliance_desktop.services.paper import Choice, Sort, Subject
from alliance_desktop.ui.application import make_application, other_scripts
from alliance_desktop.ui.background import is_working
from alliance_desktop.wiring import Program, World
from tests.executor_pictures import executor
from tests.records_pictures import records
from tests.timeline_pictures import timelines

SIZE = (1280, 800)
WORDS = "seven quiet herons by the weir"
DAY = datetime.datetime(2026, 11, 20, 10, 12, tzinfo=datetime.UTC)


class Studio:
    """One program on a screen, and the pictures taken of it."""

    def __init__(self, folder: Path, words: list[str]) -> None:
        self.folder, self.words = folder, words
        self.home = Path(tempfile.mkdtemp())
        kdf = Kdf(salt=os.urandom(16), memory_kib=LEAST_MEMORY_KIB, passes=1)
        self.at = DAY
        world = World(now=lambda: self.at, machine=Machine(self.home / "state"), home=self.home, kdf=kdf)
        self.program = Program(world)
        self.window = self.program.window
        self.window.resize(*SIZE)
        self.window.show()
        for load in other_scripts():
            load()
        self.settle()

    def settle(self, turns: int = 4) -> None:
        """Let the window lay itself out and paint."""
        for _ in range(turns):
            loop = QEventLoop()
            QTimer.singleShot(30, loop.quit)
            loop.exec()

    def take(self, name: str) -> None:
        """Keep a picture of the window."""
        if self.words and not any(word in name for word in self.words):
            return
        self.settle()
        self.window.grab().save(str(self.folder / f"{name}.png"))
        sys.stdout.write(f"{name}\n")

    def client(self, called: str) -> Client:
        """Return a person of the sample."""
        return next(one for one in self.program.vault.notebook.clients() if one.called == called)

    def find(self, kind: type, name: str) -> object:
        """Return a widget by its name, on the page that is shown."""
        return next(one for one in self.window.findChildren(kind, name) if one.isVisible())


def main(arguments: list[str]) -> None:
    """Take every picture, light and dark, and some at twice the text size."""
    folder = Path(arguments[0]) if arguments else Path("docs/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    make_application(sys.argv[:1])
    studio = Studio(folder, arguments[1:])
    for look in ("light", "dark"):
        studio.window.look.show(look, 100)
        first_run(studio, look)
        trouble(studio, look)
        sample(studio, look)
    studio.window.look.show("light", 200)
    large(studio)
    studio.window.close()


def first_run(studio: Studio, look: str) -> None:
    """The pages that make a vault, up to the unlock page."""
    program = studio.program
    program.opening.show_first_run()
    page = studio.window.shown
    studio.take(f"first-run-1-welcome-{look}")
    page.show_page(page.place)
    page.place.folder_field.set_folder(Path("/home/priya/Documents"))
    studio.take(f"first-run-2-where-{look}")
    page.place.folder_field.set_folder(studio.home)
    page.place.name_edit.setText(f"My notes {look}")
    page.show_page(page.secret)
    for one in (page.secret.passphrase.first, page.secret.passphrase.again):
        one.edit.setText(WORDS)
    studio.take(f"first-run-3-passphrase-{look}")
    page.secret.onward.emit()
    wait(lambda: page.currentWidget() is page.sheet)
    studio.take(f"first-run-4-recovery-sheet-{look}")
    page.sheet.onward.emit()
    studio.take(f"first-run-5-typed-back-{look}")
    page.show_page(page.choices)
    studio.take(f"first-run-6-choices-{look}")
    program.opening.show_unlock(studio.home / f"My notes {look}.vault")
    studio.take(f"unlock-{look}")


def trouble(studio: Studio, look: str) -> None:
    """A vault whose notes are damaged: what is offered, and what comes of it."""
    whole = studio.home / f"My notes {look}.vault"
    studio.program.parts.machine.keep_proved()
    unlock(studio, whole)
    # The vault's own preference is to look as the computer is set.
    studio.window.look.show(look, 100)
    notebook = studio.program.vault.notebook
    notebook.add_client({"code": "D-34", "called": "Dana"})
    studio.program.lock()
    wait(lambda: not is_working())
    damaged = studio.home / f"Notes {look}.vault"
    shutil.copytree(whole, damaged)
    with (damaged / "notes.db").open("r+b") as file:
        file.seek(200)
        file.write(bytes(400))
    unlock(studio, damaged, opens=False)
    studio.take(f"damaged-{look}")
    studio.find(QPushButton, "unlock_salvage").click()
    studio.take(f"rescue-{look}")
    studio.find(QPushButton, "rescue_save").click()
    wait(lambda: any(one.objectName() == "rescue_open" for one in buttons(studio)))
    studio.take(f"rescued-{look}")


def unlock(studio: Studio, folder: Path, *, opens: bool = True) -> None:
    """Type the passphrase of a vault."""
    studio.program.opening.show_unlock(folder)
    page = studio.window.shown
    page.passphrase.edit.setText(WORDS)
    page.unlock_button.click()
    wait(lambda: studio.program.vault is not None if opens else not page.is_busy)


def backups(studio: Studio, name: str) -> None:
    """Backups of some days, and the keys."""
    work, vault = studio.program.work, studio.program.vault
    for days in (-9, -4, -1, 0):
        studio.at = DAY + datetime.timedelta(days=days)
        vault.settings.keep(msgspec.structs.replace(vault.settings.preferences(), who_to_turn_to=f"{days}"))
        making = vault.backups.before_risk()
        if making is not None:
            making()
    work.obey("backups")
    studio.take(f"backups-{name}")
    work.obey("key_life")
    studio.take(f"keys-{name}")


def sample(studio: Studio, look: str) -> None:
    """Clients, timeline, the cards of a strain, a session and both printed pages."""
    studio.program.opening.open_sample()
    studio.window.look.show(look, 100)
    work = studio.program.work
    pages = work.pages
    work.obey("clients")
    studio.take(f"clients-{look}")
    for called in ("Dana", "Tomás", "Li", "نور"):
        client = studio.client(called)
        work.clients.select(client.id)
        pages.open_client(client.id)
        studio.take(f"client-{client.code.lower()}-{look}")
    dana = studio.client("Dana")
    temperature(studio, look)
    timelines(studio, look)
    arc = studio.program.vault.strains.of_client(dana.id)[0].arc.id
    page = pages.open_strain(dana.id, arc)
    for number, name in enumerate(("notice", "acknowledge", "dialogue", "repair", "follow-up", "close")):
        page.open_number(number)
        studio.take(f"strain-{number}-{name}-{look}")
    pages.open_session(dana.id)
    studio.take(f"session-{look}")
    for sort in (Sort.CLIENT_PAGE, Sort.REPAIR_PLAN):
        pages.open_preview(dana.id, Subject(client=dana.id, arc=arc), Choice(sort=sort, parts=frozenset({Part.NAME})))
        studio.take(f"preview-{sort.replace('_', '-')}-{look}")
    work.obey("strains")
    studio.take(f"strains-{look}")
    places(studio, look)
    forms(studio, look)
    work.obey("settings")
    studio.take(f"settings-{look}")
    work.obey("prove")
    wait(studio.window.shown.again_button.isEnabled)
    studio.take(f"prove-{look}")
    studio.window.stop_reading()
    backups(studio, look)
    work.obey("clients")
    work.obey("find")
    studio.find(QLineEdit, "finder_field").setText("no")
    studio.take(f"finder-{look}")
    work.finder.close_again()
    studio.window.hide_now()
    studio.take(f"paused-{look}")
    studio.window.come_back()
    records(studio, look)
    executor(studio, look)
    studio.settle()


def temperature(studio: Studio, name: str) -> None:
    """How it felt after each session, as a chart and as a table; and for somebody who was never asked."""
    pages = studio.program.work.pages
    page = pages.open_temperature(studio.client("Dana").id)
    studio.take(f"temperature-{name}")
    page.turn()
    studio.take(f"temperature-table-{name}")
    pages.open_temperature(studio.client("Li").id)
    studio.take(f"temperature-li-{name}")


def summary(studio: Studio, look: str) -> None:
    """The summary for supervision: choosing, both sides, and what is left to look at."""
    work = studio.program.work
    work.obey("supervision_summary")
    studio.take(f"summary-{look}")
    page = work.pages.page
    for box in page.findChildren(QCheckBox):
        box.setChecked(True)
    studio.find(QPushButton, "summary_show").click()
    studio.take(f"summary-both-sides-{look}")
    page.ensureWidgetVisible(page.left.replaced)
    studio.take(f"summary-left-{look}")


def places(studio: Studio, look: str) -> None:
    """Who needs me next, and the other places; history, the bin, taking text out and deleting a client."""
    work = studio.program.work
    for command in ("today", "caseload", "outreach", "supervision", "contacts"):
        work.obey(command)
        studio.take(f"{command}-{look}")
    search(studio, look)
    work.obey("figures")
    numbers = work.pages.page
    studio.take(f"numbers-{look}")
    numbers.choice.choose("school_year")
    numbers.step.choose("month")
    studio.settle()
    numbers.ensureWidgetVisible(numbers.own[-1])
    studio.take(f"numbers-below-{look}")
    summary(studio, look)
    tomas = studio.client("Tomás")
    work.obey("outreach")
    work.outreach.open(tomas.id)
    studio.take(f"outreach-tomas-{look}")
    work.obey("clients")
    work.pages.open_forms(tomas.id)
    studio.take(f"new-entry-{look}")
    changed = next(one for one in entries(studio) if studio.program.vault.history.versions(one.id))
    work.past.open_history(changed.id)
    studio.take(f"history-{look}")
    work.past.open_redaction(changed.id)
    studio.take(f"redaction-{look}")
    work.past.open_bin()
    studio.take(f"bin-{look}")
    work.past.open_delete(tomas.id)
    studio.take(f"delete-client-{look}")
    for command in ("own_forms", "snippets"):
        work.obey(command)
        studio.take(f"{command.replace('_', '-')}-{look}")


def search(studio: Studio, look: str) -> None:
    """Search: before anything is typed, what was found, with private notes, with the filters, and nothing."""
    work = studio.program.work
    while studio.program.vault.search.put_in():
        pass
    work.obey("search")
    page = work.search.page
    studio.take(f"search-empty-{look}")
    for name, typed, private in (("full", "she", False), ("private", "i was", True), ("nothing", "heronry", False)):
        page.private.setChecked(private)
        page.edit.setText(typed)
        page.sought.emit()
        if name == "private":
            page.filters.click()
        studio.take(f"search-{name}-{look}")
        if name == "private":
            page.filters.click()
    page.wipe()


def entries(studio: Studio) -> list[Entry]:
    """Return everything that was written in the sample."""
    book = studio.program.vault.notebook
    return [*book.own_entries(), *(one for client in book.clients() for one in book.entries(client.id))]


def forms(studio: Studio, look: str) -> None:
    """One filled example of each card of each form that is not a card of a strain."""
    shown: set[tuple[str, str]] = set()
    studio.program.work.obey("clients")
    for one in sorted(entries(studio), key=lambda one: -len(one.answers)):
        if one.arc is None and one.form != "session" and (one.form, one.card) not in shown:
            shown.add((one.form, one.card))
            studio.program.work.pages.open_entry(one.id)
            name = one.form if one.card == one.form else f"{one.form}-{one.card}"
            studio.take(f"form-{name.replace('_', '-')}-{look}")


def large(studio: Studio) -> None:
    """Twice the text size: one pane, and nothing cut."""
    studio.program.opening.open_sample()
    studio.window.look.show("light", 200)
    work = studio.program.work
    places(studio, "200")
    forms(studio, "200")
    work.obey("clients")
    studio.take("clients-200")
    timelines(studio, "200")
    dana = studio.client("Dana")
    work.pages.open_client(dana.id)
    studio.take("client-200")
    temperature(studio, "200")
    arc = studio.program.vault.strains.of_client(dana.id)[0].arc.id
    page = work.pages.open_strain(dana.id, arc)
    page.open_number(1)
    studio.take("strain-1-acknowledge-200")
    work.pages.open_session(dana.id)
    studio.take("session-200")
    work.pages.open_preview(dana.id, Subject(client=dana.id, arc=arc))
    studio.take("preview-200")
    records(studio, "200")
    work.obey("settings")
    studio.take("settings-200")
    backups(studio, "200")
    executor(studio, "200")


def wait(done: Callable[[], bool]) -> None:
    """Let the window go on until something is so."""
    while not done():
        QApplication.processEvents()


def buttons(studio: Studio) -> Iterator[QPushButton]:
    """Yield the buttons that are shown."""
    yield from (one for one in studio.window.findChildren(QPushButton) if one.isVisible())


if __name__ == "__main__":
    main(sys.argv[1:])
