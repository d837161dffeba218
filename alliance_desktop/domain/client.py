"""A client, and the folding that lets a name be found however it is typed."""

import datetime
import unicodedata
from collections.abc import Callable
from enum import StrEnum

import msgspec

from alliance_desktop.domain.answers import Answers, date_of, ids_of, text_of
from alliance_desktop.domain.entry import ClientId


class ClientState(StrEnum):
    """Where the work with a client stands."""

    ENQUIRY = "enquiry"
    WAITING = "waiting"
    ACTIVE = "active"
    REACHING_OUT = "reaching_out"
    PAUSED = "paused"
    CLOSED = "closed"


STATE_WORDS = {
    ClientState.ENQUIRY: "Enquiry",
    ClientState.WAITING: "Waiting",
    ClientState.ACTIVE: "Active",
    ClientState.REACHING_OUT: "Reaching out",
    ClientState.PAUSED: "Paused",
    ClientState.CLOSED: "Closed",
}

_STATES = {str(one): one for one in ClientState}

YOUNG_BANDS = frozenset({"under_11", "11_13", "14_15", "16_17"})
SCHOOL_SETTINGS = frozenset({"school", "college"})

NO_CODE = "No code yet"
"""What stands for a client of whom neither a code nor a name is noted."""


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """One client; `answers` are those of the form `client`, whose keys name what is meant.

    A code is enough: every other answer may be empty. `last_on` is the day of the newest entry and
    `open_strains` the number of strains without an end, both kept up to date by storage.
    """

    id: ClientId
    created_at: datetime.datetime
    answers: Answers = {}
    form_version: int = 1
    last_on: datetime.date | None = None
    open_strains: int = 0

    @property
    def code(self) -> str:
        """The counsellor's own short code."""
        return text_of(self.answers.get("code"))

    @property
    def called(self) -> str:
        """What the client likes to be called; the code where that is not noted, and "No code yet" without either."""
        return seen(text_of(self.answers.get("called"))) or seen(self.code) or NO_CODE

    @property
    def full_name(self) -> str:
        """The full name, or an empty text."""
        return text_of(self.answers.get("full_name"))

    @property
    def state(self) -> ClientState:
        """Where the work stands; active where nothing is noted."""
        ids = ids_of(self.answers.get("state"))
        return _STATES.get(ids[0], ClientState.ACTIVE) if ids else ClientState.ACTIVE

    def facts(self, today: datetime.date) -> frozenset[str]:
        """Return the facts that forms may ask about: "young_or_school" for a child or a school setting."""
        born = date_of(self.answers.get("born"))
        young = born is not None and _years_between(born, today) < 18
        young = young or bool(YOUNG_BANDS & set(ids_of(self.answers.get("age_band"))))
        school = bool(SCHOOL_SETTINGS & set(ids_of(self.answers.get("setting"))))
        return frozenset({"young_or_school"}) if young or school else frozenset()


_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""What counts as a letter or a sign, and shows nothing."""


def seen(text: str) -> str:
    """Return a text without the space around it; an empty one where nothing of it can be seen."""
    return text.strip() if any(_is_seen(one) for one in text) else ""


def _is_seen(one: str) -> bool:
    kept_hidden = unicodedata.category(one) in {"Cc", "Cf", "Zs", "Zl", "Zp"} or one in _BLANK
    return not kept_hidden and not ("\ufe00" <= one <= "\ufe0f" or "\U000e0100" <= one <= "\U000e01ef")


def _years_between(born: datetime.date, today: datetime.date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


_PLAIN = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "ʻ": "'",
        "′": "'",
        "`": "'",
        "´": "'",
        "ß": "ss",
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
    }
)

_UNHEARD = frozenset({"\N{ARABIC TATWEEL}", "\N{VARIATION SELECTOR-16}"})


def folded(text: str) -> str:
    """Return a text as it is compared in type-to-find: without case, accents, ß and kinds of apostrophe."""
    if text.isascii():
        # Two thousand names before a list is painted; of the characters set aside this one alone is among these.
        return text.lower().replace("`", "'")
    low = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN)).casefold()
    return "".join(one for one in low if _is_heard(one)).translate(_PLAIN)


def _is_heard(one: str) -> bool:
    """Say whether a character counts: marks, joiners, direction signs and the Arabic stretch do not."""
    return not unicodedata.combining(one) and unicodedata.category(one) != "Cf" and one not in _UNHEARD


def haystack(client: Client) -> str:
    """Return the folded text that type-to-find looks in; worth keeping between two letters of a long list."""
    typed = text_of(client.answers.get("called"))
    hidden = typed if typed.strip() != client.called else ""
    hay = folded(f"{client.code} {client.called} {client.full_name} {hidden}")
    bare = hay.replace("'", "")
    return hay if bare == hay else f"{hay} {bare}"


def found(hay: str, typed: str) -> bool:
    """Say whether every word typed occurs in a folded text."""
    return finding(typed)(hay)


def finding(typed: str) -> Callable[[str], bool]:
    """Return what says of one folded text after the other whether every word typed occurs in it."""
    words = [(word, word.replace("'", "")) for word in folded(typed).split()]
    return lambda hay: all(word in hay or bare in hay for word, bare in words)


def matches(client: Client, typed: str) -> bool:
    """Say whether every word typed occurs in the client's code or names."""
    return found(haystack(client), typed)
