"""A client's timeline on paper, with the period and the filters that it is looked at with just now."""

from collections.abc import Iterator

from alliance_desktop.documents.pages import Page
from alliance_desktop.documents.timeline_report import Span, Told, private_entries, timeline_report
from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.client import NO_CODE
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.temperature import Moment
from alliance_desktop.domain.timeline import Sift, Tracks
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice, Subject
from alliance_desktop.services.paper.names import ticked_name
from alliance_desktop.services.timeline import Timeline

_SESSION = "session"


def make(vault: OpenVault, subject: Subject, choice: Choice) -> Page:
    """Return the page of a client's story."""
    client = _client(subject)
    story, sift = vault.notebook.timeline(client), _sift(vault, client, choice)
    return timeline_report(
        _told(story, sift),
        _moments(vault, client, sift),
        Span(choice.first, choice.last, _narrowed(vault, sift)),
        code=vault.notebook.client(client).code or NO_CODE,
        name=ticked_name(vault, client, choice),
        parts=choice.parts,
        sample=vault.sample,
    )


def private(vault: OpenVault, subject: Subject, choice: Choice) -> list[EntryId]:
    """Return the entries whose private reflection is on the page."""
    if Part.MY_TEMPERATURE not in choice.parts:
        return []
    client = _client(subject)
    return private_entries(_moments(vault, client, _sift(vault, client, choice)))


def _client(subject: Subject) -> ClientId:
    if subject.client is None:
        raise ValueError("a timeline is about a client")
    return subject.client


def _sift(vault: OpenVault, client: ClientId, choice: Choice) -> Sift:
    """Return what is shown: the chosen days, and the rest as it was narrowed down on the screen."""
    kept = vault.notebook.timeline_view(client).sift
    return Sift(kind=kept.kind, first=choice.first, last=choice.last, strains=kept.strains, seen=kept.seen)


def _told(story: Timeline, sift: Sift) -> Iterator[Told]:
    """Yield the rows that are shown; the arcs beside them are those of the whole story."""
    tracks = Tracks((at, spot.row) for at, spot in enumerate(story.spots) if spot.row is not None)
    places = story.sifted(sift)
    if sift.seen:
        places = sorted(story.seen(places))
    for at, (row, entry, form) in zip(places, story.whole(places), strict=True):
        yield Told(row, entry, form, tracks.at(at), sift.seen)


def _moments(vault: OpenVault, client: ClientId, sift: Sift) -> list[Moment]:
    """Return how it felt in the chosen days; nothing where only something else is looked at."""
    if sift.strains or sift.seen or sift.kind not in {"", _SESSION}:
        return []
    days = (sift.first, sift.last)
    return [
        one
        for one in vault.notebook.temperature(client)
        if (days[0] is None or one.on >= days[0]) and (days[1] is None or one.on <= days[1])
    ]


def _narrowed(vault: OpenVault, sift: Sift) -> tuple[str, ...]:
    kind = f"Only: {vault.forms.current(sift.kind).title.lower()}" if sift.kind else ""
    strains = "Only strains" if sift.strains else ""
    seen = "Only what the client has seen" if sift.seen else ""
    return tuple(filter(None, (kind, strains, seen)))
