"""The sheet of a client's goals and of what they said should change, and the same to fill in by hand."""

from alliance_desktop.documents.goals_sheet import blank_goals_sheet, goals_sheet
from alliance_desktop.documents.pages import Page
from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.domain.story import by_date, words
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice, Offered, Subject
from alliance_desktop.services.paper.ground import Ground
from alliance_desktop.services.paper.names import ticked_name

FORM, FEEDBACK = "goal", "feedback"
ALL = "All goals"
_MOST = 60
"""So many letters of a goal tell it apart from the others."""


def goals_of(vault: OpenVault, client: ClientId) -> list[Entry]:
    """Return a client's goals by date, those of a newer program left out."""
    return _known(vault, FORM, client)


def offered(vault: OpenVault, client: ClientId | None) -> list[Offered]:
    """Return all goals of a client together, and then each by itself where several are in words."""
    mine = [one for one in goals_of(vault, client) if words(one, "own_words").strip()] if client is not None else []
    each = [Offered(_called(one), Subject(client=client, entry=one.id)) for one in mine]
    whole = [Offered(ALL, Subject(client=client))] if mine else []
    return [*whole, *each] if len(mine) > 1 else each


def make(vault: OpenVault, subject: Subject, choice: Choice) -> Page:
    """Return the sheet of a client's goals, or of one; what should change is on it only where it was ticked."""
    if subject.client is None:
        raise ValueError("a sheet of goals is about a client")
    said = _known(vault, FEEDBACK, subject.client) if Part.FEEDBACK in choice.parts else []
    goals = goals_of(vault, subject.client)
    return goals_sheet(
        [one for one in goals if subject.entry in {None, one.id}],
        said,
        vault.forms.of,
        language=choice.language,
        name=ticked_name(vault, subject.client, choice),
        parts=choice.parts,
        sample=vault.sample,
    )


def blank(ground: Ground, choice: Choice) -> Page:
    """Return the sheet with room for a goal and for what should change."""
    return blank_goals_sheet(language=choice.language, sample=ground.sample)


def _known(vault: OpenVault, form: str, client: ClientId) -> list[Entry]:
    return by_date(one for one in vault.notebook.of_form(form, client) if vault.forms.known(one) is not None)


def _called(entry: Entry) -> str:
    said = " ".join(words(entry, "own_words").split())
    return f"{said[:_MOST]}…" if len(said) > _MOST else said
