"""Pictures of timelines for `tests.screenshots`: a quiet client, two stories of the sample, and one of twenty years."""

import datetime
import random
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.domain.timeline import Zoom
from alliance_desktop.services.notebook import WriteCard

if TYPE_CHECKING:
    from tests.screenshots import Studio

LONG = (
    ("session", "note", {}),
    ("outreach", "try", {"avenue": chosen("text"), "response": chosen("not_now")}),
    ("goal", "goal", {"own_words": "To sleep through the night"}),
    ("contact_log", "talk", {"purpose": "The timetable"}),
)
"""What the client of twenty years has: form, card and answers."""


def timelines(studio: "Studio", look: str) -> None:
    """A quiet client, a strain that waits, one that was mended, and twenty years, from closer and further away."""
    work, book = studio.program.work, studio.program.vault.notebook
    quiet = book.add_client({"code": "Q-1", "called": "Mo"}).client
    answers = {"date": dated(studio.at.date()), "attendance": chosen("attended"), "one_line": "A first, quiet hour."}
    note = WriteCard(client=quiet, form="session", card="note", answers=answers, entry=book.new_entry())
    book.write(note)
    people = {"quiet": quiet, "tomas": studio.client("Tomás").id, "dana": studio.client("Dana").id}
    for name, client in (people | {"long": long_story(studio)}).items():
        work.pages.open_client(client)
        for zoom in Zoom:
            work.obey(f"timeline_{zoom}")
            studio.take(f"timeline-{name}-{zoom}-{look}")
        work.obey("timeline_week")
    work.obey("timeline_words")
    studio.find(QLineEdit, "timeline_words").setText("weir")
    while "shown" not in work.pages.page.story.findChild(QLabel, "timeline_count").text():
        QApplication.processEvents()
    studio.take(f"timeline-narrowed-{look}")
    work.obey("timeline_everything")


def long_story(studio: "Studio") -> ClientId:
    """Write a client of twenty years with 5,000 entries, and return whose they are."""
    vault = studio.program.vault
    book, chance = vault.notebook, random.Random(5)
    client = book.add_client({"code": "L-20", "called": "Ash"}).client
    came = ("attended",) * 8 + ("no_show", "came_late")
    with vault._store.transaction():
        for number in range(5000):
            on = studio.at.date() - datetime.timedelta(days=number * 1.45)
            form, card, answers = chance.choices(LONG, (93, 3, 2, 2))[0]
            words = {"one_line": f"Number {number}, by the weir."} if form == "session" else {}
            entry = Entry(
                id=book.new_entry(),
                client=client,
                form=form,
                form_version=1,
                card=card,
                happened_on=on,
                created_at=studio.at,
                touched_at=studio.at,
                sequence=5000 - number,
                answers=answers | words | ({"attendance": chosen(chance.choice(came))} if form == "session" else {}),
            )
            vault._store.entries.put(entry, frozenset())
    return client
