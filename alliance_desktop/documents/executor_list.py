"""What an executor sees, as a page with full names: wishes, what is open, who is expected, how each is reached."""

from collections.abc import Iterator

from alliance_desktop.documents.pages import Group, Item, Section, Sheet
from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.executor import Concern, Left, Person

WORDS = {"title": "For the executor", "page": "Page {n} of {count}", "sample": "SAMPLE"}
HEAD = "Names of clients – keep under lock, and destroy when all is done"
LEAD = (
    "Here is what you need so that nobody waits in vain. Private notes and the words of sessions are not here, and a "
    "safeguarding concern is only named: the person it was passed to knows more."
)
NO_WISHES = "No wishes are written down. Ask the supervisor, the employer or the professional body what to do."
NOTHING_OPEN = "No safeguarding concern is on record, and no day that may be hard is near."
NOBODY = "There are no clients in this vault with whom the work goes on."
LOOK_NOW = "Look at this now"
HARD = "Days that may be hard are near."


def executor_list(left: Left) -> Sheet:
    """Return the page of what is left to do."""
    return Sheet(
        words=WORDS,
        sample=left.sample,
        head=HEAD,
        facts=(long_day(left.today), _clients(len(left.people))),
        lead=LEAD,
        sections=(_wishes(left), _open(left), _expected(left), _everybody(left)),
    )


def _wishes(left: Left) -> Section:
    items = tuple(Item(label=label, text=text) for label, text in left.wishes)
    return _section("Wishes", items, NO_WISHES)


def _open(left: Left) -> Section:
    found = sorted(_risks(left), key=lambda one: not one[0])
    return _section("Open risks", tuple(item for _, item in found), NOTHING_OPEN)


def _risks(left: Left) -> Iterator[tuple[bool, Item]]:
    """Yield what is open of each, and whether it is to be looked at now, which stands first."""
    for person in left.people:
        for one in person.concerns:
            yield one.is_due, _concern(_called(person), one)
        if person.hard_days:
            rows = tuple((one.what, one.said) for one in person.hard_days)
            yield False, Item(label=_called(person), text=HARD, heads=("What", "When"), rows=rows)


def _concern(who: str, one: Concern) -> Item:
    again = f" To be looked at again on {one.look_again}." if one.look_again else ""
    now = f"{LOOK_NOW}. " if one.is_due else ""
    return Item(
        label=who,
        text=f"{now}A safeguarding concern is on record since {one.since}.{again}",
        heads=("Next step", "By whom", "When") if one.steps else (),
        rows=tuple((step.what, step.by_whom, step.on) for step in one.steps),
    )


def _expected(left: Left) -> Section:
    coming = sorted((one.next_on, _called(one)) for one in left.people if one.next_on and one.next_on >= left.today)
    rows = tuple((who, long_day(on)) for on, who in coming)
    table = (Item(label="", heads=("Who", "When"), rows=rows),) if rows else ()
    return _section("Next appointments", table, "No appointment is noted from today on.")


def _everybody(left: Left) -> Section:
    items = tuple(Item(label=_called(one), text="\n".join(_reached(one))) for one in left.people)
    ended = f"The work with {_clients(left.ended)} has ended; their records are in the vault." if left.ended else ""
    lead = " ".join(filter(None, ("" if items else NOBODY, ended)))
    return Section(heading="How to reach each of them", lead=lead, groups=(Group(heading="", items=items),))


def _reached(one: Person) -> Iterator[str]:
    yield one.state
    if one.no_contact:
        yield one.no_contact
    for label, text in one.reach:
        yield f"{label} {text}" if label.endswith("?") else f"{label}: {text}"
    for other in one.others:
        yield f"May be spoken with: {other}"


def _section(heading: str, items: tuple[Item, ...], otherwise: str) -> Section:
    if not items:
        return Section(heading=heading, lead=otherwise)
    return Section(heading=heading, groups=(Group(heading="", items=items),))


def _called(one: Person) -> str:
    return f"{one.name} ({one.code})" if one.code else one.name


def _clients(count: int) -> str:
    return "1 client" if count == 1 else f"{count} clients"
