"""A client's story, told in a few lines: days are counted from one fixed day, the past below nought."""

import datetime
from typing import Any

from alliance_desktop.domain import attention
from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.attention import Reason, Rule
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import Arc, ArcId, ClientId, Entry, EntryId, Mark, State
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.story import ClientStory

TODAY = datetime.date(2026, 3, 20)
PLAIN = Numbers()
HAPPENED = {
    "session.note": "date",
    "outreach.try": "tried_on",
    "outreach.pause": "paused_on",
    "concern.concern": "received_on",
    "life_event.life_event": "on",
}


def at(days: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=days)


def on(days: int) -> Any:
    """Return a date answer."""
    return dated(at(days))


def moment(days: int) -> datetime.datetime:
    return datetime.datetime.combine(at(days), datetime.time(12), datetime.UTC)


class Told:
    """Gathers one client's entries and strains."""

    def __init__(self, state: str = "active", **answers: Any) -> None:
        answers = {"state": chosen(state), "called": "Maya", **answers}
        self.client = Client(id=ClientId(7), created_at=moment(-400), answers=answers)
        self.entries: list[Entry] = []
        self.arcs: list[Arc] = []
        self.turned: dict[ArcId, datetime.date] = {}

    def add(
        self,
        what: str,
        days: int,
        /,
        *,
        arc: Arc | None = None,
        draft: bool = False,
        mark: Mark = Mark.NONE,
        written: int | None = None,
        **answers: Any,
    ) -> Entry:
        form, card = what.split(".")
        number = len(self.entries) + 1
        if what in HAPPENED:
            answers = {HAPPENED[what]: on(days), **answers}
        made = moment(days if written is None else written)
        entry = Entry(
            id=EntryId(number),
            client=self.client.id,
            form=form,
            form_version=1,
            card=card,
            happened_on=at(days),
            created_at=made,
            touched_at=made,
            arc=arc.id if arc is not None else None,
            turn=arc.turn if arc is not None else 1,
            sequence=number,
            state=State.DRAFT if draft else State.FINISHED,
            mark=mark,
            answers=answers,
        )
        self.entries.append(entry)
        return entry

    def session(self, days: int, attendance: str = "attended", **answers: Any) -> Entry:
        given = {"attendance": chosen(attendance)} if attendance else {}
        return self.add("session.note", days, **given, **answers)

    def tried(self, days: int, response: str = "", avenue: str = "text", **answers: Any) -> Entry:
        return self.add("outreach.try", days, response=chosen(response), avenue=chosen(avenue), **answers)

    def strain(self, days: int | None, status: str = "noticed", *, turn: int = 1, offered: bool = False) -> Arc:
        """Add a strain; with a day, its first card as well."""
        id = ArcId(len(self.arcs) + 101)
        arc = Arc(
            id=id,
            client=self.client.id,
            form="rupture",
            created_at=moment(days or 0),
            status=status,
            turn=turn,
            offered=offered,
        )
        self.arcs.append(arc)
        if days is not None:
            self.add("rupture.notice", days, arc=arc, noticed_on=on(days), name="the blip remark")
        return arc

    @property
    def story(self) -> ClientStory:
        return ClientStory(client=self.client, entries=self.entries, arcs=self.arcs, turned=self.turned)

    def reasons(self, days: int = 0, numbers: Numbers = PLAIN) -> list[Reason]:
        return attention.reasons(self.story, at(days), numbers)

    def shown(self, rule: Rule, days: int = 0, numbers: Numbers = PLAIN) -> list[Reason]:
        return [one for one in self.reasons(days, numbers) if one.rule is rule]

    def days_shown(self, rule: Rule, days: range, numbers: Numbers = PLAIN) -> list[int]:
        """Return on which of some days a rule shows something: its edges."""
        return [one for one in days if self.shown(rule, one, numbers)]
