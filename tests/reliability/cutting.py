"""A disk whose power fails: recorded calls are replayed, and at any moment an image shows what could be left.

What was written to a file and not yet synced is kept or lost sector by sector, in any order; a cut file likewise.
Names made, changed and removed are kept or lost in one of two ways: each by itself until their folder is synced, or
as ext4 does it, in order, and at the latest with the next sync of any file.
"""

import os
import random
from collections.abc import Iterator
from pathlib import Path

from tests.reliability import calls
from tests.reliability.calls import Call

SECTOR = 512

Change = tuple[int, bytes | None]
"""Where and what was written; without bytes, the file was cut there."""


class File:
    """One file's content that is surely on the disk, and every change since the last sync."""

    def __init__(self, content: bytes = b"", origin: Path | None = None) -> None:
        self.synced = bytearray(content)
        self.changes: list[Change] = []
        self.length = len(content)
        self.origin = origin

    def change(self, at: int, data: bytes | None) -> None:
        self.origin = None
        self.changes.append((at, data))
        self.length = at if data is None else max(self.length, at + len(data))

    def sync(self) -> None:
        for at, data in self.changes:
            _apply(self.synced, at, data)
        self.changes.clear()

    def image(self, chance: random.Random) -> bytes:
        """Return one content that a power cut may leave."""
        content = bytearray(self.synced)
        for at, data in self.changes:
            fate = chance.random()
            if data is None:
                if fate < 0.5:
                    _apply(content, at, None)
            elif fate < 0.35:
                _apply(content, at, data)
            elif fate < 0.7:
                for start, sector in _sectors(at, data):
                    if chance.random() < 0.5:
                        _apply(content, start, sector)
        return bytes(content)


class Disk:
    """The files of one folder while recorded calls go by."""

    def __init__(self, base: Path, folder: Path, *, in_order: bool) -> None:
        """Begin with the files of `base`; the calls speak of them as lying in `folder`."""
        self._folder = str(folder).encode()
        self._in_order = in_order
        self.synced = {one.name.encode(): File(one.read_bytes(), one) for one in base.iterdir() if one.is_file()}
        self.names = dict(self.synced)
        self.pending: list[tuple[bytes, File | None]] = []
        self._open: dict[int, File | None] = {}
        self._at: dict[int, int] = {}

    def take(self, call: Call) -> bool:
        """Let a call happen; True where it changed or synced something of the folder."""
        if call.answer < 0:
            return False
        does = getattr(self, f"_{call.name}", None)
        return bool(does and does(call))

    def image(self, chance: random.Random, into: Path) -> None:
        """Put into an empty folder what a power cut at this moment may leave."""
        names = dict(self.synced)
        if self._in_order:
            kept = self.pending[: chance.randint(0, len(self.pending))]
        else:
            kept = [one for one in self.pending if chance.random() < 0.5]
        for name, file in kept:
            _name(names, name, file)
        for name, file in names.items():
            place = into / name.decode()
            if file.origin is not None:
                os.link(file.origin, place)
            else:
                place.write_bytes(file.image(chance))

    def contents(self) -> dict[str, bytes]:
        """Return the files as the program that runs sees them, each in a sync that was not asked for."""
        for file in self.names.values():
            file.sync()
        return {name.decode(): bytes(file.synced) for name, file in self.names.items()}

    # -- calls ----------------------------------------------------------------------------------------------------

    def _openat(self, call: Call) -> bool:
        path, flags = call.arguments[1], str(call.arguments[2])
        if path == self._folder:
            self._open[call.answer] = None
            return False
        name = self._name_of(path)
        if name is None:
            self._open.pop(call.answer, None)
            return False
        file, changed = self.names.get(name), False
        if file is None:
            file, changed = File(), True
            self._rename_to(name, file)
        if "O_TRUNC" in flags and file.length:
            file.change(0, None)
            changed = True
        self._open[call.answer] = file
        self._at[call.answer] = file.length if "O_APPEND" in flags else 0
        return changed

    def _close(self, call: Call) -> bool:
        self._open.pop(call.number(0), None)
        return False

    def _pwrite64(self, call: Call) -> bool:
        data = call.arguments[1]
        assert isinstance(data, bytes)
        return self._put(call.number(0), call.number(-1), data[: call.answer])

    def _write(self, call: Call) -> bool:
        descriptor, data = call.number(0), call.arguments[1]
        if self._open.get(descriptor) is None:
            return False
        assert isinstance(data, bytes)
        at = self._at[descriptor]
        self._at[descriptor] = at + call.answer
        return self._put(descriptor, at, data[: call.answer])

    def _lseek(self, call: Call) -> bool:
        self._at[call.number(0)] = call.answer
        return False

    def _ftruncate(self, call: Call) -> bool:
        return self._put(call.number(0), call.number(1), None)

    def _fsync(self, call: Call) -> bool:
        descriptor = call.number(0)
        if descriptor not in self._open:
            return False
        file = self._open[descriptor]
        if file is not None:
            file.sync()
        if file is None or self._in_order:
            for name, named in self.pending:
                _name(self.synced, name, named)
            self.pending.clear()
        return True

    _fdatasync = _fsync

    def _unlink(self, call: Call) -> bool:
        name = self._name_of(call.arguments[call.name == "unlinkat"])
        if name is None:
            return False
        self._rename_to(name, None)
        return True

    _unlinkat = _unlink

    def _rename(self, call: Call) -> bool:
        places = [self._name_of(one) for one in call.arguments if isinstance(one, bytes)]
        if None in places:
            return False
        old, new = places
        assert old is not None
        assert new is not None
        file = self.names[old]
        self._rename_to(new, file)
        self._rename_to(old, None)
        return True

    _renameat = _renameat2 = _rename

    def _refuse(self, call: Call) -> bool:
        if self._open.get(call.number(0)) is not None:
            raise AssertionError(f"{call.name} is a way of writing that this disk does not know")
        return False

    _writev = _pwritev = _pwritev2 = _fallocate = _sendfile = _copy_file_range = _refuse

    # -- parts ----------------------------------------------------------------------------------------------------

    def _put(self, descriptor: int, at: int, data: bytes | None) -> bool:
        file = self._open.get(descriptor)
        if file is None:
            return False
        file.change(at, data)
        return True

    def _name_of(self, path: bytes | str) -> bytes | None:
        """Return the name of a file that lies in the folder itself."""
        assert isinstance(path, bytes)
        folder, _, name = path.rpartition(b"/")
        return name if folder == self._folder else None

    def _rename_to(self, name: bytes, file: File | None) -> None:
        _name(self.names, name, file)
        self.pending.append((name, file))


def moments(log: Path, disk: Disk, said: bytes = b"kept ") -> Iterator[list[int]]:
    """Replay a record; after each call that mattered, yield the numbers that the program had said were kept."""
    kept: list[int] = []
    for call in calls.read(log):
        data = call.arguments[1] if call.name == "write" and call.arguments[0] == "1" else b""
        if isinstance(data, bytes) and data.startswith(said):
            kept.append(int(data.removeprefix(said)))
        elif disk.take(call):
            yield kept


def _name(names: dict[bytes, File], name: bytes, file: File | None) -> None:
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file


def _apply(content: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        # To cut a file behind its end makes it longer.
        content[at:] = bytes(max(0, at - len(content)))
        return
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


def _sectors(at: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the pieces of a write that lie in one sector of the disk each."""
    start, end = at, at + len(data)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        yield start, data[start - at : stop - at]
        start = stop
