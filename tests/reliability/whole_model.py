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
        self.kept: list[tuple[Answers, datetime.datetime]] = []
        self.addenda: list[tuple[str, bool]] = []
        self.events: list[str] = []
        self.finished = False
        self.binned_at: datetime.datetime | None = None

    @property
    def versions(self) -> list[Answers]:
        """What it said before, oldest first."""
        return [one for one, _ in self.kept]

    def keep(self) -> None:
        """Keep what it says now as a version; what says nothing is not kept."""
        if any(one.strip() if isinstance(one, str) else one for one in self.answers.values()):
            self.kept.append((self.answers, self.touched_at))

    def write(self, answers: Answers, now: datetime.datetime) -> None:
        texts = {key: len(one.strip()) for key, one in self.answers.items() if isinstance(one, str)}
        left = {key: len(str(answers.get(key, "")).strip()) for key in texts}
        much = any(
            was > left[key] and (left[key] <= was * 2 / 3 or was - left[key] >= 200) for key, was in texts.items()
        )
        since = self.kept[-1][1] if self.kept else self.created_at
        if much or abs(now - since) >= LEAST_APART:
            self.keep()
        self.answers, self.touched_at = answers, now

    def restore(self, place: int, now: datetime.datetime) -> None:
        back = self.versions[place]
        if self.answers not in self.versions:
            self.keep()
        self.answers, self.touched_at = back, now
        self.events.append("restored")

    def redact(self, keys: set[str], now: datetime.datetime) -> None:
        left = [(_without(told, keys), at) for told, at in self.kept]
        self.kept = [one for one in left if one[0]]
        self.answers = _without(self.answers, keys)
        self.touched_at = now
        self.events.append("redacted")

    def happened_on(self, dated_by: str) -> datetime.date:
        day = self.answers.get(dated_by)
        return datetime.date.fromisoformat(day["on"]) if day else self.created_at.date()

    def links(self) -> set[int]:
        return {one for answer in self.answers.values() if isinstance(answer, list) for one in answer}


def _without(answers: Answers, keys: set[str]) -> Answers:
    return {key: one for key, one in answers.items() if key not in keys}


class Whole:
    """All of a vault as the model knows it.

    `dated_by` names the question that dates each card, `named` those of each card that link to forms which they name,
    `drawers` the forms that lie in a drawer, which none of those may lead into.
    """

    def __init__(self, dated_by: dict[str, str], named: dict[str, frozenset[str]], drawers: frozenset[str]) -> None:
        self._dated_by, self._named, self._drawers = dated_by, named, drawers
        self.clients: dict[int, Answers] = {}
        self.noted: dict[int, Noted] = {}
        self._newest = 0
        self.sure: datetime.date | None = None
        self.waits = datetime.date.min
        self.believed: datetime.date | None = None
        """The day that was last said to be right since the vault was opened."""

    def is_new(self, id: int) -> bool:
        """Say whether an id was never given before, to something that is long gone either: links may still name it."""
        is_new = id > self._newest
        self._newest = max(self._newest, id)
        return is_new

    def without_drawers(self, noted: Noted, answers: Answers) -> Answers:
        """Return the answers that are kept: without links into a drawer where a question names where it leads."""
        away = {one.id for one in self.noted.values() if one.form in self._drawers}
        return {
            key: [id for id in one if id not in away] if key in self._named[noted.card] else one
            for key, one in answers.items()
        }

    def doubts(self, today: datetime.date) -> bool:
        """Say whether a day does not fit the last sure one, and was not said to be right."""
        return self.sure is not None and today != self.believed and not -1 <= (today - self.sure).days <= 400

    def believe(self, today: datetime.date) -> None:
        """Take a day for right, as the counsellor says."""
        self.believed = today
        self.use(today)

    def use(self, today: datetime.date) -> None:
        """Be used on a day, which is a sure one where it fits or was said to be right."""
        if self.sure is None:
            self.sure = today
        if today == self.believed or (not self.doubts(today) and today > self.sure):
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

    def told(self, today: datetime.date) -> dict[str, Any]:
        """Return everything that the real notebook must say as well."""
        known = sorted(self.living(), key=lambda one: (self.on(one), one.id))
        owners = [None, *sorted(self.clients)]
        return {
            "clients": self.clients,
            "entries": {who: [self._told(one) for one in known if one.client == who] for who in owners},
            "last days": {
                who: max((self.on(one) for one in known if one.client == who), default=None) for who in self.clients
            },
            "day is in doubt": self.doubts(today),
            "bin": {id: one.answers for id, one in self.noted.items() if one.binned_at is not None},
            "versions": {id: one.versions for id, one in self.noted.items()},
            "events": {id: one.events for id, one in self.noted.items()},
            "linked from": {id: [one.id for one in known if id in one.links()] for id in self.noted},
            "drafts": {one.id for one in known if not one.finished},
        }

    def _told(self, one: Noted) -> tuple[Any, ...]:
        return one.id, one.form, one.card, self.on(one), one.finished, one.answers, one.addenda
