"""What a notebook with history, links and a bin holds, in plain Python: what R19m holds the real one against."""

import datetime
from typing import Any

Answers = dict[str, Any]

LEAST_APART = datetime.timedelta(minutes=5)
DAYS_IN_BIN = 30


class Noted:
    """One entry as the model knows it: what it says and said, and where it lies."""

    def __init__(self, id: int, client: int | None, form: str, card: str, at: datetime.datetime) -> None:
        self.id, self.client, self.form, self.card = id, client, form, card
        self.created_at = self.touched_at = at
        self.answers: Answers = {}
        self.versions: list[Answers] = []
        self.kept_at: datetime.datetime | None = None
        self.addenda: list[tuple[str, bool]] = []
        self.events: list[str] = []
        self.finished = False
        self.binned_at: datetime.datetime | None = None

    def keep(self) -> None:
        """Keep what it says now as a version; what says nothing is not kept."""
        if any(one.strip() if isinstance(one, str) else one for one in self.answers.values()):
            self.versions.append(self.answers)
            self.kept_at = self.touched_at

    def write(self, answers: Answers, now: datetime.datetime) -> None:
        texts = {key: len(one.strip()) for key, one in self.answers.items() if isinstance(one, str)}
        left = {key: len(str(answers.get(key, "")).strip()) for key in texts}
        much = any(
            was > left[key] and (left[key] <= was * 2 / 3 or was - left[key] >= 200) for key, was in texts.items()
        )
        if much or abs(now - (self.kept_at or self.created_at)) >= LEAST_APART:
            self.keep()
        self.answers, self.touched_at = answers, now

    def restore(self, place: int, now: datetime.datetime) -> None:
        back = self.versions[place]
        if self.answers not in self.versions:
            self.keep()
        self.answers, self.touched_at = back, now
        self.events.append("restored")

    def redact(self, keys: set[str], now: datetime.datetime) -> None:
        self.answers, *self.versions = [
            {key: one for key, one in told.items() if key not in keys} for told in (self.answers, *self.versions)
        ]
        self.versions = [one for one in self.versions if one]
        self.touched_at = now
        self.events.append("redacted")

    def happened_on(self, dated_by: str) -> datetime.date:
        day = self.answers.get(dated_by)
        return datetime.date.fromisoformat(day["on"]) if day else self.created_at.date()

    def links(self) -> set[int]:
        return {one for answer in self.answers.values() if isinstance(answer, list) for one in answer}


class Whole:
    """All of a vault as the model knows it; `dated_by` names the question that dates each card."""

    def __init__(self, dated_by: dict[str, str]) -> None:
        self._dated_by = dated_by
        self.clients: dict[int, Answers] = {}
        self.noted: dict[int, Noted] = {}
        self.sure: datetime.date | None = None
        self.waits = datetime.date.min

    def doubts(self, today: datetime.date) -> bool:
        """Say whether a day does not fit the last sure one."""
        return self.sure is not None and not -1 <= (today - self.sure).days <= 400

    def use(self, today: datetime.date, *, believed: bool = False) -> None:
        """Be used on a day, which is a sure one where it fits or was said to be right."""
        if self.sure is None:
            self.sure = today
        if believed or (not self.doubts(today) and today > self.sure):
            after = today + datetime.timedelta(days=DAYS_IN_BIN)
            self.waits = after if abs((today - self.sure).days) > 45 else min(self.waits, after)
            self.sure = today

    def living(self) -> list[Noted]:
        return [one for one in self.noted.values() if one.binned_at is None]

    def on(self, one: Noted) -> datetime.date:
        return one.happened_on(self._dated_by[one.card])

    def purge(self, now: datetime.datetime) -> int:
        """Remove what was in the bin for its days; nothing while the day does not fit, nor after a long gap."""
        if all(one.binned_at is None for one in self.noted.values()) or self.doubts(now.date()):
            return 0
        self.use(now.date())
        if now.date() < self.waits:
            return 0
        days = datetime.timedelta(days=DAYS_IN_BIN)
        due = [
            id
            for id, one in self.noted.items()
            if one.binned_at is not None and one.binned_at <= now and one.binned_at.date() + days <= now.date()
        ]
        for id in due:
            del self.noted[id]
        return len(due)

    def forget(self, client: int) -> None:
        del self.clients[client]
        self.noted = {id: one for id, one in self.noted.items() if one.client != client}

    def told(self) -> dict[str, Any]:
        """Return everything that the real notebook must say as well."""
        known = sorted(self.living(), key=lambda one: (self.on(one), one.id))
        owners = [None, *sorted(self.clients)]
        return {
            "clients": self.clients,
            "entries": {who: [self._told(one) for one in known if one.client == who] for who in owners},
            "last days": {
                who: max((self.on(one) for one in known if one.client == who), default=None) for who in self.clients
            },
            "bin": {id: one.answers for id, one in self.noted.items() if one.binned_at is not None},
            "versions": {id: one.versions for id, one in self.noted.items()},
            "events": {id: one.events for id, one in self.noted.items()},
            "linked from": {id: [one.id for one in known if id in one.links()] for id in self.noted},
            "drafts": {one.id for one in known if not one.finished},
        }

    def _told(self, one: Noted) -> tuple[Any, ...]:
        return one.id, one.form, one.card, self.on(one), one.finished, one.answers, one.addenda
