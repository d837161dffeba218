"""The fixed words of the sheets that a client reads or fills in, in each language of the client page."""

import tomllib
from collections.abc import Mapping
from functools import cache

import msgspec

from alliance_desktop.documents.wording import wording
from alliance_desktop.domain.answers import ids_of
from alliance_desktop.resources import resource


class _Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one sheet; where one is missing or not known, the file is refused."""

    @property
    def fixed(self) -> dict[str, str]:
        """The words that stand on the page as they are, by their names."""
        named = ((one, getattr(self, one)) for one in self.__struct_fields__)
        return {name: words for name, words in named if isinstance(words, str)}


class PlanWords(_Words, frozen=True, kw_only=True):
    """What a ticked part adds to the client page."""

    goals: str
    first_step: str
    near: str
    at: str


class ChildWords(PlanWords, frozen=True, kw_only=True):
    """The client page in shorter words."""

    title: str
    happened: str
    agreed: str
    what: str
    who: str
    by: str
    leave: str
    so_far: str
    outcome: str
    know: str
    again: str
    again_hint: str
    review: str
    own_words: str
    turn_to: str


class States(_Words, frozen=True, kw_only=True):
    """How a goal stands."""

    active: str
    reached: str
    set_aside: str
    changed: str


class Whose(_Words, frozen=True, kw_only=True):
    """Whose goal it is, where it is not the client's own."""

    family: str
    school: str
    other: str


class GoalsWords(_Words, frozen=True, kw_only=True):
    """The sheet of goals and progress."""

    title: str
    name: str
    date: str
    goal: str
    only_goal: str
    own_words: str
    why: str
    first_step: str
    how_see: str
    earlier: str
    state: str
    near: str
    near_hint: str
    day: str
    words: str
    said: str
    change: str
    did: str
    told: str
    states: States
    whose: Whose


class Felt(_Words, frozen=True, kw_only=True):
    """The four answers; not saying is one of them."""

    yes: str
    partly: str
    no: str
    rather_not_say: str


class FeedbackWords(_Words, frozen=True, kw_only=True):
    """The sheet of feedback."""

    title: str
    blank_lead: str
    lead: str
    name: str
    date: str
    supported: str
    understood: str
    centred: str
    change: str
    did: str
    told: str
    told_on: str
    felt: Felt


class Topics(_Words, frozen=True, kw_only=True):
    """What is talked through at the beginning, under the ids of the form."""

    what_it_is: str
    stays_here: str
    limits: str
    ground_rules: str
    time_place: str
    room: str
    emergency: str
    parents: str
    consent: str
    record: str
    not_working: str
    respect: str
    ending: str


class SaidYes(_Words, frozen=True, kw_only=True):
    """Who said yes."""

    client: str
    parent: str
    guardian: str
    other: str


class Bases(_Words, frozen=True, kw_only=True):
    """On what basis, as the client would say it."""

    adult: str
    own_understanding: str
    assent_and_parent: str
    parent: str
    service: str
    other: str


class FoundationWords(_Words, frozen=True, kw_only=True):
    """The sheet of what was agreed at the beginning."""

    title: str
    lead: str
    name: str
    date: str
    gone_through: str
    topic: str
    understood: str
    again: str
    not_yet: str
    consent: str
    who: str
    basis: str
    on: str
    topics: Topics
    said_yes: SaidYes
    bases: Bases


class ClientWords(_Words, frozen=True, kw_only=True):
    """All sheets in one language."""

    plan: PlanWords
    child: ChildWords
    goals: GoalsWords
    feedback: FeedbackWords
    foundation: FoundationWords


def read_client_words(text: str) -> Mapping[str, ClientWords]:
    """Return the words by language; msgspec.ValidationError where one is missing, or one is there that nothing says."""
    return msgspec.convert(tomllib.loads(text), dict[str, ClientWords])


@cache
def _all() -> Mapping[str, ClientWords]:
    return read_client_words(resource("documents", "client_words.toml").read_text(encoding="utf-8"))


def client_words(language: str) -> ClientWords:
    """Return the words of a language; KeyError where there are none."""
    return _all()[language]


def known(words: _Words, answer: object) -> list[str]:
    """Return what was chosen, in these words; what was typed beside it is not for a client's sheet."""
    return [words.fixed[one] for one in ids_of(answer) if one in words.fixed]


def page_words(words: _Words, language: str) -> dict[str, str]:
    """Return the words of a sheet with what every page says."""
    every = wording(language)
    return {**words.fixed, "for_name": every.for_name, "page": every.page, "sample": every.sample}
