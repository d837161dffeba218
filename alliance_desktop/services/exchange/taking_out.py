"""Everything that is written in a vault, as the lines of a file, one after another and never all at once."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from alliance_desktop.domain.backup_words import Tally
from alliance_desktop.domain.errors import DiskFullError
from alliance_desktop.domain.exchange.answering import Asking
from alliance_desktop.domain.exchange.errors import (
    ExportInsideVaultError,
    ExportPlaceError,
    ExportStoppedShortError,
    ExportTakenError,
)
from alliance_desktop.domain.exchange.lines import FORMAT, PROGRAM, Line, written
from alliance_desktop.domain.exchange.values import LARGEST_ID
from alliance_desktop.domain.watch import Watch
from alliance_desktop.services import own_forms
from alliance_desktop.services.exchange.asking import Askings, whole
from alliance_desktop.services.exchange.kept_settings import is_kept
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.unprotected import EXPORT, can_be_named, clean, half_made
from alliance_desktop.storage import disk
from alliance_desktop.storage.place import is_inside_vault
from alliance_desktop.storage.plain import decoded
from alliance_desktop.storage.store import Store

_KINDS = ("client", "strain", "entry", "earlier", "answer")
_CHUNK = 1 << 18
_ASKED = 20
"""After so many lines it is asked whether somebody stopped it."""


class TakenOut(NamedTuple):
    """A file that was written: where, how many bytes it has, and how much is in it."""

    path: Path
    size: int
    tally: Tally


class Outgoing:
    """The lines of a store; `forms` are those of the program and the counsellor's own."""

    def __init__(self, store: Store, forms: Forms) -> None:
        self._store = store
        self._askings = Askings(forms)
        self.counts: dict[str, int] = {}

    def lines(self, watch: Watch | None = None) -> Iterator[bytes]:
        """Yield every line with its end; the same store gives the same bytes."""
        watch = watch or Watch()
        likely = max(1, self._store.taking_out.count())
        number = 0
        for kind, line in self._all():
            told = written(kind, line)
            self.counts[kind] = self.counts.get(kind, 0) + 1
            number += 1
            if number % _ASKED == 1:
                watch.at(min(number / likely, 1.0))
            yield told + b"\n"
        yield written("end", {"lines": number}) + b"\n"

    def among(self, kind: str, ids: Iterable[int]) -> list[Line]:
        """Return the lines with some ids that there are."""
        return self._whole(kind, self._store.taking_out.among(kind, ids))

    def form(self, id: str, version: int) -> Line | None:
        """Return the line of a version of an own form; None where there is none."""
        name = f"{own_forms.FORM}{id} {version}"
        kept = self._store.settings.texts(name).get(name)
        return {"declaration": decoded(kept)} if kept is not None else None

    def _all(self) -> Iterator[tuple[str, Line]]:
        beyond = self._store.taking_out.largest_id() > LARGEST_ID
        yield "head", {"program": PROGRAM, "format": FORMAT, "sample": self._store.sample, "beyond": beyond}
        for form in self._forms():
            yield "form", form
        for kind in _KINDS:
            for lines in self._store.taking_out.all(kind):
                yield from ((kind, line) for line in self._whole(kind, lines))
        for name, text in sorted(self._store.settings.texts("").items()):
            if is_kept(name):
                yield "setting", {"name": name, "value": decoded(text)}

    def _forms(self) -> Iterator[Line]:
        named = []
        for name, text in self._store.settings.texts(f"{own_forms.FORM}own_").items():
            id, _, version = name.removeprefix(own_forms.FORM).partition(" ")
            if version.isascii() and version.isdecimal():
                named.append((id, int(version), text))
        for _, _, text in sorted(named):
            yield {"declaration": decoded(text)}

    def _whole(self, kind: str, lines: list[Line]) -> list[Line]:
        cards = self._store.taking_out.cards_of(one["entry"] for one in lines) if kind == "earlier" else {}
        made = [whole(kind, line) for line in lines]
        side = "answers" if kind == "client" else "private"
        for line in made if kind in {"client", "entry", "earlier"} else ():
            asking = self._asking(kind, line, cards)
            if asking is not None:
                line[side], line["unasked"] = asking.split(line[side])
        return made

    def _asking(self, kind: str, line: Line, cards: Mapping[int, tuple[str, str]]) -> Asking | None:
        if kind == "client":
            return self._askings.of_client(line["version"])
        form, card = (line["form"], line["card"]) if kind == "entry" else cards.get(line["entry"], ("", ""))
        return self._askings.of(form, line["version"], card)


def must_take_file(path: Path) -> None:
    """ExportTakenError, ExportInsideVaultError or ExportPlaceError where a file cannot be put at a place."""
    try:
        if os.path.lexists(path):
            raise ExportTakenError
        folder = path.absolute().parent
        placeable = can_be_named(path) and folder.is_dir() and disk.may_write(folder)
    except (OSError, ValueError):
        placeable = False
    if not placeable:
        raise ExportPlaceError
    if is_inside_vault(folder):
        raise ExportInsideVaultError


def take_out(store: Store, forms: Forms, path: Path, watch: Watch | None = None) -> TakenOut:
    """Write everything into a new file for its owner only, whole or not at all; slow, in the thread of the store.

    Nothing is overwritten. Raises what `must_take_file` does, ExportStoppedShortError, BackupStoppedError
    by the watch, and VaultDamagedError where something cannot be read; then there is no file.
    """
    must_take_file(path)
    outgoing, watch = Outgoing(store, forms), watch or Watch()
    partial = half_made(path, EXPORT)
    try:
        disk.write_new(partial, _chunks(outgoing.lines(watch)))
        clean(partial)
        # Last: whoever stopped it is not to find unprotected notes afterwards.
        watch.at(1.0)
        _name(partial, path)
        disk.sync_folder(path.absolute().parent)
    except OSError as fault:
        full = isinstance(disk.known(fault), DiskFullError)
        raise (ExportStoppedShortError if full else ExportPlaceError) from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return TakenOut(path, path.stat().st_size, Tally(outgoing.counts.get("client", 0), outgoing.counts.get("entry", 0)))


def _chunks(lines: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _CHUNK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _name(partial: Path, path: Path) -> None:
    """Give a file its name, which nothing else has."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise ExportTakenError from None
    except OSError:
        # Some disks know no second name of a file.
        if os.path.lexists(path):
            raise ExportTakenError from None
        os.rename(partial, path)
