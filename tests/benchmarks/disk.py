"""What is timed in files: a backup that is checked, looking all through, a printed page; and how large it all is."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from alliance_desktop.domain.entry import ClientId
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper import Choice, Paper, Sort, Subject
from alliance_desktop.storage import verifying
from alliance_desktop.storage.place import NOTES
from tests.benchmarks.caseload import Caseload
from tests.benchmarks.frame import Line, by_turns
from tests.benchmarks.vaults import Bare

FILE_ROUNDS = 3


def printed(vault: OpenVault, caseload: Caseload, rounds: int) -> tuple[str, Line]:
    """Time a printed page, its data gathered and laid out, and return its line with a short name."""
    strain = vault.strains.of_client(ClientId(caseload.usual))[0].arc.id
    about = Subject(client=ClientId(caseload.usual), arc=strain)
    paper, choice = Paper(vault), Choice(sort=Sort.REPAIR_PLAN)
    took = by_turns(rounds, ours=lambda: paper.rendered(paper.page(about, choice), choice).pdf())
    return "page", Line(what="a repair plan as PDF, after the first", budget="≤ 60", **took)


def backed_up(vault: OpenVault, bare: Bare, rounds: int = FILE_ROUNDS) -> tuple[str, Line]:
    """Time a backup beside a bare copy of the same pages, and return its line with a short name."""
    with tempfile.TemporaryDirectory() as place:
        into, copied = Path(place) / "kept", Path(place) / "copied.db"

        def back_up() -> None:
            into.mkdir()
            vault.backups.to_place(into)()
            shutil.rmtree(into)

        def vacuum() -> None:
            bare.ask(("VACUUM INTO ?", [str(copied)]))
            copied.unlink()

        took = by_turns(rounds, ours=back_up, other=vacuum)
    what = "a backup, read back and checked in full"
    return "backup", Line(what=what, budget="≤ 3,000", against="VACUUM INTO, unchecked", **took)


def looked_through(folder: Path, secrets: Secrets, bare: Bare, rounds: int = FILE_ROUNDS) -> tuple[str, Line]:
    """Time a full look at a closed vault beside the database's own checks, and return its line with a short name."""
    checks = [("PRAGMA cipher_integrity_check", []), ("PRAGMA integrity_check", [])]

    def check() -> None:
        bare.ask(*checks)

    took = by_turns(rounds, ours=lambda: verifying.verify(folder, secrets), other=check)
    return "verify", Line(what="a full check of a vault", budget="≤ 2,000", against="the database's own checks", **took)


def sizes(folder: Path, plain: Path, bare: Bare) -> Iterator[tuple[str, float]]:
    """Yield megabytes: of the encrypted file, of the same tables unencrypted, and of all answers in them."""
    yield "vault", (folder / NOTES).stat().st_size / 1e6
    yield "the same tables, plain", plain.stat().st_size / 1e6
    yield "answers", sum(bare.number(_ANSWERS.format(table)) for table in _TABLES) / 1e6


_TABLES = ("record_answer", "private_answer", "client")
_ANSWERS = "SELECT coalesce(sum(length(CAST(answers AS BLOB))), 0) FROM {}"
