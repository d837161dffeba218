"""What the pages of a request for records say."""

from collections.abc import Sequence

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.records.deciding import Decided, Verdict
from alliance_desktop.domain.records.items import GROUP_WORDS, Group, Item
from alliance_desktop.services.records import Looked
from alliance_desktop.ui.records.again import places
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.words import counted, isolated

TITLE = "Decide what goes into the copy"
ABOUT = (
    "Everything in the record is printed unless you say otherwise. Words from or about other people, private "
    "reflection and safeguarding wait for you: nothing of them is printed, and nothing is left out, before you decide."
)
NOT_HERE = (
    "Not gathered here: what belongs to no client, such as supervision; backups; and what lies in the bin. If any of "
    "it is about this person, decide about that too."
)
STILL = "Where words you blacked out still stand"
SHOWN = (
    ("Everything that needs a decision", "needs"),
    ("What waits", "waits"),
    (STILL, "still"),
    ("The whole record", "all"),
)
GATHERING = "Going through the notes…"
NOT_GATHERED = "The notes were not gone through.", "Open this page again to go through them."
NOTHING_WAITS = "Nothing waits for a decision."
NOTHING_STILL = "No words that you blacked out are left in what is printed."
TAKE_BACK = "Take these decisions back"
TAKEN_BACK = "Taken back."
GO_ON = "Go on all the same"
LOOK_LATER = f"Look there too: “Show” has “{STILL}”."
LOOK_FIRST = f"Look at each first: “Show” has “{STILL}”. Or go on, if they may be read."
LOOK_THERE = f"Look at each first: on the request, press “Decide piece by piece”; there, “Show” has “{STILL}”."
FINISH_AGAIN = "Or press Finish again, if they may be read."
READY = "Everything is decided. It can be printed, and the request can be finished."
FINISHED = "This request is finished. What was decided stays as it is."
FINISHED_CHANGED = "Something was written, changed or taken out since. Begin a new request to print it."
FINISHED_UNMARKED = "An older program finished it and did not keep what it was about. Begin a new request to print it."
YOUNG_FIRST = "A parent asks. First note in the request what the young person was told, and what they want."
NO_PIECE = "Choose a line above to read it and decide."
SELECT = "To black out a part, select its words: with the mouse, or with Shift and the arrows. Then press the button."
SELECT_FIRST = "Select words in the text first."
CHANGED_SINCE = "The words were changed after you decided. Decide again."
DRAFT_CHANGED = (
    "The words were changed since you began to decide.",
    "Read them again. What was to be blacked out is chosen anew.",
)
COVER_SAYS = "The reason is printed on the cover where something is held back. Write no names into it."

VERDICT_WORDS = {
    Verdict.PRINT: "Print",
    Verdict.BLACK_OUT: "Print with words blacked out",
    Verdict.KEEP_APART: "Keep apart",
    Verdict.LEAVE_OUT: "Leave out",
}
VERDICT_LINES = {
    Verdict.PRINT: "As it stands.",
    Verdict.BLACK_OUT: "The words you chose are taken out of the page, not covered on it.",
    Verdict.KEEP_APART: "Not handed over now; it may need an authorisation of its own. The cover says that it is kept.",
    Verdict.LEAVE_OUT: "The cover says that something is left out, and why.",
}
_DONE = {
    Verdict.PRINT: "Printed",
    Verdict.KEEP_APART: "Kept apart",
    Verdict.LEAVE_OUT: "Left out",
}
_EXCERPT = 90
_HEADS = {group: words[0].upper() + words[1:] for group, words in GROUP_WORDS.items()}


def facts_words(looked: Looked) -> str:
    """Return who asked, when, and by which day it is to be answered."""
    request = looked.request
    asker = isolated(request.asker) if request.asker else "not noted yet"
    due = long_day(request.due) if request.due is not None else "no day noted yet"
    return f"Asked for by: {asker}. Received on {long_day(request.received)}. Answer by: {due}."


def standing_words(looked: Looked) -> str:
    """Return how it stands with a request: what waits, or that it can be printed, or that it is finished."""
    if looked.request.finished:
        since = FINISHED_UNMARKED if looked.unmarked else FINISHED_CHANGED if looked.changed else ""
        return f"{FINISHED} {since}".rstrip()
    if looked.request.waits_for_young:
        return f"{YOUNG_FIRST} {waiting_words(looked.waiting)}"
    return waiting_words(looked.waiting) if looked.waiting else READY


def left_words(looked: Looked) -> str:
    """Return what is not gathered here."""
    if not looked.unreadable:
        return NOT_HERE
    left = counted(looked.unreadable, "note was", "notes were")
    return f"{left} written by a newer version of this program, and cannot be read here. {NOT_HERE}"


def state_words(one: Decided) -> str:
    """Return how it stands with a piece, in a word or two."""
    if one.decision is None:
        if one.changed:
            return "Changed since"
        return "Not decided" if one.waits else "Printed"
    if one.decision.verdict is Verdict.BLACK_OUT:
        return f"Blacked out: {counted(len(one.decision.spans), 'part', 'parts')}"
    return _DONE[one.decision.verdict]


def decision_words(one: Decided) -> str:
    """Return what was decided about a piece, when and why, as a sentence; empty where nothing was."""
    if one.decision is None:
        return CHANGED_SINCE if one.changed else ""
    why = f": {isolated(one.decision.reason)}" if one.decision.reason else "."
    return f"{state_words(one)}, decided on {long_day(one.decision.on)}{why}"


def row_of(one: Decided) -> Row:
    """Return the row of a piece."""
    item, state = one.item, state_words(one)
    flat = " ".join(item.text.split())
    told = flat if len(flat) <= _EXCERPT else f"{flat[:_EXCERPT]}…"
    group = _HEADS[item.group]
    return Row(
        key=item.key,
        title=item.label,
        aside="" if one.waits else state,
        under=(f"{item.heading} · {isolated(told)}", item.heading),
        flag=state if one.waits else "",
        spoken=f"{state}. {group}. {item.heading}. {item.label} {isolated(told)}",
    )


def waiting_words(waiting: dict[Group, int]) -> str:
    """Return which groups still wait, with how much of each."""
    if not waiting:
        return NOTHING_WAITS
    told = (f"{GROUP_WORDS[group]}: {count}" for group, count in waiting.items())
    return f"Not decided yet: {'; '.join(told)}."


def together_words(count: int, group: Group, verdict: Verdict) -> str:
    """Return what was decided about all of a group that waited."""
    done = _DONE[verdict].lower()
    return f"{counted(count, 'piece', 'pieces')} decided together ({GROUP_WORDS[group]}): {done}."


def still_words(items: Sequence[Item]) -> str:
    """Return in which pieces, or the reasons printed with them, words stand that are blacked out somewhere."""
    where = counted(len(items), "piece", "pieces")
    reasons = "the reason you gave for it" if len(items) == 1 else "a reason you gave for them"
    return f"Words that you blacked out still stand in {where} of this copy, or in {reasons}: {places(items)}"


def heading_of(group: Group) -> str:
    """Return a group's words as they begin a line."""
    return _HEADS[group]
