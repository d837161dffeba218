"""Beside a talk with another adult: the consent that holds for them. Without one a ground is asked for, no more."""

import datetime
from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from alliance_desktop.domain import consents
from alliance_desktop.domain.answers import Answers, long_day
from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.domain.story import day, first_id, words
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.companions.beside import Act, Beside
from alliance_desktop.ui.companions.companion import Companion
from alliance_desktop.ui.strain_first import empty
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

NONE_HOLDS = "If you share something, say on which ground and whether the client knows. Nothing is hindered."
_GIVEN = {"given": "Consent given", "partly": "Consent given in part", "no": "They said no", "withdrawn": "Withdrawn"}


class ConsentCompanion(Companion):
    """Shows, for each person named on the card, what may be shared with them."""

    def __init__(self, vault: OpenVault, client: ClientId | None) -> None:
        super().__init__()
        self.setObjectName("companion")
        self._vault, self._whose = vault, client
        self._looks: object = None
        self._column = QVBoxLayout(self)
        spaced(self._column, (0, 0, 0, 0.8), 0.5)

    def follow(self, entry: Entry | None, answers: Answers) -> None:
        """Show the consent of those who are named now."""
        people = consents.people(answers.get("contact")) if self._whose is not None else []
        pages = self._vault.notebook.of_form(consents.FORM, self._whose) if people else []
        pages = [one for one in pages if entry is None or one.id != entry.id]
        told = [(one, consents.of_person(pages, one, self._vault.notebook.today())) for one in people]
        if told == self._looks:
            return
        self._looks = told
        empty(self._column)
        for at, (person, consent) in enumerate(told, 1):
            self._column.addWidget(self._row(at, person, consent, is_page=self._is_page(entry)))
        self.setVisible(bool(told))

    def _is_page(self, entry: Entry | None) -> bool:
        return False

    def _row(self, at: int, person: Answers, consent: consents.Consent, *, is_page: bool) -> Beside:
        name = isolated(str(person["name"]).strip())
        made = Beside(f"consent_{at}", f"Sharing with {name}")
        # Showing a widget that has no parent yet would open it as a window of its own.
        made.setParent(self)
        lines = [_said(one) for one in consent.live]
        acts: list[Act] = []
        if consent.live:
            acts.append(("open", "Open the consent", lambda: self.open_asked.emit(consent.live[0].id)))
        else:
            lines += self._without(name, consent, is_page=is_page)
            if not is_page:
                acts.append(("note", "Note a consent", lambda: self._note(person)))
        made.say(lines, acts)
        return made

    def _without(self, name: str, consent: consents.Consent, *, is_page: bool) -> Sequence[str]:
        latest = consent.latest
        past = f"The newest page is of {long_day(latest.happened_on)}: {_answer(latest)}." if latest is not None else ""
        first = f"No consent holds for {name} today." if latest is not None else f"No consent for {name} is noted."
        return [first, past, "" if is_page else NONE_HOLDS]

    def _note(self, person: Answers) -> None:
        self.new_asked.emit(consents.FORM, consents.FORM, {"contact": [person]})


class OtherConsents(ConsentCompanion):
    """Beside a page of consent: what earlier pages of the same person say."""

    def _is_page(self, entry: Entry | None) -> bool:
        return True


def _answer(page: Entry) -> str:
    until = day(page, "until")
    tail = f", until {long_day(until)}" if until is not None else ""
    return f"{_GIVEN.get(first_id(page, 'given'), 'noted').lower()}{tail}"


def _said(page: Entry) -> str:
    until = day(page, "until")
    what, purpose = (words(page, key).rstrip(".") for key in ("may_share", "for_what"))
    parts = [f"{_GIVEN[first_id(page, 'given')]} on {long_day(page.happened_on)}, {_until(until)}"]
    parts.append(f"What: {isolated(what)}" if what else "What may be shared is not noted")
    parts += [f"For: {isolated(purpose)}"] if purpose else []
    return ". ".join(parts) + "."


def _until(until: datetime.date | None) -> str:
    return f"until {long_day(until)}" if until is not None else "until they say otherwise"
