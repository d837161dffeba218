"""The sample caseload: eight invented people, written into a vault of its own through the same services."""

import datetime
import tomllib
from typing import Any

from alliance_desktop.domain import rupture
from alliance_desktop.domain.answers import About, Answer, Answers, dated
from alliance_desktop.domain.entry import ArcId, ClientId, EntryId
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.notebook import Notebook, WriteCard
from alliance_desktop.services.stamps import Now, Random, Stamps
from alliance_desktop.services.strains import Strains
from alliance_desktop.storage.store import Store

PASSPHRASE = "sample caseload only"
_WRITTEN_AT = "17:00"


class _Clock:
    """The time that an entry of the sample was written, in the counsellor's own zone."""

    def __init__(self, today: datetime.date) -> None:
        self._today = today
        self._at = self.moment(0, _WRITTEN_AT)

    def __call__(self) -> datetime.datetime:
        return self._at

    def moment(self, day: int, at: str) -> datetime.datetime:
        time = datetime.time.fromisoformat(at)
        local = datetime.datetime.combine(self._today + datetime.timedelta(days=day), time)
        return local.astimezone().astimezone(datetime.UTC)

    def set(self, day: int, at: str) -> None:
        self._at = self.moment(day, at)

    def day(self, offset: int) -> datetime.date:
        return self._today + datetime.timedelta(days=offset)


def fill(store: Store, forms: Forms, text: str, now: Now, random: Random) -> None:
    """Write the people of the sample file `text` into a sample vault, their days counted from today."""
    clock = _Clock(now().astimezone().date())
    stamps = Stamps(clock, random)
    teller = _Teller(Notebook(store, forms, stamps), Strains(store, forms, stamps), clock)
    for person in tomllib.loads(text)["people"]:
        teller.tell(person)


class _Teller:
    """Writes one person after another."""

    def __init__(self, notebook: Notebook, strains: Strains, clock: _Clock) -> None:
        self._notebook, self._strains, self._clock = notebook, strains, clock
        self._labels: dict[str, EntryId] = {}
        self._arcs: dict[str, ArcId] = {}

    def tell(self, person: dict[str, Any]) -> None:
        """Write a person's details, entries and statuses in the order they happened."""
        self._labels, self._arcs = {}, {}
        entries = person.get("entries", [])
        if entries:
            self._clock.set(entries[0]["day"], "09:00")
        client = self._notebook.add_client(self._real(person["client"])).client
        if client is None:
            return
        deeds = [(_order(one, 1), self._entry, one) for one in entries]
        deeds += [(_order(one, 0 if _opens(one) else 2), self._status, one) for one in person.get("status", [])]
        for _, deed, told in sorted(deeds, key=lambda one: one[0]):
            deed(client, told)

    def _entry(self, client: ClientId, told: dict[str, Any]) -> None:
        self._clock.set(told["day"], told.get("at", _WRITTEN_AT))
        arc = self._arcs.get(told.get("arc", ""))
        entry = self._notebook.new_entry()
        changed = self._notebook.write(
            WriteCard(
                client=client,
                form=told["form"],
                card=told["card"],
                answers=self._real(told["answers"]),
                entry=entry,
                arc=arc,
            )
        )
        if told.get("arc") and changed.arc is not None:
            self._arcs[told["arc"]] = changed.arc
        if told.get("label"):
            self._labels[told["label"]] = entry
        if told.get("finished"):
            self._notebook.finish(entry)
        for addendum in told.get("addenda", []):
            self._clock.set(addendum["day"], addendum.get("at", _WRITTEN_AT))
            self._notebook.amend(entry, addendum["text"], private=bool(addendum.get("private")))

    def _status(self, client: ClientId, told: dict[str, Any]) -> None:
        self._clock.set(told["day"], _WRITTEN_AT)
        arc = self._arcs[told["arc"]]
        status, on = rupture.Status(told["status"]), self._clock.day(told["day"])
        strain = self._strains.strain(arc)
        if strain.arc.status == status and strain.arc.turn >= told.get("turn", 1):
            return
        self._strains.set_status(arc, status, on, told.get("why", ""))

    def _real(self, answers: Answers) -> Answers:
        return {key: self._answer(answer) for key, answer in answers.items()}

    def _answer(self, answer: Answer) -> Answer:
        if isinstance(answer, dict) and isinstance(answer.get("day"), int):
            return dated(self._clock.day(answer["day"]), About(answer.get("about", "")))
        if isinstance(answer, dict):
            return {key: self._answer(value) for key, value in answer.items()}
        if isinstance(answer, list):
            known = [self._labels.get(one, one) if isinstance(one, str) else one for one in answer]
            return [self._answer(one) for one in known]
        return answer


def _order(told: dict[str, Any], step: int) -> tuple[int, int, int]:
    """Return when something of a person is written: by day, then turn, and within it opening, cards, other statuses."""
    return told["day"], told.get("turn", 1), step


def _opens(status: dict[str, Any]) -> bool:
    return bool(status.get("turn", 1) > 1 and rupture.is_open(status["status"]))
