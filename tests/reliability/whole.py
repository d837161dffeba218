"""R19m: any order of create, edit, finish, amend, link, bin, restore, take out, delete and reopen; found by chance.

Hypothesis looks for the shortest way to a difference between the program and a model of plain Python.
"""

import datetime
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.reporting import with_reporter
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from service_cases import CHEAP, Clock

from alliance_desktop.domain.answers import dated
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.errors import BinnedError, FinishedError, KnownError
from alliance_desktop.domain.form import Kind
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import load_forms
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.storage.bin import Bin
from tests.reliability import vaults
from tests.reliability.frame import Control, Figures, Trial, most, tries
from tests.reliability.whole_model import Noted, Whole

CARDS = {
    "session": "note",
    "goal": "goal",
    "feedback": "feedback",
    "life_event": "life_event",
    "closing": "closing",
    "safeguarding": "concern",
    "contact": "contact",
    "supervision": "session",
    "disclosure": "disclosure",
}
"""A form of each sort: of a client, of nobody, of either, with a drawer, kept up over time, and those that link."""

OWN = frozenset({"contact", "supervision"})
STEPS = 25
FORMS = load_forms(resource("forms"))
WORDS = st.sampled_from(("", "quiet", "two\nlines", "שלום 5", "👩‍👧", "'; DROP--", "\x00", "{}", " "))
DAYS = st.integers(-800, 40)
PICK = st.integers(0, 1 << 16)
TEXTUAL = frozenset({Kind.PROSE, Kind.LINE})
NO_CHANCE = bytes
"""Chance that never helps: so many noughts. Ids then follow from the clock alone, and the same steps are the same."""


class Whole19(RuleBasedStateMachine):
    """Does each step to a real vault and to the model; after each, both must say the same."""

    made: ClassVar[vaults.Made]
    place: ClassVar[Path]
    begun: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).begun += 1
        self._clock = Clock()
        self._folder = self.made.copy(self.place / f"Tried{self.begun}.vault")
        self.vault = self._opened()
        self.model = Whole(
            {card: str(_card(form).dated_by) for form, card in CARDS.items()},
            {card: _keys_that_lead_to_named_forms(form) for form, card in CARDS.items()},
            frozenset(one.id for one in FORMS.all() if one.drawer),
        )

    def teardown(self) -> None:
        self.vault.close()
        shutil.rmtree(self._folder)

    @initialize(called=WORDS)
    def add_first(self, called: str) -> None:
        self.add_client(called)

    @rule(called=WORDS)
    def add_client(self, called: str) -> None:
        answers = {"code": "C", "called": called}
        id = int(self.vault.notebook.add_client(answers).client or 0)
        assert self.model.is_new(id), "an id is given twice"
        self.model.clients[id] = answers

    @rule(minutes=st.sampled_from((1, 6, 60, 1440, 44_000, -3000, 900_000)))
    def time_goes_by(self, minutes: int) -> None:
        self._clock.move(minutes=minutes)

    @rule(
        form=st.sampled_from(sorted(CARDS)), pick=PICK, said=st.lists(WORDS, max_size=4), day=DAYS, dates=st.booleans()
    )
    def begin(self, form: str, pick: int, said: list[str], day: int, dates: bool) -> None:
        nobody = form in OWN or not self.model.clients or (form == "disclosure" and pick % 2)
        client = None if nobody else sorted(self.model.clients)[pick % len(self.model.clients)]
        if client is None and form not in OWN | {"disclosure"}:
            return
        id = int(self.vault.notebook.new_entry())
        assert self.model.is_new(id), "an id is given twice"
        self.model.use(self._clock().date())
        noted = Noted(id, client, form, CARDS[form], self._clock())
        self.model.noted[id] = noted
        answers = self._answers(noted, said, day if dates else None, pick)
        self._write(noted, answers)
        noted.answers = self.model.without_drawers(noted, answers)

    @precondition(lambda self: self.model.noted)
    @rule(pick=PICK, said=st.lists(WORDS, max_size=4), day=DAYS, dates=st.booleans())
    def edit(self, pick: int, said: list[str], day: int, dates: bool) -> None:
        one = self._some(pick)
        answers = self._answers(one, said, day if dates else None, pick)
        if self._is_refused(one, lambda: self._write(one, answers)):
            return
        self._write(one, answers)
        self.model.use(self._clock().date())
        one.write(self.model.without_drawers(one, answers), self._clock())

    @precondition(lambda self: self.model.noted)
    @rule(pick=PICK)
    def finish(self, pick: int) -> None:
        one = self._some(pick)
        if self._is_in_bin(one, lambda: self.vault.notebook.finish(EntryId(one.id))):
            return
        self.vault.notebook.finish(EntryId(one.id))
        one.finished = True

    @precondition(lambda self: any(one.finished for one in self.model.noted.values()))
    @rule(pick=PICK, text=WORDS, private=st.booleans())
    def amend(self, pick: int, text: str, private: bool) -> None:
        done = [one for one in self.model.noted.values() if one.finished]
        one = done[pick % len(done)]
        if self._is_in_bin(one, lambda: self.vault.notebook.amend(EntryId(one.id), text, private=private)):
            return
        self.vault.notebook.amend(EntryId(one.id), text, private=private)
        one.addenda.append((text, private))

    @precondition(lambda self: self.model.noted)
    @rule(pick=PICK)
    def bin_or_put_back(self, pick: int) -> None:
        one = self._some(pick)
        if one.binned_at is None:
            newest = max(self.model.noted.values(), key=lambda other: other.id).touched_at
            self.vault.history.bin(EntryId(one.id))
            one.binned_at = max(self._clock(), newest)
            one.events.append("binned")
        else:
            self.vault.history.put_back(EntryId(one.id))
            one.binned_at = None
            one.events.append("put_back")

    @rule()
    def believe(self) -> None:
        if not self.model.doubts(self._clock().date()):
            return
        self.vault.attention.believe(self._clock().date())
        self.model.believe(self._clock().date())

    @rule()
    def purge(self) -> None:
        assert self.vault.history.purge() == self.model.purge(self._clock())

    @precondition(lambda self: any(one.versions for one in self.model.noted.values()))
    @rule(pick=PICK)
    def restore(self, pick: int) -> None:
        some = [one for one in self.model.noted.values() if one.versions]
        one = some[pick % len(some)]
        kept = self.vault.history.versions(EntryId(one.id))
        place = pick % len(kept)
        if self._is_refused(one, lambda: self.vault.history.restore(EntryId(one.id), kept[place].id)):
            return
        self.vault.history.restore(EntryId(one.id), kept[place].id)
        self.model.use(self._clock().date())
        one.restore(place, self._clock())

    @precondition(lambda self: any(one.answers for one in self.model.noted.values()))
    @rule(pick=PICK)
    def take_out(self, pick: int) -> None:
        some = [one for one in self.model.noted.values() if one.answers]
        one = some[pick % len(some)]
        keys = set(sorted(one.answers)[: pick % len(one.answers) + 1])
        if self._is_in_bin(one, lambda: self.vault.history.redact(EntryId(one.id), keys, (), "the wrong file")):
            return
        self.vault.history.redact(EntryId(one.id), keys, (), "the wrong file")
        self.model.use(self._clock().date())
        one.redact(keys, self._clock())

    @precondition(lambda self: len(self.model.clients) > 1)
    @rule(pick=PICK)
    def delete_client(self, pick: int) -> None:
        id = sorted(self.model.clients)[pick % len(self.model.clients)]
        self.vault.history.delete_client(ClientId(id), self.made.own_secrets())
        self.model.forget(id)

    @rule()
    def lock_and_reopen(self) -> None:
        self.vault.close()
        self.vault = self._opened()
        self.model.believed = None

    @invariant()
    def both_say_the_same(self) -> None:
        real, model = self._told(), self.model.told(self._clock().date())
        apart = [
            f"{what}: the program {real[what]}, the model {model[what]}" for what in model if real[what] != model[what]
        ]
        assert not apart, "; ".join(apart)

    # -- parts --------------------------------------------------------------------------------------------------------

    def _opened(self) -> OpenVault:
        return Access(FORMS, self._clock, NO_CHANCE, CHEAP).open(self._folder, self.made.own_secrets())

    def _some(self, pick: int) -> Noted:
        return list(self.model.noted.values())[pick % len(self.model.noted)]

    def _is_refused(self, one: Noted, change: Callable[[], object]) -> bool:
        """Say whether an entry may not be changed; where that is so, try it, and hold the program to refusing it."""
        wanted: type[KnownError] | None = FinishedError if one.finished else None
        if one.binned_at is not None:
            wanted = BinnedError
        if wanted is None:
            return False
        try:
            change()
        except wanted:
            return True
        raise AssertionError("what is finished or in the bin was changed")

    def _is_in_bin(self, one: Noted, act: Callable[[], object]) -> bool:
        """Say whether an entry lies in the bin, where nothing is done to it."""
        if one.binned_at is None:
            return False
        try:
            act()
        except BinnedError:
            return True
        raise AssertionError("something was done to what is in the bin")

    def _answers(self, noted: Noted, said: list[str], day: int | None, pick: int) -> dict[str, Any]:
        card = _card(noted.form)
        keys = [one.key for one in card.questions if one.kind in TEXTUAL]
        answers: dict[str, Any] = {key: text for key, text in zip(keys[pick % len(keys) :], said, strict=False) if text}
        if day is not None and card.dated_by:
            answers[card.dated_by] = dated(self._clock().date() + datetime.timedelta(days=day))
        link = next((one for one in card.questions if one.kind is Kind.LINK), None)
        others = [id for id in self.model.noted if id != noted.id]
        if link is not None and others and pick % 3 == 0:
            answers[link.key] = [others[pick % len(others)]]
        return answers

    def _write(self, noted: Noted, answers: dict[str, Any]) -> None:
        self.vault.notebook.write(
            WriteCard(
                client=None if noted.client is None else ClientId(noted.client),
                form=noted.form,
                card=noted.card,
                answers=answers,
                entry=EntryId(noted.id),
            )
        )

    def _told(self) -> dict[str, Any]:
        book, history = self.vault.notebook, self.vault.history
        clients = {int(one.id): one for one in book.clients()}
        entries: dict[int | None, list[Any]] = {None: book.own_entries()}
        entries |= {id: book.entries(ClientId(id)) for id in sorted(clients)}
        ids = list(self.model.noted)
        return {
            "clients": {id: one.answers for id, one in clients.items()},
            "entries": {who: [self._entry_told(one) for one in some] for who, some in entries.items()},
            "last days": {id: one.last_on for id, one in clients.items()},
            "day is in doubt": book.clock_doubt() is not None,
            "bin": {int(one.entry.id): one.entry.answers for one in history.binned()},
            "versions": {id: [one.answers for one in history.versions(EntryId(id))] for id in ids},
            "events": {id: [str(one.what) for one in history.events(EntryId(id))] for id in ids},
            "linked from": {id: [int(one.id) for one in book.links_to(EntryId(id))] for id in ids},
            "drafts": {int(one.id) for one in self.vault.drafts()},
        }

    def _entry_told(self, entry: Any) -> tuple[Any, ...]:
        addenda = [(one.text, one.private) for one in self.vault.notebook.addenda(entry.id)]
        finished = entry.state == "finished"
        return int(entry.id), entry.form, entry.card, entry.happened_on, finished, entry.answers, addenda


def _card(form: str) -> Any:
    return FORMS.current(form).card(CARDS[form])


def _keys_that_lead_to_named_forms(form: str) -> frozenset[str]:
    return frozenset(one.key for one in _card(form).questions if one.kind is Kind.LINK and one.targets)


def runs(count: int, folder: Path, *, shortest: bool = True) -> Figures:
    """Let Hypothesis go so many ways through a vault; it stops at the first difference, and tells the way to it.

    The way told is the shortest it finds, unless that is not asked for. Whatever else a step raises is a difference
    too: the model knows every error that a step may meet.
    """
    different = 0
    with tempfile.TemporaryDirectory(dir=folder if not os.access("/dev/shm", os.W_OK) else "/dev/shm") as quick:

        class Tried(Whole19):
            made = vaults.make(Path(quick))
            place = Path(quick)

        asked = settings(
            max_examples=count,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=True,
            verbosity=Verbosity.normal,
            phases=(Phase.generate, Phase.shrink) if shortest else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        try:
            with with_reporter(_tell):
                run_state_machine_as_test(Tried, settings=asked)
        except Exception as fault:  # noqa: BLE001  # whatever a step raises is what is looked for
            different = 1
            sys.stderr.write("".join(traceback.format_exception(fault)))
        return {"runs": Tried.begun, "differences": different}


def _tell(told: object) -> None:
    sys.stderr.write(f"{told}\n")


def _without(name: str, stand_in: Callable[..., None]) -> Callable[[int, Path], Figures]:
    def run(count: int, folder: Path) -> Figures:
        real = getattr(Bin, name)
        setattr(Bin, name, stand_in)
        try:
            return runs(count, folder, shortest=False)
        finally:
            setattr(Bin, name, real)

    return run


TRIALS = (
    Trial(
        "R19m",
        "any order of create, edit, finish, amend, link, bin, restore, take out, delete, reopen; against a model",
        (tries("runs", 500), most("differences", 0)),
        runs,
        fast=12,
        full=500,
        controls=(
            Control(
                "the newest day of a client does not follow the bin", _without("_follow", lambda *_: None), fast=40
            ),
        ),
    ),
)
