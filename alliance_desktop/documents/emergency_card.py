"""The emergency card, two to a sheet: what to do at once and who to turn to, in the counsellor's own words."""

from collections.abc import Iterator, Sequence

from alliance_desktop.documents.pages import Page
from alliance_desktop.documents.twin import headed, lines_of, section

_ENGLISH = {
    "title": "In an emergency",
    "at_once": "What to do",
    "turn_to": "Who I can turn to",
    "fold": "Cut here",
    "page": "Page {n} of {count}",
    "sample": "SAMPLE",
}
_WORDS = {
    "en-GB": _ENGLISH,
    "en-US": _ENGLISH,
    "es": {
        "title": "En una emergencia",
        "at_once": "Qué hacer",
        "turn_to": "A quién puedo acudir",
        "fold": "Cortar aquí",
        "page": "Página {n} de {count}",
        "sample": "MUESTRA",
    },
    "fr-CA": {
        "title": "En cas d’urgence",
        "at_once": "Que faire",
        "turn_to": "À qui je peux m’adresser",
        "fold": "Couper ici",
        "page": "Page {n} de {count}",
        "sample": "EXEMPLE",
    },
}
LANGUAGES = tuple(_WORDS)


class EmergencyCard(Page, frozen=True, kw_only=True):
    """Two cards alike on one sheet, or a single one where there is much to say. A part without lines is to fill in."""

    template = "emergency_card.typ"
    title = "Sheet"

    at_once: tuple[str, ...] = ()
    turn_to: tuple[str, ...] = ()


def emergency_card(
    at_once: Sequence[str], turn_to: Sequence[str], *, language: str = "en-GB", sample: bool = False
) -> EmergencyCard:
    """Return the cards with the lines of the settings; without any, with lines to write on. No client is named."""
    return EmergencyCard(
        language=language,
        words=_WORDS[language],
        sample=sample,
        at_once=tuple(one for one in at_once if one.strip()),
        turn_to=tuple(one for one in turn_to if one.strip()),
    )


@lines_of.register
def _told(page: EmergencyCard) -> Iterator[str]:
    yield from headed(page.words["title"])
    yield from section(page.words["at_once"], *page.at_once)
    yield from section(page.words["turn_to"], *page.turn_to)
