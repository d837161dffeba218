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

from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.keys.derivation import LEAST_MEMORY_KIB, Kdf
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import load_forms
from alliance_desktop.services.paper import KINDS, About, Choice, Kind, Paper, Subject
from alliance_desktop.storage import sample_folder
from tests.records_pictures import decide_all

DPI = 60
MOST_SHEETS = 3
LOOKS = {"a4": Choice(), "letter": Choice(paper="letter"), "large": Choice(large=True)}
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
        vault.close()


def sample(folder: Path) -> OpenVault:
    """Return the sample caseload, made for the pictures' own day."""
    cheap = Kdf(salt=bytes(16), memory_kib=LEAST_MEMORY_KIB, passes=1)
    access = Access(load_forms(resource("forms")), lambda: NOW, os.urandom, cheap)
    text = resource("sample", "caseload.toml").read_text(encoding="utf-8")
    vault = access.make_sample(folder / sample_folder.VAULT, text)
    for client in vault.notebook.clients():
        for request in vault.records.requests(client.id):
            decide_all(vault, request.id)
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
    pdf = paper.rendered(paper.page(subject, choice), choice).pdf()
    stem = folder / name.replace("_", "-")
    command = ["pdftoppm", "-r", str(DPI), "-png", "-l", str(MOST_SHEETS), "-", str(stem)]
    subprocess.run(command, input=pdf, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
