"""The counsellor's own numbers: what counts and what does not, own forms, the bin, and no note read whole."""

import datetime
from typing import Any

import msgspec
import pytest
from service_cases import Clock, day

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.entry import ArcId, ClientId, EntryId, Mark
from alliance_desktop.domain.rupture import Status
from alliance_desktop.domain.tallies import Step
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.figures import Told
from alliance_desktop.services.notebook import WriteCard

FAR = (day(-400), day(400))
MARKER = "zanzibar"


def write(vault: OpenVault, form: str, card: str, client: ClientId | None = None, **answers: Any) -> EntryId:
    entry = vault.notebook.new_entry()
    vault.notebook.write(WriteCard(client=client, form=form, card=card, answers=answers, entry=entry))
    return entry


def session(vault: OpenVault, client: ClientId, after: int, attendance: str = "attended") -> EntryId:
    more = {"attendance": chosen(attendance)} if attendance else {}
    return write(vault, "session", "note", client, date=dated(day(after)), one_line=MARKER, **more)


def strain(vault: OpenVault, client: ClientId, after: int, **more: Any) -> ArcId:
    entry = write(vault, "rupture", "notice", client, noticed_on=dated(day(after)), name=MARKER, **more)
    arc = vault.notebook.entry(entry).arc
    assert arc is not None
    return arc


def card(vault: OpenVault, client: ClientId, arc: ArcId, name: str, **answers: Any) -> EntryId:
    entry = vault.notebook.new_entry()
    vault.notebook.write(WriteCard(client=client, form="rupture", card=name, answers=answers, entry=entry, arc=arc))
    return entry


def told(vault: OpenVault, start: int = -400, end: int = 400, step: Step = Step.YEAR) -> Told:
    return vault.figures.between(day(start), day(end), step)


def counts(tally: Any) -> dict[str, int]:
    return {str(kind): count for kind, count in tally.total.items() if count}


def test_an_empty_vault_has_nothing_to_tell(vault: OpenVault) -> None:
    found = told(vault)
    assert [one.size for one in (found.sessions, found.strains, found.supervision)] == [0, 0, 0]
    assert [one.pattern.answers for one in found.own] == [0, 0, 0]


def test_sessions_are_told_apart_and_what_is_in_the_bin_does_not_count(vault: OpenVault, client: ClientId) -> None:
    for after, attendance in enumerate(("attended", "came_late", "no_show", "excused", "")):
        session(vault, client, after, attendance)
    gone = session(vault, client, 0)
    assert counts(told(vault).sessions) == {"held": 3, "missed": 1, "cancelled": 1, "untold": 1}
    vault.history.bin(gone)
    assert counts(told(vault).sessions) == {"held": 2, "missed": 1, "cancelled": 1, "untold": 1}
    vault.history.put_back(gone)
    assert told(vault).sessions.size == 6


def test_both_ends_of_a_period_count_and_it_may_be_given_backwards(vault: OpenVault, client: ClientId) -> None:
    for after in (-1, 0, 3, 4):
        session(vault, client, after)
    assert told(vault, 0, 3).sessions.size == 2
    assert told(vault, 3, 0) == told(vault, 0, 3)


def test_the_week_of_a_session_is_found_across_the_year(vault: OpenVault, client: ClientId) -> None:
    for on in ("2025-12-29", "2026-01-04", "2026-01-05"):
        write(vault, "session", "note", client, date=dated(datetime.date.fromisoformat(on)))
    found = vault.figures.between(datetime.date(2025, 12, 29), datetime.date(2026, 1, 18), Step.WEEK)
    assert [sum(one.counts.values()) for one in found.sessions.lines] == [2, 1, 0]


def test_sessions_written_in_a_form_of_ones_own_count(vault: OpenVault, client: ClientId) -> None:
    form = msgspec.structs.replace(vault.own_forms.copy("session"), title="Short note")
    vault.own_forms.keep(form)
    (own,) = vault.own_forms.all()
    write(vault, own.id, own.cards[0].id, client, date=dated(day()), attendance=chosen("no_show"))
    write(vault, "feedback", vault.forms.current("feedback").cards[0].id, client, given_on=dated(day()))
    assert counts(told(vault).sessions) == {"missed": 1}


def test_supervision_adds_minutes_and_says_where_none_are_noted(vault: OpenVault) -> None:
    for after, minutes in ((0, 60), (1, 30), (2, {"text": "an hour"}), (3, None)):
        more: dict[str, Any] = {"minutes": minutes} if minutes is not None else {}
        write(vault, "supervision", "session", on=dated(day(after)), brought_words=MARKER, **more)
    write(vault, "supervision", "prep", prep_on=dated(day()), question="What now?")
    assert counts(told(vault).supervision) == {"minutes": 90, "sessions": 4, "untold": 2}
    hours = vault.supervision.hours(*FAR)
    assert (hours.total, sum(hours.sessions.values()), hours.untold) == (90, 4, 2), "the same as the hours panel"


def test_a_strain_is_noticed_talked_about_and_mended_once_each_turn(vault: OpenVault, client: ClientId) -> None:
    arc = strain(vault, client, 0)
    card(vault, client, arc, "dialogue", took_place_on=dated(day(1)), preferred_not=chosen("not_now"))
    assert counts(told(vault).strains) == {"noticed": 1}, "an offer that was declined is no conversation"
    for after in (3, 5):
        card(vault, client, arc, "dialogue", took_place_on=dated(day(after)), their_words="It was a bit much.")
    assert counts(told(vault).strains) == {"noticed": 1, "talked": 1}
    assert counts(told(vault, 4, 9).strains) == {}, "the second conversation is not the first"
    vault.strains.set_status(arc, Status.RESOLVED, day(6))
    assert counts(told(vault).strains) == {"noticed": 1, "talked": 1, "mended": 1}
    vault.strains.reopen(arc, day(20))
    assert counts(told(vault).strains) == {"noticed": 1, "talked": 1, "mended": 1}
    card(vault, client, arc, "notice", noticed_on=dated(day(20)))
    vault.strains.set_status(arc, Status.RESOLVED, day(30))
    assert counts(told(vault).strains) == {"noticed": 2, "talked": 1, "mended": 2}


def test_an_end_that_was_taken_back_does_not_count(vault: OpenVault, client: ClientId) -> None:
    arc = strain(vault, client, 0)
    vault.strains.set_status(arc, Status.RESOLVED, day(2))
    vault.strains.undo(arc)
    assert counts(told(vault).strains) == {"noticed": 1}


def test_what_was_found_to_be_no_strain_or_lies_in_the_bin_does_not_count(vault: OpenVault, client: ClientId) -> None:
    one, other = strain(vault, client, 0), strain(vault, client, 1)
    vault.strains.set_status(other, Status.RESOLVED, day(2))
    vault.strains.set_status(one, Status.NOT_A_STRAIN, day(2))
    assert counts(told(vault).strains) == {"noticed": 1, "mended": 1}
    vault.history.bin(*(each.id for each in vault.notebook.arc_entries(other)))
    assert counts(told(vault).strains) == {}


def test_the_own_part_is_told_over_all_clients_in_the_order_of_the_form(vault: OpenVault, client: ClientId) -> None:
    other = vault.notebook.add_client({"code": "A-1", "called": "Avi"}).client
    assert other is not None
    for whose, parts in (
        (client, ["a_hurt", "a_words"]),
        (client, ["a_hurt"]),
        (other, ["a_hurt", "not_here_any_more"]),
    ):
        arc = strain(vault, whose, 0, my_move=chosen("away"))
        card(vault, whose, arc, "acknowledge", my_part=chosen(*parts, text=MARKER), landed=MARKER, steered=chosen("no"))
    move, part, steered = told(vault).own
    assert part.options == ["Something I said", "I was hurt and stepped back"], "the form's order, not the most first"
    assert part.pattern.options == {"Something I said": (1, 1), "I was hurt and stepped back": (3, 2)}
    assert move.pattern.options == {"Away from them": (3, 2)}
    assert steered.pattern.options == {"No": (3, 2)}
    assert vault.figures.questions() == [
        "Which way did I move?",
        "What was my part in it?",
        "Did that steer what I did next?",
    ]


def test_a_card_that_was_set_aside_says_nothing(vault: OpenVault, client: ClientId) -> None:
    arc = strain(vault, client, 0)
    id = vault.notebook.new_entry()
    vault.notebook.write(
        WriteCard(
            client=client,
            form="rupture",
            card="acknowledge",
            answers={"my_part": chosen("a_hurt")},
            entry=id,
            arc=arc,
            mark=Mark.SKIPPED,
        )
    )
    assert told(vault).own[1].pattern.answers == 0


def test_nothing_that_was_typed_is_read_or_told(vault: OpenVault, client: ClientId) -> None:
    arc = strain(vault, client, 0, my_move=chosen("away", text=MARKER))
    card(vault, client, arc, "acknowledge", my_part=chosen("a_other", text=MARKER), landed=MARKER)
    session(vault, client, 0)
    found = msgspec.json.encode(told(vault)).decode()
    assert "Away from them" in found
    assert MARKER not in found
    assert "Dana" not in found


def test_a_clock_that_is_behind_leaves_nothing_out(vault: OpenVault, client: ClientId, clock: Clock) -> None:
    session(vault, client, 0)
    clock.move(days=-2600)
    found = told(vault, -4000, 4000, Step.YEAR)
    assert vault.notebook.clock_doubt() is not None
    assert found.sessions.size == 1
    assert found.last == day(), "what is noted later than today is on the list"


@pytest.mark.parametrize(
    "odd", [{"attendance": 5}, {"attendance": {"ids": 7}}, {"attendance": ["x"]}, {"attendance": None}]
)
def test_answers_of_an_odd_shape_count_as_nothing_noted(
    vault: OpenVault, client: ClientId, odd: dict[str, Any]
) -> None:
    write(vault, "session", "note", client, date=dated(day()), **odd)
    arc = strain(vault, client, 0, my_move=odd["attendance"])
    card(vault, client, arc, "acknowledge", my_part={"ids": "a_hurt"}, landed="x")
    found = told(vault)
    assert counts(found.sessions) == {"untold": 1}
    assert [one.pattern.answers for one in found.own] == [0, 0, 0]


BIG = {"entry", "record_answer", "private_answer", "said"}


def plans(vault: OpenVault) -> list[str]:
    """Return every step of the plans of all questions that the numbers of a period ask."""
    database, asked = vault._store._database, []
    plain = database.rows

    def listening(sql: str, values: Any = ()) -> Any:
        asked.append((sql, values))
        return plain(sql, values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "rows", listening)
        told(vault)
    selects = [one for one in asked if one[0].lstrip().startswith("SELECT")]
    assert len(selects) >= 8
    return [str(step[3]) for sql, values in selects for step in plain(f"EXPLAIN QUERY PLAN {sql}", values)]


def scans(steps: list[str]) -> list[str]:
    return [one for one in steps if one.startswith("SCAN") and one.split()[1] in BIG]


def test_everything_is_found_by_form_and_day_and_no_table_is_gone_through(vault: OpenVault, client: ClientId) -> None:
    session(vault, client, 0)
    steps = plans(vault)
    assert scans(steps) == []
    by_form = [one for one in steps if "entry_of_form (form=? AND happened_on" in one]
    assert len(by_form) >= 7
    assert scans(["SCAN entry", "SEARCH entry USING INDEX"]) == ["SCAN entry"], "the look itself finds one"
