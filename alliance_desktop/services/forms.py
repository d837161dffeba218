"""All forms of the program, every version that was ever shipped."""

import threading
from collections.abc import Iterable
from pathlib import Path

from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.entry import Entry, Outline
from alliance_desktop.domain.errors import FormFileError, NewerEntryError
from alliance_desktop.domain.form import LINKING, PRIVATE_TABLE, Card, Form
from alliance_desktop.domain.formfile import read_form


class Forms:
    """The forms by id and version; an entry is always read with the version it was written in."""

    def __init__(self, forms: list[Form]) -> None:
        self._forms = {(one.id, one.version): one for one in forms}
        self._newest: dict[str, int] = {}
        self._retired: frozenset[str] = frozenset()
        self._linking: dict[str, frozenset[str]] = {}
        for one in forms:
            self._newest[one.id] = max(one.version, self._newest.get(one.id, 0))

    def all(self) -> list[Form]:
        """Return every version of every form."""
        return list(self._forms.values())

    def current(self, id: str) -> Form:
        """Return the newest version of a form; KeyError where there is none of that id."""
        return self._forms[(id, self._newest[id])]

    def get(self, id: str, version: int) -> Form:
        """Return one version of a form; NewerEntryError where this program does not have it."""
        found = self._forms.get((id, version))
        if found is None:
            raise NewerEntryError
        return found

    def get_or_current(self, id: str, version: int) -> Form:
        """Return one version of a form, the newest for 0; see `get` and `current`."""
        return self.get(id, version) if version else self.current(id)

    def of(self, entry: Entry) -> Form:
        """Return the form an entry was written in; NewerEntryError where this program does not have it."""
        found = self.known(entry)
        if found is None:
            raise NewerEntryError
        return found

    def known(self, entry: Outline | Entry) -> Form | None:
        """Return the form an entry was written in, or None where this program does not have it."""
        found = self._forms.get((entry.form, entry.form_version))
        return found if found is not None and any(one.id == entry.card for one in found.cards) else None

    def kind(self, entry: Entry) -> str:
        """Return the shipped form that an entry is of, also where it was written in a counsellor's own copy."""
        form = self.known(entry)
        return (form.based_on if form is not None else "") or entry.form

    def of_kind(self, id: str) -> list[str]:
        """Return the ids of a form and of the counsellor's own copies of it."""
        return [id, *sorted({one.id for one in self._forms.values() if one.based_on == id})]

    def add(self, form: Form) -> None:
        """Let a form that the counsellor made be known beside the shipped ones."""
        self._forms[(form.id, form.version)] = form
        self._linking.clear()
        self._newest[form.id] = max(form.version, self._newest.get(form.id, 0))

    def linking(self, id: str) -> frozenset[str]:
        """Return the keys under which a form, or the one it was copied from, asks for links in any of its versions."""
        if id not in self._linking:
            bases = {one.based_on for one in self.all() if one.id == id}
            found = [one for one in self.all() if one.id == id or one.id in bases]
            asked = (each for one in found for card in one.cards for each in card.questions)
            self._linking[id] = frozenset(each.key for each in asked if each.kind in LINKING)
        return self._linking[id]

    def sides(self, entry: Entry) -> tuple[frozenset[str], frozenset[str]]:
        """Return the keys of an entry's answers that do not belong in the record, and those that hold links.

        NewerEntryError where this program does not have its form.
        """
        return unrecorded(self.of(entry).card(entry.card), entry.answers), self.linking(entry.form)

    def copied(self) -> "Forms":
        """Return forms of their own for one vault: what is added to them reaches no other vault."""
        return Forms(self.all())

    def newest(self, id: str) -> int:
        """Return the newest version of a form that can be read, 0 where there is none."""
        return self._newest.get(id, 0)

    def retire(self, ids: Iterable[str]) -> None:
        """Offer these forms for nothing new; all others are offered."""
        self._retired = frozenset(ids)

    def offers(self, id: str) -> bool:
        """Say whether something new can be begun in a form."""
        return id in self._newest and id not in self._retired


class FormFiles:
    """The forms of every `*.toml` file of a folder, read one by one or all at once, from any thread.

    FormFileError names a broken file, its key and reason.
    """

    def __init__(self, folder: Path) -> None:
        self._files = iter(sorted(folder.glob("*.toml")))
        self._forms: list[Form] = []
        self._seen: dict[tuple[str, int], str] = {}
        # Held until a form is there: who asks for all of them meanwhile must not miss the one that is being read.
        self._reading = threading.Lock()

    def read_one(self) -> bool:
        """Read one file more; False once all are read."""
        with self._reading:
            return self._read_one()

    def _read_one(self) -> bool:
        file = next(self._files, None)
        if file is None:
            return False
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise FormFileError(file.name, "the file", f"it cannot be read ({type(fault).__name__})") from None
        form = read_form(file.name, text)
        name = (form.id, form.version)
        if name in self._seen:
            said = f"{self._seen[name]} is version {form.version} of {form.id} already"
            raise FormFileError(file.name, "version", said)
        self._seen[name] = file.name
        self._forms.append(form)
        return True

    def all(self) -> Forms:
        """Read what is left, and return them all."""
        while self.read_one():
            pass
        return Forms(self._forms)


def load_forms(folder: Path) -> Forms:
    """Return the forms of a folder; see `FormFiles`."""
    return FormFiles(folder).all()


def private_keys(card: Card) -> frozenset[str]:
    """Return the keys of a card whose answers lie in the private table."""
    return frozenset(one.key for one in card.questions if one.audience in PRIVATE_TABLE)


def record_keys(card: Card) -> frozenset[str]:
    """Return the keys of a card whose answers lie in the record."""
    return frozenset(one.key for one in card.questions) - private_keys(card)


def unrecorded(card: Card, answers: Answers) -> frozenset[str]:
    """Return the keys of answers that do not belong in the record: the private ones, and those the card does not know.

    What was answered to a question that is gone must never come to stand in what others may ask to see.
    """
    return frozenset(answers) - record_keys(card)
