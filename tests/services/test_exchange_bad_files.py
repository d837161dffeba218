"""Files that cannot be brought in: each is refused with the number of the line and a reason, and changes nothing."""

import os
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from exchange_cases import CLIENT, HEAD, NOTE, line, put
from service_cases import files_no_longer_than

from alliance_desktop.domain.backup_errors import BackupStoppedError
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.exchange.errors import BadLineError, ImportDiskError, NoFileError
from alliance_desktop.domain.exchange.lines import LONGEST
from alliance_desktop.domain.exchange.values import LARGEST_ID
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import Forms

STRAIN = {"is": "strain", "id": 10, "client": 1, "events": [{"id": 11, "became": "noticed", "on": "2026-03-05"}]}
CARD = {"is": "entry", "id": 20, "client": 1, "strain": 10, "form": "rupture", "card": "notice", "day": "2026-03-05"}
TWO = {"is": "client", "id": 5, "answers": {"code": "E-5"}}
ANSWER = {"is": "answer", "id": 40, "client": 1, "rule": "goals:2:", "subject": 2, "at": "2026-03-05T10:00:00Z"}
EARLIER = {"is": "earlier", "id": 30, "entry": 2, "at": "2026-03-05T10:00:00Z", "version": 1, "record": {"body": "x"}}
GOOD = [HEAD, CLIENT, STRAIN, NOTE, CARD, EARLIER, ANSWER]


def note(**more: Any) -> dict[str, Any]:
    return NOTE | more


def answered(**answers: Any) -> dict[str, Any]:
    return NOTE | {"record": NOTE["record"] | answers}  # type: ignore[operator]


def linking(gone: int) -> dict[str, Any]:
    """Return a card with a link to an entry that was removed."""
    return CARD | {"private": {"session": [gone]}, "gone": [gone]}


def deep(depth: int, within: bytes = b"1") -> bytes:
    return b'{"is":"client","id":1,"answers":' + b'{"a":' * depth + within + b"}" * depth + b"}"


def own(**more: Any) -> dict[str, Any]:
    question = {"key": "k", "kind": "line", "audience": "REC", "label": "L"}
    card = {"id": "feedback", "title": "T", "questions": [question]}
    declared = {"id": "own_7", "version": 1, "title": "Mine", "cards": [card], "based_on": "feedback"}
    return {"is": "form", "declaration": declared | more}


BAD: dict[str, tuple[list[Any], int, str]] = {
    # -- the file
    "empty": ([], 1, "the file is empty"),
    "no head": ([CLIENT], 1, "does not begin"),
    "another format": ([HEAD | {"format": 2}], 1, "another format"),
    "another program": ([HEAD | {"program": "other"}], 1, '"program" must be "alliance-desktop"'),
    "a byte order mark": ([b"\xef\xbb\xbf" + line(**HEAD), CLIENT], 1, "byte order mark"),
    "utf-16": ([line(**HEAD).decode().encode("utf-16"), CLIENT], 1, "NUL"),
    "latin 1": ([HEAD, '{"is":"client","id":1,"answers":{"called":"Tomás"}}'.encode("latin-1")], 2, "not UTF-8"),
    "cut within a line": ([HEAD, line(**CLIENT)[:20]], 2, "cut in the middle"),
    "cut after a line": ([HEAD, CLIENT, NOTE], 3, "is missing"),
    "a line lost": ([HEAD, NOTE, {"is": "end", "lines": 3}], 2, "no client"),
    "a last line that counts others": ([HEAD, CLIENT, {"is": "end", "lines": 3}], 3, "3 lines should stand"),
    "more after the end": ([HEAD, {"is": "end", "lines": 1}, CLIENT], 3, "after the last line"),
    "an empty line": ([HEAD, b"", CLIENT], 2, "it is empty"),
    "two heads": ([HEAD, HEAD], 2, "does not belong after"),
    "a line of 17 MB": ([HEAD, CLIENT, line(**answered(body="x" * (LONGEST + 1)))], 3, "and not written as an export"),
    "words": ([HEAD, b"Dear diary"], 2, "not one JSON object"),
    "a list": ([HEAD, b"[1]"], 2, "not one JSON object"),
    "two objects in a line": ([HEAD, b"{} {}"], 2, "not one JSON object"),
    "deep nesting": ([HEAD, deep(100_000)], 2, "too deeply"),
    "450 objects in each other": ([HEAD, deep(450)], 2, "too deeply"),
    "450 objects and a character written out": ([HEAD, deep(450, b'"\\u00e9"')], 2, "too deeply"),
    "65 objects in each other": ([HEAD, deep(64)], 2, "too deeply"),
    "64 objects in each other": ([HEAD, deep(63)], 2, "no question"),
    "a key twice": ([HEAD, b'{"is":"client","id":1,"id":2}'], 2, "twice in one object"),
    "NaN": ([HEAD, b'{"is":"client","id":NaN}'], 2, "NaN"),
    "minus infinity": ([HEAD, b'{"is":"client","id":-Infinity}'], 2, "NaN or infinite"),
    "a number beyond all": ([HEAD, b'{"is":"client","id":1e999}'], 2, "out of bounds"),
    "5,000 digits": ([HEAD, b'{"is":"client","id":' + b"9" * 5_000 + b"}"], 2, "not one JSON object"),
    "NUL": ([HEAD, b'{"is":"client","id":1,"answers":{"code":"\x00"}}'], 2, "NUL"),
    "NUL written out": ([HEAD, b'{"is":"client","id":1,"answers":{"code":"\\u0000"}}'], 2, "NUL"),
    "half a character": ([HEAD, b'{"is":"client","id":1,"answers":{"code":"\\ud83d"}}'], 2, "half of a character"),
    # -- kinds, keys and values
    "no kind": ([HEAD, {"id": 1}], 2, "no kind"),
    "another kind": ([HEAD, {"is": "person", "id": 1}], 2, "no kind"),
    "another key": ([HEAD, CLIENT | {"name": "x"}], 2, '"name", which a line of this kind'),
    "a name in place of a key": ([HEAD, CLIENT | {"Dana Whitfield": 1}], 2, "a name, which a line"),
    "no id": ([HEAD, {"is": "client"}], 2, '"id" is missing'),
    "id as text": ([HEAD, CLIENT | {"id": "1"}], 2, '"id" must be a whole number'),
    "id true": ([HEAD, CLIENT | {"id": True}], 2, '"id" must be a whole number'),
    "id 0": ([HEAD, CLIENT | {"id": 0}], 2, '"id" must be a whole number'),
    "id beyond 2^53": ([HEAD, CLIENT | {"id": 1 << 53}], 2, '"id" must be a whole number'),
    "id without room above": ([HEAD, CLIENT | {"id": LARGEST_ID + 1}], 2, "an id above 9006099743113215"),
    "gone id without room above": ([HEAD, CLIENT, STRAIN, linking(LARGEST_ID + 1)], 4, "an id above 9006099743113215"),
    "gone id beyond 2^53": ([HEAD, CLIENT, STRAIN, linking(1 << 53)], 4, "a list of ids"),
    "the id of a part without room above": (
        [HEAD, CLIENT, STRAIN | {"events": [STRAIN["events"][0] | {"id": LARGEST_ID + 1}]}],  # type: ignore[index]
        3,
        "an id above 9006099743113215",
    ),
    "a place in the order beyond 2^53": (
        [HEAD, CLIENT, note(sequence=1 << 53)],
        3,
        '"sequence" must be a whole number',
    ),
    "id 1.0": ([HEAD, CLIENT | {"id": 1.0}], 2, '"id" must be a whole number'),
    "answers as a list": ([HEAD, CLIENT | {"answers": []}], 2, "an object of answers"),
    "30 February": ([HEAD, CLIENT, note(day="2026-02-30")], 3, "a day that there is"),
    "the year 10000": ([HEAD, CLIENT, note(day="10000-01-01")], 3, "a day that there is"),
    "a day without dashes": ([HEAD, CLIENT, note(day="20260305")], 3, "a day that there is"),
    "a time without a zone": ([HEAD, CLIENT | {"created": "2026-03-05T10:00:00"}], 2, "a time with its zone"),
    **{
        f"a time written as {one}": ([HEAD, CLIENT | {"created": one}], 2, "a time with its zone")
        for one in (
            *("2026-W10-4T16:40:00Z", "20260305T164000Z", "2026-03-05 16:40:00Z", "2026-03-05 16:40:00Z"),
            *("2026-03-05T16Z", "2026-03-05T16:40Z", "2026-03-05T16:40:00,5Z", "2026-03-05T16:40:00+0100"),
            *("2026-03-05T16:40:00z", "2026-03-05T24:00:00Z", "2026-03-05T16:40:00.0000000Z"),
        )
    },
    "25 o'clock": ([HEAD, CLIENT | {"created": "2026-03-05T25:00:00Z"}], 2, "a time with its zone"),
    "before all time": ([HEAD, CLIENT | {"created": "0001-01-01T00:00:00+14:00"}], 2, "a time with its zone"),
    "an unknown state": ([HEAD, CLIENT, note(state="done")], 3, '"state" must be'),
    "an unknown status": ([HEAD, CLIENT, STRAIN | {"status": "over"}], 3, '"status" must be'),
    "a wrong part": (
        [HEAD, CLIENT, STRAIN | {"events": [{"id": 11}]}],
        3,
        'in "events", number 1: "became" is missing',
    ),
    "a part that is none": ([HEAD, CLIENT, STRAIN | {"events": [3]}], 3, "number 1 must be an object"),
    # -- order and ids
    "kinds out of order": ([HEAD, NOTE, CLIENT], 2, "no client"),
    "clients after entries": ([HEAD, CLIENT, NOTE, TWO], 4, "does not belong after"),
    "ids out of order": ([HEAD, TWO, CLIENT], 3, "order of their ids"),
    "the same id twice": ([HEAD, CLIENT, CLIENT], 3, "the same id"),
    "the id of a client": ([HEAD, CLIENT, TWO, note(id=5)], 4, "a client, a strain or an entry"),
    "the id of a part twice": (
        [HEAD, CLIENT, STRAIN, STRAIN | {"id": 12}],
        4,
        "stands elsewhere already",
    ),
    "what the vault says otherwise": (
        [HEAD, {"is": "client", "id": 900, "answers": {"code": "X"}}],
        2,
        "says something else",
    ),
    # -- forms, cards, questions and options
    "an unknown form": ([HEAD, CLIENT, note(form="sessions")], 3, "no form of that id"),
    "the form of clients": ([HEAD, CLIENT, note(form="client", card="details")], 3, "no form of that id"),
    "an unknown version": ([HEAD, CLIENT, note(version=99)], 3, "no version 99"),
    "an unknown version of clients": ([HEAD, CLIENT | {"version": 99}], 2, "no version 99"),
    "an unknown card": ([HEAD, CLIENT, note(card="notes")], 3, "no card of that id"),
    "an unknown question": ([HEAD, CLIENT, answered(bdy="x")], 3, 'no question "bdy"'),
    "an unknown question of clients": ([HEAD, CLIENT | {"answers": {"Dana W.": "x"}}], 2, "no question of that name"),
    "an unknown option": (
        [HEAD, CLIENT, answered(attendance={"ids": ["late?"]})],
        3,
        '"attendance" is none of its kind',
    ),
    "an option as a number": ([HEAD, CLIENT, answered(attendance={"ids": [1]})], 3, '"attendance" is none of its kind'),
    "words in place of a choice": ([HEAD, CLIENT, answered(attendance="came")], 3, '"attendance" is none'),
    "two options where one is chosen": (
        [HEAD, CLIENT, answered(attendance={"ids": ["attended", "no_show"]})],
        3,
        '"attendance" names several options',
    ),
    "one option twice": (
        [HEAD, CLIENT, answered(attendance={"ids": ["attended", "attended"]})],
        3,
        '"attendance" names several options',
    ),
    "a day, and words in place of one": (
        [HEAD, CLIENT, answered(date={"on": "2026-03-05", "text": "in spring"})],
        3,
        '"date" has a day, and words',
    ),
    "a number in place of words": ([HEAD, CLIENT, answered(body=3)], 3, '"body" is none of its kind'),
    "a day that is none": (
        [HEAD, CLIENT, answered(date={"on": "2026-02-30"}) | {"day": "2026-02-28"}],
        3,
        '"date" is none',
    ),
    "a date unsure how": ([HEAD, CLIENT, answered(date={"on": "2026-02-02", "about": ["x"]})], 3, '"date" is none'),
    "a row of unknown columns": ([HEAD, CLIENT, answered(tasks=[{"nope": 1}])], 3, '"tasks" is none'),
    "private words in the record": ([HEAD, CLIENT, answered(for_me_only="x")], 3, 'belongs in "private"'),
    "one answer on two sides": ([HEAD, CLIENT, note(private={"body": "x"})], 3, '"body" is answered twice'),
    "unasked and asked": (
        [HEAD, CLIENT, NOTE | {"record": {}, "day": "2026-03-05", "unasked": {"body": 1}}],
        3,
        "asked for",
    ),
    "no day at all": ([HEAD, CLIENT, NOTE | {"record": {"body": "x"}}], 3, 'neither "day" nor'),
    "nobody's session": ([HEAD, CLIENT, note(client=None)], 3, "belong to a client"),
    "somebody's contact": (
        [
            HEAD,
            CLIENT,
            {"is": "entry", "id": 3, "client": 1, "form": "contact", "card": "contact", "day": "2026-03-05"},
        ],
        3,
        "belong to no client",
    ),
    "finished while a draft": ([HEAD, CLIENT, note(finished="2026-03-05T10:00:00Z")], 3, "its state is another"),
    # -- what leads elsewhere
    "an unknown client": ([HEAD, CLIENT, note(client=77)], 3, "no client of this id"),
    "a strain of nobody": ([HEAD, CLIENT, STRAIN | {"client": 77}], 3, "no client of this id"),
    "an unknown strain": ([HEAD, CLIENT, CARD], 3, "no strain of this id"),
    "another client's strain": ([HEAD, CLIENT, TWO, STRAIN, CARD | {"client": 5}], 5, "another client's"),
    "a card without its strain": ([HEAD, CLIENT, CARD | {"strain": None}], 3, "names its strain"),
    "a session of a strain": ([HEAD, CLIENT, STRAIN, note(strain=10)], 4, "names its strain"),
    "a turn that never was": ([HEAD, CLIENT, STRAIN, CARD | {"turn": 2}], 4, "so many turns"),
    "a change taken back that is none": (
        [HEAD, CLIENT, STRAIN | {"events": [{"id": 11, "became": "noticed", "on": "2026-03-05", "undoes": 99}]}],
        3,
        "takes back a change",
    ),
    "a link to nowhere": ([HEAD, CLIENT, STRAIN, CARD | {"private": {"session": [777]}}], 4, "links to an entry"),
    "a contact that is none": (
        [HEAD, CLIENT, STRAIN, CARD | {"record": {"told_by": [{"name": "x", "contact": 777}]}}],
        4,
        "links to an entry",
    ),
    "gone and not named": ([HEAD, CLIENT, note(gone=[777])], 3, '"gone" names an entry'),
    "earlier words of nobody": ([HEAD, CLIENT, NOTE, EARLIER | {"entry": 3}], 4, "its entry is not in the file"),
    "earlier words of the vault's": ([HEAD, CLIENT, NOTE, EARLIER | {"entry": 901}], 4, "its entry is not in the file"),
    "earlier words that say nothing": ([HEAD, CLIENT, NOTE, EARLIER | {"record": {}}], 4, "it says nothing"),
    "earlier words of an unknown version": ([HEAD, CLIENT, NOTE, EARLIER | {"version": 9}], 4, "no card of that id"),
    "an unknown rule": ([HEAD, CLIENT, NOTE, ANSWER | {"rule": "nag:2:"}], 4, '"rule" is none'),
    "a rule from a day that is none": ([HEAD, CLIENT, NOTE, ANSWER | {"rule": "goals:2:9999-99-99"}], 4, "from a day"),
    "a rule from a day without dashes": ([HEAD, CLIENT, NOTE, ANSWER | {"rule": "goals:2:20260305"}], 4, "from a day"),
    "a rule with a nought before": ([HEAD, CLIENT, NOTE, ANSWER | {"rule": "goals:02:"}], 4, '"rule" is none'),
    "a rule of another subject": ([HEAD, CLIENT, NOTE, ANSWER | {"subject": 1}], 4, '"rule" is none'),
    "an answer of nobody": ([HEAD, CLIENT, NOTE, ANSWER | {"client": 77}], 4, "no client of this id"),
    # -- own forms and settings
    "a form that is not of one's own": ([HEAD, own(id="session")], 2, "no form of a counsellor's own"),
    "a form with a new key": ([HEAD, own(colour="red")], 2, "missing, wrong or not known"),
    "a form of nothing": ([HEAD, own(based_on="")], 2, "no form of a counsellor's own"),
    "a form without an id": ([HEAD, {"is": "form", "declaration": {}}], 2, "no id or no version"),
    "forms out of order": ([HEAD, own(version=2), own(version=1)], 3, "order of their ids"),
    "a setting that stays at home": (
        [HEAD, {"is": "setting", "name": "key_life", "value": {}}],
        2,
        "no setting of that name",
    ),
    "a setting of another shape": ([HEAD, {"is": "setting", "name": "snippets", "value": {}}], 2, "not of the shape"),
    "preferences of another kind": (
        [HEAD, {"is": "setting", "name": "preferences", "value": {"lock_minutes": "five"}}],
        2,
        "not of the shape",
    ),
    "a day of the bin without dashes": (
        [HEAD, CLIENT, {"is": "setting", "name": "said to be in the bin until 2", "value": "20260305"}],
        3,
        "not of the shape",
    ),
    "settings out of order": (
        [HEAD, *({"is": "setting", "name": one, "value": []} for one in ("snippets", "retired forms"))],
        3,
        "order of their ids",
    ),
}
WITHOUT_END = {"empty", "cut within a line", "cut after a line", "a line lost", "more after the end"}


@pytest.fixture(scope="module")
def kept(
    forms: Forms, made_once: tuple[Path, Secrets], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenVault]:
    """One open vault with a client and a note, which all these files leave as it is."""
    folder = shutil.copytree(made_once[0], tmp_path_factory.mktemp("bad") / "Notes.vault")
    own = made_once[1]
    secrets = Secrets(bytes(own.recovery), bytes(own.vault_id), bytes(own.data_key), own.generation)
    from service_cases import Clock

    vault = Access(forms, Clock(), os.urandom).open(folder, secrets)
    first = put(folder.parent / "first", [HEAD, CLIENT | {"id": 900}, NOTE | {"id": 901, "client": 900}])
    vault.exchange().bring_in(first, vault.close)
    again = Secrets(bytes(own.recovery), bytes(own.vault_id), bytes(own.data_key), own.generation)
    vault = Access(forms, Clock(), os.urandom).open(folder, again)
    vault.backups.before_risk().__call__()  # type: ignore[union-attr]
    yield vault
    vault.close()


def _state(vault: OpenVault) -> tuple[object, ...]:
    names = sorted(one.name for one in vault.folder.parent.iterdir())
    return vault._store.digest, vault._store.saves, (vault.folder / "notes.db").read_bytes(), names


def refused(vault: OpenVault, path: Path) -> BadLineError:
    """Bring a file in that cannot be, and return why; the vault is as it was, and open."""
    before = _state(vault)
    with pytest.raises(BadLineError) as fault:
        vault.exchange().bring_in(path, vault.close)
    assert vault.is_open
    assert _state(vault) == before
    return fault.value


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_line_and_changes_nothing(kept: OpenVault, tmp_path: Path, name: str) -> None:
    lines, number, reason = BAD[name]
    ends = name not in WITHOUT_END and not any(isinstance(one, dict) and one.get("is") == "end" for one in lines)
    path = put(tmp_path / "bad", lines, end=ends)
    if name == "cut within a line":
        path.write_bytes(path.read_bytes().rstrip(b"\n"))
    fault = refused(kept, path)
    assert (fault.line, reason in fault.reason) == (number, True), fault
    assert str(fault).startswith(f"Line {number}: ")
    for words in ("Dana", "Whitfield", "She went", "E-5", "sessions"):
        assert words not in str(fault), "what was written is not said"


def test_the_file_that_all_of_them_were_made_from_is_good(
    access: Access, vault: OpenVault, folder: Path, secrets: Secrets, tmp_path: Path
) -> None:
    """The control: what is refused above is refused for what is wrong in it."""
    came = vault.exchange().bring_in(put(tmp_path / "good", [GOOD[0], own(), *GOOD[1:]]), vault.close)
    assert came.new == {"form": 1, "client": 1, "strain": 1, "entry": 2, "earlier": 1, "answer": 1}


def test_windows_line_ends_and_no_last_line_end_do_no_harm(vault: OpenVault, tmp_path: Path) -> None:
    path = put(tmp_path / "good", [HEAD, CLIENT, NOTE])
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n").rstrip())
    assert vault.exchange().bring_in(path, vault.close).new["entry"] == 1


@pytest.mark.parametrize("what", ["gone", "folder", "pipe", "device"])
def test_what_is_no_file_is_told(kept: OpenVault, tmp_path: Path, what: str) -> None:
    path = tmp_path / "it"
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    before = _state(kept)
    with pytest.raises(NoFileError):
        kept.exchange().bring_in(Path("/dev/zero") if what == "device" else path, kept.close)
    assert _state(kept) == before


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.84])
def test_a_stop_takes_everything_back(kept: OpenVault, tmp_path: Path, share: float) -> None:
    lines = [HEAD, *({"is": "client", "id": 1000 + at, "answers": {"code": f"C{at}"}} for at in range(2_000))]
    path, at = put(tmp_path / "many", lines), [0.0]
    before = _state(kept)
    with pytest.raises(BackupStoppedError):
        kept.exchange().bring_in(path, kept.close, Watch(at.append, lambda: at[-1] > share))
    assert _state(kept) == before
    assert kept.is_open


def test_a_full_disk_takes_everything_back(kept: OpenVault, tmp_path: Path) -> None:
    text = "She went quiet. " * 4_000
    lines = [HEAD, CLIENT, *(answered(body=text) | {"id": 2 + at} for at in range(200))]
    path = put(tmp_path / "many", lines)
    before = _state(kept)
    with files_no_longer_than(4 << 20), pytest.raises(KnownError) as fault:
        kept.exchange().bring_in(path, kept.close)
    assert isinstance(fault.value, ImportDiskError)
    assert _state(kept) == before


def test_a_field_of_two_gigabytes_is_not_read_to_its_end(kept: OpenVault, tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.write(line(**HEAD) + b'\n{"is":"client","id":1,"answers":{"code":"')
        # A hole: it reads as two gigabytes of NUL and takes no room.
        file.truncate(2 << 30)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "longer than" in refused(kept, path).reason
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most < 200_000
