"""The page for the client: what is on it, in which words, and when it is refused."""

import datetime

import pytest
from msgspec import structs
from paper_cases import agreed_row, always, entry, reader, repair, text_of_pdf, words_of_pdf

from alliance_desktop.documents.client_plan import blank_client_plan, client_plan
from alliance_desktop.documents.press import render
from alliance_desktop.documents.wording import languages, wording
from alliance_desktop.domain.answers import About, chosen, dated
from alliance_desktop.domain.audience import wording_ready
from alliance_desktop.domain.entry import Entry, Mark
from alliance_desktop.domain.errors import UnseenWordingError
from alliance_desktop.domain.form import Form
from alliance_desktop.resources import resource


def test_page_says_what_was_agreed(form: Form, entries: list[Entry]) -> None:
    text = words_of_pdf(render(client_plan(entries, always(form), turn=1, turn_to=["Room 12"])).pdf())
    for words in (
        "Our plan",
        "A joke came at a bad moment.",
        "Ask before joking",
        "Ms Okafor",
        "17 March 2026",
        "We both leave on time.",
        "Yellow",
        "24 March 2026",
        "My own words",
        "Room 12",
        "Page 1 of 1",
    ):
        assert words in text


@pytest.mark.parametrize("seen", ["not_yet", "did_not_want"])
def test_unseen_wording_is_refused_and_the_blank_page_prints(form: Form, seen: str) -> None:
    """Scenario 23."""
    entries = [repair(understood="Not for paper yet", wording_seen=chosen(seen))]
    assert not wording_ready(entries, turn=1)
    with pytest.raises(UnseenWordingError) as refusal:
        client_plan(entries, always(form), turn=1)
    assert "blank page" in str(refusal.value)
    assert "Not for paper yet" not in str(refusal.value)
    text = words_of_pdf(render(blank_client_plan()).pdf())
    assert "What we agreed" in text
    assert "Not for paper yet" not in text


@pytest.mark.parametrize("seen", ["yes", "changed"])
def test_seen_or_changed_wording_prints(form: Form, seen: str) -> None:
    assert wording_ready([repair(wording_seen=chosen(seen))], turn=1)
    assert client_plan([repair(understood="Ours", wording_seen=chosen(seen))], always(form), turn=1).happened == "Ours"


def test_nothing_agreed_yet_is_not_ready() -> None:
    assert not wording_ready([], turn=1)
    assert not wording_ready([entry("repair", {})], turn=1)


def test_the_newest_agreement_counts(form: Form) -> None:
    seen = repair(understood="First")
    again = entry("repair", {"understood": "Second", "wording_seen": chosen("not_yet")}, turn=2)
    assert client_plan([seen, again], always(form), turn=1).happened == "First"
    with pytest.raises(UnseenWordingError):
        client_plan([seen, again], always(form), turn=2)


def test_the_agreement_of_one_turn_never_prints_with_the_follow_up_of_another(form: Form) -> None:
    rows = [{"what": "Ask first", "outcome": chosen("done")}]
    again = repair(understood="Second")
    entries = [repair(understood="First"), entry("follow_up", {"each_agreed": rows}), structs.replace(again, turn=2)]
    first, second = (client_plan(entries, always(form), turn=turn) for turn in (1, 2))
    assert (first.happened, [one.what for one in first.so_far]) == ("First", ["Ask first"])
    assert (second.happened, second.so_far) == ("Second", ())


@pytest.mark.parametrize("mark", [Mark.SKIPPED, Mark.DOES_NOT_FIT])
def test_a_card_set_aside_is_not_the_agreement(form: Form, mark: Mark) -> None:
    aside = structs.replace(entry("repair", {"understood": "Set aside"}), mark=mark)
    assert client_plan([repair(understood="Ours"), aside], always(form), turn=1).happened == "Ours"
    assert not wording_ready([structs.replace(repair(), mark=mark)], turn=1)


def test_name_prints_only_when_given(form: Form, entries: list[Entry]) -> None:
    assert "Mayabel" not in text_of_pdf(render(client_plan(entries, always(form), turn=1)).pdf())
    assert "Mayabel" in text_of_pdf(render(client_plan(entries, always(form), turn=1, name="Mayabel")).pdf())


def test_leaving_it_as_it_is_is_an_agreement(form: Form) -> None:
    text = words_of_pdf(render(client_plan([repair(leave_as_is=True)], always(form), turn=1)).pdf())
    assert "We agreed to leave it as it is." in text


def test_follow_up_says_how_it_is_going(form: Form, entries: list[Entry]) -> None:
    rows = [{"what": "Ask first", "outcome": chosen("partly")}]
    later = entry("follow_up", {"each_agreed": rows, "different": "Only for the record"})
    text = words_of_pdf(render(client_plan([*entries, later], always(form), turn=1, language="es")).pdf())
    assert "Cómo va" in text
    assert "En parte" in text
    assert "Only for the record" not in text


def test_each_agreement_says_how_it_went_when_it_was_looked_at_last(form: Form) -> None:
    steps = ["Ask first", "Leave on time", "A signal"]
    agreed = repair(agreed=[{"what": one, "who": "me"} for one in steps])
    first = [{"what": "ASK  first", "outcome": chosen("partly")}, {"what": "A signal", "outcome": chosen("partly")}]
    reworded = {"what": "Said otherwise then", "outcome": chosen("done")}
    looks = [[*first, reworded], [{"what": "A signal", "outcome": chosen("done")}]]
    later = [entry("follow_up", {"each_agreed": rows}) for rows in looks]
    dated_ = [structs.replace(one, happened_on=datetime.date(2026, 4, 1 + at)) for at, one in enumerate(later)]
    page = client_plan([agreed, *reversed(dated_)], always(form), turn=1)
    assert [(one.what, one.state) for one in page.so_far] == [("ASK  first", "Partly"), ("A signal", "Done")]
    twice = repair(agreed=[{"what": "On time", "who": one} for one in ("me", "you")])
    told = [{"what": "On time", "outcome": chosen(one)} for one in ("done", "partly")]
    looked = [entry("follow_up", {"each_agreed": rows}) for rows in (told, [])]
    in_order = [structs.replace(one, happened_on=datetime.date(2026, 4, 1 + at)) for at, one in enumerate(looked)]
    both = client_plan([twice, *in_order], always(form), turn=1).so_far
    assert [one.state for one in both] == ["Done", "Partly"], "the same words of two people are two agreements"


def test_every_language_has_its_own_words_and_dates(form: Form, entries: list[Entry]) -> None:
    dates = {
        "en-GB": "24 March 2026",
        "en-US": "March 24, 2026",
        "es": "24 de marzo de 2026",
        "fr-CA": "24 mars 2026",
    }
    assert set(languages()) == set(dates)
    for language, day in dates.items():
        page = client_plan(entries, always(form), turn=1, language=language)
        text = words_of_pdf(render(page).pdf())
        assert wording(language).title in text
        assert day in text


def test_dates_say_how_sure_they_are() -> None:
    first = datetime.date(2026, 4, 1)
    assert wording("fr-CA").day(first) == "1er avril 2026"
    assert wording("es").day(first, About.MONTH) == "abril de 2026"
    assert wording("en-US").date_answer(dated(first, About.WEEK)) == "week of April 1, 2026"


def test_states_of_an_agreement_are_in_the_language(form: Form) -> None:
    page = client_plan(
        [repair(agreed=[agreed_row("Write", state="done"), agreed_row("Ask")])], always(form), turn=1, language="fr-CA"
    )
    assert [row.state for row in page.agreed] == ["Fait", ""]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", languages())
def test_blank_page_stays_on_one_sheet(language: str, paper: str) -> None:
    assert len(reader(render(blank_client_plan(language=language), paper=paper).pdf()).pages) == 1


def test_the_page_avoids_what_it_must_never_say() -> None:
    source = resource("documents", "words.toml").read_text(encoding="utf-8").lower()
    shown = " ".join(line for line in source.splitlines() if not line.startswith("#"))
    for word in ("rupture", "strain", "counsel", "client", "therap", "terap", "thérap", "alliance"):
        assert word not in shown
    assert "not yet reviewed by a native-speaking clinician" in source


def test_an_unknown_language_is_an_error(form: Form, entries: list[Entry]) -> None:
    with pytest.raises(KeyError):
        client_plan(entries, always(form), turn=1, language="xx")
