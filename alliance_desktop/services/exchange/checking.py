"""Whether lines say something that there can be: each for itself, and seen beside the others and the vault."""

import re
from collections.abc import Callable, Mapping

from alliance_desktop.domain import rupture
from alliance_desktop.domain.answers import Answers, about_of, date_of
from alliance_desktop.domain.attention.reason import Rule
from alliance_desktop.domain.entry import State
from alliance_desktop.domain.exchange.answering import Asking
from alliance_desktop.domain.exchange.errors import BadLineError
from alliance_desktop.domain.exchange.lines import Line
from alliance_desktop.domain.exchange.values import LineError, is_day, noon_of
from alliance_desktop.domain.form import Form
from alliance_desktop.services.exchange.asking import Askings
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.notebook import CLIENT_FORM
from alliance_desktop.storage.links import links_of
from alliance_desktop.storage.store import Store

Among = list[tuple[int, Line]]

_RULE = re.compile(r"(?P<rule>[a-z_]+):(?P<subject>0|[1-9]\d{0,15}):(?P<on>[^:]*)", re.ASCII)
_NO_CLIENT = "there is no client of this id before it"


class Checks:
    """Checks lines, and fills in what a line may leave out and only the forms can tell."""

    def __init__(self, store: Store, forms: Forms) -> None:
        self._rows, self._out, self._forms = store.bringing_in, store.taking_out, forms
        self.askings = Askings(forms)

    def alone(self, kind: str, line: Line) -> None:
        """LineError where a line is wrong whatever else there is."""
        checks: Mapping[str, Callable[[Line], None]] = {
            "client": self._client,
            "strain": _strain,
            "entry": self._entry,
            "earlier": _earlier,
            "answer": _answer,
        }
        checks[kind](line)

    def together(self, kind: str, lines: Among, is_new_entry: Callable[[int], bool]) -> None:
        """BadLineError for the first of new lines that does not go with the vault and what came before."""
        if kind == "earlier":
            self._of_new_entries(lines, is_new_entry)
            return
        if kind in {"client", "strain", "entry"}:
            self._must_have_own_ids(kind, lines)
        clients = self._rows.known("client", {one["client"] for _, one in lines} - {None}) if kind != "client" else ()
        for number, line in lines:
            if line.get("client") is not None and line["client"] not in clients:
                raise BadLineError(number, _NO_CLIENT)
        if kind == "entry":
            self._must_fit_strains(lines)

    def _client(self, line: Line) -> None:
        line["version"] = line["version"] or self._forms.newest(CLIENT_FORM)
        asking = self.askings.of_client(line["version"])
        if asking is None:
            raise LineError(f"this program has no version {line['version']} of the form of clients")
        asking.must_fit(line["answers"], {}, line["unasked"])

    def _entry(self, line: Line) -> None:
        form = self._form_of(line)
        asking = self._asking(line["form"], line["version"], line["card"])
        asking.must_fit(line["record"], line["private"], line["unasked"])
        _fill_in_times(line, form)
        if (form.about == "client" and line["client"] is None) or (form.about == "counsellor" and line["client"]):
            raise LineError(f"entries of this form belong to {'a client' if line['client'] is None else 'no client'}")
        if (line["form"] == rupture.FORM) != (line["strain"] is not None):
            raise LineError("a card of the form rupture, and no other, names its strain")
        if line["finished"] is not None and line["state"] != State.FINISHED:
            raise LineError('it has "finished", and its state is another')
        line["links"] = links = _links(line, self._forms.linking(line["form"]))
        if not {target for _, target in links}.issuperset(line["gone"]):
            raise LineError('"gone" names an entry to which it does not link')
        if line["gone"] != sorted(set(line["gone"])):
            raise LineError('"gone" is not in order, or names one twice')

    def _form_of(self, line: Line) -> Form:
        if not self._forms.newest(line["form"]) or line["form"] == CLIENT_FORM:
            raise LineError("this program has no form of that id for entries")
        line["version"] = line["version"] or self._forms.newest(line["form"])
        found = next(
            (one for one in self._forms.all() if (one.id, one.version) == (line["form"], line["version"])), None
        )
        if found is None:
            raise LineError(f"this program has no version {line['version']} of the form")
        return found

    def _asking(self, form: str, version: int, card: str) -> Asking:
        asking = self.askings.of(form, version, card)
        if asking is None:
            raise LineError("this version of the form has no card of that id")
        return asking

    def _of_new_entries(self, lines: Among, is_new_entry: Callable[[int], bool]) -> None:
        cards = self._out.cards_of(one["entry"] for _, one in lines)
        for number, line in lines:
            if not is_new_entry(line["entry"]):
                raise BadLineError(number, "its entry is not in the file, or is in the vault already without it")
            form, card = cards[line["entry"]]
            try:
                self._asking(form, line["version"], card).must_fit(line["record"], line["private"], line["unasked"])
            except LineError as fault:
                raise BadLineError(number, str(fault)) from None

    def _must_have_own_ids(self, kind: str, lines: Among) -> None:
        ids = [one["id"] for _, one in lines]
        others = {"client", "strain", "entry"} - {kind}
        taken = {id for other in others for id in self._rows.known(other, ids)}
        for number, line in lines:
            if line["id"] in taken:
                raise BadLineError(number, "a client, a strain or an entry has the same id")

    def _must_fit_strains(self, lines: Among) -> None:
        strains = self._rows.strains({one["strain"] for _, one in lines} - {None})
        for number, line in lines:
            if line["strain"] is None:
                continue
            client, turn = strains.get(line["strain"], (None, 0))
            if client is None:
                raise BadLineError(number, "there is no strain of this id before it")
            if client != line["client"]:
                raise BadLineError(number, "its strain is another client's")
            if line["turn"] > turn:
                raise BadLineError(number, "its strain has not had so many turns")


def _strain(line: Line) -> None:
    before: set[int] = set()
    for number, one in enumerate(line["events"], 1):
        if one["undoes"] is not None and one["undoes"] not in before:
            raise LineError(f'in "events", number {number} takes back a change that does not stand before it')
        if one["turn"] > line["turn"]:
            raise LineError(f'in "events", number {number} has a later turn than the strain')
        before.add(one["id"])


def _earlier(line: Line) -> None:
    if not _all_answers(line):
        raise LineError("it says nothing")


def _answer(line: Line) -> None:
    found = _RULE.fullmatch(line["rule"])
    if found is None or found["rule"] not in set(map(str, Rule)) or int(found["subject"]) != line["subject"]:
        raise LineError('"rule" is none that this program has, or is about another subject')
    if found["on"] and not is_day(found["on"]):
        raise LineError('"rule" counts from a day that is none')


def _fill_in_times(line: Line, form: Form) -> None:
    """Fill in the day of an entry from the question that dates its card, and times from the day."""
    if line["day"] is None:
        key = form.card(line["card"]).dated_by
        answer = (line["record"] | line["private"]).get(key) if key else None
        on = date_of(answer)
        if on is None:
            raise LineError('it has neither "day" nor an answer that says when it happened')
        line["day"], line["about"] = on.isoformat(), line["about"] or str(about_of(answer))
    line["created"] = line["created"] or noon_of(line["day"])
    line["touched"] = line["touched"] or line["created"]
    if line["finished"] is None and line["state"] == State.FINISHED:
        line["finished"] = line["touched"]


def _links(line: Line, linking: frozenset[str]) -> list[tuple[str, int]]:
    """Return the links of an entry, by keys that its form asks for links; of what nobody asks, those that are gone."""
    gone = frozenset(line["gone"])
    found = links_of(_all_answers(line))
    return [(key, one) for key, one in found if key in linking or (key in line["unasked"] and one in gone)]


def _all_answers(line: Line) -> Answers:
    return dict(line["record"] | line["private"] | line["unasked"])
