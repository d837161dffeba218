"""The counsellor's own forms: copied from shipped ones, kept in the vault by version, and read at its opening."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

import msgspec

from alliance_desktop.domain import own_form
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.errors import KnownError, SaveWaitingError, of_act
from alliance_desktop.domain.form import Card, Form, Question
from alliance_desktop.domain.formfile import problems
from alliance_desktop.domain.own_form import OwnQuestion
from alliance_desktop.domain.own_form_errors import OwnFormError
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.snippets import SNIPPETS
from alliance_desktop.services.stamps import Stamps
from alliance_desktop.storage.store import Store

One = TypeVar("One")
_VERSION = re.compile(r"[1-9]\d{0,8}")

FORM, DRAFT, RETIRED = "form ", "draft form ", "retired forms"
NEWER = "A form in this vault was made with a newer version of this program. What was written in it is kept."
BROKEN = "A form in this vault cannot be read. What was written in it is kept."
UNREAD = {
    RETIRED: "Which of your forms are retired cannot be read; all of them are offered. What stood there is kept.",
    SNIPPETS: "Your short words cannot be read. What stood there is kept.",
}
"""What is said of a small list that cannot be read."""
LONGEST = 1_000_000
"""The most letters of a declaration that is read."""
NOT_CHANGED_HERE = "The form it was copied from is not in this program, so it can be read but not changed here."


class Copiable(NamedTuple):
    """One card of a shipped form, and why it cannot be copied, empty where it can."""

    form: Form
    card: Card
    why_not: str


class BeingAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A question that is being worded: `key` of the one it changes, `after` which one it comes; `options` as typed."""

    words: OwnQuestion = OwnQuestion()
    options: str = ""
    key: str = ""
    after: str = ""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A form that is being changed and not kept yet, with the question that is being worded, if one is."""

    form: Form
    asked: BeingAsked | None = None


class OwnForms:
    """The own forms of one open vault; `forms`, which they are added to, belongs to that vault alone.

    `troubles` says of declarations that could not be read why not; their entries are told as made by a newer program.
    """

    def __init__(self, store: Store, forms: Forms, stamps: Stamps) -> None:
        self._store, self._forms, self._stamps = store, forms, stamps
        self._shipped = tuple(forms.current(id) for id in sorted({one.id for one in forms.all()}))
        self._highest: dict[str, int] = {}
        self.troubles: tuple[str, ...] = ()
        self._load()
        self._forms.retire(self._retired())

    def all(self) -> list[Form]:
        """Return the newest version of each, those that are offered first, then by name."""
        ids = {one.id for one in self._forms.all() if own_form.is_own_id(one.id)}
        found = [self._forms.current(one) for one in ids]
        return sorted(found, key=lambda one: (not self.is_offered(one.id), one.title.casefold(), one.id))

    def is_offered(self, id: str) -> bool:
        """Say whether something new can be begun in one."""
        return self._forms.offers(id)

    def copiable(self) -> list[Copiable]:
        """Return every card of every shipped form, by name, with the reason of those that cannot be copied."""
        found = [
            Copiable(form, card, own_form.NOT_COPIED.get(form.id, "")) for form in self._shipped for card in form.cards
        ]
        return sorted(found, key=lambda one: (bool(one.why_not), one.card.title.casefold()))

    def base(self, form: Form) -> Card | None:
        """Return the shipped card that a form was copied from; None where it cannot be changed for want of one."""
        shipped = next((one for one in self._shipped if one.id == form.based_on), None)
        if shipped is None or len(form.cards) != 1:
            return None
        return next((one for one in shipped.cards if one.id == form.cards[0].id), None)

    def copy(self, form_id: str, card_id: str = "") -> Form:
        """Return a copy of a card of a shipped form, not kept yet; OwnFormError with the reason where there is none."""
        shipped = next((one for one in self._shipped if one.id == form_id), None)
        if shipped is None:
            raise OwnFormError(NOT_CHANGED_HERE)
        card = shipped.card(card_id) if card_id else shipped.cards[0]
        return own_form.copied(shipped, card, f"own_{self._stamps.new_id()}")

    def question(self, words: OwnQuestion, old: Question | None = None) -> Question:
        """Return a question as it is declared; see `own_form.question_of`."""
        return own_form.question_of(own_form.tidied(words), self._stamps.new_id, old)

    def keep(self, form: Form) -> Changed:
        """Keep a form and let its draft go; OwnFormError where it cannot be kept as it is.

        One that says anything else than before gets a new version; what was written stays in the one before.
        """
        form = own_form.titled(form, " ".join(form.title.split()))
        if not own_form.is_own_id(form.id) or self.base(form) is None:
            raise OwnFormError(NOT_CHANGED_HERE)
        trouble = own_form.unfit(form)
        if trouble:
            raise OwnFormError(trouble)
        form = msgspec.structs.replace(form, version=self._version(form))
        try:
            with self._writing():
                self._store.settings.put(f"{FORM}{form.id} {form.version}", msgspec.to_builtins(form))
                self._store.settings.drop(DRAFT + form.id)
        except SaveWaitingError:
            self._take(form)
            raise
        self._take(form)
        return _changed()

    def retire(self, id: str) -> Changed:
        """Offer a form for nothing new any more; what was written in it stays and reads on."""
        return self._retire([*self._retired(), id])

    def bring_back(self, id: str) -> Changed:
        """Offer a retired form again."""
        return self._retire(one for one in self._retired() if one != id)

    def drafts(self) -> list[Draft]:
        """Return what is being changed and not kept yet, by name; what cannot be read is left where it is."""
        found = []
        for text in self._store.settings.texts(DRAFT).values():
            draft = _read(text, Draft)
            if draft is not None and self.base(draft.form) is not None and self.is_sound(draft.form):
                found.append(draft)
        return sorted(found, key=lambda one: one.form.title.casefold())

    def draft(self, id: str) -> Draft | None:
        """Return the draft of a form, or None."""
        return next((one for one in self.drafts() if one.form.id == id), None)

    def keep_draft(self, draft: Draft) -> None:
        """Keep what is being changed, so that a lock loses nothing; read-only vaults keep none."""
        if not self._store.read_only:
            with self._store.transaction():
                self._store.settings.put(DRAFT + draft.form.id, msgspec.to_builtins(draft))

    def drop_draft(self, id: str) -> None:
        """Let go of what was being changed."""
        if not self._store.read_only and self._store.settings.texts(DRAFT + id):
            with self._store.transaction():
                self._store.settings.drop(DRAFT + id)

    def _version(self, form: Form) -> int:
        """Return the version to keep a form under: what was kept under a number stays what it says for ever.

        A page may be open in it, words held for it, and a note of it in a backup, also where none is here any more.
        """
        highest, known = self._highest.get(form.id, 0), self._forms.newest(form.id)
        same = known > 0 and msgspec.structs.replace(form, version=known) == self._forms.current(form.id)
        return known if same and highest == known else highest + 1

    def _take(self, form: Form) -> None:
        self._forms.add(form)
        self._highest[form.id] = max(form.version, self._highest.get(form.id, 0))

    def _load(self) -> None:
        troubles = []
        for name, text in sorted(self._store.settings.texts(f"{FORM}own_").items()):
            id, _, version = name.removeprefix(FORM).partition(" ")
            if not own_form.is_own_id(id) or not _VERSION.fullmatch(version):
                troubles.append(BROKEN)
                continue
            self._highest[id] = max(int(version), self._highest.get(id, 0))
            form = _read(text, Form)
            if form is None:
                troubles.append(NEWER if _read(text, dict) is not None else BROKEN)
            elif (form.id, form.version) != (id, int(version)) or not self.is_sound(form):
                troubles.append(BROKEN)
            else:
                self._forms.add(form)
        troubles += [words for name, words in UNREAD.items() if self._store.settings.is_unreadable(name)]
        self.troubles = tuple(dict.fromkeys(troubles))

    def is_sound(self, form: Form) -> bool:
        """Say whether entries can be read by a declaration, and are of a card that may have copies."""
        if not form.cards or form.based_on in {"", *own_form.NOT_COPIED} or any(problems(form)):
            return False
        unknown = all(one.id != form.based_on for one in self._shipped)
        return unknown or self.base(form) is not None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Write all of a block or nothing; NotDoneError where the disk took none of it."""
        try:
            with self._store.transaction():
                yield
        except KnownError as fault:
            raise of_act(fault) from None

    def _retired(self) -> list[str]:
        return [one for one in self._store.settings.listed(RETIRED) if isinstance(one, str)]

    def _retire(self, ids: Iterable[str]) -> Changed:
        wanted = sorted(set(ids))
        try:
            with self._writing():
                self._store.settings.put_list(RETIRED, wanted)
        finally:
            # Also where the save only waits for room; else what is kept counts on.
            self._forms.retire(self._retired())
        return _changed()


def _read(text: str, kind: type[One]) -> One | None:
    if len(text) > LONGEST:
        return None
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def _changed() -> Changed:
    return Changed(kinds=frozenset({Touched.SETTING}))
