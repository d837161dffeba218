"""Agreements, outreach, goals, feedback, contacts and consent ask what the design names, each for its own reader."""

import pytest

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.form import PRESET, Audience, Form, Question, is_answered
from alliance_desktop.domain.shown import ROLES

ASKED = {
    "foundation/agreements": """
        3.2.1 gone_through_on date REC, 3.2.2 agreements rows REC, 3.2.3 still_to_say line REC,
        3.2.4 consent_who choices REC, 3.2.5 consent_basis choice REC, 3.2.6 consent_on date REC,
        3.2.7 competence prose REC
    """,
    "outreach/plan": """
        3.3.1 begun_on date REC, 3.3.2 why prose REC, 3.3.3 told_by contacts 3P, 3.3.4 matters prose REC,
        3.3.5 trusted contacts 3P, 3.3.6 asked_for prose REC, 3.3.7 avenues choices REC,
        3.3.8 best_door choice PRIV, 3.3.9 best_door_who contacts PRIV, 3.3.10 earlier_strain link PRIV,
        3.3.11 hurting_dates rows REC, 3.3.12 next_try_on date REC, 3.3.13 next_try_how choice REC
    """,
    "outreach/try": """
        3.3.14 tried_on date REC, 3.3.15 avenue choice REC, 3.3.16 offered prose REC, 3.3.17 response choice REC,
        3.3.18 their_words prose REC, 3.3.19 space_until date REC, 3.3.20 other_person contacts 3P,
        3.3.21 next_on date REC, 3.3.22 next_what line REC
    """,
    "outreach/pause": """
        3.3.23 paused_on date REC, 3.3.24 reason prose REC, 3.3.25 door_open prose REC,
        3.3.26 keeps_an_eye contacts 3P, 3.3.27 review_on date REC, 3.3.28 taken_up_on date REC
    """,
    "goal/goal": """
        3.4.1 set_on date REC, 3.4.2 own_words prose SHARE, 3.4.3 whose choice SHARE, 3.4.4 why prose SHARE,
        3.4.5 first_step prose SHARE, 3.4.6 how_see prose SHARE, 3.4.7 ratings rows SHARE, 3.4.8 state choice SHARE,
        3.4.9 earlier_words prose SHARE, 3.4.10 state_on date SHARE, 3.4.11 my_words prose REC,
        3.4.12 came_from link REC
    """,
    "sharing_log/shared": """
        3.4.13 shared_on date REC, 3.4.14 what choices REC, 3.4.15 goals link REC, 3.4.16 with_whom choices REC,
        3.4.17 comment prose REC, 3.4.18 next prose REC
    """,
    "feedback/feedback": """
        3.5.1 given_on date REC, 3.5.2 who choice REC, 3.5.3 how_asked choice REC, 3.5.4 asked_by contacts 3P,
        3.5.5 supported choice REC, 3.5.6 understood choice REC, 3.5.7 centred choice REC, 3.5.8 change prose REC,
        3.5.9 did_with_it prose REC, 3.5.10 changed_what link REC, 3.5.11 told_on date REC
    """,
    "contact/contact": """
        3.6.1 name line 3P, 3.6.2 role choice 3P, 3.6.3 organisation line 3P, 3.6.4 reach prose 3P,
        3.6.5 relation prose 3P
    """,
    "consent/consent": """
        3.6.6 asked_on date REC, 3.6.7 contact contacts 3P, 3.6.8 asked_of line REC, 3.6.9 given choice REC,
        3.6.10 may_share prose REC, 3.6.11 for_what line REC, 3.6.12 until date REC, 3.6.13 recorded choice REC
    """,
    "contact_log/talk": """
        3.6.14 on date REC, 3.6.15 contact contacts 3P, 3.6.16 direction choice REC, 3.6.17 purpose line REC,
        3.6.18 shared prose REC, 3.6.19 basis choice REC, 3.6.20 least tick REC, 3.6.21 learned prose 3P,
        3.6.22 client_told choice REC, 3.6.23 next line REC, 3.6.24 next_on date REC, 3.6.25 next_done tick REC
    """,
}

ENOUGH = {
    "foundation/agreements": "agreements",
    "outreach/plan": "why",
    "outreach/try": "tried_on avenue response",
    "outreach/pause": "paused_on reason door_open keeps_an_eye review_on",
    "goal/goal": "own_words",
    "sharing_log/shared": "shared_on what",
    "feedback/feedback": "who did_with_it",
    "contact/contact": "name role",
    "consent/consent": "contact given",
    "contact_log/talk": "on contact purpose shared",
}

COLUMNS = {
    "foundation/agreements/agreements": "topic line, done_on date, how line, understood prose, again_on date",
    "outreach/plan/hurting_dates": "on date, what line, yearly tick",
    "goal/goal/ratings": "on date, rating choice, words prose",
}

AVENUES = "in_passing note text email call drop_in trusted_adult peer other_professional family other"
FELT = "yes partly no rather_not_say"
OPTIONS = {
    "outreach/plan/avenues": AVENUES,
    "outreach/plan/next_try_how": AVENUES,
    "outreach/try/avenue": AVENUES,
    "outreach/plan/best_door": "yes with_someone someone_else not_sure",
    "outreach/try/response": "no_answer not_now not_about_this not_with_me wants_space please_stop yes",
    "goal/goal/state": "active reached set_aside changed",
    "goal/goal/whose": "client family school other not_sure",
    "sharing_log/shared/what": "chart notes plan what_and_why other",
    "feedback/feedback/supported": FELT,
    "feedback/feedback/understood": FELT,
    "feedback/feedback/centred": FELT,
    "feedback/feedback/how_asked": "talk paper other_adult other",
    "contact/contact/role": " ".join(ROLES),
    "consent/consent/given": "given partly no withdrawn",
    "contact_log/talk/basis": "consent safety law policy nothing_shared",
    "contact_log/talk/client_told": "before after not",
}

TARGETS = {
    "outreach/plan/earlier_strain": {"rupture"},
    "goal/goal/came_from": {"session"},
    "sharing_log/shared/goals": {"goal"},
    "feedback/feedback/changed_what": {"session", "rupture", "goal", "foundation"},
}

TOPICS = (
    "what_it_is stays_here limits ground_rules time_place room emergency parents consent record not_working "
    "respect ending"
)


def found(forms: dict[str, Form], where: str) -> Question:
    form, card, key = where.split("/")
    return forms[form].card(card).question(key)


def asked(forms: dict[str, Form], where: str, **answers: str) -> set[str]:
    """Return the keys of the questions that a card asks after these choices."""
    form, card = where.split("/")
    given = {key: chosen(one) for key, one in answers.items()}
    return {one.key for one in forms[form].card(card).shown_questions(given, frozenset())}


@pytest.mark.parametrize("where", ASKED)
def test_every_question_is_asked_in_its_kind_for_its_reader(forms, where):
    form, card = where.split("/")
    there = [f"{one.ref} {one.key} {one.kind} {one.audience}" for one in forms[form].card(card).questions]
    assert there == [" ".join(one.split()) for one in ASKED[where].split(",")]


def test_no_card_is_left_out(forms):
    ids = {where.split("/")[0] for where in ASKED}
    assert {f"{id}/{card.id}" for id in ids for card in forms[id].cards} == set(ASKED)


@pytest.mark.parametrize("where", ENOUGH)
def test_enough_is_what_the_design_marks(forms, where):
    form, card = where.split("/")
    assert forms[form].card(card).enough == (tuple(ENOUGH[where].split()),)


@pytest.mark.parametrize("where", COLUMNS)
def test_tables_have_their_columns(forms, where):
    assert ", ".join(f"{one.key} {one.kind}" for one in found(forms, where).columns) == COLUMNS[where]


@pytest.mark.parametrize("where", OPTIONS)
def test_lists_that_code_reads_are_whole(forms, where):
    form = forms[where.split("/")[0]]
    assert [one.id for one in form.options(found(forms, where))] == OPTIONS[where].split()


@pytest.mark.parametrize("where", TARGETS)
def test_links_lead_where_they_should(forms, where):
    assert set(found(forms, where).targets) == TARGETS[where]


def test_avenues_are_one_list(forms):
    lists = {found(forms, where).list for where in OPTIONS if OPTIONS[where] == AVENUES}
    assert lists == {"avenues"}


def test_roles_are_called_as_the_program_calls_them(forms):
    labels = {one.id: one.label.lower() for one in found(forms, "contact/contact/role").options}
    assert labels == {id: name.lower() for id, name in ROLES.items()}


def test_agreements_begin_with_the_topics_of_the_design(forms):
    rows = found(forms, "foundation/agreements/agreements").presets
    assert [one.id for one in rows] == TOPICS.split()
    assert all(one.source and one.label for one in rows)


def test_a_topic_alone_is_no_agreement(forms):
    question = found(forms, "foundation/agreements/agreements")
    given = {PRESET: question.presets[0].id, "topic": question.presets[0].label}
    assert not is_answered(question, [given])
    assert is_answered(question, [given | {"understood": "It stays here unless I am in danger"}])


def test_the_agreements_line_says_no_topic_that_was_only_offered(forms):
    """A timeline line made of the table would tell the topics as if they had been spoken about."""
    assert "agreements" not in forms["foundation"].card("agreements").summary


def test_only_the_agreements_are_kept_up_over_time(forms):
    living = {f"{form}/{card}" for form, card in (one.split("/") for one in ASKED) if forms[form].card(card).living}
    assert living == {"foundation/agreements", "outreach/plan"}


@pytest.mark.parametrize("basis", ["own_understanding", "assent_and_parent", "not_sure"])
def test_reasoning_on_understanding_is_asked_where_a_young_person_decides(forms, basis):
    assert "competence" in asked(forms, "foundation/agreements", consent_basis=basis)
    assert "competence" not in asked(forms, "foundation/agreements", consent_basis="adult")


@pytest.mark.parametrize(
    ("response", "then"),
    [
        ("no_answer", {"next_on"}),
        ("not_now", {"next_on"}),
        ("not_about_this", {"next_on"}),
        ("not_with_me", {"next_on", "other_person"}),
        ("wants_space", {"next_on", "space_until"}),
        ("please_stop", set()),
        ("yes", set()),
    ],
)
def test_each_response_asks_for_what_follows_from_it(forms, response, then):
    conditional = {"next_on", "other_person", "space_until"}
    assert asked(forms, "outreach/try", response=response) & conditional == then


@pytest.mark.parametrize("door", ["with_someone", "someone_else"])
def test_another_door_asks_who_it_would_be(forms, door):
    assert "best_door_who" in asked(forms, "outreach/plan", best_door=door)
    assert "best_door_who" not in asked(forms, "outreach/plan", best_door="yes")


def test_no_answer_to_a_try_closes_anything(forms):
    labels = " ".join(f"{one.label} {one.line}" for one in found(forms, "outreach/try/response").options)
    assert "close" not in labels.lower()


def test_words_a_goal_had_before_are_kept(forms):
    assert {"earlier_words", "state_on"} <= asked(forms, "goal/goal", state="changed")
    assert not {"earlier_words", "state_on"} & asked(forms, "goal/goal", state="active")


def test_ratings_go_from_nought_to_ten(forms):
    (rating,) = [one for one in found(forms, "goal/goal/ratings").columns if one.key == "rating"]
    assert [one.id for one in rating.options] == [str(number) for number in range(11)]


def test_a_counsellors_rewording_is_not_on_the_clients_page(forms):
    goal = forms["goal"].card("goal")
    assert goal.question("my_words").audience is Audience.REC
    assert {one.group for one in goal.questions if one.folded} == {"For the record"}


def test_a_no_to_sharing_asks_nothing_more_about_it(forms):
    more = {"may_share", "for_what", "until"}
    assert more <= asked(forms, "consent/consent", given="partly")
    assert not more & asked(forms, "consent/consent", given="no")
    assert not more & asked(forms, "consent/consent", given="withdrawn")


def test_contacts_are_the_counsellors_and_the_rest_a_clients(forms):
    about = {id: forms[id].about for id in (where.split("/")[0] for where in ASKED)}
    assert {id for id, whose in about.items() if whose == "counsellor"} == {"contact"}
    assert set(about.values()) == {"client", "counsellor"}
