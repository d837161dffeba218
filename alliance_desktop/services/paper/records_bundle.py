"""The three bundles of the copy that answers a request for records, once everything is decided."""

from collections.abc import Callable

from alliance_desktop.documents.pages import Page
from alliance_desktop.documents.records_bundle import Cover, in_bundle, records_bundle
from alliance_desktop.domain.answers import long_day, text_of
from alliance_desktop.domain.audience import Document
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ClientId, Entry, EntryId
from alliance_desktop.domain.records.errors import NothingInBundleError
from alliance_desktop.domain.records.request import FORM, read_request
from alliance_desktop.domain.shown import shown
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice, Offered, Subject
from alliance_desktop.services.records import Looked


def maker(document: Document) -> Callable[[OpenVault, Subject, Choice], Page]:
    """Return what makes one of the bundles."""

    def make(vault: OpenVault, subject: Subject, _choice: Choice) -> Page:
        """Return it; UndecidedError or YoungPersonError where it may not be made yet."""
        looked = _ready(vault, subject)
        if document is not Document.RECORDS_BUNDLE and not in_bundle(document, looked.decided):
            raise NothingInBundleError
        cover = _cover(vault, looked)
        return records_bundle(document, looked.request, looked.decided, cover, sample=vault.sample)

    return make


def shows(document: Document) -> Callable[[OpenVault, Subject, Choice], list[EntryId]]:
    """Return what names the notes in a bundle, and its request: whoever gets it, a line of the ledger says so."""

    def entries(vault: OpenVault, subject: Subject, _choice: Choice) -> list[EntryId]:
        looked = _ready(vault, subject)
        found = (one.item.entry for one in in_bundle(document, looked.decided))
        return [looked.entry.id, *dict.fromkeys(one for one in found if one is not None)]

    return entries


def for_whom(vault: OpenVault, subject: Subject) -> tuple[str, str]:
    """Return who asked, and that they did: what the ledger begins with."""
    if subject.entry is None:
        return "", ""
    request = read_request(vault.notebook.entry(subject.entry))
    return request.asker, f"Records request received on {long_day(request.received)}"


def offered(vault: OpenVault, client: ClientId | None) -> list[Offered]:
    """Return the requests of a client, the newest first."""
    if client is None:
        return []
    known = [one for one in vault.records.requests(client) if vault.forms.known(one) is not None]
    return [
        Offered(f"Received on {long_day(one.happened_on)}", Subject(client=client, entry=one.id))
        for one in reversed(known)
    ]


def _ready(vault: OpenVault, subject: Subject) -> Looked:
    if subject.entry is None:
        raise ValueError("a copy of a record answers a request")
    entry = vault.notebook.entry(subject.entry)
    if vault.forms.kind(entry) != FORM:
        raise ValueError("this entry is no request for records")
    return vault.records.must_be_ready(entry)


def _cover(vault: OpenVault, looked: Looked) -> Cover:
    entry = looked.entry
    client = vault.notebook.client(ClientId(entry.client or 0))
    kinds = _said(vault, entry, "scope_kinds")
    return Cover(
        name=_name(client),
        made=long_day(vault.notebook.today()),
        asked=text_of(entry.answers.get("scope_words")).strip(),
        law=_said(vault, entry, "law"),
        kinds=tuple(kinds.split(", ")) if kinds else (),
        unreadable=looked.unreadable,
    )


def _name(client: Client) -> str:
    return client.full_name.strip() or client.called


def _said(vault: OpenVault, entry: Entry, key: str) -> str:
    form = vault.forms.of(entry)
    return shown(form, form.card(entry.card).question(key), entry.answers.get(key))
