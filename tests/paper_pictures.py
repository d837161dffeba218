"""Pictures of every page that can be printed: `python -m tests.paper_pictures FOLDER [WORD]`.

Each sort of page of `KINDS`, of the sample's people and blank, on A4, on Letter and large, one picture a sheet.
With a word, only the pages whose name holds it. Needs `pdftoppm`.
"""

import datetime
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from alliance_desktop.documents.pages import Page
from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.audience import SUMMARY_PARTS, Part
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.unnamed.by_hand import Checked
from alliance_desktop.keys.derivation import LEAST_MEMORY_KIB, VAULT_ID_BYTES, Kdf
from alliance_desktop.keys.executor import executor_text
from alliance_desktop.keys.recovery import RECOVERY_BYTES, groups, recovery_text
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access, OpenVault, Sheet
from alliance_desktop.services.forms import load_forms
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.paper import KINDS, About, CheckedPaper, Choice, Kind, Paper, Sort, Subject
from alliance_desktop.services.paper.recovery import executor_page, recovery_page
from alliance_desktop.services.preferences import Preferences
from alliance_desktop.services.supervision import key_of
from alliance_desktop.storage import sample_folder
from tests.records_pictures import decide_all

DPI = 60
MOST_SHEETS = 3
LOOKS = {"a4": Choice(), "letter": Choice(paper="letter"), "large": Choice(large=True)}
AT_ONCE = "Somebody is hurt or in danger: call the emergency number first\nThen the person who leads on safeguarding"
TURN_TO = "My counsellor, Mondays and Thursdays\nMs Okafor, year 11 tutor\nA helpline, day and night"
ASKED = {"asker": chosen("client"), "identity": "Known for a year.", "authority": "His own record."}
NOW = datetime.datetime(2026, 3, 10, 14, tzinfo=datetime.UTC)


def main(arguments: list[str]) -> None:
    """Make the pictures in a folder."""
    folder, word = Path(arguments[0]), (arguments[1] if len(arguments) > 1 else "")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        vault = sample(Path(work))
        for name, subject, choice in pages(vault):
            if word in name:
                take(vault, folder, name, subject, choice)
        for name, page, choice in [*with_a_key(vault), *summaries(vault)]:
            if word in name:
                draw(folder, name, Paper(vault).rendered(page, choice).pdf())
        vault.close()


def sample(folder: Path) -> OpenVault:
    """Return the sample caseload, made for the pictures' own day."""
    cheap = Kdf(salt=bytes(16), memory_kib=LEAST_MEMORY_KIB, passes=1)
    access = Access(load_forms(resource("forms")), lambda: NOW, os.urandom, cheap)
    text = resource("sample", "caseload.toml").read_text(encoding="utf-8")
    vault = access.make_sample(folder / sample_folder.VAULT, text)
    vault.settings.keep(Preferences(emergency_list=AT_ONCE, who_to_turn_to=TURN_TO))
    for client in vault.notebook.clients():
        if vault.notebook.of_form("safeguarding", client.id):
            id, form = vault.notebook.new_entry(), "records_request"
            vault.notebook.write(WriteCard(client=client.id, form=form, card="request", answers=ASKED, entry=id))
        for request in vault.records.requests(client.id):
            decide_all(vault, request.id)
            vault.notebook.finish(request.id)
    return vault


def pages(vault: OpenVault) -> Iterator[tuple[str, Subject, Choice]]:
    """Yield each page with its name, what it is about and how it looks: of the first client who has one, and blank."""
    paper = Paper(vault)
    for kind in KINDS.values():
        about = next(subjects(vault, paper, kind), None)
        for (look, choice), child in itertools.product(LOOKS.items(), children(kind)):
            begun = msgspec.structs.replace(choice, sort=kind.sort, language=kind.languages[0], parts=child)
            called = f"{kind.sort}{'-child' if child else ''}"
            if about is not None and kind.make is not None:
                parts = frozenset(kind.parts) - {Part.CHILD} | child
                yield f"{called}-{look}", about, msgspec.structs.replace(begun, parts=parts)
            for style in [id for id, _ in kind.styles] or [""] if kind.blank is not None else []:
                named = f"{called}-blank{'-' if style else ''}{style}-{look}"
                yield named, Subject(), msgspec.structs.replace(begun, blank=True, style=style)


def children(kind: Kind) -> list[frozenset[Part]]:
    """Return the ways a page is worded: for an adult, and for a child where it has that."""
    both = [frozenset[Part](), frozenset({Part.CHILD})]
    return both if Part.CHILD in kind.parts else both[:1]


def subjects(vault: OpenVault, paper: Paper, kind: Kind) -> Iterator[Subject]:
    """Yield what a page can be about, of the sample's people in their order; those that cannot be made are left out."""
    if kind.about is About.NOTHING:
        yield Subject()
        return
    everybody: list[Client | None] = [None, *vault.notebook.clients()]
    for client in everybody:
        for one in paper.offered(kind.sort, client.id if client is not None else None):
            try:
                paper.page(one.subject, Choice(sort=kind.sort, parts=frozenset(kind.parts)))
            except KnownError:
                continue
            yield one.subject


def take(vault: OpenVault, folder: Path, name: str, subject: Subject, choice: Choice) -> None:
    """Make the pictures of one page: its first sheets."""
    paper = Paper(vault)
    draw(folder, name, paper.rendered(paper.page(subject, choice), choice).pdf())


def with_a_key(vault: OpenVault) -> Iterator[tuple[str, Page, Choice]]:
    """Yield the sheets that carry a key, with one that opens nothing."""
    key, id = bytes(RECOVERY_BYTES), vault.folder.name.encode().hex()
    for look, choice in LOOKS.items():
        yield f"recovery-sheet-{look}", recovery_page(Sheet(tuple(groups(recovery_text(key))), id), lambda: NOW), choice
        typed = Sheet(tuple(executor_text(key, bytes(VAULT_ID_BYTES)).split("-")), id)
        yield f"executor-sheet-{look}", executor_page(vault, typed, lambda: NOW), choice


def summaries(vault: OpenVault) -> Iterator[tuple[str, Page, Choice]]:
    """Yield the summary for supervision of all that waits, with all that can be ticked."""
    items = tuple(key_of(one) for one in vault.supervision.agenda())
    paper = CheckedPaper(vault, Checked(items=items, parts=frozenset(SUMMARY_PARTS)))
    for look, choice in LOOKS.items():
        asked = msgspec.structs.replace(choice, sort=Sort.SUPERVISION_SUMMARY)
        yield f"{asked.sort}-{look}", paper.page(Subject(), asked), asked


def draw(folder: Path, name: str, pdf: bytes) -> None:
    """Keep the first sheets of a PDF as pictures."""
    stem = folder / name.replace("_", "-")
    command = ["pdftoppm", "-r", str(DPI), "-png", "-l", str(MOST_SHEETS), "-", str(stem)]
    subprocess.run(command, input=pdf, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
