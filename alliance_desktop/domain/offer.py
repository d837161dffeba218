"""What a page may offer beside a reason or an answer; none of them happens by itself."""

from collections.abc import Mapping
from enum import StrEnum


class Offer(StrEnum):
    """One thing that can be done next, by the counsellor, with one key."""

    OPEN = "open"
    REFLECT = "reflect"
    TALK = "talk"
    NOTE_STRAIN = "note_strain"
    REACH_OUT = "reach_out"
    KNOWN_REASON = "known_reason"
    LOG_TRY = "log_try"
    ANSWER = "answer"
    FOLLOW_UP = "follow_up"
    OTHER_PERSON = "other_person"
    SUPERVISION = "supervision"
    SESSION = "session"


OFFER_WORDS: Mapping[Offer, str] = {
    Offer.OPEN: "Open it",
    Offer.REFLECT: "Reflect first",
    Offer.TALK: "Open the conversation",
    Offer.NOTE_STRAIN: "Note a strain",
    Offer.REACH_OUT: "Reach out",
    Offer.KNOWN_REASON: "Known reason",
    Offer.LOG_TRY: "Note a try",
    Offer.ANSWER: "Note the answer",
    Offer.FOLLOW_UP: "Note how it went on",
    Offer.OTHER_PERSON: "Think of another person",
    Offer.SUPERVISION: "Take it to supervision",
    Offer.SESSION: "Write a session note",
}

DIRECT_OFFERS = frozenset({Offer.TALK, Offer.REACH_OUT})
"""Offers that lead to the client: gone once they asked to be left in peace, for as long as they asked."""
