"""Answers to a question that a form has no more stay on the private side, in what is said and what was said."""

from service_cases import Clock

from alliance_desktop.domain import own_form
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.own_form import OwnQuestion
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import Notebook, WriteCard


def test_an_answer_whose_question_is_gone_stays_out_of_the_record(
    vault: OpenVault, client: ClientId, clock: Clock, notebook: Notebook
) -> None:
    forms = vault.own_forms
    form = forms.copy("feedback")
    question = forms.question(OwnQuestion(label="Only mine", private=True))
    base = forms.base(form)
    assert base is not None
    forms.keep(own_form.added(form, base, question))
    (asked,) = forms.all()
    forms.keep(own_form.removed(asked, base, question.key))
    entry = notebook.new_entry()
    for said in ("SECRET one", ""):
        clock.move(minutes=6)
        answers = {question.key: said, "their_words": "In the open"}
        written = WriteCard(
            client=client, form=asked.id, card=asked.cards[0].id, answers=answers, entry=entry, version=asked.version
        )
        notebook.write(written)
    rows = notebook._store._database.rows
    for table in ("record_answer", "record_version"):
        assert "SECRET" not in str(list(rows(f"SELECT answers FROM {table}")))
    assert "SECRET" in str(list(rows("SELECT answers FROM private_version")))
