"""The rows of a story: order, spoken sentences, and the arc that dips, climbs and never slips back."""

import datetime

import msgspec
import pytest

from alliance_desktop.domain import rupture, tallies, timeline
from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.entry import Addendum, Arc, ArcId, ClientId, Entry, EntryId, Mark, State, StatusEvent
from alliance_desktop.domain.errors import NewerEntryError
from alliance_desktop.domain.form import Audience, Card, Form, Kind, Option, Question
from alliance_desktop.domain.tallies import Held

NOW = datetime.datetime(2026, 3, 21, 12, tzinfo=datetime.UTC)
TODAY = NOW.date()


def card(id: str) -> Card:
    words = Question(key="name" if id == "notice" else f"{id}_words", kind=Kind.LINE, audience=Audience.PRIV, label="W")
    extra = {
        "dialogue": (Question(key="their_words", kind=Kind.PROSE, audience=Audience.REC, label="T"),),
        "close": (
            Question(
                key="outcome",
                kind=Kind.CHOICE,
                audience=Audience.REC,
                label="O",
                options=(Option(id="stronger", label="Stronger"), Option(id="as_before", label="As before")),
            ),
        ),
    }.get(id, ())
    enough = ((words.key,),) if id == "repair" else ()
    return Card(id=id, title=id.title(), questions=(words, *extra), summary=(words.key,), enough=enough)


CARDS = ("notice", "acknowledge", "dialogue", "repair", "follow_up", "close")
RUPTURE = Form(id="rupture", version=1, title="Strain", cards=tuple(card(one) for one in CARDS))
SESSION = Form(
    id="session",
    version=1,
    title="Session",
    cards=(
        Card(
            id="note",
            title="Session note",
            summary=("attendance", "line"),
            questions=(
                Question(
                    key="attendance",
                    kind=Kind.CHOICE,
                    audience=Audience.REC,
                    label="A",
                    options=(Option(id="attended", label="Attended"), Option(id="no_show", label="No show")),
                ),
                Question(key="line", kind=Kind.PROSE, audience=Audience.REC, label="L"),
            ),
        ),
    ),
)


def entry(number: int, card: str, day: int, arc: int | None = 1, mark: Mark = Mark.NONE, **answers: object) -> Entry:
    form = "rupture" if arc is not None else "session"
    return Entry(
        id=EntryId(number),
        client=ClientId(1),
        form=form,
        form_version=1,
        card=card,
        happened_on=datetime.date(2026, 3, day),
        created_at=NOW,
        touched_at=NOW,
        arc=ArcId(arc) if arc is not None else None,
        sequence=number,
        mark=mark,
        answers=answers,
    )


def event(number: int, was: str, became: str, day: int, turn: int = 1, undoes: int | None = None) -> StatusEvent:
    on = datetime.date(2026, 3, day)
    return StatusEvent(
        id=number, arc=ArcId(1), turn=turn, was=was, became=became, true_on=on, entered_at=NOW, undoes=undoes
    )


def arc(status: str, turn: int = 1) -> Arc:
    return Arc(id=ArcId(1), client=ClientId(1), form="rupture", created_at=NOW, status=status, turn=turn)


def rows(**story: object) -> list[timeline.Row]:
    made = timeline.Story(**story)  # type: ignore[arg-type]  # the test's own keyword bag
    return timeline.rows(made, lambda one: RUPTURE if one.arc is not None else SESSION, TODAY)


def mended_story() -> dict[str, object]:
    return {
        "entries": [
            entry(1, "notice", 3, name="blip"),
            entry(2, "dialogue", 5, their_words="It stung"),
            entry(3, "repair", 10, repair_words="plan it together"),
            entry(4, "acknowledge", 10, acknowledge_words="praise"),
            entry(5, "close", 21, outcome=chosen("stronger"), close_words="w"),
        ],
        "arcs": [arc(rupture.Status.RESOLVED)],
        "events": [event(1, "", "noticed", 3), event(2, "followed_up", "resolved", 21)],
    }


def test_an_arc_dips_climbs_and_ends_higher() -> None:
    drawn = [row for row in rows(**mended_story()) if row.point is not None]
    depths = [row.point.depth for row in drawn if row.point]
    assert depths == [4, 2, 1, 1, 1, -1]
    assert drawn[0].point is not None
    assert drawn[0].point.starts
    assert drawn[-1].point is not None
    assert drawn[-1].point.ends


def test_every_row_speaks_a_whole_sentence_with_day_and_kind() -> None:
    told = [row.spoken for row in rows(**mended_story())]
    assert told[0] == "3 March 2026. Strain “blip”: noticed. blip."
    assert told[-1] == "21 March 2026. Strain “blip”: mended."
    assert all(one.endswith(".") for one in told)


def test_an_open_strain_ends_the_list_with_its_days() -> None:
    last = rows(entries=[entry(1, "notice", 9, name="quiet")], arcs=[arc(rupture.Status.NOTICED)])[-1]
    assert last.symbol is timeline.Symbol.OPEN
    assert last.text == "12 days, not talked about yet"


def test_a_reopened_strain_draws_a_second_turn_and_keeps_the_first_end() -> None:
    story = mended_story()
    story["events"] = [*story["events"], event(3, "resolved", "noticed", 21, turn=2)]  # type: ignore[misc]  # a list
    story["arcs"] = [arc(rupture.Status.NOTICED, turn=2)]
    shapes = [row.symbol for row in rows(**story)][-3:]
    assert shapes == [timeline.Symbol.ENDED, timeline.Symbol.REOPENED, timeline.Symbol.OPEN]


def test_an_end_that_was_taken_back_is_no_row() -> None:
    story = mended_story()
    story["events"] = [*story["events"], event(3, "resolved", "followed_up", 21, undoes=2)]  # type: ignore[misc]  # a list
    story["arcs"] = [arc(rupture.Status.FOLLOWED_UP)]
    assert timeline.Symbol.ENDED not in {row.symbol for row in rows(**story)}
    assert timeline.Symbol.REOPENED not in {row.symbol for row in rows(**story)}


def test_sessions_show_attendance_by_shape_and_an_empty_strain_card_shows_nothing() -> None:
    shown = rows(
        entries=[
            entry(1, "note", 3, arc=None, attendance=chosen("attended"), line="first\nsecond"),
            entry(2, "note", 4, arc=None, attendance=chosen("no_show")),
            entry(3, "follow_up", 5),
        ],
        arcs=[arc(rupture.Status.RESOLVED)],
    )
    assert [row.symbol for row in shown] == [timeline.Symbol.ATTENDED, timeline.Symbol.MISSED]
    assert shown[0].text == "Attended · first second"


@pytest.mark.parametrize(
    ("attendance", "symbol", "held"),
    [
        ("attended", timeline.Symbol.ATTENDED, Held.HELD),
        ("came_late", timeline.Symbol.PARTLY, Held.HELD),
        ("left_early", timeline.Symbol.PARTLY, Held.HELD),
        ("ended_by_others", timeline.Symbol.PARTLY, Held.HELD),
        ("no_show", timeline.Symbol.MISSED, Held.MISSED),
        ("late_cancel", timeline.Symbol.MISSED, Held.MISSED),
        ("excused", timeline.Symbol.OFF, Held.CANCELLED),
        ("i_cancelled", timeline.Symbol.OFF, Held.CANCELLED),
    ],
)
def test_a_session_is_missed_here_as_in_the_counsellors_own_numbers(
    attendance: str, symbol: timeline.Symbol, held: Held
) -> None:
    (row,) = rows(entries=[entry(1, "note", 3, arc=None, attendance=chosen(attendance))])
    assert row.symbol is symbol
    assert tallies.held(attendance) is held


def test_what_is_written_further_on_than_the_status_is_told_with_the_status() -> None:
    cards = [entry(1, "notice", 9, name="quiet"), entry(2, "repair", 10, repair_words="plan it together")]
    now = rows(entries=cards, arcs=[arc(rupture.Status.NOTICED)])[-1]
    assert now.text == "12 days, a repair is written down; the status still says “Noticed”"
    assert now.spoken.endswith("12 days, a repair is written down; the status still says “Noticed”.")
    talked = [*cards[:1], entry(3, "dialogue", 10, their_words="It stung")]
    assert rows(entries=talked, arcs=[arc(rupture.Status.NOTICED)])[-1].text.startswith("12 days, talked about; the")
    agreed = rows(entries=cards, arcs=[arc(rupture.Status.REPAIR_AGREED)])[-1]
    assert agreed.text == "12 days, repair agreed", "the control: the counsellor set it"
    again = rows(entries=cards, arcs=[arc(rupture.Status.NOTICED, turn=2)])[-1]
    assert "repair" not in again.text, "what was agreed in an earlier turn is over"


def test_an_addendum_is_a_row_of_its_own_day() -> None:
    noted = entry(1, "note", 3, arc=None, line="said")
    finished = timeline.Story(
        entries=[noted],
        addenda=[Addendum(id=9, entry=noted.id, written_at=NOW, text="Corrected the time.")],
    )
    made = timeline.rows(finished, lambda _: SESSION, TODAY)
    assert made[-1].title == "Addendum to session note of 3 March 2026"
    assert noted.state is State.DRAFT


def test_long_notes_are_cut_to_a_head() -> None:
    shown = rows(entries=[entry(1, "note", 3, arc=None, line="word " * 100)])
    assert len(shown[0].text) <= timeline.HEAD
    assert shown[0].text.endswith("…")


def test_a_strain_opened_again_begins_anew_before_its_cards_of_that_day() -> None:
    story = mended_story()
    again = msgspec.structs.replace(entry(6, "notice", 21, name="blip"), turn=2)
    story["entries"] = [*story["entries"], again]  # type: ignore[misc]  # a list
    story["events"] = [*story["events"], event(3, "resolved", "noticed", 21, turn=2)]  # type: ignore[misc]  # a list
    story["arcs"] = [arc(rupture.Status.NOTICED, turn=2)]
    shapes = [row.symbol for row in rows(**story)][-4:]
    assert shapes == [timeline.Symbol.ENDED, timeline.Symbol.REOPENED, timeline.Symbol.STAGE, timeline.Symbol.OPEN]


def test_a_name_with_its_own_quotation_marks_gets_no_second_pair() -> None:
    shown = rows(entries=[entry(1, "notice", 3, name="“Would they?”")], arcs=[arc(rupture.Status.NOTICED)])
    assert shown[0].title == "Noticed: “Would they?”"


def test_an_entry_of_a_newer_program_is_a_row_that_says_so_and_leads_nowhere() -> None:
    newer = entry(2, "fresh_card", 5)
    addendum = Addendum(id=9, entry=newer.id, written_at=NOW, text="Corrected the time.")
    story = timeline.Story(
        entries=[entry(1, "notice", 3, name="blip"), newer], arcs=[arc("noticed")], addenda=[addendum]
    )
    made = timeline.rows(story, lambda one: RUPTURE if one.id == 1 else None, TODAY)
    assert [row.title for row in made][:1] == ["Noticed: “blip”"]
    assert (made[1].entry, made[1].arc, made[1].text) == (None, None, NewerEntryError.sentence)
    assert NewerEntryError.sentence in made[1].spoken
    assert (made[2].entry, made[2].title) == (None, "Addendum to an entry of 5 March 2026")
    assert made[3].symbol is timeline.Symbol.OPEN


def words_form(id: str, *, drawer: bool = False, based_on: str = "", freezes: bool = False) -> Form:
    line = Question(key="line", kind=Kind.PROSE, audience=Audience.REC, label="L")
    card = Card(id="note", title=f"{id} card", summary=("line",), questions=(line,), freezes=freezes)
    return Form(id=id, version=1, title=f"{id} form", cards=(card,), drawer=drawer, based_on=based_on)


def one_row(form: Form, **addenda: str) -> list[timeline.Row]:
    noted = msgspec.structs.replace(entry(1, "note", 3, arc=None, line="Their brother was there."), form=form.id)
    added = [Addendum(id=9, entry=noted.id, written_at=NOW, text=text) for text in addenda.values()]
    return timeline.rows(timeline.Story(entries=[noted], addenda=added), lambda _: form, TODAY)


def test_any_form_is_told_by_its_card_and_its_head_and_is_no_draft_while_it_is_open() -> None:
    (row,) = one_row(words_form("goal"))
    assert (row.title, row.text, row.symbol) == ("goal card", "Their brother was there.", timeline.Symbol.OTHER)
    assert row.entry == EntryId(1)
    assert not row.draft
    assert row.spoken == "3 March 2026. goal card. Their brother was there."
    (session,) = one_row(words_form("own_note", based_on="session"))
    assert (session.title, session.draft) == ("Session", True), "a counsellor's copy is told as what it is a copy of"
    (freezing,) = one_row(words_form("facts", freezes=True))
    assert freezing.draft, "what is to stay as it was says that it is not finished"


def test_a_drawer_shows_that_there_is_something_and_not_a_word_of_it() -> None:
    row, added = one_row(words_form("safeguarding", drawer=True), later="And his name.")
    for one in (row, added):
        assert one.symbol is timeline.Symbol.LOCKED
        assert one.text == ""
        assert timeline.IN_DRAWER in one.spoken
        assert "brother" not in one.spoken
        assert "his name" not in one.spoken
        assert one.entry == EntryId(1)
    assert row.title == "safeguarding form"
    open_row, open_added = one_row(words_form("other"), later="And his name.")
    told = f"{open_row.spoken} {open_added.spoken}"
    assert "brother" in told, "the control: other forms are told"
    assert "his name" in told
