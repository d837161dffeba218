"""Requests for records in a real vault: nothing is finished while something waits, and what changed waits again."""

from collections.abc import Callable

import msgspec
import pytest
from records_cases import ASKED, WHY, a_concern, a_request, decide_all, keys, read, written

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.entry import ClientId, EntryId, State
from alliance_desktop.domain.errors import FinishedError
from alliance_desktop.domain.records.beside import BESIDE, ENDED
from alliance_desktop.domain.records.deciding import Verdict
from alliance_desktop.domain.records.errors import (
    ChangedSinceFinishedError,
    FinishedUnmarkedError,
    OtherWordsError,
    RuleError,
    UndecidedError,
    YoungPersonError,
)
from alliance_desktop.domain.records.items import Group
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.notebook import Notebook, WriteCard
from alliance_desktop.services.records import RULES, Records


@pytest.fixture
def concern(notebook: Notebook, client: ClientId) -> EntryId:
    return a_concern(notebook, client)


@pytest.fixture
def request_(notebook: Notebook, client: ClientId, concern: EntryId) -> EntryId:
    return a_request(notebook, client)


@pytest.fixture
def records(vault: OpenVault) -> Records:
    return vault.records


@pytest.mark.parametrize("left", [Group.THIRD, Group.PRIVATE, Group.SAFETY])
def test_one_group_left_undecided_keeps_it_open_and_is_named(
    notebook: Notebook, records: Records, request_: EntryId, left: Group
) -> None:
    names = {Group.THIRD: "other people", Group.PRIVATE: "private reflection", Group.SAFETY: "safeguarding"}
    decide_all(records, request_, *(one for one in names if one is not left))
    with pytest.raises(UndecidedError) as told:
        notebook.finish(request_)
    assert [one for one, words in names.items() if words in told.value.sentence] == [left]
    assert notebook.entry(request_).state is State.DRAFT
    decide_all(records, request_, left)
    notebook.finish(request_)
    assert notebook.entry(request_).state is State.FINISHED


def test_what_is_decided_stays_when_the_card_is_written_again(
    notebook: Notebook, client: ClientId, records: Records, request_: EntryId
) -> None:
    decide_all(records, request_)
    again = WriteCard(
        client=client, form="records_request", card="request", answers={**ASKED, BESIDE: {}}, entry=request_
    )
    notebook.write(again)
    assert records.look(request_).waiting == {}


def test_a_note_that_changes_and_a_new_one_wait_again(
    notebook: Notebook, client: ClientId, records: Records, request_: EntryId, concern: EntryId
) -> None:
    decide_all(records, request_)
    written_ = notebook.entry(concern)
    notebook.write(
        WriteCard(
            client=client,
            form="concern",
            card="concern",
            answers=written_.answers | {"worries": "Aaron is at a loss."},
            entry=concern,
        )
    )
    assert records.look(request_).waiting == {Group.THIRD: 1}
    written(notebook, client, "session", "note", {"for_me_only": "New."})
    assert records.look(request_).waiting == {Group.THIRD: 1, Group.PRIVATE: 1}


def test_what_goes_into_the_bin_waits_no_more_and_comes_back_as_it_was(
    vault: OpenVault, records: Records, request_: EntryId, concern: EntryId
) -> None:
    decide_all(records, request_, Group.PRIVATE, Group.SAFETY)
    vault.history.bin(concern)
    assert records.look(request_).waiting == {}
    vault.history.put_back(concern)
    assert records.look(request_).waiting == {Group.THIRD: 1}


def test_text_taken_out_of_a_note_is_nowhere_in_the_request(
    vault: OpenVault, records: Records, request_: EntryId, concern: EntryId
) -> None:
    records.decide(request_, read(records, request_, Group.THIRD), Verdict.BLACK_OUT, WHY, [(0, 5)])
    vault.history.redact(concern, ["worries"], [], "Wrong file.")
    assert records.look(request_).of(Group.THIRD) == []
    assert "Aaron" not in str(vault.notebook.entry(request_).answers)


def test_reasons_can_be_taken_out_and_the_decisions_stay(vault: OpenVault, records: Records, request_: EntryId) -> None:
    decide_all(records, request_)
    vault.notebook.finish(request_)
    vault.history.redact(request_, [BESIDE], [], "They named somebody.")
    assert WHY not in str(vault.notebook.entry(request_).answers)
    looked = records.look(request_)
    assert looked.waiting == {}
    assert {one.decision.reason for one in looked.decided if one.decision is not None} == {""}
    assert vault.notebook.entry(request_).answers["identity"] == ASKED["identity"]


def test_a_finished_request_takes_no_decision(notebook: Notebook, records: Records, request_: EntryId) -> None:
    decide_all(records, request_)
    notebook.finish(request_)
    with pytest.raises(FinishedError):
        records.decide(request_, read(records, request_, Group.THIRD), Verdict.LEAVE_OUT, WHY)
    with pytest.raises(FinishedError):
        records.take_back(request_, keys(records, request_, Group.THIRD))


def rewrite(notebook: Notebook, id: EntryId, **said: str) -> None:
    old = notebook.entry(id)
    answers = old.answers | said
    notebook.write(WriteCard(client=old.client, form=old.form, card=old.card, answers=answers, entry=id))


def test_a_decision_about_words_that_are_others_by_now_is_refused(
    notebook: Notebook, records: Records, request_: EntryId, concern: EntryId
) -> None:
    seen = read(records, request_, Group.THIRD)
    rewrite(notebook, concern, worries="Mum says Aaron saw her cry.")
    with pytest.raises(OtherWordsError):
        records.decide(request_, seen, Verdict.BLACK_OUT, WHY, [(0, 5)])
    assert Group.THIRD in records.look(request_).waiting
    records.decide(request_, read(records, request_, Group.THIRD), Verdict.BLACK_OUT, WHY, [(9, 14)])
    assert Group.THIRD not in records.look(request_).waiting
    seen = read(records, request_, Group.THIRD)
    rewrite(notebook, concern, worries="")
    with pytest.raises(OtherWordsError):
        records.decide(request_, seen, Verdict.LEAVE_OUT, WHY)


@pytest.mark.parametrize("what", ["new", "changed", "added", "binned", "details", "nothing"])
def test_a_finished_request_prints_only_what_it_was_finished_with(
    vault: OpenVault, client: ClientId, records: Records, request_: EntryId, concern: EntryId, what: str
) -> None:
    notebook = vault.notebook
    session = written(notebook, client, "session", "note", {"body": "We talked."})
    decide_all(records, request_)
    notebook.finish(request_)
    records.must_be_ready(notebook.entry(request_))
    act: dict[str, Callable[[], object]] = {
        "new": lambda: written(notebook, client, "session", "note", {"body": "Since then."}),
        "changed": lambda: rewrite(notebook, session, body="We fell out."),
        "added": lambda: (notebook.finish(session), notebook.amend(session, "And more.")),
        "binned": lambda: vault.history.bin(session),
        "details": lambda: notebook.amend_client(client, {**notebook.client(client).answers, "culture": "New."}),
        "nothing": lambda: vault.ledger.note(client, [request_], to_whom="Her", why=WHY, how="printed", what="Record"),
    }
    act[what]()
    if what == "nothing":
        assert not records.must_be_ready(notebook.entry(request_)).changed, "that it was handed over changes nothing"
        return
    with pytest.raises(ChangedSinceFinishedError) as told:
        records.must_be_ready(notebook.entry(request_))
    assert "new request" in told.value.next_step
    assert records.look(request_).changed


def test_a_request_finished_before_marks_were_kept_says_so_and_can_still_be_read(
    vault: OpenVault, client: ClientId, records: Records, request_: EntryId
) -> None:
    decide_all(records, request_)
    vault.notebook.finish(request_)
    kept = vault.notebook.entry(request_)
    older = {key: one for key, one in kept.answers.items() if key != ENDED}
    with vault._store.transaction():
        vault._store.entries.put(msgspec.structs.replace(kept, answers=older), frozenset())
    with pytest.raises(FinishedUnmarkedError) as told:
        records.must_be_ready(vault.notebook.entry(request_))
    assert "new request" in told.value.next_step
    looked = records.look(request_)
    assert looked.unmarked
    assert looked.decided, "what was decided is still there to be read"


def test_a_decision_can_be_taken_back(records: Records, request_: EntryId) -> None:
    decide_all(records, request_)
    records.take_back(request_, keys(records, request_, Group.SAFETY))
    assert records.look(request_).waiting == {Group.SAFETY: 1}


def test_what_is_being_typed_is_kept_and_lets_go(
    notebook: Notebook, client: ClientId, records: Records, request_: EntryId
) -> None:
    typed = {"1:worries": {"verdict": "print", "reason": "half", "spans": []}}
    records.keep_drafts(request_, typed)
    answers = {**ASKED, "identity": "Written anew."}
    notebook.write(WriteCard(client=client, form="records_request", card="request", answers=answers, entry=request_))
    assert records.drafts(notebook.entry(request_)) == typed
    records.keep_drafts(request_, {})
    assert set(notebook.entry(request_).answers) == set(ASKED)
    decide_all(records, request_)
    notebook.finish(request_)
    records.keep_drafts(request_, typed)
    assert records.drafts(notebook.entry(request_)) == {}


def test_a_parent_waits_for_the_young_person(notebook: Notebook, client: ClientId, records: Records) -> None:
    id = written(notebook, client, "records_request", "request", ASKED | {"asker": chosen("parent")})
    with pytest.raises(YoungPersonError):
        notebook.finish(id)
    with pytest.raises(YoungPersonError):
        records.must_be_ready(notebook.entry(id))
    heard = {"young_told": "All of it.", "young_wants": "“Not the diary.”"}
    answers = notebook.entry(id).answers | heard
    notebook.write(WriteCard(client=client, form="records_request", card="request", answers=answers, entry=id))
    notebook.finish(id)


def test_other_notes_finish_as_before(notebook: Notebook, concern: EntryId) -> None:
    notebook.finish(concern)
    assert notebook.entry(concern).state is State.FINISHED


def test_decisions_lie_in_the_private_table_and_outlive_a_lock(
    access: Access, vault: OpenVault, records: Records, request_: EntryId, secrets: Secrets
) -> None:
    decide_all(records, request_)
    vault.close()
    again = access.open(vault.folder, secrets)
    try:
        assert again.records.look(request_).waiting == {}
        assert again.records.look(request_).of(Group.THIRD)[0].decision.reason == WHY
    finally:
        again.close()


def test_only_a_clients_request_can_be_looked_at(records: Records, concern: EntryId) -> None:
    with pytest.raises(KeyError):
        records.look(concern)


def test_requests_are_found_by_client(
    records: Records, notebook: Notebook, client: ClientId, request_: EntryId
) -> None:
    assert [one.id for one in records.requests(client)] == [request_]
    assert records.open_request(client) == notebook.entry(request_)
    decide_all(records, request_)
    notebook.finish(request_)
    assert records.open_request(client) is None


def test_the_same_words_are_found_in_other_pieces_as_long_as_they_can_be_read(
    notebook: Notebook, client: ClientId, records: Records, request_: EntryId
) -> None:
    session = written(notebook, client, "session", "note", {"body": "AARON came along.", "one_line": "Aaron."})
    looked = records.look(request_)
    (third,) = [one.item for one in looked.of(Group.THIRD)]
    about = [one.item for one in looked.decided if one.item.key in {f"{session}:body", f"{session}:one_line"}]
    assert list(records.still(looked, third, [(0, 5)]).others) == about
    assert records.still_standing(looked) == []
    records.decide(request_, [third], Verdict.BLACK_OUT, WHY, [(0, 5)])
    assert records.still_standing(records.look(request_)) == about
    records.decide(request_, about, Verdict.LEAVE_OUT, WHY)
    assert records.still(records.look(request_), third, [(0, 5)]).others == ()
    assert records.still_standing(records.look(request_)) == []


def test_a_rule_can_be_changed_and_taken_back(vault: OpenVault, records: Records) -> None:
    usual = records.rule("us_hipaa")
    records.keep_rule(msgspec.structs.replace(usual, count=15, source="My body's page"))
    assert (records.rule("us_hipaa").count, records.rule("us_hipaa").mine) == (15, True)
    assert records.rule("uk") == records.usual_rules["uk"]
    records.drop_rule("us_hipaa")
    assert records.rule("us_hipaa") == usual
    assert records.rule("nowhere") == records.usual_rules["other"]


def test_a_rule_that_makes_no_sense_is_refused_and_not_kept(vault: OpenVault, records: Records) -> None:
    usual = records.rule("uk")
    with pytest.raises(RuleError, match="source"):
        records.keep_rule(msgspec.structs.replace(usual, source=" "))
    assert records.rule("uk") == usual


@pytest.mark.parametrize("kept", ["nonsense", {"uk": "x"}, {"uk": {"law": "uk", "count": 99}}])
def test_odd_rules_in_a_vault_fall_back_to_the_usual(vault: OpenVault, records: Records, kept: object) -> None:
    store = records._store
    with store.transaction():
        store.settings.put(RULES, kept)
    assert records.rule("uk") == records.usual_rules["uk"]
