"""A request for records through the window: nothing is finished while one group waits, and black words are gone."""

import sys
from pathlib import Path
from typing import Any

import pytest
from person import SHIFT, Keys, Person, settle
from records_window_cases import BLACK, HARM, SECRET, WORRY, request_of, vault_of, with_request, write

from alliance_desktop.domain.backup_errors import BackupStoppedError
from alliance_desktop.domain.entry import EntryId, State
from alliance_desktop.domain.look import Appearance
from alliance_desktop.domain.records.deciding import Verdict, printed
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.paper import Subject
from alliance_desktop.ui.records.place import RecordsPlace
from alliance_desktop.ui.records.words import NOT_GATHERED

sys.path.insert(0, str(Path(__file__).parents[1] / "documents"))
sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from names import cut, nameless, small
from paper_cases import everything_in, words_of_pdf


@pytest.fixture
def asked(with_client: Person) -> Person:
    """A person with notes of every kind about Dana, on the page of her request."""
    return with_request(with_client)


def to_pieces(person: Person) -> Any:
    settle()
    person.press("request_copy_open")
    return person.find("records_page")


def decide(person: Person, verdict: Verdict, why: str) -> None:
    """Decide about the piece that is shown, with the keyboard alone."""
    person.find(f"piece_{verdict}").setFocus()
    person.key(Keys.Key_Space)
    person.tab_to("piece_reason")
    person.type(why)
    person.tab_to("piece_keep")
    person.key(Keys.Key_Return)
    settle()


def black_out(person: Person, words: str) -> None:
    """Select words in the piece with Shift and the arrows, and black them out."""
    box = person.find("piece_text")
    box.setFocus()
    cursor = box.document().find(words)
    cursor.setPosition(cursor.selectionStart())
    box.setTextCursor(cursor)
    for _ in words:
        person.key(Keys.Key_Right, SHIFT)
    person.tab_to("piece_black")
    person.key(Keys.Key_Return)


def test_nothing_is_finished_or_printed_before_each_group_is_decided(asked: Person, tmp_path: Path) -> None:
    """Scenario 25."""
    vault, request = vault_of(asked), request_of(asked)
    asked.press("finish_note")
    assert "Not decided yet" in asked.said("entry_notice_sentence")
    to_pieces(asked)
    for group, verdict in (
        ("Words from or about other people", Verdict.BLACK_OUT),
        ("Private reflection", Verdict.KEEP_APART),
        ("Safeguarding", Verdict.PRINT),
    ):
        asked.press("records_finish")
        assert group.lower() in asked.said("records_notice_sentence").lower()
        assert vault.notebook.entry(request).state is State.DRAFT
        assert not asked.find("records_print").isEnabled()
        assert asked.said("piece_where").startswith(group)
        if verdict is Verdict.BLACK_OUT:
            black_out(asked, "Aaron Quill")
            assert "Aaron Quill" in asked.said("piece_blacked")
        decide(asked, verdict, "My reason.")
    assert asked.find("records_state").hasFocus(), "not on what would finish it"
    asked.key(Keys.Key_Return)
    assert vault.notebook.entry(request).state is State.DRAFT
    assert "Everything is decided" in asked.said("records_state")
    asked.press("records_print")
    settle()
    asked.press("preview_as_text")
    assert "[blacked out] saw her cry." in asked.seen()
    assert [word for word in BLACK if word in asked.seen()] == []
    asked.save_to = tmp_path
    asked.press("preview_save")
    assert asked.said("showing_section_title") == "To whom this goes is noted"
    assert asked.find("showing_whom").text() == "the client"
    asked.find("showing_whom").setText("Dana herself")
    asked.press("showing_go")
    assert asked.asked == ["record-2026-03-10.pdf"]
    pdf = (tmp_path / asked.asked[0]).read_bytes()
    found = everything_in(pdf)
    assert [word for word in (*BLACK, SECRET, HARM) if word in found] == []
    assert [word for word in ("saw her cry", "We talked.", "My reason.") if word in words_of_pdf(pdf)]
    (line,) = vault.ledger.of(request)
    assert line.said() == (
        "Saved as a file on 10 March 2026 for Dana herself: Records request received on 10 March 2026"
    )
    asked.choose("preview_sort", "safeguarding")
    asked.press("preview_save")
    asked.press("showing_go")
    assert HARM in words_of_pdf((tmp_path / asked.asked[-1]).read_bytes()), "decided, it is a bundle of its own"
    assert len(vault.ledger.of(request)) == 2
    asked.command("Records request of")
    asked.press("records_finish")
    assert vault.notebook.entry(request).state is State.FINISHED
    assert "finished" in asked.said("records_state")
    assert asked.maybe("piece_keep") is None
    asked.press("records_request")
    asked.command("Remove text")
    asked.press("text_decided")
    asked.write("redaction_why", "A name in it.")
    asked.press("redact")
    assert "My reason." not in str(vault.notebook.entry(request).answers)


def test_a_name_that_stands_twice_is_said_at_once_and_taken_out_with_one_key(asked: Person) -> None:
    twice = "Her brother Aaron Quill saw her. Later Aaron Quill told his mother."
    write(asked, "concern", "concern", worries=twice, told_back="Aaron-Quill and Aaron may know.")
    records, request = vault_of(asked).records, request_of(asked)
    page = to_pieces(asked)
    page.pieces.select(next(one.item.key for one in records.look(request).decided if one.item.text == twice))
    settle()
    black_out(asked, "Aaron Quill")
    assert "still stand in this piece, 1 time" in asked.said("piece_still_here")
    assert "The same words stand in 2 other pieces" in asked.said("piece_still_others")
    assert "Later Aaron Quill" in asked.find("piece_text").toPlainText(), "nothing is taken out before it is asked for"
    asked.tab_to("piece_black_all")
    asked.key(Keys.Key_Return)
    assert asked.maybe("piece_still_here") is None
    assert asked.find("piece_black_out").hasFocus()
    decide(asked, Verdict.BLACK_OUT, "Her brother.")
    assert "still stand in 2 pieces" in asked.said("records_notice_sentence")
    look = records.look(request)
    (kept,) = [one for one in look.decided if one.item.text == twice]
    left = printed(kept)
    assert left is not None
    assert "Quill" not in left.text
    for one in look.decided:
        if one.waits:
            records.decide(request, [one.item], Verdict.PRINT, "Hers to read.")
    asked.command("Records request of")
    settle()
    asked.press("records_finish")
    assert "still stand in 2 pieces" in asked.said("records_still_sentence")
    assert vault_of(asked).notebook.entry(request).state is State.DRAFT
    asked.choose("records_which", "still")
    assert asked.find("records_pieces").rows.rowCount() == 2
    asked.press("records_print")
    assert asked.maybe("preview_page") is None, "it is said before printing as well"
    asked.press("records_finish")
    asked.press("records_still_action")
    assert vault_of(asked).notebook.entry(request).state is State.FINISHED


def test_the_preview_and_the_card_say_where_blacked_out_words_still_stand(asked: Person) -> None:
    records, request = vault_of(asked).records, request_of(asked)
    note = write(asked, "session", "note", body="She spoke of Aaron.")
    for one in records.look(request).decided:
        at = one.item.text.find("Aaron Quill")
        if one.waits and at >= 0:
            records.decide(request, [one.item], Verdict.BLACK_OUT, "Her brother.", [(at, at + len("Aaron Quill"))])
        elif one.waits:
            records.decide(request, [one.item], Verdict.PRINT, "Hers to read.")
    (client,) = vault_of(asked).notebook.clients()
    asked.program.work.pages.open_preview(client.id, Subject(client=client.id, entry=request))
    settle()
    assert "still stand in 1 piece of this copy" in asked.said("preview_still_sentence")
    assert asked.find("preview_print").isEnabled()
    asked.choose("preview_sort", "Timeline")
    assert asked.maybe("preview_still_sentence") is None, "control: of a page that is no copy nothing is said"
    asked.program.work.pages.open_entry(request)
    asked.press("finish_note")
    assert "still stand in 1 piece of this copy" in asked.said("entry_notice_sentence")
    assert vault_of(asked).notebook.entry(request).state is State.DRAFT
    asked.press("finish_note")
    assert vault_of(asked).notebook.entry(request).state is State.FINISHED
    assert note in {one.item.entry for one in records.look(request).decided}


def test_what_is_missing_is_said_a_group_goes_at_once_and_new_notes_wait(asked: Person) -> None:
    write(asked, "session", "note", for_me_only="More of mine.")
    write(asked, "concern", "concern", worries="The nurse wonders.")
    records, request = vault_of(asked).records, request_of(asked)
    page = to_pieces(asked)
    asked.press("piece_keep")
    assert "Choose first" in asked.said("piece_notice_sentence")
    asked.press("piece_print")
    asked.press("piece_keep")
    assert "needs a reason" in asked.said("piece_notice_sentence")
    asked.press("piece_black_out")
    asked.write("piece_reason", "Because.")
    asked.press("piece_keep")
    assert "No words are blacked out" in asked.said("piece_notice_sentence")
    assert len(records.look(request).waiting) == 3
    assert asked.maybe("piece_keep_all") is None, "what others said is weighed one by one"
    pieces = asked.find("records_pieces")
    pieces.setCurrentIndex(pieces.rows.index(2))
    assert asked.said("piece_where").startswith("Private reflection")
    asked.press("piece_keep_apart")
    asked.write("piece_reason", "Mine alone.")
    asked.press("piece_keep_all")
    assert [str(group) for group in records.look(request).waiting] == ["third", "safety"]
    assert "2 pieces decided together (private reflection): kept apart" in asked.said("records_together_sentence")
    assert page.piece.isAncestorOf(page.focusWidget()), "on the next piece that waits"
    asked.press("records_together_action")
    assert len(records.look(request).waiting) == 3
    assert asked.said("piece_where").startswith("Private reflection")
    assert asked.maybe("records_together_sentence") is None
    asked.press("piece_keep_apart")
    asked.write("piece_reason", "Mine alone.")
    asked.press("piece_keep_all")
    assert [str(group) for group in records.look(request).waiting] == ["third", "safety"]
    write(asked, "session", "note", for_me_only="Since then.")
    page.refresh()
    assert "private reflection: 1" in asked.said("records_state")
    decided = next(one for one in records.look(request).decided if one.decision is not None)
    pieces.select(decided.item.key)
    asked.press("piece_back")
    assert "private reflection: 2" in asked.said("records_state")
    assert nameless(page) == []


def test_a_lock_and_hiding_leave_no_word_and_what_was_typed_comes_back(asked: Person) -> None:
    to_pieces(asked)
    black_out(asked, "Aaron")
    asked.press("piece_leave_out")
    asked.write("piece_reason", "Half a rea")
    asked.press("records_request")
    to_pieces(asked)
    assert asked.find("piece_reason").text() == "Half a rea", "leaving the page loses nothing"
    asked.key(Keys.Key_F9)
    assert "Aaron" not in asked.seen()
    asked.idle_fires()
    asked.until(lambda: asked.program.work is None)
    assert "Aaron" not in asked.seen()
    asked.unlock()
    assert asked.find("records_page").isVisible()
    assert asked.find("piece_reason").text() == "Half a rea"
    assert asked.find("piece_leave_out").isChecked()
    assert "Aaron" in asked.said("piece_blacked")


def rewrite(person: Person, id: EntryId, **said: str) -> None:
    book = vault_of(person).notebook
    old = book.entry(id)
    answers = old.answers | said
    book.write(WriteCard(client=old.client, form=old.form, card=old.card, answers=answers, entry=id))


def test_places_that_were_blacked_out_are_let_go_when_the_words_change(asked: Person) -> None:
    records, request = vault_of(asked).records, request_of(asked)
    concern = next(one.item.entry for one in records.look(request).decided if one.item.text == WORRY)
    assert concern is not None
    page = to_pieces(asked)
    black_out(asked, "Aaron Quill")
    asked.write("piece_reason", "He was not asked.")
    asked.press("records_request")
    page = to_pieces(asked)
    assert "Aaron Quill" in asked.said("piece_blacked"), "control: the words are the same"
    asked.press("records_request")
    rewrite(asked, concern, worries=f"Mum says: {WORRY}")
    page = to_pieces(asked)
    assert asked.maybe("piece_blacked") is None
    assert "were changed since you began" in asked.said("piece_notice_sentence")
    assert asked.find("piece_reason").text() == "He was not asked."
    asked.press("piece_keep")
    assert "No words are blacked out yet" in asked.said("piece_notice_sentence")
    black_out(asked, "Aaron Quill")
    rewrite(asked, concern, worries=f"She told me: {WORRY}")
    asked.press("piece_keep")
    assert "were changed while you were deciding" in asked.said("records_notice_sentence")
    assert "third" in map(str, records.look(request).waiting)
    assert page.piece.one is not None
    assert page.piece.one.item.text.startswith("She told me")
    assert asked.maybe("piece_blacked") is None
    black_out(asked, "Aaron Quill")
    asked.press("piece_keep")
    decided = next(one for one in records.look(request).decided if one.item.entry == concern and one.decision)
    assert [decided.item.text[first:last] for first, last in decided.decision.spans] == ["Aaron Quill"]


def test_a_day_is_suggested_by_the_law_and_put_in_when_asked(asked: Person) -> None:
    asked.find("law_us_hipaa").setChecked(True)
    asked.find("law_us_hipaa").setFocus()
    asked.flush()
    told = asked.said("request_when_words")
    assert "Perhaps 30 days" in told
    assert "Deadlines differ. Check with your body, employer or a lawyer." in told
    assert vault_of(asked).notebook.entry(request_of(asked)).answers.get("due_on") is None
    settle()
    asked.press("request_when_rule")
    box = asked.box("rule_count")
    for typed, wrong in (("ten", "A whole number is needed"), ("500", "A whole number is needed")):
        box.selectAll()
        asked.type(typed)
        asked.press("rule_keep")
        assert wrong in asked.said("rule_notice_sentence")
    box = asked.box("rule_count")
    box.selectAll()
    asked.type("10")
    source = asked.box("rule_source")
    source.selectAll()
    asked.key(Keys.Key_Delete)
    asked.press("rule_keep")
    assert "source: a rule says where it comes from" in asked.said("rule_notice_sentence")
    asked.write("rule_source", "My body's page")
    asked.press("rule_keep")
    assert "10 days from the day" in asked.said("request_when_words")
    assert "You changed this rule." in asked.said("request_when_words")
    settle()
    asked.press("request_when_put")
    assert vault_of(asked).notebook.entry(request_of(asked)).answers["due_on"]["on"] == "2026-03-20"
    asked.command("Timeline of this client")
    told = "Somebody asked for records on 10 March 2026; to be answered by 20 March 2026"
    assert asked.said("now_request_1_words") == told


def test_a_parent_waits_for_the_young_person_and_twice_the_size_cuts_nothing(asked: Person) -> None:
    asked.find("asker_parent").setChecked(True)
    asked.find("asker_parent").setFocus()
    asked.flush()
    assert "A parent asks" in asked.said("request_copy_words")
    to_pieces(asked)
    assert "A parent asks" in asked.said("records_state")
    assert not asked.find("records_print").isEnabled()
    asked.press("records_finish")
    assert "young person" in asked.said("records_notice_sentence")
    asked.window.look.show(Appearance.LIGHT, 200)
    settle()
    page = asked.find("records_page")
    assert cut(page) == []
    assert small(page) == []


def test_a_large_request_is_gone_through_beside_the_window(asked: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alliance_desktop.services.records.LARGE", 0)
    write(asked, "session", "note", for_me_only=SECRET)
    page = (place := asked.window.findChild(RecordsPlace)).open(request_of(asked))
    assert page._looking.is_busy
    assert not asked.find("records_finish").isEnabled()
    typed = {"verdict": "print", "reason": "Half a reason", "spans": []}
    page.restore({"which": "waits", "drafts": {"client:code": typed}, "row": None})
    assert page.flush(), "nothing of what was typed is lost meanwhile"
    asked.until(lambda: not page._looking.is_busy)
    assert page.pieces.rows.rowCount() == sum(page._looked.waiting.values())
    assert page._which.currentData() == "waits"
    assert page.place()["drafts"] == {"client:code": typed}
    assert "private reflection: 2" in asked.said("records_state")
    assert asked.find("records_finish").isEnabled()
    page._looking.failed.emit(BackupStoppedError())
    assert asked.said("records_notice_sentence") == NOT_GATHERED[0]
    write(asked, "session", "note", for_me_only="Later still.")
    preview = place.open_copy(request_of(asked))
    assert preview.progress.is_busy
    asked.until(lambda: not preview.progress.is_busy)
    assert "private reflection" in preview.notice.sentence, "then it is told what is not decided"
