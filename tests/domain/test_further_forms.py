"""The further forms have the keys that code reads, of those kinds and for those readers."""

from collections.abc import Iterator

import pytest

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.form import Audience, Form, Question

# form/card: key kind audience; a star where the card asks for it before it is enough.
CONTRACT = {
    "supervision/session": """
        *on date PRIV, with_whom contacts PRIV, kind choice PRIV, minutes number PRIV, brought link PRIV,
        brought_words prose PRIV, clients line PRIV, heard prose PRIV, will_do prose PRIV, do_by date PRIV,
        done tick PRIV, feeds_back link PRIV""",
    "supervision/prep": """
        prep_on date PRIV, wants prose PRIV, moment prose PRIV, felt prose PRIV, avoid prose PRIV,
        question prose PRIV""",
    "safeguarding/concern": """
        *learned_on date REC, learned_at time REC, learned_where line REC, *exact_words prose REC, saw prose REC,
        think prose REC, said prose REC, explained choice REC, danger choice REC, *told rows REC, decision prose REC,
        reason prose REC, next_steps rows REC""",
    "safeguarding/follow_up": """
        concern link REC, *on date REC, *what prose REC, by_whom line REC, outcome prose REC, next_on date REC""",
    "closing/closing": """
        *why choice REC, reason_words prose REC, goals_looked prose REC, strains_said choice REC, helped prose REC,
        goodbye prose REC, tries_made prose REC, last_message prose REC, door_open prose REC, where_now prose REC,
        come_back prose REC, told contacts 3P, whose_need choice PRIV, keep_record_until date REC,
        keep_private_until date REC, closed_on date REC, second_look_on date REC, second_look_done tick REC""",
    "concern/concern": """
        *from_whom contacts 3P, *received_on date REC, *worries prose 3P, urgency choice REC, answer_due date REC,
        answered_on date REC, told_back prose REC, outreach_opened tick REC""",
    "referral/referral": """
        *to_whom contacts 3P, why prose REC, consent choice REC, sent_on date REC, answer_due date REC,
        answered_on date REC, answer prose REC, outcome prose REC""",
    "meeting/meeting": """
        *on date REC, there contacts 3P, voices choices REC, data_shared prose REC, decisions prose REC,
        actions rows REC, dissent prose REC""",
    "decision/decision": """
        decided_on date REC, *decision prose REC, options_weighed prose REC, *because choices REC,
        whose_need prose REC, consulted contacts 3P, review_on date REC, reviewed tick REC""",
    "score/score": """
        *instrument line REC, version line REC, *on date REC, total line REC, subscores rows REC,
        rated_by choice REC, origin line REC""",
    "life_event/life_event": "*what line REC, *on date REC, yearly tick REC, mention prose REC",
    "team_reflection/reflection": """
        *on date REC, with_whom contacts 3P, well prose REC, not_well prose REC, change prose REC""",
    "resource/resource": "*name line REC, what prose REC, reach prose REC, for_whom line REC",
    "resource_given/given": """
        resource link REC, resource_words line REC, given_to line REC, *on date REC, helped choice REC""",
    "own_learning/learning": "*on date PRIV, noticed prose PRIV, pattern prose PRIV, practise prose PRIV",
    "disclosure/disclosure": """
        *on date REC, notes link REC, what line REC, *to_whom line REC, *why prose REC, how choice REC""",
    "records_request/request": """
        *asker choice REC, asker_name contacts 3P, *received_on date REC, *identity prose REC, *authority prose REC,
        young_told prose REC, young_wants prose REC, scope_words prose REC, scope_from date REC, scope_until date REC,
        scope_kinds choices REC, law choice REC, due_on date REC, sent_on date REC""",
}

ABOUT = {
    "client": "safeguarding closing concern referral meeting score life_event resource_given records_request",
    "counsellor": "supervision team_reflection resource own_learning",
    "either": "decision disclosure",
}

OPTIONS = {
    "supervision.kind": "individual group peer consultation other",
    "safeguarding.danger": "yes no not_sure",
    "closing.why": "planned drifted moved referred_on client_chose service_limit",
    "closing.strains_said": "mended named not_possible none",
    "disclosure.how": "printed exported copied shown read_aloud other",
    "meeting.voices": "student family neither other",
    "decision.because": "evidence ethics policy other",
    "records_request.asker": "client parent lawyer professional other",
    "records_request.scope_kinds": "details sessions between_us outreach goals people record",
    "records_request.law": "uk ontario canada us_hipaa us_school other",
}

COLUMNS = {
    "safeguarding.told": "name line, role line, on date, how line, reference line",
    "safeguarding.next_steps": "what line, by_whom line, on date",
    "meeting.actions": "what line, who line, by date, done tick",
    "score.subscores": "name line, value line",
}

TARGETS = {
    "safeguarding.concern": {"safeguarding"},
    "resource_given.resource": {"resource"},
    "supervision.feeds_back": {"rupture"},
    "disclosure.notes": set(),
}


def contract(place: str) -> Iterator[tuple[str, str, str, bool]]:
    for one in CONTRACT[place].split(","):
        key, kind, audience = one.split()
        yield key.lstrip("*"), kind, audience, key.startswith("*")


def question(forms: dict[str, Form], name: str) -> tuple[Form, Question]:
    form_id, key = name.split(".")
    form = forms[form_id]
    (found,) = [one for card in form.cards for one in card.questions if one.key == key]
    return form, found


def audiences(form: Form) -> set[Audience]:
    return {one.audience for card in form.cards for one in card.questions}


@pytest.mark.parametrize("place", CONTRACT)
def test_keys_that_code_reads(forms, place):
    form_id, card_id = place.split("/")
    asked = {one.key: (one.kind.value, one.audience.value) for one in forms[form_id].card(card_id).questions}
    wanted = {key: (kind, audience) for key, kind, audience, _ in contract(place)}
    assert {key: asked.get(key) for key in wanted} == wanted


@pytest.mark.parametrize("place", CONTRACT)
def test_what_is_starred_is_needed_for_enough(forms, place):
    form_id, card_id = place.split("/")
    starred = {key for key, _, _, star in contract(place) if star}
    enough = forms[form_id].card(card_id).enough
    assert enough
    assert all(starred <= set(alternative) for alternative in enough)


@pytest.mark.parametrize("place", CONTRACT)
def test_an_untouched_card_is_never_enough(forms, place):
    form_id, card_id = place.split("/")
    card = forms[form_id].card(card_id)
    given = {one.key: {"on": "2026-03-05"} for one in card.questions if one.default == "today"}
    assert not card.is_enough(given)


@pytest.mark.parametrize("place", CONTRACT)
def test_each_card_says_what_it_is_for_and_where_to_begin(forms, place):
    form_id, card_id = place.split("/")
    card = forms[form_id].card(card_id)
    dates = [one.key for one in card.questions if one.kind.value == "date"]
    assert card.aim.endswith(".")
    assert card.summary
    assert card.begin_at
    assert not card.question(card.begin_at).folded
    assert card.dated_by in dates or not dates


def test_who_each_form_is_about(forms):
    for about, names in ABOUT.items():
        assert {one: forms[one].about for one in names.split()} == dict.fromkeys(names.split(), about)
    assert all(forms[one].section for names in ABOUT.values() for one in names.split())


@pytest.mark.parametrize("name", OPTIONS)
def test_options_that_code_reads(forms, name):
    form, asked = question(forms, name)
    assert [one.id for one in form.options(asked)] == OPTIONS[name].split()


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_that_code_reads(forms, name):
    _, asked = question(forms, name)
    assert ", ".join(f"{one.key} {one.kind}" for one in asked.columns) == COLUMNS[name]


@pytest.mark.parametrize("name", TARGETS)
def test_links_lead_where_they_should(forms, name):
    _, asked = question(forms, name)
    assert set(asked.targets) == TARGETS[name]


def test_every_target_is_a_form(forms):
    asked = [one for form in forms.values() for card in form.cards for one in card.questions]
    assert {target for one in asked for target in one.targets} <= set(forms)


def test_having_declined_is_no_reason_to_close(forms):
    form, why = question(forms, "closing.why")
    ids = {one.id for one in form.options(why)}
    assert ids & {"declined", "declined_once", "no_answer", "other", "not_sure"} == set()
    assert not why.text
    assert "said no once has not ended it" in why.help


def test_tries_and_the_last_message_are_asked_when_contact_was_lost(forms):
    card = forms["closing"].card("closing")

    def asked(why: str) -> set[str]:
        return {one.key for one in card.shown_questions({"why": chosen(why)}, frozenset())}

    assert {"tries_made", "last_message", "door_open"} <= asked("drifted")
    assert asked("planned") & {"tries_made", "last_message"} == set()
    assert "door_open" in asked("planned")


def test_closing_is_kept_up_and_its_day_is_never_given(forms):
    card = forms["closing"].card("closing")
    assert card.living
    assert card.question("closed_on").default == ""
    assert {one.key for one in card.questions if one.audience is Audience.PRIV} == {"whose_need"}


def test_safeguarding_lies_apart_and_stays_as_it_was_written(forms):
    form = forms["safeguarding"]
    assert form.drawer
    assert "tells no one" in form.banner
    assert "Follow your procedure now" in form.banner
    assert [(card.id, card.freezes) for card in form.cards] == [("concern", True), ("follow_up", True)]
    assert audiences(form) == {Audience.REC}
    assert [one for one in forms.values() if one.drawer] == [form]


def test_danger_is_asked_first(forms):
    card = forms["safeguarding"].card("concern")
    assert card.questions[0].key == card.begin_at == "danger"


def test_supervision_and_own_learning_are_the_counsellors_alone(forms):
    assert audiences(forms["supervision"]) == {Audience.PRIV}
    assert audiences(forms["own_learning"]) == {Audience.PRIV}


def test_safeguarding_cannot_be_brought_to_supervision_by_a_link(forms):
    _, brought = question(forms, "supervision.brought")
    assert brought.targets
    assert "safeguarding" not in brought.targets


def test_minutes_have_a_most(forms):
    assert question(forms, "supervision.minutes")[1].most == 600


def test_a_score_record_asks_for_no_items(forms):
    (card,) = forms["score"].cards
    assert {one.key for one in card.questions} == (
        {"instrument", "version", "on", "total", "subscores", "rated_by", "origin"}
    )
