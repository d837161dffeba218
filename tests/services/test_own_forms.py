"""A counsellor's own forms: copied, changed, kept by version, and read with a sentence where they cannot be."""

import msgspec
import pytest
from own_form_cases import BREATH, COLOUR, key_of, reopened, with_questions, write
from service_cases import PASSPHRASE, day

from alliance_desktop.domain import own_form
from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.attention import Rule
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.errors import NewerEntryError
from alliance_desktop.domain.form import Audience, Form, Kind
from alliance_desktop.domain.own_form import OwnQuestion
from alliance_desktop.domain.own_form_errors import OwnFormError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.forms import Forms, private_keys
from alliance_desktop.services.own_forms import BROKEN, NEWER, NOT_CHANGED_HERE, BeingAsked, Draft
from alliance_desktop.services.rescue import meaning_of


def raw(vault: OpenVault, name: str, value: object) -> None:
    with vault._store.transaction():
        vault._store.settings.put(name, value)


def test_a_copy_is_kept_and_read_again_as_it_was(vault: OpenVault, access: Access, secrets: Secrets) -> None:
    copy = vault.own_forms.copy("feedback")
    assert (copy.version, copy.based_on, copy.title) == (1, "feedback", "Feedback (mine)")
    assert vault.own_forms.all() == [], "nothing is kept before it is wanted"
    form = own_form.titled(with_questions(vault, copy, BREATH, COLOUR), "  How   it was ")
    vault.own_forms.keep(form)
    opened = reopened(vault, access, secrets)
    (found,) = opened.own_forms.all()
    assert found.title == found.cards[0].title == "How it was"
    assert found.cards[0].questions == form.cards[0].questions
    assert opened.own_forms.troubles == ()
    assert opened.forms.of_kind("feedback") == ["feedback", found.id]
    opened.close()


def test_own_forms_reach_no_other_vault_and_do_not_outlast_a_lock(
    vault: OpenVault, access: Access, forms: Forms
) -> None:
    form = vault.own_forms.copy("feedback")
    vault.own_forms.keep(form)
    assert vault.forms.newest(form.id) == 1
    assert forms.newest(form.id) == 0, "the forms that all vaults share"
    other_folder = vault.folder.with_name("Other.vault")
    other = access.open(other_folder, access.create(other_folder, PASSPHRASE))
    assert other.forms.newest(form.id) == 0
    assert other.own_forms.all() == []
    other.close()


@pytest.mark.parametrize("form", sorted(own_form.NOT_COPIED))
def test_what_cannot_be_copied_says_why_in_one_line(vault: OpenVault, form: str) -> None:
    with pytest.raises(OwnFormError) as told:
        vault.own_forms.copy(form)
    assert told.value.sentence == own_form.NOT_COPIED[form]
    assert "\n" not in told.value.sentence
    listed = [one.why_not for one in vault.own_forms.copiable() if one.form.id == form]
    assert set(listed) == {told.value.sentence}


def test_every_other_card_can_be_copied_and_kept(vault: OpenVault) -> None:
    copiable = [one for one in vault.own_forms.copiable() if not one.why_not]
    assert len(copiable) > 20
    for one in copiable:
        vault.own_forms.keep(vault.own_forms.copy(one.form.id, one.card.id))
    assert len(vault.own_forms.all()) == len(copiable)


@pytest.mark.parametrize(
    ("was", "becomes", "same"),
    [
        (COLOUR, msgspec.structs.replace(COLOUR, label="What colour?"), True),
        (COLOUR, msgspec.structs.replace(COLOUR, options=("Blue", "Green", "Red")), True),
        (COLOUR, msgspec.structs.replace(COLOUR, options=("Red",)), False),
        (COLOUR, msgspec.structs.replace(COLOUR, private=False), False),
        (COLOUR, msgspec.structs.replace(COLOUR, kind=Kind.CHOICES), False),
        (BREATH, msgspec.structs.replace(BREATH, kind=Kind.LINE), False),
    ],
)
def test_a_key_is_kept_only_while_old_answers_mean_the_same(
    vault: OpenVault, was: OwnQuestion, becomes: OwnQuestion, same: bool
) -> None:
    old = vault.own_forms.question(was)
    new = vault.own_forms.question(becomes, old)
    assert (new.key == old.key) is same
    ids = {one.label: one.id for one in old.options}
    assert all(ids.get(one.label, one.id) == one.id for one in new.options), "an answer keeps its id"


def test_only_for_me_lies_in_the_private_table(vault: OpenVault, client: ClientId) -> None:
    form = with_questions(vault, vault.own_forms.copy("feedback"), BREATH, COLOUR)
    vault.own_forms.keep(form)
    told, mine = (form.cards[0].question(key_of(form, one.label)) for one in (BREATH, COLOUR))
    assert (told.audience, mine.audience) == (Audience.REC, Audience.PRIV)
    assert mine.key in private_keys(form.cards[0])
    assert told.key not in private_keys(form.cards[0])


def test_what_the_program_reads_cannot_be_hidden(vault: OpenVault) -> None:
    for one in vault.own_forms.copiable():
        if one.why_not:
            continue
        form = vault.own_forms.copy(one.form.id, one.card.id)
        needed = {key for alternative in one.card.enough for key in alternative} | {one.card.dated_by} - {""}
        for key in needed:
            with pytest.raises(OwnFormError, match="It stays"):
                own_form.hide(form, one.card, key)
    session = vault.own_forms.copy("session")
    assert own_form.stays(session, "date") == own_form.DATE_STAYS
    assert own_form.stays(session, "attendance") == own_form.NEEDED_STAYS
    assert own_form.stays(session, "next_on") == own_form.READ_STAYS
    assert own_form.stays(session, "style").startswith("It stays while")
    assert own_form.stays(session, "checkin_went") == ""


def test_a_copied_session_counts_for_missed_twice(vault: OpenVault, client: ClientId) -> None:
    form = vault.own_forms.copy("session")
    vault.own_forms.keep(form)
    for after in (-7, 0):
        entry = write(vault, client, form, {"date": dated(day(after)), "attendance": chosen("no_show")})
        vault.notebook.finish(entry.id)
    (found,) = [reason for card in vault.attention.cards(day()) for reason in card.reasons]
    assert found.rule is Rule.MISSED_TWICE
    assert "Session note (mine)" in vault.notebook.title(vault.notebook.entry(entry.id))
    assert len(vault.notebook.of_form("session")) == 2


def test_a_retired_form_is_offered_no_more_and_its_entries_read_on(
    vault: OpenVault, client: ClientId, access: Access, secrets: Secrets
) -> None:
    form = vault.own_forms.copy("feedback")
    vault.own_forms.keep(form)
    entry = write(vault, client, form, {"given_on": dated(day())})
    vault.own_forms.retire(form.id)
    assert not vault.own_forms.is_offered(form.id)
    opened = reopened(vault, access, secrets)
    assert not opened.own_forms.is_offered(form.id)
    assert opened.forms.known(opened.notebook.entry(entry.id)) is not None
    opened.own_forms.bring_back(form.id)
    assert opened.own_forms.is_offered(form.id)
    opened.close()


def test_what_is_being_changed_outlasts_a_lock(vault: OpenVault, access: Access, secrets: Secrets) -> None:
    form = own_form.titled(vault.own_forms.copy("feedback"), "Half")
    asked = BeingAsked(words=COLOUR, options="Red\n\nBl", after="who")
    vault.own_forms.keep_draft(Draft(form=form, asked=asked))
    opened = reopened(vault, access, secrets)
    assert opened.own_forms.draft(form.id) == Draft(form=form, asked=asked)
    assert opened.own_forms.all() == []
    opened.own_forms.keep(form)
    assert opened.own_forms.drafts() == []
    opened.own_forms.keep_draft(Draft(form=form))
    opened.own_forms.drop_draft(form.id)
    opened.own_forms.drop_draft(form.id)
    assert opened.own_forms.drafts() == []
    opened.close()


# -- what cannot be so --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (OwnQuestion(label="  "), own_form.NO_LABEL),
        (OwnQuestion(label="x" * 201), own_form.LONG_LABEL),
        (OwnQuestion(label="x", help="y" * 301), own_form.LONG_HELP),
        (OwnQuestion(label="x", kind=Kind.CHOICE, options=(" ", "")), own_form.NO_OPTIONS),
        (OwnQuestion(label="x", kind=Kind.CHOICE, options=("Red", " red ")), own_form.TWICE.format(label="red")),
        (OwnQuestion(label="x", kind=Kind.CHOICES, options=("z" * 121,)), own_form.LONG_OPTION),
        (OwnQuestion(label="x", kind=Kind.CHOICES, options=tuple(map(str, range(41)))), own_form.MANY_OPTIONS),
    ],
)
def test_a_question_that_cannot_be_asked_is_answered_with_a_sentence(
    vault: OpenVault, words: OwnQuestion, sentence: str
) -> None:
    with pytest.raises(OwnFormError) as told:
        vault.own_forms.question(words)
    assert told.value.sentence == sentence


@pytest.mark.parametrize(
    ("title", "sentence"), [(" ", own_form.NO_TITLE), ("x" * 200, own_form.LONG_TITLE), ("x" * 80, "")]
)
def test_a_name_must_be_there_and_fit(vault: OpenVault, title: str, sentence: str) -> None:
    form = own_form.titled(vault.own_forms.copy("feedback"), title)
    if not sentence:
        vault.own_forms.keep(form)
        return
    with pytest.raises(OwnFormError) as told:
        vault.own_forms.keep(form)
    assert told.value.sentence == sentence
    assert vault.own_forms.all() == []


def test_five_hundred_questions_are_too_many_to_keep_but_read_where_they_are_there(
    vault: OpenVault, access: Access, secrets: Secrets, client: ClientId
) -> None:
    many = [msgspec.structs.replace(BREATH, label=f"سؤال {at}") for at in range(500)]
    form = with_questions(vault, vault.own_forms.copy("feedback"), *many)
    with pytest.raises(OwnFormError) as told:
        vault.own_forms.keep(form)
    assert told.value.sentence == own_form.MANY_QUESTIONS
    raw(vault, f"form {form.id} 1", msgspec.to_builtins(form))
    opened = reopened(vault, access, secrets)
    assert len(opened.own_forms.all()[0].cards[0].questions) == 511
    opened.close()


def spoilt(form: Form, how: str) -> object:
    plain = msgspec.to_builtins(form)
    match how:
        case "later":
            plain["colour_of_the_sky"] = "blue"
        case "no words":
            plain["cards"][0]["questions"][0]["label"] = " "
        case "another id":
            plain["id"] = "own_77"
        case "of a strain":
            plain["based_on"] = "rupture"
        case "no cards":
            plain["cards"] = []
        case "a text":
            return "{half of it"
    return plain


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("later", NEWER),
        ("no words", BROKEN),
        ("another id", BROKEN),
        ("of a strain", BROKEN),
        ("no cards", BROKEN),
        ("a text", BROKEN),
    ],
)
def test_a_declaration_that_cannot_be_read_is_told_and_loses_nothing(
    vault: OpenVault, client: ClientId, access: Access, secrets: Secrets, how: str, sentence: str
) -> None:
    form = vault.own_forms.copy("feedback")
    vault.own_forms.keep(form)
    entry = write(vault, client, form, {"given_on": dated(day()), "change": "More time."})
    raw(vault, f"form {form.id} 1", spoilt(form, how))
    opened = reopened(vault, access, secrets)
    assert opened.own_forms.troubles == (sentence,)
    assert opened.own_forms.all() == []
    (row,) = opened.notebook.timeline(client)
    assert row.text == NewerEntryError.sentence
    assert opened.notebook.entry(entry.id).answers["change"] == "More time."
    assert opened.notebook.title(opened.notebook.entry(entry.id)).endswith(NewerEntryError.sentence)
    raw(opened, f"form {form.id} 1", msgspec.to_builtins(form))
    whole = reopened(opened, access, secrets)
    assert whole.forms.known(whole.notebook.entry(entry.id)) is not None, "the control: it was only not understood"
    whole.close()


def test_text_that_is_no_json_is_told_as_well(vault: OpenVault, access: Access, secrets: Secrets) -> None:
    with vault._store.transaction():
        vault._store._database.run("INSERT INTO setting VALUES (?, ?)", ("form own_5 1", '{"id": "own_5", '))
        vault._store._database.run("INSERT INTO setting VALUES (?, ?)", ("form own_feedback one", "{}"))
        vault._store._database.run("INSERT INTO setting VALUES (?, ?)", ("form own_6 " + "9" * 5000, "{}"))
    opened = reopened(vault, access, secrets)
    assert opened.own_forms.troubles == (BROKEN,)
    opened.close()


def test_an_id_of_a_shipped_form_takes_nothing_from_it(
    vault: OpenVault, access: Access, secrets: Secrets, forms: Forms
) -> None:
    mine = msgspec.structs.replace(vault.own_forms.copy("feedback"), id="own_learning")
    raw(vault, "form own_learning 9", msgspec.to_builtins(msgspec.structs.replace(mine, version=9)))
    opened = reopened(vault, access, secrets)
    assert opened.own_forms.troubles == (BROKEN,)
    assert opened.forms.current("own_learning") == forms.current("own_learning")
    opened.close()


def test_a_form_of_an_unknown_origin_reads_and_is_not_changed(
    vault: OpenVault, client: ClientId, access: Access, secrets: Secrets
) -> None:
    form = msgspec.structs.replace(vault.own_forms.copy("feedback"), based_on="form_of_2031")
    raw(vault, f"form {form.id} 1", msgspec.to_builtins(form))
    opened = reopened(vault, access, secrets)
    assert opened.own_forms.troubles == ()
    entry = write(opened, client, form, {"change": "More time."})
    assert opened.forms.of(entry).title == form.title
    assert opened.own_forms.base(form) is None
    with pytest.raises(OwnFormError) as told:
        opened.own_forms.keep(form)
    assert told.value.sentence == NOT_CHANGED_HERE
    opened.close()


def test_a_later_version_in_the_vault_is_never_written_over(vault: OpenVault, access: Access, secrets: Secrets) -> None:
    form = vault.own_forms.copy("feedback")
    vault.own_forms.keep(form)
    raw(vault, f"form {form.id} 4", spoilt(msgspec.structs.replace(form, version=4), "later"))
    opened = reopened(vault, access, secrets)
    opened.own_forms.keep(own_form.titled(form, "Here"))
    assert opened.own_forms.all()[0].version == 5
    names = set(opened._store.settings.texts(f"form {form.id}"))
    assert names == {f"form {form.id} {at}" for at in (1, 4, 5)}
    opened.close()


def test_a_salvage_takes_no_answer_of_an_own_question_into_the_record(vault: OpenVault, forms: Forms) -> None:
    """Keys that only an own form knows are of an unknown side, and what is unknown goes to the private one."""
    form = with_questions(vault, vault.own_forms.copy("feedback"), BREATH, COLOUR)
    vault.own_forms.keep(form)
    shared, own = meaning_of(forms), meaning_of(vault.forms)
    for label, is_private in ((BREATH.label, False), (COLOUR.label, True)):
        key = key_of(form, label)
        assert shared.is_private(form.id, 1, "feedback", key) is None
        assert own.is_private(form.id, 1, "feedback", key) is is_private
        assert shared.card_of(frozenset({key})) is None


def test_forms_shared_by_all_vaults_stay_clean_of_what_is_added_to_a_copy(forms: Forms) -> None:
    copied = forms.copied()
    form = own_form.copied(forms.current("feedback"), forms.current("feedback").cards[0], "own_1")
    copied.add(form)
    copied.retire([form.id])
    assert (copied.newest("own_1"), forms.newest("own_1")) == (1, 0)
    assert not copied.offers("own_1")
    assert forms.offers("feedback")
