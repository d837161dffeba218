"""A safeguarding concern with what came after it: full names, first text and additions, for whoever must act."""

from alliance_desktop.documents.note import blank_note, note
from alliance_desktop.documents.pages import Page
from alliance_desktop.domain.answers import said_day
from alliance_desktop.domain.audience import Document
from alliance_desktop.domain.entry import ClientId, Entry, EntryId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice, Offered, Subject
from alliance_desktop.services.paper.ground import Ground

FORM, CONCERN = "safeguarding", "concern"
TITLE = "Safeguarding record"
HEAD = "Confidential – only for those who must act on it"
_BLANK = (
    "learned_on", "learned_at", "learned_where", "exact_words", "saw", "think", "said", "explained", "danger", "told",
    "decision", "reason", "next_steps", "written_on", "written_at",
)  # fmt: skip


def offered(vault: OpenVault, client: ClientId | None) -> list[Offered]:
    """Return a client's concerns, newest first; a follow-up stands with its concern."""
    if client is None:
        return []
    found = [one for one in vault.notebook.of_form(FORM, client) if one.card == CONCERN]
    found.sort(key=lambda one: (one.happened_on, one.id), reverse=True)
    days = ((said_day(one.happened_on, one.about), one) for one in found)
    return [Offered(f"Concern of {day}", Subject(client=client, entry=one.id)) for day, one in days]


def leading(vault: OpenVault, subject: Subject) -> Subject:
    """Return the concern that a follow-up belongs to; a follow-up of none stays by itself."""
    entry = vault.notebook.entry(subject.entry) if subject.entry is not None else None
    if entry is None or entry.card == CONCERN:
        return subject
    linked = [EntryId(one) for one in entry.answers.get("concern") or ()]
    return Subject(client=subject.client, entry=linked[0]) if linked else subject


def make(vault: OpenVault, subject: Subject, _choice: Choice) -> Page:
    """Return a concern with its follow-ups and later additions, under the client's full name."""
    if subject.entry is None:
        raise ValueError("a safeguarding record is about a concern")
    concern = vault.notebook.entry(subject.entry)
    if concern.client is None:
        raise ValueError("a safeguarding concern belongs to a client")
    client = vault.notebook.client(concern.client)
    names = dict.fromkeys(one.strip() for one in (client.full_name or client.called, client.code))
    return note(
        Document.SAFEGUARDING_RECORD,
        [(one, vault.notebook.addenda(one.id)) for one in (concern, *_after(vault, concern))],
        vault.forms.of,
        title=TITLE,
        whose=tuple(names),
        head=HEAD,
        sample=vault.sample,
    )


def blank(ground: Ground, _choice: Choice) -> Page:
    """Return the concern's questions with lines to write on."""
    form = ground.forms.current(FORM)
    return blank_note(form, form.card(CONCERN), _BLANK, title=TITLE, head=HEAD, sample=ground.sample)


def _after(vault: OpenVault, concern: Entry) -> list[Entry]:
    linked = [one for one in vault.notebook.links_to(concern.id) if one.form == FORM and one.card != CONCERN]
    return sorted(linked, key=lambda one: (one.happened_on, one.sequence, one.id))
