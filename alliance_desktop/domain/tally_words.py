"""What is counted, in words: the days of a line, its numbers, and a whole sentence to be spoken."""

import datetime
from collections.abc import Mapping

from alliance_desktop.domain.answers import MONTHS, long_day
from alliance_desktop.domain.days import month_end
from alliance_desktop.domain.periods import spent
from alliance_desktop.domain.tallies import Held, Line, Pattern, Slot, Strain, Supervision, Tally

NONE = "Nothing of this is noted in these days."
TOO_FEW = "Too few to say anything; here is what is noted."
NOT = (
    "These numbers say what is noted, and no more. They do not say how good the work was, or how anybody is. A strain "
    "that was noticed is no failing, and one that was not mended is none either. Nobody is compared here."
)

HELD = {
    Held.HELD: "held",
    Held.MISSED: "missed",
    Held.CANCELLED: "cancelled",
    Held.UNTOLD: "attendance not noted",
}
HELD_KEYS = {
    Held.HELD: "Held",
    Held.MISSED: "Missed: no-show or late cancel",
    Held.CANCELLED: "Cancelled by you, or excused",
    Held.UNTOLD: "Attendance not noted",
}
STRAIN = {Strain.NOTICED: "noticed", Strain.TALKED: "talked about", Strain.MENDED: "mended"}
STRAIN_KEYS = {
    Strain.NOTICED: "Noticed, or noticed again after it was opened again",
    Strain.TALKED: "Talked about for the first time, with their view noted",
    Strain.MENDED: "Mended",
}


def days(slot: Slot) -> str:
    """Return the days of a line: "2 to 8 March 2026", "March 2026", "2026"."""
    first, last = slot.first, slot.last
    if first == last:
        return long_day(first)
    if first.year != last.year:
        return f"{long_day(first)} to {long_day(last)}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year)
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} to {long_day(last)}"
    if first.day == 1 and last == month_end(last):
        return f"{MONTHS[first.month - 1]} {first.year}"
    return f"{first.day} to {long_day(last)}"


def sessions(counts: Mapping[str, int]) -> str:
    """Return numbers of sessions apart by what became of them: "4 held, 1 missed"; "0 sessions" where there is none."""
    return _parts(counts, HELD) or "0 sessions"


def strains(counts: Mapping[str, int]) -> str:
    """Return numbers of strains: "2 noticed, 1 mended"; "0 strains" where there is none."""
    return _parts(counts, STRAIN) or "0 strains"


def supervision(counts: Mapping[str, int]) -> str:
    """Return how much supervision there was: "1 h 30 min in 2 sessions"."""
    count, untold = counts[Supervision.SESSIONS], counts[Supervision.UNTOLD]
    if not count:
        return "0 sessions"
    said = _number(count, "session")
    if untold == count:
        return f"{said}, minutes not noted"
    without = f", minutes of {untold} not noted" if untold else ""
    return f"{spent(counts[Supervision.MINUTES])} in {said}{without}"


def answers(pattern: Pattern, option: str) -> str:
    """Return how often an option was chosen, and with how many clients: "3 of 9 answers, 2 clients"."""
    times, people = pattern.options[option]
    return f"{times} of {_number(pattern.answers, 'answer')}, {_number(people, 'client')}"


def answered(pattern: Pattern) -> str:
    """Return how many answers there are to a question, or that there is none."""
    return f"{_number(pattern.answers, 'answer')} in these days." if pattern.answers else NONE


def away(slot: Slot) -> str:
    """Return how much of a line was days away, in words; empty where none was."""
    if not slot.away:
        return ""
    whole = (slot.last - slot.first) == datetime.timedelta(days=slot.away - 1)
    return "away" if whole else f"away on {_number(slot.away, 'day')}"


def spoken(line: Line, told: str) -> str:
    """Return a line as a whole sentence, with its numbers in words as they are told."""
    left = away(line.slot)
    return f"{days(line.slot)}: {told}. You were {left}." if left else f"{days(line.slot)}: {told}."


def together(tally: Tally, told: str) -> str:
    """Return all lines of a period in one sentence, or that there is nothing."""
    return f"Together: {told}." if tally.size else NONE


def _parts(counts: Mapping[str, int], words: Mapping[Held, str] | Mapping[Strain, str]) -> str:
    return ", ".join(f"{counts[kind]} {said}" for kind, said in words.items() if counts[kind])


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
