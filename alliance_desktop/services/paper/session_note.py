"""A session note on paper, and each style of it with lines to write on."""

from alliance_desktop.documents.note import blank_note, note
from alliance_desktop.documents.pages import Page
from alliance_desktop.domain.answers import said_day
from alliance_desktop.domain.audience import Document, Part
from alliance_desktop.domain.disclosing import private_on
from alliance_desktop.domain.entry import ClientId, Entry, EntryId
from alliance_desktop.domain.story import words
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice, Offered, Subject
from alliance_desktop.services.paper.ground import Ground
from alliance_desktop.services.paper.names import whose

FORM = "session"
TITLE, HEAD = "Session note", "Confidential"
PRIVATE_HEAD = "Private reflection – do not file with the record without thinking"

_BEFORE = ("date", "start", "end", "attendance", "how", "where", "one_line")
_AFTER = ("tasks", "next", "next_on", "temperature_client")
STYLES = {
    "free": ("body",),
    "soap": ("soap_told", "soap_saw", "soap_read", "soap_next"),
    "dap": ("dap_said_seen", "dap_read", "dap_next"),
    "birp": ("birp_behaviour", "birp_did", "birp_response", "birp_next"),
}
"""What each style asks between the facts and what comes next."""


def offered(vault: OpenVault, client: ClientId | None) -> list[Offered]:
    """Return a client's session notes, newest first."""
    if client is None:
        return []
    found = sorted(vault.notebook.of_form(FORM, client), key=lambda one: (one.happened_on, one.id), reverse=True)
    return [Offered(_called(one), Subject(client=client, entry=one.id)) for one in found]


def make(vault: OpenVault, subject: Subject, choice: Choice) -> Page:
    """Return a session note with its later additions; what is private only where it was ticked."""
    entry = _entry(vault, subject)
    client = vault.notebook.client(entry.client) if entry.client is not None else None
    return note(
        Document.SESSION_NOTE,
        [(entry, vault.notebook.addenda(entry.id))],
        vault.forms.of,
        title=TITLE,
        whose=whose(client, choice),
        head=PRIVATE_HEAD if Part.PRIVATE in choice.parts else HEAD,
        parts=choice.parts,
        sample=vault.sample,
    )


def blank(ground: Ground, choice: Choice) -> Page:
    """Return the style of note that was chosen, with lines to write on."""
    form = ground.forms.current(FORM)
    card = form.cards[0]
    style = next((one for one in STYLES if choice.style == one), "free")
    keys = (*_BEFORE, *STYLES[style], *_AFTER)
    return blank_note(form, card, keys, title=TITLE, head=HEAD, sample=ground.sample)


def private(vault: OpenVault, subject: Subject, choice: Choice) -> list[EntryId]:
    """Return the note where what is private of it is on the page."""
    if Part.PRIVATE not in choice.parts:
        return []
    entry = _entry(vault, subject)
    added = vault.notebook.addenda(entry.id)
    return [one.id for one in private_on(Document.SESSION_NOTE, [entry], vault.forms.of, added, choice.parts)]


def _entry(vault: OpenVault, subject: Subject) -> Entry:
    if subject.entry is None:
        raise ValueError("a session note is one entry")
    return vault.notebook.entry(subject.entry)


def _called(entry: Entry) -> str:
    line = words(entry, "one_line").strip()
    day = said_day(entry.happened_on, entry.about)
    return f"{day}: {line[:60]}" if line else day
