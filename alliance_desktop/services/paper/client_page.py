"""The page for the client: of one turn of a strain, in wording they have seen; or to fill in by hand."""

import datetime

from alliance_desktop.documents.client_plan import blank_client_plan, client_plan
from alliance_desktop.documents.pages import Page
from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.audience.wording import latest_fitting
from alliance_desktop.domain.story import day
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice, Subject
from alliance_desktop.services.paper.goals_sheet import goals_of
from alliance_desktop.services.paper.ground import Ground
from alliance_desktop.services.paper.names import ticked_name


def make(vault: OpenVault, subject: Subject, choice: Choice) -> Page:
    """Return the page of a strain; UnseenWordingError where the client has not seen the wording."""
    if subject.arc is None:
        raise ValueError("a client page is about a strain")
    standing = vault.notebook.arc(subject.arc)
    return client_plan(
        vault.notebook.arc_entries(subject.arc),
        vault.forms.of,
        turn=standing.turn,
        language=choice.language,
        name=ticked_name(vault, standing.client, choice),
        turn_to=tuple(vault.settings.preferences().who_to_turn_to.splitlines()),
        goals=goals_of(vault, standing.client) if Part.GOALS in choice.parts else (),
        child=Part.CHILD in choice.parts,
        sample=vault.sample,
    )


def passed(vault: OpenVault, subject: Subject, today: datetime.date) -> datetime.date | None:
    """Return the day on which it is to be looked at again, where the page of a strain would name one that is over."""
    if subject.arc is None:
        return None
    turn = vault.notebook.arc(subject.arc).turn
    repair = latest_fitting(vault.notebook.arc_entries(subject.arc), "repair", turn)
    again = day(repair, "review_on") if repair is not None else None
    return again if again is not None and again < today else None


def blank(ground: Ground, choice: Choice) -> Page:
    """Return the page with lines to write on."""
    return blank_client_plan(
        language=choice.language, turn_to=ground.turn_to, child=Part.CHILD in choice.parts, sample=ground.sample
    )
