"""What a client said about how it is going and what came of it, and the questions to fill in by hand."""

from alliance_desktop.documents.feedback_sheet import blank_feedback_sheet, feedback_sheet
from alliance_desktop.documents.pages import Page
from alliance_desktop.domain.answers import said_day
from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.domain.shown import shown
from alliance_desktop.domain.story import by_date
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice, Offered, Subject
from alliance_desktop.services.paper.ground import Ground
from alliance_desktop.services.paper.names import ticked_name

FORM = "feedback"


def offered(vault: OpenVault, client: ClientId | None) -> list[Offered]:
    """Return what was given about the work with a client, newest first, each by its day and whose voice it is."""
    mine = by_date(vault.notebook.of_form(FORM, client)) if client is not None else []
    known = [one for one in reversed(mine) if vault.forms.known(one) is not None]
    return [Offered(_called(vault, one), Subject(client=client, entry=one.id)) for one in known]


def make(vault: OpenVault, subject: Subject, choice: Choice) -> Page:
    """Return the sheet of one entry; NotTheirWordsError where somebody else than the client gave it."""
    if subject.entry is None:
        raise ValueError("a sheet of feedback is one entry")
    entry = vault.notebook.entry(subject.entry)
    name = ticked_name(vault, entry.client, choice) if entry.client is not None else None
    return feedback_sheet(entry, vault.forms.of, language=choice.language, name=name, sample=vault.sample)


def blank(ground: Ground, choice: Choice) -> Page:
    """Return the questions with boxes and lines."""
    return blank_feedback_sheet(language=choice.language, sample=ground.sample)


def _called(vault: OpenVault, entry: Entry) -> str:
    form = vault.forms.of(entry)
    asked = next((one for one in form.card(entry.card).questions if one.key == "who"), None)
    who = shown(form, asked, entry.answers.get("who")) if asked is not None else ""
    return ": ".join(filter(None, (said_day(entry.happened_on, entry.about), who)))
